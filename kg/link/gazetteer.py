"""Several indexes as one: what comes with the package, and the files that the user adds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from kg.lexicon import Lexicon, lexicon_with
from kg.link.builtin import lexicon_index
from kg.link.index import Entry, Index, Tenure
from kg.link.names import likeness
from kg.link.rows import Kind

__all__ = ["LEARNED", "Gazetteer", "gazetteer_with"]

LEARNED = "wikidata.gazetteer"
"""The index in a store's folder of what ``kg link --live`` has learned."""


class Gazetteer:
    """What indexes know together: of an item that several hold, all names and terms of office.

    `without` are ids that are treated as if no index held them.
    """

    def __init__(self, indexes: Sequence[Index], lexicon: Lexicon, without: frozenset[str] = frozenset()) -> None:
        self.indexes = tuple(indexes)
        self.lexicon = lexicon
        self.without = without
        self._merged: dict[str, Entry] = {}

    def extended(self, path: Path) -> Gazetteer:
        """Return this gazetteer with the index at *path* besides, if there is one."""
        return Gazetteer([*self.indexes, Index.open(path)], self.lexicon, self.without) if path.exists() else self

    def entry(self, qid: str) -> Entry | None:
        """Return the entry with this id."""
        if qid in self.without:
            return None
        if qid not in self._merged:
            held = [entry for index in self.indexes if (entry := index.entry(qid))]
            if not held:
                return None
            self._merged[qid] = held[0] if len(held) == 1 else _joined(held)
        return self._merged[qid]

    def named(self, name: str, kind: Kind) -> list[Entry]:
        """Return the entries that bear *name*, without regard to case and accents."""
        return self._from(lambda index: index.named(name, kind))

    def with_surname(self, surname: str) -> list[Entry]:
        """Return the persons with this surname, or whose only name it is."""
        return self._from(lambda index: index.with_surname(surname))

    def in_office(self, key: str, country: str) -> list[Entry]:
        """Return all who ever held the post with this key (`Lexicon.post_key`) of that country."""
        return self._from(lambda index: index.in_office(key, country))

    def like(self, name: str, kind: Kind | None = None, limit: int = 20) -> list[Entry]:
        """Return the entries with the names that share most trigrams with *name*, the likest of each index first."""
        return self._from(lambda index: index.like(name, kind, limit))

    def search(self, name: str, kind: Kind | None = None, limit: int = 20) -> list[Entry]:
        """Return the entries that are called like *name* in any index, the likest first: for whoever looks one up."""
        found = self.like(name, kind, 2 * limit)
        ranked = {entry.qid: likeness([name], entry.names) for entry in found}
        return sorted(found, key=lambda entry: ranked[entry.qid], reverse=True)[:limit]

    def _from(self, found: Callable[[Index], Iterable[Entry]]) -> list[Entry]:
        qids = dict.fromkeys(entry.qid for index in self.indexes for entry in found(index))
        return [entry for qid in qids if (entry := self.entry(qid))]


def _joined(held: Sequence[Entry]) -> Entry:
    names = dict.fromkeys(name for entry in held for name in entry.names)
    terms: dict[Tenure, None] = dict.fromkeys(term for entry in held for term in entry.terms)
    country = next((entry.country for entry in held if entry.country), None)
    population = max(entry.population for entry in held)
    return replace(held[0], names=tuple(names), terms=tuple(terms), country=country, population=population)


@cache
def gazetteer_with(files: tuple[Path, ...] = (), lexicon: tuple[Path, ...] = ()) -> Gazetteer:
    """Return the gazetteer that comes with the package, extended by the index *files* and by *lexicon* files.

    Raises:
        NotFound, InputError: a file is missing, or is no index.
    """
    known = lexicon_with(*lexicon)
    return Gazetteer([lexicon_index(known), *(Index.open(path) for path in files)], known)
