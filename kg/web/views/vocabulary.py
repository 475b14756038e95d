"""The page of the ontology: each class and property with how often it occurs in this store, and an example."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from kg.vocab import PREFIXES
from kg.web.editor import terms
from kg.web.service import service
from kg.web.views.asking import ask, sparql
from kg.web.views.frame import Alternate, Page, list_page
from kg.web.views.thing import Ref, address

__all__ = ["Term", "gather"]

CLASSES = "SELECT ?class (COUNT(?s) AS ?number) (SAMPLE(?s) AS ?example) WHERE { ?s a ?class } GROUP BY ?class"
_PROPERTIES = (
    "SELECT ?property (COUNT(*) AS ?number) (SAMPLE(?s) AS ?example) WHERE { ?s ?property ?o } GROUP BY ?property"
)
_INDIVIDUALS = """
SELECT ?value (COUNT(?s) AS ?number) (SAMPLE(?s) AS ?example) WHERE {
  VALUES ?property {
    readout:kind readout:mode readout:status readout:act readout:role readout:tenure
  }
  ?s ?property ?value
} GROUP BY ?value"""
_LABELS = (
    "SELECT ?thing (MIN(?name) AS ?label) WHERE { VALUES ?thing { $things } ?thing rdfs:label ?name } GROUP BY ?thing"
)
_LISTS = {
    "kind": "Kinds of encounters",
    "mode": "Modes",
    "status": "States",
    "act": "Acts of speech",
    "role": "Roles",
    "tenure": "Ways of holding a post",
}


@dataclass(frozen=True, slots=True)
class Term:
    """A term with its meaning, how often it occurs in the store, and a thing there that it is used of."""

    name: str
    iri: str
    label: str
    meaning: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    number: int
    example: Ref | None

    @property
    def anchor(self) -> str:
        """The id of its entry on the page."""
        return (address(self.iri) or "").partition("#")[2]


def gather() -> Mapping[str, Any]:
    """Return what the template ``ontology.html`` shows."""
    found = _counted()
    known = [_term(each, found) for each in terms()]
    own = [term for term in known if service().is_vocabulary(term.iri)]
    others = [term for term in known if not service().is_vocabulary(term.iri) and term.number]
    return {
        "page": _frame(),
        "classes": [term for term in own if "#" in term.iri and _local(term)[0].isupper()],
        "properties": [term for term in own if "#" in term.iri and _local(term)[0].islower()],
        "lists": [
            (heading, [term for term in own if term.iri.startswith(PREFIXES[name])]) for name, heading in _LISTS.items()
        ],
        "others": sorted(others, key=lambda term: term.name),
    }


def _local(term: Term) -> str:
    return term.name.partition(":")[2]


def _counted() -> Mapping[str, tuple[int, Ref]]:
    """Return for each class, property and value how often it occurs, and an example."""
    rows = [row for query in (CLASSES, _PROPERTIES, _INDIVIDUALS) for row in ask(query)]
    examples = {example for _, _, example in rows if address(example)}
    labels = {row[0]: row[1] for row in ask(_LABELS, things=sorted(examples))} if examples else {}
    return {iri: (int(number), Ref.of(example, labels.get(example, ""))) for iri, number, example in rows}


def _term(each: Mapping[str, Any], found: Mapping[str, tuple[int, Ref]]) -> Term:
    number, example = found.get(each["iri"], (0, None))
    return Term(
        name=each["name"],
        iri=each["iri"],
        label=each.get("label", ""),
        meaning=each.get("meaning", ""),
        domain=tuple(each.get("domain", ())),
        range=tuple(each.get("range", ())),
        number=number,
        example=example if example and example.href else None,
    )


def _frame() -> Page:
    description = "Classes, properties and closed lists of the data, each with how often it occurs and an example."
    frame = list_page("Ontology", description, sparql(CLASSES))
    files = (
        ("Turtle", "text/turtle", "readouts.ttl"),
        ("SHACL shapes", "text/turtle", "shapes.ttl"),
        ("JSON-LD context", "application/ld+json", "context.jsonld"),
    )
    alternates = [Alternate(label, kind, url_for("linked.ontology_file", name=name)) for label, kind, name in files]
    return replace(frame, alternates=alternates)
