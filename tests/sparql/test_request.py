"""Reading a request (SPARQL 1.1 Protocol, 2.1)."""

from urllib.parse import quote, quote_plus, unquote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError, QueryError, TooLong, UnknownFormat, WrongMethod
from kg.sparql import MAX_QUERY_BYTES, read_query, request

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"


def test_a_get_has_its_query_and_its_dataset_in_the_address():
    address = urlencode({"query": "ASK { ?s ?p 'ä+b' }", "default-graph-uri": "urn:a", "named-graph-uri": "urn:b"})
    query = read_query("GET", address + "&default-graph-uri=urn:c")
    assert query.text == "ASK { ?s ?p 'ä+b' }"
    assert query.default_graphs == ("urn:a", "urn:c")
    assert query.named_graphs == ("urn:b",)


def test_a_posted_form_has_everything_in_its_body():
    body = urlencode({"query": "ASK {}", "default-graph-uri": "urn:a", "format": "csv"}).encode()
    query = read_query("POST", "", f"{FORM}; charset=utf-8", body)
    assert (query.text, query.default_graphs, query.format) == ("ASK {}", ("urn:a",), "csv")


def test_a_query_posted_as_it_is_has_its_dataset_in_the_address():
    query = read_query("POST", "default-graph-uri=urn%3Aa&timeout=1.5", DIRECT, "ASK { 'ö' }".encode())
    assert (query.text, query.default_graphs, query.timeout) == ("ASK { 'ö' }", ("urn:a",), 1.5)


def test_a_get_that_asks_nothing_is_no_query():
    assert read_query("GET", "") is None
    assert read_query("HEAD", "format=json") is None


@pytest.mark.parametrize(
    ("method", "address", "content_type", "body", "error"),
    [
        ("GET", "query=ASK&query=ASK", None, b"", QueryError),
        ("GET", "query=%FF", None, b"", QueryError),
        ("GET", "update=CLEAR+ALL", None, b"", QueryError),
        ("GET", "query=ASK&using-graph-uri=urn:a", None, b"", QueryError),
        ("GET", "query=ASK{}&timeout=soon", None, b"", InputError),
        ("GET", "query=ASK{}&timeout=-1", None, b"", InputError),
        ("GET", "query=ASK{}&timeout=nan", None, b"", InputError),
        ("GET", "&".join("a=1" for _ in range(300)) + "&query=ASK", None, b"", QueryError),
        ("POST", "", FORM, b"", QueryError),
        ("POST", "query=ASK", FORM, b"query=ASK", QueryError),
        ("POST", "", DIRECT, b"ASK \xff", QueryError),
        ("POST", "", DIRECT + "; charset=utf-16", "ASK {}".encode("utf-16"), QueryError),
        ("POST", "", "text/plain", b"ASK {}", UnknownFormat),
        ("POST", "", None, b"ASK {}", UnknownFormat),
        ("POST", "", "multipart/form-data; boundary=x", b"", UnknownFormat),
        ("POST", "", "application/sparql-update", b"CLEAR ALL", UnknownFormat),
        ("PUT", "query=ASK", None, b"", WrongMethod),
        ("POST", "", DIRECT, b"#" * (MAX_QUERY_BYTES + 1), TooLong),
        ("GET", "query=" + quote("ä" * (MAX_QUERY_BYTES // 2 + 1)), None, b"", TooLong),
    ],
)
def test_what_the_protocol_forbids_is_refused(method, address, content_type, body, error):
    with pytest.raises(error):
        read_query(method, address, content_type, body)


@given(st.text(st.sampled_from("%=+09aAfFcC3é \n_") | st.characters(), max_size=40))
def test_percent_encoding_is_undone_as_the_standard_library_does_it(text):
    for each in (text, quote(text, errors="replace"), quote_plus(text, errors="replace")):
        try:
            expected = unquote_plus(each, errors="strict")
        except UnicodeDecodeError:
            continue
        if each.isascii():  # as the bytes of an address are
            assert request._decoded(each) == expected
