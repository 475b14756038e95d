"""The Graph Store Protocol beyond its basics: patches, conditions, tags, and what other sites may do."""

import gzip
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest

from kg.web import create_app
from kg.web.access import new_grant

TURTLE = {"Content-Type": "text/turtle"}
PATCH = {"Content-Type": "application/sparql-update"}
LINES = {"Accept": "application/n-triples"}
SECRET, GRANT = new_grant("tester", ["graph-store", "update"])
ALLOWED = {"Authorization": f"Bearer {SECRET}"}
GRAPH = "http://g.example/patched"
ADDRESS = "/graphs?graph=" + quote(GRAPH, safe="")
OTHER = "/graphs?graph=urn:other"


@pytest.fixture(scope="module")
def application(tmp_path_factory, write_days):
    path = tmp_path_factory.mktemp("graphs") / "store"
    write_days(path, "2021-03-01")
    app = create_app(path, write=True, tokens=GRANT.line, upload="1M", workers=1)
    yield app
    app.extensions["kg"].close()


@pytest.fixture
def client(application):
    client = application.test_client()
    for address in (ADDRESS, OTHER):
        assert client.put(address, data="<urn:a> <urn:p> 1 .", headers=TURTLE | ALLOWED).status_code in (201, 204)
    return client


def lines(client, address=ADDRESS):
    return sorted(line.split(b" ", 2)[2] for line in client.get(address, headers=LINES).data.splitlines())


def patch(client, text, address=ADDRESS, **headers):
    return client.patch(address, data=text, headers=PATCH | ALLOWED | headers)


@pytest.mark.parametrize(
    ("text", "objects"),
    [
        ("INSERT DATA { <urn:a> <urn:p> 2 }", (1, 2)),
        (f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <urn:a> <urn:p> 2 }} }}", (1, 2)),
        ("DELETE DATA { <urn:a> <urn:p> 1 } ; INSERT DATA { <urn:a> <urn:p> 3 }", (3,)),
        ("DELETE WHERE { ?s ?p 1 } ; INSERT DATA { <urn:a> <urn:p> 3 }", (3,)),
        ("DELETE { ?s ?p ?o } INSERT { ?s ?p ?n } WHERE { ?s ?p ?o BIND(?o + 4 AS ?n) }", (5,)),
        ("INSERT { ?s ?p 9 } WHERE { GRAPH ?g { ?s ?p ?o } }", (1,)),  # there is no graph but this
        ("CLEAR DEFAULT ; INSERT DATA { <urn:a> <urn:p> 7 }", (7,)),
    ],
)
def test_a_patch_is_an_update_for_which_one_graph_is_all_there_is(client, text, objects):
    assert patch(client, text).status_code == 204
    assert [int(line.split(b'"')[1]) for line in lines(client)] == list(objects)
    assert len(lines(client, OTHER)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { GRAPH <urn:other> { <urn:a> <urn:p> 2 } }",
        "CLEAR ALL",
        "DROP GRAPH <urn:other>",
        f"MOVE <urn:other> TO <{GRAPH}>",
        "INSERT { GRAPH ?g { ?s ?p ?o } } WHERE { ?s ?p ?o BIND(<urn:other> AS ?g) }",
        "LOAD <http://127.0.0.1:9/>",
    ],
)
def test_a_patch_reaches_no_other_graph(client, text):
    assert patch(client, text).status_code == 403
    assert len(lines(client)) == len(lines(client, OTHER)) == 1


@pytest.mark.parametrize(
    ("text", "headers", "status"),
    [
        ("INSERT DATA { <urn:a> <urn:p> }", {}, 400),
        (f"WITH <{GRAPH}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}", {}, 400),
        ("CLEAR DEFAULT", {"Content-Type": "text/turtle"}, 415),
        ("CLEAR DEFAULT", {"Content-Encoding": "gzip"}, 415),
        ("CLEAR DEFAULT", {"Authorization": ""}, 401),
    ],
)
def test_a_patch_that_is_unfit_changes_nothing(client, text, headers, status):
    assert patch(client, text, **headers).status_code == status
    assert len(lines(client)) == 1


def test_the_short_form_of_delete_looks_in_the_dataset_of_the_request(client):
    body = {"update": "DELETE WHERE { ?s ?p ?o }", "using-graph-uri": "urn:other"}
    default = "/graphs?default"
    client.put(default, data="<urn:a> <urn:p> 1 . <urn:a> <urn:p> 2 .", headers=TURTLE | ALLOWED)
    assert client.post("/update", data=body, headers=ALLOWED).status_code == 204
    assert [line.split(b'"')[1] for line in lines(client, default)] == [b"2"]
    assert len(lines(client, "/graphs?graph=urn:other")) == 1


def test_a_graph_that_is_not_there_cannot_be_patched(client):
    assert patch(client, "INSERT DATA { <urn:a> <urn:p> 2 }", "/graphs?graph=urn:never").status_code == 404


def test_the_default_graph_can_be_patched_also_when_it_is_empty(client):
    client.delete("/graphs?default", headers=ALLOWED)
    assert patch(client, "INSERT DATA { <urn:a> <urn:p> 8 }", "/graphs?default").status_code == 204
    assert len(lines(client, "/graphs?default")) == 1


