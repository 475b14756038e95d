"""What was acknowledged, in a file of our own that is synced to the disk.

The engine opens a damaged write-ahead log without a word and with less in it. The ledger, written after each flush,
says what must be there: a document that it has and the journal lacks was lost, and has to be loaded again.

The file grows with the store, so it is read in a stream, and held is only what does not agree with the journal.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

from kg.store.files import append_durably, atomically

__all__ = ["Audit", "Entry", "Ledger"]

_TOGETHER = 10_000


@dataclass(frozen=True, slots=True)
class Entry:
    """That at `revision` the document `graph` had `quads` statements from `key`; that it was deleted if key is None."""

    revision: int
    graph: str
    key: str | None
    quads: int


@dataclass(frozen=True, slots=True)
class Audit:
    """How the ledger and a journal agree.

    `revision` is the newest that the ledger knows, 0 if it is empty. `lost` are documents that the journal lacks, or
    has an older state of; `undeleted` are there though they were to be deleted. Of the `lines`, `valid` say what is.
    """

    revision: int
    lost: tuple[str, ...]
    undeleted: tuple[str, ...]
    lines: int
    valid: int


class Ledger:
    """The file at *path*, one JSON object a line. A torn last line, left by a crash, was never acknowledged."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def entries(self) -> Iterator[Entry]:
        """Yield all entries, the oldest first: of those on one document, the last one counts."""
        if not self._path.exists():
            return
        with self._path.open("rb") as file:
            for line in file:
                try:
                    yield Entry(**json.loads(line))
                except (ValueError, TypeError):
                    continue

    def audit(self, revision_of: Callable[[str], int | None], until: int | None = None) -> Audit:
        """Compare what was acknowledged with what is there.

        Args:
            revision_of: tells which revision of a document is there, None if it is not.
            until: what came after this revision does not count.
        """
        newest = lines = valid = 0
        doubtful: set[str] = set()
        for entry in self._until(until):
            lines, newest = lines + 1, max(newest, entry.revision)
            there = revision_of(entry.graph)
            valid += entry.key is not None and there == entry.revision
            if (there is None) != (entry.key is None) or (there is not None and there < entry.revision):
                doubtful.add(entry.graph)
        last = self._last(doubtful, until) if doubtful else {}
        held = {graph: revision_of(graph) for graph in last}
        lost = (graph for graph, entry in last.items() if entry.key is not None and (held[graph] or 0) < entry.revision)
        undeleted = (graph for graph, entry in last.items() if entry.key is None and held[graph] is not None)
        return Audit(newest, tuple(lost), tuple(undeleted), lines, valid)

    def append(self, entries: Iterable[Entry]) -> None:
        """Add *entries*; when this returns, they are on the disk."""
        left = iter(entries)
        while some := list(islice(left, _TOGETHER)):
            data = "".join(json.dumps(asdict(entry)) + "\n" for entry in some).encode()
            append_durably(self._path, (b"" if self._ends_well() else b"\n") + data)

    def compact(self, audit: Audit, revision_of: Callable[[str], int | None]) -> None:
        """Write the file anew without what was overwritten since, if that is most of it."""
        if audit.lines <= 2 * (audit.valid + len(audit.lost)) + 1000:
            return
        lost = self._last(set(audit.lost), None)
        with atomically(self._path) as output:
            for entry in self.entries():
                if entry.key is not None and (entry in lost.values() or revision_of(entry.graph) == entry.revision):
                    output.write(json.dumps(asdict(entry)).encode() + b"\n")

    def _until(self, revision: int | None) -> Iterator[Entry]:
        return (entry for entry in self.entries() if revision is None or entry.revision <= revision)

    def _last(self, graphs: Container[str], until: int | None) -> Mapping[str, Entry]:
        return {entry.graph: entry for entry in self._until(until) if entry.graph in graphs}

    def _ends_well(self) -> bool:
        if not self._path.exists() or not self._path.stat().st_size:
            return True
        with self._path.open("rb") as file:
            file.seek(-1, 2)
            return file.read() == b"\n"
