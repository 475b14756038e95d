"""Main clauses that report a statement: a finite verb of saying with its subject, or beside another one."""

from __future__ import annotations

from kg.extract.statements.acts import LISTING, NO_TOPIC, PREVAILING, Cue
from kg.extract.statements.clause import Clause, State
from kg.extract.statements.groups import DETERMINERS, PREPOSITIONS, group_before, is_verb
from kg.extract.statements.subjects import PRONOUNS, Subject, skip_adverbs
from kg.extract.words import MONTHS, Words, word_set
from kg.model import Person, Place

__all__ = ["agenda_clause", "finite_clause", "future_clause", "present_clause"]

_AUXILIARIES = word_set(
    "had has have will would could should can may might must did do does not never to be being been having"
)
_BE = word_set("was were")
_BACKGROUND = word_set("recently previously earlier already long")
_AFTER_PARTICIPLE = word_set("by at last earlier during yesterday under")
_SELDOM_BARE = word_set("announce agree discuss outline share raise adopt sign propose")
"""Before "by" or "last week" their past form is a participle: "the steps announced by"."""
_NO_OBJECT = word_set("by at in during last earlier included were was are is include")
_NO_NOUN = word_set(
    "that which who where when while is are was were be been has have had will would could should can may ; : to"
)
_OBJECT_OPENERS = word_set("a an the his her their its with that how what u.s. this these both")
_CENTRE = word_set("centre center heart focus")
_TOPIC_REACH = 8
_PROMINENT = word_set("prominently in high the")
_TOPIC = word_set("topic topics subject subjects agenda")
_TOPICS = word_set("topics issues subjects matters themes points items")
_WRITINGS = word_set("statement speech remarks letter tweet op-ed address testimony interview proclamation")
_HELD_TO = word_set("continue remain stand always never not be have")
_OWNERS = word_set("his her their its the")
_LINKS = word_set("that which who as")
_PERIODS = word_set("week month year")
_OF_THE_MEETING = word_set("opening closing concluding welcome welcoming introductory")
"""Remarks of this kind are made at the meeting itself."""
_QUOTE_ENDS = word_set('” "')
_HEEDED = word_set("drawn paid given")
_TALKED = word_set("discussion discussions talk")
_HOLDING = word_set("held conducted")
_TALKED_ON = word_set("on about regarding concerning")
_BRIEFING = word_set("brief update inform apprise")
_PASSIVE = word_set(
    "agree decide stress emphasize emphasise underline underscore raise highlight sign initial conclude"
)
"""Beside the verbs of discussing, these report a statement in the passive too."""
_VISITING = word_set("discuss congratulate convey express thank present review exchange pay bid extend")
"""What one calls on somebody to do oneself."""
_SUPPORTING = word_set("hold have conduct engage")
"""These tell of a talk only with their object: "talks were held" is the encounter."""
_LONGEST_AGENT = 8
_PERIOD_OPENERS = word_set("early late mid")
_OPENING = word_set("in during at on following after")


def finite_clause(state: State, cue: Cue) -> Clause | None:
    """Return the clause of a past form: finite, coordinated, relative or passive; None for a mere participle."""
    words, acts = state.words, state.acts
    before = skip_adverbs(words, cue.at)
    auxiliary = words.at(before - 1)
    if auxiliary in _BE:
        return _passive(state, cue, before - 1)
    if auxiliary in _BACKGROUND:  # "have already agreed"
        auxiliary = words.at(before - 2)
    if auxiliary in _AUXILIARIES or words.lower[cue.at] in acts.participles:
        return None
    if _BACKGROUND & set(words.lower[before : cue.at]):
        return None
    if _is_recalled(words, cue) and state.meeting is None:
        return None
    if not cue.is_phrase and cue.verb in _SELDOM_BARE and words.at(cue.stop) in _AFTER_PARTICIPLE:
        return None
    receives = cue.verb in acts.sets["receiving"] and cue.verb != "invite" and state.receives(cue)
    if receives or _pays_call(state, cue):
        _note_host(state, cue, before)
        return None
    if subject := state.subject_before(before):
        return state.main(cue, subject) if _reports(state, cue, subject) else None
    if subject := _any_subject(state, cue, before):
        return state.main(cue, subject)
    return _relative(state, cue, before) or _coordinated(state, cue, before)


