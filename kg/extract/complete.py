"""What facts refer to is there: a country that is a side, a body that a post belongs to, though no phrase names it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from kg.lexicon import Body, Country, Lexicon, PlaceName
from kg.model import Agency, Extraction, Place

__all__ = ["body_index", "completed"]


def completed(extraction: Extraction, lexicon: Lexicon) -> Extraction:
    """Return the extraction with every entity that its facts refer to; those added have no mentions."""
    there = {entity.id for entity in extraction.entities()}
    extraction = _unframed(extraction, there)
    missing = [id for id in dict.fromkeys(_referred(extraction)) if id not in there]
    if not missing:
        return extraction
    index = _index(lexicon)
    places = tuple(_place(id, index.get(id)) for id in missing if id.startswith("place/"))
    agencies = tuple(_agency(id, index.get(id)) for id in missing if id.startswith("agency/"))
    return replace(extraction, places=(*extraction.places, *places), agencies=(*extraction.agencies, *agencies))


def _unframed(extraction: Extraction, there: set[str]) -> Extraction:
    """Leave out in which country a place or a body is where the readout does not name that country."""
    known = there | {None}
    places = (place if place.within in known else replace(place, within=None) for place in extraction.places)
    bodies = (body if body.country in known else replace(body, country=None) for body in extraction.agencies)
    return replace(extraction, places=tuple(places), agencies=tuple(bodies))


def _referred(extraction: Extraction) -> Iterator[str]:
    for person in extraction.people:
        yield from (holding.post.of for holding in person.holdings if holding.post.of)
    for meeting in extraction.meetings:
        yield from meeting.sides
        yield from meeting.places
        for part in meeting.participations:
            yield from filter(None, [part.side, part.post.of if part.post else None])


@lru_cache(maxsize=8)
def body_index(lexicon: Lexicon) -> dict[str, Body]:
    """Return the bodies of the lexicon by their ids."""
    return {item.id: item for item in lexicon.bodies}


@lru_cache(maxsize=8)
def _index(lexicon: Lexicon) -> dict[str, Country | PlaceName | Body]:
    entries: dict[str, Country | PlaceName | Body] = {item.id: item for item in lexicon.bodies}
    entries |= {item.id: item for item in lexicon.places}
    return entries | {item.id: item for item in lexicon.countries}


def _place(id: str, entry: Country | PlaceName | Body | None) -> Place:
    return Place(id=id, name=entry.name if entry else _name(id), country=isinstance(entry, Country))


def _agency(id: str, entry: Country | PlaceName | Body | None) -> Agency:
    if isinstance(entry, Body):
        return Agency(id=id, name=entry.name, governmental=entry.governmental)
    return Agency(id=id, name=_name(id), governmental=False)


def _name(id: str) -> str:
    return id.split("/", 1)[1].replace("-", " ").title()
