"""Lists of encounters: which they are, by date, and the rows that a page shows of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from flask import request

from kg.vocab import KIND, RDFS, READOUT, SCHEMA, STATUS
from kg.web.service import service
from kg.web.views.asking import ask
from kg.web.views.thing import Ref, address, clipped

__all__ = ["ROWS", "TABLE", "Encounter", "Moment", "Pages", "Shown", "joined", "listed", "moments", "period", "shown"]

ROWS = 25
"""How many encounters a page shows at once."""
_MOMENTS = """
SELECT ?meeting ?date ?kind ?status WHERE {
  { SELECT DISTINCT ?meeting WHERE { $which } }
  ?meeting readout:kind ?kind ; readout:status ?status
  OPTIONAL { ?meeting schema:startDate ?date }
}"""
_DETAILS = """
SELECT ?meeting ?what ?value (MIN(?name) AS ?label) (MIN(?place) AS ?order) (COUNT(?in) AS ?within) WHERE {
  VALUES ?meeting { $meetings }
  {
    ?meeting ?what ?value .
    FILTER(?what IN (schema:startDate, schema:endDate, schema:location, readout:kind, readout:status, readout:side,
                     readout:group, rdfs:label))
  }
  UNION { ?meeting readout:participation ?part . ?part readout:person ?value BIND(STR(?part) AS ?place)
          BIND(readout:participant AS ?what) }
  UNION { ?value readout:reports ?meeting BIND(readout:reports AS ?what) }
  OPTIONAL { ?value rdfs:label ?name }
  OPTIONAL { ?value readout:within ?in }
} GROUP BY ?meeting ?what ?value"""
_ALONG = """
SELECT DISTINCT ?meeting WHERE {
  ?meeting ?how $thing
  FILTER(?how IN (readout:participant, readout:side, readout:addresses))
}"""
TABLE = """
SELECT ?meeting ?date ?kind ?status (GROUP_CONCAT(DISTINCT ?name; separator="; ") AS ?participants)
       (GROUP_CONCAT(DISTINCT ?place; separator="; ") AS ?places) (MIN(STR(?readout)) AS ?document)
