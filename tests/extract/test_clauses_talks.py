"""Which clauses tell what was said without somebody who says it: talks, passives, "there was", chances."""

import pytest
from quoting import quotes


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("The main topics were tides and police cooperation.", "were tides and police cooperation"),
        ("These discussions concerned the reef.", "concerned the reef"),
        ("The talks were dominated by tolls.", "were dominated by tolls"),
        ("The visit was devoted to tolls.", "was devoted to tolls"),
        ("The conversation turned to tolls.", "turned to tolls"),
        ("Their discussions also included tolls.", "included tolls"),
        ("There was an exchange of views on tolls.", "was an exchange of views on tolls"),
        ("The case of the ferry was also brought up.", "The case of the ferry was also brought up"),
        ("Discussions were also held on tolls.", "Discussions were also held on tolls"),
        ("Tolls were likewise discussed.", "Tolls were likewise discussed"),
        ("They were chaired by President Lund and focused on tolls.", "focused on tolls"),
    ],
)
def test_talks_tell_what_was_discussed(sentence, quote):
    assert quotes(sentence) == [("discuss", quote)]


@pytest.mark.parametrize(
    "sentence",
    [
        "President Lund turned to Ms. Obi.",
        "President Lund took up the post in May.",
        "The talks were friendly and frank.",
        "The topics were discussed.",
        "They called for dialogue with all parties concerned.",
    ],
)
def test_only_talks_concern_something_and_turn_to_it(sentence):
    told = ("were devoted", "turned", "concerned", "took up", "were friendly", "were discussed")
    assert not any(quote.startswith(told) for _, quote in quotes(sentence))


def test_the_sides_are_united_and_there_is_agreement():
    assert quotes("Both sides were united on the need for ice.") == [("agree", "were united on the need for ice")]
    assert quotes("There was broad agreement that ice matters.") == [("agree", "was broad agreement that ice matters")]
    assert quotes("A plan of action was adopted.") == [("agree", "A plan of action was adopted")]


@pytest.mark.parametrize(
    "chance",
    [
        "The meeting provided an opportunity",
        "The visit was an occasion",
        "The talks offered both sides a chance",
        "The meeting was an opportunity for the ministers",
    ],
)
def test_what_a_meeting_gave_a_chance_for_was_said(chance):
    assert quotes(f"{chance} to take stock of the pact and to exchange views on ice.") == [
        ("discuss", "take stock of the pact"),
        ("discuss", "exchange views on ice"),
    ]


def test_a_passive_may_be_the_second_clause():
    assert quotes("President Lund praised Norway, and it was decided to fish.") == [
        ("appreciate", "praised Norway"),
        ("agree", "it was decided to fish"),
    ]
    assert quotes("The talks covered ice, and matters of the port were taken up.") == [
        ("discuss", "covered ice"),
        ("discuss", "matters of the port were taken up"),
    ]


def test_the_noun_tells_what_a_passive_reports():
    for noun, act in (("Satisfaction", "appreciate"), ("Concern", "concern"), ("Support", "reaffirm")):
        quote = f"{noun} was expressed at the pact"
        assert quotes(f"{quote}.") == [(act, quote)]
    assert quotes("It was noted that trade had grown.") == [("inform", "It was noted that trade had grown")]
    assert quotes("The plan was noted.") == []
    assert quotes("Tolls were discussed by both sides.") == [("discuss", "Tolls were discussed by both sides")]
    assert quotes("Tolls were discussed by experts.") == []


def test_documents_are_exchanged_in_agreement():
    assert quotes("Two memoranda were exchanged.") == [("agree", "Two memoranda were exchanged")]
    assert quotes("Gifts were exchanged.") == []


def test_speech_after_a_colon_is_literal_and_what_comes_before_is_not():
    assert quotes('President Lund thanked Norway and said: "We agreed on much."') == [("appreciate", "thanked Norway")]
    assert quotes("President Lund praised two things: ice and tides.") == [
        ("appreciate", "praised two things: ice and tides")
    ]


def test_worries_raised_are_concerns_and_thanks_conveyed_to_somebody_are_thanks():
    assert quotes("Concerns were raised about the reef.") == [("concern", "Concerns were raised about the reef")]
    assert quotes("Thanks were conveyed to Norway.") == [("appreciate", "Thanks were conveyed to Norway")]
    assert quotes("There was no agreement on ice.") == []
    assert quotes("The President, on behalf of the crew, referred to ice.") == [("inform", "referred to ice")]


def test_what_a_person_expressed_or_raised_may_be_told_in_the_passive():
    assert quotes("Thanks were expressed by Ms. Obi for the ships.") == [
        ("appreciate", "Thanks were expressed by Ms. Obi for the ships")
    ]
    assert quotes("The floods were raised by the Senate.") == []


def test_what_is_told_to_the_press_is_not_said_at_the_meeting():
    assert quotes("President Lund said at a press conference that tolls matter.") == []
    for press in ("reporters that tolls matter", "the press that tolls matter", "a news conference that tolls matter"):
        assert quotes(f"President Lund told {press}.") == []


def test_what_was_recalled_or_confirmed_may_be_told_in_the_passive():
    assert quotes("It was recalled that ships are late.") == [("inform", "It was recalled that ships are late")]
    assert quotes("The plan to build ships was confirmed.") == [("reaffirm", "The plan to build ships was confirmed")]


def test_whoever_talked_may_do_more_during_the_talk():
    assert quotes("They talked about ice, during which President Lund called for calm.") == [
        ("discuss", "talked about ice"),
        ("request", "called for calm"),
    ]


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("An exchange of views also took place on tolls.", "An exchange of views also took place on tolls"),
        ("Extensive discussions took place regarding tolls.", "Extensive discussions took place regarding tolls"),
        ("President Lund met Ms. Obi, during which talks were held on tolls.", "talks were held on tolls"),
    ],
)
def test_talks_that_were_held_or_took_place_on_something_discussed_it(sentence, quote):
    assert quotes(sentence) == [("discuss", quote)]


def test_what_was_pointed_out_may_be_told_in_the_passive():
    told = "It was pointed out that tolls matter"
    assert quotes(f"{told}.") == [("inform", told)]
