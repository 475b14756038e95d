"""Groups whose members the text names elsewhere: "my Peruvian and Chilean counterparts", "both Foreign Ministers"."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.encounters.party import COUNTERPARTS, Attendee, Group, Party, phrase_of
from kg.extract.encounters.reckoning import COUNTS
from kg.extract.encounters.sides import side_of
from kg.extract.encounters.sighting import Sighting
from kg.extract.scene import Scene
from kg.model import Person

__all__ = ["with_names"]

COUNTED = re.compile(
    r"(?:the|both|our) (?:(?P<count>two|three|four) )?"
    r"(?P<titles>(?:[\w-]+ ){0,2}(?:ministers|presidents|secretaries))\b",
    re.IGNORECASE,
)


def with_names(scene: Scene, sighting: Sighting) -> Sighting:
    """Return *sighting* with the members of its groups in their place, where the text names them all."""
    others = tuple(_resolved(scene, party, sighting) for party in sighting.others)
    return sighting if others == sighting.others else replace(sighting, others=others)


def _resolved(scene: Scene, party: Party, sighting: Sighting) -> Party:
    found = Party(party.people)
    for group in party.groups:
        members = Party(_counterparts(scene, group) or _titled(scene, group, sighting))
        found |= members or Party(groups=(group,))
    return found


def _counterparts(scene: Scene, group: Group) -> tuple[Attendee, ...]:
    """Return the first minister or the like of each country whose counterpart is met."""
    if len(group.sides) < 2 or not COUNTERPARTS.match(group.words):
        return ()
    of_side = {side_of(scene, one): one for one in reversed(_officials(scene))}
    found = tuple(of_side[side] for side in group.sides if side in of_side)
    return found if len(found) == len(group.sides) else ()


def _titled(scene: Scene, group: Group, sighting: Sighting) -> tuple[Attendee, ...]:
    """Return those named before who bear the title in the plural, if they are as many as the text says."""
    counted = COUNTED.fullmatch(group.words)
    if counted is None:
        return ()
    words = set(_singular(counted["titles"]).split())
    near = (one for one in _officials(scene) if one.phrase.start < sighting.span.start)
    found = [one for one in near if any(words <= _words(held.post.title) for held in one.person.holdings)]
    return tuple(found) if len(found) == COUNTS.get(counted["count"] or "two") else ()


def _officials(scene: Scene) -> list[Attendee]:
    """Return all who hold an office that the text names, as they are first met."""
    named = ((person, person.mentions[0]) for person in scene.people if person.mentions and _is_in_office(person))
    return sorted((Attendee(person, phrase_of(person, first)) for person, first in named), key=lambda one: one.phrase)


def _is_in_office(person: Person) -> bool:
    return any(held.tenure != "former" for held in person.holdings)


def _singular(titles: str) -> str:
    return re.sub(r"ies$", "y", titles.lower()) if titles.endswith("ies") else titles.lower().removesuffix("s")


def _words(title: str) -> set[str]:
    return set(title.lower().split())