def _is_recalled(words: Words, cue: Cue) -> bool:
    """Tell whether something said elsewhere is recalled: "last month, …", "made clear in her statement …"."""
    first, second = words.at(0), words.at(1)
    if first == "previously" or (first, second) == ("earlier", "this") or (first == "last" and second in _PERIODS):
        return True
    if (
        first == "in"
        and second in _OWNERS
        and "," in words.lower[:12]
        and _WRITINGS & (opening := set(words.lower[: words.lower.index(",")]))
    ):
        return not _OF_THE_MEETING & opening
    return words.at(cue.stop) == "in" and bool(_WRITINGS & set(words.lower[cue.stop : cue.stop + 4]))


def _pays_call(state: State, cue: Cue) -> bool:
    """Tell whether "called on" is a visit: "called on President X in May", not "called on President X to resign"."""
    if cue.verb != "call" or not cue.is_phrase or not state.receives(cue):
        return False
    words = state.words
    stop = next((at for at in range(cue.stop, len(words) - 1) if _is_second_verb(state, at)), len(words))
    asks = (words.at(at + 1) for at in range(cue.stop, stop) if words.lower[at] in {"to", "for"})
    return all(word in DETERMINERS or word in _VISITING for word in asks)


def _is_second_verb(state: State, at: int) -> bool:
    """Tell whether "and *extended*" stands at word *at*: what follows belongs to that verb."""
    return state.words.lower[at] == "and" and is_verb(state.words.lower[at + 1], state.acts)


def _note_host(state: State, cue: Cue, before: int) -> None:
    """Remember who welcomed somebody: that is an encounter, and what is said next is said by the host."""
    if subject := state.main_subject_before(before):
        state.note(subject)
        state.meeting = cue.at


def _reports(state: State, cue: Cue, subject: Subject) -> bool:
    """Tell whether the clause reports what was said here, and is not the content of another verb of saying."""
    words = state.words
    if _is_content(state, subject) or _ends_direct_speech(words, subject) or _is_bound(state, cue, subject):
        return False
    if subject.nested or subject.opener == "as":
        as_said = words.lower[0] == "as" and subject.first == 1 and cue.act == "discuss"
        as_said = as_said or _goes_with_meeting(state, subject)
        where = subject.opener == "where" and words.at(subject.first - 2) == "," and state.meeting is not None
        return as_said or where
    return not (subject.opener in {"which", "what", "who"} and words.at(cue.stop) in {"last", "earlier"})


def _goes_with_meeting(state: State, subject: Subject) -> bool:
    """Tell whether all who met say it as they meet: "reaffirmed their bond, *as the leaders* agreed to …"."""
    words, noun = state.words, state.words.lower[subject.stop - 1]
    together = noun in state.acts.sets["joint"] or noun == "they"
    return words.lower[subject.first - 2 : subject.first] == (",", "as") and together


def _is_content(state: State, subject: Subject) -> bool:
    """Tell whether the clause follows a verb of saying as its content: "said | she looks forward"."""
    return state.last is not None and state.last.cue.stop == subject.first and state.last.mode != "infinitive"


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
    if not 2 <= len(phrase) <= 12 or phrase[0] not in DETERMINERS or "," in phrase or _NO_NOUN & set(phrase):
        return None
    return None if any(is_verb(word, acts) for word in phrase) else Subject(start, before)


