"""Queries of our own, whose rows are read as text."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.sparql.template import sparql
from kg.store import Term
from kg.web.service import service

__all__ = ["ask", "sparql"]


def ask(text: str, **values: str | int | Iterable[str]) -> list[tuple[str, ...]]:
    """Return the rows of a SELECT of our own, completed by `sparql`, as text.

    IRIs and literals are as they are. What is unbound is ``""``, and so is a blank node: no page can lead to it.
    """
    return [tuple(map(_read, row)) for row in service().rows(sparql(text, **values))]


def _read(term: Term | None) -> str:
    return "" if term is None or isinstance(term, ox.BlankNode) else str(getattr(term, "value", term))
