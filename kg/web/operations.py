"""For those who run the service: `/health`, `/ready`, `/metrics`; and what the data are, at `/.well-known/void`."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, request, url_for

from kg.errors import KgError, TooBusy
from kg.sparql import GRAPHS, RESULTS, Query, choose, void_description
from kg.web.protocol import cors
from kg.web.service import service
from kg.web.sizes import sizes
from kg.web.watch import Watch, is_local

__all__ = ["blueprint"]

blueprint = Blueprint("operations", __name__)


@blueprint.get("/health")
def health() -> Response:
    """Say that the service answers, and from which generation of the data."""
    return Response(f'{{"status":"ok","generation":{service().engine.generation}}}\n', content_type="application/json")


@blueprint.get("/ready")
def ready() -> Response:
    """Say whether a query would be answered now."""
    try:
        pieces = service().answer(Query("ASK {}", timeout=2.0), RESULTS[0].media_type)
        b"".join(pieces)
    except KgError as error:
        raise TooBusy(f"not ready: {error}") from error
    return Response('{"status":"ready"}\n', content_type="application/json")


@blueprint.get("/metrics")
def metrics() -> Response:
    """Give figures to this machine, or to whoever has the scope admin."""
    data = service()
    if not is_local(request.remote_addr):
        data.access.require(request, "admin")
    watch: Watch = current_app.extensions["kg.watch"]
    gauges = {"kg_generation": float(data.engine.generation), **data.engine.load}
    return Response(watch.metrics(gauges), content_type="text/plain; version=0.0.4; charset=utf-8")


@blueprint.get("/.well-known/void")
def void() -> Response:
    """Describe the data as a whole (VoID), with counts as of now."""
    form = choose(request.headers.get("Accept"), GRAPHS)
    data = service()
    endpoint = url_for("protocol.sparql", _external=True)
    response = Response(void_description(request.base_url, endpoint, data.base, sizes(data), form))
    response.content_type = form.content_type
    response.headers["Vary"] = "Accept"
    return cors(response)
