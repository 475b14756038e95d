"""Main clauses that report a statement: a finite verb of saying with its subject, or beside another one."""

from __future__ import annotations

from kg.extract.statements.actors import PRONOUNS
from kg.extract.statements.acts import Cue
from kg.extract.statements.adverbs import skip_adverbs
from kg.extract.statements.clause import Clause, State
from kg.extract.statements.clause_elsewhere import can_tell, is_recalled, pays_call
from kg.extract.statements.clause_passive import passive_clause
from kg.extract.statements.groups import (
    BE,
    CLAUSE_OPENERS,
    CONTENT_OPENERS,
    DETERMINERS,
    NO_NOUN,
    PREPOSITIONS,
    is_verb,
)
from kg.extract.statements.subjects import Subject, find_antecedent
from kg.extract.words import Words, word_set
from kg.model import Person, Place

__all__ = ["finite_clause", "future_clause", "present_clause"]

_AUXILIARIES = word_set(
    "had has have will would could should can may might must did do does not never to be being been having"
)
_BACKGROUND = word_set("recently previously earlier already long")
_AFTER_PARTICIPLE = word_set("by at last earlier during yesterday under")
_NO_OBJECT = word_set("by at in during last earlier included were was are is include")
_OBJECT_OPENERS = word_set(
    "a an the his her their its with that how what u.s. this these both two three four five six several"
)
_HELD_TO = word_set("continue remain stand always never not be have")
_ELSEWHEN = word_set("last earlier")
_CLAUSES = CLAUSE_OPENERS | CONTENT_OPENERS
_OF_BOTH = frozenset({"agree", "reaffirm", "discuss"})
_RELATIVES = word_set("who whose which")
_WITHIN = word_set("in at during through")
_DATELINE_ENDS = frozenset({"", "–", "—", "-", ":"})
"""What stands before the first word of a release."""
_QUOTE_ENDS = word_set('” "')


def finite_clause(state: State, cue: Cue) -> Clause | None:
    """Return the clause of a past form: finite, coordinated, relative or passive; None for a mere participle."""
    words, acts = state.words, state.acts
    before = skip_adverbs(words, cue.at)
    if words.at(before - 1) in BE:
        return passive_clause(state, cue, before - 1)
    if words.at(before - 1) == "have" and cue.act in _OF_BOTH and (sides := _both_countries(state, before - 1)):
        return state.main(cue, sides)
    if _is_no_report(state, cue, before):
        return None
    receives = cue.verb in acts.sets["receiving"] and cue.verb != "invite" and state.receives(cue)
    if receives or pays_call(state, cue):
        _note_host(state, cue, before)
        return None
    if relative := _relative(state, cue, before):
        return relative
    if subject := state.subject_before(before):
        return state.main(cue, subject) if _reports(state, cue, subject) else None
    if cue.pattern in acts.sets["talks-only"]:
        return None
    if subject := _any_subject(state, cue, before) or _parted_subject(state, before):
        return state.main(cue, subject)
    return _coordinated(state, cue, before)


def _is_no_report(state: State, cue: Cue, before: int) -> bool:
    """Tell whether the form is no finite past, or tells of another time or, of one side alone, of a deed."""
    words, sets = state.words, state.acts.sets
    auxiliary = words.at(before - 1)
    if auxiliary in _BACKGROUND:  # "have already agreed"
        auxiliary = words.at(before - 2)
    if (
        auxiliary in _AUXILIARIES
        or words.lower[cue.at] in state.acts.participles
        or cue.pattern in sets["passive-only"]
    ):
        return True
    if not _BACKGROUND.isdisjoint(words.lower[before : cue.at]) or (is_recalled(state, cue) and state.meeting is None):
        return True
    if {cue.verb, cue.pattern} & sets["deeds-of-both"]:
        return not _is_joint(state, state.subject_before(before))
    return not cue.is_phrase and cue.verb in sets["seldom-bare"] and words.at(cue.stop) in _AFTER_PARTICIPLE


def _note_host(state: State, cue: Cue, before: int) -> None:
    """Remember who welcomed somebody: that is an encounter, and what is said next is said by the host."""
    if subject := state.main_subject_before(before):
        state.note(subject)
        state.meeting = cue.at


