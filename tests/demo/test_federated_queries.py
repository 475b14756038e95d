"""The saved queries that ask Wikidata too, through the endpoint, against a server with triples in Wikidata's shape.

Ours are the facts that a careful reader found in the demonstration; theirs are a few statements made for this test.
"""

import csv

import pytest
from pyoxigraph import NamedNode, Triple

from kg.rdf import graph_iri, to_quads
from kg.resources import demonstration as folder
from kg.saved import load_saved
from kg.sources import read
from kg.store import DocumentWrite, open_store
from kg.vocab import BASE, WIKIDATA
from kg.web import create_app
from tests.demo.hand import by_hand

FEDERATED = [name for name, saved in load_saved().items() if saved.federated]
ASKED = set()
LINKS = {
    "official/joe-biden": "Q6279",
    "official/fumio-kishida": "Q359480",
    "official/antony-blinken": "Q7821917",
    "official/penny-wong": "Q456759",
    "official/julie-bishop": "Q434858",
    "official/boris-johnson": "Q180589",
    "official/david-cameron": "Q192",
    "official/shinzo-abe": "Q132345",
    "official/justin-trudeau": "Q3099714",
    "official/amina-mohamed": "Q4746345",
    "official/kaja-kallas": "Q11869065",
    "place/united-states": "Q30",
    "place/united-kingdom": "Q145",
    "place/canada": "Q16",
    "place/japan": "Q17",
    "place/australia": "Q408",
    "place/switzerland": "Q39",
    "place/tokyo": "Q1490",
    "place/bern": "Q70",
    "place/nairobi": "Q3870",
}
THEIRS = """
@prefix wd: <http://www.wikidata.org/entity/> . @prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
wd:Q6279 wdt:P569 "1942-11-20T00:00:00Z"^^xsd:dateTime ; wdt:P21 wd:Q6581097 ; wdt:P102 wd:Q29552 ;
  wdt:P1559 "Joe Biden"@en ; rdfs:label "Joe Biden"@en , "Joe Biden"@de .
wd:Q359480 wdt:P569 "1957-07-29T00:00:00Z"^^xsd:dateTime ; wdt:P21 wd:Q6581097 ; wdt:P102 wd:Q232595 ;
  wdt:P1559 "岸田文雄"@ja ; rdfs:label "Fumio Kishida"@en .
wd:Q7821917 wdt:P569 "1962-04-16T00:00:00Z"^^xsd:dateTime ; wdt:P21 wd:Q6581097 ; wdt:P102 wd:Q29552 .
wd:Q456759 wdt:P569 "1968-11-05T00:00:00Z"^^xsd:dateTime ; wdt:P21 wd:Q6581072 ; wdt:P102 wd:Q216082 .
wd:Q434858 wdt:P21 wd:Q6581072 . wd:Q4746345 wdt:P21 wd:Q6581072 .
wd:Q180589 wdt:P21 wd:Q6581097 ; wdt:P69 wd:Q34433 . wd:Q192 wdt:P69 wd:Q34433 .
wd:Q132345 rdfs:label "Shinzo Abe"@en . wd:Q3099714 rdfs:label "Justin Trudeau"@en ; wdt:P69 wd:Q201492 .
wd:Q434858 wdt:P69 wd:Q34433 .
wd:Q34433 rdfs:label "a university"@en , "eine Universität"@de .
wd:Q29552 rdfs:label "Democratic Party"@en . wd:Q232595 rdfs:label "Liberal Democratic Party"@en .
wd:Q216082 rdfs:label "Australian Labor Party"@en , "Labor"@fr .
wd:Q1490 wdt:P625 "Point(139.69 35.69)"^^geo:wktLiteral . wd:Q70 wdt:P625 "Point(7.45 46.95)"^^geo:wktLiteral .
wd:Q17 wdt:P625 "Point(136 35)"^^geo:wktLiteral .
wd:Q30 wdt:P463 wd:Q7184 . wd:Q145 wdt:P463 wd:Q7184 . wd:Q16 wdt:P463 wd:Q7184 . wd:Q17 wdt:P463 wd:Q1065 .
wd:Q30 wdt:P31 wd:Q3624078 ; wdt:P6 wd:Q6279 ; rdfs:label "United States"@en .
wd:Q16 wdt:P31 wd:Q3624078 ; wdt:P6 wd:Q3099714 ; rdfs:label "Canada"@en .
wd:Q17 wdt:P31 wd:Q3624078 ; wdt:P6 wd:Q359480 ; rdfs:label "Japan"@en , "Japon"@fr .
wd:Q20 wdt:P31 wd:Q3624078 ; wdt:P6 wd:Q7 ; rdfs:label "Norway"@en . wd:Q7 rdfs:label "Head Nobodymet"@en .
"""


