"""A process that converts one document after another, and may die of any of them; `kg.load.pool` starts it."""

from __future__ import annotations

import gc
import multiprocessing
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import ModuleType

from kg.errors import KgError
from kg.load.convert import Settings, convert, read, warmed
from kg.sources import RdfDocument, Source

__all__ = ["MEMORY", "Task", "spawned"]

MEMORY = 2 << 30
"""Bytes of address space that a worker may take, where the system can limit it."""
_starting = threading.Lock()


@dataclass(frozen=True, slots=True)
class Task:
    """Convert the documents number `share`, `share` + `of`, … of `source` that come after number `after`.

    `retried` is the number of one that a worker has died of already.
    """

    index: int
    source: Source
    share: int
    of: int
    after: int = -1
    retried: int = -1


def spawned(settings: Settings) -> tuple[BaseProcess, Connection]:
    """Start a worker; return its process, and the pipe that takes each `Task` and gives what comes of it.

    What comes is a tuple: ``("ready",)``, or ``("unable", error)`` and nothing more; then for each task ``("at",
    number, factor)`` before it touches a document, which may take that many times as long as others, ``("outcome",
    number, outcome)`` behind it, and at last ``("end", number)``.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, settings), daemon=True, name="kg-worker")
    with _alone():
        process.start()
    theirs.close()
    return process, ours


def _work(pipe: Connection, settings: Settings) -> None:
    """Do tasks until the pipe is closed at the other end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends its workers
    _limit_memory()
    with suppress(EOFError, OSError):
        try:
            warmed(settings)  # what every document needs, once
        except KgError as error:
            pipe.send(("unable", error))
            return
        gc.freeze()  # what is known is no garbage: to go through it at collections took an eighth of the time
        pipe.send(("ready",))
        while True:
            _do(pipe.recv(), settings, pipe.send)


def _do(task: Task, settings: Settings, send: Callable[[tuple[object, ...]], None]) -> None:
    number = 0
    send(("at", number, 1))
    for document in read(task.source, settings):
        if number > task.after and number % task.of == task.share:
            send(("at", number, 10 if isinstance(document, RdfDocument) else 1))
            send(("outcome", number, convert(task.source, document, settings)))
        number += 1
        send(("at", number, 1))
    send(("end", number))


@contextmanager
def _alone() -> Iterator[None]:
    """Start children within that know nothing of the program they serve.

    They do not import its main module again, so a script needs no guard for them and an interactive session can have
    them; and they inherit that Ctrl-C is held back, so they do not die of it before they can ignore it.
    """
    with _starting:  # or one of two threads would restore what the other has put there
        main = sys.modules["__main__"]
        if sys.platform != "win32":
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main
            if sys.platform != "win32":
                signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _limit_memory() -> None:
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
