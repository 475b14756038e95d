"""The shortest way from a client to a query worker and back; all else goes to the Flask application, in threads.

A plain query needs nothing of what Flask does: what is kept is given at once, and the rest goes from the event loop to
a worker and back without a thread in between. The rules of the protocol are those of `kg.sparql` and `kg.web.plan` for
both ways; whatever is out of the ordinary (a page, an error, a token, another endpoint to ask) is left to Flask.
"""

from __future__ import annotations

import asyncio
import io
import logging
import re
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any

from flask import Flask
from werkzeug.http import unquote_etag
from werkzeug.middleware.proxy_fix import ProxyFix

from kg.errors import KgError, QueryError, StoreError
from kg.sparql import HTML, Query, read_query
from kg.store.workers import QueryWorkers, Stream
from kg.web.cache import AnswerCache, Kept, Key
from kg.web.encoding import WORTH_PACKING, Packer, packer
from kg.web.http import Exchange, head
from kg.web.plan import MAX_BODY, OPEN, ROW_COUNT, SAFE, SMALL, Plan, described, planned, tag_of
from kg.web.protocol import FAILED
from kg.web.service import Service
from kg.web.watch import QUERY, ROWS, WATCHED, Limiter, Noted, Watch

__all__ = ["Front"]

_PLAIN_HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]+)?|\[[0-9A-Fa-f:.]+\](:[0-9]+)?")
_LOGGER = logging.getLogger("kg.web")
_CLIENT_GONE = 499
"""Counted in the place of a status where the client did not wait for one."""
_OFF_THE_LOOP = 16 << 10
"""Bytes from which a piece is packed in a thread."""


