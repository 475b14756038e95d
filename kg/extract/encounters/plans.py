"""Encounters to come: which of those that a text speaks of are sure enough to be entered, and whose they are."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.encounters.ledger import Ledger
from kg.extract.encounters.party import Party
from kg.extract.encounters.sighting import Sighting

__all__ = ["is_of_the_same_sides", "no_plan", "with_partner"]

# Who will come to "the next round of consultations" is not told yet.
ANOTHER_ROUND = re.compile(
    r"\b(?:next|\w+th|second|third) (?:[\w–-]+ ){0,4}"
    r"(?:round|session|edition|dialogue|commission|consultations|ministerial)\b",
    re.IGNORECASE,
)
THOSE_WHO_MET = re.compile(
    r"(?:the |their |our )?(?:\w+ )?(?:principals|ministers|leaders|teams|delegations|experts)"
    r"(?: will| are)?(?: also)?",
    re.IGNORECASE,
)


def with_partner(book: Ledger, sighting: Sighting) -> Sighting:
    """Put in who is met again: "will see *him* in Tokyo"."""
    if not (sighting.again and book.held):
        return sighting
    last = book.held[-1].party.people
    return replace(sighting, others=(Party(tuple(one for one in last if one.person.id not in sighting.home.ids)),))


def is_of_the_same_sides(book: Ledger, sighting: Sighting) -> bool:
    """Tell whether the sides that met will meet, whoever comes: "the next round", "the principals will meet again"."""
    if not book.held:
        return False
    if ANOTHER_ROUND.search(sighting.span.of(book.scene.text)):
        return True
    groups = sighting.home.groups
    alone = not sighting.party.people and not sighting.other and bool(sighting.when and sighting.places)
    return alone and bool(groups) and all(THOSE_WHO_MET.fullmatch(group.words) for group in groups)


def no_plan(book: Ledger, sighting: Sighting) -> str | None:
    """Return why what is told is no encounter to come, None if it is one."""
    if is_of_the_same_sides(book, sighting) and (sighting.when or sighting.places):
        return None
    somebody = sighting.home.people or (sighting.frame == "hold" and sighting.other.groups)
    if not somebody or not (sighting.when or sighting.places or sighting.other):
        return "a plan without somebody, or without a time, a place or a counterpart"
    if sighting.frame in ("speak", "hold") and not (sighting.when or sighting.places or sighting.other.people):
        return "a policy, not a plan"  # "will consult with allies"
    if sighting.kind == "convening" and (sighting.frame == "attend" or (sighting.home and not sighting.other)):
        return "an event, not an encounter"
    if re.search(r"\bsummit\b", sighting.span.of(book.scene.text), re.IGNORECASE) and sighting.frame == "host":
        return "an event, not an encounter"
    same = (draft for draft in book.drafts if draft.is_ahead and draft.kind == sighting.kind)
    if sighting.home.people and any(sighting.party.ids <= draft.people.keys() for draft in same):
        return "a plan that was told before"
    return None
