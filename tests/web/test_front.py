"""The short way to a query's answer and the way through Flask: the same answers, by the same rules."""

import http.client
import json
import time
from urllib.parse import quote, urlencode

import pytest

SELECT = "SELECT DISTINCT ?l { ?m a <https://w3id.org/readout/ontology#Meeting> ; ?p ?o . ?o ?q ?l } ORDER BY ?l"
CONSTRUCT = "CONSTRUCT WHERE { ?m a <https://w3id.org/readout/ontology#Meeting> }"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . FILTER(STR(?a) < STR(?d)) }"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}


def at(query, **others):
    return "/sparql?" + urlencode({"query": query} | others)


LOOKUP = "SELECT ?p ?o { <https://w3id.org/readout/official/ada-nyberg> ?p ?o }"

REQUESTS = {
    "a SELECT": ("GET", at(SELECT), {}, b""),
    "ASK": ("GET", at("ASK {}"), {"Accept": "application/sparql-results+xml"}, b""),
    "a lookup": ("GET", at(LOOKUP), {}, b""),
    "a lookup by POST": ("POST", "/sparql", DIRECT, LOOKUP.encode()),
    "a lookup, packed": (
        "GET",
        at("DESCRIBE <https://w3id.org/readout/official/ada-nyberg>"),
        {"Accept-Encoding": "gzip"},
        b"",
    ),
    "a lookup for the editor": ("GET", at(LOOKUP), {"Accept": "text/html"}, b""),
    "a lookup in a dataset": ("GET", at(LOOKUP, **{"default-graph-uri": "urn:nothing"}), {}, b""),
    "a graph": ("GET", at(CONSTRUCT), {"Accept": "application/n-triples"}, b""),
    "a format": ("GET", at(SELECT, format="csv"), {"Accept": "text/html"}, b""),
    "no format that there is": ("GET", at(SELECT), {"Accept": "image/png"}, b""),
    "packed": ("GET", at("SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"), {"Accept-Encoding": "gzip"}, b""),
    "what is always new": ("GET", at("SELECT (NOW() < NOW() AS ?x) {}"), {}, b""),
    "a dataset": ("GET", at("ASK { ?s ?p ?o }", **{"default-graph-uri": "urn:nothing"}), {}, b""),
    "a relative IRI": ("GET", at("SELECT (IRI('x') AS ?i) {}"), {}, b""),
    "a form": ("POST", "/sparql", FORM, urlencode({"query": SELECT}).encode()),
    "a text": ("POST", "/sparql", DIRECT, SELECT.encode()),
    "a text in Latin-1": ("POST", "/sparql", DIRECT, b"ASK { ?s ?p '\xe9' }"),
    "a body of another type": ("POST", "/sparql", {"Content-Type": "text/plain"}, b"ASK {}"),
    "a wrong query": ("GET", at("SELECT * { ?s ?p }"), {"Accept": "application/json"}, b""),
    "a wrong query from a browser": ("GET", at("SELECT * { ?s ?p }"), {"Accept": "text/html"}, b""),
    "a query for the editor": ("GET", at(SELECT), {"Accept": "text/html"}, b""),
    "SERVICE": ("GET", at("SELECT * { SERVICE <http://a.example/> {} }"), {}, b""),
    "an update": ("GET", "/sparql?update=" + quote("CLEAR ALL"), {}, b""),
    "nothing": ("GET", "/sparql", {"Accept": "text/turtle"}, b""),
    "only the head": ("HEAD", at(SELECT), {}, b""),
    "another method": ("DELETE", at(SELECT), {}, b""),
    "no time": ("GET", at(SLOW, timeout="0.05"), {}, b""),
    "a timeout that is none": ("GET", at(SELECT, timeout="soon"), {}, b""),
    "what scripts ask first": ("OPTIONS", "/sparql", {}, b""),
}


def ask(server, method, target, headers, body):
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=30)
    connection.request(method, target, body or None, headers | {"Host": "localhost"})
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read()
    connection.close()
    return found


@pytest.mark.parametrize("name", REQUESTS)
def test_both_ways_lead_to_the_same_answer(server, client, name):
    method, target, headers, body = REQUESTS[name]
    through = client.open(target, method=method, headers=headers, data=body or None)
    for _ in range(2):  # the second time it may be one that was kept
        status, given, data = ask(server, method, target, headers, body)
        assert (status, data) == (through.status_code, through.data)
        # Whether the length and the rows are known beforehand depends on how the pieces come.
        differing = {"Date", "Connection", "Content-Length", "Transfer-Encoding", "Kg-Rows"}
        assert {key: given[key] for key in given.keys() - differing} == {
            key: value for key, value in through.headers.items() if key not in differing
        }


def test_who_has_the_answer_is_told_so(server):
    _, headers, _ = ask(server, "GET", at(SELECT), {}, b"")
    for tags in (headers["ETag"], f'"other", {headers["ETag"]}'):
        status, again, body = ask(server, "GET", at(SELECT), {"If-None-Match": tags}, b"")
        assert (status, body, again["ETag"]) == (304, b"", headers["ETag"])
    assert ask(server, "GET", at(SELECT), {"If-None-Match": '"other"'}, b"")[0] == 200


def figures(server):
    text = ask(server, "GET", "/metrics", {}, b"")[2].decode()
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in text.splitlines() if line[0] != "#"}


def test_a_query_that_many_ask_at_the_same_time_is_computed_once(folder, serving, background):
    server = serving(folder, "--workers", "4")
    answers = []
    for _ in range(6):
        background(lambda: answers.append(ask(server, "GET", at(SLOW), {}, b"")))
    most = 0.0
    while len(answers) < 6:
        now = figures(server)
        most = max(most, now["kg_workers_started"] - now["kg_workers_idle"])
        time.sleep(0.01)
    assert most == 1
    assert {answer[0] for answer in answers} == {200}
    assert len({answer[2] for answer in answers}) == 1


def test_a_query_that_nobody_waits_for_any_more_is_stopped(folder, serving):
    server = serving(folder)
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=30)
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    connection.request("GET", at(endless))
    while figures(server)["kg_workers_idle"] == figures(server)["kg_workers_started"]:
        time.sleep(0.01)
    connection.close()
    deadline = time.monotonic() + 5  # half of what a query may take
    while figures(server)["kg_workers_idle"] != figures(server)["kg_workers_started"]:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_all_ways_are_counted(folder, serving):
    server = serving(folder)
    for target in (at("ASK {}"), at("ASK {}"), at("SELECT * {"), "/health"):
        ask(server, "GET", target, {}, b"")
    found = figures(server)
    assert found['kg_requests_total{path="/sparql",method="GET",status="200"}'] == 2
    assert found['kg_requests_total{path="/sparql",method="GET",status="400"}'] == 1
    assert found['kg_requests_total{path="/health",method="GET",status="200"}'] == 1
    assert found["kg_requests_running"] == 1  # this one


def test_a_trusted_proxy_tells_the_address_that_a_client_asked(folder, serving):
    server = serving(folder, env=None)
    told = {"X-Forwarded-Host": "data.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
    query = at("SELECT (IRI('x') AS ?i) {}")
    iri = json.loads(ask(server, "GET", query, told, b"")[2])["results"]["bindings"][0]["i"]["value"]
    assert iri == "http://localhost/x"
    proxied = serving(folder, "--trusted-proxy", "127.0.0.1")
    iri = json.loads(ask(proxied, "GET", query, told, b"")[2])["results"]["bindings"][0]["i"]["value"]
    assert iri == "https://data.example/x"
