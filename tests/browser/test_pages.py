"""Pages in a browser: journeys through them, and axe on each kind, light and dark, narrow and wide."""

import json
import re
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

import pytest

ASKED = quote("SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 20")
ADDRESSES = (
    *("/", "/about", "/api", "/map", "/timeline", "/ontology", "/nowhere"),
    *(
        "/search?q=rice",
        "/search?q=nothing-like-it",
        "/questions",
        "/questions/most-met",
        "/questions/meetings-of-person",
    ),
    *("/sparql", f"/sparql?query={ASKED}", f"/sparql?query={quote('SELECT {')}"),
)
CLASSES = ("Official", "Agency", "Initiative", "Country", "Meeting", "Readout", "Statement", "Post")
HTML = """<!doctype html><html lang="en"><head><title>Readout of the Call with Minister Okonjo</title>
<meta property="article:published_time" content="2024-05-{day:02d}"></head><body><nav>Menu</nav><article>
<h1>Readout of Secretary of State {name}’s Call with Kenyan President William Ruto</h1>
<p>May {day}, 2024</p>
<p>Secretary of State {name} spoke today by phone with Kenyan President William Ruto. They discussed the drought in the
Horn of Africa, and agreed to renew the Safe Ports Initiative.</p></article></body></html>"""


def get(address, accept):
    with urlopen(Request(address, headers={"Accept": accept}), timeout=30) as answer:
        return answer.geturl(), answer.headers, answer.read().decode()


def some(site, kind):
    """The page of the first thing of a class."""
    text = f"SELECT ?s {{ ?s a <https://w3id.org/readout/ontology#{kind}> }} ORDER BY ?s LIMIT 1"
    _, _, body = get(f"{site}/sparql?{urlencode({'query': text})}", "application/sparql-results+json")
    iri = json.loads(body)["results"]["bindings"][0]["s"]["value"]
    return iri.replace("https://w3id.org/readout/", "/page/")


@pytest.mark.parametrize("address", [*ADDRESSES, *CLASSES])
def test_axe_finds_nothing_serious(visit, site, findings, address):
    page = visit(site + (address if address.startswith("/") else some(site, address)), color_scheme="light")
    if address.startswith("/sparql"):
        page.locator(".cm-content").wait_for()
    assert findings(page) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 844})
    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_journalist_gets_from_a_name_to_the_sentence(visit, site):
    page = visit(site)
    box = page.get_by_role("main").get_by_role("combobox")
    box.press_sequentially("susan ri")
    page.get_by_role("option", name=re.compile("Susan Rice")).first.wait_for()
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant")
    box.press("Enter")
    page.get_by_role("heading", name="Susan Rice", level=1).wait_for()
    page.get_by_role("link", name=re.compile("^source|the sentence that says so")).first.click()
    page.wait_for_url(re.compile("/page/document/.*#char="))
    assert page.locator("mark:target").is_visible()
    assert "Rice" in page.locator(".sentence:has(:target), p:has(:target)").first.inner_text()


def test_a_proposal_stays_chosen_while_others_come(visit, site):
    page = visit(site)
    box = page.get_by_role("main").get_by_role("combobox")
    box.press_sequentially("susan")
    page.get_by_role("option", name=re.compile("Susan Rice")).first.wait_for()
    box.press("ArrowDown")
    with page.expect_response(re.compile("susan(%20|\\+)r")):
        box.press_sequentially(" r")
    box.press("Enter")
    page.get_by_role("heading", name="Susan Rice", level=1).wait_for()


def test_a_fact_and_its_phrase_light_up_together(visit, site):
    page = visit(site + some(site, "Readout"))
    fact = page.locator("li[data-fact]").first
    phrase = page.locator(f"mark[data-fact~='{fact.get_attribute('data-fact').split()[0]}']").first
    fact.hover()
    assert "on" in phrase.get_attribute("class").split()
    page.mouse.move(0, 0)
    phrase.hover()
    assert "on" in fact.get_attribute("class").split()


def test_completion_can_be_left_with_escape(visit, site):
    page = visit(site)
    box = page.get_by_role("main").get_by_role("combobox")
    box.press_sequentially("rice")
    page.get_by_role("option").first.wait_for()
    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    assert page.get_by_role("option").count() == 0


def test_an_archivist_gets_from_a_folder_of_html_files_to_pages(visit, load, serve, tmp_path):
    folder = tmp_path / "archive"
    folder.mkdir()
    for day, name in ((7, "Maria Delgado"), (9, "Peter Lindqvist")):
        (folder / f"{day}.html").write_text(HTML.format(day=day, name=name), encoding="utf-8")
    load(tmp_path / "store", folder)
    page = visit(serve(tmp_path / "store"))
    page.get_by_role("link", name=re.compile("Delgado")).first.wait_for()
    page.get_by_role("main").get_by_role("combobox").fill("William Ruto")
    page.get_by_role("main").get_by_role("button", name="Search").click()
    page.get_by_role("main").get_by_role("link", name="William Ruto").first.click()
    page.get_by_role("heading", name="William Ruto", level=1).wait_for()
    assert page.get_by_text("renew the Safe Ports Initiative").first.is_visible()


def test_an_engineer_gets_pages_and_data_from_one_address(site):
    tail = some(site, "Official").removeprefix("/page/")
    for accept, path, kind in (
        ("text/html", f"/page/{tail}", "text/html"),
        ("text/turtle", f"/data/{tail}.ttl", "text/turtle"),
        ("application/ld+json", f"/data/{tail}.jsonld", "application/ld+json"),
        ("application/n-triples;q=0.9, text/html;q=0.5", f"/data/{tail}.nt", "application/n-triples"),
    ):
        address, headers, body = get(f"{site}/id/{tail}", accept)
        assert address == site + path
        assert headers.get_content_type() == kind
        assert tail in body
