"""What an event loop has handed to one worker: several small queries at a time, none of which waits behind a slow one.

A query that is not begun after a few milliseconds is taken back, and never begun there, since it carries the time until
which it may be. A worker that dies takes with it only the query it was at.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.store.prepared import Claim
from kg.store.process import Worker, packed
from kg.store.stream import Stream
from kg.store.worker import DATA, LATE

if TYPE_CHECKING:
    from kg.store.streams import Streams

__all__ = ["Line"]

_SPELL = 0.001
"""Seconds of work that a worker is handed at a time."""
_MOST = 16
_PATIENCE = 0.005
"""Seconds until which what waits behind others must be begun."""
_DISCARD_SECONDS = 0.1
"""Seconds in which a query may still come to its end that nobody waits for."""


class _Place:
    """One query that was handed to a worker. `stream` is None if nobody wants this answer.

    It is `counted` among what its client has running until it was taken back. `claim` keeps the data there.
    """

    __slots__ = ("claim", "client", "counted", "seconds", "small", "stream", "until")

    def __init__(self, stream: Stream, seconds: float, until: float, claim: Claim) -> None:
        self.stream: Stream | None = stream
        self.client, self.small = stream.client, stream.small
        self.seconds, self.until, self.claim = seconds, until, claim
        self.counted = True


class Line:
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
        """Tell whether another small query may be handed over, to wait behind small ones."""
        if not self._places:
            return True
        few = len(self._places) < min(_MOST, _SPELL / (self._streams.pace or _SPELL))
        return few and self._places[0].small and time.monotonic() - self._since < 2 * _SPELL

    def there(self, client: str | None) -> int:
        """Return how many queries of *client* are here."""
        return sum(place.client == client and place.counted for place in self._places)

    def begin(self, stream: Stream) -> None:
        """Hand over *stream*, which was granted this worker, and what may wait behind it."""
        self.add(stream)
        self._fill()
        self._free_if_idle()

    def add(self, stream: Stream) -> None:
        """Hand over *stream*, together with what else comes in this turn of the loop."""
        now = time.monotonic()
        try:
            request, seconds, claim = self._streams.workers.request(stream.prepared)
        except KgError as error:
            stream.fail(error)
            self._turns.done(stream.client)
            return
        if self._places:
            request["until"] = now + _PATIENCE
            self._look_later()
        self._places.append(_Place(stream, seconds, now + _PATIENCE, claim))
        if len(self._places) == 1:
            self._note_begin(now)
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

    def _note_begin(self, now: float) -> None:
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
        self._fill()
        self._free_if_idle()

    def _ended(self, kind: bytes, payload: bytes) -> None:
        """Go on from the query that the worker was at to the next."""
        place = self._places.popleft()
        if self._places:
            self._note_begin(time.monotonic())
        else:
            self._reaper.disarm(self._worker)
        if kind == LATE and place.stream:
            place.stream.wait_again()
            return
        if place.counted:
            self._turns.done(place.client)
        if place.stream:
            place.stream.end(kind, payload)

    def _fill(self) -> None:
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
        alone = first.stream is not None and not first.stream.begun and any(place.counted for place in others)
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
