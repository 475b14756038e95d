"""Linked data: `/id/…` leads to the data or to the page of a thing, `/ontology` serves the vocabulary."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, render_template, request, url_for

from kg.errors import NotFound
from kg.resources import ontology as ontology_folder
from kg.sparql import GRAPHS, HTML, RESULTS, Format, Query, choose
from kg.web.protocol import cors, respond
from kg.web.service import service, tagged_page
from kg.web.views import meeting, vocabulary
from kg.web.views.data import construct, exists
from kg.web.views.frame import list_page, thing_page
from kg.web.views.kinds import kind_of
from kg.web.views.thing import Thing, load

__all__ = ["blueprint"]

blueprint = Blueprint("linked", __name__)
blueprint.after_request(cors)

_DATA = GRAPHS[:4]
_CSV = next(form for form in RESULTS if form.name == "csv")
_TURTLE = Format("ttl", "text/turtle", "Turtle", ("text/*",))
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


@blueprint.get("/data/<path:tail>.csv")
def rows(tail: str) -> Response:
    """Serve the table of the page of a thing, whole."""
    thing = _thing(tail)
    return respond(Query(kind_of(thing).query(thing)), _CSV, steady=True)


@blueprint.get("/page/<path:tail>")
def page(tail: str) -> Response:
    """Show what is known of a thing, each fact with the sentence it came from."""

    def rendered() -> str:
        thing = _thing(tail)
        kind = kind_of(thing)
        shown = dict(kind.gather(thing))
        thing = replace(thing, label=shown.pop("label", thing.label))
        frame = thing_page(
            thing,
            kind=kind,
            description=shown.pop("description", f"{thing.label}: what government readouts say, with their sentences."),
            citation=shown.pop("citation", ""),
            json_ld=shown.pop("json_ld", {}),
        )
        return render_template(kind.template, thing=thing, kind=kind, page=frame, **shown)

    return tagged_page(rendered)


@blueprint.get("/compare/<path:tail>")
def compare(tail: str) -> Response:
    """Show an encounter as each readout tells of it, side by side."""

    def rendered() -> str:
        thing = _thing(tail)
        shown = meeting.compare(thing)
        if shown is None:
            raise NotFound(f"no other readout tells of {thing.label}")
        title = f"{shown['columns'][0].told.title}: what each readout tells"
        frame = list_page(title, "Readouts of one encounter, side by side.", shown["table"])
        return render_template("compare.html", thing=thing, page=frame, **shown)

    return tagged_page(rendered)


@blueprint.get("/ontology")
def ontology() -> Response:
    """Show the vocabulary to a browser, with counts and examples; serve its file to a program."""
    if choose(request.headers.get("Accept"), (_TURTLE, HTML)) is HTML:
        response = tagged_page(lambda: render_template("ontology.html", **vocabulary.gather()))
    else:
        response = ontology_file("readouts.ttl")
    response.headers["Vary"] = "Accept"
    return response


@blueprint.get("/ontology/<any('readouts.ttl', 'shapes.ttl', 'context.jsonld'):name>")
def ontology_file(name: str) -> Response:
    """Serve the vocabulary, its shapes, and its JSON-LD context."""
    path = ontology_folder() / name
    if not path.is_file():
        raise NotFound(f"{name} is not installed")
    response = Response(path.read_bytes(), content_type=_FILES[name])
    response.headers["Cache-Control"] = "max-age=3600"
    response.add_etag()
    response.make_conditional(request)
    return response


def _thing(tail: str) -> Thing:
    thing = load(service().iri(tail))
    if thing is None:
        raise NotFound(f"nothing is known of {tail}")
    return thing


def _known(tail: str) -> str:
    iri = service().iri(tail)
    if not exists(iri):
        raise NotFound(f"nothing is known of {tail}")
    return iri
