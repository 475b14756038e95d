"""Pages about things: every fact is one click from its sentence, and each page can be had as data."""

import json
import re
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox
import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from kg.load import load_paths
from kg.resources import demonstration
from kg.store import DocumentWrite, open_store
from kg.web import create_app

MEETING = "meeting/norland-mfa/2021-03-01-call/1"
DOCUMENT = "document/norland-mfa/2021-03-01-call"
TAILS = (
    "official/ada-nyberg",
    "place/norland",
    "agency/coast-guard",
    "initiative/compact",
    "post/norland/foreign-minister",
    MEETING,
    DOCUMENT,
    "statement/norland-mfa/2021-03-01-call/1",
    "participation/norland-mfa/2021-03-01-call/1/1",
    "holding/norland-mfa/2021-03-01-call/1",
)
SITE = ("/", "/map", "/timeline", "/ontology", "/about", "/api", "/questions")
TOLD_TWICE = "meeting/us-state/2016-05-24-blinken-rossier/1"
LIGHT = 100_000
"""Bytes that a page may have before its views are loaded."""


def show(client, address):
    answer = client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 200, address
    return HTMLParser(answer.text)


def json_ld(page):
    (script,) = page.css("script[type='application/ld+json']")
    return json.loads(script.text())


def text_of(node):
    return " ".join(node.text().split())


@pytest.fixture(scope="module")
def over(tmp_path_factory):
    """A client of an application over a store that `fill` fills; the application ends with the module."""
    apps = []

    def start(fill=lambda store: None):
        folder = tmp_path_factory.mktemp("views") / "store"
        with open_store(folder, mode="write") as store:
            fill(store)
        apps.append(create_app(folder, TESTING=True, REPORT="errors@site.example"))
        return apps[-1].test_client()

    yield start
    for app in apps:
        app.extensions["kg"].close()


@pytest.fixture(scope="module")
def demo(over):
    return over(lambda store: load_paths(store, [demonstration()]))


@pytest.fixture(scope="module")
def many(over, tmp_path_factory, write_days):
    """A client over a store with 60 encounters of one person, of two months."""
    folder = tmp_path_factory.mktemp("many") / "store"
    with open_store(folder, mode="write"):
        pass
    write_days(folder, *(f"2023-{month:02}-{day:02}" for month in (4, 5) for day in range(1, 31)))
    app = create_app(folder, TESTING=True)
    yield app.test_client()
    app.extensions["kg"].close()


@pytest.mark.parametrize("address", [*(f"/page/{tail}" for tail in TAILS), *SITE])
def test_a_page_is_light_and_says_what_it_is(client, address):
    page = show(client, address)
    assert len(page.html.encode()) < LIGHT
    assert json_ld(page)["@context"] == "https://schema.org"
    assert page.css_first("link[rel=canonical]").attributes["href"] == f"http://localhost{address}"
    assert page.css_first("meta[name=description]").attributes["content"]
    assert [text_of(node) for node in page.css("a[href^='javascript'], [style]")] == []


FOLLOWED = ("official/", "agency/", "place/", "initiative/")


@pytest.mark.parametrize("tail", TAILS)
def test_the_other_forms_of_a_page_are_linked_and_are_there(client, tail):
    page = show(client, f"/page/{tail}")
    of_page = page.css("link[rel=alternate]:not([title='New encounters'])")
    alternates = {node.attributes["type"]: node.attributes["href"] for node in of_page}
    assert ("application/atom+xml" in alternates) == tail.startswith(FOLLOWED)
    visible = {node.attributes["href"] for node in page.css(".colophon a[type]")}
    assert {"text/turtle", "application/ld+json", "application/n-triples", "text/csv"} <= alternates.keys()
    assert set(alternates.values()) == visible
    for media_type, address in alternates.items():
        answer = client.get(address)
        assert (answer.status_code, answer.mimetype) == (200, media_type)
        assert answer.data
    permalink = page.css_first(".colophon a[rel=bookmark]").attributes["href"]
    assert client.get(urlsplit(permalink).path, headers={"Accept": "text/html"}).status_code == 303


@pytest.mark.parametrize("tail", TAILS)
def test_the_query_behind_a_page_can_be_asked_and_gives_its_table(client, tail):
    page = show(client, f"/page/{tail}")
    (link,) = [node for node in page.css(".colophon a") if node.text() == "Query this"]
    asked = client.get(link.attributes["href"] + "&format=csv")
    assert asked.data == client.get(f"/data/{tail}.csv").data
    assert len(asked.data.splitlines()) > (tail != "agency/coast-guard")  # which met nobody


