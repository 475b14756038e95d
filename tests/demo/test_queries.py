"""Each saved query answers what the demonstration texts say: the expected answers were written from the texts alone."""

from collections import Counter

import pytest
from pyoxigraph import NamedNode, Store

from kg.saved import load_saved, saved_query
from kg.vocab import BASE

OURS = [name for name, saved in load_saved().items() if not saved.federated and "readout:matches" not in saved.text]
"""The queries of our own data alone; test_federated_queries has the others, search/test_saved_search what searches."""
ASKED: set[str] = set()
"""The queries that a test has asked."""


@pytest.fixture(scope="module")
def ask(demonstration: Store):
    """A function that runs a saved query and returns its rows, each a dict of plain values."""

    def run(name: str, **parameters: str) -> list[dict[str, str]]:
        ASKED.add(name)
        solutions = demonstration.query(saved_query(name).bind(**parameters), use_default_graph_as_union=True)
        variables = [variable.value for variable in solutions.variables]
        return [{v: _plain(row[v]) for v in variables if row[v] is not None} for row in solutions]

    return run


def _plain(term) -> str:
    return term.value.removeprefix(BASE) if isinstance(term, NamedNode) else term.value


def columns(rows, *names: str) -> list[tuple[str, ...]]:
    return [tuple(row.get(name, "") for name in names) for row in rows]


def listed(text: str, separator: str = ", ") -> set[str]:
    return set(text.split(separator))


RICE = "us-whitehouse/2014-08-05-rice-mohamed"
MONACO = "us-whitehouse/2015-03-12-monaco-nairobi"
BERN_US, BERN_CH = "us-state/2016-05-24-blinken-rossier", "ch-fdfa/2016-05-24-rossier-blinken"
TOKYO_US, TOKYO_JP = "us-whitehouse/2022-05-23-biden-kishida", "jp-mofa/2022-05-23-japan-us-summit"
PERTH_UK, PERTH_LK = "uk-gov/2024-02-09-cameron-sabry", "lk-mfa/2024-02-09-sabry-cameron"
CALL_2022, WONG_CALL = "us-whitehouse/2022-04-12-biden-kishida-call", "us-state/2022-10-06-blinken-wong-call"
WONG_MEETING = "au-foreign-minister/2022-12-06-wong-blinken"


def test_who_met_whom_most(ask):
    assert columns(ask("most-met"), "oneName", "otherName", "encounters") == [
        ("Amina Mohamed", "Lisa Monaco", "2"),
        ("Antony Blinken", "Penny Wong", "2"),
        ("Fumio Kishida", "Joe Biden", "2"),
    ]
    assert ask("most-met", least="3") == []


def test_all_encounters_of_a_person_in_a_year(ask):
    rows = ask("meetings-of-person", person="official/antony-blinken", year="2022")
    assert [(row["date"], row["kind"], listed(row["with"])) for row in rows] == [
        ("2022-05-23", "kind/meeting", {"Joe Biden", "Fumio Kishida", "Jake Sullivan"}),
        ("2022-10-06", "kind/call", {"Penny Wong"}),
        ("2022-12-06", "kind/meeting", {"Penny Wong", "Richard Marles", "Lloyd Austin"}),
    ]
    assert ask("meetings-of-person", year="2020") == []


def test_which_officials_of_two_agencies_took_part_in_the_same_encounter(ask):
    rows = ask("officials-of-two-agencies")
    assert set(columns(rows, "one", "two", "meeting")) == {
        ("official/francis-taylor", "official/linda-thomas-greenfield", f"meeting/{MONACO}/1"),
        ("official/francis-taylor", "official/linda-thomas-greenfield", f"meeting/{MONACO}/2"),
    }


def test_what_was_agreed_on_a_topic(ask):
    rows = ask("agreed-on-topic", word="CABLE")
    assert [(row["date"], row["quote"].split(" which")[0][:60]) for row in rows] == [
        ("2017-02-22", "agreed to set up the Clean Cables Partnership,"),
        ("2018-02-14", "agreed to exchange data on the condition of cables in the No"),
        ("2022-05-23", "agreed to hold a joint exercise of cable repair ships"),
        ("2022-05-23", "agreed to hold a joint exercise of cable repair ships next y"),
        ("2022-12-06", "agreed to finance a second cable to Tonga through the Clean "),
        ("2025-05-20", "agreed to let ships of both navies guard cables under the Cl"),
    ]
    assert {"Julie Bishop", "Boris Johnson"} <= listed(rows[0]["by"])


