"""What stands beside a main verb: the encounter itself, its purpose ("to discuss"), and participles ("noting that")."""

from __future__ import annotations

from kg.extract.statements.acts import NO_TOPIC, Cue
from kg.extract.statements.adverbs import is_adverb, skip_adverbs
from kg.extract.statements.clause import Clause, State
from kg.extract.statements.groups import BE, DETERMINERS, is_verb
from kg.extract.statements.subjects import Subject
from kg.extract.words import word_set
from kg.model import Person

__all__ = ["encounter_clause", "infinitive_clause", "is_encounter", "note_verb", "participle_clause"]

_AUXILIARIES = word_set("had has have will would could should can may might must did do does not never to be was were")
_OPENINGS = ((), ("while",), ("besides",), ("in", "addition", "to"))
"""Before a participle that opens the sentence: "*While* noting the risk, she praised …"."""
_IN_GERUNDS = word_set("including by of on in for to through")
_FURTHEST_ABOUT = 45
_FURTHEST_VERB = 40
_LONGEST_PURPOSE = 12
_DAY_REACH = 5
"""Within how many words after "for talks" the day stands: "for talks on the first *day*"."""


def is_encounter(state: State, cue: Cue | None, index: int) -> bool:
    """Tell whether the word may be a verb of meeting rather than of saying."""
    if state.words.lower[index] not in state.acts.encounters:
        return False
    if cue is None or (cue.verb in state.acts.sets["talking"] and cue.act == "discuss"):
        return True
    return not cue.is_phrase and cue.verb not in state.acts.sets["receiving"]


def encounter_clause(state: State, index: int) -> Clause | None:
    """Take note of a finite verb of meeting; "spoke with X about Y" is a statement besides."""
    words, acts = state.words, state.acts
    stop = skip_adverbs(words, index)
    if words.at(stop - 1) in _AUXILIARIES:
        if words.at(stop - 1) in BE and (passive := state.main_subject_before(stop - 1)):
            state.note(passive)  # "the talks were chaired by X and focused on Y"
        return None
    subject = state.subject_before(stop)
    if subject is None and not (words.at(stop - 1) in {"and", ","} and state.host):
        subject = _opening(state, stop)
        if subject is None:
            return None
    if subject:
        if subject.nested:
            return None
        state.host = subject
    state.meeting, state.finite = index, True
    verb = acts.encounters[words.lower[index]]
    about = _about(state, index) if verb in acts.sets["talking"] else None
    if about is None:
        return None
    cue = Cue(verb, "past", "discuss", index, about + 1, verb)
    first = index if words.lower[about] in {"of", *acts.sets["about"]} else about - 1  # the talks themselves
    return Clause(cue, "talking", first, len(words), subject, state.host, subject.first if subject else index)


def _opening(state: State, stop: int) -> Subject | None:
    """Return the words before the first finite verb of a sentence as its subject, whatever they are."""
    first = state.meeting is None and state.last is None
    return Subject(0, stop) if first and stop and state.words.lower[0] not in {"as", "which"} else None


def _about(state: State, index: int) -> int | None:
    """Return where "about" stands after a verb of talking at *index*, before anything else is told."""
    words, acts = state.words, state.acts
    if words.at(index + 1) == "of":
        return index + 1
    for at in range(index + 1, min(index + _FURTHEST_ABOUT, len(words))):
        word = words.lower[at]
        if word in acts.sets["about"]:
            return at
        if word in acts.sets["discussing"] and "for" in words.lower[at - 2 : at] and _topic_follows(state, at + 1):
            return at + 1  # "met Minister X *for talks on* trade"
        verb_follows = word in {"to", "and"} and acts.cue(words, at + 1) is not None if at + 1 < len(words) else False
        verb_follows = verb_follows or (word == "and" and words.at(at + 1) in acts.encounters)
        if verb_follows or word in {";", "which", "who", "where"}:
            return None
    return None


def _topic_follows(state: State, at: int) -> bool:
    """Tell whether "on" at word *at* opens a topic, rather than tells when it was: "for talks on | Monday"."""
    after = state.words.lower[at + 1 : at + _DAY_REACH]  # "on *Monday*", "on the second *day*", "on the *margins*"
    when = after[:1] == () or after[0].isdigit() or "day" in after or not NO_TOPIC.isdisjoint(after[:2])
    return state.words.at(at) == "on" and not when


