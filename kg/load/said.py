"""What the readouts of a store say of the entities that they name: who is who, and in which words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any, cast

from pyoxigraph import Literal, NamedNode

from kg.link import Facts, Gazetteer, Office, Subject, Thing, pooled, subjects
from kg.link.rows import day
from kg.model import Tenure
from kg.store import Store
from kg.text import sentences
from kg.vocab import BASE, PREFIXES, READOUT, SCHEMA

__all__ = ["entities", "sentences_about"]

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
_PREFIXES = {
    name: PREFIXES[name] for name in ("dcterms", "itsrdf", "nif", "org", "rdfs", "readout", "schema", "skos", "status")
}


def entities(
    store: Store, gazetteer: Gazetteer, base: str = BASE, only: Collection[str] | None = None
) -> list[Subject]:
    """Return the entities of all readouts of a store, or those of them with the ids *only*.

    Each comes once, with all that all readouts say of it; others are read no further than that needs.
    """
    where = "" if only is None else _naming(store, base, only)
    found = (subject for facts in _facts(store, base, where) for subject in subjects(facts, gazetteer.lexicon))
    return list(pooled(subject for subject in found if only is None or subject.id in only))


def _naming(store: Store, base: str, ids: Collection[str]) -> str:
    """Return the clause that keeps a query to the graphs that name one of these entities."""
    nodes = " ".join(str(NamedNode(base + id)) for id in ids)
    query = f"SELECT DISTINCT ?g WHERE {{ VALUES ?x {{ {nodes} }} GRAPH ?g {{ ?x a ?type }} }}"
    return f"VALUES ?g {{ {' '.join(str(graph) for (graph,) in store.query(query).rows())} }}"


def _facts(store: Store, base: str, where: str) -> Iterator[Facts]:
    documents, days, things, aliases, offices, sides = (
        _rows(store, pattern, where) for pattern in (_DOCUMENTS, _DAYS, _THINGS, _ALIASES, _OFFICES, _SIDES)
    )
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


def _rows(store: Store, pattern: str, where: str) -> Mapping[str, list[tuple[Any, ...]]]:
    """Return the solutions of a pattern (?x ?a ?b ?c) by graph, in a fixed order."""
    query = f"SELECT DISTINCT ?g ?x ?a ?b ?c WHERE {{ {where} GRAPH ?g {{ {pattern} }} }} ORDER BY ?g ?x ?a ?b ?c"
    found: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for graph, *values in store.query(query, prefixes=_PREFIXES).rows():
        found[cast(NamedNode, graph).value].append(tuple(values))
    return found


def _thing(row: tuple[Any, ...], names: Mapping[str, list[str]], base: str) -> Thing:
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


_SAID = """SELECT ?text ?begin ?end WHERE { ?phrase itsrdf:taIdentRef <$> ; nif:beginIndex ?begin ; nif:endIndex ?end ;
    nif:referenceContext/nif:isString ?text } ORDER BY ?phrase"""


def sentences_about(store: Store, iri: str) -> Iterator[str]:
    """Yield the sentences that name an entity, each once; none where it is known by its office alone."""
    seen = set()
    for row in store.query(_SAID.replace("$", NamedNode(iri).value), prefixes=_PREFIXES).rows():
        text, begin, end = (cast(Literal, value).value for value in row)
        around = [span for span in sentences(text) if span.start <= int(begin) and int(end) <= span.end]
        said = around[0].of(text) if around else text[int(begin) : int(end)]
        if said not in seen:
            seen.add(said)
            yield said
