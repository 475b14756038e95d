"""Writes of clients go through one process that may die, one after another; what waits together is published together.

Each is answered after the state that has it can be read, and is on the disk. A request that takes too long, or too much
memory, ends the process before anything of it is written; the others do not notice.
"""

from __future__ import annotations

import json
import os
import queue
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as WaitedTooLong
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeAlias, cast

from kg import errors
from kg.errors import KgError, QueryError, QueryTooHeavy, StoreError, TooBusy
from kg.store import writer as script
from kg.store.process import Refused, Worker
from kg.store.reaper import Reaper

__all__ = ["Expected", "Writer"]

_COMMIT_SECONDS = 120.0
_IDLE_SECONDS = 1.0
_HOLD_SECONDS = 2.0
_BATCH = 50
_DIED = "the writer died while it wrote: look whether the change is there"
_Answer: TypeAlias = "dict[str, Any]"
_Job: TypeAlias = "tuple[dict[str, Any], Future[_Answer]]"


@dataclass(frozen=True, slots=True)
class Expected:
    """How a graph must be to be written: in a state that *match* names, in none of *none*; see `Drafts.expect`."""

    match: tuple[str, ...] | None = None
    none: tuple[str, ...] | None = None


class Writer:
    """The way for threads to write to the store in the folder *path*. `close()` ends its process.

    Args:
        path: the folder of an embedded store.
        timeout: seconds that a request may take until it is ready to be written.
        memory: bytes of address space that the process may use (where the platform has such a limit).
        waiting: how many requests may wait.
        patience: seconds to wait for another process that writes to the store, `kg load` or another service: each lets
            go of it after a moment.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        timeout: float = 30.0,
        memory: int = 2 << 30,
        waiting: int = 64,
        patience: float = 5.0,
    ) -> None:
        self._path = Path(path)
        self._timeout = timeout
        self._memory = memory
        self._waiting = waiting
        self._patience = patience
        self._starting = threading.Lock()
        self._reset()

    def _reset(self) -> None:
        """Begin without a process: at the start, and in a process that was forked from one."""
        self._process = os.getpid()
        self._jobs: queue.Queue[_Job | None] = queue.Queue(self._waiting)
        self._thread: threading.Thread | None = None
        self._worker: Worker | None = None
        self._reaper = Reaper()
        self._closed = False
        self._holding = False
        self._since = 0.0

    def update(self, text: str, base: str, using: tuple[str, ...] = (), using_named: tuple[str, ...] = ()) -> _Answer:
        """Do a SPARQL update; see `kg.store.draft.Drafts.update`. Return when it can be read.

        Raises:
            TooBusy: too many wait.
            QueryError: it can't be done; or, of its kinds, QueryTimeout and QueryTooHeavy: it was stopped.
            StoreError: the store can't be written.
        """
        request = {"do": "update", "text": text, "base": base, "using": using, "using_named": using_named}
        return self._do(request)

    def load(
        self,
        graph: str,
        files: Sequence[tuple[Path, str]],
        *,
        add: bool,
        packed: bool = False,
        limit: int = 1 << 26,
        expected: Expected = Expected(),
    ) -> _Answer:
        """Make what is in *files* all that *graph* has, or *add* it.

        Args:
            graph: the IRI of the graph.
            files: files with the media type of each.
            add: keep what the graph has.
            packed: the files are packed by gzip.
            limit: bytes that each may unpack to.
            expected: how the graph must be before.

        Raises:
            ConditionFailed: it is not.
            InputError: a file can't be read; and as `update` does.
        """
        listed = [(str(file), media_type) for file, media_type in files]
        request = {"do": "add" if add else "put", "graph": graph, "files": listed}
        return self._do(request | {"packed": packed, "limit": limit} | asdict(expected))

    def patch(self, graph: str, text: str, base: str, expected: Expected = Expected()) -> _Answer:
        """Do a SPARQL update for which *graph* is all there is.

        Raises:
            NotFound: there is no such graph.
            ConditionFailed: it is not as *expected*.
            QueryForbidden: the update names another one; and as `update` does.
        """
        return self._do({"do": "patch", "graph": graph, "text": text, "base": base} | asdict(expected))

    def delete(self, graph: str, expected: Expected = Expected()) -> _Answer:
        """Delete *graph*.

        Raises:
            NotFound: there is none.
            ConditionFailed: it is not as *expected*; and as `update` does.
        """
        return self._do({"do": "delete", "graph": graph} | asdict(expected))

    def close(self) -> None:
        """Finish what waits, then end the process. Closing twice is allowed."""
        self._closed = True
        if self._thread is not None and self._process == os.getpid():
            self._jobs.put(None)
            self._thread.join(self._timeout)
        self._reaper.close()

    def _do(self, request: dict[str, Any]) -> _Answer:
        with self._starting:
            if self._process != os.getpid():
                self._reset()
            if self._closed:
                raise TooBusy("the service is closing")
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="kg-writer", daemon=True)
                self._thread.start()
            result: Future[_Answer] = Future()
            try:
                self._jobs.put_nowait((request, result))
            except queue.Full:
                raise TooBusy("too many writes wait: try again in a moment") from None
        try:
            return result.result(self._timeout * self._waiting)
        except WaitedTooLong:
            raise TooBusy("the write did not get its turn in time") from None

    # --- in the thread ------------------------------------------------------------------------------------------------

    def _run(self) -> None:
        while True:
            jobs = self._next()
            if work := [job for job in jobs if job]:
                self._batch(work)
            if self._holding and (not jobs or None in jobs or time.monotonic() - self._since > _HOLD_SECONDS):
                self._let_go()
            if None in jobs:
                self._end()
                return

    def _next(self) -> list[_Job | None]:
        """Return what waits, or nothing if nothing has come for a while."""
        try:
            jobs = [self._jobs.get(timeout=_IDLE_SECONDS if self._holding else None)]
        except queue.Empty:
            return []
        with suppress(queue.Empty):
            while len(jobs) < _BATCH:
                jobs.append(self._jobs.get_nowait())
        return jobs

    def _let_go(self) -> None:
        """Leave the store to other writers (`kg load`, other services), until there is something to write again."""
        with suppress(KgError):
            self._ask({"do": "close"}, _COMMIT_SECONDS)
        self._holding = False

    def _batch(self, jobs: list[_Job]) -> None:
        """Do *jobs*, publish once, and only then answer those that were done."""
        done: list[tuple[Future[_Answer], _Answer]] = []
        for request, result in jobs:
            try:
                done.append((result, self._ask(request)))
            except Exception as error:  # the thread that waits for it raises it
                result.set_exception(error)
        if not done:
            return
        try:
            state = self._ask({"do": "publish"}, _COMMIT_SECONDS)
        except Exception as error:
            for result, _ in done:
                result.set_exception(error)
            return
        for result, answer in done:
            result.set_result(answer | state)

    def _ask(self, request: dict[str, Any], seconds: float | None = None) -> _Answer:
        """Have the process do *request*: let it write once it is ready, and take that long."""
        if self._worker is None or not self._worker.running:
            self._end()
            settings = {"memory": self._memory, "path": str(self._path), "patience": self._patience}
            settings["parent"] = os.getpid()
            self._worker = Worker(settings, self._reaper, Path(script.__file__), whole=True)
        worker = self._worker
        if not self._holding:
            self._holding, self._since = True, time.monotonic()
        ready: _Answer = {}
        answer: _Answer = {}
        try:
            for piece in worker.ask(request, seconds or self._timeout):
                answer = json.loads(piece)
                if "ready" in answer:
                    ready = answer
                    self._reaper.arm(worker, _COMMIT_SECONDS)
                    worker.tell({"go": True})
        except Refused as error:
            raise _raised(error) from None
        except QueryError as error:
            if seconds:
                raise StoreError(_DIED) from error
            if ready and self._is_there(ready["ready"]):
                return cast(_Answer, ready["answer"])
            if isinstance(error, QueryTooHeavy):
                raise QueryTooHeavy("it needs too much memory, or is nested too deep: nothing was written") from None
            raise
        return answer

    def _is_there(self, sign: tuple[str, str | None] | None) -> bool:
        """Look, with another process, whether the change that has this *sign* was made before the process died.

        Raises:
            StoreError: that can't be seen.
        """
        if sign is None:
            return True
        graph, key = sign
        try:
            return bool(self._ask({"do": "key", "graph": graph}, _COMMIT_SECONDS)["key"] == key)
        except KgError as error:
            raise StoreError(_DIED) from error

    def _end(self) -> None:
        if self._worker is not None:
            self._worker.end()
            self._worker = None


def _raised(error: Refused) -> KgError:
    kind = getattr(errors, error.kind, StoreError)
    if issubclass(kind, QueryError):
        return cast(KgError, kind(str(error), error.line, error.column))
    return cast(KgError, kind(str(error)))
