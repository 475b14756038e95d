"""What every store can do.

A store holds *documents*. Each is one named graph, complete in itself, that is written, replaced and deleted as a
whole. The default graph of a query is the RDF merge of all of them (a statement that many graphs hold counts once). A
journal in a graph of its own says which documents there are, from which bytes, read by which converter.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from pyoxigraph import RdfFormat

from kg.store.answer import Answer
from kg.store.document import Document, DocumentWrite

if TYPE_CHECKING:
    import rdflib

    from kg.search import Found
    from kg.store.finder import Finder

__all__ = ["Stats", "Store"]


@dataclass(frozen=True, slots=True)
class Stats:
    """Sizes: documents and their quads by the journal, statements in the default graph, subjects by class (the IRI)."""

    documents: int
    quads: int
    statements: int
    generation: int
    classes: Mapping[str, int]


class Store(ABC):
    """A set of documents that can be asked. Use it as a context manager, or `close()` it.

    A store opened to read shows one *generation*, a consistent state that never changes under a reader; `refresh()`
    moves on to the newest. A store opened to write shows its own writes.
    """

    @abstractmethod
    def query(
        self,
        text: str,
        *,
        base_iri: str | None = None,
        prefixes: Mapping[str, str] | None = None,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> Answer:
        """Evaluate a SPARQL 1.1 query and return its answer, whose rows come as they are found.

        Args:
            text: the query.
            base_iri: what relative IRIs in it are resolved against.
            prefixes: prefixes that it may use undeclared.
            default_graphs: IRIs of the graphs that make up the default graph; by default all documents.
            named_graphs: IRIs of the graphs that GRAPH can reach; by default all.

        Raises:
            QueryError: it does not parse or can't be evaluated (also while the rows are taken).
            QueryForbidden: it would reach outside the store.
        """

    @abstractmethod
    def put(self, batch: Iterable[DocumentWrite]) -> None:
        """Write documents, each in place of the one with the same graph. None is ever seen or left half written.

        When it returns, all are on the disk. A reader sees them after the next `publish()`. Best in batches of 50 to
        200: what it costs is mostly per call.

        The documents are taken one by one, and a new one is not held once it is taken: a batch may be of any size.

        Raises:
            StoreFull: there is too little space left to write safely; nothing was written.
            DocumentsRefused: a server does not take some of them; the others are there.
            StoreError: this store was opened to read, or the disk failed.
        """

    @abstractmethod
    def delete(self, graphs: Iterable[str]) -> int:
        """Delete the documents with these graphs in one transaction; return how many there were.

        Raises:
            StoreError: this store was opened to read, or the disk failed.
        """

    @abstractmethod
    def journal(self) -> Mapping[str, Document]:
        """Return what the journal says, by the IRI of the graph: a live view, which later writes change."""

    def documents(self) -> Iterator[Document]:
        """Yield all documents, by id."""
        yield from sorted(self.journal().values(), key=lambda document: document.id)

    @abstractmethod
    def dump(self, format: RdfFormat, graph: str | None = None) -> Iterator[bytes]:
        """Yield a serialisation of all documents (or of *graph* alone), in pieces, in a fixed order.

        Equal documents give equal bytes. A format without named graphs gets their merge. The journal is left out.

        Raises:
            NotFound: there is no such graph.
        """

    @property
    @abstractmethod
    def generation(self) -> int:
        """The number of the state that this store shows: it grows with each published change."""

    @abstractmethod
    def refresh(self) -> bool:
        """Move on to the newest generation if there is one; return whether there was. Cheap when there is none."""

    @abstractmethod
    def publish(self) -> int:
        """Let readers see what was written so far; return the generation. Closing does it too."""

    @property
    @abstractmethod
    def graph(self) -> rdflib.Dataset:
        """An rdflib view of the same data: its default graph is the merge of all documents. For reading."""

    @abstractmethod
    def stats(self) -> Stats:
        """Count what is in the store."""

    @property
    @abstractmethod
    def lost(self) -> Sequence[str]:
        """Graphs of documents that were put once, and that the disk has lost, or of which it has an older state only.

        Load them again: the journal lacks them, so nothing takes them for unchanged.
        """

    @abstractmethod
    def check(self) -> Iterator[str]:
        """Yield one line for each way in which the store is not what it should be: none for a sound one."""

    @abstractmethod
    def close(self) -> None:
        """Publish what is left to publish, and let go of the files. Closing twice is allowed."""

    @property
    def remarks(self) -> Sequence[str]:
        """What this store can't do that others can, a line each: none for an embedded one."""
        return ()

    def search(
        self,
        words: str = "",
        *,
        facets: Mapping[str, Sequence[str]] | None = None,
        sort: str = "relevance",
        start: int = 0,
        limit: int = 20,
    ) -> Found:
        """Return what has all *words* in its names or texts, in the state that this store shows.

        The first search in a state makes its index, which takes a while where there are many documents.

        Args:
            words: as in the search box: words, "phrases", -unwanted, ``year:2016``.
            facets: values of `kg.search.FACETS` that narrow it down, any of each.
            sort: ``relevance`` or ``date``.
            start: how many of the best to pass over.
            limit: how many to return.

        Raises:
            StoreError: no index can be made.
        """
        from kg.search import Question, find

        chosen = {name: tuple(values) for name, values in (facets or {}).items()}
        return self.finder.ask(lambda index: find(index, Question(words, chosen, sort, start, limit)))

    @property
    def finder(self) -> Finder:
        """The search index of this store, for more than `search` gives: completion, suggestions, queries."""
        if self._finder is None:
            from kg.store.finder import Finder  # SQLite and what belongs to it are needed by few

            self._finder = Finder.of(self)
        return self._finder

    _finder: Finder | None = None

    @property
    def search_folder(self) -> Path | None:
        """Where search indexes of this store may lie (see `kg.store.finder`); None if it has no place on this disk."""
        return None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
