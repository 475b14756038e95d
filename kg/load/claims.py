"""Which document of a run each graph is from."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Self

from kg.errors import InputError
from kg.load.convert import Outcome, SetAside, problem

__all__ = ["Claims", "claimed"]


class Claims:
    """Which document of the run each graph is from: a second one for it would silently replace the first.

    What is remembered lies in a temporary *database*, by default a nameless one that SQLite keeps on the disk as soon
    as it is large: so memory does not grow with the run. Use it as a context manager.
    """

    def __init__(self, database: str = "") -> None:
        self._seen = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
        self._seen.execute("PRAGMA journal_mode = off")  # it is thrown away in any case
        self._seen.execute("PRAGMA synchronous = off")
        self._seen.execute("CREATE TABLE seen (graph TEXT PRIMARY KEY, origin TEXT) WITHOUT ROWID")
        self._seen.execute("BEGIN")

    def claim(self, graphs: Iterable[str], origin: str) -> tuple[str, str] | None:
        """Claim *graphs* for the document from *origin*, or return the first that is taken, and by whom."""
        wanted = dict.fromkeys(graphs)
        for graph in wanted:
            if taken := self._seen.execute("SELECT graph, origin FROM seen WHERE graph = ?", (graph,)).fetchone():
                return str(taken[0]), str(taken[1])
        self._seen.executemany("INSERT INTO seen VALUES (?, ?)", [(graph, origin) for graph in wanted])
        return None

    def check(self, outcome: Outcome) -> Outcome:
        """Return *outcome*, or what it becomes if another document has claimed one of its graphs."""
        if isinstance(outcome, SetAside):
            return outcome
        taken = self.claim(outcome.graphs, outcome.origin)
        return claimed(outcome.origin, *taken) if taken else outcome

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._seen.close()


def claimed(origin: str, graph: str, first: str) -> SetAside:
    """Set the document from *origin* aside since the one from *first* has its *graph*."""
    reason = f"is the same document ({graph}) as {first}, which came first: give it an id of its own"
    return SetAside(problem(origin, InputError(reason)))
