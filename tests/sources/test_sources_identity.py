from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sources import readout
from kg.sources.dates import dateline, day, day_in_address, day_in_name
from kg.text import canonical


@pytest.mark.parametrize(
    "paragraph",
    [
        "Bern, 12.03.2024 - Federal Councillor Anna Oak received her colleague.",
        "Berne, 12 March 2024 – She received her colleague.",
        "WASHINGTON, March 12, 2024 – She received her colleague.",
        "WASHINGTON, D.C. (March 12, 2024) – They met.",
        "Washington, DC | Tuesday, March 12, 2024",
        "March 12, 2024",
        "Media release, 12 March 2024",
        "Date: 2024-03-12",
        "Tuesday 12th of March 2024",
        "Bern, den 12. März 2024",
        "Berne, le 12 mars 2024",
        "2024年3月12日",
        "[Office of the Harbour Minister - 2024.03.12]",
    ],
)
def test_a_dateline_tells_the_day(paragraph) -> None:
    assert dateline(["A Heading", paragraph]) == date(2024, 3, 12)


@pytest.mark.parametrize(
    "line",
    [
        "Department of Harbours Lakeside 12 March, 2024",
        "Release content 12 March 2024",
        "Tuesday 12 March 2024 Minister for Harbours",
    ],
)
def test_a_date_on_a_line_of_its_own_is_the_day_below_the_letterhead_and_at_the_end(line) -> None:
    prose = "They met. They agreed on much."
    assert dateline([*[prose] * 6, line]) == date(2024, 3, 12)
    assert dateline([*[prose] * 20, line, "-END-"]) == date(2024, 3, 12)
    assert dateline([*[prose] * 12, line, *[prose] * 12]) is None


@pytest.mark.parametrize(
    "paragraph",
    [
        "On March 12, 2024, Minister Oak met her colleague.",
        "They met on 12 March 2024.",
        "The treaty of 12 March 2024 - as amended - stands.",
        "Since 12.03.2024 - when they met - all is well.",
        "Bern, 45.13.2024 - They met.",
        "March 2024",
    ],
)
def test_a_date_within_a_sentence_is_no_dateline(paragraph) -> None:
    assert dateline([paragraph]) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-03-05", date(2024, 3, 5)),
        ("Sept. 5, 2024", date(2024, 9, 5)),
        ("20240305", date(2024, 3, 5)),
        ("25/03/2024", date(2024, 3, 25)),
        ("03/25/2024", date(2024, 3, 25)),
        ("03/05/2024", None),
        ("2024-02-30", None),
        ("2024", None),
        ("soon", None),
    ],
)
def test_a_day_is_read_where_it_is_plain_and_never_guessed(value, expected) -> None:
    assert day(value) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Posted on: March 12, 2024",
        "Posted On: 12 MAR 2024 8:34AM by the Press Office",
        "Press release | Published on 12 March 2024",
        "From: Harbour Office and Anna Oak\nPublished 12 March 2024",
        "Published 12 March 2024\nDepartment of Harbours, Lakeside",
        "Release date: 12.03.2024",
    ],
)
def test_a_line_of_the_page_tells_the_day_it_was_published(one, line) -> None:
    for text in (f"Talks on Cod\n\n{line}\n\nOak met Elm.", f"Talks on Cod\n\nOak met Elm.\n\n{line}"):
        assert one("a.txt", text).issued == date(2024, 3, 12)


@pytest.mark.parametrize(
    "prose", ["They read the list\npublished on 12 March 2024.", "Elm published it on 12 March 2024.", "Posted by Oak."]
)
def test_what_others_published_is_no_day_of_publication(one, prose) -> None:
    assert one("a.txt", f"Oak met Elm. {prose}").issued is None


def test_addresses_and_file_names_may_tell_the_day() -> None:
    assert day_in_address("https://a.gov/news/2024/03/05/talks/") == date(2024, 3, 5)
    assert day_in_address("https://a.gov/talks-20240305.html") == date(2024, 3, 5)
    assert day_in_address("https://a.gov/2024/03/talks") is None
    assert day_in_name("2021-05-26-talks.md") == date(2021, 5, 26)
    assert day_in_name("talks-7.md") is None


def test_metadata_outrank_the_address_the_dateline_and_the_file_name(one) -> None:
    text = "Bern, 03.01.2020 - Oak met Elm."
    front = "source_url: https://a.gov/2020/01/02/talks"
    assert one("2020-01-04-x.md", f"---\ndate: 2020-01-01\n{front}\n---\n{text}").issued == date(2020, 1, 1)
    assert one("2020-01-04-x.md", f"---\n{front}\n---\n{text}").issued == date(2020, 1, 2)
    assert one("2020-01-04-x.md", text).issued == date(2020, 1, 3)
    assert one("2020-01-04-x.md", "Oak met Elm.").issued == date(2020, 1, 4)
    assert one("x.md", "Oak met Elm.").issued is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.state.gov/talks-on-cod-2/", "us-state/talks-on-cod-2"),
        ("https://www.state.gov/talks/index.html", "us-state/talks"),
        ("https://www.state.gov/media/12345.html?lang=en", "us-state/media-12345"),
        ("https://www.state.gov/show?id=77&utm_source=a", "us-state/show-77"),
        ("https://www.fish.example/a/Über%20Fisch", "fish-example/uber-fisch"),
    ],
)
def test_the_id_comes_from_the_last_telling_part_of_the_address(url, expected) -> None:
    assert readout("Oak met Elm.", url=url).id == expected


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "http://", "ftp://a.org/b", "http://[broken", "/talks", "http:///x"]
)
def test_what_is_no_web_address_is_no_source(url) -> None:
    assert readout("Oak met Elm.", url=url).source is None


def test_an_address_is_made_fit_to_be_an_iri() -> None:
    assert readout("Oak met Elm.", url='https://a.org/a b"<c>').source == "https://a.org/a%20b%22%3Cc%3E"


def test_without_a_publisher_a_document_is_filed_under_unknown(one) -> None:
    assert one("talks on cod.txt", "Oak met Elm.").id == "unknown/talks-on-cod"


@pytest.mark.parametrize(
    "line", ["Source: The White House", "The White House, Office of the Press Secretary", "Source: Fish Office."]
)
def test_a_signature_names_the_publisher(one, line) -> None:
    assert one("a.txt", f"Oak met Elm.\n\n{line}").publisher in ("The White House", "Fish Office")


@pytest.mark.parametrize("name", ["THE WHITE HOUSE", "Ministry of Foreign Affairs, Foreign Employment & Tourism"])
def test_a_publisher_signs_in_a_line_of_the_letterhead_or_above_the_place_and_date(one, name) -> None:
    assert one("a.txt", f"{name}\nMedia Release\n2024-03-12\n\nTalks on Cod\n\nOak met Elm.").publisher
    assert one("a.txt", f"Oak met Elm.\n\n{name}\nLakeside\n\n12 March 2024").publisher


def test_a_publisher_that_is_only_mentioned_has_not_signed(one) -> None:
    assert one("a.txt", "Oak came to the White House.\n\nShe left.").publisher is None


@given(st.text(min_size=1), st.text())
def test_any_text_gives_a_canonical_readout_or_one_error(text: str, title: str) -> None:
    from kg.errors import InputError

    try:
        found = readout(text, title=title)
    except InputError:
        return
    assert canonical(found.text) == found.text
    assert found.title is None or found.text.startswith(found.title.of(found.text))
