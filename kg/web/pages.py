"""The start page, the saved questions, and whether the service is well."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from kg.errors import KgError, NotFound, QueryError, TooBusy
from kg.saved import SavedQuery
from kg.sparql import RESULTS, Query
from kg.web.results import first_rows
from kg.web.service import service, tagged_page

__all__ = ["blueprint"]

blueprint = Blueprint("pages", __name__)

EXAMPLE = """\
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX readout: <https://w3id.org/readout/ontology#>
PREFIX schema: <https://schema.org/>

# Who met, and when: the latest encounters first
SELECT ?meeting ?encounter ?date WHERE {
  ?meeting a readout:Meeting ; rdfs:label ?encounter .
  OPTIONAL { ?meeting schema:startDate ?date }
}
ORDER BY DESC(STR(?date)) ?encounter
LIMIT 20
"""
_COUNTED = (
    ("Readout", "readouts"),
    ("Meeting", "encounters"),
    ("Official", "officials"),
    ("Agency", "agencies"),
    ("Initiative", "initiatives"),
    ("Statement", "statements"),
)


@blueprint.get("/")
def start() -> str:
    """Say what this is, how much there is, and how to ask."""
    data = service()
    try:
        classes = data.counts()
        counts = [(classes.get(name, 0), label) for name, label in _COUNTED]
    except (QueryError, TooBusy):  # all workers are busy, and nobody comes for the counts alone
        counts = []
    return render_template("start.html", counts=counts, example=EXAMPLE, saved=data.saved.values())


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

    return tagged_page(rendered)


def _answered(saved: SavedQuery, given: dict[str, str]) -> dict[str, object]:
    """Return what the page of a question shows: its text, with the first rows of the answer or with what is wrong."""
    try:
        text = saved.bind(**given)
        return {"text": text, "result": first_rows(Query(text))}
    except KgError as error:
        return {"text": saved.text, "problem": str(error)}
