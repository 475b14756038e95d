"""The shapes accept a complete graph, and each of their messages can be provoked."""

import re

import pyshacl
import pytest
from rdflib import SH, Graph

from kg.resources import ontology
from kg.vocab import PREFIXES

BASE = "https://w3id.org/readout/"
DOCUMENT = f"<{BASE}document/ke-president/oslo>"
VISIT, MEETING = f"<{BASE}meeting/ke-president/oslo/1>", f"<{BASE}meeting/ke-president/oslo/2>"
PART = f"<{BASE}participation/ke-president/oslo/2/1>"
HOLDING = f"<{BASE}holding/ke-president/oslo/1>"
STATEMENT = f"<{BASE}statement/ke-president/oslo/1>"
KENYA, OSLO, ADA = f"<{BASE}place/kenya>", f"<{BASE}place/oslo>", f"<{BASE}official/ada-example>"
POST, BUREAU = f"<{BASE}post/kenya/president>", f"<{BASE}agency/fish-bureau>"
NOBODY = "<https://example.org/nobody>"


def replace(subject: str, predicate: str, value: str) -> str:
    """An update that gives *subject* one new value of *predicate* in place of all that it has."""
    old = f"{{ {subject} {predicate} ?o }}"
    return f"DELETE {old} INSERT {{ {subject} {predicate} {value} }} WHERE {old}"


def add(subject: str, predicate: str, value: str) -> str:
    return f"INSERT DATA {{ {subject} {predicate} {value} }}"


def drop(subject: str, predicate: str) -> str:
    return f"DELETE WHERE {{ {subject} {predicate} ?o }}"


