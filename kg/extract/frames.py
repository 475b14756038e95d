"""The frames of the verbs of encounter: what must stand around each so that it tells of one.

Which verbs a frame takes is data (`encounters.toml`). Each frame gets the verb in its sentence, its subject and the
word that stands for it ("they"), and returns what it tells of, or None.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kg.extract.encounters import Frame
from kg.extract.nominal import members
from kg.extract.parties import head_of
from kg.extract.party import Group, Party
from kg.extract.predicate import Predicate, is_in_name
from kg.model import Agency, Event, Initiative, Kind, Place, Span

__all__ = ["FRAMES", "Found"]

FILLER = (
    r"(?:(?: also| separately| today| yesterday| virtually| briefly| warmly| jointly| again| personally| in person"
    r"| by phone| by video| by telephone| this \w+| earlier \w+| on \w+day),?)*"
)
TITLE_WORDS = re.compile(
    rf"{FILLER}(?: |$)(?:(?:[A-Z][\w’'.&–-]*|of|on|for|and|the|to|in|at|both|with|visiting|his|her),?(?: |$))*"
)
WITH = re.compile(r"\b(?:with|between|among)\b(?! the (?:aim|goal|purpose|participation)\b)")
WITH_OR_TO = re.compile(r"\b(?:with|to)\b")
PARTNER = re.compile(r"\bwith\b")
BY = re.compile(r"\bby\b")
MEETINGS_THERE = re.compile(r"\bfor (?:[\w-]+ ){0,5}?(?:meetings?|talks|discussions|consultations|conversations) with ")
MARGINS = re.compile(r"\b(?:on|at|in) the (?:margins|sidelines) of\b|\bin person\b")
TAIL = re.compile(r",? (?:today|yesterday|on \w+day|this \w+|earlier \w+)$")
ALONE = re.compile(rf"{FILLER}(?: (?:to|in|at|on|for|virtually)\b|[.,]|$)")
SOMEBODY = re.compile(r"[a-z]{3,}s\b|\b[A-Z]\w+|(?:his|her|their) [a-z ]*team\b")
THE = re.compile(r" (?:the|this|that|today[’']s) ")
CHAIRED_BY = re.compile(r"\b(?:chaired|led|headed|hosted|attended) by\b")
HOSTED_BY = re.compile(r"[^,;]{0,60}\b(?:with|hosted by|convened by|led by|chaired by)\b")
RECEIVING = ("receiv", "welcom", "greet")
GUEST_REACH = 45
"""How many characters after a verb of hosting its guest must begin at the latest, where the verb means much else."""
NOUN_REACH = 110
"""How many characters after a verb of holding the noun of the encounter must begin at the latest."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a frame found: the kind, those met, and those whose encounter it is where that isn't the subject."""

    kind: Kind
    other: Party = field(default_factory=Party)
    home: Party | None = None


def _after(verb: Predicate, pattern: re.Pattern[str]) -> Span | None:
    """Return what follows "with" and the like: in the object, or after a circumstance that stands between."""
    if verb.who is None:
        return None
    text = verb.scene.text
    if verb.ends_with == ":" and pattern.search(verb.after[-6:]):  # "spoke individually with: A; B; and C"
        return Span(verb.who.end + 1, verb.sentence.end) if verb.who.end + 1 < verb.sentence.end else None
    if found := pattern.search(text, verb.who.start, verb.who.end):
        return Span(found.end(), verb.who.end) if found.end() < verb.who.end else None
    matter = verb.grammar.matter.search(text, verb.verb.end, verb.sentence.end)
    found = PARTNER.search(text, verb.who.end, matter.start() if matter else verb.sentence.end)
    if found is None or not re.match(r"(?:during|on the|at the|upon|for) ", verb.ends_with + " "):
        return None
    return verb.people_from(found.end())


