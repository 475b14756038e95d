"""Releases of those who attend a gathering, are received in a row, or go on to another country. All made up."""

from test_meetings_styles import meetings

SWISS = "Federal Department of Foreign Affairs"
KENYA = "Presidency of Kenya"
NORWAY = "Government of Norway"


def people(found):
    return [set(who) for _, who in found]


def test_those_met_at_a_gathering_that_somebody_attended_were_met_apart():
    found = meetings(
        SWISS,
        "2024-05-17",
        "Federal Councillor Amsler in Lima",
        "Federal Councillor Beat Amsler took part in the Ministerial Conference in Lima on 15 May. He met with "
        "Ghanaian Foreign Minister Esi Boateng and Kenyan Trade Minister Daniel Mutua, among others.",
    )
    assert people(found) == [{"Amsler"}, {"Amsler", "Boateng"}, {"Amsler", "Mutua"}]


def test_those_met_while_somebody_was_in_town_for_a_gathering_were_met_apart():
    found = meetings(
        "U.S. Department of State",
        "2024-05-17",
        "Secretary Ewe in Lima",
        "While in Lima for the Harbour Summit, Secretary of State Ann Ewe met with Ghanaian Foreign Minister Esi "
        "Boateng and Kenyan Foreign Minister Daniel Mutua.",
    )
    assert people(found) == [{"Ewe", "Boateng"}, {"Ewe", "Mutua"}]


def test_representatives_are_received():
    ((meeting, who),) = meetings(
        SWISS,
        "2024-05-17",
        "Round table",
        "State Secretary Lea Moser received representatives of the Farmers’ Union for a round table on trade today.",
    )
    assert (meeting.kind, set(who)) == ("convening", {"Moser"})


def test_envoys_from_whom_credentials_are_received_are_met():
    ((meeting, who),) = meetings(
        KENYA,
        "2024-05-17",
        "Envoys",
        "President Daniel Mutua received credentials from Ambassador Rosa Paz of Peru and Ambassador Liv Berg of "
        "Norway at State House on Thursday.",
    )
    assert (meeting.start, set(who)) == ("2024-05-16", {"Mutua", "Paz", "Berg"})
    assert set(meeting.sides) >= {"place/peru", "place/norway"}


def test_two_states_hold_an_institution_of_theirs_as_a_meeting():
    ((meeting, who),) = meetings(
        NORWAY,
        "2024-05-17",
        "Partnership with Kenya",
        "Norway and Kenya held the second Strategic Partnership Council in Nairobi. The meeting was chaired by Foreign "
        "Minister Liv Berg and the Foreign Minister of Kenya, Daniel Mutua.",
    )
    assert (meeting.kind, meeting.places[0], set(who)) == ("meeting", "place/nairobi", {"Berg", "Mutua"})


def test_a_breakfast_that_somebody_else_hosts_is_another_encounter():
    found = meetings(
        NORWAY,
        "2024-05-17",
        "Prime Minister in Washington",
        "Prime Minister Liv Berg met with President Tom Roe of the United States in Washington today. This morning the "
        "Prime Minister attended a breakfast hosted by Vice President Ann Doe of the United States.",
    )
    assert people(found) == [{"Berg", "Roe"}, {"Berg", "Doe"}]


def test_whom_somebody_was_hosted_by_in_the_next_country_was_met_there():
    found = meetings(
        "New Zealand Government",
        "2024-05-17",
        "Honiara and Port Vila",
        "Foreign Minister Tom Roe met with Solomon Islands Prime Minister Sione Tavu in Honiara on Monday, before "
        "travelling to Vanuatu, where he was hosted by Vanuatu’s Deputy Prime Minister Sina Leota on Wednesday.",
    )
    assert people(found) == [{"Roe", "Tavu"}, {"Roe", "Leota"}]
    assert (found[1][0].start, found[1][0].places) == ("2024-05-15", ("place/vanuatu",))


def test_the_next_round_is_told_though_a_relative_clause_stands_before_it():
    found = meetings(
        SWISS,
        "2024-05-17",
        "Political consultations",
        "State Secretary Lea Moser held consultations with Deputy Minister Luis Roca of Peru in Lima on 16 May. Both "
        "sides noted the project, which Peru launched in 2014, and agreed to hold the next round of consultations in "
        "Bern in 2026.",
    )
    assert [(meeting.status, meeting.start) for meeting, _ in found] == [("held", "2024-05-16"), ("planned", "2026")]
