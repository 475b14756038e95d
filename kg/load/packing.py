"""Packed files of lines: Zstandard or gzip, by the ending of their names. Equal lines give equal bytes."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import IO, Any, Literal, cast

from kg.errors import MissingExtra
from kg.store.files import atomically

__all__ = ["Packing", "best", "opened", "written"]

Packing = Literal["zst", "gz"]
_LEVELS = {"zst": 3, "gz": 6}


def best() -> Packing:
    """Return the better way to pack of those that are installed."""
    try:
        _zstd()
    except MissingExtra:
        return "gz"
    return "zst"


@contextmanager
def opened(path: Path) -> Iterator[IO[str]]:
    """Open a file of text, unpacked by its name; only a line feed ends a line.

    Raises:
        MissingExtra: the package for its packing is not installed.
        OSError, EOFError: it can't be read, or is damaged; also while reading within the block.
    """
    open_: Callable[..., Any] = open
    if path.name.endswith(".gz"):
        open_ = gzip.open
    elif path.name.endswith(".zst"):
        open_ = _zstd().open
    with open_(path, "rt", encoding="utf-8", newline="\n") as file:
        yield cast(IO[str], file)


@contextmanager
def written(path: Path, packing: Packing) -> Iterator[IO[bytes]]:
    """Open a file that is packed while it is written, and takes its place at *path* only when it is whole.

    Raises:
        MissingExtra: the package for the packing is not installed.
        OSError: it can't be written.
    """
    level = _LEVELS[packing]
    with atomically(path) as file:
        if packing == "gz":
            with gzip.GzipFile("", "wb", level, file, mtime=0) as packed:  # no name, no time: equal bytes
                yield cast(IO[bytes], packed)
        else:
            zstd = _zstd()
            with zstd.open(file, "wb", level=level) as packed:
                yield packed
            if not file.tell():  # nothing would be no Zstandard file
                file.write(zstd.compress(b""))


def _zstd() -> Any:  # noqa: ANN401  # a module
    for name in ("compression.zstd", "backports.zstd"):
        with suppress(ImportError):
            return import_module(name)
    raise MissingExtra("Zstandard (.zst) needs an extra: pip install 'readout-kg[compression]'; or use gzip")
