"""What statistics answer is what the engine would answer, and nothing else is taken for it."""

import json
import time

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.store import DocumentWrite, open_store
from kg.store.known import Statistics, read_profile
from kg.store.request import QueryRequest
from kg.store.workers import QueryWorkers

EX = "https://a.example/"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
JSON = "application/sparql-results+json"
CLASSES = [NamedNode(EX + name) for name in ("C", "D")]
PREFIX = f"PREFIX ex: <{EX}> # the prefix: {{?s ?p ?o}}\nprefix rdf: <{TYPE.value[:-4]}>\n"
SHAPES = (
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "select(count(?o)as $n)where{[] $p ?o.}",
    "SELECT DISTINCT ?p { ?s ?p ?o }",
    "SELECT DISTINCT ?p # all\n WHERE { [] ?p [ ] }",
    "SELECT ?x (COUNT(*) AS ?n) WHERE { ?s ?x ?o } GROUP BY ?x ORDER BY DESC(?n) ?x LIMIT 2",
    "SELECT (COUNT(?s) AS ?n) ?p { ?s ?p ?o . } GROUP BY ?p ORDER BY ?p LIMIT 1 OFFSET 1",
    "SELECT ?c (COUNT(?s) AS ?n) { ?s a ?c } GROUP BY ?c",
    f"SELECT ?c (COUNT(?c) AS ?n) {{ ?s {TYPE} ?c }} GROUP BY ?c ORDER BY ASC(?n) ?c",
    PREFIX + "SELECT DISTINCT ?c { [] rdf:type ?c } ORDER BY ?c",
    PREFIX + "SELECT (COUNT(*) AS ?n) { ?s a ex:C }",
    "SELECT (COUNT(?s) AS ?n) { ?s a <urn:none> } LIMIT 5",
    PREFIX + "SELECT (COUNT(*) AS ?n) { ?s ex:p ?o }",
    "SELECT (COUNT(*) AS ?n) { ?s a ?o } ORDER BY ?n",
    "SELECT (COUNT(*) AS ?n) { ?s <urn:none> [] } OFFSET 1",
)
OTHERS = (
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?s }",
    "SELECT (COUNT(*) AS ?n) { ?s a ?s }",
    "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    "SELECT (COUNT(?x) AS ?n) { ?s ?p ?o }",
    "SELECT (COUNT(*) AS ?s) { ?s ?p ?o }",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(?o > 1) }",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?o ?q ?r }",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o OPTIONAL { ?o a ?c } }",
    "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } }",
    "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
    "SELECT (COUNT(*) AS ?n) FROM <urn:g> { ?s ?p ?o }",
    "SELECT (COUNT(*) AS ?n) FROM NAMED <urn:g> { ?s ?p ?o }",
    "SELECT (COUNT(*) AS ?n) { ?s <urn:p> <urn:o> }",
    "SELECT (COUNT(*) AS ?n) { ?s <urn:p>+ ?o }",
    "SELECT (COUNT(*) AS ?n) { ?s ^<urn:p> ?o }",
    "SELECT (COUNT(*) AS ?n) { <urn:s> ?p ?o }",
    "SELECT (COUNT(*) AS ?n) { ?s a 1 }",
    "SELECT (COUNT(*) AS ?n) { ?s a a }",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } HAVING(COUNT(*) > 1)",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p",
    "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?o",
    "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p HAVING(?n > 1)",
    "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY ?o",
    "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p VALUES ?p { <urn:p> }",
    "SELECT ?o (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?o",
    "SELECT ?c (COUNT(*) AS ?n) { ?s <urn:p> ?c } GROUP BY ?c",
    "SELECT ?p (COUNT(*) AS ?n) ?p { ?s ?p ?o } GROUP BY ?p",
    "SELECT (COUNT(*) AS ?n) (COUNT(?s) AS ?m) { ?s ?p ?o }",
    "SELECT DISTINCT ?s { ?s ?p ?o }",
    "SELECT DISTINCT ?s ?p { ?s ?p ?o }",
    "SELECT DISTINCT ?p { ?s ?p ?o } GROUP BY ?p",
    "SELECT DISTINCT ?o { ?s <urn:p> ?o }",
    "SELECT DISTINCT * { ?s ?p ?o }",
    "SELECT (COUNT(*) AS ?n) { ?s a foaf:Person }",
    "SELECT (COUNT(*) AS ?n) { ?s a <relative> }",
    "BASE <urn:x> SELECT (COUNT(*) AS ?n) { ?s a <urn:c> }",
    PREFIX + "SELECT (COUNT(*) AS ?n) { ?s a ex:C. }",
    PREFIX + "SELECT (COUNT(*) AS ?n) { ?s A ex:C }",
    "SELECT (COUNT(*) AS ?n) { SELECT * { ?s ?p ?o } }",
    "ASK { ?s ?p ?o } # COUNT",
    "",
)
TERMS = st.sampled_from([NamedNode(EX + "a"), Literal(7), Literal("x", language="en"), *CLASSES])
STATEMENTS = st.builds(
    Triple,
    st.sampled_from([NamedNode(EX + "a"), NamedNode(EX + "b"), ox.BlankNode("c")]),
    st.sampled_from([NamedNode(EX + "p"), NamedNode(EX + "q")]),
    st.one_of(TERMS, st.builds(Triple, st.just(NamedNode(EX + "a")), st.just(NamedNode(EX + "p")), TERMS)),
)
TYPED = st.builds(Triple, st.sampled_from([NamedNode(EX + "a"), ox.BlankNode("c")]), st.just(TYPE), TERMS)


