"""`/search`, `/api/search`: what can be found, with facets in the address; `/api/complete`: how a word goes on.

What the page shows can be had as JSON and CSV, and be asked for in SPARQL: the box takes ``year:2016`` for a facet, and
``readout:matches`` takes what the box takes.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from kg import __version__
from kg.errors import InputError, StoreError
from kg.search import FACETS, TYPES, Completion, Found, Question, complete, find, read, suggest
from kg.sparql import HTML, Format, choose, named
from kg.store.finder import Finder
from kg.web.assets import build_name
from kg.web.parameters import only, whole_number
from kg.web.service import Service, service

__all__ = ["blueprint"]

blueprint = Blueprint("search", __name__)

_PER_PAGE = 20
_MOST_PER_PAGE = 100
_DEEPEST = 10_000
"""How many results can be paged through, and how many rows a CSV has."""
_JSON = Format("json", "application/json", "JSON", ("text/json",))
_CSV = Format("csv", "text/csv", "CSV")
_PARAMETERS = ("q", *FACETS, "sort", "limit", "page", "format")
_SORTS = {"relevance": "Relevance", "date": "Latest first"}
_HEADINGS = {
    "type": "Kind",
    "agency": "Agency",
    "country": "Country",
    "initiative": "Initiative",
    "year": "Year",
    "publisher": "Publisher",
    "act": "What was done",
}
_KINDS = {
    "official": "Officials",
    "person": "Other persons",
    "agency": "Agencies",
    "organization": "Organisations",
    "initiative": "Initiatives",
    "event": "Events",
    "country": "Countries",
    "place": "Places",
    "post": "Posts",
    "topic": "Topics",
    "meeting": "Encounters",
    "readout": "Readouts",
    "statement": "Statements",
}
_ACTS = {
    "discuss": "discussed",
    "agree": "agreed",
    "reaffirm": "reaffirmed",
    "appreciate": "appreciated",
    "concern": "expressed concern",
    "request": "requested",
    "commit": "committed to",
    "inform": "informed",
}


@blueprint.get("/search")
def search() -> Response:
    """Show what fits, with what it can be narrowed down by, as a page, JSON or CSV."""
    asked = _Asked.read()
    name = request.args.get("format")
    form = named(name, (HTML, _JSON, _CSV)) if name else choose(request.headers.get("Accept"), (HTML, _JSON, _CSV))
    makers: Mapping[str, Callable[[], str]] = {
        "html": lambda: _page(asked),
        "json": lambda: _json(asked),
        "csv": lambda: _csv(asked),
    }
    return _answer(form, makers[form.name])


@blueprint.get("/api/search")
def api() -> Response:
    """Give what fits as JSON, whatever the client accepts."""
    only(_PARAMETERS)
    asked = _Asked.read()
    return _answer(_JSON, lambda: _json(asked))


@blueprint.get("/api/complete")
def completions() -> Response:
    """Say what somebody may mean who has typed the beginning of it: at most ten, the best first."""
    only(("q", "type"))
    text = request.args.get("q", "")
    types = tuple(dict.fromkeys(kind for kind in request.args.getlist("type") if kind in _KINDS))

    def made() -> str:
        found = _finder().ask(lambda index: complete(index, text, types))
        return json.dumps([_completion(each) for each in found], ensure_ascii=False)

    return _answer(_JSON, made)


def _completion(each: Completion) -> dict[str, str | None]:
    return {"label": each.label, "type": each.type, "detail": each.detail, "url": _href(each.iri), "iri": each.iri}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the address asks for."""

    question: Question
    page: int

    @classmethod
    def read(cls) -> _Asked:
        """Read the address of the current request.

        Raises:
            InputError: a number is none, or there is no such way to sort.
        """
        given = request.args
        facets = {name: tuple(dict.fromkeys(filter(None, given.getlist(name)))) for name in FACETS}
        sort = given.get("sort") or "relevance"
        if sort not in _SORTS:
            raise InputError(f"sort={sort[:40]}: there is relevance, and date")
        limit = min(whole_number("limit", _PER_PAGE), _MOST_PER_PAGE)
        page = whole_number("page", 1)
        if page * limit > _DEEPEST:
            raise InputError(f"only the first {_DEEPEST:,} results can be paged through: ask for less at a time")
        typed = read(given.get("q", ""), FACETS)
        chosen = {name: (*typed.facets.get(name, ()), *values) for name, values in facets.items()}
        words = typed.rest if typed.facets else given.get("q", "")
        question = Question(words, {name: values for name, values in chosen.items() if values})
        return cls(replace(question, sort=sort, start=(page - 1) * limit, limit=limit), page)

    def address(self, **changes: str | int | tuple[str, ...] | None) -> str:
        """Return the address of the same search with *changes*; None leaves a part out."""
        question = self.question
        parts: dict[str, Any] = {"q": question.words or None, **question.facets}
        parts["sort"] = question.sort if question.sort != "relevance" else None
        parts["limit"] = question.limit if question.limit != _PER_PAGE else None
        parts |= {name: value or None for name, value in changes.items()}
        return url_for("search.search", **{name: value for name, value in parts.items() if value is not None})

    def toggled(self, kind: str, value: str) -> str:
        """Return the address with this value of a facet chosen, or no longer chosen."""
        have = self.question.facets.get(kind, ())
        values = tuple(each for each in have if each != value) if value in have else (*have, value)
        return self.address(**{kind: values})

    @property
    def text(self) -> str:
        """The whole question as it could be typed into the box."""
        facets = (f'{kind}:"{value}"' for kind, values in self.question.facets.items() for value in values)
        return " ".join(filter(None, (self.question.words.strip(), *facets)))

    @property
    def sparql(self) -> str:
        """The question as a query."""
        words = json.dumps(self.text, ensure_ascii=False)  # a string of JSON is one of SPARQL
        return (
            "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
            "PREFIX readout: <https://w3id.org/readout/ontology#>\n\n"
            "SELECT ?thing (SAMPLE(?name) AS ?label) ?score WHERE {\n"
            f"  ?thing readout:matches {words} ; readout:score ?score .\n"
            "  OPTIONAL { ?thing rdfs:label ?name }\n"
            "}\nGROUP BY ?thing ?score\nORDER BY DESC(?score)\n"
        )


