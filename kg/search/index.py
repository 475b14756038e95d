"""One index, open to be asked: a file that never changes, so that any number of threads and processes may read it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.search.build import SCHEMA_VERSION

__all__ = ["Index", "Unusable"]

_SPARE = 4


class Unusable(Exception):
    """The file is no index, or a damaged one, or one of another version of the program: make it anew."""


class Index:
    """An index in the file `path`, of the state `generation` of the store. `close()` it, or let it go.

    Raises:
        Unusable: the file can't be used.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._closed = False
        with self.connection() as db:
            (version,) = db.execute("PRAGMA user_version").fetchone()
            if version != SCHEMA_VERSION:
                raise Unusable(f"{path} was made by another version")
            (self.generation,) = db.execute("SELECT generation FROM state").fetchone()

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection for the block, to one thread at a time.

        Raises:
            Unusable: the file can't be read.
        """
        try:
            with self._lock:
                db = self._idle.pop() if self._idle else None
            db = db or self._opened()
        except (sqlite3.Error, OSError) as error:
            raise Unusable(f"{self.path}: {error}") from error
        try:
            yield db
        except sqlite3.DatabaseError as error:
            db.close()
            raise Unusable(f"{self.path}: {error}") from error
        except BaseException:
            db.close()
            raise
        with self._lock:
            if not self._closed and len(self._idle) < _SPARE:
                self._idle.append(db)
                return
        db.close()

    def _opened(self) -> sqlite3.Connection:
        address = f"{self.path.resolve().as_uri()}?mode=ro&immutable=1"
        db = sqlite3.connect(address, uri=True, check_same_thread=False, isolation_level=None)
        db.executescript(
            "PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 268435456;"
            "CREATE TEMP TABLE hit (item INTEGER PRIMARY KEY, score REAL NOT NULL, misses INTEGER, missed TEXT);"
        )
        return db

    def states(self) -> dict[str, str]:
        """Return the state of each document that is in the index, by its graph."""
        with self.connection() as db:
            return dict(db.execute("SELECT graph, state FROM document").fetchall())

    def close(self) -> None:
        """Let go of the file. Closing twice is allowed."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for db in idle:
            db.close()

    def __del__(self) -> None:
        self.close()
