"""What the graph of a readout gives to the index: names, words, and the values by which it can be narrowed down."""

import pyoxigraph as ox
import pytest

from kg.rdf import to_quads
from kg.search import PREDICATES, entries
from kg.sources import readout

TEXT = """Readout of Minister Lindqvist’s Call with Secretary Blinken

Secretary of State Antony J. Blinken spoke today by phone with Swedish Foreign Minister Ann Linde. The Secretary thanked
the Minister for Sweden’s support of the Safe Ports Initiative. They agreed to meet in Nairobi in May."""


@pytest.fixture(scope="module")
def made():
    from kg.extract import extract
    from kg.resolve import resolve

    read = readout(TEXT, publisher="Ministry of Harbours", date="2021-04-06")
    quads = to_quads(resolve(extract(read)))
    return {entry.iri.removeprefix("https://w3id.org/readout/"): entry for entry in entries(map(tuple3, quads))}


def tuple3(quad):
    return quad.subject, quad.predicate, quad.object


def values(entry, kind):
    return {value.rpartition("/")[2] for name, value in entry.facets if name == kind}


def one(made, kind):
    return next(entry for entry in made.values() if entry.type == kind)


def test_a_person_has_the_offices_the_country_and_the_acts_of_the_encounters(made):
    person = made["official/ann-linde"]
    assert person.type == "official"
    assert person.offices == ("Foreign Minister, Sweden",)
    assert "sweden" in values(person, "country")
    assert "appreciate" in values(person, "act")
    assert values(person, "year") == {"2021"}
    assert values(person, "publisher") == {"Ministry of Harbours"}


def test_an_encounter_has_its_sides_and_what_was_spoken_about(made):
    meeting = one(made, "meeting")
    assert values(meeting, "country") >= {"sweden", "united-states"}
    assert values(meeting, "initiative") == {"safe-ports-initiative"}


def test_a_readout_is_found_by_its_text_and_has_all_that_it_mentions(made):
    document = one(made, "readout")
    assert "They agreed to meet in Nairobi" in document.text
    assert document.date == "2021-04-06"
    assert values(document, "country") >= {"sweden"}
    assert values(document, "initiative") == {"safe-ports-initiative"}


def test_a_statement_is_called_by_its_words(made):
    statement = one(made, "statement")
    assert statement.label == statement.text
    assert len(values(statement, "act")) == 1


def test_no_property_is_needed_but_those_that_are_asked_for(made):
    read = readout(TEXT, publisher="Ministry of Harbours", date="2021-04-06")
    from kg.extract import extract
    from kg.resolve import resolve

    quads = [quad for quad in to_quads(resolve(extract(read))) if quad.predicate.value in PREDICATES]
    again = {entry.iri.removeprefix("https://w3id.org/readout/"): entry for entry in entries(map(tuple3, quads))}
    assert again == made


def test_a_graph_of_other_things_gives_what_it_has():
    label, kind = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), ox.NamedNode("urn:x")
    a = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    agency = ox.NamedNode("https://w3id.org/readout/ontology#Agency")
    odd = ox.NamedNode("urn:odd")
    statements = [(odd, a, agency), (odd, a, kind), (odd, label, ox.Literal("Odd Office", language="en"))]
    statements += [
        (ox.BlankNode("b"), label, odd),
        (odd, kind, ox.Triple(odd, a, kind)),
        (kind, label, ox.Literal("x")),
    ]
    assert [(entry.iri, entry.type, entry.label) for entry in entries(statements)] == [
        ("urn:odd", "agency", "Odd Office")
    ]
    assert list(entries([])) == []
