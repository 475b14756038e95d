"""How many queries a second the endpoint answers, beside other servers over the same data in the same run.

    python -m benchmarks.endpoint [--documents N] [--seconds S] [--clients 1,4,16]

Compared are: this endpoint (`kg serve`), Oxigraph's own server (package `oxigraph`), and what one would write in an
hour: Flask, oxrdflib and rdflib's serialiser. Each query is asked of each server in turn, in short rounds that are
interleaved, so that whatever else the machine does weighs on all. *Cold*: each request carries another comment, so that
no cache helps. *Repeated*: the same request again and again.
"""

from __future__ import annotations

import argparse
import http.client
import json
import math
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
from rich.console import Console
from rich.table import Table

from kg.store import DocumentWrite, open_store
from kg.vocab import BASE, PREFIXES

_PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in PREFIXES.items())
QUERIES: Mapping[str, str] = {
    "ask": "ASK { ?m a readout:Meeting }",
    "label": f"SELECT ?l {{ <{BASE}official/person-7> rdfs:label ?l }}",
    "describe": f"CONSTRUCT {{ <{BASE}official/person-7> ?p ?o }} {{ <{BASE}official/person-7> ?p ?o }}",
    "meetings of one": f"SELECT ?m ?d {{ ?m readout:participant <{BASE}official/person-3> ; schema:startDate ?d }}",
    "who met whom": f"SELECT DISTINCT ?l {{ ?m readout:participant <{BASE}official/person-5>, ?o . ?o rdfs:label ?l }}",
    "latest": "SELECT ?m ?d { ?m a readout:Meeting ; schema:startDate ?d } ORDER BY DESC(?d) LIMIT 20",
    "by kind": "SELECT ?k (COUNT(?m) AS ?n) { ?m readout:kind ?k } GROUP BY ?k",
    "by place": "SELECT ?p (COUNT(?m) AS ?n) { ?m schema:location ?p } GROUP BY ?p ORDER BY DESC(?n) LIMIT 10",
    "statements": "SELECT ?s ?q { ?s a readout:Statement ; readout:quote ?q } LIMIT 100",
    "text filter": 'SELECT ?s { ?s readout:quote ?q FILTER(CONTAINS(?q, "number 77 ")) }',
    "optional": "SELECT ?m ?p { ?m a readout:Meeting OPTIONAL { ?m schema:location ?p } } LIMIT 500",
    "path": f"SELECT ?o {{ <{BASE}official/person-9> (^readout:participant/readout:participant)/rdfs:label ?o }}",
    "count": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "scan": "SELECT ?s ?o { ?s rdf:type ?o } LIMIT 100000",
}
_JSON = {"Accept": "application/sparql-results+json, text/turtle;q=0.9"}
_NAIVE = """
import sys
import pyoxigraph
import rdflib
from oxrdflib import OxigraphStore
from flask import Flask, Response, request
from waitress import serve
app, engine = Flask(__name__), pyoxigraph.Store()
engine.bulk_load(path=sys.argv[1])
data = rdflib.Dataset(store=OxigraphStore(store=engine))
@app.get("/sparql")
def sparql():
    found = data.query(request.args["query"])
    kind = "turtle" if found.type == "CONSTRUCT" else "json"
    return Response(found.serialize(format=kind), content_type="application/json")
serve(app, host="127.0.0.1", port=int(sys.argv[2]), threads=8)
"""


def documents(number: int) -> Iterator[DocumentWrite]:
    """Yield *number* invented documents in the shape of our data, about 50 statements each."""

    def name(text: str) -> ox.NamedNode:
        prefix, _, local = text.partition(":")
        return ox.NamedNode(PREFIXES[prefix] + local)

    kind, label = name("rdf:type"), name("rdfs:label")
    for each in range(number):
        meeting = ox.NamedNode(f"{BASE}meeting/invented/{each}/1")
        triples = [
            ox.Triple(meeting, kind, name("readout:Meeting")),
            ox.Triple(meeting, label, ox.Literal(f"Call number {each}")),
            ox.Triple(
                meeting, name("readout:kind"), ox.NamedNode(f"{BASE}kind/{('call', 'meeting', 'visit')[each % 3]}")
            ),
            ox.Triple(meeting, name("schema:startDate"), _date(each)),
        ]
        if each % 2:
            triples.append(ox.Triple(meeting, name("schema:location"), ox.NamedNode(f"{BASE}place/place-{each % 97}")))
        for person in {each % 211, each * 7 % 211, each * 31 % 1009}:
            official = ox.NamedNode(f"{BASE}official/person-{person}")
            triples += [
                ox.Triple(meeting, name("readout:participant"), official),
                ox.Triple(official, kind, name("readout:Official")),
                ox.Triple(official, label, ox.Literal(f"Person {person}")),
            ]
        for part in range(9):
            statement = ox.NamedNode(f"{meeting.value}#statement-{part}")
            quoted = f"They spoke of number {each + part} and of what follows from it."
            triples += [
                ox.Triple(statement, kind, name("readout:Statement")),
                ox.Triple(statement, name("readout:meeting"), meeting),
                ox.Triple(statement, name("readout:act"), ox.NamedNode(f"{BASE}act/discuss")),
                ox.Triple(statement, name("readout:quote"), ox.Literal(quoted)),
            ]
        graph = f"{BASE}graph/invented/{each}"
        yield DocumentWrite.of(graph, triples, sha256=str(each), converter="benchmark", source="invented")


