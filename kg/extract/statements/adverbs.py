"""Adverbs and times between a subject and its verb: "the leaders *today also strongly* condemned"."""

from __future__ import annotations

from kg.extract.words import WEEKDAYS, Words, word_set

__all__ = ["ADVERBS", "is_adverb", "skip_adverbs"]

ADVERBS = word_set(
    "also then further again jointly both each all together additionally once moreover furthermore today yesterday "
    "warmly finally lastly separately still even just now always too however therefore thus next specifically first "
    "later subsequently initially likewise meanwhile"
)
"""Those that are not told by their form."""
_NO_ADVERB = word_set("family supply assembly ally reply anomaly")
_IN_TURN = word_set("turn response reply return")
_TIMES = WEEKDAYS | word_set("morning afternoon evening week")


def skip_adverbs(words: Words, stop: int) -> int:
    """Return where the words before word *stop* end when adverbs and times are left out."""
    end = stop
    while stop > 0:
        word = words.lower[stop - 1]
        if word in _TIMES and words.at(stop - 2) in {"this", "last", "on", "earlier"}:
            stop -= 2
        elif (
            words.at(stop - 2) == "in"
            and words.is_capital(stop - 1)
            and _TIMES & {words.at(stop - 3), *words.lower[stop:end]}
        ):
            stop -= 2  # "on Monday | in Lima"
        elif is_adverb(words, stop - 1):
            if word in {"both", "all", "each"} and not _ends_name(words, stop - 1):
                return stop
            stop -= 1
        elif (first := _before_turn(words, stop)) < stop:
            stop = first
        elif word == "," and words.at(stop - 2) in {"also", "too", "however"}:
            stop -= 1
        else:
            return stop
    return stop


def _before_turn(words: Words, stop: int) -> int:
    """Return where "in turn", ", in response," or "for his part" begins that ends before word *stop*, else *stop*."""
    end = stop - (words.at(stop - 1) == ",")
    if words.at(end - 1) in _IN_TURN and words.at(end - 2) == "in":
        first = end - 2
    elif words.at(end - 1) == "part" and words.at(end - 3) == "for":
        first = end - 3
    else:
        return stop
    return first - (words.at(first - 1) == ",")


def is_adverb(words: Words, at: int) -> bool:
    """Tell whether the word is an adverb, or a time that stands for one: "on *Monday*"."""
    word = words.at(at)
    return word in ADVERBS or word in _TIMES or (word.endswith("ly") and _is_manner(words.text[at]))


def _is_manner(word: str) -> bool:
    """Tell whether the word in "-ly" is an adverb: "strongly", but not "Italy" or "family"."""
    return len(word) > 4 and word[0].islower() and word not in _NO_ADVERB


def _ends_name(words: Words, stop: int) -> bool:
    """Tell whether a noun phrase may end before word *stop*, so that "both" after it is an adverb."""
    return stop > 0 and (
        words.lower[stop - 1] in {"they", "we", "leaders", "sides", "ministers", "presidents"}
        or words.is_capital(stop - 1)
    )
