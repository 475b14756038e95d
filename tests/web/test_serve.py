"""A server that really listens: `kg serve` in a process of its own, and clients that others have written."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import quote

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from kg.errors import InputError
from kg.store import open_store
from kg.web import create_app

ROOT = Path(__file__).resolve().parents[2]
READOUT = "https://w3id.org/readout/ontology#"


def get(url, **headers):
    request = urllib.request.Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.read()


def test_it_prints_its_address_once_it_can_be_reached(server):
    assert b'"status":"ok"' in get(f"{server.url}/health")


def test_a_client_library_gets_rows_truth_and_graphs(server):
    graph = rdflib.Graph(SPARQLStore(f"{server.url}/sparql", returnFormat="json"))
    rows = list(
        graph.query(f"SELECT ?m ?d {{ ?m a <{READOUT}Meeting> ; <https://schema.org/startDate> ?d }} ORDER BY ?d")
    )
    assert [str(row.d) for row in rows] == ["2021-03-01", "2022-04-02", "2023-05-03"]
    assert graph.query(f"ASK {{ ?m a <{READOUT}Meeting> }}").askAnswer
    meeting = rdflib.URIRef("https://w3id.org/readout/meeting/norland-mfa/2021-03-01-call/1")
    assert (meeting, rdflib.RDF.type, rdflib.URIRef(READOUT + "Meeting")) in graph
    xml = rdflib.Graph(SPARQLStore(f"{server.url}/sparql", returnFormat="xml"))
    assert len(xml.query(f"CONSTRUCT WHERE {{ ?m a <{READOUT}Meeting> }}").graph) == 3


def test_one_connection_serves_many_requests(server):
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=20)
    ports = set()
    for _ in range(5):
        connection.request("GET", "/sparql?query=" + quote("SELECT * { ?s ?p ?o } LIMIT 3"))
        ports.add(connection.sock.getsockname()[1])
        assert connection.getresponse().read()
    connection.close()
    assert len(ports) == 1


def test_a_big_result_comes_in_pieces_and_whole(server):
    text = "SELECT ?a ?b { VALUES ?a {" + " 1" * 300 + "} VALUES ?b {" + " 2" * 300 + "} }"
    with urllib.request.urlopen(f"{server.url}/sparql?format=csv&query={quote(text)}", timeout=30) as answer:
        assert answer.headers["Transfer-Encoding"] == "chunked"
        assert answer.read().count(b"\r\n") == 300 * 300 + 1


def test_a_port_in_use_is_said_in_one_line(folder, server):
    port = server.url.rpartition(":")[2]
    command = [sys.executable, "-m", "kg", "serve", "--store", str(folder), "--port", port]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 75
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert f"port {port}" in done.stderr


def test_a_store_that_is_not_there_is_said_in_one_line(tmp_path):
    command = [sys.executable, "-m", "kg", "serve", "--store", str(tmp_path / "none"), "--port", "0"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 66
    assert len(done.stderr.splitlines()) == 1


def children(pid):
    found = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in found.read_text().split()] if found.exists() else []


def gone(pid):
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] == "Z"


def wait_until(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_in_peace_after_the_requests_that_are_running(folder, serving, background, number):
    server = serving(folder)
    family = children(server.process.pid)
    answers = []
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . FILTER(STR(?a) < STR(?d)) }"
    background(lambda: answers.append(get(f"{server.url}/sparql?format=csv&query={quote(slow)}")))
    time.sleep(0.3)
    server.process.send_signal(number)
    assert server.process.wait(timeout=30) == 0
    wait_until(lambda: answers)
    assert answers[0].startswith(b"n\r\n")
    wait_until(lambda: all(map(gone, family)))


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_no_process_is_left_when_it_is_killed(folder, serving):
    server = serving(folder)
    get(f"{server.url}/sparql?query=ASK%7B%7D")
    family = children(server.process.pid)
    server.process.kill()
    server.process.wait()
    wait_until(lambda: all(map(gone, family)))


def test_a_result_that_breaks_off_looks_broken_to_the_client(folder, serving):
    server = serving(folder, env=os.environ | {"KG_TIMEOUT": "2"})
    endless = quote("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    for encoding in ("identity", "gzip"):
        request = urllib.request.Request(
            f"{server.url}/sparql?format=csv&query={endless}", headers={"Accept-Encoding": encoding}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert answer.status == 200
            with pytest.raises(http.client.IncompleteRead):
                answer.read()


def test_a_client_that_reads_slowly_gets_its_answer_and_holds_up_no_worker(folder, serving):
    server = serving(folder, env=os.environ | {"KG_TIMEOUT": "5", "KG_WORKERS": "1"})
    text = "SELECT ?a ?b ?c { VALUES ?a {" + " 1" * 300 + "} VALUES ?b {" + " 2" * 300 + "} VALUES ?c { 1 2 } }"
    with urllib.request.urlopen(f"{server.url}/sparql?query={quote(text)}", timeout=30) as answer:
        begin = answer.read(1000)
        time.sleep(6)
        assert b'"boolean":true' in get(f"{server.url}/sparql?query=ASK%7B%7D")
        whole = begin + answer.read()
    assert len(whole) > 30_000_000
    assert len(json.loads(whole)["results"]["bindings"]) == 300 * 300 * 2


def test_the_application_can_be_had_without_the_command(folder):
    code = "import server; print(server.app.test_client().get('/health').json['status'])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"KG_STORE": str(folder)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.stdout, done.stderr) == ("ok\n", "")


def test_an_open_store_can_be_served_from_a_program(folder):
    with open_store(folder) as store:
        client = create_app(store).test_client()
        assert client.get("/sparql?query=ASK{?s ?p ?o}").json["boolean"]
        assert client.get("/page/official/ada-nyberg").status_code == 200
        assert client.get("/").status_code == 200


@pytest.mark.parametrize("setting", [{"TIMEOUT": "soon"}, {"TIMEOUT": -1}, {"WORKERS": "many"}, {"MEMORY": 0}])
def test_a_wrong_setting_is_named(folder, setting):
    with pytest.raises(InputError, match=next(iter(setting))):
        create_app(folder, **setting)


def test_a_slow_client_does_not_hold_up_others(server):
    host, _, port = server.url.removeprefix("http://").partition(":")
    slow = [socket.create_connection((host, int(port))) for _ in range(60)]
    for connection in slow:
        connection.sendall(b"POST /sparql HTTP/1.1\r\nHost: a.example\r\nContent-Length: 1000\r\n")
    assert b'"boolean":true' in get(f"{server.url}/sparql?query=ASK%7B%7D")
    for connection in slow:
        connection.close()
