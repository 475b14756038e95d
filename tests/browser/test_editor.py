"""The editor on /sparql, driven as its users do."""

import re
import subprocess
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the extra dev has it").expect

CALLS = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX readout: <https://w3id.org/readout/ontology#>
PREFIX schema: <https://schema.org/>
SELECT ?meeting ?person ?date (1 AS ?n) {
  ?meeting readout:participant ?person ; schema:startDate ?date .
}"""


def editor(page):
    """The text of the query, but not the plain form's, which stands there until the script has come."""
    return page.locator("#workbench").get_by_role("textbox", name="Query, in SPARQL")


def write(page, text):
    """Replace the query by *text*, as if pasted."""
    editor(page).click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def type_over(page, text):
    """Replace the query by *text*, key by key."""
    write(page, "#")
    page.keyboard.press("Backspace")
    page.keyboard.type(text)


def written(page):
    return "\n".join(page.locator(".cm-line").all_text_contents())


def code(page):
    return page.locator(".cm-content")


def ask(page, site, text, view=""):
    page.goto(f"{site}/sparql?query={quote(text)}{view and '#' + view}")
    page.get_by_role("tabpanel").wait_for()


def rows(page):
    return page.locator(".wb-scroll tbody tr")


def test_a_term_is_completed_and_its_prefix_declared(visit, site):
    page = visit(f"{site}/sparql")
    type_over(page, "SELECT * { ?m a Meet")
    page.get_by_role("option", name="readout:Meeting").wait_for()
    page.wait_for_timeout(200)  # a proposal that has only just come up is not chosen by mistake
    page.keyboard.press("Enter")
    page.keyboard.type(" ; rdfs:")
    expect(code(page)).to_contain_text("PREFIX rdfs:")
    assert "PREFIX readout: <https://w3id.org/readout/ontology#>" in written(page)
    assert "?m a readout:Meeting ; rdfs:" in written(page)


def test_a_property_that_has_few_values_offers_them(visit, site):
    page = visit(f"{site}/sparql")
    type_over(page, "SELECT * { ?statement readout:act ")
    page.get_by_role("option", name="act:agree").wait_for()


@pytest.mark.parametrize("name", ["Rice", "Susan Ri"])
def test_an_entity_is_found_by_its_name(visit, site, name):
    page = visit(f"{site}/sparql")
    type_over(page, f"SELECT * {{ ?m readout:participant {name}")
    page.get_by_role("option", name=re.compile("Susan Rice")).first.click()
    assert re.search(r"readout:participant <https://w3id\.org/readout/official/susan-rice>", written(page))


def test_what_the_server_finds_wrong_is_marked_where_it_is(visit, site):
    page = visit(f"{site}/sparql")
    write(page, "SELECT * {\n  ?s ?p ?o ?oops }")
    page.keyboard.press("Control+Enter")
    page.get_by_role("alert").filter(has_text="line 2, column 12").wait_for()
    page.locator(".cm-lint-marker-error").wait_for()
    assert page.locator(".cm-lintRange-error").inner_text() == "?oops"


def test_what_is_seen_to_be_wrong_is_marked_while_one_types(visit, site):
    page = visit(f"{site}/sparql")
    write(page, "SELECT ?naem { ?s rdfs:label ?name . ?s unknown:p 1")
    page.locator(".cm-lintRange-warning", has_text="?naem").wait_for()
    page.locator(".cm-lintRange-error", has_text="unknown:p").wait_for()


def test_a_query_is_laid_out(visit, site):
    page = visit(f"{site}/sparql")
    write(page, "select * where{?s ?p ?o.optional{?s ?q ?r}} limit 3")
    page.get_by_role("button", name="Format").click()
    assert written(page) == "SELECT *\nWHERE {\n  ?s ?p ?o .\n  OPTIONAL { ?s ?q ?r }\n}\nLIMIT 3\n"


def test_rows_are_named_sorted_and_filtered(visit, site):
    page = visit(f"{site}/sparql")
    ask(page, site, CALLS)
    first = rows(page).first.locator("td")
    expect(page.locator(".wb-scroll tbody")).not_to_contain_text("meeting/")
    assert first.nth(1).get_by_role("link").get_attribute("href").startswith("/page/meeting/")
    page.get_by_role("button", name="date", exact=True).click()
    dates = [cell.inner_text() for cell in rows(page).locator("td:nth-child(4)").all()]
    assert dates == sorted(dates)
    page.get_by_role("button", name="date", exact=True).click()
    assert first.nth(3).inner_text() >= dates[-1]
    assert page.get_by_role("columnheader", name="date").get_attribute("aria-sort") == "descending"
    page.get_by_label("Filter rows").fill("rice")
    page.get_by_role("status").filter(has_text=re.compile(r"^\d+ of \d+ rows$")).wait_for()
    assert all("rice" in text.lower() for text in rows(page).all_inner_texts())
    page.get_by_label("Labels for IRIs").uncheck()
    assert "official/" in rows(page).first.inner_text()


