"""The frames of those who invite and those who attend: "X hosted Y", "X convened a meeting", "X joined Y for talks"."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.encounters.objects import (
    DELEGATION_AT,
    FILLER,
    NEXT_ROUND,
    NOUN_REACH,
    PRONOUN,
    Found,
    agents,
    begins_with_guest,
    partners,
    told_before,
    whom,
)
from kg.extract.encounters.parties import people_in
from kg.extract.encounters.party import Party
from kg.extract.encounters.predicate import Predicate
from kg.extract.encounters.sides import own_side
from kg.model import Agency, Event, Initiative, Kind, Span

__all__ = ["attend", "host"]

ALONE = re.compile(rf"{FILLER}(?: (?:to|in|at|on|for|virtually)\b|[.,]| ?$)")
HOSTED_BY = re.compile(r"[^,;]{0,60}\b(?:with|hosted by|convened by|led by|chaired by)\b")
# Whom somebody "received …": "a high-level delegation of students".
DELEGATION = re.compile(r" (?:an? |the )?(?:[\w-]+ ){0,4}(?:delegation|(?:group|representatives|members) of)\b")
ON_VISIT = re.compile(
    r"\bwith (?:full )?(?:military|state) honou?rs\b"
    r"|\b(?:for|on|during) (?:an?|his|her|the) (?:[\w-]+ ){0,2}(?:official|state|working|courtesy) (?:working )?visit\b"
)
# The object comes after the others who host: "co-hosted, together with X and Y, an event".
TOGETHER = re.compile(r",? (?:(?:together|along|jointly) with|alongside)\b")
CREDENTIALS = re.compile(r" (?:the )?(?:[Ll]etters of )?[Cc]red(?:entials|ence) from ")
RECEIVING = ("receiv", "welcom", "greet")
CHAIRING = ("chair", "co-chair", "led", "co-led", "co-host", "co-conven")
BRIEFING = re.compile(rf"{FILLER} (?:an? |the )?(?:[\w-]+ ){{0,3}}?(?:briefings?|updates?)\b")
FROM_WHOM = re.compile(r"\b(?:from|by) ")
# Guests of whom the text has told: "received the visiting ministers at the palace".
GUESTS_TOLD = re.compile(
    r" (?:the|both|his|her|their) (?:(?:two|three|visiting|foreign) )*(?i:ministers|guests?|presidents|delegations?)"
    r"(?=[.,]| (?:at|in|to|for|on|this|today|yesterday|later)\b)"
)
# Between the noun and who it came from: "received a call today from".
FROM = re.compile(r"(?: (?:today|yesterday|this \w+|earlier \w+|on [A-Z]\w+(?: \d+)?))? (?:from|by) ")


def host(verb: Predicate, home: Party, anaphor: str) -> Found | None:
    """Read "X hosted Y", "X convened a meeting with Y", "Y was received by X"; not "X welcomed the decision"."""
    if verb.passive:
        if verb.status == "planned" and NEXT_ROUND.search(verb.before):
            return Found("meeting")
        hosts = agents(verb)
        if chaired := _chaired(verb, hosts):
            return chaired
        told = home.people or (verb.word.startswith((*RECEIVING, "host")) and (home.groups or anaphor))
        return Found("meeting", home if home.people else Party(), hosts) if told and hosts.people else None
    if briefed := _briefed(verb):
        return briefed
    noun = verb.noun(verb.who)
    if found := _received_from(verb, noun):
        return found
    if verb.word.startswith(RECEIVING) and GUESTS_TOLD.match(verb.scene.text, verb.verb.end):
        return Found("meeting", again=True)
    guest = whom(verb)
    other = guest or verb.party(verb.who) or told_before(verb, home)
    named = bool(guest) or begins_with_guest(verb, other) or PRONOUN.match(verb.after) is not None
    if noun and DELEGATION_AT.match(verb.scene.text, verb.verb.end, noun.end()):
        return None
    if noun and named and verb.kind_of(noun) == "visit" and "series" not in noun.group().lower():
        noun = None  # "hosted X on a working visit"
    near = noun and (noun.start() - verb.verb.end <= NOUN_REACH or TOGETHER.match(verb.after))
    if noun and near and (named or not verb.word.startswith(RECEIVING)):
        return _host_of(verb, noun, home, other if named else partners(verb, noun))
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
    alone = len(other.people) == 1 and not other.groups
    kind: Kind = "meeting" if named or alone or re.search(r"\bdelegation\b", verb.after) else "convening"
    return Found(
        kind, other, guest=named and ON_VISIT.search(verb.scene.text, verb.verb.end, verb.sentence.end) is not None
    )


def _chaired(verb: Predicate, chairs: Party) -> Found | None:
    """Read "the consultations were co-chaired by X and Y", who led the two sides."""
    noun = verb.noun(verb.subject)
    if noun is None or len(chairs.people) < 2 or not verb.word.startswith(CHAIRING):
        return None
    kind: Kind = verb.kind_of(noun) if len(chairs.people) > 2 else "meeting"
    return Found(kind, replace(chairs, people=chairs.people[1:]), Party(chairs.people[:1]), chaired=True)


def _received_from(verb: Predicate, noun: re.Match[str] | None) -> Found | None:
    """Read "X received a call from Y", "X received credentials from Y", of which Y made the first move."""
    if verb.word.startswith("receiv") and (papers := CREDENTIALS.match(verb.scene.text, verb.verb.end)):
        envoys = verb.party(verb.people_from(papers.end()))
        return Found("convening" if len(envoys.people) > 1 else "meeting", envoys) if envoys.people else None
    if noun is None or not verb.word.startswith("receiv") or verb.kind_of(noun) == "convening":
        return None
    caller = FROM.match(verb.scene.text, noun.end(), verb.sentence.end)
    who = verb.people_from(caller.end()) if caller else None
    if who is None:
        return None
    other = Party(tuple(people_in(verb.scene, who, owners=True))) or verb.party(who)
    return Found("call" if verb.kind_of(noun) == "call" else "meeting", other) if other else None


def _briefed(verb: Predicate) -> Found | None:
    """Read "X received a briefing on the floods from Y", "X received an update from Y"."""
    text = verb.scene.text
    noun = BRIEFING.match(text, verb.verb.end, verb.sentence.end) if verb.word.startswith("receiv") else None
    if noun is None:
        return None
    stop = text.find(";", noun.end(), verb.sentence.end)
    sources = FROM_WHOM.finditer(text, noun.end(), stop if stop > 0 else verb.sentence.end)
    named = (verb.party(verb.people_from(source.end())) for source in sources)
    return next((Found("meeting", Party(who.people)) for who in named if who.people), None)


def _host_of(verb: Predicate, noun: re.Match[str], home: Party, other: Party) -> Found | None:
    """Tell what is hosted by its noun: a meeting of many is a convening, unless governments hold it together."""
    kind = verb.kind_of(noun)
    if kind == "call" and noun.group().startswith("conversation"):
        kind = "meeting"
    guests = any(a.person.official for a in other.people) and not other.groups
    if kind == "convening" and guests and noun.group().lower().endswith("meeting"):
        return Found("meeting", other)  # "welcomed Y for the annual leaders’ meeting"
    if kind == "visit":
        if "series" not in noun.group().lower():
            return None
        kind = "meeting"
    between_states = any(len(group.sides) > 1 for group in other.groups)  # "the U.S.-Kenya Working Group"
    officials = guests or between_states or verb.word.startswith("co-") or (not other and _are_states(verb, home))
    return Found("convening" if kind == "meeting" and not officials else kind, other)


def _are_states(verb: Predicate, home: Party) -> bool:
    """Tell whether those who convene are of several states: "Norway and Peru convened their consultations"."""
    sides = {side for group in home.groups for side in group.sides}
    sides |= {side for one in home.people if (side := own_side(verb.scene, one))}
    return len(sides) > 1


def _is_group_welcomed(verb: Predicate) -> bool:
    """Tell whether people are welcomed, and not an act: "welcomed mayors to the park", "received a delegation"."""
    if verb.word.startswith(RECEIVING) and DELEGATION.match(verb.after):
        return True
    if verb.word not in {"welcomed", "received", "gathered", "brought together"}:
        return False
    people = verb.grammar.group.search(verb.after[:80]) is not None
    return people and (verb.word == "brought together" or " to the " in verb.after)


def _names_body(verb: Predicate) -> bool:
    """Tell whether a body is convened: "convened the National Climate Task Force"."""
    if verb.who is None or not verb.word.startswith(("conven", "co-conven", "host")):
        return False
    return any(isinstance(e, Agency | Initiative | Event) for _, e in verb.scene.mentions_in(verb.who))


def attend(verb: Predicate, home: Party, anaphor: str) -> Found | None:
    """Read "X participated in a meeting hosted by Y", "X joined leaders of Z for the annual summit"."""
    if verb.who is None or verb.passive:
        return None
    other = verb.party(verb.who)
    if verb.word == "attend" and verb.status == "held" and not other.people:
        return None  # "is in Oslo to attend the forum": the event for which somebody came
    noun = verb.noun(Span(verb.who.start, verb.sentence.end))
    if noun and noun.group().lower().endswith("meetings") and not other.people:
        return None  # "the spring meetings of the fund" are an event
    if noun and noun.start() - verb.verb.end < 2 * NOUN_REACH and verb.kind_of(noun) != "visit":
        hosted = HOSTED_BY.match(verb.scene.text, noun.end(), min(noun.end() + 90, verb.sentence.end))
        return Found(verb.kind_of(noun), other | verb.party(verb.people_from(noun.end())) if hosted else other)
    is_event = any(isinstance(e, Event) for _, e in verb.scene.mentions_in(verb.who))
    return Found("convening", other) if is_event else None
