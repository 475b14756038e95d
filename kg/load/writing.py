"""Documents into a store in stretches, in a thread, while the next ones are converted."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from queue import Empty, Full, Queue
from time import monotonic
from typing import Self

from kg.errors import DocumentsRefused, InputError
from kg.load.convert import Converted, SetAside, problem
from kg.model import Issue
from kg.store import DocumentWrite, Store

__all__ = ["SLOW", "Report", "Writer"]


def _memory() -> int:
    """Return the bytes of memory that the machine has; 0 where that cannot be told."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 0


STATEMENTS = 4_000_000 if _memory() >= 8 << 30 else 250_000
"""Statements of a stretch, about: what is done again, at most, if a load of shards is killed.

Long ones spare the engine from rewriting what it has, and take up to 2.7 GB of memory; short ones 0.9 GB.
"""
SLOW = 2.0
"""Seconds that a stretch takes at most where documents come as slowly as they are converted."""
_REPLACED = 32 << 20
"""Bytes of documents that take the place of others: these are held until the end of their stretch."""
_PUBLISH_EVERY = 5.0
_AHEAD = 50
_LOOK_SECONDS = 0.1


@dataclass
class Report:
    """What became of the documents of one run. Each is counted once; `statements` are those that were written."""

    loaded: int = 0
    replaced: int = 0
    unchanged: int = 0
    statements: int = 0
    set_aside: list[Issue] = field(default_factory=list)

    @property
    def documents(self) -> int:
        """How many documents there were."""
        return self.loaded + self.replaced + self.unchanged + len(self.set_aside)


@dataclass
class _Stretch:
    """What is written by one call of the store. It is counted when it is on the disk."""

    statements: int = 0
    held: int = 0
    replacing: dict[tuple[str, ...], bool] = field(default_factory=dict)
    """The documents, by their graphs: whether they take the place of others."""

    def add(self, document: Converted, *, known: bool) -> None:
        self.replacing[document.graphs] = known
        self.statements += sum(write.quads for write in document.writes)
        self.held += sum(len(write.triples) for write in document.writes) if known else 0


class Writer:
    """Writes the documents that it is given. A stretch of them is one call of the store, which takes them as they come.

    With *seconds* a stretch ends after that time, so what is slow to come is soon there and safe; without, it is as
    long as is good for the engine. Publishes from time to time. What the store refuses goes to *refused*.
    """

    def __init__(
        self, store: Store, report: Report, refused: Callable[[SetAside], None], *, seconds: float | None = None
    ) -> None:
        self._store = store
        self._report = report
        self._refused = refused
        self._seconds = float("inf") if seconds is None else seconds
        self._queue: Queue[Converted | None] = Queue(_AHEAD)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="kg-put")
        self._ended = False
        self._published = monotonic()
        self._running: Future[None] = self._thread.submit(self._write)

    def add(self, document: Converted) -> None:
        """Take one document.

        Raises:
            StoreError: the store can't be written any more.
        """
        self._offer(document)

    def _offer(self, item: Converted | None) -> None:
        while not self._running.done():
            with suppress(Full):
                self._queue.put(item, timeout=_LOOK_SECONDS)
                return
        self._running.result()

    def _write(self) -> None:
        while not self._ended:
            stretch = _Stretch()
            try:
                self._store.put(self._documents(stretch))
            except DocumentsRefused as error:
                self._set_aside(stretch, error.documents)
            self._report.replaced += sum(stretch.replacing.values())
            self._report.loaded += len(stretch.replacing) - sum(stretch.replacing.values())
            self._report.statements += stretch.statements
            if monotonic() - self._published > _PUBLISH_EVERY:
                self._store.publish()
                self._published = monotonic()

    def _set_aside(self, stretch: _Stretch, documents: Iterable[tuple[DocumentWrite, str]]) -> None:
        """Take out of a stretch what the store has refused, and tell why."""
        for write, reason in documents:
            for graphs in [graphs for graphs in stretch.replacing if write.graph in graphs]:
                del stretch.replacing[graphs]
            stretch.statements -= write.quads
            data = write.nquads.encode()
            issue = problem(write.source, InputError(reason))
            self._refused(SetAside(issue, sha256(data).hexdigest(), data, ".nq"))

    def _documents(self, stretch: _Stretch) -> Iterator[DocumentWrite]:
        """Yield what comes until the stretch is over, and count it."""
        until = float("inf")
        journal = self._store.journal()
        while stretch.statements < STATEMENTS and stretch.held < _REPLACED and (left := until - monotonic()) > 0:
            try:
                document = self._queue.get(timeout=None if left == float("inf") else left)
            except Empty:
                return
            if document is None:
                self._ended = True
                return
            until = min(until, monotonic() + self._seconds)
            stretch.add(document, known=any(graph in journal for graph in document.graphs))
            yield from document.writes

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Write what is left, also when the run is interrupted."""
        try:
            self._offer(None)
            self._running.result()
        finally:
            self._thread.shutdown()
