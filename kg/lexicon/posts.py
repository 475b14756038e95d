"""When two titles are one office."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.lexicon.entries import Post
from kg.lexicon.fold import fold

__all__ = ["PostKeys"]

_SMALL = re.compile(r"\b(?:of|for|the|to|and|on)\b")


class PostKeys:
    """Folds titles: case, "of" against "for", and the equivalents that the table of posts lists."""

    __slots__ = ("_keys",)

    def __init__(self, posts: Iterable[Post]) -> None:
        self._keys = {_plain(title): _plain(post.title) for post in posts for title in (*post.aliases, post.title)}

    def key(self, title: str) -> str:
        """Return the key of a title: the folded title that the table puts first, or its own folded form."""
        plain = _plain(title)
        return self._keys.get(plain, plain)


def _plain(title: str) -> str:
    return " ".join(_SMALL.sub(" ", fold(title)).split())
