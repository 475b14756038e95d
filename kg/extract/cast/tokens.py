"""The whole text as one row of tokens: what the grammar of names and titles looks at."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from kg.model import Span
from kg.values import dataclass

__all__ = ["END", "Ranges", "Tokens", "covered"]

Ranges = Iterable[tuple[int, int]]
"""Stretches of tokens, each from its first up to, without, its last."""
END = "\n"
"""The token between two lines, before the first and behind the last."""
_BEHIND = (END,) * 8
"""What stands behind the last word, so that the rules may look ahead."""

_TOKEN = re.compile(
    r"[A-Za-z][a-z]++(?=[ ,])|[,.;:()“”\"]"  # what most words and marks are
    r"|(?:[^\W\d_]\.){2,}(?:[-–‑][^\W_]+)*"  # U.S., H.E., P.K., U.S.-Japan
    r"|(?=[A-Z])(?:Dr|Mr|Mrs|Ms|Mx|Jr|Sr|Gen|Lt|Col|Sen|Sens|Rep|Reps|Gov|Hon|Prof|St|Amb|Adm|Capt|Maj|Sgt|Rev|Rt|Eng"
    r"|Engr|Brig|Messrs|Smt)\."
    r"|[^\W\d_]\.(?= ?[^\W\d_])"  # an initial
    r"|M[ad]\.(?= [A-Z]\w+ [A-Z])"  # María in the Philippines, Mohammad in Bangladesh
    r"|[^\W_]+(?:(?:[-–‑&.ʻ]|['’](?!s\b))[^\W_]+)*"
    r"|['’]s\b"
    r"|\n+"
    r"|\S"
)
_LOWER_NAME = re.compile(r"(?:al|el|as|ash|ad|an|ar|at|az|as|bin|ibn|ul|d|l|de)[-‑–'’][A-ZÀ-Þ]")


@dataclass(frozen=True, slots=True)
class Tokens:
    r"""Words and marks of a text, with a possessive ending as a token of its own and `END` between lines.

    `capital` tells which begin with a capital letter, or are a name like "al-Busaidi".

    >>> Tokens.of("Dr. Ewe’s\nU.S. aide").words[:8]
    ('\n', 'Dr.', 'Ewe', '’s', '\n', 'U.S.', 'aide', '\n')
    """

    words: tuple[str, ...]
    lower: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    capital: tuple[bool, ...]

    @classmethod
    def of(cls, text: str) -> Tokens:
        """Split *text*; offsets are those of the text."""
        found = list(_TOKEN.finditer(text))
        words = [END, *[END if word[0] == "\n" else word for word in map(re.Match.group, found)], *_BEHIND]
        outside = [len(text)] * len(_BEHIND)
        low = "\0".join(words).lower().replace("’", "'").split("\0")
        return cls(
            tuple(words),
            tuple(low),
            (0, *map(re.Match.start, found), *outside),
            (0, *map(re.Match.end, found), *outside),
            tuple([word[0].isupper() or (not word.isalpha() and _is_lower_name(word)) for word in words]),
        )

    def __len__(self) -> int:
        return len(self.words)

    def index(self, offset: int) -> int:
        """Return the index of the first token that starts at or after *offset*, not counting the outer marks."""
        return bisect_left(self.starts, offset, 1)

    def span(self, first: int, stop: int) -> Span:
        """Return the stretch of text from token *first* up to, without, token *stop*."""
        return Span(self.starts[first], self.ends[stop - 1])

    def starts_sentence(self, index: int) -> bool:
        """Tell whether a sentence or a line begins at the token, as far as the mark before it tells."""
        before = self.words[index - 1]
        if before in "\"“”'‘(":
            before = self.words[index - 2] if index > 1 else END
        return before in {END, ".", "!", "?", ":", ";", "-", "•", "…"}


def _is_lower_name(word: str) -> bool:
    """Tell whether the word is a name that a small article begins: "al-Busaidi"."""
    return _LOWER_NAME.match(word) is not None


def covered(ranges: Ranges) -> frozenset[int]:
    """Return the tokens that lie in one of the ranges."""
    return frozenset([token for first, stop in ranges for token in range(first, stop)])
