"""Those on one side of an encounter, as plain values."""

from __future__ import annotations

import re

from kg.model import Mention, Person, Span
from kg.values import dataclass

__all__ = ["COUNTERPARTS", "Attendee", "Group", "Party", "phrase_of"]

COUNTERPARTS = re.compile(r"(?:[\w’'-]+,? ){0,6}?counterparts?\b")
"""Those in the same office elsewhere: "her Malaysian and Indonesian counterparts", "both counterparts"."""


@dataclass(frozen=True, slots=True)
class Attendee:
    """A person who took part, with the phrase (title and name) that says so.

    `side` is the id of the body that stands beside the name in a list of those present.
    """

    person: Person
    phrase: Span
    confidence: float = 1.0
    side: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """People who are not named, in the text's words, and the ids of the countries and bodies that they are of."""

    words: str
    sides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """Those on one side of a verb."""

    people: tuple[Attendee, ...] = ()
    groups: tuple[Group, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.people or self.groups)

    @property
    def ids(self) -> frozenset[str]:
        """The ids of the persons."""
        return frozenset(attendee.person.id for attendee in self.people)

    def __or__(self, other: Party) -> Party:
        known = self.ids
        return Party(
            (*self.people, *(attendee for attendee in other.people if attendee.person.id not in known)),
            tuple({group.words: group for group in (*self.groups, *other.groups)}.values()),
        )


def phrase_of(person: Person, mention: Mention) -> Span:
    """Return the mention together with the title that belongs to it."""
    span = mention.span
    for held in person.holdings:
        title = held.evidence.span
        if title.overlaps(mention.span) and not span.covers(title):
            span = Span(min(span.start, title.start), max(span.end, title.end))
    return span
