"""What the tables are made of: the rows of the saved queries, gathered by encounter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

from kg.saved import saved_query
from kg.store import Term
from kg.store.answer import text_of
from kg.vocab import BASE

__all__ = ["Encounter", "Facts", "Named", "Part", "Row", "Rows"]

Rows: TypeAlias = Callable[[str], Iterable[tuple[Term | None, ...]]]
"""Answers a SELECT with its rows."""
Row: TypeAlias = Mapping[str, Any]
"""A row of a table: a value for each of its variables, or None."""


@dataclass(frozen=True, slots=True)
class Named:
    """A side or a place: `iri` is empty for an unnamed party, `country` tells whether it is a country."""

    iri: str
    name: str
    country: bool


@dataclass(frozen=True, slots=True)
class Part:
    """That a person took part, in which post (its `title`) and for which `side`; what is unknown is empty."""

    person: str
    name: str
    role: str
    title: str
    side: str


@dataclass(slots=True)
class Encounter:
    """An encounter, as one readout tells of it. `told` has the columns of ``table-encounters`` as text."""

    iri: str
    told: Mapping[str, str]
    parts: list[Part] = field(default_factory=list)
    sides: list[Named] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    places: list[Named] = field(default_factory=list)
    acts: dict[str, int] = field(default_factory=dict)
    same: str = ""
    """The IRI of the first of those encounters that tell of the very same occasion: maybe its own."""

    def of_side(self, side: str) -> list[Part]:
        """Return who took part for *side*."""
        return [part for part in self.parts if part.side == side]


class Facts:
    """What a store says, for tables: `rows` asks it, `base` is what its IRIs begin with."""

    def __init__(self, rows: Rows, base: str = BASE) -> None:
        self._rows, self._base = rows, base

    def ask(self, name: str) -> Iterator[tuple[str, ...]]:
        """Yield the rows of the saved query *name* as text; what is unbound is ``""``."""
        for row in self._rows(saved_query(name).rebased(self._base).text):
            yield tuple(map(text_of, row))

    @cached_property
    def encounters(self) -> list[Encounter]:
        """All encounters, by date and IRI."""
        found: dict[str, Encounter] = {}
        for iri, *values in self.ask("table-encounters"):
            if iri not in found:  # the first phrase that tells of it; rows are in order
                found[iri] = Encounter(iri, dict(zip(_COLUMNS, values, strict=True)), same=iri)
        for one, (_, person, name, role, _, title, side, _) in _of(found, self.ask("table-participations"), 3):
            one.parts.append(Part(person, name, _local(role), title, side))
        for one, (side, name, country) in _of(found, self.ask("table-sides"), 3):
            if side:
                one.sides.append(Named(side, name, country == "true"))
            else:
                one.groups.append(name)
        for one, (place, name, country) in _of(found, self.ask("table-places"), 2):
            one.places.append(Named(place, name, country == "true"))
        for one, (act, number) in _of(found, self.ask("table-statements"), 2):
            one.acts[_local(act)] = int(number)
        _join_same(found.values())
        return sorted(found.values(), key=lambda one: (one.told["date"], one.iri))


_COLUMNS = (
    *("label", "date", "end", "kind", "mode", "status", "visit", "confidence", "phrase", "begin"),
    *("document", "title", "publisher", "issued", "source"),
)


def _of(
    found: Mapping[str, Encounter], rows: Iterable[tuple[str, ...]], key: int
) -> Iterator[tuple[Encounter, Sequence[str]]]:
    """Yield the encounter of each row, and the rest of the row; of rows with the same first *key* values, the first."""
    seen = set()
    for row in rows:
        if row[:key] not in seen and row[0] in found:
            seen.add(row[:key])
            yield found[row[0]], row[1:]


def _join_same(encounters: Iterable[Encounter]) -> None:
    """Find which encounters are told twice: two persons of two sides, the kind and the day agree (kg/DESIGN.md)."""
    first: dict[tuple[str, ...], str] = {}
    chosen: dict[str, Encounter] = {}
    for one in sorted(encounters, key=lambda one: one.iri):
        chosen[one.iri] = one
        keys = list(_occasions(one))
        known = [chosen[iri] for key in keys if (iri := first.get(key))]
        other = next((each for each in known if each.told["document"] != one.told["document"]), None)
        if other is not None:
            one.same = other.same
        for key in keys:
            first.setdefault(key, one.iri)


def _occasions(one: Encounter) -> Iterator[tuple[str, ...]]:
    if len(one.told["date"]) != 10:
        return
    parts = sorted((part for part in one.parts if part.side), key=lambda part: part.person)
    for at, part in enumerate(parts):
        for other in parts[at + 1 :]:
            if part.side != other.side and part.person != other.person:
                yield one.told["date"], one.told["kind"], part.person, other.person


def _local(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]