def _anybody(verb: Predicate, span: Span | None) -> Party:
    """Return those met as a group whatever the words: "with six scholarship holders"; not "with success"."""
    if span is None:
        return Party()
    words = TAIL.sub("", span.of(verb.scene.text).strip(" ,."))
    head = head_of(words).strip()
    places = [m.span.of(verb.scene.text) for m, e in verb.scene.mentions_in(span) if isinstance(e, Place)]
    return Party(groups=(Group(words),)) if head not in places and SOMEBODY.search(head) else Party()


def _is_plural(home: Party) -> bool:
    return len(home.people) + len(home.groups) > 1


def _meet(verb: Predicate, home: Party, anaphor: str) -> Found | None:
    """Read "X met with Y", "X met Y", "X and Y met"."""
    if verb.passive:
        return None
    partner = _after(verb, PARTNER)
    other = verb.party(partner) or _anybody(verb, partner)
    if partner is None and (direct := verb.party(verb.who)).people and _begins_with_guest(verb, direct):
        other = direct
    together = len(home.people) > 1 or home.groups or anaphor.lower() in ("they", "we")
    return Found("meeting", other) if other or (partner is None and together) else None


def _speak(verb: Predicate, home: Party, anaphor: str) -> Found | None:
    """Read "X spoke with Y", "X spoke to Y", "X and Y spoke (by phone)"; not "X spoke to the issue"."""
    partner = _after(verb, WITH_OR_TO)
    other = verb.party(partner)
    beside = PARTNER.search(verb.after) is not None or (
        verb.who is not None and partner is not None and partner.start > verb.who.end
    )
    if partner and not other and beside:
        other = _anybody(verb, partner)
    face_to_face = MARGINS.search(verb.scene.text, verb.sentence.start, verb.sentence.end)
    kind: Kind = "meeting" if face_to_face else "call"
    if other.people or (other and beside):
        return Found(kind, other)
    told = re.match(rf"{FILLER}\s*$|{FILLER} (?:by|via|over|on) ", verb.after or " ")
    return Found(kind) if partner is None and told and _is_plural(home) else None


def _call(verb: Predicate, home: Party, anaphor: str) -> Found | None:
    """Read "X called Y", "X called and congratulated Y"; not "X called on Y to …", "X called for …"."""
    if verb.passive:
        return None
    who = verb.who
    if pair := re.compile(r" and [a-z]+ed ").match(verb.scene.text, verb.verb.end):
        who = verb.people_from(pair.end())
    other = verb.party(who)
    if who and other.people and _is_title(verb.scene.text[who.start : other.people[0].phrase.start]):
        return Found("call", other)
    return None


def _visit_person(verb: Predicate, home: Party, anaphor: str) -> Found | None:
    """Read "X paid a courtesy call on Y", "X called on Y at the ministry"; not "X called on Y to release him"."""
    if verb.word.endswith(" on") and "courtesy" not in verb.word and verb.ends_with.startswith("to "):
        return None
    other = verb.party(verb.who)
    return Found("meeting", other) if _begins_with_guest(verb, other) else None


def _begins_with_guest(verb: Predicate, other: Party) -> bool:
    """Tell whether a person is the object itself, adverbs aside."""
    if verb.who is None or not other.people:
        return False
    lead = verb.scene.text[verb.who.start : other.people[0].phrase.start]
    filler = re.match(FILLER, lead)
    return _is_title(lead[filler.end() :] if filler else lead)


def _is_title(lead: str) -> bool:
    """Tell whether *lead*, which stands before a name, has nothing but a title or a short greeting in it."""
    if TITLE_WORDS.fullmatch(lead):
        return True
    return len(lead) < GUEST_REACH and not re.match(r" (?:the|an?) [a-z]+ (?:[a-z]+ )*", lead)


