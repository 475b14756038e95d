"""Wikidata asked over a network that is this machine: what is looked up, listed, kept, and told when it fails."""

import json
import shutil
import sqlite3
from datetime import UTC, datetime

import pytest

from kg.lexicon import default_lexicon
from kg.link import Gazetteer, Index, Subject, build_file, decide
from kg.link.builtin import lexicon_index
from kg.link.live import Cache, Client, Limits, Wikidata, claims_about, learn, listings, queries, refreshed
from tests.cli.conftest import kg as kg_process
from tests.link.conftest import here as kg
from tests.link.loopback import Loopback, Reply, sparql_server
from tests.link.test_linker import person
from tests.link.wikidata import WORLD

LEXICON = default_lexicon()


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    server = Loopback(WORLD)
    yield server
    server.close()


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory):
    """The address of a SPARQL server that holds the small Wikidata: a process of its own."""
    with sparql_server(WORLD, tmp_path_factory.mktemp("sparql")) as address:
        yield address


def asked_by(server: Loopback, day: str = "2024-05-06", path=None, endpoint=None) -> Wikidata:
    now = datetime.fromisoformat(day).replace(tzinfo=UTC)
    client = Client("me@example.org", Cache(path), Limits(spacing=0, first_wait=0.01, timeout=5), now=lambda: now)
    return Wikidata(client, endpoint or f"{server.address}/sparql", f"{server.address}/w/api.php")


# --- looking up -------------------------------------------------------------------------------------------------


def test_what_is_looked_up_is_scored_as_any_entry_is_and_known_without_a_network_afterwards(server, tmp_path):
    ada, path = person("Ada Ewe", day="2015-06-01"), tmp_path / "learned"
    shipped = Gazetteer([lexicon_index(LEXICON)], LEXICON)
    assert decide(ada, shipped).band == "none"
    assert learn(asked_by(server), [ada], path, LEXICON) == 2
    server.close()
    decision = decide(ada, shipped.extended(path))
    assert (decision.band, decision.best.entry.qid) == ("accept", "Q7001")
    assert "held Foreign Minister of Kenya on 2015-06-01" in decision.reason


def test_an_item_brings_names_in_all_scripts_description_and_terms_as_precise_as_they_are_known(server, tmp_path):
    learn(asked_by(server), [person("Ada Ewe")], tmp_path / "learned", LEXICON)
    index = Index.open(tmp_path / "learned")
    entry = index.entry("Q7001")
    assert entry.names == ("Ada Ewe", "A. Ewe", "Ада Эве")
    assert entry.note == "Kenyan diplomat"
    assert [(term.post, term.country, term.start, term.end, str(term.known_to)) for term in entry.terms] == [
        ("Foreign Minister", "Q114", "2014", "2018-06-30", "2024-05-06"),
        ("National Security Advisor", "Q114", "2019-01-07", "", "2024-05-06"),
    ]
    assert index.entry("Q7009") is None, "a book is nobody"


def test_what_was_learned_is_added_to_and_each_item_keeps_the_day_it_was_asked_for(server, tmp_path):
    path = tmp_path / "learned"
    learn(asked_by(server, "2023-01-02"), [person("Ada Ewe"), person("Bo Yam")], path, LEXICON)
    learn(
        asked_by(server, "2024-05-06"), [person("Ada Ewe"), Subject("place/x", "place", "Ewe Harbour")], path, LEXICON
    )
    index = Index.open(path)
    known = {qid: {str(term.known_to) for term in index.entry(qid).terms} for qid in ("Q7001", "Q7002")}
    assert known == {"Q7001": {"2024-05-06"}, "Q7002": {"2023-01-02"}}
    assert (index.entry("Q7401").type, index.entry("Q7401").country) == ("city", "Q114")
    assert index.entry("Q7401").population == 412_000


def test_a_person_of_one_name_is_not_looked_for(server, tmp_path):
    assert learn(asked_by(server), [person("Ewe")], tmp_path / "learned", LEXICON) == 0
    assert not server.seen


def test_an_item_that_was_merged_is_known_by_its_new_id(server):
    assert asked_by(server).merged(["Q7000", "Q7002"]) == {"Q7000": "Q7001"}


def test_an_answer_of_another_shape_is_told(server):
    from kg.errors import RemoteFailed

    server.faults = [Reply(body=b'{"search": [{"title": "x"}]}'), Reply(body=b"[]")]
    wikidata = asked_by(server)
    with pytest.raises(RemoteFailed, match="no answer to such a question"):
        wikidata.search("Ada Ewe")
    for query in ("ASK {}", "SELECT * {}"):
        with pytest.raises(RemoteFailed, match="no answer to such a question"):
            wikidata.select(query)


def test_a_real_endpoint_of_another_make_answers_the_same(server, endpoint, tmp_path):
    subjects = [person("Ada Ewe"), Subject("place/x", "place", "Ewe Harbour")]
    learn(asked_by(server), subjects, tmp_path / "one", LEXICON)
    learn(asked_by(server, endpoint=endpoint), subjects, tmp_path / "other", LEXICON)
    assert list(Index.open(tmp_path / "one").entries()) == list(Index.open(tmp_path / "other").entries())
    listed = {}
    for name, address in (("one", None), ("other", endpoint)):
        listed[name] = list(refreshed(asked_by(server, endpoint=address), listings(["Q114"]), {}, 2))
    assert sorted(listed["one"], key=repr) == sorted(listed["other"], key=repr)
    claims = [
        set(claims_about(asked_by(server, endpoint=address), {"Q7001", "Q7002", "Q7401"}, {"en"}))
        for address in (None, endpoint)
    ]
    assert claims[0] == claims[1] != set()
    assert asked_by(server, endpoint=endpoint).merged(["Q7000"]) == {"Q7000": "Q7001"}


