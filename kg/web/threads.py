"""Calls a WSGI application in a thread, for a server that runs on an event loop (PEP 3333)."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from kg.errors import KgError
from kg.web.exchange import Exchange, fail
from kg.web.plan import SMALL

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

__all__ = ["Called"]

_LOGGER = logging.getLogger("kg.web")


class Called:
    """One call of *app*: `run` does it in a thread, the answer is given in the thread of *loop*."""

    def __init__(self, app: WSGIApplication, exchange: Exchange, loop: asyncio.AbstractEventLoop) -> None:
        self._app, self._exchange, self._loop = app, exchange, loop
        self._status = ""
        self._headers: list[tuple[str, str]] = []

    def run(self) -> None:
        """Have it answer, and give the answer to the loop."""
        exchange = self._exchange
        if exchange.ended:
            return
        try:
            environ = exchange.environ
            environ["wsgi.input"] = exchange.body or io.BytesIO()
            environ["wsgi.input"].seek(0)
            body = self._app(environ, self._started)
            try:
                self._pass_on(body)
            finally:
                if close := getattr(body, "close", None):
                    close()
        except _Gone:
            pass
        except Exception as error:
            if not isinstance(error, KgError):
                _LOGGER.exception("a request could not be answered")
            self._loop.call_soon_threadsafe(fail, exchange, error)

    def _started(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:  # noqa: ANN401
        self._status, self._headers = status, headers
        return _no_writing

    def _pass_on(self, body: Iterable[bytes]) -> None:
        pieces = iter(body)
        first = next(pieces, b"")
        length = next((value for name, value in self._headers if name.lower() == "content-length"), None)
        if length is not None and int(length) <= SMALL:
            whole = first + b"".join(pieces)
            self._loop.call_soon_threadsafe(self._exchange.whole, self._status, self._headers, whole)
            return
        self._loop.call_soon_threadsafe(self._exchange.start, self._status, self._headers)
        self._send(first)
        for piece in pieces:
            self._send(piece)
        self._loop.call_soon_threadsafe(self._exchange.end)

    def _send(self, piece: bytes) -> None:
        """Give a piece, and wait until there is room for the next."""
        asyncio.run_coroutine_threadsafe(_sent(self._exchange, piece), self._loop).result()


class _Gone(Exception):
    """Nobody is there to be answered."""


async def _sent(exchange: Exchange, piece: bytes) -> None:
    if exchange.ended:
        raise _Gone
    if room := exchange.send(piece):
        await room


def _no_writing(data: bytes) -> None:
    raise NotImplementedError("an answer is returned, and not written (PEP 3333 leaves the choice)")
