"""Which further verbs of a sentence report a statement of their own."""

import pytest
from quoting import quotes


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("As part of that, they discussed tides.", [("discuss", "discussed tides")]),
        ("She urged calm and later met with President Lund.", [("request", "urged calm")]),
        ("She praised the crew and toured the port.", [("appreciate", "praised the crew")]),
        (
            "She noted that the crew came and met with mayors.",
            [("inform", "noted that the crew came and met with mayors")],
        ),
        (
            "She praised the port, recognizing its role.",
            [("appreciate", "praised the port"), ("reaffirm", "recognizing its role")],
        ),
        (
            "She thanked the crew and looks forward to ice.",
            [("appreciate", "thanked the crew"), ("reaffirm", "looks forward to ice")],
        ),
        ("She outlined visits and plans to fish.", [("inform", "outlined visits and plans to fish")]),
        (
            "She praised the plan that helps and looks forward.",
            [("appreciate", "praised the plan that helps and looks forward")],
        ),
        ("The leaders praised the maps and updated charts.", [("appreciate", "praised the maps and updated charts")]),
        (
            "The leaders praised the maps and updated President Lund.",
            [("appreciate", "praised the maps"), ("inform", "updated President Lund")],
        ),
        ("President Lund and Ms. Obi spoke to review tolls.", [("discuss", "review tolls")]),
        ("President Lund and Ms. Obi spoke to the need for ice.", [("discuss", "spoke to the need for ice")]),
        (
            "She praised the crew and spoke out against tolls.",
            [("appreciate", "praised the crew"), ("concern", "spoke out against tolls")],
        ),
    ],
)
def test_what_goes_on_after_a_first_verb_is_a_statement_only_where_it_is_a_verb_of_the_same_subject(sentence, expected):
    assert quotes(sentence) == expected


@pytest.mark.parametrize("conjunction", ["While", "Besides", "In addition to"])
def test_a_participle_that_opens_the_sentence_is_a_statement_also_after_a_conjunction(conjunction):
    praised = ("appreciate", "praised Italy")
    assert quotes(f"{conjunction} noting the risk, President Lund praised Italy.") == [
        ("inform", "noting the risk"),
        praised,
    ]
    assert quotes(f"{conjunction} fishing, President Lund praised Italy.") == [praised]


def test_some_and_an_industry_may_speak():
    assert quotes("Some also raised concerns about ice.") == [("concern", "raised concerns about ice")]
    assert quotes("Industry welcomed the plan.") == [("appreciate", "welcomed the plan")]
    assert quotes("They welcomed some shared goals.") == [("appreciate", "welcomed some shared goals")]


def test_a_name_in_capitals_is_no_relative_pronoun():
    assert quotes("The WHO praised Norway.") == [("appreciate", "praised Norway")]
    assert quotes("President Lund thanked the WHO.") == [("appreciate", "thanked the WHO")]


def test_an_adverb_at_the_end_of_the_sentence_is_part_of_the_quote_and_before_the_next_verb_of_that():
    assert quotes("They agreed to deepen their ties further.") == [("agree", "agreed to deepen their ties further")]
    assert quotes("They agreed to fish and further praised Norway.")[0] == ("agree", "agreed to fish")


def test_a_participle_may_stand_between_subject_and_verb():
    assert quotes("President Lund, expressing his thanks for the aid, requested ice.") == [
        ("appreciate", "expressing his thanks for the aid"),
        ("request", "requested ice"),
    ]


def test_what_a_verb_frames_is_no_part_of_the_clause_before():
    assert quotes("They agreed to fish and ended by thanking Norway.") == [
        ("agree", "agreed to fish"),
        ("appreciate", "thanking Norway"),
    ]


def test_an_announced_sum_is_a_second_verb_and_not_an_adjective():
    assert quotes("She praised the crew and announced €3 million.")[1] == ("commit", "announced €3 million")


