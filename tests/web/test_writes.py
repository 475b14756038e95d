"""Writing over HTTP: off unless asked for, never without a token, and readable as soon as it is answered."""

import base64
import gzip
import os
import urllib.error
import urllib.request
from urllib.parse import quote, urlencode

import pytest

from kg.errors import InputError
from kg.store import open_store
from kg.web import create_app
from kg.web.access import new_grant

UPDATE = {"Content-Type": "application/sparql-update"}
TURTLE = {"Content-Type": "text/turtle"}
INSERT = "INSERT DATA { GRAPH <urn:w> { <urn:a> <urn:p> 'new' } }"
SECRET, GRANT = new_grant("tester", ["update", "graph-store"])
WEAK, WEAK_GRANT = new_grant("reader", ["read"])
PASSWORD, PERSON = new_grant("person", ["update"], "correct horse")
LINES = ";".join(grant.line for grant in (GRANT, WEAK_GRANT, PERSON))


@pytest.fixture(scope="module")
def place(tmp_path_factory, write_days):
    path = tmp_path_factory.mktemp("writes") / "store"
    write_days(path, "2021-03-01")
    return path


@pytest.fixture(scope="module")
def application(place):
    app = create_app(place, write=True, tokens=LINES, upload="1M", workers=2, write_timeout=20)
    yield app
    app.extensions["kg"].close()


@pytest.fixture
def client(application):
    return application.test_client()


def bearer(token=SECRET):
    return {"Authorization": f"Bearer {token}"}


def basic(name, password):
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


def ask(client, pattern):
    return client.get("/sparql", query_string={"query": f"ASK {{ {pattern} }}"}).json["boolean"]


def test_a_client_reads_its_own_write_at_once(client):
    for number in range(3):
        text = f"INSERT DATA {{ GRAPH <urn:own> {{ <urn:own> <urn:n> {number} }} }}"
        assert not ask(client, f"GRAPH <urn:own> {{ ?s ?p {number} }}")
        assert client.post("/update", data=text, headers=UPDATE | bearer()).status_code == 204
        assert ask(client, f"GRAPH <urn:own> {{ ?s ?p {number} }}")
        assert ask(client, f"?s <urn:n> {number}")


def test_a_form_can_carry_an_update_and_its_dataset(client):
    client.post("/update", data=INSERT, headers=UPDATE | bearer())
    form = {"update": "INSERT { <urn:f> <urn:p> ?o } WHERE { ?s ?p ?o }", "using-graph-uri": "urn:w"}
    assert client.post("/update", data=form, headers=bearer()).status_code == 204
    assert ask(client, "<urn:f> <urn:p> 'new'")


def test_without_a_token_nothing_is_changed(client):
    before = client.get("/health").json["generation"]
    for headers in ({}, bearer("guess"), basic("person", "wrong"), basic("tester", SECRET), {"Authorization": "x"}):
        for method, path, kind in (("POST", "/update", UPDATE), ("PUT", "/graphs?default", TURTLE)):
            answer = client.open(path, method=method, data="CLEAR ALL", headers=kind | headers)
            assert answer.status_code == 401
            assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert client.delete("/graphs?graph=urn:w", headers=headers).status_code == 401
    assert client.get("/health").json["generation"] == before


def test_a_token_opens_what_its_scopes_say(client):
    assert client.post("/update", data=INSERT, headers=UPDATE | bearer(WEAK)).status_code == 403
    assert client.post("/update", data=INSERT, headers=UPDATE | basic("person", PASSWORD)).status_code == 204
    assert client.delete("/graphs?graph=urn:w", headers=basic("person", PASSWORD)).status_code == 403


