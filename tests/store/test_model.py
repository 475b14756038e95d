"""A store behaves like a dictionary from graphs to sets of statements, whatever is done to it in whatever order."""

from pathlib import Path
from tempfile import TemporaryDirectory

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from pyoxigraph import Literal, NamedNode, Triple

from kg.store import DocumentWrite, open_store
from tests.store.conftest import lines

NAMES = st.sampled_from("abcd")
TERMS = st.one_of(
    st.builds(Literal, st.text(max_size=8)),
    st.builds(lambda text: Literal(text, language="en"), st.text(max_size=4)),
    st.builds(lambda i: NamedNode(f"urn:o{i}"), st.integers(0, 2)),
    st.sampled_from(
        [Literal(line) for line in ("a .\nb", '"} . <urn:x>', "\\", "\r\n\t\x00\x7f", " .\n", "\U0001f4dc")]
    ),
)
TRIPLES = st.builds(
    lambda i, value: Triple(NamedNode(f"urn:s{i}"), NamedNode("urn:p"), value), st.integers(0, 2), TERMS
)
DOCUMENTS = st.dictionaries(NAMES, st.lists(TRIPLES, max_size=6), max_size=4)


def graph(name: str) -> str:
    return f"urn:graph:{name}"


class StoreMachine(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.folder = TemporaryDirectory()
        self.path = Path(self.folder.name) / "store"
        self.store = open_store(self.path, mode="write")
        self.reader = open_store(self.path)
        self.expected: dict[str, set[Triple]] = {}
        self.published: dict[str, set[Triple]] = {}

    def teardown(self):
        self.store.close()
        self.reader.close()
        self.folder.cleanup()

    @rule(documents=DOCUMENTS)
    def put(self, documents):
        self.store.put(
            DocumentWrite.of(graph(name), triples, sha256="", converter="", source="", key=repr(triples))
            for name, triples in documents.items()
        )
        self.expected |= {graph(name): set(triples) for name, triples in documents.items()}

    @rule(names=st.lists(NAMES, max_size=3))
    def delete(self, names):
        there = {graph(name) for name in names} & self.expected.keys()
        assert self.store.delete(map(graph, names)) == len(there)
        for name in there:
            del self.expected[name]

    @rule()
    def publish(self):
        self.store.publish()
        self.reader.refresh()
        self.published = dict(self.expected)

    @rule()
    def reopen(self):
        self.store.close()
        self.store = open_store(self.path, mode="write")
        self.reader.refresh()
        self.published = dict(self.expected)

    @invariant()
    def the_writer_has_what_was_put(self):
        assert contents(self.store) == self.expected
        assert {name: entry.quads for name, entry in self.store.journal().items()} == {
            name: len(triples) for name, triples in self.expected.items()
        }
        assert list(self.store.check()) == []

    @invariant()
    def the_reader_has_what_was_published(self):
        assert contents(self.reader) == self.published

    @invariant()
    def the_default_graph_is_the_merge(self):
        rows = [Triple(*row) for row in self.store.query("CONSTRUCT WHERE { ?s ?p ?o }").rows()]
        assert len(rows) == len(set(rows))
        assert set(rows) == set().union(*self.expected.values())


def contents(store) -> dict[str, set[Triple]]:
    from pyoxigraph import RdfFormat, parse

    found = {name: set() for name in store.journal()}
    for quad in parse("\n".join(lines(store)), RdfFormat.N_QUADS):
        found[quad.graph_name.value].add(quad.triple)
    return found


TestStoreModel = StoreMachine.TestCase
TestStoreModel.settings = settings(
    max_examples=25, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)
