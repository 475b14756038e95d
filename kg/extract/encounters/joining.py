"""To which of the encounters those belong whom a sentence or list adds: "She was joined by …", "Participants: …"."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.encounters.company import Company
from kg.extract.encounters.drafts import Draft
from kg.extract.encounters.ledger import Ledger
from kg.extract.encounters.party import Party
from kg.extract.encounters.sides import home_side, own_side
from kg.extract.encounters.stops import STAY

__all__ = ["join"]

LED = re.compile(r"\bled (?:[\w.’'-]+ ){1,4}delegation\b")
ASIDE = re.compile(r"(?:Prior to|Before|Ahead of) (?:the|this|their|his|her) (?:meeting|talks|call|discussions)\b")


def join(book: Ledger, company: Company) -> None:
    """Let those who came along take part in the visit, or in the latest encounter."""
    party = company.party
    if company.remarks:  # who was met at another time may be quoted too
        elsewhere = {person for draft in book.drafts if draft.status != "held" for person in draft.people} - book.known
        party = Party(tuple(one for one in party.people if one.person.id not in elsewhere), party.groups)
    if company.is_retinue:
        party = _of_whom_they_accompanied(book, company, party)
    targets = _joined(book, company)
    book.joined = targets if company.is_other_side else []
    for target in targets:
        if company.remarks and not (target.kind == "convening" or target.groups):
            continue  # those who are quoted were not there, unless more people were than those named so far
        target.add(party, company.rule)
        target.has_members |= company.is_delegation
        if company.is_retinue and not any(one.side for one in party.people):
            target.home |= party


def _of_whom_they_accompanied(book: Ledger, company: Company, party: Party) -> Party:
    """Let those who came with a guest stand for the guest's country: "Minister Y was accompanied by Ambassador Z"."""
    led = [one for draft in book.held for one in draft.party.people if one.person.id in company.of]
    sides = {own_side(book.scene, one) for one in led} - {None}
    if len(sides) != 1 or sides <= {home_side(book.scene)}:
        return party
    return Party(tuple(replace(one, side=one.side or sides.copy().pop()) for one in party.people), party.groups)


def _joined(book: Ledger, company: Company) -> list[Draft]:
    """Return what they took part in: those named, the trip, the latest encounter, or all ("joined both meetings")."""
    if company.is_presence and (named := _named(book, company)):
        return named
    if company.is_other_side and book.joined:
        return book.joined
    if with_those := [draft for draft in book.held if company.met & draft.people.keys()]:
        return with_those
    if company.all:
        return book.held
    if company.ahead or not book.held:
        return _to_come(book, company)
    if company.is_delegation and not book.visit:
        return [_led(book) or book.held[0]]
    if book.visit and (company.is_item or not company.remarks):
        met = [draft for draft in book.held if company.of & draft.people.keys()]
        if met and company.of and not company.of & book.visit.people.keys():
            return met[-1:]  # who accompanied the host of a guest
        last = book.held[-1]
        of_leg = company.is_joining and book.visit.position < book.paragraph <= last.position
        at_talks = bool(company.at) and company.at != "visit"  # "also joined *the discussion*"
        there = (company.is_presence or of_leg or at_talks) and last is not book.visit
        if _are_hosts(book, company):
            return [_talks(book, book.visit) if last is book.visit else last]
        return book.held[-1:] if there else [book.visit]
    if company.of and company.of <= book.held[-1].home.ids and _came_along(book, company):
        return [draft for draft in book.held if company.of & draft.home.ids]
    return book.held[:1] if company.is_item else _latest(book)


def _came_along(book: Ledger, company: Company) -> bool:
    """Tell whether they came to all: on a trip, or where a paragraph of its own says whom they accompanied."""
    if company.is_retinue and STAY.search(book.scene.text):
        return True
    alone = all(draft.position < book.paragraph for draft in book.held)
    return company.is_escort and not company.at and alone


def _talks(book: Ledger, visit: Draft) -> Draft:
    """Enter the talks for which those of the *visit* came, and which somebody led on the other side."""
    talks = Draft(visit.position + 1, "meeting", "held", home=visit.home, sentence=visit.sentence, visit=visit)
    talks.add(visit.home, "meetings.company")
    talks.evidence = list(visit.evidence)
    book.drafts.append(talks)
    return talks


def _to_come(book: Ledger, company: Company) -> list[Draft]:
    """Return the plans they join: those at the place told, the latest ("They will be joined by X"), or the first."""
    plans = [draft for draft in book.drafts if draft.is_ahead]
    there = [draft for draft in plans if draft.kind != "visit" and company.places & draft.places.keys()]
    latest = company.is_joining and not company.of
    return there or (plans[-1:] if latest else plans[:1])


def _led(book: Ledger) -> Draft | None:
    """Return the encounter to which a delegation was led, of which "the delegation included" speaks."""
    text = book.scene.text
    return next((draft for draft in book.held if draft.sentence and LED.search(draft.sentence.of(text))), None)


def _latest(book: Ledger) -> list[Draft]:
    """Return the encounter told last, one that was before it and told in passing aside."""
    return [draft for draft in book.held if not _is_aside(book, draft)][-1:] or book.held[-1:]


def _is_aside(book: Ledger, draft: Draft) -> bool:
    """Tell whether it was before another: "Prior to the meeting, the guest called on X"."""
    told = draft.sentence is not None and ASIDE.match(book.scene.text, draft.sentence.start)
    return bool(told) and draft is not book.main


def _named(book: Ledger, company: Company) -> list[Draft]:
    """Return what is named again, once or several times: "were associated with *the talks*"."""
    if not company.at or company.at == "visit":
        return [book.visit] if company.at and book.visit else []
    text = book.scene.text
    return [draft for draft in book.held if any(company.at in mention.span.of(text) for mention in draft.evidence)]


def _are_hosts(book: Ledger, company: Company) -> bool:
    """Tell whether all who are new are of the country visited, so that they did not travel."""
    if book.visit is None or company.is_retinue:
        return False
    fresh = [one for one in company.party.people if one.person.id not in book.known]
    sides = {own_side(book.scene, one) for one in fresh} - {None}
    home = home_side(book.scene)
    return bool(sides) and home not in sides and sides <= set(book.visit.hosts(book.scene))
