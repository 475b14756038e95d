"""The servers that are measured beside each other, over the same statements, each in processes of its own."""

from __future__ import annotations

import http.client
import importlib.util
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Server", "memory", "processor", "servers"]

_NAIVE = """
import sys
import pyoxigraph
import rdflib
from oxrdflib import OxigraphStore
from flask import Flask, Response, request
from waitress import serve
app = Flask(__name__)
data = rdflib.Dataset(store=OxigraphStore(store=pyoxigraph.Store.read_only(sys.argv[1])))
@app.get("/sparql")
def sparql():
    found = data.query(request.args["query"])
    kind = "turtle" if found.type == "CONSTRUCT" else "json"
    return Response(found.serialize(format=kind), content_type="application/json")
serve(app, host="127.0.0.1", port=int(sys.argv[2]), threads=16)
"""
_RDFLIB_ENDPOINT = """
import sys
import pyoxigraph
import rdflib
import uvicorn
from oxrdflib import OxigraphStore
from rdflib_endpoint import SparqlEndpoint
data = rdflib.Dataset(store=OxigraphStore(store=pyoxigraph.Store.read_only(sys.argv[1])))
app = SparqlEndpoint(graph=data, path="/sparql")
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="error")
"""
_START_SECONDS = 180
_AT_REST = 0.05
"""Seconds of a processor that servers at rest may use together within one second."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: its port, the path that it answers queries at, and its first process."""

    port: int
    path: str
    process: int


@contextmanager
def servers(folder: Path, names: list[str]) -> Iterator[dict[str, Server]]:
    """Run those of the servers *names* that are installed, over the data in *folder*; they end with the block.

    *folder* holds `store` (ours) and `native` (a database of Oxigraph, with the same in it, which all others open).
    """
    running: dict[str, tuple[Server, subprocess.Popen[bytes]]] = {}
    try:
        for name in names:
            port = _free_port()
            if command := _command(name, folder, port):
                process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
                path = "/query" if name == "native" else "/sparql"
                running[name] = Server(port, path, process.pid), process
        for name, (server, process) in running.items():
            _await(name, server, process)
        found = {name: server for name, (server, _) in running.items()}
        _await_rest(found)
        yield found
    finally:
        for _, process in running.values():
            _stop(process)


def memory(server: Server) -> dict[int, tuple[float, float]]:
    """Return MB of the processes of *server*: resident, and with what is shared counted in part (Linux)."""
    sizes = {}
    for process in _family(server.process):
        try:
            rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
        except OSError:  # it has just ended
            continue
        found = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in rollup.splitlines()[1:]}
        sizes[process] = found["Rss"], found["Pss"]
    return sizes


def processor(server: Server) -> float:
    """Return the seconds of a processor that the processes of *server* have used so far (Linux)."""
    ticks = 0
    for process in _family(server.process):
        with suppress(OSError):  # it has just ended
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _family(process: int) -> Iterator[int]:
    yield process
    children: list[str] = []
    with suppress(OSError):  # of processes and threads that end meanwhile
        for task in Path(f"/proc/{process}/task").iterdir():
            with suppress(OSError):
                children += (task / "children").read_text().split()
    for child in children:
        yield from _family(int(child))


def _command(name: str, folder: Path, port: int) -> list[str] | None:
    """Return what starts the server, or None where it is not installed."""
    python, native = sys.executable, Path(sys.executable).with_name("oxigraph")
    match name:
        case "kg":
            patient = ("--timeout", "120")  # no other server has a limit
            return [python, "-m", "kg", "serve", "--store", f"{folder}/store", "--port", str(port), *patient]
        case "native" if native.exists():
            return [str(native), "serve-read-only", "--location", f"{folder}/native", "--bind", f"127.0.0.1:{port}"]
        case "naive" if importlib.util.find_spec("waitress"):
            return [python, "-c", _NAIVE, f"{folder}/native", str(port)]
        case "rdflib-endpoint" if importlib.util.find_spec("rdflib_endpoint"):
            return [python, "-c", _RDFLIB_ENDPOINT, f"{folder}/native", str(port)]
    return None


def _await(name: str, server: Server, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            http.client.HTTPConnection("127.0.0.1", server.port, timeout=1).connect()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"{name} ended, or took too long, before it could be reached")


def _await_rest(running: dict[str, Server]) -> None:
    """Wait until the servers have done what they do at their start, such as to make an index for the search."""
    deadline = time.monotonic() + _START_SECONDS
    before, now = -1.0, 0.0
    while now - before > _AT_REST and time.monotonic() < deadline:
        before = sum(map(processor, running.values()))
        time.sleep(1)
        now = sum(map(processor, running.values()))


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
