"""Keeping a store: a copy for the worst case, its return, and a database without what was overwritten.

Readers, a running service among them, go on reading meanwhile and move over at the end. Writers have to wait.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

from kg.errors import StoreError
from kg.store.embedded import EmbeddedStore
from kg.store.folder import Folder

__all__ = ["backup", "compact", "restore"]


def backup(path: Path, target: Path) -> int:
    """Copy the newest state of the store at *path* to *target*, a new folder; return its generation.

    The copy is a store itself. What persons judged of its links is copied as the file is now.

    Raises:
        StoreMissing: there is no store, or nothing was published in it yet.
        StoreError: *target* is there already, or can't be written.
    """
    source = Folder(path)
    source.require()
    if target.exists():
        raise StoreError(f"{target} is there already: name a new folder for the backup")
    making = target.with_name(f".{target.name}.making")
    shutil.rmtree(making, ignore_errors=True)
    number, state, descriptor = source.claim()
    try:
        copy = Folder(making)
        copy.create()
        shutil.copytree(state, copy.live, ignore=shutil.ignore_patterns("in-use", "LOCK"))
        with EmbeddedStore(making, write=True, reserve=1):  # writes the ledger, and publishes it to be read
            pass
        if source.judgements.exists():
            shutil.copy2(source.judgements, copy.judgements)
        making.rename(target)
    except OSError as error:
        raise StoreError(f"no backup can be written to {target}: {error.strerror or error}") from error
    finally:
        os.close(descriptor)
        shutil.rmtree(making, ignore_errors=True)
    return number


def restore(copy: Path, path: Path) -> int:
    """Make the state of the backup at *copy* the newest state of the store at *path*; return its generation.

    A store that is not there is made. One that is there loses what it has, but for what persons judged of its links.

    Raises:
        StoreMissing: there is no backup.
        StoreLocked: another process is writing to the store.
        StoreError: it can't be written.
    """
    source = Folder(copy)
    source.require()
    _, state, descriptor = source.claim()
    try:
        ledger = source.ledger.read_bytes() if source.ledger.exists() else b""

        def copied(target: Path) -> None:
            shutil.copytree(state, target, ignore=shutil.ignore_patterns("in-use", "LOCK"))

        number = _replaced(path, lambda _: copied, ledger)
        target = Folder(path).judgements
        if source.judgements.exists() and not target.exists():
            shutil.copy2(source.judgements, target)
        return number
    finally:
        os.close(descriptor)


def compact(path: Path) -> int:
    """Write the database of the store at *path* anew, without what was overwritten; return its generation.

    Raises:
        StoreMissing: there is no store.
        StoreLocked: another process is writing to it.
        StoreError: it can't be written, or there is no room for a second database.
    """
    Folder(path).require()
    return _replaced(path, lambda store: store.replicate, None)


def _replaced(path: Path, making: Callable[[EmbeddedStore], Callable[[Path], None]], ledger: bytes | None) -> int:
    """Put another database in the place of that at *path*, made while nobody else can write."""
    folder = Folder(path)
    try:
        with ExitStack() as stack:
            with closing(EmbeddedStore(path, write=True)) as store:
                stack.enter_context(folder.exchanging())
                shutil.rmtree(folder.next, ignore_errors=True)
                making(store)(folder.next)
                before = store.revision
            folder.exchange(ledger)  # the engine finds its files by their names, so it must have let go of them
    except OSError as error:
        shutil.rmtree(folder.next, ignore_errors=True)
        raise StoreError(f"the database of {path} cannot be replaced: {error.strerror or error}") from error
    with EmbeddedStore(path, write=True) as store:
        return store.renew(before)
