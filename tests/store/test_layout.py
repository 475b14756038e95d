"""How queries are put to servers that keep the merge as a graph (`kg.store.remote.layout`)."""

import pyoxigraph as ox
import pytest

from kg.store.remote.layout import MERGE, Layout, beside_merge, form_of

A, B = ox.NamedNode("urn:a"), ox.NamedNode("urn:b")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?g ?o { GRAPH ?g { ?s <urn:p> ?o } }",
        "SELECT * { ?s ?p ?o OPTIONAL { GRAPH ?g { ?s ?p ?o } } }",
        "SELECT * { ?s ?p ?o FILTER EXISTS { GRAPH ?g { ?s ?p ?o } FILTER (?g = <urn:b>) } }",
        "SELECT * { { GRAPH ?g { ?s ?p ?o } } UNION { GRAPH ?h { ?s ?p ?o } } MINUS { GRAPH $i { ?s <urn:p> 2 } } }",
        "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o . FILTER (?o > 0) } BIND ('GRAPH ?g {' AS ?t) } # GRAPH ?g {",
        "PREFIX graph: <urn:> SELECT * { graph:s ?p ?o. graph ?graph{graph:s ?p ?o} }",
        "CONSTRUCT { ?g <urn:has> ?o } WHERE { GRAPH ?g { ?s ?p ?o } }",
        "ASK { ?s ?p ?o }",
    ],
)
def test_a_merge_that_is_a_graph_changes_no_answer(text):
    beside, within = ox.Store(), ox.Store()
    for graph, number in ((A, 1), (B, 1), (B, 2)):
        triple = (ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal(number))
        for store in (beside, within):
            store.add(ox.Quad(*triple, graph))
        beside.add(ox.Quad(*triple, ox.DefaultGraph()))
        within.add(ox.Quad(*triple, MERGE))
    expected = beside.query(text)
    graphs = [A, B, MERGE]
    found = within.query(beside_merge(text), default_graph=[MERGE], named_graphs=graphs)
    if isinstance(expected, ox.QueryBoolean):
        assert bool(found) == bool(expected)
    else:
        assert sorted(map(str, found)) == sorted(map(str, expected))


def test_graphs_that_a_query_chooses_itself_are_left_alone():
    text = "SELECT * FROM <urn:a> FROM NAMED <urn:b> { GRAPH ?g { ?s ?p ?o } }"
    assert Layout("named").fields(text) == [("query", text)]
    assert Layout("named").fields("ASK {}", default_graphs=[], named_graphs=[])[1][1] == "urn:readout-kg:nothing"
    fields = Layout("unnamed").fields("ASK { GRAPH ?g {} }", base_iri="https://example.org/", prefixes={"a": "urn:a:"})
    assert fields == [("query", "BASE <https://example.org/> PREFIX a: <urn:a:> ASK { GRAPH ?g {} }")]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("PREFIX select: <urn:ask> # ASK\nCONSTRUCT WHERE {}", "CONSTRUCT"),
        ("select * {}", "SELECT"),
        ("BASE <urn:x> DESCRIBE <urn:ask>", "DESCRIBE"),
        ("ASK { ?select ?p 'SELECT' }", "ASK"),
        ("", ""),
    ],
)
def test_the_form_of_a_query_is_its_first_word_behind_the_prologue(text, form):
    assert form_of(text) == form
