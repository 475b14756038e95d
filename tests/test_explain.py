"""What a reader is told of a text: who is named, which facts it is evidence for, and why something was not taken."""

import json
import re
from pathlib import Path

import pytest

from kg.explain import explain
from kg.extract import extract
from kg.resolve import resolve
from kg.resources import demonstration
from kg.sources import read, readout
from tests.cli.conftest import kg

TEXT = """\
Today, Minister of Ports Ann Ewe of Norway met with Prime Minister Bo Oak of Kenya in Monaco.

They discussed fisheries and a fund for the coast. Minister Ewe thanked the Prime Minister, and the Fisheries Ministers.

Cy Elm called the talks useful. The Great Herring Parade passes there in May, past the HERRING GATE.
"""


def told(text=TEXT, phrase=None, **more):
    """The explanation of *text*; with *phrase*, of the sentence that has it."""
    explanation = explain(readout(text, date="2024-05-03", **more))
    if phrase is None:
        return explanation
    return next(item for item in explanation.told if phrase in item.sentence.of(explanation.readout.text))


def reasons(item, text=TEXT):
    return {note.span.of(text): note.reason for note in item.rejected}


def test_each_sentence_comes_once_and_in_order():
    explanation = told()
    words = " ".join(item.sentence.of(explanation.readout.text) for item in explanation.told)
    assert words.split() == explanation.readout.text.split()


def test_names_are_marked_with_what_they_mean():
    item = told(phrase="Today")
    marked = {mark.mention.span.of(TEXT): mark.entity.id for mark in item.marks}
    assert marked["Ann Ewe"] == "official/ann-ewe"
    assert marked["Norway"] == "place/norway"
    assert marked["Monaco"] == "place/monaco"


def test_no_mark_lies_within_another():
    for item in told().told:
        ends = [mark.mention.span.end for mark in item.marks]
        starts = [mark.mention.span.start for mark in item.marks]
        assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))


def test_facts_stand_with_the_sentence_that_says_them_with_rule_and_confidence():
    opening, talks = told(phrase="Today"), told(phrase="fisheries")
    assert {fact.kind for fact in opening.facts} == {"holding", "meeting", "participation"}
    assert [(fact.kind, fact.evidence.rule) for fact in talks.facts] == [("statement", "statements.finite")]
    assert "meeting 1: in-person; held; 2024-05-03; Monaco" in {fact.words for fact in opening.facts}
    assert all(0 < fact.evidence.confidence <= 1 for fact in opening.facts)


def test_every_fact_of_a_readout_stands_with_a_sentence():
    for text in read(demonstration()):
        explanation = explain(text)
        extraction = explanation.extraction
        expected = (
            sum(len(person.holdings) for person in extraction.people)
            + sum(len(meeting.evidence) + len(meeting.participations) for meeting in extraction.meetings)
            + len(extraction.statements)
        )
        assert sum(len(item.facts) for item in explanation.told) == expected, text.id


def test_to_ask_for_reasons_changes_nothing():
    for text in read(demonstration()):
        assert explain(text).extraction == resolve(extract(text))


def test_a_generic_noun_is_not_taken_for_an_initiative():
    assert reasons(told(phrase="fisheries"))["fund"].startswith("generic")


def test_an_office_of_nobody_is_not_taken():
    assert reasons(told(phrase="Fisheries"))["Fisheries Ministers"] == "office-holders of whom none is named"


def test_a_name_without_a_title_is_not_taken_for_a_person():
    assert "no title stands beside it" in reasons(told(phrase="Elm"))["Cy Elm"]


def test_words_that_nothing_has_looked_at_are_told():
    assert reasons(told(phrase="Parade"))["HERRING GATE"] == "looks like a name, but no rule knows of what"


def test_a_plan_that_is_a_policy_is_not_taken_for_an_encounter():
    text = TEXT + "\nMinister Ewe will continue to meet with partners.\n"
    item = told(text, phrase="partners")
    assert any(note.rule.startswith("meetings") for note in item.rejected)


def test_the_publishers_own_voice_is_no_statement():
    text = TEXT + "\nThe Norwegian port authority stressed nothing. Norway will build a lighthouse.\n"
    notes = [note for item in told(text).told for note in item.rejected if note.rule.startswith("statements")]
    assert notes


# --- the command --------------------------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path) -> Path:
    path = tmp_path / "ports.txt"
    path.write_text(TEXT)
    return path


def test_without_colour_names_stand_in_brackets(file):
    for result in (kg("explain", file), kg("explain", file, NO_COLOR="1", FORCE_COLOR="1")):
        assert result.status == 0
        assert "Minister of Ports [Ann Ewe: person] of [Norway: place] met" in result.out
        assert "[They: person" not in result.out
        assert "not taken     “fund”: generic" in result.out


def test_on_a_terminal_names_are_in_colour(file):
    out = kg("explain", file, FORCE_COLOR="1", TERM="xterm-256color").out
    assert "\x1b[1;36mAnn Ewe\x1b[0m" in out
    assert "[Ann Ewe" not in out
    plain = re.sub(r"\x1b\[[0-9;]*m", "", out)
    assert "Minister of Ports Ann Ewe of Norway met" in plain


def test_as_json_each_readout_is_one_line_with_offsets_into_its_text(file):
    (file.parent / "same.txt").write_text(TEXT)
    result = kg("explain", file, file.parent / "same.txt", "--format", "json")
    lines = [json.loads(line) for line in result.out.splitlines()]
    assert len(lines) == 2
    record = lines[0]
    (text,) = [document.text for document in read(file)]
    assert record["encounters"] == 1
    for sentence in record["sentences"]:
        for piece in (sentence, *sentence["names"], *sentence["facts"], *sentence["not_taken"]):
            assert text[piece["start"] : piece["end"]] == piece["text"]
    assert {"kind", "is", "rule", "confidence"} <= record["sentences"][0]["names"][0].keys()


def test_as_html_it_is_one_page(file):
    out = kg("explain", file, "--format", "html").out
    assert out.startswith("<!DOCTYPE html>")
    assert "Ann Ewe" in out


def test_words_of_ones_own_are_explained_too(file, tmp_path):
    words = tmp_path / "events-mine.tsv"
    words.write_text("name\taliases\nGreat Herring Parade\t\n")
    assert "[Great Herring Parade: event]" in kg("explain", file, "--lexicon", words).out


def test_a_text_without_an_encounter_is_explained_and_said_to_be_none(tmp_path):
    (tmp_path / "notice.txt").write_text("The harbour office closes at noon on Friday.\n")
    result = kg("explain", tmp_path / "notice.txt")
    assert result.status == 0
    assert "No encounter is told of" in result.out


def test_what_cannot_be_read_is_one_line_and_the_rest_is_explained(file, tmp_path):
    (tmp_path / "empty.txt").write_text("")
    result = kg("explain", tmp_path / "empty.txt", file)
    assert result.status == 1
    assert "Ann Ewe" in result.out
    assert result.err.count("\n") == 1