@pytest.mark.parametrize(
    ("view", "drawn"),
    [("Graph", "canvas"), ("Time line", ".view-time .mark"), ("Chart", ".view-chart .mark")],
)
def test_a_result_is_drawn_and_saved(visit, site, findings, view, drawn):
    page = visit(f"{site}/sparql")
    ask(page, site, CALLS)
    page.get_by_role("tab", name=view).click()
    page.get_by_role("tabpanel").locator(drawn).first.wait_for()
    assert page.get_by_role("tab", name=view).get_attribute("aria-selected") == "true"
    assert findings(page) == []
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a picture").click()
    begins = Path(download.value.path()).read_bytes()[:8]
    assert begins.startswith(b"\x89PNG" if view == "Graph" else b"<svg ")


def test_a_chart_is_made_of_the_columns_that_a_reader_chooses(visit, site, findings):
    page = visit(f"{site}/sparql")
    ask(
        page,
        site,
        "SELECT * { VALUES (?name ?calls ?visits) { ('Norway' 7 1) ('Peru' 6 9) ('Norway' 2 4) } }",
        view="chart",
    )
    figures = page.locator(".view-chart .figure")
    expect(figures).to_have_text(["7", "6", "2"])
    page.get_by_label("Bars").select_option("name")
    page.get_by_label("Length").select_option("visits")
    expect(figures).to_have_text(["9", "5"])
    expect(page.locator(".view-chart .name")).to_have_text(["Peru", "Norway"])
    assert findings(page) == []


def test_countries_are_put_on_a_map(visit, site):
    page = visit(f"{site}/sparql")
    ask(
        page,
        site,
        "SELECT ?country (COUNT(*) AS ?n) { ?m <https://w3id.org/readout/ontology#side> ?country } GROUP BY ?country",
    )
    page.get_by_role("tab", name="Map").click()
    page.locator(".view-map a[href^='/page/place/'] circle").first.wait_for()


def test_a_view_that_does_not_fit_says_what_it_needs(visit, site):
    page = visit(f"{site}/sparql")
    ask(page, site, "SELECT ('a' AS ?x) {}")
    tab = page.get_by_role("tab", name="Map")
    assert tab.get_attribute("aria-disabled") == "true"
    assert "?lat" in tab.get_attribute("title")


