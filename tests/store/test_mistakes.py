"""What commonly goes wrong in a query is told by what was meant, at the place where it is wrong."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.saved import load_saved
from kg.store.guard import explained
from kg.store.mistakes import mistake

W3C = Path(__file__).parents[2].parent / "shared" / "w3c"
# The place that is wrong is marked by ¦; it is taken out before the engine sees the text.
MISTAKES = [
    ("SELECT * WHERE { ?s ?p ?o¦", "'}' is missing"),
    ("SELECT * WHERE { ?s ?p ?o } }¦", "one '}' too many"),
    ("SELECT * WHERE { ?s ?p ¦}", "its object is missing"),
    ("SELECT * {\n  {\n    ?s ¦} }", "its predicate and its object are missing"),
    ("SELECT * WHERE { ?s ?p ?o ¦?a ?b ?c }", "'.' is missing before '?a'"),
    ("SELECT * WHERE { ?s ?p ?o .¦. ?a ?b ?c }", "one '.' too many"),
    ("SELECT * WHERE { ?s ¦foaf:name ?o }", "PREFIX foaf: <http://xmlns.com/foaf/0.1/>"),
    ("SELECT * {\n OPTIONAL { ?s ¦wdt:P31 ?o } }", "PREFIX wdt: <http://www.wikidata.org/prop/direct/>"),
    ("SELECT * {\n OPTIONAL { ?s ¦mine:own ?o } }", "the prefix 'mine:' is not declared"),
    ("PREFIX foaf¦ <http://xmlns.com/foaf/0.1/> SELECT * { ?s ?p ?o }", "a colon is missing"),
    ("PREFIX foaf: ¦http://xmlns.com/foaf/0.1/ SELECT * { ?s ?p ?o }", "angle brackets"),
    ("SELECT * WHERE { ?s ?p ?o ¦FILTR(?o > 1) }", "did you mean FILTER?"),
    ("SELECT * WHERE { ?s ?p ?o ¦OPTINAL { ?s ?q ?r } }", "did you mean OPTIONAL?"),
    ("¦SELCT * WHERE { ?s ?p ?o }", "did you mean SELECT?"),
    ('SELECT * WHERE {\n ?s ?p ¦"abc }', "a string begins here"),
    ("SELECT * { ?s ?p ¦“abc” }", "typographic"),
    ("SELECT * WHERE { ?s ¦<http://a.example/p ?o }", "an IRI is not closed"),
    ("SELECT * WHERE { ?s ¦<http://a.example/p q> ?o }", "a blank in it"),
    ("SELECT * WHERE ¦?s ?p ?o", "a group in braces: WHERE"),
    ("SELECT * WHERE { ?s ?p ?o OPTIONAL ¦?s ?q ?r }", "a group in braces: OPTIONAL"),
    ("SELECT ¦WHERE { ?s ?p ?o }", "variables, or *"),
    ("SELECT ?s¦, ?p WHERE { ?s ?p ?o }", "not by commas"),
    ("SELECT ¦COUNT(?s) AS ?n WHERE { ?s ?p ?o }", "in parentheses with its name"),
    ("SELECT ¦(COUNT(?s)) WHERE { ?s ?p ?o }", "needs a name"),
    ("SELECT ?s (COUNT(?o) AS ?n) WHERE { ?s ?p ?o }¦", "add it to GROUP BY"),
    ("SELECT ?s WHERE { ?s ?p ?o FILTER¦(COUNT(?o) > 1) }", "COUNT is for SELECT and HAVING"),
    ("SELECT (GROUP_CONCAT¦(?s, ',') AS ?x) { ?s ?p ?o }", "SEPARATOR="),
    ("SELECT * WHERE { ?s ?p ?o } LIMIT ¦ten", "LIMIT takes a whole number"),
    ("SELECT * WHERE { ?s ?p ?o } LIMIT 5 ¦ORDER BY ?s", "ORDER stands before LIMIT"),
    ("SELECT * WHERE { ?s ?p ?o } ORDER ¦?s", "ORDER BY ?x"),
    ("SELECT * WHERE { ?s ?p ?o }¦;", "semicolon"),
    ("SELECT * WHERE { ?s ?p ?o . ¦?x = ?o }", "BIND(?o AS ?x)"),
    ("SELECT * WHERE { ?s ?p ?o FILTER ¦?o > 1 }", "FILTER(…)"),
    ("SELECT * WHERE { ?s ?p ?o FILTER(?o ¦== 1) }", "by one '='"),
    ("SELECT * WHERE { ?s ?p ?o FILTER(?o > 1 ¦AND ?o < 3) }", "&&"),
    ("SELECT * { { ?s a ?o } ¦OR { ?s ?p ?o } }", "UNION between groups"),
    ("SELECT * WHERE { ?s ?p ?o FILTER(¦LENGTH(?o) > 1) }", "STRLEN"),
    ("SELECT * WHERE { ?s ?p ?o BIND(1 AS ¦?o) }", "?o has a value already"),
    ("SELECT * FROM ¦meetings WHERE { ?s ?p ?o }", "FROM takes the IRI of a graph"),
    ("ASK {} ¦ASK {}", "a second query begins here"),
    ("CONSTRUCT { ?s ?p ¦} WHERE { ?s ?p ?o }", "its object is missing"),
]


@pytest.mark.parametrize(("marked", "says"), MISTAKES)
def test_a_mistake_is_told_by_what_was_meant_where_it_is(marked, says):
    before, _, after = marked.partition("¦")
    with pytest.raises(SyntaxError) as caught:
        ox.Store().query(before + after)
    found = explained(caught.value, before + after)
    assert says in str(found)
    assert (found.line, found.column) == (before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)
    assert "\n" not in str(found)


@pytest.mark.parametrize("name", load_saved())
def test_there_is_no_mistake_in_a_saved_query(name):
    assert mistake(load_saved()[name].text) is None


@pytest.mark.skipif(not W3C.is_dir(), reason="the conformance tests are not there")
def test_no_query_that_the_engine_takes_looks_like_a_mistake():
    taken, doubted = 0, []
    for path in W3C.rglob("*.rq"):
        text = path.read_text(encoding="utf-8", errors="replace")
        try:
            ox.Store().query(text, base_iri="http://a.example/")
        except (SyntaxError, ValueError, OSError, RuntimeError):
            continue
        taken += 1
        if found := mistake(text):
            doubted.append((path.name, found))
    assert taken > 300
    assert not doubted


@pytest.mark.parametrize("piece", ["?x = ", "AS ?x ", "FILTER ( ", "xx ", ". . ", "PREFIX "])
def test_a_text_that_goes_on_and_on_is_not_looked_through(piece):
    """Looking back from each word for others would take minutes, in the process that serves."""
    assert mistake("SELECT * { " + piece * (60_000 // len(piece))) is None
