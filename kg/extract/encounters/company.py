"""Who else took part: "was joined by", "the delegation included", and the lists under "Participants:"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.extract.encounters.grammar import Encounters
from kg.extract.encounters.parties import party_in, people_in
from kg.extract.encounters.party import Attendee, Group, Party, phrase_of
from kg.extract.encounters.sides import sides_in
from kg.extract.scene import Scene
from kg.model import Person, Span

__all__ = ["Company", "read_company"]

ENDS = re.compile(r"; |: | (?:to|who|which|that) (?=[a-z]+\b)(?!the\b)|, (?:who|which|where|[a-z]+ed|met|spoke|held)\b")
REMARKS = re.compile(r"remarks|heard|moderated|opened|kicked|spoke|hosted|facilitated|closed", re.IGNORECASE)
RETINUE = re.compile(r"joined|accompan|delegation|alongside", re.IGNORECASE)
CLAUSE_HEAD = re.compile(
    r"(?:(?:During|At) the [\w ]+, |(?:Additionally|In addition|Finally|Also|Next), )?(?:The |White House )?"
    r"|.*(?:, and|, while|;) (?:the )?",
    re.DOTALL,
)
BARE_HEAD = re.compile(
    r"(?:[A-Z][\w’-]* )?(?:Participants|Attendees|Participant List|Panelists|Speakers)", re.IGNORECASE
)
# A line within a list of those present: "From the White House:".
SUBHEAD = re.compile(r"(?:From |For )?(?:the )?[A-Z][\w’.&-]*(?: (?:and|of|the|for|[A-Z][\w’.&-]*)){0,6}:")
NUMBERED = re.compile(r"\n\d{1,2}[.)] $")
HEARD_FROM = re.compile(
    r"\b(?:briefings?|updates?|overview|presentations?|information|remarks)\b"
    r"(?: (?:on|of|about|regarding) [^;.]{1,110}?)? (?:from|by) "
)
# What may stand between one who briefs and the next: "(FEMA), Administrator ".
NEXT_TITLE = re.compile(r"(?: \([^)]*\))?,? ?(?:[A-Z][\w’.&-]*,? |of |for |and |the |to )*")
AHEAD = re.compile(r"\bwill (?:also )?be $")
EVERY = re.compile(r"\b(?:both|all|the) (?:meetings|calls|discussions|talks|consultations|conversations)\b")
# Those named before, and the rest of a clause: "The participants", "Young leaders that …".
KNOWN = re.compile(
    r"(?:the|these|those|both|all|each|his|her|their|our|participants|attendees|leaders|they)\b|.* (?:that|who|which)$",
    re.IGNORECASE,
)
# "X, who had met Y last week, joined …"
WHO = re.compile(r", who [^;]+, $")
LONGEST_ITEM = 220


@dataclass(frozen=True, slots=True)
class Company:
    """Those whom a sentence adds. `listing`: the next lines are a list of people; `is_item`: this one is such a line.

    `remarks`: they spoke at a gathering; `is_retinue`: they came with those whom the readout is of; `all`: to each of
    its encounters; `ahead`: to what is to come; `of`: the ids of those whom they accompanied.
    """

    party: Party
    rule: str
    listing: bool = False
    is_item: bool = False
    remarks: bool = False
    is_retinue: bool = False
    all: bool = False
    ahead: bool = False
    of: frozenset[str] = frozenset()


def read_company(scene: Scene, grammar: Encounters, sentence: Span, *, listing: bool) -> Company:
    """Return whom *sentence* adds; *listing* tells that the line before belongs to a list of those who took part."""
    words = sentence.of(scene.text)
    if listing and _is_item(scene, sentence, words):
        return Company(_listed(scene, sentence), "meetings.list", listing=True, is_item=True)
    heads = words.rstrip("*").endswith(":") or BARE_HEAD.fullmatch(words)
    announced = grammar.list_head.search(words) or (listing and SUBHEAD.fullmatch(words))
    if heads and announced and not grammar.list_never.search(words):
        return Company(Party(), "meetings.list", listing=True)
    for found in grammar.company_after.finditer(scene.text, sentence.start, sentence.end):
        ends = ENDS.search(scene.text, found.end(), sentence.end)
        stop = ends.start() if ends else sentence.end
        party = party_in(scene, grammar, Span(found.end(), stop)) if found.end() < stop else Party()
        if party.people or (party and found.group().lower() != "alongside"):
            return _company(scene, sentence, found, party)
    for found in grammar.company_before.finditer(scene.text, sentence.start, sentence.end):
        if sentence.start < found.start() and (party := _named_before(scene, grammar, sentence, found.start())):
            return _company(scene, sentence, found, party)
    if told := grammar.membership.search(scene.text, sentence.start, sentence.end):
        rest = Span(told.end(), sentence.end) if told.end() < sentence.end else None
        if rest and (members := tuple(people_in(scene, rest))):
            return Company(Party(members), "meetings.members")
    speakers = (*_speakers(scene, grammar, sentence), *_briefers(scene, sentence))
    return Company(Party(speakers), "meetings.spoke", remarks=True)


def _listed(scene: Scene, line: Span) -> Party:
    """Return who stands in a line of a list: "Name, Title, Body", "Body: Name"; or a body that sent somebody."""
    people = tuple(people_in(scene, line))
    bodies = tuple(dict.fromkeys(sides_in(scene, line, bodies=True)))
    if len(people) == 1:
        return Party((replace(people[0], side=bodies[0] if bodies else None),))
    return Party(people) if people or not bodies else Party(groups=(Group(line.of(scene.text), bodies),))


def _named_before(scene: Scene, grammar: Encounters, sentence: Span, stop: int) -> Party:
    """Return who joined: those named up to *stop*, and new groups beside them ("officials of … also took part")."""
    relative = WHO.search(scene.text, sentence.start, stop)
    party = party_in(scene, grammar, Span(sentence.start, relative.start() if relative else stop))
    return Party(party.people, tuple(group for group in party.groups if not KNOWN.match(group.words)))


def _briefers(scene: Scene, sentence: Span) -> Iterator[Attendee]:
    """Yield from whom those present heard something: "received an update on the budget from Secretary X and Y"."""
    for found in HEARD_FROM.finditer(scene.text, sentence.start, sentence.end):
        near = Span(found.end(), min(sentence.end, found.end() + LONGEST_ITEM))
        end = near.start
        people = ((m, e) for m, e in scene.mentions_in(near) if isinstance(e, Person)) if near.start < near.end else ()
        for mention, person in people:
            phrase = phrase_of(person, mention)
            if not (phrase.start <= end or NEXT_TITLE.fullmatch(scene.text, end, phrase.start)):
                break
            yield Attendee(person, phrase, mention.confidence)
            end = phrase.end


def _speakers(scene: Scene, grammar: Encounters, sentence: Span) -> Iterator[Attendee]:
    """Yield who speaks up in *sentence*: at a gathering they were there."""
    if grammar.elsewhere.search(scene.text, sentence.start, sentence.end):
        return
    for attendee in people_in(scene, sentence):
        before = scene.text[sentence.start : attendee.phrase.start]
        if grammar.speaking.match(scene.text, attendee.phrase.end) and CLAUSE_HEAD.fullmatch(before):
            yield attendee


def _company(scene: Scene, sentence: Span, found: re.Match[str], party: Party) -> Company:
    remarks = REMARKS.search(found.group()) is not None
    retinue = RETINUE.search(found.group()) is not None
    every = EVERY.search(scene.text, sentence.start, sentence.end) is not None
    ahead = AHEAD.search(scene.text, sentence.start, found.start()) is not None
    before = Span(sentence.start, max(sentence.start + 1, found.start()))
    of = frozenset(attendee.person.id for attendee in people_in(scene, before)) - party.ids
    return Company(party, "meetings.company", remarks=remarks, is_retinue=retinue, all=every, ahead=ahead, of=of)


def _is_item(scene: Scene, sentence: Span, words: str) -> bool:
    """Tell whether the line belongs to a list: it has its mark, or is a short line and no sentence."""
    before = scene.text[max(0, sentence.start - 2) : sentence.start]
    if before == "- " or NUMBERED.search(scene.text, max(0, sentence.start - 5), sentence.start):
        return True
    return before in ("\n\n", "\n") and len(words) < LONGEST_ITEM and not words.endswith((".", ":"))
