"""A request as it is read, piece by piece, and the WSGI environment that comes of it (PEP 3333)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast
from urllib.parse import unquote_to_bytes

from kg.web.backlog import IN_MEMORY

__all__ = ["Request"]

_FIELD = re.compile(rb"[!#$%&'*+.^`|~0-9A-Za-z-]+")  # no underscore: in the environment it would look like a hyphen


class Request:
    """What was read of one request so far: its `target`, how many `fields` its head has, the `size` of its `body`."""

    __slots__ = ("_headers", "body", "fields", "size", "target")

    def __init__(self) -> None:
        self.target = b""
        self.fields = self.size = 0
        self.body: IO[bytes] | None = None
        self._headers: dict[str, str] = {}

    def add_field(self, name: bytes, value: bytes) -> None:
        """Take a field of the head. Those of the same name are joined, as RFC 9110, 5.3 has it."""
        self.fields += 1
        key = _NAMES.get(name) or _variable(name)
        text = value.decode("latin-1")
        self._headers[key] = f"{self._headers[key]},{text}" if key in self._headers else text

    def add_body(self, data: bytes) -> None:
        """Take a part of the body, whose `size` the caller has counted."""
        self.body = self.body or cast(IO[bytes], SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115  # by the exchange
        self.body.write(data)

    @property
    def length(self) -> int:
        """The length of the body as the head tells it, 0 where it does not."""
        length = self._headers.get("CONTENT_LENGTH", "0")
        return int(length if length.isdigit() else "0")

    @property
    def waits(self) -> bool:
        """Whether the client waits for a word before it sends the body."""
        return self._headers.get("HTTP_EXPECT", "").lower() == "100-continue"

    def environment(self, common: Mapping[str, Any], method: bytes, version: str, client: str) -> dict[str, Any]:
        """Return the environment of the whole request of *client*, with what all requests have in *common*."""
        target = self.target
        if not target.startswith((b"/", b"*")):
            target = b"/" + target.partition(b"://")[2].partition(b"/")[2]  # an absolute one, as for a proxy
        path, _, query = target.partition(b"?")
        environ: dict[str, Any] = {**common, **self._headers}
        environ["REQUEST_METHOD"] = method.decode()
        environ["PATH_INFO"] = (unquote_to_bytes(path) if b"%" in path else path).decode("latin-1")
        environ["QUERY_STRING"] = query.decode("latin-1")
        environ["REMOTE_ADDR"] = client
        environ["SERVER_PROTOCOL"] = f"HTTP/{version}"
        if self.size and "CONTENT_LENGTH" not in environ:
            environ["CONTENT_LENGTH"] = str(self.size)
        return environ


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
