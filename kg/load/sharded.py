"""Shards read back: documents with their statements, and for a store what of them is new to it."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Mapping
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from kg.errors import MissingExtra, StoreError, Unreadable
from kg.load.convert import Converted, Outcome, SetAside, Unchanged, problem
from kg.load.manifest import Layout, Shard, digest
from kg.load.packing import opened
from kg.store import Document, DocumentWrite

__all__ = ["documents_of", "shard_outcomes", "writes_of"]


def documents_of(layout: Layout, shard: Shard) -> Iterator[dict[str, Any]]:
    """Yield what the list of a shard's documents says of each, in the order of the shard."""
    with opened(layout.documents(shard.number, shard.making.packing)) as file:
        yield from map(json.loads, file)


def writes_of(layout: Layout, shard: Shard) -> Iterator[DocumentWrite]:
    """Yield the documents of a shard, with their statements. Nothing is parsed here that the engine parses anyway.

    Raises:
        Unreadable: the shard is not what its list of documents says.
        OSError, EOFError: it can't be read.
    """
    with opened(layout.shard(shard.number, shard.making.packing)) as file:
        for document in documents_of(layout, shard):
            end = f" <{document['graph']}> .\n"
            quads = "".join(islice(file, document["quads"]))
            if quads.count(end) != document["quads"]:
                raise Unreadable(f"the statements of {document['graph']} are not where its list says")
            yield DocumentWrite(triples=quads.replace(end, " .\n"), **document)
        if file.read(1):
            raise Unreadable("it has more statements than its list says")


def shard_outcomes(
    folder: Path, known: Mapping[str, Document], *, force: bool = False
) -> Generator[Outcome, None, None]:
    """Yield the documents of a folder of shards; those that the store has from equal bytes are unchanged.

    A shard all of whose documents are there is not read; one whose bytes are not those of the manifest is set aside.

    Args:
        folder: where `kg convert` has written them.
        known: the store's journal.
        force: take what is unchanged too.

    Raises:
        StoreError: the conversion did not come to its end, or the manifest is damaged.
    """
    layout = Layout(folder)
    for shard in layout.shards():
        try:
            yield from _outcomes(layout, shard, {} if force else known)
        except (StoreError, MissingExtra, Unreadable, OSError, EOFError, ValueError, KeyError, TypeError) as error:
            fault = error if isinstance(error, MissingExtra) else Unreadable(f"{error}: remove it, and convert again")
            yield SetAside(problem(str(layout.shard(shard.number, shard.making.packing)), fault))


def _outcomes(layout: Layout, shard: Shard, known: Mapping[str, Document]) -> Iterator[Outcome]:
    for file in shard.files:
        if digest(layout.folder / file.path) != file.sha256:
            raise Unreadable(f"{file.path} is not what the manifest says of it")
    listed = list(documents_of(layout, shard))
    if all(_is_known(document["graph"], document["key"], known) for document in listed):
        for (_, source), files in groupby(listed, lambda each: (each["key"], each["source"])):
            yield Unchanged(source, tuple(file["graph"] for file in files))
        return
    for (key, source), group in groupby(writes_of(layout, shard), lambda write: (write.key, write.source)):
        writes = tuple(group)
        graphs = tuple(write.graph for write in writes)
        if all(_is_known(graph, key, known) for graph in graphs):
            yield Unchanged(source, graphs)
        else:
            yield Converted(source, writes)


def _is_known(graph: str, key: str, known: Mapping[str, Document]) -> bool:
    return graph in known and known[graph].key == key
