"""Initiatives named with a capital: a head noun, the capitalised words before it, and its complement."""

from __future__ import annotations

import re

from kg.extract.initiatives.complements import complement_end
from kg.extract.initiatives.gather import Found
from kg.extract.initiatives.modifiers import name_start
from kg.extract.initiatives.words import InitiativeWords, Sentence, is_joined, is_ordinal
from kg.extract.words import FUNCTION_WORDS, word_set
from kg.model import Mention, Span

__all__ = ["clean_name", "head_at", "name_around"]

_OWNERS = word_set("the this his her its their our")
_MARKS = " “”\"',"


def head_at(grammar: InitiativeWords, sentence: Sentence, index: int) -> int | None:
    """Return where the capitalised head noun at word *index* ends, the longest that fits; None if none stands there."""
    text, bare = sentence.words.text, sentence.bare
    if bare[index] not in grammar.capital_first:
        return None
    for stop in (index + 3, index + 2, index + 1):
        if stop <= len(text) and (*text[index : stop - 1], bare[stop - 1]) in grammar.capital:
            return stop
    return None


def name_around(grammar: InitiativeWords, sentence: Sentence, head: int, stop: int) -> tuple[Found, int] | None:
    """Return what is named around the head (words *head* to *stop*), and the word after the name, if anything is."""
    words = sentence.words
    noun = " ".join(sentence.bare[head:stop])
    owns = sentence.bare[stop - 1] != words.text[stop - 1]  # "the Task Force’s report"
    if _is_something_else(grammar, sentence, head, stop, noun):
        return None
    first, end = _extent(grammar, sentence, head, stop, noun)
    if not _is_enough(grammar, sentence, range(first, head), end - stop, noun):
        return None
    if _is_body(grammar, sentence, first, end, noun) or _is_report(grammar, sentence, end, noun):
        return None
    before, behind = head - first, end - stop
    span = words.span(first, end)
    span = Span(span.start, span.end - 2) if owns else span
    name = re.sub(r" [(]\w+[)](?= )", "", clean_name(span.of(sentence.scene.text)))
    if sentence.scene.lexicon.body(name):
        return None
    confidence = 0.9 if before > 1 or (before and behind) else 0.75
    return Found(span, name, Mention(span, "initiatives.name", confidence)), end


def _is_report(grammar: InitiativeWords, sentence: Sentence, end: int, noun: str) -> bool:
    """Tell whether it only tells of a meeting: "Joint Statement on the Norway-Ghana Ministers’ *Meeting*"."""
    return grammar.has("heads.reporting", noun) and grammar.has("strip.trailing", sentence.words.at(end).capitalize())


def _extent(grammar: InitiativeWords, sentence: Sentence, head: int, stop: int, noun: str) -> tuple[int, int]:
    """Return the first word of the name around the head, and the one after its last."""
    words, owns = sentence.words, sentence.bare[stop - 1] != sentence.words.text[stop - 1]
    first, end = name_start(grammar, sentence, head), stop if owns else complement_end(grammar, sentence, stop, noun)
    first = _spelt_out(sentence, _without_maker(grammar, sentence, first, stop), end)
    owned = words.at(stop) == "of" and stop + 1 + (words.at(stop + 1) == "the") in sentence.body
    if first < head and (owned or words.at(stop) == "between"):
        end = stop  # its name is enough: "the Gaviota Agreement between X and Y", "the Reef Facility of the IMF"
    return first, end


def _is_enough(grammar: InitiativeWords, sentence: Sentence, before: range, behind: int, noun: str) -> bool:
    """Tell whether the words *before* the head and the number of words *behind* it make a name of it."""
    first, head = before.start, before.stop
    if grammar.has("heads.paired", noun) and not _is_paired(sentence, first, head, noun):
        return False
    whole = grammar.has("heads.complete", noun) and _is_owned(grammar, sentence, first)
    if before and not (behind or whole) and all(sentence.words.text[at][0].isdigit() for at in before):
        return False
    if not (before or whole or (behind and _may_lead(grammar, sentence, first, noun))):
        return False
    if not behind and grammar.has("heads.complemented", noun):
        return False
    if grammar.has("heads.relations", noun) and not behind and _is_plain(grammar, sentence, first, head):
        return False
    dated = behind and grammar.has("heads.dated", noun) and sentence.words.text[head + len(noun.split())].isdigit()
    short = len(before) < 2 and behind < 2 and not (whole or dated)
    return not short or not grammar.has("heads.demanding", noun) or _is_one_enough(grammar, sentence, first, head)


def _is_paired(sentence: Sentence, first: int, head: int, noun: str) -> bool:
    """Tell whether two parties have set it up: "Norway-Ghana Council", "Joint Steering Committee"."""
    pair = first < head and is_joined(sentence.words.text[first]) and sentence.is_named(first)
    named = " " in noun or head - first > 1  # not "Joint Council"
    joint = noun.startswith("Joint ") or (named and "Joint" in sentence.words.text[first:head])
    return pair or joint


def _is_plain(grammar: InitiativeWords, sentence: Sentence, first: int, head: int) -> bool:
    """Tell whether nothing before the head says which one it is: "our Strategic Partnership" is a relation."""
    return all(word in grammar.generic for word in sentence.words.lower[first:head])


