"""Files that are whole or absent: atomic replacement, durable appending, and locks that die with their process."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, cast

__all__ = ["append_durably", "atomically", "claim", "sync_folder", "turn", "unclaimed"]

_LOOK_SECONDS = 0.02


@contextmanager
def atomically(path: Path) -> Iterator[IO[bytes]]:
    """Open a new file that takes the place of *path* when the block ends well, and vanishes when it does not.

    What is there at *path* stays whole until then. The new content is on the disk before it gets its name.

    Raises:
        OSError: the folder can't be written.
    """
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as output:
            yield cast(IO[bytes], output)
            output.flush()
            os.fsync(output.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def append_durably(path: Path, data: bytes) -> None:
    """Append *data* to the file at *path*; when this returns, it is on the disk."""
    created = not path.exists()
    with path.open("ab") as output:
        output.write(data)
        output.flush()
        os.fsync(output.fileno())
    if created:
        sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Make sure that the names in the folder at *path* are on the disk (nothing to do on Windows)."""
    if sys.platform == "win32":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def claim(path: Path) -> int:
    """Open the file at *path* so that `unclaimed` is false for others until the descriptor is closed or its owner dies.

    Raises:
        OSError: it is not there, or it is being removed.
    """
    descriptor = os.open(path, os.O_RDONLY)
    if sys.platform != "win32":
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            raise
    return descriptor


@contextmanager
def unclaimed(path: Path) -> Iterator[bool]:
    """Tell whether nobody holds a claim on *path*, and keep it so within the block.

    On Windows it is always true: there, the system itself refuses to rename the folder of an open file.
    """
    descriptor = -1
    free = True
    if sys.platform != "win32":
        import fcntl

        try:
            descriptor = os.open(path, os.O_RDONLY)
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except FileNotFoundError:
            free = True
        except OSError:
            free = False
    try:
        yield free
    finally:
        if descriptor >= 0:
            with suppress(OSError):
                os.close(descriptor)


@contextmanager
def turn(path: Path, seconds: float) -> Iterator[None]:
    """Wait up to *seconds* until nobody else is within such a block for the file at *path*; go on in any case.

    Whoever waits here comes before those who ask later, so nobody who asks again and again keeps others out. On Windows
    there is no such order.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    deadline = time.monotonic() + seconds
    try:
        while not _locked(descriptor) and time.monotonic() < deadline:
            time.sleep(_LOOK_SECONDS)
        yield
    finally:
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
