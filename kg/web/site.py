"""What the connections of a server share."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formatdate
from typing import TYPE_CHECKING

from kg.web.exchange import Exchange

if TYPE_CHECKING:
    from kg.web.http import Connection

__all__ = ["Limits", "Site"]


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
