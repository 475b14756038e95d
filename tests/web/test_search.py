"""The page of results and its twins: what it finds, what its links lead to, and that nothing of the data or of the
address gets out of its place."""

import csv
import io
import json
from itertools import pairwise
from urllib.parse import parse_qs, urlencode, urlsplit

import pyoxigraph as ox
import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from kg.search import FACETS
from kg.store import DocumentWrite, open_store
from kg.web import create_app

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}",
    "javascript:alert(1)",
    "\u202egnirts\u202c",
    "'\"`; DROP TABLE item; --",
    "NEAR(a, b) OR *",
)


def page(client, **parameters):
    answer = client.get("/search", query_string=urlencode(parameters, doseq=True))
    assert answer.status_code == 200
    return HTMLParser(answer.text)


def titles(found):
    return [node.text() for node in found.css(".results h3")]


def links(found, selector):
    return {node.text(strip=True): node.attributes["href"] for node in found.css(selector)}


def test_a_name_leads_to_its_page(client):
    found = page(client, q="nyberg")
    assert titles(found)[0] == "Ada Nyberg"
    address = found.css_first(".results h3 a").attributes["href"]
    assert address == "/page/official/ada-nyberg"
    assert client.get(address).status_code == 200


def test_the_words_are_marked_in_the_text_and_its_markup_is_text(client):
    found = page(client, q="cable compact", type="readout")
    quotes = [node.html for node in found.css(".results blockquote")]
    assert quotes
    assert all("<mark>Cable Compact</mark>" in quote and "&lt;b&gt;Northern" in quote for quote in quotes)


def test_each_value_of_a_facet_is_a_link_to_as_many_results_as_it_says(client):
    found = page(client, q="norland")
    values = found.css(".facet li")
    assert len(values) > 10
    for value in values:
        narrowed = HTMLParser(client.get(value.css_first("a").attributes["href"]).text)
        assert narrowed.css_first("#results").text().split()[0] == value.css_first("span").text()


def test_what_is_chosen_is_a_chip_that_takes_it_back(client):
    found = page(client, q="nyberg", type=["official", "meeting"], year="2022")
    chips = links(found, ".chips a")
    assert len(chips) == 4
    without = parse_qs(urlsplit(next(address for text, address in chips.items() if "2022" in text)).query)
    assert without == {"q": ["nyberg"], "type": ["official", "meeting"]}
    assert parse_qs(urlsplit(chips["Remove all"]).query) == {"q": ["nyberg"]}


def test_a_facet_that_was_typed_becomes_a_chip(client):
    found = page(client, q='year:2022 nyberg type:"meeting"')
    assert found.css_first("#q").attributes["value"] == "nyberg"
    chips = links(found, ".chips a")
    assert len(chips) == 3
    assert parse_qs(urlsplit(chips["Remove all"]).query) == {"q": ["nyberg"]}
    assert found.css_first("#results").text() == "1 result"


def test_the_form_keeps_what_is_chosen(client):
    found = page(client, q="nyberg", type="meeting", sort="date")
    hidden = {(node.attributes["name"], node.attributes["value"]) for node in found.css(".search-form [type=hidden]")}
    assert hidden == {("type", "meeting"), ("sort", "date")}


def test_pages_are_linked_and_show_all_results_once(client):
    address, seen = "/search?limit=5", []
    while address:
        found = HTMLParser(client.get(address).text)
        seen += [node.html for node in found.css(".results > li")]
        after = found.css_first("[rel=next]")
        address = after.attributes["href"] if after else None
    assert len(seen) == client.get("/search?format=json").json["total"]
    assert len(set(seen)) == len(seen)


def test_the_latest_can_come_first(client):
    dates = [hit["date"] for hit in client.get("/search?type=meeting&sort=date&format=json").json["results"]]
    assert dates == ["2023-05-03", "2022-04-02", "2021-03-01"]


def test_the_page_has_twins_in_json_and_csv(client):
    found = page(client, q="nyberg")
    twins = {node.attributes["type"]: node.attributes["href"] for node in found.css("link[rel=alternate]")}
    assert set(twins) == {"application/json", "text/csv", "application/atom+xml"}
    rows = list(csv.DictReader(io.StringIO(client.get(twins["text/csv"]).text)))
    answer = client.get(twins["application/json"]).json
    assert [row["label"] for row in rows] == [hit["label"] for hit in answer["results"]]
    assert rows[0]["iri"] == "https://w3id.org/readout/official/ada-nyberg"
    assert set(answer["facets"]) == set(FACETS)


