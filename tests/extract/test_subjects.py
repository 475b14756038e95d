"""Whose word a clause reports: subjects with something put in, lists of names in them, parties of every kind."""

import pytest
from test_clauses import quotes
from test_statements import BOTH, bilateral, speakers


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("President Lund (the chair) underscored the need for rain.", "underscored the need for rain"),
        ("The pilots and mayors – of all four harbors – discussed tides.", "discussed tides"),
        ("The President, mayors, and mayors-elect discussed tides.", "discussed tides"),
        ("The Secretary, the Cardinal, and the Archbishop discussed tides.", "discussed tides"),
        ("Legislators from all three states discussed tides.", "discussed tides"),
        ("Union leaders from the AFU, Ferry Four, and LBA highlighted wages.", "highlighted wages"),
        ("Members of the board and task force provided an update on tides.", "provided an update on tides"),
        ("Landlords also offered their feedback on the fund.", "offered their feedback on the fund"),
        ("President Lund, who also attended, announced new ships.", "announced new ships"),
        ("Legislators exchanged best practices on tides.", "exchanged best practices on tides"),
        ("Ms. Obi in response urged calm.", "urged calm"),
        ("Ms. Obi, in reply, urged calm.", "urged calm"),
        ("Ms. Obi sought their help.", "sought their help"),
        ("Ms. Obi for her part informed her about ice.", "informed her about ice"),
        ("President Lund urged calm; his guests concurred.", "urged calm"),
        ("President Lund promised that all are heard and met.", "promised that all are heard and met"),
        ("Several stressed the need for rain.", "stressed the need for rain"),
        ("The officials were grateful to hear of the tides.", "were grateful to hear of the tides"),
    ],
)
def test_a_subject_is_found_whatever_is_put_into_it(sentence, said):
    assert [quote for _, quote in quotes(sentence)] == [said]


def test_a_participle_or_a_name_is_no_finite_verb():
    assert quotes("They discussed the efforts, undertaken with partners in May.") == [
        ("discuss", "discussed the efforts, undertaken with partners in May")
    ]
    assert quotes("Ida Holm, RN, Registered Nurse") == []


def test_an_adjective_after_the_purpose_of_a_party_is_no_second_verb():
    assert quotes("She met leaders from ferry companies to discuss shared priorities.") == [
        ("discuss", "discuss shared priorities")
    ]


def test_what_is_offered_as_advice_informs():
    assert [act for act, _ in quotes("The nurses offered recommendations to the government.")] == ["inform"]
    assert [act for act, _ in quotes("The nurses offered free care.")] == ["commit"]


def test_somebody_named_with_the_other_party_speaks_for_both_sides():
    assert speakers("Ada Hill met Bo Dahl. The Secretary and the special envoy to the king discussed tides.") == [BOTH]


def test_what_companies_have_already_agreed_elsewhere_is_no_statement():
    assert bilateral("Ada Hill met Bo Dahl. In response, companies have already agreed to lower fares.") == ()


def test_relations_with_somebody_are_not_talks_with_them():
    met = "Ada Hill met Bo Dahl. "
    assert speakers(f"{met}The Secretary discussed U.S. engagement with Ghana.") == [("hill",)]
    assert speakers(f"{met}The Secretary discussed tides with the Minister.") == [BOTH]
    assert speakers(f"{met}The Secretary continued consultations with her Norwegian counterpart about tides.") == [BOTH]


def test_an_owner_is_no_subject():
    assert quotes("She met them to discuss Ghana and Norway’s shared goals.") == [
        ("discuss", "discuss Ghana and Norway’s shared goals")
    ]


def test_the_body_that_meets_speaks_for_all_and_a_stray_comma_parts_nothing():
    assert speakers("Ada Hill met Bo Dahl. The task force discussed tides.") == [BOTH]
    assert speakers("Ada Hill met Bo Dahl. Ada Hill and Bo Dahl, underscored the need for rain.") == [BOTH]
    assert speakers("Ada Hill met Bo Dahl. The Secretary spoke at length about tides.") == [("hill",)]


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Attention was also drawn to the quota.", [("discuss", "Attention was also drawn to the quota")]),
        ("The focus of the talks was on herring.", [("discuss", "was on herring")]),
        ("There was also discussion of the quota.", [("discuss", "was also discussion of the quota")]),
        ("The two ministers plan to meet the crews.", [("agree", "plan to meet the crews")]),
        ("President Lund plans to meet the crews.", []),
        (
            "The minister gave an assurance that nets would be returned.",
            [("commit", "gave an assurance that nets would be returned")],
        ),
    ],
)
def test_talk_is_told_in_more_ways_than_by_its_verbs(sentence, said):
    assert quotes(sentence) == said


def test_items_without_a_mark_share_the_subject_that_announced_them():
    told = bilateral(
        "Ada Hill met Bo Dahl.\n\nThe ministers:\n\nReaffirmed the bond.\n\nCondemned the raid.\n\nWelcome aboard."
    )
    assert [(one.act, len(one.speakers)) for one in told] == [("reaffirm", 2), ("concern", 2)]


def test_what_leads_to_a_relative_clause_is_no_end_of_what_was_said():
    assert [quote for _, quote in quotes("President Lund explained the plan, to which Ms. Obi expressed support.")] == [
        "explained the plan",
        "expressed support",
    ]
    citizens = "discussed the rescue of Norway who supported the port"
    assert quotes(f"The leaders {citizens}.") == [("discuss", citizens)]
    within = "noted the speech, in which Ms. Obi praised the plan"
    assert quotes(f"President Lund {within}.") == [("inform", within)]
