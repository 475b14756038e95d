"""The clauses of a sentence that tell what was said: verb, subject, and how far the object goes.

One pass over the words. A verb of saying counts when it is finite and has a subject who can speak ("the two leaders
discussed"), when it is coordinated with such a verb ("… and reaffirmed"), when it is the purpose of an encounter ("met
to discuss"), and when it is a participle beside such a verb ("…, noting that"). What lies in the object of another
verb of saying ("agreed to discuss", "noted that she had urged") is part of that object.
"""

from __future__ import annotations

from itertools import takewhile

from kg.extract.statements.acts import Acts, Cue
from kg.extract.statements.clause import Clause, State
from kg.extract.statements.clause_ends import closed
from kg.extract.statements.clause_main import finite_clause, future_clause, present_clause
from kg.extract.statements.clause_passive import agenda_clause, talks_held
from kg.extract.statements.clause_side import (
    encounter_clause,
    infinitive_clause,
    is_encounter,
    note_verb,
    participle_clause,
)
from kg.extract.statements.names import Names
from kg.extract.words import Words

__all__ = ["clauses"]


def clauses(words: Words, names: Names, acts: Acts, *, item: bool = False) -> tuple[Clause, ...]:
    """Return the clauses of one sentence that report statements, in order.

    Args:
        words: the sentence.
        names: the entities in it.
        acts: the grammar of acts.
        item: whether it is an item of a list, which may begin with its verb: "Agreed to meet again".
    """
    state = State(words, names, acts, is_item=item)
    found: list[Clause] = []
    index, lower, end = 0, words.lower, _speech(words)
    while index < end:
        verb = lower[index] in acts.triggers and not _is_title(words, index)
        clause = _clause_at(state, index) if verb else None
        if clause is None:
            if state.host is None:
                note_verb(state, index)
            index += 1
            continue
        found.append(clause)
        state.last = clause
        index = max(index + 1, clause.cue.stop)
    told = closed(state, found)
    return tuple(told if end == len(words) else (clause for clause in told if clause.cue.stop < end))


def _speech(words: Words) -> int:
    """Return where literal speech begins: "She said | : “We agreed …”"; the number of words if there is none."""
    if ":" not in words.lower:
        return len(words)
    opened = (at for at in range(1, len(words) - 1) if words.lower[at] == ":" and words.lower[at + 1] in {"“", '"'})
    return next(opened, len(words))


def _is_title(words: Words, index: int) -> bool:
    """Tell whether the word is capitalised as a name's: ", | Registered Nurse"; in a headline all words are."""
    return index > 0 and words.is_capital(index) and not words.is_capital(index - 1)


def _clause_at(state: State, index: int) -> Clause | None:
    cue = state.acts.cue(state.words, index)
    if cue is None and (held := talks_held(state, index)):
        return held
    if is_encounter(state, cue, index):
        talk = encounter_clause(state, index)
        if talk or cue is None or (state.meeting == index and not _has_topic(state, cue)):
            return talk
    if cue is None:
        return agenda_clause(state, index) or future_clause(state, index)
    return _by_form(state, cue)


def _has_topic(state: State, cue: Cue) -> bool:
    """Tell whether what may be an encounter has a topic for object: "spoke to | the need", not "to | review it"."""
    purpose = state.acts.cue(state.words, cue.stop) if cue.stop < len(state.words) else None
    if not cue.is_phrase or state.receives(cue) or (purpose and purpose.form == "base"):
        return False
    following = takewhile(lambda word: word != ",", state.words.lower[cue.stop : cue.stop + 5])
    return state.acts.sets["people"].isdisjoint(following)


def _by_form(state: State, cue: Cue) -> Clause | None:
    if cue.form != "past" and {cue.verb, cue.pattern} & state.acts.sets["deeds-of-both"]:
        return None  # "to launch a fund" is a purpose, and "establishing a fund" tells of something else
    if cue.form == "ing":
        return participle_clause(state, cue)
    if cue.form == "third":
        return present_clause(state, cue)
    if cue.form == "base":
        return infinitive_clause(state, cue) or present_clause(state, cue)
    same = cue.verb == state.words.lower[cue.at]  # "let", "read": base or past
    return (infinitive_clause(state, cue) if same else None) or finite_clause(state, cue)
