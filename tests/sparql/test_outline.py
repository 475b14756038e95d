"""What can be seen of a query without parsing it."""

from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryForbidden, TooComplex
from kg.sparql import admit, hint, outline, plain_form

CANARY = "http://127.0.0.1:9/"  # the discard port: the engine's client refuses it, nothing is sent


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("select * {}", "SELECT"),
        ("# ASK\nPREFIX ask: <http://ask.example/#>\nBASE <http://construct.example/>\nDESCRIBE <a>", "DESCRIBE"),
        ("PREFIX : <urn:x>CONSTRUCT{}{}", "CONSTRUCT"),
        ("ASK{}", "ASK"),
        ("INSERT DATA {}", None),
        ("", None),
    ],
)
def test_the_form_is_the_first_word_after_the_prologue(text, form):
    assert outline(text).form == form


HIDDEN = [
    "ASK { SERVICE <%s> {} }",
    "ASK { service silent<%s> {} }",
    "ASK { FILTER(1<2)SERVICE#>\n<%s>{} }",
    "ASK { FILTER(1<'>')SERVICE<%s>{} # '\n}",
    "ASK { ?s ?p trueSERVICE<%s>{} }",
    "ASK { ?s ?p 1SERVICE<%s>{} }",
    "ASK { ?s ?p 1e5SERVICE<%s>{} }",
    "ASK { <urn:it's> ?p ?o . SERVICE <%s> {} }",
    "ASK { <http://a.example/#\\u0041> ?p ?o SERVICE <%s> {} }",
    "PREFIX : <%s> ASK { SERVICE:x{} }",
    "PREFIX SERVICE: <urn:x> PREFIX : <%s> ASK { SERVICE:x{} }",
]


@pytest.mark.parametrize("text", HIDDEN)
def test_no_way_to_write_service_is_overlooked(text):
    text = text % CANARY
    assert outline(text).reaches_out
    with pytest.raises(QueryForbidden):
        admit(outline(text))


@pytest.mark.parametrize("text", [HIDDEN[0], HIDDEN[2], HIDDEN[3], HIDDEN[9]])
def test_the_engine_really_reads_these_as_service(text):
    """They are no invention: each makes the engine try to reach the address."""
    with pytest.raises(OSError, match=r"port 9|not allowed"):
        bool(ox.Store().query(text % CANARY))


def test_the_word_is_allowed_where_it_is_no_keyword():
    seen = outline(
        'ASK { ?service <http://a.example/service> "SERVICE", """ "SERVICE" """@service, ex:service # SERVICE\n}'
    )
    assert not seen.reaches_out


@pytest.mark.parametrize(
    "text",
    [
        "ASK " + "{" * 101 + "}" * 101,
        "SELECT (" + "STR(" * 101 + "1" + ")" * 101 + " AS ?x) {}",
        "SELECT (1" + "+1" * 501 + " AS ?x) {}",
        "ASK { FILTER(1" + "||1" * 501 + ") }",
        "ASK {" + "{} UNION " * 501 + "{} }",
        "ASK {" + "?a ?b ?c . " * 251 + "}",
        "ASK { ?a ?b " + ",".join("?c" for _ in range(300)) + "}",
        "ASK { ?a " + "/".join("<urn:p>" for _ in range(600)) + " ?b }",
    ],
)
def test_what_would_hang_the_planner_is_refused_with_the_limit(text):
    with pytest.raises(TooComplex, match="are allowed"):
        admit(outline(text))


def test_a_long_list_of_values_is_no_reason_to_refuse():
    admit(outline("ASK { VALUES ?x { " + "1 " * 5000 + "} FILTER(?x IN (" + ",".join("1" * 5000) + ")) }"))


