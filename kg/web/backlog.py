"""What a client has not read yet waits here: in memory, then in a file."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from tempfile import SpooledTemporaryFile
from typing import IO, cast

__all__ = ["IN_MEMORY", "Backlog"]

IN_MEMORY = 1 << 20
"""Bytes that are kept in memory; more goes to a file."""
_PIECE = 256 << 10
_MOST = 64 << 20
"""Bytes above which whoever has more to give waits."""


class Backlog:
    """Bytes that come out in the order in which they were put in. All belongs to the thread of the loop."""

    def __init__(self) -> None:
        self._spool: IO[bytes] | None = None
        self._written = self._taken = 0
        self._room: list[asyncio.Future[None]] = []

    def __bool__(self) -> bool:
        """Tell whether anything waits."""
        return self._spool is not None

    def put(self, data: bytes) -> None:
        """Keep *data* behind what waits already."""
        if self._spool is None:
            self._spool = cast(IO[bytes], SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115  # closed when all is taken
        self._spool.seek(self._written)
        self._spool.write(data)
        self._written += len(data)

    def take(self) -> bytes:
        """Return the next bytes, which wait no longer; none if nothing waits."""
        if self._spool is None:
            return b""
        self._spool.seek(self._taken)
        data = self._spool.read(_PIECE)
        self._taken += len(data)
        if self._taken == self._written:
            self._forget()
        return data

    def room(self) -> Awaitable[None] | None:
        """Return what to wait for before more is put in, if there is too much already."""
        if self._has_room():
            return None
        room: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._room.append(room)
        return room

    def tell_room(self) -> None:
        """Let those go on who wait for room, if there is some."""
        if self._has_room():
            self._tell()

    def drop(self) -> None:
        """Forget what waits: nobody will take it; nobody has to wait for room."""
        self._tell()
        self._forget()

    def _has_room(self) -> bool:
        return self._written - self._taken < _MOST

    def _tell(self) -> None:
        for room in self._room:
            if not room.done():
                room.set_result(None)
        self._room.clear()

    def _forget(self) -> None:
        if self._spool:
            self._spool.close()
        self._spool, self._written, self._taken = None, 0, 0
