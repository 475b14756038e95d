import json
from datetime import date

import pytest

from kg.model import Issue, Readout

RECORD = {
    "id": "cod-7",
    "title": "Talks on Cod",
    "date": "2024-03-05",
    "publisher": "Ministry of Fish",
    "text": "They met.\n\nThey parted.",
}


def test_each_line_of_json_lines_is_a_document_and_a_bad_one_stops_no_other(every) -> None:
    lines = [
        json.dumps(RECORD),
        "",
        '{"text": ',
        json.dumps({"text": "They met again.", "url": "https://a.org/b/c"}),
        "[1]",
        '{"x": 1}',
    ]
    first, malformed, second, no_object, no_text = every("a.jsonl", "\n".join(lines))
    assert isinstance(first, Readout)
    assert first.text == "Talks on Cod\n\nThey met.\n\nThey parted."
    assert (first.id, first.identifier, first.issued) == ("ministry-of-fish/cod-7", "cod-7", date(2024, 3, 5))
    assert isinstance(second, Readout)
    assert (second.id, second.identifier) == ("a-org/c", "a.jsonl#4")
    assert isinstance(malformed, Issue)
    assert malformed.origin.endswith("a.jsonl:3")
    assert "malformed JSON: Expecting value at column 9" in malformed.reason
    assert isinstance(no_object, Issue)
    assert isinstance(no_text, Issue)
    assert ":6: no text" in no_text.reason


@pytest.mark.parametrize(
    "content",
    [RECORD, [RECORD], {"items": [RECORD]}, {"version": "https://jsonfeed.org/version/1.1", "items": [RECORD]}],
    ids=["object", "list", "in an object", "JSON Feed"],
)
def test_json_holds_one_record_or_several(one, content) -> None:
    found = one("a.json", json.dumps(content, indent=1))
    assert (found.id, found.title.of(found.text)) == ("ministry-of-fish/cod-7", "Talks on Cod")


def test_schema_org_and_html_fields_are_understood(one) -> None:
    item = {
        "@context": "https://schema.org",
        "headline": "Talks on Cod",
        "datePublished": "2024-03-05T10:00Z",
        "publisher": {"@type": "Organization", "name": "Ministry of Fish"},
        "html": "<p>They met.</p><p>They parted.</p>",
    }
    found = one("a.json", json.dumps(item))
    assert found.text == "Talks on Cod\n\nThey met.\n\nThey parted."
    assert (found.publisher, found.id) == ("Ministry of Fish", "ministry-of-fish/2024-03-05-talks-on-cod")


def test_json_lines_under_another_name_are_seen(every) -> None:
    assert len(every("a.json", '{"text": "They met."}\n{"text": "They parted."}\n')) == 2


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"a":' * 100_000, '{"text": "a" "b"}', "{", "3", '{"text": 1e9}', "[" + "9" * 5000 + "]"]
)
def test_malformed_or_hostile_json_is_an_issue(problem, text) -> None:
    assert problem("a.json", text).code == "Unreadable"


def test_the_hash_of_a_record_does_not_depend_on_the_others(every) -> None:
    line = json.dumps(RECORD)
    [alone] = every("a.jsonl", line)
    _, among = every("b.jsonl", '{"text": "They met."}\n' + line + "\n")
    assert alone.sha256 == among.sha256
