"""Who else took part: "was joined by", "the delegation included", and the lists under "Participants:"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.encounters.grammar import OF_PLACE, Encounters
from kg.extract.encounters.listings import read_listing
from kg.extract.encounters.parties import party_in, people_in
from kg.extract.encounters.party import Attendee, Group, Party, phrase_of
from kg.extract.encounters.predicate import WHO
from kg.extract.encounters.rows import NEXT_TITLE, row_from
from kg.extract.phrases import Phrases
from kg.extract.scene import Scene
from kg.extract.words import word_set
from kg.model import Person, Place, Span
from kg.values import dataclass

__all__ = ["Company", "read_company"]

REMARKS = re.compile(
    r"including|featured|remarks|heard|moderated|opened|kicked|spoke|hosted|facilitated|closed", re.IGNORECASE
)
# What follows these may be anything: "the featured leaders shared …".
NAMES_ONLY = re.compile(r"featured$|including$|with$", re.IGNORECASE)
RETINUE = re.compile(r"join(?:ed)?\b|accompan|delegation|alongside", re.IGNORECASE)
PRESENCE = re.compile(r"present|attend|t(?:ook|aking) part|participat|associated", re.IGNORECASE)
AT = re.compile(r"\bthe (?:\w+ )?(talks|discussions?(?! with)|consultations|visit|session|dialogue)\b")
SIDE = re.compile(r"\b(?:on|from) the (?:[A-Z]\w+ ){1,2}side\b")
TITLES = r"(?:(?:[A-Z][\w’.&-]*|of|for|and) )*"
CLAUSE_HEAD = re.compile(
    r"(?:(?:During|At|Following|After) the [\w ]+, |(?:Additionally|In addition|Finally|Also|Next), )?"
    rf"(?:The |White House )?{TITLES}|.*(?:, and|, while|;) (?:the )?{TITLES}",
    re.DOTALL,
)
# Between two who speak together: "Governor X of Maine| and Governor |Y", "X|, Director of Health, and |Y".
BESIDE = re.compile(
    rf"{OF_PLACE}(?:, [A-Z][\w’&. -]{{2,60}})?(?:,| and|, and|;|; and) "
    r"(?:(?:his|her|their|[A-Z][\w’.&-]*|of|for|and|the) )*"
)
HEARD = word_set("briefing briefings update updates overview presentation presentations information remarks")
HEARD_FROM = re.compile(rf"(?:{'|'.join(HEARD)})\b(?:(?: (?:on|of|about|regarding) [^;.]{{1,250}}?)? from| by) ")
HEARD_IN = Phrases(HEARD, lambda _: HEARD_FROM)
AHEAD = re.compile(r"\bwill\b(?: also)?(?: be)? ?$")
IN = re.compile(r"(?: meetings| talks)? (?:in|to) ")
MEETINGS_WITH = re.compile(r"\b(?:meetings?|calls?|discussions|talks|consultations|conversations) with ")
EVERY = re.compile(r"\b(?:both|all|the|these|those) (?:meetings|calls|discussions|talks|consultations|conversations)\b")
# Those named before, and the rest of a clause: "The participants", "Young leaders that …".
KNOWN = re.compile(
    r"(?:the|these|those|both|all|each|his|her|their|our|participants|attendees|leaders|they)\b|.* (?:that|who|which)$",
    re.IGNORECASE,
)
# A verb that shares the subject of the one before: "X met Y and also attended the fair", "X met Y, attended the fair".
STATE_ENDS = re.compile(r"[,.;]| (?:and|as|at|for|in|on|to|with)\b")
WHEREAS = re.compile(r",? (?:while|whereas) ")
SHARED = re.compile(r"(?:\band|,)(?: also| then| later)? $")
ELSEWHERE_REACH = 40
"""How many characters after the verb it shows that something was said elsewhere: "announced in a *speech*"."""
HEARD_REACH = 220
"""How many characters after "a briefing from" those who briefed are named."""


@dataclass(frozen=True, slots=True)
class Company:
    """Those whom a sentence adds. `listing`: the next lines are a list of people; `is_item`: this one is such a line.

    `remarks`: they spoke at a gathering; `is_retinue`: they came with those whom the readout is of; `is_presence`: they
    were at the encounter told last, or at the one that `at` names ("the talks"); `is_delegation`: they are the members
    of a delegation; `is_joining`: they joined in, be it for a leg of a trip; `is_escort`: they accompanied somebody;
    `is_other_side`: they are of one side of what others took part in; `all`: to each of its encounters; `ahead`: to
    what is to come; `places`: where they joined ("will join me in Lima"); `of`: the ids of those whom they accompanied;
    `met`: of those with whom the encounters were ("took part in the meetings with X and Y").
    """

    party: Party
    rule: str
    listing: bool = False
    is_item: bool = False
    remarks: bool = False
    is_retinue: bool = False
    is_presence: bool = False
    is_delegation: bool = False
    is_joining: bool = False
    is_escort: bool = False
    at: str = ""
    is_other_side: bool = False
    all: bool = False
    ahead: bool = False
    of: frozenset[str] = frozenset()
    met: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()


def read_company(scene: Scene, grammar: Encounters, sentence: Span, *, listing: bool) -> tuple[Company, ...]:
    """Return whom *sentence* adds; *listing* tells that the line before belongs to a list of those who took part."""
    if listed := read_listing(scene, grammar, sentence, listing=listing):
        return (Company(listed.party, "meetings.list", listing=listed.open, is_item=listed.is_item),)
    told = [_told(scene, grammar, clause) for clause in _clauses(scene, grammar, sentence)]
    speakers = (*_speakers(scene, grammar, sentence), *_briefers(scene, sentence))
    spoke = Company(Party(speakers), "meetings.spoke", remarks=True) if speakers else None
    return tuple(company for company in (*told, spoke) if company)


def _clauses(scene: Scene, grammar: Encounters, sentence: Span) -> tuple[Span, ...]:
    """Return the clauses that tell each of company of its own: "X came with Y, while Z was accompanied by W"."""
    if cut := WHEREAS.search(scene.text, sentence.start + 1, sentence.end - 1):
        clauses = Span(sentence.start, cut.start()), Span(cut.end(), sentence.end)
        if all(grammar.company_after.search(scene.text, clause.start, clause.end) for clause in clauses):
            return clauses
    return (sentence,)


def _told(scene: Scene, grammar: Encounters, sentence: Span) -> Company | None:
    """Return those of whom a verb of *sentence* tells that they came along, or belong to the body that met."""
    for found in grammar.company_after.finditer(scene.text, sentence.start, sentence.end):
        party = row_from(scene, grammar, found.end(), sentence.end)
        if NAMES_ONLY.search(found.group()):
            party = Party(party.people)
        if found.group().lower().endswith("hosted by") and (state := _state_at(scene, found.end(), sentence.end)):
            return Company(state, "meetings.company")
        if party.people or (party and found.group().lower() != "alongside"):
            return _company(scene, sentence, found, party)
    for found in grammar.company_before.finditer(scene.text, sentence.start, sentence.end):
        if sentence.start < found.start() and (party := _named_before(scene, grammar, sentence, found.start())):
            return _company(scene, sentence, found, party)
    if told := grammar.membership.search(scene.text, sentence.start, sentence.end):
        rest = Span(told.end(), sentence.end) if told.end() < sentence.end else None
        if rest and (members := tuple(people_in(scene, rest))):
            return Company(Party(members), "meetings.members")
    return None


def _state_at(scene: Scene, start: int, stop: int) -> Party:
    """Return the state whose name begins at *start*, as one that hosts: "Hosted by France, the meeting …"."""
    named = ((m.span, e) for m, e in scene.mentions_in(Span(start, stop)) if isinstance(e, Place) and e.country)
    words, state = next(named, (None, None))
    if words is None or state is None or words.start - start > len(" the "):
        return Party()
    alone = STATE_ENDS.match(scene.text, words.end) is not None  # and not "hosted by Peru’s Minister X"
    return Party(groups=(Group(words.of(scene.text), (state.id,)),)) if alone else Party()


def _named_before(scene: Scene, grammar: Encounters, sentence: Span, stop: int) -> Party:
    """Return who joined: those named up to *stop*, and new groups beside them ("officials of … also took part")."""
    if relative := WHO.search(scene.text, sentence.start, stop):
        stop = relative.start()
    elif SHARED.search(scene.text, sentence.start, stop) and (first := _first_told(scene, grammar, sentence, stop)):
        stop = max(first, sentence.start + 1)
    party = party_in(scene, grammar, Span(sentence.start, stop))
    return Party(party.people, tuple(group for group in party.groups if group.sides or not KNOWN.match(group.words)))


def _first_told(scene: Scene, grammar: Encounters, sentence: Span, stop: int) -> int | None:
    """Return where the first verb of encounter in the past stands, up to *stop*."""
    verbs = grammar.verb.finditer(scene.text, sentence.start, stop)
    told = (verb.start() for verb in verbs if any(read.tense == "past" for read in grammar.readings[verb.group()]))
    return next(told, None)


def _briefers(scene: Scene, sentence: Span) -> Iterator[Attendee]:
    """Yield from whom those present heard something: "received an update on the budget from Secretary X and Y"."""
    for found in HEARD_IN.finditer(scene.text, sentence.start, sentence.end):
        near = Span(found.end(), min(sentence.end, found.end() + HEARD_REACH))
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
    chain: list[Attendee] = []
    for attendee in people_in(scene, sentence):
        if not (chain and BESIDE.fullmatch(scene.text, chain[-1].phrase.end, attendee.phrase.start)):
            chain = []
        chain.append(attendee)
        before = scene.text[sentence.start : chain[0].phrase.start]
        spoke = grammar.speaking.match(scene.text, attendee.phrase.end, sentence.end)
        if spoke and CLAUSE_HEAD.fullmatch(before):
            near = min(spoke.end() + ELSEWHERE_REACH, sentence.end)
            if not grammar.elsewhere.search(scene.text, sentence.start, near):
                yield from chain


def _company(scene: Scene, sentence: Span, found: re.Match[str], party: Party) -> Company:
    remarks = REMARKS.search(found.group()) is not None
    retinue = RETINUE.search(found.group()) is not None
    presence = PRESENCE.search(found.group()) is not None
    at = AT.search(scene.text, found.end(), sentence.end)
    every = EVERY.search(scene.text, sentence.start, sentence.end) is not None
    ahead = found.group().startswith("will ") or AHEAD.search(scene.text, sentence.start, found.start()) is not None
    there = IN.match(scene.text, found.end(), sentence.end)
    before = Span(sentence.start, max(sentence.start + 1, found.start()))
    escort = "accompan" in found.group().lower()
    whom = Span(sentence.start, sentence.end) if escort else before
    of = frozenset(attendee.person.id for attendee in people_in(scene, whom)) - party.ids
    met = MEETINGS_WITH.search(scene.text, found.start(), sentence.end)
    with_whom = people_in(scene, Span(met.end(), sentence.end)) if met and met.end() < sentence.end else ()
    return Company(
        party,
        "meetings.company",
        remarks=remarks,
        is_retinue=retinue,
        is_presence=presence,
        is_delegation=found.group().lower().removeprefix("the ").startswith("delegation"),
        is_joining="joined by" in found.group(),
        is_escort=escort,
        is_other_side=SIDE.search(scene.text, found.end(), sentence.end) is not None,
        at=at[1] if at else "",
        all=every,
        ahead=ahead,
        of=of,
        places=frozenset(_places_from(scene, there.end(), sentence.end) if there else ()),
        met=frozenset(attendee.person.id for attendee in with_whom) - party.ids,
    )


def _places_from(scene: Scene, start: int, stop: int) -> Iterator[str]:
    """Yield the place that stands right at *start*, with the country after it."""
    for mention, entity in scene.mentions_in(Span(start, stop)) if start < stop else ():
        if isinstance(entity, Place) and mention.span.start - start < len(", the "):
            yield entity.id
            start = mention.span.end
