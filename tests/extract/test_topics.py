"""What a statement is about: noun phrases of the clause."""

import pytest

from kg.extract.statements.topics import topic_words, topics_in
from kg.lexicon import default_lexicon
from kg.model import Span

WORDS = topic_words(default_lexicon())


def topics(clause):
    return [span.of(clause) for span in topics_in(clause, Span(0, len(clause)), WORDS)]


def test_the_members_of_a_list_are_topics():
    assert topics("the drought in the Sahel, water rights, and prosperity") == [
        "the drought in the Sahel",
        "water rights",
        "prosperity",
    ]


def test_adjectives_between_commas_belong_to_the_noun_that_follows():
    assert topics("their shared vision of a free, open, and resilient Arctic")[0].endswith("resilient Arctic")


def test_a_relative_clause_ends_the_list():
    assert topics("the Harbour Pact, under which pilots train together, and so on") == ["the Harbour Pact"]


@pytest.mark.parametrize("clause", ["under which", "they", "such", "to it"])
def test_words_that_name_nothing_are_no_topics(clause):
    assert topics(clause) == []


@pytest.mark.parametrize(
    "clause", ["the administration", "their ongoing work", "steps they have taken", "consult with its partners closely"]
)
def test_what_fits_any_encounter_or_is_no_noun_phrase_is_no_topic(clause):
    assert topics(clause) == []


def test_a_finite_verb_and_a_small_word_at_the_end_are_left_out():
    assert topics("Norwegian dredgers will deepen the port") == ["Norwegian dredgers"]
    assert topics("cooperation on ports to the") == ["cooperation on ports"]
