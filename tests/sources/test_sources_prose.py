from datetime import date

import pytest

MARKDOWN = """---
title: "Readout of the Council\\u2019s Call with the\\
  \\ Fisheries\\_Board"
date: '2019-04-02'
published_time: 2019-04-03 01:12:47+02:00
source_url: https://www.state.gov/2019/04/02/readout-of-the-call/?utm_source=x#top
language: en_US
tags: [a, b]
---

**Participants:**
-   Anna Oak\\*, *Chair* of the <u>Board</u>
-   [Ben
    Elm](https://example.org/elm_(b)), Mayor

![a fish](fish.png)
On April 2<sup>nd</sup>, Ms. Oak of the North<s>e</s>rn Board &amp; Mr.
Elm spoke of __cod__. They \\_agreed\\_ on 2\\. See <https://example.org/x>

# Next steps

> They will meet again.

| Port | Boats |
|------|-------|
| Ulva | 12    |

\\###
"""


def test_markdown_with_front_matter_becomes_a_readout(one) -> None:
    found = one("2019-call.md", MARKDOWN)
    assert found.text.split("\n\n") == [
        "Readout of the Council’s Call with the Fisheries Board",
        "Participants:",
        "- Anna Oak, Chair of the Board\n- Ben Elm, Mayor",
        "On April 2nd, Ms. Oak of the Northern Board & Mr. Elm spoke of cod. They agreed on 2. See",
        "Next steps",
        "They will meet again.",
        "Port, Boats",
        "Ulva, 12",
    ]
    assert found.title.of(found.text) == "Readout of the Council’s Call with the Fisheries Board"
    assert (found.issued, found.language) == (date(2019, 4, 2), "en-US")
    assert found.source == "https://www.state.gov/2019/04/02/readout-of-the-call/?utm_source=x"
    assert found.publisher == "Department of State"
    assert found.id == "us-state/2019-04-02-readout-of-the-call"
    assert found.identifier == "2019-call.md"


def test_a_title_that_the_body_repeats_stands_once(one, body) -> None:
    found = one("a.md", f"---\ntitle: Talks in Bern\n---\n# Talks in Bern\n\n{body}")
    assert found.text == f"Talks in Bern\n\n{body}"


def test_a_bold_line_is_a_heading_but_not_within_a_wrapped_sentence(one) -> None:
    text = "**Speakers**\nAnna Oak spoke with\n**the Board**\nof Ulva.\n\n<u>*Guests*</u>:\nBen Elm."
    assert one("a.md", text).text == "Speakers\n\nAnna Oak spoke with the Board of Ulva.\n\nGuests:\n\nBen Elm."


def test_hard_breaks_of_markdown_separate_lines(one) -> None:
    text = "The guests came.\n\nAnna Oak, Chair  \nBen Elm, Mayor\\\nCid Ash, Clerk  \nof the court"
    assert one("a.md", text).text.split("\n\n")[1:] == [
        "Anna Oak, Chair",
        "Ben Elm, Mayor",
        "Cid Ash, Clerk of the court",
    ]


def test_plain_text_with_letterhead_has_its_heading_as_title(one, body) -> None:
    letterhead = "The White House\nOffice of the Press Secretary\n\nFor Immediate Release\n\nMarch 12, 2015"
    raw = f"{letterhead}\n\nReadout of Anna Oak's Visit to the Fish Market\n\n{body} ###\n\n# # #\n"
    found = one("oak.txt", raw)
    assert found.title.of(found.text) == "Readout of Anna Oak's Visit to the Fish Market"
    assert (found.publisher, found.issued) == ("The White House", date(2015, 3, 12))
    assert found.text.endswith(body)
    assert "Immediate" not in found.text
    assert found.id == "us-whitehouse/oak"


def test_plain_text_may_begin_with_header_lines(one, body) -> None:
    found = one(
        "a.txt", f"Title: Talks in Bern\nDate: 5 March 2024\nSource: Federal Fisheries Office\nNote: x\n\n{body}"
    )
    assert found.text == f"Talks in Bern\n\n{body}"
    assert (found.issued, found.publisher) == (date(2024, 3, 5), "Federal Fisheries Office")


def test_a_label_in_the_first_line_is_no_header(one) -> None:
    assert one("a.txt", "Participants: Anna Oak\n\nThey met.").text == "Participants: Anna Oak\n\nThey met."


def test_text_that_begins_with_a_sentence_has_no_title(one, body) -> None:
    assert one("a.txt", body).title is None


def test_the_debris_of_a_blog_goes_and_the_attribution_stays(one, body) -> None:
    raw = (
        "The following is attributable to Spokesperson Cid Ash:\n\n"
        f"{body}\n\nSource: The White House, Office of the Press Secretary\nShare this:\nFacebook | Twitter\n"
        "Click here to subscribe to our news\n2\nNo comments:\nPost a Comment\nFirst! said Bob.\n"
    )
    found = one("blog.txt", raw)
    assert found.text == (
        "The following is attributable to Spokesperson Cid Ash:\n\n"
        f"{body}\n\nSource: The White House, Office of the Press Secretary"
    )
    assert found.publisher == "The White House"


@pytest.mark.parametrize(
    "line", ["Home affairs were discussed.", "Share prices fell. They discussed it.", "print and\nshare"]
)
def test_sentences_that_look_like_debris_stay(one, line) -> None:
    assert one("a.txt", f"They met in Bern.\n\n{line}").text.endswith(line.replace("\n", " "))


@pytest.mark.parametrize(
    ("front", "says"),
    [
        ("title: Readout: a call", "line 2"),
        ("title: [unclosed", "malformed front matter"),
        ("date: 2024-13-45", "month"),
        ("a: " + "[" * 30_000, "malformed front matter"),
        ("title: !!python/object/apply:os.system ['x']", "malformed front matter"),
    ],
)
def test_malformed_front_matter_is_one_clear_issue(problem, front, says) -> None:
    found = problem("bad.md", f"---\n{front}\n---\nThey met.")
    assert found.code == "Unreadable"
    assert says in found.reason


def test_aliases_of_yaml_cannot_blow_up(one) -> None:
    bomb = "a: &a [x]\n" + "".join(
        f"k{n}: &k{n} [*{'k' + str(n - 1) if n else 'a'}, *{'k' + str(n - 1) if n else 'a'}]\n" for n in range(40)
    )
    assert one("a.md", f"---\n{bomb}title: *k39\n---\nThey met.").text == "They met."


def test_front_matter_without_text_is_an_issue(problem) -> None:
    assert "no text" in problem("a.md", "---\ntitle: A Call\n---\n\n").reason


def test_a_ruled_line_at_the_top_is_no_front_matter(one) -> None:
    assert one("a.md", "---\n\nThey met.\n\n---\n\nThey parted.").text == "They met.\n\nThey parted."