def note_verb(state: State, index: int) -> None:
    """Remember the subject of a finite verb that reports nothing: "She listened to them and *briefed* …"."""
    word = state.words.lower[index]
    if index < _FURTHEST_VERB and (word.endswith("ed") or word in state.acts.sets["deeds-past"]):
        subject = state.main_subject_before(index)
        if subject and subject.first < 12:
            state.note(subject)


def infinitive_clause(state: State, cue: Cue) -> Clause | None:
    """Return the clause of "met to discuss", of "and underscore" beside it, of "took the opportunity to thank"."""
    words, acts = state.words, state.acts
    before = skip_adverbs(words, cue.at)
    last = state.last
    if words.at(before - 1) in {"and", ","} and last and last.mode == "infinitive":
        noun = state.is_weak(cue) and cue.verb not in acts.by_object
        return None if noun else state.side(cue, "infinitive", before - 1)
    if words.at(before - 1) == "and" and not state.is_weak(cue) and _in_purpose(state, before - 1):
        return state.side(cue, "infinitive", before - 1)
    to = before - 1
    if to < 1 or words.lower[to] != "to" or (cue.verb in acts.sets["talking"] and state.receives(cue)):
        return None
    beside = last is not None and last.mode in {"infinitive", "talking"} and words.lower[to - 1] in {"and", ","}
    if cue.pattern in acts.sets["never-purpose"]:
        return None
    if glad := _glad_before(state, to):
        state.host = glad
        return state.side(cue, "infinitive", glad.first)
    if beside or _takes_chance(state, to) or _is_purpose(state, to):
        return state.side(cue, "infinitive", to)
    return None


def _is_purpose(state: State, to: int) -> bool:
    """Tell whether "to" at word *to* opens the purpose of an encounter that was told just before."""
    words, acts = state.words, state.acts
    if state.meeting is None or state.last is not None or words.at(0) == "since":
        return False
    word = words.lower[to - 1]
    verb = acts.encounters.get(words.lower[state.meeting])
    at_talks = verb in acts.sets["taking-part"] and not acts.sets["talks"].isdisjoint(words.lower[state.meeting : to])
    if (verb in acts.sets["journeys"] and not at_talks) or word in acts.sets["nesting"]:
        return False
    return not word.endswith("ing") or word in acts.sets["gatherings"]


def _in_purpose(state: State, stop: int) -> bool:
    """Tell whether a purpose that is no statement goes on to word *stop*: "dropped by to greet them | and thank …"."""
    words = state.words
    for at in range(stop - 2, max(stop - _LONGEST_PURPOSE, 0), -1):
        if words.lower[at] == "to":
            return words.text[at + 1].islower() and words.at(at + 1) not in DETERMINERS and _is_purpose(state, at)
        if words.lower[at].endswith("ed") or not words.lower[at][0].isalnum():
            return False
    return False


def _takes_chance(state: State, to: int) -> bool:
    """Tell whether "took the opportunity", "used the call" stands before "to" at word *to*."""
    words, acts = state.words, state.acts
    if _affords_chance(state, to):
        return True
    if words.lower[to - 1] not in acts.sets["chances"] | acts.sets["talks"]:
        return False
    for at in range(max(to - 9, 0), to):
        if words.lower[at] in acts.sets["chance"]:
            if subject := state.main_subject_before(at):
                state.host = subject
                return True
            return words.at(skip_adverbs(words, at) - 1) in {"and", ","} and state.host is not None
    return False


def _affords_chance(state: State, to: int) -> bool:
    """Tell whether it is "the meeting offered a chance | to", "the visit was an occasion for both sides | to"."""
    words, sets = state.words, state.acts.sets
    chance = next(
        (at for at in range(to - 1, max(to - _LONGEST_PURPOSE, 0), -1) if words.lower[at] in sets["chances"]), 0
    )
    if not chance or (chance + 1 < to and words.at(chance + 1) != "for"):
        return False
    for at in range(max(chance - 5, 1), chance):
        subject = state.main_subject_before(at) if words.lower[at] in sets["affording"] else None
        if subject and not sets["talks"].isdisjoint(words.lower[subject.first : subject.stop]):
            state.host = subject
            return True
    return False


def _glad_before(state: State, to: int) -> Subject | None:
    """Return who is meant by "I was pleased" before "to" at word *to*: "to announce" is no intention then."""
    be = skip_adverbs(state.words, to - 1) - 1
    glad = state.words.lower[to - 1] in state.acts.sets["glad"] and state.words.at(be) in BE
    return state.main_subject_before(be) if glad else None


