"""Which clauses of a sentence report a statement, and how far their quotes go."""

import pytest
from quoting import quotes

from kg.extract.statements.acts import acts_of, inflect
from kg.extract.words import Words
from kg.lexicon import Lexicon
from kg.model import Span


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The two leaders discussed fisheries.", [("discuss", "discussed fisheries")]),
        ("President Lund also strongly condemned the raid.", [("concern", "condemned the raid")]),
        ("The ministers, in turn, thanked her.", [("appreciate", "thanked her")]),
        ("Italy reiterated that it would help.", [("reaffirm", "reiterated that it would help")]),
        ("Representatives from partner cities urged patience.", [("request", "urged patience")]),
        ("The Harbour Board discussed the new cranes.", [("discuss", "discussed the new cranes")]),
        ("The talks focused mainly on energy.", [("discuss", "focused mainly on energy")]),
        ("They reflected together on the war.", [("discuss", "reflected together on the war")]),
        (
            "She thanked him as well as reaffirmed her support.",
            [("appreciate", "thanked him"), ("reaffirm", "reaffirmed her support")],
        ),
        (
            "She briefed him on trade with Ghana, and Ministers committed to lowering tariffs.",
            [("inform", "briefed him on trade with Ghana"), ("commit", "committed to lowering tariffs")],
        ),
        ("A memorandum on fishing was signed.", [("agree", "A memorandum on fishing was signed")]),
        ("A pact was signed by the two ministers.", [("agree", "A pact was signed by the two ministers")]),
    ],
)
def test_a_finite_verb_of_saying_with_a_speaker_is_a_statement(sentence, expected):
    assert quotes(sentence) == expected


def test_coordinated_verbs_are_two_statements_and_coordinated_objects_one():
    assert quotes("She underscored the need for calm and patience, and welcomed the truce.") == [
        ("reaffirm", "underscored the need for calm and patience"),
        ("appreciate", "welcomed the truce"),
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The nurses attending the event shared their stories.", "shared their stories"),
        ("Talks with the harbour master, President Lund, focused on tides.", "focused on tides"),
        ("In her opening remarks, Ms. Obi stressed the need for rain.", "stressed the need for rain"),
        ("Talks were held on the new pier.", "Talks were held on the new pier"),
        (
            "The pier that Oslo intends to build was also discussed.",
            "The pier that Oslo intends to build was also discussed",
        ),
        ("Ms. Obi consulted in depth on the pier.", "consulted in depth on the pier"),
        ("She welcomed each of the governors’ plans.", "welcomed each of the governors’ plans"),
        ("Ms. Obi insisted that nets wear out; studies show that they last a year.", "insisted that nets wear out"),
        ("Officials participated in a meeting of the Board to discuss tides.", "discuss tides"),
    ],
)
def test_a_statement_is_found_whatever_form_its_subject_has(sentence, expected):
    assert [quote for _, quote in quotes(sentence)] == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "“Norway stands with Ghana,” President Lund said after the talks.",
        "Ms. Obi welcomed the Harbour Master of Oslo, President Lund, to Ghana.",
        "President Lund welcomed the Ghanaian foreign minister, Ms. Obi, to Oslo.",
        "Ms. Obi spoke on the telephone with President Lund.",
        "President Lund hosted mayors, nurses, and civic leaders committed to peace.",
        "Ms. Obi held talks on the sidelines of the fair of fishers.",
    ],
)
def test_what_is_said_to_the_press_and_whom_one_meets_is_no_statement(sentence):
    assert quotes(sentence) == []


def test_a_country_that_will_act_may_look_forward_too():
    assert quotes(
        "The leaders agreed to meet, and the United States will send ships and looks forward to seeing Ghana."
    ) == [
        ("agree", "agreed to meet"),
        ("commit", "will send ships"),
        ("reaffirm", "looks forward to seeing Ghana"),
    ]


