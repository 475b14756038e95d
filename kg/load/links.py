"""Links of a store's entities to Wikidata: gathered from what its readouts say, written to graphs of their own.

What the machine finds lies in ``<base>graph/links``, what persons judged in ``<base>graph/judgements``, which is made
from the file ``links.sssom.tsv`` in the store's folder. Neither is a readout's: reloading readouts loses no link, and
linking again loses no judgement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Table
from hashlib import sha256
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from kg.link import Decision, Facts, Gazetteer, Office, Subject, Thing, decide, pooled, subjects
from kg.link.rows import day
from kg.link.sssom import Mapping, by_machine, read_mappings, to_tsv
from kg.model import Tenure
from kg.store import DocumentWrite, Store
from kg.store.files import atomically
from kg.text import sentences
from kg.vocab import BASE, DCTERMS, OWL, PREFIXES, RDF, RDFS, READOUT, SCHEMA, SEMAPV, SKOS, SSSOM, WIKIDATA, XSD

__all__ = ["Judgements", "decisions", "entities", "proposals", "sentence", "write_judgements", "write_links"]

_KINDS = {
    READOUT.Official: "person",
    READOUT.Person: "person",
    READOUT.Agency: "organisation",
    READOUT.Organization: "organisation",
    READOUT.Country: "place",
    READOUT.Place: "place",
    SCHEMA.Country: "place",
    READOUT.Initiative: "initiative",
    READOUT.Event: "initiative",
}
_COUNTRIES = {READOUT.Country, SCHEMA.Country}
_DOCUMENTS = "?x a readout:Readout OPTIONAL { ?x dcterms:issued ?a }"
_DAYS = "?x a readout:Meeting ; readout:status status:held ; schema:startDate ?a"
_THINGS = "?x a ?a ; rdfs:label ?b OPTIONAL { ?x readout:within|readout:country ?c }"
_ALIASES = "?x skos:altLabel ?a"
_OFFICES = """?h a readout:Holding ; org:member ?x ; readout:post ?post ; readout:tenure ?c .
    ?post rdfs:label ?a OPTIONAL { ?post org:postIn ?b }"""
_SIDES = "?h a readout:Participation ; readout:person ?x ; readout:side ?b"
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
        with atomically(self._path) as file:
            file.write(to_tsv(self.mappings, self._base, "judgements").encode())


def entities(store: Store, gazetteer: Gazetteer, base: str = BASE) -> list[Subject]:
    """Return the entities of all readouts of a store, each once, with all that they say of it."""
    found = (subject for facts in _facts(store, base) for subject in subjects(facts, gazetteer.lexicon))
    return list(pooled(found))


def _facts(store: Store, base: str) -> Iterator[Facts]:
    documents, days = _rows(store, _DOCUMENTS), _rows(store, _DAYS)
    things, aliases = _rows(store, _THINGS), _rows(store, _ALIASES)
    offices, sides = _rows(store, _OFFICES), _rows(store, _SIDES)
    for graph, ((document, issued, *_), *_) in documents.items():
        names: defaultdict[str, list[str]] = defaultdict(list)
        for entity, alias, *_ in aliases.get(graph, ()):
            names[entity.value].append(alias.value)
        yield Facts(
            document.value.removeprefix(f"{base}document/"),
            day(issued.value) if issued else None,
            tuple(value.value for _, value, *_ in days.get(graph, ())),
            tuple(_thing(row, names, base) for row in things.get(graph, ()) if row[1] in _KINDS),
            tuple(
                Office(
                    _id(person, base),
                    title.value if title else "",
                    _id(owner, base) if owner else None,
                    cast(Tenure, tenure.value.rsplit("/", 1)[-1]) if tenure else "current",
                )
                for person, title, owner, tenure in (*offices.get(graph, ()), *sides.get(graph, ()))
            ),
        )


def _rows(store: Store, pattern: str) -> Table[str, list[tuple[Any, ...]]]:
    """Return the solutions of a pattern (?x ?a ?b ?c) by graph, in a fixed order."""
    prefixes = {name: PREFIXES[name] for name in ("dcterms", "org", "rdfs", "readout", "schema", "skos", "status")}
    query = f"SELECT DISTINCT ?g ?x ?a ?b ?c WHERE {{ GRAPH ?g {{ {pattern} }} }} ORDER BY ?g ?x ?a ?b ?c"
    found: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for graph, *values in store.query(query, prefixes=prefixes).rows():
        found[cast(NamedNode, graph).value].append(tuple(values))
    return found


def _thing(row: tuple[Any, ...], names: Table[str, list[str]], base: str) -> Thing:
    node, kind, label, owner = row
    return Thing(
        _id(node, base),
        cast(Any, _KINDS[kind]),
        label.value,
        tuple(names.get(node.value, ())),
        kind in _COUNTRIES,
        _id(owner, base) if owner else None,
    )


def _id(node: NamedNode, base: str) -> str:
    return node.value.removeprefix(base)


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


_SAID = """SELECT ?text ?begin ?end WHERE { ?phrase itsrdf:taIdentRef <$> ; nif:beginIndex ?begin ; nif:endIndex ?end ;
    nif:referenceContext/nif:isString ?text } ORDER BY ?phrase LIMIT 1"""


def sentence(store: Store, iri: str) -> str:
    """Return the sentence of a readout that names an entity, or nothing where it is known by its office alone."""
    prefixes = {name: PREFIXES[name] for name in ("itsrdf", "nif")}
    for row in store.query(_SAID.replace("$", NamedNode(iri).value), prefixes=prefixes).rows():
        text, begin, end = (cast(Literal, value).value for value in row)
        around = [span for span in sentences(text) if span.start <= int(begin) and int(end) <= span.end]
        return around[0].of(text) if around else text[int(begin) : int(end)]
    return ""
