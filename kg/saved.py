"""Saved queries: the competency questions of ``ontology/queries/*.rq``, with parameters that can be bound safely.

A saved query is a SPARQL 1.1 file that runs as it stands. Its head names it and its parameters, and each parameter has
one line in the body that a value can be put into (``ontology/queries/README.md`` describes the convention)::

    # title: Encounters of a person in a year
    # description: Each call, meeting and visit that the person took part in.
    # param: person | iri | official/ada-example | The person
    ...
      VALUES ?person { <official/ada-example> } # param

Values are never pasted as they come: each is checked against its type and written by `_TYPES`, so no value can add to
the query.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, cast, get_args

from kg.errors import InputError, NotFound, QueryError
from kg.resources import ontology
from kg.store.tokens import outside, tokens

__all__ = ["ParameterType", "QueryParameter", "SavedQuery", "Shelf", "load_saved", "parse_saved", "saved_query"]

ParameterType = Literal["iri", "string", "date", "year", "integer"]
Shelf = Literal["questions", "elsewhere", "tables"]

_HEADER = re.compile(r"# (title|description|param): *(.*)")
_CONTINUED = re.compile(r"#   +(\S.*)")
_SLOT = re.compile(r"^([ \t]*VALUES \?(\w+) \{ )(.*)( \} # param)$", re.MULTILINE)
_BASE = re.compile(r"^BASE <([^<>]*)>$", re.MULTILINE)
_NAME = re.compile(r"[a-z]\w*", re.ASCII)
# The characters of an IRI reference (RFC 3987): none ends it in SPARQL. And no dots that walk out of the base.
_IRI = re.compile(
    r"(?!.*(?:^|/)\.\.?(?:/|$))(?:[\w.~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2}"
    "|[\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U000dfffd])+",
    re.ASCII,
)
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_YEAR = re.compile(r"[0-9]{4}")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@dataclass(frozen=True, slots=True)
class QueryParameter:
    """A value that the user may choose: `name` is its variable without the question mark."""

    name: str
    type: ParameterType
    default: str
    description: str

    def render(self, value: str) -> str:
        """Return *value* as a SPARQL term.

        Raises:
            InputError: *value* is not of the parameter's type.

        >>> QueryParameter("year", "year", "2016", "The year").render("2024")
        '"2024"^^xsd:gYear'
        """
        written, expected = _TYPES[self.type]
        try:
            return written(value)
        except ValueError:
            raise InputError(f"parameter {self.name}: {_short(value)} is not {expected}") from None


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A competency question. `text` is SPARQL that runs as it stands, with the default values."""

    name: str
    title: str
    description: str
    parameters: tuple[QueryParameter, ...]
    text: str

    @property
    def shelf(self) -> Shelf:
        """Where it stands among the others: ``table-…`` are flat rows for programs, federated ones need a network."""
        return "tables" if self.name.startswith("table-") else "elsewhere" if self.federated else "questions"

    @property
    def federated(self) -> bool:
        """Whether it asks another endpoint too (SERVICE), which must be allowed."""
        return any(outside(token) == "SERVICE" for token in tokens(self.text))

    def bind(self, **values: str) -> str:
        """Return the query with *values* in place of the defaults, each as text, e.g. ``year="2024"``.

        An ``iri`` may be absolute or the tail of one (``official/ada-example``) under the query's BASE.

        Raises:
            InputError: a name is no parameter of this query, or a value is not of its type.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in values:
            if name not in known:
                raise InputError(f"query {self.name} has no parameter {_short(name)}; it has {_listed(known)}")
        terms = {name: known[name].render(value) for name, value in values.items()}

        def fill(slot: re.Match[str]) -> str:
            before, name, default, after = slot.groups()
            return before + terms.get(name, default) + after

        return _SLOT.sub(fill, self.text)

    def rebased(self, base: str) -> SavedQuery:
        """Return the query for a store whose entities live under *base*.

        Raises:
            InputError: *base* is no IRI.
        """
        if not _IRI.fullmatch(base):
            raise InputError(f"{_short(base)} is not an IRI")
        return replace(self, text=_BASE.sub(lambda _: f"BASE <{base}>", self.text))


def load_saved(folder: Path | None = None) -> dict[str, SavedQuery]:
    """Read all saved queries of *folder*, by name in alphabetical order; by default those that ship with the package.

    Raises:
        NotFound: there is no such folder.
        QueryError: a file breaks the convention.
    """
    folder = folder or ontology() / "queries"
    if not folder.is_dir():
        raise NotFound(f"no folder of saved queries at {folder}")
    files = sorted(folder.glob("*.rq"))
    return {path.stem: parse_saved(path.stem, path.read_text(encoding="utf-8")) for path in files}


def saved_query(name: str, folder: Path | None = None) -> SavedQuery:
    """Return the saved query called *name*.

    Raises:
        NotFound: there is none; the message proposes the nearest.
    """
    known = load_saved(folder)
    if name in known:
        return known[name]
    near = get_close_matches(name, known, 1)
    hint = f"did you mean {near[0]}?" if near else f"there are {_listed(known)}"
    raise NotFound(f"no saved query {_short(name)}; {hint}")


def parse_saved(name: str, text: str) -> SavedQuery:
    """Read a saved query from the *text* of its file.

    Raises:
        QueryError: the head lacks a title or description, or parameters and their lines do not correspond.
    """
    head = _head(text)
    for key in ("title", "description"):
        if len(head[key]) != 1:
            raise QueryError(f"saved query {name}: the head needs one line '# {key}: …'")
    parameters = tuple(_parameter(name, line) for line in head["param"])
    slots = {found[2]: found[3] for found in _SLOT.finditer(text)}
    if sorted(slots) != sorted(p.name for p in parameters) or len(slots) != text.count("} # param\n"):
        raise QueryError(f"saved query {name}: each parameter needs one line 'VALUES ?name {{ … }} # param'")
    for parameter in parameters:
        if slots[parameter.name] != parameter.render(parameter.default):
            raise QueryError(f"saved query {name}: the default of {parameter.name} differs between head and body")
    return SavedQuery(name, head["title"][0], head["description"][0], parameters, text)


def _head(text: str) -> Mapping[str, list[str]]:
    """Collect the head's lines by key; a line that begins with ``#   `` goes on from the one before."""
    head: dict[str, list[str]] = {"title": [], "description": [], "param": []}
    current: list[str] | None = None
    for line in text.splitlines():
        if found := _HEADER.fullmatch(line):
            current = head[found[1]]
            current.append(found[2].strip())
        elif current and (more := _CONTINUED.fullmatch(line)):
            current[-1] += " " + more[1].strip()
        else:
            break
    return head


