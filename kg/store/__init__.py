"""Where documents are kept and asked: one interface; an embedded store, or any SPARQL 1.1 server, behind it.

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

from kg.errors import InputError
from kg.store.answer import GRAPH_TYPES, RESULT_TYPES, Answer, Form, Term
from kg.store.base import Stats, Store
from kg.store.document import JOURNAL, UNNAMED, Document, DocumentWrite
from kg.store.embedded import EmbeddedStore
from kg.store.skolem import Skolemiser

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
    "is_address",
    "open_store",
]


def open_store(location: str | Path, *, mode: Literal["read", "write"] = "read") -> Store:
    """Open the store at *location*, the path of a folder or the address of a SPARQL 1.1 server.

    Args:
        location: where it is, or, to write, where it is to be made. An address is that of the server's queries, or one
            above it; that of its updates is found, or named like ``https://host/query#update=/update``.
        mode: ``read`` shows the newest published state, also while another process writes; ``write`` makes the store
            if there is none, and keeps other writers out until it is closed. Servers: see `Store.remarks`.

    Raises:
        StoreMissing: there is none to read.
        StoreLocked: another process is writing to it.
        StoreUnreachable: the server does not answer, or does not let us in.
        StoreError: the folder holds something else, is damaged, or can't be written.
        InputError: it is an address, but not of http or https.
    """
    if is_address(location):
        from kg.store.remote import RemoteStore

        return RemoteStore(str(location), write=mode == "write")
    if isinstance(location, str) and "://" in location:
        raise InputError(f"{location}: a store is a folder, or an address of http or https")
    return EmbeddedStore(Path(location), write=mode == "write")


def is_address(location: str | Path) -> bool:
    """Tell whether *location* is the address of a server and no path.

    >>> is_address("https://example.org/sparql"), is_address("kg-store")
    (True, False)
    """
    return str(location).lower().startswith(("http://", "https://"))
