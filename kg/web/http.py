"""HTTP/1.1 on an event loop: requests become WSGI environments, and answers go out as fast as the client reads.

The parser is llhttp (package `httptools`), the loop uvloop where there is one. What a client does slowly holds up
nobody: a request is handed on when it is whole, and what a client does not read yet waits in memory, then in a file. An
answer that breaks off ends without the mark of its end, so that no client takes it for whole.
"""

from __future__ import annotations

import asyncio
import json
import re
import socket
import struct
import sys
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import formatdate
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast
from urllib.parse import unquote_to_bytes

import httptools

from kg.web.exchange import Exchange

__all__ = ["Connection", "Limits", "Site"]

_HEAD = 256 << 10
_FIELDS = 200
_IN_MEMORY = 1 << 20
_AHEAD = 256 << 10
_BACKLOG = 64 << 20
_LINGER = 2.0
_FIELD = re.compile(rb"[!#$%&'*+.^`|~0-9A-Za-z-]+")  # no underscore: in the environment it would look like a hyphen


@dataclass(frozen=True, slots=True)
class Limits:
    """What clients may use: bytes of a body, connections, and seconds in which nothing comes from or goes to one."""

    body: int
    connections: int = 500
    seconds: float = 60.0


class Site:
    """What all connections share: the handler of requests, the limits, and the connections themselves.

    *handle* is called in the loop for each whole request. It sees to it that the exchange is ended some time.
    """

    def __init__(self, handle: Callable[[Exchange], None], limits: Limits, port: int) -> None:
        self.handle = handle
        self.limits = limits
        self.connections: dict[Connection, None] = {}
        self.closing = False
        self.date = b""
        self.environment = {
            "SCRIPT_NAME": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": str(port),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            "wsgi.input_terminated": True,
        }

    def tick(self) -> None:
        """Do what is due each second: tell the time, and close connections that nothing happens on."""
        loop = asyncio.get_running_loop()
        self.date = f"Date: {formatdate(usegmt=True)}\r\n".encode()
        for connection in list(self.connections):
            if loop.time() - connection.moved > self.limits.seconds:
                connection.expire()
        loop.call_later(1.0, self.tick)

    def close(self) -> None:
        """Take no more requests; connections end with the answer that they wait for."""
        self.closing = True
        for connection in list(self.connections):
            if not connection.busy:
                connection.close()


@dataclass(slots=True)
class _Request:
    """What was read of a request so far."""

    target: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    fields: int = 0
    size: int = 0
    body: IO[bytes] | None = None


