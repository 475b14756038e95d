"""What changes the data: `/update` (SPARQL 1.1 Update) and `/graphs` (Graph Store HTTP Protocol), for those who may."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

import pyoxigraph as ox
from flask import Blueprint, Request, Response, request
from werkzeug.datastructures import FileStorage

from kg.errors import Forbidden, InputError, NotFound, TooLong, UnknownFormat, WrongMethod
from kg.sparql import DIRECT_UPDATE, GRAPHS, Query, choose, named, read_update
from kg.store import JOURNAL, UNNAMED
from kg.store.draft import state_of
from kg.store.writers import Expected, Writer
from kg.web.protocol import cors, respond
from kg.web.service import service
from kg.web.watch import QUERY

__all__ = ["blueprint"]

blueprint = Blueprint("writes", __name__)

_ALL = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]
_GRAPH_METHODS = "GET, HEAD, PUT, POST, PATCH, DELETE, OPTIONS"
_OPTIONS = {
    "Allow": _GRAPH_METHODS,
    "Accept-Patch": DIRECT_UPDATE,
    # What scripts of other sites may do: read, without credentials.
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
_KEY = f"SELECT ?key {{ GRAPH {JOURNAL} {{ %s <{JOURNAL.value}#key> ?key }} }}"
_PIECE = 1 << 16


@blueprint.route("/update", methods=_ALL, provide_automatic_options=False)
def update() -> Response:
    """Do an update; it can be read when this is answered."""
    if request.method == "OPTIONS":
        return Response(status=204, headers={"Allow": "POST, OPTIONS"})
    if request.method != "POST":
        raise WrongMethod(f"{request.method} is no way to send an update; use POST", "POST, OPTIONS")
    writer = _writer("update")
    with _body(request.stream) as (file, _):
        wanted = read_update(
            request.method, request.query_string.decode("latin-1"), request.content_type, file.read_bytes()
        )
    request.environ[QUERY] = wanted.text
    writer.update(wanted.text, request.base_url, wanted.using, wanted.using_named)
    return Response(status=204)


@blueprint.route("/graphs", methods=_ALL, provide_automatic_options=False)
@blueprint.route("/graphs/", methods=_ALL, provide_automatic_options=False)
@blueprint.route("/graphs/<path:tail>", methods=_ALL, provide_automatic_options=False)
def graphs(tail: str = "") -> Response:
    """Read or change one graph, which is named in the query or by the address itself."""
    match request.method:
        case "OPTIONS":
            return cors(Response(status=204, headers=_OPTIONS))
        case "GET" | "HEAD":
            return cors(_read(_graph(tail)))
        case "PUT":
            return _written(_graph(tail), add=False)
        case "POST" if not tail and not request.args:
            return _written(f"{request.url_root}graphs/{uuid.uuid4().hex}", add=True, ours=True)
        case "POST":
            return _written(_graph(tail), add=True)
        case "PATCH":
            return _patched(_graph(tail))
        case "DELETE":
            _writer("graph-store").delete(_graph(tail), _expected())
            return Response(status=204)
    raise WrongMethod(f"a graph has no {request.method} here", _GRAPH_METHODS)


def _graph(tail: str) -> str:
    """Return the IRI of the graph that is asked for (§4.1, §4.2)."""
    names = request.args.getlist("graph")
    default = "default" in request.args
    if tail and not names and not default:
        return request.base_url
    if len(names) + default + bool(tail) != 1:
        raise InputError("name one graph: ?graph=IRI, ?default, or by the address itself")
    if default:
        return UNNAMED.value
    try:
        return ox.NamedNode(names[0]).value
    except ValueError as error:
        raise InputError(f"?graph= is no absolute IRI: {error}") from None


def _read(graph: str) -> Response:
    name = ox.NamedNode(graph)
    wanted = request.args.get("format")
    form = named(wanted, GRAPHS) if wanted else choose(request.headers.get("Accept"), GRAPHS)
    state = _state(graph)
    if state is None and graph not in (UNNAMED.value, JOURNAL.value):
        raise NotFound(f"there is no graph {graph}")
    query = Query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {name} {{ ?s ?p ?o }} }}")
    if state is None:
        return respond(query, form, steady=True)
    known = {tag.split(".")[:2] == [state, form.name] for tag in request.if_none_match.as_set(include_weak=True)}
    response = Response(status=304) if True in known else respond(query, form, steady=False)
    # A strong tag, which If-Match needs: the same bytes each time, so it tells one coding from another.
    response.set_etag(".".join(filter(None, (state, form.name, response.content_encoding))))
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Vary"] = "Accept, Accept-Encoding"
    return response


def _state(graph: str) -> str | None:
    """Return the state that *graph* is in (see `kg.store.draft.state_of`), or None if there is none."""
    row = next(service().rows(_KEY % ox.NamedNode(graph)), None)
    return None if row is None else state_of(graph, str(getattr(row[0], "value", "")))


def _expected() -> Expected:
    """Return what the client says of the state of the graph: any of its tags, of whatever format, names that."""
    found: list[tuple[str, ...] | None] = []
    for header, tags in (("If-Match", request.if_match), ("If-None-Match", request.if_none_match)):
        states = (tag.split(".")[0] for tag in tags.as_set(include_weak=header == "If-None-Match"))
        given = ("*",) if tags.star_tag else tuple(states)
        found.append(given if header in request.headers else None)
    return Expected(*found)


def _patched(graph: str) -> Response:
    """Change *graph* by an update for which it is all there is."""
    writer = _writer("graph-store")
    if request.mimetype != DIRECT_UPDATE:
        raise UnknownFormat(f"a graph is patched with {DIRECT_UPDATE}, not with {request.mimetype[:60] or 'nothing'}")
    with _body(request.stream) as (file, packed):
        if packed:
            raise UnknownFormat("an update is sent as it is, without Content-Encoding")
        wanted = read_update("POST", "", request.content_type, file.read_bytes())
    request.environ[QUERY] = wanted.text
    writer.patch(graph, wanted.text, request.base_url, _expected())
    return Response(status=204)


def _written(graph: str, *, add: bool, ours: bool = False) -> Response:
    """Put what was sent into *graph*. `ours`: we chose the name, and tell it."""
    writer = _writer("graph-store")
    limit = service().settings.upload
    form = request.mimetype == "multipart/form-data"
    sources: list[Request | FileStorage] = list(request.files.values()) if form else [request]
    if not sources:
        raise InputError("the form has no files")
    with ExitStack() as stack:
        kept = [stack.enter_context(_body(source.stream)) for source in sources]
        files = [(path, source.mimetype) for (path, _), source in zip(kept, sources, strict=True)]
        _check_charset()
        answer = writer.load(graph, files, add=add, packed=kept[0][1] and not form, limit=limit, expected=_expected())
    response = Response(status=201 if answer["created"] else 204)
    if answer["created"] or ours:
        response.headers["Location"] = graph
    return response


def _writer(scope: str) -> Writer:
    """Return the way to write, for a client that may."""
    data = service()
    if data.writer is None:
        raise Forbidden("this endpoint is for reading: whoever runs it can let clients write with 'kg serve --write'")
    data.access.require(request, scope)
    return data.writer


def _check_charset() -> None:
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise UnknownFormat(f"a graph is sent in UTF-8, not in {charset[:40]}")


@contextmanager
def _body(source: IO[bytes]) -> Iterator[tuple[Path, bool]]:
    """Keep what is sent in a file, up to the limit; tell whether it is packed."""
    encoding = (request.content_encoding or "identity").lower()
    if encoding not in ("identity", "gzip"):
        raise UnknownFormat(f"a body is sent as it is or packed with gzip, not with {encoding[:40]}")
    limit = service().settings.upload
    with tempfile.TemporaryDirectory(prefix="kg-") as folder:
        path = Path(folder) / "body"
        size = 0
        with path.open("wb") as file:
            while piece := source.read(_PIECE):
                size += len(piece)
                if size > limit:
                    raise TooLong(f"a body may have {limit >> 10} KiB")
                file.write(piece)
        if encoding == "gzip" and request.endpoint == "writes.update":
            raise UnknownFormat("an update is sent as it is, without Content-Encoding")
        yield path, encoding == "gzip"
