"""Queries across two endpoints give what one engine gives that has the data of both."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_remote import reply, serving

from kg.errors import InputError, QueryError, QueryForbidden, ResultTooLarge, ServiceFailed, TooBusy, TooComplex
from kg.sparql.federation import Federation
from kg.store.guard import explained, refuse_outside

OURS = """
@prefix : <http://ours.example/> . @prefix w: <http://entity.example/> .
:ann :same w:1 ; :name "Ann" ; :met :bob, :eve ; :score 1 .
:bob :same w:2 ; :name "Bob"@en ; :met :ann ; :score 2 .
:eve :same w:3 ; :name "Eve" ; :score 2.0 .
:joe :name "Joe" ; :met :eve, :bob ; :score "x" .
:odd :same w:9 ; :near _:somebody ; :name "Odd" .
"""
THEIRS = """
@prefix w: <http://entity.example/> . @prefix p: <http://property.example/> . @prefix : <http://ours.example/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
w:1 p:born "1950-01-01"^^xsd:date ; p:label "Ann"@en, "Änne"@de, "a \\"quoted\\"\\nline" ; p:party w:red ; p:score 1 .
w:2 p:born "1960-02-02"^^xsd:date ; p:label "Bob"@en ; p:party w:red, w:blue ; p:score 2 .
w:3 p:label "Eve"@en-GB ; p:home [ p:label "a home" ] ; p:party w:red ; p:score 3 .
w:4 p:label "Nobody"@en ; p:party w:blue ; p:score 2 .
w:red p:label "Red"@en . w:blue p:label "Blue"@en .
"""
PREFIXES = """PREFIX : <http://ours.example/>
PREFIX w: <http://entity.example/>
PREFIX p: <http://property.example/>
"""


@pytest.fixture(scope="module")
def remote(remote_over):
    return remote_over(THEIRS)


class Ours:
    """Our own data, asked as the workers ask them; keeps what was asked."""

    def __init__(self):
        self.store = ox.Store()
        self.store.load(OURS.encode(), ox.RdfFormat.TURTLE)
        self.asked = []

    def __call__(self, text, nowhere):
        refuse_outside(text)
        self.asked.append(text)
        dataset = {"default_graph": [ox.NamedNode("urn:none")], "named_graphs": []} if nowhere else {}
        try:
            native = self.store.query(text, **dataset)
        except SyntaxError as error:
            raise explained(error, text) from error
        if isinstance(native, ox.QueryTriples):
            return b""
        return native.serialize(format=ox.QueryResultsFormat.JSON)


OURSELVES = Ours()
BOTH = ox.Store()
BOTH.load(OURS.encode(), ox.RdfFormat.TURTLE)
BOTH.load(THEIRS.encode(), ox.RdfFormat.TURTLE, to_graph=ox.NamedNode("urn:theirs"))


def rows(solutions):
    """The rows of an answer, in any order; blank nodes that came from elsewhere are told by what they are not."""
    names = sorted(variable.value for variable in solutions.variables)
    return sorted([str(_plain(row[name])) for name in names] for row in solutions)


def _plain(term):
    foreign = isinstance(term, ox.NamedNode) and term.value.startswith("urn:readout-kg:genid:")
    return "a blank node" if foreign or isinstance(term, ox.BlankNode) else term


def check(remote, pattern, head="SELECT *", **limits):
    """Ask *pattern*, in which SERVICE is written as @, of both endpoints, and of one engine with the data of both."""
    text = f"{PREFIXES}{head} {{ {pattern} }}"
    followed = Federation([remote], **limits).follow(text.replace("@", f"SERVICE <{remote}>"), OURSELVES)
    expected = BOTH.query(text.replace("@", "GRAPH <urn:theirs>"))
    found = OURSELVES.store.query(followed)
    assert rows(found) == rows(expected), followed
    return followed


PATTERNS = {
    "joined": "?x :same ?w . @ { ?w p:born ?b }",
    "first": "@ { ?w p:label ?l } ?x :same ?w .",
    "alone": "@ { ?w p:label ?l }",
    "in the midst of triples": "?x :same ?w @ { ?w p:party ?q . } . ?x :name ?n",
    "literals of all kinds": "?x :same ?w . @ { ?w p:label ?l . OPTIONAL { ?w p:born ?b } }",
    "joined by a literal": "?x :name ?l . @ { ?w p:label ?l }",
    "joined by a number, as a term": "?x :score ?s . @ { ?w p:score ?s }",
    "optional": "?x :name ?n OPTIONAL { ?x :same ?w . @ { ?w p:born ?b } }",
    "optional by itself": "?x :same ?w OPTIONAL { @ { ?w p:born ?b } }",
    "optional, narrowed behind": "?x :same ?w OPTIONAL { @ { ?w p:party ?y } } ?y p:no ?z",
    "optional, with the filter of the join": "?x :same ?w ; :score ?s OPTIONAL { @ { ?w p:score ?t } FILTER(?t > ?s) }",
    "optional, and joined by what it binds": "?x :same ?w OPTIONAL { @ { ?w p:party ?q } } VALUES ?q { w:blue }",
    "unbound in some rows": "?x :name ?n OPTIONAL { ?x :same ?w } @ { ?w p:born ?b }",
    "two unbound variables": "?x :name ?n OPTIONAL { ?x :same ?w } OPTIONAL { ?x :met ?y } @ { ?w p:party ?q }",
    "given as UNDEF": "VALUES (?w ?q) { (w:1 UNDEF) (UNDEF w:blue) (w:2 w:red) } @ { ?w p:party ?q }",
    "unbound over there": "VALUES (?w ?b) { (w:1 1) (w:3 2) } @ { ?w p:party ?q OPTIONAL { ?w p:born ?b } }",
    "optional at the beginning over there": "VALUES ?w { w:1 w:9 } @ { OPTIONAL { ?w p:born ?b } }",
    "a filter over there": "?x :same ?w . @ { ?w p:score ?s FILTER(?s > 1) }",
    "a filter over there that sees only what is there": (
        "?x :same ?w ; :score ?k . @ { ?w p:score ?s FILTER(!BOUND(?k)) }"
    ),
    "a filter here": "?x :same ?w . @ { ?w p:score ?s } FILTER(?s > 1)",
    "a filter on both sides": "?x :same ?w ; :score ?k . @ { ?w p:score ?s } FILTER(?s = ?k && ?x != :eve)",
    "a filter on what is bound there too": (
        "?x :same ?w FILTER(!BOUND(?b)) @ { ?w p:party ?q OPTIONAL { ?w p:born ?b } }"
    ),
    "a filter that fails": "?x :same ?w FILTER(false) @ { ?w p:born ?b }",
    "bound behind": "@ { ?w p:score ?s } BIND(?s + 1 AS ?t) ?x :same ?w",
    "bound before": "?x :name ?n BIND(STRLANG(?n, 'en') AS ?l) @ { ?w p:label ?l }",
    "two after one another": "?x :same ?w . @ { ?w p:party ?q } @ { ?q p:label ?l }",
    "two of which one is tried": "?x :same ?w . @ { ?w p:party ?q } OPTIONAL { @ { ?w p:born ?b } }",
    "tried within what is tried": "?x :name ?n OPTIONAL { ?x :same ?w OPTIONAL { @ { ?w p:born ?b } } }",
    "a union with one side over there": "?x :name ?n { ?x :same ?w } UNION { @ { ?w p:party w:blue } }",
    "a union over there": "?x :same ?w . @ { { ?w p:born ?v } UNION { ?w p:party ?v } }",
    "in a group": "?x :same ?w { @ { ?w p:born ?b } }",
    "in a group with a filter of its own": (
        "?x :same ?w ; :score ?k { @ { ?w p:score ?s } FILTER(BOUND(?k) || ?s = 2) }"
    ),
    "minus": "?x :same ?w MINUS { @ { ?w p:party w:blue } }",
    "minus, narrowed behind": "?x :same ?w MINUS { @ { ?w p:party ?q } } VALUES ?q { w:blue w:none }",
    "exists": "?x :same ?w FILTER EXISTS { @ { ?w p:party w:blue } }",
    "not exists": "?x :same ?w FILTER NOT EXISTS { @ { ?w p:party w:blue } }",
    "exists, narrowed outside": "VALUES ?q { w:blue } { ?x :same ?w FILTER EXISTS { @ { ?w p:party ?q } } }",
    "tried, narrowed outside": "VALUES ?q { w:blue } { ?x :same ?w OPTIONAL { @ { ?w p:party ?q } } }",
    "a query within the query": "?x :same ?w { SELECT ?q (COUNT(*) AS ?n) { @ { ?w p:party ?q } } GROUP BY ?q }",
    "the first of a query within": "VALUES ?w { w:2 } { SELECT ?w { @ { ?w p:score ?s } } ORDER BY DESC(?s) LIMIT 1 }",
    "a query over there": "?x :same ?w . @ { SELECT ?w (COUNT(?q) AS ?n) { ?w p:party ?q } GROUP BY ?w }",
    "a query over there that hides": "?x :same ?w ; :score ?s . @ { SELECT ?w { ?w p:score ?s } }",
    "no variable over there": "?x :same ?w . @ { w:1 p:party w:red }",
    "no variable over there, and not true": "?x :same ?w . @ { w:1 p:party w:blue }",
    "blank nodes over there": "?x :same ?w . @ { ?w p:home ?h . ?h p:label ?l }",
    "blank nodes over there without a name": "?x :same ?w . @ { ?w p:home [ p:label ?l ] }",
    "blank nodes over there, all once": "@ { ?w p:home ?h } @ { ?w p:party ?q }",
    "blank nodes here": "?x :near ?w . @ { ?w p:label ?l }",
    "nothing here": "?x :none ?w . @ { ?w p:label ?l }",
    "nothing there": "?x :same ?w . @ { ?w p:none ?l }",
    "paths": "?x :met/:same ?w . @ { ?w p:party/p:label ?l }",
    "a graph, which there is none of": "GRAPH ?g { ?x :same ?w } @ { ?w p:label ?l }",
    "repeated rows": "?x :met ?y . ?y :same ?w . @ { ?w p:party ?q }",
    "with a name like a keyword": "?optional :same ?service . @ { ?service p:born ?filter }",
}


@pytest.mark.parametrize("name", PATTERNS)
def test_two_endpoints_answer_as_one_would(remote, name):
    check(remote, PATTERNS[name])


@pytest.mark.parametrize("batch", [1, 2])
@pytest.mark.parametrize("name", ["joined", "literals of all kinds", "unbound over there", "given as UNDEF"])
def test_it_makes_no_difference_how_many_are_sent_at_a_time(remote, name, batch):
    check(remote, PATTERNS[name], batch=batch)


def test_what_is_grouped_is_the_same(remote):
    check(remote, "?x :met/:same ?w . @ { ?w p:party ?q }", "SELECT (COUNT(?q) AS ?n) (MIN(?q) AS ?m)")


PARTS = [
    "?x :same ?w .",
    "?x :name ?n .",
    "?y :met ?x .",
    "@ { ?w p:party ?q }",
    "@ { ?w p:score ?s }",
    "@ { ?w p:label ?n OPTIONAL { ?w p:born ?b } }",
    "OPTIONAL { ?x :same ?w }",
    "OPTIONAL { ?x :score ?s }",
    "OPTIONAL { @ { ?w p:party ?q } }",
    "OPTIONAL { ?x :same ?w . @ { ?w p:born ?b } }",
    "OPTIONAL { ?y :same ?w OPTIONAL { @ { ?w p:party ?q } } }",
    "MINUS { @ { ?w p:party ?q } }",
    "MINUS { ?x :same ?w . @ { ?w p:score ?s } }",
    "FILTER NOT EXISTS { @ { ?w p:party w:blue } }",
    "FILTER EXISTS { ?x :same ?w . @ { ?w p:score ?s } }",
    "FILTER(!BOUND(?q))",
    "FILTER(BOUND(?w))",
    "FILTER(?s > 1)",
    "VALUES ?q { w:red w:none }",
    "VALUES (?w ?s) { (w:2 UNDEF) (UNDEF 1) }",
    "{ ?x :same ?w } UNION { @ { ?w p:party w:blue } }",
    "{ @ { ?w p:score ?s } FILTER(?s > 1) }",
    "{ SELECT ?w { @ { ?w p:party ?q } } }",
    "BIND(?s AS ?t)",
]


@given(
    st.lists(st.sampled_from(PARTS), min_size=1, max_size=5, unique=True).filter(lambda parts: "@" in "".join(parts))
)
@settings(max_examples=100, deadline=None)
def test_whatever_stands_beside_one_another_two_endpoints_answer_as_one_would(remote, parts):
    check(remote, "\n".join(parts))


def test_only_what_can_be_joined_is_asked_for(remote):
    followed = check(remote, "?x :same ?w ; :name 'Ann' . @ { ?w p:label ?l }")
    assert "entity.example/1" in followed
    assert "Nobody" not in followed


def test_nothing_is_asked_where_nothing_can_be_joined():
    followed = Federation(["http://127.0.0.1:9/"]).follow(
        f"{PREFIXES}ASK {{ ?x :none ?w . SERVICE <http://127.0.0.1:9/> {{ ?w ?p ?o }} }}", OURSELVES
    )
    assert not OURSELVES.store.query(followed)


def test_an_endpoint_may_be_named_by_a_prefix_by_its_end_and_by_a_variable_with_one_value(remote):
    place = remote.rpartition("/")[0]
    for name, before in (
        ("r:query", ""),
        ("<query>", ""),
        ("?at", f"VALUES ?at {{ <{remote}> }} # param\n"),
        ("?at", "VALUES $at { r:query }"),
    ):
        text = f"BASE <{place}/>\nPREFIX r: <{place}/>\nPREFIX p: <http://property.example/>\n"
        text += f"SELECT ?b {{ {before} OPTIONAL {{ SERVICE {name} {{ ?w p:born ?b }} }} }}"
        assert len(list(OURSELVES.store.query(Federation([remote]).follow(text, OURSELVES)))) == 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("SELECT * { SERVICE ?at { ?s ?p ?o } }", "name the endpoint"),
        ("SELECT * { VALUES ?at { <urn:a> <urn:b> } SERVICE ?at { ?s ?p ?o } }", "name the endpoint"),
        ("SELECT * { SERVICE <http://other.example/> { ?s ?p ?o } }", "not on the list"),
        ("SELECT * { SERVICE SILENT <http://other.example/> { ?s ?p ?o } }", "not on the list"),
        ("SELECT * { SERVICE <URL> { ?s ?p ?o SERVICE <URL> { ?o ?p ?s } } }", "within SERVICE"),
        ("SELECT * { FILTER(EXISTS { SERVICE <URL> { ?s ?p ?o } }) }", "within an expression"),
        ("SELECT (EXISTS { SERVICE <URL> { ?s ?p ?o } } AS ?x) {}", "within an expression"),
    ],
)
def test_what_cannot_be_followed_is_refused_with_the_reason(remote, text, says):
    with pytest.raises(QueryForbidden, match=says):
        Federation([remote]).follow(text.replace("URL", remote), OURSELVES)


def test_a_query_has_so_many_services_and_no_more(remote):
    text = f"SELECT * {{ {f'SERVICE <{remote}> {{ ?s ?p ?o }} ' * 9} }}"
    with pytest.raises(TooComplex, match="9 times"):
        Federation([remote]).follow(text, OURSELVES)


def test_what_is_wrong_is_said_of_the_text_as_it_was_sent_and_before_anybody_is_asked():
    text = "SELECT * {\n  SERVICE <http://127.0.0.1:9/> {\n    ?s ?p 'open } }"
    with pytest.raises(QueryError) as refusal:
        Federation(["http://127.0.0.1:9/"]).follow(text, OURSELVES)
    assert refusal.value.line == 3


def test_limits_are_kept_and_say_so(remote):
    text = f"{PREFIXES}SELECT * {{ ?x :name ?n . SERVICE <{remote}> {{ ?w p:label ?n }} }}"
    with pytest.raises(ResultTooLarge, match="more than 2 different solutions"):
        Federation([remote], bindings=2).follow(text, OURSELVES)
    text = f"{PREFIXES}SELECT * {{ SERVICE <{remote}> {{ ?w p:label ?n }} }}"
    with pytest.raises(ResultTooLarge, match="SERVICE gives more than 3 rows"):
        Federation([remote], rows=3).follow(text, OURSELVES)
    with pytest.raises(ServiceFailed, match="more than"):
        Federation([remote], limit=100).follow(text, OURSELVES)


def test_without_service_a_query_stays_as_it_is(remote):
    text = "SELECT ?service { ?service ?p 'SERVICE <http://a.example/> {}' } # SERVICE"
    assert Federation([remote]).follow(text, OURSELVES) is text


def test_an_endpoint_that_fails_is_an_error_unless_it_is_silent(remote):
    dead = "http://127.0.0.1:9/"
    text = f"{PREFIXES}SELECT * {{ ?x :same ?w . SERVICE <{dead}> {{ ?w p:born ?b }} }}"
    with pytest.raises(ServiceFailed, match=r"127\.0\.0\.1"):
        Federation([dead]).follow(text, OURSELVES)
    silent = Federation([dead]).follow(text.replace("SERVICE", "SERVICE SILENT"), OURSELVES)
    assert len(list(OURSELVES.store.query(silent))) == 4


def test_other_endpoints_are_told_whom_to_write_to():
    with serving(reply(200)) as (address, seen):
        Federation([address], contact="desk@archive.example").follow(
            f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}", OURSELVES
        )
    assert "desk@archive.example" in seen[0][1]["User-Agent"]
    with pytest.raises(InputError):
        Federation([], contact="\r\nX: y")


def test_only_so_many_queries_ask_others_at_the_same_time():
    """The others are told to come again: a slow endpoint must not hold all threads of a service."""
    go_on = threading.Event()

    def slow(handler):
        go_on.wait(20)
        reply(200)(handler)

    with serving(slow) as (address, seen):
        federation = Federation([address])
        text = f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"
        with ThreadPoolExecutor(4) as pool:
            asked = [pool.submit(federation.follow, text, Ours()) for _ in range(4)]
            while len(seen) < 4:
                time.sleep(0.01)
            with pytest.raises(TooBusy):
                federation.follow(text, OURSELVES)
            go_on.set()
            assert all("VALUES" in each.result() for each in asked)
        assert "VALUES" in federation.follow(text, OURSELVES)
