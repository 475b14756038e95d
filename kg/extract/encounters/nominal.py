"""Encounters that a noun names: "their June 16 call", "his upcoming visit to Y"; and those that open a sentence."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.encounters.dates import When, find_dates
from kg.extract.encounters.grammar import Encounters
from kg.extract.encounters.openings import read_opening
from kg.extract.encounters.parties import party_in
from kg.extract.encounters.party import Attendee, Group, Party, phrase_of
from kg.extract.encounters.sighting import Sighting
from kg.extract.encounters.whereabouts import places_in
from kg.extract.scene import Scene
from kg.model import Agency, Person, Span, Status

__all__ = ["members", "read_noun"]

OWNED = re.compile(r"(?:(?P<genitive>[’'](?:s\b)?)|\b(?P<word>his|her|their|our|the|[Aa]n?))\s(?:[\w.,–-]+\s){0,5}?$")
TODAYS = re.compile(
    r"(?:today|yesterday|morning|afternoon|week|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)[’']s?$"
)
DURING = re.compile(r"(?:\b(?:during|in the course of|as part of|concluded|completed)|^On)\s?$", re.IGNORECASE)
LEADER = re.compile(r"\b(?:President|Prime Minister|Chancellor|Taoiseach|Premier|King|Emir|Amir|Sultan)\b")
VISIT_BY = re.compile(r"[^.;:]{0,60}?\b(?:by|of)\b")
LOOKS_FORWARD = re.compile(r"\blook(?:s|ed|ing)? forward to $")
BETWEEN = re.compile(r"[^.;:]{0,40}?\bbetween\b")
AFTER_NOUN = re.compile(r"[^.;:]{0,40}?\b(?:with|between)\b")
FORESEEN = r" (?:is|are)(?: also)? (?:planned|scheduled|foreseen|envisaged|on the (?:agenda|programme))\b"
PLANNED = re.compile(
    rf"(?: (?:with|between) [^.;:]{{2,150}}?)?{FORESEEN}|[^.;:]{{0,90}}? (?:scheduled|slated|planned) for\b"
)
# At the head of a sentence, without an article: "Talks with Y and Z are planned", "Meetings are scheduled with Y".
BARE = re.compile(rf"(?:Bilateral |Official |Further )?[A-Za-z]+s(?: with [^.;:]{{2,150}}?)?{FORESEEN}")
LONGEST_PHRASE = 90
HEAD_REACH = 15
DATE_REACH = 45
"""How many characters after the noun its date may begin."""


def read_noun(scene: Scene, grammar: Encounters, sentence: Span, noun: Span, *, first: bool) -> Sighting | None:
    """Read the *noun* of an encounter as an earlier, a planned or, at the head of a sentence, a held one.

    Args:
        scene: the readout with its people, bodies and places.
        grammar: the words of encounters.
        sentence: in which it stands.
        noun: where it stands.
        first: no verb of the sentence has told of an encounter so far.
    """
    if first and (opening := read_opening(scene, grammar, sentence, noun)):
        return opening
    text, words = scene.text, noun.of(scene.text)
    longer = grammar.noun_in(text, noun.start, sentence.end)
    owned = _owned(text, sentence, noun)
    if owned is None and BARE.match(text, sentence.start, sentence.end) and noun.end - sentence.start < DATE_REACH:
        return _foreseen(scene, grammar, sentence, noun)
    if owned is None or grammar.is_weak(words) or (longer and longer.start() > noun.start):
        return None
    at, word = owned.start(), owned["word"]
    lead, between = text[sentence.start : at], text[at : noun.start]
    kind = grammar.kind_of(words)
    plan = PLANNED.match(text, noun.end, sentence.end)
    visitor = _visitor(scene, sentence, noun) if kind == "visit" else Party()
    ends_at = (noun.end, plan.end() if plan else 0, *(one.phrase.end for one in visitor.people))
    when = _when(scene, Span(at, min(max(ends_at) + DATE_REACH, sentence.end)))
    near = (not first or at - sentence.start < HEAD_REACH) and not grammar.background.search(between)
    ongoing = not plan and kind == "visit" and word is not None and near and DURING.search(lead) is not None
    status = "planned" if plan else "held" if ongoing else _status(scene, grammar, lead, between, when)
    home = Party() if ongoing else _owner(scene, sentence, at, owned)
    if kind == "visit" and not home and status == "planned":
        home = visitor
    if status is None or (word is None and not home):
        return None
    other = Party() if kind == "visit" else _partner(scene, grammar, sentence, noun)
    other |= members(scene, at, noun.start, words)
    if plan and not home and len(other.people) > 1 and BETWEEN.match(text, noun.end):
        home, other = Party(other.people[:1]), replace(other, people=other.people[1:])
    if not (plan or home or other.people) and word in ("the", "a", "an") and not _of_leaders(scene, words):
        return None
    ends = grammar.who_ends.search(text, noun.end, sentence.end)
    around = Span(noun.start, ends.start() if ends else sentence.end)
    places = () if kind == "call" else places_in(scene, grammar, around, noun, travel=kind == "visit")
    if not (places or other or when) or (kind == "visit" and not (home or ongoing)):
        return None
    awaited = status == "planned" and LOOKS_FORWARD.search(lead) is not None
    mode = grammar.mode.search(text, at, noun.end)
    return Sighting(
        sentence=sentence,
        span=Span(max(at + 1, sentence.start), noun.end),
        frame="noun",
        kind=kind,
        mode=grammar.modes[mode.group().lower()] if mode else None,
        status=status,
        home=home,
        others=(other,),
        anaphor="" if home or (other.people and word != "their" and not awaited and not plan) else "they",
        when=when,
        places=places,
    )


def _foreseen(scene: Scene, grammar: Encounters, sentence: Span, noun: Span) -> Sighting | None:
    """Read "Talks with Y and Z are planned": those of whom the text has told will meet them."""
    other = _partner(scene, grammar, sentence, noun)
    kind = grammar.kind_of(noun.of(scene.text))
    if not other.people or kind == "visit":
        return None
    when = next(find_dates(scene.text, Span(noun.end, sentence.end), scene.readout.issued, future=True), None)
    return Sighting(sentence, noun, "noun", kind, None, "planned", Party(), (other,), "they", when)


def _owned(text: str, sentence: Span, noun: Span) -> re.Match[str] | None:
    """Find the genitive or article before the *noun*, unless the genitive is one of time: "today’s"."""
    begin = max(sentence.start, noun.start - LONGEST_PHRASE)
    owned = OWNED.search(text, begin, noun.start)
    time = owned and owned["genitive"] and TODAYS.search(text, sentence.start, owned.end("genitive"))
    return None if time else owned


def _when(scene: Scene, span: Span) -> When | None:
    """Return the first date near the noun; a month without a year is the nearest one, be it to come."""
    issued = scene.readout.issued
    past = next(find_dates(scene.text, span, issued), None)
    future = next(find_dates(scene.text, span, issued, future=True), None)
    if past is None or future is None or issued is None or len(past.start) != 7:
        return past
    this = issued.year * 12 + issued.month
    months = [abs(int(when.start[:4]) * 12 + int(when.start[5:7]) - this) for when in (past, future)]
    return future if months[1] < months[0] else past


def _status(scene: Scene, grammar: Encounters, before: str, between: str, when: When | None) -> Status | None:
    """Tell by what stands *before* the noun phrase, within it and by its date, whether it is over or to come."""
    lead = before[-40:]
    issued = scene.readout.issued
    if grammar.background.search(lead[-25:]):
        return "background"
    if grammar.upcoming.search(between) or grammar.planned.search(lead.rstrip() + " "):
        return "planned"
    if when and issued:
        today = issued.isoformat()[: len(when.start)]
        if when.start > today or re.search(r"next|tomorrow|later", when.span.of(scene.text)):
            return "planned"
        if when.start < today:
            return "background"
    return "background" if grammar.background.search(between) else None


def _owner(scene: Scene, sentence: Span, at: int, owned: re.Match[str]) -> Party:
    """Return whose encounter it is: the persons in the genitive, or for "his" the person named last."""
    if sentence.start >= at:
        return Party()
    mentioned = [(m, e) for m, e in scene.mentions_in(Span(sentence.start, at)) if isinstance(e, Person)]
    own = [(m, e) for m, e in scene.mentions_in(Span(at, at + 4)) if isinstance(e, Person)]
    if owned["word"] in ("his", "her") and own:
        mentioned = own
    if not mentioned:
        return Party()
    mention, person = mentioned[-1]
    if owned["genitive"]:
        return Party((Attendee(person, mention.span),)) if mention.span.end == at else Party()
    return Party((Attendee(person, mention.span, 0.8),)) if owned["word"] in ("his", "her") else Party()


def _visitor(scene: Scene, sentence: Span, noun: Span) -> Party:
    """Return who makes "the upcoming visit to Lima by Minister Y"."""
    found = VISIT_BY.match(scene.text, noun.end, sentence.end)
    if found is None:
        return Party()
    for mention, entity in scene.mentions_in(Span(found.end(), sentence.end)):
        if isinstance(entity, Person):
            return Party((Attendee(entity, phrase_of(entity, mention), 0.8),))
    return Party()


def _partner(scene: Scene, grammar: Encounters, sentence: Span, noun: Span) -> Party:
    found = AFTER_NOUN.match(scene.text, noun.end, sentence.end)
    if found is None:
        return Party()
    ends = grammar.who_ends.search(scene.text, found.end(), sentence.end)
    stop = ends.start() if ends else sentence.end
    if grammar.fronting.match(scene.text, sentence.start, noun.start):
        comma = scene.text.find(", ", found.end(), stop)
        stop = comma if comma > 0 else stop
    return party_in(scene, grammar, Span(found.end(), stop)) if found.end() < stop else Party()


def members(scene: Scene, start: int, stop: int, noun: str) -> Party:
    """Return the body that stands before the *noun* and whose members meet: "a G7 leaders’ meeting"."""
    who = re.match("leaders|ministers", noun)
    found = [(m, e) for m, e in scene.mentions_in(Span(start, stop)) if isinstance(e, Agency)] if start < stop else []
    bodies = [(mention, body) for mention, body in found if body.country is None]
    if who is None or not bodies:
        return Party()
    mention, body = bodies[-1]
    return Party(groups=(Group(f"{mention.span.of(scene.text)} {who.group()}", (body.id,)),))


def _of_leaders(scene: Scene, words: str) -> bool:
    """Tell whether it is a meeting of leaders, and the readout one of leaders, so that they will be there."""
    if not words.lower().startswith("leaders"):
        return False
    return any(LEADER.search(held.post.title) for person in scene.people for held in person.holdings)
