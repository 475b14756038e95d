import csv
import subprocess
import sys
from calendar import monthrange
from collections import defaultdict
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

import kg.lexicon
from kg.lexicon import default_lexicon, fold
from tests.lexicon.checked import elsewhere

DATA = Path(kg.lexicon.__file__).parent / "data"
GAZETTEER = Path(__file__).parents[2].parent / "shared" / "gazetteer"
TABLES = sorted(file.name for file in DATA.glob("*.tsv"))


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def gazetteer(name):
    file = GAZETTEER / name
    if not file.exists():
        pytest.skip(f"{file.name} of the shared gazetteer is not here")
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_sorted_and_say_nothing_twice(name):
    seen = [tuple(row.values()) for row in rows(name)]
    assert len(seen) == len(set(seen))
    key = {"terms.tsv": lambda row: (row[3], row[2], row[4], row[0])}.get(name, lambda row: row[0])
    assert seen == sorted(seen, key=key)


@pytest.mark.parametrize("name", TABLES)
def test_cells_hold_no_stray_blanks_and_no_empty_or_double_alias(name):
    for row in rows(name):
        for cell in row.values():
            assert cell == cell.strip(), row
            parts = cell.split("|")
            assert len(parts) == len(set(parts)), row
            assert parts == [""] or all(part == part.strip() != "" for part in parts), row


@pytest.mark.parametrize("name", ["countries.tsv", "places.tsv", "bodies.tsv", "initiatives.tsv", "events.tsv"])
def test_no_name_or_alias_stands_for_two_things_of_one_table(name):
    owner = {}
    for row in rows(name):
        for alias in (row["name"], *filter(None, row["aliases"].split("|"))):
            assert owner.setdefault(alias, row["name"]) == row["name"], alias


def test_no_two_places_and_no_two_bodies_share_an_identifier():
    lexicon = default_lexicon()
    for entries in ((*lexicon.countries, *lexicon.places), lexicon.bodies):
        ids = [entry.id for entry in entries]
        assert {name for name in ids if ids.count(name) > 1} == set()


def test_country_ids_are_those_of_the_gazetteer():
    known = {row["position_qid"].upper(): row["qid"] for row in gazetteer("countries.csv")}
    names = {row["qid"] for row in gazetteer("countries.csv")}
    corrected = {"DK": "Q35", "NL": "Q55"}  # the gazetteer's own notes say that these are right
    for country in default_lexicon().countries:
        if country.qid:
            assert country.qid == (corrected.get(country.code) or known.get(country.code) or country.qid), country
            assert country.qid in names or country.code in corrected, country


def names(entry):
    return {fold(name) for name in (entry.name, *entry.aliases)}


def folded(row):
    return {fold(name) for name in (row["label"], *row["aliases"].split("|")) if name}


@pytest.mark.parametrize(("entries", "file"), [("places", "cities.csv"), ("bodies", "organisations.csv")])
def test_ids_of_places_and_bodies_are_those_of_the_gazetteer(entries, file):
    known = defaultdict(set)
    for row in gazetteer(file):
        known[row["qid"]] |= folded(row)
    for qid, others in elsewhere().items():
        known[qid] |= others
    for entry in getattr(default_lexicon(), entries):
        if entry.qid:
            assert (names(entry) | {fold(entry.name.removesuffix(" City"))}) & known[entry.qid], entry


def test_ids_of_initiatives_and_events_were_checked():
    known, lexicon = elsewhere(), default_lexicon()
    for entry in (*lexicon.initiatives, *lexicon.events):
        if entry.qid:
            assert names(entry) & known.get(entry.qid, set()), entry


def test_what_was_checked_elsewhere_is_in_use_and_does_not_contradict_the_gazetteer():
    lexicon = default_lexicon()
    used = {entry.qid for entry in (*lexicon.bodies, *lexicon.initiatives, *lexicon.events)}
    checked = elsewhere()
    assert checked.keys() <= used
    for file in ("organisations.csv", "positions.csv", "countries.csv", "cities.csv", "holders.csv"):
        for row in gazetteer(file):
            if row["qid"] in checked:
                assert checked[row["qid"]] & folded(row), row


def test_ids_of_persons_are_those_of_the_gazetteer():
    known = defaultdict(set)
    for row in gazetteer("holders.csv"):
        known[row["qid"]] |= folded(row)
    for term in default_lexicon().terms:
        if term.qid:
            assert {fold(name) for name in (term.person, *term.aliases)} & known[term.qid], term


def test_an_id_belongs_to_one_person():
    people = defaultdict(set)
    for term in default_lexicon().terms:
        if term.qid:
            people[term.qid].add(term.person)
    assert {qid: names for qid, names in people.items() if len(names) > 1} == {}


