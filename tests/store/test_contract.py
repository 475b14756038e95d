"""What every store promises (`kg.store.Store`)."""

import json

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.errors import NotAcceptable, NotFound, QueryError, QueryForbidden, StoreError
from kg.store import GRAPH_TYPES, JOURNAL, RESULT_TYPES, DocumentWrite
from tests.store.conftest import document, lines, triple, values

ALL = "SELECT ?s ?o WHERE { ?s <urn:says> ?o }"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def test_what_was_put_can_be_searched_also_within_a_query(store):
    a, label = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), NamedNode(f"{RDFS}label")
    kind = NamedNode("https://w3id.org/readout/ontology#Official")
    names = {"ada": "Ada Nyberg", "ida": "Ida Moe"}
    triples = [Triple(NamedNode(f"urn:{x}"), a, kind) for x in names]
    triples += [Triple(NamedNode(f"urn:{x}"), label, Literal(name)) for x, name in names.items()]
    store.put([document("people", *triples)])
    assert [hit.iri for hit in store.search("nyberg").hits] == ["urn:ada"]
    query = "SELECT ?x ?name { ?x <https://w3id.org/readout/ontology#matches> 'moe' ; ?label ?name FILTER(?label = ?l)"
    assert values(store, f"{query} VALUES ?l {{ {label} }} }}") == [("urn:ida", "Ida Moe")]
    store.delete(["urn:graph:people"])
    assert store.search("nyberg").total == 0


# --- documents ----------------------------------------------------------------------------------------------------


def test_a_new_store_is_empty(store):
    assert values(store, COUNT) == [("0",)]
    assert not store.journal()
    assert lines(store) == []
    assert list(store.check()) == []


def test_a_document_that_was_put_can_be_asked_and_is_in_the_journal(store):
    store.put([document("a", triple("x", 1), triple("y", 2), key="k1")])
    assert values(store, ALL) == [("urn:x", "1"), ("urn:y", "2")]
    (entry,) = store.documents()
    assert (entry.id, entry.graph, entry.key, entry.quads) == ("a", "urn:graph:a", "k1", 2)
    assert (entry.source, entry.converter, entry.parts) == ("a.txt", "test", 1)


def test_a_document_takes_the_place_of_the_one_with_its_graph(store):
    store.put([document("a", triple("x", 1), triple("x", 2), key="old")])
    store.put([document("a", triple("x", 2), triple("x", 3), key="new")])
    assert values(store, ALL) == [("urn:x", "2"), ("urn:x", "3")]
    assert [entry.key for entry in store.documents()] == ["new"]
    assert list(store.check()) == []


def test_putting_the_same_twice_changes_nothing(store):
    batch = [document("a", triple("x", 1)), document("b", triple("x", 1), triple("y", 1))]
    store.put(batch)
    before = lines(store), values(store, COUNT)
    store.put(batch)
    assert (lines(store), values(store, COUNT)) == before


def test_a_batch_may_have_new_and_older_documents(store):
    store.put([document("a", triple("x", 1))])
    store.put([document("b", triple("y", 1)), document("a", triple("x", 2)), document("c", triple("z", 1))])
    assert values(store, ALL) == [("urn:x", "2"), ("urn:y", "1"), ("urn:z", "1")]
    assert [entry.id for entry in store.documents()] == ["a", "b", "c"]


def test_an_empty_batch_and_an_empty_document_are_allowed(store):
    store.put([])
    store.put([document("a")])
    assert [entry.quads for entry in store.documents()] == [0]
    assert list(store.check()) == []


def test_deleting_counts_and_leaves_the_others(store):
    store.put([document("a", triple("x", 1)), document("b", triple("y", 1))])
    assert store.delete(["urn:graph:a", "urn:graph:a", "urn:graph:none"]) == 1
    assert values(store, ALL) == [("urn:y", "1")]
    assert list(store.journal()) == ["urn:graph:b"]
    assert store.delete(["urn:graph:a"]) == 0


def test_the_default_graph_has_a_statement_once_however_many_documents_state_it(store):
    store.put([document(name, triple("x", 1)) for name in "abc"])
    assert values(store, COUNT) == [("1",)]
    assert values(store, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o . ?s ?q ?r . ?s ?t ?u }") == [("1",)]


