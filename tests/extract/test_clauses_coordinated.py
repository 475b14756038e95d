"""Which further verbs of a sentence report a statement of their own."""

import pytest
from quoting import quotes


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("As part of that, they discussed tides.", [("discuss", "discussed tides")]),
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
