"""Links of a store's entities to Wikidata, written to graphs of their own.

What the machine finds lies in ``<base>graph/links``, what persons judged in ``<base>graph/judgements``, which is made
from the file ``links.sssom.tsv`` in the store's folder. Neither is a readout's: reloading readouts loses no link, and
linking again loses no judgement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from kg.link import Decision, Gazetteer, Subject, decide
from kg.link.sssom import Mapping, by_machine, read_mappings, to_tsv
from kg.load.mappings import mappings_in, triples_of
from kg.store import DocumentWrite, Store
from kg.store.files import atomically
from kg.vocab import BASE

__all__ = ["Judgements", "decisions", "proposals", "relink", "write_judgements", "write_links"]


class Judgements:
    """What persons decided of a store's entities: a file of SSSOM. A later judgement takes the place of an earlier.

    Args:
        path: the file.
        base: what entities' IRIs begin with.
        kept: what a store says that persons judged; it counts where there is no file, as in a backup of the store.
    """

    def __init__(self, path: Path, base: str = BASE, kept: Iterable[Mapping] = ()) -> None:
        self._path, self._base = path, base
        self.mappings = [m for m in (read_mappings(path, base) if path.exists() else kept) if m.by_person]

    @property
    def confirmed(self) -> set[str]:
        """Entities of which a person said what they are."""
        return {mapping.subject_id for mapping in self.mappings if mapping.confirmed}

    def rejected(self, entity: str) -> frozenset[str]:
        """Return the items that a person said an entity is not."""
        return frozenset(m.object_id for m in self.mappings if m.subject_id == entity and not m.confirmed)

    def add(self, new: Iterable[Mapping]) -> None:
        """Take judgements in, and write the file."""
        for mapping in new:
            self.mappings = [
                old
                for old in self.mappings
                if old.subject_id != mapping.subject_id
                or (old.object_id != mapping.object_id and not (old.confirmed and mapping.confirmed))
            ]
            self.mappings.append(mapping)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with atomically(self._path) as file:
            file.write(to_tsv(self.mappings, self._base, "judgements").encode())


def decisions(found: Iterable[Subject], gazetteer: Gazetteer, judgements: Judgements) -> Iterator[Decision]:
    """Yield a decision for each entity that no person has judged, and never an item that a person ruled out."""
    confirmed = judgements.confirmed
    for subject in found:
        if subject.id not in confirmed:
            rejected = judgements.rejected(subject.id)
            yield decide(subject, replaced(gazetteer, rejected) if rejected else gazetteer)


def replaced(gazetteer: Gazetteer, without: frozenset[str]) -> Gazetteer:
    """Return the gazetteer without some entries."""
    return Gazetteer(gazetteer.indexes, gazetteer.lexicon, gazetteer.without | without)


def proposals(decided: Iterable[Decision]) -> Iterator[Mapping]:
    """Yield what the machine asserts: an exact match where it accepts, a close one where a person is to look."""
    for decision in decided:
        if best := decision.best:
            yield by_machine(
                subject_id=decision.subject.id,
                subject_label=decision.subject.name,
                predicate_id="skos:exactMatch" if decision.band == "accept" else "skos:closeMatch",
                object_id=best.entry.qid,
                object_label=best.entry.label,
                confidence=str(min(round(best.confidence, 3), 0.999)),  # no machine is certain
                comment=decision.reason,
            )


def write_links(store: Store, mappings: Iterable[Mapping], base: str = BASE) -> int:
    """Put what the machine asserts in the place of what it asserted before; return how many statements that is."""
    return _write(store, mappings, base, "links")


def write_judgements(store: Store, judgements: Judgements, base: str = BASE) -> int:
    """Put what persons judged into the store, and return how many statements that is."""
    return _write(store, judgements.mappings, base, "judgements")


def relink(
    store: Store, gazetteer: Gazetteer, judgements: Judgements, found: Sequence[Subject], base: str = BASE
) -> None:
    """Decide these entities anew, and leave what is asserted of all others.

    Persons' judgements are written first: what follows from one never comes before it.
    """
    ids = {subject.id for subject in found}
    kept = [mapping for mapping in mappings_in(store, base, "links") if mapping.subject_id not in ids]
    write_judgements(store, judgements, base)
    write_links(store, [*kept, *proposals(decisions(found, gazetteer, judgements))], base)


def _write(store: Store, mappings: Iterable[Mapping], base: str, name: str) -> int:
    listed = sorted(set(mappings), key=lambda mapping: (mapping.subject_id, mapping.object_id))
    graph = f"{base}graph/{name}"
    digest = sha256(to_tsv(listed, base, name).encode()).hexdigest()
    triples = [triple for mapping in listed for triple in triples_of(mapping, base, name)]
    if not triples:
        store.delete([graph])
        return 0
    write = DocumentWrite.of(graph, triples, sha256=digest, converter="kg link", source=name, id=name)
    if (old := store.journal().get(graph)) is None or old.key != write.key:
        store.put([write])
    return write.quads
