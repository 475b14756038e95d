"""Documents: what goes into a store as a whole, and what its journal then says of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from kg.store.skolem import Skolemiser, kept_line

__all__ = ["JOURNAL", "UNNAMED", "Document", "DocumentWrite"]

JOURNAL = NamedNode("urn:readout-kg:journal")
"""The named graph that holds the journal. It is no part of the default graph, and no document can have its name."""
UNNAMED = NamedNode("urn:readout-kg:unnamed")
"""The document that holds what updates write without naming a graph: their unnamed graph, one part of the merge."""


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
        kept = dict.fromkeys(map(kept_line, lines))
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
