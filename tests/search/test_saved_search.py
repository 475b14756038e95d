"""Searching from a query over the demonstration: the saved question, and what joins words with patterns."""

from contextlib import closing
from pathlib import Path

import pytest

from kg.errors import QueryError
from kg.load import load_paths
from kg.saved import saved_query
from kg.store import open_store
from kg.store.finder import Finder
from kg.vocab import BASE, PREFIXES

DEMONSTRATION = Path(__file__).resolve().parents[2] / "kg" / "demo" / "readouts"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demonstration") / "store"
    with open_store(folder, mode="write") as store:
        load_paths(store, [DEMONSTRATION], jobs=1)
    with open_store(folder) as store:
        yield store


@pytest.fixture
def ask(store):
    def ask(text):
        rows = store.query(text, prefixes=PREFIXES, base_iri=BASE).rows()
        return [tuple(term and term.value.removeprefix(BASE) for term in row) for row in rows]

    return ask


def test_the_saved_question_finds_the_person(ask):
    [row] = ask(saved_query("find-by-words").text)
    assert row[:2] == ("official/susan-rice", "Susan Rice")
    assert ask(saved_query("find-by-words").bind(words="no such words")) == []
    first = ask(saved_query("find-by-words").bind(words='Kenya -"foreign minister"'))[0]
    assert first[:2] == ("place/kenya", "Kenya")


def test_words_join_with_patterns(ask):
    held = ask(
        "SELECT DISTINCT ?meeting WHERE { ?who readout:matches 'Lisa Monaco type:official' ."
        " GRAPH ?graph { ?meeting readout:participant ?who ; readout:status status:held } }"
    )
    plain = ask(
        "SELECT DISTINCT ?m { GRAPH ?g { ?m readout:participant <official/lisa-monaco> ; readout:status status:held } }"
    )
    assert held
    assert set(held) == set(plain)


def test_a_search_in_a_query_finds_what_the_page_finds_in_its_order(ask, store):
    from kg.search import Question, find

    with closing(Finder.of(store)) as finder:
        hits = finder.ask(lambda index: find(index, Question("safe ports", limit=100))).hits
    asked = ask("SELECT ?x ?s { ?x readout:matches 'safe ports' ; readout:score ?s } ORDER BY DESC(?s)")
    assert {row[0] for row in asked} == {hit.iri.removeprefix(BASE) for hit in hits}
    assert [float(row[1]) for row in asked] == sorted((hit.score for hit in hits), reverse=True)


def test_an_error_is_told_at_its_place_in_the_text_as_it_was_given(store):
    with pytest.raises(QueryError, match="line 1, column 53: "):
        store.query("SELECT * { ?x readout:matches 'rice' . ?x ?unclosed }", prefixes=PREFIXES)
