"""Files beyond this machine, through fsspec: http, and whatever file systems its user has packages for (s3, gcs, …)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, cast

from kg.errors import KgError, MissingExtra, NotFound, RemoteFailed, one_line

__all__ = ["found", "opened", "state"]

_BUFFER = 1 << 20
_WEB = ("http://", "https://")
_STAMPS = ("ETag", "etag", "LastModified", "Last-Modified", "mtime", "updated")
"""What file systems call the thing that changes with a file."""


def found(given: str) -> Iterator[str]:
    """Yield the addresses that *given* means: itself, or the files of a folder or glob, in order of name.

    Over http only ``*`` makes a glob, since ``?`` begins a query there.

    Raises:
        MissingExtra: fsspec, or its package for this kind of address, is not installed.
        NotFound: nothing is there.
        RemoteFailed: the place can't be reached.
    """
    with _explained():
        system, path = _system(given)
        web = given.startswith(_WEB)
        if "*" in given or (not web and set(given) & set("?[")):
            paths = sorted(path for path in system.glob(path) if not system.isdir(path))
        elif not web and system.isdir(path):
            paths = sorted(system.find(path))
        else:
            paths = [path] if web or system.exists(path) else []
        if not paths:
            raise NotFound("no such file, or none that matches")
        yield from (path if web else system.unstrip_protocol(path) for path in paths)


@contextmanager
def opened(url: str) -> Iterator[BinaryIO]:
    """Open the file at *url* to be read at any place. If a server can't give a part of it, all of it is fetched first.

    Raises:
        MissingExtra, NotFound, RemoteFailed: as `found`; the latter also while reading within the block.
    """
    with _explained():
        system, path = _system(url)
        if _gives_parts(url, system, path):
            with io.BufferedReader(system.open(path, "rb"), _BUFFER) as file:
                yield cast(BinaryIO, file)
            return
        with TemporaryDirectory(prefix="kg-") as folder:
            copy = Path(folder, "file")
            system.get_file(path, str(copy))
            with copy.open("rb") as file:
                yield file


def state(url: str) -> tuple[int | None, str]:
    """Return the size in bytes of a file that can be read in parts, and a text that changes when the file does.

    Raises:
        MissingExtra, NotFound, RemoteFailed: as `found`.
    """
    with _explained():
        system, path = _system(url)
        told: dict[str, Any] = system.info(path)
        stamp = next((told[name] for name in _STAMPS if told.get(name)), "")
        return told.get("size") if _gives_parts(url, system, path) else None, str(stamp)


def _gives_parts(url: str, system: Any, path: str) -> bool:  # noqa: ANN401
    """Tell whether a part of a file can be had. What servers say of it is not to be relied on, so it is tried."""
    if not url.startswith(_WEB):
        return True
    with system.open(path, "rb") as file:
        size = getattr(file, "size", None)
        if not size or not file.seekable():
            return False
        try:
            file.seek(size - 1)
            return len(file.read(1)) == 1
        except ValueError:
            return False


def _system(url: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise MissingExtra("reading addresses needs an extra: pip install 'readout-kg[fsspec]'") from None
    system, path = url_to_fs(url)
    return system, path


@contextmanager
def _explained() -> Iterator[None]:
    """Turn what a file system raises, each in its own way, into our errors."""
    try:
        yield
    except KgError:
        raise
    except FileNotFoundError:
        raise NotFound("no such file") from None
    except ImportError as error:  # fsspec names the package, e.g. s3fs
        raise MissingExtra(str(error)) from error
    except Exception as error:  # clients of object stores and of http have trees of errors of their own
        raise RemoteFailed(one_line(error) or type(error).__name__) from error
