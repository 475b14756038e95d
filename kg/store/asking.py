"""Whoever asks a store for their own ends, in a process that may die: an engine for the time of a `with` block."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox

from kg.store import is_address
from kg.store.pieces import as_file
from kg.store.remote.engine import RemoteEngine
from kg.store.request import QueryRequest
from kg.store.workers import QueryWorkers

__all__ = ["Engine", "engine", "solutions"]

Engine: TypeAlias = QueryWorkers | RemoteEngine


@contextmanager
def engine(
    location: str | Path,
    *,
    size: int = 1,
    timeout: float = float("inf"),
    memory: int = 2 << 30,
    limit: int = 1 << 60,
    rows: int = 1 << 60,
) -> Iterator[Engine]:
    """Give what answers queries to the store at *location*, a folder or the address of a server. See `QueryWorkers`.

    Queries may use the usual prefixes (`kg.vocab.PREFIXES`) without declaring them, if the store is on this machine.

    Raises:
        StoreMissing: there is no store there.
        StoreUnreachable: the server does not answer, or does not let us in.
    """
    found: Engine
    if is_address(location):
        found = RemoteEngine(str(location), size=size, timeout=min(timeout, 3600.0), limit=limit, rows=rows)
    else:
        found = QueryWorkers(
            location, size=size, timeout=timeout, memory=memory, limit=limit, rows=rows, undeclared=True
        )
    try:
        yield found
    finally:
        found.close()


def solutions(asked: Engine, text: str, base_iri: str) -> ox.QuerySolutions:
    """Return the answer to a SELECT, whose rows come as they are taken.

    Raises:
        QueryError: at once, or while the rows are taken.
    """
    pieces = asked.answer(QueryRequest(text, "application/sparql-results+json", base_iri))
    found = ox.parse_query_results(as_file(pieces), ox.QueryResultsFormat.JSON)
    assert isinstance(found, ox.QuerySolutions)
    return found