@pytest.mark.parametrize("opening", ["In January 2021,", "In her speech in Oslo,", "Last month,"])
def test_what_was_said_at_another_time_or_place_is_no_statement(opening):
    assert quotes(f"{opening} President Lund announced ice.") == []


@pytest.mark.parametrize(
    "opening",
    ["In her remarks,", "President Lund on Monday in Oslo", "As members of the board, President Lund and Ms. Obi"],
)
def test_an_opening_may_tell_when_and_in_which_role_it_was_said(opening):
    subject = "" if "Lund" in opening else " President Lund"
    assert quotes(f"{opening}{subject} called for ice.") == [("request", "called for ice")]


def test_a_call_may_be_led_to_discuss_something():
    assert quotes("President Lund led a call with farmers to discuss ice.") == [("discuss", "discuss ice")]
    assert quotes("President Lund led a delegation to discuss ice.") == []


@pytest.mark.parametrize(
    "deed",
    [
        "addressed the Ocean Forum, held in May",
        "addressed the students of the college",
        "presented her credentials in Oslo",
        "called on Minister Adaeze Obi",
        "called on the Minister of Ports, Minister Adaeze Obi",
        "welcomed Norway's Minister of Ports, Minister Adaeze Obi, to Oslo",
    ],
)
def test_deeds_are_no_statements(deed):
    assert quotes(f"President Lund {deed}.") == []


def test_what_is_addressed_welcomed_and_called_for_is_a_statement():
    for told in ("addressed the needs of students", "welcomed Norway's leadership", "called on Norway to act"):
        assert [quote for _, quote in quotes(f"President Lund {told}.")] == [told]


def test_a_participle_with_while_may_stand_between_subject_and_verb():
    assert quotes("Ms. Obi, while appreciating the aid, pledged ice.") == [
        ("appreciate", "appreciating the aid"),
        ("commit", "pledged ice"),
    ]


def test_what_is_said_while_something_else_is_needs_no_commas():
    assert quotes("Ms. Obi while thanking Ghana for the ships requested more ice.") == [
        ("appreciate", "thanking Ghana for the ships"),
        ("request", "requested more ice"),
    ]


def test_a_relative_clause_parts_a_subject_from_its_verb():
    assert quotes("Ms. Obi, who is here for the races, run by the clubs, thanked the crew and asked for ice.") == [
        ("appreciate", "thanked the crew"),
        ("request", "asked for ice"),
    ]


def test_a_pronoun_begins_a_clause_behind_an_adjunct_without_comma():
    assert quotes("With the latter she discussed tolls.") == [("discuss", "discussed tolls")]


def test_two_countries_have_agreed_where_the_release_opens_with_it():
    assert quotes("Norway and Ghana have agreed to share ice.") == [("agree", "agreed to share ice")]
    assert quotes("Norway has agreed to share ice.") == []


def test_a_deed_is_an_agreement_where_all_who_met_do_it():
    assert quotes("The ministers welcomed the plan and launched a fund.") == [
        ("appreciate", "welcomed the plan"),
        ("agree", "launched a fund"),
    ]
    assert quotes("President Lund launched a fund.") == []
    assert quotes("They met to launch a fund.") == []


def test_what_was_announced_in_numbers_is_a_second_verb():
    assert quotes("She urged the crews to adopt a plan and announced four races.") == [
        ("request", "urged the crews to adopt a plan"),
        ("commit", "announced four races"),
    ]


def test_the_act_follows_what_was_said_of_standing_by_and_of_favour():
    assert quotes("She said that Norway would always stand with Ghana.")[0][0] == "reaffirm"
    assert quotes("She spoke out in favour of tolls.")[0][0] == "reaffirm"


def test_talks_that_give_a_chance_to_exchange_information_tell_of_the_exchange_alone():
    chance = quotes("The talks provided an opportunity to exchange information on tolls.")
    assert chance == [("discuss", "exchange information on tolls")]
