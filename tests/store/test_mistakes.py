"""What commonly goes wrong in a query is told by what was meant, at the place where it is wrong."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


@pytest.mark.parametrize(
    ("marked", "says"),
    [
        ("INSERT DATA { <urn:a> <urn:b> ¦}", "its object is missing"),
        ("INSERT DATA { GRAPH <urn:g> { <urn:a> ¦foaf:name 'a' } }", "PREFIX foaf:"),
        ("DELETE WHERE { ?s ?p ?o } ; ¦INSRT DATA { <urn:a> <urn:b> 1 }", "did you mean INSERT?"),
        ("INSERT { ?s ?p 1 } WHERE ¦?s ?p ?o", "a group in braces"),
        ("INSERT DATA { <urn:a> <urn:b> ¦'open }", "a string begins here"),
    ],
)
def test_a_mistake_in_an_update_is_told_too(marked, says):
    before, _, after = marked.partition("¦")
    with pytest.raises(SyntaxError) as caught:
        ox.Store().update(before + after)
    found = explained(caught.value, before + after, update=True)
    assert says in str(found)
    assert found.column == len(before) + 1


@pytest.mark.parametrize("name", load_saved())
def test_there_is_no_mistake_in_a_saved_query(name):
    assert mistake(load_saved()[name].text) is None


@pytest.mark.skipif(not W3C.is_dir(), reason="the conformance tests are not there")
@pytest.mark.parametrize(("ending", "most"), [("rq", 300), ("ru", 100)])
def test_nothing_that_the_engine_takes_looks_like_a_mistake(ending, most):
    taken, doubted = 0, []
    for path in W3C.rglob(f"*.{ending}"):
        text = path.read_text(encoding="utf-8", errors="replace")
        store = ox.Store()
        try:
            (store.update if ending == "ru" else store.query)(text, base_iri="http://a.example/")
        except (SyntaxError, ValueError, OSError, RuntimeError):
            continue
        taken += 1
        if found := mistake(text, update=ending == "ru"):
            doubted.append((path.name, found))
    assert taken > most
    assert not doubted


@pytest.mark.parametrize("piece", ["?x = ", "AS ?x ", "FILTER ( ", "xx ", ". . ", "PREFIX "])
def test_a_text_that_goes_on_and_on_is_not_looked_through(piece):
    """Looking back from each word for others would take minutes, in the process that serves."""
    assert mistake("SELECT * { " + piece * (60_000 // len(piece))) is None


PIECES = (
    *("SELECT", "ASK", "CONSTRUCT", "WHERE", "{", "}", "(", ")", "[", "]", "?x", "$x", "*", ",", ";", ".", "=", "a"),
    *(
        "AS",
        "BIND",
        "FILTER",
        "VALUES",
        "OPTIONAL",
        "UNION",
        "GROUP",
        "ORDER",
        "BY",
        "LIMIT",
        "OFFSET",
        "FROM",
        "COUNT",
    ),
    *("PREFIX", "x:", "x:y", "<urn:a>", "<http:", "'a'", "'", '"', "@en", "^^", "1", "xx", "AND", "GROUP_CONCAT", "“"),
    *("INSERT", "DATA", "DELETE", "HAVING", "_:b", "#c\n", "\n", "\\", "\0"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=30), st.booleans(), st.sampled_from(["", " "]))
@settings(max_examples=200, deadline=None)
def test_no_text_is_too_strange_to_be_looked_at(pieces, update, between):
    text = between.join(pieces)
    found = mistake(text, update=update)
    assert found is None or 0 <= found[0] <= len(text)
    explained(SyntaxError("error at 1:3: expected OPTIONAL"), text, update=update)
