"""What went wrong, for people and for programs: problem details (RFC 9457), with line, column and a friendly word."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus

from kg.errors import KgError, QueryError, StoreLocked, TooBusy, TooMany, Unauthorised, WrongMethod
from kg.sparql.outline import outline
from kg.store.mistakes import mistake

__all__ = ["PROBLEM_JSON", "Problem", "hint"]

PROBLEM_JSON = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """An answer that says why there is none. `extra` are further members: ``line``, ``column``, ``hint``.

    `headers` tell the client how to go on: after how many seconds, by which method, with which authentication.
    """

    status: int
    detail: str
    extra: tuple[tuple[str, str | int], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def title(self) -> str:
        """The name of the HTTP status."""
        return HTTPStatus(self.status).phrase

    @classmethod
    def of(cls, error: KgError, query: str | None = None) -> Problem:
        """Describe *error*; where it lies in the text of *query*, say where and what to do."""
        extra: dict[str, str | int | None] = {}
        if isinstance(error, QueryError) and query is not None:
            extra = {"line": error.line, "column": error.column}
            if error.line and (said := hint(query)) not in str(error):
                extra["hint"] = said
        found = tuple((name, value) for name, value in extra.items() if value)
        return cls(error.http_status, str(error), found, tuple(_headers(error)))

    def json(self) -> bytes:
        """Return it as `application/problem+json`."""
        members = {"type": "about:blank", "title": self.title, "status": self.status, "detail": self.detail}
        return json.dumps(members | dict(self.extra), ensure_ascii=False).encode() + b"\n"

    def text(self) -> bytes:
        """Return it as plain text, one fact a line."""
        return "".join(f"{line}\n" for line in self._lines()).encode()

    def _lines(self) -> Iterator[str]:
        yield f"{self.status} {self.title}: {self.detail}"
        for name, value in self.extra:
            yield f"{name}: {value}"


def _headers(error: KgError) -> Iterator[tuple[str, str]]:
    match error:
        case TooBusy() | TooMany():
            yield "Retry-After", str(error.retry_after)
        case StoreLocked():
            yield "Retry-After", "2"
        case WrongMethod():
            yield "Allow", error.allowed
        case Unauthorised():
            # Not "Basic": a browser would ask its user for a password, keep it, and send it with other sites' forms.
            yield "WWW-Authenticate", 'Bearer realm="kg"'


def hint(query: str) -> str:
    """Return what is probably meant in a *query* that does not parse, from the surest sign to the weakest; or nothing.

    >>> hint("SELECT ?x { ?x ?y ?z FILTR(?x = 1) }")
    'FILTR is no word of SPARQL: did you mean FILTER?'
    >>> hint("SELECT ?x { ?x ?y ?z ")
    'the { at line 1, column 11 is never closed'
    """
    seen = outline(query)
    if seen.is_update:
        return "this address only reads: SELECT, ASK, CONSTRUCT, DESCRIBE"
    if found := mistake(query):
        return found[1]
    if seen.unopened is not None:
        return f"the {query[seen.unopened]} at {_place(query, seen.unopened)} has nothing to close"
    if seen.unclosed is not None:
        return f"the {query[seen.unclosed]} at {_place(query, seen.unclosed)} is never closed"
    return "" if seen.form else "a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, after its prefixes"


def _place(query: str, offset: int) -> str:
    line = query.count("\n", 0, offset) + 1
    return f"line {line}, column {offset - query.rfind(chr(10), 0, offset)}"
