"""Puts the newest state of a store where others can fetch it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox

from kg.errors import NotFound, StoreError
from kg.store.folder import PUBLISHED, Folder
from kg.store.journal import Journal
from kg.store.snapshot.manifest import File, Manifest, digest
from kg.store.snapshot.place import CURRENT, Place

__all__ = ["KEPT", "current", "publish", "published"]

KEPT = 3
"""How many states stay at a place, so that who is fetching one can end."""
_OURS = ("in-use", "LOCK", "LOG", PUBLISHED)


def publish(path: Path, place: Place, *, kept: int = KEPT) -> tuple[Manifest, int]:
    """Publish the newest state of the store in the folder *path*; remove old ones, where that can be, but for *kept*.

    It may be interrupted and done again: what is there already is not sent again, and nobody sees a state before all of
    it is there.

    Returns:
        its manifest, and how many bytes were sent.

    Raises:
        StoreMissing: there is no store, or nothing was published in it yet.
        StoreError: the place can't be written.
    """
    folder = Folder(path)
    folder.require()
    folder.identity()
    number, generation, descriptor = folder.claim()
    try:
        state = folder.state(number)
        newest = current(place)
        if newest and newest.state == state:
            return newest, 0
        manifest = _manifest(generation, state)
        sent = sum(_sent(place, file, generation) for file in manifest.files)
        place.write(manifest.path, manifest.to_json())
        place.write(CURRENT, manifest.to_json())
    finally:
        os.close(descriptor)
    _prune(place, kept)
    return manifest, sent


def current(place: Place) -> Manifest | None:
    """Return the newest state at a place; None if there is none.

    Raises:
        StoreError: the place can't be read.
    """
    with suppress(NotFound):
        return Manifest.of_json(place.read(CURRENT), f"{place.name}/{CURRENT}")
    return None


def published(place: Place) -> Iterator[Manifest]:
    """Yield the states at a place, the newest first; of an address, which has no list, the newest alone.

    Raises:
        StoreError: the place can't be read.
    """
    names = place.names("states")
    if names is None:
        newest = current(place)
        yield from [newest] if newest else []
        return
    found = [Manifest.of_json(place.read(f"states/{name}"), f"{place.name}/states/{name}") for name in names]
    yield from sorted(found, key=lambda manifest: manifest.published, reverse=True)


def _manifest(generation: Path, state: str) -> Manifest:
    files = (path for path in sorted(generation.iterdir()) if path.is_file() and path.name not in _OURS)
    described = tuple(File(path.name, path.stat().st_size, digest(path)) for path in files)
    try:
        engine = ox.Store.read_only(str(generation))
    except OSError as error:
        raise StoreError(f"the state {state} can't be read: {error}") from error
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    sizes = [document.quads for document in Journal(lambda: engine).values()]
    return Manifest(state, now, len(sizes), sum(sizes), described)


def _sent(place: Place, file: File, generation: Path) -> int:
    if place.has(file.path):
        return 0
    place.write(file.path, generation / file.name)
    return file.size


def _prune(place: Place, kept: int) -> None:
    """Remove old states, and the files that none of the others has."""
    names = place.names("files")
    if names is None:
        return
    states = list(published(place))
    left = states[:kept] + [manifest for manifest in states[kept:] if not place.remove(manifest.path)]
    used = {file.sha256 for manifest in left for file in manifest.files}
    for name in names:
        if name not in used:
            place.remove(f"files/{name}")