def test_the_sentence_behind_a_fact(ask):
    rows = ask("evidence-of-fact")
    assert {row["document"] for row in rows} == {f"document/{TOKYO_US}"}
    assert any("met today in Tokyo with Prime Minister Kishida Fumio" in row["context"] for row in rows)
    assert all(row["phrase"] in row["context"] for row in rows)


def test_who_held_which_post_when(ask):
    rows = ask("holders-of-post", body="place/kenya", title="")
    assert columns(rows, "name", "postName", "tenure", "first", "last") == [
        ("Amina Mohamed", "Cabinet Secretary for Foreign Affairs", "tenure/current", "2014-08-05", "2015-03-12"),
        (
            "Musalia Mudavadi",
            "Cabinet Secretary for Foreign and Diaspora Affairs",
            "tenure/current",
            "2023-11-15",
            "2025-04-10",
        ),
        ("Uhuru Kenyatta", "President", "tenure/current", "2015-03-12", "2015-03-12"),
        ("Uhuru Kenyatta", "President", "tenure/former", "2023-11-15", "2023-11-15"),
        ("Musalia Mudavadi", "Prime Cabinet Secretary", "tenure/current", "2023-11-15", "2025-04-10"),
        ("Korir Sing’oei", "Principal Secretary for Foreign Affairs", "tenure/current", "2025-04-10", "2025-04-10"),
    ]
    assert columns(ask("holders-of-post", body="place/japan", title="prime"), "name", "first", "last") == [
        ("Shinzo Abe", "2018-02-14", "2018-02-14"),
        ("Fumio Kishida", "2022-04-12", "2022-05-23"),
    ]


def test_the_posts_of_a_person_over_the_years(ask):
    assert columns(ask("posts-of-person"), "title", "of", "first", "last") == [
        ("Deputy National Security Advisor", "United States", "2014-08-05", "2014-08-05"),
        ("Deputy Secretary of State", "United States", "2016-05-24", "2016-05-24"),
        ("Secretary of State", "United States", "2021-11-18", "2022-12-06"),
    ]


def test_encounters_of_each_country_in_each_year(ask):
    rows = columns(ask("meetings-by-country-year"), "name", "year", "encounters")
    by_country: dict[str, dict[str, int]] = {}
    for name, year, count in rows:
        by_country.setdefault(name, {})[year] = int(count)
    assert by_country == {
        "Australia": {"2017": 1, "2022": 3},
        "Canada": {"2018": 1, "2025": 1},
        "Japan": {"2017": 1, "2018": 1, "2022": 4},
        "Kenya": {"2014": 1, "2015": 2, "2023": 2, "2025": 1},
        "Sri Lanka": {"2017": 2, "2024": 2, "2025": 1},
        "Switzerland": {"2016": 2, "2017": 1, "2021": 1, "2025": 2},
        "United Kingdom": {"2017": 1, "2024": 2, "2025": 1},
        "United States": {"2014": 1, "2015": 2, "2016": 2, "2021": 1, "2022": 5, "2023": 2, "2024": 1},
    }


def test_who_spoke_for_a_country(ask):
    rows = ask("speakers-for-country", country="place/switzerland")
    assert columns(rows, "name", "encounters", "statements") == [
        ("Ignazio Cassis", "2", "8"),
        ("Yves Rossier", "2", "7"),
        ("Heinz Walker-Nederkoorn", "1", "3"),
        ("Karin Keller-Sutter", "1", "1"),
    ]


def test_initiatives_by_the_number_of_encounters(ask):
    assert columns(ask("initiatives-by-meetings"), "name", "encounters", "sides") == [
        ("Clean Cables Partnership", "8", "8"),
        ("Safe Ports Initiative", "5", "4"),
        ("Young Engineers Network", "3", "4"),
    ]
    assert len(ask("initiatives-by-meetings", least="5")) == 2


def test_where_an_initiative_is_first_mentioned(ask):
    rows = ask("first-mention-of-initiative", word="engineers")
    assert columns(rows, "initiative", "issued", "document", "phrase") == [
        ("initiative/young-engineers-network", "2016-05-24", f"document/{BERN_CH}", "Young Engineers Network"),
        ("initiative/young-engineers-network", "2016-05-24", f"document/{BERN_US}", "Young Engineers Network"),
    ]
    assert [row["issued"] for row in ask("first-mention-of-initiative", word="SAFE PORTS")] == ["2014-08-05"]


