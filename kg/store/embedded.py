"""The store that needs no server: Oxigraph on RocksDB in a folder, one writer, any number of readers.

Measured facts that shape it are in `kg/DESIGN.md`; the layout on the disk is in `kg.store.folder`.
"""

# ruff: noqa: D102  # what the methods do is said in Store
from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

import pyoxigraph as ox

from kg.errors import NotFound, StoreError, StoreLocked, one_line
from kg.store.answer import Answer, failed
from kg.store.base import Stats, Store
from kg.store.changes import inserting, replacing
from kg.store.consistency import contradictions
from kg.store.disk import RESERVE, Snapshot, disk_error, require_space
from kg.store.document import Document, DocumentWrite
from kg.store.folder import Folder
from kg.store.guard import explained, refuse_outside
from kg.store.journal import Journal
from kg.store.ledger import Audit, Entry, Ledger
from kg.store.matches import as_given
from kg.store.pieces import as_file, pieces
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    import rdflib

__all__ = ["EmbeddedStore"]

_LOOK_EVERY = 200


class EmbeddedStore(Store):
    """See `Store` for what it does. One process at a time can open it to write."""

    def __init__(self, path: Path, *, write: bool, reserve: int = RESERVE) -> None:
        self._folder = Folder(path)
        self._ledger = Ledger(self._folder.ledger)
        self._reserve = reserve
        self._live: ox.Store | None = None
        self._snapshot: Snapshot | None = None
        self._lost: tuple[str, ...] | None = None
        self._revision = 0
        self._broken = False
        if write:
            self._open_to_write()
        else:
            self._folder.require()
            self._snapshot = Snapshot(self._folder)

    # --- opening and closing --------------------------------------------------------------------------------------

    def _open_to_write(self) -> None:
        folder = self._folder
        folder.create()
        try:
            with folder.opening():
                folder.recover()
                self._live = ox.Store(folder.live)
        except (OSError, RuntimeError) as error:
            if "lock" in str(error).lower():
                held = f"another process is writing to the store at {folder.path}: wait until it has finished"
                raise StoreLocked(held) from error
            raise disk_error(error, f"the store at {folder.path} cannot be opened") from error
        journal = self.journal()
        found = self._ledger.audit(journal.revision)
        self._lost = found.lost
        self._revision = max(folder.current(), found.revision)
        self._adopt(found)
        self._ledger.compact(found, journal.revision)
        folder.tidy()
        if self._lost or self._revision != folder.current():
            self._revision += 1
        self.publish()

    def _adopt(self, found: Audit) -> None:
        """Acknowledge what was written, but not yet acknowledged, when the last writer was killed."""
        journal = self.journal()
        if found.revision:
            later = range(found.revision + 1, self._revision + 2)
            new = chain((journal[graph] for graph in found.undeleted), *map(journal.of, later))
        else:
            new = chain(journal.values())

        def entries() -> Iterator[Entry]:
            for document in new:
                self._revision = max(self._revision, document.revision)
                yield _entry(document)

        self._writer.flush()
        self._ledger.append(entries())

    @property
    def lost(self) -> tuple[str, ...]:
        if self._lost is None:
            self._lost = self._ledger.audit(self.journal().revision, until=self.generation).lost
        return self._lost

    def close(self) -> None:
        if self._live is not None and not self._broken:
            self.publish()
        self._live = self._snapshot = None
        if self._finder is not None:
            self._finder.close()
            self._finder = None

    @property
    def _writer(self) -> ox.Store:
        if self._live is None:
            raise StoreError(f"the store at {self._folder.path} was opened to be read: open it with mode='write'")
        return self._live

    @property
    def _engine(self) -> ox.Store:
        if self._live is not None:
            return self._live
        if self._snapshot is None:
            raise StoreError(f"the store at {self._folder.path} was closed")
        return self._snapshot.engine

    # --- reading --------------------------------------------------------------------------------------------------

    def query(
        self,
        text: str,
        *,
        base_iri: str | None = None,
        prefixes: Mapping[str, str] | None = None,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> Answer:
        refuse_outside(text)
        engine = self._engine
        found = self.finder.with_matches(text, prefixes) if "matches" in text else text
        try:
            native = engine.query(
                found,
                base_iri=base_iri,
                prefixes=dict(prefixes or {}),
                default_graph=None if default_graphs is None else [ox.NamedNode(iri) for iri in default_graphs],
                named_graphs=None if named_graphs is None else [ox.NamedNode(iri) for iri in named_graphs],
            )
        except SyntaxError as error:
            raise explained(as_given(error, found, text), text) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise failed(error) from error
        return Answer(native, PREFIXES, keep=self._snapshot)

    def journal(self) -> Journal:
        return Journal(lambda: self._engine)

    def dump(self, format: ox.RdfFormat, graph: str | None = None) -> Iterator[bytes]:
        engine, snapshot = self._engine, self._snapshot
        if graph is not None and graph not in self.journal():
            raise NotFound(f"no document has the graph {graph}")
        names = sorted(self.journal()) if graph is None else [graph]

        def statements() -> Iterator[ox.Quad | ox.Triple]:
            if format.supports_datasets:
                for name in names:
                    yield from engine.quads_for_pattern(None, None, None, ox.NamedNode(name))
            else:
                name_or_merge = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
                for quad in engine.quads_for_pattern(None, None, None, name_or_merge):
                    yield quad.triple

        def produce(output: IO[bytes]) -> None:
            ox.serialize(cast(Iterator[ox.Quad], statements()), output, format, prefixes=PREFIXES)

        return pieces(produce, keep=snapshot)

    @property
    def graph(self) -> rdflib.Dataset:
        from kg.store.view import dataset

        if self._live is not None:
            self.publish()
        snapshot = self._snapshot or Snapshot(self._folder)
        return dataset(snapshot.engine, keep=snapshot)

    def stats(self) -> Stats:
        documents = quads = 0
        for document in self.journal().values():
            documents, quads = documents + 1, quads + document.quads
        count = "SELECT ?class (COUNT(*) AS ?n) WHERE { ?s a ?class } GROUP BY ?class ORDER BY DESC(?n) ?class"
        classes = {row[0]: int(row[1]) for row in self._values(count)}
        statements = int(next(self._values("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"))[0])
        return Stats(documents, quads, statements, self.generation, classes)

    def check(self) -> Iterator[str]:
        for graph in self.lost:
            yield f"{graph}: was stored once and is lost; load it again"
        yield from contradictions(self.journal(), self._values)

    def _values(self, query: str) -> Iterator[tuple[str, ...]]:
        for row in self.query(query).rows():
            yield tuple(str(getattr(term, "value", term)) for term in row)

    # --- writing --------------------------------------------------------------------------------------------------

    def put(self, batch: Iterable[DocumentWrite]) -> None:
        journal, revision = self.journal(), self._revision + 1
        written: dict[str, Entry] = {}
        older: dict[str, DocumentWrite] = {}

        def fresh() -> Iterator[bytes]:
            for write in batch:
                if write.graph in written or write.graph in journal:
                    older[write.graph] = write
                else:
                    yield inserting(write, revision)
                    if len(written) % _LOOK_EVERY == 0:  # a batch may be long, and the disk full before its end
                        self._check_space()
                written[write.graph] = _entry(write.document(revision))

        def write(engine: ox.Store) -> None:
            engine.bulk_load(as_file(fresh()), ox.RdfFormat.N_QUADS, lenient=True)
            if older:
                engine.update(replacing(engine, list(older.values()), revision))

        self._commit(write)
        self._acknowledge(written.values(), revision)

    def _acknowledge(self, written: Collection[Entry], revision: int) -> None:
        """Note what is on the disk by now."""
        if written:
            self._ledger.append(written)
            self._revision = revision
            again = {entry.graph for entry in written} if self.lost else set()
            self._lost = tuple(graph for graph in self.lost if graph not in again)

    def delete(self, graphs: Iterable[str]) -> int:
        return self.change((), graphs)

    def change(self, batch: Iterable[DocumentWrite], gone: Iterable[str]) -> int:
        """Put and delete documents in one transaction; return how many were deleted. See `put` and `delete`."""
        journal, revision = self.journal(), self._revision + 1
        writes = {write.graph: write for write in batch}
        doomed = [graph for graph in dict.fromkeys(gone) if graph in journal and graph not in writes]
        if not writes and not doomed:
            return 0
        self._check_space()
        # Said before it is done: otherwise a kill in between would look like a loss.
        self._ledger.append(Entry(revision, graph, None, 0) for graph in doomed)
        self._commit(lambda engine: engine.update(replacing(engine, list(writes.values()), revision, doomed)))
        self._revision = revision
        self._acknowledge([_entry(write.document(revision)) for write in writes.values()], revision)
        return len(doomed)

    def statements(self, graph: str) -> set[ox.Triple]:
        """Return what the document with this graph says; nothing if there is none."""
        return {quad.triple for quad in self._engine.quads_for_pattern(None, None, None, ox.NamedNode(graph))}

    @property
    def revision(self) -> int:
        """The number of the last change."""
        return self._revision

    def renew(self, above: int) -> int:
        """Publish the state once more, under a number beyond *above*, since the database is another one."""
        self._revision = max(self._revision, above) + 1
        return self.publish()

    def replicate(self, target: Path) -> None:
        """Write all that the database has into a new one in the folder *target*, as small as can be."""
        dump = target.with_suffix(".nq")
        try:
            self._writer.dump(dump, ox.RdfFormat.N_QUADS)
            replica = ox.Store(target)
            replica.bulk_load(path=dump, format=ox.RdfFormat.N_QUADS, lenient=True)
            replica.flush()
        except (OSError, RuntimeError) as error:
            raise disk_error(error, f"the database of {self._folder.path} cannot be written anew") from error
        finally:
            dump.unlink(missing_ok=True)

    @contextmanager
    def draft(self) -> Iterator[ox.Store]:
        """Open a copy of the database, made of hard links, to try changes on; it vanishes with the block."""
        folder = self._folder.draft
        shutil.rmtree(folder, ignore_errors=True)
        try:
            self._writer.backup(folder)
            yield ox.Store(folder)
        except OSError as error:
            raise disk_error(error, f"no draft of {self._folder.path} can be made") from error
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _commit(self, change: Callable[[ox.Store], None]) -> None:
        """Apply *change* and see it to the disk."""
        self._check_space()
        engine = self._writer
        try:
            change(engine)
            engine.flush()
        except SyntaxError as error:
            raise StoreError(
                f"a document is no N-Triples, nothing of its batch was written: {one_line(error)}"
            ) from error
        except (OSError, RuntimeError) as error:
            self._broken = True  # after a full disk, the engine writes again only once it is opened anew
            raise disk_error(error, f"writing to the store at {self._folder.path} failed") from error

    def _check_space(self) -> None:
        folder = self._folder
        self._writer  # noqa: B018  # a store that was opened to be read says so first
        if self._broken:
            raise StoreError(f"writing to the store at {folder.path} failed before: close it and open it again")
        require_space(folder, self._reserve)

    @property
    def search_folder(self) -> Path:
        return self._folder.search

    # --- generations ----------------------------------------------------------------------------------------------

    @property
    def generation(self) -> int:
        return self._revision if self._snapshot is None else self._snapshot.number

    def refresh(self) -> bool:
        if self._snapshot is None or self._folder.current() == self._snapshot.number:
            return False
        self._snapshot, self._lost = Snapshot(self._folder), None
        return True

    def publish(self) -> int:
        engine = self._writer
        if self._folder.current() != self._revision or not self._revision:
            self._revision = self._revision or 1
            try:
                self._folder.publish(self._revision, engine.backup)
            except (OSError, RuntimeError) as error:
                raise disk_error(error, f"the new state of {self._folder.path} cannot be published") from error
        return self._revision


def _entry(document: Document) -> Entry:
    return Entry(document.revision, document.graph, document.key, document.quads)
