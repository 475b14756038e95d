"""Two documents of one corpus must not have one graph: when all shards are there, the first keeps it.

Within a shard its converter sees to that; across shards nobody can before all are there. What is remembered lies in a
temporary database on the disk, so memory does not grow with the corpus.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from kg.load.claims import Claims, claimed
from kg.load.manifest import Counts, Layout, Shard
from kg.load.packing import written
from kg.load.sharded import documents_of, writes_of
from kg.load.shards import entry, finished, listed
from kg.store.files import atomically

__all__ = ["settled"]

_Doubles: TypeAlias = "dict[tuple[str, str], tuple[str, str]]"
"""Documents, by key and source, whose graph is taken: the graph, and the source of the one that has it."""


def settled(layout: Layout, count: int) -> Iterator[Shard]:
    """Yield the *count* shards that are done, in order, after taking out of each what shards before it have.

    It may be interrupted: a shard that was being rewritten is not done any more, and is converted again.
    """
    with (
        TemporaryDirectory(prefix=".settling-", dir=layout.folder) as folder,
        Claims(str(Path(folder) / "graphs.sqlite")) as claims,
    ):
        for number in range(count):
            shard = layout.found(number)
            assert shard is not None, f"shard {number} has vanished"
            doubles = _doubles(claims, layout, shard)
            yield _without(doubles, layout, shard) if doubles else shard


def _doubles(claims: Claims, layout: Layout, shard: Shard) -> _Doubles:
    """Claim the graphs of a shard; return the documents that come too late."""
    found: _Doubles = {}
    for (key, source), files in groupby(documents_of(layout, shard), lambda each: (each["key"], each["source"])):
        if taken := claims.claim((file["graph"] for file in files), source):
            found[key, source] = taken
    return found


def _without(doubles: Mapping[tuple[str, str], tuple[str, str]], layout: Layout, shard: Shard) -> Shard:
    """Write a shard without some of its documents, which are set aside."""
    number, packing = shard.number, shard.making.packing
    quarantine = layout.quarantine(number)
    before = quarantine.read_bytes() if quarantine.exists() else b""
    layout.done(number).unlink()
    counts = Counts(set_aside=shard.counts.set_aside + len(doubles))
    with (
        written(layout.shard(number, packing), packing) as statements,
        written(layout.documents(number, packing), packing) as documents,
    ):
        for of, group in groupby(writes_of(layout, shard), lambda write: (write.key, write.source)):
            if of not in doubles:
                writes = list(group)
                statements.writelines(write.nquads.encode() for write in writes)
                documents.writelines(map(listed, writes))
                counts += Counts(1, sum(write.quads for write in writes))
    with atomically(quarantine) as file:
        file.write(before)
        file.writelines(entry(claimed(source, graph, first)) for (_, source), (graph, first) in doubles.items())
    return finished(layout, replace(shard, counts=counts, settled=True))
