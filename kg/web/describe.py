"""What the store says of one thing: its own statements, and the facts about it, each with the sentence it came from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pyoxigraph as ox

from kg.store import Term
from kg.text import sentences
from kg.vocab import DCTERMS, NIF, PREFIXES, PROV, RDF, RDFS, READOUT, SCHEMA
from kg.web.results import Cell, cell
from kg.web.service import Service

__all__ = ["Description", "Fact", "Property", "Quote", "construct", "describe", "exists"]

FACTS = 200
"""How many facts a page shows."""
_TRIPLES = 20_000
_SILENT = {
    *(RDF.type, RDFS.label, PROV.wasDerivedFrom),
    *(READOUT.rule, READOUT.confidence, READOUT.number, READOUT.participation, READOUT.quote, READOUT.joint),
}
"""What a fact's list leaves out: it is shown in another way, or is about the machine."""
_HEADING: dict[Term, str] = {
    READOUT.Meeting: "Encounters",
    READOUT.Participation: "Part in encounters",
    READOUT.Holding: "Posts",
    READOUT.Statement: "Statements",
}


@dataclass(frozen=True, slots=True)
class Property:
    """A property and its values, as a page shows them."""

    name: Cell
    values: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """The sentence of a readout that says so: before, the phrase itself, after; and the readout."""

    before: str
    phrase: str
    after: str
    document: Cell


@dataclass(slots=True)
class Fact:
    """A node that says something and knows from where: a participation, a post held, a statement, an encounter."""

    node: Cell
    label: Cell | None
    properties: list[Property] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Description:
    """A thing: `label` names it, `kind` is its class, `quotes` are what it was read from itself.

    `facts` are grouped by heading, `more` tells that there are others; `text` has the paragraphs of a readout.
    """

    iri: str
    label: str
    kind: Cell
    properties: tuple[Property, ...]
    quotes: tuple[Quote, ...]
    facts: dict[str, list[Fact]]
    text: tuple[str, ...]
    more: bool


_PREFIXES = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("itsrdf", "nif", "prov", "rdfs", "readout"))
_DATA = """
CONSTRUCT { ?s ?p ?o . ?s rdfs:label ?own . ?o rdfs:label ?label }
WHERE {
  { SELECT ?s ?p ?o WHERE {
    { VALUES ?s { $node } ?s ?p ?o } UNION { VALUES ?o { $node } ?s ?p ?o FILTER(?p != itsrdf:taIdentRef) }
  } LIMIT $limit }
  OPTIONAL { ?s rdfs:label ?own } OPTIONAL { ?o rdfs:label ?label }
}"""
_OWN = """
SELECT ?s ?p ?o (MIN(?l) AS ?label) WHERE {
  VALUES ?s { $node } ?s ?p ?o OPTIONAL { ?o rdfs:label ?l }
} GROUP BY ?s ?p ?o"""
_FACT = """
SELECT DISTINCT ?fact WHERE {
  { ?fact ?any $node } UNION { VALUES ?fact { $node } } UNION { $node readout:participation ?fact }
  UNION { ?phrase nif:referenceContext $node . ?fact prov:wasDerivedFrom ?phrase }
  ?fact prov:wasDerivedFrom ?evidence
} ORDER BY ?fact LIMIT $limit"""
_ABOUT = (
    "SELECT ?fact ?p ?o (MIN(?l) AS ?label) WHERE { {"
    + _FACT
    + """}
  { ?fact ?p ?o } UNION { ?o readout:participation ?fact BIND(readout:meeting AS ?p) }
  OPTIONAL { ?o rdfs:label ?l }
} GROUP BY ?fact ?p ?o ORDER BY ?fact"""
)
_EVIDENCE = (
    "SELECT ?fact ?document (MIN(?l) AS ?title) ?begin ?end WHERE { {"
    + _FACT
    + """}
  ?fact prov:wasDerivedFrom ?phrase .
  ?phrase nif:referenceContext ?document ; nif:beginIndex ?begin ; nif:endIndex ?end .
  ?document rdfs:label ?l
} GROUP BY ?fact ?document ?begin ?end ORDER BY ?fact ?document ?begin"""
)
_TEXT = "SELECT ?text WHERE { $node nif:isString ?text }"


def exists(data: Service, iri: str) -> bool:
    """Tell whether the store says anything of *iri*."""
    return any(_rows(data, "SELECT ?p WHERE { $node ?p ?o } LIMIT 1", iri))


def construct(iri: str) -> str:
    """Return the query for the data of *iri*: its statements, those about it but mentions in texts, and labels."""
    return _query(_DATA, iri, _TRIPLES)


