"""The page of a thing that has no page of its own kind: its statements, and those in which it is the object."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.vocab import RDFS
from kg.web.views.asking import ask
from kg.web.views.thing import Ref, Thing, named

__all__ = ["TABLE", "gather"]

SHOWN = 50
"""How many values of a property, and how many other things, a page shows."""
TABLE = """
SELECT ?property ?value (MIN(?name) AS ?label) WHERE {
  $thing ?property ?value OPTIONAL { ?value rdfs:label ?name }
} GROUP BY ?property ?value ORDER BY ?property ?value"""
"""The statements of a thing, as rows to take away."""
_OF_IT = """
SELECT ?subject (MIN(?name) AS ?label) ?property WHERE {
  { SELECT ?subject ?property WHERE { ?subject ?property $thing } LIMIT 51 }
  OPTIONAL { ?subject rdfs:label ?name }
} GROUP BY ?subject ?property ORDER BY ?property ?subject"""


def gather(thing: Thing) -> Mapping[str, Any]:
    """Return what the template ``other.html`` shows of a thing."""
    own = {name: values for name, values in sorted(thing.properties.items()) if name != RDFS.label.value}
    others = ask(_OF_IT, thing=thing.iri)
    return {
        "properties": [(named(name), values[:SHOWN], len(values) - SHOWN) for name, values in own.items()],
        "others": [(named(name), Ref.of(subject, label)) for subject, label, name in others[:SHOWN]],
        "more": len(others) > SHOWN,
    }
