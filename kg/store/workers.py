"""Queries of strangers run in processes of their own, which may die: a pool of them over a store's folder.

One small query can end a process, stop it for minutes or take all of its memory, and the engine can neither be told to
stop nor limited (kg/DESIGN.md). So a query runs in a worker (`kg.store.worker`) on an immutable generation, with a time
limit, a memory limit, no network, and a limit to the size of its answer. A worker that dies or is killed is replaced;
the next query does not notice. What waits for a worker waits in a bounded queue.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Generator, Mapping
from pathlib import Path
from typing import Any

from kg.errors import TooBusy
from kg.store.embedded import EmbeddedStore
from kg.store.finder import Finder
from kg.store.folder import Folder
from kg.store.guard import refuse_outside
from kg.store.known import read_profile
from kg.store.prepared import Claim, Prepared
from kg.store.process import Refused, Worker
from kg.store.profiles import Profiles
from kg.store.reaper import Reaper
from kg.store.request import QueryRequest
from kg.store.turns import Turn, Turns
from kg.vocab import PREFIXES

__all__ = ["NOT_IN_TIME", "QueryWorkers"]

NOT_IN_TIME = "no worker got free in time: try again in a moment"
"""What is said to whoever has waited for as long as a query may take."""
_SEARCHES = 5


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
        profiles: make statistics where there are none, for questions on the whole (`kg.store.known`); kept ones are
            used in any case.

    `turns` is the queue with the workers that are idle, `reaper` what ends those whose time is over.

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
        profiles: bool = False,
    ) -> None:
        self._folder = Folder(Path(path))
        self._folder.require()
        self._pointer = str(self._folder.pointer)
        self._seen: tuple[object, int] = (None, 0)
        self._named = (-1, "")
        self._size = size or (os.cpu_count() or 1) + 1
        self.timeout = timeout
        self._memory = memory
        self.limit, self.rows = limit, rows
        self._undeclared = undeclared
        self._waiting = waiting
        self._claim = Claim(self._folder)
        self._claiming = threading.Lock()
        self._profiles = Profiles(self._folder.statistics, self._start)
        self._make_profiles = profiles
        self.finder = Finder(self._opened, lambda: self.generation, self._folder.search)
        self._reset()

    def _opened(self) -> EmbeddedStore:
        return EmbeddedStore(self._folder.path, write=False)

    def _reset(self) -> None:
        """Begin with no workers: at the start, and in a process that was forked from one with workers."""
        self._process = os.getpid()
        self.turns = Turns(self._size, self._waiting)
        self.reaper = Reaper()

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
        return self.state_of(self.generation)

    def state_of(self, generation: int) -> str:
        """Return the name of the state that is, or was, that *generation*."""
        number, name = self._named
        if number != generation:
            name = self._folder.state(generation)
            self._named = (generation, name)
        return name

    @property
    def capacity(self) -> int:
        """How many queries can be under way or waiting at the same time."""
        return self._size + self._waiting

    @property
    def load(self) -> Mapping[str, float]:
        """See `Turns.load`."""
        return self.turns.load

    def warm(self) -> None:
        """Start all workers, and the making of statistics, now instead of when they are needed."""
        workers = [self._take() for _ in range(self._size)]
        for worker in workers:
            self._give_back(None, worker)
        self._profiles.of(self.newest(), make=self._make_profiles)

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
        prepared, client = self.prepare(asked), asked.client
        worker = self._take(client)
        try:
            request, seconds, _claim = self.request(prepared)
            yield from worker.ask(request, seconds)
            if counted is not None:
                counted(worker.rows)
        except Refused as error:
            raise prepared.explained(error) from None
        finally:
            self._give_back(client, worker)

    def retire(self) -> None:
        """Refuse all further queries, those that wait too; what is running goes on."""
        self.turns.retire()

    def close(self) -> None:
        """End all workers, in the midst of a query too. Closing twice is allowed."""
        for worker in self.turns.close():
            worker.end()
        self._profiles.close()
        self.reaper.close()
        self.finder.close()

    # --- for whoever asks: threads here, an event loop in `kg.store.streams` ---------------------------------------

    def prepare(self, asked: QueryRequest) -> Prepared:
        """Refuse what would reach outside, and search for what the query's ``readout:matches`` name, which takes time.

        What is found, and what is then asked of the data, is of one generation, also while others are published.

        Raises:
            QueryForbidden, QueryError: see `answer`.
            TooBusy: the data change faster than they can be searched.
        """
        refuse_outside(asked.text)
        if "matches" not in asked.text:
            return self._known(asked) or Prepared(asked, asked.text)
        for _ in range(_SEARCHES):
            claim = self.newest()
            text, generation = self.finder.found(asked.text, PREFIXES if self._undeclared else None)
            if generation == claim.number:
                return Prepared(asked, text, claim)
        raise TooBusy("the data are changing faster than they can be searched: try again in a moment")

    def _known(self, asked: QueryRequest) -> Prepared | None:
        """Return what gives the known answer to *asked*, if there is one, with the generation that it is known of."""
        if asked.default_graphs is not None or asked.named_graphs is not None:
            return None
        if not (profile := read_profile(asked.text)):
            return None
        claim = self.newest()
        statistics = self._profiles.of(claim, make=self._make_profiles)
        text = profile.text(statistics) if statistics else None
        return Prepared(asked, text, claim) if text else None

    def request(self, prepared: Prepared) -> tuple[dict[str, Any], float, Claim]:
        """Return what a worker is told, the seconds it has, and what to hold on to until it has answered."""
        asked, claim = prepared.asked, prepared.claim or self.newest()
        request = {
            "text": prepared.text,
            "media_type": asked.media_type,
            "base_iri": asked.base_iri,
            "default_graphs": asked.default_graphs,
            "named_graphs": asked.named_graphs,
            "limit": self.limit,
            "rows": self.rows,
            "undeclared": self._undeclared,
            "path": claim.path,
        }
        return request, min(asked.timeout or self.timeout, self.timeout), claim

    def granted(self, turn: Turn) -> Worker:
        """Return the worker whose turn it is; start one in its place if there is none, or it is no more.

        Raises:
            TooBusy: none can be started, or the turn never comes.
        """
        if not turn.granted:
            raise TooBusy("the service is closing")
        if turn.worker and turn.worker.running:
            return turn.worker
        if turn.worker:
            turn.worker.end()  # something else has killed it
        try:
            return self._start()
        except TooBusy:
            self.turns.done(turn.client)
            self.turns.free(None)
            raise

    def free(self, worker: Worker) -> None:
        """Make *worker* free for the next, or have another in its place if it is no more."""
        fresh = not worker.alive
        if fresh:
            worker.end()
        try:
            successor = self._start() if fresh and not self.turns.retired else worker
        except TooBusy:
            self.turns.free(None, fresh=True)  # the next one that needs a worker tries again
            return
        if not self.turns.free(successor, fresh=fresh):
            successor.end()

    def newest(self) -> Claim:
        """Return the newest generation, which is kept for as long as it is the newest, or anybody refers to it.

        Raises:
            StoreMissing: there is none.
        """
        with self._claiming:
            if self._claim.number != self.generation:
                self._claim = Claim(self._folder)
            return self._claim

    def _take(self, client: str | None = None) -> Worker:
        """Return a worker that has nothing to do; wait in the queue for one if need be."""
        if self._process != os.getpid():
            self._reset()
        turn = _Waiting(client)
        if not self.turns.enter(turn) and not turn.come.wait(self.timeout) and self.turns.leave(turn):
            raise TooBusy(NOT_IN_TIME)
        return self.granted(turn)

    def _give_back(self, client: str | None, worker: Worker) -> None:
        self.turns.done(client)
        self.free(worker)

    def _start(self) -> Worker:
        try:
            settings = {"memory": self._memory, "prefixes": dict(PREFIXES), "parent": os.getpid()}
            return Worker(settings, self.reaper)
        except OSError as error:
            raise TooBusy(f"no worker can be started: {error.strerror}") from error


class _Waiting(Turn):
    """A thread that waits."""

    def __init__(self, client: str | None) -> None:
        super().__init__(client)
        self.come = threading.Event()

    def ready(self) -> None:
        self.come.set()
