"""What the endpoint says of itself (SPARQL 1.1 Service Description)."""

from __future__ import annotations

import io

import pyoxigraph as ox

from kg.sparql.formats import GRAPHS, RESULTS, Format
from kg.vocab import PREFIXES

__all__ = ["service_description"]

_SD = "http://www.w3.org/ns/sparql-service-description#"
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


def service_description(endpoint: str, form: Format) -> bytes:
    """Return the description of the endpoint at the IRI *endpoint*, serialised as *form*, one of `GRAPHS`.

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
    for offer in (*RESULTS, *GRAPHS):
        triples.append(ox.Triple(service, _sd("resultFormat"), ox.NamedNode(_FORMATS + _W3C_NAMES[offer.name])))
    rdf_format = ox.RdfFormat.from_media_type(form.media_type)
    if rdf_format is None:
        raise ValueError(f"{form.name} is no format of graphs")
    output = io.BytesIO()
    ox.serialize(triples, output, rdf_format, prefixes={**PREFIXES, "sd": _SD, "formats": _FORMATS})
    return output.getvalue()


def _sd(term: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + term)
