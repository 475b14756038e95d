"""The ontology, the context and `kg.vocab` say the same."""

import json

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse, serialize
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from kg import vocab
from kg.model import Act, Kind, Mode, Role, Status, Tenure
from kg.resources import ontology

ONTOLOGY = URIRef("https://w3id.org/readout/ontology")
LISTS = {
    "kind": (vocab.KIND, Kind),
    "mode": (vocab.MODE, Mode),
    "status": (vocab.STATUS, Status),
    "act": (vocab.ACT, Act),
    "role": (vocab.ROLE, Role),
    "tenure": (vocab.TENURE, Tenure),
}
PLOVER = {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT"}
PLOVER |= {"THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph().parse(ontology() / "readouts.ttl")


def own(graph: Graph) -> set[URIRef]:
    return {s for s in graph.subjects(RDFS.isDefinedBy, ONTOLOGY) if isinstance(s, URIRef)}


def test_every_term_of_the_program_is_defined_and_every_defined_term_is_one_of_the_program(graph):
    terms = {URIRef(node.value) for node in vocab.READOUT}
    defined = {s for s in own(graph) if s.startswith(vocab.READOUT.iri)}
    assert defined == terms


@pytest.mark.parametrize("name", LISTS)
def test_a_closed_list_is_the_same_in_ontology_vocabulary_and_model(graph, name):
    namespace, literal = LISTS[name]
    nodes = {URIRef(node.value) for node in namespace}
    scheme = URIRef(f"https://w3id.org/readout/{name}")
    cls = URIRef(vocab.READOUT[name.capitalize()].value)
    assert set(graph.subjects(RDF.type, cls)) == nodes
    assert set(graph.items(graph.value(cls, OWL.oneOf))) == nodes
    assert set(graph.subjects(SKOS.inScheme, scheme)) == nodes
    assert set(graph.objects(scheme, SKOS.hasTopConcept)) == nodes
    assert {node.rsplit("/", 1)[1] for node in nodes} == set(literal.__args__)


def test_each_act_has_its_event_type_of_plover(graph):
    for node in vocab.ACT:
        assert {str(n) for n in graph.objects(URIRef(node.value), SKOS.notation)} <= PLOVER
        assert len(list(graph.objects(URIRef(node.value), SKOS.notation))) == 1


def test_every_own_term_has_one_label_and_says_what_it_means(graph):
    for term in own(graph):
        assert len(list(graph.objects(term, RDFS.label))) == 1, term
        if (term, RDF.type, SKOS.ConceptScheme) not in graph:
            assert len(list(graph.objects(term, SKOS.definition))) == 1, term


def test_every_property_that_leads_from_one_class_says_from_which(graph):
    properties = {p for p in own(graph) if {OWL.ObjectProperty, OWL.DatatypeProperty} & set(graph.objects(p, RDF.type))}
    anywhere = {"confidence", "rule", "matches", "score"}
    without = {p.split("#")[1] for p in properties if (p, RDFS.domain, None) not in graph}
    assert without == anywhere


def test_every_term_that_is_referred_to_is_defined_here_or_declared(graph):
    known = set(graph.subjects(RDF.type, None))
    for p in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range):
        for term in graph.objects(None, p):
            assert term in known or term.startswith(str(rdflib.XSD)), term


def test_the_ontology_has_a_version_iri_and_a_licence(graph):
    [version] = graph.objects(ONTOLOGY, OWL.versionIRI)
    [number] = graph.objects(ONTOLOGY, OWL.versionInfo)
    assert version == URIRef(f"{ONTOLOGY}/{number}")
    assert (ONTOLOGY, rdflib.DCTERMS.license, None) in graph


def test_established_vocabularies_are_aligned(graph):
    aligned = {str(o) for p in (RDFS.subClassOf, SKOS.closeMatch) for o in graph.objects(None, p)}
    for start in (
        "foaf/0.1",
        "w3.org/ns/org#",
        "w3.org/ns/prov#",
        "//schema.org/",
        "nif-core#",
        "skos/core#",
        "wikidata",
    ):
        assert any(start in iri for iri in aligned), start


def context() -> dict:
    return json.loads((ontology() / "context.jsonld").read_text(encoding="utf-8"))


def test_the_context_has_every_term_of_the_ontology_and_no_other():
    mapped = {v["@id"] if isinstance(v, dict) else v for k, v in context()["@context"].items() if k[0] != "@"}
    used = {m.split(":")[1] for m in mapped if m.startswith("readout:")}
    lists = {"Kind", "Mode", "Status", "Act", "Role", "Tenure"}
    assert used == {node.value.split("#")[1] for node in vocab.READOUT} - lists


def test_a_readouts_graph_survives_the_way_through_the_context_and_back(a_complete_graph):
    compact = a_complete_graph.serialize(format="json-ld", context=context()["@context"])
    keys = {key for node in json.loads(compact)["graph"] for key in node}
    assert not {key for key in keys if ":" in key}, "every property has a short name"
    again = serialize(parse(compact, format=RdfFormat.JSON_LD), format=RdfFormat.N_QUADS)
    assert set(Graph().parse(data=again, format="nt")) == set(a_complete_graph)


@pytest.mark.parametrize("name", ["readouts.ttl", "shapes.ttl"])
def test_oxigraph_reads_it_too(name):
    assert list(parse((ontology() / name).read_bytes(), format=RdfFormat.TURTLE))


def test_a_state_that_the_text_does_not_name_is_no_place_of_the_readout(a_complete_graph):
    norway, kenya = (URIRef(vocab.BASE + "place/" + name) for name in ("norway", "kenya"))
    assert set(a_complete_graph.objects(kenya, RDF.type)) == {URIRef(vocab.READOUT.Country.value)}
    assert set(a_complete_graph.objects(norway, RDF.type)) == {URIRef(vocab.SCHEMA.Country.value)}
