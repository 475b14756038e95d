"""How many queries a second the endpoint answers, beside other servers over the same data in the same run.

    python -m benchmarks.endpoint [--documents N] [--seconds S] [--clients 1,4,16] [--servers kg,native,naive,…]

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
from rich.table import Table

from benchmarks.invented import documents
from benchmarks.load import Asked, ask
from benchmarks.servers import Server, memory, processor, servers
from kg.store import open_store
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
_PATIENCE = 6.0
"""Seconds that a round of a slower server than these two may take, or it is not asked, which is shown by a dash."""
_UTMOST = 60.0
_numbers = count()


def measure(number: int, seconds: float, clients: list[int], rounds: int, names: list[str]) -> None:
    """Make the data, start the servers, ask, and print a table for each number of clients."""
    console = Console(width=140)
    with tempfile.TemporaryDirectory(prefix="kg-benchmark-") as name:
        folder = Path(name)
        console.print(_make(folder, number))
        with servers(folder, names) as running:
            slowest = _check(running)
            for cold in (True, False):
                for many in clients:
                    console.print(_table(running, cold, many, seconds, rounds, slowest))
            for server, found in running.items():
                shown = ", ".join(f"{rss:.0f} ({pss:.0f})" for rss, pss in memory(found).values())
                console.print(f"{server}: MB resident (proportional) of each process: {shown}")


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


def _table(
    running: Mapping[str, Server],
    cold: bool,
    many: int,
    seconds: float,
    rounds: int,
    slowest: dict[tuple[str, str], float],
) -> Table:
    """Ask all queries of all servers. *slowest* has the seconds that one answer took, by server and query."""
    others = [name for name in running if name != "kg"]
    heads = (
        *(f"{name}/s" for name in running),
        *(f"kg:{other}" for other in others),
        *(f"{name} ms" for name in running),
    )
    table = Table("query", *heads)
    ratios: dict[str, list[float]] = {other: [] for other in others}
    for name, text in QUERIES.items():
        rates: dict[str, list[float]] = {server: [] for server in running}
        used: dict[str, list[float]] = {server: [] for server in running}
        for _ in range(rounds):
            for which, server in running.items():
                if which in ("kg", "native") or slowest[which, name] * many <= _PATIENCE:
                    before = processor(server)
                    asked = _asked(server, _PROLOGUE + text, cold, many, seconds)
                    rates[which].append(asked.answers / asked.seconds)
                    used[which].append(1000 * (processor(server) - before) / asked.answers)
        mean = {server: _mean(values) for server, values in rates.items()}
        for other in others:
            ratios[other].append(mean["kg"] / mean[other])
        shown = [_shown(mean[server], 1) for server in running] + [_shown(ratios[other][-1], 2) for other in others]
        table.add_row(name, *shown, *(_shown(sum(spent) / (len(spent) or math.nan), 2) for spent in used.values()))
    table.title = f"{'cold' if cold else 'repeated'}, {many} client{'s' if many > 1 else ''}"
    table.add_row("geometric mean", *("" for _ in running), *(_shown(_mean(ratios[other]), 2) for other in others))
    return table


def _shown(value: float, digits: int) -> str:
    return "–" if math.isnan(value) else f"{value:.{digits}f}"


def _asked(server: Server, text: str, cold: bool, many: int, seconds: float) -> Asked:
    head, _, tail = _request(server, f"{text}#{{}}").partition(b"%7B%7D")
    same = head + tail
    return ask(server.port, lambda: b"%b%d%b" % (head, next(_numbers), tail) if cold else same, many, seconds)


def _mean(values: list[float]) -> float:
    known = [value for value in values if not math.isnan(value)]
    return math.exp(sum(map(math.log, known)) / len(known)) if known else math.nan


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--documents", type=int, default=20_000, help="a document has about 50 statements")
    parser.add_argument("--seconds", type=float, default=0.5, help="of one round of one query on one server")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--clients", default="1,4,16")
    parser.add_argument("--servers", default="kg,native,naive,rdflib-endpoint")
    given = parser.parse_args()
    clients = [int(many) for many in given.clients.split(",")]
    measure(given.documents, given.seconds, clients, given.rounds, given.servers.split(","))


if __name__ == "__main__":
    main()
