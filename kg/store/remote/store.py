"""A store behind a SPARQL 1.1 endpoint: the same documents, journal and merge, kept by queries and updates alone.

No other protocol is needed, so any server will do; see `kg.store.remote.layout` for how the data lie there.
"""

# ruff: noqa: D102  # what the methods do is said in Store
from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields as fields_of
from typing import IO, TYPE_CHECKING, Any, TypeAlias

import pyoxigraph as ox

from kg.errors import DocumentsRefused, NotFound, QueryError
from kg.store.answer import Answer
from kg.store.base import Stats, Store
from kg.store.document import JOURNAL, Document, DocumentWrite
from kg.store.guard import explained, refuse_outside
from kg.store.journal import FIELDS, document_of
from kg.store.pieces import pieces
from kg.store.remote import writing
from kg.store.remote.layout import Layout, form_of
from kg.store.remote.marks import between, marking, read_marks, settled_marks
from kg.store.remote.probe import probed
from kg.store.remote.session import Row, Session
from kg.store.skolem import kept
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    import rdflib

__all__ = ["RemoteStore"]

_PROPERTIES = tuple(field.name for field in fields_of(Document) if field.name != "graph")
_parser = ox.Store()
_Refused: TypeAlias = list[tuple[DocumentWrite, str]]


