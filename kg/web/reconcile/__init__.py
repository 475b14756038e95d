"""`/reconcile`: the W3C Reconciliation Service API, by which OpenRefine and others match names in tables with things.

Version 0.2 is at `/reconcile` (the store's own entities) and `/reconcile/wikidata` (what the indexes know of Wikidata);
the draft of 1.0, whose manifest has the same members with other values, at `1.0-draft` beneath each. Scripts of any
site may read all of it (CORS); JSONP, by which a site would trust us with its pages, is refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qs, quote

from flask import Blueprint, Response, render_template, request, url_for

from kg.errors import InputError, NotFound, TooLong, UnknownFormat
from kg.lexicon import default_lexicon
from kg.link import LEARNED, Gazetteer, Index, gazetteer_with
from kg.store import is_address
from kg.web.parameters import whole_number
from kg.web.protocol import cors
from kg.web.reconcile.indexed import Indexed
from kg.web.reconcile.manifest import manifest
from kg.web.reconcile.ours import Ours
from kg.web.reconcile.source import Property, Sort, Source
from kg.web.reconcile.wire import VERSIONS, Wire, proposed, read_extension, suggested
from kg.web.service import service

__all__ = ["blueprint", "check", "is_manifest"]

blueprint = Blueprint("reconcile", __name__, url_prefix="/reconcile")

_MOST_BYTES = 512 * 1024
_MOST_SUGGESTED = 50
_DEEPEST = 1000
_SUGGESTED = 10
_FRAMED = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
"""The policy of a preview: it may be shown within any page, and can do nothing there."""
_T = TypeVar("_T", Property, Sort)


@blueprint.after_request
def _open(response: Response) -> Response:
    """Let scripts of any site ask and read."""
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = response.headers["Allow"]
        response.headers["Access-Control-Allow-Headers"] = "Accept-Language, Content-Type"
        response.headers["Access-Control-Max-Age"] = "86400"
    return cors(response)


def is_manifest() -> bool:
    """Tell whether the current request is for a manifest, which everybody may read."""
    return request.endpoint == "reconcile.endpoint" and request.method in ("GET", "HEAD") and not request.args


def check(files: Sequence[str]) -> None:
    """See whether the indexes that the settings name can be used, before a client asks.

    Raises:
        NotFound, InputError: a file is missing, or is no index.
    """
    for file in files:
        Index.open(Path(file))


def endpoint(which: str, version: str) -> Response:
    """Give the manifest; to clients of 0.2, the candidates for questions, or values of properties."""
    sent = _sent() if version == Wire.version else {}
    if "queries" in sent:
        return _matched(which, version, _read(sent["queries"], "queries"))
    if "extend" in sent:
        return _extended(which, version, _read(sent["extend"], "extend"))
    if request.method == "POST":
        raise InputError("post a form with queries= or extend=, as the Reconciliation Service API 0.2 has it")
    return _json(manifest(_source(which), version, _root(which, version)))


def match(which: str, version: str) -> Response:
    """Give the candidates for a batch of questions."""
    return _matched(which, version, _read(_body("application/json"), "the body"))


def extend(which: str, version: str) -> Response:
    """Give values of properties."""
    return _extended(which, version, _read(_body("application/json"), "the body"))


def propose(which: str, version: str) -> Response:
    """Say which properties things of a type have."""
    _no_jsonp()
    kind = request.args.get("type", "")
    limit = min(whole_number("limit", _MOST_SUGGESTED, least=0), _MOST_SUGGESTED)
    source = _source(which)
    among = {kind, *(wider for sort in source.types if sort.id == kind for wider in sort.broader)}
    found = [each for each in source.properties if each.extended and (not kind or not each.of or among & set(each.of))]
    return _json({"type": kind, "limit": limit, "properties": [proposed(each) for each in found[:limit]]})


def suggest(which: str, version: str, kind: str) -> Response:
    """Say how what somebody is typing may go on: an entity, a type, a property, or their ids."""
    _no_jsonp()
    source, prefix = _source(which), request.args.get("prefix", "").strip()[: _MOST_SUGGESTED * 4]
    start = min(whole_number("cursor" if "cursor" in request.args else "offset", 0, least=0), _DEEPEST)
    limit = min(whole_number("limit", _SUGGESTED, least=0), _MOST_SUGGESTED)
    found: list[dict[str, Any]]
    if kind == "entity":
        types = [type for type in request.args.getlist("type") if type in {sort.id for sort in source.types}]
        found = [suggested(item, source) for item in source.suggest(prefix, types, start + limit)] if prefix else []
    elif kind == "type":
        found = [{"id": each.id, "name": each.name} for each in _begun(source.types, prefix)]
    else:
        found = [proposed(each) for each in _begun(source.properties, prefix)]
    return _json({"result": found[start : start + limit]})


def preview(which: str, version: str) -> Response:
    """Show an entity within the page of a client."""
    id = request.args.get("id", "")
    source = _source(which)
    item = source.items([id]).get(id)
    if item is None:
        raise NotFound(f"there is no {id[:100] or 'entity without an id'} here")
    names = {sort.id: sort.name for sort in source.types}
    meetings = source.extend([id], ["meetings", "first", "last"])[id] if which == "ours" else {}
    page = render_template(
        "preview.html",
        item=item,
        kind=names[item.types[0]],
        address=source.view.replace("{{id}}", quote(id, safe="/")),
        meetings={key: next(iter(cells[0].values())) for key, cells in meetings.items() if cells},
    )
    response = Response(page, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = _FRAMED
    response.headers["Cache-Control"] = "no-cache"
    return response


def _register() -> None:
    """Give each source and each version its routes."""
    for which, place in (("ours", ""), ("wikidata", "/wikidata")):
        for version in VERSIONS:
            is_old = version == Wire.version
            root = place if is_old else f"{place}/{version}"
            routes: list[tuple[str, Callable[..., Response], list[str]]] = [
                ("", endpoint, ["GET", "POST"] if is_old else ["GET"]),
                ("/extend/propose", propose, ["GET"]),
                ("/suggest/<any(entity, type, property):kind>", suggest, ["GET"]),
                ("/preview", preview, ["GET"]),
            ]
            if not is_old:
                routes += [("/match", match, ["POST"]), ("/extend", extend, ["POST"])]
            for tail, view, methods in routes:
                values = {"which": which, "version": version}
                blueprint.add_url_rule(root + tail, view.__name__, view, methods=methods, defaults=values)


_register()


# --- answering ------------------------------------------------------------------------------------------------------


def _matched(which: str, version: str, given: object) -> Response:
    source = _source(which)
    wire = VERSIONS[version](source.properties)
    questions = wire.questions(given)
    found = source.match(list(questions.values()))
    return _json(wire.results(dict(zip(questions, found, strict=True)), source))


def _extended(which: str, version: str, given: object) -> Response:
    source = _source(which)
    wire = VERSIONS[version](source.properties)
    ids, wanted = read_extension(given, source.properties)
    found = source.extend(ids, [each.key for each in wanted])
    rows = {id: found.get(id) or {each.key: () for each in wanted} for id in ids}
    return _json({"meta": [_meta(each, source, version) for each in wanted], "rows": wire.rows(ids, rows)})


def _meta(each: Property, source: Source, version: str) -> dict[str, Any]:
    told: dict[str, Any] = {"id": each.id, "name": each.name}
    if each.sort:
        told["type"] = {"id": each.sort, "name": next(sort.name for sort in source.types if sort.id == each.sort)}
    if each.elsewhere:
        told["service"] = _root("wikidata", version)
    return told


def _source(which: str) -> Source:
    data = service()
    if which == "ours":
        view = url_for("linked.identity", tail="", _external=True) + "{{id}}"
        return Ours(data, default_lexicon(), view)
    return Indexed(_gazetteer(data.settings.gazetteer, data.settings.store))


def _gazetteer(files: Sequence[str], store: str) -> Gazetteer:
    """Return what is known of Wikidata, with what was learned for the store as it is now."""
    learned = Path(store) / LEARNED
    changed = 0 if is_address(store) or not learned.is_file() else learned.stat().st_mtime_ns
    return _gazetteer_of(tuple(map(Path, files)), learned if changed else None, changed)


@lru_cache(maxsize=2)
def _gazetteer_of(files: tuple[Path, ...], learned: Path | None, changed: int) -> Gazetteer:
    known = gazetteer_with(files)
    try:
        return known.extended(learned) if learned else known
    except InputError:  # of another version: the next `kg link --live` makes it anew
        return known


def _begun(known: Sequence[_T], prefix: str) -> list[_T]:
    """Return those of which the id, or a word of the name, begins so."""
    typed = prefix.casefold()
    return [each for each in known if each.id.casefold().startswith(typed) or f" {typed}" in f" {each.name.casefold()}"]


def _root(which: str, version: str) -> str:
    return url_for("reconcile.endpoint", which=which, version=version, _external=True)


def _json(answer: object) -> Response:
    response = Response(json.dumps(answer, ensure_ascii=False), content_type="application/json")
    response.headers["Cache-Control"] = "no-cache"
    return response


# --- reading --------------------------------------------------------------------------------------------------------


def _sent() -> Mapping[str, str]:
    """Return what a client of 0.2 asks, in the address or as a form."""
    _no_jsonp()
    if request.method != "POST":
        return request.args
    form = _body("application/x-www-form-urlencoded").decode("utf-8", "replace")
    try:
        return {name: values[0] for name, values in parse_qs(form, max_num_fields=20).items()}
    except ValueError:
        raise InputError("the form has too many fields") from None


def _body(media_type: str) -> bytes:
    if request.mimetype != media_type:
        raise UnknownFormat(f"this is posted as {media_type}, not as {request.mimetype[:60] or 'nothing'}")
    body = request.stream.read(_MOST_BYTES + 1)
    if len(body) > _MOST_BYTES:
        raise TooLong(f"a body may have {_MOST_BYTES >> 10} KiB: ask less at a time")
    return body


def _read(text: str | bytes, what: str) -> object:
    def refuse(name: str) -> None:
        raise ValueError(f"{name} is no JSON")

    try:
        return json.loads(text, parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{what}: no JSON: {str(error)[:200]}") from None


def _no_jsonp() -> None:
    if "callback" in request.args:
        raise InputError("callback: there is no JSONP here; scripts of any site may read the answer as it is (CORS)")
