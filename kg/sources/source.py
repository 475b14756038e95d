"""Where documents come from: paths, folders, globs and standard input become sources that a worker can open."""

from __future__ import annotations

import glob
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from kg.errors import KgError, NotFound, Unreadable
from kg.model import Issue

__all__ = ["STDIN", "Part", "RdfDocument", "RdfFormat", "Source", "expand", "issue"]

STDIN = "-"
RdfFormat = Literal["ttl", "trig", "nt", "nq", "rdf", "jsonld"]
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
"""What the address of a file beyond this machine begins with (``s3://``, ``https://``)."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some records of a container: those with the numbers from `first` to before `stop`, or to the end if it is None.

    Records are lines, rows or WARC records, numbered from 1 in the whole file. Reading begins at the byte `offset`,
    where record number `at` begins.
    """

    format: Literal["jsonl", "parquet", "warc"]
    first: int
    stop: int | None
    offset: int = 0
    at: int = 1


@dataclass(frozen=True, slots=True)
class Source:
    """One file or one stretch of bytes, not opened yet: cheap to make, and picklable for a worker process.

    One of `path`, `url` and `data` is set, or `problem` says why there is nothing to open.
    """

    origin: str
    """What messages call it: the path or address as given, or ``-`` for standard input."""
    path: Path | None = None
    data: bytes | None = None
    problem: Issue | None = None
    url: str | None = None
    """The address of a file that fsspec can open."""
    part: Part | None = None
    """Which records of the file are meant; all of them if it is None."""

    @property
    def name(self) -> str:
        """The file name, as far as there is one: it tells of the format, and identifies the document."""
        if self.url:
            return PurePosixPath(self.url.partition("?")[0]).name
        return self.path.name if self.path else self.origin


@dataclass(frozen=True, slots=True)
class RdfDocument:
    """A document that is RDF already. It is handed on unparsed: hostile RDF may kill the process that parses it."""

    origin: str
    data: bytes
    format: RdfFormat


def issue(origin: str, error: KgError) -> Issue:
    """Make the record of an *error* that stopped one document; its `code` is the name of the error's class."""
    return Issue(origin=origin, reason=str(error), code=type(error).__name__)


def expand(paths: Iterable[str | Path]) -> Iterator[Source]:
    """Yield a source for each file that *paths* mean: files, folders, globs, addresses, ``-`` for standard input.

    Folders are walked in order of name, without hidden files and without following links. A file that is meant twice
    comes once. A path that means nothing gives a source with a `problem`, so that the others are still read.
    """
    seen: set[Path] = set()
    listed = [str(path) for path in paths]
    for given in listed:
        for source in _sources(given):
            # One path means no file twice, and may mean more files than are good to remember.
            key = source.path.resolve() if source.path and len(listed) > 1 else None
            if key is None or key not in seen:
                yield source
            if key:
                seen.add(key)


def _sources(given: str) -> Iterator[Source]:
    if given == STDIN:
        yield _standard_input()
    elif "\0" in given:
        yield _missing(given.replace("\0", "\\0"), "no such file or folder")
    elif ADDRESS.match(given):
        from kg.sources.remote import found

        try:
            yield from (Source(url, url=url) for url in found(given))
        except KgError as error:
            yield Source(given, problem=issue(given, type(error)(f"{given}: {error}")))
    elif os.path.isdir(given):  # noqa: PTH112  # Path would change how the path was written
        yield from _folder(given)
    elif os.path.lexists(given):
        yield Source(given, Path(given))
    elif glob.has_magic(given):
        yield from _glob(given)
    else:
        yield _missing(given, "no such file or folder")


def _folder(given: str) -> Iterator[Source]:
    found = False
    for folder, folders, files in os.walk(given, onerror=None):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in files if not name.startswith(".")):
            path = Path(folder, name)
            found = True
            if path.is_symlink():
                yield _missing(str(path), "a link in a folder is not followed: give the file itself")
            else:
                yield Source(str(path), path)
    if not found:
        yield _missing(given, "the folder has no files that can be read")


def _glob(given: str) -> Iterator[Source]:
    found = sorted(glob.glob(given, recursive=True))  # noqa: PTH207  # Path.glob takes no absolute patterns
    for path in found:
        if not os.path.isdir(path):  # noqa: PTH112
            yield Source(path, Path(path))
    if not found:
        yield _missing(given, "no file matches this pattern")


def _missing(origin: str, reason: str) -> Source:
    return Source(origin, problem=issue(origin, NotFound(f"{origin}: {reason}")))


def _standard_input() -> Source:
    from kg.sources.raw import LARGEST_RDF  # the larger of the two limits; the reader applies its own

    data = sys.stdin.buffer.read(LARGEST_RDF + 1)
    if len(data) > LARGEST_RDF:
        reason = f"standard input: larger than {LARGEST_RDF >> 20} MB; give it in parts, or as a file"
        return Source(STDIN, problem=issue(STDIN, Unreadable(reason)))
    return Source(STDIN, data=data)
