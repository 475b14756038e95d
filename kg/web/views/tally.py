"""Lists of what occurs how often: rows of an IRI, its label, and a number."""

from __future__ import annotations

from collections.abc import Iterable

from kg.web.views.asking import ask
from kg.web.views.drawing import Bar, bars
from kg.web.views.thing import Ref

__all__ = ["counted", "tally"]

_COUNTED = """
SELECT {what} (MIN(?name) AS ?label) ?number WHERE {{
  {{
    SELECT {what} (COUNT(DISTINCT {of}) AS ?number) WHERE {{ {where} }}
    GROUP BY {what} ORDER BY DESC(?number) LIMIT {most}
  }}
  {what} rdfs:label ?name
}} GROUP BY {what} ?number ORDER BY DESC(?number) ?label"""


def counted(of: str, what: str, where: str, most: int = 12) -> str:
    """Return the query for how many *of* there are for each *what*, the greatest first: labels are looked up last.

    >>> "SELECT ?country" in counted("?meeting", "?country", "?meeting readout:side ?country")
    True
    """
    return _COUNTED.format(of=of, what=what, where=where, most=most)


def tally(query: str, **values: str | int | Iterable[str]) -> list[Bar]:
    """Return the rows of a query for an IRI, a label and a number, in its order, as a list with bars."""
    return bars((Ref.of(iri, label), int(number)) for iri, label, number, *_ in ask(query, **values) if iri)