def counted(store, text):
    found = {str(row[0]): int(row[1].value) for row in store.query(text)}
    return {term[1:-1]: number for term, number in found.items()} if all(t[0] == "<" for t in found) else None


def statistics(store):
    return Statistics(
        counted(store, "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p"),
        counted(store, f"SELECT ?c (COUNT(*) AS ?n) {{ ?s {TYPE} ?c }} GROUP BY ?c"),
    )


@given(statements=st.sets(st.one_of(STATEMENTS, TYPED), max_size=12))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_known_answer_is_the_engines(statements):
    store = ox.Store()
    store.extend(Quad(*triple) for triple in statements)
    known = statistics(store)
    for shape in SHAPES:
        profile = read_profile(shape)
        assert profile is not None, shape
        text = profile.text(known)
        if text is None:  # a literal as a class
            assert known.classes is None
            continue
        engine, ours = store.query(shape), store.query(text)
        assert [v.value for v in engine.variables] == [v.value for v in ours.variables]
        rows, given_rows = ([tuple(map(str, row)) for row in found] for found in (engine, ours))
        if "ORDER BY" not in shape:
            rows, given_rows = sorted(rows), sorted(given_rows)
        assert rows == given_rows, shape


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_nearly_such_a_question_is_none(text):
    assert read_profile(text) is None


def test_a_table_that_is_long_is_counted_but_not_listed():
    known = Statistics({f"urn:{number}": 1 for number in range(6000)}, {})
    assert "6000" in read_profile(SHAPES[0]).text(known)
    assert read_profile(SHAPES[2]).text(known) is None


# --- in the store ------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    put(tmp_path / "store", "urn:g", 1, 2, 3)
    return tmp_path / "store"


def put(folder, graph, *numbers):
    statements = [Triple(NamedNode(EX + "a"), NamedNode(EX + "p"), Literal(number)) for number in numbers]
    statements.append(Triple(NamedNode(EX + "a"), TYPE, CLASSES[0]))
    with open_store(folder, mode="write") as store:
        store.put([DocumentWrite.of(graph, statements, sha256=str(numbers), converter="test", source="here")])


def asked(workers, text, media_type=JSON, **dataset):
    return b"".join(workers.answer(QueryRequest(text, media_type, **dataset)))


def number(workers, text=SHAPES[0], **dataset):
    return int(json.loads(asked(workers, text, **dataset))["results"]["bindings"][0]["n"]["value"])


def is_known(workers, text=SHAPES[0], **dataset):
    return workers.prepare(QueryRequest(text, JSON, **dataset)).text != text


def await_known(workers):
    end = time.monotonic() + 30
    while not is_known(workers):
        assert time.monotonic() < end, "there are no statistics"
        time.sleep(0.02)


@pytest.fixture
def workers(folder):
    found = QueryWorkers(folder, size=1, profiles=True)
    yield found
    found.close()


def test_statistics_are_made_when_they_are_asked_for_and_are_there_at_the_next_start(folder, workers):
    assert not is_known(workers)
    await_known(workers)
    assert number(workers) == 4
    workers.close()  # which waits until the file is written
    again = QueryWorkers(folder, size=1)
    assert is_known(again)
    assert number(again) == 4
    again.close()


def test_one_sees_at_once_what_one_wrote(folder, workers):
    await_known(workers)
    put(folder, "urn:h", 3, 4, 5)
    assert not is_known(workers)
    assert number(workers) == 6  # 3, and the class, are in both


def test_who_only_asks_makes_no_statistics(folder):
    workers = QueryWorkers(folder, size=1)
    assert number(workers) == 4
    assert not is_known(workers)
    workers.close()
    assert not (folder / "statistics").exists()


def test_other_graphs_than_all_are_not_known(workers):
    await_known(workers)
    assert not is_known(workers, default_graphs=("urn:none",))
    assert number(workers, default_graphs=("urn:none",)) == 0


def test_the_file_of_an_older_state_goes(folder, workers):
    await_known(workers)
    put(folder, "urn:h", 9)
    workers.close()
    workers = QueryWorkers(folder, size=1, profiles=True)
    await_known(workers)
    workers.close()
    assert [path.stem for path in (folder / "statistics").glob("*.json")] == [str(workers.generation)]


@pytest.mark.parametrize(
    "media_type", [JSON, "application/sparql-results+xml", "text/csv", "text/tab-separated-values"]
)
def test_all_formats_are_byte_for_byte_the_same(folder, workers, media_type):
    ordered = [shape for shape in SHAPES if "ORDER" in shape or not ("DISTINCT" in shape or "GROUP" in shape)]
    before = [asked(workers, shape, media_type) for shape in ordered]
    await_known(workers)
    assert [asked(workers, shape, media_type) for shape in ordered] == before


def test_a_damaged_file_is_made_anew(folder):
    (folder / "statistics").mkdir()
    for path in (folder / "generations").iterdir():
        (folder / "statistics" / f"{path.name}.json").write_text("{")
    workers = QueryWorkers(folder, size=1, profiles=True)
    await_known(workers)
    assert number(workers) == 4
    workers.close()
