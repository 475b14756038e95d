"""Pages: they work without scripts, and nothing from the data gets out of its place."""

import re
from itertools import pairwise
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from kg.saved import load_saved
from kg.store import DocumentWrite, open_store
from kg.web import create_app

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea><script>alert(1)</script>",
    "{{ 7*7 }}",
    "javascript:alert(1)",
)


def every_page(client):
    yield "/"
    yield "/sparql"
    yield "/sparql?" + urlencode({"query": "SELECT * { ?s ?p ?o } LIMIT 50"})
    yield "/sparql?" + urlencode({"query": "CONSTRUCT WHERE { ?s ?p ?o }"})
    yield "/sparql?" + urlencode({"query": "SELECT * {"})
    yield "/nowhere"
    yield from (f"/questions/{name}" for name in load_saved())
    for tail in ("official/ada-nyberg", "place/norland", "meeting/norland-mfa/2021-03-01-call/1", "initiative/compact"):
        yield f"/page/{tail}"
    yield "/page/document/norland-mfa/2021-03-01-call"


def test_no_page_needs_a_script_or_a_style_of_its_own_or_another_host(client):
    for address in every_page(client):
        answer = client.get(address, headers={"Accept": "text/html"})
        page = HTMLParser(answer.text)
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'self';")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Referrer-Policy" in answer.headers
        assert not page.css("style, iframe, object, [style], [onclick], [onerror], base"), address
        for script in page.css("script"):  # data of schema.org, which no browser runs, or a bundle of our own
            assert script.attributes.get("type") == "application/ld+json" or "src" in script.attributes, address
        for node in page.css("[src], link[rel=stylesheet], link[rel=icon]"):
            assert (node.attributes.get("src") or node.attributes["href"]).startswith("/"), address


def test_every_page_says_its_language_has_one_heading_and_names_its_fields(client):
    for address in every_page(client):
        page = HTMLParser(client.get(address, headers={"Accept": "text/html"}).text)
        assert page.css_first("html").attributes["lang"] == "en"
        assert len(page.css("h1")) == 1, address
        assert page.css_first("main") is not None
        named = {label.attributes["for"] for label in page.css("label")}
        fields = page.css("input, textarea, select")
        assert {field.attributes["id"] for field in fields} <= named, address
        levels = [int(node.tag[1]) for node in page.css("h1, h2, h3")]
        assert all(later - earlier <= 1 for earlier, later in pairwise(levels)), address


def test_every_link_of_the_start_page_leads_somewhere(client):
    page = HTMLParser(client.get("/").text)
    for link in page.css("a[href^='/'], link[href]"):
        address = link.attributes["href"].partition("#")[0]
        with client.get(address, headers={"Accept": "text/html"}) as answer:
            assert answer.status_code == 200, address


def test_the_start_page_counts_what_is_there(client):
    page = HTMLParser(client.get("/").text)
    counts = {div.css_first("dt").text(): div.css_first("dd").text() for div in page.css(".counts div")}
    assert counts["readouts"] == "3"
    assert counts["encounters"] == "3"
    assert counts["officials"] == "2"


def test_the_form_of_the_start_page_finds_a_person(client):
    form = HTMLParser(client.get("/").text).css_first("main form")
    found = client.get(form.attributes["action"], query_string={"q": "nyberg"}, headers={"Accept": "text/html"})
    assert "/page/official/ada-nyberg" in found.text


def test_an_ask_is_answered_in_a_word(client):
    assert '<p class="truth">Yes</p>' in client.get("/sparql?query=ASK{}&format=html").text


def test_a_long_result_shows_its_beginning_and_says_so(client):
    text = "SELECT ?x { VALUES ?x { " + " ".join(map(str, range(600))) + " } }"
    answer = client.get("/sparql", query_string={"query": text, "format": "html"})
    assert "First 100 rows" in answer.text
    assert len(HTMLParser(answer.text).css("tbody tr")) == 100


@pytest.mark.parametrize("name", load_saved())
def test_every_saved_question_can_be_asked_from_its_page(client, name):
    answer = client.get(f"/questions/{name}")
    assert answer.status_code == 200
    assert ("--federate" in answer.text) == ("trouble" in answer.text) == load_saved()[name].federated


