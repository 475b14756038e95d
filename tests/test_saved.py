import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Store

from kg.errors import InputError, NotFound, QueryError
from kg.saved import QueryParameter, load_saved, parse_saved, saved_query

TEXT = """# title: Echo
# description: Gives back what it was given,
#   over two lines.
# param: who | iri | official/ada-example | Somebody
# param: word | string | fish | Something
# param: day | date | 2024-03-05 | Some day
# param: year | year | 2024 | Some year
# param: least | integer | 2 | Some number
BASE <https://w3id.org/readout/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT * WHERE {
  VALUES ?who { <official/ada-example> } # param
  VALUES ?word { "fish" } # param
  VALUES ?day { "2024-03-05"^^xsd:date } # param
  VALUES ?year { "2024"^^xsd:gYear } # param
  VALUES ?least { 2 } # param
}
"""
ECHO = parse_saved("echo", TEXT)


def answer(query: str) -> dict:
    solutions = Store().query(query)
    [row] = list(solutions)
    return {variable.value: row[variable] for variable in solutions.variables}


def test_the_head_is_read():
    assert (ECHO.name, ECHO.title) == ("echo", "Echo")
    assert ECHO.description == "Gives back what it was given, over two lines."
    assert ECHO.parameters[1] == QueryParameter("word", "string", "fish", "Something")
    assert [p.type for p in ECHO.parameters] == ["iri", "string", "date", "year", "integer"]


def test_without_values_the_text_is_as_it_stands():
    assert ECHO.bind() == TEXT


def test_a_query_is_bound_by_replacing_the_marked_lines_alone():
    bound = ECHO.bind(year="2016", who="https://example.org/x").splitlines()
    assert [line for line in bound if line not in TEXT.splitlines()] == [
        "  VALUES ?who { <https://example.org/x> } # param",
        '  VALUES ?year { "2016"^^xsd:gYear } # param',
    ]


def test_a_tail_is_an_iri_under_the_base():
    assert answer(ECHO.bind(who="agency/acme"))["who"] == NamedNode("https://w3id.org/readout/agency/acme")
    rebased = ECHO.rebased("https://data.example/").bind(who="agency/acme")
    assert answer(rebased)["who"] == NamedNode("https://data.example/agency/acme")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_as_the_very_same_text(word):
    assert answer(ECHO.bind(word=word)) == answer(TEXT) | {"word": Literal(word)}


@given(st.text(st.characters(exclude_categories=["Cs"])) | st.from_regex(r"[<>\"'\\{}#?. \n]{1,9}", fullmatch=True))
def test_whatever_is_taken_for_an_iri_is_one_iri_and_changes_nothing_else(value):
    try:
        bound = ECHO.bind(who=value)
    except InputError:
        return
    assert re.fullmatch(r"[^\x00-\x20<>\"{}|\\^`]+", value)  # IRIREF of the SPARQL grammar
    try:
        row = answer(bound)
    except SyntaxError:  # e.g. a port that is no number: refused by the parser, so nothing was asked
        return
    assert isinstance(row["who"], NamedNode)
    assert {**row, "who": None} == {**answer(TEXT), "who": None}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("who", ""),
        ("who", "a b"),
        ("who", "x> } DROP ALL #"),
        ("who", "official/../graph"),
        ("who", "a\ud800"),
        ("word", "\udfff"),
        ("day", "2024-02-30"),
        ("day", "20240305"),
        ("day", '2024-03-05"^^xsd:date } #'),
        ("year", "24"),
        ("year", "२०२४"),
        ("least", "2.5"),
        ("least", "1 } #"),
        ("least", "9" * 30),
    ],
)
def test_a_value_that_is_not_of_its_type_is_refused_with_one_line(name, value):
    with pytest.raises(InputError, match=f"^parameter {name}: .* is not ") as refused:
        ECHO.bind(**{name: value})
    assert "\n" not in str(refused.value)


def test_an_unknown_parameter_is_refused_and_the_known_ones_named():
    with pytest.raises(InputError, match=r"no parameter 'yaer'; it has who, word, day, year, least"):
        ECHO.bind(yaer="2024")


@pytest.mark.parametrize(
    "broken",
    [
        TEXT.replace("# title: Echo\n", ""),
        TEXT.replace("# title: Echo", "# title: Echo\n# title: Again"),
        TEXT.replace("| iri |", "| uri |"),
        TEXT.replace("| Some day", ""),
        TEXT.replace(" } # param", " }", 1),
        TEXT.replace("{ 2 } # param", "{ 3 } # param"),
        TEXT.replace("# param: least", "# param: last"),
    ],
)
def test_a_file_that_breaks_the_convention_is_refused(broken):
    assert broken != TEXT
    with pytest.raises(QueryError, match=r"^saved query echo: "):
        parse_saved("echo", broken)


def test_a_query_is_found_by_name_and_a_near_miss_is_proposed():
    assert saved_query("most-met").title == "Who met whom most"
    with pytest.raises(NotFound, match="did you mean most-met"):
        saved_query("most-mte")
    with pytest.raises(NotFound, match="there are "):
        saved_query("zzzz")


def test_the_shipped_queries_are_read_by_name(tmp_path):
    assert list(load_saved()) == sorted(load_saved())
    assert load_saved(tmp_path) == {}
    with pytest.raises(NotFound):
        load_saved(tmp_path / "absent")
