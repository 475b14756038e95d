"""Results as rows of cells for a page: the first of them, read while the engine still writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import pyoxigraph as ox

from kg.errors import KgError
from kg.sparql import RESULTS, Query
from kg.store import Term
from kg.web.service import Service, as_file, service
from kg.web.views.asking import ask
from kg.web.views.thing import address

__all__ = ["Cell", "Table", "cell", "first_rows", "table", "without_echoes"]

_LABELS = "SELECT ?node (MIN(?l) AS ?label) WHERE { VALUES ?node { $nodes } ?node rdfs:label ?l } GROUP BY ?node"
SHOWN = 100
"""How many rows a page shows; all are had by downloading."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One term as a page shows it. `href` leads to it, on this site (`inside`) or elsewhere, and is http(s) only.

    A `whole` cell is not broken into lines.
    """

    text: str
    href: str | None = None
    inside: bool = False
    note: str = ""
    numeric: bool = False
    whole: bool = False
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and the first rows of a result; `more` tells that there are others. `truth` is the answer to an ASK."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: bool = False
    truth: bool | None = None


def first_rows(query: Query) -> Table:
    """Have *query* evaluated, and read the first `SHOWN` rows of its answer; the rest is not computed."""
    graph = query.outline().form in ("CONSTRUCT", "DESCRIBE")
    media_type = "application/n-triples" if graph else RESULTS[0].media_type
    pieces = service().answer(query, media_type)
    try:
        return _named(table(pieces, media_type))
    finally:
        pieces.close()


def _named(found: Table) -> Table:
    """Show the entities of a table by their labels, as far as they have any."""
    data = service()
    own = (each.iri for row in found.rows for each in row if each.inside and not data.is_vocabulary(each.iri))
    iris = list(dict.fromkeys(own))
    try:
        labels = {row[0]: row[1] for row in ask(_LABELS, nodes=iris)} if iris else {}
    except (KgError, ValueError):  # names are a comfort: a busy service, or an IRI that is none, goes without
        return found
    rows = (tuple(replace(each, text=labels.get(each.iri) or each.text) for each in row) for row in found.rows)
    return replace(found, rows=tuple(rows))


def without_echoes(found: Table) -> Table:
    """Leave out columns of names that the links of another column show already."""
    columns = list(zip(*found.rows, strict=True))  # a column each
    kept = [
        number
        for number, column in enumerate(columns)
        if not any(_echoes(column, other) for other in columns[:number] + columns[number + 1 :])
    ]
    rows = tuple(tuple(row[number] for number in kept) for row in found.rows)
    return replace(found, columns=tuple(found.columns[number] for number in kept), rows=rows) if rows else found


def _echoes(column: Sequence[Cell], other: Sequence[Cell]) -> bool:
    """Tell whether texts are the labels that links show; one in ten may be spelt in another way."""
    if any(a.href or not b.inside for a, b in zip(column, other, strict=True)):
        return False
    return sum(a.text == b.text for a, b in zip(column, other, strict=True)) * 10 >= len(column) * 9


def table(pieces: Iterator[bytes], media_type: str) -> Table:
    """Read the first `SHOWN` rows of a serialised answer, in SPARQL JSON or N-Triples."""
    stream = as_file(pieces)
    data = service()
    if media_type == "application/n-triples":
        triples = islice(ox.parse(stream, format=ox.RdfFormat.N_TRIPLES, lenient=True), SHOWN + 1)
        rows = [tuple(cell(term, data) for term in (t.subject, t.predicate, t.object)) for t in triples]
        return Table(("subject", "predicate", "object"), tuple(rows[:SHOWN]), len(rows) > SHOWN)
    result = ox.parse_query_results(stream, ox.QueryResultsFormat.JSON)
    if isinstance(result, ox.QueryBoolean):
        return Table((), (), truth=bool(result))
    rows = [tuple(cell(term, data) for term in solution) for solution in islice(result, SHOWN + 1)]
    columns = tuple(variable.value for variable in result.variables)
    return Table(columns, tuple(rows[:SHOWN]), len(rows) > SHOWN)


def cell(term: Term | None, data: Service) -> Cell:
    """Show a term: an IRI as a link if it is a web address, anything else as its text."""
    match term:
        case None:
            return Cell("")
        case ox.NamedNode(value=iri):
            return _link(iri, data)
        case ox.Literal(value=value, language=str() as language):
            return Cell(value, note=language)
        case ox.Literal(value=value, datatype=datatype):
            kind = data.short(datatype.value)
            return Cell(value, note="" if kind in _PLAIN else kind, numeric=kind in _NUMERIC, whole=kind in _DATES)
    return Cell(str(term))


_DATES = frozenset(("xsd:date", "xsd:gYear", "xsd:gYearMonth"))
_PLAIN = _DATES | {"xsd:string"}
_NUMERIC = frozenset(("xsd:integer", "xsd:decimal", "xsd:double", "xsd:nonNegativeInteger"))


def _link(iri: str, data: Service) -> Cell:
    inside = data.is_vocabulary(iri) or data.tail(iri) is not None
    return Cell(data.short(iri), address(iri), inside, iri=iri)
