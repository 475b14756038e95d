"""Linked data: `/id/…` leads to the data or to the page of a thing, `/ontology` serves the vocabulary."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request, url_for

from kg.errors import NotFound
from kg.resources import ontology as ontology_folder
from kg.sparql import GRAPHS, HTML, Query, choose
from kg.web.describe import construct, describe, exists
from kg.web.protocol import cors, respond
from kg.web.service import service, tagged_page

__all__ = ["blueprint"]

blueprint = Blueprint("linked", __name__)
blueprint.after_request(cors)

_DATA = GRAPHS[:4]
_FILES = {
    "readouts.ttl": "text/turtle; charset=utf-8",
    "shapes.ttl": "text/turtle; charset=utf-8",
    "context.jsonld": "application/ld+json",
}


@blueprint.get("/id/<path:tail>")
def identity(tail: str) -> Response:
    """Lead from the name of a thing to what is known of it (303, "see other")."""
    _known(tail)
    form = choose(request.headers.get("Accept"), (HTML, *_DATA))
    address = url_for(".page", tail=tail) if form is HTML else url_for(".data", tail=tail, extension=form.name)
    return Response(status=303, headers={"Location": address, "Vary": "Accept"})


@blueprint.get("/data/<path:tail>.<any(ttl, nt, rdf, jsonld):extension>")
def data(tail: str, extension: str) -> Response:
    """Serve the statements of and about a thing."""
    iri = _known(tail)
    form = next(form for form in _DATA if form.name == extension)
    response = respond(Query(construct(iri)), form, steady=True)
    response.headers.add("Link", f'<{iri}>; rel="describes"')
    return response


@blueprint.get("/page/<path:tail>")
def page(tail: str) -> Response:
    """Show what is known of a thing, each fact with the sentence it came from."""

    def rendered() -> str:
        found = describe(service(), _iri(tail))
        if found is None:
            raise NotFound(f"nothing is known of {tail}")
        return render_template("description.html", thing=found, tail=tail, formats=_DATA)

    return tagged_page(rendered)


@blueprint.get("/ontology", defaults={"name": "readouts.ttl"})
@blueprint.get("/ontology/<any('readouts.ttl', 'shapes.ttl', 'context.jsonld'):name>")
def ontology(name: str) -> Response:
    """Serve the vocabulary, its shapes, and its JSON-LD context."""
    path = ontology_folder() / name
    if not path.is_file():
        raise NotFound(f"{name} is not installed")
    response = Response(path.read_bytes(), content_type=_FILES[name])
    response.headers["Cache-Control"] = "max-age=3600"
    response.add_etag()
    response.make_conditional(request)
    return response


def _known(tail: str) -> str:
    iri = _iri(tail)
    if not exists(service(), iri):
        raise NotFound(f"nothing is known of {tail}")
    return iri


def _iri(tail: str) -> str:
    return service().iri(tail)
