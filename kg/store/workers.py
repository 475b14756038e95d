"""Queries of strangers run in processes of their own, which may die: a pool of them over a store's folder.

One small query can end a process, stop it for minutes or take all of its memory, and the engine can neither be told to
stop nor limited (kg/DESIGN.md). So each query runs in a worker (`kg.store.worker`) on an immutable generation, with a
time limit, a memory limit, no network, and a limit to the size of its answer. A worker that dies or is killed is
replaced; the next query does not notice. What waits for a worker waits in a bounded queue.
"""

from __future__ import annotations

import os
import threading
import weakref
from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import QueryError, ResultTooLarge, StoreError, TooBusy
from kg.store.answer import failed
from kg.store.folder import Folder
from kg.store.guard import explained, refuse_outside
from kg.store.process import Reaper, Refused, Worker
from kg.vocab import PREFIXES

__all__ = ["QueryWorkers"]


class QueryWorkers:
    """A pool of query workers over the store in the folder *path*. Threads may share it; `close()` ends the workers.

    Args:
        path: the folder of an embedded store.
        size: how many workers; by default one more than there are cores.
        timeout: seconds that a query may take, until its answer is out; a client can ask for less.
        memory: bytes of address space that a worker may use (where the platform has such a limit).
        limit: bytes that an answer may have.
        waiting: how many queries may wait for a worker.

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
        waiting: int = 32,
    ) -> None:
        self._folder = Folder(Path(path))
        self._folder.require()
        self._size = size or (os.cpu_count() or 1) + 1
        self._timeout = timeout
        self._memory = memory
        self._limit = limit
        self._waiting = waiting
        self._claim = _Claim(self._folder)
        self._claiming = threading.Lock()
        self._reset()

    def _reset(self) -> None:
        """Begin with no workers: at the start, and in a process that was forked from one with workers."""
        self._process = os.getpid()
        self._free = threading.Condition()
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
        return self._folder.current()

    @property
    def capacity(self) -> int:
        """How many queries can be under way or waiting at the same time."""
        return self._size + self._waiting

    @property
    def load(self) -> Mapping[str, float]:
        """Workers that are there and that have nothing to do, queries that wait, and workers that were replaced."""
        with self._free:
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
        self,
        text: str,
        media_type: str,
        *,
        base_iri: str | None = None,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        timeout: float | None = None,
        client: str | None = None,
    ) -> Generator[bytes, None, None]:
        """Yield the serialised answer to a query in pieces; evaluation begins with the first. See `Store.query`.

        Closing the generator early stops the query. `client` tells clients apart, that no one takes all the workers.

        Raises:
            TooBusy: there is no worker for it, nor a place to wait.
            QueryError: it does not parse or can't be evaluated; or, of its kinds:
            QueryForbidden: it would reach outside the store.
            QueryTimeout, QueryTooHeavy, ResultTooLarge: it was stopped, maybe after a part of the answer.
        """
        refuse_outside(text)
        seconds = min(timeout or self._timeout, self._timeout)
        request = {
            "text": text,
            "media_type": media_type,
            "base_iri": base_iri,
            "default_graphs": default_graphs,
            "named_graphs": named_graphs,
            "limit": self._limit,
        }
        worker = self._take(client)
        try:
            claim = self._newest()
            try:
                yield from worker.ask(request | {"path": str(claim.path)}, seconds)
            except Refused as error:
                raise _explained(error, text) from None
        finally:
            self._give_back(client, worker)

    def retire(self) -> None:
        """Refuse all further queries, those that wait too; what is running goes on."""
        with self._free:
            self._retired = True
            self._free.notify_all()

    def close(self) -> None:
        """End all workers, in the midst of a query too. Closing twice is allowed."""
        self.retire()
        with self._free:
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.end()
        self._reaper.close()

    def _newest(self) -> _Claim:
        with self._claiming:
            if self._claim.number != self._folder.current():
                self._claim = _Claim(self._folder)
            return self._claim

    def _take(self, client: str | None = None) -> Worker:
        """Return a worker that has nothing to do; wait in the queue for one if need be."""
        if self._process != os.getpid():
            self._reset()
        with self._free:
            turn = _Turn(client)
            self._queue.append(turn)
            try:
                self._wait(turn)
            finally:
                self._queue.remove(turn)
                self._free.notify_all()
            self._running[client] += 1
            while self._idle:
                worker = self._idle.pop()
                if worker.running:
                    return worker
                worker.end()  # something else has killed it
                self._started -= 1
            self._started += 1
        return self._start(client)

    def _wait(self, turn: _Turn) -> None:
        """Wait until it is the turn of *turn*; `_free` is held."""
        if self._next() is not turn:
            same = sum(other.client == turn.client for other in self._queue)
            if len(self._queue) > self._waiting or (turn.client and same > max(1, self._waiting // 2)):
                raise TooBusy("all workers are busy, and the queue is full: try again in a moment")
            if not self._free.wait_for(lambda: self._retired or self._next() is turn, self._timeout):
                raise TooBusy("no worker got free in time: try again in a moment")
        if self._retired:
            raise TooBusy("the service is closing")

    def _next(self) -> _Turn | None:
        """Return whose turn it is: of those who have the least running, who came first.

        Who has something running already leaves the last worker to others, so nobody can hold all of them.
        """
        free = len(self._idle) + self._size - self._started
        turns = (turn for turn in self._queue if free > 1 or not turn.client or not self._running[turn.client])
        return min(turns, key=lambda turn: self._running[turn.client], default=None) if free else None

    def _start(self, client: str | None) -> Worker:
        try:
            settings = {"memory": self._memory, "prefixes": dict(PREFIXES), "parent": os.getpid()}
            return Worker(settings, self._reaper)
        except OSError as error:
            self._release(client, None)
            raise TooBusy(f"no worker can be started: {error.strerror}") from error

    def _give_back(self, client: str | None, worker: Worker) -> None:
        """Make *worker* free for the next, or have another in its place if it is no more."""
        if not worker.alive:
            worker.end()
            self._replaced += 1
            if self._retired:
                self._release(client, None)
                return
            try:
                worker = self._start(client)
            except TooBusy:  # the next one that needs a worker tries again
                return
        self._release(client, worker)

    def _release(self, client: str | None, worker: Worker | None) -> None:
        with self._free:
            self._running[client] -= 1
            if not self._running[client]:
                del self._running[client]
            retired = self._retired
            if worker is None:
                self._started -= 1
            elif not retired:
                self._idle.append(worker)
            self._free.notify_all()
        if worker is not None and retired:
            worker.end()


@dataclass(frozen=True, slots=True, eq=False)
class _Turn:
    """A place in the queue."""

    client: str | None


class _Claim:
    """A generation that is kept from being swept while anything refers to this object."""

    def __init__(self, folder: Folder) -> None:
        self.number, self.path, descriptor = folder.claim()
        self._release = weakref.finalize(self, os.close, descriptor)


def _explained(error: Refused, text: str) -> QueryError | StoreError:
    message = str(error)
    match error.kind:
        case "SyntaxError":
            return explained(SyntaxError(message), text)
        case "ValueError":
            return QueryError(f"not an IRI: {' '.join(message.split())}")
        case "TooLarge":
            return ResultTooLarge(message)
        case "FileNotFoundError":
            return StoreError(f"the store is damaged: {message}")
    return failed(RuntimeError(message))
