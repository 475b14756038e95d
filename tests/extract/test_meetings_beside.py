"""Releases of encounters beside a gathering, of delegations and of those who came along. All made up."""

import pytest
from test_meetings_styles import meetings

SWISS = "Federal Department of Foreign Affairs"
KENYA = "Presidency of Kenya"
AUSTRALIA = "Minister for Trade and Tourism, Australia"
LANKA = "Ministry of Foreign Affairs of Sri Lanka"


def people(found):
    return [set(who) for _, who in found]


@pytest.mark.parametrize(
    "title", ["Ocean Summit", "President Mutua at the Ocean Summit", "President Mutua attends the Ocean Summit"]
)
def test_those_whom_somebody_met_beside_the_gathering_of_the_title_were_met_apart(title):
    found = meetings(
        KENYA,
        "2024-05-17",
        title,
        "President Daniel Mutua met Foreign Minister Esi Boateng of Ghana and Peruvian President Rosa Paz on the "
        "sidelines of the Ocean Summit in Nairobi today.",
    )
    assert people(found) == [{"Mutua", "Boateng"}, {"Mutua", "Paz"}]
    assert {meeting.kind for meeting, _ in found} == {"meeting"}


def test_those_whom_the_title_has_as_one_group_were_met_together():
    found = meetings(
        KENYA,
        "2024-05-17",
        "Meeting with the West African Ministers",
        "President Daniel Mutua met Foreign Minister Esi Boateng of Ghana and Foreign Minister Awa Sow of Senegal on "
        "the margins of the Ocean Summit today.",
    )
    assert people(found) == [{"Mutua", "Boateng", "Sow"}]


def test_who_leads_a_group_was_met_with_it():
    found = meetings(
        "U.S. Department of State",
        "2024-05-17",
        "Secretary Ewe’s Meetings in Lima",
        "Secretary of State Ann Ewe met separately in Lima today with Peruvian Foreign Minister Luis Roca, Ghanaian "
        "Foreign Minister Esi Boateng, and a group of farmers led by Pia Soto.",
    )
    assert people(found) == [{"Ewe", "Roca"}, {"Ewe", "Boateng"}, {"Ewe", "Soto"}]
    assert found[-1][0].groups == ("a group of farmers",)


def test_a_verb_between_commas_shares_the_subject_and_ends_those_met():
    found = meetings(
        LANKA,
        "2024-05-17",
        "Minister Peiris in London",
        "Minister of Foreign Affairs Ravi Peiris met Secretary-General Ann Ewe, attended the Harbour Forum and held "
        "discussions with Kenyan Foreign Minister Daniel Mutua in London on 15 May.",
    )
    assert people(found) == [{"Peiris", "Ewe"}, {"Peiris", "Mutua"}]


def test_a_group_with_a_with_of_its_own_was_met_apart():
    found = meetings(
        AUSTRALIA,
        "2024-05-17",
        "Meetings in Paris",
        "Today Minister for Trade Ann Ewe met with Kenyan Trade Minister Daniel Mutua. She also held meetings "
        "with counterparts from Peru and Chile, and with Ghanaian Trade Minister Esi Boateng on tariffs.",
    )
    assert people(found) == [{"Ewe", "Mutua"}, {"Ewe"}, {"Ewe", "Boateng"}]
    assert found[1][0].groups == ("counterparts from Peru and Chile",)
    assert set(found[1][0].sides) == {"place/australia", "place/peru", "place/chile"}


def test_delegations_are_headed_and_sides_are_represented():
    found = meetings(
        SWISS,
        "2024-05-17",
        "Switzerland and Peru hold consultations",
        "Political consultations between Switzerland and Peru took place in Lima on 16 May. The Swiss delegation was "
        "headed by Ambassador Lea Amsler. Representing the Peruvian side were Deputy Minister Luis Roca and "
        "Ambassador Pia Soto.",
    )
    assert people(found) == [{"Amsler", "Roca", "Soto"}]


def test_two_led_their_respective_sides():
    found = meetings(
        SWISS,
        "2024-05-17",
        "Consultations with Peru",
        "The 5th round of consultations between Switzerland and Peru was held in Lima today. State Secretary Beat "
        "Amsler and Deputy Minister of Peru Luis Roca led their respective sides.",
    )
    assert people(found) == [{"Amsler", "Roca"}]


