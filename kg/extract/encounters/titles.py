"""What the title of a readout adds to the encounters of its text, or tells alone."""

from __future__ import annotations

import re

from kg.extract.encounters.drafts import Draft, country_of
from kg.extract.encounters.grammar import MARGINS, encounters_of
from kg.extract.encounters.headings import Heading
from kg.extract.encounters.parties import people_in
from kg.extract.encounters.party import Party
from kg.extract.encounters.sides import own_side, sides_in
from kg.extract.scene import Scene
from kg.model import Mention, Status

__all__ = ["HEADING", "add_title", "from_title"]

HEADING = "meetings.heading"
CONFIDENCE = 0.85
DURING_THE_CALL = re.compile(r"\b(?:[Dd]uring|[OoIi]n) (?:the|an?) (?:\w+ ){0,3}call\b")
OF_MINISTERS = re.compile(
    r"\b(?:[Mm]inisterial|(?:[Mm]inisters|[Ll]eaders)[’']?) [Mm]eeting\b|\b(?:[Cc]onsultations?|[Dd]ialogue)\b"
)


def from_title(scene: Scene, heading: Heading) -> list[Draft]:
    """Return the encounter of which the title alone tells."""
    kind = heading.kind or ("meeting" if "eadout" in heading.span.of(scene.text) else None)
    if kind is None:
        return []
    party = heading.party if len(heading.party.people) > 1 else heading.party | _first_people(scene)
    if not party.people:
        return []
    status: Status = "planned" if heading.is_ahead else "held"
    draft = Draft(heading.span.start, kind, status, heading.mode, home=heading.party)
    draft.add(party, HEADING)
    draft.date(heading.when)
    draft.places.update(dict.fromkeys(heading.places))
    draft.evidence.append(Mention(heading.span, HEADING, CONFIDENCE))
    return [draft]


def add_title(scene: Scene, held: list[Draft], heading: Heading) -> list[Draft]:
    """Let the title correct the kind and mode of the first encounter and add its people to the only one."""
    main = held[0]
    spoken = main.mode is None and any(mention.rule.endswith("-speak") for mention in main.evidence)
    telling = heading.telling and not (_is_of_few(scene, heading, main) or _is_beside(scene, heading, main))
    if (heading.kind and telling and main.kind == "meeting") or (spoken and heading.kind in ("meeting", "convening")):
        main.kind = heading.kind
    elif heading.kind == "call" and _is_call(scene, heading, main):
        main.kind = "call"
    main.mode = main.mode or heading.mode
    if heading.places and heading.kind != "visit" and len(held) > 1:  # "Secretary X’s Meetings in Lima"
        for draft in held:
            draft.places = draft.places or dict.fromkeys(heading.places)
    if heading.kind == "visit" and main.kind == "meeting" and (guests := _guests(main, heading)):
        return [_visit_of(heading, main, held, guests)]
    if main.kind == "visit":
        if len(held) == 2:
            met = tuple(a for a in heading.party.people if a.person.id not in main.people)
            held[1].add(Party(met), HEADING)
        return [_above(heading, main, held)] if heading.kind == "visit" and _is_longer(scene, heading, main) else []
    if len(held) == 1:
        main.add(heading.party, HEADING)
        _represent(scene, heading, main)
    return []


def _represent(scene: Scene, heading: Heading, main: Draft) -> None:
    """Let a guest of whom the text does not say so be of the one other country that the title names."""
    named = [side for side in sides_in(scene, heading.span) if side.startswith("place/")]
    if len(main.all_sides(scene)) == 1 and len(main.people) == 2:
        others = dict.fromkeys(side for side in named if side not in main.all_sides(scene))
        main.sides.update(others if len(others) == 1 else {})


def _first_people(scene: Scene) -> Party:
    """Return the persons of the first sentence that has any, unless it says who signs the release."""
    for sentence in scene.sentences[1:4]:
        people = tuple(people_in(scene, sentence))
        if people and not sentence.of(scene.text).endswith(":"):
            return Party(people)
    return Party()


def _is_of_few(scene: Scene, heading: Heading, main: Draft) -> bool:
    """Tell whether leaders or ministers of a few governments met, all of them named, and no larger gathering."""
    sides, present = main.all_sides(scene), main.party.people
    named = {own_side(scene, one) for one in present} >= sides.keys()
    return OF_MINISTERS.search(heading.span.of(scene.text)) is not None and (named if present else len(sides) == 2)


def _is_beside(scene: Scene, heading: Heading, main: Draft) -> bool:
    """Tell whether those who met were at the gathering of the title anyway: "on the margins of the summit"."""
    told, title = main.sentence, heading.span.of(scene.text).lower()
    beside = told and MARGINS.search(scene.text, told.start, told.end)
    nouns = encounters_of(scene.lexicon).noun.finditer(scene.text, beside.end(), told.end) if told and beside else ()
    return any(noun.group().lower() in title for noun in nouns)


def _guests(main: Draft, heading: Heading) -> Party:
    """Return those of the title's visit who are received: "Official Visit of Minister X", where Y welcomed X."""
    hosts = {person for person, (_, role, _) in main.people.items() if role == "host"}
    guests = tuple(attendee for attendee, role, _ in main.people.values() if role != "host")
    return Party(guests) if hosts and main.visit is None and not heading.party.ids & hosts else Party()


def _visit_of(heading: Heading, main: Draft, held: list[Draft], guests: Party) -> Draft:
    """Return the guests' visit of which the title tells; what they took part in is a part of it."""
    visit = Draft(heading.span.start, "visit", "held", home=guests)
    visit.add(guests, HEADING)
    visit.places.update(main.places)
    visit.start, visit.end = main.start, main.end
    visit.evidence.append(Mention(heading.span, HEADING, CONFIDENCE))
    for draft in held:
        if draft.visit is None and guests.ids & draft.people.keys():
            draft.visit = visit
    return visit


def _is_call(scene: Scene, heading: Heading, main: Draft) -> bool:
    """Tell whether the title is right to speak of a call where the text does not at once."""
    named = re.search(r"\b[Cc]alls?\b", heading.span.of(scene.text)) is not None
    return named and not main.places and (main.kind == "convening" or DURING_THE_CALL.search(scene.text) is not None)


def _is_longer(scene: Scene, heading: Heading, leg: Draft) -> bool:
    """Tell whether the title is of a trip to more countries than the text opens with."""
    known = set(leg.places) | set(leg.hosts(scene))
    named = {country for place in heading.places if (country := country_of(scene, place))}
    return bool(named & known) and bool(named - known)


def _above(heading: Heading, leg: Draft, held: list[Draft]) -> Draft:
    """Return the whole trip that the title is of; the visit that the text opens with becomes a leg of it."""
    whole = Draft(heading.span.start, "visit", "held", home=leg.home)
    whole.add(Party(tuple(attendee for attendee, _, _ in leg.people.values())), HEADING)
    whole.places.update(dict.fromkeys(heading.places))
    whole.end = leg.end or leg.start
    whole.evidence.append(Mention(heading.span, HEADING, CONFIDENCE))
    for draft in held:
        if draft.visit is leg and draft.places and not set(draft.places) & set(leg.places):
            draft.visit = whole
    leg.visit = whole
    return whole
