"""The stores that the contract suite runs over: a new implementation adds one line to `STORES`."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from kg.store import DocumentWrite, Store, open_store
from tests.store import servers

Open = Callable[[str], Store]


@pytest.fixture(scope="session")
def oxigraph_server(tmp_path_factory) -> Iterator[str]:
    with servers.oxigraph(tmp_path_factory.mktemp("oxigraph")) as address:
        yield address


@pytest.fixture(scope="session")
def union_server(tmp_path_factory) -> Iterator[str]:
    """A server whose default graph is the union of all graphs, and that is strict about datasets."""
    with servers.oxigraph(tmp_path_factory.mktemp("union"), "--union-default-graph") as address:
        yield address


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory) -> Iterator[str]:
    with servers.virtuoso(tmp_path_factory.mktemp("virtuoso")) as server:
        server.grant()
        yield server.address


def emptied(address: str) -> str:
    """The address of a server of which every document was deleted."""
    with open_store(address, mode="write") as store:
        store.delete(list(store.journal()))
    return address


STORES = {
    "embedded": lambda request: request.getfixturevalue("tmp_path") / "store",
    "oxigraph": lambda request: emptied(request.getfixturevalue("oxigraph_server")),
    "virtuoso": lambda request: emptied(request.getfixturevalue("virtuoso_server")),
}
SERVERS = [name for name in STORES if name != "embedded"]


@pytest.fixture(params=STORES)
def location(request):
    """Where an empty store is, or can be made."""
    return STORES[request.param](request)


@pytest.fixture
def opener(location) -> Iterator[Open]:
    """Opens one and the same store, as often as a test wants; all are closed at the end."""
    with ExitStack() as stack:
        yield lambda mode="read": stack.enter_context(open_store(location, mode=mode))


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
