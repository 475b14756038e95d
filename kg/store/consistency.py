"""Whether the three things that a store keeps agree: its journal, the graphs of documents, and their merge."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.store.document import JOURNAL
from kg.store.journal import Journal

__all__ = ["contradictions"]

# Counting by graph skips the journal; the merge is checked against the graphs both ways.
_SIZES = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
_SURPLUS = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } }"
_LACKING = f"""SELECT (COUNT(*) AS ?n) WHERE {{
    GRAPH ?g {{ ?s ?p ?o }} FILTER (?g != {JOURNAL}) FILTER NOT EXISTS {{ ?s ?p ?o }} }}"""


def contradictions(journal: Journal, rows: Callable[[str], Iterator[tuple[str, ...]]]) -> Iterator[str]:
    """Yield a line on each disagreement; *rows* answers a query, a row as the texts of its terms."""
    held = {graph: int(number) for graph, number in rows(_SIZES)}
    held.pop(JOURNAL.value, None)
    for document in journal.values():
        if (quads := held.pop(document.graph, 0)) != document.quads:
            yield f"{document.graph}: the journal says {document.quads} statements, the graph has {quads}"
    for graph in sorted(held):
        yield f"{graph}: the journal does not know this graph"
    for sentence, query in (("has {} that no document has", _SURPLUS), ("lacks {} of the documents", _LACKING)):
        if int(number := next(rows(query))[0]):
            yield f"the default graph {sentence.format(f'{number} statements')}"
