"""Lookups are answered in the serving process, from the newest generation: to hand them to a worker takes longer.

No text of a client gets to the engine here. It gives the entries of one index in one range (see `kg.sparql.Lookup`),
and no more of them than a small answer has. Whatever proves larger, slower or otherwise than expected goes the way of
all other queries, to a worker (`kg.store.workers`), which gives the same answer.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import islice
from typing import NamedTuple

import pyoxigraph as ox

from kg.sparql import Lookup
from kg.store import GRAPH_TYPES
from kg.store.prepared import Claim
from kg.store.worker import WITH_PREFIXES
from kg.store.workers import QueryWorkers
from kg.vocab import PREFIXES, XSD

__all__ = ["Found", "Lookups"]

_LARGEST = 16 << 10
"""Bytes that an answer may have: a larger one is made by a worker."""
_MOST = 200
"""Rows, or statements, that it may have."""
_SLOW = 0.02
"""Seconds above which a lookup was slow, as where the disk is."""
_REST = 20
"""How many times as long as a slow lookup took there are no others: it is workers that wait for the disk then."""
_JSON = "application/sparql-results+json"
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_PREFIXES = dict(PREFIXES)


class Found(NamedTuple):
    """The answer to a lookup: its bytes, how many rows it has, and the generation that it is from."""

    body: bytes
    rows: int
    generation: int


class _Open(NamedTuple):
    """A generation that is open. It is kept from being swept for as long."""

    claim: Claim
    store: ox.Store


class Lookups:
    """Answers lookups from what the *workers* answer from, by the same rules. It belongs to the thread of the loop.

    Each new generation is opened in another thread, since that takes some time.
    """

    def __init__(self, workers: QueryWorkers) -> None:
        self._workers = workers
        self._opening = ThreadPoolExecutor(1, thread_name_prefix="kg-lookups")
        self._wanted: Claim | None = None
        self._open: _Open | None = None
        self._resting = 0.0

    def answer(self, lookup: Lookup, media_type: str) -> Found | None:
        """Return the answer to *lookup* as *media_type*, or None if a worker must make it. Waits for nothing.

        Raises:
            StoreMissing: there is no generation to answer from.
        """
        opened = self._newest()
        begin = time.perf_counter()
        if opened is None or begin < self._resting:
            return None
        try:
            answer = self._read(opened.store, lookup, media_type)
        except BaseException:  # also the engine's panic, which is no Exception; a worker tells what it is
            return None
        finally:
            took = time.perf_counter() - begin
            if took > _SLOW:
                self._resting = begin + took * _REST
        return Found(*answer, opened.claim.number) if answer else None

    def close(self) -> None:
        """Let go of what is open."""
        self._opening.shutdown(cancel_futures=True)
        self._open = None

    # --- the data --------------------------------------------------------------------------------------------------

    def _newest(self) -> _Open | None:
        """Return the newest generation, or None while it is not open; see to it that it is."""
        claim = self._workers.newest()
        if self._open is not None and self._open.claim is claim:
            return self._open
        if self._wanted is not claim:
            self._wanted = claim
            self._opening.submit(self._turn_to, claim)
        return None

    def _turn_to(self, claim: Claim) -> None:
        if claim is self._wanted:
            with suppress(OSError, RuntimeError):  # it is damaged, and not tried again; a worker tells what it is
                self._open = _Open(claim, ox.Store.read_only(claim.path))

    # --- one answer ------------------------------------------------------------------------------------------------

    def _read(self, store: ox.Store, lookup: Lookup, media_type: str) -> tuple[bytes, int] | None:
        graph = lookup.form in ("CONSTRUCT", "DESCRIBE")
        if not graph and media_type != _JSON:
            return None
        quads = store.quads_for_pattern(lookup.subject, lookup.predicate, lookup.object, ox.DefaultGraph())
        if lookup.form == "ASK":
            return _encoded({"head": {}, "boolean": next(quads, None) is not None}).encode(), 0
        rows = _few(islice(quads, lookup.most), min(_MOST, self._workers.rows or _MOST))
        if rows is None:
            return None
        body = _graph(rows, media_type) if graph else _table(rows, lookup.columns)
        return (body, len(rows)) if len(body) <= min(_LARGEST, self._workers.limit) else None


def _few(quads: Iterable[ox.Quad], most: int) -> list[ox.Quad] | None:
    """Return *quads* if they are no more than *most*, and none is large."""
    rows: list[ox.Quad] = []
    size = 0
    for quad in quads:
        size += len(str(quad.object))
        if len(rows) == most or size > _LARGEST:
            return None
        rows.append(quad)
    return rows


def _table(rows: Sequence[ox.Quad], columns: Sequence[tuple[str, int]]) -> bytes:
    """Write rows in SPARQL 1.1 Query Results JSON, as the engine does it."""
    bindings = [{name: _term(quad[place]) for name, place in columns} for quad in rows]
    answer = {"head": {"vars": [name for name, _ in columns]}, "results": {"bindings": bindings}}
    return _encoded(answer).encode()


def _term(term: object) -> dict[str, str]:
    match term:
        case ox.NamedNode(value=iri):
            return {"type": "uri", "value": iri}
        case ox.Literal(value=value, language=str() as language, direction=None):
            return {"type": "literal", "value": value, "xml:lang": language}
        case ox.Literal(value=value, datatype=datatype, language=None):
            kind = {} if datatype == XSD.string else {"datatype": datatype.value}
            return {"type": "literal", "value": value, **kind}
    raise ValueError("there are no others in our data")


def _graph(rows: Sequence[ox.Quad], media_type: str) -> bytes:
    prefixes = _PREFIXES if media_type in WITH_PREFIXES else None
    return ox.serialize((quad.triple for quad in rows), format=GRAPH_TYPES[media_type], prefixes=prefixes) or b""
