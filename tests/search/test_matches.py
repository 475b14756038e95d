"""`readout:matches` in a query means what is found, wherever a pattern may stand; the rest of it is as it was."""

import re

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError, TooComplex
from kg.store.matches import with_matches

PREFIXES = "PREFIX readout: <https://w3id.org/readout/ontology#> PREFIX : <urn:> "
FOUND = {"rice": ["urn:susan", "urn:topic"], "susan": ["urn:susan"], "none": [], 'a "b"\n': ["urn:topic"]}
DATA = """
PREFIX : <urn:>
:susan :label "Susan Rice" ; :kind :person ; :knows :ann, :topic . :ann :label "Ann" ; :kind :person ; :knows :susan .
:topic :label "rice" ; :kind :topic .
GRAPH :g { :susan :in :g } GRAPH :h { :ann :in :h }
"""


def search(words):
    return [(iri, 2.0 - place) for place, iri in enumerate(FOUND[words])]


@pytest.fixture(scope="module")
def store():
    store = ox.Store()
    store.load(DATA.encode(), format=ox.RdfFormat.TRIG)
    return store


@pytest.fixture
def ask(store):
    def ask(pattern, select="*"):
        query = pattern if "SELECT" in pattern[:9] else f"SELECT {select} {{ {pattern} }}"
        text = with_matches(PREFIXES + query, search)
        assert "matches" not in re.sub("#.*\n", "", text)
        return [tuple(term and term.value.removeprefix("urn:") for term in row) for row in store.query(text)]

    return ask


@pytest.mark.parametrize(
    "pattern",
    [
        '?x readout:matches "susan"',
        '?x readout:matches "susan" .',
        "?x readout:matches 'susan' ; .",
        '?x readout:matches """susan"""@en',
        '?x readout:matches "susan"^^<http://www.w3.org/2001/XMLSchema#string> .',
        '?x <https://w3id.org/readout/ontology#matches> "susan"',
        '?x readout:matches "susan" ; :label [] .',
        '?x :label ?any ; readout:matches "susan" . FILTER(BOUND(?any))',
        '?x ^:knows :ann ; readout:matches "rice" ; :kind/:none* :person',
        '?x (:kind|:none) :person ; readout:matches "rice" ; ^:knows [] ;; .',
        '?x a? ?x ; readout:matches "susan"',
        '?x :knows ?y, :ann ; readout:matches "susan"',
        '{ ?x readout:matches "susan" } UNION { ?x readout:matches "none" }',
        'GRAPH :g { ?x readout:matches "rice" ; :in ?g }',
        'GRAPH ?g { ?x :in ?g . ?x readout:matches "rice" }',
        '?x :kind :person FILTER EXISTS { ?x readout:matches "rice" }',
        '?x :kind :person FILTER(EXISTS { ?x :label ?l ; readout:matches "rice" } && true)',
        '?x :kind :person MINUS { ?y :knows :ann . ?x readout:matches "none" } ?x readout:matches "rice"',
        '?x :kind ?k FILTER(?k = :person) ?x readout:matches "rice"',
        'BIND(:person AS ?k) ?x :kind ?k . # readout:matches "none"\n ?x readout:matches "rice" # susan\n',
        '{ SELECT ?x { ?x readout:matches "susan" } LIMIT 3 } ?x :kind :person',
        'VALUES ?x { :susan :ann } ?x readout:matches "rice"',
        '?x readout:matches "susan" ; ?p "Susan Rice"',
        '?x :label ?l { ?x readout:matches "susan" }',
        '?x readout:matches "rice" ; readout:matches "susan"',
        '?x :kind :person . :susan readout:matches "rice" . FILTER(?x = :susan)',
    ],
)
def test_a_search_stands_wherever_a_pattern_may(ask, pattern):
    assert {row[0] for row in ask(f"SELECT ?x {{ {pattern} }}")} == {"susan"}


def test_what_comes_before_an_optional_part_is_not_lost_by_it(ask):
    rows = ask(
        '?x readout:matches "rice" OPTIONAL { ?x :in ?g } OPTIONAL { ?x :knows ?y . ?y readout:matches "none" }',
        "?x ?g ?y",
    )
    assert set(rows) == {("susan", None, None), ("topic", None, None)}


def test_what_is_found_is_ranked(ask):
    rows = ask('SELECT ?x ?s { ?x readout:matches "rice" ; readout:score ?s } ORDER BY DESC(?s)')
    assert [(x, float(s)) for x, s in rows] == [("susan", 2.0), ("topic", 1.0)]
    assert ask('SELECT ?s { ?x :knows :ann . :susan readout:score ?s ; readout:matches "rice" }') == [("2",)]