def tag(client, address=ADDRESS, **headers):
    return client.get(address, headers=LINES | headers).headers["ETag"]


def test_a_tag_is_strong_and_changes_with_the_graph_alone(client):
    before = tag(client)
    assert before.startswith('"')
    client.put(OTHER, data="<urn:a> <urn:p> 5 .", headers=TURTLE | ALLOWED)
    assert tag(client) == before
    again = client.get(ADDRESS, headers=LINES | {"If-None-Match": before})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", before)
    patch(client, "INSERT DATA { <urn:a> <urn:p> 2 }")
    assert tag(client) != before
    patch(client, "DELETE DATA { <urn:a> <urn:p> 2 }")
    assert tag(client) == before


def test_each_format_and_each_coding_has_its_own_tag(client):
    body = "".join(f"<urn:a> <urn:p> {n} .\n" for n in range(200))
    client.put(ADDRESS, data=body, headers=TURTLE | ALLOWED)
    plain, packed = tag(client), tag(client, **{"Accept-Encoding": "gzip"})
    turtle = client.get(ADDRESS, headers={"Accept": "text/turtle"}).headers["ETag"]
    assert len({plain, packed, turtle}) == 3
    for known in (plain, packed):
        assert client.get(ADDRESS, headers=LINES | {"If-None-Match": known}).status_code == 304
    assert client.get(ADDRESS, headers=LINES | {"If-None-Match": turtle}).status_code == 200


@pytest.mark.parametrize("method", ["put", "post", "patch", "delete"])
def test_a_write_on_a_condition_that_does_not_hold_changes_nothing(client, method):
    old = tag(client)
    assert patch(client, "INSERT DATA { <urn:a> <urn:p> 2 }").status_code == 204
    kind = PATCH if method == "patch" else TURTLE
    text = "CLEAR DEFAULT" if method == "patch" else "<urn:a> <urn:p> 3 ."
    for condition in ({"If-Match": old}, {"If-Match": '"nonsense"'}, {"If-None-Match": "*"}):
        answer = getattr(client, method)(ADDRESS, data=text, headers=kind | ALLOWED | condition)
        assert answer.status_code == 412, (method, condition)
    weak = {"If-Match": f"W/{tag(client)}"}
    assert getattr(client, method)(ADDRESS, data=text, headers=kind | ALLOWED | weak).status_code == 412
    assert len(lines(client)) == 2
    now = {"If-Match": f'"other", {tag(client, **{"Accept-Encoding": "gzip"})}'}
    assert getattr(client, method)(ADDRESS, data=text, headers=kind | ALLOWED | now).status_code == 204


def test_a_graph_is_made_only_if_there_is_none(client):
    address, only = "/graphs?graph=urn:made", {"If-None-Match": "*"}
    client.delete(address, headers=ALLOWED)
    headers = TURTLE | ALLOWED | only
    assert client.put(address, data="<urn:a> <urn:p> 1 .", headers=headers).status_code == 201
    assert client.put(address, data="<urn:a> <urn:p> 1 .", headers=headers).status_code == 412
    missing = TURTLE | ALLOWED | {"If-Match": "*"}
    assert client.put("/graphs?graph=urn:none", data="<urn:a> <urn:p> 1 .", headers=missing).status_code == 412


def test_of_those_who_know_the_same_state_one_writes(client, application):
    known = {"If-Match": tag(client)}

    def write(number):
        body = f"<urn:a> <urn:p> {number} ."
        return application.test_client().put(ADDRESS, data=body, headers=TURTLE | ALLOWED | known).status_code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(write, range(10, 14))) == [204, 412, 412, 412]


def test_the_head_of_a_graph_is_that_of_its_content(client):
    head, whole = client.head(ADDRESS, headers=LINES), client.get(ADDRESS, headers=LINES)
    assert head.data == b""
    for name in ("Content-Type", "Content-Length", "ETag", "Vary", "Access-Control-Allow-Origin"):
        assert head.headers[name] == whole.headers[name]
    assert client.head("/graphs?graph=urn:never").status_code == 404


def test_other_sites_may_read_and_not_write(client):
    answer = client.options(ADDRESS, headers={"Origin": "http://evil.example"})
    assert answer.status_code == 204
    assert "PATCH" in answer.headers["Allow"]
    assert answer.headers["Accept-Patch"] == "application/sparql-update"
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert "Authorization" not in answer.headers["Access-Control-Allow-Headers"]
    for method in ("put", "post", "patch", "delete"):
        refused = getattr(client, method)(ADDRESS, data="", headers=ALLOWED | {"Origin": "http://evil.example"})
        assert refused.status_code == 403
        assert "Access-Control-Allow-Origin" not in refused.headers


def test_a_graph_comes_in_the_format_that_the_address_names(client):
    assert client.get(f"{ADDRESS}&format=jsonld").content_type == "application/ld+json"
    assert client.get(f"{ADDRESS}&format=docx").status_code == 406


def test_a_graph_comes_packed(client):
    body = "".join(f"<urn:a> <urn:p> {n} .\n" for n in range(200))
    client.put(ADDRESS, data=body, headers=TURTLE | ALLOWED)
    answer = client.get(ADDRESS, headers=LINES | {"Accept-Encoding": "gzip"})
    assert gzip.decompress(answer.data).count(b"\n") == 200
