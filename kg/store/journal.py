"""The journal graph: which documents there are, from which bytes, by which converter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields
from typing import Any, cast

import pyoxigraph as ox

from kg.store.base import JOURNAL, Document

__all__ = ["journal_lines", "journal_of"]

_NUMBERS = ("parts", "quads", "revision")
_FIELDS = "urn:readout-kg:journal#"


def journal_of(engine: ox.Store) -> dict[str, Document]:
    """Read the journal, by graph."""
    found: defaultdict[str, dict[str, str | int]] = defaultdict(dict)
    for quad in engine.quads_for_pattern(None, None, None, JOURNAL):
        subject, value = cast(ox.NamedNode, quad.subject), cast(ox.Literal, quad.object).value
        name = quad.predicate.value.removeprefix(_FIELDS)
        found[subject.value][name] = int(value) if name in _NUMBERS else value
    return {graph: Document(graph=graph, **cast(dict[str, Any], values)) for graph, values in found.items()}


def journal_lines(document: Document) -> Iterator[str]:
    """Yield the journal's statements on *document*, in N-Triples, without the full stop."""
    for field in fields(document):
        if field.name != "graph":
            value = ox.Literal(str(getattr(document, field.name)))
            yield f"{ox.NamedNode(document.graph)} <{_FIELDS}{field.name}> {value}"
