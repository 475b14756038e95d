"""The words before a capitalised head that are part of its name: "*Clean Harbours and Reefs* Partnership"."""

from __future__ import annotations

import re

from kg.extract.initiatives.words import LONGEST_NAME, InitiativeWords, Sentence, is_ordinal
from kg.extract.words import MONTHS

__all__ = ["name_start"]

_DAY = re.compile(r"\d{1,2}(?:st|nd|rd|th)?")


def name_start(grammar: InitiativeWords, sentence: Sentence, head: int) -> int:
    """Return where the name begins whose head is word *head*: at the first word that belongs to it, or at the head."""
    first = head
    while first > 0 and head - first < LONGEST_NAME:
        step = _left_step(grammar, sentence, first, head)
        if step == first:
            break
        first = step
    return _stripped(grammar, sentence, first, head)


def _left_step(grammar: InitiativeWords, sentence: Sentence, first: int, head: int) -> int:
    """Return where the name begins when one more word before *first* is taken, *first* when none can be."""
    words, at = sentence.words, first - 1
    word = words.text[at]
    owner = word.endswith(("’s", "'s", "’", "'")) and not grammar.has("strip.shared-owners", word.replace("'", "’"))
    if at in sentence.person or owner or grammar.has("strip.breaks", word):
        return first
    if word == "–" and sentence.is_named(at - 1) and sentence.is_named(first):
        return at - 1  # "the U.S. – Ghana Dialogue"
    if word == ")" and at > 2 and words.text[at - 2] == "(":
        return at - 2  # "Reefs and Ports (RePo) Partnership"
    if word == "," and "and" in words.lower[first:head]:
        return _opened_list(sentence, first)
    if word in {"and", "&"}:
        joined = _joined(grammar, sentence, at)
        return joined if joined < at else first
    if word in {"in", "for"} and at > 0 and first < head and _joins_names(grammar, sentence, at):
        return at - 1  # "*Trade in* Goods Agreement", "*Reefs for* All Initiative"
    # "the Council | *of* Ports’ Treaty"
    inside = at in sentence.body and first in sentence.body and first not in sentence.opens_entity
    named = inside or words.is_capital(at) or word[0].isdigit() or (word[0] == "$" and first == head)
    compound = "-" in word and any(part[:1].isupper() for part in word.split("-"))
    return at if named or compound else first


def _joins_names(grammar: InitiativeWords, sentence: Sentence, at: int) -> bool:
    """Tell whether capitalised words of one name stand around word *at*, neither an office nor a person or place."""
    before = sentence.words.text[at - 1]
    outside = grammar.has("strip.breaks", before) or grammar.has("strip.offices", before)
    return before[0].isupper() and not outside and (sentence.place | sentence.person).isdisjoint({at - 1, at + 1})


def _joined(grammar: InitiativeWords, sentence: Sentence, at: int) -> int:
    """Return where what "and" at word *at* joins begins: "Harbours *and* Fisheries Act"; *at* if outside the name."""
    words = sentence.words
    last = at - 1 - (words.at(at - 1) == ",")
    if last < 0 or not words.is_capital(last) or last + 1 in sentence.after_entity:
        return at
    another = (words.text[last],) in grammar.capital and not _is_relation(grammar, sentence, last)
    if grammar.has("strip.offices", words.text[last]) or another:
        return at
    if last == at - 1:
        return last
    first = last  # "Science, Technology, and Innovation Agreement": a comma needs another one before it
    while (start := _listed_from(sentence, first)) < first:
        first = start
    return first if first < last else at


def _is_relation(grammar: InitiativeWords, sentence: Sentence, at: int) -> bool:
    """Tell whether word *at* with plain adjectives names a relation: "*Enhanced Partnership* and Ferry Agreement"."""
    plain = sentence.words.lower[at - 1] in grammar.generic or sentence.words.at(at - 1) in {"the", "a", "an"}
    return plain and grammar.has("heads.relations", sentence.words.text[at])


def _listed_from(sentence: Sentence, first: int) -> int:
    """Return where the member of a list before word *first* begins: "*Clean Air*, Safe Water, and"; *first* if none."""
    words, start = sentence.words, first - 1 if sentence.words.at(first - 1) == "," else first
    while start > 0 and words.is_capital(start - 1) and start - 1 not in sentence.person:
        start -= 1
    return start if start < first - 1 else first


def _opened_list(sentence: Sentence, first: int) -> int:
    """Return where a list with a comma begins, if an article or owner opens it: "the *Climate*, Port and Reef Pact"."""
    words, start = sentence.words, _listed_from(sentence, first)
    opened = start > 0 and (words.at(start - 1) == "the" or words.is_possessive(start - 1))
    return start if opened and not sentence.is_named(start) else first


def _stripped(grammar: InitiativeWords, sentence: Sentence, first: int, head: int) -> int:
    """Leave out what is no part of the name: "The", "President", "New", a month and a day."""
    text = sentence.words.text
    if text[first] == "(":
        first += 3  # what is short for another name: "the Reef Plan’s (RP) | *Harbour Fund*"
    first = next((at + 1 for at in range(head - 1, first - 1, -1) if text[at].endswith("-led")), first)
    while first < head and (
        grammar.has("strip.leading", text[first])
        or first in sentence.person
        or is_ordinal(text[first])
        or _is_day(sentence, first)
    ):
        first += 1
    return first


def _is_day(sentence: Sentence, at: int) -> bool:
    """Tell whether a number is of a date or a count: "July *9*, *2021* Executive Order", "in *85* Fund projects"."""
    words = sentence.words
    if not words.text[at][0].isdigit():
        return False
    is_day = words.at(at - 1) in MONTHS and _DAY.fullmatch(words.text[at]) is not None
    is_count = words.text[at].isdigit() and len(words.text[at]) < 4 and words.at(at - 1) in {"in", "for", "of", "with"}
    is_year = words.at(at - 1) == "," and words.at(at - 3) in MONTHS
    return is_day or is_year or is_count or words.at(at + 1) in MONTHS
