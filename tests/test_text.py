import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from slugify import slugify

from kg.text import canonical, sentences, slug

PIECES = [
    "\n",
    "\n\n",
    "\r\n",
    " ",
    "\t",
    "- ",
    "–",
    "— ",
    "• ",
    "•",
    "* ",
    "1. ",
    "2) ",
    "a. ",
    "Dr.",
    "U.S.",
    "Source:",
]
WORDS = [
    "The",
    "two",
    "sides",
    "met.",
    "Ewe",
    "e",
    "\u0301",
    "\u200d",
    "\u200b",
    "\xad",
    "\xa0",
    "ක්",
    "ර",
    ".",
    "“",
    "”",
]
texty = st.lists(st.sampled_from(PIECES + WORDS + ["x" * 170]) | st.text(max_size=3), max_size=40).map("".join)


def split(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


@given(texty)
@example("–\na")
@example("•\n•a")
@example("·\n· - ")
@example("1. \n- \n\n- - ")
@example("2) \n— " + "x" * 170)
def test_canonical_text_stays_as_it_is(raw: str) -> None:
    once = canonical(raw)
    assert canonical(once) == once


@given(texty)
def test_canonical_text_is_nfc_with_plain_spaces_and_single_blank_lines(raw: str) -> None:
    text = canonical(raw)
    assert unicodedata.is_normalized("NFC", text)
    assert text == text.strip()
    assert not re.search(r"\n{3,}| \n|\n |  |[\t\r\xa0\xad\u200b\x00]", text)
    text.encode("utf-8")


@given(texty)
def test_canonical_text_loses_no_letter_or_digit(raw: str) -> None:
    def letters(text: str) -> list[str]:
        return [
            c
            for c in unicodedata.normalize("NFD", text)
            if unicodedata.category(c)[0] in "LN" and c not in "\u115f\u1160"
        ]

    assert letters(canonical(raw)) == letters(raw)


def test_hard_wraps_are_undone() -> None:
    assert canonical("The Minister received\nhis counterpart\r\nin Berne.\n\n\nThey spoke.") == (
        "The Minister received his counterpart in Berne.\n\nThey spoke."
    )


def test_a_short_last_line_ends_a_paragraph_even_without_a_blank_line() -> None:
    raw = (
        "The Minister received the delegation of the neighbouring state in\nBerne.\n"
        "Mr.\nOak thanked her for the warm welcome.\nSource: The Chancellery"
    )
    assert canonical(raw) == (
        "The Minister received the delegation of the neighbouring state in Berne.\n\n"
        "Mr. Oak thanked her for the warm welcome.\n\nSource: The Chancellery"
    )


def test_a_sentence_torn_apart_by_a_page_break_is_mended() -> None:
    assert canonical("He met the envoy of the\n\nneighbours.\n\nTrade\n\nand fish") == (
        "He met the envoy of the neighbours.\n\nTrade\n\nand fish"
    )


def test_lines_too_long_to_be_wrapped_are_paragraphs() -> None:
    first, second = "The two sides met. " * 10, "They will meet again."
    assert canonical(first + "\n" + second) == first.strip() + "\n\n" + second


def test_a_column_of_names_stays_a_column() -> None:
    assert (
        canonical("Participants\nAnna Oak (Ohio)\nBen Elm (Utah)")
        == "Participants\n\nAnna Oak (Ohio)\n\nBen Elm (Utah)"
    )


def test_list_items_keep_one_normal_mark() -> None:
    assert canonical("Topics:\n• Trade in\n  fish\n* Ports\n- Roads") == "Topics:\n\n- Trade in fish\n- Ports\n- Roads"


def test_the_items_of_a_loose_or_numbered_list_follow_each_other() -> None:
    assert canonical("They agreed on:\n\n1. fish\n\n2. ports\n3. roads\n\nThey parted.") == (
        "They agreed on:\n\n1. fish\n2. ports\n3. roads\n\nThey parted."
    )


def test_a_wrapped_dash_or_date_is_no_list_item() -> None:
    assert canonical("The leaders met\n– as planned – on August\n12. The talks went well.") == (
        "The leaders met – as planned – on August 12. The talks went well."
    )


def test_joiners_stay_where_they_are_spelling() -> None:
    assert canonical("ශ්\u200dරී Lan\u200dka") == "ශ්\u200dරී Lanka"


@given(texty)
def test_sentences_are_ordered_apart_and_leave_nothing_out_but_list_marks(raw: str) -> None:
    text = canonical(raw)
    end = 0
    for span in sentences(text):
        assert re.fullmatch(r"\s*([-*•]|\d{1,2}[.)]|[a-z][.)])?\s*", text[end : span.start])
        assert span.of(text) == span.of(text).strip()
        assert "\n" not in span.of(text)
        end = span.end
    assert end == len(text)


@pytest.mark.parametrize(
    "one",
    [
        "He met Dr. Ana Oak, Mr. Elm, Ms. Ash, Sen. Fir, Gen. Yew, Lt. Gen. Bay, Gov. Box and Rep. Fig in St. Gallen.",
        "President J. R. Oak and Joseph R. Elm Jr. Ambassador to Chad spoke.",
        "Present was Dr. Wayne A. I. Frost.",
        "The U.S. Ambassador called at 9 a.m. Eastern time.",
        "Under Resolution No. 1701 of Sept. 11 they acted.",
        "Am 12. März 2024 traf sie ihn.",
        "“Is it so? yes,” he said.",
    ],
)
def test_an_abbreviation_ends_no_sentence(one: str) -> None:
    assert split(one) == [one]


@pytest.mark.parametrize(
    "two",
    [
        ["They left the U.S.", "The visit ended."],
        ["It began at 9 a.m.", "They spoke of fish."],
        ["She met John Oak, Jr.", "He thanked her."],
        ["They met in 2024.", "Trade grew."],
        ["“We agreed.”", "“Indeed.”"],
        ["Did they agree?", "Élise Oak thinks so!", "(They did.)", "10 ships came."],
        ["It was Class A.", "I left."],
        ["The answer is no.", "Minister Oak left."],
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(two: list[str]) -> None:
    assert split(" ".join(two)) == two


def test_headings_and_list_items_are_sentences() -> None:
    assert split("Readout of the Call\n\nParticipants:\n- Anna Oak\n- Ben Elm\n\n1. Trade") == [
        "Readout of the Call",
        "Participants:",
        "Anna Oak",
        "Ben Elm",
        "Trade",
    ]


@given(st.text())
def test_a_slug_fits_into_an_iri_and_is_never_empty(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(name))


@given(st.text(alphabet="abzAZ019 ,.-/()_'’&;#é", max_size=12))
def test_a_slug_is_that_of_the_library(name: str) -> None:
    made = slugify(name, replacements=[("’", "'")])
    assert slug(name) == made or (not made and slug(name).startswith("x-"))


def test_a_slug_transliterates() -> None:
    assert slug("Mevlüt Çavuşoğlu") == "mevlut-cavusoglu"
    assert slug("Владимир Путин") == "vladimir-putin"