def test_every_post_is_one_of_a_known_country_body_or_place():
    lexicon = default_lexicon()
    known = {entry.name for entry in (*lexicon.countries, *lexicon.bodies, *lexicon.places)}
    assert {term.of for term in lexicon.terms} <= known


def test_countries_of_places_bodies_and_publishers_are_known():
    lexicon = default_lexicon()
    countries = {country.name for country in lexicon.countries}
    assert {entry.country for entry in (*lexicon.places, *lexicon.bodies)} - {None} <= countries
    assert {entry.country for entry in lexicon.publishers} <= countries | {body.name for body in lexicon.bodies}


def edges(cell, *, open_day):
    """Return earliest and latest day that a date, month or year may stand for."""
    if not cell:
        return open_day, open_day
    year, month, day = (*map(int, cell.split("-")), 0, 0)[:3]
    first = date(year, month or 1, day or 1)
    last = date(year, month or 12, day or monthrange(year, month or 12)[1])
    return first, last


def test_a_post_of_one_has_one_holder_at_a_time_but_for_the_day_of_the_hand_over():
    lexicon = default_lexicon()
    shared = {lexicon.post_key(post.title) for post in lexicon.posts if post.shared}
    held = defaultdict(list)
    for row in rows("terms.tsv"):
        if lexicon.post_key(row["post"]) not in shared:
            start, end = edges(row["start"], open_day=date.min)[1], edges(row["end"], open_day=date.max)[0]
            held[row["post"], row["of"]].append((start, end, row["person"]))
    for post, terms in held.items():
        for (_, end, person), (start, _, successor) in combinations(sorted(terms), 2):
            assert end <= start or person == successor, (post, person, successor)


@pytest.mark.parametrize(
    ("post", "of", "day", "person"),
    [
        ("President", "United States", date(2014, 3, 25), "Barack Obama"),
        ("President", "United States", date(2022, 3, 25), "Joe Biden"),
        ("Vice President", "United States", date(2022, 9, 29), "Kamala Harris"),
        ("Secretary of State", "United States", date(2012, 7, 1), "Hillary Clinton"),
        ("Foreign Minister", "Switzerland", date(2024, 3, 12), "Ignazio Cassis"),
        ("President of the Confederation", "Switzerland", date(2024, 3, 12), "Viola Amherd"),
        ("President", "Sri Lanka", date(2023, 7, 20), "Ranil Wickremesinghe"),
        ("Minister of Foreign Affairs", "Sri Lanka", date(2025, 2, 1), "Vijitha Herath"),
        ("Minister for Foreign Affairs", "Australia", date(2023, 3, 1), "Penny Wong"),
        ("Minister for Defence", "Australia", date(2023, 3, 1), "Richard Marles"),
        ("High Representative for Foreign Affairs and Security Policy", "EU", date(2022, 1, 1), "Josep Borrell"),
        ("Secretary-General", "NATO", date(2022, 1, 1), "Jens Stoltenberg"),
        ("Premier", "China", date(2015, 1, 1), "Li Keqiang"),
        ("Taoiseach", "Ireland", date(2021, 3, 17), "Micheál Martin"),
        ("Spokesperson", "National Security Council", date(2021, 5, 26), "Emily Horne"),
    ],
)
def test_well_known_holders_are_known(post, of, day, person):
    term = default_lexicon().holder(post, of, day)
    assert term is not None
    assert term.person == person


def test_the_tables_are_large_enough_to_be_of_use():
    lexicon = default_lexicon()
    least = {"countries": 200, "places": 500, "bodies": 600, "terms": 3500, "publishers": 80}
    assert {name: len(getattr(lexicon, name)) >= count for name, count in least.items()} == dict.fromkeys(least, True)


def test_loading_costs_less_than_a_few_starts_of_python():
    resource = pytest.importorskip("resource")

    def used():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    def seconds(code):  # of a processor: others may be busy on it
        before = used()
        subprocess.run([sys.executable, "-c", code], check=True, cwd=DATA.parents[2])
        return used() - before

    bare = min(seconds("import json") for _ in range(3))
    loaded = min(seconds("from kg.lexicon import default_lexicon; default_lexicon()") for _ in range(3))
    assert loaded < 15 * bare


@pytest.mark.parametrize("name", sorted(default_lexicon().grammar.keys() - {"acts"}))
def test_a_list_of_the_grammar_says_no_word_twice(name):
    # "acts" pairs the past of a verb with its participle, which may be the same word
    def lists(table):
        for value in table.values() if isinstance(table, dict) else ():
            yield from lists(value) if isinstance(value, dict) else [value] if isinstance(value, list) else ()

    for words in lists(default_lexicon().grammar[name]):
        assert len(words) == len(set(words))
