"""One request and its answer, as whoever answers it sees them: the environment, and ways to give the answer."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Iterable
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from asyncio import Task

    from kg.web.http import Connection

__all__ = ["Exchange", "fail", "head"]

_COPIED = 8 << 10
"""Bytes up to which it takes less time to copy a body than to send it apart."""
_NO_BODY = re.compile(r"1..|204|304")
_LOGGER = logging.getLogger("kg.web")


class Exchange:
    """A request and its answer. All but `environ` belongs to the thread of the loop."""

    def __init__(self, connection: Connection, environ: dict[str, Any], chunks: bool, body: IO[bytes] | None) -> None:
        self.environ = environ
        self.body = body
        self.ended = False
        self.status = 0
        self.size = 0
        self.task: Task[None] | None = None
        self._connection = connection
        self._may_chunk = chunks
        self._chunked = False
        self._bodiless = environ["REQUEST_METHOD"] == "HEAD"

    @property
    def begun(self) -> bool:
        """Whether the head of the answer is out."""
        return bool(self.status)

    def whole(self, status: str, headers: Iterable[tuple[str, str]], body: bytes) -> None:
        """Give the whole answer."""
        self._start(status)
        lines = head(status, headers, None if self._bodiless or _has_length(headers) else len(body))
        self.prepared(self.status, lines, b"" if self._bodiless else body)

    def prepared(self, status: int, lines: bytes, body: bytes) -> None:
        """Give the whole answer, the *lines* of whose head were made before."""
        self.status, self.size = status, len(body)
        start = lines + self._end_of_head()
        if len(body) < _COPIED:
            self._connection.write(start + body)
        else:
            self._connection.write(start)
            self._connection.write(body)
        self.end()

    def start(self, status: str, headers: Iterable[tuple[str, str]]) -> None:
        """Give the head of the answer; its pieces follow."""
        self._start(status)
        lines = head(status, headers)
        if not (self._bodiless or _has_length(headers)):
            self._chunked = self._may_chunk
            if self._chunked:
                lines += b"Transfer-Encoding: chunked\r\n"
            else:
                self._connection.end_with_this()
        self._connection.write(lines + self._end_of_head())

    def send(self, piece: bytes) -> Awaitable[None] | None:
        """Give a piece of the body; return what to wait for before the next, if the client reads slowly."""
        if not piece or self._bodiless:
            return None
        self.size += len(piece)
        self._connection.write(b"%x\r\n%b\r\n" % (len(piece), piece) if self._chunked else piece)
        return self._connection.room()

    def end(self) -> None:
        """Say that the answer is whole."""
        if self._chunked:
            self._connection.write(b"0\r\n\r\n")
        self._close()
        self._connection.finished()

    def break_off(self, why: object) -> None:
        """Let the client see that the rest of the answer will never come, because of *why*."""
        _LOGGER.error("%s %s: it broke off: %s", self.environ["REQUEST_METHOD"], self.environ["PATH_INFO"], why)
        self._close()
        self._connection.break_off(not self._chunked)

    def abandon(self) -> None:
        """End what is done for a client that is gone."""
        if self.task:
            self.task.cancel()
        self._close()

    def _start(self, status: str) -> None:
        self.status = int(status[:3])
        self._bodiless = self._bodiless or bool(_NO_BODY.match(status))

    def _end_of_head(self) -> bytes:
        return self._connection.date + (b"Connection: close\r\n\r\n" if self._connection.last else b"\r\n")

    def _close(self) -> None:
        self.ended = True
        if self.body:
            self.body.close()


def head(status: str, headers: Iterable[tuple[str, str]], length: int | None = None) -> bytes:
    """Return the lines of an answer's head, with the *length* of its body, but without its end (see `Exchange`)."""
    lines = "".join([f"{name}: {value}\r\n" for name, value in headers if name != "Connection"])
    if length is not None:
        lines += f"Content-Length: {length}\r\n"
    return f"HTTP/1.1 {status}\r\n{lines}".encode("latin-1")


def _has_length(headers: Iterable[tuple[str, str]]) -> bool:
    return any(name.lower() == "content-length" for name, _ in headers)


def fail(exchange: Exchange, error: Exception) -> None:
    """Answer what no part of the application has an answer to."""
    if exchange.begun:
        exchange.break_off(error)
    else:
        exchange.whole("500 INTERNAL SERVER ERROR", [("Content-Type", "text/plain")], b"something went wrong here\n")
