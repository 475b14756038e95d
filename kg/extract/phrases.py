"""Find any of many phrases in a stretch of text, several times faster than one large alternation does."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache

__all__ = ["Phrases"]

WORD = re.compile(r"[^\W\d_]+|\d+")


@lru_cache(maxsize=4)
def _words(text: str) -> tuple[list[int], list[str]]:
    """Return where the words of *text* begin, and the words in lower case. The texts read last are remembered."""
    found = list(WORD.finditer(text))
    return [word.start() for word in found], [word.group().lower() for word in found]


class Phrases:
    """A pattern that is tried only where a word stands with which one of its phrases begins.

    >>> greetings = Phrases(re.compile(r"good (?:day|night)", re.IGNORECASE), ["good day", "good night"])
    >>> [found.group() for found in greetings.finditer("Good day, and goodness. Good night!", 0, 35)]
    ['Good day', 'Good night']
    """

    __slots__ = ("_firsts", "_numbers", "_pattern")

    def __init__(self, pattern: re.Pattern[str], phrases: Iterable[str], *, numbers: bool = False) -> None:
        """Index the first words of *phrases*, in lower case; with *numbers*, figures may begin a match too."""
        self._pattern = pattern
        self._numbers = numbers
        self._firsts = frozenset(first.group().lower() for phrase in phrases if (first := WORD.search(phrase)))

    def finditer(self, text: str, start: int, stop: int) -> Iterator[re.Match[str]]:
        """Yield the matches in *text* from *start* to *stop*, none overlapping another."""
        starts, words = _words(text)
        firsts, match, free = self._firsts, self._pattern.match, start
        low, high = bisect_left(starts, start), bisect_left(starts, stop)
        for at, word in zip(starts[low:high], words[low:high], strict=True):
            if (word in firsts or (self._numbers and word[0].isdigit())) and at >= free:
                found = match(text, at, stop)
                if found:
                    yield found
                    free = found.end()

    def search(self, text: str, start: int = 0, stop: int | None = None) -> re.Match[str] | None:
        """Return the first match."""
        return next(self.finditer(text, start, len(text) if stop is None else stop), None)
