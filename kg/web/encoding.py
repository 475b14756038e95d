"""The coding in which an answer is sent (RFC 9110, 12.5.3): packed where the client takes it and it is worth it."""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import Protocol

from werkzeug.http import parse_accept_header

__all__ = ["WORTH_PACKING", "Packer", "packer"]

WORTH_PACKING = 1024
"""Bytes from which a body is packed."""
_LEVEL = 5


class Packer(Protocol):
    """Packs one body. The modules that do it agree on these two names."""

    def compress(self, data: bytes, /) -> bytes:
        """Take *data*, and return what of the packed body is ready."""

    def flush(self) -> bytes:
        """Return the rest."""


def packer(accept: str | None) -> tuple[str, Packer] | None:
    """Return the coding to use for a client whose header Accept-Encoding is *accept*, and what packs one body in it.

    >>> coding, gzip = packer("br;q=0, gzip")
    >>> coding, zlib.decompress(gzip.compress(b"a") + gzip.flush(), 31)
    ('gzip', b'a')
    >>> packer("identity")
    """
    return ("gzip", zlib.compressobj(_LEVEL, wbits=31)) if accept and _takes_gzip(accept[:_LONGEST]) else None


_LONGEST = 200


@lru_cache(maxsize=256)
def _takes_gzip(accept: str) -> bool:
    return parse_accept_header(accept)["gzip"] > 0
