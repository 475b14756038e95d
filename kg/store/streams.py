"""The way for an event loop to ask workers: many queries at a time, and waiting for none of them.

To wake a process takes more time than most small queries. So a worker is handed several of them, as many as it does in
a millisecond or so by what the last ones took, and writes one answer after the other (`kg.store.line`).
"""

from __future__ import annotations

import asyncio

from kg.errors import KgError, TooBusy
from kg.store.line import Line
from kg.store.process import Worker
from kg.store.request import QueryRequest
from kg.store.stream import Stream
from kg.store.workers import QueryWorkers

__all__ = ["Stream", "Streams"]

_WEIGHT = 0.125
_LONG = 0.005
"""Seconds above which it makes no difference how long a query took: the next ones may be small again."""


class Streams:
    """The way for *loop* to ask the *workers* in its own thread."""

    def __init__(self, workers: QueryWorkers, loop: asyncio.AbstractEventLoop) -> None:
        self.workers, self.loop = workers, loop
        self.pace = 0.0
        self._lines: dict[Worker, Line] = {}

    async def open(self, asked: QueryRequest) -> Stream:
        """Ask; return the answer as it comes. See `QueryWorkers.answer`.

        Raises:
            TooBusy, QueryForbidden: as there; the other errors come when pieces are taken.
        """
        searches = "matches" in asked.text  # which takes time
        prepare = self.workers.prepare
        stream = Stream(self, await asyncio.to_thread(prepare, asked) if searches else prepare(asked))
        line = self._with_room() if stream.small else None
        if line and self.workers.turns.join(stream, line.there(stream.client)):
            line.add(stream)
        elif self.workers.turns.enter(stream):
            self.place(stream)
        else:
            stream.wait()
        return stream

    def place(self, stream: Stream) -> None:
        """Hand over *stream*, whose turn has come, unless nobody wants its answer any more."""
        worker = stream.worker
        if not stream.granted:
            stream.fail(TooBusy("the service is closing"))
        elif worker and worker.running and not stream.closed:
            self._line(worker).begin(stream)
        else:
            self.loop.create_task(self._start(stream))

    async def _start(self, stream: Stream) -> None:
        """Do as `place` does where a worker must be started, or given back."""
        try:
            worker = await asyncio.to_thread(self.workers.granted, stream)
        except KgError as error:
            stream.fail(error)
            return
        if stream.closed:
            self.workers.turns.done(stream.client)
            self.workers.free(worker)
        else:
            self._line(worker).begin(stream)

    async def replace(self, worker: Worker) -> None:
        """Have another in the place of *worker*, which is no more."""
        worker.ignore()
        self._lines.pop(worker, None)
        await asyncio.to_thread(self.workers.free, worker)

    def took(self, seconds: float) -> None:
        """Note how long a query took."""
        self.pace += (min(seconds, _LONG) - self.pace) * _WEIGHT

    def _with_room(self) -> Line | None:
        return next((line for line in self._lines.values() if line.busy and line.has_room()), None)

    def _line(self, worker: Worker) -> Line:
        line = self._lines.get(worker)
        if line is None:
            self._lines = {other: line for other, line in self._lines.items() if other.alive}
            line = self._lines[worker] = Line(self, worker)
        return line
