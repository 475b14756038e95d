"""How alike two names are, whatever the spelling, the order of their words, and what is left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from kg.lexicon import fold

__all__ = ["Likeness", "likeness"]

_REORDERED = 3
"""Names of more words, in another order, are those of father and son."""
_IGNORED = frozenset({"jr", "sr", "ii", "iii", "dr", "sir", "the"})
"""In names of persons; in those of things, of which the second is another, only the article is."""


@dataclass(frozen=True, slots=True, order=True)
class Likeness:
    """How alike two names are, from 0 to 1.

    `equal`: all words are the same, but for accents, order and initials. `least`: of the words of the shorter name,
    how alike the one with the worst counterpart in the longer is. `share`: how much of the longer the shorter covers.
    `words`: how many words the shorter has.
    """

    equal: bool
    least: float
    share: float
    words: int


@lru_cache(maxsize=65536)
def _words(name: str, is_person: bool) -> tuple[str, ...]:
    if not is_person:
        return tuple(word for word in fold(name).split() if word != "the")
    words = [word for word in fold(name).split() if word not in _IGNORED]
    return tuple(word for word in words if len(word) > 1 or not word.isascii()) or tuple(words)


def likeness(forms: Iterable[str], names: Iterable[str], *, is_person: bool = True) -> Likeness:
    """Return how alike the likest pair of *forms*, that stand in texts, and *names*, of an entry, are.

    Persons may leave out initials, titles and what tells fathers from sons.

    >>> likeness(["Koen Greens"], ["Koen Geens"]).least > 0.9
    True
    >>> likeness(["ABE Shinzo"], ["Shinzō Abe"]).equal
    True
    >>> likeness(["World War II"], ["World War I"], is_person=False).equal
    False
    >>> round(likeness(["John Mulligan"], ["Michael Mulligan"]).least, 1)
    0.2
    """
    known = [_words(name, is_person) for name in names]
    pairs = (_compared(_words(form, is_person), words) for form in forms for words in known)
    return max(pairs, default=Likeness(False, 0.0, 0.0, 0))


@lru_cache(maxsize=262144)
def _compared(first: tuple[str, ...], second: tuple[str, ...]) -> Likeness:
    if not first or not second:
        return Likeness(False, 0.0, 0.0, 0)
    shorter, longer = sorted((first, second), key=lambda words: (len(words), words))
    if first == second or (len(first) <= _REORDERED and sorted(first) == sorted(second)):
        return Likeness(True, 1.0, 1.0, len(shorter))
    share = sum(map(len, shorter)) / sum(map(len, longer))
    together = fuzz.ratio("".join(first), "".join(second)) / 100  # Abdul Rahman, Abdulrahman
    least = _least(shorter, longer)
    return Likeness(False, max(least, together if together >= 0.9 else 0.0), min(share, 1 / share), len(shorter))


def _least(shorter: tuple[str, ...], longer: tuple[str, ...]) -> float:
    """Give each word of the shorter name its own counterpart in the longer, the likest pairs first."""
    pairs = sorted(
        ((fuzz.ratio(a, b), i, j) for i, a in enumerate(shorter) for j, b in enumerate(longer)),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    mine: set[int] = set()
    theirs: set[int] = set()
    least = 100.0
    for ratio, i, j in pairs:
        if i not in mine and j not in theirs:
            mine.add(i)
            theirs.add(j)
            least = ratio
    return least / 100
