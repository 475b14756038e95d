"""What tests of several folders use: a SPARQL server of another make on this machine."""

import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest


class Remote:
    """Oxigraph's own server (package `oxigraph`) over some data in Turtle; `url` is where it is asked."""

    def __init__(self, folder, data):
        program = Path(sys.executable).with_name("oxigraph")
        if not program.exists():
            pytest.skip("the package oxigraph, with the server, is not installed")
        with socket.create_server(("127.0.0.1", 0)) as listener:  # it can't tell which port it was given for 0
            place = f"127.0.0.1:{listener.getsockname()[1]}"
        command = [program, "serve", "--location", folder, "--bind", place]
        self._process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        self.url = f"http://{place}/query"
        self._load(f"http://{place}/store?default", data)

    def _load(self, address, data):
        request = urllib.request.Request(address, data.encode(), {"Content-Type": "text/turtle"}, method="PUT")
        for _ in range(200):
            assert self._process.poll() is None
            try:
                urllib.request.urlopen(request, timeout=10).close()
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the server did not start")

    def close(self):
        self._process.terminate()
        self._process.wait(10)


@pytest.fixture(scope="session")
def remote_over(tmp_path_factory):
    """Start a server over data in Turtle, and return its address; it ends with the tests."""
    started = []

    def start(data):
        started.append(Remote(tmp_path_factory.mktemp("remote"), data))
        return started[-1].url

    yield start
    for remote in started:
        remote.close()
