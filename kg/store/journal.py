"""The journal graph: which documents there are, from which bytes, by which converter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, ValuesView
from dataclasses import fields
from itertools import groupby
from operator import attrgetter
from typing import Any, cast

import pyoxigraph as ox

from kg.store.document import JOURNAL, Document

__all__ = ["FIELDS", "Journal", "document_of", "journal_lines"]

_NUMBERS = ("parts", "quads", "revision")
FIELDS = "urn:readout-kg:journal#"
"""What the properties of a document in the journal begin with."""
_KEY, _REVISION = ox.NamedNode(f"{FIELDS}key"), ox.NamedNode(f"{FIELDS}revision")


class Journal(Mapping[str, Document]):
    """What the journal of a database says, by graph. It is asked, never held: there may be millions of documents.

    A live view of what *engine* returns at the time, so that it keeps no database open. To look one up costs some
    0.05 ms, to ask whether it is there 0.01 ms; `values` reads the journal once, in a stream.
    """

    def __init__(self, engine: Callable[[], ox.Store]) -> None:
        self._engine = engine

    def __getitem__(self, graph: str) -> Document:
        try:
            quads = self._engine().quads_for_pattern(ox.NamedNode(graph), None, None, JOURNAL)
        except ValueError:  # no IRI
            raise KeyError(graph) from None
        for document in _documents(quads):
            return document
        raise KeyError(graph)

    def __contains__(self, graph: object) -> bool:
        try:
            found = self._engine().quads_for_pattern(ox.NamedNode(str(graph)), _KEY, None, JOURNAL)
        except ValueError:
            return False
        return next(found, None) is not None

    def __iter__(self) -> Iterator[str]:
        for quad in self._engine().quads_for_pattern(None, _KEY, None, JOURNAL):
            yield cast(ox.NamedNode, quad.subject).value

    def __len__(self) -> int:
        return sum(1 for _ in self._engine().quads_for_pattern(None, _KEY, None, JOURNAL))

    def __bool__(self) -> bool:
        return next(iter(self), None) is not None

    def values(self) -> ValuesView[Document]:
        """Return what is said of each document."""
        return _Values(self)

    def read(self) -> Iterator[Document]:
        """Yield what is said of each document, in the order of the database."""
        return _documents(self._engine().quads_for_pattern(None, None, None, JOURNAL))

    def revision(self, graph: str) -> int | None:
        """Return the revision that a document came with, None if there is none: cheaper than all of its entry."""
        found = self._engine().quads_for_pattern(ox.NamedNode(graph), _REVISION, None, JOURNAL)
        quad = next(found, None)
        return None if quad is None else int(cast(ox.Literal, quad.object).value)

    def of(self, revision: int) -> Iterator[Document]:
        """Yield the documents that came with a *revision* of the store."""
        for quad in self._engine().quads_for_pattern(None, _REVISION, ox.Literal(str(revision)), JOURNAL):
            yield self[cast(ox.NamedNode, quad.subject).value]


class _Values(ValuesView[Document]):
    _mapping: Journal

    def __iter__(self) -> Iterator[Document]:
        return self._mapping.read()


def _documents(quads: Iterable[ox.Quad]) -> Iterator[Document]:
    """Make documents of statements of the journal; those of a document come one after another, as the engine has it."""
    for subject, group in groupby(quads, attrgetter("subject")):
        found: dict[str, Any] = {}
        for quad in group:
            name, value = quad.predicate.value.removeprefix(FIELDS), cast(ox.Literal, quad.object).value
            found[name] = int(value) if name in _NUMBERS else value
        yield Document(graph=subject.value, **found)


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