def test_two_governments_hold_a_session_of_theirs_as_a_meeting():
    ((meeting, who),) = meetings(
        "European External Action Service",
        "2024-05-17",
        "EU-Kenya dialogue",
        "The European Union and Kenya held the second session of their Harbour Dialogue in Brussels. The meeting was "
        "co-chaired by High Representative Ann Ewe and Daniel Mutua, Foreign Minister of Kenya.",
    )
    assert (meeting.kind, meeting.places, set(who)) == ("meeting", ("place/brussels",), {"Ewe", "Mutua"})


def test_who_accompanied_somebody_in_a_paragraph_of_its_own_was_at_all_meetings():
    found = meetings(
        SWISS,
        "2024-05-17",
        "Federal Councillor Amsler in Lima",
        "Federal Councillor Beat Amsler met Foreign Minister Luis Roca in Lima on 16 May. He then met Ghanaian Foreign "
        "Minister Esi Boateng.\n\nState Secretary Lea Moser accompanied Federal Councillor Amsler to Lima.",
    )
    assert people(found) == [{"Amsler", "Roca", "Moser"}, {"Amsler", "Boateng", "Moser"}]


def test_both_sides_may_be_accompanied_in_one_sentence():
    ((_, who),) = meetings(
        KENYA,
        "2024-05-17",
        "President Mutua meets Minister Berg",
        "President Daniel Mutua hosted Norwegian Foreign Minister Liv Berg in Nairobi today. President Mutua was "
        "accompanied by Principal Secretary Ann Otieno, while Minister Berg was accompanied by Ambassador Nils Dahl.",
    )
    assert set(who) == {"Mutua", "Berg", "Otieno", "Dahl"}


def test_ambassadors_who_were_present_stand_for_their_countries():
    ((meeting, _),) = meetings(
        LANKA,
        "2024-05-17",
        "Courtesy call",
        "High Commissioner of Kenya Daniel Mutua called on Minister of Foreign Affairs Ravi Peiris on 16 May. The "
        "Ambassadors of Peru and Norway were also present.",
    )
    assert set(meeting.sides) >= {"place/sri-lanka", "place/kenya", "place/peru", "place/norway"}


def test_a_body_named_after_a_region_is_not_of_a_country_whose_name_is_within():
    ((meeting, _),) = meetings(
        LANKA,
        "2024-05-17",
        "Minister Peiris meets delegation",
        "Minister of Foreign Affairs Ravi Peiris met representatives of the Indian Ocean Rim Association today.",
    )
    assert meeting.sides == ("place/sri-lanka", "agency/indian-ocean-rim-association")


def test_countries_and_names_that_are_listed_alike_belong_together():
    found = meetings(
        SWISS,
        "2024-05-17",
        "Ocean Summit",
        "On the sidelines of the Ocean Summit, Federal Councillor Beat Amsler conducted bilateral talks with his "
        "counterparts from Canada and Japan, Mélanie Joly and Yoko Kamikawa.",
    )
    assert [(set(who), meeting.sides[1:], meeting.groups) for meeting, who in found] == [
        ({"Amsler", "Joly"}, ("place/canada",), ()),
        ({"Amsler", "Kamikawa"}, ("place/japan",), ()),
    ]


def test_who_leads_the_other_side_opens_the_talks_for_which_somebody_travelled():
    (visit, traveller), (talks, who) = meetings(
        SWISS,
        "2024-05-17",
        "Dialogue on migration",
        "A Swiss delegation led by State Secretary Lea Moser travelled to Lima on 15 May for the annual dialogue. The "
        "Peruvian delegation was headed by Director General Luis Roca.",
    )
    assert (visit.kind, set(traveller)) == ("visit", {"Moser"})
    assert (talks.kind, set(who), talks.part_of) == ("meeting", {"Moser", "Roca"}, visit.number)


def test_a_colleague_may_receive_somebody():
    found = meetings(
        SWISS,
        "2024-05-17",
        "Talks in Bern",
        "Federal Councillor Beat Amsler met Foreign Minister Luis Roca of Peru in Bern today. Federal President Lea "
        "Moser of Switzerland received Peruvian President Rosa Paz.",
    )
    assert [(meeting.status, set(who)) for meeting, who in found] == [
        ("held", {"Amsler", "Roca"}),
        ("held", {"Moser", "Paz"}),
    ]


def test_the_body_that_two_chair_is_no_third_party():
    found = meetings(
        "U.S. Department of State",
        "2024-05-17",
        "Deputy Secretary Ewe’s Travel",
        "Deputy Secretary of State Ann Ewe traveled to Kenya from May 12 to 14. In Nairobi, she co-chaired the "
        "U.S.-Kenya Working Group on Ports with Foreign Minister Daniel Mutua.",
    )
    assert people(found) == [{"Ewe"}, {"Ewe", "Mutua"}]
