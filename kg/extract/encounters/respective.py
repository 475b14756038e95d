"""Countries and persons that are listed one after the other: "her counterparts from Peru and Ghana, X and Y"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.encounters.party import Attendee
from kg.extract.encounters.sides import whole_of
from kg.extract.scene import Scene
from kg.model import Place, Span

__all__ = ["respectively"]

NEXT = re.compile(r"(?:,|,? and)(?: the)? ")
TO_NAMES = re.compile(r",(?: (?:[A-Z][\w.’-]*|of|for|and|the))* ")


def respectively(scene: Scene, span: Span, people: Sequence[Attendee]) -> tuple[Attendee, ...]:
    """Return *people*, all of *span*, each with the country at the same place of the list before them, if one is there.

    The two lists must be equally long, and have more than one item.
    """
    countries = _listed_before(scene, span, people[0].phrase.start) if len(people) > 1 else []
    if len(countries) != len(people):
        return tuple(people)
    return tuple(replace(one, side=one.side or side) for one, side in zip(people, countries, strict=True))


def _listed_before(scene: Scene, span: Span, stop: int) -> list[str]:
    """Return the ids of the countries that are listed up to *stop*, where names follow."""
    if stop <= span.start:
        return []
    named = [(m.span, e.id) for m, e in scene.mentions_in(Span(span.start, stop)) if isinstance(e, Place) and e.country]
    found: list[str] = []
    for words, country in reversed(named):
        between = NEXT if found else TO_NAMES
        if not between.fullmatch(scene.text, words.end, stop):
            break
        found.insert(0, whole_of(scene, country))
        stop = words.start
    return found
