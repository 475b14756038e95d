"""The parent's end of a query worker: asks it, takes the pieces of its answer, and kills it when its time is over."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from kg.errors import QueryError, QueryTimeout, QueryTooHeavy
from kg.store import worker as script

__all__ = ["Reaper", "Refused", "Worker"]

_HEAD = struct.Struct("!cI")
_DISCARD_SECONDS = 0.1


class Refused(Exception):
    """What a worker answered when it could not: the name of its error, and the message."""

    def __init__(self, kind: str, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.kind = kind
        self.line, self.column = line, column


class Worker:
    """The parent's end of one worker process, which runs the script *program*."""

    def __init__(self, settings: dict[str, Any], reaper: Reaper, program: Path = Path(script.__file__)) -> None:
        command = [sys.executable, "-P", str(program.resolve())]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "MALLOC_ARENA_MAX": "2"}
        self._process = subprocess.Popen(  # noqa: S603  # our own script
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, bufsize=0
        )
        self._reaper = reaper
        self.alive = True
        self.overdue = False
        self.deadline = float("inf")
        self.tell(settings)

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self.alive and self._process.poll() is None

    @property
    def _requests(self) -> IO[bytes]:
        assert self._process.stdin is not None
        return self._process.stdin

    def ask(self, request: dict[str, Any], seconds: float) -> Generator[bytes, None, None]:
        """Yield the pieces of the answer; kill the process if they are not all out after *seconds*.

        Raises:
            QueryTimeout, QueryTooHeavy: the process was killed, or died.
            Refused: the worker says why there is no (more) answer.
        """
        self.overdue = False
        self._reaper.arm(self, seconds)
        done = False
        try:
            self.tell(request)
            yield from self._pieces(seconds)
            done = True
        except Refused:
            done = True
            raise
        finally:
            if not done and self.alive:
                self._abandon()
            self._reaper.disarm(self)

    def _pieces(self, seconds: float) -> Generator[bytes, None, None]:
        while True:
            kind, payload = self._receive()
            if kind == script.DATA:
                yield payload
            elif kind == script.END:
                return
            elif kind == script.ERROR:
                raise Refused(**json.loads(payload))
            else:
                self.alive = False
                if self.overdue:
                    raise QueryTimeout(f"the query took longer than {seconds:g} s and was stopped; make it narrower")
                raise QueryTooHeavy("the query is too complex: it needs too much memory, or is nested too deep")

    def _receive(self) -> tuple[bytes, bytes]:
        """Return the next piece with its kind, or no kind if the process has ended."""
        head = self._read(_HEAD.size)
        if len(head) < _HEAD.size:
            return b"", b""
        kind, size = _HEAD.unpack(head)
        payload = self._read(size)
        return (kind, payload) if len(payload) == size else (b"", b"")

    def _read(self, size: int) -> bytes:
        assert self._process.stdout is not None
        pieces = []
        while size:
            piece = self._process.stdout.read(size)
            if not piece:
                break
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def tell(self, message: dict[str, Any]) -> None:
        """Send *message*, without waiting for what comes of it."""
        data = json.dumps(message).encode()
        with suppress(OSError):  # a dead worker shows when the answer is read
            view = memoryview(len(data).to_bytes(4, "big") + data)
            while view:
                view = view[self._requests.write(view) :]

    def _abandon(self) -> None:
        """Nobody wants the rest: let the worker finish if that is a matter of moments, or kill it."""
        self._reaper.arm(self, _DISCARD_SECONDS)
        with suppress(Refused, QueryError):
            for _ in self._pieces(_DISCARD_SECONDS):
                pass

    def kill(self) -> None:
        """End the process at once, whatever it does."""
        with suppress(OSError):
            self._process.kill()

    def end(self) -> None:
        """End the process and forget it."""
        self.alive = False
        self.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()


class Reaper:
    """Kills workers whose time is over. Its thread sleeps until the next deadline."""

    def __init__(self) -> None:
        self._change = threading.Condition()
        self._armed: set[Worker] = set()
        self._thread: threading.Thread | None = None
        self._wakes = float("inf")
        self._closed = False

    def arm(self, worker: Worker, seconds: float) -> None:
        """Kill *worker* in so many *seconds*, unless it is disarmed before."""
        with self._change:
            worker.deadline = time.monotonic() + seconds
            self._armed.add(worker)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="kg-reaper", daemon=True)
                self._thread.start()
            if worker.deadline < self._wakes:
                self._change.notify()

    def disarm(self, worker: Worker) -> None:
        """Let *worker* live."""
        with self._change:
            self._armed.discard(worker)

    def close(self) -> None:
        """Kill whatever still runs, and end."""
        with self._change:
            self._closed = True
            for worker in self._armed:
                worker.kill()
            self._change.notify()

    def _run(self) -> None:
        with self._change:
            while not self._closed:
                now = time.monotonic()
                for worker in [worker for worker in self._armed if worker.deadline <= now]:
                    worker.overdue = True
                    worker.kill()
                    self._armed.discard(worker)
                self._wakes = min((worker.deadline for worker in self._armed), default=float("inf"))
                self._change.wait(None if self._wakes == float("inf") else max(0.0, self._wakes - now))
