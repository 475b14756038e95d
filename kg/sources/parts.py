"""Large containers in parts, so that many processes can share one file. Where to cut depends on the file alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import BinaryIO

from kg.errors import KgError
from kg.sources import parquet, warc
from kg.sources.raw import HEAD, as_it_is, format_of, opened
from kg.sources.source import Part, Source

__all__ = ["divided", "state"]

_PIECE = 1 << 20
_PACKED_PARTS = 16
"""A packed file can't be entered in its midst, so each part is reached through all before it: no part of it is smaller
than a 16th of its packed size."""


def divided(source: Source, size: int) -> Iterator[tuple[Source, int]]:
    """Yield *source* in parts of about *size* bytes, each with its bytes; whole if it is smaller or no container.

    Whatever is wrong with it is left for its reader to find.
    """
    total = state(source)[0]
    if total is None or total <= size:
        yield source, total or 0
        return
    try:
        parts = list(_parts(source, size, total))
    except (KgError, OSError):
        parts = []
    if len(parts) < 2:
        yield source, total
    else:
        yield from ((replace(source, part=part), bytes_) for part, bytes_ in parts)


def state(source: Source) -> tuple[int | None, str]:
    """Return the size of what *source* names, in bytes, if it can be told, and a text that changes with it."""
    try:
        if source.path:
            found = source.path.stat()
            return found.st_size, str(found.st_mtime_ns)
        if source.url:
            from kg.sources import remote

            return remote.state(source.url)
    except (OSError, KgError):
        return None, ""
    return len(source.data) if source.data is not None else None, ""


def _parts(source: Source, size: int, total: int) -> Iterator[tuple[Part, int]]:
    with opened(source) as stream:
        kind = format_of(source.name, stream.read(HEAD))
    if kind == "jsonl":
        with as_it_is(source) as file:
            packed = file.read(2) == b"\x1f\x8b"
        with opened(source) as stream:
            for (offset, first), (end, stop) in pairwise(_cuts(stream, max(size, packed * total // _PACKED_PARTS))):
                yield Part("jsonl", first, stop) if packed else Part("jsonl", first, stop, offset, first), end - offset
    elif kind == "parquet":
        with opened(source) as stream:
            rows = list(parquet.cuts(stream, size))
        for number, (first, bytes_) in enumerate(rows, 1):
            yield Part("parquet", first, rows[number][0] if number < len(rows) else None), bytes_
    elif kind == "warc":
        with as_it_is(source) as file:
            places = list(warc.cuts(file, size))
        for number, (first, offset) in enumerate(places, 1):
            after = places[number] if number < len(places) else None
            yield Part("warc", first, after and after[0], offset, first), (after[1] if after else total) - offset


def _cuts(stream: BinaryIO, size: int) -> Iterator[tuple[int, int]]:
    """Yield the byte and the number of the line where each part begins, behind *size* bytes or more; last, the end."""
    position, line, goal, last = 0, 1, size, 0
    yield 0, 1
    while piece := stream.read(_PIECE):
        done = 0
        while (newline := piece.find(b"\n", max(done, goal - position - 1))) >= 0:
            line += piece.count(b"\n", done, newline + 1)
            done = newline + 1
            last = position + done
            goal = last + size
            yield last, line
        line += piece.count(b"\n", done)
        position += len(piece)
    if position > last:
        yield position, line + 1  # beyond the last line, whether or not it has an end
