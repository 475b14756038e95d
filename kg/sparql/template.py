"""Queries of our own as templates: values are put into them safely, and prefixes are declared where they are used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from string import Template

import pyoxigraph as ox

from kg.vocab import PREFIXES

__all__ = ["Value", "declared", "sparql"]

_PREFIXED = re.compile(r"(?<![\w<?/.:#\"])([a-z]+):(?=[\w])")
_DECLARED = re.compile(r"\bPREFIX\s+([\w.-]*):", re.IGNORECASE)

Value = str | int | ox.Literal | Iterable[str]


def sparql(text: str, **values: Value) -> str:
    """Complete a query: prefixes for the names in it, and *values* for its ``$name``.

    A string is an IRI, several strings are IRIs side by side (as in VALUES), numbers and literals are themselves.

    Raises:
        ValueError: a string is no IRI, and might end one.

    >>> print(sparql("SELECT ?p { $thing ?p ?o } LIMIT $limit", thing="urn:x", limit=5))
    SELECT ?p { <urn:x> ?p ?o } LIMIT 5
    >>> print(sparql("ASK { $thing a readout:Meeting }", thing="urn:x"))
    PREFIX readout: <https://w3id.org/readout/ontology#>
    <BLANKLINE>
    ASK { <urn:x> a readout:Meeting }
    """
    head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in _used(text).items())
    body = Template(text).substitute({name: _written(value) for name, value in values.items()})
    return f"{head}\n{body.strip()}" if head else body.strip()


def declared(text: str) -> str:
    """Return a query with the usual prefixes declared that it uses and does not declare; lines keep their numbers.

    >>> declared("ASK { ?m a readout:Meeting }")
    'PREFIX readout: <https://w3id.org/readout/ontology#> ASK { ?m a readout:Meeting }'
    """
    own = set(_DECLARED.findall(text))
    return "".join(f"PREFIX {name}: <{iri}> " for name, iri in _used(text).items() if name not in own) + text


def _used(text: str) -> Mapping[str, str]:
    return {name: PREFIXES[name] for name in sorted(set(_PREFIXED.findall(text))) if name in PREFIXES}


def _written(value: Value) -> str:
    if isinstance(value, int | ox.Literal):
        return str(value)
    return str(ox.NamedNode(value)) if isinstance(value, str) else " ".join(str(ox.NamedNode(iri)) for iri in value)