def test_a_new_subject_ends_the_quote_before_it():
    assert quotes("President Lund raised the case and the ministers agreed to meet again.") == [
        ("discuss", "raised the case"),
        ("agree", "agreed to meet again"),
    ]


def test_two_verbs_with_one_object_both_quote_it():
    assert [quote for _, quote in quotes("The leaders welcomed and commended the decision.")] == [
        "welcomed and commended the decision",
        "commended the decision",
    ]


def test_the_purpose_of_an_encounter_is_a_statement():
    assert quotes(
        "Minister Adaeze Obi met President Lund in Oslo to discuss fisheries and to thank him for his help."
    ) == [
        ("discuss", "discuss fisheries"),
        ("appreciate", "thank him for his help"),
    ]


def test_an_opportunity_taken_is_a_statement():
    assert quotes("Ms. Obi took the opportunity to congratulate Norway on its election.") == [
        ("appreciate", "congratulate Norway on its election")
    ]


def test_participles_beside_a_statement_are_statements():
    assert quotes("The leaders discussed trade, noting that exports had grown.") == [
        ("discuss", "discussed trade"),
        ("inform", "noting that exports had grown"),
    ]


def test_participles_that_open_a_sentence_or_are_put_into_one_are_statements():
    assert quotes("Recognizing the storms, the leaders agreed to meet.") == [
        ("reaffirm", "Recognizing the storms"),
        ("agree", "agreed to meet"),
    ]
    assert quotes("The President, while appreciating the help, requested two ships.") == [
        ("appreciate", "appreciating the help"),
        ("request", "requested two ships"),
    ]
    assert quotes("The President joined Minister Adaeze Obi in urging calm.") == [("request", "urging calm")]
    assert quotes("They met while planning a tour and sharing a boat.") == []


def test_speaking_about_something_is_discussing_it():
    assert quotes("Minister Adaeze Obi spoke today with President Lund about the floods.") == [
        ("discuss", "spoke today with President Lund about the floods")
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Minister Adaeze Obi spoke today with President Lund.",
        "President Lund welcomed Minister Adaeze Obi to the palace.",
        "Ms. Obi led a delegation to Oslo to follow up on the floods.",
        "The United States applauds the vote.",
        "The steps announced by Norway last week will help.",
        "The President had agreed to the plan.",
        "Earlier this year, the President announced a fund.",
        "The issues raised by the unions remain open.",
        "She will discuss the matter in May.",
        "Minister Adaeze Obi called on President Lund on 3 May.",
        "The pact was signed in 2019.",
        "The bill was signed into law by the Governor.",
        "The ministry focused its plan on harbours.",
        "In her statement on Monday, the President reaffirmed her plan.",
        "As the President said in Oslo, patience pays.",
        "The United States looks forward to the vote.",
    ],
)
def test_encounters_background_plans_and_the_publishers_own_voice_are_no_statements(sentence):
    assert quotes(sentence) == []


def test_what_lies_in_the_object_of_another_verb_is_part_of_it():
    assert quotes("The sides agreed to discuss the budget and to urge restraint.") == [
        ("agree", "agreed to discuss the budget and to urge restraint")
    ]
    assert quotes("She said the leaders agreed on a date.") == [("inform", "said the leaders agreed on a date")]


def test_remarks_after_the_object_are_left_out():
    assert quotes("She repeated that no ship had sailed, as she has said before.") == [
        ("reaffirm", "repeated that no ship had sailed")
    ]


