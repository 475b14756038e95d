"""Finds out what a server can do, by doing it once in graphs of our own that are then removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

import pyoxigraph as ox

from kg.errors import KgError, QueryError
from kg.store.remote.layout import Kind, Layout
from kg.store.skolem import kept
from kg.vocab import XSD

__all__ = ["probed"]

_ONE, _TWO = "<urn:readout-kg:probe>", "<urn:readout-kg:probe:2>"
_SAYS = "<urn:readout-kg:probe> <urn:readout-kg:probe>"
_SAMPLES = {
    "date": "2014-08-05",
    "gYearMonth": "2014-08",
    "gYear": "2014",
    "dateTime": "2014-08-05T12:30:00Z",
    "boolean": "true",
    "integer": "123456789012345678",
    "decimal": "0.95",
    "double": "1.5E300",
    "duration": "P1D",
    "anyURI": "https://example.org/",
}
_Ask = Callable[[str, str | None], Sequence[tuple[object, ...]]]


def probed(update: Callable[[str], None], ask: _Ask) -> Layout:
    """Return how documents are to lie on a server.

    Args:
        update: does an update.
        ask: gives the rows of a query, whose default graph is the one that is named, or the server's own.

    Raises:
        StoreError: it does not answer.
    """
    clean = f"DROP SILENT GRAPH {_ONE} ; DROP SILENT GRAPH {_TWO}"
    update(clean)
    try:
        kind = _kind(update, ask)
        atomic = _atomic(update, ask)
        return Layout(kind, atomic, tuple(sorted(_altered(update, ask))))
    finally:
        update(clean)
        with suppress(QueryError):  # where nothing can be in an unnamed graph
            update(f'DELETE DATA {{ {_SAYS} "unnamed" }}')


def _kind(update: Callable[[str], None], ask: _Ask) -> Kind:
    update(f'INSERT DATA {{ GRAPH {_ONE} {{ {_SAYS} "named" }} GRAPH {_TWO} {{ {_SAYS} "named" }} }}')
    with suppress(QueryError):
        update(f'INSERT DATA {{ {_SAYS} "unnamed" }}')
        found = {str(value) for (value,) in ask(f"SELECT ?o {{ {_SAYS} ?o }}", None)}
        if found == {'"unnamed"'}:
            return "unnamed"
    with suppress(QueryError):
        others = f"{_SAYS} ?o GRAPH ?g {{ {_SAYS} ?o }} GRAPH `iri({_TWO})` {{ {_SAYS} ?o }} FILTER (?g = {_TWO})"
        if len(ask(f"SELECT ?g {{ {others} }}", _ONE.strip("<>"))) == 1:
            return "named"
    return "union"


def _atomic(update: Callable[[str], None], ask: _Ask) -> bool:
    """Tell whether a request of which the last step fails leaves nothing behind."""
    with suppress(QueryError):
        update(
            f'INSERT DATA {{ GRAPH {_ONE} {{ {_SAYS} "half" }} }} ; CREATE SILENT GRAPH {_TWO} ; CREATE GRAPH {_TWO}'
        )
        return False  # it should have failed
    return not ask(f'SELECT ?g {{ GRAPH ?g {{ {_SAYS} "half" }} }}', None)


def _altered(update: Callable[[str], None], ask: _Ask) -> Iterator[str]:
    """Yield the types of literals that do not come back as they were, each as ``xsd:name``."""
    for name, form in _SAMPLES.items():
        literal = kept(ox.Literal(form, datatype=ox.NamedNode(f"{XSD.iri}{name}")))
        found: Sequence[tuple[object, ...]] = []
        with suppress(KgError):
            update(f"DROP SILENT GRAPH {_TWO} ; INSERT DATA {{ GRAPH {_TWO} {{ {_SAYS} {literal} }} }}")
            found = ask(f"SELECT ?o {{ GRAPH {_TWO} {{ {_SAYS} ?o }} }}", None)
        if [kept(value) for (value,) in found if isinstance(value, ox.Literal)] != [literal]:
            yield f"xsd:{name}"
