"""Initiatives named with a capital: a head noun, the capitalised words before it, and its complement."""

from __future__ import annotations

import re

from kg.extract.gather import Found
from kg.extract.initiative_words import InitiativeWords, Sentence
from kg.extract.words import FUNCTION_WORDS, MONTHS, WEEKDAYS, word_set
from kg.model import Mention

__all__ = ["clean_name", "head_at", "name_around"]

_LONGEST = 16
"""Words of a name on either side of its head."""
_DAY = re.compile(r"\d{1,2}(?:st|nd|rd|th)?")
_VERSION = re.compile(r"\d\.\d|20[345]0")
_YEAR = re.compile(r"[12]\d{3}")
_OWNERS = word_set("the this his her its their our")
_MARKS = " “”\"',"


def head_at(grammar: InitiativeWords, sentence: Sentence, index: int) -> int | None:
    """Return where the capitalised head noun at word *index* ends, the longest that fits; None if none stands there."""
    text = sentence.words.text
    if text[index] not in grammar.capital_first:
        return None
    sizes = (size for size in (3, 2, 1) if text[index : index + size] in grammar.capital)
    return next((index + size for size in sizes if index + size <= len(text)), None)


def name_around(grammar: InitiativeWords, sentence: Sentence, head: int, stop: int) -> tuple[Found, int] | None:
    """Return what is named around the head (words *head* to *stop*), and the word after the name, if anything is."""
    words = sentence.words
    noun = " ".join(words.text[head:stop])
    if _is_something_else(grammar, sentence, head, stop, noun):
        return None
    first, end = _left(grammar, sentence, head), _right(grammar, sentence, stop, noun)
    first = _spelt_out(sentence, first, end)
    if first == head and end > stop and words.text[max(head - 2, 0) : head] == ("White", "House"):
        first = head - 2  # the house sets it up: "White House Initiative on Reefs"
    before, behind = head - first, end - stop
    if before and not behind and all(words.text[at][0].isdigit() for at in range(first, head)):
        return None
    whole = grammar.has("heads.complete", noun) and _is_owned(sentence, first)
    if (
        not before
        and not whole
        and (not behind or (grammar.has("heads.not-leading", noun) and words.at(first - 1) != "the"))
    ):
        return None
    if (
        grammar.has("heads.demanding", noun)
        and before < 2
        and behind < 2
        and not whole
        and not _tells(grammar, sentence, first, head)
    ):
        return None
    if _is_employer(grammar, sentence, first, end, noun):
        return None
    span = words.span(first, end)
    name = clean_name(span.of(sentence.scene.text))
    if sentence.scene.lexicon.body(name):
        return None
    confidence = 0.9 if before > 1 or (before and behind) else 0.75
    return Found(span, name, Mention(span, "initiatives.name", confidence)), end


def _is_owned(sentence: Sentence, first: int) -> bool:
    """Tell whether a definite article, an owner or an adjective stands before word *first*."""
    words = sentence.words
    before = words.at(first - 1)
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
    first_name = grammar.has("heads.first-names", noun) and after[:1].isupper()
    return grammar.has("strip.not-after", after) or first_name or words.at(head - 1) == "under"


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


# --- before the head ----------------------------------------------------------------------------------------------


def _left(grammar: InitiativeWords, sentence: Sentence, head: int) -> int:
    first = head
    while first > 0 and head - first < _LONGEST:
        step = _left_step(grammar, sentence, first, head)
        if step == first:
            break
        first = step
    return _stripped(grammar, sentence, first, head)


def _left_step(grammar: InitiativeWords, sentence: Sentence, first: int, head: int) -> int:
    """Return where the name begins when one more word before *first* is taken, *first* when none can be."""
    words, at = sentence.words, first - 1
    word = words.text[at]
    if at in sentence.person or word.endswith(("’s", "'s")) or grammar.has("strip.breaks", word):
        return first
    if word == "–" and sentence.is_named(at - 1) and sentence.is_named(first):
        return at - 1  # "the U.S. – Ghana Dialogue"
    if word in {"and", "&"}:
        joined = _joined(grammar, sentence, at)
        return joined if joined < at else first
    if word in {"of", "for", "in", "on"}:
        return at if _is_inside_law(sentence, at, head) else first
    named = words.is_capital(at) or word[0].isdigit() or (word[0] == "$" and first == head)
    compound = "-" in word and any(part[:1].isupper() for part in word.split("-"))
    return at if named or compound else first


