"""The W3C's SPARQL 1.1 suite over HTTP, its writing half: update evaluation and syntax, protocol, graph store.

The suite's unnamed graph is the one that updates write without naming a graph; blank nodes come back as IRIs of a form
that is known, and are compared as blank nodes.
"""

import re
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from w3c import MF, RDFS, UT, canonical, local, needed, requests, send, suite, text_of

from kg.store import JOURNAL, UNNAMED, open_store
from kg.store.skolem import SKOLEM
from kg.web.access import new_grant

EVALUATION = (
    *("add", "basic-update", "clear", "copy", "delete", "delete-data", "delete-insert", "delete-where", "drop"),
    *("move", "update-silent"),
)
TOKEN, GRANT = new_grant("suite", ["update", "graph-store"])
BEARER = {"Authorization": f"Bearer {TOKEN}"}
REFUSED = "LOAD is refused, SILENT or not: nobody makes this service visit an address"
EXCEPTIONS = {
    "update-silent/load-silent": REFUSED,
    "update-silent/load-into-silent": REFUSED,
}
"""What is not as the suite has it, with the cause."""

pytestmark = needed


@pytest.fixture(scope="module")
def writable(tmp_path_factory, start_server_in):
    folder = tmp_path_factory.mktemp("w3c") / "store"
    with open_store(folder, mode="write"):
        pass
    return start_server_in(folder, KG_WRITE="1", KG_TOKENS=GRANT.line, KG_WORKERS="1")


def update(server, text, iri="http://base.example/"):
    headers = BEARER | {"Content-Type": "application/sparql-update"}
    return send(server, "POST", "/update", f"BASE <{iri}>\n{text}".encode(), headers.items())


def graphs(manifest, node):
    """The dataset of a test: graphs by name, the unnamed one under None."""
    found = {None: []}
    if node is None:
        return found
    for data in manifest.all(node, UT + "data"):
        found[None] += parsed(data.value)
    for data in manifest.all(node, UT + "graphData"):
        name = manifest.one(data, RDFS + "label").value
        found[name] = found.get(name, []) + parsed(manifest.one(data, UT + "graph").value)
    return found


def parsed(iri):
    return [quad.triple for quad in ox.parse(path=str(local(iri)), base_iri=iri)]


def fill(server, dataset):
    """Make *dataset* all that the server has."""
    unnamed = lines(dataset[None])
    named = " ".join(f"GRAPH <{name}> {{ {lines(triples)} }}" for name, triples in dataset.items() if name)
    status, _, body = update(server, f"DROP ALL; INSERT DATA {{ {unnamed} {named} }}")
    assert status == 204, body


def lines(triples):
    return "".join(f"{triple} .\n" for triple in triples)


def held(server):
    """What the server has, its blank nodes made such again."""
    query = "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"
    status, _, body = send(server, "GET", f"/sparql?format=json&query={quote(query)}")
    assert status == 200
    found = {None: []}
    for graph, *terms in ox.parse_query_results(body, ox.QueryResultsFormat.JSON):
        if graph != JOURNAL:
            found.setdefault(None if graph == UNNAMED else graph.value, []).append(ox.Triple(*map(blank, terms)))
    return found


def blank(term):
    named = isinstance(term, ox.NamedNode) and term.value.startswith(SKOLEM)
    return ox.BlankNode(re.sub(r"\W", "_", term.value.removeprefix(SKOLEM))) if named else term


def compared(dataset):
    return {name: canonical(triples) for name, triples in dataset.items() if triples}


@pytest.mark.parametrize(("manifest", "node", "kind"), suite(EXCEPTIONS, EVALUATION, "UpdateEvaluationTest"))
def test_an_update_does_what_the_suite_expects(writable, manifest, node, kind):
    action, result = manifest.one(node, MF + "action"), manifest.one(node, MF + "result")
    fill(writable, graphs(manifest, action))
    request = manifest.one(action, UT + "request").value
    status, _, body = update(writable, text_of(request), request)
    assert status == 204, body
    assert compared(held(writable)) == compared(graphs(manifest, result))


SYNTAX = ("PositiveUpdateSyntaxTest11", "NegativeUpdateSyntaxTest11")


@pytest.mark.parametrize(
    ("manifest", "node", "kind"), suite(EXCEPTIONS, ["syntax-update-1", "syntax-update-2", "basic-update"], *SYNTAX)
)
def test_what_is_an_update_is_told_from_what_is_none(writable, manifest, node, kind):
    iri = manifest.one(node, MF + "action").value
    text = text_of(iri)
    status, _, body = update(writable, text, iri)
    if "LOAD" in text.upper():
        assert status == 403, body
    elif kind.startswith("Negative"):
        assert status == 400
    else:
        assert status == 204, body


def protocol_tests():
    return [test for test in suite(EXCEPTIONS, ["protocol"], "ProtocolTest") if "update" in test.id]


@pytest.mark.parametrize(("manifest", "node", "kind"), protocol_tests())
def test_the_update_operation_keeps_the_protocol(writable, manifest, node, kind):
    for method, path, headers, data, expected in requests(manifest, node):
        query = headers.get("content-type") == "application/sparql-query"
        path = path.replace("/sparql/", "/sparql" if query else "/update", 1)
        status, media_type, body = send(writable, method, path, data, (headers | BEARER).items())
        check(manifest, expected, status, media_type, body)
        truth = manifest.one(expected, MF + "expectedBoolean")
        if truth:
            found = ox.parse_query_results(body, ox.QueryResultsFormat.from_media_type(media_type))
            assert bool(found) == (truth.value == "true")


def check(manifest, expected, status, media_type, body):
    wanted = {term.value.rpartition("#")[2] for term in manifest.all(expected, MF + "expectedStatus")}
    names = {200: "OK", 201: "Created", 204: "NoContent", 404: "NotFound"}
    assert {names.get(status), f"StatusCode{status // 100}xx"} & wanted, (status, body)


@pytest.mark.parametrize(
    ("manifest", "node", "kind"),
    suite(
        EXCEPTIONS,
        [f"graph-store-protocol/manifest-{way}.ttl" for way in ("direct", "indirect")],
        "GraphStoreProtocolTest",
    ),
)
def test_the_graph_store_keeps_the_protocol(writable, manifest, node, kind):
    assert update(writable, "DROP ALL")[0] == 204
    location = ""
    for method, path, headers, data, expected in requests(manifest, node):
        path = path.replace("/gsp", "/graphs", 1).replace("$LOCATION$", location).removeprefix(writable.url)
        status, media_type, body, answered = send(
            writable, method, path, data, (headers | BEARER).items(), with_headers=True
        )
        check(manifest, expected, status, media_type, body)
        location = answered.get("Location", location)
        wanted = manifest.one(expected, "http://www.w3.org/2011/http#body")
        if wanted:
            text = manifest.one(wanted, "http://www.w3.org/2011/content#chars").value
            base = f"{writable.url}{path}"
            mine = [q.triple for q in ox.parse(body, ox.RdfFormat.from_media_type(media_type), base_iri=base)]
            theirs = [q.triple for q in ox.parse(text, ox.RdfFormat.TURTLE, base_iri=base)]
            assert canonical(ox.Triple(*map(blank, triple)) for triple in mine) == canonical(theirs)