def _reports(state: State, cue: Cue, subject: Subject) -> bool:
    """Tell whether the clause reports what was said here, and is not the content of another verb of saying."""
    words = state.words
    if not can_tell(state, cue, subject):
        return False
    if (
        _is_content(state, subject)
        or _tells_of_noun(state, subject)
        or _ends_direct_speech(words, subject)
        or _is_bound(state, cue, subject)
    ):
        return False
    if subject.nested or subject.opener == "as":
        as_said = words.lower[0] == "as" and subject.first == 1 and cue.act == "discuss"
        as_said = as_said or _goes_with_meeting(state, subject)
        where = subject.opener == "where" and words.at(subject.first - 2) == "," and state.meeting is not None
        return as_said or where
    return not (subject.opener in {"which", "what", "who"} and words.at(cue.stop) in _ELSEWHEN)


def _goes_with_meeting(state: State, subject: Subject) -> bool:
    """Tell whether all who met say it as they meet: "reaffirmed their bond, *as the leaders* agreed to …"."""
    words, noun = state.words, state.words.lower[subject.stop - 1]
    together = noun in state.acts.sets["joint"] or noun == "they"
    return words.lower[subject.first - 2 : subject.first] == (",", "as") and together


def _is_content(state: State, subject: Subject) -> bool:
    """Tell whether the clause follows a verb of saying as its content: "said | she looks forward"."""
    return state.last is not None and state.last.cue.stop == subject.first and state.last.mode != "infinitive"


def _tells_of_noun(state: State, subject: Subject) -> bool:
    """Tell whether the clause is a relative one in what was said: "noted the speech, *in which the leader* praised"."""
    told = state.last is not None and state.last.mode != "talking"  # "talked about ice, during which he urged calm"
    return told and subject.opener == "which" and state.words.at(subject.first - 2) in _WITHIN


def _is_bound(state: State, cue: Cue, subject: Subject) -> bool:
    """Tell whether "committed to" describes those met: "hosted mayors, nurses, and leaders *committed to* peace"."""
    words = state.words
    bare = words.lower[subject.first] not in DETERMINERS | PRONOUNS and subject.stop not in state.names.ending
    bare = bare and not (subject.first + 1 == subject.stop and words.is_capital(subject.first))
    return cue.verb == "commit" and words.at(cue.stop) == "to" and state.meeting is not None and bare


def _ends_direct_speech(words: Words, subject: Subject) -> bool:
    """Tell whether the subject follows a literal quotation, which is said to the press: "“… to Fiji,” the Minister"."""
    return words.at(subject.first - 1) in _QUOTE_ENDS and words.at(subject.first - 2) in {",", ".", "!", "?"}


def _any_subject(state: State, cue: Cue, before: int) -> Subject | None:
    """Return the noun phrase at the start of the sentence as subject of its first verb: "The Task Force discussed"."""
    words, acts = state.words, state.acts
    if state.last or state.finite or state.is_weak(cue) or words.at(cue.stop) in _NO_OBJECT:
        return None
    start = words.lower.index(",") + 1 if words.at(0) in PREPOSITIONS and "," in words.lower[:before] else 0
    phrase = words.lower[start:before]
    if not 2 <= len(phrase) <= 12 or phrase[0] not in DETERMINERS or "," in phrase or NO_NOUN & set(phrase):
        return None
    return None if any(is_verb(word, acts) for word in phrase) else Subject(start, before)


def _is_joint(state: State, subject: Subject | None) -> bool:
    """Tell whether the subject, or that of the statement before, is all who met: "the Ministers | launched a fund"."""
    words, joint = state.words, state.acts.sets["joint"]
    if subject is not None:
        return words.lower[subject.stop - 1] in joint
    told = state.last is not None and state.last.mode == "finite"
    return told and state.host is not None and words.lower[state.host.stop - 1] in {"they", *joint}


def _both_countries(state: State, stop: int) -> Subject | None:
    """Return the two countries whose release opens with what they did: "Peru and Ghana | have agreed"."""
    words, subject = state.words, state.main_subject_before(stop)
    if (
        subject is None
        or words.at(subject.first - 1) not in _DATELINE_ENDS
        or state.last
        or "and" not in words.lower[subject.first : subject.stop]
    ):
        return None
    known = state.names.ending.items()
    named = [entity for end, (first, entity) in known if subject.first <= first and end <= subject.stop]
    return subject if len(named) == 2 and all(isinstance(entity, Place) for entity in named) else None


def _parted_subject(state: State, before: int) -> Subject | None:
    """Return the subject that a relative clause parts from its verb: "Dr. Ewe, who came for the games, | thanked"."""
    words = state.words
    if state.last or state.finite or words.at(before - 1) != "," or "," not in words.lower[: before - 1]:
        return None
    comma = words.lower.index(",")
    subject = state.main_subject_before(comma) if words.at(comma + 1) in _RELATIVES else None
    return subject if subject and subject.first == 0 else None


