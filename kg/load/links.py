"""Links of a store's entities to Wikidata, written to graphs of their own.

What the machine finds lies in ``<base>graph/links``, what persons judged in ``<base>graph/judgements``, which is made
from the file ``links.sssom.tsv`` in the store's folder. Neither is a readout's: reloading readouts loses no link, and
linking again loses no judgement.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import cast
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from kg.link import Decision, Gazetteer, Subject, decide
from kg.link.sssom import Mapping, by_machine, read_mappings, to_tsv
from kg.load.said import entities
from kg.store import DocumentWrite, Store
from kg.store.files import atomically
from kg.vocab import BASE, DCTERMS, OWL, PREFIXES, RDF, RDFS, SEMAPV, SKOS, SSSOM, WIKIDATA, XSD

__all__ = ["Judgements", "asserted", "decisions", "proposals", "relink", "write_judgements", "write_links"]

_PREDICATES = {"owl:sameAs": OWL.sameAs, "skos:exactMatch": SKOS.exactMatch, "skos:closeMatch": SKOS.closeMatch}


class Judgements:
    """What persons decided of a store's entities: a file of SSSOM. A later judgement takes the place of an earlier."""

    def __init__(self, path: Path, base: str = BASE) -> None:
        self._path, self._base = path, base
        self.mappings = [m for m in read_mappings(path, base) if m.by_person] if path.exists() else []

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
    store: Store, gazetteer: Gazetteer, judgements: Judgements, ids: Collection[str], base: str = BASE
) -> list[Decision]:
    """Decide the entities with these *ids* anew, and leave what is asserted of all others; return the decisions.

    Persons' judgements are written first, so that a judgement and what follows from it come together.
    """
    decided = list(decisions(entities(store, gazetteer, base, ids), gazetteer, judgements))
    kept = [mapping for mapping in asserted(store, base) if mapping.subject_id not in ids]
    write_judgements(store, judgements, base)
    write_links(store, [*kept, *proposals(decided)], base)
    return decided


_ASSERTED = """SELECT ?subject ?name ?predicate ?target ?label ?confidence ?version ?why WHERE { GRAPH <$> {
    ?m a sssom:Mapping ; owl:annotatedSource ?subject ; owl:annotatedProperty ?predicate ; owl:annotatedTarget ?target ;
      sssom:subject_label ?name ; sssom:object_label ?label ; sssom:confidence ?confidence ;
      sssom:mapping_tool_version ?version ; rdfs:comment ?why } }"""


def asserted(store: Store, base: str = BASE) -> Iterator[Mapping]:
    """Yield what the machine asserts in a store, as it was written."""
    prefixes = {name: PREFIXES[name] for name in ("owl", "rdfs", "sssom")}
    names = {property.value: name for name, property in _PREDICATES.items()}
    for row in store.query(_ASSERTED.replace("$", f"{base}graph/links"), prefixes=prefixes).rows():
        subject, name, predicate, target, label, confidence, version, why = (cast(Literal, term).value for term in row)
        mapping = by_machine(
            subject_id=subject.removeprefix(base),
            subject_label=name,
            predicate_id=names[predicate],
            object_id=target.removeprefix(WIKIDATA),
            object_label=label,
            confidence=confidence,
            comment=why,
        )
        yield replace(mapping, mapping_tool_version=version)


def _write(store: Store, mappings: Iterable[Mapping], base: str, name: str) -> int:
    listed = sorted(set(mappings), key=lambda mapping: (mapping.subject_id, mapping.object_id))
    graph = f"{base}graph/{name}"
    digest = sha256(to_tsv(listed, base, name).encode()).hexdigest()
    triples = [triple for mapping in listed for triple in _triples(mapping, base, name)]
    if not triples:
        store.delete([graph])
        return 0
    write = DocumentWrite.of(graph, triples, sha256=digest, converter="kg link", source=name, id=name)
    if (old := store.journal().get(graph)) is None or old.key != write.key:
        store.put([write])
    return write.quads


def _triples(mapping: Mapping, base: str, name: str) -> Iterator[Triple]:
    """Yield the link itself, unless it is denied, and the mapping that says who asserts it and why (SSSOM in RDF)."""
    known = "://" in mapping.subject_id
    subject = NamedNode(mapping.subject_id if known else base + mapping.subject_id)
    predicate, target = _PREDICATES[mapping.predicate_id], NamedNode(WIKIDATA + mapping.object_id)
    node = NamedNode(f"{base}mapping/{name}/{quote(mapping.subject_id, safe='/-._~')}/{mapping.object_id}")
    if mapping.confirmed:
        yield Triple(subject, predicate, target)
        yield Triple(target, RDFS.label, Literal(mapping.object_label or mapping.object_id))
    else:
        yield Triple(node, SSSOM.predicate_modifier, SSSOM.NegatedPredicate)
    yield Triple(node, RDF.type, SSSOM.Mapping)
    yield Triple(node, RDF.type, OWL.Axiom)
    yield Triple(node, OWL.annotatedSource, subject)
    yield Triple(node, OWL.annotatedProperty, predicate)
    yield Triple(node, OWL.annotatedTarget, target)
    yield Triple(node, SSSOM.mapping_justification, SEMAPV[mapping.mapping_justification.partition(":")[2]])
    for property, value, datatype in (
        (SSSOM.subject_label, mapping.subject_label, XSD.string),
        (SSSOM.object_label, mapping.object_label, XSD.string),
        (SSSOM.confidence, mapping.confidence, XSD.decimal),
        (SSSOM.mapping_tool, mapping.mapping_tool, XSD.string),
        (SSSOM.mapping_tool_version, mapping.mapping_tool_version, XSD.string),
        (SSSOM.author_label, mapping.author_label, XSD.string),
        (DCTERMS.created, mapping.mapping_date, XSD.date),
        (RDFS.comment, mapping.comment, XSD.string),
    ):
        if value:
            yield Triple(node, property, Literal(value, datatype=datatype))
