"""How many rows an answer has: limited, told beforehand where it is known, and logged."""

import http.client
import json
import os
import urllib.request
from urllib.parse import quote

import pytest

from kg.web import create_app

MANY = "SELECT ?x { VALUES ?a {" + " 1" * 100 + "} VALUES ?x {" + " 2" * 100 + "} }"
GRAPH = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 5"


@pytest.fixture(scope="module")
def narrow(folder):
    app = create_app(folder, rows=50, workers=1)
    yield app.test_client()
    app.extensions["kg"].close()


@pytest.mark.parametrize("format", ["json", "xml", "csv", "tsv"])
def test_an_answer_of_more_rows_than_are_given_is_an_error(narrow, format):
    text = "SELECT ?x { VALUES ?x {" + " 1" * 51 + "} }"
    answer = narrow.get("/sparql", query_string={"query": text, "format": format})
    assert answer.status_code == 400
    assert "more than 50 rows" in answer.json["detail"]
    text = "SELECT ?x { VALUES ?x {" + " 1" * 50 + "} }"
    assert narrow.get("/sparql", query_string={"query": text, "format": format}).headers["Kg-Rows"] == "50"


@pytest.mark.parametrize("format", ["ttl", "nt", "rdf", "jsonld", "trig", "nq"])
def test_a_graph_of_more_statements_than_are_given_is_an_error(narrow, format):
    text = GRAPH.replace("LIMIT 5", "LIMIT 51")
    assert narrow.get("/sparql", query_string={"query": text, "format": format}).status_code == 400
    assert narrow.get("/sparql", query_string={"query": GRAPH, "format": format}).headers["Kg-Rows"] == "5"


def test_a_client_can_ask_for_fewer(narrow):
    answer = narrow.get("/sparql", query_string={"query": MANY, "maxrows": 7, "format": "csv"})
    assert (answer.status_code, answer.text.count("\r\n"), answer.headers["Kg-Rows"]) == (200, 8, "7")
    assert narrow.get("/sparql", query_string={"query": MANY, "maxrows": 51}).status_code == 400
    assert narrow.get("/sparql", query_string={"query": "ASK {}", "maxrows": 1}).json["boolean"] is True
    for wrong in ("-1", "some", "1.5"):
        assert narrow.get("/sparql", query_string={"query": MANY, "maxrows": wrong}).status_code == 400


def test_a_hostile_query_is_one_with_maxrows_too(narrow):
    text = "SELECT * " + "{" * 5000 + "}" * 5000
    assert narrow.get("/sparql", query_string={"query": text, "maxrows": 7}).status_code == 400


def test_what_is_wrong_with_a_query_is_said_with_maxrows_too(narrow):
    answer = narrow.get("/sparql", query_string={"query": "SELECT * {", "maxrows": 7})
    assert answer.json["line"] == 1


@pytest.fixture(scope="module")
def server(folder, start_server_in):
    return start_server_in(folder, KG_ROWS="30000", KG_ACCESS_LOG="json", KG_WORKERS="2")


def get(server, text, **parameters):
    query = "&".join(f"{name}={quote(str(value))}" for name, value in {"query": text, **parameters}.items())
    return urllib.request.urlopen(f"{server.url}/sparql?{query}", timeout=60)


def test_an_answer_that_grows_too_long_on_the_way_breaks_off_and_never_looks_whole(server):
    text = MANY.replace("} }", "} VALUES ?b {" + " 3" * 10 + "} }")
    with get(server, text, format="csv") as answer, pytest.raises(http.client.IncompleteRead):
        answer.read()


def test_rows_are_told_of_an_answer_that_was_kept_though_it_came_in_pieces(server):
    for expected in (None, "10000"):
        with get(server, MANY.replace(" 2", " 'twelve bytes'"), format="csv") as answer:
            assert answer.headers["Kg-Rows"] == expected
            assert answer.read().count(b"\r\n") == 10_001


def test_rows_stand_in_the_log_with_the_hash_of_the_query_and_the_time(folder, serving):
    server = serving(folder, env=os.environ | {"KG_ACCESS_LOG": "json", "KG_WORKERS": "1"})
    for _ in range(2):
        get(server, "SELECT * { VALUES ?x { 1 2 3 } }").close()
    get(server, GRAPH).close()
    urllib.request.urlopen(f"{server.url}/health", timeout=20).close()
    server.process.terminate()
    lines = [json.loads(line) for line in server.process.stderr if line.startswith("{")]
    assert [line["rows"] for line in lines] == [3, 3, 5, None]
    assert lines[0]["query"] == lines[1]["query"] != lines[2]["query"]
    assert all(line["ms"] >= 0 for line in lines)
