"""Initiatives as releases of other governments word them: sets of agreements, forums of ministers, quoted names."""

import pytest
from initiating import names

from kg.extract import extract
from kg.model import Readout


def test_a_year_behind_tells_which_agreement_is_meant():
    assert names("They took stock of the ferry agreement of 2031, under which ports are paid.") == [
        "ferry agreement of 2031"
    ]


def test_a_count_alone_does_not_tell_which_agreements_are_meant():
    assert names("The leaders witnessed the signing of ten new agreements.") == []


def test_a_participle_ends_what_an_agreement_is_about():
    text = "They endorsed the Plan of Action on reef care covering the Gull and Heron Bays."
    assert names(text) == ["Plan of Action on reef care"]


def test_small_words_between_capitals_are_inside_the_name():
    assert names("They signed an agreement on Mutual Aid in Harbour Matters.") == [
        "agreement on Mutual Aid in Harbour Matters"
    ]
    assert names("She signed a Memorandum of Understanding on deepening Reef and Port care and one on rice.") == [
        "Memorandum of Understanding on deepening Reef and Port care"
    ]
    assert names("He welcomed the Agreement for Cooperation Related to Harbour Dredging.") == [
        "Agreement for Cooperation Related to Harbour Dredging"
    ]


def test_how_often_it_meets_is_part_of_what_is_set_up():
    assert names("They agreed to establish an annual dialogue on clean reefs.") == ["annual dialogue on clean reefs"]


def test_an_expert_group_counts_when_it_is_set_up():
    assert names("They agreed to set up an expert group on green ports, which meets in May.") == [
        "expert group on green ports"
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He spoke of the “Rebuilding Coasts” Fund.", "Rebuilding Coasts Fund"),
        ("They considered the roadmap “A New Course for Ferries and Ports”.", "A New Course for Ferries and Ports"),
    ],
)
def test_a_noun_beside_quotation_marks_says_what_is_quoted(text, name):
    assert names(text) == [name]


def test_peace_processes_count_where_names_tell_them_apart():
    assert names("They welcomed the merger of the Gull–Heron peace processes.") == ["Gull–Heron peace processes"]
    assert names("They noted the peace processes on the continent.") == []


def test_a_joint_commission_of_ministers_is_set_up_by_its_parties_and_no_body():
    text = "The ministers met in Oslo for the 9th Norway-Ghana Joint Ministerial Commission (JMC)."
    readout = extract(Readout(id="x", text=text, publisher="Norway"))
    assert [found.name for found in readout.initiatives] == ["Norway-Ghana Joint Ministerial Commission"]
    assert "Norway-Ghana Joint Ministerial Commission" not in {body.name for body in readout.agencies}
