"""The index that needs no file: the tables of the lexicon, as far as their ids were checked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date

from kg.lexicon import Lexicon, Named, PlaceName, Term
from kg.link.build import Builder
from kg.link.index import Index
from kg.link.rows import Row

__all__ = ["lexicon_index", "lexicon_rows"]

SOURCE = "readout-kg lexicon"


def lexicon_index(lexicon: Lexicon, without: frozenset[str] = frozenset()) -> Index:
    """Return an index of *lexicon* in memory, leaving out the entries *without*."""
    builder = Builder(sqlite3.connect(":memory:", check_same_thread=False), lexicon)
    builder.add((row for row in lexicon_rows(lexicon) if row.qid not in without), SOURCE)
    return builder.finish()


def lexicon_rows(lexicon: Lexicon) -> Iterator[Row]:
    """Yield what the lexicon knows with a Wikidata id: countries, places, bodies, initiatives, events and terms."""
    for country in lexicon.countries:
        if country.qid:
            yield Row(country.qid, country.name, "country", country.aliases, country.qid, source=SOURCE)
    for place in lexicon.places:
        if place.qid:
            yield Row(place.qid, place.name, _type(place), place.aliases, _qid(lexicon, place.country), source=SOURCE)
    for body in lexicon.bodies:
        if body.qid:
            owner = _qid(lexicon, body.country)
            yield Row(body.qid, body.name, "organisation", body.aliases, owner, source=SOURCE)
    for named, type in ((lexicon.initiatives, "initiative"), (lexicon.events, "event")):
        yield from (_named(item, type) for item in named if item.qid)
    yield from (_term(term, lexicon) for term in lexicon.terms if term.qid)


def _named(item: Named, type: str) -> Row:
    assert item.qid
    return Row(item.qid, item.name, type, item.aliases, source=SOURCE)


def _term(term: Term, lexicon: Lexicon) -> Row:
    assert term.qid
    country = _qid(lexicon, term.of)
    if not country and (body := lexicon.body(term.of)):
        country = _qid(lexicon, body.country) if body.country else body.qid or ""
    return Row(
        term.qid,
        term.person,
        "person",
        term.aliases,
        country,
        term.post,
        start=_day(term.start),
        end=_day(term.end),
        source=SOURCE,
    )


def _type(place: PlaceName) -> str:
    return place.type if place.type in {"city", "state", "region"} else "place"


def _qid(lexicon: Lexicon, country: str | None) -> str:
    known = lexicon.country(country) if country else None
    return known.qid or "" if known else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
