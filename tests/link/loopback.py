"""A server on loopback that answers as Wikidata does, from items that a test makes, with faults on demand."""

from __future__ import annotations

import gzip
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pyoxigraph as ox
import pytest

WD, WDT, P, PS, PQ = (
    "http://www.wikidata.org/entity/",
    *(f"http://www.wikidata.org/prop/{part}" for part in ("direct/", "", "statement/", "qualifier/")),
)
PREFIXES = f"""
@prefix wd: <{WD}> . @prefix wdt: <{WDT}> . @prefix p: <{P}> . @prefix ps: <{PS}> . @prefix pq: <{PQ}> .
@prefix psv: <{PS}value/> . @prefix pqv: <{PQ}value/> . @prefix wikibase: <http://wikiba.se/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <http://schema.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@dataclass
class Reply:
    """What the server sends: `cut` is how many bytes of the body are held back, though announced."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    cut: int = 0
    delay: float = 0.0


class Loopback:
    """The server. `faults` are sent first, one for each request; `seen` are the requests, with their headers."""

    def __init__(self, turtle: str = "") -> None:
        self.store = ox.Store()
        self.store.load(PREFIXES.encode() + turtle.encode(), ox.RdfFormat.TURTLE)
        self.faults: list[Reply] = []
        self.seen: list[tuple[str, dict[str, str], dict[str, str]]] = []
        self.stopping = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def options(self) -> tuple[str, ...]:
        """What a command needs to ask this server."""
        return ("--endpoint", f"{self.address}/sparql", "--api", f"{self.address}/w/api.php", *self.polite)

    polite = ("--contact", "tests@example.org", "--pause", "0")

    def reply(self, path: str, asked: dict[str, str]) -> Reply:
        if self.faults:
            return self.faults.pop(0)
        return self.search(asked) if path == "/w/api.php" else self.sparql(asked)

    def sparql(self, asked: dict[str, str]) -> Reply:
        body = self.store.query(asked["query"]).serialize(format=ox.QueryResultsFormat.JSON)
        return Reply(body=body, headers={"Content-Type": "application/sparql-results+json"})

    def search(self, asked: dict[str, str]) -> Reply:
        """Items one of whose names begins with what is looked for, as wbsearchentities has it."""
        name = asked["search"].casefold()
        rows = self.store.query(
            "SELECT DISTINCT ?item ?name { ?item <http://www.w3.org/2000/01/rdf-schema#label>|"
            "<http://www.w3.org/2004/02/skos/core#altLabel> ?name } ORDER BY ?item"
        )
        found = dict.fromkeys(
            row["item"].value.removeprefix(WD) for row in rows if row["name"].value.casefold().startswith(name)
        )
        hits = [{"id": qid, "concepturi": WD + qid} for qid in found][: int(asked["limit"])]
        return Reply(body=json.dumps({"searchinfo": {"search": name}, "search": hits, "success": 1}).encode())

    def close(self) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def sparql_server(turtle: str, folder: Path) -> Iterator[str]:
    """A SPARQL server that is not ours, with *turtle* in it: the address of its endpoint. Stopped at the end."""
    program = Path(sys.executable).with_name("oxigraph")
    if not program.exists():
        pytest.skip("the package oxigraph is not installed")
    data = folder / "data.ttl"
    data.write_text(PREFIXES + turtle, encoding="utf-8")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([program, "load", "-l", folder / "data", "-f", data], check=True, **quiet)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    process = subprocess.Popen([program, "serve-read-only", "-l", folder / "data", "-b", address], **quiet)
    try:
        for _ in range(200):
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", int(address.split(":")[1]))) == 0:
                    break
            time.sleep(0.05)
        yield f"http://{address}/query"
    finally:
        process.terminate()
        process.wait(timeout=10)


def _handler(server: Loopback) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer(urlsplit(self.path).query)

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def _answer(self, query: str) -> None:
            asked = dict(parse_qsl(query))
            server.seen.append((urlsplit(self.path).path, asked, dict(self.headers)))
            reply = server.reply(urlsplit(self.path).path, asked)
            server.stopping.wait(reply.delay)
            body = reply.body
            headers = {"Content-Type": "application/json"} | reply.headers
            if "gzip" in self.headers.get("Accept-Encoding", "") and not reply.cut and reply.status == 200:
                body, headers["Content-Encoding"] = gzip.compress(body), "gzip"
            self.send_response(reply.status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) - reply.cut])
            if reply.cut:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler
