"""Content negotiation (RFC 9110, 12.5.1)."""

import pytest

from kg.errors import NotAcceptable
from kg.sparql import GRAPHS, HTML, RESULTS, choose, named


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "json"),
        ("", "json"),
        ("*/*", "json"),
        ("text/*", "csv"),
        ("application/sparql-results+xml", "xml"),
        ("application/xml", "xml"),
        ("text/csv;q=0.4, text/tab-separated-values;q=0.5", "tsv"),
        ("application/sparql-results+json;q=0, */*", "xml"),
        ("*/*;q=0.1, text/csv", "csv"),
        ("TEXT/CSV ; charset=utf-8 ; Q=0.9, application/json;q=0.8", "csv"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"),
        ("text/csv;q=x, application/json;q=0.1", "json"),
        (",,;, text/csv", "csv"),
    ],
)
def test_the_best_that_the_client_wants_is_chosen(accept, expected):
    assert choose(accept, (*RESULTS, HTML)).name == expected


@pytest.mark.parametrize("accept", ["image/png", "text/turtle", "*/*;q=0", "application/json;q=0"])
def test_what_the_client_cannot_take_is_not_sent(accept):
    with pytest.raises(NotAcceptable, match="text/csv"):
        choose(accept, RESULTS)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ttl", "ttl"),
        ("Turtle", "ttl"),
        ("text/turtle", "ttl"),
        ("application/ld json", "jsonld"),
        ("n-triples", "nt"),
        ("n3", "ttl"),
        ("xml", "rdf"),
        ("json", "jsonld"),
        ("application/x-json+ld,application/ld+json", "jsonld"),
    ],
)
def test_a_format_has_a_short_name_synonyms_and_its_media_type(name, expected):
    assert named(name, GRAPHS).name == expected


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(NotAcceptable, match=r"json .*csv"):
        named("pdf", RESULTS)
