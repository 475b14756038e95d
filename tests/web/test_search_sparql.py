"""`readout:matches` over HTTP: the page's "Query this" finds what the page shows."""

import time
from urllib.parse import parse_qs, quote, urlsplit
from urllib.request import urlopen

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

PREFIX = "PREFIX readout: <https://w3id.org/readout/ontology#> "


@pytest.mark.parametrize(
    "address",
    ["q=nyberg", "q=cable+compact&type=readout&year=2022", "type=meeting", "q=%22coast+guard%22+-okafor", "q=a%22%5Cb"],
)
def test_query_this_finds_what_the_page_shows(client, address):
    found = client.get(f"/search?{address}&format=json").json
    page = HTMLParser(client.get(f"/search?{address}").text)
    [link] = [node.attributes["href"] for node in page.css("a") if node.text() == "Query this"]
    assert urlsplit(link).path == "/sparql"
    [query] = parse_qs(urlsplit(link).query)["query"]
    rows = client.get("/sparql", query_string={"query": query, "format": "json"}).json["results"]["bindings"]
    assert {row["thing"]["value"] for row in rows} == {hit["iri"] for hit in found["results"]}
    assert client.get(link, headers={"Accept": "text/html"}).status_code == 200


def test_an_error_is_told_at_its_place_in_the_query_as_it_was_sent(client):
    query = PREFIX + "SELECT * { ?x readout:matches 'nyberg' . ?x ?unclosed }"
    answer = client.get("/sparql", query_string={"query": query}, headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert f"line 1, column {query.rindex('}') + 1}: " in answer.json["detail"]


def test_a_search_that_cannot_be_answered_says_why(client):
    query = PREFIX + "SELECT * { ?x readout:matches ?words }"
    answer = client.get("/sparql", query_string={"query": query}, headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert "has no words" in answer.json["detail"]


def test_a_server_makes_its_index_before_anybody_asks(tmp_path, write_days, serving):
    folder = tmp_path / "store"
    write_days(folder, "2021-03-01")
    serving(folder)
    until = time.monotonic() + 60
    while not list(folder.glob("search/*.sqlite")):
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_server_that_listens_finds_too(server):
    query = PREFIX + "SELECT ?x { ?x readout:matches 'nyberg type:official' }"
    with urlopen(f"{server.url}/sparql?format=csv&query={quote(query)}") as answer:
        assert answer.read().split() == [b"x", b"https://w3id.org/readout/official/ada-nyberg"]
    with urlopen(f"{server.url}/api/complete?q=nyb") as answer:
        assert b'"Ada Nyberg"' in answer.read()
