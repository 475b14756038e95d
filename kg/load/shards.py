"""A slice of the input into a shard: the work that a process pool and a cluster share."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path
from queue import Empty, SimpleQueue

from kg.errors import KgError
from kg.lexicon import lexicon_with
from kg.load.claims import Claims
from kg.load.convert import Converted, Outcome, SetAside, Settings, converter
from kg.load.manifest import Counts, File, Layout, Making, Shard, line
from kg.load.packing import written
from kg.load.plan import Slice
from kg.load.pool import SECONDS, Pool
from kg.store import DocumentWrite
from kg.store.files import atomically

__all__ = ["Converters", "Job", "entry", "finished", "listed"]

_LISTED = tuple(field.name for field in fields(DocumentWrite) if field.name != "triples")


@dataclass(frozen=True, slots=True)
class Job:
    """All that a process needs to know to convert any slice: it can be sent to another machine.

    `folder` is where the shards go, and `root` what paths of the input are relative to; both are absolute.
    """

    folder: Path
    root: Path
    settings: Settings
    making: Making
    seconds: float = SECONDS

    def check(self) -> None:
        """Make sure that this process converts as the one that made the job.

        Raises:
            KgError: its version, its lexicon or its view of the disk is another.
        """
        own = converter(lexicon_with(*self.settings.lexicon).digest)
        if own != self.making.converter:
            raise KgError(f"a worker has the converter {own} and not {self.making.converter}: install the same version")
        if not Layout(self.folder).plan.exists():
            raise KgError(f"{self.folder} is not there for a worker: it has to be on a disk that all machines share")

    def convert(self, piece: Slice, pool: Pool) -> Shard:
        """Write the shard of a slice. It is there, whole, when its entry in `done` is; twice is as good as once."""
        layout, number = Layout(self.folder), piece.number
        layout.done(number).unlink(missing_ok=True)
        outcomes = pool.run(iter(piece.below(self.root).sources))
        counts = _write(outcomes, layout, number, self.making)
        return finished(layout, Shard(number, piece.to_json(), self.making, counts, ()))


class Converters:
    """Processes that convert, lent one at a time. One that a document kills is replaced, and its borrower lives on."""

    def __init__(self, settings: Settings, seconds: float) -> None:
        self._settings = settings
        self._seconds = seconds
        self._idle: SimpleQueue[Pool] = SimpleQueue()
        self._all: list[Pool] = []

    @contextmanager
    def lent(self) -> Iterator[Pool]:
        """Lend a process for the block."""
        try:
            pool = self._idle.get_nowait()
        except Empty:
            pool = Pool(self._settings, 1, self._seconds)
            self._all.append(pool)
        try:
            yield pool
        except BaseException:
            self._all.remove(pool)  # it may be in the midst of a document
            pool.stop()
            raise
        self._idle.put(pool)

    def abort(self) -> None:
        """End what is being converted in other threads, with an error there."""
        for pool in list(self._all):
            pool.abort()

    def stop(self) -> None:
        """End the processes. None may be lent."""
        for pool in self._all:
            pool.stop()


def _write(outcomes: Iterable[Outcome], layout: Layout, number: int, making: Making) -> Counts:
    """Write the files of a shard, but for the one that says that it is done."""
    counts, aside, copies = Counts(), list[bytes](), layout.copies(number)
    shutil.rmtree(copies, ignore_errors=True)
    with (
        Claims() as claims,
        written(layout.shard(number, making.packing), making.packing) as statements,
        written(layout.documents(number, making.packing), making.packing) as documents,
    ):
        for outcome in map(claims.check, outcomes):
            if isinstance(outcome, Converted):
                statements.writelines(write.nquads.encode() for write in outcome.writes)
                documents.writelines(map(listed, outcome.writes))
                counts += Counts(1, sum(write.quads for write in outcome.writes))
            elif isinstance(outcome, SetAside):
                aside.append(entry(outcome))
                _copy(outcome, copies)
    if aside:
        with atomically(layout.quarantine(number)) as quarantine:
            quarantine.writelines(aside)
    else:
        layout.quarantine(number).unlink(missing_ok=True)
    return counts + Counts(set_aside=len(aside))


def _copy(outcome: SetAside, folder: Path) -> None:
    """Keep the bytes of what was set aside as a file that can be converted again."""
    if outcome.data:
        folder.mkdir(exist_ok=True)
        with atomically(folder / f"{outcome.sha256}{outcome.suffix}") as file:
            file.write(outcome.data)


def finished(layout: Layout, shard: Shard) -> Shard:
    """Say that a shard is done, now that its files are there."""
    paths = [layout.shard(shard.number, shard.making.packing), layout.documents(shard.number, shard.making.packing)]
    if shard.counts.set_aside:
        paths.append(layout.quarantine(shard.number))
        paths += sorted(layout.copies(shard.number).glob("*"))
    done = replace(shard, files=tuple(File.of(layout.folder, path) for path in paths))
    with atomically(layout.done(shard.number)) as file:
        file.write(done.to_json())
    return done


def listed(write: DocumentWrite) -> bytes:
    """Return what the list of a shard's documents says of one: all but its statements, which lie in the shard."""
    return line({name: getattr(write, name) for name in _LISTED})


def entry(outcome: SetAside) -> bytes:
    """Return what the quarantine says of a document: its place in the input, what was wrong, the file with its copy."""
    issue = outcome.issue
    copy = f"{outcome.sha256}{outcome.suffix}" if outcome.data else None
    told = {"origin": issue.origin, "code": issue.code, "reason": issue.reason, "sha256": outcome.sha256, "copy": copy}
    return line(told)
