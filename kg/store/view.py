"""The rdflib view of a store. Imported only when it is asked for: rdflib takes longer to import than most queries."""

from __future__ import annotations

import weakref

import pyoxigraph as ox
import rdflib
from oxrdflib import OxigraphStore

from kg.vocab import PREFIXES

__all__ = ["dataset"]


class _ReadOnly(OxigraphStore):
    def add_graph(self, graph: rdflib.Graph) -> None:
        """Do nothing: rdflib calls this when a graph is only looked at."""


def dataset(engine: ox.Store, keep: object) -> rdflib.Dataset:
    """Return a view of *engine*, which is open to be read; *keep* is held as long as the view lives."""
    view = rdflib.Dataset(store=_ReadOnly(store=engine))
    weakref.finalize(view, lambda _: None, keep)
    for prefix, iri in PREFIXES.items():
        view.bind(prefix, iri)
    return view
