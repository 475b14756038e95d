"""The pages in a real browser: without scripts, by keyboard, on a narrow screen, with content that means harm."""

import json

import pytest

DOCUMENT = "/page/document/us-state/2016-05-24-blinken-rossier"
READ = (
    *("/", "/map", "/timeline", "/ontology", "/about", "/api", "/questions", DOCUMENT, "/page/official/antony-blinken"),
    *("/page/place/japan", "/page/meeting/us-state/2016-05-24-blinken-rossier/1", "/page/official/nobody"),
    "/compare/meeting/us-state/2016-05-24-blinken-rossier/1",
)


def background(locator):
    return locator.evaluate("element => getComputedStyle(element).backgroundColor")


def test_a_reader_without_scripts_comes_from_a_name_to_the_highlighted_sentence(visit, site):
    page = visit(site, java_script_enabled=False)
    page.get_by_role("searchbox").fill("rossier")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("link", name="Yves Rossier", exact=True).first.click()
    assert page.get_by_role("heading", level=1).text_content() == "Yves Rossier"
    page.locator("#posts ~ .plain a.why").first.click()
    mark = page.locator("mark:target")
    assert "Rossier" in mark.text_content()
    assert background(mark) != background(page.locator("mark:not(:target)").last)
    assert background(page.locator(".sentence:has(:target)")) != background(page.locator(".sentence").last)


def test_the_first_key_offers_to_skip_to_the_content(visit, site):
    page = visit(site + DOCUMENT)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    assert skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"


@pytest.mark.parametrize("width", [390, 768])
def test_no_page_is_wider_than_the_screen(visit, site, width):
    page = visit(site, width=width)
    for address in READ:
        page.goto(site + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_a_label_that_would_break_out_of_its_place_does_nothing(visit, serve, load, tmp_path):
    label = "</script><script>document.title='taken'</script><img src=x onerror=alert(1)>\u202egpj"
    terms = "https://w3id.org/readout/ontology#"
    (tmp_path / "harm.ttl").write_text(
        f"<https://w3id.org/readout/official/x> a <{terms}Official> ;\n"
        f"<http://www.w3.org/2000/01/rdf-schema#label> {json.dumps(label)} .\n",
        encoding="utf-8",
    )
    load(tmp_path / "store", tmp_path / "harm.ttl")
    page = visit(serve(tmp_path / "store") + "/page/official/x")
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    assert page.get_by_role("heading", level=1).text_content() == label
    assert page.title() != "taken"
    data = page.evaluate("JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').text)")
    assert data["name"] == label
