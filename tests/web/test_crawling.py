"""What feed readers and crawlers are told."""

import re
from urllib.parse import urlsplit
from xml.etree import ElementTree as Xml

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from kg.rdf import graph_iri, to_quads
from kg.store import DocumentWrite, open_store
from kg.web import create_app
from tests.web.conftest import extraction

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def parsed(answer):
    assert answer.status_code == 200, answer.text
    return Xml.fromstring(answer.data)


def locations(client, address):
    return [node.text for node in parsed(client.get(address)).iter(f"{SITEMAP}loc")]


def test_the_feed_is_atom_as_rfc_4287_has_it(client):
    answer = client.get("/feed.atom")
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    feed = parsed(answer)
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            [found] = element.findall(f"{ATOM}{name}")
            assert found.text
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", element.findtext(f"{ATOM}updated"))
        assert element.find(f"{ATOM}link[@rel='alternate']") is not None
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == feed.findtext(f"{ATOM}id")
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids)) == 3
    assert all("spoke today by phone" in entry.findtext(f"{ATOM}summary") for entry in feed.iter(f"{ATOM}entry"))


@pytest.mark.parametrize(
    ("query", "entries"),
    [
        ("official=official/ada-nyberg", 3),
        ("country=place/sudoria", 3),
        ("initiative=initiative/compact", 3),
        ("agency=agency/coast-guard", 0),
    ],
)
def test_a_feed_is_narrowed_down(query, entries, client):
    feed = parsed(client.get(f"/feed.atom?{query}"))
    assert len(feed.findall(f"{ATOM}entry")) == entries
    assert query.partition("=")[0] in feed.findtext(f"{ATOM}id")


def test_a_feed_about_nobody_is_not_found(client):
    assert client.get("/feed.atom?official=official/nobody").status_code == 404


def test_a_feed_by_what_there_is_no_feed_by_is_refused(client):
    assert client.get("/feed.atom?official=official/ada-nyberg&country=place/sudoria").status_code == 400
    answer = client.get("/feed.atom?planet=mars")
    assert answer.status_code == 400
    assert "there are official, agency, country, initiative" in answer.text


def test_a_page_says_where_the_feed_is(client):
    [link] = HTMLParser(client.get("/").text).css("link[type='application/atom+xml']")
    assert client.get(link.attributes["href"]).status_code == 200


def test_the_site_map_leads_to_every_page_of_a_thing(client):
    parts = locations(client, "/sitemap.xml")
    pages = [page for part in parts for page in locations(client, part)]
    paths = {urlsplit(page).path for page in pages}
    assert {"/", "/about", "/page/official/ada-nyberg", "/page/initiative/compact", "/page/place/norland"} <= paths
    assert sum(path.startswith("/page/meeting/") for path in paths) == 3
    assert all(client.get(page).status_code == 200 for page in pages)
    assert client.get("/sitemap/meeting-2.xml").status_code == 404
    assert client.get("/sitemap/planet-1.xml").status_code == 404


def test_crawlers_may_read_pages_and_not_ask(client):
    answer = client.get("/robots.txt")
    lines = answer.text.splitlines()
    assert answer.content_type == "text/plain; charset=utf-8"
    assert "Disallow: /sparql" in lines
    assert not any(line.startswith("Disallow: /page") or line == "Disallow: /" for line in lines)
    [sitemap] = [line.removeprefix("Sitemap: ") for line in lines if line.startswith("Sitemap: ")]
    assert client.get(sitemap).status_code == 200


def test_llms_txt_names_what_there_is(client):
    text = client.get("/llms.txt").text
    assert text.startswith("# Readouts\n\n> ")
    links = re.findall(r"\]\((http[^)]+)\)", text)
    assert len(links) > 10
    for link in links[:8]:
        assert client.get(link).status_code == 200, link


def test_dated_readouts_date_their_entries_and_hostile_names_do_no_harm(tmp_path):
    from dataclasses import replace
    from datetime import date

    found = extraction("2024-06-01")
    readout = replace(found.readout, issued=date(2024, 6, 2), publisher='A\u0000<b>&"\uffff')
    found = replace(found, readout=readout)
    write = DocumentWrite.of(graph_iri(readout.id).value, to_quads(found), sha256="0", converter="t", source="t")
    with open_store(tmp_path / "store", mode="write") as store:
        store.put([write])
    with open_store(tmp_path / "store") as store:
        client = create_app(store).test_client()
        feed = parsed(client.get("/feed.atom"))
        assert feed.findtext(f"{ATOM}updated") == "2024-06-02T00:00:00Z"
        assert feed.findtext(f"{ATOM}entry/{ATOM}author/{ATOM}name") == 'A<b>&"'
        assert "2024-06-02" in client.get("/sitemap/meeting-1.xml").text
