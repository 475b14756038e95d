"""Encounters to come: which of those that a text speaks of are sure enough to be entered, and whose they are."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.encounters.another import is_introduced
from kg.extract.encounters.drafts import Draft, country_of
from kg.extract.encounters.grammar import MARGINS
from kg.extract.encounters.ledger import Ledger
from kg.extract.encounters.objects import ANOTHER_ROUND, NEXT_ONE, NEXT_ROUND
from kg.extract.encounters.party import Party
from kg.extract.encounters.sighting import Sighting

__all__ = ["is_guest_awaited", "is_leg", "is_of_the_same_sides", "no_plan", "sides_named", "sides_told", "with_partner"]

NEXT_MEETING = re.compile(r"\bnext (?:[\w–-]+ ){0,2}meeting\b", re.IGNORECASE)
THOSE_WHO_MET = re.compile(
    r"(?:the |their |our )?(?:\w+ )?(?:principals|ministers|leaders|teams|delegations|experts|officials|negotiators)"
    r"(?: will| would| are)?(?: also)?",
    re.IGNORECASE,
)
# Before a verb of encounter: "looks forward to welcoming X", "invited X to visit"; after it: "in the coming months".
BODY = re.compile(r"The (?:[A-Z][\w’&-]*|of|for|and)(?: (?:[A-Z][\w’&-]*|of|for|and|the|on))*$")
HOPED = re.compile(r"\b(?:look(?:s|ed|ing)? forward|hop(?:es?|ed|ing)) to(?: [a-z]+ly)? $")
INVITED = re.compile(r"\b(?:invited|invites|inviting|an invitation)\b")
SOON = re.compile(r"[^.;]{0,80}\b(?:in the (?:coming|next)|(?:before|by) the end of) ")


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
    before = _before(book, sighting)
    nobody = sighting.frame == "hold" and not (sighting.party or sighting.anaphor)
    words, fixed = sighting.span.of(book.scene.text), sighting.when or sighting.places
    another = ANOTHER_ROUND.search(words) or (fixed and sighting.frame == "hold" and NEXT_MEETING.search(words))
    if (another and not sighting.other.people) or (nobody and NEXT_ONE.search(before)):
        return True
    if sighting.frame in ("hold", "host") and not sighting.party.people and NEXT_ROUND.search(before):
        return True
    groups = sighting.home.groups
    alone = not sighting.party.people and not sighting.other and bool(fixed)
    return alone and bool(groups) and all(THOSE_WHO_MET.fullmatch(group.words) for group in groups)


def sides_named(sighting: Sighting) -> tuple[str, ...]:
    """Return the two sides whose next round it is, if the text names both: "the Peru–Chile dialogue"."""
    sides = tuple(dict.fromkeys(side for group in sighting.party.groups for side in group.sides))
    return sides if len(sides) > 1 else ()


def sides_told(book: Ledger) -> tuple[str, ...]:
    """Return the sides of the encounter told last that had two, else of the last one."""
    told = [tuple(draft.all_sides(book.scene)) for draft in book.held]
    return next((sides for sides in reversed(told) if len(sides) > 1), told[-1])


def is_leg(book: Ledger, sighting: Sighting) -> bool:
    """Tell whether those who have come to a country will go on within it: no visit of its own."""
    if sighting.kind != "visit" or not sighting.home.people:
        return False
    ahead = {country_of(book.scene, place) for place in sighting.places} - {None}
    traveller = sighting.home.people[0].person.id
    told = (draft for draft in book.drafts if draft.status != "background" and traveller in draft.people)
    return bool(ahead) and any(ahead <= {country_of(book.scene, place) for place in draft.places} for draft in told)


def no_plan(book: Ledger, sighting: Sighting) -> str | None:
    """Return why what is told is no encounter to come, None if it is one."""
    if is_of_the_same_sides(book, sighting):
        return None if sighting.when or sighting.places else "another round, without a time or a place"
    margins = MARGINS.search(book.scene.text, sighting.span.start, sighting.sentence.end)
    beside = margins is not None and len(sighting.home.people) > 1
    held = sighting.frame == "hold" and sighting.kind != "visit" and sighting.other
    somebody = sighting.home.people or held or _is_body(sighting)
    if not somebody or not (sighting.when or sighting.places or sighting.other or beside):
        return "a plan without somebody, or without a time, a place or a counterpart"
    of_trip = not book.held and book.trip is not None and bool(sighting.home.ids & book.trip.home.ids)
    if not (sighting.when or sighting.places or of_trip) and HOPED.search(_before(book, sighting)):
        return "a hope, not a plan"
    soon = SOON.match(book.scene.text, sighting.span.start, sighting.sentence.end)
    if sighting.frame == "travel" and not (sighting.when or soon) and INVITED.search(_before(book, sighting)):
        return "an invitation, of which no time is told"
    if sighting.frame in ("speak", "hold") and not (sighting.when or sighting.places or sighting.other.people):
        return "a policy, not a plan"  # "will consult with allies"
    somewhere = soon or sighting.when or sighting.places or book.trip
    if sighting.frame == "host" and not (somewhere or sighting.other.people):
        return "a gathering without a time, a place or a name"  # "agreed to convene the Joint Committee"
    if sighting.kind == "convening" and _is_event(book, sighting):
        return "an event, not an encounter"
    if re.search(r"\bsummit\b", sighting.span.of(book.scene.text), re.IGNORECASE) and sighting.frame == "host":
        return "an event, not an encounter"
    same = (draft for draft in book.drafts if draft.is_ahead and draft.kind == sighting.kind)
    if sighting.home.people and any(_has_all(draft, sighting.party) for draft in same):
        return "a plan that was told before"
    return None


def is_guest_awaited(book: Ledger, sighting: Sighting) -> bool:
    """Tell whether it is the visit of the title, told by its host: "Y will welcome X to Lima next week"."""
    of_visit = book.heading is not None and book.heading.kind == "visit" and not book.drafts
    return of_visit and sighting.frame == "host" and sighting.kind == "meeting" and bool(sighting.other.people)


def _has_all(draft: Draft, party: Party) -> bool:
    return party.ids <= draft.people.keys() and all(group.words in draft.groups for group in party.groups)


def _is_event(book: Ledger, sighting: Sighting) -> bool:
    """Tell whether a gathering that is planned is attended, or hosted with nobody named and no day and place fixed.

    What is introduced with those who come is none: "will attend a reception with fishers", "the meeting with X".
    """
    if sighting.frame == "attend":
        return not (sighting.other.people or is_introduced(book, sighting))
    fixed = sighting.when and sighting.places
    return bool(sighting.home) and not sighting.other and not fixed


def _is_body(sighting: Sighting) -> bool:
    """Tell whether a body by name will meet at a known time and place: "The Board of Trade will meet in Oslo on …"."""
    named = all(BODY.match(group.words) for group in sighting.home.groups) and bool(sighting.home.groups)
    return sighting.frame == "meet" and named and bool(sighting.when and sighting.places)


def _before(book: Ledger, sighting: Sighting) -> str:
    """Return the sentence up to what tells of the encounter."""
    return book.scene.text[sighting.sentence.start : max(sighting.sentence.start, sighting.span.start)]
