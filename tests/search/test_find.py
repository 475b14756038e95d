"""What is found, in which order, and by what it can be narrowed down."""

import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.search import Question, complete, find, ranked, suggest


def names(completions):
    return [each.label for each in completions]


@pytest.mark.parametrize("words", ["rice", "Rice", "RICE", "S. Rice", "susan ric", "rice susan", "Rice, Susan"])
def test_a_surname_means_the_person_before_the_thing_of_that_name(ask, words):
    assert ask.labels(words)[0] == "Susan Rice"


def test_a_name_that_is_the_words_comes_before_one_that_begins_with_them_and_that_before_texts(ask):
    assert ask.labels("rice") == ["Susan Rice", "rice", "rice prices", "Readout of Harbour Talks"]


@pytest.mark.parametrize("words", ["zoe angstrom", "Zoë Ångström", "ÅNGSTRÖM", "Angstrom, Zoe"])
def test_accents_and_case_make_no_difference(ask, words):
    assert ask.labels(words)[0] == "Zoë Ångström"


@pytest.mark.parametrize("words", ["Côte d'Ivoire", "cote d’ivoire", "COTE DIVOIRE", "cote divoir"])
def test_apostrophes_make_no_difference(ask, words):
    assert ask.labels(words)[0] == "Côte d’Ivoire"


@pytest.mark.parametrize("words", ["angstrm", "Zoe Angstrem", "suzan rice", "sudorai"])
def test_what_is_written_nearly_so_is_found_and_said_to_be_that(ask, words):
    found = ask(words)
    assert found.almost
    assert found.hits[0].label in ("Zoë Ångström", "Susan Rice", "Sudoria")


def test_a_person_is_found_by_office_and_little_words_need_not_be_there(ask):
    assert ask.labels("foreign minister of sudoria") == ["Zoë Ångström"]


def test_all_words_must_be_there(ask):
    both = {"agreed to dredge the Sund before winter", "Readout of Harbour Talks"}
    assert set(ask.labels("dredge winter")) == both
    assert ask("dredge summer").total == 0


def test_a_phrase_is_taken_as_it_stands_and_an_unwanted_word_is_kept_out(ask):
    assert "Readout of Harbour Talks" in ask.labels('"before winter"')
    assert ask('"winter before"').total == 0
    assert "rice prices" not in ask.labels("rice -prices")


def test_a_facet_can_be_typed(ask):
    assert ask.labels("rice type:topic") == ["rice", "rice prices"]
    assert ask.labels('publisher:"Norland Foreign Office"') == ["Readout of Harbour Talks"]


def test_values_of_one_facet_add_up_and_those_of_two_cut_down(ask):
    assert set(ask.labels(type=("official", "person"))) == {"Susan Rice", "Zoë Ångström", "Ricardo Lund"}
    assert ask.labels(type="official", country="sudoria") == ["Zoë Ångström"]
    assert ask.labels(type="official", country="https://example.org/place/sudoria") == ["Zoë Ångström"]
    assert ask.labels(type="official", country="nowhere") == []


def test_a_facet_counts_its_alternatives_as_if_nothing_of_it_were_chosen(ask):
    facets = ask(type="official", country="sudoria").facets
    assert {count.short: count.number for count in facets["country"]} == {"norland": 1, "sudoria": 1}
    assert {count.short: count.number for count in facets["type"]} == {"country": 1, "official": 1}
    assert [count.short for count in facets["country"] if count.chosen] == ["sudoria"]
    assert [count.label for count in facets["country"]] == ["Norland", "Sudoria"]


def test_counts_are_those_of_the_results_that_a_click_gives(ask):
    for words in ("", "rice"):
        for kind, counts in ask(words).facets.items():
            for count in counts:
                assert ask(words, **{kind: count.short}).total == count.number, (words, kind, count)


def test_no_words_and_no_facets_find_everything(ask):
    assert ask().total == 10  # of twelve entries, two are of one person, and two of one country
    assert ask("-rice").total == 0


def test_the_latest_come_first_where_that_is_asked_for(index):
    found = find(index, Question(sort="date"))
    dates = [hit.date for hit in found.hits]
    assert dates == sorted(dates, reverse=True)


def test_pages_follow_each_other_without_gap_or_repetition(index):
    whole = [hit.iri for hit in find(index, Question(limit=100)).hits]
    parts = [hit.iri for start in range(0, 12, 3) for hit in find(index, Question(start=start, limit=3)).hits]
    assert parts == whole


def test_an_excerpt_marks_the_words_and_leaves_markup_to_the_page(ask):
    [hit] = [hit for hit in ask("rice").hits if hit.type == "readout"]
    assert [piece.text for piece in hit.excerpt if piece.marked] == ["rice"]
    assert "<b>" in "".join(piece.text for piece in hit.excerpt)


def test_another_name_that_fits_is_told(ask):
    [hit] = [hit for hit in ask("ambassador rice").hits if hit.type == "official"]
    assert (hit.label, hit.name) == ("Susan Rice", "Ambassador Rice")


def test_words_go_on_as_names_do(index):
    assert names(complete(index, "ric")) == ["Susan Rice", "Ricardo Lund", "rice prices", "rice"]
    assert names(complete(index, "zoe ang")) == ["Zoë Ångström"]
    assert names(complete(index, "angstrm")) == ["Zoë Ångström"]
    assert names(complete(index, "ric", types=("person",))) == ["Ricardo Lund"]
    assert complete(index, "") == complete(index, "…") == []


def test_who_finds_nothing_is_shown_what_may_be_meant(index):
    assert "Sudoria" in names(suggest(index, "sudorya fishing"))


def test_what_more_documents_tell_of_comes_first_among_equals(index):
    assert ranked(index, "type:country", 3)[0][0] == "https://example.org/place/norland"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60) | st.text(alphabet="\"'()*-:^{}+\\ NEARORNOTAND,.;éß½٣", max_size=40))
def test_whatever_is_typed_is_answered(index, text):
    found = find(index, Question(text))
    assert found.total >= len(found.hits)
    complete(index, text)
    suggest(index, text)
    ranked(index, text, 5)


@pytest.mark.parametrize(
    "words", ["NEAR(a b)", "fold:rice", "a* OR b", '"', '""', "'", "rice AND", "(", "-", "--", "\0", "a" * 5000]
)
def test_the_language_of_the_index_is_not_that_of_the_box(ask, words):
    ask(words)


def test_an_index_cannot_be_written_to(index):
    with index.connection() as db, pytest.raises(sqlite3.OperationalError):
        db.execute("DELETE FROM item")
