"""HTTP/1.1 on an event loop: requests become WSGI environments, and answers go out as fast as the client reads.

The parser is llhttp (package `httptools`), the loop uvloop where there is one. What a client does slowly holds up
nobody: a request is handed on when it is whole, and what a client does not read yet waits in memory, then in a file. An
answer that breaks off ends without the mark of its end, so that no client takes it for whole.
"""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections import deque
from collections.abc import Awaitable
from contextlib import suppress
from http import HTTPStatus
from typing import Any, cast

import httptools

from kg.web.backlog import Backlog
from kg.web.exchange import Exchange
from kg.web.reading import Request
from kg.web.site import Site

__all__ = ["Connection"]

_HEAD = 256 << 10
_FIELDS = 200
_AHEAD = 256 << 10
_LINGER = 2.0


class Connection(asyncio.Protocol):
    """One connection of a client: it reads requests, and lets one after the other be answered."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._parser: Any = httptools.HttpRequestParser(self)
        self._request = Request()
        self._head = 0
        self._waiting: deque[Exchange] = deque()
        self._exchange: Exchange | None = None
        self._out: asyncio.Transport | None = None
        self._backlog = Backlog()
        self._paused = False
        self._began = False
        self._last = False
        self._refusing = False
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
        self._began = False
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
        self._backlog.drop()
        if self._exchange:
            self._exchange.abandon()

    def pause_writing(self) -> None:
        """Keep what is to be sent until the client has read more."""
        self._paused = True

    def resume_writing(self) -> None:
        """Send what was kept."""
        self._paused = False
        self._move()
        while self._backlog and not self._paused and self._out:
            self._out.write(self._backlog.take())
        self._backlog.tell_room()
        if not self._backlog and self._exchange and self._exchange.ended:
            # Not at once: the loops of the standard library must not be told to close while they tell this.
            asyncio.get_running_loop().call_soon(self._next_if_ended)

    # --- what the parser calls -------------------------------------------------------------------------------------

    def on_message_begin(self) -> None:
        """Begin to read a request."""
        self._request = Request()

    def on_url(self, target: bytes) -> None:
        """Read (a part of) the target."""
        self._request.target += target

    def on_header(self, name: bytes, value: bytes) -> None:
        """Read a field of the head."""
        self._request.add_field(name, value)
        if self._request.fields > _FIELDS:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
            raise ValueError("too many fields")  # which ends the parsing

    def on_headers_complete(self) -> None:
        """See whether the body may come."""
        self._head = -1
        if self._request.length > self._site.limits.body:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        elif self._request.waits and self._out and not self.busy:
            self._out.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def on_body(self, data: bytes) -> None:
        """Read a part of the body."""
        self._request.size += len(data)
        if self._request.size > self._site.limits.body:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        elif not self._last:
            self._request.add_body(data)

    def on_message_complete(self) -> None:
        """Hand the request on, or let it wait for the answer to the one before it."""
        self._head = 0
        if self._last or not self._out:
            return
        self._last = not self._parser.should_keep_alive() or self._site.closing
        request, version = self._request, self._parser.get_http_version()
        environ = request.environment(self._site.environment, self._parser.get_method(), version, self.client)
        exchange = Exchange(self, environ, version == "1.1", request.body)
        if self.busy or self._began:
            self._wait(exchange)
        else:
            self._begin(exchange)

    # --- what an exchange calls ------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether a request waits for its answer, or its answer for the client."""
        return self._exchange is not None or bool(self._waiting)

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
        if not self._paused and not self._backlog:
            self._out.write(data)
        else:
            self._backlog.put(data)

    def room(self) -> Awaitable[None] | None:
        """Return what to wait for before more is written, if too much is kept for this client already."""
        return self._backlog.room()

    def finished(self) -> None:
        """Go on to the next request, once the answer is out."""
        if not self._backlog:
            self._next()

    def break_off(self, abruptly: bool) -> None:
        """Close in the midst of an answer; *abruptly* where the end of the connection would mean the end of it."""
        if self._out and (abruptly or self._backlog):
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
        self._exchange, self._began = exchange, True
        self._site.handle(exchange)

    def _wait(self, exchange: Exchange) -> None:
        """Let a request wait for those before it, and for others: each of a client's is begun in a turn of its own."""
        assert self._out is not None
        self._waiting.append(exchange)
        self._out.pause_reading()
        if self._exchange is None and len(self._waiting) == 1:
            asyncio.get_running_loop().call_soon(self._begin_waiting)

    def _begin_waiting(self) -> None:
        if self._out and self._waiting and self._exchange is None:
            if len(self._waiting) == 1:
                self._out.resume_reading()
            self._begin(self._waiting.popleft())

    def _next(self) -> None:
        self._exchange = None
        if self._out is None:
            return
        if self._waiting:
            asyncio.get_running_loop().call_soon(self._begin_waiting)
        elif self._last or self._site.closing:
            self._out.close()

    def _next_if_ended(self) -> None:
        if not self._backlog and self._exchange and self._exchange.ended:
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
