"""The JSON API: `/api/entity/…`, `/api/evidence/…`, `/api/meetings`, and its description, `/openapi.json`.

`kg.web.search` has `/api/search` and `/api/complete`. Every fact comes with its quote, the offsets of it in the
document's text, and the document. `openapi.yaml` tells the parameters and forms; errors are problem details (RFC 9457).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml
from flask import Blueprint, Response, request, url_for

from kg import __version__
from kg.records import Wanted, encounters, evidence, thing
from kg.web.parameters import only, whole_number
from kg.web.protocol import cors
from kg.web.service import service, tagged_page

__all__ = ["blueprint"]

blueprint = Blueprint("machines", __name__)
blueprint.after_request(cors)

_DESCRIPTION = Path(__file__).with_name("openapi.yaml")
_MOST = 100
_WANTED = ("official", "country", "since", "until", "kind", "status")


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """Describe the API by OpenAPI 3.1, with the address that it is at."""

    def rendered() -> str:
        described = yaml.safe_load(_DESCRIPTION.read_text(encoding="utf-8"))
        described["info"]["version"] = __version__
        described["servers"] = [{"url": request.url_root.rstrip("/")}]
        return json.dumps(described, ensure_ascii=False)

    return tagged_page(rendered, "application/vnd.oai.openapi+json;version=3.1")


@blueprint.get("/api/entity/<path:tail>")
def entity(tail: str) -> Response:
    """Tell what is known of a thing, with the first sentences that say so."""

    def made() -> Mapping[str, Any]:
        source = service().source
        iri = source.iri(tail)
        limit = whole_number("limit", 10, most=_MOST)
        known = thing(source, iri)
        known["evidence"] = [each.record() for each in evidence(source, iri, limit)]
        return known | {"url": url_for("linked.page", tail=service().tail(iri) or "", _external=True)}

    return _answered(("limit",), made)


@blueprint.get("/api/evidence/<path:tail>")
def quotes(tail: str) -> Response:
    """Quote the sentences behind a fact, or behind all facts about a thing, those of the latest readouts first."""

    def made() -> Mapping[str, Any]:
        source = service().source
        iri = source.iri(tail)
        known = thing(source, iri)
        limit, start = whole_number("limit", 20, most=_MOST), whole_number("cursor", 0, least=0, most=1_000_000)
        found = evidence(source, iri, limit + 1, start)
        cursor = str(start + limit) if len(found) > limit else ""
        page = {"iri": iri, "label": known["label"], "evidence": [each.record() for each in found[:limit]]}
        return page | {"next": _next(cursor, tail=tail)}

    return _answered(("limit", "cursor"), made)


@blueprint.get("/api/meetings")
def meetings() -> Response:
    """List encounters, the latest first, each with who took part and its sentence."""

    def made() -> Mapping[str, Any]:
        wanted = Wanted(**{name: request.args.get(name, "") for name in _WANTED})
        limit = whole_number("limit", 20, most=_MOST)
        page = encounters(service().source, wanted, limit, request.args.get("cursor", ""))
        return {"meetings": page.records, "next": _next(page.cursor)}

    return _answered((*_WANTED, "limit", "cursor"), made)


def _answered(known: tuple[str, ...], made: Callable[[], Mapping[str, Any]]) -> Response:
    """Answer with JSON, or with 304 if the client has it.

    Raises:
        InputError: there is no such parameter.
    """
    only(known)
    return tagged_page(lambda: json.dumps(made(), ensure_ascii=False), "application/json")


def _next(cursor: str, **values: str) -> str | None:
    """Return the address of the next page, if there is one."""
    if not cursor:
        return None
    given = {name: value for name, value in request.args.items() if name != "cursor"}
    return url_for(str(request.endpoint), _external=True, **values, **given, cursor=cursor)
