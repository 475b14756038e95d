"""What every store can do: the interface, and the values that go in and out.

A store holds *documents*. Each is one named graph, complete in itself, that is written, replaced and deleted as a
whole. The default graph of a query is the RDF merge of all of them (a statement that many graphs hold counts once). A
journal in a graph of its own (`JOURNAL`) says which documents there are, from which bytes, read by which converter.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Self, cast, overload

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize
from pyoxigraph import Store as Engine

from kg.store.answer import Answer

if TYPE_CHECKING:
    import rdflib

    from kg.search import Found
    from kg.store.finder import Finder

__all__ = ["JOURNAL", "UNNAMED", "Document", "DocumentWrite", "Skolemiser", "Stats", "Store", "kept"]

JOURNAL = NamedNode("urn:readout-kg:journal")
"""The named graph that holds the journal. It is no part of the default graph, and no document can have its name."""
UNNAMED = NamedNode("urn:readout-kg:unnamed")
"""The document that holds what updates write without naming a graph: their unnamed graph, one part of the merge."""
SKOLEM = "urn:readout-kg:genid:"


@dataclass(frozen=True, slots=True)
class Document:
    """What the journal says of one document.

    `graph` is the IRI of its named graph, `id` how people name it (`<publisher>/<slug>`, or the graph's IRI for RDF
    that was loaded as it was). `key` is equal for equal bytes read by an equal converter in an equal configuration;
    `parts` documents came from them. `source` is where the bytes were found, `quads` how many statements are in the
    graph, `revision` the state of the store that it came with.
    """

    graph: str
    id: str
    key: str
    sha256: str
    converter: str
    source: str
    parts: int
    quads: int
    revision: int


@dataclass(frozen=True, slots=True)
class DocumentWrite:
    """A document to be written: its statements as N-Triples without blank nodes, each once, `quads` of them.

    Text, because it crosses the border of a process more cheaply than objects do, and goes into an update as it is.
    """

    graph: str
    triples: str
    quads: int
    id: str
    key: str
    sha256: str
    converter: str
    source: str
    parts: int = 1

    @classmethod
    def of(
        cls,
        graph: str,
        statements: Iterable[Quad | Triple],
        *,
        sha256: str,
        converter: str,
        source: str,
        id: str | None = None,
        key: str | None = None,
        parts: int = 1,
    ) -> Self:
        """Make one of *statements*, whatever graph they name. Blank nodes become IRIs that depend on *graph* alone.

        Raises:
            ValueError: *graph* is not an absolute IRI, or is the journal's.
        """
        if NamedNode(graph) == JOURNAL:
            raise ValueError(f"{graph} is the name of the journal; a document needs another")
        triples = list(dict.fromkeys(map(Skolemiser(graph), statements)))
        text = (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
        return cls(graph, text, len(triples), id or graph, key or sha256, sha256, converter, source, parts)

    @classmethod
    def of_lines(
        cls, graph: str, lines: Iterable[str], *, id: str, key: str, sha256: str, converter: str, source: str
    ) -> Self:
        """Make one of statements as lines of N-Triples, without blank nodes and without the full stop at their end."""
        kept = dict.fromkeys(map(_kept_line, lines))
        text = "".join([f"{line} .\n" for line in kept])
        return cls(graph, text, len(kept), id, key, sha256, converter, source)

    @property
    def nquads(self) -> str:
        """The statements with their graph, as N-Quads."""
        # One line is one statement: a line break within a literal is escaped.
        return self.triples.replace(" .\n", f" {NamedNode(self.graph)} .\n")

    def document(self, revision: int) -> Document:
        """Return the journal's entry that the write leaves at *revision* of the store."""
        return Document(
            self.graph, self.id, self.key, self.sha256, self.converter, self.source, self.parts, self.quads, revision
        )


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


class Skolemiser:
    """Puts an IRI in place of each blank node, the same each time (RDF 1.1 Concepts, 3.5), and literals in normal form.

    Blank nodes are counted in the order in which they come, since the labels that a parser gives are random. Use one
    for everything that shares labels, such as the graphs of one file.

    >>> name = Skolemiser("https://example.org/graph")
    >>> name(Triple(BlankNode("x"), NamedNode("urn:p"), BlankNode("x"))).object.value
    'urn:readout-kg:genid:cde951cf5f2ca6cd:1'
    """

    def __init__(self, scope: str) -> None:
        self._prefix = f"{SKOLEM}{sha256(scope.encode()).hexdigest()[:16]}:"
        self._names: dict[BlankNode, NamedNode] = {}

    def __call__(self, statement: Quad | Triple) -> Triple:
        """Return the triple of *statement* without blank nodes."""
        subject = cast(NamedNode | Triple, self._term(statement.subject))
        return Triple(subject, statement.predicate, self._term(statement.object))

    def graph(self, name: NamedNode | BlankNode | DefaultGraph) -> str | None:
        """Return the IRI of the graph called *name*, or None for the default graph."""
        return None if isinstance(name, DefaultGraph) else self._term(name).value

    @overload
    def _term(self, term: NamedNode | BlankNode) -> NamedNode: ...
    @overload
    def _term(self, term: NamedNode | BlankNode | Literal | Triple) -> NamedNode | Literal | Triple: ...
    def _term(self, term: NamedNode | BlankNode | Literal | Triple) -> NamedNode | Literal | Triple:
        if isinstance(term, BlankNode):
            return self._names.setdefault(term, NamedNode(f"{self._prefix}{len(self._names) + 1}"))
        if isinstance(term, Literal):
            return kept(term)
        return self(term) if isinstance(term, Triple) else term


_SCRATCH = NamedNode("urn:readout-kg:scratch")
_STRINGS = ("http://www.w3.org/2001/XMLSchema#string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString")
_scratch = Engine()
_scratching = Lock()


@lru_cache(maxsize=65536)
def kept(literal: Literal) -> Literal:
    """Return *literal* as the engine keeps it: numbers and dates by value, the integer types all as xsd:integer.

    Otherwise two that the engine takes for one would be counted twice, and an export would differ from what was put.
    """
    if literal.datatype.value in _STRINGS:
        return literal
    quad = Quad(_SCRATCH, _SCRATCH, literal)
    with _scratching:
        _scratch.add(quad)
        (found,) = _scratch
        _scratch.clear()
    return cast(Literal, found.object)


def _kept_line(line: str) -> str:
    """Return a line of N-Triples with its literal, if it has one with a type, as the engine keeps it."""
    if line[-1] != ">" or '"^^<' not in line:
        return line
    subject, predicate, value = line.split(" ", 2)
    return f"{subject} {predicate} {_kept_text(value)}"


@lru_cache(maxsize=65536)
def _kept_text(value: str) -> str:
    (triple,) = parse(f"{_SCRATCH} {_SCRATCH} {value} .", RdfFormat.N_TRIPLES)
    return str(kept(cast(Literal, triple.object)))
