"""Who is there while a server is besieged: a client that behaves, and an address that nobody may visit."""

import socket
import threading
import time
import urllib.request
from urllib.parse import quote

GOOD = (
    "SELECT ?name { <https://w3id.org/readout/official/ada-nyberg> <http://www.w3.org/2000/01/rdf-schema#label> ?name }"
)


class Canary:
    """An address on this machine that nobody may visit."""

    def __init__(self):
        self.visits = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self):
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.visits += 1
            connection.close()

    def close(self):
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(5)


class Behaved:
    """A client that asks a small question again and again, and keeps what went wrong."""

    def __init__(self, url):
        self.answers, self.failures, self.slowest = 0, [], 0.0
        self._url = f"{url}/sparql?format=csv&query={quote(GOOD)}"
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self):
        while not self._stop.wait(0.02):
            start = time.monotonic()
            fresh = f"{self._url}%23{start}"  # a comment, so that no cache can help
            try:
                with urllib.request.urlopen(fresh, timeout=20) as answer:
                    body = answer.read()
                assert body == b"name\r\nAda Nyberg\r\n", body
                self.answers += 1
            except Exception as error:
                self.failures.append(repr(error))
            self.slowest = max(self.slowest, time.monotonic() - start)

    def close(self):
        self._stop.set()
        self._thread.join(30)


def check_that_nobody_else_was_harmed(server, behaved, canary, answers):
    """The server lives, and the client that behaves had further *answers*, all of them right."""
    with urllib.request.urlopen(f"{server.url}/health", timeout=10) as health:
        assert health.status == 200
    deadline = time.monotonic() + 10
    while behaved.answers == answers:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    failures, behaved.failures = behaved.failures, []  # the next check is of what comes next
    assert not failures, failures[:3]
    assert canary.visits == 0
    assert server.process.poll() is None
