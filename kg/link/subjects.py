"""Whom and what texts speak of, with the clues that tell who is meant: posts, countries and days.

What one text says counts for all: the clues of every document that names an entity are put together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from kg.lexicon import Lexicon, Term
from kg.link.rows import Kind, day
from kg.model import Agency, Entity, Event, Extraction, Initiative, Person, Place, Tenure

__all__ = ["Clue", "Facts", "Office", "Subject", "Thing", "facts_of", "pooled", "subjects"]


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity of a document; `owner` is the id of the country that it is of or lies in."""

    id: str
    kind: Kind
    name: str
    aliases: tuple[str, ...] = ()
    country: bool = False
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """That a person holds a post, or stands for a side, in which case there is no title."""

    person: str
    title: str
    owner: str | None
    tenure: Tenure = "current"


@dataclass(frozen=True, slots=True)
class Facts:
    """What one document says, as far as it tells who is who. `days` are those of encounters that were held."""

    document: str
    issued: date | None
    days: tuple[str, ...]
    things: tuple[Thing, ...]
    offices: tuple[Office, ...]


@dataclass(frozen=True, slots=True)
class Clue:
    """What one document says of a person: a post (or none), of which country or body, between which days.

    `country` is the id of the country, also of a body's, or of a body that is of no country. `body` is the name of the
    body, state or city that the post belongs to.
    """

    document: str
    post: str = ""
    country: str | None = None
    body: str = ""
    tenure: Tenure = "current"
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """An entity to be linked. `countries` are ids of those that a body is of or that a place lies in."""

    id: str
    kind: Kind
    name: str
    aliases: tuple[str, ...] = ()
    is_country: bool = False
    countries: tuple[str, ...] = ()
    clues: tuple[Clue, ...] = ()


def facts_of(extraction: Extraction) -> Facts:
    """Return what an extraction says, as far as it tells who is who."""
    readout = extraction.readout
    held = [meeting for meeting in extraction.meetings if meeting.status == "held" and meeting.start]
    offices = [
        Office(person.id, holding.post.title, holding.post.of, holding.tenure)
        for person in extraction.people
        for holding in person.holdings
    ]
    sides = [
        Office(part.person, "", part.side)
        for meeting in extraction.meetings
        for part in meeting.participations
        if part.side
    ]
    return Facts(
        readout.id,
        readout.issued,
        tuple(str(meeting.start) for meeting in held),
        tuple(thing for entity in extraction.entities() if (thing := _thing(entity))),
        tuple(dict.fromkeys((*offices, *sides))),
    )


def _thing(entity: Entity) -> Thing | None:
    match entity:
        case Person():
            return Thing(entity.id, "person", entity.name, entity.aliases)
        case Agency(country=owner):
            return Thing(entity.id, "organisation", entity.name, entity.aliases, owner=owner)
        case Place(country=country, within=owner):
            return Thing(entity.id, "place", entity.name, entity.aliases, country, owner)
        case Initiative() | Event():
            return Thing(entity.id, "initiative", entity.name, entity.aliases)
    return None


def subjects(facts: Facts, lexicon: Lexicon) -> Iterator[Subject]:
    """Yield the entities of one document that can have an item of Wikidata, with their clues."""
    reader = _Reader(facts, lexicon)
    for thing in facts.things:
        if thing.kind == "person":
            clues = tuple(dict.fromkeys(reader.clue(office) for office in facts.offices if office.person == thing.id))
            yield Subject(thing.id, "person", thing.name, thing.aliases, clues=clues or (reader.bare,))
        else:
            countries = tuple(filter(None, (reader.country(thing.id),)))
            yield Subject(thing.id, thing.kind, thing.name, thing.aliases, thing.country, countries)


class _Reader:
    """Turns what a document says into clues: ids into countries, and its date or what brackets it into days."""

    def __init__(self, facts: Facts, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._things = {thing.id: thing for thing in facts.things}
        self._document = facts.document
        self.first, self.last = facts.issued, facts.issued
        if facts.issued is None:
            self.first, self.last = _of_encounters(facts) or self._of_offices(facts)
        self.bare = Clue(facts.document, first=self.first, last=self.last)

    def clue(self, office: Office) -> Clue:
        body = self._name(office.owner) if office.owner else ""
        return replace(
            self.bare, post=office.title, country=self.country(office.owner), body=body, tenure=office.tenure
        )

    def _name(self, id: str) -> str:
        thing = self._things.get(id)
        return thing.name if thing else id.split("/", 1)[-1].replace("-", " ")

    def country(self, id: str | None) -> str | None:
        """Return the Wikidata id of the country that an entity is, is of, or lies in; or its own, if of none."""
        if id is None:
            return None
        name, thing = self._name(id), self._things.get(id)
        if id.startswith("place/") and (country := self._lexicon.country(name)):
            return country.qid
        if thing and thing.owner:
            return self.country(thing.owner)
        if not id.startswith("place/"):
            body = self._lexicon.body(name)
            return self._qid(body.country) or (None if body.country else body.qid) if body else None
        place = self._lexicon.place(name)
        return self._qid(place.country) if place and not place.ambiguous else None

    def _qid(self, country: str | None) -> str | None:
        known = self._lexicon.country(country) if country else None
        return known.qid if known else None

    def _of_offices(self, facts: Facts) -> tuple[date | None, date | None]:
        named = (self._terms(thing, facts) for thing in facts.things if thing.kind == "person")
        return self._lexicon.period(named) or (None, None)

    def _terms(self, thing: Thing, facts: Facts) -> list[Term]:
        posts = {self._lexicon.post_key(office.title) for office in facts.offices if office.person == thing.id}
        return [term for term in self._lexicon.named(thing.name) if self._lexicon.post_key(term.post) in posts]


def _of_encounters(facts: Facts) -> tuple[date | None, date | None] | None:
    days = [(day(value), day(value, last=True)) for value in facts.days]
    starts, ends = [first for first, _ in days if first], [last for _, last in days if last]
    return (min(starts), max(ends)) if starts and ends else None


def pooled(found: Iterable[Subject]) -> Iterator[Subject]:
    """Yield each entity once, with the names and clues of all documents, in the order of their first mention."""
    groups: defaultdict[str, list[Subject]] = defaultdict(list)
    for subject in found:
        groups[subject.id].append(subject)
    for group in groups.values():
        first = group[0]
        aliases = dict.fromkeys(name for subject in group for name in (subject.name, *subject.aliases))
        aliases.pop(first.name)
        yield replace(
            first,
            aliases=tuple(aliases),
            is_country=any(subject.is_country for subject in group),
            countries=tuple(dict.fromkeys(qid for subject in group for qid in subject.countries)),
            clues=tuple(dict.fromkeys(clue for subject in group for clue in subject.clues)),
        )