def test_a_shared_statement_stays_until_its_last_document_goes(store):
    store.put([document(name, triple("x", "shared"), triple(name, "own")) for name in "abc"])
    store.put([document("a", triple("a", "own"))])
    store.delete(["urn:graph:b"])
    assert ("urn:x", "shared") in values(store, ALL)
    store.delete(["urn:graph:c"])
    assert values(store, ALL) == [("urn:a", "own")]
    assert list(store.check()) == []


def test_documents_replaced_together_drop_what_only_they_shared(store):
    store.put([document(name, triple("x", "shared")) for name in "ab"])
    store.put([document(name, triple("y", "new")) for name in "ab"])
    assert values(store, ALL) == [("urn:y", "new")]


def test_blank_nodes_get_the_same_names_each_time(store):
    def with_blanks(label: str) -> list[Quad]:
        return list(parse(f"_:{label} <urn:p> [ <urn:q> 'v' ] .", RdfFormat.TURTLE))

    store.put([document("a", *with_blanks("one"))])
    first = lines(store)
    store.put([document("a", *with_blanks("other"))])
    assert lines(store) == first
    assert all("_:" not in line for line in first)


def test_blank_nodes_of_two_documents_stay_apart(store):
    for name in "ab":
        store.put([document(name, Triple(BlankNode("same"), NamedNode("urn:p"), Literal(name)))])
    assert values(store, "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?o }") == [("2",)]


def test_statements_that_the_engine_takes_for_one_count_once(store):
    forms = ["1", "01", "+1"]
    types = ["integer", "nonNegativeInteger", "int", "string"]
    literals = [
        Literal(form, datatype=NamedNode(f"http://www.w3.org/2001/XMLSchema#{t}")) for form in forms for t in types
    ]
    store.put([document("a", *(Triple(NamedNode("urn:x"), NamedNode("urn:p"), literal) for literal in literals))])
    assert list(store.check()) == []
    assert len(lines(store)) == store.journal()["urn:graph:a"].quads < len(literals)


def test_no_document_can_take_the_name_of_the_journal():
    with pytest.raises(ValueError, match="name of the journal"):
        DocumentWrite.of(JOURNAL.value, [], sha256="", converter="", source="")


# --- asking -------------------------------------------------------------------------------------------------------


def test_the_journal_is_no_part_of_the_default_graph(store):
    store.put([document("a", triple("x", 1))])
    assert values(store, "SELECT ?p WHERE { <urn:graph:a> ?p ?o }") == []


def test_each_document_can_be_asked_by_its_graph(store):
    store.put([document("a", triple("x", 1)), document("b", triple("x", 2))])
    assert values(store, "SELECT ?o WHERE { GRAPH <urn:graph:b> { ?s ?p ?o } }") == [("2",)]


def test_the_dataset_can_be_chosen(store):
    store.put([document(name, triple(name, 1)) for name in "abc"])
    assert [row[0].value for row in store.query(ALL, default_graphs=["urn:graph:b"]).rows()] == ["urn:b"]
    named = "SELECT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert [row[0].value for row in store.query(named, named_graphs=["urn:graph:c"]).rows()] == ["urn:graph:c"]
    assert list(store.query(ALL, default_graphs=[]).rows()) == []


def test_an_answer_has_one_shape_for_all_forms(store):
    store.put([document("a", triple("x", 1))])
    select, ask = store.query(ALL), store.query("ASK { ?s ?p ?o }")
    graph = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert (select.form, select.variables, len(list(select.rows()))) == ("SELECT", ("s", "o"), 1)
    assert (ask.form, ask.variables, ask.truth) == ("ASK", ("result",), True)
    assert [row[0].value for row in store.query("ASK { ?s <urn:not> ?o }")] == ["false"]
    assert (graph.form, graph.variables) == ("GRAPH", ("subject", "predicate", "object"))
    assert [[term.value for term in row] for row in graph.rows()] == [["urn:x", "urn:says", "1"]]