@pytest.mark.parametrize("header", [{"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_page_of_another_site_cannot_write_even_with_a_password_that_the_browser_knows(client, header):
    form = {"update": "CLEAR ALL"}
    answer = client.post("/update", data=form, headers=basic("person", PASSWORD) | header)
    assert answer.status_code == 403
    assert "Access-Control-Allow-Origin" not in answer.headers
    preflight = client.options("/update", headers=header | {"Access-Control-Request-Method": "POST"})
    assert "Access-Control-Allow-Origin" not in preflight.headers


def test_writing_is_off_unless_it_is_asked_for(folder, app):
    client = app.test_client()
    for path in ("/update", "/graphs?default"):
        answer = client.post(path, data="CLEAR ALL", headers=UPDATE | bearer())
        assert answer.status_code == 403
        assert b"for reading" in answer.data
    assert client.get(f"/graphs?graph={graph_of(folder)}").status_code == 200


def test_writing_needs_somebody_who_may(folder):
    for setting in ({"write": True}, {"private": True}):
        with pytest.raises(InputError, match="kg token"):
            create_app(folder, **setting)


def graph_of(folder):
    with open_store(folder) as store:
        return next(iter(store.journal()))


def test_a_private_service_tells_nothing_to_strangers(folder):
    app = create_app(folder, private=True, tokens=LINES, workers=1)
    client = app.test_client()
    query = "/sparql?query=ASK%7B%7D"
    paths = (query, "/", "/id/official/ada-nyberg", f"/graphs?graph={graph_of(folder)}", "/questions/who-met-whom")
    for path in paths:
        assert client.get(path).status_code == 401
    assert client.get(query, headers=bearer(WEAK)).status_code == 200
    assert client.get(query, headers=bearer(WEAK)).status_code == 200
    assert client.get(query).status_code == 401  # what the cache holds for others is not given away
    assert client.get(query, headers=bearer()).status_code == 403
    app.extensions["kg"].close()


@pytest.mark.parametrize(
    ("text", "status", "says"),
    [
        ("INSERT DATA { <urn:a> <urn:b> }", 400, "line 1, column 31"),
        ("LOAD <http://127.0.0.1:9/>", 403, "LOAD"),
        ("DROP GRAPH <urn:readout-kg:journal>", 403, "journal"),
    ],
)
def test_what_is_wrong_with_an_update_is_said(client, text, status, says):
    answer = client.post("/update", data=text, headers=UPDATE | bearer())
    assert answer.status_code == status
    assert says in answer.json["detail"]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_an_update_has_one_method(client, method):
    answer = client.open("/update?update=CLEAR%20ALL", method=method, headers=bearer())
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST, OPTIONS"


# --- the graph store protocol -----------------------------------------------------------------------------------------


def test_a_graph_can_be_put_read_extended_and_deleted(client):
    address = "/graphs?graph=" + quote("http://g.example/1", safe="")
    assert client.get(address).status_code == 404
    assert client.put(address, data="<urn:a> <urn:p> 1 .", headers=TURTLE | bearer()).status_code == 201
    assert client.put(address, data="<urn:a> <urn:p> 2 .", headers=TURTLE | bearer()).status_code == 204
    assert client.post(address, data="<urn:a> <urn:p> 3 .", headers=TURTLE | bearer()).status_code == 204
    answer = client.get(address, headers={"Accept": "application/n-triples"})
    assert len(answer.data.splitlines()) == 2
    assert client.head(address).status_code == 200
    assert client.delete(address, headers=bearer()).status_code == 204
    assert client.get(address).status_code == 404
    assert client.delete(address, headers=bearer()).status_code == 404


def test_an_address_below_graphs_is_the_name_of_a_graph(client):
    assert client.put("/graphs/a/b", data="<> <urn:p> <c> .", headers=TURTLE | bearer()).status_code == 201
    assert ask(client, "GRAPH <http://localhost/graphs/a/b> { <http://localhost/graphs/a/b> <urn:p> ?o }")
    assert b"graphs/a/c" in client.get("/graphs/a/b").data


def test_a_graph_without_a_name_gets_one(client):
    answer = client.post("/graphs", data="<urn:a> <urn:p> 1 .", headers=TURTLE | bearer())
    assert answer.status_code == 201
    assert client.get(answer.headers["Location"]).status_code == 200


def test_the_default_graph_is_what_updates_write_without_a_name(client):
    assert client.put("/graphs?default", data="<urn:d> <urn:p> 1 .", headers=TURTLE | bearer()).status_code in (
        201,
        204,
    )
    assert client.get("/graphs?default", headers={"Accept": "application/n-triples"}).data.count(b"\n") == 1
    client.post("/update", data="CLEAR DEFAULT", headers=UPDATE | bearer())
    answer = client.get("/graphs?default", headers={"Accept": "application/n-triples"})
    assert (answer.status_code, answer.data) == (200, b"")


@pytest.mark.parametrize(
    ("path", "status"),
    [("/graphs", 400), ("/graphs?graph=urn:a&default", 400), ("/graphs?graph=relative", 400), ("/graphs?graph=", 400)],
)
def test_a_request_names_exactly_one_graph(client, path, status):
    assert client.put(path, data="", headers=TURTLE | bearer()).status_code == status


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"<urn:a> <urn:p> 1 .", {"Content-Type": "application/pdf"}, 415),
        (b"<urn:a> <urn:p> 1 .", {"Content-Type": "text/turtle; charset=utf-16"}, 415),
        (b"<urn:a> <urn:p> 1 .", TURTLE | {"Content-Encoding": "br"}, 415),
        (b"<urn:a> <urn:p> ", TURTLE, 400),
        (b"#" * 1_100_000, TURTLE, 413),
        (gzip.compress(b"#" * 50_000_000, mtime=0), TURTLE | {"Content-Encoding": "gzip"}, 400),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a/>', {"Content-Type": "application/rdf+xml"}, 400),
    ],
)
def test_a_body_that_is_unfit_is_refused(client, body, headers, status):
    assert client.put("/graphs?graph=urn:unfit", data=body, headers=headers | bearer()).status_code == status
    assert client.get("/graphs?graph=urn:unfit").status_code == 404


