"""Real SPARQL servers on loopback ports, each a process of its own that a test starts and stops."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import urllib3

_SECONDS = 90.0

_VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 20
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
ServerThreads = 20
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
CaseMode = 2
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
MaxClientConnections = 20
[SPARQL]
ResultSetMaxRows = {rows}
"""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextmanager
def oxigraph(folder: Path, *options: str) -> Iterator[str]:
    """Serve an empty Oxigraph; gives the address of the server."""
    program = Path(sys.executable).with_name("oxigraph")
    if not program.exists():
        pytest.skip("the server of the package oxigraph is not installed")
    port = free_port()
    command = [str(program), "serve", "--location", str(folder / "oxigraph"), "--bind", f"127.0.0.1:{port}", *options]
    with _running(command, folder, f"http://127.0.0.1:{port}/query"):
        yield f"http://127.0.0.1:{port}/"


@dataclass(frozen=True)
class Virtuoso:
    """A server that runs: the address of its queries, and the port of its SQL."""

    address: str
    port: int

    def grant(self) -> None:
        """Let everybody write over HTTP."""
        command = ["isql-vt", f"127.0.0.1:{self.port}", "dba", "dba", 'exec=GRANT SPARQL_UPDATE TO "SPARQL";']
        subprocess.run(command, check=True, capture_output=True)


@contextmanager
def virtuoso(folder: Path, *, rows: int = 100_000) -> Iterator[Virtuoso]:
    """Serve an empty Virtuoso, which gives so many rows at most, and lets nobody write yet."""
    if not (shutil.which("virtuoso-t") and shutil.which("isql-vt")):
        pytest.skip("Virtuoso (Debian's virtuoso-opensource-7-bin) is not installed")
    sql, http = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(_VIRTUOSO.format(sql=sql, http=http, rows=rows))
    command = ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]
    with _running(command, folder, f"http://127.0.0.1:{http}/sparql"):
        yield Virtuoso(f"http://127.0.0.1:{http}/sparql", sql)


@contextmanager
def _running(command: list[str], folder: Path, query: str) -> Iterator[None]:
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        _wait(server, query, folder)
        yield
    finally:
        server.kill()
        server.wait()


def _wait(server: subprocess.Popen[bytes], query: str, folder: Path) -> None:
    pool = urllib3.PoolManager(retries=False, timeout=2)
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            if pool.request("POST", query, fields={"query": "ASK {}"}, encode_multipart=False).status == 200:
                return
        except urllib3.exceptions.HTTPError:
            time.sleep(0.05)
    pytest.fail(f"{command_of(server)} did not start: {(folder / 'server.log').read_text()[-500:]}")


def command_of(server: subprocess.Popen[bytes]) -> str:
    return str(server.args)