def _is_owned(grammar: InitiativeWords, sentence: Sentence, first: int) -> bool:
    """Tell whether a definite article, an owner, an adjective or "signed an" stands before word *first*."""
    words = sentence.words
    first -= words.at(first - 1) in {"“", '"'} or is_ordinal(words.at(first - 1))
    before = words.at(first - 1)
    if before in {"a", "an"}:
        return any(grammar.has("nouns.founding", word) for word in words.lower[max(first - 4, 0) : first - 1])
    adjective = before.isalpha() and words.text[first - 1].islower() and before not in FUNCTION_WORDS
    return before in _OWNERS or adjective or (first > 0 and words.is_possessive(first - 1))


def clean_name(phrase: str) -> str:
    """Return the phrase as a name: without article, quotation marks and line breaks."""
    return re.sub(r"^(?:the|a|an|our|their|its|his|her) ", "", re.sub(r"\s+", " ", phrase)).strip(_MARKS)


def _is_something_else(grammar: InitiativeWords, sentence: Sentence, head: int, stop: int, noun: str) -> bool:
    """Tell whether the head is part of the name of a person or body, or of another thing: "Treaty Organization"."""
    words = sentence.words
    if not grammar.has("heads.always", noun) and any(at in sentence.person | sentence.body for at in range(head, stop)):
        return True
    after = words.text[stop] if stop < len(words) else ""
    return grammar.has("strip.not-after", after) or words.at(head - 1) == "under"


def _without_maker(grammar: InitiativeWords, sentence: Sentence, first: int, stop: int) -> int:
    """Return where a name known beforehand begins behind a country or body: "U.S. | *Clean Reef Act*"; else *first*."""
    text = (*sentence.words.text[: stop - 1], sentence.bare[stop - 1])
    start = next((at for at in range(first + 1, stop) if at in sentence.after_entity), stop)
    start += 3 if text[start : start + 1] == ("(",) and sentence.words.at(start + 2) == ")" else 0  # "Port Bank (PB)"
    maker = first in sentence.body or (first in sentence.place and start == first + 1)
    rest = " ".join(text[start:])
    if (
        not maker
        or is_joined(text[first])
        or not any(span.end - span.start == len(rest) for span, _ in grammar.known.find(rest))
    ):
        return first
    return start


def _spelt_out(sentence: Sentence, first: int, end: int) -> int:
    """Return where the name begins by its abbreviation: "Renewable Energy *for* America Program (REAP)"."""
    words = sentence.words
    short = words.at(end + 1).upper()
    if words.at(end) != "(" or not short.isalpha() or words.text[end + 1] != short:
        return first
    for start in range(first, max(first - 6, -1), -1):
        initials = "".join(word[0] for word in words.text[start:end] if word[0].isupper())
        if initials == short and words.is_capital(start):
            return start
    return first


# --- whether it is one --------------------------------------------------------------------------------------------


def _may_lead(grammar: InitiativeWords, sentence: Sentence, first: int, noun: str) -> bool:
    """Tell whether the head may begin the name: "Forum on Reefs", but "Act" only after "the"."""
    return sentence.words.at(first - 1) == "the" or not grammar.has("heads.not-leading", noun)


def _is_one_enough(grammar: InitiativeWords, sentence: Sentence, first: int, head: int) -> bool:
    """Tell whether one word before a common head is enough: a pair of states, a year, a body; "the Gaviota Plan"."""
    text = sentence.words.text
    if grammar.has("heads.of-pairs", text[head]):
        return any(is_joined(text[at]) for at in range(first, head))
    certain = any(text[at][0].isdigit() or is_joined(text[at]) or sentence.is_named(at) for at in range(first, head))
    return certain or (_is_owned(grammar, sentence, first) and not _is_plain(grammar, sentence, first, head))


def _is_body(grammar: InitiativeWords, sentence: Sentence, first: int, end: int, noun: str) -> bool:
    """Tell whether it is a body: one that acts, is in a list of participants, or has people who work for it."""
    if sentence.is_item and (grammar.has("heads.body-like", noun) or grammar.has("heads.not-in-lists", noun)):
        return True
    if not grammar.has("heads.body-like", noun):
        return False
    before = first - 1 - (sentence.words.at(first - 1) == "the")
    return _acts(grammar, sentence, first, end, before) or _employs(grammar, sentence, first, end, before)


def _acts(grammar: InitiativeWords, sentence: Sentence, first: int, end: int, before: int) -> bool:
    """Tell whether it does what bodies do: "The Reef Coalition *said*", "*hosted by* the Reef Network"."""
    words = sentence.words
    presents = sentence.opens_item and first <= 1 and words.at(end) == "which"  # "- The Reef Fund, which brought …"
    done = words.at(before) == "by" and grammar.has("heads.acting", words.at(before - 1))
    return presents or done or grammar.has("heads.acting", words.at(end))


def _employs(grammar: InitiativeWords, sentence: Sentence, first: int, end: int, before: int) -> bool:
    """Tell whether an office or a list of names stands before it: "Director of the Reef Network", "Oak, Reef Fund,"."""
    words = sentence.words
    if words.at(before) == ",":
        listed = before == first - 1 and words.is_capital(before - 1) and words.at(end) in {",", "("}
        last = words.text[before - 1]  # of a list of initiatives: "the Gaviota Process, the Reef Partnership, and"
        listed = listed and ((last,) not in grammar.capital or grammar.has("heads.body-like", last))
        return listed or grammar.has("strip.offices", words.text[before - 1])
    if words.at(before) not in {"of", "at", "for", "with"}:
        return False
    office = before - 1  # "Director of Policy and Research *for* the": back over the rest of the title
    while office > 0 and not grammar.has("strip.offices", words.text[office]):
        if not words.is_capital(office) and words.at(office) not in {"of", "and", "for"}:
            return False
        office -= 1
    return office >= 0 and grammar.has("strip.offices", words.text[office])