@pytest.mark.parametrize(
    "piece", ["'", '"', "'''", "<a:", "<a:'", "1.e", "a-", "a.", "(", "_:", "\\", "<http://a#", "é"]
)
def test_looking_takes_time_in_proportion_to_the_length(piece):
    import time

    def seconds(size):
        start = time.thread_time()  # what others do on the machine does not count
        outline(piece * (size // len(piece)))
        return time.thread_time() - start

    small = min(seconds(8_000) for _ in range(3))
    assert seconds(64_000) < 40 * small + 0.05


@pytest.mark.parametrize(
    ("text", "steady"),
    [("SELECT (NOW() AS ?t) {}", False), ("SELECT (rand() AS ?t) {}", False), ("ASK { ?now ?p 'RAND' }", True)],
)
def test_a_query_with_a_clock_or_chance_in_it_is_not_steady(text, steady):
    assert outline(text).steady is steady


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELCT * { ?s ?p ?o }", "did you mean SELECT?"),
        ("SELECT * { ?s ?p ?o . OPTONAL { ?a ?b ?c } }", "did you mean OPTIONAL?"),
        ("SELECT * { ?s ?p ?o", "line 1, column 10 is never closed"),
        ("SELECT *\n{ ?s ?p ?o }}", "line 2, column 13 has nothing to close"),
        ("DROP ALL", "only reads"),
        ("?s ?p ?o", "begins with SELECT"),
    ],
)
def test_a_hint_says_what_is_probably_meant(text, expected):
    assert expected in hint(text)


@given(
    st.lists(
        st.sampled_from(
            (
                "PREFIX a: <http://a.example/#>",
                "prefix b:<urn:b>",
                "PREFIX : <http://a.example/'>",
                "BASE <http://c.example/>",
                "# <http://",
                "\n",
                "'",
                '"',
                "\r",
                "PREFIX service: <http://a.example/>",
                "PREFIX x: <http://a.example/",
                "SELECT * { ?a:b ?c 'd' }",
                "SERVICE <http://a.example/> {}",
                ">",
                "# é\n",
                "{",
                "}",
                "||",
            )
        ),
        max_size=8,
    )
)
def test_passing_over_the_prologue_changes_nothing_that_is_seen(parts):
    text = " ".join(parts)
    whole = outline(text + "\n#é")  # of which nothing is passed over
    seen = outline(text)
    assert replace(seen, words=()) == replace(whole, words=())
    assert set(whole.words) - set(seen.words) <= {"PREFIX"}


PARTS = (
    *("SELECT", "select *", "ASK {", "CONSTRUCT", "DESCRIBE ?s", "INSERT DATA", "ASK:x", "SELECT_", "SELECT.a:b"),
    *(
        "{ ?s ?p ?o }",
        "SERVICE <http://a.example/>",
        "NOW()",
        "?rand",
        "'",
        '"',
        "<",
        ">",
        "# x\n",
        "#",
        "|| 1",
        "a:SERVICE",
    ),
)


@given(
    st.lists(st.sampled_from(PARTS), max_size=12), st.sampled_from(("", "PREFIX a: <http://a.example/#>", "BASE <x>"))
)
def test_a_quick_look_finds_nothing_else_than_a_close_one(parts, prologue):
    text = f"{prologue} {' '.join(parts)}"
    form = plain_form(text)
    if form is not None:
        seen = outline(text)
        admit(seen)
        assert (seen.form, seen.steady, seen.reaches_out) == (form, True, False)


def test_a_quick_look_is_enough_for_an_ordinary_query():
    assert plain_form("PREFIX a: <http://a.example/#> SELECT ?s { ?s a:p ?o FILTER(?o > 3) } # all of them") == "SELECT"


@pytest.mark.parametrize("piece", ["(", "{", "[", ".", ";", "+", "IF ", "OPTIONAL{"])
def test_a_quick_look_is_not_enough_where_a_limit_could_be_exceeded(piece):
    for times in range(0, 600, 7):
        text = "ASK { " + piece * times
        if plain_form(text):
            admit(outline(text))
