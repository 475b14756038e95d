"""A reverse proxy before a SPARQL server, such as stands before real ones: it wants a token, and fails at times."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import urllib3


class Relay(ThreadingHTTPServer):
    """Passes requests on to *target*. `failures`: how many of the next are answered by 503; `heard`: what came."""

    daemon_threads = True

    def __init__(self, target: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.target = target.rstrip("/")
        self.pool = urllib3.PoolManager(retries=False, timeout=20)
        self.failures = 0
        self.authorization: str | None = None
        self.heard: list[tuple[str, str | None]] = []
        self.address = f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Relay
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        relay = self.server
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        relay.heard.append((self.path, self.headers.get("Authorization")))
        if relay.failures:
            relay.failures -= 1
            return self._answer(503, b"try later")
        if relay.authorization and self.headers.get("Authorization") != relay.authorization:
            return self._answer(401, b"who are you?")
        kept = {name: value for name, value in self.headers.items() if name in ("Accept", "Content-Type")}
        found = relay.pool.request(self.command, relay.target + self.path, body=body, headers=kept)
        return self._answer(found.status, found.data, found.headers.get("Content-Type", "text/plain"))

    do_GET = do_POST  # noqa: N815  # as the standard library wants it

    def _answer(self, status: int, body: bytes, media_type: str = "text/plain") -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def relaying(target: str) -> Iterator[Relay]:
    with Relay(target) as relay:
        threading.Thread(target=relay.serve_forever, daemon=True).start()
        try:
            yield relay
        finally:
            relay.shutdown()
            relay.pool.clear()
