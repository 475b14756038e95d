"""Queries of strangers run in processes of their own, which may die: a pool of them over a store's folder.

One small query can end a process, stop it for minutes or take all of its memory, and the engine can neither be told to
stop nor limited (kg/DESIGN.md). So each query runs in a worker (`kg.store.worker`) on an immutable generation, with a
time limit, a memory limit, no network, and a limit to the size of its answer. A worker that dies or is killed is
replaced; the next query does not notice. What waits for a worker waits in a bounded queue.
"""

from __future__ import annotations

import asyncio
import os
import threading
import weakref
from collections import Counter
from collections.abc import Callable, Generator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import QueryError, ResultTooLarge, StoreError, TooBusy
from kg.store.answer import failed
from kg.store.embedded import EmbeddedStore
from kg.store.finder import Finder
from kg.store.folder import Folder
from kg.store.guard import explained, refuse_outside
from kg.store.matches import as_given
from kg.store.process import Reaper, Refused, Worker
from kg.store.request import QueryRequest
from kg.vocab import PREFIXES

__all__ = ["QueryWorkers", "Stream"]


class QueryWorkers:
    """A pool of query workers over the store in the folder *path*. Threads may share it; `close()` ends the workers.

    Args:
        path: the folder of an embedded store.
        size: how many workers; by default one more than there are cores.
        timeout: seconds that a query may take, until its answer is out; a client can ask for less.
        memory: bytes of address space that a worker may use (where the platform has such a limit).
        limit: bytes that an answer may have.
        rows: rows, or statements, that an answer may have; None for any number.
        waiting: how many queries may wait for a worker.
        undeclared: queries may use the usual prefixes (`kg.vocab.PREFIXES`) without declaring them.

    Raises:
        StoreMissing: there is no store there, or nothing was published in it yet.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        size: int | None = None,
        timeout: float = 10.0,
        memory: int = 2 << 30,
        limit: int = 256 << 20,
        rows: int | None = None,
        waiting: int = 32,
        undeclared: bool = False,
    ) -> None:
        self._folder = Folder(Path(path))
        self._folder.require()
        self._pointer = str(self._folder.pointer)
        self._seen: tuple[object, int] = (None, 0)
        self._named = (-1, "")
        self._size = size or (os.cpu_count() or 1) + 1
        self._timeout = timeout
        self._memory = memory
        self._limit, self._rows = limit, rows
        self._undeclared = undeclared
        self._waiting = waiting
        self._claim = _Claim(self._folder)
        self._claiming = threading.Lock()
        self.finder = Finder(self._opened, lambda: self.generation, self._folder.search)
        self._reset()

    def _opened(self) -> EmbeddedStore:
        return EmbeddedStore(self._folder.path, write=False)

    def _reset(self) -> None:
        """Begin with no workers: at the start, and in a process that was forked from one with workers."""
        self._process = os.getpid()
        self._lock = threading.Lock()
        self._idle: list[Worker] = []
        self._started = 0
        self._queue: list[_Turn] = []
        self._running: Counter[str | None] = Counter()
        self._retired = False
        self._replaced = 0
        self._reaper = Reaper()

    @property
    def generation(self) -> int:
        """The number of the newest published state, which the next query is answered from."""
        try:
            found = os.stat(self._pointer)  # noqa: PTH116  # at each request, and twice as fast
        except FileNotFoundError:
            return self._folder.current()
        mark = (found.st_ino, found.st_mtime_ns)
        if self._seen[0] != mark:  # it is replaced as a whole, so a look at what it is spares reading it
            self._seen = (mark, self._folder.current())
        return self._seen[1]

    @property
    def state(self) -> str:
        """The name of that state, by which machines that serve the same agree (see `Folder.state`)."""
        number = self.generation
        if self._named[0] != number:
            self._named = (number, self._folder.state(number))
        return self._named[1]

    @property
    def capacity(self) -> int:
        """How many queries can be under way or waiting at the same time."""
        return self._size + self._waiting

    @property
    def load(self) -> Mapping[str, float]:
        """Workers that are there and that have nothing to do, queries that wait, and workers that were replaced."""
        with self._lock:
            return {
                "kg_workers_started": self._started,
                "kg_workers_idle": len(self._idle),
                "kg_queries_waiting": len(self._queue),
                "kg_workers_replaced": self._replaced,
            }

    def warm(self) -> None:
        """Start all workers now instead of when they are needed."""
        workers = [self._take() for _ in range(self._size)]
        for worker in workers:
            self._give_back(None, worker)

    def answer(
        self, asked: QueryRequest, counted: Callable[[int], object] | None = None
    ) -> Generator[bytes, None, None]:
        """Yield the serialised answer to a query in pieces; evaluation begins with the first. See `Store.query`.

        Closing the generator early stops the query. *counted* is given the number of rows once all are out.

        Raises:
            TooBusy: there is no worker for it, nor a place to wait.
            QueryError: it does not parse or can't be evaluated; or, of its kinds:
            QueryForbidden: it would reach outside the store.
            QueryTimeout, QueryTooHeavy, ResultTooLarge: it was stopped, maybe after a part of the answer.
        """
        refuse_outside(asked.text)
        text, client = self.with_matches(asked.text), asked.client
        worker = self._take(client)
        try:
            yield from worker.ask(*self._request(asked, text))
            if counted is not None:
                counted(worker.rows)
        except Refused as error:
            raise _explained(error, asked, text) from None
        finally:
            self._give_back(client, worker)

    async def stream(self, asked: QueryRequest) -> Stream:
        """Do as `answer` does, for an event loop that can watch pipes: its thread waits for nothing.

        Raises:
            TooBusy, QueryForbidden: as there; the other errors come when pieces are taken.
        """
        refuse_outside(asked.text)
        text = asked.text
        if "matches" in text:
            text = await asyncio.to_thread(self.with_matches, text)
        worker = await self._taken(asked.client)
        try:
            worker.begin(*self._request(asked, text))
        except BaseException:
            self._give_back(asked.client, worker)
            raise
        return Stream(self, asked, text, worker)

    def with_matches(self, text: str) -> str:
        """Return a query with what is found in the place of its ``readout:matches`` (see `kg.store.matches`)."""
        return self.finder.with_matches(text, PREFIXES if self._undeclared else None) if "matches" in text else text

    def retire(self) -> None:
        """Refuse all further queries, those that wait too; what is running goes on."""
        with self._lock:
            self._retired = True
            for turn in self._queue:
                turn.ready()
            self._queue.clear()

    def close(self) -> None:
        """End all workers, in the midst of a query too. Closing twice is allowed."""
        self.retire()
        with self._lock:
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.end()
        self._reaper.close()
        self.finder.close()

    def _request(self, asked: QueryRequest, text: str) -> tuple[dict[str, Any], float]:
        """Return what a worker is told for *asked*, with its *text* as it is to be evaluated, and its seconds."""
        claim = self._newest()
        request = {
            "text": text,
            "media_type": asked.media_type,
            "base_iri": asked.base_iri,
            "default_graphs": asked.default_graphs,
            "named_graphs": asked.named_graphs,
            "limit": self._limit,
            "rows": self._rows,
            "undeclared": self._undeclared,
            "path": claim.place,
        }
        return request, min(asked.timeout or self._timeout, self._timeout)

    def _newest(self) -> _Claim:
        with self._claiming:
            if self._claim.number != self.generation:
                self._claim = _Claim(self._folder)
            return self._claim

    def _take(self, client: str | None = None) -> Worker:
        """Return a worker that has nothing to do; wait in the queue for one if need be."""
        event = threading.Event()
        turn = self._enter(client, event.set)
        if not turn.granted and not event.wait(self._timeout):
            self._leave(turn)
        return self._granted(turn)

    async def _taken(self, client: str | None) -> Worker:
        """Do as `_take` does, without holding up the event loop."""
        loop = asyncio.get_running_loop()
        event: asyncio.Event | None = None

        def ready() -> None:
            loop.call_soon_threadsafe(lambda: event.set() if event else None)

        turn = self._enter(client, ready)
        if turn.granted:
            return self._granted(turn)
        event = asyncio.Event()
        try:
            async with asyncio.timeout(self._timeout):
                await event.wait()
        except TimeoutError:
            self._leave(turn)
        except asyncio.CancelledError:
            with suppress(TooBusy):
                self._leave(turn)
                self._release(client, self._granted(turn))
            raise
        return self._granted(turn)

    def _enter(self, client: str | None, ready: Callable[[], object]) -> _Turn:
        """Take a place in the queue; *ready* is called when its turn has come, if that is not at once."""
        if self._process != os.getpid():
            self._reset()
        with self._lock:
            if self._retired:
                raise TooBusy("the service is closing")
            turn = _Turn(client, _nothing)
            self._queue.append(turn)
            self._settle()
            if not turn.granted:
                same = sum(other.client == client for other in self._queue)
                if len(self._queue) > self._waiting or (client and same > max(1, self._waiting // 2)):
                    self._queue.remove(turn)
                    raise TooBusy("all workers are busy, and the queue is full: try again in a moment")
                turn.ready = ready
            return turn

    def _leave(self, turn: _Turn) -> None:
        """Give up the place in the queue, unless the turn has come at the last moment."""
        with self._lock:
            if turn.granted or self._retired:
                return
            self._queue.remove(turn)
        raise TooBusy("no worker got free in time: try again in a moment")

    def _granted(self, turn: _Turn) -> Worker:
        """Return the worker whose turn it is; start one in its place if there is none, or it is no more."""
        if not turn.granted:
            raise TooBusy("the service is closing")
        if turn.worker and turn.worker.running:
            return turn.worker
        if turn.worker:
            turn.worker.end()  # something else has killed it
        return self._start(turn.client)

    def _settle(self) -> None:
        """Let all go whose turn it is; `_lock` is held."""
        while self._queue and (turn := self._next()):
            self._queue.remove(turn)
            self._running[turn.client] += 1
            if self._idle:
                turn.worker = self._idle.pop()  # the one that was used last, since its memory is in the caches
            else:
                self._started += 1
            turn.granted = True
            turn.ready()

    def _next(self) -> _Turn | None:
        """Return whose turn it is: of those who have the least running, who came first.

        Who has something running already leaves the last worker to others, so nobody can hold all of them.
        """
        free = len(self._idle) + self._size - self._started
        if free <= 0:
            return None
        turns = [turn for turn in self._queue if free > 1 or not turn.client or not self._running[turn.client]]
        if len(turns) > 1:
            return min(turns, key=lambda turn: self._running[turn.client])
        return turns[0] if turns else None

    def _start(self, client: str | None) -> Worker:
        try:
            settings = {"memory": self._memory, "prefixes": dict(PREFIXES), "parent": os.getpid()}
            return Worker(settings, self._reaper)
        except OSError as error:
            self._release(client, None)
            raise TooBusy(f"no worker can be started: {error.strerror}") from error

    def _give_back(self, client: str | None, worker: Worker) -> None:
        """Make *worker* free for the next, or have another in its place if it is no more."""
        fresh = not worker.alive
        if fresh:
            worker.end()
            self._replaced += 1
            if self._retired:
                self._release(client, None)
                return
            try:
                worker = self._start(client)
            except TooBusy:  # the next one that needs a worker tries again
                return
        self._release(client, worker, fresh=fresh)

    def _release(self, client: str | None, worker: Worker | None, *, fresh: bool = False) -> None:
        with self._lock:
            self._running[client] -= 1
            if not self._running[client]:
                del self._running[client]
            retired = self._retired
            if worker is None:
                self._started -= 1
            elif not retired:
                self._idle.insert(0 if fresh else len(self._idle), worker)  # one that begins still is asked last
            self._settle()
        if worker is not None and retired:
            worker.end()


def _nothing() -> None:
    """Tell nobody: whose turn comes at once need not be told."""


class Stream:
    """An answer on its way to an event loop. Whoever takes no more of it closes it."""

    def __init__(self, workers: QueryWorkers, asked: QueryRequest, text: str, worker: Worker) -> None:
        """Take from *worker* what it answers to *asked*, whose *text* was evaluated."""
        self._workers, self._asked, self._text, self._worker = workers, asked, text, worker

    async def take(self) -> list[bytes]:
        """Return the next pieces; there are more until `ended`.

        Raises:
            QueryError: as `QueryWorkers.answer` says.
        """
        await self._worker.ready()
        try:
            return self._worker.take()
        except Refused as error:
            raise _explained(error, self._asked, self._text) from None

    @property
    def ended(self) -> bool:
        """Whether all was taken."""
        return not self._worker.busy

    @property
    def rows(self) -> int:
        """How many rows the answer had, once it has ended."""
        return self._worker.rows

    async def close(self) -> None:
        """Let go of the worker, once it has finished or was killed."""
        worker = self._worker
        if worker.busy:
            worker.hurry()
        while worker.busy:
            await worker.ready()
            with suppress(Refused, QueryError):
                worker.take()
        worker.finish()
        if worker.alive:
            self._workers._give_back(self._asked.client, worker)
        else:
            await asyncio.to_thread(self._workers._give_back, self._asked.client, worker)


@dataclass(slots=True, eq=False)
class _Turn:
    """A place in the queue. Once it is `granted`, `worker` is the one to take, or None where one must be started."""

    client: str | None
    ready: Callable[[], object]
    granted: bool = False
    worker: Worker | None = None


class _Claim:
    """A generation that is kept from being swept while anything refers to this object."""

    def __init__(self, folder: Folder) -> None:
        self.number, self.path, descriptor = folder.claim()
        self.place = str(self.path)
        self._release = weakref.finalize(self, os.close, descriptor)


def _explained(error: Refused, asked: QueryRequest, text: str) -> QueryError | StoreError:
    """Return what *error* means to whoever asked; *text* has what the ``readout:matches`` of its query find."""
    message = str(error)
    match error.kind:
        case "SyntaxError":
            return explained(as_given(SyntaxError(message), text, asked.text), asked.text)
        case "ValueError":
            return QueryError(f"not an IRI: {' '.join(message.split())}")
        case "TooLarge":
            return ResultTooLarge(message)
        case "FileNotFoundError":
            return StoreError(f"the store is damaged: {message}")
    return failed(RuntimeError(message))