def _joined(grammar: InitiativeWords, sentence: Sentence, at: int) -> int:
    """Return where what "and" at word *at* joins begins: "Harbours *and* Fisheries Act"; *at* if outside the name."""
    words = sentence.words
    last = at - 1 - (words.at(at - 1) == ",")
    if last < 0 or not words.is_capital(last) or last + 1 in sentence.after_entity:
        return at
    if grammar.has("strip.offices", words.text[last]) or (words.text[last],) in grammar.capital:
        return at
    if last == at - 1:
        return last
    first = last  # "Science, Technology, and Innovation Agreement": a comma needs another one before it
    while words.at(first - 1) == "," and words.is_capital(first - 2) and first - 2 not in sentence.person:
        first -= 2
    return first if first < last else at


def _is_inside_law(sentence: Sentence, at: int, head: int) -> bool:
    """Tell whether a small word stands inside the name of a law: "Protection *of* Fair Trade *in* Fish Act"."""
    words = sentence.words
    capitals = words.is_capital(at - 1) and words.is_capital(at + 1)
    return words.text[head] == "Act" and capitals and at not in sentence.after_entity


def _stripped(grammar: InitiativeWords, sentence: Sentence, first: int, head: int) -> int:
    """Leave out what is no part of the name: "The", "President", "New", a month and a day."""
    text = sentence.words.text
    while first < head and (
        grammar.has("strip.leading", text[first])
        or first in sentence.person
        or text[first].endswith("-led")
        or _is_day(sentence, first)
    ):
        first += 1
    return first


def _is_day(sentence: Sentence, at: int) -> bool:
    """Tell whether a number is part of a date: "July *9*, *2021* Executive Order", "the *25* March Declaration"."""
    words = sentence.words
    if not words.text[at][0].isdigit():
        return False
    is_day = words.at(at - 1) in MONTHS and _DAY.fullmatch(words.text[at]) is not None
    is_year = words.at(at - 1) == "," and words.at(at - 3) in MONTHS
    return is_day or is_year or words.at(at + 1) in MONTHS


# --- behind the head ----------------------------------------------------------------------------------------------


def _right(grammar: InitiativeWords, sentence: Sentence, stop: int, noun: str) -> int:
    """Return where the complement ends: "Declaration | *on Migration and Protection*"; *stop* if there is none."""
    words = sentence.words
    if stop >= len(words):
        return stop
    if _VERSION.fullmatch(words.text[stop]):
        return stop + 1  # "Methane Partnership 2.0"
    if words.text[stop] == "of" and _YEAR.fullmatch(words.at(stop + 1)):
        return stop + 2  # "Mining Law of 1872"
    titled = grammar.has("heads.titled", noun)
    if titled and words.is_capital(stop) and words.text[stop].endswith("ing") and stop not in sentence.person:
        return _complement_end(grammar, sentence, stop, stop + 1, titled=True)  # "Memorandum Protecting Reefs"
    if not grammar.has("complement.openers", words.text[stop]):
        return stop
    opener, first = words.text[stop], stop + 1 + (words.at(stop + 1) in {"the", "a", "an"})
    if first < len(words) and not words.is_capital(first) and titled and opener == "on":
        return sentence.plain_complement(grammar, stop)
    if not words.is_capital(first) or first in sentence.person or words.lower[first] in WEEKDAYS:
        return stop
    outside = words.text[first] == "State" or (sentence.is_named(first) and first in sentence.opens_entity)
    placed = outside and grammar.has("complement.before-place", opener)
    if placed and (opener == "to" or not grammar.has("heads.for-places", noun)):
        return stop  # for whom or where, not what: "Emergency Declaration for Louisiana"
    end = _complement_end(grammar, sentence, stop, first + 1, titled=titled)
    alone = end == first + 1 and end < len(words) and words.text[end].isalpha() and words.text[end].islower()
    if alone and words.text[end] not in FUNCTION_WORDS and not grammar.has("nouns.ends", words.text[end]):
        return stop  # the complement is no name: "the Plan on Latino communities"
    return end


