"""A verb in its sentence: its tense and status, and the stretches in which its subject and its object stand."""

from __future__ import annotations

import re

from kg.extract.encounters.grammar import Encounters, Frame, Verb
from kg.extract.encounters.parties import party_in
from kg.extract.encounters.party import Party, phrase_of
from kg.extract.encounters.sighting import Sighting
from kg.extract.encounters.whereabouts import when_in
from kg.extract.scene import Scene
from kg.model import Agency, Event, Initiative, Kind, Mode, Person, Span, Status
from kg.values import dataclass

__all__ = ["BEING_IN", "WHO", "Predicate", "is_in_name", "predicates"]

PASSIVE = re.compile(r"\b(?:was|were|be|been|being|is|are)(?: also| then| [a-z]+ly)? $")
WHEN = re.compile(r"\bwhen [^,;]+ $")
FUTURE_PASSIVE = re.compile(r"\b(?:will|would|shall|to)(?: also)? be(?: [a-z]+ly)? $")
INVITED = re.compile(
    r"\b(?:invit(?:ed|es|ing)|extended an invitation to) (?P<guest>[^.;:]{2,110}?) to "
    r"(?:(?:pay|make|undertake) an? (?:[a-z]+ ){0,2})?$"
)
# "X accepted Y’s invitation to visit": X will travel.
ACCEPTED = re.compile(
    r"(?P<guest>[^.;:]{2,90}?) (?:accepted|welcomed) [^.;:]{2,80}?\binvitation to (?:pay an? [a-z ]+)?$"
)
AGREED_TOO = re.compile(r"\b(?:agreed|decided|plan\w*|look(?:s|ing)? forward) to [^;]{5,200} and to $")
PURPOSE_BEFORE = re.compile(r"(?:\b(?:to|and|or|and to)(?: also| then)?|,) $")
CLAUSE = re.compile(
    r"; |: |\bwhere |\bwhile |\bwhen |\bthat |\bwhich |, and (?=(?:he|she|they|it)\b)|, but |\band then "
)
ADVERBS = r"(?: also| then| today| [a-z]+ly)*"
ADJACENT = re.compile(
    rf"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Ww]e|I|[Tt]he (?:\w+ )?delegation|and|who)(?: \(\w+\))?,?{ADVERBS},? $"
)
WHO = re.compile(r", who [^;]+, $")
GAP = re.compile(rf"{ADVERBS} ")
FROM_NAME = re.compile(rf"(?:,[^,]+,)?(?: \([^)]*\))?,?{ADVERBS},? ")
LOOKS_AHEAD = re.compile(r"\b(?:will|would|provide|look\w* forward|hope\w*|welcome\w*|invit\w*|offer\w*)\b")
# After a participle: "led by X", "led on the Peruvian side by X".
BY_WHOM = re.compile(r"(?: on (?:the [\w. ]{2,25}|his|her|their|its) (?:side|part|behalf))? by ")
# How somebody else took part says nothing of the rest: "and Secretary X joined virtually".
JOINED = re.compile(r"\b(?:joined|joining|participated|participating)(?: (?!an?\b|the\b)\w+)? $")
NAMED = re.compile(r"[A-Z][\w-]+ [A-Z]")
"""A word for a mode as part of a name: "the Centre for Hybrid Threats"."""
BEING_IN = {"has been in", "have been in", "was in", "were in", "is in", "are in"}
BEING = BEING_IN | {"was on", "is on"}
PROGRESSIVE = re.compile(r"\b(?:is|are|am|was|were)(?: also| currently| now| today)? $")
OWN = re.compile(r"\b(?:I|we)(?: also| then)? $", re.IGNORECASE)
ARRANGED: tuple[Frame, ...] = ("travel", "meet", "visit-person", "host")
"""Frames whose verbs tell in the present of what has been arranged."""
HAVE = {"has", "have", "had", "having"}
TAIL = 60
"""How many characters before a verb its auxiliaries and its pronoun stand, at most."""
NAME_REACH = 120
"""How far from a verb a name that it is part of may begin or end, in characters."""


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb with its reading. `subject` stands before it, `who` after it as far as those met may be named."""

    scene: Scene
    grammar: Encounters
    sentence: Span
    verb: Span
    reading: Verb
    status: Status
    passive: bool
    subject: Span | None
    who: Span | None
    ends_with: str
    """The words that end `who`: the beginning of a purpose, a second verb, a circumstance; empty at the full stop."""

    @property
    def word(self) -> str:
        """The verb as it stands in the text."""
        return self.verb.of(self.scene.text)

    @property
    def before(self) -> str:
        """The sentence up to the verb."""
        return self.scene.text[self.sentence.start : self.verb.start]

    @property
    def after(self) -> str:
        """The words of `who`."""
        return self.who.of(self.scene.text) if self.who else ""

    def party(self, span: Span | None, *, states: bool = False) -> Party:
        """Return who stands in *span*."""
        return party_in(self.scene, self.grammar, span, states=states) if span else Party()

    def noun(self, span: Span | None) -> re.Match[str] | None:
        """Return the first noun of an encounter in *span*."""
        return self.grammar.noun_in(self.scene.text, span.start, span.end) if span else None

    def kind_of(self, noun: re.Match[str]) -> Kind:
        """Return the kind of encounter that *noun* names."""
        return self.grammar.kind_of(noun.group())

    def people_from(self, start: int, stop: int | None = None) -> Span | None:
        """Return the stretch from *start* in which people may be named, at most to *stop*."""
        stop = self.sentence.end if stop is None else stop
        ends = _ends(self.scene, self.grammar, start, stop)
        end = ends.start() if ends else stop
        return Span(start, end) if start < end else None

    def mode(self, start: int | None = None) -> Mode | None:
        """Return the mode that the clause states from *start* on, if it states one."""
        stop = self.who.end if self.who else self.verb.end
        text, begin = self.scene.text, self.sentence.start if start is None else start
        for found in self.grammar.mode.finditer(text, begin, stop):
            if not JOINED.search(text, begin, found.start()) and not NAMED.match(text, found.start()):
                return self.grammar.modes[found.group().lower()]
        return None


def predicates(
    scene: Scene, grammar: Encounters, sentence: Span, verb: Span, previous: Sighting | None
) -> list[Predicate]:
    """Return the ways in which the *verb* may be read as one of an encounter, best first."""
    if _is_auxiliary(scene, grammar, sentence, verb):
        return []
    before = scene.text[sentence.start : verb.start]
    passive = PASSIVE.search(before[-TAIL:]) is not None
    participle = BY_WHOM.match(scene.text, verb.end) is not None and not passive
    found = []
    for reading in grammar.readings[verb.of(scene.text)]:
        status = _status(grammar, reading, before, previous)
        if reading.frame in ARRANGED and (ongoing := _by_its_day(scene, grammar, sentence, verb, reading)):
            status = ongoing
        being = reading.tense == "past" and before.endswith("being ")  # "the talks being led by X"
        if status is None or being or (participle and reading.frame not in ("meet", "speak")):
            continue  # "a delegation led by X" is told where the verb of the sentence stands
        subject = _subject(scene, grammar, sentence, verb, previous)
        ends = _ends(scene, grammar, verb.end, sentence.end)
        stop = ends.start() if ends else sentence.end
        predicate = Predicate(
            scene,
            grammar,
            sentence,
            verb,
            reading,
            status,
            passive and reading.tense == "past",
            subject,
            Span(verb.end, stop) if verb.end < stop else None,
            ends.group() if ends else "",
        )
        if (reading.tense != "present" and predicate.word not in BEING) or _has_actor(predicate):
            found.append(predicate)  # and not "recent visits to", "the situation was in"
    return found


def _ends(scene: Scene, grammar: Encounters, start: int, stop: int) -> re.Match[str] | None:
    """Find what ends the words of who took part, but not within a title: "Minister *for the* Coast Ann Ewe"."""
    for found in grammar.who_ends.finditer(scene.text, start, stop):
        words = Span(*found.span())
        people = ((entity, mention) for mention, entity in scene.mentions_in(Span(start, stop)))
        if not any(isinstance(one, Person) and phrase_of(one, mention).covers(words) for one, mention in people):
            return found
    return None


def _is_auxiliary(scene: Scene, grammar: Encounters, sentence: Span, verb: Span) -> bool:
    """Tell whether the *verb* only helps the next one to its tense: "has also held talks with Y"."""
    if verb.of(scene.text) not in HAVE:
        return False
    main = grammar.verb.search(scene.text, verb.end, sentence.end)
    if main is None or not GAP.fullmatch(scene.text, verb.end, main.start()):
        return False
    return any(reading.tense == "past" for reading in grammar.readings[main.group()])


def _status(grammar: Encounters, reading: Verb, before: str, previous: Sighting | None) -> Status | None:
    """Tell when the encounter was, by what stands before the verb; None where it is no finite verb of one."""
    tail = before[-TAIL:]
    if grammar.achieved.search(tail) and not LOOKS_AHEAD.search(tail):
        return "held"
    if reading.tense == "base" and reading.frame == "travel" and _invited(before):
        return "planned"
    if reading.tense == "past" and (future := FUTURE_PASSIVE.search(tail)):
        return "held" if grammar.achieved.search(f"{tail[: future.start()]}to ") else "planned"
    if reading.tense == "present" and WHEN.search(tail):
        return "planned"
    if reading.tense in ("base", "ing"):
        if grammar.planned.search(tail) or AGREED_TOO.search(before):
            return "planned"
        if previous and PURPOSE_BEFORE.search(tail):
            return previous.status
        by_meeting = reading.tense == "ing" and reading.frame in ("meet", "speak") and tail.endswith("by ")
        return "held" if by_meeting else None
    if reading.tense == "past" and grammar.past.search(tail):
        return "background"
    if previous and previous.status == "planned" and re.search(r"\band $|\bwhen [^,;]+ $", tail):
        return "planned"
    return "held"


def _by_its_day(scene: Scene, grammar: Encounters, sentence: Span, verb: Span, reading: Verb) -> Status | None:
    """Tell by the date when it is of which the present tense tells: "is travelling to Oslo from 2 to 5 May".

    The progressive tells of what goes on, or of what is to come; a plain present only then of what is to come. So does
    "This week I travel to Oslo", of a traveller's own release.
    """
    before = scene.text[max(sentence.start, verb.start - TAIL) : verb.start]
    progressive = PROGRESSIVE.search(before) is not None
    own = reading.tense == "base" and reading.frame == "travel" and OWN.search(before) is not None
    if not (progressive if reading.tense == "ing" else own or reading.tense == "present"):
        return None
    when, issued = when_in(scene, grammar, sentence, verb, future=progressive or own), scene.readout.issued
    if when and issued:
        day = (when.end or when.start) if own else when.start
        today = issued.isoformat()[: len(day)]
        if day > today or (own and day == today):
            return "planned"
    return "held" if progressive else None


def _invited(before: str) -> re.Match[str] | None:
    """Find the guest where an invitation to travel ends *before*."""
    return INVITED.search(before) or ACCEPTED.search(before) if "invit" in before else None


def _subject(scene: Scene, grammar: Encounters, sentence: Span, verb: Span, previous: Sighting | None) -> Span | None:
    if guest := _invited(scene.text[sentence.start : verb.start]):
        return Span(sentence.start + guest.start("guest"), sentence.start + guest.end("guest"))
    start = _skip_fronting(scene, grammar, sentence.start, verb.start)
    if previous and previous.span.start < verb.start:
        start = max(start, min(previous.span.end, verb.start))
    for found in CLAUSE.finditer(scene.text, start, verb.start):
        start = found.end()
    relative = WHO.search(scene.text, start, verb.start)  # "X, who accompanied Z, met Y"
    stop = relative.start() if relative else verb.start
    return Span(start, stop) if start < stop else None


def _skip_fronting(scene: Scene, grammar: Encounters, start: int, stop: int) -> int:
    """Return where the subject may begin: after "Following …," and the like, whose people did something else."""
    while found := grammar.fronting.match(scene.text, start, stop):
        comma = scene.text.find(", ", found.end(), stop)
        if comma < 0:
            break
        start = comma + 2
    return start


def _has_actor(predicate: Predicate) -> bool:
    """Tell whether a person or pronoun stands right before the verb."""
    if predicate.subject is None:
        return False
    text, start = predicate.scene.text, predicate.verb.start
    people = predicate.party(predicate.subject).people
    gaps = (text[a.phrase.end : start] for a in people if a.phrase.end <= start)
    return any(FROM_NAME.fullmatch(gap) for gap in gaps) or ADJACENT.search(predicate.before[-TAIL:]) is not None


def is_in_name(scene: Scene, words: Span) -> bool:
    """Tell whether *words* are part of the name of a person, body, initiative or event."""
    around = Span(max(0, words.start - NAME_REACH), min(len(scene.text), words.end + NAME_REACH))
    return any(
        mention.span.covers(words) and isinstance(entity, Initiative | Event | Agency | Person)
        for mention, entity in scene.mentions_in(around)
    )
