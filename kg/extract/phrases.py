"""Find any of many phrases in a stretch of text, several times faster than one large alternation does."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

__all__ = ["Phrases"]

WORD = re.compile(r"[^\W\d_]+|\d+")


@lru_cache(maxsize=4)
def _places(text: str) -> dict[str, list[int]]:
    """Return where each word of *text*, in lower case, stands. The texts read last are remembered."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for word in WORD.finditer(text):
        places[word.group().lower()].append(word.start())
    return dict(places)


class Phrases:
    """A pattern that is tried only where a word stands with which one of its phrases begins.

    >>> greetings = Phrases(re.compile(r"good (?:day|night)", re.IGNORECASE), ["good day", "good night"])
    >>> [found.group() for found in greetings.finditer("Good day, and goodness. Good night!", 0, 35)]
    ['Good day', 'Good night']
    """

    __slots__ = ("_firsts", "_numbers", "_pattern", "_seen")

    def __init__(self, pattern: re.Pattern[str], phrases: Iterable[str], *, numbers: bool = False) -> None:
        """Index the first words of *phrases*, in lower case; with *numbers*, figures may begin a match too."""
        self._pattern = pattern
        self._numbers = numbers
        self._seen: tuple[str, list[int]] = ("", [])  # the last text, and where a match may begin in it
        self._firsts = frozenset(first.group().lower() for phrase in phrases if (first := WORD.search(phrase)))

    def finditer(self, text: str, start: int, stop: int) -> Iterator[re.Match[str]]:
        """Yield the matches in *text* from *start* to *stop*, none overlapping another."""
        starts, match, free = self._starts(text), self._pattern.match, start
        for index in range(bisect_left(starts, start), bisect_left(starts, stop)):
            at = starts[index]
            if at >= free and (found := match(text, at, stop)):
                yield found
                free = found.end()

    def _starts(self, text: str) -> list[int]:
        """Return where the words of *text* stand with which a match may begin."""
        known, starts = self._seen
        if known is not text:
            places = _places(text)
            words = places.keys() & self._firsts
            if self._numbers:
                words |= {word for word in places if word[0].isdigit()}
            starts = sorted(at for word in words for at in places[word])
            self._seen = (text, starts)
        return starts

    def search(self, text: str, start: int = 0, stop: int | None = None) -> re.Match[str] | None:
        """Return the first match."""
        return next(self.finditer(text, start, len(text) if stop is None else stop), None)
