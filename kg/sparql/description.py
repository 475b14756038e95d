"""What the endpoint says of itself (SPARQL 1.1 Service Description)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.sparql.formats import GRAPHS, RESULTS, Format
from kg.vocab import PREFIXES

__all__ = ["Sizes", "service_description", "void_description"]

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_W3C_NAMES = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "ttl": "Turtle",
    "nt": "N-Triples",
    "rdf": "RDF_XML",
    "jsonld": "JSON-LD",
    "trig": "TriG",
    "nq": "N-Quads",
}


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much there is: statements of the default graph, their subjects and properties, named `graphs`.

    `classes` has how many things there are of each class, by its IRI.
    """

    triples: int
    subjects: int
    properties: int
    graphs: int
    classes: Mapping[str, int] = field(default_factory=dict)


def service_description(
    endpoint: str, form: Format, *, sizes: Sizes | None = None, update: str = "", federated: bool = False
) -> bytes:
    """Return the description of the endpoint at the IRI *endpoint*, serialised as *form*, one of `GRAPHS`.

    Args:
        endpoint: where queries are sent.
        form: the format.
        sizes: how much there is now, if it is known.
        update: the IRI where updates are sent, if there is one.
        federated: whether queries may ask other endpoints too.

    >>> b"sd:endpoint <http://a.example/sparql>" in service_description("http://a.example/sparql", GRAPHS[0])
    True
    """
    service, dataset, graph = ox.NamedNode(f"{endpoint}#service"), ox.BlankNode("dataset"), ox.BlankNode("graph")
    triples = [
        ox.Triple(service, _TYPE, _sd("Service")),
        ox.Triple(service, _sd("endpoint"), ox.NamedNode(endpoint)),
        ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph")),
        ox.Triple(service, _sd("defaultDataset"), dataset),
        ox.Triple(dataset, _TYPE, _sd("Dataset")),
        ox.Triple(dataset, _sd("defaultGraph"), graph),
        ox.Triple(graph, _TYPE, _sd("Graph")),
    ]
    if federated:
        triples.append(ox.Triple(service, _sd("feature"), _sd("BasicFederatedQuery")))
    for offer in (*RESULTS, *GRAPHS):
        triples.append(ox.Triple(service, _sd("resultFormat"), ox.NamedNode(_FORMATS + _W3C_NAMES[offer.name])))
    if sizes is not None:
        triples += _counts(graph, sizes)
        triples.append(ox.Triple(dataset, _void("documents"), ox.Literal(sizes.graphs)))
    if update:
        updating = ox.NamedNode(f"{update}#service")
        triples += [
            ox.Triple(updating, _TYPE, _sd("Service")),
            ox.Triple(updating, _sd("endpoint"), ox.NamedNode(update)),
            ox.Triple(updating, _sd("supportedLanguage"), _sd("SPARQL11Update")),
            ox.Triple(updating, _sd("defaultDataset"), dataset),
        ]
    return _serialised(triples, form)


def _counts(what: ox.NamedNode | ox.BlankNode, sizes: Sizes) -> Iterator[ox.Triple]:
    for term, number in (
        ("triples", sizes.triples),
        ("distinctSubjects", sizes.subjects),
        ("properties", sizes.properties),
        ("classes", len(sizes.classes)),
    ):
        yield ox.Triple(what, _void(term), ox.Literal(number))


def void_description(address: str, endpoint: str, base: str, sizes: Sizes, form: Format) -> bytes:
    """Return the description of the data (VoID, W3C Note 2011) that is served at *address*, serialised as *form*.

    >>> places = ("http://a.example/void", "http://a.example/sparql", "http://b.example/")
    >>> b"void:triples 3" in void_description(*places, Sizes(3, 2, 1, 1), GRAPHS[0])
    True
    """
    dataset = ox.NamedNode(f"{address}#dataset")
    triples = [
        ox.Triple(ox.NamedNode(address), _TYPE, _void("DatasetDescription")),
        ox.Triple(ox.NamedNode(address), ox.NamedNode("http://xmlns.com/foaf/0.1/primaryTopic"), dataset),
        ox.Triple(dataset, _TYPE, _void("Dataset")),
        ox.Triple(dataset, _void("sparqlEndpoint"), ox.NamedNode(endpoint)),
        ox.Triple(dataset, _void("uriSpace"), ox.Literal(base)),
        ox.Triple(dataset, _void("documents"), ox.Literal(sizes.graphs)),
        *_counts(dataset, sizes),
    ]
    for offer in GRAPHS:
        triples.append(ox.Triple(dataset, _void("feature"), ox.NamedNode(_FORMATS + _W3C_NAMES[offer.name])))
    for number, (iri, count) in enumerate(sizes.classes.items()):
        part = ox.NamedNode(f"{address}#class-{number}")
        triples.append(ox.Triple(dataset, _void("classPartition"), part))
        triples.append(ox.Triple(part, _void("class"), ox.NamedNode(iri)))
        triples.append(ox.Triple(part, _void("entities"), ox.Literal(count)))
    return _serialised(triples, form)


def _serialised(triples: Iterable[ox.Triple], form: Format) -> bytes:
    rdf_format = ox.RdfFormat.from_media_type(form.media_type)
    if rdf_format is None:
        raise ValueError(f"{form.name} is no format of graphs")
    output = io.BytesIO()
    ox.serialize(triples, output, rdf_format, prefixes={**PREFIXES, "sd": _SD, "formats": _FORMATS, "void": _VOID})
    return output.getvalue()


def _void(term: str) -> ox.NamedNode:
    return ox.NamedNode(_VOID + term)


def _sd(term: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + term)
