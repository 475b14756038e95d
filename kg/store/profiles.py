"""Statistics of the newest generation: made once in a process of their own, and kept in a file for the next start."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox

from kg.errors import KgError
from kg.store.files import atomically
from kg.store.known import Statistics
from kg.store.prepared import Claim
from kg.store.process import Refused, Worker

__all__ = ["Profiles"]

_PREDICATES = "SELECT ?term (COUNT(*) AS ?n) { ?s ?term ?o } GROUP BY ?term"
_CLASSES = "SELECT ?term (COUNT(*) AS ?n) { ?s a ?term } GROUP BY ?term"
_LARGEST = 16 << 20
"""Bytes that a table may have: a graph with more predicates or classes than that has no statistics."""
_REST = 10
"""How many times as long as it took to make the last ones no others are made: data that change all the time."""


class Profiles:
    """The statistics of a store, which are kept in *folder*. *start* starts a worker that makes them.

    Generations come and go by updates, so nobody waits for them: who asks too early does without.
    """

    def __init__(self, folder: Path, start: Callable[[], Worker]) -> None:
        self._folder = folder
        self._start = start
        self._lock = threading.Lock()
        self._known: tuple[int, Statistics | None] = (-1, None)
        self._tried = False
        self._resting = 0.0
        self._making: threading.Thread | None = None
        self._worker: Worker | None = None
        self._closed = False

    def of(self, claim: Claim, *, make: bool) -> Statistics | None:
        """Return the statistics of the generation of *claim*, or None if there are none yet; *make* them if so."""
        with self._lock:
            if self._known[0] != claim.number:
                self._known = (claim.number, _read(self._path(claim.number)))
                self._tried = self._known[1] is not None
            found = self._known[1]
            idle = self._making is None and not self._closed and time.monotonic() >= self._resting
            if make and idle and not self._tried:
                self._tried = True
                self._making = threading.Thread(target=self._make, args=(claim,), name="kg-profiles", daemon=True)
                self._making.start()
            return found

    def close(self) -> None:
        """Make no more of them, and end what is making some."""
        with self._lock:
            self._closed = True
            making = self._making
            if self._worker:
                self._worker.kill()
        if making:
            making.join()

    def _path(self, number: int) -> Path:
        return self._folder / f"{number}.json"

    def _make(self, claim: Claim) -> None:
        begin = time.monotonic()
        try:
            with suppress(KgError, Refused, OSError):  # there is no room for the process, say, or it has died
                if found := self._computed(claim):
                    self._note(claim.number, found)
                    self._keep(claim.number, found)
        finally:
            with self._lock:
                self._resting = time.monotonic() + _REST * (time.monotonic() - begin)
                self._making = None

    def _note(self, number: int, found: Statistics) -> None:
        with self._lock:
            if self._known[0] == number:
                self._known = (number, found)

    def _computed(self, claim: Claim) -> Statistics | None:
        worker = self._start()
        try:
            with self._lock:
                self._worker = worker
                if self._closed:
                    return None
            predicates, classes = _asked(worker, _PREDICATES, claim), _asked(worker, _CLASSES, claim)
        finally:
            with self._lock:
                self._worker = None
            worker.end()
        return Statistics(predicates, classes) if predicates is not None else None

    def _keep(self, number: int, found: Statistics) -> None:
        self._folder.mkdir(exist_ok=True)
        with atomically(self._path(number)) as output:
            output.write(json.dumps(found._asdict()).encode())
        for path in self._folder.glob("*.json"):
            if path.stem.isdigit() and int(path.stem) < number:
                path.unlink(missing_ok=True)


def _asked(worker: Worker, text: str, claim: Claim) -> dict[str, int] | None:
    """Return the counts that a query gives by IRI, or None where it counts anything else."""
    request = {
        "text": text,
        "media_type": "application/sparql-results+json",
        "base_iri": None,
        "default_graphs": None,
        "named_graphs": None,
        "limit": _LARGEST,
        "rows": None,
        "undeclared": False,
        "path": claim.path,
    }
    answer = b"".join(worker.ask(request, float("inf")))
    counts: dict[str, int] = {}
    for row in json.loads(answer)["results"]["bindings"]:
        if row["term"]["type"] != "uri":
            return None
        try:
            iri = ox.NamedNode(row["term"]["value"]).value
        except ValueError:  # it was loaded without a look, and could not be named in a query
            return None
        counts[iri] = int(row["n"]["value"])
    return counts


def _read(path: Path) -> Statistics | None:
    try:
        found = json.loads(path.read_bytes())
        return Statistics(found["predicates"], found["classes"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