class RemoteStore(Store):
    """See `Store` for what it does, and `remarks` for what the server at hand can't.

    There are no generations: a reader sees what is written at once, and `refresh` tells whether anything was. Two
    writers do not notice each other. Where a query names graphs (`named_graphs`) and no default graph, that is empty.

    Raises:
        StoreUnreachable: the server does not answer, has no SPARQL there, or does not let us in.
        InputError: the address is none.
    """

    def __init__(
        self, location: str, *, write: bool, timeout: float = 300.0, attempts: int = 5, connections: int = 2
    ) -> None:
        self.session = Session(location, write=write, timeout=timeout, attempts=attempts, connections=connections)
        self._journal: dict[str, Document] | None = None
        marks = settled_marks(self.session) if write else read_marks(self.session)
        self._layout, self._revision = marks.layout, marks.revision
        if write and self._layout is None:
            self._layout = probed(self.session.update, self.session.rows)
            self.session.update(writing.update(marking(self._layout, revision="1")))
            self._revision = 1

    @property
    def layout(self) -> Layout:
        """How the data lie on the server; the usual way where nothing of ours is there."""
        return self._layout or Layout()

    @property
    def remarks(self) -> tuple[str, ...]:
        return tuple(self.layout.remarks())

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
        _check_syntax(text, base_iri, prefixes, (*(default_graphs or ()), *(named_graphs or ())))
        if "matches" in text:
            text = self.finder.with_matches(text, prefixes)
        fields = self.layout.fields(
            text, base_iri=base_iri, prefixes=prefixes, default_graphs=default_graphs, named_graphs=named_graphs
        )
        return self.session.ask(fields, form_of(text))

    def journal(self) -> dict[str, Document]:
        if self._journal is None:
            counted = self.session.rows(f"SELECT (COUNT(*) AS ?n) {{ {_DOCUMENT} }}")
            pattern = " ; ".join(f"<{FIELDS}{name}> ?{name}" for name in _PROPERTIES)
            found = self.session.everything(
                ("graph", *_PROPERTIES), f"GRAPH {JOURNAL} {{ ?graph {pattern} }}", "STR(?graph)", _number(counted)
            )
            documents = (document_of(*(_value(term) for term in row)) for row in found)
            self._journal = {document.graph: document for document in documents}
        return self._journal

    def dump(self, format: ox.RdfFormat, graph: str | None = None) -> Iterator[bytes]:
        journal = self.journal()
        if graph is not None and graph not in journal:
            raise NotFound(f"no document has the graph {graph}")
        names = sorted(journal) if graph is None else [graph]

        def produce(output: IO[bytes]) -> None:
            if format.supports_datasets:
                quads = (quad for name, triples in self._graphs(names) for quad in _quads(name, triples))
                ox.serialize(quads, output, format, prefixes=PREFIXES)
            elif graph is not None:
                triples = (triple for _, found in self._graphs(names) for triple in found)
                ox.serialize(triples, output, format, prefixes=PREFIXES)
            else:
                self._merge(names, output, format)

        return pieces(produce, keep=self)

    def _merge(self, names: Sequence[str], output: IO[bytes], format: ox.RdfFormat) -> None:
        """Write the merge of documents. It is made here, on the disk: a server would cut an answer of that size."""
        with tempfile.TemporaryDirectory(prefix="kg-") as folder:
            merge = ox.Store(folder)
            for _, triples in self._graphs(names):
                merge.bulk_extend(ox.Quad(*triple) for triple in triples)
            statements = (quad.triple for quad in merge.quads_for_pattern(None, None, None, ox.DefaultGraph()))
            ox.serialize(statements, output, format, prefixes=PREFIXES)
            del merge, statements

    def _graphs(self, names: Sequence[str]) -> Iterator[tuple[str, list[ox.Triple]]]:
        """Yield the statements of documents, sorted, in the order of *names*."""
        for portion in self._portions(names):
            found: dict[str, list[ox.Triple]] = {name: [] for name in portion}
            wanted = " ".join(str(ox.NamedNode(name)) for name in portion)
            pattern = f"VALUES ?g {{ {wanted} }} GRAPH ?g {{ ?s ?p ?o }}"
            expected = sum(self.journal()[name].quads for name in portion)
            for graph, *terms in self.session.everything(
                ("g", "s", "p", "o"), pattern, "CONCAT(STR(?g), STR(?s), STR(?p), STR(?o))", expected
            ):
                found[_value(graph)].append(_triple(terms))
            for name, triples in found.items():
                yield name, sorted(triples, key=str)

    def _portions(self, names: Sequence[str]) -> Iterator[list[str]]:
        """Yield *names* in portions whose statements can be had at once."""
        portion: list[str] = []
        size = 0
        for name in names:
            quads = self.journal()[name].quads
            if portion and size + quads > self.session.portion:
                yield portion
                portion, size = [], 0
            portion.append(name)
            size += quads
        if portion:
            yield portion

    @property
    def graph(self) -> rdflib.Dataset:
        from kg.store.view import remote_dataset

        return remote_dataset(self)

    def stats(self) -> Stats:
        documents = self.journal().values()
        count = "SELECT ?class (COUNT(*) AS ?n) WHERE { ?s a ?class } GROUP BY ?class ORDER BY DESC(?n) ?class"
        classes = {_value(kind): int(_value(number)) for kind, number in self.query(count).rows()}
        statements = _number(list(self.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }").rows()))
        quads = sum(document.quads for document in documents)
        return Stats(len(documents), quads, statements, self.generation, classes)

    @property
    def lost(self) -> tuple[str, ...]:
        return ()  # what a server acknowledges is its own affair

    def check(self) -> Iterator[str]:
        journal = self.journal()
        sizes = self.session.everything(
            ("graph", "n"),
            f"{{ SELECT ?graph (COUNT(*) AS ?n) {{ {_DOCUMENT} GRAPH ?graph {{ ?s ?p ?o }} }} GROUP BY ?graph }}",
            "STR(?graph)",
            None,
        )
        held = {_value(graph): int(_value(number)) for graph, number in sizes}
        for graph, document in journal.items():
            if held.get(graph, 0) != document.quads:
                yield f"{graph}: the journal says {document.quads} statements, the graph has {held.get(graph, 0)}"
        if self.layout.kind == "union":
            return
        for sentence, query in (("has {} that no document has", _SURPLUS), ("lacks {} of the documents", _LACKING)):
            if number := _number(list(self.query(query).rows())):
                yield f"the default graph {sentence.format(f'{number} statements')}"

    # --- writing --------------------------------------------------------------------------------------------------

    def put(self, batch: Iterable[DocumentWrite]) -> None:
        revision = self._revision + 1
        refused: _Refused = []
        for portion in writing.batches(batch):
            self._put_or_refuse(portion, revision, refused)
        if refused:
            raise DocumentsRefused(refused)

    def _put_or_refuse(
        self, portion: Sequence[DocumentWrite], revision: int, refused: list[tuple[DocumentWrite, str]]
    ) -> None:
        """Put a portion; of documents that the server refuses, note why in *refused*."""
        try:
            self._put(portion, revision)
        except QueryError as error:
            if len(portion) == 1:
                refused.append((portion[0], f"can't be stored at {self.session.address}: {error}"))
                with suppress(QueryError):  # it ended early, and may have left the mark that it goes on
                    self._write((), self._revision)
                return
            for write in portion:  # which of them is it?
                self._put_or_refuse([write], revision, refused)
        else:
            self.journal().update({write.graph: write.document(revision) for write in portion})
            self._revision = max(self._revision, revision)

    def _put(self, portion: Sequence[DocumentWrite], revision: int) -> None:
        steps: list[str] = []
        for write in portion:
            fresh = self.layout.atomic and write.graph not in self.journal()
            steps += writing.putting(self.layout, write, revision, fresh=fresh)
        self._write(steps, revision)

    def delete(self, graphs: Iterable[str]) -> int:
        journal = self.journal()
        doomed = [graph for graph in dict.fromkeys(graphs) if graph in journal]
        revision = self._revision + 1
        for portion in writing.portions(doomed):
            steps = [step for graph in portion for step in writing.removing(self.layout, graph)]
            self._write(steps, revision)
            self._revision = revision
            for graph in portion:
                del journal[graph]
        return len(doomed)

    def _write(self, steps: Iterable[str], revision: int) -> None:
        """Take *steps* in one request, after which the store is at *revision*."""
        self.session.update(writing.update(between(self.layout, [*steps, *marking(revision=str(revision))])))

    # --- states ---------------------------------------------------------------------------------------------------

    @property
    def generation(self) -> int:
        return self._revision

    def refresh(self) -> bool:
        marks = read_marks(self.session)
        changed = marks.revision != self._revision
        if changed:
            self._layout, self._revision, self._journal = marks.layout, marks.revision, None
        return changed

    def publish(self) -> int:
        self.session.writable()
        return self._revision

    def close(self) -> None:
        self.session.close()
        self._journal = None
        if self._finder is not None:
            self._finder.close()


_DOCUMENT = f"GRAPH {JOURNAL} {{ ?graph <{FIELDS}key> ?key }}"
_SURPLUS = f"""SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o
    FILTER NOT EXISTS {{ GRAPH ?graph {{ ?s ?p ?o }} {_DOCUMENT} }} }}"""
_LACKING = f"SELECT (COUNT(*) AS ?n) {{ {_DOCUMENT} GRAPH ?graph {{ ?s ?p ?o }} FILTER NOT EXISTS {{ ?s ?p ?o }} }}"


def _check_syntax(text: str, base: str | None, prefixes: Mapping[str, str] | None, graphs: Iterable[str]) -> None:
    """See that a query is SPARQL 1.1 as all our stores take it, and say where it is not.

    Raises:
        QueryError: it is not.
    """
    try:
        for graph in graphs:
            ox.NamedNode(graph)
        _parser.query(text, base_iri=base, prefixes=dict(prefixes or {}))
    except SyntaxError as error:
        raise explained(error, text) from error
    except ValueError as error:
        raise QueryError(f"not an IRI: {' '.join(str(error).split())}") from error
    except (OSError, RuntimeError):
        return  # it parses; what it comes to is for the server to say


def _quads(name: str, triples: Iterable[ox.Triple]) -> Iterator[ox.Quad]:
    graph = ox.NamedNode(name)
    for triple in triples:
        yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def _triple(terms: Sequence[Any]) -> ox.Triple:
    subject, predicate, value = terms
    return ox.Triple(subject, predicate, kept(value) if isinstance(value, ox.Literal) else value)


def _value(term: object) -> str:
    return str(getattr(term, "value", term))


def _number(rows: Sequence[Row]) -> int:
    return int(_value(rows[0][0]))
