"""Narrowing down: which hits have the chosen values of each facet, and how many have each of the others."""

# ruff: noqa: S608  # what is put into a text of SQL is a constant of this package
from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.search.entries import FACETS
from kg.search.words import folded

__all__ = ["Count", "counts", "narrow"]

_SHOWN_COUNTS = 200


@dataclass(frozen=True, slots=True)
class Count:
    """A value of a facet: `short` is what it is called in a question, `key` its IRI or name, `number` of hits."""

    short: str
    key: str
    label: str
    number: int
    chosen: bool = False


def narrow(db: sqlite3.Connection, facets: Mapping[str, tuple[str, ...]]) -> None:
    """Note for each hit how many facets it misses, and which: what misses one alone counts as an alternative to it."""
    db.execute("UPDATE hit SET misses = 0, missed = ''")
    for kind, given in facets.items():
        if kind == "type":
            values: Sequence[str | int] = given
            fits = "(SELECT type FROM item WHERE id = hit.item) IN ({})"
        else:
            values = _values(db, kind, given)
            fits = "EXISTS (SELECT 1 FROM tag WHERE item = hit.item AND value IN ({}))"
        missing = fits.format(", ".join("?" * len(values)))
        db.execute(f"UPDATE hit SET misses = misses + 1, missed = ? WHERE NOT {missing}", (kind, *values))


def _values(db: sqlite3.Connection, kind: str, given: tuple[str, ...]) -> list[int]:
    """Return the ids of the values that somebody names: by the short form, in full, or by what an IRI ends in."""
    found: list[int] = []
    for name in given:
        rows = db.execute(
            "SELECT id FROM value WHERE kind = ?1 AND (short = ?2 OR short = ?3 OR key = ?4)",
            (kind, name, folded(name.rpartition("/")[2]).replace(" ", "-"), name),
        )
        found += (id for (id,) in rows)
    return found


def counts(db: sqlite3.Connection, facets: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[Count, ...]]:
    """Count the hits of each value; of a facet that is chosen, also the alternatives."""
    chosen = {kind: set(_values(db, kind, given)) for kind, given in facets.items() if kind != "type"}
    found: dict[str, list[Count]] = {kind: [] for kind in FACETS}
    types = db.execute(
        "SELECT type, count(*) FROM hit JOIN item ON item.id = hit.item WHERE misses = 0 OR (misses = 1 AND missed ="
        " 'type') GROUP BY type"
    )
    found["type"] = [Count(kind, kind, kind, number, kind in facets.get("type", ())) for kind, number in types]
    rows = db.execute(
        "SELECT value.kind, value.short, value.key, coalesce(item.label, value.key), number, value.id FROM ("
        " SELECT t.value, count(*) AS number FROM (SELECT DISTINCT item, value, misses, missed FROM hit CROSS JOIN tag"
        "  USING (item) WHERE misses < 2) AS t JOIN value ON value.id = t.value"
        "  WHERE misses = 0 OR missed = value.kind GROUP BY t.value) AS counted"
        " JOIN value ON value.id = counted.value LEFT JOIN item ON item.iri = value.key"
    )
    for kind, short, key, label, number, id in rows:
        found[kind].append(Count(short, key, label, number, id in chosen.get(kind, ())))
    return {kind: tuple(_sorted(kind, values)) for kind, values in found.items()}


def _sorted(kind: str, values: list[Count]) -> Iterator[Count]:
    """Order the values of a facet: years backwards, all others by number; the chosen are always among them."""
    if kind == "year":
        values.sort(key=lambda count: count.short, reverse=True)
    else:
        values.sort(key=lambda count: (-count.number, count.label))
    yield from values[:_SHOWN_COUNTS]
    yield from (count for count in values[_SHOWN_COUNTS:] if count.chosen)
