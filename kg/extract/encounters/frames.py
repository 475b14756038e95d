"""The frames of the verbs of encounter: what must stand around each so that it tells of one.

Which verbs a frame takes is data (`encounters.toml`). Each frame gets the verb in its sentence, its subject and the
word that stands for it ("they"), and returns what it tells of, or None.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from kg.extract.encounters.grammar import MARGINS, Frame
from kg.extract.encounters.hosting import attend, host
from kg.extract.encounters.nominal import members
from kg.extract.encounters.objects import (
    ANOTHER_ROUND,
    FILLER,
    NEXT_ONE,
    NEXT_ROUND,
    NOUN_REACH,
    PARTNER,
    PRONOUN,
    SEVERAL,
    WITH,
    Found,
    after,
    agents,
    anybody,
    begins_with_guest,
    is_title,
    partners,
    told_before,
    whom,
)
from kg.extract.encounters.party import Party
from kg.extract.encounters.predicate import BEING_IN, Predicate, is_in_name
from kg.model import Agency, Initiative, Kind, Place, Span

__all__ = ["FRAMES", "Found"]

FRONTED = re.compile(r"With (?P<who>[^;:.]{4,140}), (?=(?:the|we|I|he|she|they|[A-Z]\w+)\b)")
AT_TALKS = re.compile(r"(?:At|During|In) the (?:[a-z]+ )?(?:talks|discussions|consultations|meeting)\b")
TO_WHOM = re.compile(r"\bto\b")
WITH_OR_TO = re.compile(r"\b(?:with|to)\b")
MEETINGS_THERE = re.compile(r"\bfor (?:[\w-]+ ){0,5}?(?:meetings?|talks|discussions|consultations|conversations) with ")
# "The consultations concluded in Lima on Friday."
ENDED = re.compile(r"(?:concluded|concludes)(?: [a-z]+ly)?(?: (?:in|on|at|today|yesterday)\b|$)")
INSTITUTION = re.compile(r" (?:the|their|its) (?:[\w-]+ ){0,2}")
THE = re.compile(r" (?:the|this|that|today[’']s) ")
# After a participle: "the progress made in the negotiations".
WITHIN = re.compile(r" (?:in|during|at|on|for) (?:the|this|these|their|our)\b")
WITH_A = re.compile(r"[^,;.]{0,40} (?:with|by holding) an? (?:[\w-]+ ){0,3}")
# "visited the centre, *where* its director, X, briefed *her*": those who came are the ones met there.
WHERE_THEY = re.compile(r", where (?!(?:he|she|they|we|I)\b)[^;]{2,90}$")
DELEGATES = re.compile(r" (?:him|her|them|us|me|the (?:\w+ )?(?i:delegation|team|group|minister|secretary))\b")
# To whom one speaks in public: who stands beside the speaker is not spoken to.
PRESS = re.compile(r" (?:the (?:[\w-]+ )?(?:press|media)|reporters)\b(?! \w+s\b)(?!,? and\b)")
APART = re.compile(r"^(?:Earlier|Later|Separately)\b")
WHERE = re.compile(r"(?:at|in|on|for|by|again|as|to)\b")
COUNTERPARTS_OF = re.compile(r" (?:(?:my|our|his|her|their|other) )?(?:[A-Z]\w+ )?(?:counterparts|colleagues)\b")
TOLD_OF = re.compile(r" (?:him|her|them|each other|one another)\b")
CHAIRED_BY = re.compile(
    r"\b(?:(?:chaired|led|headed|hosted|attended) by|under the (?:co-)?chairmanship of|under the chair of)\b"
)


def _is_plural(home: Party) -> bool:
    return len(home.people) + len(home.groups) > 1 or any(len(group.sides) > 1 for group in home.groups)


def _meet(verb: Predicate, home: Party, anaphor: str) -> Found | None:
    """Read "X met with Y", "X met Y", "X and Y met"."""
    if verb.passive:
        return None
    partner = after(verb, PARTNER)
    other = verb.party(partner) or anybody(verb, partner) or whom(verb)
    if not other and partner is None and (direct := verb.party(verb.who)):
        words = verb.after.strip()
        at_once = begins_with_guest(verb, direct) or any(words.startswith(group.words) for group in direct.groups[:1])
        other = direct if at_once and not WHERE.match(words) else Party()
    together = len(home.people) > 1 or home.groups or SEVERAL.fullmatch(anaphor)
    return Found("meeting", other) if other or (partner is None and together) else None


def _see(verb: Predicate, home: Party, anaphor: str) -> Found | None:
    """Read "X will see Y", "X and Y look forward to seeing each other"; not "looks forward to seeing progress"."""
    if verb.status != "planned" or verb.passive:
        return None
    if TOLD_OF.match(verb.after):
        return Found("meeting", again=True)
    other = verb.party(verb.who)
    if other.groups and COUNTERPARTS_OF.match(verb.after):
        return Found("meeting", other)
    return Found("meeting", Party(other.people)) if begins_with_guest(verb, other) else None


def _speak(verb: Predicate, home: Party, anaphor: str) -> Found | None:
    """Read "X spoke with Y", "X spoke to Y", "X and Y spoke (by phone)"; not "X spoke to the issue"."""
    partner = after(verb, WITH_OR_TO)
    if partner and PRESS.match(verb.scene.text, partner.start):
        return None
    other = verb.party(partner)
    beside = PARTNER.search(verb.after) is not None or (
        verb.who is not None and partner is not None and partner.start > verb.who.end
    )
    if partner and not other and beside:
        other = anybody(verb, partner)
    face_to_face = verb.mode() == "in-person" or MARGINS.search(verb.scene.text, verb.sentence.start, verb.sentence.end)
    views = verb.word.startswith("exchang") and verb.mode() != "phone"
    kind: Kind = "meeting" if face_to_face or views else "call"
    if other.people or (other and beside):
        return Found(kind, other)
    told = re.match(rf"{FILLER}\s*$|{FILLER} (?:by|via|over|on) ", verb.after or " ")
    return Found(kind) if partner is None and told and _is_plural(home) else None


def _talk(verb: Predicate, home: Party, anaphor: str) -> Found | None:
    """Read "X and Y discussed", "With Y, X reviewed", "X discussed it with Y", which tell of a meeting on a trip."""
    if verb.passive:
        return None
    if len(home.people) > 1 or (home.people and anaphor in ("I", "we")):
        return Found("meeting")
    if SEVERAL.fullmatch(anaphor) and AT_TALKS.match(verb.scene.text, verb.sentence.start):
        return Found("meeting")
    fronted = FRONTED.match(verb.scene.text, verb.sentence.start, verb.verb.start)
    with_whom = Span(fronted.start("who"), fronted.end("who")) if fronted else after(verb, PARTNER)
    other = verb.party(with_whom)
    return Found("meeting", Party(other.people)) if other.people else None


def _address(verb: Predicate, home: Party, anaphor: str) -> Found | None:
    """Read "X thanked Y", "X conveyed greetings to Y", which tell of a meeting where a trip has come to Y's country."""
    if verb.passive or not home.people:
        return None
    other = verb.party(after(verb, TO_WHOM) if verb.word.startswith("convey") else verb.who)
    named = verb.word.startswith("convey") or begins_with_guest(verb, other)
    return Found("meeting", Party(other.people)) if other.people and named else None


