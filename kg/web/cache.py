"""Answers that were given before, kept for as long as the data stay as they are: WSGI, before any routing.

Dashboards and pages ask the same again and again. An answer is kept under the generation of the data and every part of
the request that it depends on, so what is found is what would be computed; a new generation makes all old ones
unreachable. Only answers to GET with an entity tag are kept: those that depend on a clock or on chance have none.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

__all__ = ["AnswerCache"]

_PARTS = (
    *("HTTP_HOST", "wsgi.url_scheme", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING"),
    *("HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING", "HTTP_AUTHORIZATION"),
)

_Headers = list[tuple[str, str]]
_Key = tuple[object, ...]


class AnswerCache:
    """Wraps an application. `generation` tells the state of the data; at most `size` bytes of bodies are kept.

    No body above an eighth of that is kept. The least recently used go first.
    """

    def __init__(self, application: WSGIApplication, generation: Callable[[], int], size: int = 64 << 20) -> None:
        self._application = application
        self._generation = generation
        self._size = size
        self._lock = threading.Lock()
        self._kept: OrderedDict[_Key, tuple[_Headers, bytes]] = OrderedDict()
        self._bytes = 0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from what is kept, or have the application answer and keep that."""
        if environ["REQUEST_METHOD"] != "GET" or "HTTP_IF_NONE_MATCH" in environ:
            return self._application(environ, start_response)
        key = (self._generation(), *map(environ.get, _PARTS))
        with self._lock:
            if found := self._kept.get(key):
                self._kept.move_to_end(key)
        if found:
            start_response("200 OK", list(found[0]))
            return [found[1]]
        return self._through(environ, start_response, key)

    def _through(self, environ: WSGIEnvironment, start_response: StartResponse, key: _Key) -> Iterable[bytes]:
        headers: _Headers = []

        def started(status: str, given: _Headers, exc_info: Any = None) -> Callable[[bytes], object]:  # noqa: ANN401
            if status.startswith("200 ") and any(name.lower() == "etag" for name, _ in given):
                headers.extend(given)
            return start_response(status, given, exc_info)

        body = self._application(environ, started)
        return _Copied(body, lambda whole: self._keep(key, headers, whole), self._size // 8) if headers else body

    def _keep(self, key: _Key, headers: _Headers, body: bytes) -> None:
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = (headers, body)
            self._bytes += len(body)
            while self._bytes > self._size:
                _, (_, dropped) = self._kept.popitem(last=False)
                self._bytes -= len(dropped)


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
