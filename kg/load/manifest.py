"""A folder of shards: which files it has, and what is written in its manifest.

    shards/000000.nq.zst        what one slice of the input says, as N-Quads: a graph for each document
    documents/000000.jsonl.zst  its documents, in the order of the shard: what the journal of a store says of each
    quarantine/000000.jsonl     what could not be taken, with the reason and its place in the input, if there is any
    copies/000000/              copies of that, up to 1 MB each, as files that can be converted again
    done/000000.json            that the shard is whole: its slice, counts and checksums
    plan.jsonl                  the slices of the input, in order
    manifest.jsonl              the whole in one line, then what is in done/, a line each; once all shards are there

Each file is whole or absent, and has no time and no name of a machine in it: equal input, converted by an equal
converter, gives equal bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from kg.errors import StoreError
from kg.load.packing import Packing

__all__ = ["FORMAT", "Counts", "File", "Layout", "Making", "Shard", "digest", "documents_in", "is_shards", "line"]

FORMAT = 1
_FOLDERS = ("shards", "documents", "quarantine", "copies", "done")


@dataclass(frozen=True, slots=True)
class Making:
    """How the shards were made: by which converter, with what IRIs begin, and how they are packed."""

    converter: str
    base: str
    packing: Packing


@dataclass(frozen=True, slots=True)
class Counts:
    """How many documents were converted, statements written, and documents set aside."""

    documents: int = 0
    statements: int = 0
    set_aside: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.documents + other.documents, self.statements + other.statements, self.set_aside + other.set_aside
        )


@dataclass(frozen=True, slots=True)
class File:
    """A file by its path within the folder, its bytes and their SHA-256 in hexadecimal."""

    path: str
    size: int
    sha256: str

    @classmethod
    def of(cls, folder: Path, path: Path) -> Self:
        """Look at the file at *path* within *folder*."""
        return cls(path.relative_to(folder).as_posix(), path.stat().st_size, digest(path))


@dataclass(frozen=True, slots=True)
class Shard:
    """That the shard of a slice (`kg.load.plan.Slice`, as plain values) is whole.

    `settled`: documents were taken out of it since others, in shards before it, have the same graphs.
    """

    number: int
    slice: dict[str, Any]
    making: Making
    counts: Counts
    files: tuple[File, ...]
    settled: bool = False

    def to_json(self) -> bytes:
        """Return it as a line of JSON."""
        return line(asdict(self))

    @classmethod
    def of_json(cls, data: bytes | str) -> Self:
        """Read what `to_json` gave.

        Raises:
            ValueError, KeyError, TypeError: it is something else.
        """
        found = json.loads(data)
        return cls(
            int(found["number"]),
            found["slice"],
            Making(**found["making"]),
            Counts(**found["counts"]),
            tuple(File(**file) for file in found["files"]),
            bool(found["settled"]),
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the files of a folder of shards are."""

    folder: Path

    @property
    def plan(self) -> Path:
        """The slices, a line each."""
        return self.folder / "plan.jsonl"

    @property
    def manifest(self) -> Path:
        """What there is, when all is there."""
        return self.folder / "manifest.jsonl"

    def shard(self, number: int, packing: Packing) -> Path:
        """Return where the statements of a shard are."""
        return self.folder / "shards" / f"{number:06}.nq.{packing}"

    def documents(self, number: int, packing: Packing) -> Path:
        """Return where the list of a shard's documents is."""
        return self.folder / "documents" / f"{number:06}.jsonl.{packing}"

    def quarantine(self, number: int) -> Path:
        """Return where what was set aside is listed."""
        return self.folder / "quarantine" / f"{number:06}.jsonl"

    def copies(self, number: int) -> Path:
        """Return where copies of what was set aside are."""
        return self.folder / "copies" / f"{number:06}"

    def done(self, number: int) -> Path:
        """Return where it says that a shard is whole."""
        return self.folder / "done" / f"{number:06}.json"

    def create(self) -> None:
        """Make the folders that are not there yet.

        Raises:
            StoreError: the folder has something else in it.
        """
        if self.folder.is_dir() and not self.plan.exists() and any(self.folder.iterdir()):
            raise StoreError(f"{self.folder} holds something other than shards: name an empty folder, or a new one")
        for name in _FOLDERS:
            (self.folder / name).mkdir(parents=True, exist_ok=True)

    def found(self, number: int) -> Shard | None:
        """Return what is said of a shard that is whole; None if it is not there, or files of it are not."""
        try:
            shard = Shard.of_json(self.done(number).read_bytes())
            whole = all((self.folder / file.path).stat().st_size == file.size for file in shard.files)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return shard if whole else None

    def check(self, number: int) -> None:
        """Read a shard that is done; if its bytes are not what they were, it is done no more."""
        shard = self.found(number)
        if shard and any(digest(self.folder / file.path) != file.sha256 for file in shard.files):
            self.done(number).unlink()

    def shards(self) -> Iterator[Shard]:
        """Yield what the manifest says of each shard, in order.

        Raises:
            StoreError: there is no manifest, since the conversion did not come to its end, or it is damaged.
        """
        try:
            with self.manifest.open(encoding="utf-8") as file:
                head = json.loads(next(file))
                if head["format"] != FORMAT:
                    raise StoreError(f"{self.manifest} has format {head['format']}, and this version knows {FORMAT}")
                yield from map(Shard.of_json, file)
        except FileNotFoundError:
            raise StoreError(
                f"{self.folder}: its conversion did not come to an end: run the same kg convert again"
            ) from None
        except (ValueError, KeyError, TypeError, StopIteration) as error:
            raise StoreError(f"{self.manifest} is damaged: run the same kg convert again") from error

    def is_told(self, count: int) -> bool:
        """Tell whether the manifest says of *count* shards what is said in `done`, and of no others."""
        try:
            with self.manifest.open("rb") as file:
                next(file)
                same = all(next(file, b"") == self.done(number).read_bytes() for number in range(count))
                return same and not next(file, b"")
        except (OSError, StopIteration):
            return False

    def strays(self, count: int) -> Iterator[Path]:
        """Yield the files of shards from number *count* on, left by a run over more input, and what kills have left."""
        for name in _FOLDERS:
            with os.scandir(self.folder / name) as entries:
                for entry in entries:
                    number = entry.name.partition(".")[0]
                    if not number.isdecimal() or int(number) >= count:
                        yield Path(entry.path)


def is_shards(path: str | Path) -> bool:
    """Tell whether *path* is a folder that `kg convert -o FOLDER/` has made, or begun to make."""
    return Layout(Path(path)).plan.is_file()


def documents_in(path: str | Path) -> int | None:
    """Return how many documents the folder of shards at *path* has; None if it is none, or is not complete."""
    try:
        with Layout(Path(path)).manifest.open(encoding="utf-8") as file:
            return int(json.loads(next(file))["documents"])
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        return None


def line(value: object) -> bytes:
    """Return *value* as a line of JSON; equal values give equal bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def digest(path: Path) -> str:
    """Return the SHA-256 of the file at *path*, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