def test_calls_and_meetings_of_each_official(ask):
    rows = columns(ask("calls-and-meetings"), "name", "calls", "meetings", "visits", "convenings")
    assert {name: tuple(map(int, counts)) for name, *counts in rows} == {
        "Antony Blinken": (2, 5, 0, 0),
        "Lisa Monaco": (0, 3, 1, 0),
        "Joe Biden": (1, 2, 0, 0),
        "Fumio Kishida": (1, 2, 0, 0),
        "Kaja Kallas": (0, 2, 1, 0),
        "Penny Wong": (2, 1, 0, 0),
        "Ali Sabry": (0, 2, 0, 0),
        "Amina Mohamed": (0, 2, 0, 0),
        "David Cameron": (0, 2, 0, 0),
        "Francis Taylor": (0, 1, 1, 0),
        "Ignazio Cassis": (1, 1, 0, 0),
        "Linda Thomas-Greenfield": (0, 1, 1, 0),
        "Mangala Samaraweera": (0, 2, 0, 0),
        "Meg Whitman": (0, 2, 0, 0),
        "Musalia Mudavadi": (0, 2, 0, 0),
        "Uhuru Kenyatta": (0, 2, 0, 0),
        "Victoria Nuland": (0, 2, 0, 0),
        "Yves Rossier": (0, 2, 0, 0),
    }
    assert rows[0][0] == "Antony Blinken"


def test_what_one_country_asked_of_another(ask):
    assert columns(ask("requests", country="place/kenya", other="place/united-states"), "date", "speaker", "quote") == [
        ("2014-08-05", "Amina Mohamed", "asked for help in equipping the harbor police of Mombasa"),
        ("2015-03-11", "Amina Mohamed", "requested two patrol boats for the Kenya Maritime Authority"),
        ("2023-11-15", "Musalia Mudavadi", "asked for more training of the Kenya Coast Guard Service"),
    ]


def test_concerns_expressed_about_a_country(ask):
    [row] = ask("concerns-about-country")
    assert row["quote"] == "expressed concern about the treatment of women and girls in Afghanistan"
    assert listed(row["by"]) == {"Josep Borrell", "Antony Blinken"}
    rows = ask("concerns-about-country", country="place/north-korea")
    assert [(row["date"], listed(row["by"])) for row in rows] == [
        ("2018-02-14", {"Justin Trudeau", "Shinzo Abe"}),
        ("2022-05-23", {"Fumio Kishida"}),
    ]


def test_planned_encounters_that_later_took_place(ask):
    assert set(columns(ask("planned-then-held"), "planned", "plannedFor", "held")) == {
        (f"meeting/{RICE}/2", "2015-03", f"meeting/{MONACO}/1"),
        (f"meeting/{CALL_2022}/2", "2022-05-23", f"meeting/{TOKYO_US}/1"),
        (f"meeting/{CALL_2022}/2", "2022-05-23", f"meeting/{TOKYO_JP}/1"),
        (f"meeting/{WONG_CALL}/2", "2022-12-06", f"meeting/{WONG_MEETING}/1"),
    }


def test_encounters_that_two_readouts_tell_of(ask):
    rows = ask("both-sides")
    assert columns(rows, "date", "meeting", "other") == [
        ("2016-05-24", f"meeting/{BERN_CH}/1", f"meeting/{BERN_US}/1"),
        ("2022-05-23", f"meeting/{TOKYO_JP}/1", f"meeting/{TOKYO_US}/1"),
        ("2024-02-09", f"meeting/{PERTH_LK}/1", f"meeting/{PERTH_UK}/1"),
    ]
    assert listed(rows[0]["both"]) == {"Yves Rossier", "Antony Blinken"}


def test_what_each_of_two_readouts_leaves_out(ask):
    rows = ask("left-out", day="2016-05-24", person="official/antony-blinken")
    assert {(row["document"], " ".join(row["quote"].split()[:2])) for row in rows} == {
        (f"document/{BERN_US}", "thanked State"),
        (f"document/{BERN_US}", "urged Switzerland"),
        (f"document/{BERN_US}", "raised the"),
        (f"document/{BERN_US}", "looks forward"),
        (f"document/{BERN_CH}", "expressed concern"),
        (f"document/{BERN_CH}", "called for"),
        (f"document/{BERN_CH}", "informed the"),
        (f"document/{BERN_CH}", "announced a"),
    }