@pytest.mark.parametrize("tail", TAILS)
def test_every_way_to_a_sentence_arrives_at_its_phrase(client, tail):
    targets = [
        node.attributes["href"]
        for node in show(client, f"/page/{tail}").css("main a[href]")
        if "#char=" in node.attributes["href"]
    ]
    assert targets or tail in ("place/norland", "initiative/compact")
    for address in targets:
        path, _, place = unquote(address).partition("#")
        phrase = show(client, path or f"/page/{tail}").css_first(f"[id='{place}']")
        begin, end = map(int, re.findall(r"\d+", place))
        assert len(phrase.text()) == end - begin


def test_a_quote_leads_to_itself_in_the_text(client):
    quote = show(client, f"/page/{MEETING}").css_first(".said blockquote a")
    path, _, place = unquote(quote.attributes["href"]).partition("#")
    assert show(client, path).css_first(f"mark[id='{place}']").text() == quote.text()


def test_text_and_facts_point_at_each_other(client):
    page = show(client, f"/page/{DOCUMENT}")
    listed = {node.attributes["id"]: node for node in page.css(":is(li, h2)[data-fact]")}
    marked = {name for node in page.css("mark[data-fact]") for name in node.attributes["data-fact"].split()}
    assert listed.keys() == marked
    assert {node.attributes["href"][1:] for node in page.css("mark a")} <= listed.keys()
    text = page.css_first(".text").text()
    assert "They discussed the <b>Northern & Eastern</b> Cable Compact." in text
    assert "SHA-256" in page.css_first("main").text()


def test_an_official_is_shown_with_posts_encounters_and_whom_they_met(client):
    page = show(client, "/page/official/ada-nyberg")
    assert page.css_first("h1").text() == "Ada Nyberg"
    assert text_of(page.css_first(".standfirst")) == "Foreign Minister (Norland)"
    assert [text_of(node) for node in page.css("#met ~ .bars li")] == ["Jonas Okafor3 encounters"]
    assert len(page.css("svg a .dot.call")) == 3
    rows = [text_of(node) for node in page.css("#encounters ~ .scroll tbody tr")]
    assert [row[:38] for row in rows] == [
        "3 May 2023 Call with Jonas Okafor Read",
        "2 April 2022 Call with Jonas Okafor Re",
        "1 March 2021 Call with Jonas Okafor Re",
    ]
    assert page.css_first("time").attributes["datetime"]


def test_a_long_history_is_shown_page_by_page_and_month_by_month(many):
    def rows(query):
        return [text_of(node)[:11] for node in show(many, f"/page/official/ada-nyberg{query}").css("tbody tr")]

    assert len(rows("")) == 25
    assert rows("")[0] == "30 May 2023"
    assert len(rows("?page=3")) == 10
    assert rows("?page=99") == rows("?page=3")
    assert rows("?page=nonsense") == rows("")
    assert len(rows("?during=2023-04&page=2")) == 5
    assert rows("?during=1999") == []
    assert len(many.get("/data/official/ada-nyberg.csv").data.splitlines()) == 61


def test_a_number_leads_to_the_encounters_that_it_counts(demo):
    page = show(demo, "/page/official/antony-blinken")
    for link in page.css("#met ~ .bars .n a"):
        listed = show(demo, link.attributes["href"].partition("#")[0])
        assert text_of(link).split()[0] == text_of(listed.css_first("#encounters small"))
        assert listed.css_first("#encounters bdi").text() in page.css_first("#met ~ .bars").text()
    assert text_of(show(demo, "/page/official/antony-blinken?with=<x>").css_first("#encounters small")) == "0"


def test_the_time_line_counts_months_and_shows_the_one_that_is_asked_for(many):
    page = show(many, "/timeline?during=2023-04")
    assert [node.text() for node in page.css("svg rect.rod ~ title")] == ["April 2023: 30", "May 2023: 30"]
    assert text_of(page.css_first("#encounters")) == "Encounters in April 2023 30"


def test_an_encounter_that_two_readouts_tell_of_is_compared(demo):
    link = show(demo, f"/page/{TOLD_TWICE}").css_first("a.badge[href^='/compare/']")
    page = show(demo, link.attributes["href"])
    assert len(page.css("thead th")) == 2
    only = {text_of(node) for node in page.css(".only")}
    assert "Suzan LeVine, Ambassador to Switzerland" in only
    assert not any("Blinken" in one.partition(",")[0] for one in only)
    left_out = [text_of(node) for node in page.css("section[aria-label^='Left out']")]
    assert "Took partSuzan LeVine" in left_out[0]
    assert "Suzan LeVine" not in left_out[1]


def test_an_encounter_that_one_readout_tells_of_has_nothing_to_be_compared_with(client):
    assert client.get(f"/compare/{MEETING}").status_code == 404
    assert client.get("/compare/official/ada-nyberg").status_code == 404


def test_an_initiative_begins_with_its_first_mention(demo):
    page = show(demo, "/page/initiative/young-engineers-network")
    assert "24 May 2016" in text_of(page.css_first("#first").parent)
    assert "Young Engineers Network" in page.css_first("blockquote mark").text()


