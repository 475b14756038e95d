"""An `Extraction` as RDF: one named graph for each readout, complete in itself (DESIGN.md §2).

What is minted here depends on the publisher's document id, on an entity's id and on text order, never on a clock or
on chance: the same readout gives the same quads. Phrases follow RFC 5147 and NIF 2.0 (``<document>#char=12,34``).
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Dataset, Quad, RdfFormat, parse

from kg.model import Extraction
from kg.rdf.iris import document_iri, graph_iri, meeting_iri, post_tail
from kg.rdf.writer import EXTRACTOR, Writer
from kg.vocab import BASE

__all__ = ["EXTRACTOR", "document_iri", "graph_iri", "meeting_iri", "post_tail", "to_lines", "to_quads", "to_rdf"]


def to_rdf(extraction: Extraction, base: str = BASE) -> Dataset:
    """Return the readout's graph as a dataset of quads, to be searched, compared or serialised."""
    return Dataset(to_quads(extraction, base))


def to_quads(extraction: Extraction, base: str = BASE) -> Iterator[Quad]:
    """Yield the quads of the readout's graph, each once, in the order of the text's facts."""
    graph = f" {graph_iri(extraction.readout.id, base)} .\n"
    text = "".join([line + graph for line in to_lines(extraction, base)])
    return parse(text, RdfFormat.N_QUADS, lenient=True)  # each term was checked when it was made


def to_lines(extraction: Extraction, base: str = BASE) -> list[str]:
    """Return the statements of the readout's graph as lines of N-Triples, without the full stop at their end.

    They are those of `to_quads`, in its order, and cost half the time.
    """
    return list(dict.fromkeys(Writer(extraction, base).lines()))