# --- an index of today ------------------------------------------------------------------------------------------


def refresh(server, tmp_path, size=5000, only=()):
    wikidata, counts = asked_by(server), {}
    rows = list(refreshed(wikidata, listings(["Q114"], only), counts, size))
    build_file(tmp_path / "index", [("Wikidata", rows, wikidata.oldest)], LEXICON)
    return Index.open(tmp_path / "index"), counts


def test_each_query_that_ships_lists_what_it_says(server, tmp_path):
    index, counts = refresh(server, tmp_path)
    assert counts == dict.fromkeys((query.name for query in queries()), 1)
    terms = {(entry.label, term.post, term.country) for entry in index.entries() for term in entry.terms}
    assert terms == {
        ("Ada Ewe", "Foreign Minister", "Q114"),
        ("Ada Ewe", "National Security Advisor", "Q114"),
        ("Bo Yam", "President", "Q114"),
        ("Cy Elm", "Secretary General of the Reef Forum", "Q7201"),
        ("Di Oak", "ambassador to Norway", "Q114"),
    }
    things = {(entry.label, entry.type, entry.country) for entry in index.entries() if entry.kind != "position"}
    assert things >= {
        ("Ministry of Harbours", "government agency", "Q114"),
        ("Reef Forum", "international organisation", None),
        ("Reef Treaty", "treaty", None),
        ("Green Quays Programme", "initiative", "Q114"),
    }
    assert index.sources()[0][1] == "2024-05-06"


def test_pages_add_up_to_the_same_index(server, tmp_path):
    whole, _ = refresh(server, tmp_path, size=5000)
    before = list(whole.entries())
    pages = len(server.seen)
    again, _ = refresh(server, tmp_path, size=1)
    assert list(again.entries()) == before
    assert len(server.seen) - pages > pages


def test_countries_are_asked_about_by_tens(server):
    asked = listings([f"Q{n}" for n in range(1, 26)], ["heads", "treaties"])
    assert [(each.query.name, len(each.countries)) for each in asked] == [
        ("heads", 10),
        ("heads", 10),
        ("heads", 5),
        ("treaties", 0),
    ]


def test_the_command_makes_an_index_and_goes_on_where_it_was_broken_off(server, tmp_path):
    options = ("--country", "ke", "--endpoint", f"{server.address}/sparql", *server.polite)
    out = tmp_path / "kenya"
    planned = kg("gazetteer", "refresh", out, *options, "--dry-run")
    assert planned.out.count("GET ") == len(queries())
    assert not server.seen
    assert not list(tmp_path.iterdir())
    server.faults = [Reply(body=b'{"results": {"bindings": []}}'), Reply(400, b"overloaded")]
    broken = kg("gazetteer", "refresh", out, *options)
    assert broken.status == 75
    assert "overloaded" in broken.err
    assert not out.exists()
    done = kg("gazetteer", "refresh", out, *options)
    assert done.status == 0, done.err
    assert "Heads of state and of government" in done.out
    assert f"asked {len(server.seen) - 2} times" in done.err
    assert "Q7002" in kg("gazetteer", "search", "Bo Yam", "--gazetteer", out).out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--country", "Atlantis"), "no country is known by this name"),
        (("--only", "kings"), "no query kings; there are agencies, ambassadors, heads,"),
        ((), "--contact"),
    ],
)
def test_a_mistake_is_told_before_anything_is_asked(tmp_path, arguments, said):
    result = kg("gazetteer", "refresh", tmp_path / "out", *arguments, "--endpoint", "http://127.0.0.1:9/sparql")
    assert result.status == 65
    assert said in result.err


# --- linking ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A store that speaks of Ada Ewe."""
    folder = tmp_path_factory.mktemp("live")
    text = "Secretary Kerry met today in Nairobi with Kenyan Foreign Minister Ada Ewe. They discussed trade."
    (folder / "visit.md").write_text(f"---\ntitle: A Visit\ndate: 2015-06-01\n---\n\n{text}\n")
    assert kg("load", folder / "visit.md", "--store", folder / "store", "--jobs", 1).status == 0
    return folder / "store"


def test_what_was_learned_by_another_version_is_left_out_until_it_is_learned_again(server, filled, tmp_path):
    store = tmp_path / "store"
    shutil.copytree(filled, store)
    connection = sqlite3.connect(store / "wikidata.gazetteer")
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    told = kg("link", "--store", store, "--dry-run", "--json")
    assert "what was learned is left out until --live learns it again" in told.err
    assert kg("link", "--store", store, "--live", *server.options).status == 0
    assert Index.open(store / "wikidata.gazetteer").entry("Q7001")


def test_linking_live_looks_up_what_is_not_settled_once_and_then_needs_no_network(server, filled):
    planned = kg("link", "--store", filled, "--live", "--dry-run", *server.options)
    assert "search=Ada Ewe" in planned.out
    assert "search=Kenya" not in planned.out, "it is settled"
    assert not server.seen
    first = kg_process("link", "--store", filled, "--live", *server.options)
    assert first.status == 0, first.err
    count = len(server.seen)
    assert kg("link", "--store", filled, "--live", *server.options).status == 0
    assert len(server.seen) == count
    server.close()
    decided = kg("link", "--store", filled, "--dry-run", "--json").out.splitlines()
    [ada] = [line for line in map(json.loads, decided) if line["label"] == "Ada Ewe"]
    assert (ada["band"], ada["candidates"][0]["id"]) == ("accept", "Q7001")
