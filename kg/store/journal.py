"""The journal graph, and the updates that keep it, the documents and their merge in step.

One SPARQL update request is one transaction, the only kind that the engine's Python interface has. So each change of a
document is written as text: its graph, its share of the default graph, and its line in the journal, all in one request.

The default graph *is stored* as the merge of all documents, since the engine's own union of named graphs gives a
statement as often as graphs hold it: with 1000 readouts that name one official, four joined patterns about that person
would have 10^12 answers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields
from typing import Any, cast

import pyoxigraph as ox

from kg.store.base import JOURNAL, Document, DocumentWrite

__all__ = ["deleting", "journal_of", "writing"]

_NUMBERS = ("parts", "quads", "revision")
_FIELDS = "urn:readout-kg:journal#"


def writing(writes: Iterable[DocumentWrite], replaced: Iterable[str], revision: int) -> str:
    """Return the update that writes documents at *revision*; those of *replaced* take the place of older ones."""
    older = set(replaced)
    steps = []
    for write in writes:
        graph = ox.NamedNode(write.graph)
        if write.graph in older:
            steps.append(_removal(graph))
        steps.append(
            f"INSERT DATA {{ GRAPH {graph} {{\n{write.triples}}}\n{write.triples}"
            f"GRAPH {JOURNAL} {{ {_line(graph, write.document(revision))} }} }}"
        )
    return " ;\n".join(steps)


def deleting(graphs: Iterable[str]) -> str:
    """Return the update that deletes the documents with these *graphs*."""
    return " ;\n".join(_removal(ox.NamedNode(graph)) for graph in graphs)


def journal_of(engine: ox.Store) -> dict[str, Document]:
    """Read the journal, by graph."""
    found: defaultdict[str, dict[str, str | int]] = defaultdict(dict)
    for quad in engine.quads_for_pattern(None, None, None, JOURNAL):
        subject, value = cast(ox.NamedNode, quad.subject), cast(ox.Literal, quad.object).value
        name = quad.predicate.value.removeprefix(_FIELDS)
        found[subject.value][name] = int(value) if name in _NUMBERS else value
    return {graph: Document(graph=graph, **cast(dict[str, Any], values)) for graph, values in found.items()}


def _removal(graph: ox.NamedNode) -> str:
    """Return the steps that take a document out: its statements leave the merge unless another graph has them too."""
    return (
        f"DELETE {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }}"
        f" FILTER NOT EXISTS {{ GRAPH ?other {{ ?s ?p ?o }} FILTER (?other != {graph}) }} }} ;\n"
        f"DROP SILENT GRAPH {graph} ;\n"
        f"DELETE WHERE {{ GRAPH {JOURNAL} {{ {graph} ?p ?o }} }}"
    )


def _line(graph: ox.NamedNode, document: Document) -> str:
    values: dict[str, str | int] = {
        field.name: getattr(document, field.name) for field in fields(document) if field.name != "graph"
    }
    return f"{graph} " + " ; ".join(f"<{_FIELDS}{name}> {ox.Literal(value)}" for name, value in values.items())
