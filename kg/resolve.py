"""Who is who: canonical names and ids of persons by background knowledge.

The text alone has decided who is named and how; here the terms of office that the lexicon lists decide which person of
that name, in that office, on that day, is meant. What is not known stays as the text has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import SequenceMatcher

from kg.extract.cast.titles import words_of
from kg.extract.cast.whois import terms_of, without_initials
from kg.lexicon import Lexicon, Term, default_lexicon, fold
from kg.model import Extraction, Holding, Meeting, Mention, Participation, Person, Statement
from kg.text import slug

__all__ = ["resolve"]

_LIKE = 0.74
"""How similar a misspelt surname is to the right one, at least, where office, country and day fit."""


def resolve(extraction: Extraction, lexicon: Lexicon | None = None) -> Extraction:
    """Return the extraction with canonical names and ids of its persons, and each person once.

    A person known by office alone gets the name of who held it on the day of publication; where the readout is undated,
    the terms of the other persons it names tell the time. Who can't be told is left out, with the parts in meetings.

    Args:
        extraction: what `kg.extract.extract` returned; giving what this function returned changes nothing.
        lexicon: by default what comes with the package.
    """
    resolver = _Resolver(extraction, lexicon or default_lexicon())
    renamed: dict[str, Person | None] = {person.id: resolver.person(person) for person in extraction.people}
    ids = {old: person.id for old, person in renamed.items() if person is not None}
    people = tuple(_joined(person for person in renamed.values() if person is not None))
    return replace(
        extraction,
        people=people,
        meetings=tuple(_meeting(meeting, ids, renamed) for meeting in extraction.meetings),
        statements=tuple(_statement(statement, ids, renamed) for statement in extraction.statements),
    )


@dataclass
class _Resolver:
    """Knows the lexicon and the day of one readout."""

    extraction: Extraction
    lexicon: Lexicon

    def __post_init__(self) -> None:
        self.names = {entity.id: entity.name for entity in self.extraction.entities()}
        self.first, self.last = self._days()

    def _days(self) -> tuple[date | None, date | None]:
        """Return the first and the last day on which the readout may have been published."""
        day = self.extraction.readout.issued
        if day is not None:
            return day, day
        named = [self._terms(person) for person in self.extraction.people if not person.inferred]
        fitting = [
            [term for term in terms if self._fits(term, person)]
            for terms, person in zip(named, self._named(), strict=True)
        ]
        return self.lexicon.period(fitting) or (None, None)

    def _named(self) -> list[Person]:
        return [person for person in self.extraction.people if not person.inferred]

    def person(self, person: Person) -> Person | None:
        """Return the person under the canonical name, or None for one known by office alone who can't be told."""
        term = self._holder(person) if person.inferred else self._known(person) or self._misspelt(person)
        if term is None:
            return None if person.inferred and " of " in person.name else _plain(_in_western_order(person))
        name = term.person
        aliases = (*(() if person.inferred else (person.name,)), *person.aliases)
        return replace(
            person,
            id=f"official/{slug(name)}",
            name=name,
            official=True,
            aliases=tuple(form for form in dict.fromkeys(aliases) if form != name),
            holdings=tuple(self._completed(holding, term) for holding in person.holdings),
        )

    def _completed(self, holding: Holding, term: Term) -> Holding:
        """Fill in what the post is of, where the text leaves it open and the term knows."""
        if holding.post.of is None and self._same_post(term, holding.post.title):
            place = self.lexicon.country(term.of) or self.lexicon.body(term.of)
            if place is not None:
                return replace(holding, post=replace(holding.post, of=place.id))
        return holding

    def _terms(self, person: Person) -> tuple[Term, ...]:
        return terms_of(self.lexicon, (person.name, *person.aliases))

    def _known(self, person: Person) -> Term | None:
        terms = self._terms(person)
        fitting = [term for term in terms if self._fits(term, person)]
        current = [term for term in fitting if self._covers(term)]
        if chosen := _one(current) or _one(fitting):
            return chosen
        full = len(without_initials(person.name).split()) > 1
        if not full and not person.holdings:
            rulers = words_of(self.lexicon).rulers
            return _one(terms) if any(self._covers(term) and term.post.lower() in rulers for term in terms) else None
        if not full or self._serves_another(person, terms) or self._serves_a_ruler(person, terms):
            return None
        return _one(terms) if self._is_near(terms) or not person.holdings else None

    def _serves_another(self, person: Person, terms: Iterable[Term]) -> bool:
        """Tell whether the text gives offices of countries alone in none of which a namesake held one."""
        theirs = {holding.post.of for holding in person.holdings}
        owners = [self.lexicon.country(term.of) for term in terms]
        countries = {country.id for country in owners if country is not None}
        abroad = all(of is not None and of.startswith("place/") for of in theirs) and None not in owners
        return bool(theirs) and abroad and theirs.isdisjoint(countries)

    def _serves_a_ruler(self, person: Person, terms: Iterable[Term]) -> bool:
        """Tell whether a namesake ruled a state and the person is said to serve one: "Secretary to the President"."""
        rulers = words_of(self.lexicon).rulers
        serving = any(" to the " in holding.post.title for holding in person.holdings)
        return serving and any(term.post.lower() in rulers for term in terms)

    def _is_near(self, terms: Sequence[Term]) -> bool:
        """Tell whether a term of the only person of that full name lies within a generation of the readout."""
        day = self.first
        return day is None or any(
            (term.start or day).year - 30 <= day.year <= (term.end or day).year + 30 for term in terms
        )

    def _fits(self, term: Term, person: Person) -> bool:
        """Tell whether the text gives the person the office of the term."""
        return any(
            self._same_post(term, holding.post.title) and self._same_owner(term, holding.post.of)
            for holding in person.holdings
        )

    def _same_post(self, term: Term, title: str) -> bool:
        """Tell whether the titles are of one office: the same, or one the beginning of the other."""
        keys = self.lexicon.post_key(title), self.lexicon.post_key(term.post)
        written = fold(title), fold(term.post)  # "Secretary", "Secretary of Defense"
        return any(_begins(*sorted((mine.split(), theirs.split()), key=len)) for mine, theirs in (keys, written))

    def _same_owner(self, term: Term, of: str | None) -> bool:
        return of is None or of.split("/", 1)[1] in {slug(term.of), slug(self._canonical(term.of))}

    def _canonical(self, name: str) -> str:
        entry = self.lexicon.country(name) or self.lexicon.body(name)
        return entry.name if entry else name

    def _covers(self, term: Term) -> bool:
        if self.first is None and self.last is None:
            return True
        first, last = self.first or date.min, self.last or date.max
        return (term.start or date.min) <= last and (term.end or date.max) >= first

    def _holder(self, person: Person) -> Term | None:
        for holding in person.holdings:
            owner = self._owner_name(holding.post.of)
            if owner is None:
                continue
            terms = [self.lexicon.holder(holding.post.title, owner, day) for day in self._span()]
            if chosen := _one(term for term in terms if term is not None):
                return chosen
        return None

    def _span(self) -> list[date]:
        """Return the first and the last day that come into question; on the last day of a term its successor rules."""
        if self.first is None or self.last is None:
            return [day for day in (self.first, self.last) if day]
        return [self.first, max(self.first, self.last - timedelta(days=1))]

    def _owner_name(self, of: str | None) -> str | None:
        if of is None:
            return None
        return self.names.get(of) or of.split("/", 1)[1].replace("-", " ")

    def _misspelt(self, person: Person) -> Term | None:
        """Return who held the office, where the name in the text is nearly that person's, or the first part of it.

        Thais, Malays and others are called by their first names: "Foreign Minister Parnpree".
        """
        term = self._holder(person)
        if term is None or any(holding.tenure == "former" for holding in person.holdings):
            return None
        words = fold(person.name).split()
        for form in (term.person, *term.aliases):
            known = fold(form).split()
            if (
                (len(words) == 1 and words[0] in known)
                or SequenceMatcher(None, words[-1], known[-1]).ratio() >= _LIKE
                or SequenceMatcher(None, " ".join(words), " ".join(known)).ratio() >= 0.82
            ):
                return term
        return None