WHERE {
  { SELECT DISTINCT ?meeting WHERE { $which } }
  ?meeting readout:kind ?kind ; readout:status ?status
  OPTIONAL { ?meeting schema:startDate ?date }
  OPTIONAL { ?meeting readout:participant ?person . ?person rdfs:label ?name }
  OPTIONAL { ?meeting schema:location ?location . ?location rdfs:label ?place }
  OPTIONAL { ?readout readout:reports ?meeting }
}
GROUP BY ?meeting ?date ?kind ?status
ORDER BY DESC(STR(?date)) ?meeting"""
"""The encounters as rows to take away: what a page of encounters is a part of."""


@dataclass(frozen=True, slots=True)
class Moment:
    """An encounter as a point in time: `date` is as precise as the text, or empty; `kind` and `status` are names."""

    iri: str
    date: str
    kind: str
    status: str


@dataclass(slots=True)
class Encounter:
    """A row about one encounter."""

    iri: str
    label: str = ""
    kind: str = "meeting"
    status: str = "held"
    start: str = ""
    end: str = ""
    people: list[Ref] = field(default_factory=list)
    sides: list[Ref] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    places: list[Ref] = field(default_factory=list)
    documents: list[Ref] = field(default_factory=list)

    @property
    def href(self) -> str | None:
        """The address of its page."""
        return address(self.iri)

    def title(self, but: str = "") -> str:
        """Name it by whom it joined: "Call with B" on the page of A (*but*), elsewhere "Call of A and B".

        Where nobody else is named it is called by where it was, or by its sides.
        """
        kind = self.kind.capitalize()
        others = [ref.label for ref in self.people if ref.iri != but] + self.groups
        if others:
            along = len(others) < len(self.people) + len(self.groups)
            return f"{kind} {'with' if along else 'of'} {joined(others)}"
        if self.people and self.places:
            return f"{kind} {'to' if self.kind == 'visit' else 'in'} {self.places[0].label}"
        return f"{kind} of {joined([ref.label for ref in self.sides])}" if self.sides else self.label or kind


def joined(names: Sequence[str], most: int = 4) -> str:
    """Write a list of names out, as far as it is read.

    >>> joined(["A", "B", "C"]), joined(["A", "B", "C"], most=2)
    ('A, B and C', 'A, B and 1 more')
    """
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def moments(which: str, **values: str | Iterable[str]) -> list[Moment]:
    """Return all encounters that the pattern *which* binds ``?meeting`` to, the latest first, those undated last."""
    found = {
        iri: Moment(iri, date, kind.removeprefix(KIND.iri), status.removeprefix(STATUS.iri))
        for iri, date, kind, status in ask(_MOMENTS.replace("$which", which), **values)
        if iri
    }
    return sorted(sorted(found.values(), key=lambda one: one.iri), key=lambda one: one.date, reverse=True)


def listed(iris: Sequence[str]) -> list[Encounter]:
    """Return the rows about the encounters *iris*, in this order."""
    found = {iri: Encounter(iri) for iri in iris}
    rows = ask(_DETAILS, meetings=iris) if iris else []
    for meeting, what, value, label, *_ in sorted(rows, key=_rank):
        if meeting not in found:  # Virtuoso 7.2 does not join VALUES with UNION
            continue
        if what in _LISTS:
            getattr(found[meeting], _LISTS[what]).append(Ref.of(value, label))
        elif what == READOUT.group.value:
            found[meeting].groups.append(clipped(value))
        else:
            name, prefix = _TEXTS[what]
            setattr(found[meeting], name, clipped(value.removeprefix(prefix)))
    return list(found.values())


_LISTS = {
    READOUT.participant.value: "people",
    READOUT.side.value: "sides",
    SCHEMA.location.value: "places",
    READOUT.reports.value: "documents",
}
_TEXTS = {
    SCHEMA.startDate.value: ("start", ""),
    SCHEMA.endDate.value: ("end", ""),
    READOUT.kind.value: ("kind", KIND.iri),
    READOUT.status.value: ("status", STATUS.iri),
    RDFS.label.value: ("label", ""),
}


def _rank(row: tuple[str, ...]) -> tuple[int, int, str]:
    """Order persons as the text does, places from the city to the country, and all else by name."""
    *_, value, label, part, within = row
    number = part.rsplit("/", 1)[-1]
    return (int(number) if number.isdecimal() else 0, -int(within or 0), label or value)


@dataclass(frozen=True, slots=True)
class Pages:
    """Which part of a long list a page shows: `number` counts from 1; `first` and `last` are places in the list.

    `during` is the month or the year that the list is narrowed down to, `along` who or what all of it was with.
    """

    number: int
    count: int
    total: int
    during: str = ""
    along: Ref | None = None

    @property
    def narrowed(self) -> bool:
        """Whether only a part of the list was asked for."""
        return bool(self.during or self.along)

    @property
    def first(self) -> int:
        """The place of the first one shown, from 1; 0 where there is none."""
        return (self.number - 1) * ROWS + 1 if self.total else 0

    @property
    def last(self) -> int:
        """The place of the last one shown."""
        return min(self.number * ROWS, self.total)

    @classmethod
    def of(cls, total: int, during: str = "", along: Ref | None = None) -> Pages:
        """Read from the address which part of *total* is wanted; one that there is not is the nearest that there is."""
        wanted = request.args.get("page", "")
        number = int(wanted) if re.fullmatch(r"\d{1,6}", wanted, re.ASCII) else 1
        count = max(1, -(-total // ROWS))
        return cls(min(max(number, 1), count), count, total, during, along)

    def href(self, number: int) -> str:
        """Return the address of another part."""
        along = service().tail(self.along.iri) if self.along else ""
        given = {"during": self.during, "with": along, "page": str(number) if number > 1 else ""}
        query = urlencode({name: value for name, value in given.items() if value})
        return f"{request.path}?{query}#encounters" if query else f"{request.path}#encounters"


def _along(iri: str) -> tuple[Ref, frozenset[str]]:
    """Return the encounters that somebody took part in, that had a side, or that dealt with something."""
    labels = ask("SELECT (MIN(?name) AS ?label) WHERE { $thing rdfs:label ?name }", thing=iri)
    rows = ask(_ALONG, thing=iri)
    return Ref.of(iri, labels[0][0] if labels else ""), frozenset(meeting for (meeting,) in rows)


@dataclass(frozen=True, slots=True)
class Shown:
    """The part of a list of encounters that the address asks for."""

    pages: Pages
    rows: list[Encounter]


def period() -> str:
    """Return the month or year that the address asks for by ``during=2022-03``, or an empty text."""
    given = request.args.get("during", "")
    return given if re.fullmatch(r"\d{4}(-\d\d)?", given, re.ASCII) else ""


def shown(found: Sequence[Moment]) -> Shown:
    """Return the part of *found* that the address asks for: the second page of March 2022, or those with a person."""
    during, tail = period(), request.args.get("with", "")
    along, those = _along(service().iri(tail)) if tail else (None, frozenset())
    chosen = [one for one in found if one.date.startswith(during) and (along is None or one.iri in those)]
    part = Pages.of(len(chosen), during, along)
    return Shown(part, listed([one.iri for one in chosen[max(part.first - 1, 0) : part.last]]))
