"""A load generator that costs little beside the servers it measures: raw sockets, kept alive, in one thread."""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Callable
from typing import NamedTuple

__all__ = ["Asked", "ask"]

_BUFFER = bytearray(1 << 18)
_END_OF_CHUNKS = b"0\r\n\r\n"


class Asked(NamedTuple):
    """What came of asking for a while."""

    answers: int
    seconds: float


def ask(port: int, request: Callable[[], bytes], clients: int, seconds: float) -> Asked:
    """Ask at *port* as so many *clients*, who each ask again as soon as they have their answer.

    Args:
        port: of this machine.
        request: gives the bytes of the next request, head and body.
        clients: how many connections there are.
        seconds: how long to ask; what is under way then is waited for, and counts.

    Raises:
        ConnectionError: the server refuses, closes in the midst of an answer, or answers with another status than 200.
    """
    asking = [_Client(port, request) for _ in range(clients)]
    start = time.perf_counter()
    until = start + seconds
    done = 0
    with selectors.DefaultSelector() as selector:
        for client in asking:
            client.ask()
            selector.register(client.socket, selectors.EVENT_READ, client)
        while selector.get_map():
            for key, _ in selector.select():
                client = key.data
                if not client.take():
                    continue
                done += 1
                over = time.perf_counter() >= until
                if over or client.closing:
                    selector.unregister(key.fileobj)
                    client.socket.close()
                if client.closing and not over:
                    client.connect()
                    selector.register(client.socket, selectors.EVENT_READ, client)
                if not over:
                    client.ask()
    return Asked(done, time.perf_counter() - start)


class _Client:
    """One who asks, and takes what comes until the answer is whole. `closing` tells that the connection is used up."""

    def __init__(self, port: int, request: Callable[[], bytes]) -> None:
        self._port = port
        self._request = request
        self.closing = False
        self._begun = False
        self._left: int | None = None
        self._tail = b""
        self.connect()

    def connect(self) -> None:
        """Open a new connection."""
        self.socket = socket.create_connection(("127.0.0.1", self._port), timeout=120)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self) -> None:
        """Send the next request."""
        self.closing, self._begun, self._left, self._tail = False, False, None, b""
        self.socket.sendall(self._request())

    def take(self) -> bool:
        """Take what has come; tell whether the answer is whole."""
        size = self.socket.recv_into(_BUFFER)
        if not size:
            raise ConnectionError(f"the server closed the connection, after {self._tail!r}")
        begin = 0 if self._begun else self._begin(bytes(_BUFFER[: min(size, 1 << 12)]))
        self._tail = (self._tail + bytes(_BUFFER[max(begin, size - 5) : size]))[-5:]
        if self._left is None:
            return self._tail == _END_OF_CHUNKS
        self._left -= size - begin
        return self._left <= 0

    def _begin(self, start: bytes) -> int:
        """Read the head of the answer; return where its body begins."""
        end = start.find(b"\r\n\r\n")
        head = start[: end + 2].lower()
        if not head.startswith(b"http/1.1 200 ") or end < 0:
            raise ConnectionError(f"instead of an answer came {start[:500]!r}")
        at = head.find(b"\r\ncontent-length:")
        if at >= 0:
            self._left = int(head[at + 17 : head.index(b"\r\n", at + 2)])
        self._begun = True
        self.closing = b"\r\nconnection: close" in head
        return end + 4
