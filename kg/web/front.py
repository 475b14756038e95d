"""The shortest way from a client to a query worker and back; all else goes to the Flask application, in threads.

A plain query needs nothing of what Flask does: what is kept is given at once, what can be looked up is looked up
(`kg.web.lookups`), and the rest goes from the event loop to a worker and back without a thread in between. The rules of
the protocol are those of `kg.sparql` and `kg.web.plan` for all ways; whatever is out of the ordinary (a page, an error,
a token, another endpoint to ask) is left to Flask.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any

from flask import Flask
from werkzeug.http import unquote_etag
from werkzeug.middleware.proxy_fix import ProxyFix

from kg.errors import KgError, QueryError, StoreError
from kg.sparql import HTML, Query, read_query
from kg.store.request import QueryRequest
from kg.store.streams import Streams
from kg.store.workers import QueryWorkers
from kg.web.cache import AnswerCache, Kept, Key
from kg.web.exchange import Exchange, fail, head
from kg.web.lookups import Lookups
from kg.web.outgoing import Outgoing
from kg.web.plan import MAX_BODY, OPEN, SAFE, Plan, described, planned, request_of, tag_of
from kg.web.protocol import FAILED
from kg.web.service import Service
from kg.web.threads import Called
from kg.web.watch import QUERY, ROWS, WATCHED, Limiter, Noted, Watch

__all__ = ["Front"]

_PLAIN_HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]+)?|\[[0-9A-Fa-f:.]+\](:[0-9]+)?")
_LOGGER = logging.getLogger("kg.web")
_CLIENT_GONE = 499
"""Counted in the place of a status where the client did not wait for one."""


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
        self._lookups = Lookups(self._engine) if self._engine else None
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="kg-flask")
        self._proxy = self._data.settings.trusted_proxy
        self._streams: Streams | None = None
        self._flights: dict[Key, _Flight] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def handle(self, exchange: Exchange) -> None:
        """Answer a request (see `kg.web.site.Site`)."""
        try:
            self._handle(exchange)
        except Exception as error:
            _LOGGER.exception("a request could not be answered")
            fail(exchange, error)

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
        """Let go of the threads, and of the data."""
        if self._lookups:
            self._lookups.close()
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
        if self._looked_up(exchange, plan, key, engine):
            return True
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

    def _looked_up(self, exchange: Exchange, plan: Plan, key: Key, engine: QueryWorkers) -> bool:
        """Answer a lookup here and now; tell whether that could be done."""
        environ = exchange.environ
        if self._lookups is None or plan.lookup is None or "HTTP_IF_NONE_MATCH" in environ:
            return False
        try:
            found = self._lookups.answer(plan.lookup, plan.form.media_type)
        except KgError:  # which the ordinary way comes to as well
            return False
        if found is None:
            return False
        environ[ROWS] = found.rows
        answer = Outgoing(exchange, plan)
        answer.take(found.body)
        answer.describe(tag_of(engine.state_of(found.generation), plan.query, plan.form))
        answer.end(found.rows)
        if kept := answer.kept:
            self._cache.keep(key, kept)
        self._watch.end(environ[WATCHED], exchange.status, exchange.size)
        return True

    async def _answer(self, exchange: Exchange, plan: Plan, key: Key, engine: QueryWorkers) -> None:
        state = engine.state
        tag = tag_of(state, plan.query, plan.form) if plan.steady else None
        noted: Noted = exchange.environ[WATCHED]
        try:
            if tag and _has(exchange.environ, tag):
                exchange.whole("304 NOT MODIFIED", (*OPEN, *described(tag), *SAFE.items()), b"")
            elif not (tag and await self._shared(exchange, key, engine.capacity)):
                await self._compute(exchange, plan, key, (state, tag), engine)
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
            fail(exchange, error)
        self._watch.end(noted, exchange.status or _CLIENT_GONE, exchange.size)

    async def _shared(self, exchange: Exchange, key: Key, most: int) -> bool:
        """Wait for another client's answer to the same query, if it is under way, and give it too.

        No more than *most* wait for one: whoever comes then has to do without.

        Raises:
            QueryError: it can't be answered, as was found for the other client.
        """
        while (flight := self._flights.get(key)) and flight.waiting < most:
            flight.waiting += 1
            await flight.landed.wait()
            if flight.error:
                raise flight.error
            if kept := self._cache.find(key):
                _give(exchange, kept)
                return True
            if flight.answered:  # it is too large to be kept
                return False
        return False

    async def _compute(
        self, exchange: Exchange, plan: Plan, key: Key, tagged: tuple[str, str | None], engine: QueryWorkers
    ) -> None:
        flight = _Flight()
        state, tag = tagged
        if tag:
            self._flights.setdefault(key, flight)
        try:
            stream = await self._asking().open(_asked(plan.query, plan.form.media_type, exchange.environ))
            answer = Outgoing(exchange, plan)
            try:
                await answer.begin(stream)
                if state != engine.state_of(stream.generation):  # newer data have come up, and the answer is from them
                    tag = None
                answer.describe(tag)
                if not stream.ended:
                    await answer.go_on(stream, self._cache.largest)
                exchange.environ[ROWS] = stream.rows
            finally:
                stream.close()
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

    def _asking(self) -> Streams:
        if self._streams is None:
            assert self._engine is not None
            self._streams = Streams(self._engine, asyncio.get_running_loop())
        return self._streams

    # --- all else --------------------------------------------------------------------------------------------------

    def _in_thread(self, exchange: Exchange) -> None:
        loop = asyncio.get_running_loop()
        self._threads.submit(Called(self._app, exchange, loop).run)


class _Flight:
    """A query under way, and what came of it once it has `landed`: others who ask the same wait for that."""

    def __init__(self) -> None:
        self.landed = asyncio.Event()
        self.waiting = 0
        self.answered = False
        self.error: QueryError | None = None


def _give(exchange: Exchange, kept: Kept) -> None:
    exchange.environ[ROWS] = kept.rows
    exchange.prepared(200, kept.head or head("200 OK", kept.headers, len(kept.body)), kept.body)


def _asked(query: Query, media_type: str, environ: dict[str, Any]) -> QueryRequest:
    address = _address(environ["wsgi.url_scheme"], environ["HTTP_HOST"])
    return request_of(query, media_type, address, environ["REMOTE_ADDR"])


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
