"""When two titles are one office, within a readout."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from kg.extract.cast.posts import Part
from kg.lexicon import Lexicon, fold

__all__ = ["fit", "is_short", "title_words"]

_SMALL = frozenset(["of", "for", "the", "to", "and", "on", "s"])
_RANKS = frozenset(
    """
    prime deputy vice first second third chief state cabinet assistant under acting interim senior alternate special
    press executive permanent private joint general principal federal union parliamentary coordinating
    """.split()  # noqa: SIM905 - a list of thirty short words reads better so
)
"""Words before "Minister" or "Secretary" that tell the rank, not the field."""


@lru_cache(maxsize=4096)
def title_words(title: str) -> tuple[str, ...]:
    """Return the words of a title that tell it from others, the field of a minister behind.

    >>> title_words("Minister of the Interior"), title_words("Deputy Interior Minister")
    (('minister', 'interior'), ('deputy', 'minister', 'interior'))
    """
    words = [word for word in fold(title).split() if word not in _SMALL]
    if len(words) > 1 and words[-1] in {"minister", "secretary"} and words[-2] not in _RANKS:
        first = next((index for index, word in enumerate(words) if word not in _RANKS), 0)
        field = words[first:-1]
        words = [*words[:first], words[-1], *field, *(["affairs"] if field == ["foreign"] else [])]
    return tuple(words)


def is_short(mine: tuple[str, ...], theirs: tuple[str, ...], lower: Collection[str]) -> bool:
    """Tell whether the words of a title are all of those of another one in a row, and none before makes it a lower one.

    >>> is_short(("minister",), ("federal", "minister", "ports"), {"deputy"})
    True
    """
    starts = (at for at in range(len(theirs) - len(mine) + 1) if theirs[at : at + len(mine)] == mine)
    return (first := next(starts, None)) is not None and set(theirs[:first]).isdisjoint(lower)


def fit(part: Part, known: Part, lexicon: Lexicon, lower: frozenset[str]) -> int:
    """Return how well the title fits an office that somebody bears: 3 the same, 2 or 1 a short form, 0 not at all.

    Args:
        part: the title without a name.
        known: the office that somebody bears.
        lexicon: knows which titles are the same.
        lower: words that make another office where they stand before a title: "deputy".
    """
    if (
        part.owner
        and known.owner
        and part.owner.country
        and known.owner.country
        and part.owner.country is not known.owner.country
    ):
        return 0
    mine, theirs = title_words(part.title), title_words(known.title)
    if mine == theirs or lexicon.post_key(part.title) == lexicon.post_key(known.title):
        return 3
    theirs = title_words(known.title.partition(" to the ")[0])  # nobody bears the office of whom they serve
    if len(mine) < len(theirs):
        if theirs[: len(mine)] == mine:
            return 2
        if theirs[-len(mine) :] == mine and not set(theirs[: -len(mine)]) & lower:
            return 2
        if mine[-1] == part.head.words[-1] and set(mine) <= set(theirs) and not (set(theirs) - set(mine)) & lower:
            return 1
    return 0
