"""The pages of the site itself: the start, the saved questions, the map, the time line, and what to know about it."""

from __future__ import annotations

import json
from collections.abc import Mapping

from flask import Blueprint, Response, render_template, request, url_for

from kg.errors import KgError, NotFound
from kg.saved import SavedQuery, Shelf
from kg.sparql import GRAPHS, RESULTS, Query
from kg.web.results import first_rows, without_echoes
from kg.web.service import service, tagged_page
from kg.web.views import overview, snippets, wording
from kg.web.views.drawing import circles
from kg.web.views.frame import list_page

__all__ = ["blueprint"]

blueprint = Blueprint("pages", __name__)
wording.register(blueprint)

_SHELVES: Mapping[Shelf, str] = {
    "questions": "About encounters",
    "elsewhere": "Together with Wikidata",
    "tables": "Flat tables, as kg export takes them",
}
"""The headings of the page of questions."""


@blueprint.app_context_processor
def navigation() -> dict[str, object]:
    """Name the pages that every page leads to."""
    pages = (
        ("Time line", "pages.timeline"),
        ("Map", "pages.world"),
        ("Questions", "pages.questions"),
        ("SPARQL", "protocol.sparql"),
        ("About", "pages.about"),
    )
    return {"navigation": [(name, url_for(endpoint)) for name, endpoint in pages]}


@blueprint.get("/")
def start() -> Response:
    """Say what this is, how much there is, and how to ask."""
    return tagged_page(lambda: render_template("start.html", page=_home(), **overview.start()))


def _home() -> object:
    site = service().settings.site_name
    address = url_for("pages.start", _external=True)
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": url_for("search.search", _external=True) + "?q={q}"},
        "query-input": "required name=q",
    }
    data = {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": site,
        "url": address,
        "potentialAction": search,
    }
    return list_page(site, "Who met whom, when, and on what, by government readouts.", json_ld=data)


@blueprint.get("/map")
def world() -> Response:
    """Show the countries by their encounters."""
    return tagged_page(lambda: render_template("map.html", **overview.world()))


@blueprint.get("/map.json")
def map_data() -> Response:
    """Give what the map shows in the form of SPARQL's results: where countries lie, the store itself need not know."""
    names = ("item", "label", "lat", "long", "count")
    rows = [
        (circle.bar.ref.iri, circle.bar.ref.label, circle.latitude, circle.longitude, circle.bar.number)
        for circle in circles(overview.countries())
    ]
    bindings = [
        {
            name: {"type": "literal" if name != "item" else "uri", "value": str(value)}
            for name, value in zip(names, row, strict=True)
        }
        for row in rows
    ]
    body = json.dumps({"head": {"vars": names}, "results": {"bindings": bindings}}, ensure_ascii=False)
    return tagged_page(lambda: body, RESULTS[0].content_type)


@blueprint.get("/timeline")
def timeline() -> Response:
    """Show the encounters by month."""
    return tagged_page(lambda: render_template("timeline.html", **overview.timeline()))


@blueprint.get("/about")
def about() -> Response:
    """Say what this is, how far to trust it, and under which terms it may be used."""

    def rendered() -> str:
        description = "What this site is, where its facts come from, and how far to trust them."
        page = list_page("About", description, json_ld=_dataset())
        generation = service().engine.generation
        return render_template("about.html", page=page, counts=overview.counts(), generation=generation)

    return tagged_page(rendered)


def _dataset() -> dict[str, object]:
    """Describe the data as a whole in the words of schema.org, for those who search for data."""
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": service().settings.site_name,
        "description": "Who met whom, when, where, in which office and on what, by government readouts.",
        "url": url_for("pages.start", _external=True),
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": form.media_type,
                "contentUrl": url_for("protocol.sparql", _external=True),
            }
            for form in (RESULTS[0], GRAPHS[0])
        ],
    }


@blueprint.get("/api")
def api() -> Response:
    """Say how programs ask."""

    def rendered() -> str:
        page = list_page("For programs", "How to ask this site in SPARQL, as linked data, and by files.")
        examples = snippets.snippets(url_for("protocol.sparql", _external=True))
        settings = service().settings
        return render_template(
            "api.html", page=page, snippets=examples, rows=RESULTS, graphs=GRAPHS[:4], settings=settings
        )

    return tagged_page(rendered)


@blueprint.get("/questions")
def questions() -> Response:
    """List the saved questions."""

    def rendered() -> str:
        page = list_page("Questions", "Questions to the data that can be run as they are, or with other values.")
        allowed = service().federation is not None
        saved = service().saved.values()
        return render_template("questions.html", page=page, saved=saved, shelves=_SHELVES.items(), federation=allowed)

    return tagged_page(rendered)


@blueprint.get("/questions/<name>")
def question(name: str) -> Response:
    """Show a saved question with a field for each parameter, and its query with their values."""
    saved = service().saved.get(name)
    if saved is None:
        raise NotFound(f"there is no saved question {name!r}")
    given = {p.name: request.args[p.name] for p in saved.parameters if request.args.get(p.name, "") != ""}
    values = {p.name: given.get(p.name, p.default) for p in saved.parameters}

    def rendered() -> str:
        return render_template("question.html", saved=saved, values=values, offers=RESULTS, **_answered(saved, given))

    if saved.federated:  # what others say may change at any time
        return Response(rendered(), content_type="text/html; charset=utf-8", headers={"Cache-Control": "no-store"})
    return tagged_page(rendered)


def _answered(saved: SavedQuery, given: dict[str, str]) -> dict[str, object]:
    """Return what the page of a question shows: its text, with the first rows of the answer or with what is wrong."""
    try:
        text = saved.bind(**given)
        return {"text": text, "result": without_echoes(first_rows(Query(text)))}
    except KgError as error:
        return {"text": saved.text, "problem": str(error)}
