"""The encounters found so far while a readout is read: which there are, whose they are, and how one more is entered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extract.encounters.counterparts import counterparts
from kg.extract.encounters.dates import When, find_dates
from kg.extract.encounters.drafts import Draft, country_of, is_area, is_summary
from kg.extract.encounters.grammar import MARGINS, Encounters, encounters_of
from kg.extract.encounters.headings import read_heading
from kg.extract.encounters.party import Party
from kg.extract.encounters.sides import home_side, side_of
from kg.extract.encounters.sighting import Sighting
from kg.extract.encounters.stops import Stop
from kg.extract.encounters.whereabouts import places_in
from kg.extract.scene import Scene
from kg.model import Mention, Role, Span, Status

__all__ = ["Ledger"]

PLAN_REACH = 1200
"""Within how many characters after a planned visit, or its last meeting told, others are told: some paragraphs."""
THAT_DAY = re.compile(
    r"\b(?:that|the same) (?:day|morning|afternoon|evening|night)\b|\bin the day\b"
    r"|\b(?:prior to|before|ahead of|after|following) (?:the|this|their|his|her) (?:meeting|talks|discussions)\b",
    re.IGNORECASE,
)
# What stands before "meeting" where it is the one that is told of.
THE_MEETING = re.compile(r"(?:\b[Tt]he|\b[Tt]his|day’s|day's) $")
NAME_GOES_ON = re.compile(r" [A-Z]")
"""After a noun that is part of a name: "the Ministerial Council in Lugano"."""
THE_VIRTUAL_MEETING = re.compile(r"\b[Tt]h(?:e|is) (?P<how>(?:[\w-]+ ){1,3})$")
# Between a day and the noun of the encounter that was on it: "today’s virtual meeting".
ITS_DAY = re.compile(r"[’']s (?:[\w-]+ ){0,3}")
HOW_REACH = 40
"""How many characters before the noun "the" of "the virtual inaugural meeting" stands, at most."""
PLACE_REACH = 60
"""How many characters after "the meeting" the place where it was must end."""
CONFIDENCE = {"opening": 0.95, "later": 0.8, "planned": 0.6, "background": 0.7}


class Ledger:
    """Keeps the drafts, in the order in which the text tells of them."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.grammar: Encounters = encounters_of(scene.lexicon)
        self.heading = read_heading(scene, self.grammar)
        self.drafts: list[Draft] = []
        self.hosts = Party()
        """Those who await the guest of whose visit, still to come, the title is."""
        self.received: list[Draft] = []
        """The visits of guests who were received."""
        self.here: tuple[str, ...] = ()
        """The places of the stop of the trip that the text has come to."""
        self.today: When | None = None
        """The day of the trip that the text has come to."""
        self.is_day_passing = False
        """The day was told at the head of a sentence without a place, so that it holds for the paragraph alone."""
        self.paragraph = 0
        """Where the paragraph begins that is being read."""
        self.joined: list[Draft] = []
        """What those took part in of whom the text has told last that they came too."""
        self.arrived = False
        """The text has come to a stop of which it has told no encounter so far."""

    @property
    def held(self) -> list[Draft]:
        """Those that the readout reports."""
        return [draft for draft in self.drafts if draft.status == "held"]

    @property
    def main(self) -> Draft | None:
        """The first encounter that the readout reports."""
        return next((draft for draft in self.drafts if draft.status == "held"), None)

    @property
    def visit(self) -> Draft | None:
        """The trip that the readout reports."""
        return next((draft for draft in self.drafts if draft.status == "held" and draft.kind == "visit"), None)

    @property
    def trip(self) -> Draft | None:
        """The trip that the readout reports, else the one that it announces."""
        return self.visit or next((draft for draft in self.drafts if draft.kind == "visit" and draft.is_ahead), None)

    @property
    def is_at_one_place(self) -> bool:
        """Whether the readout is of a trip or of talks beside a gathering, where people speak face to face."""
        main = self.main
        if self.visit or main is None or main.kind == "call":
            return self.visit is not None
        told = main.sentence
        return told is not None and MARGINS.search(self.scene.text, told.start, told.end) is not None

    @property
    def known(self) -> frozenset[str]:
        """The ids of all who took part in what the readout reports."""
        return frozenset(person for draft in self.held for person in draft.people)

    def told(self) -> list[Draft]:
        """Return the encounters; for one meeting alone a guest who was received is not said to have been on a visit."""
        for visit in self.received:
            parts = [draft for draft in self.drafts if draft.visit is visit]
            if len(parts) == 1:
                self.drafts.remove(visit)
                parts[0].visit = None
                parts[0].add(visit.party, "meetings.company")
        return self.drafts

    def is_ours(self, sighting: Sighting) -> bool:
        """Tell whether those who met somebody are those whom the readout is of."""
        return bool(sighting.home.ids & self.known) or not sighting.home.people

    def is_of_a_colleague(self, sighting: Sighting) -> bool:
        """Tell whether others of the publisher's government met somebody: "Minister Y held talks with Z"."""
        home, people = home_side(self.scene), sighting.home.people
        ours = home is not None and bool(people) and all(side_of(self.scene, one) == home for one in people)
        foreign = any(side_of(self.scene, one) not in {None, home} for one in sighting.other.people)
        guests = sighting.frame == "host" and foreign
        return ours and bool(sighting.other.people) and (sighting.frame in ("meet", "hold") or guests)

    def counterparts(self) -> Party:
        """Return those whom the readout's own side has met so far."""
        return Party(tuple(a for d in self.held for a, _, _ in d.people.values() if a.person.id not in d.home.ids))

    def met(self, sighting: Sighting) -> Iterator[Party]:
        """Yield those met, encounter by encounter."""
        main = self.main
        at_gathering = main is not None and main.kind == "convening" and main.evidence[0].rule.endswith("-attend")
        in_a_row = self.visit is not None or at_gathering or (main is not None and is_summary(self.scene, main))
        return counterparts(self.scene, self.grammar, sighting, self.heading, in_a_row=in_a_row)

    def tell_again(self, sighting: Sighting) -> None:
        """Add what a later sentence says of an encounter that has been told."""
        drafts = [draft for draft in self.held if sighting.other.ids & draft.people.keys()] or self.held[-1:]
        for draft in drafts[:1]:
            if draft is self.main or sighting.kind != "convening" or draft.kind == "convening":
                draft.date(sighting.when)
            if not draft.places and sighting.frame != "talk":
                draft.places.update(dict.fromkeys(sighting.places))
            same = sighting.frame != "attend" and (draft.kind != "call" or sighting.kind == "call")
            draft.mode = draft.mode or (sighting.mode if same else None)

    def add(self, sighting: Sighting, party: Party, status: Status, how: str) -> Draft:
        """Enter the encounter of those of *sighting* with *party*; *how* tells the rule and how sure it is."""
        visit = self.visit if status == "held" else self._planned_visit(sighting) if status == "planned" else None
        draft = Draft(sighting.span.start, sighting.kind, status, sighting.mode, home=sighting.home)
        draft.sentence, draft.is_closing = sighting.sentence, sighting.last
        if sighting.kind == "visit" and (
            party or any(d.kind == "visit" and d.position == draft.position for d in self.drafts)
        ):
            draft.kind = "meeting"
        rule = f"meetings.{how}-{sighting.frame}"
        roles: tuple[Role, Role] = ("host", "member") if sighting.frame == "host" else ("member", "member")
        role, role_of_others = reversed(roles) if sighting.turned else roles
        draft.by_delegation = "delegation" in sighting.anaphor
        if draft.kind == "visit" and " led " in f" {sighting.span.of(self.scene.text)} ":
            role = "lead"
        draft.add(sighting.home, rule, role)
        draft.add(party, rule, role_of_others)
        draft.date(sighting.when)
        if self.held and self._is_that_day(sighting):
            draft.date(self.today)
            draft.start = draft.start or self.held[-1].start
        draft.places.update(dict.fromkeys(sighting.places))
        draft.evidence.append(Mention(sighting.span, rule, CONFIDENCE[how]))
        if draft.kind != "visit" and visit:
            draft.visit = visit
            on_way, before = visit is self.trip, self.here
            self._stop_at(sighting.places if on_way else ())
            draft.date(self.today if on_way and self.here == before else None)
            self.arrived &= not on_way
            if not draft.places:  # where the trip had come so far
                draft.places.update(dict.fromkeys(self.here if on_way and self.here else visit.places))
        self.drafts.append(draft)
        return draft

    def split_off(self, draft: Draft, sighting: Sighting) -> None:
        """Enter apart whom *sighting* tells of, and who was told of among others at *draft*."""
        if not sighting.home.ids & draft.home.ids:  # "X was received by Y"
            sighting = replace(sighting, home=sighting.other, others=(sighting.home,), turned=True)
        alone = self.add(sighting, sighting.other, "held", "later")
        if alone.start is None:
            alone.start, alone.end = draft.start, draft.end
        alone.places = alone.places or dict(draft.places)
        for person in sighting.other.ids:
            draft.people.pop(person, None)

    def locate(self, sentence: Span) -> None:
        """Take the place that a later sentence tells of "the meeting", for an encounter that has none so far."""
        main = next((draft for draft in self.held if draft not in self.received), None)
        if main is None or main.places or main.kind == "call" or main.position >= sentence.start:
            return
        text = self.scene.text
        noun = self.grammar.noun_in(text, sentence.start, sentence.end)
        if noun is None or NAME_GOES_ON.match(text, noun.end()):
            return
        if THE_MEETING.search(text, max(sentence.start, noun.start() - 12), noun.start()):
            near = Span(noun.start(), min(noun.end() + PLACE_REACH, sentence.end))
            places = places_in(self.scene, self.grammar, near, Span(*noun.span()), travel=False)
            main.places.update(dict.fromkeys(places))

    def note_day(self, sentence: Span) -> None:
        """Take the day of the encounter told first from "today’s meeting", where the text has not said it so far."""
        main = self.main
        if main is None or main.start or main.kind == "visit":
            return
        for when in find_dates(self.scene.text, sentence, self.scene.readout.issued):
            noun = self.grammar.noun_in(self.scene.text, when.span.end, min(when.span.end + HOW_REACH, sentence.end))
            if noun and ITS_DAY.fullmatch(self.scene.text, when.span.end, noun.start()):
                main.date(when)

    def note_mode(self, sentence: Span) -> None:
        """Take how people met from a later sentence of the only encounter told: "During the virtual meeting, …"."""
        text, main = self.scene.text, self.main
        if main is None or len(self.held) > 1 or main.mode or main.kind == "call" or main.position >= sentence.start:
            return
        noun = self.grammar.noun_in(text, sentence.start, sentence.end)
        lead = noun and THE_VIRTUAL_MEETING.search(text, max(sentence.start, noun.start() - HOW_REACH), noun.start())
        if lead and (mode := self.grammar.mode.search(text, lead.start("how"), lead.end("how"))):
            main.mode = self.grammar.modes[mode.group().lower()]

    def note_stop(self, stop: Stop) -> None:
        """Note where and when the trip is as a new part of the text begins, and that it has come there."""
        self.arrived, self.is_day_passing = True, not (stop.places or stop.heads)
        before, self.today = self.here, stop.when or self.today
        self._stop_at(stop.places)
        if self.trip and self.here != before:
            self.today = stop.when
            self.trip.places.update(dict.fromkeys(self.here))

    def _stop_at(self, places: Iterable[str]) -> None:
        """Note where the trip has come to: cities and countries abroad, no buildings."""
        home = home_side(self.scene)
        if reached := tuple(
            one for one in places if country_of(self.scene, one) not in {None, home} and is_area(self.scene, one)
        ):
            before = self.here or (tuple(self.trip.places) if self.trip else ())
            if not set(reached) <= {country_of(self.scene, one) for one in before}:  # "here in Laos" moves nobody
                self.here = reached

    def _is_that_day(self, sighting: Sighting) -> bool:
        """Tell whether it was on the day told of last: "Later that day, she met with …", "was held on the same day"."""
        return THAT_DAY.search(self.scene.text, sighting.sentence.start, sighting.span.end) is not None

    def _planned_visit(self, sighting: Sighting) -> Draft | None:
        for draft in self.drafts:
            if not draft.is_ahead or draft.kind != "visit" or not sighting.party.ids & draft.home.ids:
                continue
            told = max(d.position for d in self.drafts if d is draft or d.visit is draft)
            day = sighting.when.start if sighting.when else ""
            meanwhile = (draft.start or "~") <= day <= (draft.end or draft.start or "")
            if meanwhile or sighting.span.start - told < PLAN_REACH:
                return draft
        return None