def test_the_map_gives_places_as_rows_of_sparql(demo):
    rows = demo.get("/map.json")
    found = list(ox.parse_query_results(rows.data, ox.QueryResultsFormat.JSON))
    japan = next(row for row in found if row["label"].value == "Japan")
    assert 30 < float(japan["lat"].value) < 45
    assert 130 < float(japan["long"].value) < 145
    assert len(found) == len(show(demo, "/map").css("tbody tr"))


def test_the_ontology_is_a_page_for_people_and_a_file_for_programs(client):
    assert client.get("/ontology").mimetype == "text/turtle"
    page = show(client, "/ontology")
    meeting = page.css_first("tr[id=Meeting]")
    assert text_of(meeting.css_first(".number")) == "3"
    assert meeting.css_first("a").attributes["href"].startswith("/page/meeting/")
    assert page.css_first("tr[id='act/agree']") is not None


def test_an_error_can_be_reported_where_somebody_wants_to_know(client, demo):
    assert "Report an error" not in show(client, f"/page/{MEETING}").text()
    (link,) = [node for node in show(demo, f"/page/{TOLD_TWICE}").css("a") if node.text() == "Report an error"]
    assert link.attributes["href"].startswith("mailto:errors@site.example?subject=Error%20in%20http%3A%2F%2Flocalhost")


@pytest.mark.parametrize("address", SITE)
def test_a_site_over_an_empty_store_says_so(over, address):
    page = show(over(), address)
    if address == "/":
        assert "Nothing is in this store yet" in page.text()


