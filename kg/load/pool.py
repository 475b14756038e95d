"""Worker processes that may die: each document's outcome, in the order of the input, whatever a document does.

A worker says which document it is at before it touches it. If it dies, or is at it for too long, that document is set
aside and a new worker goes on behind it. Processes are spawned, never forked: that works everywhere, and in a process
that has threads.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from kg.errors import KgError, Unreadable
from kg.load.convert import Outcome, SetAside, Settings, convert, problem
from kg.load.worker import Task, spawned
from kg.model import Issue
from kg.sources import Source

__all__ = ["SECONDS", "Pool", "cores", "outcomes"]

SECONDS = 60.0
"""How long a worker may be at one document; for RDF, which comes in large files, ten times that."""
_START_SECONDS = 60.0
_SHARED = 4 << 20
_AHEAD = 500
"""Outcomes that wait for an earlier one: no more are taken from workers that are ahead."""


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


@dataclass
class _Worker:
    process: BaseProcess
    pipe: Connection
    task: Task | None = None
    at: int = 0
    started: bool = False
    deadline: float = float("inf")


def outcomes(
    sources: Iterable[Source], settings: Settings, *, jobs: int | None = None, seconds: float = SECONDS
) -> Generator[Outcome, None, None]:
    """Yield the outcome of each document of *sources*, in their order, converted by *jobs* processes."""
    pool = Pool(settings, jobs or cores(), seconds)
    try:
        yield from pool.run(iter(sources))
    finally:
        pool.stop()


class Pool:
    """Up to *jobs* processes that convert, and may be at one document for so many *seconds*. `stop()` it in the end."""

    def __init__(self, settings: Settings, jobs: int, seconds: float) -> None:
        self._settings = settings
        self._jobs = jobs
        self._seconds = seconds
        self._workers: list[_Worker] = []
        self._waiting: deque[Task] = deque()
        self._ready: dict[tuple[int, int], Outcome] = {}
        self._open: dict[int, int] = {}  # by source that was handed out: how many shares of it are not done yet
        self._head = (0, 0)
        self._numbers = count()
        self._aborted = False

    def run(self, sources: Iterator[Source]) -> Iterator[Outcome]:
        """Yield the outcome of each document of *sources*, in their order. Take them all before the next run."""
        numbered = ((number, source) for source, number in zip(sources, self._numbers, strict=False))
        while not self._aborted:
            self._hand_out(numbered)
            yield from self._in_order()
            busy = [worker for worker in self._workers if worker.task]
            if not busy and not self._waiting:
                return
            self._listen(self._eligible(busy))
        raise KgError("the conversion was ended")

    def stop(self) -> None:
        """End all workers, at once."""
        for worker in self._workers:
            worker.pipe.close()
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()

    def abort(self) -> None:
        """Make another thread's `run` end with an error, at once."""
        self._aborted = True
        for worker in list(self._workers):
            worker.process.kill()

    # --- giving work ----------------------------------------------------------------------------------------------

    def _hand_out(self, numbered: Iterator[tuple[int, Source]]) -> None:
        """Give each idle worker a task, and start workers as long as there are tasks and fewer than allowed."""
        while idle := self._idle():
            if not self._waiting:
                if len(self._ready) > _AHEAD or (source := next(numbered, None)) is None:
                    return
                self._divide(*source)
            self._assign(idle[0] if idle[0] else self._start(), self._waiting.popleft())

    def _idle(self) -> list[_Worker | None]:
        idle: list[_Worker | None] = [worker for worker in self._workers if worker.task is None]
        return idle or ([None] if len(self._workers) < self._jobs else [])

    def _divide(self, index: int, source: Source) -> None:
        """Make tasks of a source: one, or for a large file, which may hold many documents, one for each worker."""
        large = source.part is not None or (source.path is not None and _size(source) > _SHARED)
        of = self._jobs if large else 1
        self._open[index] = of
        self._waiting.extend(Task(index, source, share, of) for share in range(of))

    def _start(self) -> _Worker:
        worker = _Worker(*spawned(self._settings))
        self._workers.append(worker)
        return worker

    def _assign(self, worker: _Worker, task: Task) -> None:
        worker.task, worker.at = task, task.after + 1
        starting = 0.0 if worker.started else _START_SECONDS
        worker.deadline = time.monotonic() + max(starting, 10 * self._seconds)  # until it says what it is at
        with suppress(OSError):  # it has died already: noticed when we listen
            worker.pipe.send(task)

    # --- taking results -------------------------------------------------------------------------------------------

    def _eligible(self, busy: list[_Worker]) -> list[_Worker]:
        """Return the workers to listen to: all, or if too much waits already, those at the source that is awaited."""
        if len(self._ready) <= _AHEAD:
            return busy
        index, number = self._head
        return [w for w in busy if w.task and w.task.index == index and number % w.task.of == w.task.share] or busy

    def _listen(self, workers: list[_Worker]) -> None:
        """Wait for a message, a death or a deadline, and deal with it."""
        now = time.monotonic()
        patience = max(0.0, min(worker.deadline for worker in workers) - now)
        heard = wait([worker.pipe for worker in workers], min(patience, 3600.0))
        for worker in workers:
            if worker.pipe in heard:
                self._hear(worker)
            elif time.monotonic() > worker.deadline:
                self._lose(worker, "took too long", again=False)

    def _hear(self, worker: _Worker) -> None:
        try:
            kind, *values = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(5)
            self._lose(worker, f"ended the process that read it ({_how(worker.process.exitcode)})", again=True)
            return
        if kind == "unable":
            raise values[0]
        task = worker.task
        assert task is not None
        if kind == "at":
            worker.at, factor = values
            worker.deadline = time.monotonic() + factor * self._seconds
        elif kind == "outcome":
            self._ready[task.index, values[0]] = values[1]
            worker.at = values[0] + 1  # or, if it died just now, this one would come again
        elif kind == "end":
            self._open[task.index] -= 1
            worker.task, worker.deadline = None, float("inf")
        worker.started = True

    def _lose(self, worker: _Worker, reason: str, *, again: bool) -> None:
        """Give up a worker, and let another go on: *again* at the same document if this is its first, or behind it."""
        task = worker.task
        assert task is not None
        worker.pipe.close()
        worker.process.kill()
        worker.process.join()
        self._workers.remove(worker)
        if not worker.started:
            raise KgError(f"a worker process could not start: it {reason}")
        if again and task.retried != worker.at:  # it may have been killed from outside
            self._waiting.appendleft(replace(task, after=max(task.after, worker.at - 1), retried=worker.at))
            return
        stuck = worker.at <= task.after  # it can't even be passed over: what follows is out of reach
        if stuck or worker.at % task.of == task.share:
            number = worker.at + 1
            which = f"the documents from number {number} on" if stuck else f"document number {number}"
            issue = problem(task.source.origin, Unreadable(f"{which if number > 1 else 'the document'} {reason}"))
            self._ready[task.index, _owned(worker.at, task)] = _copy(task.source, issue)
        if stuck:
            self._open[task.index] -= 1
        else:
            self._waiting.appendleft(replace(task, after=worker.at))

    def _in_order(self) -> Iterator[Outcome]:
        """Yield what is ready and next in the order of the input."""
        while (index := self._head[0]) in self._open:
            if self._head in self._ready:
                outcome = self._ready.pop(self._head)
                self._head = (index, self._head[1] + 1)
                yield outcome
            elif self._open[index] == 0:
                for key in sorted(key for key in self._ready if key[0] == index):  # behind a gap that stays one
                    yield self._ready.pop(key)
                del self._open[index]
                self._head = (index + 1, 0)
            else:
                return


def _owned(number: int, task: Task) -> int:
    """Return the first document from *number* on that is the task's."""
    return number + (task.share - number) % task.of


def _size(source: Source) -> int:
    try:
        return source.path.stat().st_size if source.path else 0
    except OSError:
        return 0


def _copy(source: Source, issue: Issue) -> SetAside:
    outcome = convert(source, issue, Settings())
    assert isinstance(outcome, SetAside)
    return outcome


def _how(code: int | None) -> str:
    if code is not None and code < 0:
        with suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit status {code}"
