"""Facts of Wikidata beside our own: the same from each kind of source, in a graph that is dated and replaced whole."""

import csv
import json
import shutil

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from kg.link.claims import COLUMNS, Claim, read_claims
from kg.link.live import query
from kg.load.enrich import facts, facts_about
from kg.store import open_store
from kg.vocab import BASE, GEO, PREFIXES, SCHEMA, SKOS
from tests.link.conftest import here as kg
from tests.link.loopback import Loopback
from tests.link.test_index import claim, item, snak, time
from tests.link.wikidata import WORLD

ADA = f"{BASE}official/ada-ewe"
GRAPH = f"{BASE}graph/wikidata/2024-05-06"
TEXT = "Secretary Kerry met today in Nairobi with Kenyan Foreign Minister Ada Ewe. They discussed trade."


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    server = Loopback(WORLD)
    yield server
    server.close()


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """A store without links."""
    folder = tmp_path_factory.mktemp("enrich")
    (folder / "visit.md").write_text(f"---\ntitle: A Visit\ndate: 2015-06-01\n---\n\n{TEXT}\n")
    assert kg("load", folder / "visit.md", "--store", folder / "store", "--jobs", 1).status == 0
    return folder / "store"


@pytest.fixture(scope="module")
def linked(loaded):
    """A store in which a person said that Ada Ewe is Q7001."""
    store = loaded.with_name("linked")
    shutil.copytree(loaded, store)
    assert kg("link", "--store", store, "accept", ADA, "Q7001").status == 0
    return store


@pytest.fixture
def store(linked, tmp_path):
    """A copy of it, to be changed."""
    shutil.copytree(linked, tmp_path / "store")
    return tmp_path / "store"


def enrich(store, *arguments):
    result = kg("enrich", "--store", store, "--date", "2024-05-06", *arguments)
    assert result.status == 0, result.err
    return result


def said(store, graph=GRAPH) -> set[tuple[str, str]]:
    """What a graph says of Ada Ewe: the tail of each property, and the value."""
    with open_store(store) as opened:
        rows = opened.query(f"SELECT ?p ?o {{ GRAPH <{graph}> {{ <{ADA}> ?p ?o }} }}").rows()
        return {(p.value.replace("#", "/").rsplit("/", 1)[-1], o.value) for p, o in rows}


EXPECTED = {
    ("prefLabel", "Ada Ewe"),
    ("description", "Kenyan diplomat"),
    ("image", "https://commons.wikimedia.org/wiki/Special:FilePath/Ada_Ewe_2014.jpg"),
    ("birthDate", "1961-02-03"),
    ("P102", "http://www.wikidata.org/entity/Q7301"),
    ("homepage", "https://ewe.example/"),
    ("exactMatch", "http://viaf.org/viaf/113230702"),
    ("exactMatch", "https://d-nb.info/gnd/118540238"),
    ("exactMatch", "https://isni.org/isni/0000000121032683"),
    ("exactMatch", "http://id.loc.gov/authorities/names/n79021164"),
    ("exactMatch", "https://www.opensanctions.org/entities/Q7001/"),
}


def test_facts_come_from_wikidata_into_a_graph_that_says_when_whence_and_under_which_licence(server, store):
    told = enrich(store, "--endpoint", f"{server.address}/sparql", *server.polite)
    assert "facts about 1 items, in " in told.err
    assert said(store) == EXPECTED
    about = f"""SELECT ?p ?o {{ GRAPH <{GRAPH}> {{ <{GRAPH}> ?p ?o }} }}"""
    held = f"""SELECT ?office ?start ?end {{ GRAPH <{GRAPH}> {{ ?m a org:Membership ; org:member <{ADA}> ;
        org:role/rdfs:label ?office ; schema:startDate ?start OPTIONAL {{ ?m schema:endDate ?end }} }} }}"""
    with open_store(store) as opened:
        known = {p.value.rsplit("/", 1)[-1]: o.value for p, o in opened.query(about).rows()}
        rows = opened.query(held, prefixes=PREFIXES).rows()
        terms = {tuple(str(getattr(value, "value", "")) for value in row) for row in rows}
    assert known["license"] == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert (known["created"], known["source"]) == ("2024-05-06", f"{server.address}/sparql")
    assert terms == {
        ("Foreign Minister", "2014", "2018-06-30"),
        ("National Security Advisor", "2019-01-07", ""),
    }
    assert kg("check", "--store", store).status == 0


def test_names_come_in_the_languages_asked_for(server, store):
    enrich(store, "--language", "fr", "--language", "ru", "--endpoint", f"{server.address}/sparql", *server.polite)
    texts = {value for property, value in said(store) if property in {"prefLabel", "description"}}
    assert texts == {"Ada Ewe", "Ада Эве", "diplomate kényane"}


def test_a_run_takes_the_place_of_earlier_ones_unless_they_are_kept(server, store):
    options = ("--endpoint", f"{server.address}/sparql", *server.polite)
    kg("enrich", "--store", store, "--date", "2024-01-01", *options)
    enrich(store, "--keep", *options)
    assert said(store, f"{BASE}graph/wikidata/2024-01-01") == said(store) == EXPECTED
    enrich(store, *options)
    assert said(store, f"{BASE}graph/wikidata/2024-01-01") == set()
    with open_store(store) as opened:
        before = opened.generation
    enrich(store, *options)
    with open_store(store) as opened:
        assert opened.generation == before, "equal facts change nothing"