def _brief(verb: Predicate, home: Party, anaphor: str) -> Found | None:
    """Read "X was briefed by Y", "where Y briefed her", "Earlier, X briefed Y"; "X briefed Y" is what was said."""
    if verb.passive:
        who = agents(verb) if home.people or anaphor.lower() in ("he", "she") else Party()
        return Found("meeting", Party(who.people)) if who.people else None
    other = verb.party(verb.who)
    if WHERE_THEY.search(verb.before) and home.people and DELEGATES.match(verb.after):
        return Found("meeting", Party(), home)
    apart = (APART.search(verb.before) and home.people) or verb.status == "planned"
    return Found("meeting", other) if apart and begins_with_guest(verb, other) else None


def _call(verb: Predicate, home: Party, anaphor: str) -> Found | None:
    """Read "X called Y", "X called and congratulated Y"; not "X called on Y to …", "X called for …"."""
    if verb.passive:
        return None
    who = verb.who
    if pair := re.compile(r" and [a-z]+ed ").match(verb.scene.text, verb.verb.end):
        who = verb.people_from(pair.end())
    other = verb.party(who)
    if who and other.people and is_title(verb.scene.text[who.start : other.people[0].phrase.start]):
        return Found("call", other)
    return None


def _visit_person(verb: Predicate, home: Party, anaphor: str) -> Found | None:
    """Read "X paid a courtesy call on Y", "X called on Y at the ministry"; not "X called on Y to release him"."""
    if verb.word.endswith(" on") and "courtesy" not in verb.word and verb.ends_with.startswith("to "):
        return None
    other = verb.party(verb.who) or told_before(verb, home)
    return Found("meeting", other) if PRONOUN.match(verb.after) or begins_with_guest(verb, other) else None


def _hold(verb: Predicate, home: Party, anaphor: str) -> Found | None:
    """Read "X held talks with Y", "X had a call with Y", "talks were held between X and Y"."""
    if verb.passive or verb.word.endswith(" place") or ENDED.match(verb.word + verb.after):
        return _was_held(verb)
    if WITHIN.match(verb.after):
        return None
    noun = verb.noun(verb.who)
    if noun and verb.kind_of(noun) == "visit":
        noun = _last_of(verb, noun)
    if noun is None and verb.word == "held" and _are_two(home) and _is_named(verb):
        return Found("meeting")
    if noun is None or noun.start() - verb.verb.end > NOUN_REACH:
        return None
    other = partners(verb, noun)
    if THE.fullmatch(verb.scene.text, verb.verb.end, noun.start()) and not WITH.match(verb.scene.text, noun.end() + 1):
        return None  # "concluded the call": the one that is told of
    both = SEVERAL.fullmatch(anaphor) or ANOTHER_ROUND.search(verb.after)
    several = _is_plural(home) or (verb.status == "planned" and both)
    if not other and not several and verb.grammar.is_weak(noun.group()):
        return Found("meeting") if is_in_name(verb.scene, Span(*noun.span())) else None
    kind = verb.kind_of(noun)
    if kind == "meeting" and verb.mode() == "phone":
        kind = "call"
    if kind == "convening" and not other and _are_two(home):
        kind = "meeting"
    return Found(kind, other | members(verb.scene, verb.verb.end, noun.start(), noun.group()))


