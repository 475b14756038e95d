"""What the editor in the browser knows: the vocabulary to complete from, and the saved questions with their fields."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, get_args

import pyoxigraph as ox
from flask import Blueprint, Response, request

from kg.errors import NotFound
from kg.resources import ontology
from kg.saved import Shelf
from kg.vocab import (
    ACT,
    DCTERMS,
    FOAF,
    ITSRDF,
    KIND,
    MODE,
    NIF,
    ORG,
    OWL,
    PREFIXES,
    PROV,
    RDF,
    RDFS,
    ROLE,
    SCHEMA,
    SKOS,
    STATUS,
    TENURE,
)
from kg.web.service import service

__all__ = ["blueprint", "terms"]

blueprint = Blueprint("editor", __name__, url_prefix="/editor")

_SPARQL = "application/sparql-query; charset=utf-8"
_OTHERS = (DCTERMS, FOAF, ITSRDF, NIF, ORG, OWL, PROV, RDF, RDFS, SCHEMA, SKOS)
_DEFINITION = ox.NamedNode("http://www.w3.org/2004/02/skos/core#definition")
_DOMAIN, _RANGE = (ox.NamedNode(RDFS.iri + name) for name in ("domain", "range"))
_UNION = ox.NamedNode(OWL.iri + "unionOf")
_FIRST, _REST = (ox.NamedNode(RDF.iri + name) for name in ("first", "rest"))


@blueprint.get("/vocabulary.json")
def vocabulary() -> Response:
    """Tell the prefixes, and each term with its kind, label and meaning, and what a property links."""
    return _json({"base": service().base, "prefixes": PREFIXES, "terms": list(terms())})


@blueprint.get("/questions.json")
def questions() -> Response:
    """Tell the saved questions and their parameters: those that people ask first, flat tables for programs last."""
    shelves = get_args(Shelf)
    return _json(
        [
            {
                "name": saved.name,
                "title": saved.title,
                "description": saved.description,
                "parameters": [
                    {"name": p.name, "type": p.type, "default": p.default, "description": p.description}
                    for p in saved.parameters
                ],
            }
            for saved in sorted(service().saved.values(), key=lambda saved: shelves.index(saved.shelf))
        ]
    )


@blueprint.get("/questions/<name>.rq")
def question(name: str) -> Response:
    """Give the text of a saved question, with the values that the address gives to its parameters.

    Raises:
        NotFound: there is no such question.
        InputError: a value is not of its parameter's type.
    """
    saved = service().saved.get(name)
    if saved is None:
        raise NotFound(f"there is no saved question {name!r}")
    text = saved.bind(**{key: value for key, value in request.args.items() if value})
    return Response(text, content_type=_SPARQL)


def _json(data: object) -> Response:
    response = Response(json.dumps(data, ensure_ascii=False, separators=(",", ":")), content_type="application/json")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]  # it returns the response itself


@lru_cache(maxsize=1)
def terms() -> tuple[dict[str, Any], ...]:
    """Return the terms of the vocabulary: name, IRI and kind of each, and what the ontology says of it."""
    store = ox.Store()
    store.load(path=str(ontology() / "readouts.ttl"), format=ox.RdfFormat.TURTLE)
    own = sorted({q.subject.value for q in store if isinstance(q.subject, ox.NamedNode) and "#" in q.subject.value})
    closed = [node.value for group in (KIND, MODE, STATUS, ACT, ROLE, TENURE) for node in group]
    others = [node.value for group in _OTHERS for node in group]
    return tuple(_term(store, iri) for iri in dict.fromkeys((*own, *closed, *others)))


def _term(store: ox.Store, iri: str) -> dict[str, Any]:
    """Describe one term; what the ontology does not say is left out."""
    node = ox.NamedNode(iri)
    found: dict[str, Any] = {"name": _short(iri), "iri": iri, "kind": _kind(iri)}
    for name, properties in (("label", (RDFS.label,)), ("meaning", (_DEFINITION, RDFS.comment))):
        texts = (quad.object for p in properties for quad in store.quads_for_pattern(node, p, None))
        if text := next((o.value for o in texts if isinstance(o, ox.Literal)), None):
            found[name] = text
    for name, property in (("domain", _DOMAIN), ("range", _RANGE)):
        if classes := [_short(each) for each in _classes(store, node, property)]:
            found[name] = classes
    return found


def _kind(iri: str) -> str:
    if iri.startswith(tuple(group.iri for group in (KIND, MODE, STATUS, ACT, ROLE, TENURE))):
        return "individual"
    local = iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]
    return "class" if local[:1].isupper() else "property"


def _classes(store: ox.Store, node: ox.NamedNode, property: ox.NamedNode) -> Iterator[str]:
    """Yield the IRIs of the classes that *property* names, also those of a union."""
    waiting = [quad.object for quad in store.quads_for_pattern(node, property, None)]
    while waiting:
        each = waiting.pop(0)
        if isinstance(each, ox.NamedNode):
            yield each.value
        elif isinstance(each, ox.BlankNode):
            inner = [q.object for p in (_UNION, _FIRST, _REST) for q in store.quads_for_pattern(each, p, None)]
            waiting += [o for o in inner if o != ox.NamedNode(RDF.iri + "nil")]


def _short(iri: str) -> str:
    longest = max((p for p in PREFIXES.items() if iri.startswith(p[1])), key=lambda p: len(p[1]), default=None)
    return f"{longest[0]}:{iri.removeprefix(longest[1])}" if longest else iri
