"""The parent's end of a query worker: asks it, takes the pieces of its answer, and kills it when its time is over."""

from __future__ import annotations

import json
import marshal
import os
import select
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import QueryError, QueryTimeout, QueryTooHeavy
from kg.store import worker as script
from kg.store.reaper import Reaper

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

__all__ = ["Refused", "Worker", "ended", "packed"]

_HEAD = struct.Struct("!cI")
_DISCARD_SECONDS = 0.1
_UNWATCH_SECONDS = 1.0
_PIPE = 1 << 18
_READ = 1 << 16


class Refused(Exception):
    """What a worker answered when it could not: the name of its error, and the message."""

    def __init__(self, kind: str, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.kind = kind
        self.line, self.column = line, column


class Worker:
    """The parent's end of one worker process, which runs the script *program*.

    The pieces of an answer come as they arrive, or each *whole* as the process wrote it. `rows` tells how many the last
    answer had.
    """

    def __init__(
        self,
        settings: dict[str, Any],
        reaper: Reaper,
        program: Path = Path(script.__file__),
        *,
        whole: bool = False,
    ) -> None:
        command = [sys.executable, "-P", str(program.resolve())]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "MALLOC_ARENA_MAX": "2"}
        self._process = subprocess.Popen(  # noqa: S603  # our own script
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, bufsize=0
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._requests, self._answers = self._process.stdin.fileno(), self._process.stdout.fileno()
        for pipe in (self._requests, self._answers):
            _widen(pipe)
        self._reaper = reaper
        self._whole = whole
        self._kept = b""
        self._left = 0
        self._seconds = 0.0
        self._loop: AbstractEventLoop | None = None
        self._thread = 0
        self.alive = True
        self.busy = False
        self.overdue = False
        self.rows = 0
        self.deadline = float("inf")
        self.tell(settings)

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self.alive and self._process.poll() is None

    def ask(self, request: dict[str, Any], seconds: float) -> Generator[bytes, None, None]:
        """Yield the pieces of the answer; kill the process if they are not all out after *seconds*.

        Raises:
            QueryTimeout, QueryTooHeavy: the process was killed, or died.
            Refused: the worker says why there is no (more) answer.
        """
        self.begin(request, seconds)
        try:
            while self.busy:
                yield from self.take()
        finally:
            if self.busy:
                self.hurry()
                with suppress(Refused, QueryError):
                    while self.busy:
                        self.take()
            self.finish()

    def watch(self, loop: AbstractEventLoop, came: Callable[[], object]) -> None:
        """Have *loop*, which this thread runs, call *came* whenever there is something to `read`."""
        if self._loop is not loop:
            self._loop, self._thread = loop, threading.get_ident()
            loop.add_reader(self._answers, came)

    def ignore(self) -> None:
        """Watch no longer; the thread is the one that has `watch` called."""
        if self._loop is not None:
            self._loop.remove_reader(self._answers)
            self._loop = None

    def begin(self, request: dict[str, Any], seconds: float) -> None:
        """Ask; `take` gives the answer as long as the worker is `busy` with it, then comes `finish`."""
        self.busy, self.overdue, self._kept, self._left, self._seconds = True, False, b"", 0, seconds
        self._reaper.arm(self, seconds)
        self.tell(request)

    def take(self) -> list[bytes]:
        """Return what has come of the answer; wait for it if there is nothing yet.

        Raises:
            QueryTimeout, QueryTooHeavy: the process was killed, or died.
            Refused: the worker says why there is no (more) answer.
        """
        frames = self.read()
        if frames is None:
            self.busy = False
            raise self.death()
        pieces = [payload for kind, payload in frames if kind == script.DATA]
        for kind, payload in frames:
            if kind != script.DATA:
                self.busy = False
                self.rows, _ = ended(kind, payload)
        return pieces

    def read(self) -> list[tuple[bytes, bytes]] | None:
        """Return what has come: each with its kind, data in pieces, all else whole; None if the process is no more."""
        try:
            data = os.read(self._answers, _READ)
        except BlockingIOError:  # an event loop has made the pipe so, and now a thread asks
            poll = select.poll()
            poll.register(self._answers, select.POLLIN)
            poll.poll()
            data = os.read(self._answers, _READ)
        if not data:
            self.alive = False
            return None
        return self._frames(self._kept + data if self._kept else data)

    def death(self, seconds: float | None = None) -> QueryError:
        """Return what the end of the process means to whose query it was at, who had so many *seconds*."""
        if self.overdue:
            given = self._seconds if seconds is None else seconds
            return QueryTimeout(f"the query took longer than {given:g} s and was stopped; make it narrower")
        return QueryTooHeavy("the query is too complex: it needs too much memory, or is nested too deep")

    def _frames(self, data: bytes) -> list[tuple[bytes, bytes]]:
        """Return the frames in *data*, and keep what is not complete."""
        frames = []
        at, self._kept = 0, b""
        while at < len(data):
            if self._left:
                piece = data[at : at + self._left]
                self._left -= len(piece)
                at += len(piece)
                frames.append((script.DATA, piece))
                continue
            begin = at + _HEAD.size
            kind, size = _HEAD.unpack_from(data, at) if begin <= len(data) else (b"", 0)
            if not kind or (begin + size > len(data) and (self._whole or kind != script.DATA)):
                self._kept = data[at:]
                break
            at = begin
            if kind == script.DATA:
                self._left = size
            else:
                at += size
                frames.append((kind, data[begin:at]))
        return frames

    def hurry(self) -> None:
        """Nobody wants the rest: the worker may finish if that is a matter of moments."""
        self._reaper.arm(self, _DISCARD_SECONDS)

    def finish(self) -> None:
        """Let the worker live, whose answer was taken."""
        self._reaper.disarm(self)

    def tell(self, message: dict[str, Any]) -> None:
        """Send *message*, without waiting for what comes of it."""
        self.write(packed(message))

    def write(self, messages: bytes) -> None:
        """Send what `packed` made of one message, or of several."""
        with suppress(OSError):  # a dead worker shows when the answer is read
            view = memoryview(messages)
            while view:
                view = view[os.write(self._requests, view) :]

    def kill(self) -> None:
        """End the process at once, whatever it does."""
        with suppress(OSError):
            self._process.kill()

    def _unwatch(self) -> None:
        """See to it that no event loop watches a pipe that is to be closed."""
        loop = self._loop
        if loop is None or loop.is_closed():
            return
        if threading.get_ident() == self._thread:
            self.ignore()
            return
        done = threading.Event()
        with suppress(RuntimeError):  # it is being closed
            loop.call_soon_threadsafe(self.ignore)
            loop.call_soon_threadsafe(done.set)
            done.wait(_UNWATCH_SECONDS)

    def end(self) -> None:
        """End the process and forget it."""
        self.alive = False
        self.kill()
        self._unwatch()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()


def packed(message: dict[str, Any]) -> bytes:
    """Return *message* as a worker reads it."""
    data = marshal.dumps(message)
    return len(data).to_bytes(4, "big") + data


def ended(kind: bytes, payload: bytes) -> tuple[int, int]:
    """Return how many rows an answer had that has ended, and the microseconds it took.

    Raises:
        Refused: there is no (more) answer.
    """
    if kind == script.ERROR:
        raise Refused(**json.loads(payload))
    return script.FIGURES.unpack(payload) if payload else (0, 0)


def _widen(pipe: int) -> None:
    """Let more fit into *pipe*, so that the two ends wait less for each other (Linux)."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)