def _date(number: int) -> ox.Literal:
    day = f"{2000 + number % 25}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    return ox.Literal(day, datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date"))


@contextmanager
def _running(command: list[str], port: int) -> Iterator[int]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603  # our own
    try:
        for _ in range(1200):
            try:
                http.client.HTTPConnection("127.0.0.1", port, timeout=1).connect()
                break
            except OSError:
                if process.poll() is not None:
                    raise SystemExit(f"{command[0]} ended before it could be reached") from None
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


class _Asking:
    """Clients that ask one server one query for a while; `done` counts answers."""

    def __init__(self, port: int, path: str, text: str, cold: bool, clients: int, seconds: float) -> None:
        self.done = 0
        self._lock = threading.Lock()
        self._port, self._path, self._text, self._cold = port, path, text, cold
        start = time.perf_counter()
        self._until = start + seconds
        threads = [threading.Thread(target=self._run) for _ in range(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.rate = self.done / (time.perf_counter() - start)

    def _run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        while True:
            text = f"{self._text}#{next(_numbers)}" if self._cold else self._text
            connection.request("GET", f"{self._path}?query={quote(text)}", headers=_JSON)
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 200:
                raise SystemExit(f"{answer.status} from port {self._port}: {body[:200]!r}")
            with self._lock:
                self.done += 1
            if time.perf_counter() > self._until:
                connection.close()
                return


_numbers = count()


def _mean(values: list[float]) -> float:
    return math.exp(sum(map(math.log, values)) / len(values))


def measure(number: int, seconds: float, clients: list[int], rounds: int) -> None:
    """Make the data, start the servers, ask, and print a table for each number of clients."""
    console = Console()
    with tempfile.TemporaryDirectory(prefix="kg-benchmark-") as name, ExitStack() as stack:
        folder = Path(name)
        with open_store(folder / "store", mode="write") as store:
            store.put(documents(number))
            sizes = store.stats()
        merged = folder / "merged.nt"
        with open_store(folder / "store") as store, merged.open("wb") as file:
            file.writelines(store.dump(ox.RdfFormat.N_TRIPLES))
        shutil.copytree(folder / "store" / "live", folder / "native")
        naive = folder / "naive.py"
        naive.write_text(_NAIVE)
        console.print(f"{sizes.documents} documents, {sizes.quads} quads in graphs, {sizes.statements} in the merge")
        ports = [_free_port() for _ in range(3)]
        native = str(Path(sys.executable).with_name("oxigraph"))
        commands = {
            "kg": [sys.executable, "-m", "kg", "serve", "--store", f"{folder}/store", "--port", str(ports[0])],
            "native": [native, "serve-read-only", "--location", f"{folder}/native", "--bind", f"127.0.0.1:{ports[1]}"],
            "naive": [sys.executable, str(naive), str(merged), str(ports[2])],
        }
        paths = {"kg": "/sparql", "native": "/query", "naive": "/sparql"}
        running = {
            server: stack.enter_context(_running(command, port))
            for (server, command), port in zip(commands.items(), ports, strict=True)
        }
        _check(running, paths)
        for cold in (True, False):
            for many in clients:
                _table(console, running, paths, cold, many, seconds, rounds)


def _check(running: Mapping[str, int], paths: Mapping[str, str]) -> None:
    """Make sure that all servers give as much of an answer: otherwise the figures would mean nothing."""
    for name, text in QUERIES.items():
        sizes = {}
        for server, port in running.items():
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", f"{paths[server]}?query={quote(_PROLOGUE + text)}", headers=_JSON)
            body = connection.getresponse().read()
            connection.close()
            found = json.loads(body) if body.startswith(b"{") else {}
            sizes[server] = len(found.get("results", {}).get("bindings", ())) or bool(body)
        if len(set(sizes.values())) > 1:
            raise SystemExit(f"the servers disagree on {name!r}: {sizes}")


def _table(
    console: Console,
    running: Mapping[str, int],
    paths: Mapping[str, str],
    cold: bool,
    many: int,
    seconds: float,
    rounds: int,
) -> None:
    table = Table("query", "kg/s", "native/s", "naive/s", "kg:native", "kg:naive")
    ratios: dict[str, list[float]] = {"native": [], "naive": []}
    for name, text in QUERIES.items():
        rates: dict[str, list[float]] = {server: [] for server in running}
        for _ in range(rounds):
            for server, port in running.items():
                asked = _Asking(port, paths[server], _PROLOGUE + text, cold, many, seconds)
                rates[server].append(asked.rate)
        mean = {server: _mean(values) for server, values in rates.items()}
        for other, values in ratios.items():
            values.append(mean["kg"] / mean[other])
        shown = [f"{mean[server]:.1f}" for server in running]
        table.add_row(name, *shown, f"{ratios['native'][-1]:.2f}", f"{ratios['naive'][-1]:.2f}")
    table.title = f"{'cold' if cold else 'repeated'}, {many} client{'s' if many > 1 else ''}"
    table.add_row("geometric mean", "", "", "", f"{_mean(ratios['native']):.2f}", f"{_mean(ratios['naive']):.2f}")
    console.print(table)


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--documents", type=int, default=2000, help="a document has about 50 statements")
    parser.add_argument("--seconds", type=float, default=0.3, help="of one round of one query on one server")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--clients", default="1,4,16")
    given = parser.parse_args()
    measure(given.documents, given.seconds, [int(many) for many in given.clients.split(",")], given.rounds)


if __name__ == "__main__":
    main()
