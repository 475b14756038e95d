"""`kg.read_dataframe`: columns have the types that their values have."""

from datetime import UTC, date, datetime

import pytest

import kg
from kg.errors import InputError, QueryError, QueryTimeout, StoreMissing
from kg.store import DocumentWrite, open_store

QUERY = """
SELECT ?iri ?text ?number ?count ?day ?mixed ?moment ?truth WHERE {
  VALUES (?iri ?text ?number ?count ?day ?mixed ?moment ?truth) {
    (<urn:a> "a" 1.5 1 "2024-03-05"^^xsd:date "2024"^^xsd:gYear "2024-03-05T10:00:00+02:00"^^xsd:dateTime true)
    (<urn:b> UNDEF 2 UNDEF UNDEF "2024-03-05"^^xsd:date UNDEF UNDEF)
  }
}"""


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A store with one statement."""
    from pyoxigraph import Literal, NamedNode, Triple

    folder = tmp_path_factory.mktemp("frames") / "store"
    statement = Triple(NamedNode("urn:m"), NamedNode("https://schema.org/startDate"), Literal("x"))
    with open_store(folder, mode="write") as opened:
        opened.put([DocumentWrite.of("urn:g", [statement], sha256="0", converter="none", source="here")])
    return folder


def test_columns_of_pandas_have_their_types(store):
    pandas = pytest.importorskip("pandas")
    frame = kg.read_dataframe(QUERY, store, library="pandas")
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == {
        "iri": "str",
        "text": "str",
        "number": "Float64",
        "count": "Int64",
        "day": "datetime64[s]",
        "mixed": "str",
        "moment": "datetime64[us, UTC]",
        "truth": "boolean",
    }
    assert list(frame["mixed"]) == ["2024", "2024-03-05"]
    assert frame["moment"][0] == pandas.Timestamp("2024-03-05T08:00:00Z")
    assert frame.loc[1].drop(["iri", "number", "mixed"]).isna().all()


def test_columns_of_polars_have_their_types(store):
    polars = pytest.importorskip("polars")
    frame = kg.read_dataframe(QUERY, store, library="polars")
    assert frame.schema["count"] == polars.Int64
    assert frame.row(0)[3:7] == (1, date(2024, 3, 5), "2024", datetime(2024, 3, 5, 8, tzinfo=UTC))
    assert frame.row(1)[3:] == (None, None, "2024-03-05", None, None)


def test_an_empty_answer_has_its_columns(store):
    pytest.importorskip("pandas")
    frame = kg.read_dataframe("SELECT ?a ?b { ?a readout:kind ?b }", store)
    assert (list(frame.columns), len(frame)) == (["a", "b"], 0)


def test_a_saved_query_is_asked_by_name_with_its_parameters(store):
    pytest.importorskip("pandas")
    assert "encounters" in kg.read_dataframe("most-met", store, least="3").columns
    with pytest.raises(InputError, match="least"):
        kg.read_dataframe("most-met", store, least="many")
    with pytest.raises(InputError, match="saved query"):
        kg.read_dataframe("SELECT ?s { ?s ?p ?o }", store, least="3")


def test_an_open_store_and_an_endpoint_give_the_same(store, remote_over):
    pytest.importorskip("pandas")
    with open_store(store) as opened:
        here = kg.read_dataframe("SELECT ?m { ?m schema:startDate ?d }", opened)
    address = remote_over('<urn:m> <https://schema.org/startDate> "x" .')
    there = kg.read_dataframe("SELECT ?m { ?m schema:startDate ?d }", address)
    assert here.equals(there)
    assert list(here["m"]) == ["urn:m"]


def test_what_is_no_number_stays_a_text(store):
    pytest.importorskip("pandas")
    query = 'SELECT * { VALUES (?big ?odd) { (99999999999999999999 "x"^^xsd:integer) } }'
    frame = kg.read_dataframe(query, store)
    assert (frame["big"][0], frame["odd"][0]) == ("99999999999999999999", "x")


def test_what_cannot_be_asked_is_an_error_of_ours(store, tmp_path):
    pytest.importorskip("pandas")
    with pytest.raises(InputError, match="SELECT"):
        kg.read_dataframe("ASK {}", store)
    with pytest.raises(InputError, match="there is pandas"):
        kg.read_dataframe("SELECT ?s { ?s ?p ?o }", store, library="excel")
    with pytest.raises(QueryError):
        kg.read_dataframe("SELECT ?s { ?s ?p }", store)
    with pytest.raises(StoreMissing):
        kg.read_dataframe("SELECT ?s { ?s ?p ?o }", tmp_path / "nothing")


def test_a_query_that_takes_too_long_is_stopped(store):
    pytest.importorskip("pandas")
    many = " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(40)))} }}" for n in range(8))
    with pytest.raises(QueryTimeout):
        kg.read_dataframe(f"SELECT (COUNT(*) AS ?n) {{ {many} }}", store, timeout=1)


def test_a_name_that_no_saved_query_has_is_told(tmp_path):
    pytest.importorskip("pandas")
    with pytest.raises(InputError, match="no saved query 'most-mett'"):
        kg.read_dataframe("most-mett", tmp_path)
