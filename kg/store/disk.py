"""What the embedded store asks of the disk: room to write in, a generation to read, and a plain line when it fails."""

from __future__ import annotations

import os
import shutil
import weakref

import pyoxigraph as ox

from kg.errors import StoreError, StoreFull, one_line
from kg.store.folder import Folder

__all__ = ["RESERVE", "Snapshot", "disk_error", "require_space"]

RESERVE = 1 << 30
"""Bytes that must be free before anything is written."""


class Snapshot:
    """A generation that is open to be read. It can't be swept from the disk until the last user of it is gone.

    `number` is the generation's, `engine` its database. Raises StoreError if the database can't be opened.
    """

    def __init__(self, folder: Folder) -> None:
        self.number, path, descriptor = folder.claim()
        self._release = weakref.finalize(self, os.close, descriptor)
        try:
            self.engine = ox.Store.read_only(str(path))
        except (OSError, RuntimeError) as error:
            raise StoreError(f"the store at {folder.path} is damaged ({one_line(error)}): load it again") from error


def require_space(folder: Folder, reserve: int) -> None:
    """Raise StoreFull unless *reserve* bytes are free for the store, or four times its log where that is more."""
    log = sum(path.stat().st_size for path in folder.live.glob("*.log"))
    needed = max(reserve, 4 * log)
    free = shutil.disk_usage(folder.path).free
    if free < needed:
        raise StoreFull(
            f"only {free >> 20} MB are free for the store at {folder.path}, and {needed >> 20} MB are needed to"
            " write safely: make room, then run the same command again"
        )


def disk_error(error: Exception, what: str) -> StoreError:
    """Return the error to raise for one of the engine's, which says *what* failed."""
    if "no space" in str(error).lower():
        return StoreFull(f"{what}: no space left on the disk; make room, then run the same command again")
    return StoreError(f"{what}: {one_line(error)}")
