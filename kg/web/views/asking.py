"""Queries of our own: IRIs are put into them safely, and their rows are read as text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from string import Template

import pyoxigraph as ox

from kg.store import Term
from kg.vocab import PREFIXES
from kg.web.service import service

__all__ = ["ask", "sparql"]

_PREFIXED = re.compile(r"(?<![\w<?/.:#\"])([a-z]+):(?=[\w])")


def sparql(text: str, **values: str | int | Iterable[str]) -> str:
    """Complete a query: prefixes for the names in it, and *values* for its ``$name``.

    A string is an IRI, several strings are IRIs side by side (as in VALUES), a number is a number.

    Raises:
        ValueError: a string is no IRI, and might end one.

    >>> print(sparql("SELECT ?p { $thing ?p ?o } LIMIT $limit", thing="urn:x", limit=5))
    SELECT ?p { <urn:x> ?p ?o } LIMIT 5
    >>> print(sparql("ASK { $thing a readout:Meeting }", thing="urn:x"))
    PREFIX readout: <https://w3id.org/readout/ontology#>
    <BLANKLINE>
    ASK { <urn:x> a readout:Meeting }
    """
    used = sorted({name for name in _PREFIXED.findall(text) if name in PREFIXES})
    head = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in used)
    body = Template(text).substitute({name: _written(value) for name, value in values.items()})
    return f"{head}\n{body.strip()}" if head else body.strip()


def _written(value: str | int | Iterable[str]) -> str:
    if isinstance(value, int):
        return str(value)
    return str(ox.NamedNode(value)) if isinstance(value, str) else " ".join(str(ox.NamedNode(iri)) for iri in value)


def ask(text: str, **values: str | int | Iterable[str]) -> list[tuple[str, ...]]:
    """Return the rows of a SELECT of our own, completed by `sparql`, as text.

    IRIs and literals are as they are. What is unbound is ``""``, and so is a blank node: no page can lead to it.
    """
    return [tuple(map(_read, row)) for row in service().rows(sparql(text, **values))]


def _read(term: Term | None) -> str:
    return "" if term is None or isinstance(term, ox.BlankNode) else str(getattr(term, "value", term))