class Front:
    """Answers the requests to *app*, which `create_app` made. *threads* is how many its own code may run in.

    `streams`: whether the event loop can watch the pipes of workers. Where it can't (Windows), all goes through Flask.
    """

    def __init__(self, app: Flask, threads: int, *, streams: bool) -> None:
        self._app = app
        self._data: Service = app.extensions["kg"]
        self._cache: AnswerCache = app.extensions["kg.cache"]
        self._watch: Watch = app.extensions["kg.watch"]
        self._limiter: Limiter = app.extensions["kg.limiter"]
        self._engine = self._data.engine if isinstance(self._data.engine, QueryWorkers) and streams else None
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="kg-flask")
        self._proxy = self._data.settings.trusted_proxy
        self._flights: dict[Key, _Flight] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def handle(self, exchange: Exchange) -> None:
        """Answer a request (see `kg.web.http.Site`)."""
        try:
            self._handle(exchange)
        except Exception as error:
            _LOGGER.exception("a request could not be answered")
            _fail(exchange, error)

    def _handle(self, exchange: Exchange) -> None:
        environ = exchange.environ
        if self._proxy and self._proxy in (environ["REMOTE_ADDR"], "*"):
            _forwarded(environ)
        if environ["PATH_INFO"] == "/sparql" and self._engine and not self._data.settings.private:
            body = _body(exchange)
            if body is not None and self._directly(exchange, body, self._engine):
                return
        self._in_thread(exchange)

    def close(self) -> None:
        """Let go of the threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    # --- queries ---------------------------------------------------------------------------------------------------

    def _directly(self, exchange: Exchange, body: bytes, engine: QueryWorkers) -> bool:
        """Answer a plain query; tell whether it is one."""
        environ = exchange.environ
        key = self._cache.key(environ, body)
        noted = self._watch.begin(environ)
        if "HTTP_IF_NONE_MATCH" not in environ and (kept := self._cache.find(key)):
            _give(exchange, kept)
            self._watch.end(noted, 200, exchange.size)
            return True
        environ[WATCHED] = noted
        try:
            plan = self._plan(environ, body)
        except KgError:  # Flask will say what is wrong with it
            return False
        if plan is None:
            return False
        answering = self._answer(exchange, plan, key, engine)
        exchange.task = asyncio.get_running_loop().create_task(answering)
        self._tasks.add(exchange.task)
        exchange.task.add_done_callback(self._tasks.discard)
        return True

    def _plan(self, environ: dict[str, Any], body: bytes) -> Plan | None:
        query = read_query(environ["REQUEST_METHOD"], environ["QUERY_STRING"], environ.get("CONTENT_TYPE"), body)
        if query is None:
            return None
        environ[QUERY] = query.text
        plan = planned(query, environ.get("HTTP_ACCEPT"))
        if plan.form is HTML or plan.outside:
            return None
        self._limiter.check(environ["REMOTE_ADDR"])
        return plan

    async def _answer(self, exchange: Exchange, plan: Plan, key: Key, engine: QueryWorkers) -> None:
        tag = tag_of(str(key[0]), plan.query, plan.form) if plan.steady else None
        noted: Noted = exchange.environ[WATCHED]
        try:
            if tag and _has(exchange.environ, tag):
                exchange.whole("304 NOT MODIFIED", (*OPEN, *described(tag), *SAFE.items()), b"")
            elif not (tag and await self._shared(exchange, key)):
                await self._compute(exchange, plan, key, tag, engine)
        except KgError as error:
            if not exchange.begun:
                exchange.environ[FAILED] = error
                self._in_thread(exchange)
                return
            exchange.break_off(error)
        except asyncio.CancelledError:  # the client has gone away
            pass
        except Exception as error:
            _LOGGER.exception("a query could not be answered")
            _fail(exchange, error)
        self._watch.end(noted, exchange.status or _CLIENT_GONE, exchange.size)

    async def _shared(self, exchange: Exchange, key: Key) -> bool:
        """Wait for another client's answer to the same query, if it is under way, and give it too.

        Raises:
            QueryError: it can't be answered, as was found for the other client.
        """
        while flight := self._flights.get(key):
            await flight.landed.wait()
            if flight.error:
                raise flight.error
            if kept := self._cache.find(key):
                _give(exchange, kept)
                return True
            if flight.answered:  # it is too large to be kept
                return False
        return False

    async def _compute(self, exchange: Exchange, plan: Plan, key: Key, tag: str | None, engine: QueryWorkers) -> None:
        flight = _Flight()
        if tag:
            self._flights.setdefault(key, flight)
        try:
            stream = await _asked(engine, plan.query, plan.form.media_type, exchange.environ)
            answer = _Answer(exchange, plan, tag)
            try:
                await answer.begin(stream)
                if not stream.ended:
                    await answer.go_on(stream, self._cache.largest)
                exchange.environ[ROWS] = stream.rows
            finally:
                await stream.close()
            answer.end(stream.rows)
            flight.answered = True
            if kept := answer.kept:
                self._cache.keep(key, kept)
        except QueryError as error:
            flight.error = error
            raise
        finally:
            if self._flights.get(key) is flight:
                del self._flights[key]
            flight.landed.set()

    # --- all else --------------------------------------------------------------------------------------------------

    def _in_thread(self, exchange: Exchange) -> None:
        loop = asyncio.get_running_loop()
        self._threads.submit(_Called(self._app, exchange, loop).run)


class _Flight:
    """A query under way, and what came of it once it has `landed`: others who ask the same wait for that."""

    def __init__(self) -> None:
        self.landed = asyncio.Event()
        self.answered = False
        self.error: QueryError | None = None


class _Answer:
    """The answer to one query on its way out: as a whole, or in pieces if it is large."""

    def __init__(self, exchange: Exchange, plan: Plan, tag: str | None) -> None:
        self._exchange = exchange
        self._headers = [("Content-Type", plan.form.content_type), *OPEN, *described(tag), *SAFE.items()]
        self._tag = tag
        self._packing: Packer | None = None
        self._copy: list[bytes] | None = []
        self._whole = b""
        self.kept: Kept | None = None

    async def begin(self, stream: Stream) -> None:
        """Take what is needed to know whether the answer is small; what fails at once, fails before the status line."""
        pieces = await stream.take()
        size = sum(map(len, pieces))
        while not stream.ended and size < SMALL:
            more = await stream.take()
            pieces += more
            size += sum(map(len, more))
        self._whole = pieces[0] if len(pieces) == 1 else b"".join(pieces)
        if size >= WORTH_PACKING and (coding := packer(self._exchange.environ.get("HTTP_ACCEPT_ENCODING"))):
            self._headers.append(("Content-Encoding", coding[0]))
            self._packing = coding[1]
            self._whole = await self._packed(self._whole)
            if stream.ended:
                self._whole += self._packing.flush()

    async def go_on(self, stream: Stream, largest: int) -> None:
        """Give piece after piece, and keep a copy if it does not get larger than *largest*."""
        self._exchange.start("200 OK", self._headers)
        await self._send(self._whole, largest)
        while not stream.ended:
            for piece in await stream.take():
                await self._send(await self._packed(piece) if self._packing else piece, largest)
        if self._packing:
            await self._send(self._packing.flush(), largest)

    def end(self, rows: int) -> None:
        """Give the end, or the whole if nothing was given yet, of an answer that has so many *rows*."""
        self._headers.append((ROW_COUNT, str(rows)))
        if self._exchange.begun:
            self._exchange.end()
            whole = b"".join(self._copy) if self._copy is not None else None
        else:
            whole = self._whole
        if whole is not None:
            line = head("200 OK", self._headers, len(whole))
            if not self._exchange.begun:
                self._exchange.prepared(200, line, whole)
            if self._tag:
                self.kept = Kept(self._headers, whole, rows, line)

    async def _send(self, piece: bytes, largest: int) -> None:
        if self._copy is not None and self._tag and self._exchange.size + len(piece) <= largest:
            self._copy.append(piece)
        else:
            self._copy = None
        if room := self._exchange.send(piece):
            await room

    async def _packed(self, piece: bytes) -> bytes:
        assert self._packing is not None
        if len(piece) < _OFF_THE_LOOP:
            return self._packing.compress(piece)
        return await asyncio.to_thread(self._packing.compress, piece)


class _Called:
    """One call of the Flask application, in a thread."""

    def __init__(self, app: Flask, exchange: Exchange, loop: asyncio.AbstractEventLoop) -> None:
        self._app, self._exchange, self._loop = app, exchange, loop
        self._status = ""
        self._headers: list[tuple[str, str]] = []

    def run(self) -> None:
        """Have it answer, and give the answer to the loop."""
        exchange = self._exchange
        if exchange.ended:
            return
        try:
            environ = exchange.environ
            environ["wsgi.input"] = exchange.body or io.BytesIO()
            environ["wsgi.input"].seek(0)
            body = self._app(environ, self._started)
            try:
                self._pass_on(body)
            finally:
                if close := getattr(body, "close", None):
                    close()
        except _Gone:
            pass
        except Exception as error:
            if not isinstance(error, KgError):
                _LOGGER.exception("a request could not be answered")
            self._loop.call_soon_threadsafe(_fail, exchange, error)

    def _started(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:  # noqa: ANN401
        self._status, self._headers = status, headers
        return _no_writing

    def _pass_on(self, body: Iterable[bytes]) -> None:
        pieces = iter(body)
        first = next(pieces, b"")
        length = next((value for name, value in self._headers if name.lower() == "content-length"), None)
        if length is not None and int(length) <= SMALL:
            whole = first + b"".join(pieces)
            self._loop.call_soon_threadsafe(self._exchange.whole, self._status, self._headers, whole)
            return
        self._loop.call_soon_threadsafe(self._exchange.start, self._status, self._headers)
        self._send(first)
        for piece in pieces:
            self._send(piece)
        self._loop.call_soon_threadsafe(self._exchange.end)

    def _send(self, piece: bytes) -> None:
        """Give a piece, and wait until there is room for the next."""
        asyncio.run_coroutine_threadsafe(_sent(self._exchange, piece), self._loop).result()


class _Gone(Exception):
    """Nobody is there to be answered."""


def _give(exchange: Exchange, kept: Kept) -> None:
    exchange.environ[ROWS] = kept.rows
    exchange.prepared(200, kept.head or head("200 OK", kept.headers, len(kept.body)), kept.body)


def _fail(exchange: Exchange, error: Exception) -> None:
    """Answer what no part of the application has an answer to."""
    if exchange.begun:
        exchange.break_off(error)
    else:
        exchange.whole("500 INTERNAL SERVER ERROR", [("Content-Type", "text/plain")], b"something went wrong here\n")


async def _sent(exchange: Exchange, piece: bytes) -> None:
    if exchange.ended:
        raise _Gone
    if room := exchange.send(piece):
        await room


def _no_writing(data: bytes) -> None:
    raise NotImplementedError("an answer is returned, and not written (PEP 3333 leaves the choice)")


def _asked(engine: QueryWorkers, query: Query, media_type: str, environ: dict[str, Any]) -> Awaitable[Stream]:
    graphs = (query.default_graphs, query.named_graphs) if query.has_dataset else (None, None)
    return engine.stream(
        query.text,
        media_type,
        base_iri=_address(environ["wsgi.url_scheme"], environ["HTTP_HOST"]),
        default_graphs=graphs[0],
        named_graphs=graphs[1],
        timeout=query.timeout,
        client=environ["REMOTE_ADDR"],
    )


@lru_cache(maxsize=256)
def _address(scheme: str, host: str) -> str:
    """Return the address of the endpoint, as Flask makes it."""
    return f"{scheme}://{host.removesuffix(':443' if scheme == 'https' else ':80')}/sparql"


def _body(exchange: Exchange) -> bytes | None:
    """Return the body of what may be a plain query, or None where it is none for sure."""
    environ = exchange.environ
    if environ["REQUEST_METHOD"] not in ("GET", "POST") or not _PLAIN_HOST.fullmatch(environ.get("HTTP_HOST", "")):
        return None
    if exchange.body is None:
        return b""
    if environ["REQUEST_METHOD"] == "GET" or "HTTP_CONTENT_ENCODING" in environ:
        return None
    exchange.body.seek(0)
    body = exchange.body.read(MAX_BODY + 1)
    return body if len(body) <= MAX_BODY else None


def _has(environ: dict[str, Any], tag: str) -> bool:
    """Tell whether the client has the answer with this *tag* already."""
    given = environ.get("HTTP_IF_NONE_MATCH")
    return given is not None and tag in (unquote_etag(each.strip())[0] for each in given.split(","))


def _forwarded(environ: dict[str, Any]) -> None:
    """Take from a proxy's headers who the client is, and by which address it asks."""
    ProxyFix(lambda environ, start_response: [], x_for=1, x_proto=1, x_host=1, x_port=1)(environ, _no_start)


def _no_start(*_: object) -> Callable[[bytes], object]:
    raise StoreError("nothing is answered here")
