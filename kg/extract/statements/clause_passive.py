"""Clauses in which nobody is the subject: what was discussed, agreed, on the agenda, or at the centre of the talks."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile

from kg.extract.statements.acts import NO_TOPIC, Cue
from kg.extract.statements.adverbs import is_adverb, skip_adverbs
from kg.extract.statements.clause import Clause, State
from kg.extract.statements.groups import BE, NO_NOUN, is_verb
from kg.extract.words import MONTHS, word_set

__all__ = ["agenda_clause", "passive_clause", "talks_held"]

_TOPIC_REACH = 8
_LINKS = word_set("that which who as")
_HEEDED = word_set("drawn paid given")
_HOLDING = word_set("held conducted")
_RELATIVES = word_set("which where")
_TALKED_ON = word_set("on about regarding concerning")
_LONGEST_AGENT = 8
_MOODS = frozenset({"appreciate", "concern", "reaffirm", "request"})
"""What is expressed or conveyed without telling by whom."""
_PERIOD_OPENERS = word_set("early late mid")
_OPENING = word_set("in during at on following after")


def passive_clause(state: State, cue: Cue, be: int) -> Clause | None:
    """Return the clause of "trade was discussed", "it was agreed that", "the President was briefed by X on Y"."""
    words = state.words
    if cue.verb in state.acts.sets["briefing"]:
        subject = state.main_subject_before(be)
        return state.main(cue, subject, "passive", be) if subject else None
    first = _start(state, be)
    told = _told(state, cue, first, be)
    if told is None or _is_others(state, told) or _in_content(state, first, be):
        return None
    if (state.last or state.finite) and words.at(first - 1) != "and":
        return None
    state.finite = True
    return Clause(told, "passive", first, len(words), begins=first)


def _start(state: State, be: int) -> int:
    """Return the first word of the clause whose "was" is word *be*: behind "During the talks,", or ", and"."""
    lower = state.words.lower
    joined = max((at for at in range(2, be) if lower[at - 2 : at] == (",", "and")), default=0)
    second = joined and (state.last or state.finite)
    if second and not any(is_verb(word, state.acts) for word in lower[joined:be]):
        return joined
    return lower.index(",") + 1 if lower[0] in _OPENING and "," in lower[:be] else 0


def _told(state: State, cue: Cue, first: int, be: int) -> Cue | None:
    """Return what the passive of a verb reports: itself, or the noun it has for subject: "concern was expressed"."""
    words, acts = state.words, state.acts
    if cue.verb in acts.sets["supporting"]:
        return None
    nouns = [acts.nouns[word] for word in words.lower[first:be] if word in acts.nouns]
    if cue.verb in acts.by_object and nouns and nouns[-1] in acts.only.get(cue.verb, _MOODS):
        return replace(cue, act=nouns[-1], verb="be", pattern="be")
    if cue.act == "discuss" or cue.verb in acts.sets["passive"]:
        return cue
    if (
        words.lower[first:be] == ("it",)
        and words.at(cue.stop) == "that"
        and {cue.verb, cue.pattern} & acts.sets["impersonal"]
    ):
        return cue
    return None


def _is_others(state: State, cue: Cue) -> bool:
    """Tell whether what was done was done by others, or at another time: "signed into law", "signed in 2019"."""
    words, after = state.words, state.words.at(cue.stop)
    if after == "by":
        agents = words.lower[cue.stop : cue.stop + _LONGEST_AGENT]
        both = cue.act == "agree" and "and" in agents
        one = cue.act != "agree" and any(state.names.people(cue.stop, cue.stop + _LONGEST_AGENT))
        return not (both or one) and state.acts.sets["joint"].isdisjoint(agents)
    if cue.act != "agree":
        return after == "to" and cue.verb != "be"  # "thanks were conveyed to Norway"
    then = words.at(cue.stop + 1)
    return after == "into" or (after in {"in", "on"} and (then.isdigit() or then in MONTHS or then in _PERIOD_OPENERS))


def _in_content(state: State, first: int, be: int) -> bool:
    """Tell whether the passive stands in a relative clause, or in what somebody said: "a plan *that* was discussed"."""
    before = state.words.lower[first:be]
    if _LINKS.isdisjoint(before):
        return False
    return before[-1] in _LINKS or before[0] in _LINKS or any(is_verb(word, state.acts) for word in before)


def agenda_clause(state: State, index: int) -> Clause | None:
    """Return the clause of "on the agenda were …", "topics included …", "… was another topic"."""
    words, sets = state.words, state.acts.sets
    word, before = words.lower[index], set(words.lower[max(index - _TOPIC_REACH, 0) : index])
    if word not in sets["listing"] | sets["prevailing"] or state.last or state.finite:
        return None
    if word in BE and (heeded := _heeded(state, index)):
        return heeded
    topical = _is_topic(state, index)
    if not (topical or _lists_topics(state, index)) or (NO_NOUN - {"to"}) & before:
        return None
    state.finite = True
    cue = Cue(word, "past", "discuss", index, index + 1, word)
    return Clause(cue, "passive", 0 if topical else index, len(words), begins=0 if topical else index)


def _lists_topics(state: State, at: int) -> bool:
    """Tell whether what follows is what was talked about: "on the agenda | were", "discussions | included"."""
    words, sets = state.words, state.acts.sets
    word, before = words.lower[at], set(words.lower[max(at - _TOPIC_REACH, 0) : at])
    if "agenda" in before or (word != "were" and sets["topics"] & before) or _opens_with_centre(state):
        return True
    if word in BE:
        return _names_topics(state, at) or _is_discussed(state, at - 1)  # "Also discussed | were ports"
    return words.at(skip_adverbs(words, at) - 1) in sets["discussing"]


def _names_topics(state: State, be: int) -> bool:
    """Tell whether "The main topics | were trade and fisheries": what they were, not how or that they were raised."""
    words, follows = state.words, state.words.at(be + 1)
    named = not state.acts.sets["topic"].isdisjoint(words.lower[:be])
    told = is_verb(follows, state.acts) or is_adverb(words, be + 1) or follows in {"of", "as", "not"}
    return named and not told and not follows.endswith(("ed", "ing"))


def _is_topic(state: State, at: int) -> bool:
    """Tell whether what stands before is what the talks were about: "were a topic", "were the focus of the talks"."""
    word, after, sets = state.words.lower[at], state.words.at(at + 1), state.acts.sets
    following = set(takewhile(lambda follows: follows != "to", state.words.lower[at + 1 : at + _TOPIC_REACH]))
    if word in BE and sets["topic"] & following:
        return True
    central = word in BE and not sets["centre"].isdisjoint(following)
    prevails = word == "dominated" or (word in sets["prevailing"] and after in sets["prominent"])
    return (central or prevails) and not (sets["talks"] - sets["topics"]).isdisjoint(following)


def _is_discussed(state: State, at: int) -> bool:
    """Tell whether the sentence opens with a participle of discussing at word *at*, perhaps after "also"."""
    opens = at >= 0 and skip_adverbs(state.words, at) == 0
    cue = state.acts.cue(state.words, at) if opens else None
    return cue is not None and cue.act == "discuss" and cue.form == "past"


def _heeded(state: State, be: int) -> Clause | None:
    """Return the clause of "attention was drawn to …", "the focus was on …", "there was discussion of …"."""
    words = state.words
    at = be + 1 + (words.at(be + 1) == "also")
    if words.at(be - 1) == "attention" and words.at(at) in _HEEDED and words.at(at + 1) == "to":
        first, stop = 0, at + 2
    elif "focus" in words.lower[:be] and words.at(at) == "on":
        first, stop = be, at + 1
    elif words.at(be - 1) == "there" and (found := _there_was(state, be)):
        return found
    else:
        return None
    state.finite = True
    return Clause(Cue(words.lower[be], "past", "discuss", be, stop, "be"), "passive", first, len(words), begins=first)


def _there_was(state: State, be: int) -> Clause | None:
    """Return the clause of "there was an exchange of views on …", "there was broad agreement that …"."""
    words, sets = state.words, state.acts.sets
    for at in range(be + 1, be + _TOPIC_REACH):
        if words.at(at) == "no":
            return None
        agreed = words.at(at) in sets["consensus"] and words.at(at + 1) in _TALKED_ON | {"that", "to"}
        if agreed or (words.at(at) in sets["discussing"] and words.at(at + 1) in _TALKED_ON | {"of"}):
            state.finite = True
            cue = Cue(words.lower[be], "past", "agree" if agreed else "discuss", be, at + 2, "be")
            return Clause(cue, "passive", be, len(words), begins=be)
    return None


def _opens_with_centre(state: State) -> bool:
    """Tell whether the sentence begins with "At the centre of the talks"."""
    words = state.words
    return words.at(0) == "at" and bool(state.acts.sets["centre"] & set(words.lower[1:4]))


def talks_held(state: State, at: int) -> Clause | None:
    """Return the clause of "discussions were held on fisheries", "an exchange of views took place on ports"."""
    words = state.words
    noun = skip_adverbs(words, at) - 1
    noun -= 2 * (words.lower[noun - 1 : noun + 1] == ("of", "views"))
    held = at + 1 + (words.at(at + 1) == "also")
    had = words.at(held) in _HOLDING if words.lower[at] in BE else words.lower[at : at + 2] == ("took", "place")
    on = words.at(held + 1) in _TALKED_ON and NO_TOPIC.isdisjoint(words.lower[held + 2 : held + 4])
    if not (had and on and words.at(noun) in state.acts.sets["talks"]):
        return None
    opener = next((first for first in range(noun, 0, -1) if words.at(first - 1) in _RELATIVES), 0)
    if (state.last or state.finite) and not opener:
        return None
    state.finite = True
    cue = Cue(words.lower[at], "past", "discuss", at, held + 1, words.lower[at])
    return Clause(cue, "passive", opener, len(words), begins=opener)
