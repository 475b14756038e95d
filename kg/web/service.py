"""What the pages share: the data, the way to ask it, and where its entities live on this site."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol
from urllib.parse import quote, unquote

from flask import current_app

from kg.saved import SavedQuery
from kg.sparql import Query
from kg.store import Store
from kg.vocab import ACT, KIND, MODE, PREFIXES, READOUT, ROLE, STATUS, TENURE

__all__ = ["Direct", "Engine", "Service", "service"]

_VOCABULARY = tuple(namespace.iri for namespace in (READOUT, KIND, MODE, STATUS, ACT, ROLE, TENURE))


class Engine(Protocol):
    """Evaluates the queries of strangers. `kg.store.workers.QueryWorkers` does it in processes that may die."""

    @property
    def generation(self) -> int:
        """The number of the state that the next answer is made from."""

    @property
    def capacity(self) -> int:
        """How many queries can be under way or waiting at the same time."""

    def answer(
        self,
        text: str,
        media_type: str,
        *,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        timeout: float | None = None,
    ) -> Generator[bytes, None, None]:
        """Return the serialised answer in pieces; whoever takes no more of it closes it.

        Raises:
            QueryError: at once where the query can't be answered; later where it fails on the way.
        """

    def close(self) -> None:
        """Let go of all resources."""


class Direct:
    """Evaluates queries in this very process: for one's own queries only, since a query can end or stop it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def generation(self) -> int:
        """The number of the state that the store shows."""
        return self._store.generation

    @property
    def capacity(self) -> int:
        """As many as there are threads that ask."""
        return 4

    def answer(
        self,
        text: str,
        media_type: str,
        *,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        timeout: float | None = None,
    ) -> Generator[bytes, None, None]:
        """See `Engine.answer`; there is no way to end an evaluation, so `timeout` is not kept."""
        answer = self._store.query(text, default_graphs=default_graphs, named_graphs=named_graphs)
        return _closeable(answer.serialize(media_type))

    def close(self) -> None:
        """Do nothing: the store belongs to whoever opened it."""


def _closeable(pieces: Iterable[bytes]) -> Generator[bytes, None, None]:
    yield from pieces


@dataclass(frozen=True, slots=True)
class Service:
    """The state of one application. `base` is what the IRIs of the store's own entities begin with."""

    store: Store
    engine: Engine
    saved: Mapping[str, SavedQuery]
    base: str
    owned: bool = True

    def close(self) -> None:
        """Let go of the engine; and of the store, where it was opened for this application."""
        self.engine.close()
        if self.owned:
            self.store.close()

    def refresh(self) -> None:
        """Move on to the newest state of the data."""
        self.store.refresh()

    def counts(self) -> Mapping[str, int]:
        """Return how many things there are of each class of ours, by its local name."""
        return _counts(self.store, self.store.generation)

    def answer(self, query: Query, media_type: str) -> Generator[bytes, None, None]:
        """Have *query* evaluated and serialised (see `Engine.answer`)."""
        graphs = (query.default_graphs, query.named_graphs) if query.has_dataset else (None, None)
        return self.engine.answer(
            query.text, media_type, default_graphs=graphs[0], named_graphs=graphs[1], timeout=query.timeout
        )

    def iri(self, tail: str) -> str:
        """Return the IRI of the entity with this (decoded) tail."""
        return self.base + quote(tail, safe="/-._~")

    def tail(self, iri: str) -> str | None:
        """Return the decoded tail of an entity's IRI without its fragment, or None for other IRIs."""
        return unquote(iri.removeprefix(self.base).partition("#")[0]) if iri.startswith(self.base) else None

    def is_vocabulary(self, iri: str) -> bool:
        """Tell whether *iri* is a term of our vocabulary, which lies under the same address as the entities."""
        return iri.startswith(_VOCABULARY)

    def short(self, iri: str) -> str:
        """Return an IRI as people read it: its tail, or with a usual prefix, or as it is."""
        for prefix, namespace in PREFIXES.items():
            if iri.startswith(namespace) and namespace != self.base:
                return f"{prefix}:{iri.removeprefix(namespace)}"
        return unquote(iri.removeprefix(self.base)) if iri.startswith(self.base) else iri


@lru_cache(maxsize=4)
def _counts(store: Store, generation: int) -> Mapping[str, int]:
    """Count once for each *generation*: it takes seconds where there are millions of statements."""
    classes = store.stats().classes
    return {iri.removeprefix(READOUT.iri): number for iri, number in classes.items() if iri.startswith(READOUT.iri)}


def service() -> Service:
    """Return the state of the application that the current request runs in."""
    found: Service = current_app.extensions["kg"]
    return found