PHRASE = "?p nif:anchorOf 'visited Oslo'"
BROKEN = {
    # the document
    "the readout is no context": f"DELETE DATA {{ {DOCUMENT} a nif:Context }}",
    "the text is missing": drop(DOCUMENT, "nif:isString"),
    "the digest is none": replace(DOCUMENT, "readout:sha256", "'ABC'"),
    "the extractor is missing": drop(DOCUMENT, "readout:extractor"),
    "the day of issue is a text": replace(DOCUMENT, "dcterms:issued", "'2024-03-06'"),
    "it reports what is not described": add(DOCUMENT, "readout:reports", NOBODY),
    "the text was changed under the phrases": replace(DOCUMENT, "nif:isString", "'Visit to Rome'"),
    "a quote is not in the text": replace(STATEMENT, "readout:quote", "'agreed to disagree'"),
    # phrases
    "a phrase has no context": f"DELETE {{ ?p nif:referenceContext ?c }} "
    f"WHERE {{ {PHRASE} ; nif:referenceContext ?c }}",
    "a phrase ends before it begins": f"DELETE {{ ?p nif:endIndex ?e }} INSERT {{ ?p nif:endIndex "
    f"'1'^^xsd:nonNegativeInteger }} WHERE {{ {PHRASE} ; nif:endIndex ?e }}",
    "a phrase has no end": f"DELETE {{ ?p nif:endIndex ?e }} WHERE {{ {PHRASE} ; nif:endIndex ?e }}",
    "a phrase has no words": f"DELETE {{ ?p nif:anchorOf ?a }} WHERE {{ {PHRASE} ; nif:anchorOf ?a }}",
    "a phrase mentions nothing known": f"INSERT {{ ?p itsrdf:taIdentRef {NOBODY} }} WHERE {{ {PHRASE} }}",
    "a phrase has other offsets than its IRI": f"INSERT {{ <{BASE}x> nif:referenceContext ?c ; nif:beginIndex ?b ; "
    f"nif:endIndex ?e }} WHERE {{ {PHRASE} ; nif:referenceContext ?c ; nif:beginIndex ?b ; nif:endIndex ?e }}",
    # entities
    "a place has no label": drop(OSLO, "rdfs:label"),
    "a topic has two labels": add(f"<{BASE}topic/nets>", "rdfs:label", "'a net'"),
    "a body belongs to something unknown": replace(BUREAU, "readout:country", NOBODY),
    "a place lies in a person": replace(OSLO, "readout:within", ADA),
    "a post is in a person": replace(POST, "org:postIn", ADA),
    "a post has no evidence": drop(POST, "prov:wasDerivedFrom"),
    "a person holds something unknown": add(ADA, "org:holds", NOBODY),
    # facts
    "a meeting has no evidence": drop(MEETING, "prov:wasDerivedFrom"),
    "a participation has no evidence": drop(PART, "prov:wasDerivedFrom"),
    "a statement has no evidence": drop(STATEMENT, "prov:wasDerivedFrom"),
    "a holding has no evidence": drop(HOLDING, "prov:wasDerivedFrom"),
    "the confidence is above 1": replace(MEETING, "readout:confidence", "1.5"),
    "the rule is missing": drop(MEETING, "readout:rule"),
    # holdings
    "a holding is nobody's": drop(HOLDING, "org:member"),
    "a holding is of nothing": replace(HOLDING, "readout:post", NOBODY),
    "a tenure is not in the list": replace(HOLDING, "readout:tenure", "<https://w3id.org/readout/tenure/eternal>"),
    "the short form of a holding is missing": drop(ADA, "org:holds"),
    # meetings
    "a meeting is not reported": f"DELETE DATA {{ {DOCUMENT} readout:reports {MEETING} }}",
    "the number is zero": replace(MEETING, "readout:number", "0"),
    "a kind is not in the list": replace(MEETING, "readout:kind", "<https://w3id.org/readout/kind/party>"),
    "a mode is not in the list": replace(MEETING, "readout:mode", "'in-person'"),
    "there are two states": add(MEETING, "readout:status", "<https://w3id.org/readout/status/planned>"),
    "a start is a text": replace(MEETING, "schema:startDate", "'March'"),
    "an end is no date": replace(VISIT, "schema:endDate", "'2024-02-31'^^xsd:string"),
    "a meeting is at a person": add(MEETING, "schema:location", ADA),
    "a side is a person": add(MEETING, "readout:side", ADA),
    "a group is an IRI": add(MEETING, "readout:group", NOBODY),
    "a participant is unknown": add(MEETING, "readout:participant", NOBODY),
    "a participation is not described": add(MEETING, "readout:participation", NOBODY),
    "it addresses something unknown": add(MEETING, "readout:addresses", NOBODY),
    "it is part of no meeting": replace(MEETING, "dcterms:isPartOf", NOBODY),
    "a participant has no participation": f"DELETE DATA {{ {MEETING} readout:participation {PART} }}",
    "it ends before it starts": replace(VISIT, "schema:endDate", "'2024-02'^^xsd:gYearMonth"),
    # participations
    "a participation is in no meeting": f"DELETE WHERE {{ {MEETING} readout:participation ?p }}",
    "a participation is nobody's": drop(PART, "readout:person"),
    "a participation is in a post unknown": replace(PART, "readout:post", NOBODY),
    "somebody takes part for two sides": add(PART, "readout:side", f"<{BASE}place/norway>"),
    "a role is not in the list": replace(PART, "readout:role", "<https://w3id.org/readout/role/clown>"),
    # statements
    "a statement has no number": drop(STATEMENT, "readout:number"),
    "a statement was made nowhere": drop(STATEMENT, "readout:meeting"),
    "an act is not in the list": replace(STATEMENT, "readout:act", "<https://w3id.org/readout/act/whistle>"),
    "a statement has no words": drop(STATEMENT, "readout:quote"),
    "nobody knows who spoke": drop(STATEMENT, "readout:joint"),
    "a speaker is a place": add(STATEMENT, "readout:speaker", KENYA),
    "it is about something unknown": add(STATEMENT, "readout:about", NOBODY),
}


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(ontology() / "shapes.ttl")


def messages(graph: Graph, shapes: Graph) -> set[str]:
    """What the validation of *graph* says."""
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, inplace=True)
    return {str(message) for message in report.objects(None, SH.resultMessage)}


def test_a_complete_graph_fits_the_shapes(a_complete_graph, shapes):
    assert not messages(a_complete_graph, shapes)


@pytest.fixture(scope="module")
def provoked(a_complete_graph, shapes) -> dict[str, set[str]]:
    """What the validation says of each broken graph."""
    found = {}
    for name, update in BROKEN.items():
        graph = Graph() + a_complete_graph
        graph.update(update, initNs=PREFIXES)
        assert set(graph) != set(a_complete_graph), f"{name}: the update changed nothing"
        found[name] = messages(graph, shapes)
    return found


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_graph_is_refused_where(name, provoked):
    assert provoked[name]


def test_every_message_of_the_shapes_is_provoked_by_a_broken_graph(provoked, shapes):
    said = set().union(*provoked.values())
    for message in shapes.objects(None, SH.message):
        pattern = re.escape(str(message)).replace(r"\{\?value\}", ".*")
        assert any(re.fullmatch(pattern, one) for one in said), f"nothing provokes: {message}"
