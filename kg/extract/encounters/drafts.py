"""An encounter while the text is being read: what was said of it so far, and how that becomes a `Meeting`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from kg.extract.encounters.dates import When
from kg.extract.encounters.party import Attendee, Party
from kg.extract.encounters.sides import home_side, own_side, post_of, whole_of
from kg.extract.scene import Scene
from kg.model import Kind, Meeting, Mention, Mode, Participation, Place, Role, Span, Status

__all__ = ["Draft", "country_of", "is_area", "is_summary"]

# Words for people of whom the text has told already: "the delegation", "these leaders".
ANAPHORIC = re.compile(
    r"(?:the|these|those|both|all|each|two) (?:\w+ ){0,2}"
    r"(?:group|delegations?|leaders|ministers|participants|attendees|officials|sides|team|meeting|parties)"
    r"(?: (?:for|during|in|at|on|as) .*)?",
    re.IGNORECASE,
)
# What a text sums up before it tells of each: "several bilateral talks", "with a number of her counterparts".
SUMMARY = re.compile(
    r"\b(?:several|various|numerous|a number of|a series of) (?:[\w-]+ ){0,3}(?:meetings|talks|calls|discussions)\b"
    r"|\bwith (?:several|some|many|a number) of (?:his|her|their|its)\b"
)


@dataclass(eq=False)
class Draft:
    """Grows sentence by sentence; `sentence` tells of it first, unless the title does.

    `home` are those whose encounter it is: "they" of the next sentence.

    `with_delegation`: the text says of this leg of a trip that "the delegation" took part, so others may have been
    without it. `has_members`: the text says who belongs to the delegation of this trip; `by_delegation`: it is the
    subject of this leg. `is_closing`: `start` is the last day of this trip, if there is no `end`.
    """

    position: int
    kind: Kind
    status: Status
    mode: Mode | None = None
    start: str | None = None
    end: str | None = None
    places: dict[str, None] = field(default_factory=dict)
    people: dict[str, tuple[Attendee, Role, str]] = field(default_factory=dict)
    groups: dict[str, None] = field(default_factory=dict)
    sides: dict[str, None] = field(default_factory=dict)
    addresses: dict[str, None] = field(default_factory=dict)
    home: Party = field(default_factory=Party)
    sentence: Span | None = None
    visit: Draft | None = None
    with_delegation: bool = False
    has_members: bool = False
    by_delegation: bool = False
    is_closing: bool = False
    evidence: list[Mention] = field(default_factory=list)

    @property
    def is_ahead(self) -> bool:
        """Whether it is still to come."""
        return self.status == "planned"

    @property
    def party(self) -> Party:
        """All persons who take part, as they were told of."""
        return Party(tuple(attendee for attendee, _, _ in self.people.values()))

    def add(self, party: Party, rule: str, role: Role = "member") -> None:
        """Let *party* take part; who does already stays as they are."""
        for attendee in party.people:
            self.people.setdefault(attendee.person.id, (attendee, role, rule))
        for group in party.groups:
            if ANAPHORIC.fullmatch(group.words):
                self.with_delegation |= "delegation" in group.words
                continue
            self.groups[group.words] = None
            self.sides.update(dict.fromkeys(group.sides))

    def date(self, when: When | None) -> None:
        """Take over the date, unless there is one already."""
        if when and self.start is None:
            self.start, self.end = when.start, when.end

    def meeting(self, scene: Scene, number: int, numbers: dict[int, int]) -> Meeting:
        """Return what is known as a `Meeting`. *numbers* has the number of each draft by its `id()`."""
        return Meeting(
            number=number,
            kind=self.kind,
            mode=self.mode or ("phone" if self.kind == "call" else "in-person"),
            status=self.status,
            start=self.start,
            end=self.end,
            places=() if self.kind == "call" or self.mode == "virtual" else _with_countries(scene, self.places),
            participations=tuple(self._participations(scene)),
            groups=tuple(self.groups),
            sides=tuple(self.all_sides(scene)),
            addresses=tuple(self.addresses),
            part_of=numbers.get(id(self.visit)) if self.visit else None,
            evidence=tuple(_trimmed(scene.text, mention) for mention in self.evidence),
        )

    def _participations(self, scene: Scene) -> list[Participation]:
        return [
            Participation(
                person=attendee.person.id,
                post=post_of(attendee),
                side=self._side(scene, attendee),
                role=role,
                evidence=Mention(attendee.phrase, rule, round(0.97 * attendee.confidence, 2)),
            )
            for attendee, role, rule in self.people.values()
        ]

    def _side(self, scene: Scene, attendee: Attendee) -> str | None:
        own = own_side(scene, attendee)
        if own or attendee.person.id not in self.home.ids:
            return own
        head = self.home.people[0]  # for whom the head stands, a delegate does
        return own_side(scene, head) or home_side(scene)

    def all_sides(self, scene: Scene) -> dict[str, None]:
        """Return the countries and bodies represented, the publisher's country first; a visit's hosts are one too."""
        home = home_side(scene)
        found = [side for attendee, _, _ in self.people.values() if (side := self._side(scene, attendee))]
        found += self.sides
        others = {side for side in found if side.startswith("place/")}
        reported = self.status == "held" and len(others) < 2  # of two other countries anybody may report
        ours = home and (reported or home in found or not found)
        sides = dict.fromkeys([home] if home and ours else [])
        sides.update(dict.fromkeys(found))
        if self.kind == "visit":
            sides.update(dict.fromkeys(self.hosts(scene)))
        return sides

    def hosts(self, scene: Scene) -> list[str]:
        """Return the countries of the places, for a visit those that were visited."""
        return [whole_of(scene, country) for place in self.places if (country := country_of(scene, place))]


def country_of(scene: Scene, place_id: str) -> str | None:
    """Return the id of the country that the place is or lies in, if it is known."""
    place = next((place for place in scene.places if place.id == place_id), None)
    return (place.id if place.country else place.within) if place else None


def is_area(scene: Scene, place_id: str) -> bool:
    """Tell whether the place is a country, town or island, and no building."""
    place = next((place for place in scene.places if place.id == place_id), None)
    known = scene.lexicon.place(place.name) if place else None
    return place is not None and (place.country or (known is not None and known.type in {"state", "city", "island"}))


def is_summary(scene: Scene, draft: Draft) -> bool:
    """Tell whether it is a row of encounters with nobody who is named: "held a series of meetings in Davos"."""
    told = draft.evidence[0].span if draft.evidence else None
    nobody = draft.kind != "visit" and not draft.groups and draft.people.keys() <= draft.home.ids
    return told is not None and nobody and SUMMARY.search(told.of(scene.text)) is not None


def _with_countries(scene: Scene, places: dict[str, None]) -> tuple[str, ...]:
    """Return the places, then those of their countries that the text names."""
    named = {place.id for place in scene.places if _is_named(place)}
    countries = [country for place in places if (country := country_of(scene, place)) and country in named]
    return tuple(dict.fromkeys((*places, *countries)))


def _is_named(place: Place) -> bool:
    return place.country and bool(place.mentions)


def _trimmed(text: str, mention: Mention) -> Mention:
    """Return the mention without what hangs over at the end of its phrase: "received Ms. Ewe, "."""
    length = len(mention.span.of(text).rstrip(" ,;:"))
    return replace(mention, span=Span(mention.span.start, mention.span.start + length)) if length else mention