def test_what_is_not_there_is_answered_with_a_search(client):
    answer = client.get("/page/official/ada-nybergh", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert HTMLParser(answer.text).css_first("main input[name=q]").attributes["value"] == "ada nybergh"


# --- Content that means harm ---------------------------------------------------------------------------------------

BREAK_OUT = "</script><script>alert(1)</script><!--"
LONG = "x" * 1_000_000
TURNED = "abc\u202etxt.exe"
READOUT = "https://w3id.org/readout/ontology#"
BASE = "https://w3id.org/readout/"
LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
CLASSES = ("Official", "Agency", "Country", "Initiative", "Meeting", "Readout", "Post", "Statement", "Participation")


def harmful(store):
    """Things of every kind whose labels, links and texts mean harm."""
    triples = []
    for name in (*CLASSES, "Nothing"):
        for kind, label in (("script", BREAK_OUT), ("long", LONG), ("turned", TURNED)):
            thing = ox.NamedNode(f"{BASE}{name.lower()}/{kind}")
            triples += [ox.Triple(thing, LABEL, ox.Literal(label))]
            if name != "Nothing":
                triples += [ox.Triple(thing, TYPE, ox.NamedNode(READOUT + name))]
            for link in ("http://www.w3.org/2004/02/skos/core#exactMatch", "https://schema.org/image"):
                triples += [ox.Triple(thing, ox.NamedNode(link), ox.NamedNode("javascript:alert(1)"))]
            source = ox.NamedNode("http://purl.org/dc/terms/source")
            text = ox.NamedNode("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#isString")
            triples += [ox.Triple(thing, source, ox.NamedNode("javascript:alert(1)"))]
            triples += [ox.Triple(thing, text, ox.Literal(label))]
            triples += [ox.Triple(thing, ox.NamedNode("urn:data"), ox.NamedNode("data:text/html,x"))]
    store.put([DocumentWrite.of("urn:g", triples, sha256="0", converter="t", source="t")])


@pytest.fixture(scope="module")
def harm(over):
    return over(harmful)


@pytest.mark.parametrize("name", [*CLASSES, "Nothing"])
@pytest.mark.parametrize("kind", ["script", "long", "turned"])
def test_content_that_means_harm_is_shown_and_does_none(harm, name, kind):
    page = show(harm, f"/page/{name.lower()}/{kind}")
    assert not [node for node in page.css("script:not([src])") if node.attributes.get("type") != "application/ld+json"]
    assert not page.css("a[href^='javascript'], a[href^='data'], img[src^='javascript']")
    assert len(page.html.encode()) < (LIGHT if name != "Readout" else 4 * LIGHT)
    label = {"script": BREAK_OUT, "long": LONG[:300] + "…", "turned": TURNED}[kind]
    assert json_ld(page)["name"] == label
    if kind == "turned" and name not in ("Readout", "Statement", "Participation"):
        assert page.css_first("h1 bdi").text() == TURNED


def test_what_wikidata_says_is_told_apart_and_a_portrait_elsewhere_is_only_linked(over):
    person = f"{BASE}official/ada"
    facts = f"""
        <{person}> a <{READOUT}Official> ; <{LABEL.value}> "Ada Nyberg" ;
            <https://schema.org/description> "politician"@en, "Politikerin"@de ;
            <https://schema.org/birthDate> "1961-05-04"^^<http://www.w3.org/2001/XMLSchema#date> ;
            <https://schema.org/image> <https://commons.example/ada.jpg> ;
            <http://www.w3.org/2004/02/skos/core#exactMatch> <http://www.wikidata.org/entity/Q1> .
        <urn:term> <http://www.w3.org/ns/org#member> <{person}> ; <http://www.w3.org/ns/org#role> <urn:office> ;
            <https://schema.org/startDate> "2019"^^<http://www.w3.org/2001/XMLSchema#gYear> .
        <urn:office> <{LABEL.value}> "Foreign Minister of Norland" ."""

    def fill(store):
        triples = [quad.triple for quad in ox.parse(facts, ox.RdfFormat.TURTLE)]
        store.put([DocumentWrite.of("urn:g", triples, sha256="0", converter="t", source="t")])

    page = show(over(fill), "/page/official/ada")
    told = text_of(page.css_first("section[aria-labelledby=elsewhere]"))
    assert "no readout says so" in told
    assert "Politikerin" not in told
    assert "Born4 May 1961" in told
    assert "Foreign Minister of Norland from 2019" in told
    assert not page.css("img[src^=http]")
    badges = {node.attributes["href"]: text_of(node) for node in page.css("a.badge")}
    assert badges["https://commons.example/ada.jpg"] == "Portrait"
    assert badges["http://www.wikidata.org/entity/Q1"].startswith("Wikidata Q1")


def test_what_has_no_name_of_its_own_is_passed_over(over):
    facts = f"""
        <{BASE}official/ada> a <{READOUT}Official> ; <{LABEL.value}> "Ada Nyberg" .
        [] a <{READOUT}Meeting> ; <{READOUT}participant> <{BASE}official/ada> ; <{LABEL.value}> "Call" ;
            <{READOUT}kind> <{BASE}kind/call> ; <{READOUT}status> <{BASE}status/held> ;
            <https://schema.org/startDate> "2020" ; <{READOUT}side> [ <{LABEL.value}> "a side" ] .
        [] <{READOUT}speaker> <{BASE}official/ada> ; <{READOUT}meeting> [ <{LABEL.value}> "Call" ] ;
            <{READOUT}act> <{BASE}act/agree> ; <{READOUT}quote> "agreed" ."""

    def fill(store):
        triples = [quad.triple for quad in ox.parse(facts, ox.RdfFormat.TURTLE)]
        store.put([DocumentWrite.of("urn:g", triples, sha256="0", converter="t", source="t")])

    client = over(fill)
    for address in ("/page/official/ada", "/", "/timeline", "/map", "/ontology"):
        show(client, address)


def test_the_first_mention_is_a_dated_one_where_there_is_any(over):
    nif, text = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#", "The Compact was named."
    facts = f"<{BASE}initiative/compact> a <{READOUT}Initiative> ; <{LABEL.value}> 'Compact' ."
    for name, issued in (("a", ""), ("b", "2021-05-06"), ("c", "2020-01-02")):
        facts += f"""
        <{BASE}document/{name}> a <{READOUT}Readout> ; <{nif}isString> "{text}" ; <{LABEL.value}> "{name}" .
        <{BASE}document/{name}#char=4,11> <{nif}referenceContext> <{BASE}document/{name}> ;
            <http://www.w3.org/2005/11/its/rdf#taIdentRef> <{BASE}initiative/compact> ."""
        if issued:
            facts += f'<{BASE}document/{name}> <http://purl.org/dc/terms/issued> "{issued}" .'

    def fill(store):
        triples = [quad.triple for quad in ox.parse(facts, ox.RdfFormat.TURTLE)]
        store.put([DocumentWrite.of("urn:g", triples, sha256="0", converter="t", source="t")])

    page = show(over(fill), "/page/initiative/compact")
    assert text_of(page.css_first("#first").next.next).startswith("2 January 2020, in c; since then in 2 more readouts")
    assert page.css_first("blockquote mark").text() == "Compact"


def test_a_text_without_a_title_is_headed_by_its_name(over):
    nif = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
    facts = f"""<{BASE}document/x/1> a <{READOUT}Readout> ; <{LABEL.value}> "call.txt" ;
        <{nif}isString> "The ministers met.\\n\\nThey spoke of cables." ."""

    def fill(store):
        triples = [quad.triple for quad in ox.parse(facts, ox.RdfFormat.TURTLE)]
        store.put([DocumentWrite.of("urn:g", triples, sha256="0", converter="t", source="t")])

    page = show(over(fill), "/page/document/x/1")
    assert page.css_first("h1").text() == "call.txt"
    assert [node.text() for node in page.css(".text p")] == ["The ministers met.", "They spoke of cables."]
