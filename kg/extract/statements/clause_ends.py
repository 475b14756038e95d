"""How far the object of a verb of saying goes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from kg.extract.statements.clause import Clause, State
from kg.extract.statements.groups import CONTENT_OPENERS, PREPOSITIONS, is_verb
from kg.extract.statements.names import Names
from kg.extract.words import Words, word_set

__all__ = ["closed", "without_counterparts"]

_MARKS = word_set(", ; : — – - ( . !")
_TRAILING = _MARKS | word_set("and but or as while which who with also then further additionally jointly both each")
"""What goes with the next clause where another follows: "agreed to meet | and further | praised"."""
_PRONOUNS = word_set("he she they")
_OTHER_DEEDS = word_set("will met visited toured then also")
_ENCOUNTERS = word_set("met spoke toured visited traveled travelled")
_THEN = word_set("also then later subsequently separately afterwards")
_CONTENT = CONTENT_OPENERS | word_set("who which where")
_REMARKS = word_set("following after before")
_OPENERS = word_set("that which who how what why whether to ; and")
_FINITE = word_set("is are was were has have had will would can could shows show he she they it we this")
_TOLD_BY_PATTERN = frozenset({"request", "appreciate", "reaffirm", "concern"})
_WITH_OBJECT = 3
_LEADING = PREPOSITIONS | {"during"}
_SOON = 8
_IN_TITLES = word_set("the of and for to on , ; in")


def closed(state: State, found: list[Clause]) -> Iterator[Clause]:
    """Yield the clauses, each ended where the next begins or where the sentence turns to something else."""
    words = state.words
    begins = [clause.begins for clause in found[1:]] + [len(words)]
    for place, clause in enumerate(found):
        stop = begins[place]
        if place + 1 < len(found) and stop <= clause.cue.at:
            stop = found[place + 1].cue.at  # it is put into the next one, between subject and verb
        if place + 1 < len(found) and _share_object(words, clause, found[place + 1]):
            stop = begins[place + 1]
        stop = _trimmed(words, clause.cue.stop, _turn(state, clause, stop))
        if stop > clause.cue.stop or clause.mode == "passive" or _has_object(clause):
            yield replace(clause, stop=max(stop, clause.cue.stop), host=clause.host or state.host)


def _has_object(clause: Clause) -> bool:
    """Tell whether the object is within the pattern of the verb: "sought their help", which talks alone do not tell."""
    return clause.cue.act in _TOLD_BY_PATTERN and clause.cue.stop - clause.cue.at >= _WITH_OBJECT


def _share_object(words: Words, clause: Clause, following: Clause) -> bool:
    """Tell whether two verbs have one object: "welcomed and commended the decision"."""
    between = set(words.lower[clause.cue.stop : following.cue.at])
    return following.mode in {"coordinated", "infinitive"} and {"and"} <= between <= {"and", "also"}


def without_counterparts(clause: Clause, words: Words, names: Names, present: Collection[str]) -> Clause:
    """Leave out with whom it was discussed: "discussed the floods | with Minister X and Director Y".

    Args:
        clause: the clause.
        words: its sentence.
        names: the entities in the sentence.
        present: the ids of those who took part.
    """
    if clause.cue.act != "discuss" or clause.mode == "talking":
        return clause
    for at in range(clause.stop - 2, clause.cue.stop, -1):
        if words.lower[at] == "with":
            people = [person.id for person in names.people(at, clause.stop)]
            listed = all(
                words.is_capital(place) or words.lower[place] in _IN_TITLES for place in range(at + 1, clause.stop)
            )
            return replace(clause, stop=at) if people and listed and all(one in present for one in people) else clause
    return clause


def _turn(state: State, clause: Clause, stop: int) -> int:
    """Return where, before word *stop*, a remark or a new main clause sets in that is no part of the object."""
    words = state.words
    purpose = clause.mode == "infinitive"
    for at in range(clause.cue.stop + 1, stop - 1):
        word = words.lower[at]
        if word == "," and _is_remark(words, at + 1, clause):
            return at
        if word in {"and", "but"} and words.at(at - 1) == "," and _new_clause(state, at + 1):
            return at
        if word == "and" and _goes_on_to_meet(words, clause, at):
            return at
        if word == ";" and (_is_sentence(words, at + 1) or _has_subject(state, at + 1)):
            return at
        if purpose and words.lower[at : at + 3] == ("as", "part", "of"):
            return at
    return stop


def _is_remark(words: Words, at: int, clause: Clause) -> bool:
    """Tell whether what begins at word *at*, after a comma, tells of something else."""
    first, second = words.at(at), words.at(at + 1)
    if first == "as" and second in _PRONOUNS:
        return True  # "…, as he has said before"
    if first in {"a", "an"} and words.at(at + 2) in {"that", "which"}:
        return True  # an apposition: "…, a pledge that she had made in May"
    if clause.mode == "infinitive" and first in _REMARKS:
        return True
    return first == "ahead" and second == "of" and clause.mode in {"infinitive", "talking"}


def _new_clause(state: State, at: int) -> bool:
    """Tell whether "and *they will* …", "but *the leaders met*" begins at word *at*."""
    words = state.words
    if words.at(at) in _PRONOUNS or words.at(at) in {"we", "i"}:
        return True
    if words.at(at) != "the":
        return False
    verbs = [end for end in range(at + 2, min(at + 6, len(words))) if words.lower[end] in _OTHER_DEEDS]
    return bool(verbs) and state.subject_before(verbs[0]) is not None


def _goes_on_to_meet(words: Words, clause: Clause, at: int) -> bool:
    """Tell whether the subject does something else from word *at* on: "urged calm *and later met* with mayors"."""
    verb = at + 1
    while words.at(verb) in _THEN:
        verb += 1
    meets = words.at(verb) in _ENCOUNTERS and words.at(verb + 1)[:1].isalnum()  # not "are heard and met"
    return meets and _CONTENT.isdisjoint(words.lower[clause.cue.stop : at])


def _has_subject(state: State, at: int) -> bool:
    """Tell whether a party with its verb begins at word *at*, after a semicolon: "; *his guests* concurred"."""
    near = range(at + 1, min(at + _SOON, len(state.words)))
    verbs = (end for end in near if is_verb(state.words.lower[end], state.acts))
    subject = next((found for end in verbs if (found := state.subject_before(end))), None)
    return subject is not None and subject.first == at


def _is_sentence(words: Words, at: int) -> bool:
    """Tell whether a main clause begins at word *at*, after a semicolon: "research *shows* that", no item of a list."""
    for place in range(at, min(at + _SOON, len(words))):
        word = words.lower[place]
        if word in _OPENERS:
            return False
        if word in _FINITE:
            return True
    return False


def _trimmed(words: Words, first: int, stop: int) -> int:
    """Leave out the marks at the end of the stretch, and what goes with the next clause if the sentence goes on."""
    trailing = _MARKS if stop == len(words) else _TRAILING
    while stop > first and words.lower[stop - 1] in trailing:
        stop -= 1 + (words.lower[stop - 1] == "which" and words.lower[stop - 2] in _LEADING)  # "…, to which | she"
    return stop
