"""Answers that say why there is none: a page for browsers, problem details or plain text for programs."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response, render_template, request
from werkzeug.exceptions import HTTPException

from kg.errors import KgError, NotAcceptable
from kg.sparql import HTML, PROBLEM_JSON, Format, Problem, choose

__all__ = ["on_error", "on_http_error", "render_problem"]

_JSON = Format("json", PROBLEM_JSON, "JSON", ("application/json",))
_TEXT = Format("text", "text/plain", "plain text")


def on_error(error: KgError) -> Response:
    """Answer an error of ours, with the status that it knows."""
    return render_problem(Problem.of(error))


def on_http_error(error: HTTPException) -> Response:
    """Give an error of the routing the same form."""
    nowhere = f"there is nothing at {request.path}" if error.code == HTTPStatus.NOT_FOUND else None
    response = render_problem(Problem(error.code or 500, nowhere or error.description or error.name))
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    return response


def render_problem(problem: Problem, *, query: str | None = None) -> Response:
    """Show *problem* as `Accept` prefers: as a page (with the *query*, to be mended), as text, or else as JSON."""
    try:
        form = choose(request.headers.get("Accept"), (_JSON, _TEXT, HTML))
    except NotAcceptable:
        form = _JSON
    if form is HTML:
        body: str | bytes = render_template(
            "problem.html" if query is None else "sparql.html", problem=problem, text=query
        )
    else:
        body = problem.json() if form is _JSON else problem.text()
    response = Response(body, problem.status, content_type=form.content_type)
    response.headers["Vary"] = "Accept"
    response.headers["Cache-Control"] = "no-store"
    response.headers.update(problem.headers)
    return response
