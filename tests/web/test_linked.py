"""Linked data: names lead to data, by the header Accept."""

import pyoxigraph as ox
import pytest

BASE = "https://w3id.org/readout/"


@pytest.mark.parametrize(
    ("accept", "location"),
    [
        ("text/html", "/page/official/ada-nyberg"),
        ("text/turtle", "/data/official/ada-nyberg.ttl"),
        ("application/ld+json", "/data/official/ada-nyberg.jsonld"),
        ("application/n-triples", "/data/official/ada-nyberg.nt"),
        ("application/rdf+xml, text/turtle;q=0.5", "/data/official/ada-nyberg.rdf"),
    ],
)
def test_a_name_leads_to_what_the_client_can_read(client, accept, location):
    answer = client.get("/id/official/ada-nyberg", headers={"Accept": accept})
    assert answer.status_code == 303
    assert answer.headers["Location"] == location
    assert answer.headers["Vary"] == "Accept"
    assert client.get(location).status_code == 200


@pytest.mark.parametrize("extension", ["ttl", "nt", "rdf", "jsonld"])
def test_the_data_say_what_a_thing_is_and_what_is_said_of_it(client, extension):
    answer = client.get(f"/data/official/ada-nyberg.{extension}")
    triples = {quad.triple for quad in ox.parse(answer.data, format=ox.RdfFormat.from_extension(extension))}
    person = ox.NamedNode(BASE + "official/ada-nyberg")
    meeting = ox.NamedNode(BASE + "meeting/norland-mfa/2021-03-01-call/1")
    terms = BASE + "ontology#"
    assert ox.Triple(meeting, ox.NamedNode(terms + "participant"), person) in triples
    assert any(triple.subject == person for triple in triples)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("address", ["/id/official/nobody", "/data/official/nobody.ttl", "/page/official/nobody"])
def test_what_is_not_known_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("tail", ["a b", "a>b", "a%3Eb", "%00", "..%2f..%2fetc", "a\\b", "é", "x" * 5000])
def test_a_strange_name_is_not_found_and_breaks_nothing(client, tail):
    assert client.get(f"/id/{tail}").status_code == 404
    assert client.get(f"/page/{tail}").status_code == 404


def test_the_data_of_a_text_are_named_by_its_address(client):
    answer = client.get("/data/document/norland-mfa/2021-03-01-call.nt")
    assert f"<{BASE}document/norland-mfa/2021-03-01-call>" in answer.text


def test_the_ontology_is_served_and_not_sent_twice(client):
    answer = client.get("/ontology")
    assert answer.content_type == "text/turtle; charset=utf-8"
    assert len(list(ox.parse(answer.data, format=ox.RdfFormat.TURTLE))) > 100
    assert client.get("/ontology", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
