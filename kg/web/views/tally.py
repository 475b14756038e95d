"""Lists of what occurs how often: rows of an IRI, its label, and a number."""

from __future__ import annotations

from collections.abc import Iterable

from kg.web.views.asking import ask
from kg.web.views.drawing import Bar, bars
from kg.web.views.thing import Ref

__all__ = ["tally"]


def tally(query: str, **values: str | int | Iterable[str]) -> list[Bar]:
    """Return the rows of a query for an IRI, a label and a number, in its order, as a list with bars."""
    return bars((Ref.of(iri, label), int(number)) for iri, label, number, *_ in ask(query, **values) if iri)
