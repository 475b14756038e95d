"""The last pass over the encounters: what the title adds, what a trip passes on, what each dealt with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.encounters.drafts import Draft, country_of, is_area
from kg.extract.encounters.headings import Heading
from kg.extract.encounters.parties import people_in
from kg.extract.encounters.party import Party
from kg.extract.encounters.sides import home_side, side_nearby, side_of
from kg.extract.encounters.stops import STAY
from kg.extract.scene import Scene
from kg.model import Event, Holding, Initiative, Mention, Person, Span

__all__ = ["finished"]

HEADING = "meetings.heading"
THE_HOLDERS = re.compile(r"[Tt]he ([a-z ]+?)s\b")
CONFIDENCE = 0.85
DURING_THE_CALL = re.compile(r"\b(?:[Dd]uring|[Oo]n) the (?:\w+ )?call\b")
OF_MINISTERS = re.compile(r"\b(?:[Mm]inisterial|(?:[Mm]inisters|[Ll]eaders)[’']?) (?:[Mm]eeting|[Cc]onsultations)\b")


def finished(scene: Scene, drafts: Sequence[Draft], heading: Heading | None) -> list[Draft]:
    """Return the *drafts* with what the title and the trip they belong to say, and with what they dealt with.

    The drafts are changed; where only the title tells of an encounter, one is added.
    """
    found = list(drafts)
    held = [draft for draft in found if draft.status == "held"]
    if heading and held:
        found += _add_heading(scene, held, heading)
    elif heading and not found:
        found += _from_heading(scene, heading)
    found += _trip_told(scene, held, heading)
    for draft in sorted(found, key=lambda draft: draft.position, reverse=True):  # legs before the trip they are of
        if draft.visit:
            draft.with_delegation |= draft.by_delegation and draft.visit.has_members
            draft.visit.with_delegation |= draft.with_delegation and bool(draft.home.people)
    for draft in sorted(found, key=lambda draft: draft.position, reverse=True):
        if draft.visit:
            _inherit(scene, draft, draft.visit)
    held = sorted((draft for draft in found if draft.status == "held"), key=lambda draft: draft.position)
    for draft in held[1:]:
        draft.add(_members(draft, held[0]), "meetings.members")
        if draft.start is None and draft.visit is None and not _is_of_a_stay(scene, draft):
            draft.start, draft.end = held[0].start, held[0].end
        if not draft.places and draft.visit is None and held[0].kind != "call":
            draft.places = dict.fromkeys(place for place in held[0].places if is_area(scene, place))
    _address(scene, held)
    return found


def _members(draft: Draft, main: Draft) -> Party:
    """Return who of the main encounter met others too: "The mayors also met with X", whose names a list has."""
    if draft.home.people:
        return Party()
    offices = {found[1].lower() for group in draft.home.groups if (found := THE_HOLDERS.match(group.words))}
    members = tuple(one for one in main.party.people if any(_is_called(held, offices) for held in one.person.holdings))
    return Party(members) if len(members) > 1 else Party()


def _is_called(held: Holding, offices: set[str]) -> bool:
    return held.post.title.lower().removesuffix("-elect") in offices


def _from_heading(scene: Scene, heading: Heading) -> list[Draft]:
    """Return the encounter of which the title alone tells."""
    kind = heading.kind or ("meeting" if "eadout" in heading.span.of(scene.text) else None)
    if kind is None:
        return []
    party = heading.party if len(heading.party.people) > 1 else heading.party | _first_people(scene)
    if not party.people:
        return []
    draft = Draft(heading.span.start, kind, "held", heading.mode, home=heading.party)
    draft.add(party, HEADING)
    draft.date(heading.when)
    draft.places.update(dict.fromkeys(heading.places))
    draft.evidence.append(Mention(heading.span, HEADING, CONFIDENCE))
    return [draft]


def _first_people(scene: Scene) -> Party:
    """Return the persons of the first sentence that has any, unless it says who signs the release."""
    for sentence in scene.sentences[1:4]:
        people = tuple(people_in(scene, sentence))
        if people and not sentence.of(scene.text).endswith(":"):
            return Party(people)
    return Party()


def _add_heading(scene: Scene, held: list[Draft], heading: Heading) -> list[Draft]:
    """Let the title correct the kind and mode of the first encounter and add its people to the only one."""
    main = held[0]
    spoken = main.mode is None and any(mention.rule.endswith("-speak") for mention in main.evidence)
    telling = heading.telling and not _is_of_two(scene, heading, main)
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
    return []


def _is_of_two(scene: Scene, heading: Heading, main: Draft) -> bool:
    """Tell whether leaders or ministers of two governments met, and no larger gathering."""
    sides, present = main.all_sides(scene), main.party.people
    named = {side_of(scene, one) or side_nearby(scene, one) for one in present} >= sides.keys()
    return OF_MINISTERS.search(heading.span.of(scene.text)) is not None and len(sides) == 2 and (named or not present)


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


def _trip_told(scene: Scene, held: list[Draft], heading: Heading | None) -> list[Draft]:
    """Return the trip on which meetings abroad were, if the title or "during her stay" tells of one, but no verb."""
    if not held or any(draft.kind == "visit" for draft in held):
        return []
    main, home = held[0], home_side(scene)
    abroad = {country_of(scene, place) for place in main.places} - {None}
    told = (heading is not None and heading.kind == "visit") or (len(held) > 1 and STAY.search(scene.text))
    if not told or not abroad or home in abroad or main.kind == "call" or not main.home.people:
        return []
    trip = Draft(main.position - 1, "visit", "held", home=main.home)
    trip.add(main.home, HEADING)
    trip.places.update(dict.fromkeys(place for place in main.places if is_area(scene, place)))
    trip.start, trip.end = main.start, main.end
    trip.evidence = list(main.evidence)
    for draft in held:
        if draft.kind != "call" and trip.home.ids & draft.people.keys():
            draft.visit = trip
    return [trip]


def _is_of_a_stay(scene: Scene, draft: Draft) -> bool:
    """Tell whether it was on some day of a stay: "During the visit, Minister X called on Y"."""
    return draft.sentence is not None and STAY.match(scene.text, draft.sentence.start) is not None


def _is_call(scene: Scene, heading: Heading, main: Draft) -> bool:
    """Tell whether the title is right to speak of a call where the text does not at once."""
    if main.mode == "virtual":
        return True
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


def _inherit(scene: Scene, draft: Draft, visit: Draft) -> None:
    """Give an encounter of a trip what the trip has: travellers, dates, place, hosts; the trip gets its sides."""
    travellers = Party(tuple(attendee for attendee, _, _ in visit.people.values()))
    if _is_of_all(draft, visit):
        own, draft.people = draft.people, {}
        draft.add(travellers, "meetings.travellers")
        draft.home |= travellers
        draft.people.update({person: entry for person, entry in own.items() if person not in draft.people})
    if draft.start is None and not _is_long(scene, visit):
        draft.start, draft.end = visit.start, visit.end
    hosts = [] if _is_at_seat(scene, draft) else draft.hosts(scene) or visit.hosts(scene)
    if len(draft.all_sides(scene)) < 2 and len(set(hosts)) == 1:  # hosts of no known office are of where it was
        draft.sides.update(dict.fromkeys(hosts))
    at = [country_of(scene, place) for place in draft.places]
    if not draft.places or (
        not any(at) and len(set(visit.hosts(scene))) == 1
    ):  # "at State House", on a trip to Nairobi
        draft.places.update(visit.places)
    visit.sides.update(draft.all_sides(scene))


def _is_long(scene: Scene, visit: Draft) -> bool:
    """Tell whether it led to several countries over several days, so that a day of it is no answer to when."""
    return visit.end is not None and len({country_of(scene, place) for place in visit.places} - {None}) > 1


def _is_at_seat(scene: Scene, draft: Draft) -> bool:
    """Tell whether it was in a city where governments of all countries meet, so that it isn't the host country's."""
    seats = set(scene.lexicon.grammar["encounters"]["seats"]["cities"])
    return any(place.id in draft.places and place.name in seats for place in scene.places)


def _is_of_all(draft: Draft, visit: Draft) -> bool:
    """Tell whether all travellers took part: not where a companion is alone, or only another leg has the delegation."""
    if draft.home.people:
        leader = next(iter(visit.people), None)
        if leader not in draft.home.ids and not (draft.with_delegation and draft.home.ids & visit.people.keys()):
            return False
    if draft.is_ahead:
        return visit.is_ahead
    apart = visit.with_delegation and not draft.with_delegation and draft.position != visit.position
    return draft.status == "held" and not apart


def _address(scene: Scene, held: list[Draft]) -> None:
    """Assign the initiatives and events that the text names to the encounter that it tells of just then."""
    if not held:
        return
    current = held[0]
    for sentence in scene.sentences:
        current = _told_of(scene, sentence, held, current)
        for _, entity in scene.mentions_in(sentence):
            if isinstance(entity, Initiative | Event):
                current.addresses[entity.id] = None
    for draft in reversed(held):
        if draft.visit:
            draft.visit.addresses.update(draft.addresses)


def _told_of(scene: Scene, sentence: Span, held: list[Draft], current: Draft) -> Draft:
    """Return the encounter that begins in the *sentence*, or one whose counterpart it names, else the *current* one."""
    begun = [draft for draft in held if sentence.start <= draft.position < sentence.end]
    if begun:
        return begun[-1]
    named = {entity.id for _, entity in scene.mentions_in(sentence) if isinstance(entity, Person)}
    met = [draft for draft in held if named & (draft.people.keys() - draft.home.ids)]
    return current if not met or current in met else met[0]