def _hold(verb: Predicate, home: Party, anaphor: str) -> Found | None:
    """Read "X held talks with Y", "X had a call with Y", "talks were held between X and Y"."""
    if verb.passive or verb.word.endswith(" place"):
        return _was_held(verb)
    noun = verb.noun(verb.who)
    if noun is None or noun.start() - verb.verb.end > NOUN_REACH or verb.kind_of(noun) == "visit":
        return None
    other = _partners(verb, noun)
    if THE.fullmatch(verb.scene.text, verb.verb.end, noun.start()) and not WITH.match(verb.scene.text, noun.end() + 1):
        return None  # "concluded the call": the one that is told of
    if not other and not _is_plural(home) and verb.grammar.is_weak(noun.group()):
        return Found("meeting") if is_in_name(verb.scene, Span(*noun.span())) else None
    kind = verb.kind_of(noun)
    if kind == "meeting" and verb.mode() == "phone":
        kind = "call"
    return Found(kind, other | members(verb.scene, verb.verb.end, noun.start(), noun.group()))


def _was_held(verb: Predicate) -> Found | None:
    """Read "talks between X and Y were held", "a meeting with X took place", "a round was held, chaired by X"."""
    noun = verb.noun(verb.subject)
    if noun is None or verb.subject is None:
        return None
    text, sentence = verb.scene.text, verb.sentence
    met = verb.party(_after(verb, WITH))
    if between := WITH.search(text, noun.end(), verb.subject.end):
        met |= verb.party(Span(between.end(), verb.subject.end), states=True)
    if led := CHAIRED_BY.search(text, verb.verb.end, sentence.end):
        met |= verb.party(verb.people_from(led.end()))
    return Found(verb.kind_of(noun), met) if met else None


def _partners(verb: Predicate, noun: re.Match[str]) -> Party:
    """Return those who are met at the encounter that *noun* names: they stand after it, or after its topic."""
    assert verb.who is not None
    text = verb.scene.text
    rest = Span(noun.end(), verb.who.end) if noun.end() < verb.who.end else None
    found = WITH.search(text, noun.end(), verb.who.end)
    if rest and found and found.end() < rest.end:
        rest = Span(found.end(), rest.end)
        if other := verb.party(rest) or (_anybody(verb, rest) if found.group() == "with" else Party()):
            return other
    elif other := verb.party(rest):
        return other
    semicolon = text.find(";", noun.end(), verb.sentence.end)
    stop = semicolon if semicolon > 0 else verb.sentence.end
    for found in WITH.finditer(text, noun.end(), stop):
        late = verb.party(verb.people_from(found.end(), stop))
        if late.people and late.people[0].phrase.start - found.end() < GUEST_REACH:
            return late
    return Party()


def _host(verb: Predicate, home: Party, anaphor: str) -> Found | None:
    """Read "X hosted Y", "X convened a meeting with Y", "Y was received by X"; not "X welcomed the decision"."""
    if verb.passive:
        hosts = verb.party(_after(verb, BY))
        return Found("meeting", home, hosts) if home.people and hosts.people else None
    noun = verb.noun(verb.who)
    other = verb.party(verb.who)
    named = _begins_with_guest(verb, other)
    if noun and noun.start() - verb.verb.end <= NOUN_REACH and (named or not verb.word.startswith(RECEIVING)):
        return _host_of(verb, noun, other if named else _partners(verb, noun))
    if verb.word in verb.grammar.guarded and not named and not _is_group_welcomed(verb):
        return None
    if (
        not other
        and verb.word.startswith("conven")
        and ALONE.match(verb.after)
        and (home.groups or len(home.people) > 1)
    ):
        return Found("convening")
    if not other and not _names_body(verb):
        return None
    named = any(a.person.official for a in other.people) and (not other.groups or len(other.people) < 4)
    return Found("meeting" if named or re.search(r"\bdelegation\b", verb.after) else "convening", other)


def _host_of(verb: Predicate, noun: re.Match[str], other: Party) -> Found | None:
    """Tell what is hosted by its noun: a meeting of many is a convening."""
    kind = verb.kind_of(noun)
    if kind == "call" and noun.group().startswith("conversation"):
        kind = "meeting"
    if kind == "visit":
        if "series" not in noun.group().lower():
            return None
        kind = "meeting"
    officials = any(a.person.official for a in other.people) and not other.groups
    return Found("convening" if kind == "meeting" and not officials else kind, other)


