"""Keeps a store in step with what is published at a place. Who serves it moves over without dropping a request."""

from __future__ import annotations

import logging
import os
import shutil
import threading
import time
from collections.abc import Callable, Generator
from contextlib import closing, suppress
from pathlib import Path
from typing import cast

import pyoxigraph as ox

from kg.errors import KgError, StoreError, StoreMissing
from kg.store.files import unclaimed
from kg.store.folder import PUBLISHED, Folder
from kg.store.snapshot.manifest import File, Manifest, digest
from kg.store.snapshot.place import Place
from kg.store.snapshot.publish import current

__all__ = ["Follower"]

_log = logging.getLogger(__name__)
_ATTEMPTS = 3
_FILES = "files.json"
"""The manifest, in the folder of a generation that was fetched."""


class Follower:
    """Fetches the newest state at *place* into the store in the folder *path*, which is made, and is for reading only.

    Several processes may follow with one folder: one of them fetches.

    Raises:
        StoreError: the folder holds something else, or a store of its own.
    """

    def __init__(self, place: Place, path: Path) -> None:
        self._place = place
        self._folder = Folder(path)
        self._folder.create(follows=place.name)
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def state(self) -> str:
        """The name of the state that is here."""
        return self._folder.state()

    def update(self) -> bool:
        """Fetch the newest state, unless it is here or another process does so; return whether it was fetched.

        It is checked, whole, before anybody sees it. What came before an interruption is not fetched again.

        Raises:
            StoreMissing: nothing was published there yet.
            StoreUnreachable: the place can't be reached.
            StoreError: what is there is damaged, or can't be kept here.
        """
        folder = self._folder
        folder.following.touch()
        with unclaimed(folder.following) as free:
            if not free:
                return False
            newest = current(self._place)
            if newest is None:
                raise StoreMissing(f"nothing was published at {self._place.name} yet: see 'kg snapshot publish'")
            number = folder.current()
            if number and folder.state(number) == newest.state:
                return False
            try:
                folder.publish(number + 1, lambda target: self._make(newest, target))
            except OSError as error:
                raise StoreError(f"{folder.path} can't take the state: {error.strerror or error}") from error
            shutil.rmtree(folder.incoming, ignore_errors=True)
            return True

    def begin(self) -> None:
        """Fetch the newest state, or wait until another process has; where that fails, what was fetched before will do.

        Raises:
            StoreError: there is nothing yet.
        """
        try:
            while not self.update() and not self._folder.current():
                time.sleep(0.1)
        except StoreError as error:
            if not self._folder.current():
                raise
            _log.warning("%s", error)

    def start(self, seconds: float, told: Callable[[str], None] = _log.info) -> None:
        """Look for a new state every so many *seconds*, in a thread; *told* is given a line for each."""

        def run() -> None:
            while not self._stopped.wait(seconds):
                try:
                    if self.update():
                        told(f"{self._folder.path} has {self.state} now")
                except KgError as error:  # the state that is here is served on
                    _log.warning("%s", error)

        self._thread = threading.Thread(target=run, name="kg-follow", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Follow no more."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(5)

    def _make(self, manifest: Manifest, target: Path) -> None:
        """Put the files of a state into the folder *target*."""
        here = self._here()
        self._folder.incoming.mkdir(exist_ok=True)
        target.mkdir()
        for file in manifest.files:
            source = here.get(file.sha256) or self._fetched(file)
            _link(source, target / file.name)
        (target / PUBLISHED).write_text(manifest.state, encoding="utf-8")
        (target / _FILES).write_bytes(manifest.to_json())
        try:
            ox.Store.read_only(str(target))
        except OSError as error:
            raise StoreError(f"the state {manifest.state} can't be opened ({error}): is it of a newer kg?") from error

    def _here(self) -> dict[str, Path]:
        """Return the files of the newest state that is here, by their checksums."""
        with suppress(KgError, OSError):
            _, generation, descriptor = self._folder.claim()
            os.close(descriptor)  # only this process sweeps
            manifest = Manifest.of_json((generation / _FILES).read_bytes(), str(generation))
            return {file.sha256: generation / file.name for file in manifest.files}
        return {}

    def _fetched(self, file: File) -> Path:
        """Fetch a file, from where an earlier attempt came to, and check it.

        Raises:
            StoreError: it is damaged there.
        """
        path = self._folder.incoming / file.sha256
        for _ in range(_ATTEMPTS):
            begin = path.stat().st_size if path.exists() else 0
            if begin < file.size or not path.exists():
                self._append(file, path, begin)
            if path.stat().st_size == file.size and digest(path) == file.sha256:
                return path
            path.unlink()
        raise StoreError(f"{self._place.name}/{file.path} is damaged: publish the state again")

    def _append(self, file: File, path: Path, begin: int) -> None:
        begins, pieces = self._place.open(file.path, begin)
        with closing(cast(Generator[bytes, None, None], pieces)), path.open("ab") as output:
            output.truncate(begins)
            for piece in pieces:
                output.write(piece)
                if output.tell() > file.size:
                    break
            output.flush()
            os.fsync(output.fileno())


def _link(source: Path, target: Path) -> None:
    """Give a file a second name; where the disk can't, copy it."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
