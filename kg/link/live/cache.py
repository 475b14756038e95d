"""Answers that were had already, on the disk: a run that is broken off goes on where it was, and asks nothing twice."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self
from weakref import finalize

from kg.errors import InputError, StoreError

__all__ = ["Cache", "Kept"]

_VERSION = 1
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS answer (
    key TEXT PRIMARY KEY, request TEXT NOT NULL, asked TEXT NOT NULL, body BLOB NOT NULL);
PRAGMA user_version = {_VERSION};
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer, and when it was given (UTC)."""

    body: bytes
    asked: datetime


class Cache:
    """Answers by the key of their request, in SQLite. Each is on the disk when `put` returns.

    Args:
        path: the file, made if there is none; ``None`` keeps answers in memory.
        keep: how long an answer is taken for good. What is older is asked anew, and replaced.

    Raises:
        InputError: the file is of another version.
        StoreError: it is something else, or can't be read or written; so do all methods.
    """

    def __init__(self, path: Path | None, keep: timedelta = timedelta(days=30)) -> None:
        self._path, self._keep = path, keep
        with self._told():
            # The last reference to it may go in any thread.
            self._db = sqlite3.connect(path or ":memory:", check_same_thread=False)
            finalize(self, self._db.close)
            (version,) = self._db.execute("PRAGMA user_version").fetchone()
            if version not in {0, _VERSION}:
                raise InputError(f"{path}: was made by another version of this program: delete it")
            self._db.executescript(_SCHEMA)

    def get(self, key: str, now: datetime) -> Kept | None:
        """Return the answer to a request, unless it is too old at *now*."""
        with self._told():
            row = self._db.execute("SELECT body, asked FROM answer WHERE key = ?", (key,)).fetchone()
            if row is None or now - (asked := datetime.fromisoformat(row[1])) > self._keep:
                return None
            return Kept(zlib.decompress(row[0]), asked)

    def put(self, key: str, request: str, body: bytes, now: datetime) -> None:
        """Keep an answer, given at *now*; *request* is for people who look into the file."""
        row = (key, request, now.astimezone(UTC).isoformat(), zlib.compress(body))
        with self._told(), self._db:
            self._db.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?)", row)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell of what the database says in a line that names the file."""
        try:
            yield
        except (sqlite3.Error, zlib.error) as error:
            raise StoreError(f"{self._path}: cannot be used to keep answers in ({error})") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