def test_agencies_whose_officials_took_part(ask):
    rows = {row["agency"]: (row["encounters"], row["persons"]) for row in ask("agencies-in-delegations")}
    assert rows["agency/department-of-homeland-security"] == ("2", "1")
    assert rows["agency/cybersecurity-and-infrastructure-security-agency"] == ("1", "1")
    assert rows["agency/european-union"] == ("4", "2")
    assert "agency/atlantic-lines" not in rows


def test_who_attended_with_whom(ask):
    assert set(columns(ask("co-delegates"), "name", "encounters")) == {
        ("Francis Taylor", "2"),
        ("Linda Thomas-Greenfield", "2"),
        ("Susan Rice", "1"),
        ("Antony Blinken", "1"),
    }


def test_a_persons_network(demonstration):
    ASKED.add("network-of-person")
    query = saved_query("network-of-person").bind(person="official/kaja-kallas")
    triples = list(demonstration.query(query, use_default_graph_as_union=True))
    edges = {(_plain(t.subject), _plain(t.object)) for t in triples if t.predicate.value.endswith("knows")}
    assert edges == {
        ("official/ignazio-cassis", "official/kaja-kallas"),
        ("official/kaja-kallas", "official/karin-keller-sutter"),
    }
    names = {t.object.value for t in triples if t.predicate.value.endswith("label")}
    assert names == {"Kaja Kallas", "Ignazio Cassis", "Karin Keller-Sutter"}


def test_encounters_at_a_place(ask):
    assert sorted(columns(ask("meetings-at-place", place="place/kenya"), "meeting")) == [
        ("meeting/us-state/2023-11-15-nuland-nairobi/1",),
        ("meeting/us-state/2023-11-15-nuland-nairobi/2",),
        (f"meeting/{MONACO}/1",),
        (f"meeting/{MONACO}/2",),
        (f"meeting/{MONACO}/3",),
    ]


def test_encounters_of_three_sides_and_more(ask):
    rows = ask("multi-party")
    assert [(row["date"], row["sides"], listed(row["names"])) for row in rows] == [
        (
            "2024-05-15",
            "4",
            {"United States", "Atlantic Lines", "Meridian Subsea", "Cable Repair Association"},
        ),
        ("2021-11-18", "3", {"European Union", "United States", "Switzerland"}),
    ]


def test_acts_of_speech_over_the_years(ask):
    rows = ask("statements-by-act-year")
    counts = {(row["year"], row["act"].removeprefix("act/")): int(row["statements"]) for row in rows}
    assert {act: count for (year, act), count in counts.items() if year == "2014"} == {
        "appreciate": 2, "discuss": 1, "agree": 1, "inform": 1, "request": 1, "concern": 1, "reaffirm": 1, "commit": 1,
    }  # fmt: skip
    assert {year for year, _ in counts} == {
        "2014", "2015", "2016", "2017", "2018", "2021", "2022", "2023", "2024", "2025",
    }  # fmt: skip


def test_what_two_countries_spoke_about(ask):
    rows = {row["matter"]: row["encounters"] for row in ask("topics-of-two-countries")}
    assert rows["initiative/clean-cables-partnership"] == "3"
    assert rows["place/taiwan-strait"] == "2"
    assert rows["place/north-korea"] == "1"
    assert not {"place/japan", "place/united-states"} & set(rows)


def test_encounters_without_a_named_counterpart(ask):
    [row] = ask("unnamed-counterpart")
    assert row["date"] == "2017-04-03"
    assert "delegation of Japanese parliamentarians" in row["parties"]
    assert row["named"] == "Mangala Samaraweera"


def test_every_mention_of_an_entity_with_the_text_around_it(ask):
    rows = ask("mentions-of-entity", entity="initiative/safe-ports-initiative", around="12")
    named = [row for row in rows if row["phrase"] == "Safe Ports Initiative"]
    assert Counter(row["document"].split("/")[2][:10] for row in named) == {
        "2014-08-05": 2, "2015-03-12": 1, "2023-11-15": 1, "2024-02-09": 2, "2025-04-10": 1,
    }  # fmt: skip
    assert named[0]["context"] == " launch the Safe Ports Initiative, under whic"


