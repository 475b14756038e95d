"""Answers that were given before, kept for as long as the data stay as they are: WSGI, before any routing.

Dashboards and pages ask the same again and again. An answer is kept under the generation of the data and every part of
the request that it depends on, so what is found is what would be computed; a new generation makes all old ones
unreachable. Only answers to GET with an entity tag are kept: those that depend on a clock or on chance have none.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.web.plan import ROW_COUNT
from kg.web.watch import ROWS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

__all__ = ["AnswerCache", "Kept", "Key"]

_PARTS = (
    *("HTTP_HOST", "wsgi.url_scheme", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING"),
    *("HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING", "HTTP_AUTHORIZATION", "CONTENT_TYPE"),
)

_Headers = list[tuple[str, str]]
_OVERHEAD = 2000
"""Bytes that the headers and the rest of an answer take."""
Key = tuple[object, ...]
"""What an answer depends on."""


class Kept(NamedTuple):
    """An answer: headers, body, rows if known, and the lines of the headers as they are sent, once they were."""

    headers: _Headers
    body: bytes
    rows: int | None = None
    head: bytes = b""


class AnswerCache:
    """Wraps an application. *state* tells that of the data; what is kept takes about *size* bytes of memory.

    No body above an eighth of that is kept (`largest`). The least recently used go first.
    """

    def __init__(self, application: WSGIApplication, state: Callable[[], str], size: int = 64 << 20) -> None:
        self._application = application
        self._state = state
        self._size = size
        self.largest = size // 8
        self._lock = threading.Lock()
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._bytes = 0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from what is kept, or have the application answer and keep that."""
        if environ["REQUEST_METHOD"] != "GET" or "HTTP_IF_NONE_MATCH" in environ:
            return self._application(environ, start_response)
        key = self.key(environ)
        if found := self.find(key):
            environ[ROWS] = found.rows
            start_response("200 OK", list(found.headers))
            return [found.body]
        return self._through(environ, start_response, key)

    def key(self, environ: WSGIEnvironment, body: bytes = b"") -> Key:
        """Return what the answer to a request with that *body* depends on; the day, since pages name that of access."""
        return (self._state(), date.today(), body, *map(environ.get, _PARTS))

    def find(self, key: Key) -> Kept | None:
        """Return the answer to the request with that *key*, if it is kept."""
        with self._lock:
            if found := self._kept.get(key):
                self._kept.move_to_end(key)
            return found

    def keep(self, key: Key, answer: Kept) -> None:
        """Keep *answer* for all further requests with that *key*, while there is room."""
        with self._lock:
            if key in self._kept or len(answer.body) > self.largest:
                return
            self._kept[key] = answer
            self._bytes += _weight(key, answer)
            while self._bytes > self._size:
                self._bytes -= _weight(*self._kept.popitem(last=False))

    def _through(self, environ: WSGIEnvironment, start_response: StartResponse, key: Key) -> Iterable[bytes]:
        headers: _Headers = []

        def started(status: str, given: _Headers, exc_info: Any = None) -> Callable[[bytes], object]:  # noqa: ANN401
            if status.startswith("200 ") and any(name.lower() == "etag" for name, _ in given):
                headers.extend(given)
            return start_response(status, given, exc_info)

        def keep(whole: bytes) -> None:
            rows = environ.get(ROWS)
            if rows is not None and not any(name == ROW_COUNT for name, _ in headers):
                headers.append((ROW_COUNT, str(rows)))
            self.keep(key, Kept(headers, whole, rows))

        body = self._application(environ, started)
        return _Copied(body, keep, self.largest) if headers else body


def _weight(key: Key, answer: Kept) -> int:
    """Return about how many bytes of memory an answer takes: a long query with a short one takes more than that."""
    return _OVERHEAD + len(answer.body) + sum([len(part) for part in key if isinstance(part, (str, bytes))])


class _Copied(Iterator[bytes]):
    """Passes a body on, and hands a copy to `keep` if it came to its end within the limit."""

    def __init__(self, body: Iterable[bytes], keep: Callable[[bytes], None], limit: int) -> None:
        self._body, self._pieces = body, iter(body)
        self._keep = keep
        self._limit = limit
        self._copy: list[bytes] | None = []

    def __next__(self) -> bytes:
        try:
            piece = next(self._pieces)
        except StopIteration:
            if self._copy is not None:
                self._keep(b"".join(self._copy))
                self._copy = None
            raise
        self._limit -= len(piece)
        if self._limit < 0:
            self._copy = None
        elif self._copy is not None:
            self._copy.append(piece)
        return piece

    def close(self) -> None:
        close = getattr(self._body, "close", None)
        if close:
            close()
