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
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from kg.load.bulk import bulk_files, bulk_outcomes
from kg.load.claims import Claims
from kg.load.convert import Converted, Known, Outcome, SetAside, Settings, Unchanged, converter
from kg.load.corpus import Progress, convert_corpus
from kg.load.manifest import documents_in, is_shards
from kg.load.pool import SECONDS, outcomes
from kg.load.quarantine import Quarantine
from kg.load.sharded import shard_outcomes
from kg.load.writing import SLOW, Report, Writer
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
    "documents_in",
    "load_bulk",
    "load_paths",
]


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
    with Claims() as claims, closing(outcomes(expand(paths), settings, jobs=jobs, seconds=seconds)) as converting:
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
    given = list(paths)
    sharded = [Path(path) for path in given if is_shards(path)]
    rest = [path for path in given if not is_shards(path)]
    with Claims() as claims:
        taking = _Taking(store, claims, Quarantine(quarantine) if quarantine else None, progress)
        for folder in sharded:
            taking.take(shard_outcomes(folder, store.journal(), force=force))
        if rest:
            known = Known() if force else _known(store.journal())
            settings = Settings(base, known, tuple(lexicon))
            with closing(outcomes(expand(rest), settings, jobs=jobs, seconds=seconds)) as converting:
                taking.take(converting, seconds=SLOW)
    return taking.report


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
    found = bulk_outcomes(bulk_files(paths), store.journal(), base=base, force=force)
    with Claims() as claims, closing(found):
        taking = _Taking(store, claims, None, progress)
        taking.take(found)
    return taking.report


@dataclass
class _Taking:
    """Puts what was found into the store, and counts it."""

    store: Store
    claims: Claims
    kept: Quarantine | None
    progress: Callable[[Report, Outcome], None]
    report: Report = field(default_factory=Report)

    def take(self, found: Iterable[Outcome], *, seconds: float | None = None) -> None:
        """Take the documents that were *found*; *seconds* are how long a stretch of them takes at most."""
        with Writer(self.store, self.report, self._set_aside, seconds=seconds) as writer:
            for converted in found:
                outcome = self.claims.check(converted)
                if isinstance(outcome, Converted):
                    writer.add(outcome)
                    if self.kept:
                        self.kept.forget(outcome)
                elif isinstance(outcome, Unchanged):
                    self.report.unchanged += 1
                else:
                    self._set_aside(outcome)
                self.progress(self.report, outcome)

    def _set_aside(self, outcome: SetAside) -> None:
        self.report.set_aside.append(outcome.issue)
        if self.kept:
            self.kept.add(outcome)


def _known(journal: Mapping[str, Document]) -> Known:
    """Return what need not be converted again: what came from several graphs' worth of RDF only if all are there."""
    keys: dict[str, str] = {}
    files: defaultdict[str, list[str]] = defaultdict(list)
    parts: dict[str, int] = {}
    for document in journal.values():
        keys[document.graph] = document.key
        files[document.key].append(document.graph)
        parts[document.key] = document.parts
    return Known(keys, {key: tuple(graphs) for key, graphs in files.items() if parts[key] == len(graphs)})