def test_questions_stand_in_their_sections_and_flat_tables_come_last(client):
    sections = HTMLParser(client.get("/questions").text).css("main section:has(.cards)")
    assert [section.css_first("h2").text() for section in sections][::2] == [
        "About encounters",
        "Flat tables, as kg export takes them",
    ]
    linked = [[link.attributes["href"] for link in section.css("li a")] for section in sections]
    assert sorted(href for section in linked for href in section) == [f"/questions/{name}" for name in load_saved()]
    assert all("/table-" in href for href in linked[-1])
    offered = [question["name"] for question in client.get("/editor/questions.json").json]
    assert offered[-len(linked[-1]) :] == [href.removeprefix("/questions/") for href in linked[-1]]


def test_a_question_takes_the_values_of_its_fields(client):
    page = client.get("/questions/meetings-of-person?person=official/ada-nyberg&year=2022")
    assert "official/ada-nyberg" in HTMLParser(page.text).css_first("textarea").text()
    assert len(HTMLParser(page.text).css("tbody tr")) == 1


def test_a_question_shows_each_name_once(client):
    headings = HTMLParser(client.get("/questions/most-met?least=1").text).css("th")
    assert [heading.text() for heading in headings] == ["one", "other", "encounters"]
    assert "oneName" in client.get("/questions/most-met?least=1").text  # the query and its downloads have all


@pytest.mark.parametrize("value", [*HOSTILE, "> } INSERT", "a b"])
def test_a_value_cannot_add_to_a_question(client, value):
    page = client.get("/questions/meetings-of-person", query_string={"person": value, "year": value})
    assert page.status_code == 200
    assert value not in HTMLParser(page.text).css_first("textarea").text()
    assert "<script>alert" not in page.text


def test_a_page_quotes_the_sentence_behind_each_fact(client):
    page = client.get("/page/statement/norland-mfa/2021-03-01-call/1").text
    quote = HTMLParser(page).css_first("blockquote")
    assert quote.text().strip() == "The Minister thanked the Sudorian Coast Guard."
    assert quote.css_first("a mark").text() == "thanked the Sudorian Coast Guard"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile") / "store"
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    subject = ox.NamedNode("https://w3id.org/readout/official/x")
    triples = [ox.Triple(subject, label, ox.Literal(text)) for text in HOSTILE]
    triples += [
        ox.Triple(subject, ox.NamedNode("urn:x"), ox.NamedNode(iri))
        for iri in (
            "javascript:alert(1)",
            "data:text/html,x",
            "https://w3id.org/readout/a?b#c&d='e",
            "http://a.example/'x'",
        )
    ]
    with open_store(folder, mode="write") as store:
        store.put([DocumentWrite.of("urn:g", triples, sha256="0", converter="t", source="t")])
    app = create_app(folder, TESTING=True)
    yield app.test_client()
    app.extensions["kg"].engine.close()


@pytest.mark.parametrize(
    "address",
    [
        "/page/official/x",
        "/sparql?" + urlencode({"query": "SELECT * { ?s ?p ?o }", "format": "html"}),
        "/sparql?" + urlencode({"query": "DESCRIBE <https://w3id.org/readout/official/x>", "format": "html"}),
        *("/sparql?" + urlencode({"query": f"SELECT {text}", "format": "html"}) for text in HOSTILE),
        *("/page/" + text.replace("/", "") for text in HOSTILE),
    ],
)
def test_nothing_in_the_data_or_the_address_becomes_markup_or_a_dangerous_link(hostile, address):
    answer = hostile.get(address, headers={"Accept": "text/html"})
    page = HTMLParser(answer.text)
    assert not page.css("script:not([src]):not([type='application/ld+json']), img[onerror], [onerror]")
    assert "49" not in re.sub(r"7\*7", "", page.css_first("main").text())
    for link in page.css("a[href]"):
        assert link.attributes["href"].startswith(("/", "https://", "http://", "#")), link.html


def test_health_says_that_all_is_well(client):
    assert client.get("/health").json["status"] == "ok"
