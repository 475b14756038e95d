"""`/sparql`: the query operation of the SPARQL 1.1 Protocol over HTTP, and an editor for people with a browser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from flask import Blueprint, Response, render_template, request, url_for

from kg.errors import KgError, QueryError, TooBusy, TooLong, UnknownFormat
from kg.sparql import (
    GRAPHS,
    HTML,
    MAX_QUERY_BYTES,
    Format,
    Problem,
    Query,
    choose,
    read_query,
    service_description,
)
from kg.web.encoding import WORTH_PACKING, Packer, packer
from kg.web.plan import MAX_BODY, OPEN, ROW_COUNT, SMALL, Plan, described, planned, tag_of
from kg.web.problems import render_problem
from kg.web.results import first_rows
from kg.web.service import service
from kg.web.sizes import sizes
from kg.web.watch import QUERY, ROWS

__all__ = ["FAILED", "blueprint", "cors", "respond"]

FAILED = "kg.failed"
"""Where the environment has the error with which a query has ended already, that only needs to be shown."""

blueprint = Blueprint("protocol", __name__)

_METHODS = "GET, HEAD, POST, OPTIONS"


@blueprint.route("/sparql", methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"], provide_automatic_options=False)
def sparql() -> Response:
    """Answer a query in the form that was asked for."""
    query: Query | None = None
    try:
        query = read_query(request.method, request.query_string.decode("latin-1"), request.content_type, _body())
        if query is None:
            return _nothing_asked()
        request.environ[QUERY] = query.text
        if failed := request.environ.get(FAILED):
            raise failed
        return _answer(query)
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
    response.headers.update(OPEN)
    return response


def _body() -> bytes:
    if request.method != "POST":
        return b""
    if request.content_encoding:
        raise UnknownFormat("a query is posted as it is, without Content-Encoding")
    body = request.stream.read(MAX_BODY + 1) if (request.content_length or 0) <= MAX_BODY else b""
    if (request.content_length or len(body)) > MAX_BODY or len(body) > MAX_BODY:
        raise TooLong(f"a query may have {MAX_QUERY_BYTES // 1024} KiB of text")
    return body


def _answer(query: Query) -> Response:
    plan = planned(query, request.headers.get("Accept"), federated=service().federation is not None)
    if plan.form is HTML:
        return _page(plan)
    return respond(query, plan.form, steady=plan.steady)


def respond(query: Query, form: Format, *, steady: bool) -> Response:
    """Answer *query* in *form*, or with 304 if the client has that answer; `steady` as in `Plan`."""
    state = service().engine.state
    tag = tag_of(state, query, form) if steady else None
    if tag and request.if_none_match.contains_weak(tag):
        return _described(Response(status=304), tag)
    pieces = service().answer(query, form.media_type)
    first = next(pieces, b"")  # what fails at once has to fail before the status line is sent
    if state != service().engine.state:  # newer data have come up, and the answer may be from them
        tag = None
    second = next(pieces, None) if len(first) < SMALL else b""
    coding = packer(request.headers.get("Accept-Encoding")) if len(first) >= WORTH_PACKING else None
    stream: Iterable[bytes] = (first,) if second is None else chain((first, second), pieces)
    stream = _packed(stream, coding[1]) if coding else stream
    # A body of known length lets the client keep the connection.
    response = Response(b"".join(stream) if second is None else stream, content_type=form.content_type)
    if second is None and ROWS in request.environ:
        response.headers[ROW_COUNT] = str(request.environ[ROWS])
    response.call_on_close(pieces.close)  # a client that goes away ends the query
    if coding:
        response.headers["Content-Encoding"] = coding[0]
    return _described(response, tag)


def _described(response: Response, tag: str | None) -> Response:
    response.headers.update(described(tag))
    return response


def _packed(pieces: Iterable[bytes], packing: Packer) -> Iterator[bytes]:
    for piece in pieces:
        if packed := packing.compress(piece):
            yield packed
    yield packing.flush()


def _nothing_asked() -> Response:
    """Show the editor to a browser; tell a program what this endpoint can do."""
    form = choose(request.headers.get("Accept"), (*GRAPHS, HTML))
    if form is HTML:
        return _editor("")
    data = service()
    update = url_for("writes.update", _external=True) if data.writer else ""
    try:
        counted = sizes(data)
    except (QueryError, TooBusy):  # too big to be counted now: the rest is worth telling
        counted = None
    described = service_description(
        request.base_url, form, sizes=counted, update=update, federated=data.federation is not None
    )
    response = Response(described, content_type=form.content_type)
    response.headers["Vary"] = "Accept"
    return response


def _page(plan: Plan) -> Response:
    """Answer in the editor itself, with the query above its result."""
    result = first_rows(plan.query)
    return _described(_editor(plan.query.text, result=result, offers=plan.offers, query=plan.query), None)


def _editor(text: str, status: int = 200, **context: object) -> Response:
    page = render_template("sparql.html", text=text, **context)
    return Response(page, status, content_type=HTML.content_type)


def _failure(error: KgError, query: Query | None) -> Response:
    problem = Problem.of(error, query.text if query else None)
    return render_problem(problem, query=query.text if query else None)
