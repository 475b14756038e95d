"""What a conversion into shards has to do, in slices: each becomes one shard, whoever converts it.

How the input is divided depends on the input and on the size of slices alone, never on who converts, or how many: so
equal input gives equal shards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Self

from kg.errors import InputError
from kg.model import Issue
from kg.sources import STDIN, Part, Source, divided, expand, state

__all__ = ["SLICE", "Slice", "planned"]

SLICE = 4 << 20
"""Bytes of input, unpacked, that a slice has at most where that can be: some 1,500 readouts, half a minute's work."""
_FILES = 1000
"""Files that a slice has at most."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Stretch number `number` of the input, from 0: files, or parts of one, of `size` bytes together.

    `state` changes if one of the files does.
    """

    number: int
    sources: tuple[Source, ...]
    size: int
    state: tuple[str, ...]

    def below(self, folder: Path) -> Self:
        """Return it with paths as seen from *folder*; what messages call them stays."""
        moved = (replace(each, path=folder / each.path) if each.path else each for each in self.sources)
        return replace(self, sources=tuple(moved))

    def to_json(self) -> dict[str, Any]:
        """Return it as plain values, of which `of_json` makes it again."""
        return {
            "number": self.number,
            "size": self.size,
            "sources": [_plain(source) for source in self.sources],
            "state": list(self.state),
        }

    @classmethod
    def of_json(cls, found: dict[str, Any]) -> Self:
        """Make one of what `to_json` gave."""
        sources = tuple(map(_source, found["sources"]))
        return cls(found["number"], sources, found["size"], tuple(found["state"]))


def planned(paths: Iterable[str | Path], size: int = SLICE) -> Iterator[Slice]:
    """Yield what *paths* mean in slices of about *size* bytes, in the order of the input.

    Large JSON Lines, Parquet and WARC are divided, for which they are read once (Parquet: its footer); small files
    share a slice. What is missing is in a slice, too, for its reader to tell.

    Raises:
        InputError: standard input can't be divided, nor read twice.
    """
    yield from (
        Slice(number, sources, size, tuple(f"{found[0]} {found[1]}" for found in map(state, sources)))
        for number, (sources, size) in enumerate(_grouped(paths, size))
    )


def _grouped(paths: Iterable[str | Path], size: int) -> Iterator[tuple[tuple[Source, ...], int]]:
    """Yield the sources of each slice, and their bytes together."""
    together: list[Source] = []
    held = 0
    for source in expand(paths):
        if source.origin == STDIN:
            raise InputError("standard input can't be converted into shards: write it into a file first")
        for part, bytes_ in divided(source, size):
            if together and (part.part or held + bytes_ > size or len(together) == _FILES):
                yield tuple(together), held
                together, held = [], 0
            if part.part:
                yield (part,), bytes_
            else:
                together.append(part)
                held += bytes_
    if together:
        yield tuple(together), held


def _plain(source: Source) -> dict[str, Any]:
    values = {
        "origin": source.origin,
        "path": None if source.path is None else str(source.path),
        "url": source.url,
        "part": None if source.part is None else asdict(source.part),
        "problem": None if source.problem is None else asdict(source.problem),
    }
    return {name: value for name, value in values.items() if value is not None}


def _source(found: dict[str, Any]) -> Source:
    return Source(
        found["origin"],
        Path(found["path"]) if "path" in found else None,
        problem=Issue(**found["problem"]) if "problem" in found else None,
        url=found.get("url"),
        part=Part(**found["part"]) if "part" in found else None,
    )
