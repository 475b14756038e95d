"""The pages about all that there is: the start, the map and the time line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.errors import QueryError, TooBusy
from kg.web.service import service
from kg.web.views import encounters
from kg.web.views.asking import ask, sparql
from kg.web.views.drawing import Bar, circles, months
from kg.web.views.encounters import ROWS, Pages, Shown, listed
from kg.web.views.frame import list_page
from kg.web.views.tally import tally

__all__ = ["COUNTRIES", "counts", "latest", "start", "timeline", "world"]

_COUNTED = (
    ("Readout", "readouts", "readout"),
    ("Meeting", "encounters", "meeting"),
    ("Official", "officials", "official"),
    ("Agency", "agencies", "agency"),
    ("Initiative", "initiatives", "initiative"),
    ("Statement", "statements", "statement"),
)
_FIRST_QUESTIONS = ("most-met", "encounters-between", "agreed-on-topic")
_LATEST = """
SELECT ?meeting WHERE {
  ?meeting readout:status status:held ; schema:startDate ?date
} ORDER BY DESC(STR(?date)) ?meeting LIMIT 6"""
COUNTRIES = """
# Countries by the encounters in which they were represented
SELECT ?item (MIN(?name) AS ?label) ?count WHERE {
  {
    SELECT ?item (COUNT(DISTINCT ?meeting) AS ?count) WHERE {
      ?meeting readout:side ?item ; readout:kind ?kind .
    } GROUP BY ?item
  }
  ?item a ?class FILTER(?class IN (readout:Country, schema:Country))
  ?item rdfs:label ?name
} GROUP BY ?item ?count ORDER BY DESC(?count) ?label"""
_MONTHS = """
# Encounters by month
SELECT ?month (COUNT(?meeting) AS ?encounters) WHERE {
  ?meeting readout:kind ?kind ; schema:startDate ?date
  BIND(SUBSTR(STR(?date), 1, 7) AS ?month)
} GROUP BY ?month ORDER BY ?month"""
_PART = """
SELECT ?meeting WHERE {
  ?meeting readout:kind ?kind
  OPTIONAL { ?meeting schema:startDate ?date }
  $during
} ORDER BY DESC(STR(?date)) ?meeting LIMIT $limit OFFSET $start"""


def start() -> Mapping[str, Any]:
    """Return what the start page shows. Where all workers are busy it does without the data."""
    data = service()
    chosen = [data.saved[name] for name in _FIRST_QUESTIONS if name in data.saved]
    try:
        return {"counts": counts(), "latest": latest(), "places": circles(countries()), "questions": chosen}
    except (QueryError, TooBusy):
        return {"counts": [], "latest": [], "places": [], "questions": chosen}


def counts() -> list[tuple[int, str, str]]:
    """Return how many there are of each important class, what they are called, and how the search calls them."""
    classes = service().counts()
    return [(classes.get(name, 0), label, search) for name, label, search in _COUNTED]


def latest() -> list[encounters.Encounter]:
    """Return the latest encounters that were held."""
    return listed([meeting for (meeting,) in ask(_LATEST) if meeting])


def countries() -> list[Bar]:
    """Return the countries by their encounters."""
    return tally(COUNTRIES)


def world() -> Mapping[str, Any]:
    """Return what the map shows: countries by the encounters in which they were represented."""
    found = countries()
    description = "Countries by the number of encounters in which they were represented."
    return {"page": list_page("Map", description, sparql(COUNTRIES)), "places": circles(found), "found": found}


def timeline() -> Mapping[str, Any]:
    """Return what the time line shows: encounters by month, and those of the month asked for, or the latest."""
    by_month = [(month, int(number)) for month, number in ask(_MONTHS)]
    during = encounters.period()
    total = sum(number for month, number in by_month if month.startswith(during)) if during else _all()
    part = Pages.of(total, during)
    frame = list_page("Time line", "Encounters by month, as government readouts date them.", sparql(_MONTHS))
    return {
        "page": frame,
        "months": months(by_month),
        "years": _years(by_month),
        "history": Shown(part, listed(_meetings(part))),
    }


def _all() -> int:
    return service().counts().get("Meeting", 0)


def _meetings(part: Pages) -> list[str]:
    within = f'FILTER(STRSTARTS(STR(?date), "{part.during}"))' if part.during else ""
    query = _PART.replace("$during", within)
    rows = ask(query, limit=ROWS, start=(part.number - 1) * ROWS)
    return [meeting for (meeting,) in rows if meeting]


def _years(by_month: list[tuple[str, int]]) -> list[tuple[str, int, list[tuple[str, int]]]]:
    """Group months by year, the latest first; what is dated by the year alone counts in the year."""
    years: dict[str, list[tuple[str, int]]] = {}
    for month, number in by_month:
        years.setdefault(month[:4], []).append((month, number))
    return [
        (year, sum(number for _, number in found), [one for one in found if len(one[0]) == 7])
        for year, found in sorted(years.items(), reverse=True)
    ]
