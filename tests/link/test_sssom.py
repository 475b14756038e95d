"""Mappings as SSSOM: what is written comes back the same, and what is unfit is told with its line."""

import re
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from kg.errors import InputError, NotFound
from kg.link.sssom import MACHINE, PERSON, Mapping, read_mappings, to_tsv

ADA = Mapping("official/ada-example", "Ada Example", "owl:sameAs", "Q1001", "Ada E.", PERSON, author_label="me")
BO = Mapping(
    "official/bo", "Bo, \"the\" 'Ø'", "skos:closeMatch", "Q1002", "Bo", MACHINE, confidence="0.512", comment="a; b"
)
CY = Mapping("place/cy", "Cy", "skos:exactMatch", "Q1003", "Cy", PERSON, predicate_modifier="Not")
AWAY = Mapping("https://elsewhere.example/x#y", "Y", "skos:exactMatch", "Q1004", "Y", MACHINE)


def test_mappings_survive_the_way_through_a_file(tmp_path):
    path = tmp_path / "links.sssom.tsv"
    path.write_text(to_tsv([CY, BO, AWAY, ADA]), encoding="utf-8")
    assert set(read_mappings(path)) == {ADA, BO, CY, AWAY}
    assert to_tsv(read_mappings(path)) == path.read_text(encoding="utf-8")


def test_a_label_may_hold_a_line_end_of_unicode(tmp_path):
    odd = Mapping("place/cy", "Cy\u2028prus\x85", "skos:exactMatch", "Q1003", "Cy", MACHINE, confidence="0.9")
    path = tmp_path / "odd.tsv"
    path.write_text(to_tsv([odd, ADA]), encoding="utf-8")
    assert len(read_mappings(path)) == 2


def test_a_file_is_what_the_specification_says_slot_by_slot():
    slots = tomllib.loads((Path(__file__).parent / "sssom_slots.toml").read_text(encoding="utf-8"))
    lines = to_tsv([ADA, BO, CY, AWAY]).split("\n")[:-1]
    header = yaml.safe_load("\n".join(line[2:] for line in lines if line.startswith("#")))
    columns, *rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert set(slots["set_required"]) <= set(header) <= set(slots["set"].split())
    assert all(urlsplit(header[slot]).scheme == "https" for slot in slots["addresses"])
    assert set(slots["mapping_required"]) <= set(columns) <= set(slots["mapping"].split())
    for row in rows:
        cells = dict(zip(columns, row, strict=True))
        for slot in slots["references"]:
            prefix, _, tail = cells[slot].partition(":")
            assert tail.startswith("//") or (prefix in header["curie_map"] and tail)
        for slot, pattern in slots["patterns"].items():
            assert re.fullmatch(pattern, cells[slot]), (slot, cells[slot])


def test_a_file_of_another_base_and_other_prefixes_is_read(tmp_path):
    text = to_tsv([ADA], "https://other.example/").replace("wikidata", "WD")
    path = tmp_path / "other.tsv"
    path.write_text(text)
    assert read_mappings(path, "https://other.example/") == [ADA]


def test_what_the_header_says_holds_for_every_line_that_says_nothing_else(tmp_path):
    lines = to_tsv([ADA, CY]).splitlines(keepends=True)
    path = tmp_path / "links.tsv"
    path.write_text("".join(["# mapping_tool: another\n", "# mapping_date: 2024-05-06\n", *lines]))
    assert {(m.mapping_tool, m.mapping_date) for m in read_mappings(path)} == {("another", "2024-05-06")}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("wikidata:Q1001", "wikidata:P31", "no Wikidata id"),
        ("owl:sameAs", "skos:broadMatch", "predicate"),
        ("entity:official/ada-example", "", "no identifier"),
        ("\tme\t", "\tme\tand\tmore\t", "cells"),
    ],
)
def test_an_unfit_line_is_told(tmp_path, old, new, fault):
    path = tmp_path / "links.tsv"
    path.write_text(to_tsv([ADA]).replace(old, new))
    with pytest.raises(InputError, match=f"line 10.*{fault}"):
        read_mappings(path)


def test_what_is_no_table_of_mappings_is_told(tmp_path):
    path = tmp_path / "links.tsv"
    path.write_text("a\tb\n1\t2\n")
    with pytest.raises(InputError, match="subject_id"):
        read_mappings(path)
    with pytest.raises(NotFound):
        read_mappings(tmp_path / "absent.tsv")
