"""The tables of dyads: two sides, or two persons of different sides, in an encounter."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from kg.tables.codes import codes_of
from kg.tables.facts import Encounter, Facts, Named, Part, Row
from kg.tables.meetings import ENCOUNTER, common, joined, optional
from kg.tables.variables import Variable, sided

__all__ = ["COUNTRY_DYADS", "PERSON_DYADS", "country_dyads", "person_dyads"]

_P, _S = "table-participations", "table-sides"
_CODES = (
    Variable("iso2_", "text", "ISO 3166-1 alpha-2 code of the …", _S, "no country with a code (a body, a territory)"),
    Variable("iso3_", "text", "ISO 3166-1 alpha-3 code of the …", _S, "no country with a code (a body, a territory)"),
    Variable("cow", "integer", "Correlates of War number of the …, as of today's state", _S, "not in that system"),
)
_SIDE = (
    Variable("side", "iri", "the …: a country, or a body; sides stand in the order of their IRIs", _S),
    Variable("name", "text", "name of the …", _S),
    Variable("is_country", "boolean", "whether the … is a country", _S),
    *_CODES,
    Variable("n_officials", "integer", "how many persons took part for the …", _P),
    Variable("officials", "text", "who took part for the …, parted by semicolons", _P, "nobody is named"),
    Variable("posts", "text", "their posts, in their order; NA where none is told", _P, "nobody is named"),
    Variable("host", "boolean", "whether one of the … is named as host", _P),
)
_PERSON = (
    Variable("person", "iri", "the person of the …; persons stand in the order of their IRIs", _P),
    Variable("name", "text", "name of the person of the …", _P),
    Variable("post", "text", "the post in which the person of the … took part", _P, "not told"),
    Variable("role", "text", "host, lead or member", _P, "not told"),
    Variable("side", "iri", "the … itself", _P, "not told"),
    *_CODES,
)
COUNTRY_DYADS = (*sided(_SIDE), *ENCOUNTER)
"""The variables of the table of dyads of countries and bodies."""
PERSON_DYADS = (*sided(_PERSON), *ENCOUNTER)
"""The variables of the table of dyads of persons."""


def country_dyads(facts: Facts) -> Iterator[Row]:
    """Yield a row for each two sides of each encounter."""
    for one in facts.encounters:
        row = common(one)
        for first, second in combinations(sorted(one.sides, key=lambda side: side.iri), 2):
            yield {**_side(one, first, 1), **_side(one, second, 2), **row}


def person_dyads(facts: Facts) -> Iterator[Row]:
    """Yield a row for each two persons of each encounter who took part for different sides, or for unknown ones."""
    for one in facts.encounters:
        row = common(one)
        for first, second in combinations(sorted(one.parts, key=lambda part: part.person), 2):
            if first.person != second.person and (first.side != second.side or not first.side):
                yield {**_person(first, 1), **_person(second, 2), **row}


def _side(one: Encounter, side: Named, number: int) -> Row:
    parts = one.of_side(side.iri)
    values = {
        "side": side.iri,
        "name": side.name,
        "is_country": side.country,
        **_codes(side.iri),
        "n_officials": len(parts),
        "officials": joined(part.name for part in parts),
        "posts": joined(part.title or "NA" for part in parts),
        "host": any(part.role == "host" for part in parts),
    }
    return {f"{name}{number}": value for name, value in values.items()}


def _person(part: Part, number: int) -> Row:
    values = {
        "person": part.person,
        "name": part.name,
        "post": optional(part.title),
        "role": optional(part.role),
        "side": optional(part.side),
        **_codes(part.side),
    }
    return {f"{name}{number}": value for name, value in values.items()}


def _codes(iri: str) -> Row:
    codes = codes_of(iri)
    return {"iso2_": codes.iso2, "iso3_": codes.iso3, "cow": codes.cow}