def test_acting_former_and_designated_officials(ask):
    assert set(columns(ask("acting-and-former"), "name", "tenure", "title", "issued")) == {
        ("Victoria Nuland", "tenure/acting", "Acting Deputy Secretary of State", "2023-11-15"),
        ("Uhuru Kenyatta", "tenure/former", "President", "2023-11-15"),
    }


def test_encounters_in_a_stretch_of_time(ask):
    dates = [row["date"] for row in ask("encounters-between")]
    assert dates == ["2022-04-12", "2022-05-23", "2022-05-23", "2022-10-06", "2022-11-07", "2022-12-06"]
    assert len(ask("encounters-between", **{"from": "2022-05-23", "to": "2022-10-06"})) == 3


def test_what_a_person_said(ask):
    rows = ask("statements-of-person", person="official/penny-wong")
    assert columns(rows, "date", "act", "joint") == [
        ("2022-10-06", "act/discuss", "true"),
        ("2022-10-06", "act/request", "false"),
        ("2022-10-06", "act/agree", "true"),
        ("2022-11-07", "act/discuss", "true"),
        ("2022-11-07", "act/inform", "false"),
        ("2022-11-07", "act/agree", "true"),
        ("2022-11-07", "act/concern", "false"),
        ("2022-12-06", "act/discuss", "true"),
        ("2022-12-06", "act/agree", "true"),
        ("2022-12-06", "act/appreciate", "false"),
    ]


def test_facts_to_review_are_those_below_a_confidence(ask):
    assert ask("facts-to-review", percent="0") == []
    facts = {row["fact"] for row in ask("facts-to-review", percent="101")}
    assert len(facts) > 300
    assert all(float(row["confidence"]) < 0.9 for row in ask("facts-to-review", percent="90"))


def test_who_received_whom(ask):
    rows = {(row["date"], row["host"]): listed(row["guests"]) for row in ask("hosts") if row.get("guests")}
    assert rows["2016-05-24", "Yves Rossier"] == {"Antony Blinken", "Suzan LeVine"}
    assert rows["2025-03-18", "Ignazio Cassis"] == {"Kaja Kallas"}
    assert rows["2024-05-15", "Liz Sherwood-Randall"] == {"Ana Ribeiro", "Thomas Okoro", "Grace Lindqvist"}


def test_readouts_of_each_publisher_in_each_year(ask):
    rows = ask("readouts-by-publisher")
    assert sum(int(row["readouts"]) for row in rows) == 21
    by_year = Counter()
    for row in rows:
        by_year[row["year"]] += int(row["readouts"])
    assert by_year == {
        "2014": 1, "2015": 1, "2016": 2, "2017": 2, "2018": 1, "2021": 1, "2022": 6, "2023": 1, "2024": 3, "2025": 3,
    }  # fmt: skip
    assert {row["year"] for row in rows if row["publisher"] == "The White House"} == {"2014", "2015", "2022", "2024"}


def test_the_tables_tell_the_same_encounters(ask):
    encounters = ask("table-encounters")
    meetings = {row["meeting"] for row in encounters}
    assert {row["date"] for row in encounters if row["meeting"] == f"meeting/{RICE}/1"} == {"2014-08-05"}
    assert {row["meeting"] for row in ask("table-participations")} <= meetings
    assert {row["meeting"] for row in ask("table-statements")} <= meetings
    sides = {(row["name"], row["country"]) for row in ask("table-sides") if row["meeting"] == f"meeting/{RICE}/1"}
    assert sides == {("Kenya", "true"), ("United States", "true")}
    places = {(row["name"], row["country"]) for row in ask("table-places") if row["meeting"] == f"meeting/{RICE}/1"}
    assert ("White House", "false") in places


def test_the_table_of_holders_tells_posts_with_their_countries(ask):
    rows = {(row["name"], row["title"], row.get("country")) for row in ask("table-holdings")}
    assert ("Amina Mohamed", "Cabinet Secretary for Foreign Affairs", "place/kenya") in rows


@pytest.mark.parametrize("name", OURS)
def test_a_query_runs_as_it_stands_and_finds_something(name, demonstration):
    result = demonstration.query(saved_query(name).text, use_default_graph_as_union=True)
    assert any(True for _ in result) or name == "facts-to-review"


def test_every_saved_query_has_its_own_test():
    assert set(OURS) <= ASKED
