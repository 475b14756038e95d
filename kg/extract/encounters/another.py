"""Whether a later sentence tells of another encounter, or goes on about one that was told."""

from __future__ import annotations

import re

from kg.extract.encounters.ledger import Ledger
from kg.extract.encounters.party import Group
from kg.extract.encounters.sighting import Sighting

__all__ = [
    "come_too",
    "is_another",
    "is_by_the_body",
    "is_gathering",
    "is_introduced",
    "is_new",
    "is_of_another_host",
    "is_same",
]

# A group that was named before: "the leaders", "their counterparts".
DEFINITE = re.compile(
    r"(?:the|these|those|both|all|each|his|her|their|our|its|participants|attendees|leaders)\b", re.IGNORECASE
)
THOSE_PRESENT = re.compile(r"(?:the )?(?:participants|attendees|group|leaders|two leaders|others)\b", re.IGNORECASE)
PROPER = re.compile(r" [A-Z]")
INTRODUCED = re.compile(r"\b(?:an?|another) (?:[\w-]+ ){0,3}$")
HOSTED = re.compile(r" an? (?:[\w-]+ ){1,4}hosted by ")
THIS_ONE = re.compile(r"(?:The|This) (?:[a-z-]+ )?")


def is_same(book: Ledger, sighting: Sighting) -> bool:
    """Tell whether "The event was held on …, chaired by …" goes on about the encounter told last."""
    if sighting.frame != "hold":
        return False
    start = sighting.sentence.start
    noun = book.grammar.noun_in(book.scene.text, start, max(start, sighting.span.start))
    return noun is not None and THIS_ONE.fullmatch(book.scene.text, start, noun.start()) is not None


def is_by_the_body(book: Ledger, sighting: Sighting) -> bool:
    """Tell whether a body that met takes in others: "The Board also welcomed two new members, X and Y"."""
    if sighting.frame != "host" or sighting.home.people or not sighting.home.groups:
        return False
    told = " ".join(book.held[-1].groups).lower()
    return all(group.words.lower().removeprefix("the ") in told for group in sighting.home.groups)


def come_too(book: Ledger, sighting: Sighting) -> bool:
    """Tell whether others met those whom the text has told of: "President X also visited with these leaders"."""
    groups = sighting.other.groups
    return bool(groups) and not book.is_ours(sighting) and not any(is_new(one, also=False) for one in groups)


def is_of_another_host(book: Ledger, sighting: Sighting) -> bool:
    """Tell whether somebody attended what a person hosts of whom the text has not told: "a breakfast hosted by Y"."""
    words = sighting.span.of(book.scene.text)
    new = all(one.person.id not in book.known for one in sighting.other.people)
    met = bool(sighting.other.people and book.held[0].people)
    return met and new and sighting.frame == "attend" and HOSTED.search(words) is not None


def is_another(book: Ledger, sighting: Sighting) -> bool:
    """Tell whether people without names were met apart: on a trip, "also", next, or on another day."""
    told, day = book.held[-1].start, sighting.when.start if sighting.when else None
    another_day = told is not None and day is not None and len(told) == len(day) and told != day
    return book.visit is not None or sighting.also or another_day or _is_gathered_next(book, sighting)


def is_gathering(book: Ledger, sighting: Sighting) -> bool:
    """Tell whether a gathering is introduced after a meeting or call: "took part in a round table with Y"."""
    return sighting.kind == "convening" != book.held[-1].kind and is_introduced(book, sighting)


def is_introduced(book: Ledger, sighting: Sighting) -> bool:
    """Tell whether an encounter is told of as a new one, with people of whom the text has not told."""
    noun = book.grammar.noun_in(book.scene.text, sighting.span.start, sighting.sentence.end)
    lead = book.scene.text[sighting.span.start : noun.start()] if noun else ""
    return INTRODUCED.search(lead) is not None and any(
        is_new(one, also=False, placed=True) for one in sighting.other.groups
    )


def _is_gathered_next(book: Ledger, sighting: Sighting) -> bool:
    """Tell whether somebody met one person "and hosted a round table with" others."""
    last = book.held[-1]
    same_sentence = sighting.sentence.start <= last.position < sighting.span.start
    return same_sentence and sighting.frame == "host" and sighting.kind == "convening" != last.kind


def is_new(group: Group, *, also: bool, placed: bool = False) -> bool:
    """Tell whether a group is another than those told of; *placed*: the text says when or where it was met."""
    another = not DEFINITE.match(group.words) or (placed and PROPER.search(group.words) is not None)
    return not THOSE_PRESENT.match(group.words) and (also or another)
