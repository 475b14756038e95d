"""The layout of an embedded store on the disk.

readout-kg.json      says that this is a store, of which format, and by an id of its own which; and whom it follows
live/                the database of the one writer
draft/               a copy of it on which a running update is tried
turn                 locked by whoever waits to write
exchanging           locked while the database is replaced, so that nobody opens it in between
next/, former/       while the database is replaced: the new one, and the old one until the new one has its name
generations/<n>/     immutable states, hard links to the writer's files; `in-use` in each is locked by its readers,
                     `published` says which state of another store it is (see `kg.store.follow`)
incoming/            files of a state that is being fetched; following is locked by who fetches it
current              the number of the newest generation; replaced atomically
ledger.jsonl         what was acknowledged (see `kg.store.ledger`)
links.sssom.tsv      which links persons have judged (see `kg.load.links`); a backup has it, too
quarantine/          what was set aside (see `kg.load`)
statistics/<n>.json  what a generation has of each predicate and class (see `kg.store.profiles`)
search/<n>.sqlite    the search index of a generation, made when it is asked for (see `kg.store.finder`)
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

from kg.errors import StoreError, StoreLocked, StoreMissing
from kg.store.files import atomically, claim, sync_folder, unclaimed

__all__ = ["FORMAT", "PUBLISHED", "Folder"]

FORMAT = 1
PUBLISHED = "published"
_MARK = "readout-kg.json"
_IN_USE = "in-use"


class Folder:
    """A store's folder at `path`: knows its parts, and hands generations from the writer to the readers."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.live = path / "live"
        self.draft = path / "draft"
        self.next = path / "next"
        self._former = path / "former"
        self._exchanging = path / "exchanging"
        self.ledger = path / "ledger.jsonl"
        self.judgements = path / "links.sssom.tsv"
        self.quarantine = path / "quarantine"
        self.search = path / "search"
        self.statistics = path / "statistics"
        self.incoming = path / "incoming"
        self.following = path / "following"
        self._generations = path / "generations"
        self.pointer = path / "current"

    def require(self) -> None:
        """Check that there is a store of a format that we know.

        Raises:
            StoreMissing: there is none.
            StoreError: the folder holds something else, or a store of a newer version.
        """
        if not self.path.exists() or (self.path.is_dir() and self._is_unmade()):
            raise StoreMissing(f"no store at {self.path}: make one with 'kg load PATH --store {self.path}'")
        version = self._mark().get("format")
        if version != FORMAT:
            raise StoreError(f"{self.path} has format {version}, and this version of kg knows format {FORMAT}")

    def _is_unmade(self) -> bool:
        """Tell whether nothing is there, or what a store begins with before it has its mark: its maker was killed."""
        return all(
            (entry == self._generations and not any(entry.iterdir())) or entry.name.startswith(f".{_MARK}.")
            for entry in self.path.iterdir()
        )

    def create(self, follows: str = "") -> None:
        """Make the folder of an empty store, unless there is a store already; of one that *follows* another, if so.

        Raises:
            StoreError: it can't be made, or the folder holds something else, or a store that follows another.
        """
        try:
            self.require()
        except StoreMissing:
            try:
                self._generations.mkdir(parents=True, exist_ok=True)
                self._write_mark({"follows": follows} if follows else {})
            except OSError as error:
                raise StoreError(f"cannot make a store at {self.path}: {error.strerror or error}") from error
            return
        followed = self._mark().get("follows", "")
        if followed and not follows:
            raise StoreError(f"the store at {self.path} follows {followed}: write to the store that is published there")
        if follows and not followed:
            raise StoreError(f"there is a store of its own at {self.path}: name another --store to follow {follows}")

    def identity(self) -> str:
        """Return the id of the store, which no other has; give it one if it is from a version that knew none."""
        found = self._mark().get("id")
        return str(found) if found else self._write_mark({})

    def _mark(self) -> dict[str, Any]:
        try:
            found = json.loads((self.path / _MARK).read_text(encoding="utf-8"))
            int(found["format"])
        except FileNotFoundError:
            raise StoreError(f"{self.path} holds something else than a store: name a new or empty folder") from None
        except NotADirectoryError:
            raise StoreError(f"{self.path} is a file, and a store is a folder: name a new one") from None
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise StoreError(f"{self.path / _MARK} cannot be read ({error}): is this a store?") from error
        return cast(dict[str, Any], found)

    def _write_mark(self, more: Mapping[str, str]) -> str:
        identity = uuid4().hex
        with atomically(self.path / _MARK) as output:
            output.write(json.dumps({"format": FORMAT, "id": identity, **more}).encode() + b"\n")
        return identity

    def state(self, number: int | None = None) -> str:
        """Return the name of a generation (by default the newest), by which machines agree: <id of a store>.<number>.

        A store from a version that knew no ids has a name of its own only once it was published.
        """
        number = self.current() if number is None else number
        try:
            return (self._generations / str(number) / PUBLISHED).read_text(encoding="utf-8")
        except OSError:
            return f"{self._mark().get('id', '')}.{number}"

    @contextmanager
    def exchanging(self) -> Iterator[None]:
        """Keep writers from opening the database within the block; for who holds it now.

        Raises:
            StoreLocked: one is about to.
        """
        self._exchanging.touch()
        with unclaimed(self._exchanging) as free:
            if not free:
                raise StoreLocked(f"another process wants to write to the store at {self.path}: try again")
            yield

    @contextmanager
    def opening(self) -> Iterator[None]:
        """Keep others from replacing the database within the block.

        Raises:
            StoreLocked: it is being replaced.
        """
        self._exchanging.touch()
        try:
            descriptor = claim(self._exchanging)
        except OSError:
            raise StoreLocked(f"the store at {self.path} is being replaced: wait until that is done") from None
        try:
            yield
        finally:
            os.close(descriptor)

    def exchange(self, ledger: bytes | None) -> None:
        """Put the database `next` in the place of `live`, and *ledger* in the place of the ledger, if it is given."""
        shutil.rmtree(self._former, ignore_errors=True)
        self.live.rename(self._former)
        self.next.rename(self.live)
        if ledger is not None:
            with atomically(self.ledger) as output:
                output.write(ledger)
        sync_folder(self.path)
        shutil.rmtree(self._former, ignore_errors=True)

    def recover(self) -> None:
        """Undo what was left half done when a process was killed that replaced the database."""
        if self._former.exists() and not self.live.exists():
            self._former.rename(self.live)

    def tidy(self) -> None:
        """Remove what killed writers left; only for who holds the database."""
        for leftover in (self._former, self.next, self.draft):
            shutil.rmtree(leftover, ignore_errors=True)
        for unfinished in self.live.glob("bulk-*.sst"):  # the engine's, of a bulk load that it never took in
            unfinished.unlink()
        self.sweep()

    def current(self) -> int:
        """Return the number of the newest generation, 0 if none was published yet."""
        try:
            return int(self.pointer.read_bytes())
        except (FileNotFoundError, ValueError):
            return 0

    def claim(self) -> tuple[int, Path, int]:
        """Return the newest generation: number, folder, and the open descriptor that keeps it from being swept.

        Raises:
            StoreMissing: none was published yet.
        """
        for _ in range(100):  # it may be swept between the look and the claim, if a newer one has just come
            number = self.current()
            folder = self._generations / str(number)
            try:
                return number, folder, claim(folder / _IN_USE)
            except OSError:
                if number and number == self.current() and not folder.exists():
                    break
        raise StoreMissing(f"the store at {self.path} has no published state: run 'kg load' on it once more")

    def publish(self, number: int, backup: Callable[[Path], None]) -> None:
        """Make generation *number* by *backup*, let readers see it, and sweep those that nobody reads any more."""
        folder = self._generations / str(number)
        making = self._generations / f"making-{number}"
        for leftover in (making, folder):
            shutil.rmtree(leftover, ignore_errors=True)
        backup(making)
        (making / _IN_USE).touch()
        making.rename(folder)
        sync_folder(self._generations)
        with atomically(self.pointer) as output:
            output.write(f"{number}\n".encode())
        self.sweep()

    def sweep(self) -> None:
        """Remove the generations that are neither current nor in use, and what a killed writer left half made."""
        current = str(self.current())
        for folder in sorted(self._generations.iterdir()):
            if folder.name == current:
                continue
            with unclaimed(folder / _IN_USE) as free, suppress(OSError):
                if free and folder.name.isdigit():
                    folder = folder.rename(folder.with_name(f"removing-{folder.name}"))
                if free:
                    shutil.rmtree(folder, ignore_errors=True)
