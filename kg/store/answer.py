"""What a query gives: one type for all forms, to be read as rows or sent as bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from tempfile import SpooledTemporaryFile
from typing import IO, Literal, TypeAlias, cast

import pyoxigraph as ox

from kg.errors import NotAcceptable, QueryError
from kg.store.pieces import CHUNK

__all__ = ["GRAPH_TYPES", "RESULT_TYPES", "Answer", "Form", "Term", "failed", "text_of"]

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Form = Literal["SELECT", "ASK", "GRAPH"]

RESULT_TYPES: Mapping[str, ox.QueryResultsFormat] = {
    format.media_type.split(";")[0]: format
    for format in (
        ox.QueryResultsFormat.JSON,
        ox.QueryResultsFormat.XML,
        ox.QueryResultsFormat.CSV,
        ox.QueryResultsFormat.TSV,
    )
}
"""Media types that the answer to a SELECT or an ASK can take."""
GRAPH_TYPES: Mapping[str, ox.RdfFormat] = {
    format.media_type: format
    for format in (
        ox.RdfFormat.TURTLE,
        ox.RdfFormat.N_TRIPLES,
        ox.RdfFormat.JSON_LD,
        ox.RdfFormat.RDF_XML,
        ox.RdfFormat.TRIG,
        ox.RdfFormat.N_QUADS,
        ox.RdfFormat.N3,
    )
}
"""Media types that the answer to a CONSTRUCT or a DESCRIBE can take."""

_Native: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples | Iterator[ox.Triple]
_IN_MEMORY = 8 << 20
_TRIPLE = ("subject", "predicate", "object")


class Answer:
    """The answer to one query. It can be taken once, as rows or as bytes, by the thread that asked.

    `form` is SELECT, ASK or GRAPH (for CONSTRUCT and DESCRIBE). `variables` head the columns of `rows()`: for ASK it is
    one, ``result``; for a graph they are ``subject``, ``predicate`` and ``object``.
    """

    def __init__(self, native: _Native, prefixes: Mapping[str, str] | None = None, keep: object = None) -> None:
        """Wrap what an engine gave; *prefixes* are for Turtle, *keep* is what must live as long as the answer."""
        self._native = native
        self._keep = keep
        self._prefixes = dict(prefixes or {})
        self.form: Form
        self.variables: tuple[str, ...]
        if isinstance(native, ox.QuerySolutions):
            self.form, self.variables = "SELECT", tuple(variable.value for variable in native.variables)
        elif isinstance(native, ox.QueryBoolean):
            self.form, self.variables = "ASK", ("result",)
        else:
            self.form, self.variables = "GRAPH", _TRIPLE

    @property
    def truth(self) -> bool | None:
        """What an ASK came to; None for the other forms."""
        return bool(self._native) if isinstance(self._native, ox.QueryBoolean) else None

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        """Yield the `rows`."""
        return self.rows()

    def rows(self) -> Iterator[tuple[Term | None, ...]]:
        """Yield the rows, a term or None for each of the `variables`.

        Raises:
            QueryError: evaluation failed on the way.
        """
        try:
            if isinstance(self._native, ox.QueryBoolean):
                yield (ox.Literal(bool(self._native)),)
            elif isinstance(self._native, ox.QuerySolutions):
                for solution in self._native:
                    yield tuple(solution)
            else:
                for triple in self._native:
                    yield (triple.subject, triple.predicate, triple.object)
        except (OSError, RuntimeError, SyntaxError, ValueError) as error:
            raise failed(error) from error

    def write(self, output: IO[bytes], media_type: str) -> None:
        """Write the answer to *output* as *media_type*, with the engine's own serialiser: the quickest way out.

        Raises:
            NotAcceptable: the answer has no form in that media type.
            QueryError: evaluation failed on the way, after a part was written.
        """
        serialise = self._serialiser(media_type)
        try:
            serialise(output)
        except (RuntimeError, SyntaxError, ValueError) as error:
            raise failed(error) from error

    def serialize(self, media_type: str) -> Iterator[bytes]:
        """Return the same bytes as `write` in pieces of 64 kB, once all are there: an error comes before the first.

        What is larger than 8 MB waits in a temporary file, so memory stays flat.

        Raises:
            NotAcceptable: the answer has no form in that media type.
            QueryError: evaluation failed.
        """
        spool = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  # closed when the last piece is taken
        try:
            self.write(cast(IO[bytes], spool), media_type)
        except BaseException:
            spool.close()
            raise
        return _read(spool)

    def _serialiser(self, media_type: str) -> Callable[[IO[bytes]], None]:
        native = self._native
        known: Mapping[str, object] = GRAPH_TYPES if self.form == "GRAPH" else RESULT_TYPES
        format = known.get(media_type.split(";")[0].strip())
        if format is None:
            raise NotAcceptable(f"{self.form} answers come as {', '.join(known)}, not as {media_type}")
        if not isinstance(native, ox.QuerySolutions | ox.QueryBoolean):
            graph_format = cast(ox.RdfFormat, format)
            if isinstance(native, ox.QueryTriples) and graph_format != ox.RdfFormat.TURTLE:
                return lambda output: _discard(native.serialize(output, graph_format))
            prefixes = self._prefixes  # which the engine's own way does not take
            return lambda output: _discard(ox.serialize(native, output, graph_format, prefixes=prefixes))
        result_format = cast(ox.QueryResultsFormat, format)
        return lambda output: _discard(native.serialize(output, result_format))


def _read(spool: SpooledTemporaryFile[bytes]) -> Iterator[bytes]:
    with spool:
        spool.seek(0)
        while piece := spool.read(CHUNK):
            yield piece


def text_of(term: Term | None) -> str:
    """Return an IRI or the characters of a literal; what is unbound, or a blank node, is ``""``."""
    return "" if term is None or isinstance(term, ox.BlankNode) else str(getattr(term, "value", term))


def failed(error: Exception) -> QueryError:
    """Return what an *error* of the engine during evaluation means to the user."""
    return QueryError(f"the query could not be evaluated: {' '.join(str(error).split())}")


def _discard(_: bytes | None) -> None:
    """Drop the return value of a native serialiser that was given an output: it is None."""
