"""Queries of our own, whose rows are read as text."""

from __future__ import annotations

from kg.sparql.template import Value, sparql
from kg.web.service import service

__all__ = ["ask", "sparql"]


def ask(text: str, **values: Value) -> list[tuple[str, ...]]:
    """Return the rows of a SELECT of our own, completed by `sparql`, as text.

    IRIs and literals are as they are. What is unbound is ``""``, and so is a blank node: no page can lead to it.
    """
    return service().source.ask(text, **values)
