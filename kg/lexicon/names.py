"""Under which forms a person is looked up."""

from __future__ import annotations

from collections.abc import Iterable

from kg.lexicon.fold import fold

__all__ = ["name_keys", "surnames"]

_SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}
# fmt: off
_PARTICLES = frozenset({
    "abu", "al", "ap", "ben", "bin", "da", "dal", "das", "de", "del", "della", "den", "der", "di", "dos", "du", "e",
    "el", "ibn", "la", "las", "le", "mac", "mc", "san", "st", "te", "ten", "ter", "van", "von", "y", "zu",
})
# fmt: on


def surnames(name: str) -> Iterable[str]:
    """Yield the folded surname of a name that ends with it, with and without particles before it.

    >>> list(surnames("Ursula von der Leyen")), list(surnames("Joseph R. Biden, Jr."))
    (['leyen', 'der leyen', 'von der leyen'], ['biden'])
    """
    words = [fold(word) for word in name.split()]
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    if len(words) < 2:
        return
    yield words[-1]
    if words[-1].startswith(("al ", "el ")):
        yield words[-1][3:]
    for first in range(len(words) - 2, 0, -1):
        if words[first] not in _PARTICLES:
            return
        yield " ".join(words[first:])


def name_keys(person: str, aliases: Iterable[str]) -> set[str]:
    """Return every folded form under which the person is found: full names, aliases, and their surnames."""
    keys: set[str] = set()
    for name in (person, *aliases):
        keys.add(fold(name))
        keys.update(surnames(name))
    return keys
