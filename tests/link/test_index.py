"""An index: what goes in from each kind of file, and how it is found again."""

import bz2
import gzip
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from kg.errors import InputError, NotFound
from kg.lexicon import default_lexicon
from kg.link import Gazetteer, Index, build_file, read_rows
from tests.link.conftest import HEADER, made, opened

ADA = "Q1001,Ada Example,A. Example|Ада Пример,person,Q114,Foreign Minister,Q5001,2014-03-01,2016-02,table/kenya\n"
BO = "Q1002,Bo Sample,,person,Q20,Prime Minister,Q5002,2015-01-01,,table/norway\n"


def build(folder, *files, **more) -> Index:
    target = folder / "index"
    build_file(target, [(file.name, read_rows(file), more.get("snapshot")) for file in files], default_lexicon())
    return Index.open(target)


def labels(entries) -> list[str]:
    return [entry.label for entry in entries]


@pytest.mark.parametrize("name", ["Ada Example", "ADA EXAMPLE", "a. example", "Ада Пример", "ада пример"])
def test_an_entry_is_found_by_each_of_its_names_in_any_script_and_case(tmp_path, name):
    assert labels(opened(tmp_path, ADA + BO).named(name, "person")) == ["Ada Example"]


def test_an_entry_is_found_by_surname_by_office_and_by_a_misspelt_name(tmp_path):
    index = opened(tmp_path, ADA + BO)
    assert labels(index.with_surname("Sample")) == ["Bo Sample"]
    assert labels(index.in_office(default_lexicon().post_key("Minister of Foreign Affairs"), "Q114")) == ["Ada Example"]
    assert labels(index.like("Adah Exampel"))[:1] == ["Ada Example"]
    assert labels(index.like("Ада Примир"))[:1] == ["Ada Example"]


def test_text_that_fts5_has_a_meaning_for_is_only_text(tmp_path):
    index = opened(tmp_path, ADA)
    for name in ('"', "' OR 1", "Ada AND NOT NEAR(", "*", "ab", ""):
        assert labels(index.like(name)) in ([], ["Ada Example"])


def test_a_persons_terms_add_up_over_rows_and_files_and_come_once(tmp_path):
    more = tmp_path / "more.csv"
    more.write_text(HEADER + ADA + "Q1001,Ada Example,Adie,person,Q114,President,,2019,,table/kenya\n")
    first = tmp_path / "first.csv"
    first.write_text(HEADER + ADA)
    entry = build(tmp_path, first, more).entry("Q1001")
    assert [(term.post, term.start, term.end) for term in entry.terms] == [
        ("Foreign Minister", "2014-03-01", "2016-02"),
        ("President", "2019", ""),
    ]
    assert "Adie" in entry.names


def test_a_source_knows_to_the_latest_day_that_a_term_of_it_begins_unless_a_day_is_given(tmp_path):
    assert {term.known_to for term in opened(tmp_path, ADA + BO).entry("Q1001").terms} == {date(2015, 1, 1)}
    given = opened(tmp_path, ADA + BO, name="given.csv", snapshot=date(2022, 6, 30))
    assert {term.known_to for term in given.entry("Q1002").terms} == {date(2022, 6, 30)}


def test_the_two_ids_in_circulation_for_a_country_are_one(tmp_path):
    entry = opened(tmp_path, "Q1003,Cy Dane,,person,Q756617,Prime Minister,,2011,,x\n").entry("Q1003")
    assert entry.terms[0].country == "Q35"


def test_a_row_that_is_unfit_is_left_out_and_named_and_the_others_are_taken(tmp_path):
    table = tmp_path / "t.csv"
    table.write_text(
        HEADER + ADA + "Q7,Di Late,,person,,Minister,,2014s,,x\nQxx,No Id,,person,,,,,,x\nQ8,,,person,,,,,,x\n"
    )
    unfit = build_file(tmp_path / "index", [("t.csv", read_rows(table), None)], default_lexicon())
    assert [line.split("): ")[0] for line in unfit] == [
        "t.csv, row 2 (Q7 Di Late",
        "t.csv, row 3 (Qxx No Id",
        "t.csv, row 4 (Q8 ",
    ]
    assert Index.open(tmp_path / "index").counts()["person"] == 1


@pytest.mark.parametrize("text", ["a,b\n1,2\n", HEADER + "Q1,only two\n", HEADER + ADA.strip() + ",more\n"])
def test_a_table_of_another_layout_is_refused_whole(tmp_path, text):
    with pytest.raises(InputError):
        made(tmp_path, text)
    assert not (tmp_path / "own.csv.gazetteer").exists()


def test_what_is_no_index_is_told(tmp_path):
    (tmp_path / "other").write_text("no index, but a text that is longer than the header of a database file " * 4)
    with pytest.raises(InputError, match="is no gazetteer"):
        Index.open(tmp_path / "other")
    with pytest.raises(NotFound, match="kg gazetteer build"):
        Index.open(tmp_path / "absent")


def test_the_json_results_of_a_query_are_taken(tmp_path):
    cells = {
        "qid": "http://www.wikidata.org/entity/Q1001",
        "label": "Ada Example",
        "country_qid": "http://www.wikidata.org/entity/Q114",
        "position_label": "Foreign Minister",
        "start": "2014-03-01T00:00:00Z",
    }
    bindings = [{name: {"type": "literal", "value": value} for name, value in cells.items()}]
    result = tmp_path / "holders.json"
    result.write_text(json.dumps({"head": {"vars": list(cells)}, "results": {"bindings": bindings}}))
    [term] = build(tmp_path, result).entry("Q1001").terms
    assert (term.post, term.country, term.start) == ("Foreign Minister", "Q114", "2014-03-01")
    result.write_text('{"head": {}, "results"')
    with pytest.raises(InputError, match="SPARQL results"):
        build(tmp_path, result)


