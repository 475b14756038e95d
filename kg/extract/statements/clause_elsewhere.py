"""Verbs of saying that report nothing said here: what was said elsewhere, deeds of office, visits paid."""

from __future__ import annotations

from kg.extract.statements.acts import Cue
from kg.extract.statements.clause import State
from kg.extract.statements.groups import CONTENT_OPENERS, DETERMINERS, PREPOSITIONS, is_verb
from kg.extract.statements.subjects import Subject
from kg.extract.words import MONTHS, Words, word_set

__all__ = ["can_tell", "is_recalled", "pays_call"]

_OWNERS = word_set("his her their its the")
_HEAD_ENDS = PREPOSITIONS | CONTENT_OPENERS
_PERIODS = word_set("week month year")
_LONGEST_OPENING = 16
_CHANCE_REACH = 5
"""Within how many words after "offered" the chance stands."""


def is_recalled(state: State, cue: Cue) -> bool:
    """Tell whether something said elsewhere is recalled: "last month, …", "made clear in her statement …"."""
    words, writings = state.words, state.acts.sets["writings"]
    first, second = words.at(0), words.at(1)
    if first == "previously" or (first, second) == ("earlier", "this") or (first == "last" and second in _PERIODS):
        return True
    if first in {"in", "since"} and second in MONTHS and words.at(2).isdigit():
        return True
    opening = words.lower[: words.lower.index(",")] if "," in words.lower[:_LONGEST_OPENING] else ()
    if first == "in" and second in _OWNERS and not writings.isdisjoint(opening):
        spoken = len(opening) == 3 and opening[2] in state.acts.sets["speeches"]  # "in her remarks, she …"
        return not spoken and state.acts.sets["of-the-meeting"].isdisjoint(opening)
    return words.at(cue.stop) in {"in", "at"} and not writings.isdisjoint(words.lower[cue.stop : cue.stop + 4])


def pays_call(state: State, cue: Cue) -> bool:
    """Tell whether "called on" is a visit: "called on President X in May", not "called on President X to resign"."""
    words, own = state.words, DETERMINERS | state.acts.sets["visiting"]
    if cue.verb != "call" or not cue.is_phrase or words.at(cue.stop - 1) == "for":
        return False
    stop = next((at for at in range(cue.stop, len(words) - 1) if _is_second_verb(state, at)), len(words))
    asks = (at + 1 for at in range(cue.stop, stop) if words.lower[at] in {"to", "for"})
    return all(words.is_capital(at) or words.at(at) in own for at in asks)


def _is_second_verb(state: State, at: int) -> bool:
    """Tell whether "and *extended*" stands at word *at*: what follows belongs to that verb."""
    return state.words.lower[at] == "and" and is_verb(state.words.lower[at + 1], state.acts)


def can_tell(state: State, cue: Cue, subject: Subject) -> bool:
    """Tell whether verb, subject and object go together: talks concern a thing, who addresses a forum does a deed."""
    words, sets = state.words, state.acts.sets
    if not cue.is_phrase and _object_head(words, cue.stop) in state.acts.deeds.get(cue.verb, ()):
        return False
    talks = not sets["talks"].isdisjoint(words.lower[subject.first : subject.stop])
    if talks and words.lower[cue.at] in sets["affording"]:
        return sets["chances"].isdisjoint(words.lower[cue.at + 1 : cue.at + _CHANCE_REACH + 1])
    concerned = cue.is_phrase or words.at(cue.stop)[:1].isalnum()
    return (talks and concerned) or cue.pattern not in sets["talks-only"]


def _object_head(words: Words, start: int) -> str:
    """Return the last word of the noun phrase that begins at word *start*, without its complements."""
    ends = (
        at for at in range(start + 1, len(words)) if words.lower[at] in _HEAD_ENDS or not words.lower[at][0].isalnum()
    )
    return words.at(next(ends, len(words)) - 1)
