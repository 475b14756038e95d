"""Tables for analysis: what a row is, what its columns hold, and that their codebook is true."""

import csv
import io
from collections import Counter
from datetime import date
from math import comb

import pytest

from kg.lexicon import default_lexicon
from kg.saved import load_saved
from kg.tables import TABLES, Facts, Variable, codebook, write_csv, write_parquet
from kg.tables.codes import codes_of
from kg.vocab import BASE

RICE = f"{BASE}meeting/us-whitehouse/2014-08-05-rice-mohamed/1"
BERN = {f"{BASE}meeting/us-state/2016-05-24-blinken-rossier/1", f"{BASE}meeting/ch-fdfa/2016-05-24-rossier-blinken/1"}
TYPES = {"text": str, "iri": str, "date": date, "integer": int, "number": float, "boolean": bool}


def of(rows, **values):
    return [row for row in rows if all(row[name] == value for name, value in values.items())]


@pytest.mark.parametrize("name", TABLES)
def test_each_row_has_the_variables_of_the_codebook_in_their_types(name, rows):
    variables = {variable.name: variable for variable in TABLES[name].variables}
    assert rows[name]
    for row in rows[name]:
        assert row.keys() == variables.keys()
        for key, value in row.items():
            assert isinstance(value, TYPES[variables[key].kind]) or (value is None and variables[key].missing), key


@pytest.mark.parametrize("name", TABLES)
def test_the_codebook_tells_every_variable_and_every_query(name):
    table = TABLES[name]
    text = codebook(name, table.unit, table.variables)
    assert all(f"| `{variable.name}` |" in text for variable in table.variables)
    used = {query for variable in table.variables for query in variable.query.split(", ")}
    assert used <= load_saved().keys()
    assert all(f"### {query}\n" in text for query in used)


def test_a_dyad_has_both_sides_with_their_codes_officials_and_posts(rows):
    [row] = of(rows["dyads"], meeting=RICE)
    assert (row["iso3_1"], row["cow1"], row["iso3_2"], row["cow2"]) == ("KEN", 501, "USA", 2)
    assert row["officials1"] == "Amina Mohamed"
    assert row["posts1"] == "Cabinet Secretary for Foreign Affairs"
    assert row["n_officials2"] == len(row["officials2"].split("; "))
    assert (row["date_first"], row["precision"], row["status"]) == (date(2014, 8, 5), "day", "held")
    assert row["place"] == "White House"
    assert row["phrase"].startswith("met today")


def test_an_encounter_of_n_sides_has_a_dyad_for_each_two(rows):
    dyads = Counter(row["meeting"] for row in rows["dyads"])
    assert any(row["n_sides"] > 2 for row in rows["meetings"])
    assert all(dyads[row["meeting"]] == comb(row["n_sides"], 2) for row in rows["meetings"])


def test_a_dyad_of_persons_joins_two_sides(rows):
    pairs = {(row["name1"], row["name2"]) for row in of(rows["person-dyads"], meeting=RICE)}
    assert ("Amina Mohamed", "Susan Rice") in pairs
    assert ("Lisa Monaco", "Susan Rice") not in pairs
    assert all(row["side1"] != row["side2"] or row["side1"] is None for row in rows["person-dyads"])


def test_two_readouts_of_one_encounter_are_one_occasion(rows):
    told = [row for row in rows["meetings"] if row["meeting"] in BERN]
    assert len(told) == 2
    assert len({row["occasion"] for row in told}) == 1
    assert len({row["occasion"] for row in rows["meetings"]}) < len(rows["meetings"])


def test_a_date_that_is_only_known_to_the_month_is_an_interval(rows):
    months = of(rows["meetings"], precision="month")
    assert months
    assert all(row["date_first"].day == 1 and row["date_last"].day >= 28 for row in months)


def test_an_encounter_is_placed_in_its_country(rows):
    [row, *_] = of(rows["meetings"], place="Kenya")
    assert (row["place_country"], row["place_iso3"]) == ("Kenya", "KEN")


def test_statements_are_counted_by_act(rows):
    acts = [name for name in rows["meetings"][0] if name.startswith("n_") and name not in ("n_sides", "n_participants")]
    acts.remove("n_statements")
    assert len(acts) == 8
    assert all(sum(row[act] for act in acts) == row["n_statements"] for row in rows["meetings"])


def test_an_official_has_a_row_for_each_post_with_its_days(rows):
    posts = of(rows["officials"], name="Antony Blinken")
    assert len(posts) > 1
    assert all(row["iso3"] == "USA" and row["first_seen"] <= row["last_seen"] for row in posts)
    assert len({row["n_encounters"] for row in posts}) == 1


def test_csv_and_parquet_hold_the_same(rows):
    parquet = pytest.importorskip("pyarrow.parquet")
    for name, table in TABLES.items():
        text, packed = io.BytesIO(), io.BytesIO()
        write_csv(text, table.variables, rows[name])
        write_parquet(packed, table.variables, rows[name])
        packed.seek(0)
        assert parquet.read_table(packed).to_pylist() == rows[name]
        read = list(csv.DictReader(io.StringIO(text.getvalue().decode(), newline="")))
        assert len(read) == len(rows[name])
        for line, row in zip(read, rows[name], strict=True):
            assert {key for key, value in line.items() if value} == {k for k, value in row.items() if value is not None}


def test_no_cell_of_a_csv_is_a_formula():
    output = io.BytesIO()
    variables = (Variable("a", "text", "", ""), Variable("b", "number", "", ""))
    write_csv(output, variables, [{"a": '=HYPERLINK("x")', "b": -1.5}])
    assert output.getvalue().decode().splitlines()[1] == '"\'=HYPERLINK(""x"")",-1.5'


def test_every_country_that_has_an_iso_code_has_the_other_codes():
    countries = [country for country in default_lexicon().countries if country.code]
    from kg.lexicon import slug

    known = [codes_of(f"{BASE}place/{slug(country.name)}") for country in countries]
    assert [codes.iso2 for codes in known] == [country.code for country in countries]
    assert len({codes.iso3 for codes in known}) == len(known)
    states = [codes.cow for codes in known if codes.cow]
    assert len(set(states)) == len(states) > 190
    assert codes_of(f"{BASE}agency/kenya") == codes_of(f"{BASE}place/atlantis")


def test_participants_stand_in_the_order_of_the_text_also_beyond_nine():
    from pyoxigraph import Store

    name = "<http://www.w3.org/2000/01/rdf-schema#label>"
    people = "".join(
        f"<urn:m> readout:participation <urn:p/{n}> . <urn:p/{n}> readout:person <urn:{n}> . <urn:{n}> {name} 'P{n}' . "
        for n in range(1, 12)
    )
    store = Store()
    store.update(
        "PREFIX readout: <https://w3id.org/readout/ontology#> PREFIX kind: <https://w3id.org/readout/kind/>"
        " PREFIX status: <https://w3id.org/readout/status/> INSERT DATA { GRAPH <urn:g> {"
        f" <urn:d> readout:reports <urn:m> . <urn:m> readout:kind kind:call ; readout:status status:held ; {name} 'M' ."
        f" {people} }} }}"
    )
    facts = Facts(lambda text: (tuple(row) for row in store.query(text, use_default_graph_as_union=True)))
    [row] = TABLES["meetings"].rows(facts)
    assert row["participants"] == "; ".join(f"P{n}" for n in range(1, 12))
    assert (row["date"], row["n_sides"], row["mode"]) == (None, 0, None)
