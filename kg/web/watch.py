"""What the service does, for those who run it: a line for each request, slow queries, and figures for Prometheus."""

from __future__ import annotations

import hashlib
import ipaddress
import json
import logging
import sys
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from kg.errors import TooMany

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

__all__ = ["QUERY", "ROWS", "WATCHED", "Limiter", "Noted", "Watch", "is_local"]

QUERY = "kg.query"
"""Where the text of a query or an update stands in the environment of a request, once it is read."""
ROWS = "kg.rows"
"""How many rows the answer had, or statements, where that is known."""
WATCHED = "kg.watched"
"""Where the environment has what the server itself has noted of a request already."""
_KNOWN = frozenset(
    (
        *("", "sparql", "update", "graphs", "id", "data", "page", "questions", "ontology", "reconcile"),
        *("health", "ready", "metrics"),
    )
)
_BOUNDS = (0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10.0)
_SHOWN = 1000
_CLIENTS = 10_000
_BURST_SECONDS = 4.0


class Watch:
    """Wraps an application; counts its requests, and logs them as *log* says (off, text or json).

    A query that takes *slow* seconds or more is logged in any case, with its text. No line can be forged: what clients
    send is written as JSON strings.
    """

    def __init__(self, application: WSGIApplication, log: str, slow: float) -> None:
        self._application = application
        self._log = log
        self._slow = slow
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._buckets: Counter[tuple[str, float]] = Counter()
        self._seconds: Counter[str] = Counter()
        self._running = 0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Have the application answer; note what came of it when the last piece is out."""
        request = environ.get(WATCHED) or self.begin(environ)

        def started(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:  # noqa: ANN401
            request.status = int(status.split(" ", 1)[0])
            return start_response(status, headers, exc_info)

        try:
            body = self._application(environ, started)
        except BaseException:
            self.end(request, request.status, 0)
            raise
        return _Counted(body, lambda size: self.end(request, request.status, size))

    def begin(self, environ: WSGIEnvironment) -> Noted:
        """Note that a request has come; `end` follows."""
        with self._lock:
            self._running += 1
        return Noted(environ, time.perf_counter())

    def end(self, request: Noted, status: int, size: int) -> None:
        """Note that the answer to *request* is out, with this *status* and *size* in bytes."""
        request.status = status
        self._done(request, size)

    def _done(self, request: Noted, size: int) -> None:
        seconds = time.perf_counter() - request.start
        place = request.place
        with self._lock:
            self._running -= 1
            self._requests[place, request.method, request.status] += 1
            self._seconds[place] += seconds  # type: ignore[assignment]  # a Counter adds up anything
            self._buckets[place, next((bound for bound in _BOUNDS if seconds <= bound), float("inf"))] += 1
        if self._log != "off" or (seconds >= self._slow and request.query):
            self._write(request, seconds, size)

    def _write(self, request: Noted, seconds: float, size: int) -> None:
        text = request.query
        line: dict[str, object] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "client": request.environ.get("REMOTE_ADDR", ""),
            "method": request.method,
            "path": request.environ.get("PATH_INFO", ""),
            "status": request.status,
            "ms": round(seconds * 1000, 1),
            "bytes": size,
            "rows": request.environ.get(ROWS),
        }
        if text:
            line["query"] = hashlib.sha256(text.encode(errors="replace")).hexdigest()[:16]
            if seconds >= self._slow:
                line["slow"] = text[:_SHOWN]
        _logger.info(json.dumps(line) if self._log == "json" else " ".join(map(_word, line.values())))

    def metrics(self, gauges: dict[str, float]) -> str:
        """Return all figures in the text format of Prometheus, and *gauges* with them.

        >>> Watch(lambda environ, start: [], "off", 1).metrics({"kg_generation": 3}).splitlines()[-1]
        'kg_generation 3'
        """
        with self._lock:
            requests, buckets, total = dict(self._requests), dict(self._buckets), dict(self._seconds)
            running = self._running
        lines = _exposition(requests, buckets, total, {"kg_requests_running": running} | gauges)
        return "".join(f"{line}\n" for line in lines)


def _word(value: object) -> str:
    return "-" if value is None else json.dumps(value) if isinstance(value, str) else str(value)


def _exposition(
    requests: dict[tuple[str, str, int], int],
    buckets: dict[tuple[str, float], int],
    seconds: dict[str, int],
    gauges: dict[str, float],
) -> Iterator[str]:
    yield "# TYPE kg_requests_total counter"
    for (place, method, status), number in sorted(requests.items()):
        yield f'kg_requests_total{{path="/{place}",method="{method}",status="{status}"}} {number}'
    yield "# TYPE kg_request_seconds histogram"
    for place in sorted(seconds):
        count = 0
        for bound in (*_BOUNDS, float("inf")):
            count += buckets.get((place, bound), 0)
            shown = "+Inf" if bound == float("inf") else f"{bound:g}"
            yield f'kg_request_seconds_bucket{{path="/{place}",le="{shown}"}} {count}'
        yield f'kg_request_seconds_sum{{path="/{place}"}} {seconds[place]:.6f}'
        yield f'kg_request_seconds_count{{path="/{place}"}} {count}'
    for name, value in gauges.items():
        yield f"# TYPE {name} gauge"
        yield f"{name} {value:g}"


class Noted:
    """What is noted of one request."""

    def __init__(self, environ: WSGIEnvironment, start: float) -> None:
        self.environ = environ
        self.start = start
        self.status = 500

    @property
    def method(self) -> str:
        """The method, if it is a usual one."""
        method = str(self.environ["REQUEST_METHOD"])
        return method if method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH") else "other"

    @property
    def place(self) -> str:
        """The first part of the path, if it is one of ours: what clients make up must not fill the memory."""
        first = str(self.environ.get("PATH_INFO", "")).strip("/").partition("/")[0]
        return first if first in _KNOWN else "other"

    @property
    def query(self) -> str:
        """The text that was asked, also where a kept answer was given for it."""
        found = self.environ.get(QUERY)
        if found is None and self.place == "sparql":
            try:
                found = parse_qs(self.environ.get("QUERY_STRING", ""), max_num_fields=200).get("query", [""])[0]
            except ValueError:
                found = ""
        return str(found or "")


class _Counted(Iterator[bytes]):
    """Passes a body on, and tells at its end how many bytes it had."""

    def __init__(self, body: Iterable[bytes], done: Callable[[int], None]) -> None:
        self._body, self._pieces = body, iter(body)
        self._done = done
        self._size = 0

    def __next__(self) -> bytes:
        piece = next(self._pieces)
        self._size += len(piece)
        return piece

    def close(self) -> None:
        try:
            close = getattr(self._body, "close", None)
            if close:
                close()
        finally:
            self._done(self._size)


class Limiter:
    """Lets each client send *rate* requests a second, and four seconds' worth at once. Loopback is not limited."""

    def __init__(self, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def check(self, client: str | None) -> None:
        """Count a request of *client*, an address.

        Raises:
            TooMany: it has sent too many.

        >>> Limiter(10).check("127.0.0.1")
        """
        if not self._rate or not client or is_local(client):
            return
        now, burst, key = self._clock(), self._rate * _BURST_SECONDS, _network(client)
        with self._lock:
            left, before = self._seen.pop(key, (burst, now))
            left = min(burst, left + (now - before) * self._rate)
            self._seen[key] = (left - 1 if left >= 1 else left, now)
            while len(self._seen) > _CLIENTS:
                self._seen.popitem(last=False)
        if left < 1:
            raise TooMany(f"one client may send {self._rate:g} requests a second: wait a moment")


@lru_cache(maxsize=1024)
def is_local(client: str | None) -> bool:
    """Tell whether *client* is an address of the loopback."""
    try:
        return ipaddress.ip_address(client or "").is_loopback
    except ValueError:
        return False


def _network(client: str) -> str:
    """Return what counts as one client: an IPv4 address, or the 64 bits of an IPv6 address that a provider gives."""
    try:
        address = ipaddress.ip_address(client)
    except ValueError:
        return client
    return client if address.version == 4 else str(ipaddress.ip_network((address, 64), strict=False))


def _to_stderr() -> logging.Logger:
    logger = logging.getLogger("kg.access")
    if not logger.handlers:
        logger.addHandler(logging.StreamHandler(sys.stderr))
        logger.setLevel(logging.INFO)
        logger.propagate = False
    return logger


_logger = _to_stderr()