def _is_group_welcomed(verb: Predicate) -> bool:
    """Tell whether people are welcomed to a place, and not an act: "welcomed mayors to the White House"."""
    if verb.word not in {"welcomed", "received", "gathered", "brought together"}:
        return False
    return verb.grammar.group.search(verb.after[:80]) is not None and " to the " in verb.after


def _names_body(verb: Predicate) -> bool:
    """Tell whether a body is convened: "convened the National Climate Task Force"."""
    if verb.who is None or not verb.word.startswith(("conven", "co-conven", "host")):
        return False
    return any(isinstance(e, Agency | Initiative | Event) for _, e in verb.scene.mentions_in(verb.who))


def _attend(verb: Predicate, home: Party, anaphor: str) -> Found | None:
    """Read "X participated in a meeting hosted by Y", "X joined leaders of Z for the annual summit"."""
    if verb.who is None or verb.passive:
        return None
    other = verb.party(verb.who)
    noun = verb.noun(Span(verb.who.start, verb.sentence.end))
    if noun and noun.group().endswith("meetings") and not other.people:
        return None  # "the spring meetings of the fund" are an event
    if noun and noun.start() - verb.verb.end < 2 * NOUN_REACH and verb.kind_of(noun) != "visit":
        hosted = HOSTED_BY.match(verb.scene.text, noun.end(), min(noun.end() + 90, verb.sentence.end))
        return Found(verb.kind_of(noun), other | verb.party(verb.people_from(noun.end())) if hosted else other)
    is_event = any(isinstance(e, Event) for _, e in verb.scene.mentions_in(verb.who))
    return Found("convening", other) if is_event else None


def _travel(verb: Predicate, home: Party, anaphor: str) -> Found | None:
    """Read "X traveled to Z for talks with Y", "X visited Z", "X led a delegation to Z", "X concluded a visit to Z"."""
    if verb.who is None or verb.passive:
        return None
    noun = verb.noun(verb.who)
    visit = noun is not None and verb.kind_of(noun) == "visit"
    places = [m.span for m, e in verb.scene.mentions_in(verb.who) if isinstance(e, Place)]
    if verb.word.startswith(("led", "lead")):
        return Found("visit") if _leads_to(verb, places) else None
    if "travel" in verb.word:
        there = MEETINGS_THERE.search(verb.scene.text, verb.verb.end, verb.sentence.end)
        met = verb.party(verb.people_from(there.end())) if there else Party()
        return Found("visit", met) if places or visit or " to " in verb.word + verb.after[:4] else None
    if verb.word.startswith(("visit", "arriv")) or verb.word in {"was in", "were in", "is in", "are in"}:
        near = [place for place in places if place.start - verb.who.start < 25]
        return Found("visit") if near and verb.scene.text[near[0].end :][:2] not in ("’s", "'s") else None
    if not visit or noun is None or noun.start() - verb.verb.end > NOUN_REACH:
        return None
    return Found("visit", _partners(verb, noun) if "series" in noun.group() else Party())


def _leads_to(verb: Predicate, places: list[Span]) -> bool:
    """Tell whether a delegation is led to one of the *places*: "led a delegation of six ministries to Doha"."""
    assert verb.who is not None
    starts = [place.start - verb.who.start for place in places]
    return any(re.search(r"\bdelegation\b.* (?:to|in)(?: the)? $", verb.after[:start]) for start in starts)


FRAMES: Mapping[Frame, Callable[[Predicate, Party, str], Found | None]] = {
    "meet": _meet,
    "speak": _speak,
    "call": _call,
    "visit-person": _visit_person,
    "hold": _hold,
    "host": _host,
    "attend": _attend,
    "travel": _travel,
}