def test_an_unbound_variable_is_none(store):
    store.put([document("a", triple("x", 1))])
    rows = store.query("SELECT ?s ?none WHERE { ?s ?p ?o OPTIONAL { ?s <urn:not> ?none } }").rows()
    assert [row[1] for row in rows] == [None]


@pytest.mark.parametrize("media_type", RESULT_TYPES)
def test_rows_come_in_each_format_of_results(store, media_type):
    store.put([document("a", triple("x", 1))])
    assert b"urn:x" in b"".join(store.query(ALL).serialize(media_type))
    assert b"true" in b"".join(store.query("ASK { ?s ?p ?o }").serialize(media_type))


@pytest.mark.parametrize("media_type", GRAPH_TYPES)
def test_graphs_come_in_each_format_of_graphs(store, media_type):
    store.put([document("a", triple("x", 1))])
    data = b"".join(store.query("CONSTRUCT WHERE { ?s ?p ?o }").serialize(media_type))
    (statement,) = parse(data, GRAPH_TYPES[media_type])
    assert (statement.subject.value, statement.object.value) == ("urn:x", "1")


def test_a_format_that_the_answer_cannot_take_is_refused(store):
    with pytest.raises(NotAcceptable, match=r"SELECT answers come as .*not as text/turtle"):
        store.query(ALL).serialize("text/turtle")
    with pytest.raises(NotAcceptable, match="GRAPH answers come as text/turtle"):
        store.query("DESCRIBE <urn:x>").serialize("text/csv")


def test_a_large_answer_comes_in_pieces(store):
    store.put([document("a", *(triple("x", "word " * 30, i) for i in range(6000)))])
    pieces = list(store.query(ALL).serialize("application/sparql-results+json"))
    assert len(pieces) > 10
    assert len(json.loads(b"".join(pieces))["results"]["bindings"]) == 6000


def test_relative_iris_and_prefixes_can_be_given(store):
    says = NamedNode("https://example.org/says")
    store.put([document("a", Triple(NamedNode("urn:x"), says, Literal("1")))])
    answer = store.query("SELECT ?o WHERE { u:x <says> ?o }", prefixes={"u": "urn:"}, base_iri="https://example.org/")
    assert [row[0].value for row in answer.rows()] == ["1"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT * WHERE {\n  ?s foaf:name ?o }", "line 2, column 6: the prefix 'foaf:' is not declared"),
        ("SELECT * { ?s ?p ?o", "ends too early: '}' is missing"),
        ("SELECT * { ?s ?p }", "line 1, column 18: a triple ends too early"),
        ("SELECT * { ?s ?p ?o }}", "one '}' too many"),
        ('SELECT * { ?s ?p "open }', "a string begins here and is not closed"),
        ("", "the query is empty"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", r"this is an update \(INSERT\)"),
        ("SELECT * { ?s <not an iri> ?o }", "an is no word of SPARQL"),
        ("SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o }", "neither grouped nor within an aggregate"),
    ],
)
def test_an_error_in_a_query_says_where_and_what(store, text, said):
    with pytest.raises(QueryError, match=said) as caught:
        store.query(text)
    assert "\n" not in str(caught.value)
    assert caught.value.line
    assert caught.value.column


def test_what_cannot_be_evaluated_is_a_query_error(store):
    with pytest.raises(QueryError, match="urn:nothing"):
        list(store.query("SELECT * { BIND(<urn:nothing>(1) AS ?x) }").rows())
    with pytest.raises(QueryError):
        store.query(ALL, default_graphs=["not an iri"])


@pytest.mark.parametrize("keyword", ["SERVICE", "service", "SERVICE SILENT", "SERVICE#\n"])
def test_a_query_that_would_reach_outside_is_forbidden(store, keyword):
    with pytest.raises(QueryForbidden):
        store.query(f"SELECT * {{ {keyword} <http://127.0.0.1:9/> {{ ?s ?p ?o }} }}")


# --- as a whole ---------------------------------------------------------------------------------------------------


