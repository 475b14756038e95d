"""What was acknowledged, in a file of our own that is synced to the disk.

The engine opens a damaged write-ahead log without a word and with less in it. The ledger, written after each flush,
says what must be there: a document that it has and the journal lacks was lost, and has to be loaded again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.store.files import append_durably, atomically

__all__ = ["Entry", "Ledger"]


@dataclass(frozen=True, slots=True)
class Entry:
    """That at `revision` the document `graph` had `quads` statements from `key`; that it was deleted if key is None."""

    revision: int
    graph: str
    key: str | None
    quads: int


class Ledger:
    """The file at *path*, one JSON object a line. A torn last line, left by a crash, was never acknowledged."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def entries(self) -> Mapping[str, Entry]:
        """Return the last entry of each document, by graph."""
        last: dict[str, Entry] = {}
        for line in self._lines():
            try:
                entry = Entry(**json.loads(line))
            except (ValueError, TypeError):
                continue
            last[entry.graph] = entry
        return last

    def append(self, entries: Iterable[Entry]) -> None:
        """Add *entries*; when this returns, they are on the disk."""
        data = "".join(json.dumps(asdict(entry)) + "\n" for entry in entries).encode()
        if data:
            append_durably(self._path, (b"" if self._ends_well() else b"\n") + data)

    def compact(self) -> None:
        """Write the file anew without what was overwritten since, if that is most of it."""
        entries = {graph: entry for graph, entry in self.entries().items() if entry.key is not None}
        if len(self._lines()) > 2 * len(entries) + 1000:
            with atomically(self._path) as output:
                output.writelines(json.dumps(asdict(entry)).encode() + b"\n" for entry in entries.values())

    def _lines(self) -> list[bytes]:
        return self._path.read_bytes().splitlines() if self._path.exists() else []

    def _ends_well(self) -> bool:
        if not self._path.exists() or not self._path.stat().st_size:
            return True
        with self._path.open("rb") as file:
            file.seek(-1, 2)
            return file.read() == b"\n"
