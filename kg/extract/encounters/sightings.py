"""What one sentence tells of encounters, verb by verb and noun by noun."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extract.encounters.counterparts import PLURAL
from kg.extract.encounters.frames import FRAMES
from kg.extract.encounters.grammar import Encounters
from kg.extract.encounters.nominal import read_noun
from kg.extract.encounters.objects import PARTNER, Found, is_title
from kg.extract.encounters.openings import set_in_scene
from kg.extract.encounters.party import Attendee, Party
from kg.extract.encounters.predicate import Predicate, is_in_name, predicates
from kg.extract.encounters.rows import NEXT_TITLE, row_from
from kg.extract.encounters.sides import side_of
from kg.extract.encounters.sighting import Sighting
from kg.extract.encounters.whereabouts import places_in, when_in
from kg.extract.scene import Scene
from kg.model import Span

__all__ = ["FOLLOWED", "sightings"]

ANAPHOR = re.compile(
    r"\b(?:[Tt]hey|[Hh]e|[Ss]he|I|[Ww]e|[Bb]oth(?: (?i:sides|leaders|ministers|presidents|parties|officials))?"
    r"|[Tt]he (?:[\w.]+ )?(?i:delegations?|group|team|leaders|(?:prime )?ministers|presidents|secretaries|chancellors"
    r"|advisors|officials|counterparts|sides|two|three|four|pair|party|parties))\b(?![’'])"
)
ALSO = re.compile(
    r"\b(?:also|meanwhile|separately|then|additionally|in addition|individually|later|while there|subsequently|while in"
    r"|afterwards|earlier (?:in the|that|on the same) (?:day|morning|afternoon)|in the (?:afternoon|evening))\b",
    re.IGNORECASE,
)
# After a verb: "met separately", "concluded her day with a …".
ANOTHER = re.compile(r" separately| (?:his|her|their|the) (?:[\w-]+ ){1,3}with an? ")
BESIDE = re.compile(r"\b(?:with|alongside|accompanied|including|of|by)\b")
PURPOSE = re.compile(r"\bto (?:meet|visit|see|attend|discuss|hold)\b")
LONGEST_SENTENCE = 4000
"""In characters; what goes on longer is no prose, and only its beginning is read."""
AND_WITH = r" (?:and|as well as) (?:also |then |separately |afterwards |later |subsequently )?with "
OWN_WITH = re.compile(f",?{AND_WITH}")
# After a purpose or a relative clause: "met with X, whose country chairs the council, and with Y".
LATE_WITH = re.compile(f",{AND_WITH}")
# A relative clause after those met: "met with Minister Y, who is on an official visit to Lima".
WHO = re.compile(r",? who (?:(?:is|are) (?:currently )?)?$")
# A second verb, of what will be elsewhere and later: "is to meet Y today and will attend the forum in Lima".
AND_WILL = re.compile(r",? and (?:also )?(?:will|would|is)\b")
IN_RELATIVE = re.compile(r", who (?:(?:is|are|was|has|had|also|currently|recently) )*$")
FOLLOWED = "followed by"
"""Before what those who met did next: "held talks, followed by a dinner"."""
# What has a place is no call: "had a good conversation with X in Lima".
CONVERSED = re.compile(r"\bconversations?\b")
MY_PLEASURE = re.compile(r"\b(?:(my|our)|[Ii]t was an?) (?:great )?(?:pleasure|honou?r|privilege)\b")


def sightings(scene: Scene, grammar: Encounters, sentence: Span, *, talks: bool = False) -> Iterator[Sighting]:
    """Yield what *sentence* tells of encounters, in its order.

    Args:
        scene: the readout with its people, bodies and places.
        grammar: the words of encounters.
        sentence: where to look.
        talks: also take verbs of talk, which tell of an encounter on a trip.
    """
    sentence = Span(sentence.start, min(sentence.end, sentence.start + LONGEST_SENTENCE))
    previous: Sighting | None = None
    verbs = [
        (found.start(), 0, found.end())
        for found in grammar.verb.finditer(scene.text, sentence.start, sentence.end)
        if talks or found.group() not in grammar.talk
    ]
    nouns = [
        (found.start(), 1, found.end()) for found in grammar.noun.finditer(scene.text, sentence.start, sentence.end)
    ]
    for start, is_noun, end in sorted(verbs + nouns):
        words = Span(start, end)
        if _is_quoted(scene.text, sentence, words) or is_in_name(scene, words):
            scene.reject(words, "meetings", "within a quotation or a name")
            continue
        if not is_noun:
            sighting = _by_verb(scene, grammar, sentence, words, previous)
        elif previous and start < previous.span.end:
            continue
        else:
            sighting = read_noun(scene, grammar, sentence, words, first=previous is None)
        if sighting:
            yield sighting
            previous = replace(previous, span=Span(previous.span.start, end)) if previous and is_noun else sighting
        elif is_noun:
            scene.reject(words, "meetings.noun", "names no earlier or coming encounter of somebody's")
        else:
            scene.reject(words, "meetings.verb", "no two parties stand around it who meet")


def _is_quoted(text: str, sentence: Span, words: Span) -> bool:
    before = text[sentence.start : words.start]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _by_verb(
    scene: Scene, grammar: Encounters, sentence: Span, verb: Span, previous: Sighting | None
) -> Sighting | None:
    for predicate in predicates(scene, grammar, sentence, verb, previous):
        if sighting := _read(predicate, previous):
            return sighting
    return None


def _read(predicate: Predicate, previous: Sighting | None) -> Sighting | None:
    """Apply the frame of the verb, and add when and where."""
    home, anaphor = _subject(predicate, previous)
    found = FRAMES[predicate.reading.frame](predicate, home, anaphor)
    if found is None:
        return None
    home = found.home or home
    found = _with_the_rest(predicate, found)
    if found.kind == "visit":
        home |= Party(tuple(a for a in _companions(predicate) if a.person.id not in found.other.ids))
    scene, grammar, sentence, verb = predicate.scene, predicate.grammar, predicate.sentence, predicate.verb
    begin = previous.span.end if previous and previous.span.end < verb.start else sentence.start
    ahead, clause = predicate.status == "planned", _clause(predicate)
    before = _told_from(predicate, clause)
    places = places_in(scene, grammar, before, verb, travel=found.kind == "visit", ahead=ahead)
    mode, kind = predicate.mode(begin), found.kind
    if kind == "call" and places and mode is None and CONVERSED.search(predicate.after):
        kind = "meeting"
    told = Sighting(
        sentence=sentence,
        span=Span(verb.start, predicate.who.end if predicate.who else verb.end),
        frame=predicate.reading.frame,
        kind=kind,
        mode=mode,
        status=predicate.status,
        home=home,
        others=(found.other,) if found.home else _each_with(predicate, found.other),
        anaphor=anaphor,
        when=when_in(scene, grammar, clause, verb, future=ahead, past=not ahead and predicate.reading.tense == "past"),
        places=() if kind == "call" else places,
        guest=found.guest,
        again=found.again,
        chaired=found.chaired,
        last=found.kind == "visit" and verb.of(scene.text) in grammar.closing,
        passive=found.home is not None,
        several=grammar.several.search(scene.text, sentence.start, sentence.end) is not None,
        also=ALSO.search(predicate.before) is not None or ANOTHER.match(predicate.after) is not None,
    )
    return set_in_scene(scene, grammar, told) if told.chaired else told


def _clause(predicate: Predicate) -> Span:
    """Return where it is said when and where it was: the sentence, or within a relative clause that clause alone.

    "Minister X, who is on a visit to Oslo, met Y on 5 May" says nothing of the days of the visit. What followed, did so
    elsewhere and later: "met Y in his office, followed by a dinner with Z in the palace".
    """
    scene, verb, end = predicate.scene, predicate.verb, predicate.sentence.end
    if predicate.word == FOLLOWED:
        return Span(verb.start, end)
    if later := AND_WILL.search(scene.text, verb.end, end):
        end = later.start()
    if not IN_RELATIVE.search(predicate.before):
        next_one = scene.text.find(FOLLOWED, verb.end, end) if predicate.reading.frame != "travel" else -1
        return Span(predicate.sentence.start, next_one if next_one > 0 else end)
    mains = (found.start() for found in predicate.grammar.verb.finditer(scene.text, verb.end, end))
    return Span(verb.start, next((at for at in mains if scene.text[at - 2 : at] == ", "), end))


def _told_from(predicate: Predicate, clause: Span) -> Span:
    """Return the part of *clause* that may say where it was: not the matter of "reviewed the talks in Lima with Y"."""
    with_whom = PARTNER.search(predicate.after)
    if predicate.reading.frame != "talk" or with_whom is None:
        return clause
    return Span(clause.start, max(predicate.verb.end, clause.start + 1))


def _with_the_rest(predicate: Predicate, found: Found) -> Found:
    """Add those met who are listed over semicolons, or after a colon: "met two of them in Oslo: X, and Y"."""
    who, other = predicate.who, found.other
    if who is None or found.home or predicate.ends_with not in (";", ":") or not other or len(other.people) > 1:
        return found
    if predicate.ends_with == ":" and other.people:
        return found
    rest = row_from(predicate.scene, predicate.grammar, who.end + 2, predicate.sentence.end)
    at_once = rest.people and NEXT_TITLE.fullmatch(predicate.scene.text, who.end + 1, rest.people[0].phrase.start)
    return replace(found, other=other | Party(rest.people)) if at_once else found


def _companions(predicate: Predicate) -> Iterator[Attendee]:
    """Yield who came along on a trip: "visited Lima with X"; not "visited Lima to meet with X"."""
    text, start = predicate.scene.text, predicate.verb.end
    for attendee in predicate.party(predicate.who).people:
        between = text[start : max(start, attendee.phrase.start)]
        if BESIDE.search(between) and not PURPOSE.search(between):
            yield attendee


def _subject(predicate: Predicate, previous: Sighting | None) -> tuple[Party, str]:
    """Return who stands as the subject, and the word for it if it is "they" or the like; a second verb shares it."""
    home = predicate.party(predicate.subject, states=True)
    words = predicate.subject.of(predicate.scene.text) if predicate.subject else ""
    if pleased := MY_PLEASURE.search(words):
        return home, "we" if pleased[1] == "our" else "I"
    if previous and previous.other.people and WHO.fullmatch(words):
        return Party(previous.other.people[-1:]), ""
    word = ANAPHOR.search(words)
    if previous and not home.people and not word and previous.span.start < predicate.verb.start:
        return previous.other if previous.passive else previous.home, previous.anaphor
    return home, word.group() if word else ""


def _each_with(predicate: Predicate, other: Party) -> tuple[Party, ...]:
    """Take apart those who are met with a "with" of their own: "met with the ministers and with the opposition".

    Two who are named and of one government are met together nevertheless.
    """
    who = predicate.who
    cut = OWN_WITH.search(predicate.after) if who and other else None
    if who is None or cut is None:
        return (other, *_met_late(predicate)) if who and other.people else (other,)
    middle = who.start + cut.start()
    partner = PARTNER.search(predicate.after, 0, cut.start())
    first = predicate.party(Span(who.start + partner.end() if partner else who.start, middle))
    second = predicate.party(Span(who.start + cut.end(), who.end))
    sides = [{side_of(predicate.scene, a) for a in party.people} - {None} for party in (first, second)]
    plural = PLURAL.search(predicate.after[: cut.start()])  # "had meetings with X and with Y"
    if sides[0] and sides[0] == sides[1] and not first.groups and not second.groups and not plural:
        return (other,)
    return (first, second) if first and second else (other,)


def _met_late(predicate: Predicate) -> Iterator[Party]:
    """Yield who has a "with" of his own after a purpose or relative clause: "met with X to discuss it, and with Y"."""
    if predicate.who is None or PARTNER.search(predicate.after) is None:
        return
    for found in LATE_WITH.finditer(predicate.scene.text, predicate.who.end, predicate.sentence.end):
        late = predicate.party(predicate.people_from(found.end()))
        if late.people and is_title(predicate.scene.text[found.end() - 1 : late.people[0].phrase.start]):
            yield Party(late.people)
