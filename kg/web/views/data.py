"""The data of a thing: the query for what its files hold."""

from __future__ import annotations

from kg.web.views.asking import ask, sparql

__all__ = ["construct", "exists"]

_DATA = """
CONSTRUCT { ?s ?p ?o . ?s rdfs:label ?own . ?o rdfs:label ?label }
WHERE {
  { SELECT ?s ?p ?o WHERE {
    { VALUES ?s { $thing } ?s ?p ?o } UNION { VALUES ?o { $thing } ?s ?p ?o FILTER(?p != itsrdf:taIdentRef) }
  } LIMIT 20000 }
  OPTIONAL { ?s rdfs:label ?own } OPTIONAL { ?o rdfs:label ?label }
}"""


def construct(iri: str) -> str:
    """Return the query for the data of *iri*: its statements, those about it but mentions in texts, and labels."""
    return sparql(_DATA, thing=iri)


def exists(iri: str) -> bool:
    """Tell whether the store says anything of *iri*."""
    return bool(ask("SELECT ?p WHERE { $thing ?p ?o } LIMIT 1", thing=iri))
