"""Which document of a run each graph is from."""

from __future__ import annotations

from kg.errors import InputError
from kg.load.convert import Outcome, SetAside, problem

__all__ = ["Claims", "claimed"]


class Claims:
    """Which document of the run each graph is from: a second one for it would silently replace the first."""

    def __init__(self) -> None:
        self._origins: dict[str, str] = {}

    def check(self, outcome: Outcome) -> Outcome:
        """Return *outcome*, or what it becomes if another document has claimed one of its graphs."""
        if isinstance(outcome, SetAside):
            return outcome
        for graph in outcome.graphs:
            if graph in self._origins:
                return claimed(outcome.origin, graph, self._origins[graph])
        self._origins.update(dict.fromkeys(outcome.graphs, outcome.origin))
        return outcome


def claimed(origin: str, graph: str, first: str) -> SetAside:
    """Set the document from *origin* aside since the one from *first* has its *graph*."""
    reason = f"is the same document ({graph}) as {first}, which came first: give it an id of its own"
    return SetAside(problem(origin, InputError(reason)))
