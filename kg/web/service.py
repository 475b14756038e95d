"""What the pages share: the data, the way to ask it, and where its entities live on this site."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache, partial
from typing import Protocol
from urllib.parse import quote, unquote

import pyoxigraph as ox
from flask import Response, current_app, request, url_for

from kg import __version__
from kg.errors import QueryForbidden
from kg.records import Source
from kg.saved import SavedQuery
from kg.sparql import NOT_FEDERATED, RESULTS, Query
from kg.sparql.federation import NOWHERE, Federation, reaches_out, simplest
from kg.store import Store, Term
from kg.store.finder import Finder
from kg.store.pieces import as_file
from kg.store.request import QueryRequest
from kg.store.snapshot import Follower
from kg.store.writers import Writer
from kg.vocab import ACT, KIND, MODE, READOUT, ROLE, STATUS, TENURE
from kg.web.access import Access
from kg.web.assets import build_name
from kg.web.plan import request_of
from kg.web.settings import Settings
from kg.web.watch import ROWS

__all__ = ["Direct", "Engine", "Service", "as_file", "service", "tagged_page"]

_VOCABULARY = tuple(namespace.iri for namespace in (READOUT, KIND, MODE, STATUS, ACT, ROLE, TENURE))


class Engine(Protocol):
    """Evaluates the queries of strangers. `kg.store.workers.QueryWorkers` does it in processes that may die."""

    @property
    def generation(self) -> int:
        """The number of the state that the next answer is made from."""

    @property
    def state(self) -> str:
        """The name of that state, by which all servers of the same data agree: what tags are made from."""

    @property
    def capacity(self) -> int:
        """How many queries can be under way or waiting at the same time."""

    @property
    def load(self) -> Mapping[str, float]:
        """Figures on how busy it is, by the names that they have in `/metrics`."""

    def answer(
        self, asked: QueryRequest, counted: Callable[[int], object] | None = None
    ) -> Generator[bytes, None, None]:
        """Return the serialised answer in pieces; whoever takes no more of it closes it. See `QueryWorkers.answer`.

        *counted* is given the number of rows once all are out.

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
    def state(self) -> str:
        """That number."""
        return str(self._store.generation)

    @property
    def capacity(self) -> int:
        """As many as there are threads that ask."""
        return 4

    @property
    def load(self) -> Mapping[str, float]:
        """Nothing is counted here."""
        return {}

    def answer(
        self, asked: QueryRequest, counted: Callable[[int], object] | None = None
    ) -> Generator[bytes, None, None]:
        """See `Engine.answer`; no evaluation can be ended, so its timeout is not kept, and nothing is counted."""
        self._store.refresh()
        answer = self._store.query(
            asked.text,
            base_iri=asked.base_iri,
            default_graphs=asked.default_graphs,
            named_graphs=asked.named_graphs,
        )
        return _closeable(answer.serialize(asked.media_type))

    def close(self) -> None:
        """Do nothing: the store belongs to whoever opened it."""


def _closeable(pieces: Iterable[bytes]) -> Generator[bytes, None, None]:
    yield from pieces


@dataclass(frozen=True, slots=True, eq=False)
class Service:
    """The state of one application. `base` is what the IRIs of the store's own entities begin with.

    `writer` is None where clients may not write; `finder` asks the search index.
    """

    engine: Engine
    saved: Mapping[str, SavedQuery]
    base: str
    settings: Settings = field(default_factory=Settings)
    access: Access = field(default_factory=Access)
    writer: Writer | None = None
    finder: Finder | None = None
    federation: Federation | None = None
    follower: Follower | None = None

    def close(self) -> None:
        """End all processes."""
        if self.follower is not None:
            self.follower.close()
        if self.writer is not None:
            self.writer.close()
        if self.finder is not None:
            self.finder.close()
        self.engine.close()

    def answer(self, query: Query, media_type: str) -> Generator[bytes, None, None]:
        """Have *query* evaluated and serialised, for the client of the current request (see `Engine.answer`).

        What other endpoints must be asked for is asked for at once.
        """
        if reaches_out(query.text):
            query = replace(query, text=self._followed(query))
        return self._evaluated(query, media_type)

    def _followed(self, query: Query) -> str:
        """Return the text of *query* with what other endpoints say in it."""
        if self.federation is None:
            raise QueryForbidden(NOT_FEDERATED)

        def ask(text: str, nowhere: bool) -> bytes:
            asked = replace(query, text=text)
            if nowhere:
                asked = replace(asked, default_graphs=(NOWHERE,), named_graphs=())
            return b"".join(self._evaluated(asked, simplest(text)))

        return self.federation.follow(query.text, ask, base_iri=url_for("protocol.sparql", _external=True))

    def _evaluated(self, query: Query, media_type: str) -> Generator[bytes, None, None]:
        asked = request_of(query, media_type, url_for("protocol.sparql", _external=True), request.remote_addr)
        return self.engine.answer(asked, partial(request.environ.__setitem__, ROWS))

    def rows(self, text: str) -> Iterator[tuple[Term | None, ...]]:
        """Yield the rows of a SELECT of our own."""
        pieces = self.answer(Query(text), RESULTS[0].media_type)
        with closing(pieces):
            solutions = ox.parse_query_results(as_file(pieces), ox.QueryResultsFormat.JSON)
            assert isinstance(solutions, ox.QuerySolutions)
            for solution in solutions:
                yield tuple(solution)

    def counts(self) -> Mapping[str, int]:
        """Return how many things there are of each class of ours, by its local name."""
        return _counts(self, self.engine.generation)

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
        return self.source.short(iri)

    @property
    def source(self) -> Source:
        """Where pages and records come from."""
        return Source(self.rows, self.base)


@lru_cache(maxsize=4)
def _counts(data: Service, generation: int) -> Mapping[str, int]:
    """Count once for each *generation*: it takes seconds where there are millions of statements."""
    text = "SELECT ?class (COUNT(?s) AS ?n) WHERE { ?s a ?class } GROUP BY ?class"
    rows = ((str(kind.value), int(number.value)) for kind, number in data.rows(text))  # type: ignore[union-attr]
    return {iri.removeprefix(READOUT.iri): number for iri, number in rows if iri.startswith(READOUT.iri)}


def service() -> Service:
    """Return the state of the application that the current request runs in."""
    found: Service = current_app.extensions["kg"]
    return found


def tagged_page(rendered: Callable[[], str], content_type: str = "text/html; charset=utf-8") -> Response:
    """Answer with what depends on the data, the address and the day alone, or with 304 if the client has it.

    The day, since the citation on a page names the day of access.
    """
    state = service().engine.state
    parts = (__version__, build_name(), state, request.full_path, date.today())
    tag = hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
    fresh = request.if_none_match.contains_weak(tag)
    response = Response(status=304) if fresh else Response(rendered(), content_type=content_type)
    if state == service().engine.state:  # else some of it may be of newer data
        response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "no-cache"
    return response
