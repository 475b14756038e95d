"""The forms of one initiative's name in a text, and names that are known beforehand."""

import pytest
from initiating import found, names


def test_one_persons_plan_for_two_purposes_is_one_plan():
    people = ("President Moe",)
    text = "It is part of President Moe’s strategy to clean ports. The President’s strategy to cut costs works."
    (plan,) = found(text, people=people)
    assert plan.name == "President Moe’s strategy to clean ports"


def test_short_forms_and_abbreviations_are_aliases_of_one_initiative():
    text = (
        "They signed the Framework for Coastal Prosperity (FCP). The Framework helps ports. "
        "The FCP has ten members, and the Framework for Coastal Prosperity is open."
    )
    (initiative,) = found(text)
    assert initiative.name == "Framework for Coastal Prosperity"
    assert {"FCP", "Framework"} <= set(initiative.aliases)
    assert [mention.span.of(text) for mention in initiative.mentions] == [
        "Framework for Coastal Prosperity",
        "FCP",
        "Framework",
        "FCP",
        "Framework for Coastal Prosperity",
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "They cited the Strategy to Protect the Reefs of the North and the protected reefs strategy.",
            "Strategy to Protect the Reefs of the North",
        ),
        (
            "They cited the Cross-Party Pier Agreement. They back the Cross-Party Agreement.",
            "Cross-Party Pier Agreement",
        ),
        ("They held a Pier Task Force. The National Pier Task Force spoke of kelp.", "National Pier Task Force"),
    ],
)
def test_a_name_in_fewer_words_is_no_initiative_of_its_own(text, name):
    assert names(text) == [name]


def test_the_parties_in_a_name_tell_it_from_that_of_others():
    both = ["Norway-Ghana Partnership", "Samoa-Norway-Ghana Power Partnership"]
    assert names(f"They praised the {both[0]} and the {both[1]}.") == both


def test_well_known_names_need_no_head_noun():
    assert "AUKUS" in names("They discussed AUKUS.")


def test_a_known_name_counts_within_the_name_of_an_event():
    assert names("They will attend the Quad Leaders’ Summit.") == ["Quad"]


def test_a_known_name_is_the_same_behind_the_body_that_has_made_it():
    assert names("They back the Reef League Three Seas Initiative.", bodies=("Reef League",)) == [
        "Three Seas Initiative"
    ]
    assert names("They praised the Reef League resolution.", bodies=("Reef League",)) == ["Reef League resolution"]


def test_a_known_name_is_the_same_behind_its_body_and_the_bodys_letters():
    text = "They back the Reef League (RL) Three Seas Initiative."
    assert names(text, bodies=("Reef League", "RL")) == ["Three Seas Initiative"]


def test_known_letters_in_brackets_tell_what_the_name_before_them_means():
    (initiative,) = found("They signed the Norway-Ghana Comprehensive Reef Partnership Agreement (IA-CEPA).")
    assert initiative.name == "Norway-Ghana Comprehensive Reef Partnership Agreement"
    assert "IA-CEPA" in initiative.aliases


def test_known_letters_in_brackets_need_no_name_before_them():
    assert names("I (AUKUS) am here.") == ["AUKUS"]


def test_no_other_name_runs_into_a_known_one():
    text = "They back the International Reef League (IRL) Extended Fund Facility."
    assert names(text, bodies=("International Reef League", "IRL")) == ["Extended Fund Facility"]


def test_a_noun_behind_a_known_name_only_says_what_it_is():
    assert names("They praised the Samoa-funded Feed the Future programme.") == ["Feed the Future"]


def test_a_name_behind_a_comma_explains_nothing():
    assert names("They praised the Pier Hubs, the Reefs for All Initiative and trade.") == ["Reefs for All Initiative"]


def test_initiatives_in_a_row_are_no_list_of_bodies():
    text = "It is paid from the Samoa Fund, the Joint Reef Fund, the Clean Pier Fund and the Port Fund."
    assert names(text) == ["Samoa Fund", "Joint Reef Fund", "Clean Pier Fund", "Port Fund"]


def test_a_longer_name_of_another_thing_is_not_the_same_initiative():
    text = "They praised the Clean Harbours Partnership and the Clean Harbours Partnership Charter."
    assert names(text) == ["Clean Harbours Partnership", "Clean Harbours Partnership Charter"]
    text = "They cited the Executive Order on the Future of the Fair Ferries Act. The Fair Ferries Act is old."
    assert names(text) == ["Executive Order on the Future of the Fair Ferries Act", "Fair Ferries Act"]


def test_what_is_known_beforehand_keeps_its_identifier_and_is_called_as_in_the_text():
    (initiative,) = found("They praised the UN Charter.")
    assert initiative.name == "UN Charter"
    assert initiative.id == "initiative/charter-of-the-united-nations"
    assert "Charter of the United Nations" in initiative.aliases
    (spelt_out,) = found("They returned to the JCPOA.")
    assert spelt_out.name in {"JCPOA", "Joint Comprehensive Plan of Action"}


def test_an_abbreviation_that_the_text_explains_otherwise_is_not_the_known_one():
    assert names("He met the Coastal Outpost Council Planning Authority (JCPOA).") == ["JCPOA"]
    assert names("He met the Joint Coastal Port Oversight Authority (JCPOA). The JCPOA advises.") == []


def test_a_sum_of_money_is_no_part_of_the_name():
    assert names("They praised the $40 Million Reef Rescue Fund.") == ["Reef Rescue Fund"]
