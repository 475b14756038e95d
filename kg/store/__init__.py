"""Where documents are kept and asked: one interface, an embedded store behind it.

>>> from tempfile import TemporaryDirectory
>>> from pyoxigraph import Literal, NamedNode, Triple
>>> statement = Triple(NamedNode("urn:a"), NamedNode("urn:b"), Literal("c"))
>>> write = DocumentWrite.of("urn:g", [statement], sha256="0", converter="none", source="here")
>>> with TemporaryDirectory() as folder, open_store(f"{folder}/store", mode="write") as store:
...     store.put([write])
...     [row[0].value for row in store.query("SELECT ?o WHERE { ?s ?p ?o }").rows()]
['c']
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from kg.errors import StoreError
from kg.store.answer import GRAPH_TYPES, RESULT_TYPES, Answer, Form, Term
from kg.store.base import JOURNAL, UNNAMED, Document, DocumentWrite, Skolemiser, Stats, Store
from kg.store.embedded import EmbeddedStore

__all__ = [
    "GRAPH_TYPES",
    "JOURNAL",
    "RESULT_TYPES",
    "UNNAMED",
    "Answer",
    "Document",
    "DocumentWrite",
    "Form",
    "Skolemiser",
    "Stats",
    "Store",
    "Term",
    "open_store",
]


def open_store(location: str | Path, *, mode: Literal["read", "write"] = "read") -> Store:
    """Open the store at *location*, the path of a folder.

    Args:
        location: where it is, or, to write, where it is to be made.
        mode: ``read`` shows the newest published state, also while another process writes; ``write`` makes the store
            if there is none, and keeps other writers out until it is closed.

    Raises:
        StoreMissing: there is none to read.
        StoreLocked: another process is writing to it.
        StoreError: the folder holds something else, is damaged, or can't be written.
    """
    if "://" in str(location):
        raise StoreError(f"{location} is an address: a store is a folder on this machine")
    return EmbeddedStore(Path(location), write=mode == "write")