@pytest.fixture(scope="module")
def application(tmp_path_factory, remote_over):
    """The endpoint over the demonstration as read by hand, with links; and the other one's address."""
    path, remote = tmp_path_factory.mktemp("federated") / "store", remote_over(THEIRS)
    same = NamedNode("http://www.w3.org/2004/02/skos/core#exactMatch")
    links = [Triple(NamedNode(BASE + tail), same, NamedNode(WIKIDATA + item)) for tail, item in LINKS.items()]
    known = {"sha256": "0", "converter": "test", "source": "test"}
    with open_store(path, mode="write") as store:
        found = [by_hand(readout) for readout in read(folder())]
        store.put(DocumentWrite.of(graph_iri(each.readout.id).value, to_quads(each), **known) for each in found)
        store.put([DocumentWrite.of(f"{BASE}graph/links", links, **known)])
    app = create_app(path, federate=[remote], workers=1)
    yield app, remote
    app.extensions["kg"].close()


@pytest.fixture
def ask(application):
    """A function that asks a saved query of the endpoint, as CSV, and returns the columns that are named."""
    app, remote = application

    def run(name, *columns, **parameters):
        ASKED.add(name)
        query = load_saved()[name].bind(endpoint=remote, **parameters)
        answer = app.test_client().get("/sparql", query_string={"query": query, "format": "csv"})
        assert answer.status_code == 200, answer.text
        return [tuple(row[column] for column in columns) for row in csv.DictReader(answer.text.splitlines())]

    return run


def test_how_old_officials_were_when_they_met(ask):
    rows = ask("wikidata-ages", "date", "name", "age")
    assert ("2022-05-23", "Joe Biden", "79") in rows
    assert ("2022-05-23", "Fumio Kishida", "64") in rows
    assert {(name, age) for date, name, age in rows if date == "2022-12-06"} == {
        ("Antony Blinken", "60"),
        ("Penny Wong", "54"),
    }
    assert {date[:4] for date, _, _ in rows} == {"2022"}


def test_who_met_and_had_been_to_the_same_school(ask):
    assert ask("wikidata-alma-mater", "schoolName", "oneName", "otherName", "encounters") == [
        ("a university", "Boris Johnson", "Julie Bishop", "1")
    ]


def test_where_encounters_took_place(ask):
    rows = ask("wikidata-coordinates", "name", "coordinates", "encounters")
    assert {row[:2] for row in rows} == {("Tokyo", "Point(139.69 35.69)"), ("Bern", "Point(7.45 46.95)")}
    assert all(int(row[2]) >= 1 for row in rows)


def test_which_members_of_an_organisation_a_country_met(ask):
    rows = ask("wikidata-members-met", "name", country="place/australia")
    assert rows == [("United States",), ("United Kingdom",)]
    everybody = ask("wikidata-members-met", "name", organisation=f"{WIKIDATA}Q1065")
    assert everybody == [("Japan",)]


def test_what_officials_are_called_in_their_own_language(ask):
    rows = ask("wikidata-native-names", "name", "native", "language")
    assert rows == [("Joe Biden", "Joe Biden", "en"), ("Fumio Kishida", "岸田文雄", "ja")]


def test_which_heads_of_government_a_country_has_not_met(ask):
    assert ask("wikidata-not-met", "headName", "stateName") == [("Head Nobodymet", "Norway")]
    assert ("Joe Biden", "United States") in ask("wikidata-not-met", "headName", "stateName", country="place/kenya")


def test_the_parties_of_those_whom_a_country_met(ask):
    rows = ask("wikidata-parties", "partyName", "persons")
    assert set(rows) == {("Liberal Democratic Party", "1"), ("Australian Labor Party", "1")}


def test_how_many_of_those_whom_a_country_met_were_women(ask):
    rows = {year: (persons, women) for year, persons, women in ask("wikidata-women", "year", "persons", "women")}
    assert rows["2014"] == ("1", "1")
    assert rows["2022"] == ("2", "1")


def test_every_query_that_asks_others_has_its_own_test():
    assert set(FEDERATED) == ASKED
    assert len(FEDERATED) >= 8


@pytest.mark.parametrize("name", FEDERATED)
def test_its_page_says_plainly_what_is_missing_where_nobody_may_be_asked(application, name):
    app = create_app(application[0].extensions["kg"].settings.store, workers=1)
    page = app.test_client().get(f"/questions/{name}")
    assert page.status_code == 200
    assert "kg serve --federate" in page.text
    app.extensions["kg"].close()


def test_the_list_of_questions_says_which_cannot_be_answered(application):
    alone = create_app(application[0].extensions["kg"].settings.store, workers=1)
    for app, unanswered in ((alone, len(FEDERATED)), (application[0], 0)):
        assert app.test_client().get("/questions").text.count("which is not allowed here") == unanswered
    alone.extensions["kg"].close()


def test_its_page_answers_where_the_endpoint_may_be_asked(application):
    app, remote = application
    page = app.test_client().get("/questions/wikidata-native-names", query_string={"endpoint": remote})
    assert "岸田文雄" in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_literals_of_others_keep_their_language(application):
    app, remote = application
    query = load_saved()["wikidata-native-names"].bind(endpoint=remote)
    found = app.test_client().get("/sparql", query_string={"query": query}).json["results"]["bindings"]
    assert [row["native"]["xml:lang"] for row in found] == ["en", "ja"]
