"""The last pass over the encounters: what each takes from the others, from the title and from the text around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.extract.encounters.drafts import Draft, is_area, is_summary
from kg.extract.encounters.grammar import encounters_of
from kg.extract.encounters.headings import Heading
from kg.extract.encounters.openings import first_sentence
from kg.extract.encounters.parties import people_in
from kg.extract.encounters.party import Party
from kg.extract.encounters.stops import STAY
from kg.extract.encounters.titles import add_title, from_title
from kg.extract.encounters.trips import pass_on, trip_told
from kg.extract.encounters.whereabouts import places_in, when_in
from kg.extract.scene import Scene
from kg.model import Entity, Event, Holding, Initiative, Person, Span

__all__ = ["finished"]

THE_HOLDERS = re.compile(r"[Tt]he ((?:[a-z]+ ){0,2}?[a-z]+?)s\b")
CARRIED = ("call", "visit")
"""Kinds of encounters that need not be where and when the text begins."""
IN_GENERAL = re.compile(r"\b(?:leadership|leaders|government representatives|authorities)\b")
"""Whom a traveller meets, before the text tells of each of them by name."""
WHILE = re.compile(r"While (?:in|there)\b")


def finished(scene: Scene, drafts: Sequence[Draft], heading: Heading | None) -> list[Draft]:
    """Return the *drafts* with what the title and the trip they belong to say, and with what they dealt with.

    The drafts are changed; where only the title tells of an encounter, one is added.
    """
    found = list(drafts)
    held = [draft for draft in found if draft.status == "held"]
    if heading and held:
        found += add_title(scene, held, heading)
    elif heading and not found:
        found += from_title(scene, heading)
    for draft in held[:1] or found:
        _set_in_scene(scene, draft)
    found += trip_told(scene, held, heading)
    pass_on(scene, found)
    held = sorted((draft for draft in found if draft.status == "held"), key=lambda draft: draft.position)
    _share(scene, held)
    summed_up = [draft for draft in held if _is_summary(scene, draft, held)]
    held = [draft for draft in held if draft not in summed_up]
    _address(scene, held)
    return [draft for draft in found if draft not in summed_up]


def _set_in_scene(scene: Scene, first: Draft) -> None:
    """Give the *first* encounter, or one to come, the day and place of the sentence that opens the text if it has none.

    Those who met act in that sentence, though they met nobody there: "X opened a fair in Lima today. She then met Y".
    """
    opening = first_sentence(scene)
    if opening is None or first.sentence is None or first.sentence.start <= opening.start or first.kind in CARRIED:
        return
    actor = next(people_in(scene, opening), None)
    if actor is None or actor.person.id not in first.people or first.places:
        return
    grammar, verb = encounters_of(scene.lexicon), Span(actor.phrase.end, actor.phrase.end + 1)
    when = when_in(scene, grammar, opening, verb, future=first.is_ahead)
    if first.start is None or when is None:
        first.date(when)
        first.places.update(dict.fromkeys(places_in(scene, grammar, opening, verb, travel=False)))


def _share(scene: Scene, held: list[Draft]) -> None:
    """Give later encounters that are no part of a trip what they share with those told before: the day and the town."""
    for before, draft in pairwise(held):
        main = held[0]
        draft.add(_members(draft, main), "meetings.members")
        if draft.visit:
            continue
        if draft.start is None and not _is_of_a_stay(scene, draft):
            told = before if before.start and "\n\n" not in scene.text[before.position : draft.position] else main
            draft.start, draft.end = told.start, told.end
        if not draft.places and main.kind != "call":
            draft.places = dict.fromkeys(place for place in main.places if is_area(scene, place))


def _is_summary(scene: Scene, draft: Draft, held: list[Draft]) -> bool:
    """Tell whether the text sums up so what it tells of one by one: "held several meetings in Davos. …".

    So does the sentence that tells of a trip with whom it was in general: "went to Fiji for talks with its leaders".
    """
    told = [other for other in held if other.kind != "visit" and draft.home.ids < other.people.keys()]
    return bool(told) and (is_summary(scene, draft) or _is_in_general(draft, told))


def _is_in_general(draft: Draft, told: list[Draft]) -> bool:
    visit = draft.visit
    if visit is None or draft.sentence != visit.sentence or not draft.people.keys() <= visit.people.keys():
        return False
    general = bool(draft.groups) and all(IN_GENERAL.search(group) for group in draft.groups)
    return general and any(other.visit is visit for other in told)


def _members(draft: Draft, main: Draft) -> Party:
    """Return who of the main encounter met others too: "The mayors also met with X", whose names a list has."""
    if draft.home.people:
        return Party()
    offices = {found[1].lower() for group in draft.home.groups if (found := THE_HOLDERS.match(group.words))}
    members = tuple(one for one in main.party.people if any(_is_called(held, offices) for held in one.person.holdings))
    return Party(members) if len(members) > 1 else Party()


def _is_called(held: Holding, offices: set[str]) -> bool:
    return held.post.title.lower().removesuffix("-elect") in offices


def _is_of_a_stay(scene: Scene, draft: Draft) -> bool:
    """Tell whether it was on some day of a stay: "During the visit, Minister X called on Y", "While in Lima, …"."""
    told = draft.sentence
    return told is not None and bool(STAY.match(scene.text, told.start) or WHILE.match(scene.text, told.start))


def _address(scene: Scene, held: list[Draft]) -> None:
    """Assign the initiatives and events that the text names to the encounter that it tells of just then."""
    if not held:
        return
    current = held[0]
    for sentence in scene.sentences:
        named = [entity for _, entity in scene.mentions_in(sentence)]
        current = _told_of(sentence, named, held, current)
        current.addresses.update({entity.id: None for entity in named if isinstance(entity, Initiative | Event)})
    for draft in reversed(held):
        if draft.visit:
            draft.visit.addresses.update(draft.addresses)


def _told_of(sentence: Span, named: list[Entity], held: list[Draft], current: Draft) -> Draft:
    """Return the encounter that begins in the *sentence*, or one whose counterpart it names, else the *current* one."""
    begun = [draft for draft in held if sentence.start <= draft.position < sentence.end]
    if begun:
        return begun[-1]
    people = {entity.id for entity in named if isinstance(entity, Person)}
    met = [draft for draft in held if people & (draft.people.keys() - draft.home.ids)] if people else []
    return current if not met or current in met else met[0]