def _plain(person: Person) -> Person:
    """Return a person whom the lexicon does not know under one id with and without the initials of the name."""
    name = without_initials(person.name)
    if name == person.name or " " not in name:
        return person
    return replace(person, id=f"official/{slug(name)}", aliases=tuple(dict.fromkeys((*person.aliases, name))))


def _in_western_order(person: Person) -> Person:
    """Return who bears an office of Japan under the name that the world knows: "EWE Taro" is "Taro Ewe"."""
    surname, _, given = person.name.partition(" ")
    japanese = any(holding.post.of == "place/japan" for holding in person.holdings)
    if not (japanese and given and len(surname) > 1 and surname.isupper()):
        return person
    name = f"{given} {surname.title()}"
    return replace(person, id=f"official/{slug(name)}", name=name, aliases=(person.name, *person.aliases))


def _begins(short: list[str], long: list[str]) -> bool:
    return long[: len(short)] == short


def _one(terms: Iterable[Term]) -> Term | None:
    """Return the first of the terms if all are of one person."""
    listed = list(terms)
    return listed[0] if listed and len({term.person for term in listed}) == 1 else None


# --- one person for each id -------------------------------------------------------------------------------------


def _joined(people: Iterable[Person]) -> Iterator[Person]:
    found: dict[str, Person] = {}
    for person in people:
        known = found.get(person.id)
        found[person.id] = _merge(known, person) if known else person
    return iter(found.values())


def _merge(first: Person, second: Person) -> Person:
    posts = {(holding.post, holding.tenure) for holding in first.holdings}
    more = tuple(holding for holding in second.holdings if (holding.post, holding.tenure) not in posts)
    mentions: dict[Mention, None] = dict.fromkeys((*first.mentions, *second.mentions))
    return replace(
        first,
        aliases=tuple(dict.fromkeys((*first.aliases, *second.aliases))),
        mentions=tuple(sorted(mentions, key=lambda mention: mention.span.start)),
        official=first.official or second.official,
        inferred=first.inferred and second.inferred,
        holdings=(*first.holdings, *more),
    )


def _ids(listed: Iterable[str], ids: dict[str, str], renamed: dict[str, Person | None]) -> tuple[str, ...]:
    """Return the new ids of persons, each once; other ids stay, and persons who could not be told go."""
    return tuple(dict.fromkeys([ids.get(id, id) for id in listed if renamed.get(id, ()) is not None]))


def _meeting(meeting: Meeting, ids: dict[str, str], renamed: dict[str, Person | None]) -> Meeting:
    parts: dict[str, Participation] = {}
    for part in meeting.participations:
        for id in _ids([part.person], ids, renamed):
            parts.setdefault(id, part if id == part.person else replace(part, person=id))
    return replace(meeting, participations=tuple(parts.values()))


def _statement(statement: Statement, ids: dict[str, str], renamed: dict[str, Person | None]) -> Statement:
    speakers, about = _ids(statement.speakers, ids, renamed), _ids(statement.about, ids, renamed)
    same = speakers == statement.speakers and about == statement.about
    return statement if same else replace(statement, speakers=speakers, about=about)
