"""Sources into a store: on all cores, in batches that are whole or absent, as often as one likes.

    load_paths      documents, or a folder of shards, into a store
    convert_paths   documents to what a store takes, in one stream
    convert_corpus  documents into a folder of shards, by any number of processes or machines

A document is converted only if the store does not have it from the same bytes by the same converter. A run can be
interrupted at any point: what was put is there, and the next run goes on with the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from time import monotonic
from typing import Self

from kg.errors import StoreError
from kg.load.bulk import bulk_files, bulk_outcomes
from kg.load.claims import Claims
from kg.load.convert import Converted, Known, Outcome, SetAside, Settings, Unchanged, converter
from kg.load.corpus import Progress, convert_corpus
from kg.load.manifest import is_shards
from kg.load.pool import SECONDS, outcomes
from kg.load.quarantine import Quarantine
from kg.load.sharded import shard_outcomes
from kg.model import Issue
from kg.sources import expand
from kg.store import Document, Store
from kg.vocab import BASE

__all__ = [
    "Converted",
    "Outcome",
    "Progress",
    "Report",
    "SetAside",
    "Unchanged",
    "convert_corpus",
    "convert_paths",
    "converter",
    "load_bulk",
    "load_paths",
]

_BATCH = 200
_BATCH_BYTES = 32 << 20
_PUBLISH_EVERY = 5.0


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


def convert_paths(
    paths: Iterable[str | Path],
    *,
    base: str = BASE,
    lexicon: Sequence[Path] = (),
    jobs: int | None = None,
    seconds: float = SECONDS,
) -> Iterator[Converted | SetAside]:
    """Yield the documents that *paths* mean, converted, in the order of the input; *lexicon* is as for `load_paths`.

    Raises:
        KgError: the worker processes can't be started, or the lexicon can't be read. What is wrong with a document
            comes as `SetAside`.
    """
    settings = Settings(base, lexicon=tuple(lexicon))
    claims = Claims()
    with closing(outcomes(expand(paths), settings, jobs=jobs, seconds=seconds)) as converting:
        for converted in converting:
            outcome = claims.check(converted)
            if not isinstance(outcome, Unchanged):
                yield outcome


def load_paths(
    store: Store,
    paths: Iterable[str | Path],
    *,
    base: str = BASE,
    lexicon: Sequence[Path] = (),
    jobs: int | None = None,
    seconds: float = SECONDS,
    force: bool = False,
    quarantine: Path | None = None,
    progress: Callable[[Report, Outcome], None] = lambda report, outcome: None,
) -> Report:
    """Load all documents that *paths* mean into *store*, which is open to be written.

    Args:
        store: where to.
        paths: files, folders, globs, addresses, and ``-`` for standard input. What `convert_corpus` has written into
            a folder is taken as it is.
        base: what the IRIs of entities begin with.
        lexicon: files or folders that extend the lexicon; with other ones, documents are converted again.
        jobs: how many processes convert; by default as many as there are processors.
        seconds: how long one document may take.
        force: convert again what is unchanged.
        quarantine: folder for copies of what is set aside.
        progress: called after each document.

    Raises:
        StoreError: the store can't be written (any more); what was put before is there.
        KgError: the worker processes can't be started, or the lexicon can't be read.
    """
    known = Known() if force else _known(store.journal())
    settings = Settings(base, known, tuple(lexicon))
    kept = Quarantine(quarantine) if quarantine else None
    given = list(paths)
    sharded = [Path(path) for path in given if is_shards(path)]
    rest = expand(path for path in given if not is_shards(path))
    with closing(outcomes(rest, settings, jobs=jobs, seconds=seconds)) as converting:
        ready = (outcome for folder in sharded for outcome in shard_outcomes(folder, store.journal(), force=force))
        return _taken(store, chain(ready, converting), kept, progress)


def load_bulk(
    store: Store,
    paths: Iterable[str | Path],
    *,
    base: str = BASE,
    force: bool = False,
    progress: Callable[[Report, Outcome], None] = lambda report, outcome: None,
) -> Report:
    """Load N-Quads whose graphs are documents, as they are, at the engine's own rate. See `kg.load.bulk`.

    Raises:
        NotFound: there is no such path, or no N-Quads in a folder.
        StoreError: the store can't be written (any more); what was put before is there.
    """
    found = bulk_outcomes(bulk_files(paths), dict(store.journal()), base=base, force=force)
    with closing(found):
        return _taken(store, found, None, progress)


def _taken(
    store: Store,
    found: Iterable[Outcome],
    kept: Quarantine | None,
    progress: Callable[[Report, Outcome], None],
) -> Report:
    """Put what was *found* into the store, and count it."""
    report, claims = Report(), Claims()
    with _Writer(store, report) as writer:
        for converted in found:
            outcome = claims.check(converted)
            if isinstance(outcome, Converted):
                writer.add(outcome)
            elif isinstance(outcome, Unchanged):
                report.unchanged += 1
            else:
                report.set_aside.append(outcome.issue)
            if kept:
                kept.update(outcome)
            progress(report, outcome)
    return report


def _known(journal: Mapping[str, Document]) -> Known:
    """Return what need not be converted again: what came from several graphs' worth of RDF only if all are there."""
    files: defaultdict[str, list[Document]] = defaultdict(list)
    for document in journal.values():
        files[document.key].append(document)
    complete = {
        key: tuple(document.graph for document in documents)
        for key, documents in files.items()
        if documents[0].parts == len(documents)
    }
    return Known({graph: document.key for graph, document in journal.items()}, complete)


class _Writer:
    """Puts documents in batches, in a thread, while the next ones are converted; publishes from time to time."""

    def __init__(self, store: Store, report: Report) -> None:
        self._store = store
        self._report = report
        self._batch: list[Converted] = []
        self._size = 0
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="kg-put")
        self._running: Future[None] | None = None
        self._published = monotonic()

    def add(self, document: Converted) -> None:
        """Take one document: it is put with its batch."""
        self._batch.append(document)
        self._size += sum(len(write.triples) for write in document.writes)
        if len(self._batch) >= _BATCH or self._size >= _BATCH_BYTES:
            self._put()

    def _put(self) -> None:
        self._wait()
        batch, self._batch, self._size = self._batch, [], 0
        if batch:
            self._running = self._thread.submit(self._put_now, batch)

    def _put_now(self, batch: list[Converted]) -> None:
        there = self._store.journal()
        replaced = sum(any(graph in there for graph in document.graphs) for document in batch)
        self._store.put(write for document in batch for write in document.writes)
        self._report.replaced += replaced
        self._report.loaded += len(batch) - replaced
        self._report.statements += sum(write.quads for document in batch for write in document.writes)
        if monotonic() - self._published > _PUBLISH_EVERY:
            self._store.publish()
            self._published = monotonic()

    def _wait(self) -> None:
        running, self._running = self._running, None
        if running:
            running.result()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Put what is left, also when the run is interrupted; not when the store itself has failed."""
        try:
            if not (kind and issubclass(kind, StoreError)):
                self._put()
            self._wait()
        finally:
            self._thread.shutdown()
