"""Which clauses tell what was said in the plain style of press offices: releases that open with it, talks met for."""

import pytest
from quoting import quotes


@pytest.mark.parametrize("verb", ["underscored", "stressed", "highlighted"])
def test_own_worry_is_a_concern_whatever_stresses_it(verb):
    for worry in ("her concerns about tolls", "deep concern about tolls", "their serious concern at the tolls"):
        assert quotes(f"President Lund {verb} {worry}.") == [("concern", f"{verb} {worry}")]
    others = f"{verb} the importance of the farmers' concerns"
    assert quotes(f"President Lund {others}.") == [("reaffirm", others)]


def test_to_speak_out_for_something_is_no_worry():
    assert quotes("President Lund spoke out in favour of tolls.") == [("reaffirm", "spoke out in favour of tolls")]
    assert quotes("President Lund spoke out against tolls.") == [("concern", "spoke out against tolls")]


def test_who_stands_with_somebody_says_so_to_reaffirm_it():
    for stand in (
        "Norway would always stand by Ghana",
        "people stand firmly by Ghana",
        "Norway would stand with Ghana",
    ):
        assert quotes(f"President Lund said that {stand}.") == [("reaffirm", f"said that {stand}")]


def test_a_chance_to_exchange_information_is_used_to_discuss():
    sentence = "The dialogue provided an opportunity to exchange information on tolls."
    assert quotes(sentence) == [("discuss", "exchange information on tolls")]


@pytest.mark.parametrize("opening", ["", "OSLO, 3 May – ", "Oslo, 03.05.2024 - "])
def test_a_release_opens_with_what_two_countries_have_done(opening):
    (told,) = quotes(f"{opening}Norway and Ghana have reaffirmed their bond.")
    assert told == ("reaffirm", "reaffirmed their bond")
    assert not quotes(f"{opening}Norway and the reef have reaffirmed their bond.")


def test_talks_that_somebody_was_met_for_tell_what_was_discussed():
    sentence = "President Lund met Minister Adaeze Obi for talks on the reef and praised her."
    assert quotes(sentence) == [("discuss", "talks on the reef"), ("appreciate", "praised her")]
    for day in ("Monday", "5 May", "the first day of her visit", "the margins of the games"):
        assert not quotes(f"President Lund met Minister Adaeze Obi for talks on {day}.")


def test_a_number_makes_a_second_verb_of_what_might_be_an_adjective():
    sentence = "She called on the states to adopt a budget and announced four events."
    assert quotes(sentence)[1] == ("commit", "announced four events")
    (told,) = quotes("President Lund praised the plans and announced measures.")
    assert told == ("appreciate", "praised the plans and announced measures")


def test_who_is_received_may_have_a_title_in_small_letters():
    for title in ("the federal president of Italy,", "the Italian interior minister,"):
        assert not quotes(f"The two leaders met. President Lund welcomed {title} Minister Adaeze Obi, with honours.")
    dialogue = "welcomed the dialogue Governor Ms. Obi has convened"
    assert quotes(f"President Lund {dialogue}.") == [("appreciate", dialogue)]
