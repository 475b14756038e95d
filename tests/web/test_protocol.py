"""`/sparql`, status by status."""

import gzip
import json

import pytest

from kg.sparql import MAX_QUERY_BYTES

ALL = "SELECT * { ?s ?p ?o }"
GRAPH = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


def ask(client, query, **headers):
    return client.get(
        "/sparql", query_string={"query": query}, headers={k.replace("_", "-"): v for k, v in headers.items()}
    )


@pytest.mark.parametrize(
    ("accept", "content_type", "start"),
    [
        ("*/*", "application/sparql-results+json", b'{"head":'),
        ("application/sparql-results+xml", "application/sparql-results+xml", b"<?xml"),
        ("text/csv", "text/csv; charset=utf-8", b"x\r\n1\r\n"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", b"?x\n1\n"),
        ("text/html", "text/html; charset=utf-8", b"<!doctype html>"),
    ],
)
def test_rows_come_in_the_form_that_is_asked_for(client, accept, content_type, start):
    answer = ask(client, "SELECT ?x { VALUES ?x { 1 } }", Accept=accept)
    assert answer.status_code == 200
    assert answer.content_type == content_type
    assert answer.data.startswith(start)
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize(
    "media_type",
    [
        "text/turtle",
        "application/n-triples",
        "application/rdf+xml",
        "application/ld+json",
        "application/trig",
        "application/n-quads",
    ],
)
def test_graphs_come_in_the_form_that_is_asked_for(client, media_type):
    import pyoxigraph as ox

    answer = ask(client, GRAPH, Accept=media_type)
    assert answer.status_code == 200
    assert answer.content_type.split(";")[0] == media_type
    plain = ask(client, GRAPH, Accept="application/n-triples").data
    same = {quad.triple for quad in ox.parse(answer.data, format=ox.RdfFormat.from_media_type(media_type))}
    assert same == {quad.triple for quad in ox.parse(plain, format=ox.RdfFormat.N_TRIPLES)}


def test_three_ways_to_ask_are_one(client):
    get = client.get("/sparql", query_string={"query": "ASK { ?s ?p ?o }"})
    form = client.post("/sparql", data={"query": "ASK { ?s ?p ?o }"})
    direct = client.post("/sparql", data="ASK { ?s ?p ?o }", content_type="application/sparql-query")
    assert get.json == form.json == direct.json == {"head": {}, "boolean": True}


def test_the_dataset_of_the_request_is_the_whole_dataset(client):
    graph = "https://w3id.org/readout/graph/norland-mfa/2021-03-01-call"
    count = "SELECT (COUNT(DISTINCT ?m) AS ?n) { ?m a <https://w3id.org/readout/ontology#Meeting> }"

    def meetings(**parameters):
        answer = client.get("/sparql", query_string={"query": count, "format": "csv", **parameters})
        return int(answer.text.split()[1])

    assert meetings() == 3
    assert meetings(**{"default-graph-uri": graph}) == 1
    assert meetings(**{"default-graph-uri": "urn:nothing"}) == 0
    assert meetings(**{"named-graph-uri": graph}) == 0
    text = "ASK { GRAPH ?g { ?s ?p ?o } }"
    assert not client.get("/sparql", query_string={"query": text, "default-graph-uri": graph}).json["boolean"]
    assert client.get("/sparql", query_string={"query": text, "named-graph-uri": graph}).json["boolean"]


@pytest.mark.parametrize("graph", ["not an iri", "<urn:x>", ""])
def test_a_graph_that_is_no_iri_is_refused(client, graph):
    answer = client.get("/sparql", query_string={"query": "ASK {}", "default-graph-uri": graph})
    assert answer.status_code == 400


def test_an_error_says_where_and_what_in_json(client):
    answer = ask(client, "SELECT ?x {\n ?x foo:bar ?y }")
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    assert answer.json["line"] == 2
    assert "foo:" in answer.json["detail"]
    assert answer.json["status"] == 400


def test_an_error_says_where_and_what_in_plain_text(client):
    answer = client.get("/sparql?query=ASK%20%7B&format=json", headers={"Accept": "text/plain"})
    assert answer.status_code == 400
    assert answer.content_type == "text/plain; charset=utf-8"
    assert "never closed" in answer.text


def test_an_error_says_where_and_what_on_a_page_with_the_query(client):
    answer = ask(client, "SELECT <script> {", Accept="text/html")
    assert answer.status_code == 400
    assert "&lt;script&gt; {</textarea>" in answer.text


@pytest.mark.parametrize(
    ("call", "status"),
    [
        (lambda c: c.get("/sparql?query=ASK{}&query=ASK{}"), 400),
        (lambda c: c.get("/sparql", headers={"Accept": "application/sparql-results+json"}), 406),
        (lambda c: ask(c, "INSERT DATA { <urn:a> <urn:b> 1 }"), 400),
        (lambda c: ask(c, "ASK { SERVICE <http://127.0.0.1:9/> {} }"), 403),
        (lambda c: c.post("/sparql", data={"query": "ASK{SERVICE<http://127.0.0.1:9/>{}}"}), 403),
        (lambda c: c.put("/sparql", data="ASK {}"), 405),
        (lambda c: c.delete("/sparql?query=ASK{}"), 405),
        (lambda c: ask(c, ALL, Accept="image/png"), 406),
        (lambda c: ask(c, GRAPH, Accept="text/csv"), 406),
        (lambda c: c.get("/sparql?query=ASK{}&format=pdf"), 406),
        (lambda c: c.post("/sparql", data="#" * (MAX_QUERY_BYTES + 1), content_type="application/sparql-query"), 413),
        (lambda c: c.post("/sparql", data=b"x" * 2_000_000, content_type="application/sparql-query"), 413),
        (lambda c: c.post("/sparql", data="ASK {}", content_type="text/plain"), 415),
        (lambda c: c.post("/sparql", data="ASK {}"), 415),
        (
            lambda c: c.post(
                "/sparql",
                data=gzip.compress(b"ASK {}"),
                content_type="application/sparql-query",
                headers={"Content-Encoding": "gzip"},
            ),
            415,
        ),
        (lambda c: c.post("/update", data="CLEAR ALL", content_type="application/sparql-update"), 403),
    ],
)
def test_what_cannot_be_answered_gets_its_status_and_a_reason(client, call, status):
    answer = call(client)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert answer.json["detail"]
    if status == 405:
        assert "POST" in answer.headers["Allow"]


def test_a_relative_iri_is_resolved_against_the_address_of_the_endpoint(client):
    answer = ask(client, "SELECT ?x { VALUES ?x { <a> } }", Accept="text/csv")
    assert answer.text == "x\r\nhttp://localhost/a\r\n"


def test_head_has_the_headers_of_get_and_no_body(client):
    answer = client.head("/sparql", query_string={"query": ALL})
    assert answer.status_code == 200
    assert answer.content_type == "application/sparql-results+json"
    assert answer.data == b""


def test_any_site_may_read_and_none_may_use_credentials(client):
    before = client.options("/sparql", headers={"Origin": "https://a.example", "Access-Control-Request-Method": "POST"})
    assert before.status_code == 204
    assert "POST" in before.headers["Access-Control-Allow-Methods"]
    for answer in (before, ask(client, "ASK {}", Origin="https://a.example"), ask(client, "ASK {")):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers


def test_an_answer_that_the_client_has_is_not_sent_again(client):
    first = ask(client, ALL)
    again = ask(client, ALL, If_None_Match=first.headers["ETag"])
    assert again.status_code == 304
    assert again.data == b""
    assert ask(client, ALL, If_None_Match=first.headers["ETag"], Accept="text/csv").status_code == 200
    assert ask(client, ALL + " LIMIT 1", If_None_Match=first.headers["ETag"]).status_code == 200


def test_an_answer_that_depends_on_the_clock_is_never_called_unchanged(client):
    answer = ask(client, "SELECT (NOW() AS ?now) {}")
    assert "ETag" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_answer_is_packed_for_who_asks_so(client):
    packed = ask(client, ALL, Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(packed.data)) == ask(client, ALL).json
    assert "Content-Encoding" not in ask(client, ALL, Accept_Encoding="gzip;q=0").headers
