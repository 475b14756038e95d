"""The pages of the site itself: the start, the saved questions, the map, the time line, and what to know about it."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request, url_for

from kg.errors import KgError, NotFound
from kg.saved import SavedQuery
from kg.sparql import RESULTS, Query
from kg.web.results import first_rows
from kg.web.service import service, tagged_page
from kg.web.views import wording

__all__ = ["blueprint"]

blueprint = Blueprint("pages", __name__)
wording.register(blueprint)


@blueprint.app_context_processor
def navigation() -> dict[str, object]:
    """Name the pages that every page leads to."""
    return {
        "navigation": (
            ("Questions", url_for("pages.questions")),
            ("SPARQL", url_for("protocol.sparql")),
            ("About", url_for("pages.about")),
        )
    }


@blueprint.get("/")
def start() -> str:
    """Say what this is, how much there is, and how to ask."""
    return render_template("start.html", counts=[], example="", saved=service().saved.values())


@blueprint.get("/questions")
def questions() -> Response:
    """List the saved questions."""
    return tagged_page(lambda: render_template("questions.html", saved=service().saved.values()))


@blueprint.get("/about")
def about() -> str:
    """Say what this is."""
    return render_template("start.html", counts=[], example="", saved=service().saved.values())


@blueprint.get("/api")
def api() -> str:
    """Say how programs ask."""
    return render_template("start.html", counts=[], example="", saved=service().saved.values())


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
        return {"text": text, "result": first_rows(Query(text))}
    except KgError as error:
        return {"text": saved.text, "problem": str(error)}
