"""Queries that ask other endpoints too: over HTTP, by the service's list of those that may be asked."""

import os
import socket
import urllib.error
import urllib.request
from urllib.parse import quote

import pytest
from siege import Behaved, Canary, check_that_nobody_else_was_harmed

from kg.errors import InputError
from kg.web import create_app
from kg.web.settings import Settings

BASE = "https://w3id.org/readout/"
SAME = "http://www.w3.org/2004/02/skos/core#exactMatch"
THEIRS = f"""
@prefix p: <http://property.example/> .
<{BASE}official/ada-nyberg> p:born 1970 . <{BASE}official/jonas-okafor> p:born 1960 .
"""


@pytest.fixture(scope="module")
def remote(remote_over):
    return remote_over(THEIRS)


@pytest.fixture(scope="module")
def client(folder, remote):
    app = create_app(folder, federate=[remote], workers=2)
    yield app.test_client()
    app.extensions["kg"].close()


def born(remote, extra=""):
    return f"""SELECT DISTINCT ?who ?year {{ ?m <{BASE}ontology#participant> ?who {extra}
    SERVICE <{remote}> {{ ?who <http://property.example/born> ?year }} }} ORDER BY ?year"""


def test_a_query_asks_an_endpoint_of_the_list(client, remote):
    answer = client.get("/sparql", query_string={"query": born(remote), "format": "csv"})
    assert answer.text.split() == [
        "who,year",
        f"{BASE}official/jonas-okafor,1960",
        f"{BASE}official/ada-nyberg,1970",
    ]


def test_a_server_that_listens_asks_too(folder, remote, serving):
    server = serving(folder, "--federate", remote, "--workers", "1")
    for _ in range(2):
        with urllib.request.urlopen(
            f"{server.url}/sparql?format=csv&query={quote(born(remote))}", timeout=30
        ) as answer:
            assert answer.read().count(b"\r\n") == 3
            assert answer.headers["Kg-Rows"] == "2"
    other = born("http://127.0.0.1:9/")
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(f"{server.url}/sparql?query={quote(other)}", timeout=30)
    with refusal.value as error:
        assert (error.code, b"not on the list" in error.read()) == (403, True)


def test_the_endpoint_says_that_it_can(client):
    assert "BasicFederatedQuery" in client.get("/sparql", headers={"Accept": "text/turtle"}).text


def test_an_answer_that_others_gave_a_part_of_is_not_kept(client, remote):
    answer = client.get("/sparql", query_string={"query": born(remote)})
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers


def test_a_page_shows_such_an_answer_too(client, remote):
    answer = client.get("/sparql", query_string={"query": born(remote)}, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert "1960" in answer.text


def test_the_dataset_of_the_request_is_that_of_our_side(client, remote):
    parameters = {"query": born(remote), "format": "csv", "default-graph-uri": "urn:none"}
    assert client.get("/sparql", query_string=parameters).text.split() == ["who,year"]


@pytest.mark.parametrize(
    ("text", "status", "says"),
    [
        ("SELECT * { SERVICE <http://elsewhere.example/> { ?s ?p ?o } }", 403, "not on the list"),
        ("SELECT * { SERVICE ?x { ?s ?p ?o } }", 403, "name the endpoint"),
        ("SELECT * { SERVICE <URL> { ?s ?p 'open } }", 400, "line 1"),
        ("SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }", 200, ""),
    ],
)
def test_what_is_wrong_is_said(client, remote, text, status, says):
    answer = client.get("/sparql", query_string={"query": text.replace("URL", remote)})
    assert answer.status_code == status, answer.text
    assert says in answer.text


def test_without_a_list_nobody_is_asked_and_the_answer_says_how_to_allow_it(app, remote):
    client = app.test_client()
    for headers in ({}, {"Accept": "text/html"}):
        answer = client.get("/sparql", query_string={"query": born(remote)}, headers=headers)
        assert answer.status_code == 403
        assert "--federate" in answer.text


def test_an_update_asks_nobody_even_with_a_list(folder, remote):
    from kg.web.access import new_grant

    token, grant = new_grant("tester", ["update"])
    app = create_app(folder, federate=[remote], write=True, tokens=grant.line, workers=1)
    text = f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{remote}> {{ ?s ?p ?o }} }}"
    headers = {"Content-Type": "application/sparql-update", "Authorization": f"Bearer {token}"}
    assert app.test_client().post("/update", data=text, headers=headers).status_code == 403
    app.extensions["kg"].close()


def test_the_list_is_a_setting_like_others(tmp_path, folder):
    file = tmp_path / "kg.toml"
    file.write_text('federate = ["https://a.example/sparql", "https://b.example/sparql"]\n')
    both = ("https://a.example/sparql", "https://b.example/sparql")
    assert Settings.read({"config": str(file)}, {}).federate == both
    assert Settings.read({}, {"KG_FEDERATE": " ".join(both)}).federate == both
    assert Settings.read({}, {}).federate == ()
    with pytest.raises(InputError, match="web address"):
        create_app(folder, federate="wikidata")
    with pytest.raises(InputError, match="list"):
        Settings.read({"federate": 3}, {})


def test_an_endpoint_that_never_answers_keeps_nobody_else_waiting(folder, serving, background):
    silent = socket.create_server(("127.0.0.1", 0), backlog=50)  # it lets clients in, and says nothing
    address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
    server = serving(folder, "--federate", address, env=os.environ | {"KG_FEDERATE_TIMEOUT": "2", "KG_WORKERS": "2"})
    behaved, canary = Behaved(server.url), Canary()
    statuses = []

    def ask():
        with pytest.raises(urllib.error.HTTPError) as refusal:
            urllib.request.urlopen(f"{server.url}/sparql?query={quote(born(address))}", timeout=30)
        with refusal.value as error:
            statuses.append(error.code)

    try:
        for thread in [background(ask) for _ in range(12)]:
            thread.join(30)
        assert set(statuses) == {502, 503}
        assert statuses.count(502) >= 4
        assert behaved.answers > 5
        check_that_nobody_else_was_harmed(server, behaved, canary, behaved.answers)
    finally:
        behaved.close()
        canary.close()
        silent.close()