def test_an_item_that_was_merged_is_told_and_asked_for_by_its_new_id(server, store):
    kg("link", "--store", store, "accept", ADA, "Q7000")
    told = enrich(store, "--endpoint", f"{server.address}/sparql", *server.polite)
    assert "official/ada-ewe: Q7000 is now Q7001; say so with: kg link accept official/ada-ewe Q7001" in told.err
    assert said(store) == EXPECTED


def test_a_dry_run_says_what_would_be_asked_and_a_store_without_links_is_told(server, store, loaded):
    told = kg("enrich", "--store", store, "--dry-run", "--endpoint", f"{server.address}/sparql")
    assert "wd:Q7001" in told.out
    assert not server.seen
    assert said(store) == set()
    unlinked = kg("enrich", "--store", loaded)
    assert (unlinked.status, "run kg link" in unlinked.err) == (65, True)


# --- without a network ------------------------------------------------------------------------------------------


def test_the_results_of_the_query_that_ships_are_read_from_a_file_and_say_the_same(server, store, tmp_path):
    shipped = query("claims").about(["Q7001", "Q7301", "Q7101", "Q7102"])
    path = tmp_path / "claims.json"
    path.write_bytes(server.sparql({"query": shipped}).body)
    enrich(store, "--from", path)
    assert said(store) == EXPECTED


def test_a_table_of_ones_own_is_enough(store, tmp_path):
    path = tmp_path / "mine.csv"
    with path.open("w") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS[:3])
        table.writerows([("Q7001", "P569", "1961"), ("Q7001", "P213", "0000 0001 2103 2683"), ("Q1", "P569", "1900")])
    assert "2 facts, not written" in enrich(store, "--from", path, "--dry-run").err
    assert said(store) == set()
    enrich(store, "--from", path)
    assert said(store) == {("birthDate", "1961"), ("exactMatch", "https://isni.org/isni/0000000121032683")}


def test_a_dump_says_the_same(tmp_path):
    def text(value):
        return {"mainsnak": snak(value), "rank": "normal"}

    entity = item(
        "Q7001",
        {"en": "Ada Ewe", "fr": "Ada Ewe", "ru": "Ада Эве"},
        P18=[text("Ada Ewe 2014.jpg")],
        P214=[text("113230702"), text("9") | {"rank": "preferred"}],
        P569=[{"mainsnak": snak(time("1961-02-00", 10)), "rank": "normal"}],
        P625=[text({"latitude": -1.2864, "longitude": 36.8172, "globe": "http://www.wikidata.org/entity/Q2"})],
        P39=[claim("Q7101", P580=time("2014-00-00", 9), P582=time("2018-06-30"))],
        P999=[text("something else")],
    )
    path = tmp_path / "dump.json"
    path.write_text("[\n" + json.dumps(entity) + ",\n" + json.dumps(item("Q1", {"en": "other"})) + "\n]")
    assert set(read_claims(path, {"Q7001"}, {"en", "ru"})) == {
        Claim("Q7001", "label", "Ada Ewe", "en"),
        Claim("Q7001", "label", "Ада Эве", "ru"),
        Claim("Q7001", "P18", "Ada Ewe 2014.jpg"),
        Claim("Q7001", "P214", "9"),
        Claim("Q7001", "P569", "1961-02"),
        Claim("Q7001", "P625", "Point(36.8172 -1.2864)"),
        Claim("Q7001", "P39", "Q7101", "", "2014", "2018-06-30"),
    }


def test_an_office_that_is_unknown_is_told_and_not_asked_for():
    asked, told = [], []

    def read(qids):
        asked.append(qids)
        yield from (Claim("Q1", "P39", office) for office in ("Q5", "} DROP", "_:b") if "Q1" in qids)

    assert facts_about({"urn:x": "Q1"}, read, ("en",), told.append)
    assert asked == [{"Q1"}, {"Q5"}]
    assert len(told) == 2


def test_a_place_has_its_coordinates_and_geonames_its_identifier():
    claims = [Claim("Q7401", "P625", "Point(36.8172 -1.2864)"), Claim("Q7401", "P1566", "184745")]
    node = NamedNode("urn:x")
    found = {(triple.predicate, triple.object.value) for triple in facts("urn:x", claims, {}, pytest.fail)}
    assert found == {
        (GEO.lat, "-1.286400"),
        (GEO.long, "36.817200"),
        (SKOS.exactMatch, "https://sws.geonames.org/184745/"),
    }
    assert list(facts("urn:x", [Claim("Q1", "label", "X", "de")], {}, pytest.fail)) == [
        Triple(node, SKOS.prefLabel, Literal("X", language="de"))
    ]


@pytest.mark.parametrize(
    ("property", "value", "fault"),
    [
        ("P214", "x> <y", "no such identifier"),
        ("P227", "", "no such identifier"),
        ("P625", "<http://www.wikidata.org/entity/Q405> Point(1 2)", "no point on earth"),
        ("P625", "Point(200 2)", "no point on earth"),
        ("P569", "t1234567", "no date"),
        ("P569", "http://www.wikidata.org/.well-known/genid/1", "no date"),
        ("P856", "javascript:alert(1)", "no address of the web"),
        ("P39", "_:unknown", "no Wikidata id"),
    ],
)
def test_a_value_that_is_none_is_left_out_and_told(property, value, fault):
    told = []
    good = Claim("Q1", "P569", "1961-02-03")
    found = list(facts("urn:x", [Claim("Q1", property, value), good], {}, told.append))
    assert [triple.predicate for triple in found] == [SCHEMA.birthDate]
    assert len(told) == 1
    assert told[0].startswith(f"Q1 {property}")
    assert fault in told[0]
