"""The complement of a capitalised head: "Declaration *on Migration and Protection*", "Agreement *on customs*"."""

from __future__ import annotations

import re

from kg.extract.initiatives.words import ABOUT, LONGEST_NAME, YEAR, InitiativeWords, Sentence
from kg.extract.words import FUNCTION_WORDS, MONTHS, WEEKDAYS

__all__ = ["VERSION", "complement_end"]

VERSION = re.compile(r"\d\.\d|20[345]0|20\d\d[-–](?:20)?\d\d")
"""What follows a name without "of": "2.0", "2050", "2031–34"."""
_LONGEST_LIST = 7
"""Words up to the "and" that ends a list of matters."""
_LONGEST_LINK = 4
"""Small words that may stand between two capitalised ones: "Cooperation *in the field of* Ports"."""
_ARTICLES = frozenset({"the", "a", "an"})
_DECADE = re.compile(r"[12]\d{2}0s")


def complement_end(grammar: InitiativeWords, sentence: Sentence, stop: int, noun: str) -> int:
    """Return where the complement ends: "Declaration | *on Migration and Protection*"; *stop* if there is none."""
    words = sentence.words
    if stop >= len(words):
        return stop
    dated = _dated_end(grammar, sentence, stop, noun)
    if dated > stop:
        return dated
    titled = grammar.has("heads.titled", noun)
    if titled and words.is_capital(stop) and words.text[stop].endswith("ing") and stop not in sentence.person:
        return _complement_end(grammar, sentence, stop, stop + 1, titled=True)  # "Memorandum Protecting Reefs"
    if words.text[stop] == "between" and grammar.has("heads.explained", noun):
        return sentence.parties(grammar, stop)
    if not grammar.has("complement.openers", words.text[stop]):
        return stop
    first = stop + 1 + (words.at(stop + 1) in {"the", "a", "an"})
    if first >= len(words) or (words.text[first].isupper() and words.at(first + 1)[:1].isdigit()):
        return stop  # "Line of Credit of USD 50 million"
    if not words.is_capital(first):
        return _plain_end(grammar, sentence, stop, noun)
    if first in sentence.person or words.at(first) in WEEKDAYS or _is_for_a_place(grammar, sentence, stop, first, noun):
        return stop
    end = _complement_end(grammar, sentence, stop, first + 1, titled=titled)
    return stop if end == first + 1 and _goes_on_plainly(grammar, sentence, stop, end) else end


def _dated_end(grammar: InitiativeWords, sentence: Sentence, stop: int, noun: str) -> int:
    """Return where a version or a year behind the head ends: "Vision *2035*"; *stop* if none follows."""
    words = sentence.words
    year = grammar.has("heads.dated", noun) and YEAR.fullmatch(words.text[stop])
    if year or VERSION.fullmatch(words.text[stop]):  # "Methane Partnership 2.0", "Vision 2030 and Beyond"
        return stop + 1 + 2 * (words.text[stop + 1 : stop + 3] == ("and", "Beyond"))
    return stop + 2 if words.text[stop] == "of" and YEAR.fullmatch(words.at(stop + 1)) else stop  # "Law of 1872"


def _plain_end(grammar: InitiativeWords, sentence: Sentence, stop: int, noun: str) -> int:
    """Return where a complement without capitals ends: "Agreement *on customs*"; *stop* if it is not of the name."""
    titled, opener = grammar.has("heads.titled", noun), sentence.words.text[stop]
    explains = (opener in ABOUT or opener == "for") and grammar.has("heads.explained", noun)
    if not (opener == "on" if titled else explains):
        return stop
    pronoun = sentence.words.at(stop + 1) in FUNCTION_WORDS and not titled
    return stop if pronoun else sentence.plain_complement(grammar, stop)


def _is_for_a_place(grammar: InitiativeWords, sentence: Sentence, stop: int, first: int, noun: str) -> bool:
    """Tell whether it says for whom or where, not what: "Emergency Declaration *for Louisiana*"."""
    opener = sentence.words.text[stop]
    outside = sentence.words.at(first) == "state" or (sentence.is_named(first) and first in sentence.opens_entity)
    placed = outside and grammar.has("complement.before-place", opener)
    return placed and (opener == "to" or not grammar.has("heads.for-places", noun))


def _goes_on_plainly(grammar: InitiativeWords, sentence: Sentence, stop: int, end: int) -> bool:
    """Tell whether a common noun follows the one capitalised word: "Plan on Latino *communities*" has no such name."""
    word = sentence.words.text[end] if end < len(sentence.words) else ""
    noun = word.isalpha() and word.islower() and word not in FUNCTION_WORDS and not grammar.has("nouns.ends", word)
    return noun and sentence.words.text[stop] != "of"


def _complement_end(grammar: InitiativeWords, sentence: Sentence, stop: int, end: int, *, titled: bool) -> int:
    """Return where the complement ends whose first capitalised word ends at *end*."""
    while end < len(sentence.words) and end - stop < LONGEST_NAME * (2 if titled else 1):
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
    year = YEAR.fullmatch(words.text[end]) or VERSION.fullmatch(words.text[end])
    if words.is_capital(end) or (year and words.is_capital(end - 1)):
        return end + 1  # also "… on the World Cup 2026"
    if words.text[end] == ",":
        return _after_comma(sentence, end)
    if words.text[end] == "of" and YEAR.fullmatch(words.at(end + 1)):
        return end + 2  # "… the Fisheries Act of 1972"
    if words.lower[end : end + 2] == ("in", "the") and _DECADE.fullmatch(words.at(end + 2)):
        return end + 3  # "… on Clean Harbours in the 2030s"
    if words.at(end - 1) in {"related", "relating"} and words.at(end) == "to" and words.is_capital(end + 1):
        return end + 2  # "… for Cooperation Related to Reef Care"
    ahead = end
    inner = "complement.inner-titled" if titled else "complement.inner"
    while ahead - end < _LONGEST_LINK and grammar.has(inner, words.at(ahead)) and words.text[ahead].islower():
        ahead += 1
    joined = words.lower[end:ahead]
    another = joined[:1] == ("and",) and joined[-1] in _ARTICLES  # "… on Reefs *and the* Fund", "*and of the* Fund"
    if not joined or not words.is_capital(ahead) or ahead in sentence.person or another:
        return end
    if words.lower[ahead] in MONTHS | WEEKDAYS:
        return end
    placed = (end - 1 in sentence.place, ahead in sentence.place)
    if joined == ("and",) and any(placed) and not (all(placed) and "-" not in words.text[ahead]):
        return end  # "… on Reefs and Norway", "the Dialogue on Ghana and U.S.-Norway Consultations"
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
    for place in range(at, min(at + _LONGEST_LIST, len(words))):
        if words.text[place] == "and":
            return words.is_capital(place + 1) and place + 1 not in sentence.person
        if not words.is_capital(place) and words.text[place] not in {",", "of", "the"}:
            return False
    return False