def _finder() -> Finder:
    finder = service().finder
    if finder is None:
        raise StoreError("there is no search over this store")
    return finder


def _found(question: Question) -> Found:
    return _finder().ask(lambda index: find(index, question))


def _answer(form: Format, made: Callable[[], str]) -> Response:
    """Answer with what the data and the address alone decide, or with 304 if the client has it."""
    parts = (__version__, build_name(), service().engine.state, request.full_path, form.name)
    tag = hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
    fresh = request.if_none_match.contains_weak(tag)
    response = Response(status=304) if fresh else Response(made(), content_type=form.content_type)
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Vary"] = "Accept"
    return response


def _page(asked: _Asked) -> str:
    found = _found(asked.question)
    pages = -(-min(found.total, _DEEPEST) // asked.question.limit)
    facets = [(kind, _HEADINGS[kind], found.facets[kind]) for kind in FACETS if found.facets[kind]]
    suggestions = () if found.total else _finder().ask(lambda index: suggest(index, asked.question.words))
    return render_template(
        "search.html",
        asked=asked,
        found=found,
        facets=facets,
        pages=pages,
        shown=_shown,
        href=_href,
        sorts=_SORTS,
        suggestions=suggestions,
        kinds=_KINDS,
        formats=(_CSV, _JSON),
    )


def _shown(kind: str, label: str) -> str:
    """Return how a page names a value of a facet."""
    return {"type": _KINDS, "act": _ACTS}.get(kind, {}).get(label, label)


def _json(asked: _Asked) -> str:
    found = _found(asked.question)
    more = asked.question.start + len(found.hits) < min(found.total, _DEEPEST)
    return json.dumps(
        {
            "q": asked.question.words,
            "facets": {
                kind: [{"value": c.short, "label": c.label, "count": c.number, "chosen": c.chosen} for c in counts]
                for kind, counts in found.facets.items()
            },
            "total": found.total,
            "almost": found.almost,
            "results": [
                {
                    "label": hit.label,
                    "type": hit.type,
                    "detail": hit.detail,
                    "date": hit.date or None,
                    "documents": hit.documents,
                    "score": hit.score,
                    "name": hit.name or None,
                    "excerpt": [{"text": piece.text, "marked": piece.marked} for piece in hit.excerpt],
                    "url": _href(hit.iri),
                    "iri": hit.iri,
                }
                for hit in found.hits
            ],
            "next": asked.address(page=asked.page + 1, format="json") if more else None,
        },
        ensure_ascii=False,
    )


def _csv(asked: _Asked) -> str:
    found = _found(replace(asked.question, start=0, limit=_DEEPEST))
    output = io.StringIO(newline="")
    rows = csv.writer(output)
    rows.writerow(("label", "type", "detail", "date", "documents", "score", "iri"))
    for hit in found.hits:
        rows.writerow((hit.label, hit.type, hit.detail, hit.date, hit.documents, hit.score, hit.iri))
    return output.getvalue()


def _href(iri: str) -> str | None:
    """Return where a thing is shown: on a page of this site, or at its own address."""
    data: Service = service()
    tail = data.tail(iri)
    if tail is not None and not data.is_vocabulary(iri):
        return url_for("linked.page", tail=tail)
    return iri if iri.startswith(("https://", "http://")) else None


assert set(TYPES.values()) == set(_KINDS)
assert set(FACETS) == set(_HEADINGS)
