"""Turns a function that writes to a file into an iterator of what it writes, and such an iterator into a file."""

from __future__ import annotations

import io
import queue
import threading
from collections.abc import Callable, Iterator
from typing import IO, Any, cast

__all__ = ["CHUNK", "as_file", "pieces"]

CHUNK = 1 << 16
"""Bytes of a piece."""
_AHEAD = 8


def pieces(produce: Callable[[IO[bytes]], None], keep: object = None) -> Iterator[bytes]:
    """Turn a function that writes to a file into an iterator of what it writes. The function runs in a thread.

    *keep* is held as long as the iterator lives.

    At most 8 pieces are ahead of the consumer. Errors of the function come out of the iterator; closing it ends the
    function.
    """
    pipe = _Pipe()

    def run() -> None:
        try:
            with io.BufferedWriter(pipe, CHUNK) as buffered:
                produce(buffered)
            pipe.end(None)
        except _Abandoned:
            pass
        except Exception as error:  # it is raised again, in the consumer
            pipe.end(error)

    worker = threading.Thread(target=run, name="kg-serialize", daemon=True)
    worker.start()
    try:
        yield from pipe.received()
    finally:
        pipe.abandon()


class _Abandoned(OSError):
    """Nobody reads what is written any more."""


class _Pipe(io.RawIOBase):
    """A bounded queue that looks like a file to the thread that fills it."""

    def __init__(self) -> None:
        super().__init__()
        self._queue: queue.Queue[bytes | Exception | None] = queue.Queue(_AHEAD)
        self._abandoned = threading.Event()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(cast(bytes, data))
        self._put(piece)
        return len(piece)

    def end(self, error: Exception | None) -> None:
        self._put(error)

    def _put(self, item: bytes | Exception | None) -> None:
        while not self._abandoned.is_set():
            try:
                return self._queue.put(item, timeout=0.1)
            except queue.Full:
                continue
        raise _Abandoned

    def received(self) -> Iterator[bytes]:
        while (item := self._queue.get()) is not None:
            if isinstance(item, Exception):
                raise item
            yield item

    def abandon(self) -> None:
        self._abandoned.set()


def as_file(pieces: Iterator[bytes]) -> IO[bytes]:
    """Make a file of *pieces*, so that the engine's parsers can read while the pieces come."""
    return io.BufferedReader(_Stream(pieces), CHUNK)


class _Stream(io.RawIOBase):
    """Makes a file of pieces, so that the engine's parsers can read while the pieces come."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces = pieces
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401  # any writable buffer
        while not len(self._rest):
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        found = self._rest[: len(buffer)]
        buffer[: len(found)] = found
        self._rest = self._rest[len(found) :]
        return len(found)