def test_a_packed_body_is_taken(client):
    body = gzip.compress(b"<urn:z> <urn:p> 1 .")
    headers = TURTLE | bearer() | {"Content-Encoding": "gzip"}
    assert client.put("/graphs?graph=urn:packed", data=body, headers=headers).status_code == 201
    assert ask(client, "GRAPH <urn:packed> { <urn:z> ?p ?o }")


def test_a_server_writes_too(place, tmp_path, write_days, serving):
    write_days(tmp_path / "store", "2021-03-01")
    tokens = tmp_path / "tokens"
    tokens.write_text(f"# who may write\n{GRANT.line}\n")
    server = serving(tmp_path / "store", "--write", "--tokens-file", str(tokens))
    body = urlencode({"update": INSERT}).encode()
    with urllib.request.urlopen(urllib.request.Request(f"{server.url}/update", body, bearer()), timeout=30) as answer:
        assert answer.status == 204
    with urllib.request.urlopen(
        f"{server.url}/sparql?query=" + quote("ASK { <urn:a> ?p 'new' }"), timeout=30
    ) as answer:
        assert b"true" in answer.read()
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(urllib.request.Request(f"{server.url}/update", body), timeout=30)
    refusal.value.close()
    server.process.terminate()
    assert server.process.wait(20) == 0
    with open_store(tmp_path / "store", mode="write") as store:
        assert not list(store.check())


def test_two_services_over_one_store_both_write_and_both_show_it(tmp_path, write_days, serving):
    write_days(tmp_path / "store", "2021-03-01")
    settings = os.environ | {"KG_WRITE": "1", "KG_TOKENS": GRANT.line, "KG_WORKERS": "1"}
    servers = [serving(tmp_path / "store", env=settings) for _ in range(2)]
    for number, server in enumerate(servers * 2):
        body = urlencode({"update": f"INSERT DATA {{ GRAPH <urn:two> {{ <urn:a> <urn:p> {number} }} }}"}).encode()
        request = urllib.request.Request(f"{server.url}/update", body, bearer())
        with urllib.request.urlopen(request, timeout=60) as answer:
            assert answer.status == 204
        for other in servers:
            query = quote(f"ASK {{ GRAPH <urn:two> {{ <urn:a> <urn:p> {number} }} }}")
            with urllib.request.urlopen(f"{other.url}/sparql?query={query}", timeout=30) as answer:
                assert b"true" in answer.read()
