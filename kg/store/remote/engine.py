"""Queries of strangers, passed on to a server with limits: what `kg.store.workers` does for a store on this machine.

The server evaluates, so nothing here can die of a query. What is kept away from it is what would let strangers reach
outside: SERVICE and LOAD, and whatever the server adds to SPARQL 1.1. Its address and our credentials stay here.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing, contextmanager

from kg.errors import KgError, QueryTimeout, ResultTooLarge, StoreUnreachable, TooBusy
from kg.store.finder import Finder
from kg.store.guard import refuse_outside
from kg.store.remote.layout import form_of
from kg.store.remote.reply import accepted, answer_of
from kg.store.remote.standard import refuse_extensions
from kg.store.remote.store import RemoteStore
from kg.store.request import QueryRequest
from kg.store.rows import RowCounter

__all__ = ["RemoteEngine"]

_AT_ONCE = 8
_LOOK_SECONDS = 1.0
_log = logging.getLogger(__name__)


class _Rows:
    """Counts the rows of an answer, and ends it where there are more than may be."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.number = 0

    def reach(self, number: int) -> None:
        self.number = max(self.number, number)
        if self.number > self._most:
            raise ResultTooLarge(f"the answer has more than {self._most} rows, which is all that this endpoint gives")


class RemoteEngine:
    """Asks the store behind *location* for strangers. Threads may share it; `close()` it in the end.

    Args:
        location: the address of the store.
        size: how many queries may be under way at a time.
        timeout: seconds that a query may take, until its answer is here; a client can ask for less.
        limit: bytes that the server's answer may have.
        rows: rows, or statements, that it may have.
        waiting: how many queries may wait for their turn.

    Raises:
        StoreUnreachable: the server does not answer, or does not let us in.
    """

    def __init__(
        self,
        location: str,
        *,
        size: int | None = None,
        timeout: float = 10.0,
        limit: int = 256 << 20,
        rows: int = 1_000_000,
        waiting: int = 32,
    ) -> None:
        self._size = size or _AT_ONCE
        self._timeout, self._limit, self._rows, self._waiting = timeout, limit, rows, waiting
        self._store = RemoteStore(location, write=False, timeout=timeout, attempts=2, connections=self._size)
        self.finder = Finder(lambda: RemoteStore(location, write=False), lambda: self.generation, None)
        self._turns = threading.Condition()
        self._running = self._queued = 0
        self._retired = False
        self._looking = threading.Lock()
        self._looked = time.monotonic()

    @property
    def generation(self) -> int:
        """The number of the last write, as it was a second ago at most."""
        if time.monotonic() - self._looked > _LOOK_SECONDS and self._looking.acquire(blocking=False):
            try:
                self._store.refresh()
            except KgError as error:  # the next query will say so
                _log.warning("%s", error)
            finally:
                self._looked = time.monotonic()
                self._looking.release()
        return self._store.generation

    @property
    def state(self) -> str:
        """That number: it is the server's, and so the same for all who stand before it."""
        return str(self.generation)

    @property
    def capacity(self) -> int:
        """How many queries can be under way or waiting at the same time."""
        return self._size + self._waiting

    @property
    def load(self) -> Mapping[str, float]:
        """Queries that are under way, and that wait for their turn."""
        return {"kg_queries_running": self._running, "kg_queries_waiting": self._queued}

    def warm(self) -> None:
        """Do nothing: the server is there already."""

    def answer(
        self, asked: QueryRequest, counted: Callable[[int], object] | None = None
    ) -> Generator[bytes, None, None]:
        """Yield the serialised answer to a query in pieces. Closing the generator early lets go of the server's answer.

        *counted* is given the number of rows at the end.

        Raises:
            TooBusy: as many queries wait as may.
            QueryError: the server refuses it; or, of its kinds:
            QueryForbidden: it would reach outside the store.
            QueryTimeout, ResultTooLarge: it was given up.
            StoreUnreachable: the server gives no answer.
        """
        text = asked.text
        refuse_outside(text)
        refuse_extensions(text)
        if "matches" in text:
            text = self.finder.with_matches(text)
        fields = self._store.layout.fields(
            text,
            base_iri=asked.base_iri,
            default_graphs=asked.default_graphs,
            named_graphs=asked.named_graphs,
        )
        seconds = min(asked.timeout or self._timeout, self._timeout)
        with self._turn(seconds):
            number = yield from self._pieces(fields, form_of(text), asked.media_type, seconds)
        if counted:
            counted(number)

    def _pieces(
        self, fields: list[tuple[str, str]], form: str, media_type: str, seconds: float
    ) -> Generator[bytes, None, int]:
        """Yield the pieces of an answer; return the number of its rows."""
        deadline = time.monotonic() + seconds
        try:
            reply = self._store.session.send(fields, accepted(form), seconds)
            with closing(reply):
                rows, counter = _Rows(self._rows), RowCounter(media_type)
                answer = answer_of(reply, limit=self._limit, deadline=deadline, counted=rows.reach)
                for piece in answer.serialize(media_type):
                    counter.see(piece)
                    rows.reach(counter.rows)
                    yield piece
                return rows.number if answer.form != "ASK" else 1
        except QueryTimeout:
            raise QueryTimeout(f"the query took longer than {seconds:g} s and was given up; make it narrower") from None
        except StoreUnreachable as error:  # which names an address that is nobody's business
            _log.warning("%s", error)
            raise StoreUnreachable("the store behind this service gives no answer: try again in a moment") from None

    @contextmanager
    def _turn(self, seconds: float) -> Iterator[None]:
        """Wait for a turn, and hold it within the block."""
        with self._turns:
            if self._running >= self._size:
                if self._queued >= self._waiting:
                    raise TooBusy("too many queries are under way: try again in a moment")
                self._queued += 1
                free = self._turns.wait_for(lambda: self._retired or self._running < self._size, seconds)
                self._queued -= 1
                if not free:
                    raise TooBusy("the query did not get its turn in time: try again in a moment")
            if self._retired:
                raise TooBusy("the service is closing")
            self._running += 1
        try:
            yield
        finally:
            with self._turns:
                self._running -= 1
                self._turns.notify()

    def retire(self) -> None:
        """Refuse all further queries, those that wait too; what is running goes on."""
        with self._turns:
            self._retired = True
            self._turns.notify_all()

    def close(self) -> None:
        """Let go of the server. Closing twice is allowed."""
        self.retire()
        self.finder.close()
        self._store.close()