def _parameter(query: str, line: str) -> QueryParameter:
    fields = [field.strip() for field in line.split("|")]
    if len(fields) != 4 or not _NAME.fullmatch(fields[0]) or fields[1] not in get_args(ParameterType):
        raise QueryError(f"saved query {query}: '# param: {line}' is not 'name | type | default | what it means'")
    return QueryParameter(fields[0], cast(ParameterType, fields[1]), fields[2], fields[3])


def _iri(value: str) -> str:
    if not _IRI.fullmatch(value):
        raise ValueError
    return f"<{value}>"


def _string(value: str) -> str:
    value.encode("utf-8")  # a lone surrogate, which no query can carry, is a ValueError
    return '"' + "".join(_ESCAPES.get(c) or (f"\\u{ord(c):04X}" if ord(c) < 32 else c) for c in value) + '"'


def _date(value: str) -> str:
    if len(value) != 10:  # fromisoformat knows other forms, xsd:date does not
        raise ValueError
    return f'"{date.fromisoformat(value).isoformat()}"^^xsd:date'


def _year(value: str) -> str:
    if not _YEAR.fullmatch(value):
        raise ValueError
    return f'"{value}"^^xsd:gYear'


def _integer(value: str) -> str:
    if not _INTEGER.fullmatch(value):
        raise ValueError
    return str(int(value))


_TYPES: Mapping[ParameterType, tuple[Callable[[str], str], str]] = {
    "iri": (_iri, "an IRI, nor the tail of one such as official/ada-example"),
    "string": (_string, "a text that can be written as UTF-8"),
    "date": (_date, "a date such as 2024-03-05"),
    "year": (_year, "a year of four digits"),
    "integer": (_integer, "a whole number"),
}


def _short(value: str) -> str:
    return repr(value if len(value) <= 60 else value[:57] + "…")


def _listed(names: Mapping[str, object]) -> str:
    return ", ".join(names) or "none"