def _complement_end(grammar: InitiativeWords, sentence: Sentence, stop: int, end: int, *, titled: bool) -> int:
    """Return where the complement ends whose first capitalised word ends at *end*."""
    while end < len(sentence.words) and end - stop < _LONGEST * (2 if titled else 1):
        step = _right_step(grammar, sentence, end, titled=titled)
        if step == end:
            break
        end = step
    return end


def _right_step(grammar: InitiativeWords, sentence: Sentence, end: int, *, titled: bool) -> int:
    """Return the end of the complement after one more word, or what a comma or a small word joins to it."""
    words = sentence.words
    if end in sentence.person or grammar.has("strip.trailing", words.text[end]):
        return end
    if words.is_capital(end):
        return end + 1
    if words.text[end] == ",":
        return _after_comma(sentence, end)
    if words.text[end] == "of" and _YEAR.fullmatch(words.at(end + 1)):
        return end + 2  # "… the Fisheries Act of 1972"
    ahead = end
    inner = "complement.inner-titled" if titled else "complement.inner"
    while ahead - end < 3 and grammar.has(inner, words.at(ahead)) and words.text[ahead].islower():
        ahead += 1
    joined = words.lower[end:ahead]
    if not joined or not words.is_capital(ahead) or ahead in sentence.person or joined[:2] == ("and", "the"):
        return end
    if words.lower[ahead] in MONTHS | WEEKDAYS:
        return end
    if joined == ("and",) and ahead in sentence.place and end - 1 not in sentence.place:
        return end
    if joined[0] == "in" and sentence.is_named(ahead) and not titled and words.at(end - 2) != "of":
        return end
    return ahead + 1


def _after_comma(sentence: Sentence, end: int) -> int:
    """Return the end after a member of a list with capitals: "Democracy, Elections, and Governance"."""
    words = sentence.words
    if words.is_capital(end + 1) and _list_ends_well(sentence, end + 1):
        return end + 2
    listed = "," in words.text[max(end - 4, 0) : end]
    return end + 3 if listed and words.at(end + 1) == "and" and words.is_capital(end + 2) else end


def _list_ends_well(sentence: Sentence, at: int) -> bool:
    words = sentence.words
    for place in range(at, min(at + 5, len(words))):
        if words.text[place] == "and":
            return words.is_capital(place + 1) and place + 1 not in sentence.person
        if not words.is_capital(place) and words.text[place] != ",":
            return False
    return False


# --- whether it is one --------------------------------------------------------------------------------------------


def _tells(grammar: InitiativeWords, sentence: Sentence, first: int, head: int) -> bool:
    """Tell whether one word before a common head is enough: a pair of states, a year, a body."""
    text = sentence.words.text
    if text[head] == "Alliance":
        return any("-" in text[at] for at in range(first, head))
    certain = any(text[at][0].isdigit() or "-" in text[at] or sentence.is_named(at) for at in range(first, head))
    return certain or (0 < first < head and grammar.has("heads.one-word", text[head]))


def _is_employer(grammar: InitiativeWords, sentence: Sentence, first: int, end: int, noun: str) -> bool:
    """Tell whether it is a body: in a list of participants, or behind an office ("Director of the … Network")."""
    words = sentence.words
    if sentence.is_item and (grammar.has("heads.body-like", noun) or grammar.has("heads.not-in-lists", noun)):
        return True
    if not grammar.has("heads.body-like", noun):
        return False
    at = first - 1 - (words.at(first - 1) == "the")
    if words.at(at) == ",":
        listed = words.is_capital(at - 1) and words.at(end) in {",", "("} and words.is_capital(first)
        return listed or grammar.has("strip.offices", words.text[at - 1])
    before = words.text[max(at - 4, 0) : max(at, 0)]
    return words.at(at) in {"of", "at", "for", "with"} and any(grammar.has("strip.offices", word) for word in before)
