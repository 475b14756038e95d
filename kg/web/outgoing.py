"""The answer to one query on its way from a worker to a client, in an event loop."""

from __future__ import annotations

import asyncio

from kg.store.streams import Stream
from kg.web.cache import Kept
from kg.web.encoding import WORTH_PACKING, Packer, packer
from kg.web.exchange import Exchange, head
from kg.web.plan import OPEN, ROW_COUNT, SAFE, SMALL, Plan, described

__all__ = ["Outgoing"]

_OFF_THE_LOOP = 16 << 10
"""Bytes from which a piece is packed in a thread."""


class Outgoing:
    """An answer that goes out as a whole, or in pieces if it is large. `kept` is what to keep of it, once it is out."""

    def __init__(self, exchange: Exchange, plan: Plan) -> None:
        self._exchange = exchange
        self._plan = plan
        self._headers: list[tuple[str, str]] = []
        self._tag: str | None = None
        self._packing: Packer | None = None
        self._copy: list[bytes] | None = []
        self._whole = b""
        self.kept: Kept | None = None

    async def begin(self, stream: Stream) -> None:
        """Take what is needed to know whether the answer is small; what fails at once, fails before the status line."""
        pieces = await stream.take()
        size = sum(map(len, pieces))
        while not stream.ended and size < SMALL:
            more = await stream.take()
            pieces += more
            size += sum(map(len, more))
        self._whole = pieces[0] if len(pieces) == 1 else b"".join(pieces)
        if packing := self._choose_packing(size):
            self._whole = await self._packed(self._whole)
            if stream.ended:
                self._whole += packing.flush()

    def take(self, whole: bytes) -> None:
        """Take an answer that is there as a *whole* already, and small: `begin` for those that need no worker."""
        packing = self._choose_packing(len(whole))
        self._whole = packing.compress(whole) + packing.flush() if packing else whole

    def describe(self, tag: str | None) -> None:
        """Make the headers, with the entity *tag* if there is one; it comes after `begin` or `take`."""
        self._tag = tag
        self._headers[:0] = [("Content-Type", self._plan.form.content_type), *OPEN, *described(tag), *SAFE.items()]

    async def go_on(self, stream: Stream, largest: int) -> None:
        """Give piece after piece, and keep a copy if it does not get larger than *largest*."""
        self._exchange.start("200 OK", self._headers)
        await self._send(self._whole, largest)
        while not stream.ended:
            for piece in await stream.take():
                await self._send(await self._packed(piece) if self._packing else piece, largest)
        if self._packing:
            await self._send(self._packing.flush(), largest)

    def end(self, rows: int) -> None:
        """Give the end, or the whole if nothing was given yet, of an answer that has so many *rows*."""
        self._headers.append((ROW_COUNT, str(rows)))
        if self._exchange.begun:
            self._exchange.end()
            whole = b"".join(self._copy) if self._copy is not None else None
        else:
            whole = self._whole
        if whole is not None:
            line = head("200 OK", self._headers, len(whole))
            if not self._exchange.begun:
                self._exchange.prepared(200, line, whole)
            if self._tag:
                self.kept = Kept(self._headers, whole, rows, line)

    async def _send(self, piece: bytes, largest: int) -> None:
        if self._copy is not None and self._tag and self._exchange.size + len(piece) <= largest:
            self._copy.append(piece)
        else:
            self._copy = None
        if room := self._exchange.send(piece):
            await room

    def _choose_packing(self, size: int) -> Packer | None:
        """Decide how to pack an answer of which so many bytes are there."""
        if size >= WORTH_PACKING and (coding := packer(self._exchange.environ.get("HTTP_ACCEPT_ENCODING"))):
            self._headers.append(("Content-Encoding", coding[0]))
            self._packing = coding[1]
        return self._packing

    async def _packed(self, piece: bytes) -> bytes:
        assert self._packing is not None
        if len(piece) < _OFF_THE_LOOP:
            return self._packing.compress(piece)
        return await asyncio.to_thread(self._packing.compress, piece)
