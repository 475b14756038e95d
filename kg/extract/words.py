"""A sentence as a row of words and marks: what the rules of the clause look at."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from kg.model import Span
from kg.values import dataclass

__all__ = ["FUNCTION_WORDS", "MONTHS", "WEEKDAYS", "Words", "word_set"]

# "U.S.-U.K.", "COVID-19", "President’s", "sides’", "Dr." and "S$20" are one word each; every other mark stands alone.
# What most words and marks are, plain letters before a space and points, is tried first.
_WORD = re.compile(
    r"[A-Za-z][a-z]++(?=[ ,])"
    r"|[,.;:()“”\"]"
    r"|(?:\w\.){2,}(?:[-–](?:(?:\w\.){2,}|\w+))*"
    r"|\w++[-–](?:\w\.){2,}(?:[-–]\w+)*"
    r"|(?=[A-Z])(?:(?:Dr|Mr|Mrs|Ms|Mx|Jr|Sr|Gen|Lt|Col|Sens?|Reps?|Govs?|Hon|Prof|St|Amb|Adm|Capt|Maj|Sgt|Rev|Rt|Eng"
    r"|Brig|Messrs)\.|[A-Z]\.(?= ?[A-Z]))"
    r"|[$€£]?\w++(?:[-–’'.&/‑]\w++)*+(?:(?<=s)[’'](?!\w)|\+)?"
    r"|\S"
)
_NO_WORDS = frozenset({"WHO"})
"""Names in capitals that would be another word in lower case: the organisation is no "who"."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one stretch of text: as written, in lower case, and where each starts and ends."""

    text: tuple[str, ...]
    lower: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    @lru_cache(maxsize=256)
    def of(cls, text: str, span: Span) -> Words:
        """Split the *span* of *text*; offsets are those of the whole text.

        >>> Words.of("The U.S.-Japan talks, he said.", Span(0, 30)).text
        ('The', 'U.S.-Japan', 'talks', ',', 'he', 'said', '.')
        """
        found = list(_WORD.finditer(text, span.start, span.end))
        words = tuple(map(re.Match.group, found))
        lower = tuple(map(str.lower, words))
        if not _NO_WORDS.isdisjoint(words):
            lower = tuple([word if word in _NO_WORDS else low for word, low in zip(words, lower, strict=True)])
        return cls(words, lower, tuple(map(re.Match.start, found)), tuple(map(re.Match.end, found)))

    def __len__(self) -> int:
        return len(self.text)

    def at(self, index: int) -> str:
        """Return the word in lower case, or an empty one outside the stretch."""
        return self.lower[index] if 0 <= index < len(self.lower) else ""

    def is_capital(self, index: int) -> bool:
        """Tell whether the word begins with a capital letter."""
        return 0 <= index < len(self.text) and self.text[index][0].isupper()

    def is_possessive(self, index: int) -> bool:
        """Tell whether the word ends in ’s or is a plural with an apostrophe."""
        word = self.text[index]
        return word.endswith(("’s", "'s", "s’", "s'")) or self.at(index + 1) in {"’s", "'s"}

    def index(self, offset: int) -> int:
        """Return the index of the first word that starts at or after *offset*."""
        return bisect_left(self.starts, offset)

    def span(self, first: int, stop: int) -> Span:
        """Return the stretch from word *first* up to, without, word *stop*."""
        return Span(self.starts[first], self.ends[stop - 1])


def word_set(listed: str) -> frozenset[str]:
    """Return the words of a line as a set, so that such sets stay readable in code."""
    return frozenset(listed.split())


MONTHS = word_set("january february march april may june july august september october november december")
WEEKDAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")
FUNCTION_WORDS = word_set(
    "a an the and or but nor with from by including as that which who at over during after before since between of for "
    "to on in is are was were be been has have had will would could should can may not he she it they we i if when "
    "while how why what than then also so about into through toward towards under against within across upon per via "
    "no any some each every all more most few"
)
"""Words that are never part of a name's modifiers, in lower case."""
