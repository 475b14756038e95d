"""The encounters that a readout tells of: one told twice is one, two told in one sentence are two."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.encounters.another import (
    come_too,
    is_another,
    is_by_the_body,
    is_gathering,
    is_new,
    is_of_another_host,
    is_same,
)
from kg.extract.encounters.company import Company, read_company
from kg.extract.encounters.drafts import Draft, country_of
from kg.extract.encounters.earlier import has_just_been, is_earlier, is_of_these_days
from kg.extract.encounters.finish import finished
from kg.extract.encounters.guests import of_guests, with_guests
from kg.extract.encounters.joining import join
from kg.extract.encounters.ledger import Ledger
from kg.extract.encounters.named import with_names
from kg.extract.encounters.party import COUNTERPARTS, Party
from kg.extract.encounters.plans import (
    is_guest_awaited,
    is_leg,
    is_of_the_same_sides,
    no_plan,
    sides_named,
    sides_told,
    with_partner,
)
from kg.extract.encounters.sides import home_side
from kg.extract.encounters.sighting import Sighting
from kg.extract.encounters.sightings import sightings
from kg.extract.encounters.stops import Stop, stop_in
from kg.extract.encounters.turns import (
    awaits_names,
    from_our_side,
    goes_on,
    is_by_a_colleague,
    is_in_passing,
    is_next,
    is_told_apart,
    met_alone,
    row_of,
    spoken_by,
    staffs,
)
from kg.extract.scene import Scene
from kg.model import Meeting, Span

__all__ = ["find_meetings"]


def find_meetings(scene: Scene) -> tuple[Meeting, ...]:
    """Return the encounters of the readout, in text order, numbered from 1.

    Needs the people, agencies, places, initiatives and events of *scene*. Meetings that only the heading tells of are
    found too; statements of policy are no encounters.
    """
    book = _Book(scene)
    for sentence in scene.sentences:
        if scene.readout.title is None or not scene.readout.title.covers(sentence):
            book.read(sentence)
    drafts = sorted(finished(scene, book.told(), book.heading), key=lambda draft: draft.position)
    for company in book.waiting if not book.drafts else ():
        for draft in drafts[:1]:
            draft.add(company.party, company.rule)
    numbers = {id(draft): number for number, draft in enumerate(drafts, 1)}
    return tuple(draft.meeting(scene, number, numbers) for number, draft in enumerate(drafts, 1))


class _Book(Ledger):
    """Reads the sentences one after the other, and enters what they tell of."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        self.waiting: list[Company] = []
        """Items of lists of those present where only the title tells of the encounter."""
        self.listing = False
        self.recalling = False
        self.leg: Sighting | None = None
        """Where and when a guest will go on within the country, told last."""

    def read(self, sentence: Span) -> None:
        """Enter what the next *sentence* tells of: the encounters, then who else took part, then where and how."""
        if self._begins_paragraph(sentence):
            self.recalling, self.paragraph = False, sentence.start
            self.today = None if self.is_day_passing else self.today
        if self.trip and (stop := stop_in(self.scene, sentence, future=self.trip.is_ahead)):
            self.note_stop(stop)
        companies = read_company(self.scene, self.grammar, sentence, listing=self.listing)
        self.listing = any(company.listing for company in companies)
        is_item = any(company.is_item for company in companies)
        told = () if is_item else self._sighted(sentence)
        for sighting in told:
            self._take(with_names(self.scene, spoken_by(self, with_guests(self, sighting))))
        if not any(sighting.frame == "brief" for sighting in told):
            ahead = bool(told) and all(sighting.status == "planned" for sighting in told)
            for company in companies:
                self._join(replace(company, ahead=True) if ahead and company.is_retinue else company)
        self.locate(sentence)
        self.note_mode(sentence)
        self.note_day(sentence)

    def _sighted(self, sentence: Span) -> tuple[Sighting, ...]:
        """Return what the sentence tells of; talk tells of an encounter on a trip, or where staffs meet apart."""
        talks = self.trip is not None or awaits_names(self)
        found = sightings(self.scene, self.grammar, sentence, talks=talks)
        told = tuple(one for one in found if not (one.chaired and self.held))  # who led it, came to it
        if talks or self.main is None or not is_next(self.scene, sentence):
            return told
        apart = sightings(self.scene, self.grammar, sentence, talks=True)
        return told + tuple(one for one in apart if staffs(self, one))[:1]

    def _begins_paragraph(self, sentence: Span) -> bool:
        return self.scene.text[max(0, sentence.start - 2) : sentence.start] == "\n\n"

    # --- one sighting after the other -----------------------------------------------------------------------------

    def _take(self, sighting: Sighting) -> None:
        if sighting.frame == "speak" and sighting.kind == "call" and sighting.mode is None and self.is_at_one_place:
            sighting = replace(sighting, kind="meeting")
        if sighting.frame in ("talk", "address") and is_in_passing(self, sighting):
            if last := met_alone(self, sighting):
                self.split_off(last, sighting)
            return
        if self.visit is None and (both := staffs(self, sighting)):
            self._meet_beside(sighting, *both)
            return
        if sighting.status == "planned":
            self._plan(sighting)
        elif has_just_been(self, sighting):
            self._open(sighting)
        elif sighting.status == "background" or (is_earlier(self, sighting) and not is_of_these_days(self, sighting)):
            self.recalling = True
            self._recall(sighting)
        elif self.recalling and sighting.also and not sighting.when:
            self._recall(sighting)  # "She has visited … She also convened …"
        elif self.main is None:
            self._open(sighting)
        else:
            self._go_on(sighting)

    def _meet_beside(self, sighting: Sighting, ours: Party, theirs: Party) -> None:
        """Enter the talks of others on both sides: "The State Secretaries X and Y subsequently discussed …"."""
        beside = self.add(replace(sighting, home=ours), theirs, "held", "later")
        if self.main:
            beside.sides.update(self.main.all_sides(self.scene))

    def _open(self, sighting: Sighting) -> None:
        for party in self.met(sighting):
            draft = self.add(sighting, party, "held", "opening")
            if sighting.guest:
                self._receive(sighting, draft)

    def _receive(self, sighting: Sighting, talks: Draft) -> None:
        """Enter the official visit for which a guest is received: the guest's, and the talks are a part of it."""
        visit = self.add(replace(sighting, kind="visit", home=sighting.other, others=()), Party(), "held", "opening")
        visit.position, talks.visit = talks.position - 1, visit
        self.received.append(visit)
        self.drafts.sort(key=lambda draft: draft is talks)  # what comes next is told of the talks
        visit.mode = None
        if not visit.places and (home := home_side(self.scene)):
            visit.places.update(dict.fromkeys(self.heading.places if self.heading and self.heading.places else (home,)))

    def _go_on(self, sighting: Sighting) -> None:
        """Take a later sentence of something held: the same encounter again, or another one."""
        if sighting.kind == "visit":
            self._travel_on(sighting)
            return
        sighting = from_our_side(self, sighting)
        other = sighting.other
        fresh = tuple(a for a in other.people if not any(a.person.id in draft.people for draft in self.held))
        main_empty = not self.held[0].people
        visit = self.visit
        placed = visit is not None and bool(sighting.when or sighting.places)
        new_groups = [group for group in other.groups if is_new(group, also=sighting.also, placed=placed)]
        if sighting.also and not other.people and any(COUNTERPARTS.fullmatch(group.words) for group in other.groups):
            self.add(replace(sighting, kind="meeting"), self.counterparts(), "held", "later")
        elif is_same(self, sighting):
            self.held[-1].add(sighting.party, "meetings.company")
            self.tell_again(sighting)
        elif self.is_ours(sighting) and (is_gathering(self, sighting) or is_of_another_host(self, sighting)):
            self.add(sighting, other, "held", "later")
        elif main_empty or (not visit and sighting.frame == "attend" and not (sighting.also and (fresh or new_groups))):
            self._attend(sighting)
        elif is_told_apart(self, sighting) or is_by_a_colleague(self, sighting):
            self.add(sighting, other, "held", "later")
        elif row := row_of(self, sighting):
            self.split_off(row, sighting)
        elif other.people and not fresh:
            self.tell_again(sighting)
        elif fresh:
            self._meet(sighting)
        else:
            self._meet_unnamed(sighting, bool(new_groups))

    def _attend(self, sighting: Sighting) -> None:
        """Let somebody take part in what is told: "X also attended", "took part in the meetings with Y and Z"."""
        named = [draft for draft in self.held if sighting.other.ids & draft.people.keys()]
        if named and not sighting.other.groups:
            for draft in named:
                draft.add(sighting.home, "meetings.company")
        else:
            self.held[0 if not self.held[0].people else -1].add(sighting.party, "meetings.company")
        self.tell_again(sighting)

    def _meet(self, sighting: Sighting) -> None:
        """Take a later sentence that names somebody new: met apart, or at the encounter that is told of."""
        if is_by_the_body(self, sighting):
            self.held[-1].add(sighting.party, "meetings.company")
        elif self.is_ours(sighting) or self.is_of_a_colleague(sighting):
            self._name_group(sighting)
            for party in self.met(sighting):
                if not party.ids or party.ids - self.known:
                    self.add(sighting, party, "held", "later")
        elif self.held[0].kind == "convening" and sighting.when is None:
            self.held[0].add(sighting.party, "meetings.company")  # who moderates or speaks at the same gathering
        else:
            self._recall(sighting)

    def _meet_unnamed(self, sighting: Sighting, new_groups: bool) -> None:
        """Take a later sentence that names nobody who was met; *new_groups*: others than before are meant."""
        on_trip = self.visit is not None and sighting.home.ids <= self.visit.people.keys()
        if come_too(self, sighting):
            self.held[-1].add(sighting.home, "meetings.company")
        elif new_groups and is_another(self, sighting) and self.is_ours(sighting):
            for party in self.met(sighting):
                self.add(sighting, party, "held", "later")
        elif on_trip and not sighting.other and sighting.frame in ("hold", "attend") and not goes_on(self, sighting):
            self.add(sighting, Party(), "held", "later")
        elif sighting.also and sighting.frame == "host" and sighting.kind == "convening" and self.is_ours(sighting):
            self.add(sighting, sighting.other, "held", "later")  # "also hosted a forum, which was attended by …"
        else:
            self.tell_again(sighting)

    def _name_group(self, sighting: Sighting) -> None:
        """Put names to "five calls with European leaders": those named next are the first of them, not others."""
        first = self.held[0]
        if not sighting.also and first.kind == sighting.kind and first.people.keys() <= first.home.ids and first.groups:
            first.add(next(iter(self.met(sighting))), f"meetings.later-{sighting.frame}")

    def _travel_on(self, sighting: Sighting) -> None:
        sighting = of_guests(self, sighting)
        if visit := self.visit:
            home = home_side(self.scene)
            abroad = [place for place in sighting.places if country_of(self.scene, place) not in (None, home)]
            visit.places.update(dict.fromkeys(abroad))
            self.note_stop(Stop(tuple(abroad), sighting.when))
            if sighting.other:  # "then traveled to Z for talks with Y"
                talks = replace(sighting, kind="meeting")
                for party in self.met(talks):
                    self.add(talks, party, "held", "later")
        elif (
            self.is_ours(sighting) and sighting.home.people and any(country_of(self.scene, p) for p in sighting.places)
        ):
            earlier = [draft for draft in self.held if sighting.sentence.start <= draft.position]
            visit = self.add(sighting, Party(), "held", "later")
            for draft in earlier:  # "met with X during her visit to Y"
                draft.visit = visit
                visit.position = min(visit.position, draft.position - 1)

    def _plan(self, sighting: Sighting) -> None:
        """Take an encounter to come: only one that is sure enough to have people, and a time or place of its own."""
        sighting = with_partner(self, sighting)
        if self.leg and self.leg.sentence == sighting.sentence:  # "will travel to Z tomorrow to meet with Y"
            sighting = replace(sighting, when=sighting.when or self.leg.when, places=sighting.places or self.leg.places)
        if is_leg(self, sighting):
            self.scene.reject(sighting.span, "meetings.planned", "a leg of a visit that is told")
            self.leg = sighting
            self.note_stop(Stop(sighting.places, sighting.when))
        elif reason := no_plan(self, sighting):
            self.scene.reject(sighting.span, "meetings.planned", reason)
        elif is_guest_awaited(self, sighting):
            self.hosts = sighting.home
            self.add(replace(sighting, kind="visit", home=sighting.other, others=()), Party(), "planned", "planned")
        elif is_of_the_same_sides(self, sighting):
            sides = sides_named(sighting) or sides_told(self)
            draft = self.add(replace(sighting, home=Party(), others=()), Party(), "planned", "planned")
            draft.sides.update(dict.fromkeys(sides))
            draft.kind = "convening" if self.main and self.main.kind == "convening" else "meeting"
        else:
            for party in self.met(sighting) if sighting.other else (Party(),):
                self.add(sighting, party, "planned", "planned")

    def _recall(self, sighting: Sighting) -> None:
        if sighting.home.people or sighting.other.people:
            self.add(sighting, sighting.other, "background", "background")
        else:
            self.scene.reject(sighting.span, "meetings.background", "an earlier encounter of nobody who is named")

    def _join(self, company: Company) -> None:
        """Let those who came along take part, or wait for the title to tell of what."""
        if company.party and company.is_item and self.main is None:
            self.waiting.append(company)
        elif company.party:
            join(self, company)
