"""How much there is, counted once for each generation: it takes seconds where there are millions of statements."""

from __future__ import annotations

from functools import lru_cache

from kg.sparql import Sizes
from kg.store import JOURNAL
from kg.web.service import Service

__all__ = ["sizes"]

_TOTALS = (
    "SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?p) AS ?properties) { ?s ?p ?o }"
)
_GRAPHS = f"SELECT (COUNT(*) AS ?graphs) {{ GRAPH ?graph {{}} FILTER(?graph != {JOURNAL}) }}"
_CLASSES = "SELECT ?class (COUNT(?s) AS ?n) WHERE { ?s a ?class } GROUP BY ?class ORDER BY ?class"


def sizes(data: Service) -> Sizes:
    """Return the sizes of *data* as they are now.

    Raises:
        TooBusy, QueryError: they can't be counted now.
    """
    return _sizes(data, data.engine.generation)


@lru_cache(maxsize=4)
def _sizes(data: Service, generation: int) -> Sizes:
    (totals,), (graphs,) = data.rows(_TOTALS), data.rows(_GRAPHS)
    triples, subjects, properties, named = (int(getattr(term, "value", 0)) for term in (*totals, *graphs))
    classes = data.rows(_CLASSES)
    counted = {str(getattr(kind, "value", "")): int(getattr(number, "value", 0)) for kind, number in classes}
    return Sizes(triples, subjects, properties, named, counted)
