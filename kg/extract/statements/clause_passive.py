"""Clauses in which nobody is the subject: what was discussed, agreed, on the agenda, or at the centre of the talks."""

from __future__ import annotations

from kg.extract.statements.acts import NO_TOPIC, Cue
from kg.extract.statements.adverbs import skip_adverbs
from kg.extract.statements.clause import Clause, State
from kg.extract.statements.groups import BE, NO_NOUN, is_verb
from kg.extract.words import MONTHS, word_set

__all__ = ["agenda_clause", "passive_clause"]

_TOPIC_REACH = 8
_LINKS = word_set("that which who as")
_HEEDED = word_set("drawn paid given")
_TALKED = word_set("discussion discussions talk")
_HOLDING = word_set("held conducted")
_TALKED_ON = word_set("on about regarding concerning")
_BRIEFING = word_set("brief update inform apprise")
_LONGEST_AGENT = 8
_PERIOD_OPENERS = word_set("early late mid")
_OPENING = word_set("in during at on following after")


def passive_clause(state: State, cue: Cue, be: int) -> Clause | None:
    """Return the clause of "trade was discussed", "it was agreed that", "the President was briefed by X on Y"."""
    words = state.words
    if cue.verb in _BRIEFING:
        subject = state.main_subject_before(be)
        return state.main(cue, subject, "passive", be) if subject else None
    if (cue.act != "discuss" and cue.verb not in state.acts.sets["passive"]) or cue.verb in state.acts.sets[
        "supporting"
    ]:
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
    words, sets = state.words, state.acts.sets
    word, before = words.lower[index], set(words.lower[max(index - 8, 0) : index])
    if word not in sets["listing"] | sets["prevailing"] or state.last or state.finite:
        return None
    if word in BE and (heeded := _heeded(state, index)):
        return heeded
    listed = "agenda" in before or (sets["topics"] & before and word != "were") or _opens_with_centre(state)
    topical = _is_topic(state, index) or (word in BE and _talks_held(state, index))
    listed = listed or (word in BE and _is_discussed(state, index - 1))  # "Also discussed | were ports"
    if not (listed or topical) or NO_NOUN & before:
        return None
    state.finite = True
    cue = Cue(word, "past", "discuss", index, index + 1, word)
    return Clause(cue, "passive", 0 if topical else index, len(words), begins=0 if topical else index)


def _is_topic(state: State, at: int) -> bool:
    """Tell whether what stands before is what the talks were about: "were a topic", "were the focus of the talks"."""
    word, after, sets = state.words.lower[at], state.words.at(at + 1), state.acts.sets
    following = set(state.words.lower[at + 1 : at + _TOPIC_REACH])
    if word in BE and sets["topic"] & following:
        return True
    central = word in BE and not sets["centre"].isdisjoint(following)
    prevails = word == "dominated" or (word in sets["prevailing"] and after in sets["prominent"])
    return (central or prevails) and not (sets["talks"] - sets["topics"]).isdisjoint(following)


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


def _opens_with_centre(state: State) -> bool:
    """Tell whether the sentence begins with "At the centre of the talks"."""
    words = state.words
    return words.at(0) == "at" and bool(state.acts.sets["centre"] & set(words.lower[1:4]))


def _talks_held(state: State, be: int) -> bool:
    """Tell whether it is "discussions were held on fisheries": the encounter told with its topic."""
    words = state.words
    talks = words.at(be - 1) in state.acts.sets["talks"] and words.at(be + 1) in _HOLDING
    return talks and words.at(be + 2) in _TALKED_ON and NO_TOPIC.isdisjoint(words.lower[be + 3 : be + 5])