def _relative(state: State, cue: Cue, before: int) -> Clause | None:
    """Return the clause of "President X, who thanked her for …", or of "met with mayors who shared their plans"."""
    if state.words.at(before - 1) != "who":
        return None
    stop = before - 1 - (state.words.at(before - 2) == ",")
    first = state.names.ending[stop][0] if stop in state.names.ending else None
    if first is None and state.meeting is not None and state.last is None:
        first = group_before(state.words, stop, state.acts)
    if first is None:
        return None
    subject = Subject(first, stop, "who")
    return Clause(cue, "finite", cue.at, len(state.words), subject, subject, before - 1)


def _coordinated(state: State, cue: Cue, before: int) -> Clause | None:
    """Return the clause of a second verb, or of an item of a list that begins with its verb ("Agreed to …")."""
    if before == 0:
        state.finite = state.is_item
        return state.side(cue, "coordinated", 0) if state.is_item else None
    added = state.words.lower[max(before - 3, 0) : before] == ("as", "well", "as")
    joined = (added or state.words.at(before - 1) in {"and", ",", "but", ";"}) and state.finite
    return (
        state.side(cue, "coordinated", before - (3 if added else 1))
        if joined and not _is_adjective(state, cue, before)
        else None
    )


def _is_adjective(state: State, cue: Cue, before: int) -> bool:
    """Tell whether what looks like a second verb is an adjective: "our defence *and shared* values"."""
    words = state.words
    if cue.verb not in state.acts.sets["adjectival"] or words.at(before) in {"also", "then", "further"}:
        return False
    listed = words.at(before - 1) == "and" and words.at(before - 2) == ","
    after = words.at(cue.at + 1)
    return not listed and after not in _OBJECT_OPENERS and not after.endswith("ing")


def present_clause(state: State, cue: Cue) -> Clause | None:
    """Return the clause of a present form ("They look forward to …"), where a present is said in the encounter."""
    if cue.pattern not in state.acts.sets["present"]:
        return None
    if state.last and state.last.mode == "future" and state.words.at(cue.at - 1) in {"and", ","}:
        return state.side(cue, "coordinated", cue.at - 1)  # "The United States will help and looks forward to …"
    subject = state.main_subject_before(cue.at)
    if subject is None or _is_content(state, subject) or not _is_somebody(state, subject):
        return None
    noun = state.words.lower[subject.stop - 1]
    if cue.pattern in state.acts.sets["together"] and noun != "they" and noun not in state.acts.sets["joint"]:
        return None
    return state.main(cue, subject)


def _is_somebody(state: State, subject: Subject) -> bool:
    """Tell whether persons are meant: "The United States looks forward" is the publisher's own voice."""
    _, entity = state.names.ending.get(subject.stop, (0, None))
    noun = state.words.lower[subject.stop - 1]
    return isinstance(entity, Person) or noun in PRONOUNS or noun in state.acts.sets["joint"]


def _passive(state: State, cue: Cue, be: int) -> Clause | None:
    """Return the clause of "trade was discussed", "it was agreed that", "the President was briefed by X on Y"."""
    words = state.words
    if cue.verb in _BRIEFING:
        subject = state.main_subject_before(be)
        return state.main(cue, subject, "passive", be) if subject else None
    if (cue.act != "discuss" and cue.verb not in _PASSIVE) or cue.verb in _SUPPORTING:
        return None
    if state.last or state.finite or _is_others(state, cue) or _in_content(state, be):
        return None
    first = words.lower.index(",") + 1 if words.at(0) in _OPENING and "," in words.lower[:be] else 0
    state.finite = True
    return Clause(cue, "passive", first, len(words), begins=first)


def _is_others(state: State, cue: Cue) -> bool:
    """Tell whether what was done was done by others, or at another time: "signed into law", "signed in 2019"."""
    words, after = state.words, state.words.at(cue.stop)
    if after == "by" and cue.act == "agree":
        agents = words.lower[cue.stop : cue.stop + _LONGEST_AGENT]
        return "and" not in agents and state.acts.sets["joint"].isdisjoint(agents)
    if cue.act != "agree":
        return after in {"by", "to"}
    then = words.at(cue.stop + 1)
    return after == "into" or (after in {"in", "on"} and (then.isdigit() or then in MONTHS or then in _PERIOD_OPENERS))


