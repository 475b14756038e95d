"""Keeps the search index of a store in step with it: the index of a generation is made when it is first asked for.

Each is a file `search/<generation>.sqlite` in the store's folder that never changes. The next one is a copy, in which
only the documents are exchanged that are new or no longer as they were. Nothing depends on these files: whoever deletes
one, or damages it, makes the next question take longer. Where the folder can't be written, they lie in a temporary one.
Writers know nothing of all this, so no load fails or waits for it.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from kg.errors import StoreError
from kg.search import PREDICATES, Entry, Index, Unusable, entries, make, ranked, revise
from kg.store.base import Store
from kg.store.document import Document
from kg.store.matches import MOST, with_matches
from kg.vocab import NIF

__all__ = ["Finder"]

_KEPT = 2
_PATIENCE = 1.0
"""Seconds that the end of a service waits for an index that is being made."""
_ABANDONED = 3600.0
_T = TypeVar("_T")
_PREPARE = """\
import os, sys
if hasattr(os, "nice"):
    os.nice(10)
from kg.store import open_store
with open_store(sys.argv[1]) as store:
    store.finder.index()
"""
_USED = " ".join(str(ox.NamedNode(iri)) for iri in PREDICATES)


class Finder:
    """Answers from the search index of a store. Threads may share it; `close()` it in the end.

    Args:
        opened: gives the store, in the state that is to be asked, to be used in a `with` block.
        generation: tells which state that is, without opening it.
        folder: where the indexes lie; None for a temporary folder.
    """

    def __init__(
        self, opened: Callable[[], AbstractContextManager[Store]], generation: Callable[[], int], folder: Path | None
    ) -> None:
        self._opened = opened
        self._generation = generation
        self._folder = folder
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self._lock = threading.Lock()
        self._index: Index | None = None
        self._making: subprocess.Popen[bytes] | None = None

    @classmethod
    def of(cls, store: Store) -> Finder:
        """Return the finder of a store that is open, and stays so as long as it is used."""
        return cls(lambda: nullcontext(store), lambda: store.generation, store.search_folder)

    def ask(self, question: Callable[[Index], _T]) -> _T:
        """Return what *question* gives, asked of the index of the present state; that is made first, if need be.

        Raises:
            StoreError: it can't be made.
        """
        try:
            return question(self.index())
        except Unusable:
            self._forget()
        try:
            return question(self.index())
        except Unusable as error:
            raise StoreError(f"the search index is damaged, and a new one is too: {error}") from error

    def with_matches(self, text: str, prefixes: Mapping[str, str] | None = None) -> str:
        """Return a query with what is found in the place of ``readout:matches`` (see `kg.store.matches`).

        Raises:
            QueryError: the property stands where it can't be answered.
            StoreError: there is no index, and none can be made.
        """
        return self.found(text, prefixes)[0]

    def found(self, text: str, prefixes: Mapping[str, str] | None = None) -> tuple[str, int]:
        """Do as `with_matches`; return the generation, too, in which all was found."""

        def question(index: Index) -> tuple[str, int]:
            return with_matches(text, lambda words: ranked(index, words, MOST), prefixes), index.generation

        return self.ask(question)

    def index(self) -> Index:
        """Return the index of the present state.

        Raises:
            StoreError: it can't be made.
        """
        index = self._index
        if index is not None and index.generation == self._generation():
            return index
        with self._lock:
            index = self._index
            if index is None or index.generation != self._generation():
                if self._making is not None:
                    self._making.wait()
                with self._opened() as store:
                    self._index = self._of(store)
                if index is not None:
                    index.close()
            assert self._index is not None
            return self._index

    def prepare(self) -> None:
        """Have another process make the index of the present state, if there is none: this one has clients to serve.

        Whoever asks meanwhile waits for it.
        """
        if self._folder is None or (self._folder / f"{self._generation()}.sqlite").exists():
            return
        self._making = subprocess.Popen(  # noqa: S603  # our own script
            [sys.executable, "-P", "-c", _PREPARE, str(self._folder.parent)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )

    def close(self) -> None:
        """Let go of the files, and end the process that makes an index. Closing twice is allowed."""
        if self._making is not None:
            self._making.kill()
            self._making.wait()
        if not self._lock.acquire(timeout=_PATIENCE):
            return
        try:
            if self._index is not None:
                self._index.close()
            self._index = None
            if self._temporary is not None:
                self._temporary.cleanup()
                self._temporary = None
        finally:
            self._lock.release()

    def _forget(self) -> None:
        """Remove the index that turned out to be damaged."""
        with self._lock:
            if self._index is not None:
                self._index.close()
                with suppress(OSError):
                    self._index.path.unlink()
            self._index = None

    def _of(self, store: Store) -> Index:
        if self._folder is not None and self._temporary is None:
            try:
                self._folder.mkdir(exist_ok=True)
                return _made(store, self._folder)
            except (OSError, sqlite3.OperationalError):
                pass  # a folder of others, or a full disk: there may be room elsewhere
        try:
            if self._temporary is None:
                self._temporary = tempfile.TemporaryDirectory(prefix="kg-search-", ignore_cleanup_errors=True)
            return _made(store, Path(self._temporary.name))
        except (OSError, sqlite3.Error, Unusable) as error:
            raise StoreError(f"no search index can be made: {' '.join(str(error).split())}") from error


def _made(store: Store, folder: Path) -> Index:
    """Return the index of the present state of *store*, which *folder* has or gets."""
    generation = store.generation
    known = sorted((int(path.stem), path) for path in folder.glob("*.sqlite") if path.stem.isdigit())
    if index := _usable(folder / f"{generation}.sqlite", generation):
        return index
    states = {document.graph: _state(document) for document in store.journal().values()}
    former = next((index for number, path in reversed(known) if (index := _usable(path, number))), None)
    descriptor, name = tempfile.mkstemp(".making", dir=folder)
    os.close(descriptor)
    making = Path(name)
    try:
        _write(store, making, states, former)
        target = making.replace(folder / f"{generation}.sqlite")
    finally:
        making.unlink(missing_ok=True)
        if former is not None:
            former.close()
    _tidy(folder, [path for _, path in known[: -_KEPT + 1]])
    return Index(target)


def _tidy(folder: Path, old: list[Path]) -> None:
    """Remove indexes that are *old*, and what a killed process has left half made."""
    for path in (*old, *folder.glob("*.making")):
        with suppress(OSError):  # Windows keeps what somebody has open
            if path in old or time.time() - path.stat().st_mtime > _ABANDONED:
                path.unlink()


def _write(store: Store, path: Path, states: dict[str, str], former: Index | None) -> None:
    generation = store.generation
    before = former.states() if former is not None else {}
    gone = [graph for graph, state in before.items() if states.get(graph) != state]
    new = [graph for graph, state in states.items() if before.get(graph) != state]
    if former is None or len(new) + len(gone) > len(states) // 2:
        make(path, ((graph, state, _entries(store, graph)) for graph, state in states.items()), generation)
        return
    shutil.copyfile(former.path, path)
    revise(path, gone, ((graph, states[graph], _entries(store, graph)) for graph in new), generation)


def _usable(path: Path, generation: int) -> Index | None:
    """Return the index in the file *path*, if it is a sound one of *generation*."""
    if not path.is_file():
        return None
    try:
        index = Index(path)
    except Unusable:
        with suppress(OSError):
            path.unlink()
        return None
    return index if index.generation == generation else None


def _state(document: Document) -> str:
    """Return what is the same only as long as the document is: a restored store can have its revision for another."""
    return f"{document.revision} {document.key}"


def _entries(store: Store, graph: str) -> Iterator[Entry]:
    """Yield the entries of a document. Its phrases, which are most of its things, are none."""
    used = f"VALUES ?p {{ {_USED} }} GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }} FILTER(?o != {NIF.Phrase})"
    answer = store.query(f"SELECT ?s ?p ?o WHERE {{ {used} }}")
    return entries((s, p, o) for s, p, o in answer.rows() if s is not None and p is not None and o is not None)
