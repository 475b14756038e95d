"""The terms that the graph is written in, as closed namespaces: a misspelt term raises `AttributeError`.

`readout:` is defined by ``ontology/readouts.ttl``, which a test holds against this module. The others are established
vocabularies, of which only the terms that we use are listed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode

__all__ = [
    "ACT",
    "BASE",
    "DCTERMS",
    "FOAF",
    "GEO",
    "ITSRDF",
    "KIND",
    "MODE",
    "NIF",
    "ORG",
    "OWL",
    "PREFIXES",
    "PROV",
    "RDF",
    "RDFS",
    "READOUT",
    "ROLE",
    "SCHEMA",
    "SEMAPV",
    "SKOS",
    "SSSOM",
    "STATUS",
    "TENURE",
    "WDT",
    "WIKIDATA",
    "XSD",
    "Namespace",
]

BASE: Final = "https://w3id.org/readout/"
"""Where entities live unless the user configures another base."""


class Namespace:
    """A closed list of terms under one IRI.

    >>> SKOS.altLabel.value
    'http://www.w3.org/2004/02/skos/core#altLabel'
    >>> SKOS.altLable
    Traceback (most recent call last):
        ...
    AttributeError: no term 'altLable' in http://www.w3.org/2004/02/skos/core#
    >>> MODE["in-person"].value
    'https://w3id.org/readout/mode/in-person'
    """

    def __init__(self, iri: str, terms: str) -> None:
        self.iri = iri
        self._nodes = {term: NamedNode(iri + term) for term in terms.split()}
        self.__dict__.update(self._nodes)  # found without a call: millions of terms are looked up while loading

    def __getattr__(self, term: str) -> NamedNode:
        if term.startswith("_"):  # asked by copy, pickle and doctest, never a term
            raise AttributeError(term)
        return self[term]

    def __getitem__(self, term: str) -> NamedNode:
        try:
            return self._nodes[term]
        except KeyError:
            raise AttributeError(f"no term {term!r} in {self.iri}") from None

    def __iter__(self) -> Iterator[NamedNode]:
        return iter(self._nodes.values())

    def __contains__(self, term: str) -> bool:
        return term in self._nodes


READOUT: Final = Namespace(
    "https://w3id.org/readout/ontology#",
    "Readout Official Person Agency Organization Meeting Initiative Event Place Country Post Participation Statement"
    " Holding Kind Mode Status Act Role Tenure"
    " participant participation side group kind mode status addresses reports number"
    " person post role tenure meeting speaker joint about act quote"
    " sha256 extractor confidence rule within country"
    " matches score",
)
KIND: Final = Namespace(BASE + "kind/", "call meeting visit convening")
MODE: Final = Namespace(BASE + "mode/", "in-person virtual phone unspecified")
STATUS: Final = Namespace(BASE + "status/", "held background planned")
ACT: Final = Namespace(BASE + "act/", "discuss agree reaffirm appreciate concern request commit inform")
ROLE: Final = Namespace(BASE + "role/", "host lead member")
TENURE: Final = Namespace(BASE + "tenure/", "current acting elect former")

RDF: Final = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "type")
RDFS: Final = Namespace("http://www.w3.org/2000/01/rdf-schema#", "label comment seeAlso isDefinedBy")
OWL: Final = Namespace(
    "http://www.w3.org/2002/07/owl#", "sameAs Axiom annotatedSource annotatedProperty annotatedTarget"
)
XSD: Final = Namespace(
    "http://www.w3.org/2001/XMLSchema#", "boolean date decimal gYear gYearMonth integer nonNegativeInteger string"
)
SKOS: Final = Namespace(
    "http://www.w3.org/2004/02/skos/core#", "Concept altLabel prefLabel notation exactMatch closeMatch"
)
DCTERMS: Final = Namespace(
    "http://purl.org/dc/terms/", "title issued publisher source identifier isPartOf language created license"
)
FOAF: Final = Namespace("http://xmlns.com/foaf/0.1/", "Document Person homepage")
GEO: Final = Namespace("http://www.w3.org/2003/01/geo/wgs84_pos#", "lat long")
ORG: Final = Namespace("http://www.w3.org/ns/org#", "Organization Post Membership holds postIn member role")
PROV: Final = Namespace("http://www.w3.org/ns/prov#", "Entity Activity wasDerivedFrom")
SCHEMA: Final = Namespace(
    "https://schema.org/", "Country Event Person Place startDate endDate location birthDate description image"
)
NIF: Final = Namespace(
    "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "Context Phrase isString referenceContext beginIndex endIndex anchorOf",
)
ITSRDF: Final = Namespace("http://www.w3.org/2005/11/its/rdf#", "taIdentRef taConfidence")

SSSOM: Final = Namespace(
    "https://w3id.org/sssom/",
    "Mapping mapping_justification predicate_modifier confidence subject_label object_label mapping_tool"
    " mapping_tool_version author_label NegatedPredicate",
)
SEMAPV: Final = Namespace("https://w3id.org/semapv/vocab/", "ManualMappingCuration CompositeMatching")
WIKIDATA: Final = "http://www.wikidata.org/entity/"
"""What the IRIs of Wikidata's items begin with."""
WDT: Final = Namespace("http://www.wikidata.org/prop/direct/", "P102")
"""Wikidata's properties, as far as no established vocabulary has them: P102 is the political party."""

PREFIXES: Final = {
    "readout": READOUT.iri,
    "kind": KIND.iri,
    "mode": MODE.iri,
    "status": STATUS.iri,
    "act": ACT.iri,
    "role": ROLE.iri,
    "tenure": TENURE.iri,
    "dcterms": DCTERMS.iri,
    "foaf": FOAF.iri,
    "geo": GEO.iri,
    "itsrdf": ITSRDF.iri,
    "nif": NIF.iri,
    "org": ORG.iri,
    "owl": OWL.iri,
    "prov": PROV.iri,
    "rdf": RDF.iri,
    "rdfs": RDFS.iri,
    "schema": SCHEMA.iri,
    "semapv": SEMAPV.iri,
    "skos": SKOS.iri,
    "sssom": SSSOM.iri,
    "wd": WIKIDATA,
    "wdt": WDT.iri,
    "xsd": XSD.iri,
}
"""Prefixes for queries and for Turtle, the same everywhere."""
