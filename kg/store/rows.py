"""Counts the rows of an answer while the engine writes it, by what stands between them in each format.

The engine's own serialiser is several times as fast as taking the rows one by one, so they are counted in its bytes.
"""

from __future__ import annotations

__all__ = ["RowCounter"]

_MARKS = {
    # A quotation mark within a literal is escaped, so these can't be a part of one.
    "application/sparql-results+json": b'}},{"',
    "application/sparql-results+xml": b"<result>",
    "text/tab-separated-values": b"\n",
    "application/n-triples": b"\n",
    "application/n-quads": b"\n",
}
_FIRST = b'"bindings":[{"'
_HEADED = ("text/csv", "text/tab-separated-values")
_JSON, _CSV = "application/sparql-results+json", "text/csv"


class RowCounter:
    r"""Counts rows, or statements, in the pieces of an answer of *media_type*; `rows` are those that began so far.

    In JSON a row that binds nothing does not count. Other formats of graphs than N-Triples and N-Quads have no such
    marks: `known` is false for them.

    >>> counter = RowCounter("text/csv")
    >>> for piece in (b"x", b'\r\n"a\nb"\r', b"\n1\r\n"):
    ...     counter.see(piece)
    >>> counter.rows
    2
    """

    def __init__(self, media_type: str) -> None:
        self._type = media_type
        self._mark = _MARKS.get(media_type, b"")
        self._tail = b""
        self._quoted = False
        self._first = media_type == _JSON
        self._count = -1 if media_type in _HEADED else 0

    @property
    def known(self) -> bool:
        """Whether rows can be counted in this format."""
        return bool(self._mark) or self._type == _CSV

    @property
    def rows(self) -> int:
        """How many were seen."""
        return max(self._count, 0)

    def see(self, piece: bytes | bytearray) -> None:
        """Count on."""
        if self._type == _CSV:
            self._see_csv(piece)
        elif self._mark:
            seen = self._tail + piece
            self._count += seen.count(self._mark)
            if self._first and _FIRST in seen:
                self._first = False
                self._count += 1
            # Less than a mark, which is counted with the next piece; while the first row is awaited, less than that.
            kept = len(_FIRST if self._first else self._mark) - 1
            self._tail = seen[-kept:] if kept else b""
            if self._first:
                self._count -= self._tail.count(self._mark)

    def _see_csv(self, piece: bytes | bytearray) -> None:
        if b'"' not in piece:
            self._count += 0 if self._quoted else piece.count(b"\n")
            return
        for part in piece.split(b'"'):  # every other part lies within quotation marks; two of them are one, escaped
            self._count += 0 if self._quoted else part.count(b"\n")
            self._quoted = not self._quoted
        self._quoted = not self._quoted