def test_a_program_gets_the_form_that_it_accepts(client):
    for accept in ("application/json", "text/csv", "text/html"):
        answer = client.get("/search?q=nyberg", headers={"Accept": accept})
        assert answer.mimetype == accept
        again = client.get("/search?q=nyberg", headers={"Accept": accept, "If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304
    other = client.get("/search?q=nyberg", headers={"Accept": "text/csv", "If-None-Match": answer.headers["ETag"]})
    assert other.status_code == 200


def test_nothing_found_says_what_may_be_meant(client):
    found = page(client, q="nyberk fisheries")
    assert found.css_first("#results").text() == "Nothing found"
    assert "Ada Nyberg" in links(found, "main ul.plain a")
    assert page(client, q="nyberg", type="agency", year="1999").css_first("#results").text() == "Nothing found"


def test_a_typo_is_forgiven_and_told(client):
    found = page(client, q="nybrg")
    assert titles(found)[0] == "Ada Nyberg"
    assert "written nearly so" in found.css_first("main").text()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/search?page=0", 400),
        ("/search?page=x", 400),
        ("/search?page=1000000", 400),
        ("/search?limit=-1", 400),
        ("/search?sort=size", 400),
        ("/search?format=xml", 406),
        ("/search?page=400", 200),
        ("/search?year=abc&type=nothing&country=%00", 200),
        ("/search?" + "q=" + "a" * 5000, 200),
        ("/search?" + "&".join(f"type=x{n}" for n in range(300)), 200),
    ],
)
def test_an_address_that_makes_no_sense_is_answered_in_a_sentence(client, address, status):
    assert client.get(address, headers={"Accept": "text/html"}).status_code == status


def test_a_word_goes_on(client):
    answer = client.get("/api/complete?q=ada")
    assert answer.mimetype == "application/json"
    assert answer.json[0] == {
        "label": "Ada Nyberg",
        "type": "official",
        "detail": "Foreign Minister, Norland",
        "url": "/page/official/ada-nyberg",
        "iri": "https://w3id.org/readout/official/ada-nyberg",
    }
    assert client.get("/api/complete?q=ada&type=country").json == []
    assert client.get("/api/complete").json == []
    assert len(client.get("/api/complete?q=s").json) <= 10


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A site whose labels, texts, publishers and IRIs mean ill, and a label of a megabyte."""
    rdf, rdfs = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#"
    ours, dc = "https://w3id.org/readout/ontology#", "http://purl.org/dc/terms/"
    a, label, publisher = ox.NamedNode(rdf + "type"), ox.NamedNode(rdfs + "label"), ox.NamedNode(dc + "publisher")
    text = ox.NamedNode("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#isString")
    triples = []
    for number, ill in enumerate((*HOSTILE, "long " * 200_000)):
        node = ox.NamedNode(f"https://w3id.org/readout/document/{number}")
        initiative = ox.NamedNode(f"javascript:alert({number})")
        triples += [ox.Triple(node, a, ox.NamedNode(ours + "Readout")), ox.Triple(node, label, ox.Literal(ill))]
        triples += [ox.Triple(node, publisher, ox.Literal(ill)), ox.Triple(node, text, ox.Literal(ill + " harbour"))]
        triples += [ox.Triple(initiative, a, ox.NamedNode(ours + "Initiative"))]
        triples += [ox.Triple(initiative, label, ox.Literal(ill))]
    folder = tmp_path_factory.mktemp("hostile") / "store"
    with open_store(folder, mode="write") as store:
        store.put([DocumentWrite.of("urn:g", triples, sha256="0", converter="t", source="t")])
    app = create_app(folder, TESTING=True)
    yield app.test_client()
    app.extensions["kg"].close()


@pytest.mark.parametrize("words", ["", "harbour", *HOSTILE])
@pytest.mark.parametrize("facet", [None, "publisher", "type", "year", "agency"])
def test_nothing_in_the_data_or_the_address_becomes_markup_or_a_dangerous_link(hostile, words, facet):
    parameters = {"q": words} | ({facet: words} if facet else {})
    answer = hostile.get("/search", query_string=urlencode(parameters))
    found = HTMLParser(answer.text)
    assert answer.status_code == 200
    assert not found.css(
        "script:not([type='application/ld+json']):not([src]), img[onerror], [onerror], main img, style"
    )
    for link in found.css("a[href]"):
        assert link.attributes["href"].startswith(("/", "#", "https://", "http://")), link.html
    assert len(answer.data) < 400_000
    json.loads(hostile.get("/search", query_string=urlencode(parameters | {"format": "json"})).data)
    assert hostile.get("/api/complete", query_string=urlencode({"q": words})).status_code == 200


def test_what_was_written_a_moment_ago_is_found(tmp_path, write_days):
    folder = tmp_path / "store"
    write_days(folder, "2021-03-01")
    app = create_app(folder, TESTING=True)
    try:
        client = app.test_client()
        assert client.get("/search?type=meeting&format=json").json["total"] == 1
        write_days(folder, "2022-04-02")
        assert client.get("/search?type=meeting&format=json").json["total"] == 2
    finally:
        app.extensions["kg"].close()


def test_a_store_that_the_caller_has_opened_can_be_searched(folder):
    with open_store(folder) as store:
        app = create_app(store, TESTING=True)
        assert titles(page(app.test_client(), q="nyberg"))[0] == "Ada Nyberg"
        app.extensions["kg"].close()


def test_the_page_is_built_as_all_pages_are(client):
    for found in (page(client), page(client, q="nyberg", type="official"), page(client, q="nothing at all")):
        assert len(found.css("h1")) == 1
        named = {label.attributes["for"] for label in found.css("label")}
        fields = found.css("input:not([type=hidden]), textarea, select")
        assert {field.attributes["id"] for field in fields} <= named
        levels = [int(node.tag[1]) for node in found.css("h1, h2, h3")]
        assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
        ids = [node.attributes["id"] for node in found.css("[id]")]
        assert len(ids) == len(set(ids))