class Connection(asyncio.Protocol):
    """One connection of a client: it reads requests, and lets one after the other be answered."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._parser: Any = httptools.HttpRequestParser(self)
        self._request = _Request()
        self._head = 0
        self._waiting: deque[Exchange] = deque()
        self._exchange: Exchange | None = None
        self._out: asyncio.Transport | None = None
        self._spool: IO[bytes] | None = None
        self._written = self._sent = 0
        self._paused = False
        self._last = False
        self._refusing = False
        self._room: list[asyncio.Future[None]] = []
        self.client = ""
        self.moved = 0.0

    # --- what the loop calls ---------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._out = cast(asyncio.Transport, transport)
        self._out.set_write_buffer_limits(high=_AHEAD)
        peer = transport.get_extra_info("peername")
        self.client = str(peer[0]) if peer else ""
        self._move()
        if len(self._site.connections) >= self._site.limits.connections and not self._make_room():
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE)
            return
        self._site.connections[self] = None

    def data_received(self, data: bytes) -> None:
        """Read on. Several requests may come at once, or a part of one."""
        if self._refusing:
            return
        self._move()
        if self._head >= 0:
            self._head += len(data)
            if self._head > _HEAD + len(data):  # of what has come last, a part may be no head
                self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
                return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self._last = True  # the request is answered as if it did not ask for another protocol
        except httptools.HttpParserError:
            self._refuse(HTTPStatus.BAD_REQUEST)

    def connection_lost(self, error: Exception | None) -> None:
        """End: nobody is there to be answered."""
        self._site.connections.pop(self, None)
        self._out = None
        self._waiting.clear()
        self._free_room()
        self._drop_spool()
        if self._exchange:
            self._exchange.abandon()

    def pause_writing(self) -> None:
        """Keep what is to be sent until the client has read more."""
        self._paused = True

    def resume_writing(self) -> None:
        """Send what was kept."""
        self._paused = False
        self._move()
        while self._spool and not self._paused and self._out:
            self._spool.seek(self._sent)
            data = self._spool.read(_AHEAD)
            self._sent += len(data)
            if self._sent == self._written:
                self._drop_spool()
            self._out.write(data)
        if self._written - self._sent < _BACKLOG:
            self._free_room()
        if not self._spool and self._exchange and self._exchange.ended:
            # Not at once: the loops of the standard library must not be told to close while they tell this.
            asyncio.get_running_loop().call_soon(self._next_if_ended)

    # --- what the parser calls -------------------------------------------------------------------------------------

    def on_message_begin(self) -> None:
        """Begin to read a request."""
        self._request = _Request()

    def on_url(self, target: bytes) -> None:
        """Read (a part of) the target."""
        self._request.target += target

    def on_header(self, name: bytes, value: bytes) -> None:
        """Read a field of the head. Those of the same name are joined, as RFC 9110, 5.3 has it."""
        headers = self._request.headers
        self._request.fields += 1
        if self._request.fields > _FIELDS:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
            raise ValueError("too many fields")  # which ends the parsing
        key = _NAMES.get(name) or _variable(name)
        text = value.decode("latin-1")
        headers[key] = f"{headers[key]},{text}" if key in headers else text

    def on_headers_complete(self) -> None:
        """See whether the body may come."""
        self._head = -1
        headers = self._request.headers
        length = headers.get("CONTENT_LENGTH", "0")
        if int(length if length.isdigit() else "0") > self._site.limits.body:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        elif headers.get("HTTP_EXPECT", "").lower() == "100-continue" and self._out and not self.busy:
            self._out.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def on_body(self, data: bytes) -> None:
        """Read a part of the body."""
        request = self._request
        request.size += len(data)
        if request.size > self._site.limits.body:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        elif not self._last:
            request.body = request.body or cast(IO[bytes], SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115  # by the exchange
            request.body.write(data)

    def on_message_complete(self) -> None:
        """Hand the request on, or let it wait for the answer to the one before it."""
        self._head = 0
        if self._last or not self._out:
            return
        self._last = not self._parser.should_keep_alive() or self._site.closing
        exchange = Exchange(self, self._environment(), self._parser.get_http_version() == "1.1", self._request.body)
        if self.busy:
            self._waiting.append(exchange)
            self._out.pause_reading()
        else:
            self._begin(exchange)

    def _environment(self) -> dict[str, Any]:
        request = self._request
        target = request.target
        if not target.startswith((b"/", b"*")):
            target = b"/" + target.partition(b"://")[2].partition(b"/")[2]  # an absolute one, as for a proxy
        path, _, query = target.partition(b"?")
        environ = self._site.environment | request.headers
        environ["REQUEST_METHOD"] = self._parser.get_method().decode()
        environ["PATH_INFO"] = (unquote_to_bytes(path) if b"%" in path else path).decode("latin-1")
        environ["QUERY_STRING"] = query.decode("latin-1")
        environ["REMOTE_ADDR"] = self.client
        environ["SERVER_PROTOCOL"] = f"HTTP/{self._parser.get_http_version()}"
        if request.size and "CONTENT_LENGTH" not in environ:
            environ["CONTENT_LENGTH"] = str(request.size)
        return environ

    # --- what an exchange calls ------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether a request waits for its answer, or its answer for the client."""
        return self._exchange is not None

    @property
    def date(self) -> bytes:
        """The header `Date`, as of now."""
        return self._site.date

    @property
    def last(self) -> bool:
        """Whether the connection ends with the answer that is being given."""
        return self._last and not self._waiting

    def end_with_this(self) -> None:
        """Close behind the answer that is being given, since nothing else tells its end."""
        self._last = True
        self._waiting.clear()

    def write(self, data: bytes) -> None:
        """Send *data*, or keep it until the client has read what was sent before."""
        if self._out is None:
            return
        if not self._paused and self._spool is None:
            self._out.write(data)
            return
        if self._spool is None:
            self._spool = cast(IO[bytes], SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115  # closed when it is sent
        self._spool.seek(self._written)
        self._spool.write(data)
        self._written += len(data)

    def room(self) -> Awaitable[None] | None:
        """Return what to wait for before more is written, if too much is kept for this client already."""
        if self._written - self._sent < _BACKLOG:
            return None
        room: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._room.append(room)
        return room

    def finished(self) -> None:
        """Go on to the next request, once the answer is out."""
        if self._spool is None:
            self._next()

    def break_off(self, abruptly: bool) -> None:
        """Close in the midst of an answer; *abruptly* where the end of the connection would mean the end of it."""
        if self._out and (abruptly or self._spool):
            with suppress(AttributeError, OSError):  # a reset, which nobody takes for an end
                linger = self._out.get_extra_info("socket").setsockopt
                linger(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self._out.abort()
        elif self._out:
            self._out.close()

    def expire(self) -> None:
        """Close, since nothing has come or gone for too long; but one that waits for its answer is in its right."""
        if self._out and (not self.busy or self._paused):
            self._out.abort()

    def close(self) -> None:
        """Close, once all that was written is sent."""
        if self._out:
            self._out.close()

    # ---------------------------------------------------------------------------------------------------------------

    def _move(self) -> None:
        self.moved = asyncio.get_running_loop().time()

    def _begin(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._site.handle(exchange)

    def _next(self) -> None:
        self._exchange = None
        if self._out is None:
            return
        if self._waiting:
            if len(self._waiting) == 1:
                self._out.resume_reading()
            self._begin(self._waiting.popleft())
        elif self._last or self._site.closing:
            self._out.close()

    def _next_if_ended(self) -> None:
        if not self._spool and self._exchange and self._exchange.ended:
            self._next()

    def _make_room(self) -> bool:
        """Close the connection that has been idle for longest; tell whether there was one."""
        idle = (connection for connection in self._site.connections if not connection.busy)
        oldest = min(idle, key=lambda connection: connection.moved, default=None)
        if oldest:
            self._site.connections.pop(oldest)
            oldest.close()
        return oldest is not None

    def _refuse(self, status: HTTPStatus) -> None:
        """Answer what is no request that can be handed on, and close."""
        if self._refusing:
            return
        if self._out and not self._last and not self.busy:
            problem = {"type": "about:blank", "title": status.phrase, "status": status, "detail": status.description}
            body = json.dumps(problem).encode() + b"\n"
            self._out.write(
                b"HTTP/1.1 %d %s\r\n%sContent-Type: application/problem+json\r\nContent-Length: %d\r\nConnection: close"
                b"\r\n\r\n%s" % (status, status.phrase.encode(), self.date, len(body), body)
            )
        self._last = True
        if self._out and not self.busy:
            self._refusing = True  # it reads on for a while: a reset would take the answer away from the client
            asyncio.get_running_loop().call_later(_LINGER, self._out.abort)
            if self._out.can_write_eof():
                self._out.write_eof()

    def _free_room(self) -> None:
        for room in self._room:
            if not room.done():
                room.set_result(None)
        self._room.clear()

    def _drop_spool(self) -> None:
        if self._spool:
            self._spool.close()
        self._spool, self._written, self._sent = None, 0, 0


def _variable(name: bytes) -> str:
    """Return how the environment calls the header *name*; those that would be mistaken for others share a dead name."""
    if not _FIELD.fullmatch(name):
        return "kg.ignored"
    text = name.decode("ascii").upper().replace("-", "_")
    return text if text in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{text}"


_NAMES = {
    name: _variable(name)
    for lower in b"host accept accept-encoding user-agent connection content-type content-length".split()
    for name in (lower, lower.title())
}
