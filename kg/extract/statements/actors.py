"""One actor, who may be a subject: a pronoun, a name with its titles, a party, with what is put in behind."""

from __future__ import annotations

from kg.extract.statements.acts import Acts
from kg.extract.statements.adverbs import ADVERBS, skip_adverbs
from kg.extract.statements.groups import (
    CLAUSE_OPENERS,
    CONTENT_OPENERS,
    NO_MODIFIER,
    POSTMODIFIERS,
    PREPOSITIONS,
    group_before,
    is_verb,
    whole_group_before,
)
from kg.extract.statements.names import Names
from kg.extract.words import Words, word_set
from kg.model import Person

__all__ = ["PRONOUNS", "actor_before", "antecedent_before", "with_titles"]

PRONOUNS = word_set("he she they we i both all who each some many several")
_IN_TITLES = word_set("of for and the to on")
_LOWER_TITLES = word_set("interim acting former outgoing incoming fellow then caretaker designate")
_NO_TITLE = (CLAUSE_OPENERS | CONTENT_OPENERS | PREPOSITIONS | ADVERBS | {"and", "but"}) - {"first"}
_LONGEST_INSERTION = 24
_CLOSERS = {")": "(", "–": "–", "—": "—"}
"""Marks that end what is put in, and what opened it."""
_INSERTED = word_set("who which whose all including joined accompanied led along together both several representing on")


def actor_before(words: Words, stop: int, names: Names, acts: Acts) -> int | None:
    """Return the first word of the one actor that ends before word *stop*, None if no actor does.

    What follows a preposition is a complement: "talks | with President X", "officials | of the two states".
    """
    first = _bare_actor(words, stop, names, acts)
    if first is None or (words.at(first - 1) == "with" and words.at(first - 2) == ","):
        return first
    if words.at(first - 1) not in PREPOSITIONS and words.at(first - 1) not in POSTMODIFIERS - CLAUSE_OPENERS:
        return first
    whole = _head(words, first - 1, names, acts)
    return first if whole is None and stop in names.ending else whole


def antecedent_before(words: Words, stop: int, names: Names, acts: Acts) -> int | None:
    """Return where the person or party begins that ends before word *stop*, whatever stands before it."""
    if _is_person(names, stop):
        return with_titles(words, names.ending[stop][0], names)
    found = group_before(words, stop, acts)
    if found is None:
        found = _before_apposition(words, stop, names, acts)
    return whole_group_before(words, stop, acts) if found is None else found


def _bare_actor(words: Words, stop: int, names: Names, acts: Acts) -> int | None:
    if stop <= 0 or (words.lower[stop - 1] in NO_MODIFIER and words.lower[stop - 1] not in PRONOUNS):
        return None
    if words.is_possessive(stop - 1):
        return None  # "the two countries’ | shared goals"
    if words.lower[stop - 1] in PRONOUNS:
        return stop - 1
    if stop in names.ending:
        first, entity = names.ending[stop]
        if isinstance(entity, Person):
            return with_titles(words, first, names)
        return first - (words.at(first - 1) == "the")
    if words.lower[stop - 1] == ",":
        inserted = _before_apposition(words, stop - 1, names, acts)
        if inserted is None and _is_person(names, stop - 1) and _opens_sentence(words, stop - 1, acts):
            return with_titles(words, names.ending[stop - 1][0], names)  # "Governors X and Y, | said"
        return inserted
    if words.lower[stop - 1] in _CLOSERS and (opened := _opened_before(words, stop - 1)):
        return _bare_actor(words, opened, names, acts)
    found = group_before(words, stop, acts)
    if found is None:
        found = whole_group_before(words, stop, acts)
    return _unknown_name(words, stop) if found is None else found


def _opens_sentence(words: Words, stop: int, acts: Acts) -> bool:
    """Tell whether nothing but a row of names and titles stands before word *stop*."""
    return all(word not in {"with", "by", "from"} and not is_verb(word, acts) for word in words.lower[:stop])


def _opened_before(words: Words, close: int) -> int | None:
    """Return where what ends at word *close* was put in: "Director X | (the chair) |", "the firms | – all – |"."""
    openers = _CLOSERS[words.lower[close]]
    for at in range(close - 2, max(close - _LONGEST_INSERTION, 0), -1):
        if words.lower[at] in openers:
            return at
        if words.lower[at] in {".", ";", ":"}:
            return None
    return None


def _unknown_name(words: Words, stop: int) -> int | None:
    """Return where a run of capitalised words begins that no stage before has taken for anything: "FM Lapid"."""
    first = stop
    while first > 0 and stop - first < 6 and words.is_capital(first - 1) and words.text[first - 1][-1].isalpha():
        first -= 1
    return first - (words.at(first - 1) == "the") if stop - first > 1 else None


def with_titles(words: Words, first: int, names: Names) -> int:
    """Return where the titles before a name begin: "Deputy Secretary of State Wendy …", "the interim Minister …"."""
    while first > 0:
        before = first - 1
        if _is_person(names, first):
            return first
        under = words.lower[before : before + 2] == ("under", "secretary")
        title = words.is_capital(before) and (under or words.lower[before] not in _NO_TITLE)
        if first in names.ending and title:
            first = names.ending[first][0]  # "Council on Ports | Chair X"
        elif title or words.lower[before] in _LOWER_TITLES:
            first = before
        elif (linked := _across_small_words(words, first, names)) < first:
            first = linked
        else:
            break
    return first - (words.at(first - 1) == "the")


def _across_small_words(words: Words, first: int, names: Names) -> int:
    """Return the start of what "of", "and", "to the" before word *first* join to a title; *first* if they join none."""
    at = first
    while at > 0 and first - at < 2 and words.lower[at - 1] in _IN_TITLES:
        at -= 1
    if at == first or at == 0 or not words.is_capital(at - 1) or _is_person(names, at):
        return first
    if words.lower[at] == "and" and at in names.ending:
        return first
    return at - 1


def _is_person(names: Names, stop: int) -> bool:
    return stop in names.ending and isinstance(names.ending[stop][1], Person)


def _head(words: Words, stop: int, names: Names, acts: Acts) -> int | None:
    """Return where the actor begins whose complement follows word *stop*: "President A | of Gabon"."""
    if _is_person(names, stop):
        return with_titles(words, names.ending[stop][0], names)
    return group_before(words, stop, acts)


def _before_apposition(words: Words, stop: int, names: Names, acts: Acts) -> int | None:
    """Return where the actor begins behind whose name something is put in: "Jane Roe, Minister of Trade, | said"."""
    for end in range(stop - 1, max(stop - _LONGEST_INSERTION, 0), -1):
        word = words.lower[end]
        verb = is_verb(word, acts) and word not in _INSERTED and words.at(skip_adverbs(words, end) - 1) != "who"
        if verb or word in {";", ":", "."}:
            return None
        if word != ",":
            continue
        if _is_person(names, end):
            return with_titles(words, names.ending[end][0], names)
        if words.lower[end - 1] != "," and (words.at(end + 1) in _INSERTED or _is_name(words, end + 1, stop, names)):
            return actor_before(words, end, names, acts)
    return None


def _is_name(words: Words, first: int, stop: int, names: Names) -> bool:
    """Tell whether the stretch is a name with what goes before it: "the Minister of Trade, | H.E. Jane Roe |, said"."""
    return _is_person(names, stop) and all(words.is_capital(at) for at in range(first, names.ending[stop][0]))
