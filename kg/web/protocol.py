"""`/sparql`: the query operation of the SPARQL 1.1 Protocol over HTTP, and an editor for people with a browser."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from itertools import chain

from flask import Blueprint, Response, render_template, request

from kg.errors import KgError, TooLong, UnknownFormat
from kg.sparql import (
    GRAPHS,
    HTML,
    MAX_QUERY_BYTES,
    RESULTS,
    Format,
    Outline,
    Problem,
    Query,
    admit,
    choose,
    named,
    read_query,
    service_description,
)
from kg.web.problems import render_problem
from kg.web.results import first_rows
from kg.web.service import service
from kg.web.watch import QUERY

__all__ = ["blueprint", "cors", "respond"]

blueprint = Blueprint("protocol", __name__)

_MAX_BODY = 3 * MAX_QUERY_BYTES + 16 * 1024
"""A form triples the length of a text at worst; and the graphs it names need room."""
_METHODS = "GET, HEAD, POST, OPTIONS"
_WORTH_PACKING = 1024
_SMALL = 48 * 1024


@blueprint.route("/sparql", methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"], provide_automatic_options=False)
def sparql() -> Response:
    """Answer a query in the form that was asked for."""
    query: Query | None = None
    try:
        query = read_query(request.method, request.query_string.decode("latin-1"), request.content_type, _body())
        if query is None:
            return _nothing_asked()
        request.environ[QUERY] = query.text
        return _answer(query, query.outline())
    except KgError as error:
        return _failure(error, query)


@blueprint.route("/sparql", methods=["OPTIONS"])
def options() -> Response:
    """Tell a browser what scripts of other sites may do: read, without credentials."""
    response = Response(status=204)
    response.headers["Allow"] = _METHODS
    response.headers["Access-Control-Allow-Methods"] = _METHODS
    response.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match"
    del response.headers["Content-Type"]
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


@blueprint.after_request
def cors(response: Response) -> Response:
    """Let scripts of any site read the answer; there are no credentials that they could use."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
    return response


def _body() -> bytes:
    if request.method != "POST":
        return b""
    if request.content_encoding:
        raise UnknownFormat("a query is posted as it is, without Content-Encoding")
    body = request.stream.read(_MAX_BODY + 1) if (request.content_length or 0) <= _MAX_BODY else b""
    if (request.content_length or len(body)) > _MAX_BODY or len(body) > _MAX_BODY:
        raise TooLong(f"a query may have {MAX_QUERY_BYTES // 1024} KiB of text")
    return body


def _answer(query: Query, seen: Outline) -> Response:
    admit(seen, federated=service().federation is not None)
    form = _form(query, seen)
    if form is HTML:
        return _page(query, seen)
    return respond(query, form, steady=seen.steady and not seen.reaches_out)


def respond(query: Query, form: Format, *, steady: bool) -> Response:
    """Answer *query* in *form*, or with 304 if the client has that answer; `steady` as in `Outline`."""
    tag = _tag(query, form)
    if steady and request.if_none_match.contains_weak(tag):
        return _described(Response(status=304), tag)
    pieces = service().answer(query, form.media_type)
    first = next(pieces, b"")  # what fails at once has to fail before the status line is sent
    second = next(pieces, None) if len(first) < _SMALL else b""
    packed = len(first) >= _WORTH_PACKING and request.accept_encodings["gzip"] > 0
    stream: Iterable[bytes] = (first,) if second is None else chain((first, second), pieces)
    stream = _gzip(stream) if packed else stream
    # A body of known length lets the client keep the connection.
    response = Response(b"".join(stream) if second is None else stream, content_type=form.content_type)
    response.call_on_close(pieces.close)  # a client that goes away ends the query
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    return _described(response, tag if steady else None)


def _form(query: Query, seen: Outline) -> Format:
    """Choose the answer's form. Text that is no query gets any: the engine will say what is wrong with it."""
    offers = GRAPHS if seen.form in ("CONSTRUCT", "DESCRIBE") else RESULTS
    if query.format:
        return named(query.format, (*offers, HTML))
    return choose(request.headers.get("Accept"), (*offers, HTML))


def _tag(query: Query, form: Format) -> str:
    parts = (service().engine.generation, query.text, query.default_graphs, query.named_graphs, form.name)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def _described(response: Response, tag: str | None) -> Response:
    """Say what the answer depends on. The tag is weak: rows without an order may come in another one the next time."""
    response.headers["Vary"] = "Accept, Accept-Encoding"
    response.headers["Cache-Control"] = "no-cache" if tag else "no-store"
    if tag:
        response.set_etag(tag, weak=True)
    return response


def _gzip(pieces: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(5, wbits=31)
    for piece in pieces:
        if packed := packer.compress(piece):
            yield packed
    yield packer.flush()


def _nothing_asked() -> Response:
    """Show the editor to a browser; tell a program what this endpoint can do."""
    form = choose(request.headers.get("Accept"), (*GRAPHS, HTML))
    if form is HTML:
        return _editor("")
    response = Response(service_description(request.base_url, form), content_type=form.content_type)
    response.headers["Vary"] = "Accept"
    return response


def _page(query: Query, seen: Outline) -> Response:
    """Answer in the editor itself, with the query above its result."""
    result = first_rows(query)
    offers = GRAPHS if seen.form in ("CONSTRUCT", "DESCRIBE") else RESULTS
    return _described(_editor(query.text, result=result, offers=offers, query=query), None)


def _editor(text: str, status: int = 200, **context: object) -> Response:
    page = render_template("sparql.html", text=text, **context)
    return Response(page, status, content_type=HTML.content_type)


def _failure(error: KgError, query: Query | None) -> Response:
    problem = Problem.of(error, query.text if query else None)
    return render_problem(problem, query=query.text if query else None)