def _in_content(state: State, be: int) -> bool:
    """Tell whether the passive stands in a relative clause, or in what somebody said: "a plan *that* was discussed"."""
    before = state.words.lower[:be]
    if _LINKS.isdisjoint(before):
        return False
    return before[-1] in _LINKS or before[0] in _LINKS or any(is_verb(word, state.acts) for word in before)


def agenda_clause(state: State, index: int) -> Clause | None:
    """Return the clause of "on the agenda were …", "topics included …", "… was another topic"."""
    words = state.words
    word, before = words.lower[index], set(words.lower[max(index - 8, 0) : index])
    if word not in LISTING | PREVAILING or state.last or state.finite:
        return None
    if word in _BE and (heeded := _heeded(state, index)):
        return heeded
    listed = "agenda" in before or (_TOPICS & before and word != "were") or _opens_with_centre(words)
    topical = _is_topic(state, index) or (word in _BE and _talks_held(state, index))
    listed = listed or (word in _BE and _is_discussed(state, index - 1))  # "Also discussed | were ports"
    if not (listed or topical) or _NO_NOUN & before:
        return None
    state.finite = True
    cue = Cue(word, "past", "discuss", index, index + 1, word)
    return Clause(cue, "passive", 0 if topical else index, len(words), begins=0 if topical else index)


def _is_topic(state: State, at: int) -> bool:
    """Tell whether what stands before is what the talks were about: "were a topic", "were the focus of the talks"."""
    following = set(state.words.lower[at + 1 : at + _TOPIC_REACH])
    if state.words.lower[at] in _BE and _TOPIC & following:
        return True
    of_talks = not (state.acts.sets["talks"] - _TOPICS).isdisjoint(following)
    prevails = state.words.lower[at] in PREVAILING and state.words.at(at + 1) in _PROMINENT
    return of_talks and (prevails or bool(_CENTRE & following))


def _is_discussed(state: State, at: int) -> bool:
    """Tell whether the sentence opens with a participle of discussing at word *at*, perhaps after "also"."""
    opens = at >= 0 and skip_adverbs(state.words, at) == 0
    cue = state.acts.cue(state.words, at) if opens else None
    return cue is not None and cue.act == "discuss"


def _heeded(state: State, be: int) -> Clause | None:
    """Return the clause of "attention was drawn to …", "the focus was on …", "there was discussion of …"."""
    words = state.words
    at = be + 1 + (words.at(be + 1) == "also")
    if words.at(be - 1) == "attention" and words.at(at) in _HEEDED and words.at(at + 1) == "to":
        first, stop = 0, at + 2
    elif "focus" in words.lower[:be] and words.at(at) == "on":
        first, stop = be, at + 1
    elif words.at(be - 1) == "there" and words.at(at) in _TALKED and words.at(at + 1) in _TALKED_ON | {"of"}:
        first, stop = be, at + 2
    else:
        return None
    state.finite = True
    return Clause(Cue(words.lower[be], "past", "discuss", be, stop, "be"), "passive", first, len(words), begins=first)


def _opens_with_centre(words: Words) -> bool:
    """Tell whether the sentence begins with "At the centre of the talks"."""
    return words.at(0) == "at" and bool(_CENTRE & set(words.lower[1:4]))


def _talks_held(state: State, be: int) -> bool:
    """Tell whether it is "discussions were held on fisheries": the encounter told with its topic."""
    words = state.words
    talks = words.at(be - 1) in state.acts.sets["talks"] and words.at(be + 1) in _HOLDING
    return talks and words.at(be + 2) in _TALKED_ON and NO_TOPIC.isdisjoint(words.lower[be + 3 : be + 5])


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
