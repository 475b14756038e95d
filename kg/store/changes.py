"""Changes of documents as one transaction each, with their merge and the journal in step.

One SPARQL update request, or one bulk load, is one transaction: the engine's Python interface has no other. So each
change is written as text: the graphs, their share of the default graph, and the journal's lines, all in one request.

The default graph *is stored* as the merge of all documents, since the engine's own union of named graphs gives a
statement as often as graphs hold it: with 1000 readouts that name one official, four joined patterns about that person
would have 10^12 answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain

import pyoxigraph as ox

from kg.store.document import JOURNAL, DocumentWrite
from kg.store.journal import journal_lines

__all__ = ["inserting", "replacing"]


def inserting(write: DocumentWrite, revision: int) -> bytes:
    """Return a new document at *revision*, with its share of the merge and its journal lines, as N-Quads.

    For the bulk loader, which is four times as quick as an update, and as atomic: killed 40 times, it had written all
    of a load or nothing. It can only add.
    """
    lines = (f"{line} {JOURNAL} .\n" for line in journal_lines(write.document(revision)))
    return "".join([write.nquads, write.triples, *lines]).encode()


def replacing(engine: ox.Store, writes: Sequence[DocumentWrite], revision: int, gone: Iterable[str] = ()) -> str:
    """Return the update that puts documents at *revision* in the place of those that *engine* has in their graphs.

    The documents with the graphs *gone* are taken out by the same update.

    Only what differs is written: a newer converter changes a few statements of hundreds. Read and update are two steps,
    which is safe since there is one writer.
    """
    doomed = dict.fromkeys(gone)
    after: dict[str, set[ox.Triple]] = {graph: set() for graph in doomed}
    after |= {write.graph: set(_parsed(write.triples)) for write in writes}
    before = {graph: _statements(engine, graph) for graph in after}
    added = {graph: after[graph] - before[graph] for graph in after}
    return _update(
        *_removals(engine, before, after),
        *(
            f"INSERT DATA {{ {_graph(graph, triples)} {_lines(triples)} }}"
            for graph, triples in added.items()
            if triples
        ),
        *(f"DROP SILENT GRAPH <{graph}>" for graph in doomed),
        *(f"DELETE WHERE {{ GRAPH {JOURNAL} {{ <{graph}> ?p ?o }} }}" for graph in after),
        *(
            f"INSERT DATA {{ GRAPH {JOURNAL} {{ {' . '.join(journal_lines(write.document(revision)))} }} }}"
            for write in writes
        ),
    )


def _removals(
    engine: ox.Store, before: Mapping[str, Set[ox.Triple]], after: Mapping[str, Set[ox.Triple]]
) -> Iterator[str]:
    """Yield the steps that take statements out of graphs, and out of the merge unless a graph still has them."""
    gone = {graph: before[graph] - after[graph] for graph in before}
    kept = set(chain.from_iterable(after.values()))
    orphaned = {
        triple
        for triple in chain.from_iterable(gone.values())
        if triple not in kept and not _elsewhere(engine, triple, before)
    }
    yield from (f"DELETE DATA {{ {_graph(graph, triples)} }}" for graph, triples in gone.items() if triples)
    if orphaned:
        yield f"DELETE DATA {{ {_lines(orphaned)} }}"


def _elsewhere(engine: ox.Store, triple: ox.Triple, changing: Mapping[str, object]) -> bool:
    """Tell whether a document that is not *changing* has this statement."""
    return any(
        isinstance(quad.graph_name, ox.NamedNode)
        and quad.graph_name != JOURNAL
        and quad.graph_name.value not in changing
        for quad in engine.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    )


def _statements(engine: ox.Store, graph: str) -> set[ox.Triple]:
    return {quad.triple for quad in engine.quads_for_pattern(None, None, None, ox.NamedNode(graph))}


def _parsed(ntriples: str) -> Iterator[ox.Triple]:
    for statement in ox.parse(ntriples, ox.RdfFormat.N_TRIPLES, lenient=True):
        yield statement.triple if isinstance(statement, ox.Quad) else statement


def _lines(triples: Iterable[ox.Triple]) -> str:
    return (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode()


def _graph(graph: str, triples: Iterable[ox.Triple]) -> str:
    return f"GRAPH <{graph}> {{ {_lines(triples)} }}"


def _update(*steps: str) -> str:
    return " ;\n".join(steps)
