"""Changes of documents as texts of updates, in steps that can be done again from any point where they were cut off.

Where a request is no transaction, a cut leaves the journal without the document (when it was being written) or with it
(when it was being deleted), the merge done before the graph: doing the same once more ends in the right state.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import NamedNode

from kg.store.document import JOURNAL, DocumentWrite
from kg.store.journal import FIELDS, journal_lines
from kg.store.remote.layout import Layout

__all__ = ["batches", "portions", "putting", "removing", "update"]

_STATEMENTS = 2000
"""Statements in one INSERT DATA. Virtuoso's parser gives up at some 5000."""
_DOCUMENTS = 50
_BYTES = 1 << 20


def batches(writes: Iterable[DocumentWrite]) -> Iterator[list[DocumentWrite]]:
    """Yield *writes* in portions that are fit for one request: some documents, none twice, or one large one."""
    batch: list[DocumentWrite] = []
    size = 0
    for write in writes:
        full = len(batch) >= _DOCUMENTS or size + len(write.triples) > _BYTES
        if batch and (full or any(write.graph == each.graph for each in batch)):
            yield batch
            batch, size = [], 0
        batch.append(write)
        size += len(write.triples)
    if batch:
        yield batch


def portions(graphs: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield *graphs* in portions whose deletion is fit for one request."""
    for begin in range(0, len(graphs), _DOCUMENTS):
        yield graphs[begin : begin + _DOCUMENTS]


def putting(layout: Layout, write: DocumentWrite, revision: int, *, fresh: bool) -> Iterator[str]:
    """Yield the steps that put a document in the place of the one with its graph; it is *fresh* if there is none."""
    graph = NamedNode(write.graph)
    if not fresh:
        yield f"DELETE WHERE {{ GRAPH {JOURNAL} {{ {graph} ?p ?o }} }}"
        yield from _orphans(layout, graph)
    if layout.kind != "union":
        yield from (f"INSERT DATA {{ {layout.merge(part)} }}" for part in _parts(write.triples))
    if not fresh:
        yield f"DROP SILENT GRAPH {graph}"
    yield from (f"INSERT DATA {{ GRAPH {graph} {{ {part} }} }}" for part in _parts(write.triples))
    yield f"INSERT DATA {{ GRAPH {JOURNAL} {{ {' . '.join(journal_lines(write.document(revision)))} }} }}"


def removing(layout: Layout, name: str) -> Iterator[str]:
    """Yield the steps that delete a document."""
    graph = NamedNode(name)
    yield from _orphans(layout, graph)
    yield f"DROP SILENT GRAPH {graph}"
    yield f"DELETE WHERE {{ GRAPH {JOURNAL} {{ {graph} ?p ?o }} }}"


def update(steps: Iterable[str]) -> str:
    """Return one request of *steps*."""
    return " ;\n".join(steps)


def _orphans(layout: Layout, graph: NamedNode) -> Iterator[str]:
    """Yield the step that takes out of the merge what no other document states."""
    if layout.kind != "union":
        merge = layout.merge("?s ?p ?o")
        is_document = f"EXISTS {{ GRAPH {JOURNAL} {{ ?other <{FIELDS}key> ?key }} }}"  # as a join, Oxigraph is slow
        yield (
            f"DELETE {{ {merge} }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }}"
            f" FILTER NOT EXISTS {{ GRAPH ?other {{ ?s ?p ?o }} FILTER (?other != {graph} && {is_document}) }} }}"
        )


def _parts(triples: str) -> Iterator[str]:
    lines = triples.removesuffix("\n").split("\n") if triples else []
    for begin in range(0, len(lines), _STATEMENTS):
        yield "\n".join(lines[begin : begin + _STATEMENTS])
