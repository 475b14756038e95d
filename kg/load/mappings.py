"""SSSOM mappings as RDF in a graph of a store, and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import cast
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from kg.link.sssom import Mapping
from kg.store import Store
from kg.vocab import DCTERMS, OWL, RDF, RDFS, SEMAPV, SKOS, SSSOM, WIKIDATA, XSD

__all__ = ["mappings_in", "triples_of"]

_PREDICATES = {"owl:sameAs": OWL.sameAs, "skos:exactMatch": SKOS.exactMatch, "skos:closeMatch": SKOS.closeMatch}
_TEXTS = {
    "subject_label": (SSSOM.subject_label, XSD.string),
    "object_label": (SSSOM.object_label, XSD.string),
    "confidence": (SSSOM.confidence, XSD.decimal),
    "mapping_tool": (SSSOM.mapping_tool, XSD.string),
    "mapping_tool_version": (SSSOM.mapping_tool_version, XSD.string),
    "author_label": (SSSOM.author_label, XSD.string),
    "mapping_date": (DCTERMS.created, XSD.date),
    "comment": (RDFS.comment, XSD.string),
}


def triples_of(mapping: Mapping, base: str, name: str) -> Iterator[Triple]:
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
    for slot, (property, datatype) in _TEXTS.items():
        if value := getattr(mapping, slot):
            yield Triple(node, property, Literal(value, datatype=datatype))


def mappings_in(store: Store, base: str, name: str) -> Iterator[Mapping]:
    """Yield the mappings of the graph *name* (``links``, ``judgements``), as they were written."""
    query = (
        f"SELECT ?m ?p ?o WHERE {{ GRAPH <{base}graph/{name}> {{ ?m a {SSSOM.Mapping} ; ?p ?o }} }} ORDER BY ?m ?p ?o"
    )
    told: defaultdict[str, dict[NamedNode, str]] = defaultdict(dict)
    for node, property, value in store.query(query).rows():
        told[cast(NamedNode, node).value][cast(NamedNode, property)] = cast(Literal, value).value
    predicates = {property.value: name for name, property in _PREDICATES.items()}
    for said in told.values():
        yield Mapping(
            subject_id=said[OWL.annotatedSource].removeprefix(base),
            predicate_id=predicates[said[OWL.annotatedProperty]],
            object_id=said[OWL.annotatedTarget].removeprefix(WIKIDATA),
            mapping_justification=f"semapv:{said[SSSOM.mapping_justification].removeprefix(SEMAPV.iri)}",
            predicate_modifier="Not" if SSSOM.predicate_modifier in said else "",
            **{slot: said.get(property, "") for slot, (property, _) in _TEXTS.items()},
        )
