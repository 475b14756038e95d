"""How many queries a second the endpoint answers, beside other servers over the same data in the same run.

    python -m benchmarks.endpoint [--documents N] [--seconds S] [--clients 1,4,16] [--servers kg,native,…] [--write]

Compared are: this endpoint (`kg serve`), Oxigraph's own server (package `oxigraph`), what one would write in an hour
(Flask, oxrdflib and rdflib's serialiser), and rdflib-endpoint. Each query is asked of each server in turn, in short
rounds that are interleaved, so that whatever else the machine does weighs on all; so the ratios tell more than the
rates, and the milliseconds of a processor that an answer takes (of all processes of the server) tell most. *Cold*: each
request carries another comment, so that no cache helps. *Repeated*: the same request, again and again.
"""

from __future__ import annotations

import argparse
import http.client
import json
import math
import shutil
import tempfile
import time
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from urllib.parse import quote

from rich.console import Console

from benchmarks.endpoint_report import Cell, Setting, described, mean, tabled, written
from benchmarks.invented import documents
from benchmarks.load import Asked, ask
from benchmarks.servers import Server, memory, processor, servers
from kg.store import open_store
from kg.store.known import read_profile
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
_ACCEPT = "application/sparql-results+json, text/turtle;q=0.9"
_PATIENCE = 2.5
"""Seconds that a round of a slower server than these two may take, or it is not asked, which is shown by a dash."""
_UTMOST = 60.0
_PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
_numbers = count()


def measure(number: int, seconds: float, settings: list[Setting], rounds: int, names: list[str]) -> str:
    """Make the data, start the servers, ask, print a table for each setting, and return all of it in Markdown."""
    console = Console(width=140)
    with tempfile.TemporaryDirectory(prefix="kg-benchmark-") as name:
        folder = Path(name)
        sizes = _make(folder, number)
        console.print(sizes)
        with servers(folder, names) as running:
            slowest = _check(running)
            found = {}
            for setting in settings:
                found[setting] = _asked_all(running, setting, seconds, rounds, slowest)
                console.print(tabled(setting, found[setting], list(running)))
            used = [f"{name}: {_memory(server)}" for name, server in running.items()]
            console.print("\n".join(used))
            known = [name for name, text in QUERIES.items() if read_profile(_PROLOGUE + text)]
            return described(found, list(running), sizes, used, known)


def _memory(server: Server) -> str:
    return "MB resident (proportional) of each process: " + ", ".join(
        f"{resident:.0f} ({proportional:.0f})" for resident, proportional in memory(server).values()
    )


def _make(folder: Path, number: int) -> str:
    """Put *number* documents into a store, and the same statements where the other servers find them."""
    with open_store(folder / "store", mode="write") as store:
        store.put(documents(number))
        sizes = store.stats()
    shutil.copytree(folder / "store" / "live", folder / "native")
    return f"{sizes.documents} documents, {sizes.quads} quads in graphs, {sizes.statements} in the merge"


def _request(server: Server, text: str) -> bytes:
    head = (
        f"GET {server.path}?query={quote(text)} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nAccept: {_ACCEPT}\r\n\r\n"
    )
    return head.encode()


def _check(running: Mapping[str, Server]) -> dict[tuple[str, str], float]:
    """Make sure that all servers give as much of an answer: otherwise the figures would mean nothing.

    Return the seconds that each took, by server and query: infinite for one that was too slow to be waited for.
    """
    took: dict[tuple[str, str], float] = {}
    for name, text in QUERIES.items():
        sizes = {}
        for which, server in running.items():
            start = time.perf_counter()
            try:
                sizes[which] = _size(server, text)
            except TimeoutError:
                took[which, name] = math.inf
            else:
                took[which, name] = time.perf_counter() - start
        if len(set(sizes.values())) > 1:
            raise SystemExit(f"the servers disagree on {name!r}: {sizes}")
    return took


def _size(server: Server, text: str) -> int:
    """Return how many rows *server* gives, or 1 for what has no rows."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=_UTMOST)
    connection.request("GET", f"{server.path}?query={quote(_PROLOGUE + text)}", headers={"Accept": _ACCEPT})
    body = connection.getresponse().read()
    connection.close()
    found = json.loads(body) if body.startswith(b"{") else {}
    return len(found.get("results", {}).get("bindings", ())) or bool(body)


def _asked_all(
    running: Mapping[str, Server],
    setting: Setting,
    seconds: float,
    rounds: int,
    slowest: Mapping[tuple[str, str], float],
) -> dict[str, dict[str, Cell]]:
    """Ask all queries of all servers, in one round where that takes long.

    *slowest* has the seconds that one answer took, by server and query.
    """
    found: dict[str, dict[str, Cell]] = {}
    for name, text in QUERIES.items():
        cells: dict[str, list[Cell]] = {which: [] for which in running}
        for round in range(rounds):
            for which, server in running.items():
                long = slowest[which, name] * setting.clients  # seconds that a round takes at least
                if (long <= seconds or not round) and (which in ("kg", "native") or long <= _PATIENCE):
                    before = processor(server)
                    asked = _asked(server, _PROLOGUE + text, setting.cold, setting.clients, seconds)
                    spent = 1000 * (processor(server) - before) / asked.answers
                    cells[which].append(Cell(asked.answers / asked.seconds, spent))
        found[name] = {which: _average(each) for which, each in cells.items()}
    return found


def _average(cells: list[Cell]) -> Cell:
    """Return the geometric mean of the rates, and the mean of the costs, of which some may be too small to be seen."""
    cost = sum(cell.ms for cell in cells) / len(cells) if cells else math.nan
    return Cell(mean(cell.rate for cell in cells), cost)


def _asked(server: Server, text: str, cold: bool, many: int, seconds: float) -> Asked:
    head, _, tail = _request(server, f"{text}#{{}}").partition(b"%7B%7D")
    same = head + tail
    return ask(server.port, lambda: b"%b%d%b" % (head, next(_numbers), tail) if cold else same, many, seconds)


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--documents", type=int, default=20_000, help="a document has about 50 statements")
    parser.add_argument("--seconds", type=float, default=0.4, help="of one round of one query on one server")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--clients", default="1,4,16")
    parser.add_argument("--servers", default="kg,native,naive,rdflib-endpoint")
    parser.add_argument("--write", action="store_true", help="put what was measured into docs/benchmarks.md")
    given = parser.parse_args()
    clients = [int(many) for many in given.clients.split(",")]
    settings = [Setting(cold, many) for cold in (True, False) for many in clients]
    found = measure(given.documents, given.seconds, settings, given.rounds, given.servers.split(","))
    if given.write:
        written(found, _PAGE)


if __name__ == "__main__":
    main()