def test_equal_documents_give_equal_dumps_whatever_the_way_they_came(store):
    batch = [document(name, triple(name, i), triple("shared", i)) for name in "abc" for i in [ord(name)]]
    formats = (RdfFormat.N_QUADS, RdfFormat.TRIG, RdfFormat.TURTLE)
    store.put(batch)
    before = [b"".join(store.dump(format)) for format in formats]
    store.delete(list(store.journal()))
    store.put([document("c", triple("old", 0)), document("d", triple("d", 0))])
    for write in reversed(batch):
        store.put([write])
    store.delete(["urn:graph:d"])
    assert [b"".join(store.dump(format)) for format in formats] == before


def test_a_dump_has_the_documents_and_not_the_journal(store):
    store.put([document("a", triple("x", 1)), document("b", triple("x", 1))])
    assert lines(store) == ['<urn:x> <urn:says> "1" <urn:graph:a> .', '<urn:x> <urn:says> "1" <urn:graph:b> .']
    assert lines(store, "urn:graph:a") == ['<urn:x> <urn:says> "1" <urn:graph:a> .']
    assert b"".join(store.dump(RdfFormat.N_TRIPLES)) == b'<urn:x> <urn:says> "1" .\n'
    assert b"".join(store.dump(RdfFormat.N_TRIPLES, "urn:graph:b")) == b'<urn:x> <urn:says> "1" .\n'


def test_there_is_no_dump_of_a_document_that_is_not_there(store):
    with pytest.raises(NotFound, match="urn:graph:none"):
        store.dump(RdfFormat.TRIG, "urn:graph:none")


def test_a_dump_that_is_abandoned_lets_go(store):
    store.put([document("a", *(triple("x", "word " * 60, i) for i in range(4000)))])
    pieces = store.dump(RdfFormat.N_QUADS)
    assert next(pieces)
    pieces.close()


def test_it_counts_what_it_holds(store):
    a = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    typed = Triple(NamedNode("urn:x"), a, NamedNode("urn:Class"))
    store.put([document("a", typed, triple("x", 1)), document("b", typed)])
    stats = store.stats()
    assert (stats.documents, stats.quads, stats.statements, dict(stats.classes)) == (2, 3, 2, {"urn:Class": 1})


@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated")  # rdflib 7.6 warns of itself
def test_rdflib_sees_the_same_data(store):
    store.put([document("a", triple("x", 1)), document("b", triple("x", 1), triple("y", 2))])
    view = store.graph
    assert len(list(view.query("SELECT ?s WHERE { ?s <urn:says> ?o }"))) == 2
    assert len(view.graph("urn:graph:a")) == 1


# --- readers and a writer -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("location", ["embedded"], indirect=True)
def test_a_reader_keeps_its_state_until_it_moves_on(opener):
    writer = opener("write")
    writer.put([document("a", triple("x", 1))])
    writer.publish()
    reader = opener()
    writer.put([document("a", triple("x", 2))])
    assert not reader.refresh()
    assert writer.publish() > reader.generation
    assert values(reader, ALL) == [("urn:x", "1")]
    assert reader.refresh()
    assert not reader.refresh()
    assert values(reader, ALL) == [("urn:x", "2")]
    assert reader.generation == writer.generation
    assert [entry.revision for entry in reader.documents()] == [writer.generation]


def test_an_answer_outlives_the_move_to_another_generation(opener):
    writer = opener("write")
    writer.put([document("a", *(triple("x", i) for i in range(3000)))])
    writer.publish()
    reader = opener()
    rows = reader.query(ALL).rows()
    next(rows)
    for i in range(3):
        writer.put([document("a", triple("y", i))])
        writer.publish()
        reader.refresh()
    assert len(list(rows)) == 2999


def test_what_was_put_is_there_after_closing_and_opening(opener):
    with opener("write") as store:
        store.put([document("a", triple("x", 1)), document("b", triple("y", 1))])
        store.delete(["urn:graph:b"])
    with opener("write") as store:
        assert values(store, ALL) == [("urn:x", "1")]
    assert values(opener(), ALL) == [("urn:x", "1")]


def test_a_reader_cannot_write(opener):
    opener("write").close()
    reader = opener()
    with pytest.raises(StoreError, match="opened to be read"):
        reader.put([document("a", triple("x", 1))])
    with pytest.raises(StoreError, match="opened to be read"):
        reader.publish()
    reader.delete([])


def test_a_closed_store_says_so(opener):
    store = opener("write")
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.query(ALL)