def test_a_slow_query_is_cancelled(visit, site):
    page = visit(f"{site}/sparql")
    write(page, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("status").filter(has_text="Cancelled.").wait_for()
    page.get_by_role("button", name="Run").wait_for()


def test_a_link_opens_the_query_and_its_view(visit, site):
    page = visit(f"{site}/sparql")
    ask(page, site, CALLS)
    page.get_by_role("tab", name="Chart").click()
    page.locator(".view-chart").wait_for()
    address = page.url
    assert parse_qs(urlsplit(address).query)["query"] == [CALLS]
    again = visit(address)
    again.locator(".view-chart").wait_for()
    assert written(again) == CALLS


def test_the_way_back_leads_to_the_query_before(visit, site):
    page = visit(f"{site}/sparql")
    ask(page, site, "SELECT (1 AS ?first) {}")
    write(page, "SELECT (2 AS ?second) {}")
    page.keyboard.press("Control+Enter")
    page.get_by_role("columnheader", name="second").wait_for()
    page.go_back()
    page.get_by_role("columnheader", name="first").wait_for()
    assert written(page) == "SELECT (1 AS ?first) {}"


def test_a_scholar_takes_a_saved_question_away_as_csv(visit, site):
    page = visit(f"{site}/sparql")
    page.get_by_label("Find a question").fill("met whom")
    page.get_by_role("button", name="Who met whom most").click()
    form = page.get_by_role("form", name="Who met whom most")
    form.get_by_label("How many encounters a pair must have had").fill("1")
    form.get_by_role("button", name="Answer").click()
    expect(code(page)).to_contain_text("VALUES ?least { 1 }")
    page.get_by_role("columnheader", name="encounters").wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    assert lines[0] == "one,other,oneName,otherName,encounters"
    assert len(lines) > 1


def test_a_value_that_does_not_fit_a_parameter_is_said(visit, site):
    page = visit(f"{site}/sparql")
    page.get_by_role("button", name="Who met whom most").click()
    form = page.get_by_role("form", name="Who met whom most")
    form.get_by_label("How many encounters").fill("many")
    form.get_by_role("button", name="Answer").click()
    form.get_by_role("alert").filter(has_text="'many' is not a whole number").wait_for()


def test_what_was_asked_is_kept(visit, site):
    page = visit(f"{site}/sparql")
    ask(page, site, "SELECT (42 AS ?answer) {}")
    page.goto(f"{site}/sparql")
    page.get_by_text("History", exact=True).click()
    page.get_by_role("button", name="SELECT (42 AS ?answer) {}").click()
    assert written(page) == "SELECT (42 AS ?answer) {}"


def test_the_query_can_be_had_as_code(visit, site):
    page = visit(f"{site}/sparql")
    page.get_by_role("button", name="Code").click()
    dialogue = page.get_by_role("dialog", name="This query as code")
    assert f"'{site}/sparql'" in dialogue.get_by_label("curl").inner_text()
    assert "read_csv" in dialogue.get_by_label("Python").inner_text()
    assert "library(httr2)" in dialogue.get_by_label("R", exact=True).inner_text()
    page.keyboard.press("Escape")
    assert dialogue.count() == 0


def test_the_code_for_curl_works_as_it_is(visit, site):
    text = quote("SELECT ('it is' AS ?x) { } # it's")
    page = visit(f"{site}/sparql?query={text}")
    page.get_by_role("button", name="Code").click()
    text = page.get_by_role("dialog").get_by_label("curl").text_content()
    done = subprocess.run(["sh", "-c", text], capture_output=True, text=True, timeout=60)
    assert done.stdout.splitlines() == ["x", "it is"]


def test_hostile_values_are_shown_and_do_nothing(visit, site):
    markup = "<img src=x onerror=alert(1)><script>alert(1)</script>"
    text = f"""SELECT ?s ("{markup}" AS ?label) (IRI("javascript:alert(1)") AS ?link) ("\u202egnitirw" AS ?turned)
      ("POINT(1 2)" AS ?where) ("2024-05-06" AS ?date) (7 AS ?n) ("{"long " * 10_000}" AS ?long)
    {{ VALUES ?s {{ <urn:a> <urn:b> }} }}"""
    page = visit(f"{site}/sparql")
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    write(page, text)
    page.keyboard.press("Control+Enter")
    page.get_by_role("cell", name=markup).first.wait_for()
    for view in ("Map", "Time line", "Chart", "Graph", "Raw"):
        page.get_by_role("tab", name=view).click()
        page.get_by_role("tabpanel").locator("svg, canvas, pre").first.wait_for()
        assert page.locator(".wb-results :is([href^='javascript:'], img, script)").count() == 0


def test_a_hundred_thousand_rows_are_turned_over_page_by_page(visit, site):
    digits = "VALUES ?%s { 0 1 2 3 4 5 6 7 8 9 }"
    text = "SELECT ?a ?b ?c ?d ?e { " + " ".join(digits % name for name in "abcde") + " }"
    page = visit(f"{site}/sparql")
    ask(page, site, text)
    page.get_by_role("heading", name="100,000 rows").wait_for()
    assert rows(page).count() == 50
    page.get_by_role("button", name="Last page").click()
    assert rows(page).last.locator("td").first.inner_text() == "100,000"
    page.get_by_role("button", name="a", exact=True).click()
    assert rows(page).first.locator("td").nth(1).inner_text() == "0"


def test_the_keyboard_leads_into_the_editor_and_out_again(visit, site):
    page = visit(f"{site}/sparql")
    editor(page).focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Run"
    ask(page, site, CALLS)
    page.get_by_role("tab", name="Table").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.get_by_role("tabpanel").locator("canvas").first.wait_for()


def test_an_ask_and_a_construct_are_answered_too(visit, site):
    page = visit(f"{site}/sparql?query={quote('ASK { ?s ?p ?o }')}")
    page.locator("#workbench").get_by_text("Yes", exact=True).wait_for()
    ask(page, site, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 7")
    page.get_by_role("heading", name="7 statements").wait_for()
    assert page.get_by_role("link", name="Turtle").count() == 1


def test_without_scripts_the_form_answers_as_ever(visit, site):
    page = visit(f"{site}/sparql", java_script_enabled=False)
    page.get_by_label("Query, in SPARQL").fill("SELECT (42 AS ?answer) {}")
    page.get_by_role("button", name="Run query").click()
    assert page.get_by_role("cell", name="42").is_visible()
    assert page.get_by_role("link", name="CSV").is_visible()


def test_the_graphs_that_the_address_names_are_the_dataset(visit, site):
    text = quote("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    page = visit(f"{site}/sparql?query={text}&default-graph-uri=urn:nothing")
    page.locator(".wb-scroll").get_by_role("cell", name="0", exact=True).wait_for()
    assert "default-graph-uri=urn%3Anothing" in page.get_by_role("link", name="CSV").last.get_attribute("href")


def test_rows_are_copied_as_they_are_read(visit, site):
    page = visit(f"{site}/sparql", permissions=["clipboard-read", "clipboard-write"])
    ask(page, site, CALLS)
    page.get_by_label("Filter rows").fill("susan rice")
    page.get_by_role("status").filter(has_text=re.compile(r"^\d+ of \d+ rows$")).wait_for()
    page.get_by_role("button", name="Copy rows").click()
    page.get_by_role("button", name="Copied").wait_for()
    head, *lines = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert head.split("\t") == ["meeting", "person", "date", "n"]
    assert lines
    assert all("Susan Rice" in line for line in lines)


def test_an_empty_answer_says_so(visit, site):
    page = visit(f"{site}/sparql?query={quote('SELECT ?s { ?s <urn:nothing> ?o }')}")
    page.get_by_role("heading", name="Nothing fits this query").wait_for()
