"""The page of a thing that has no page of its own kind: its statements, and the facts about it with their sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pyoxigraph as ox

from kg.model import Span
from kg.store import Term
from kg.text import sentences
from kg.vocab import DCTERMS, NIF, PREFIXES, PROV, RDF, RDFS, READOUT
from kg.web.results import Cell, cell
from kg.web.service import Service, service
from kg.web.views.thing import Thing

__all__ = ["TABLE", "Description", "Fact", "Property", "Quote", "describe", "gather"]

SHOWN = 50
"""How many facts of each kind a page shows."""
_LIMIT = 20_000
"""How many statements a file has, and among how many facts a page looks for the latest."""
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


_PREFIXES = "".join(
    f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("itsrdf", "nif", "prov", "rdfs", "readout", "schema")
)
_OWN = """
SELECT ?s ?p ?o (MIN(?l) AS ?label) WHERE {
  VALUES ?s { $node } ?s ?p ?o OPTIONAL { ?o rdfs:label ?l }
} GROUP BY ?s ?p ?o"""
_WAYS = (
    "?fact ?any $node",
    "VALUES ?fact { $node }",
    "$node readout:participation ?fact",
    "?phrase nif:referenceContext $node",
)
"""How a fact can involve a thing. Each is a query of its own: the engine plans their union three times slower."""
_INVOLVED = """
SELECT DISTINCT ?fact ?class ?date WHERE {
  $way . ?fact prov:wasDerivedFrom ?phrase ; a ?class OPTIONAL { ?fact schema:startDate ?date }
} ORDER BY DESC(STR(?date)) DESC(?fact) LIMIT $limit"""
_ABOUT = """
SELECT ?fact ?p ?o (MIN(?l) AS ?label) WHERE {
  VALUES ?fact { $node }
  { ?fact ?p ?o } UNION { ?o readout:participation ?fact BIND(readout:meeting AS ?p) }
  OPTIONAL { ?o rdfs:label ?l }
} GROUP BY ?fact ?p ?o ORDER BY ?fact"""
_EVIDENCE = """
SELECT ?fact ?document (MIN(?l) AS ?title) ?begin ?end WHERE {
  VALUES ?fact { $node }
  ?fact prov:wasDerivedFrom ?phrase .
  ?phrase nif:referenceContext ?document ; nif:beginIndex ?begin ; nif:endIndex ?end .
  ?document rdfs:label ?l
} GROUP BY ?fact ?document ?begin ?end ORDER BY ?fact ?document ?begin"""
_TEXTS = "SELECT ?document ?text WHERE { VALUES ?document { $node } ?document nif:isString ?text }"


TABLE = """
SELECT ?property ?value (MIN(?name) AS ?label) WHERE {
  $thing ?property ?value OPTIONAL { ?value rdfs:label ?name }
} GROUP BY ?property ?value ORDER BY ?property ?value"""
"""The statements of a thing, as rows to take away."""


def gather(thing: Thing) -> Mapping[str, Any]:
    """Return what the template ``other.html`` shows of a thing."""
    return {"described": describe(service(), thing.iri)}


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
    """Return the facts by heading, the latest first, and whether there are more than are shown."""
    involved = [row for way in _WAYS for row in _rows(data, _INVOLVED.replace("$way", way), iri)]
    chosen: dict[str, list[str]] = {heading: [] for heading in _HEADING.values()}
    for fact, kind, _ in dict.fromkeys(involved):
        if kind in _HEADING:
            chosen[_HEADING[kind]].append(fact.value)
        elif fact.value == iri:
            chosen["Itself"] = [iri]
    nodes = [node for group in chosen.values() for node in group[:SHOWN]]
    found = _Properties(data, _rows(data, _ABOUT, *nodes))
    quotes = _quotes(data, nodes)
    facts = {
        heading: [_fact(data, iri, node, found, quotes.get(node, [])) for node in group[:SHOWN]]
        for heading, group in chosen.items()
        if group
    }
    return facts, len(involved) >= _LIMIT or any(len(group) > SHOWN for group in chosen.values())


def _fact(data: Service, iri: str, node: str, found: _Properties, quotes: list[Quote]) -> Fact:
    """Return one fact about *iri*, without what the page says already."""
    properties = [item for item in found.listed(node, _SILENT) if [value.iri for value in item.values] != [iri]]
    address = cell(ox.NamedNode(node), data)
    labels = found.values(node, RDFS.label)
    label = replace(address, text=labels[0].text) if labels else None
    return Fact(address, label, properties, list(dict.fromkeys(quotes)))


def _quotes(data: Service, facts: list[str]) -> dict[str, list[Quote]]:
    """Return the sentences behind each of *facts*."""
    evidence = list(_rows(data, _EVIDENCE, *facts))
    documents = list(dict.fromkeys(document.value for _, document, *_ in evidence))
    texts = {document.value: (text.value, sentences(text.value)) for document, text in _rows(data, _TEXTS, *documents)}
    quotes: dict[str, list[Quote]] = defaultdict(list)
    for fact, document, title, begin, end in evidence:
        source = cell(document, data)
        named = Cell(title.value, source.href, source.inside)
        quotes[fact.value].append(_quote(*texts[document.value], int(begin.value), int(end.value), named))
    return quotes


def _quote(text: str, spans: Sequence[Span], begin: int, end: int, document: Cell) -> Quote:
    """Cut the sentence around a phrase out of *text*, whose sentences are *spans*."""
    around = [span for span in spans if span.start < end and begin < span.end]
    first, last = (around[0].start, around[-1].end) if around else (begin, end)
    return Quote(text[min(first, begin) : begin], text[begin:end], text[end : max(last, end)], document)


def _query(text: str, *iris: str) -> str:
    """Put *iris* into one of the queries above; `NamedNode` refuses what could end one."""
    nodes = " ".join(str(ox.NamedNode(iri)) for iri in iris)
    return _PREFIXES + text.replace("$node", nodes).replace("$limit", str(_LIMIT))


def _rows(data: Service, text: str, *iris: str) -> Iterator[tuple[Any, ...]]:
    return data.rows(_query(text, *iris)) if iris else iter(())


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

    def listed(self, subject: str, hidden: set[ox.NamedNode]) -> list[Property]:
        names = [name for name in self.of(subject) if name not in hidden]
        return [Property(cell(name, self._data), self.values(subject, name)) for name in sorted(names, key=str)]

    def _cell(self, value: Term, label: str) -> Cell:
        plain = cell(value, self._data)
        return Cell(label, plain.href, plain.inside, iri=plain.iri) if label else plain
