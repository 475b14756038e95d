"""Rows from a dump of Wikidata: one JSON object for each entity, a line each, as Wikidata publishes it.

Taken are human beings who held an office (P39), offices, countries, cities, organisations and agreements; the rest
is passed over. Names come in all scripts. The form is that of Wikibase's JSON data model.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from kg.errors import InputError
from kg.link.rows import Row, precise

__all__ = ["Entity", "dump_rows", "each_entity", "held_claims", "qualifier", "value_of"]

Entity = Mapping[str, Any]
Claims = Mapping[str, list[Mapping[str, Any]]]
_Read = TypeVar("_Read")

_TYPES = {
    "Q5": "person",
    "Q4164871": "position",
    "Q294414": "position",
    "Q303618": "position",
    "Q83307": "position",
    "Q121998": "position",
    "Q6256": "country",
    "Q3624078": "country",
    "Q7275": "country",
    "Q515": "city",
    "Q1549591": "city",
    "Q1637706": "city",
    "Q5119": "capital",
    "Q327333": "government agency",
    "Q192350": "government agency",
    "Q2659904": "organisation",
    "Q484652": "international organisation",
    "Q245065": "international organisation",
    "Q1335818": "international organisation",
    "Q131569": "treaty",
    "Q252550": "treaty",
    "Q625298": "treaty",
}
"""Which instances (P31) are taken, by the classes that items name directly, and as what."""
_EARTH = "http://www.wikidata.org/entity/Q2"
_INSTANCE, _HELD, _FROM, _TO, _JURISDICTION, _COUNTRY = "P31", "P39", "P580", "P582", "P1001", "P17"


def dump_rows(lines: Iterable[str], origin: str) -> Iterator[Row]:
    """Yield the rows of a dump, given as *lines* with or without the brackets and commas of an array around them.

    Raises:
        InputError: a line is no entity; the message says which.
    """
    yield from each_entity(lines, origin, _rows)


def each_entity(lines: Iterable[str], origin: str, read: Callable[[Entity], Iterable[_Read]]) -> Iterator[_Read]:
    """Yield what *read* finds in each entity of a dump.

    Raises:
        InputError: a line is no entity; the message says which.
    """
    for number, line in enumerate(lines, 1):
        text = line.strip().rstrip(",")
        if text in {"", "[", "]"}:
            continue
        try:
            yield from list(read(json.loads(text)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            what = f"{type(error).__name__}: {error}"
            raise InputError(f"{origin}, line {number}: is no entity of Wikidata ({what})") from error


def _rows(entity: Entity) -> Iterator[Row]:
    claims: Claims = entity.get("claims") or {}
    type = next((_TYPES[value] for value in _values(claims, _INSTANCE) if value in _TYPES), None)
    names = _names(entity)
    if entity["type"] != "item" or type is None or not names:
        return
    country = next(iter((*_values(claims, _JURISDICTION), *_values(claims, _COUNTRY))), "")
    if type == "country":
        country = entity["id"]
    if type != "person":
        yield Row(entity["id"], names[0], type, names[1:], country)
        return
    for claim in held_claims(claims, _HELD):
        if office := value_of(claim["mainsnak"]):
            yield Row(
                entity["id"],
                names[0],
                type,
                names[1:],
                qualifier(claim, _JURISDICTION),
                position_qid=office,
                start=qualifier(claim, _FROM),
                end=qualifier(claim, _TO),
            )


def _names(entity: Entity) -> tuple[str, ...]:
    """Return the English label, or else any other, and then all other names, each once."""
    labels, aliases = entity.get("labels") or {}, entity.get("aliases") or {}
    first = [labels[language] for language in ("en", "mul") if language in labels]
    every = (*first, *labels.values(), *(alias for group in aliases.values() for alias in group))
    return tuple(dict.fromkeys(name["value"] for name in every))


def held_claims(claims: Claims, property: str, *, best: bool = False) -> list[Mapping[str, Any]]:
    """Return the claims with *property* that are not deprecated, or only the preferred ones if *best* and any are."""
    kept = [claim for claim in claims.get(property, ()) if claim.get("rank") != "deprecated"]
    return [claim for claim in kept if best and claim.get("rank") == "preferred"] or kept


def qualifier(claim: Mapping[str, Any], property: str) -> str:
    """Return the first value that a claim has for a qualifier, or nothing."""
    snaks = (claim.get("qualifiers") or {}).get(property, ())
    return next((value for snak in snaks if (value := value_of(snak))), "")


def value_of(snak: Mapping[str, Any]) -> str:
    """Return the id, the text, the date or the point that a snak has.

    Nothing for "unknown", "none", dates vaguer than a year, and points of other worlds.
    """
    if snak.get("snaktype") != "value":
        return ""
    value = snak["datavalue"]["value"]
    if isinstance(value, str):
        return value
    if "id" in value:
        return str(value["id"])
    if "latitude" in value:
        on_earth = value.get("globe", _EARTH) == _EARTH
        return f"Point({value['longitude']} {value['latitude']})" if on_earth else ""
    return precise(value["time"], value["precision"]) if "time" in value else ""


def _values(claims: Claims, property: str) -> list[str]:
    return [value for claim in held_claims(claims, property) if (value := value_of(claim["mainsnak"]))]
