"""Hostile updates and uploads against a server that listens, beside a client that behaves.

Whoever sends them has a token: what can be written is a matter of trust, but not that others are still answered.
"""

import gzip
import json
import socket
import time
import urllib.error
import urllib.request
from http.client import HTTPException
from urllib.parse import quote

import hostile
import pytest
from siege import Behaved, Canary, check_that_nobody_else_was_harmed

from kg.store import open_store
from kg.web.access import new_grant

SECRET, GRANT = new_grant("hostile", ["update", "graph-store"])
ALLOWED = {"Authorization": f"Bearer {SECRET}"}
SECONDS = 1.0
REFUSED = {400, 403, 413, 415, 503, 504}


@pytest.fixture(scope="module")
def canary():
    canary = Canary()
    yield canary
    canary.close()


@pytest.fixture(scope="module")
def place(tmp_path_factory, write_days):
    path = tmp_path_factory.mktemp("hostile") / "store"
    write_days(path, "2021-03-01", "2022-04-02")
    return path


@pytest.fixture(scope="module")
def besieged(place, start_server_in):
    limits = {"KG_UPLOAD": "2M", "KG_WRITE_TIMEOUT": str(SECONDS), "KG_MEMORY": "512M", "KG_WORKERS": "2"}
    return start_server_in(place, KG_WRITE="1", KG_TOKENS=GRANT.line, **limits)


@pytest.fixture(scope="module")
def behaved(besieged):
    client = Behaved(besieged.url)
    yield client
    client.close()


def send(url, body, headers, method="POST"):
    """Send a request; return the status of its answer, or 0 if the connection ended without one."""
    request = urllib.request.Request(url, body, ALLOWED | headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            answer.read()
            return answer.status
    except urllib.error.HTTPError as error:
        with error:
            error.read()
        return error.code
    except (HTTPException, OSError):
        return 0


def updates(address):
    """Updates, by name."""
    for name in ("braces", "str", "exists", "optional", "subselect", "list", "path", "triple term"):
        query = hostile.deep(2000)[name]
        where = query.removeprefix("ASK ") if query.startswith("ASK") else "{ { " + query + " } }"
        yield f"deep: {name}", f"INSERT {{ <urn:h> <urn:p> 1 }} WHERE {where}"
    for name in ("or", "path steps", "patterns in a chain"):
        yield f"long: {name}", "INSERT { <urn:h> <urn:p> 1 } WHERE " + hostile.flat(2000)[name].removeprefix("ASK ")
    cross = hostile.CROSS
    yield (
        "runaway: where",
        f"INSERT {{ <urn:h> <urn:p> ?n }} WHERE {{ SELECT (COUNT(*) AS ?n) {{ GRAPH ?x {{ {cross} }} }} }}",
    )
    yield "runaway: insert", f"INSERT {{ ?a ?e ?l }} WHERE {{ GRAPH ?x {{ {cross} }} }}"
    yield "runaway: delete", f"DELETE {{ GRAPH ?x {{ ?a ?b ?c }} }} WHERE {{ GRAPH ?x {{ {cross} }} }}"
    doubled = " ".join(f"BIND(CONCAT(?v{n},?v{n}) AS ?v{n + 1})" for n in range(33))
    yield "runaway: memory", f"INSERT {{ <urn:h> <urn:p> ?v33 }} WHERE {{ BIND('0123456789' AS ?v0) {doubled} }}"
    yield (
        "nested terms in data",
        f"INSERT DATA {{ <urn:h> <urn:p> {'<<( <urn:s> <urn:p> ' * 20_000}1{' )>>' * 20_000} }}",
    )
    yield "many operations", "CLEAR SILENT GRAPH <urn:none> ;\n" * 20_000
    yield "a long line", "INSERT DATA { <urn:h> <urn:p> '" + "x" * 3_000_000 + "' }"
    yield "an open string", "INSERT DATA { <urn:h> <urn:p> '" + "x" * 1_000_000
    yield "bad bytes", "INSERT DATA { <urn:h> <urn:p> '\udcff' }"
    for name in ("silent service", "service behind a quote", "service in a subselect"):
        where = hostile.reaching_out(address)[name].partition("{")[2]
        yield f"reaching out: {name}", f"INSERT {{ <urn:h> <urn:p> 1 }} WHERE {{ {where}"
    yield "reaching out: load", f"LOAD <{address}>"
    yield "reaching out: load silently into", f"LOAD SILENT <{address}> INTO GRAPH <urn:g>"


def bomb():
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    return (
        f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e0 "x">{entities}]>'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:p="urn:p#">'
        '<rdf:Description rdf:about="urn:a"><p:p>&e8;</p:p></rdf:Description></rdf:RDF>'
    )


