import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.lexicon import Matcher

WORDS = st.text(alphabet="aeßéñTXy", min_size=1, max_size=3)
NAMES = st.lists(WORDS, min_size=1, max_size=3).flatmap(
    lambda words: st.sampled_from(" -'").map(lambda s: s.join(words))
)
TEXTS = st.lists(st.one_of(WORDS, st.sampled_from([".", ",", "-", "'", "’", " ", "  ", "‑"])), max_size=25).map("".join)


def found(names, text):
    return [span.of(text) for span, _ in Matcher({name: name for name in names}).find(text)]


def test_the_longest_name_wins():
    assert found(["Guinea", "Equatorial Guinea", "Guinea-Bissau"], "Guinea-Bissau and Equatorial Guinea; Guinea") == [
        "Guinea-Bissau",
        "Equatorial Guinea",
        "Guinea",
    ]


def test_a_name_begins_and_ends_with_a_word():
    assert found(["Mali", "Oman", "U.S."], "Malian Romans left Oman’s port, a U.S.-led effort") == ["Oman", "U.S."]


def test_both_apostrophes_and_all_hyphens_match_each_other_without_moving_offsets():
    text = "Côte d’Ivoire met Lo‑Bissau, N'Djamena and Indo–Pacific partners"
    names = ["Côte d'Ivoire", "Lo-Bissau", "N’Djamena", "Indo-Pacific"]
    assert found(names, text) == ["Côte d’Ivoire", "Lo‑Bissau", "N'Djamena", "Indo–Pacific"]


def test_case_matters():
    assert found(["Turkey", "US"], "turkey for us in Turkey") == ["Turkey"]


def test_each_match_carries_the_value_of_its_name():
    assert [value for _, value in Matcher({"EU": 1, "European Union": 1, "UN": 2}).find("UN, European Union, EU")] == [
        2,
        1,
        1,
    ]


def test_a_name_without_characters_is_refused():
    with pytest.raises(ValueError, match="no name to match"):
        Matcher({" ": 1})


@given(st.lists(NAMES, max_size=6), TEXTS)
def test_matches_are_in_order_apart_and_whole_words(names, text):
    matcher = Matcher({name: name for name in names})
    end = 0
    for span, _ in matcher.find(text):
        assert span.start >= end
        assert span.start == 0 or not (text[span.start - 1].isalnum() and text[span.start].isalnum())
        assert span.end == len(text) or not text[span.end].isalnum()
        end = span.end


@given(NAMES, TEXTS, TEXTS)
def test_a_name_that_stands_free_is_always_found(name, before, after):
    text = f"{before} {name} {after}"
    start = len(before) + 1
    spans = [span for span, _ in Matcher({name: name}).find(text)]
    assert any(span.start < start + len(name) and start < span.end for span in spans)