def _relative(state: State, cue: Cue, before: int) -> Clause | None:
    """Return the clause of "called on President X, who thanked her", or of "met with mayors who shared their plans"."""
    words = state.words
    if words.at(before - 1) != "who" or words.at(cue.stop) in _ELSEWHEN:
        return None
    apart = words.at(before - 2) == ","
    stop = before - 1 - apart
    met = state.meeting is not None and state.last is None
    _, entity = state.names.ending.get(stop, (0, None))
    if not (apart or met or isinstance(entity, Person)):
        return None
    subject = find_antecedent(words, stop, state.names, state.acts, whole=met)
    if subject is None:
        return None
    if apart:
        state.note(subject)
    return Clause(cue, "finite", cue.at, len(words), subject, subject, before - 1)


def _coordinated(state: State, cue: Cue, before: int) -> Clause | None:
    """Return the clause of a second verb, or of an item of a list that begins with its verb ("Agreed to …")."""
    if before == 0:
        state.finite = state.is_item
        return state.side(cue, "coordinated", 0) if state.is_item else None
    joins = 1 if state.words.at(before - 1) in {"and", ",", "but", ";"} else 0
    if state.words.lower[max(before - 3, 0) : before] == ("as", "well", "as"):
        joins = 3
    joined = (joins or state.awaited) and state.finite
    state.awaited = False
    return state.side(cue, "coordinated", before - joins) if joined and not _is_adjective(state, cue, before) else None


def _is_adjective(state: State, cue: Cue, before: int) -> bool:
    """Tell whether what looks like a second verb is an adjective: "our defence *and shared* values"."""
    words = state.words
    if cue.verb not in state.acts.sets["adjectival"] or words.at(before) in {"also", "then", "further"}:
        return False
    if cue.is_phrase and words.at(before - 1) == "and" and state.last is None:
        return False  # "were chaired by X and focused on Y"
    listed = words.at(before - 1) == "and" and words.at(before - 2) == ","
    after = words.at(cue.at + 1)
    if cue.verb in state.acts.sets["addressing"]:
        return not state.receives(cue)  # "and updated guidance", not "and updated President X"
    opens_object = after in _OBJECT_OPENERS | DETERMINERS or after.endswith("ing")
    return not listed and after[:1].isalpha() and not opens_object


def present_clause(state: State, cue: Cue) -> Clause | None:
    """Return the clause of a present form ("They look forward to …"), where a present is said in the encounter."""
    if cue.pattern not in state.acts.sets["present"]:
        return None
    if _goes_on(state, cue):
        return state.side(cue, "coordinated", cue.at - 1)  # "The United States will help and looks forward to …"
    subject = state.main_subject_before(cue.at)
    if subject is None or _is_content(state, subject) or not _is_somebody(state, subject):
        return None
    noun = state.words.lower[subject.stop - 1]
    if cue.pattern in state.acts.sets["together"] and noun != "they" and noun not in state.acts.sets["joint"]:
        return None
    return state.main(cue, subject)


def _goes_on(state: State, cue: Cue) -> bool:
    """Tell whether a present form has the subject of the verb before it, and is no part of what that verb told."""
    last = state.last
    if last is None or state.words.at(cue.at - 1) not in {"and", ","}:
        return False
    nested = not _CLAUSES.isdisjoint(state.words.lower[last.cue.stop : cue.at])
    alone = cue.pattern not in state.acts.sets["together"] and last.mode in {"finite", "coordinated"}
    return last.mode == "future" or (alone and not nested)


def _is_somebody(state: State, subject: Subject) -> bool:
    """Tell whether persons are meant: "The United States looks forward" is the publisher's own voice."""
    _, entity = state.names.ending.get(subject.stop, (0, None))
    noun = state.words.lower[subject.stop - 1]
    return isinstance(entity, Person) or noun in PRONOUNS or noun in state.acts.sets["joint"]


def future_clause(state: State, index: int) -> Clause | None:
    """Return the clause of "The United States will provide …"; the sentence before decides whether it was said."""
    words = state.words
    if words.lower[index] != "will" or words.at(index + 1) in _HELD_TO:
        return None
    first, entity = state.names.ending.get(index, (len(words), None))
    first -= words.at(first - 1) == "the"
    beside = state.last is not None and words.lower[max(first - 2, 0) : first] == (",", "and")
    if not isinstance(entity, Place) or not (beside or (first == 0 and state.last is None)):
        return None
    return state.main(Cue("will", "base", "commit", index, index + 1, "will"), Subject(first, index), "future")
