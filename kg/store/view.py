"""The rdflib view of a store. Imported only when it is asked for: rdflib takes longer to import than most queries."""

from __future__ import annotations

import io
import weakref
from typing import Any

import pyoxigraph as ox
import rdflib
from oxrdflib import OxigraphStore
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import Result

from kg.store.base import Store
from kg.vocab import PREFIXES

__all__ = ["dataset", "remote_dataset"]

_GRAPH, _ROWS = "application/n-triples", "application/sparql-results+json"


class _ReadOnly(OxigraphStore):
    def add_graph(self, graph: rdflib.Graph) -> None:
        """Do nothing: rdflib calls this when a graph is only looked at."""


def dataset(engine: ox.Store, keep: object) -> rdflib.Dataset:
    """Return a view of *engine*, which is open to be read; *keep* is held as long as the view lives."""
    view = rdflib.Dataset(store=_ReadOnly(store=engine))
    weakref.finalize(view, lambda _: None, keep)
    return _bound(view)


class _Asked(SPARQLStore):
    """rdflib's view of an endpoint, which asks through a store of ours."""

    def __init__(self, store: Store) -> None:
        super().__init__(query_endpoint="urn:readout-kg:store")
        self._store = store

    def add_graph(self, graph: rdflib.Graph) -> None:
        """Do nothing: rdflib calls this when a graph is only looked at."""

    def _query(self, query: str, default_graph: str | None = None, **_: Any) -> Result:  # noqa: ANN401
        graphs = [str(default_graph)] if default_graph and default_graph != DATASET_DEFAULT_GRAPH_ID else None
        answer = self._store.query(query, default_graphs=graphs)
        media_type = _GRAPH if answer.form == "GRAPH" else _ROWS
        return Result.parse(io.BytesIO(b"".join(answer.serialize(media_type))), content_type=media_type)


def remote_dataset(store: Store) -> rdflib.Dataset:
    """Return a view of a *store* that is asked by queries alone."""
    return _bound(rdflib.Dataset(store=_Asked(store)))


def _bound(view: rdflib.Dataset) -> rdflib.Dataset:
    for prefix, iri in PREFIXES.items():
        view.bind(prefix, iri)
    return view