def test_the_words_may_come_from_the_values_of_a_variable(ask):
    pattern = 'VALUES ?words { "susan" "none" } ?x readout:matches ?words ; :label ?l'
    assert ask(pattern, "?words ?x ?l") == [("susan", "susan", "Susan Rice")]
    assert ask('VALUES ?words { "susan"@en } ?x readout:matches ?words', "?x") == [("susan",)]
    assert ask('?x readout:matches ?w } VALUES ?w { "susan" ', "?x ?w") == [("susan", "susan")]


def test_any_text_can_be_looked_for(ask):
    assert ask(r'?x readout:matches "a \"b\"\n"') == [("topic",)]
    assert ask("?x readout:matches '''a \"b\"\n'''") == [("topic",)]


def test_finding_nothing_gives_nothing(ask):
    assert ask('?x readout:matches "none"') == []
    assert ask('?x readout:matches "none" ; readout:score ?s ; :label ?l') == []


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p ?o }",
        'SELECT * { ?s ?p "readout:matches" } # readout:matches "rice"',
        "SELECT * { readout:matches ?p ?o }",
        "SELECT * { ?p ?o readout:matches . ?s ?p readout:matches }",
        'SELECT * { ?s ?p ?o FILTER(?p = readout:matches && "rice" != ?o) }',
        'SELECT * { ?s ?p ?o VALUES ?p { :label readout:matches "rice" } }',
        'CONSTRUCT { ?s readout:matches "rice" } WHERE { ?s ?p ?o }',
        'PREFIX readout: <urn:other> SELECT * { ?s readout:matches "rice" }',
        'PREFIX x: <https://w3id.org/readout/ontology#> SELECT * { ?s x:matchesNot "rice" }',
    ],
)
def test_a_query_without_a_search_stays_as_it_is(text):
    assert with_matches(text, search) == text
    assert with_matches(text, search, {"readout": "https://w3id.org/readout/ontology#"}) == text


def test_prefixes_that_need_no_declaration_count():
    given = {"readout": "https://w3id.org/readout/ontology#"}
    assert (
        with_matches('SELECT * { ?x readout:matches "susan" }', search, given)
        == "SELECT * { VALUES ?x { <urn:susan> } }"
    )


@pytest.mark.parametrize(
    "pattern",
    [
        '[] readout:matches "rice"',
        '[ readout:matches "rice" ] :label ?l',
        '?s :knows [ :kind ?k ; readout:matches "rice" ]',
        '?s :knows/readout:matches "rice"',
        '?s ^readout:matches "rice"',
        '?s readout:matches* "rice"',
        '?s (readout:matches|:label) "rice"',
        '_:b readout:matches "rice"',
        "?s readout:matches 3",
        "?s readout:matches :rice",
        "?s readout:matches ?words",
        '?s readout:matches "rice", "susan"',
        '?s readout:matches "rice" ; readout:score 3',
    ],
)
def test_where_it_cannot_be_answered_one_line_says_why(pattern):
    with pytest.raises(QueryError, match=r"readout:matches") as error:
        with_matches(f"{PREFIXES}\nSELECT * {{ {pattern} }}", search)
    assert "\n" not in str(error.value)


def test_too_many_searches_are_refused():
    with pytest.raises(TooComplex, match="may search 8 times"):
        with_matches(PREFIXES + "SELECT * {" + '?x readout:matches "rice" . ' * 9 + "}", search)


def test_lines_keep_their_numbers():
    text = PREFIXES + 'SELECT * {\n ?x\n readout:matches\n "rice" ;\n :label ?l .\n ?broken }'
    assert with_matches(text, search).count("\n") == text.count("\n")
    assert with_matches(text, search).splitlines()[-1] == " ?broken }"


PIECES = (
    *"{}()[];.,^/|*?!",
    *("?x", "?y", ":p", "a", "readout:matches", "readout:score", '"rice"', "@en", "^^", "<urn:x>", "3", "'''", '"'),
    *("FILTER", "OPTIONAL", "VALUES", "GRAPH", "EXISTS", "SELECT", "UNION", "BIND", "AS"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_no_text_of_its_words_leads_astray(pieces):
    text = PREFIXES + "SELECT * { " + " ".join(pieces) + " }"
    try:
        written = with_matches(text, search)
    except QueryError:
        return
    store = ox.Store()
    try:
        store.query(text)
    except SyntaxError:
        with pytest.raises(SyntaxError):
            store.query(written)
    else:
        store.query(written)
