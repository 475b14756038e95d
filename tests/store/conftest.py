"""The stores that the contract suite runs over: a new implementation adds one line to `STORES`."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from kg.store import DocumentWrite, Store, open_store

Open = Callable[[str], Store]


def embedded(folder: Path) -> Open:
    return lambda mode: open_store(folder / "store", mode=mode)


STORES = {"embedded": embedded}


@pytest.fixture(params=STORES)
def opener(request, tmp_path) -> Iterator[Open]:
    """Opens one and the same store, as often as a test wants; all are closed at the end."""
    with ExitStack() as stack:
        reopen = STORES[request.param](tmp_path)
        yield lambda mode="read": stack.enter_context(reopen(mode))


@pytest.fixture
def store(opener) -> Store:
    return opener("write")


def triple(subject: str, *values: object) -> Triple:
    """The statement that <urn:subject> <urn:says> the values, joined."""
    return Triple(NamedNode(f"urn:{subject}"), NamedNode("urn:says"), Literal(" ".join(map(str, values))))


def document(name: str, *triples: Triple, key: str = "key", **more) -> DocumentWrite:
    """A document called *name*, in the graph <urn:graph:name>."""
    given = {"sha256": "0" * 64, "converter": "test", "source": f"{name}.txt", "id": name, "key": key} | more
    return DocumentWrite.of(f"urn:graph:{name}", triples, **given)


def values(store: Store, query: str) -> list[tuple[str, ...]]:
    """The rows of a query as text, sorted."""
    return sorted(tuple(str(getattr(term, "value", term)) for term in row) for row in store.query(query).rows())


def lines(store: Store, graph: str | None = None) -> list[str]:
    """Everything in the store's documents, as sorted N-Quads."""
    from pyoxigraph import RdfFormat

    return sorted(line.decode() for line in b"".join(store.dump(RdfFormat.N_QUADS, graph)).splitlines())
