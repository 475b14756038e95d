"""What sounds like an initiative and is none: policy talk, relations, bodies and people."""

import pytest
from initiating import names


@pytest.mark.parametrize(
    "text",
    [
        "They praised efforts to combat illegal fishing.",
        "They hoped for Samoa’s agreement to reopen the port.",
        "They spoke of ferry bans.",
        "They asked what to put an Order on",
        "They agreed to strengthen the working groups.",
        "They welcomed several agreements.",
        "They met at the Harbour Cities Forum.",
        "The Reef Rescue Call to Action Ministerial takes place in May.",
        "They discussed their China policy.",
        "They found the best deal.",
        "They decided to create jobs and to support agreements.",
        "They hope to start a campaign to win votes.",
        "See Section 3.",
        "They reaffirmed the strategic partnership between Norway and Ghana.",
        "They strengthened the partnership.",
        "They discussed a ceasefire.",
        "They praised the bilateral dialogue.",
        "She plans to visit the programme.",
        "They discussed law enforcement.",
        "They hope to reach an agreement.",
        "They agreed that talks on a fair fishery deal should go on.",
        "They praised Samoa’s plan to vote.",
        "They found that tact and dialogue help.",
        "They praised our Strategic Partnership.",
        "Their ties rise to a Comprehensive Partnership.",
        "They recalled the establishment of the partnership between Norway and Ghana.",
        "They spoke of efforts to reach a fishery deal.",
        "The Clean Reef Coalition said that reefs matter.",
        "He spoke to Ada Moe, Director of Ports, the programme manager.",
        "They want the right deal for farmers.",
        "They praised the positive momentum and concrete agreements.",
        "They spoke of the political agreement and the trade strategy.",
        "They agreed to conclude a bilateral agreement.",
        "They are negotiating a new treaty.",
        "They opened negotiations on a similar agreement.",
    ],
)
def test_policy_talk_and_relations_are_no_initiatives(text):
    assert names(text) == []


def test_names_of_bodies_and_people_are_no_initiatives():
    assert names("He met the Reef Watch Network today.", bodies=("Reef Watch Network",)) == []
    assert names("He met Ada Pact today.", people=("Ada Pact",)) == []
    assert names("Ada Moe, Director of the Reef Watch Network, spoke.") == []


def test_a_known_name_within_the_name_of_a_body_is_no_initiative():
    text = "They met Jens Oak of the North Atlantic Treaty Organization."
    assert names(text, bodies=("North Atlantic Treaty Organization",)) == []
    assert names("They cited the North Atlantic Treaty.") == ["North Atlantic Treaty"]


def test_a_network_that_acts_is_an_organisation():
    assert names("The Reef Mayors Network released a letter.") == []
    assert names("It was co-hosted by the Reef Mayors Network.") == []


def test_a_fund_that_takes_part_in_a_meeting_is_an_organisation():
    assert names("Participants included:\n\n- The Clean Reef Fund which brought its plans.") == []
