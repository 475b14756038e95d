"""The journal graph: which documents there are, from which bytes, by which converter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields
from typing import Any, cast

import pyoxigraph as ox

from kg.store.base import JOURNAL, Document

__all__ = ["FIELDS", "document_of", "journal_lines", "journal_of"]

_NUMBERS = ("parts", "quads", "revision")
FIELDS = "urn:readout-kg:journal#"
"""What the properties of a document in the journal begin with."""


def journal_of(engine: ox.Store) -> dict[str, Document]:
    """Read the journal, by graph."""
    found: defaultdict[str, dict[str, str | int]] = defaultdict(dict)
    for quad in engine.quads_for_pattern(None, None, None, JOURNAL):
        subject, value = cast(ox.NamedNode, quad.subject), cast(ox.Literal, quad.object).value
        name = quad.predicate.value.removeprefix(FIELDS)
        found[subject.value][name] = int(value) if name in _NUMBERS else value
    return {graph: Document(graph=graph, **cast(dict[str, Any], values)) for graph, values in found.items()}


def document_of(*values: str) -> Document:
    """Return the entry whose fields have *values*, in their order, as texts."""
    named = {field.name: value for field, value in zip(fields(Document), values, strict=True)}
    return Document(**cast(Any, named | {name: int(named[name]) for name in _NUMBERS}))


def journal_lines(document: Document) -> Iterator[str]:
    """Yield the journal's statements on *document*, in N-Triples, without the full stop."""
    for field in fields(document):
        if field.name != "graph":
            value = ox.Literal(str(getattr(document, field.name)))
            yield f"{ox.NamedNode(document.graph)} <{FIELDS}{field.name}> {value}"