@pytest.mark.parametrize(
    ("sentence", "act"),
    [
        ("Ms. Obi expressed her deep condolences.", "appreciate"),
        ("Ms. Obi expressed serious concern over the raid.", "concern"),
        ("Ms. Obi expressed her hope for peace.", "reaffirm"),
        ("Ms. Obi noted the importance of trade.", "reaffirm"),
        ("Ms. Obi noted that two ships had sailed.", "inform"),
        ("Ms. Obi noted that we will stay.", "reaffirm"),
        ("Ms. Obi assured him that ships would come.", "commit"),
        ("Ms. Obi received an overview of the harbour from President Lund.", "inform"),
        ("Ms. Obi let President Lund know that help would come.", "inform"),
        ("Ms. Obi made clear that she would stay.", "reaffirm"),
        ("Ms. Obi called on the sides to talk.", "request"),
        ("Ms. Obi provided an update on the talks.", "inform"),
        ("Ms. Obi offered her support.", "reaffirm"),
        ("Ms. Obi offered two ships.", "commit"),
        ("Ms. Obi shared her concerns about the raid.", "concern"),
        ("Ms. Obi shared her interest in the harbour.", "inform"),
        ("Ms. Obi raised two cases of concern.", "discuss"),
        ("Ms. Obi raised concerns about the raid.", "concern"),
        ("Ms. Obi conveyed her greetings.", "appreciate"),
        ("Ms. Obi conveyed the greetings of the Queen.", "inform"),
        ("Ms. Obi announced support for the harbour.", "commit"),
        ("Ms. Obi confirmed a further $3 million for the port.", "commit"),
        ("Ms. Obi confirmed her support.", "reaffirm"),
        ("Ms. Obi recalled that the treaty remains important.", "inform"),
        ("Ms. Obi inquired about the harbour.", "discuss"),
        ("The ministers were in agreement that ships must sail.", "agree"),
        ("Ms. Obi exchanged views with him on trade.", "discuss"),
        ("Ms. Obi paid tribute to the rescuers.", "appreciate"),
    ],
)
def test_the_act_follows_verb_and_object(sentence, act):
    assert [found for found, _ in quotes(sentence)] == [act]


def test_passives_and_agendas_tell_what_was_discussed():
    assert quotes("During the visit, fisheries and ports were also discussed.") == [
        ("discuss", "fisheries and ports were also discussed")
    ]
    assert quotes("Also on the agenda were trade and the fight against crime.") == [
        ("discuss", "were trade and the fight against crime")
    ]
    assert quotes("The floods were another topic of the talks.") == [
        ("discuss", "The floods were another topic of the talks")
    ]
    for told in (
        "Trade was the focus of the talks",
        "Ports and trade were at the centre of the discussions",
        "Ports featured prominently in the talks",
        "Trade dominated the talks",
    ):
        assert quotes(f"{told}.") == [("discuss", told)]
    assert quotes("Also discussed were ports.") == [("discuss", "were ports")]
    for told in ("a discussion with nurses on trade", "the discussions on trade"):
        assert quotes(f"The evening featured {told}.") == []
    assert quotes("Views were exchanged on ports.") == [("discuss", "Views were exchanged on ports")]
    assert quotes("It was agreed to hold yearly talks.") == [("agree", "It was agreed to hold yearly talks")]


def test_the_first_person_tells_of_statements_too():
    assert quotes("I thanked the Minister for her welcome, and we agreed to work together.") == [
        ("appreciate", "thanked the Minister for her welcome"),
        ("agree", "agreed to work together"),
    ]


def test_forms_of_a_verb_are_derived():
    assert inflect("discuss", {}) == {
        "discusses": "third",
        "discussing": "ing",
        "discussed": "past",
        "discuss": "base",
    }
    assert inflect("urge", {})["urging"] == "ing"


def test_a_users_file_adds_verbs(tmp_path):
    (tmp_path / "acts.toml").write_text(
        '[acts]\nconcern = ["tut"]\n[irregular]\ntut = ["tutted", "tutted", "tutting", "tuts"]\n'
    )
    acts = acts_of(Lexicon.load(tmp_path / "acts.toml"))
    text = "The leaders tutted."
    cue = acts.cue(Words.of(text, Span(0, len(text))), 2)
    assert cue is not None
    assert cue.act == "concern"