def describe(data: Service, iri: str) -> Description | None:
    """Gather what a page says of *iri*; None if the store says nothing."""
    own = _Properties(data, _rows(data, _OWN, iri))
    if not own.of(iri):
        return None
    facts, more = _facts(data, iri)
    itself = next((fact for group in facts.values() for fact in group if fact.node.iri == iri), None)
    labels = own.values(iri, RDFS.label)
    kinds = own.values(iri, RDF.type)
    text = own.values(iri, NIF.isString)
    hidden = {RDF.type, NIF.isString, RDFS.label, PROV.wasDerivedFrom, READOUT.participation, DCTERMS.title}
    return Description(
        iri=iri,
        label=labels[0].text if labels else data.short(iri),
        kind=next((kind for kind in kinds if kind.iri.startswith(READOUT.iri)), kinds[0] if kinds else Cell("")),
        properties=tuple(own.listed(iri, hidden - ({DCTERMS.title} if not labels else set()))),
        quotes=tuple(itself.quotes) if itself else (),
        facts={heading: rest for heading, group in facts.items() if (rest := [f for f in group if f is not itself])},
        text=tuple(text[0].text.split("\n\n")) if text else (),
        more=more,
    )


def _facts(data: Service, iri: str) -> tuple[dict[str, list[Fact]], bool]:
    """Return the facts by heading, and whether there are more than are shown."""
    found = _Properties(data, _rows(data, _ABOUT, iri))
    quotes = _quotes(data, iri)
    groups: dict[str, list[Fact]] = defaultdict(list)
    latest = sorted(list(found.subjects)[:FACTS], key=lambda node: found.text(node, SCHEMA.startDate), reverse=True)
    for node in latest:
        classes = found.terms(node, RDF.type)
        if READOUT.Post in classes and node != iri:
            continue  # who holds it says so already
        heading = next((_HEADING[term] for term in classes if term in _HEADING), "Facts")
        groups[heading].append(_fact(data, iri, node, found, quotes.get(node, [])))
    order = [*_HEADING.values(), "Facts"]
    return dict(sorted(groups.items(), key=lambda group: order.index(group[0]))), len(found.subjects) > FACTS


def _fact(data: Service, iri: str, node: str, found: _Properties, quotes: list[Quote]) -> Fact:
    """Return one fact about *iri*, without what the page says already."""
    properties = [item for item in found.listed(node, _SILENT) if [value.iri for value in item.values] != [iri]]
    address = cell(ox.NamedNode(node), data)
    labels = found.values(node, RDFS.label)
    label = replace(address, text=labels[0].text) if labels else None
    return Fact(address, label, properties, list(dict.fromkeys(quotes)))


def _quotes(data: Service, iri: str) -> dict[str, list[Quote]]:
    """Return the sentences behind each fact about *iri*."""
    quotes: dict[str, list[Quote]] = defaultdict(list)
    texts: dict[str, str] = {}
    for fact, document, title, begin, end in _rows(data, _EVIDENCE, iri):
        if document.value not in texts:
            texts[document.value] = next(_rows(data, _TEXT, document.value))[0].value
        source = cell(document, data)
        named = Cell(title.value, source.href, source.inside)
        quotes[fact.value].append(_quote(texts[document.value], int(begin.value), int(end.value), named))
    return quotes


def _quote(text: str, begin: int, end: int, document: Cell) -> Quote:
    """Cut the sentence around a phrase out of *text*."""
    around = [span for span in sentences(text) if span.start < end and begin < span.end]
    first, last = (around[0].start, around[-1].end) if around else (begin, end)
    return Quote(text[min(first, begin) : begin], text[begin:end], text[end : max(last, end)], document)


def _query(text: str, iri: str, limit: int = FACTS + 1) -> str:
    """Put *iri* into one of the queries above; `NamedNode` refuses what could end it."""
    return _PREFIXES + text.replace("$node", str(ox.NamedNode(iri))).replace("$limit", str(limit))


def _rows(data: Service, text: str, iri: str) -> Iterator[tuple[Any, ...]]:
    return data.rows(_query(text, iri))


class _Properties:
    """Rows of (subject, property, value, label of the value), kept by subject."""

    def __init__(self, data: Service, rows: Iterator[tuple[Any, ...]]) -> None:
        self._data = data
        self.subjects: dict[str, dict[ox.NamedNode, dict[Term, str]]] = {}
        for subject, name, value, label in rows:
            values = self.subjects.setdefault(subject.value, {}).setdefault(name, {})
            values[value] = label.value if label is not None else values.get(value, "")

    def of(self, subject: str) -> dict[ox.NamedNode, dict[Term, str]]:
        return self.subjects.get(subject, {})

    def terms(self, subject: str, name: ox.NamedNode) -> list[Term]:
        return list(self.of(subject).get(name, ()))

    def values(self, subject: str, name: ox.NamedNode) -> tuple[Cell, ...]:
        return tuple(self._cell(value, label) for value, label in self.of(subject).get(name, {}).items())

    def text(self, subject: str, name: ox.NamedNode) -> str:
        """Return the first value as text, or nothing."""
        return next((value.text for value in self.values(subject, name)), "")

    def listed(self, subject: str, hidden: set[ox.NamedNode]) -> list[Property]:
        names = [name for name in self.of(subject) if name not in hidden]
        return [Property(cell(name, self._data), self.values(subject, name)) for name in sorted(names, key=str)]

    def _cell(self, value: Term, label: str) -> Cell:
        plain = cell(value, self._data)
        return Cell(label, plain.href, plain.inside, iri=plain.iri) if label else plain