def participle_clause(state: State, cue: Cue) -> Clause | None:
    """Return the clause of ", noting that", "concluded by thanking", ", with both sides agreeing", "Noting …, he"."""
    words, acts = state.words, state.acts
    before = skip_adverbs(words, cue.at)
    weak = state.is_weak(cue)
    if cue.pattern in acts.sets["talks-only"]:
        return None
    if words.lower[:before] in _OPENINGS and (not weak or cue.verb in acts.sets["fronted"]):
        return state.side(cue, "participle", 0)
    opener = words.at(before - 1)
    if opener == "by":
        return _framed(state, cue, before - 1)
    if opener == "in" and _joins(state, before - 1):
        return state.side(cue, "participle", before - 1)
    subject = state.subject_before(before)
    if subject and subject.opener == "with":
        return Clause(cue, "participle", cue.at, len(words), subject, state.host, subject.first - 1)
    follows = state.last is not None and state.last.mode == "participle"
    if opener not in {",", "while", "—", "–"} and not (opener == "and" and follows):
        return None
    if opener == "while" and not weak and _awaits_verb(state, before - 1):
        return state.side(cue, "participle", before)
    # "The President, while thanking her, said"
    put_in = _is_put_in(state, cue, before - 1 - (opener == "while" and words.at(before - 2) == ","))
    put_in = put_in or (opener == "while" and (state.last is not None or words.at(before - 2) == ","))
    if not (state.finite or put_in) or (weak and not _reports_by_object(state, cue, before)):
        return None
    return state.side(cue, "participle", before if opener == "while" else before - 1)


def _awaits_verb(state: State, stop: int) -> bool:
    """Tell whether a subject ends before word *stop*, whose verb follows: "The King | *while thanking her* asked"."""
    subject = None if state.finite else state.main_subject_before(stop)
    if subject:
        state.note(subject)
        state.awaited = True
    return subject is not None


def _is_put_in(state: State, cue: Cue, comma: int) -> bool:
    """Tell whether a participle stands between subject and verb: "The President, *expressing* his thanks, | asked"."""
    words = state.words
    if state.finite or state.last or words.at(comma) != "," or cue.verb in state.acts.sets["talking"]:
        return False
    ends = (at for at in range(cue.stop, len(words) - 1) if words.lower[at] == ",")
    follows = any(is_verb(words.lower[at + 1], state.acts) or is_adverb(words, at + 1) for at in ends)
    subject = state.main_subject_before(comma) if follows else None
    if subject:
        state.note(subject)
    return subject is not None


def _framed(state: State, cue: Cue, by: int) -> Clause | None:
    """Return the clause of "closed the call by thanking", which the clause before it leaves out: "… | and ended by"."""
    words = state.words
    frame = next(
        (at for at in range(by - 1, max(by - 7, -1), -1) if words.lower[at] in state.acts.sets["framing"]), None
    )
    if frame is None or state.host is None:
        return None
    return state.side(cue, "participle", frame if words.at(frame - 1) == "and" else by)


def _joins(state: State, stop: int) -> bool:
    """Tell whether "joined President X" ends before word *stop*: "in urging restraint" both speak."""
    last = state.names.ending.get(stop)
    person = (last is not None and isinstance(last[1], Person)) or state.words.at(stop - 1) in state.acts.sets["people"]
    return person and "joined" in state.words.lower[max(stop - _LONGEST_PURPOSE, 0) : stop]


def _reports_by_object(state: State, cue: Cue, before: int) -> bool:
    """Tell whether a weak participle reports a statement by its object: "offering condolences", no item of a list."""
    if state.words.at(cue.stop) == "that" and state.words.at(before - 1) == ",":
        return True  # "…, committing that they will …"
    if cue.verb not in state.acts.by_object or _in_gerunds(state, before):
        return False
    return state.acts.act(cue, state.words, len(state.words), joint=False, aside=True) is not None


def _in_gerunds(state: State, stop: int) -> bool:
    """Tell whether the object under way lists gerunds: "including training officers, sharing …"."""
    lower, start = state.words.lower, state.last.cue.stop if state.last else 0
    gerunds = [at for at in range(start, stop) if lower[at].endswith("ing")]
    return any(at == start or lower[at - 1] in _IN_GERUNDS for at in gerunds)