def uploads(address):
    """Bodies with their headers, by name. (Of one that is too long, the server need not listen to the end.)"""
    turtle, xml = {"Content-Type": "text/turtle"}, {"Content-Type": "application/rdf+xml"}
    json_ld, packed = {"Content-Type": "application/ld+json"}, turtle | {"Content-Encoding": "gzip"}
    nested = '{"urn:p":' * 20_000 + "1" + "}" * 20_000
    yield "nested JSON-LD", nested, json_ld
    yield "nested lists of JSON-LD", '{"urn:p":' + '{"@list":[' * 5000 + "]}" * 5000 + "}", json_ld
    yield "a context elsewhere", json.dumps({"@context": address, "name": "x"}), json_ld
    yield "nested terms", "<urn:a> <urn:p> " + "<<( <urn:s> <urn:p> " * 50_000 + "1" + " )>>" * 50_000 + " .", turtle
    yield "nested lists", "<urn:a> <urn:p> " + "(" * 100_000 + ")" * 100_000 + " .", turtle
    yield "nested nodes", "<urn:a> <urn:p> " + "[ <urn:p> " * 100_000 + "1" + "]" * 100_000 + " .", turtle
    yield "nested elements", "<a>" * 100_000 + "</a>" * 100_000, xml
    yield "an entity bomb", bomb(), xml
    yield "an entity of a file", '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>', xml
    yield "an entity of an address", f'<!DOCTYPE r [<!ENTITY x SYSTEM "{address}">]><r>&x;</r>', xml
    yield "a gzip bomb", gzip.compress(b"#" * 100_000_000), packed
    yield "half a gzip", gzip.compress(b"<urn:a> <urn:p> 1 .")[:-6], packed
    yield "no gzip", "<urn:a> <urn:p> 1 .", packed
    yield "an endless line", "<urn:a> <urn:p> '" + "x" * 1_900_000, turtle
    yield "a body that is too big", "#" * 4_000_000, turtle
    yield "many prefixes", "".join(f"@prefix p{n}: <urn:{n}> .\n" for n in range(50_000)) + "p:a p:b p:c .", turtle
    yield "nul", b"<urn:a> <urn:p> '\x00' .", turtle
    yield "no known format", "x", {"Content-Type": "application/x-rdf" + "x" * 2000}
    parts = "".join(f"--x\r\nContent-Disposition: form-data; name=f{n}\r\n\r\n1\r\n" for n in range(3000))
    yield "many parts", parts + "--x--\r\n", {"Content-Type": "multipart/form-data; boundary=x"}
    yield "a form without end", "--x\r\n" + "a" * 500_000, {"Content-Type": "multipart/form-data; boundary=x"}


UPDATES = [name for name, _ in updates("http://127.0.0.1:9/")]
UPLOADS = [name for name, _, _ in uploads("http://127.0.0.1:9/")]


@pytest.mark.parametrize("name", UPDATES)
def test_a_hostile_update_harms_nobody_else(besieged, behaved, canary, name):
    answers = behaved.answers
    text = dict(updates(canary.address))[name].encode(errors="surrogateescape")
    status = send(f"{besieged.url}/update", text, {"Content-Type": "application/sparql-update"})
    harmless = not name.startswith(("runaway", "reaching"))
    assert status in REFUSED | ({204} if harmless else set()) | ({0} if name == "a long line" else set())
    check_that_nobody_else_was_harmed(besieged, behaved, canary, answers)


@pytest.mark.parametrize("name", UPLOADS)
def test_a_hostile_upload_harms_nobody_else(besieged, behaved, canary, name):
    answers = behaved.answers
    body, headers = {each: (body, headers) for each, body, headers in uploads(canary.address)}[name]
    address = f"{besieged.url}/graphs?graph=" + quote("urn:hostile")
    status = send(address, body if isinstance(body, bytes) else body.encode(), headers, "PUT")
    harmless = name in ("nested lists", "nested nodes", "many prefixes", "nul")
    assert status in REFUSED | ({201, 204} if harmless else set()) | ({0} if "too big" in name else set())
    check_that_nobody_else_was_harmed(besieged, behaved, canary, answers)


def test_uploads_that_never_end_keep_nobody_from_writing(besieged, behaved, canary):
    """Twenty clients send a byte now and then; the one that behaves writes in between."""
    answers = behaved.answers
    host, _, port = besieged.url.removeprefix("http://").partition(":")
    head = f"PUT /graphs?graph=urn:slow HTTP/1.1\r\nHost: a\r\n{'Authorization: ' + ALLOWED['Authorization']}\r\n"
    slow = []
    try:
        for number in range(20):
            connection = socket.create_connection((host, int(port)), timeout=10)
            length = "Content-Length: 100000" if number % 2 else "Transfer-Encoding: chunked"
            connection.sendall(f"{head}Content-Type: text/turtle\r\n{length}\r\n\r\n".encode())
            slow.append(connection)
        for connection in slow:
            connection.sendall(b"#" if slow.index(connection) % 2 else b"1\r\n#\r\n")
        update = b"INSERT DATA { GRAPH <urn:kept> { <urn:a> <urn:p> 'in between' } }"
        kind = {"Content-Type": "application/sparql-update"}
        for _ in range(5):  # an update that others have stopped may have to start its process anew
            if send(f"{besieged.url}/update", update, kind) == 204:
                break
        else:
            raise AssertionError("nobody could write")
        check_that_nobody_else_was_harmed(besieged, behaved, canary, answers)
    finally:
        for connection in slow:
            connection.close()


def test_after_all_of_it_the_store_is_sound_and_has_nothing_of_it(besieged, place):
    kind = {"Content-Type": "application/sparql-update"}
    deadline = time.monotonic() + 20
    while send(f"{besieged.url}/update", b"CLEAR SILENT GRAPH <urn:hostile> ; CLEAR DEFAULT", kind) != 204:
        assert time.monotonic() < deadline
    with open_store(place) as store:
        assert not list(store.check())
        documents = [document.id for document in store.journal().values()]
        assert [each for each in documents if not each.startswith("norland-mfa/") and "graph/" not in each] in (
            [],
            ["urn:kept"],
        )
