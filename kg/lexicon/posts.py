"""When two titles are one office."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from kg.lexicon.entries import Post
from kg.lexicon.fold import fold

__all__ = ["PostKeys"]

_SMALL = re.compile(r"\b(?:of|for|the|to|and|on|his|her)\b")
_PORTFOLIO = re.compile(r"((?:deputy |acting )?)(minister|secretary) (?:of|for) (?:the )?(?!state\b|general\b)(.+)")
"""Minister of Trade, Secretary of Defense: the same as Trade Minister, Defense Secretary."""
_SPELLINGS = {
    "advisor": "adviser",
    "centre": "center",
    "councillor": "councilor",
    "defence": "defense",
    "labour": "labor",
}


class PostKeys:
    """Folds titles: case, spelling, word order, and the equivalents that the table of posts lists."""

    __slots__ = ("_keys", "_shared")

    def __init__(self, posts: Iterable[Post]) -> None:
        self._keys: dict[str, str] = {}
        self._shared: set[str] = set()
        for post in posts:
            key = _plain(post.title)
            self._keys.update(dict.fromkeys(map(_plain, post.aliases), key))
            if post.shared:
                self._shared.add(key)

    def key(self, title: str) -> str:
        """Return the key of a title: the plain form of the title that the table puts first, or its own plain form."""
        plain = _plain(title)
        return self._keys.get(plain, plain)

    def shared(self, key: str) -> bool:
        """Tell whether several persons of one country or body hold the post at a time."""
        return key in self._shared


@lru_cache(maxsize=16384)
def _plain(title: str) -> str:
    words = [_SPELLINGS.get(word, word) for word in fold(title).split()]
    plain = _PORTFOLIO.sub(r"\1\3 \2", " ".join(words))
    return " ".join(_SMALL.sub(" ", plain).split())
