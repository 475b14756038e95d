from contextlib import suppress

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import QueryError, TooComplex
from kg.sparql.groups import Patterns, limited
from kg.sparql.services import Services


def kinds(group):
    return [(element.kind, [kinds(inner) for inner in element.groups]) for element in group.elements]


def test_a_group_is_taken_apart_into_what_it_joins_and_what_it_tries():
    text = """PREFIX e: <http://a.example/#>
    SELECT ?x (COUNT(*) AS ?n) FROM <urn:g> FROM NAMED e:h WHERE {
      ?x e:p.q [ e:r ( 1 2 ) ] ; e:s "}" .   # a comment {
      OPTIONAL { ?x ?y ?z FILTER(?z > 1) } . GRAPH ?g { ?a ?b e:c. } { ?a a 1. } UNION { ?b a 2 } UNION {}
      FILTER NOT EXISTS { ?x a ?q } FILTER e:f(?x) BIND(1 + (2) AS ?k) VALUES (?l ?m) { (1 UNDEF) } MINUS { ?x ?x ?x }
      SERVICE SILENT e:t { ?s ?p <<( ?a ?b ?c )>> {| ?d ?e |} . ?f ?g ?h }
      { SELECT ?x WHERE { ?x a ?t } GROUP BY ?x }
    } GROUP BY ?x"""
    found = Patterns(text)
    assert found.prologue.strip() == "PREFIX e: <http://a.example/#>"
    assert found.datasets == "FROM <urn:g> FROM NAMED e:h"
    assert kinds(found.where) == [
        ("triples", []),
        ("optional", [[("triples", []), ("filter", [])]]),
        ("graph", [[("triples", [])]]),
        ("groups", [[("triples", [])], [("triples", [])], []]),
        ("filter", [[("triples", [])]]),
        ("filter", []),
        ("bind", []),
        ("values", []),
        ("minus", [[("triples", [])]]),
        ("service", [[("triples", [])]]),
        ("groups", [[("groups", [[("triples", [])]])]]),
    ]
    service = found.where.elements[9]
    assert (service.name, service.silent) == ("e:t", True)
    assert found.variables(service.start, service.end) == {f"?{name}" for name in "spabcdefgh"}
    assert [text[e.start : e.end][-5:] for e in found.where.elements[:3]] == ['s "}"', "> 1) }"[-5:], "e:c. }"[-5:]]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { UNION }",
        "ASK { {} . UNION {} }",
        "SELECT * { ?s ?p ?o",
        "ASK",
        "",
        "SELECT * { OPTIONAL ?s ?p ?o }",
        "SELECT * { GRAPH 1 {} }",
        "ASK { BIND(1 }",
    ],
)
def test_what_cannot_be_followed_is_an_error_of_the_query(text):
    with pytest.raises(QueryError):
        Patterns(text)


def test_what_is_nested_without_end_is_an_error_too():
    for text in ("SELECT * " + "{" * 5000 + "}" * 5000, "ASK { " + "OPTIONAL {" * 3000 + "}" * 3001):
        with pytest.raises(TooComplex):
            Patterns(text)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("SELECT * { VALUES ?x { 1 2 3 4 } }", 2),
        ("SELECT * { VALUES ?x { 1 2 3 4 } } LIMIT 3 # LIMIT 1", 2),
        ("SELECT * { VALUES ?x { 1 2 3 4 } } OFFSET 3", 1),
        ("SELECT * { VALUES ?x { 1 2 3 4 } } ORDER BY DESC(?x) LIMIT 1 OFFSET 1", 1),
        ("SELECT * { { SELECT * { VALUES ?x { 1 2 3 4 } } LIMIT 9 } } # LIMIT 1", 2),
        ("SELECT * {} VALUES ?x { 1 2 3 }", 2),
        ("SELECT ?x { VALUES ?x { 1 2 3 } } GROUP BY ?x HAVING(EXISTS { {} })", 2),
        ("CONSTRUCT { ?x a ?x } WHERE { VALUES ?x { <urn:1> <urn:2> <urn:3> } }", 2),
    ],
)
def test_rows_are_limited_whatever_stands_at_the_end(text, rows):
    assert len(list(ox.Store().query(limited(text, 2)))) == rows


PIECES = (
    *("SELECT", "ASK", "CONSTRUCT", "WHERE", "{", "}", "(", ")", "[", "]", "?x", "*", ",", ";", ".", "=", "a", "NOT"),
    *("AS", "BIND", "FILTER", "VALUES", "OPTIONAL", "UNION", "GRAPH", "SERVICE", "SILENT", "MINUS", "EXISTS", "LIMIT"),
    *("PREFIX", "x:", "x:y", "<urn:a>", "'a'", "'", "1", "BASE", "FROM", "NAMED", "LATERAL", "#c\n"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=25))
@settings(max_examples=200, deadline=None)
def test_no_text_is_followed_or_refused_but_by_an_error_of_ours(pieces):
    for follow in (Patterns, lambda text: limited(text, 3), Services):
        with suppress(QueryError):
            follow(" ".join(pieces))
