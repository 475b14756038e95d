"""Answers on their way to an event loop, which asks many queries at a time and waits for none of them.

To wake a process takes more time than most small queries. So a worker is handed several of them, as many as it does in
a millisecond or so by what the last ones took, and writes one answer after the other. What is slow shows by itself: a
query that is not begun after a few milliseconds is taken back, and never begun there, since it carries the time until
which it may be. So nobody waits behind a slow one, and a worker that dies takes with it only the query it was at.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from contextlib import suppress

from kg.errors import KgError, TooBusy
from kg.store.prepared import Claim, Prepared
from kg.store.process import Refused, Worker, ended, packed
from kg.store.request import QueryRequest
from kg.store.turns import Turn
from kg.store.worker import DATA, LATE
from kg.store.workers import NOT_IN_TIME, QueryWorkers

__all__ = ["Stream", "Streams"]

_SPELL = 0.001
"""Seconds of work that a worker is handed at a time."""
_MOST = 16
_PATIENCE = 0.005
"""Seconds until which what waits behind others must be begun."""
_SHORT = 4096
"""Characters of a query that may wait behind others: much more than a few of them could fill the pipe."""
_WEIGHT = 0.125
_LONG = 0.005
"""Seconds above which it makes no difference how long a query took: the next ones may be small again."""
_AHEAD = 1 << 18
"""Bytes of an answer that may wait to be taken."""
_DISCARD_SECONDS = 0.1
"""Seconds in which a query may still come to its end that nobody waits for."""


class Streams:
    """The way for *loop* to ask the *workers* in its own thread."""

    def __init__(self, workers: QueryWorkers, loop: asyncio.AbstractEventLoop) -> None:
        self.workers, self.loop = workers, loop
        self.pace = 0.0
        self._lines: dict[Worker, _Line] = {}

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
            line = self._line(worker)
            line.add(stream)
            line.fill()
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
            self._line(worker).add(stream)

    async def replace(self, worker: Worker) -> None:
        """Have another in the place of *worker*, which is no more."""
        worker.ignore()
        self._lines.pop(worker, None)
        await asyncio.to_thread(self.workers.free, worker)

    def took(self, seconds: float) -> None:
        """Note how long a query took."""
        self.pace += (min(seconds, _LONG) - self.pace) * _WEIGHT

    def _with_room(self) -> _Line | None:
        return next((line for line in self._lines.values() if line.busy and line.has_room()), None)

    def _line(self, worker: Worker) -> _Line:
        line = self._lines.get(worker)
        if line is None:
            self._lines = {other: line for other, line in self._lines.items() if other.alive}
            line = self._lines[worker] = _Line(self, worker)
        return line


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
        self._line: _Line | None = None
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

    def handed(self, line: _Line, generation: int) -> None:
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


class _Place:
    """One query that was handed to a worker. `stream` is None if nobody wants this answer.

    It is `counted` among what its client has running until it was taken back. `claim` keeps the data there.
    """

    __slots__ = ("claim", "client", "counted", "seconds", "stream", "until")

    def __init__(self, stream: Stream, seconds: float, until: float, claim: Claim) -> None:
        self.stream: Stream | None = stream
        self.client = stream.client
        self.seconds, self.until, self.claim = seconds, until, claim
        self.counted = True


class _Line:
    """What one worker was handed: the query that it is at, and those behind it."""

    def __init__(self, streams: Streams, worker: Worker) -> None:
        self._streams, self._worker = streams, worker
        self._turns, self._reaper = streams.workers.turns, streams.workers.reaper
        self._places: deque[_Place] = deque()
        self._since = 0.0
        self._unsent: list[bytes] = []
        self._looking = False

    @property
    def busy(self) -> bool:
        """Whether the worker has something to do."""
        return bool(self._places)

    def has_room(self) -> bool:
        """Tell whether another small query may wait here."""
        few = len(self._places) < min(_MOST, _SPELL / (self._streams.pace or _SPELL))
        return few and (not self._places or time.monotonic() - self._since < 2 * _SPELL)

    def there(self, client: str | None) -> int:
        """Return how many queries of *client* are here."""
        return sum(place.client == client and place.counted for place in self._places)

    def add(self, stream: Stream) -> None:
        """Hand over *stream*, together with what else comes in this turn of the loop."""
        now = time.monotonic()
        try:
            request, seconds, claim = self._streams.workers.request(stream.prepared)
        except KgError as error:
            stream.fail(error)
            self._turns.done(stream.client)
            self._free_if_idle()
            return
        if self._places:
            request["until"] = now + _PATIENCE
            self._look_later()
        self._places.append(_Place(stream, seconds, now + _PATIENCE, claim))
        if len(self._places) == 1:
            self._begin(now)
        stream.handed(self, claim.number)
        if not self._unsent:
            self._streams.loop.call_soon(self._send)
        self._unsent.append(packed(request))

    def leave(self, stream: Stream) -> None:
        """Nobody wants the answer to *stream*: if the worker is at it, it may finish if that is a matter of moments."""
        for place in self._places:
            if place.stream is stream:
                place.stream = None
        if self._places[0].stream is None:
            self._reaper.arm(self._worker, _DISCARD_SECONDS)
        self.resume()

    def resume(self) -> None:
        """Watch again for what comes."""
        self._worker.watch(self._streams.loop, self._came)

    def _send(self) -> None:
        messages, self._unsent = b"".join(self._unsent), []
        if messages:
            self.resume()
            self._worker.write(messages)

    def _begin(self, now: float) -> None:
        """Note that the worker is at what is now first."""
        self._since = now
        first = self._places[0]
        self._reaper.arm(self._worker, first.seconds if first.stream else _DISCARD_SECONDS)

    def _came(self) -> None:
        if not self._places:  # it is a thread that asks now
            self._worker.ignore()
            return
        frames = self._worker.read()
        if frames is None:
            self._died()
            return
        for kind, payload in frames:
            if kind != DATA:
                self._ended(kind, payload)
            elif stream := self._places[0].stream:
                stream.bring(payload)
        if self._places and (stream := self._places[0].stream) and stream.full:
            self._worker.ignore()
        self.fill()
        self._free_if_idle()

    def _ended(self, kind: bytes, payload: bytes) -> None:
        """Go on from the query that the worker was at to the next."""
        place = self._places.popleft()
        if self._places:
            self._begin(time.monotonic())
        else:
            self._reaper.disarm(self._worker)
        if kind == LATE and place.stream:
            place.stream.wait_again()
            return
        if place.counted:
            self._turns.done(place.client)
        if place.stream:
            place.stream.end(kind, payload)

    def fill(self) -> None:
        """Hand over more of what waits, if it is small."""
        while self.has_room():
            there = Counter(place.client for place in self._places if place.counted)
            stream = self._turns.joining(there)
            if not isinstance(stream, Stream):
                return
            self.add(stream)

    def _free_if_idle(self) -> None:
        if not self._places:
            self._streams.workers.free(self._worker)

    def _died(self) -> None:
        """Blame the query that the worker was at, and ask the others again.

        Which one it was is not known if an answer was ready, and held back for a moment: then each is asked alone.
        """
        first, *others = self._places
        self._places.clear()
        self._unsent.clear()
        self._reaper.disarm(self._worker)
        alone = bool(others) and first.stream is not None and not first.stream.begun
        for place in reversed([first, *others] if alone else others):
            if alone and place.stream:
                place.stream.small = False
            self._take_back(place)
        if first.counted:
            self._turns.done(first.client)
        if first.stream:
            first.stream.fail(self._worker.death(first.seconds))
        self._streams.loop.create_task(self._streams.replace(self._worker))

    def _take_back(self, place: _Place) -> None:
        stream, place.stream = place.stream, None
        if stream:
            place.counted = False
            stream.wait_again()
        elif place.counted:
            place.counted = False
            self._turns.done(place.client)

    def _look_later(self) -> None:
        if not self._looking:
            self._looking = True
            self._streams.loop.call_later(2 * _PATIENCE, self._look)

    def _look(self) -> None:
        """Take back what the worker will not begin any more, since what is before it is slow."""
        self._looking = False
        now = time.monotonic()
        behind = list(self._places)[1:]
        for place in reversed(behind):
            if place.until + _PATIENCE < now:
                self._take_back(place)
        if any(place.counted for place in behind):
            self._look_later()