def item(qid: str, names: dict[str, str], **claims) -> dict:
    return {
        "type": "item",
        "id": qid,
        "labels": {language: {"language": language, "value": name} for language, name in names.items()},
        "aliases": {"en": [{"language": "en", "value": f"{qid} alias"}]},
        "claims": claims,
    }


def snak(value: object) -> dict:
    return {"snaktype": "value", "datavalue": {"value": value}}


def claim(qid: str, **qualifiers) -> dict:
    return {
        "mainsnak": snak({"id": qid}),
        "rank": "normal",
        "qualifiers": {p: [snak(v)] for p, v in qualifiers.items()},
    }


def time(day: str, precision: int = 11) -> dict:
    return {"time": f"+{day}T00:00:00Z", "precision": precision}


DUMP = [
    item(
        "Q1001",
        {"ru": "Ада Пример", "en": "Ada Example"},
        P31=[claim("Q5")],
        P39=[
            claim("Q5001", P580=time("2014-03-01"), P582=time("2016-02-00", 10)),
            claim("Q5009", P580=time("2009-00-00", 9)),  # an office that the dump does not have
            {"mainsnak": {"snaktype": "somevalue"}, "rank": "normal"},
            claim("Q5001", P580=time("1990-01-01")) | {"rank": "deprecated"},
        ],
    ),
    item("Q5001", {"en": "Minister of Foreign Affairs"}, P31=[claim("Q294414")], P1001=[claim("Q114")]),
    item("Q6001", {"en": "Office of Examples"}, P31=[claim("Q327333")], P17=[claim("Q114")]),
    item("Q9999", {"en": "a book"}, P31=[claim("Q571")]),
]


@pytest.mark.parametrize("packed", [None, gzip, bz2])
def test_a_dump_of_wikidata_gives_persons_with_their_offices_and_bodies(tmp_path, packed):
    text = "[\n" + ",\n".join(map(json.dumps, DUMP)) + "\n]\n"
    path = tmp_path / ("dump.json" + {None: "", gzip: ".gz", bz2: ".bz2"}[packed])
    path.write_bytes(packed.compress(text.encode()) if packed else text.encode())
    index = build(tmp_path, path, snapshot=date(2024, 1, 1))
    ada = index.entry("Q1001")
    assert ada.names == ("Ada Example", "Ада Пример", "Q1001 alias")
    assert [(t.post, t.country, t.start, t.end) for t in ada.terms] == [
        ("Minister of Foreign Affairs", "Q114", "2014-03-01", "2016-02")
    ]
    assert (index.entry("Q6001").kind, index.entry("Q6001").country) == ("organisation", "Q114")
    assert index.entry("Q9999") is None


def test_a_dump_that_breaks_off_is_told_with_the_line(tmp_path):
    path = tmp_path / "dump.jsonl"
    path.write_text(json.dumps(DUMP[0]) + "\n" + json.dumps(DUMP[1])[:40])
    with pytest.raises(InputError, match="line 2"):
        build(tmp_path, path)
    packed = tmp_path / "dump.jsonl.gz"
    packed.write_bytes(gzip.compress(json.dumps(DUMP[0]).encode() * 50)[:-30])
    with pytest.raises(InputError):
        build(tmp_path, packed)


def test_a_file_of_another_kind_is_told(tmp_path):
    (tmp_path / "x.xlsx").write_bytes(b"x")
    with pytest.raises(InputError, match=r"\.csv"):
        build(tmp_path, tmp_path / "x.xlsx")


def test_a_search_has_the_likest_of_all_indexes_first_and_what_each_knows_of_it(tmp_path):
    near = "".join(f"Q2{n},Bo Sampler{n},,person,,,,,,x\n" for n in range(30))
    first = opened(tmp_path, near + "Q1,Ewe Town,,city,Q114,pop 900,,,,x\n", name="first.csv")
    second = opened(tmp_path, BO + "Q1,Ewe Town,Ewe,city,Q114,pop 1200,,,,x\n", name="second.csv")
    gazetteer = Gazetteer([first, second], default_lexicon())
    assert gazetteer.search("bo sample", limit=3)[0].qid == "Q1002"
    [town] = gazetteer.search("Ewe Town", "place")
    assert (town.population, town.names) == (1200, ("Ewe Town", "Ewe"))


def test_an_index_is_read_by_many_threads(tmp_path):
    index = opened(tmp_path, ADA + BO)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda name: labels(index.like(name)), ["Ada Exampel", "Bo Sampel"] * 50))
    assert [each[0] for each in found] == ["Ada Example", "Bo Sample"] * 50


def test_an_index_gives_the_rows_that_it_can_be_built_of_again(tmp_path):
    text = ADA + BO + "Q1001,Ada Example,,person,Q114,President,,2019,,table/kenya\nQ1,Ewe Town,,city,Q114,pop 9,,,,x\n"
    index = opened(tmp_path, text)
    target = tmp_path / "again"
    build_file(target, [("again", index.rows(), None)], default_lexicon())
    assert list(Index.open(target).entries()) == list(index.entries())
    assert {row.qid for row in index.rows(frozenset({"Q1001"}))} == {"Q1002", "Q1"}