def _last_of(verb: Predicate, visit: re.Match[str]) -> re.Match[str] | None:
    """Return the encounter with which a trip began or ended: "concluded his trip with a *meeting* with Y"."""
    assert verb.who is not None
    found = verb.noun(Span(visit.end(), verb.who.end)) if visit.end() < verb.who.end else None
    return found if found and WITH_A.fullmatch(verb.scene.text, visit.end(), found.start()) else None


def _is_named(verb: Predicate) -> bool:
    """Tell whether the object is an institution of two states: "Peru and Chile held the second Harbour Council"."""
    named = verb.scene.mentions_in(verb.who) if verb.who else ()
    first = next((m.span for m, e in named if isinstance(e, Agency | Initiative)), None)
    return first is not None and INSTITUTION.fullmatch(verb.scene.text, verb.verb.end, first.start) is not None


def _was_held(verb: Predicate) -> Found | None:
    """Read "talks between X and Y were held", "a meeting with X took place", "a round was held, chaired by X"."""
    noun = verb.noun(verb.subject)
    if noun is None or verb.subject is None:
        return Found("meeting") if verb.status == "planned" and NEXT_ROUND.search(verb.before) else None
    text, sentence = verb.scene.text, verb.sentence
    met = verb.party(after(verb, WITH))
    if between := WITH.search(text, noun.end(), verb.subject.end):
        met |= verb.party(Span(between.end(), verb.subject.end), states=True)
    if not met.people and not met.groups:
        met = Party(groups=verb.party(verb.subject, states=True).groups[:1])
    if led := CHAIRED_BY.search(text, verb.verb.end, sentence.end):
        met |= verb.party(verb.people_from(led.end()))
    if not met and not (verb.status == "planned" and NEXT_ONE.search(verb.before)):
        return None
    return Found("meeting" if _are_two(met) else verb.kind_of(noun), met)


def _are_two(party: Party) -> bool:
    """Tell whether two governments hold it with each other: "a session of the consultations between A and B"."""
    return any(len(group.sides) == 2 for group in party.groups)


def _travel(verb: Predicate, home: Party, anaphor: str) -> Found | None:
    """Read "X traveled to Z for talks with Y", "X visited Z", "X led a delegation to Z", "X concluded a visit to Z"."""
    unknown = verb.reading.tense == "ing" and not (home or anaphor)  # "the trade mission is visiting Lima"
    if verb.who is None or verb.passive or unknown:
        return None
    noun = verb.noun(verb.who)
    visit = noun is not None and verb.kind_of(noun) == "visit"
    places = [m.span for m, e in verb.scene.mentions_in(verb.who) if isinstance(e, Place)]
    if verb.word.startswith(("led", "lead")):
        return Found("visit") if _leads_to(verb, places) else None
    if "travel" in verb.word or verb.word.endswith(" for"):
        there = MEETINGS_THERE.search(verb.scene.text, verb.verb.end, verb.sentence.end)
        met = verb.party(verb.people_from(there.end())) if there else Party()
        return Found("visit", met) if places or visit or " to " in verb.word + verb.after[:4] else None
    if verb.word.startswith(("visit", "arriv")) or verb.word in BEING_IN:
        if verb.ends_with.startswith("to attend") and verb.word.endswith((" in", "ing")):
            return None  # "X, who is in Lima to attend the summit, met Y": no trip that the readout is of
        near = [place for place in places if place.start - verb.who.start < 25]
        return Found("visit") if near and verb.scene.text[near[0].end :][:2] not in ("’s", "'s") else None
    if not visit or noun is None or noun.start() - verb.verb.end > NOUN_REACH:
        return None
    return Found("visit", partners(verb, noun) if "series" in noun.group() else Party())


def _leads_to(verb: Predicate, places: list[Span]) -> bool:
    """Tell whether a delegation is led to one of the *places*: "led a delegation of six ministries to Doha"."""
    assert verb.who is not None
    starts = [place.start - verb.who.start for place in places]
    return any(re.search(r"\bdelegation\b.* (?:to|in)(?: the)? $", verb.after[:start]) for start in starts)


FRAMES: Mapping[Frame, Callable[[Predicate, Party, str], Found | None]] = {
    "meet": _meet,
    "see": _see,
    "speak": _speak,
    "talk": _talk,
    "address": _address,
    "brief": _brief,
    "call": _call,
    "visit-person": _visit_person,
    "hold": _hold,
    "host": host,
    "attend": attend,
    "travel": _travel,
}
