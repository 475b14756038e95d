"""One answer on its way from a worker to an event loop."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from kg.errors import KgError, TooBusy
from kg.store.prepared import Prepared
from kg.store.process import Refused, ended
from kg.store.turns import Turn
from kg.store.workers import NOT_IN_TIME

if TYPE_CHECKING:
    from kg.store.line import Line
    from kg.store.streams import Streams

__all__ = ["Stream"]

_SHORT = 4096
"""Characters of a query that may wait behind others: much more than a few of them could fill the pipe."""
_AHEAD = 1 << 18
"""Bytes of an answer that may wait to be taken."""


class Stream(Turn):
    """An answer on its way. Whoever takes no more of it closes it; all belongs to the thread of the loop.

    `generation` is that of the data it was asked of, known once something has come; `rows` once all has.
    """

    def __init__(self, streams: Streams, prepared: Prepared) -> None:
        """Begin with nothing."""
        super().__init__(prepared.asked.client, small=len(prepared.text) <= _SHORT)
        self.prepared = prepared
        self.closed = False
        self.generation = 0
        self.rows = 0
        self._streams = streams
        self._line: Line | None = None
        self._pieces: list[bytes] = []
        self._size = 0
        self.begun = False
        self._complete = False
        self._error: KgError | None = None
        self._taker: asyncio.Future[None] | None = None
        self._timer: asyncio.TimerHandle | None = None

    async def take(self) -> list[bytes]:
        """Return the next pieces; there are more until `ended`.

        Raises:
            TooBusy: no worker got free in time.
            QueryError: as `QueryWorkers.answer` says.
        """
        if not (self._pieces or self._complete or self._error):
            self._taker = self._streams.loop.create_future()
            await self._taker
        if self._error and not self._pieces:
            raise self._error
        pieces, self._pieces, self._size = self._pieces, [], 0
        if self._line:
            self._line.resume()
        return pieces

    @property
    def ended(self) -> bool:
        """Whether all was taken."""
        return self._complete and not self._pieces

    def close(self) -> None:
        """Let go of the answer: what nobody waits for is stopped."""
        self.closed = True
        if self._line:
            self._line.leave(self)
        elif not self.granted:
            self._streams.workers.turns.leave(self)
            self._stop_waiting()

    # --- for whoever brings it -------------------------------------------------------------------------------------

    def ready(self) -> None:
        """See `Turn.ready`."""
        with suppress(RuntimeError):  # the loop has ended, and nobody waits any more
            self._streams.loop.call_soon_threadsafe(self._streams.place, self)

    def wait(self) -> None:
        """Wait in the queue, but not for ever."""
        self._timer = self._timer or self._streams.loop.call_later(self._streams.workers.timeout, self._give_up)

    def handed(self, line: Line, generation: int) -> None:
        """Note who brings the answer, and of which data it is."""
        self._line, self.generation = line, generation
        self._stop_waiting()

    def wait_again(self) -> None:
        """Go back to the queue, from where it has been waiting behind others."""
        self._line = None
        self.wait()
        self._streams.workers.turns.enter_again(self)

    def bring(self, piece: bytes) -> None:
        """Take a piece of the answer."""
        self.begun = True
        self._pieces.append(piece)
        self._size += len(piece)
        self._wake()

    @property
    def full(self) -> bool:
        """Whether what was brought should be taken before there is more."""
        return self._size >= _AHEAD

    def end(self, kind: bytes, payload: bytes) -> None:
        """Take the end of the answer."""
        self._line = None
        try:
            self.rows, microseconds = ended(kind, payload)
        except Refused as error:
            self.fail(self.prepared.explained(error))
            return
        self._streams.took(microseconds / 1e6)
        self._complete = True
        self._wake()

    def fail(self, error: KgError) -> None:
        """Take the reason why there is no (more) answer."""
        self._line = None
        self._error = error
        self._stop_waiting()
        self._wake()

    def _give_up(self) -> None:
        if self._streams.workers.turns.leave(self):
            self.fail(TooBusy(NOT_IN_TIME))

    def _stop_waiting(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _wake(self) -> None:
        if self._taker and not self._taker.done():
            self._taker.set_result(None)
