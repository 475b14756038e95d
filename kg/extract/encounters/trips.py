"""What a trip passes on to the encounters that are a part of it, and what it takes from them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kg.extract.encounters.drafts import Draft, country_of, is_area
from kg.extract.encounters.headings import Heading
from kg.extract.encounters.objects import DELEGATION_AT
from kg.extract.encounters.party import Party
from kg.extract.encounters.reckoning import COUNTS
from kg.extract.encounters.sides import home_side
from kg.extract.encounters.stops import STAY
from kg.extract.encounters.titles import HEADING
from kg.extract.scene import Scene

__all__ = ["pass_on", "trip_told"]

LENGTH = re.compile(rf"\b({'|'.join(COUNTS)}|[1-9])-day\b", re.IGNORECASE)


def trip_told(scene: Scene, held: list[Draft], heading: Heading | None) -> list[Draft]:
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


def pass_on(scene: Scene, drafts: list[Draft]) -> None:
    """Let the encounters of trips inherit what their trip has, legs before the trip they are of."""
    legs = sorted((draft for draft in drafts if draft.visit), key=lambda draft: draft.position, reverse=True)
    for leg in legs:
        assert leg.visit is not None
        leg.with_delegation |= leg.by_delegation and leg.visit.has_members
        leg.visit.with_delegation |= leg.with_delegation and bool(leg.home.people)
    for draft in drafts:
        if draft.kind == "visit" and draft.end is None:
            _stretch(scene, draft)
    dated = [leg for leg in legs if leg.start]
    for visit in drafts:
        days = sorted({leg.start for leg in dated if leg.visit is visit and leg.start})
        if len(days) > 1 and visit.start is visit.end is None:  # it lasted as long as what is told of it at least
            visit.start, visit.end = days[0], days[-1]
    for leg in legs:
        assert leg.visit is not None
        _inherit(scene, leg, leg.visit, [other for other in dated if other.visit is leg.visit])


def _stretch(scene: Scene, visit: Draft) -> None:
    """Give a trip both its first and last day where one is known, and how long it was: "a three-day visit"."""
    told = visit.sentence and LENGTH.search(scene.text, visit.sentence.start, visit.sentence.end)
    if not told or visit.start is None or len(visit.start) != len("2024-03-12"):
        if visit.is_closing:
            visit.start, visit.end = None, visit.start
        return
    days = COUNTS.get(told.group(1).lower()) or int(told.group(1))
    between = timedelta(days=days - 1)
    known = date.fromisoformat(visit.start)
    first, last = (known - between, known) if visit.is_closing else (known, known + between)
    visit.start, visit.end = first.isoformat(), last.isoformat() if days > 1 else None


def _inherit(scene: Scene, draft: Draft, visit: Draft, dated: list[Draft]) -> None:
    """Give an encounter of a trip what the trip has: travellers, dates, place, hosts; the trip gets its sides.

    Of a trip of several days whose encounters at one stop are *dated*, the day of one at another stop is not known.
    """
    travellers = Party(tuple(attendee for attendee, _, _ in visit.people.values()))
    if _is_of_all(draft, visit) and not (draft.home.people and _is_to_event(scene, visit)):
        own, draft.people = draft.people, {}
        draft.add(travellers, "meetings.travellers")
        draft.home |= travellers
        draft.people.update({person: entry for person, entry in own.items() if person not in draft.people})
    elsewhere = bool(dated) and all(_is_at_another_stop(scene, draft, other) for other in dated)
    unknown = (elsewhere and visit.end and _has_stops(scene, visit)) or _is_itinerary(scene, visit)
    if draft.start is None and visit.start and not unknown:
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


def _towns(scene: Scene, draft: Draft) -> set[str]:
    return {place for place in draft.places if is_area(scene, place)} - set(draft.hosts(scene))


def _has_stops(scene: Scene, visit: Draft) -> bool:
    """Tell whether the trip led to several towns or countries."""
    return len(_towns(scene, visit)) > 1 or len(set(visit.hosts(scene))) > 1


def _is_at_another_stop(scene: Scene, draft: Draft, other: Draft) -> bool:
    """Tell whether the two were in different towns, or in different countries."""
    towns = _towns(scene, draft), _towns(scene, other)
    first, second = towns if all(towns) else (set(draft.hosts(scene)), set(other.hosts(scene)))
    return bool(first and second) and first.isdisjoint(second)


def _is_itinerary(scene: Scene, visit: Draft) -> bool:
    """Tell whether it is planned and leads to several countries: its days do not say when one will be where."""
    countries = {country_of(scene, place) for place in visit.places} - {None}
    return visit.is_ahead and len(countries) > 1


def _is_at_seat(scene: Scene, draft: Draft) -> bool:
    """Tell whether it was in a city where governments of all countries meet, so that it isn't the host country's."""
    seats = set(scene.lexicon.grammar["encounters"]["seats"]["cities"])
    return any(place.id in draft.places and place.name in seats for place in scene.places)


def _is_to_event(scene: Scene, visit: Draft) -> bool:
    """Tell whether a delegation was led to an event, where each of its members meets whom the text says."""
    told = visit.sentence
    return told is not None and DELEGATION_AT.search(scene.text, told.start, told.end) is not None


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
