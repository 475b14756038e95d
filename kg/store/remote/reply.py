"""The body of a server's reply as an answer: read while it comes, within limits, in the form that we give it."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from typing import IO, Any, Final, cast

import pyoxigraph as ox
from urllib3.exceptions import HTTPError

from kg.errors import QueryError, QueryTimeout, ResultTooLarge
from kg.store.answer import Answer
from kg.store.remote.client import Reply, unreachable
from kg.vocab import PREFIXES

__all__ = ["accepted", "answer_of"]

_GRAPHS: Final = "application/n-triples, text/turtle;q=0.5, application/rdf+xml;q=0.3"
_ROWS: Final = "application/sparql-results+json, application/sparql-results+xml;q=0.5"


def accepted(form: str) -> str:
    """Return what we read of the answer to a query of this *form*, best first, as in the header Accept."""
    return _GRAPHS if form in ("CONSTRUCT", "DESCRIBE") else _ROWS


class _Body(io.RawIOBase):
    """A reply as a file that keeps to a time and a size. What is wrong with it is raised as an error of ours."""

    def __init__(self, reply: Reply, limit: float, deadline: float) -> None:
        super().__init__()
        self._reply = reply
        self._left = limit
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401  # any writable buffer
        try:
            piece = self._reply.read1(len(buffer))
        except HTTPError as error:
            raise unreachable(str(self._reply.url), error) from error
        if time.monotonic() > self._deadline:
            raise QueryTimeout("the query took longer than it may and was given up; make it narrower")
        self._left -= len(piece)
        if self._left < 0:
            raise ResultTooLarge("the answer is larger than this endpoint gives")
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        """Let go of the connection; in the midst of an answer, the server learns that nobody wants the rest."""
        self._reply.close()
        super().close()


def answer_of(
    reply: Reply,
    *,
    limit: float = float("inf"),
    deadline: float = float("inf"),
    counted: Callable[[int], None] = lambda number: None,
) -> Answer:
    """Return what a server replied.

    Args:
        reply: of which nothing was read yet.
        limit: bytes that it may have.
        deadline: until when it has to be there, by `time.monotonic`.
        counted: is called with the number of each statement of a graph.

    Raises:
        QueryError: it is in no format that we read.
    """
    media_type = (reply.headers.get("Content-Type") or "").split(";")[0].strip().lower()
    file = io.BufferedReader(_Body(reply, limit, deadline), 1 << 16)
    try:
        if rows := ox.QueryResultsFormat.from_media_type(media_type):
            return Answer(ox.parse_query_results(cast(IO[bytes], file), rows), PREFIXES, keep=file)
        if graph := ox.RdfFormat.from_media_type(media_type):
            return Answer(_triples(cast(IO[bytes], file), graph, counted), PREFIXES, keep=file)
    except (SyntaxError, ValueError) as error:
        file.close()
        raise QueryError(f"the server's answer can't be read: {' '.join(str(error).split())}") from error
    file.close()
    raise QueryError(f"the server answers with {media_type or 'no type at all'}, which is no answer to a query")


def _triples(file: IO[bytes], format: ox.RdfFormat, counted: Callable[[int], None]) -> Iterator[ox.Triple]:
    for number, quad in enumerate(ox.parse(file, format), 1):
        counted(number)
        yield quad.triple
