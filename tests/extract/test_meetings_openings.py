"""Releases whose first sentence tells of the encounter in passing, and where and when it was. All made up."""

import pytest
from test_meetings_styles import meetings

SWISS = "Federal Department of Foreign Affairs"
LANKA = "Ministry of Foreign Affairs of Sri Lanka"
NORWAY = "Government of Norway"


@pytest.mark.parametrize("dateline", ["", "Bern, 17.05.2024 - "])
def test_what_follows_talks_in_the_first_sentence_tells_of_them(dateline):
    ((meeting, who),) = meetings(
        SWISS,
        "2024-05-17",
        "New agreement with Peru",
        f"{dateline}Following talks between Federal Councillor Beat Amsler and Peruvian Foreign Minister Luis Roca in "
        "Lima on 16 May, the two countries signed an agreement on ports.",
    )
    assert (meeting.status, meeting.start, meeting.places[0]) == ("held", "2024-05-16", "place/lima")
    assert set(who) == {"Amsler", "Roca"}


def test_who_acts_after_a_meeting_in_the_first_sentence_had_it():
    ((meeting, who),) = meetings(
        NORWAY,
        "2024-05-17",
        "More support",
        "After a meeting with Peruvian President Rosa Paz in Lima today, Prime Minister Liv Berg announced support.",
    )
    assert (meeting.places[0], set(who)) == ("place/lima", {"Paz", "Berg"})


def test_what_came_before_a_meeting_of_the_first_sentence_is_background():
    found = meetings(
        NORWAY,
        "2024-05-17",
        "Meeting with Minister Roca",
        "After a meeting with Peruvian President Rosa Paz, Prime Minister Liv Berg met Foreign Minister Luis Roca.",
    )
    assert [meeting.status for meeting, _ in found if meeting.status != "background"] == ["held"]


def test_a_conversation_in_a_town_is_no_call():
    ((meeting, _),) = meetings(
        NORWAY,
        "2024-05-17",
        "Prime Minister in Lima",
        "Prime Minister Liv Berg had a good conversation with Peruvian President Rosa Paz in Lima today.",
    )
    assert (meeting.kind, meeting.mode, meeting.places[0]) == ("meeting", "in-person", "place/lima")


def test_a_visit_may_be_made_and_letters_of_credence_presented():
    found = meetings(
        LANKA,
        "2024-05-17",
        "Minister Peiris in Lima",
        "Minister of Foreign Affairs Ravi Peiris made a working visit to Lima on 13 and 14 May. He called on President "
        "Rosa Paz.",
    )
    assert [(meeting.kind, meeting.start, meeting.end) for meeting, _ in found] == [
        ("visit", "2024-05-13", "2024-05-14"),
        ("meeting", "2024-05-13", "2024-05-14"),
    ]
    ((meeting, who),) = meetings(
        LANKA,
        "2024-05-17",
        "High Commissioner presents credentials",
        "High Commissioner Ravi Peiris presented his Letters of Credence to the President of Kenya Daniel Mutua in "
        "Nairobi on 16 May.",
    )
    assert (meeting.kind, meeting.start, set(who)) == ("meeting", "2024-05-16", {"Peiris", "Mutua"})


def test_a_guest_who_was_visiting_is_on_a_visit_and_dined_with_the_hosts_there():
    found = meetings(
        "Ministry of Foreign Affairs of Japan",
        "2024-05-17",
        "Foreign Ministers’ Meeting",
        "On May 16, Foreign Minister Yui Mori, who was visiting Peru, held a meeting with Foreign Minister Luis Roca, "
        "followed by a working dinner. Prior to the meeting, Minister Mori paid a courtesy call on President Rosa Paz.",
    )
    assert [(meeting.kind, meeting.places[0]) for meeting, _ in found] == [
        ("visit", "place/peru"),
        ("meeting", "place/peru"),
        ("meeting", "place/peru"),
    ]
    assert [meeting.start for meeting, _ in found[1:]] == ["2024-05-16", "2024-05-16"]


def test_what_somebody_is_also_scheduled_to_do_is_planned():
    found = meetings(
        LANKA,
        "2024-05-17",
        "Minister Peiris in Lima",
        "Minister of Foreign Affairs Ravi Peiris met Foreign Minister Luis Roca in Lima today. He is also scheduled to "
        "call on President Rosa Paz tomorrow.",
    )
    assert [meeting.status for meeting, _ in found] == ["held", "planned"]


def test_the_first_sentence_says_where_though_not_when():
    found = meetings(
        "Minister for Trade and Tourism, Australia",
        "2024-05-17",
        "Trade talks",
        "Minister for Trade Ann Ewe is completing a week of negotiations in Lima.\n\nOn Tuesday, Minister Ewe met "
        "with Kenyan Trade Minister Daniel Mutua.",
    )
    assert [meeting.places[:1] for meeting, _ in found] == [("place/lima",)]


def test_consultations_that_concluded_somewhere_were_held_there():
    ((meeting, _),) = meetings(
        LANKA,
        "2024-05-17",
        "Political consultations with Kenya",
        "The 2nd round of political consultations between Sri Lanka and Kenya concluded successfully in Nairobi on 15 "
        "May. The Sri Lankan side was led by Secretary Ravi Peiris.",
    )
    assert (meeting.start, meeting.places[0], meeting.sides) == (
        "2024-05-15",
        "place/nairobi",
        ("place/sri-lanka", "place/kenya"),
    )


def test_a_first_courtesy_call_may_be_made():
    ((meeting, who),) = meetings(
        LANKA,
        "2024-05-17",
        "Courtesy call",
        "Ambassador of Peru Rosa Paz made her first courtesy call on Minister of Foreign Affairs Ravi Peiris today.",
    )
    assert (meeting.kind, set(who)) == ("meeting", {"Paz", "Peiris"})


def test_those_who_host_in_a_town_are_the_hosts_all():
    ((_, who),) = meetings(
        "Minister for Foreign Affairs, Australia",
        "2024-05-17",
        "Consultations",
        "Minister for Foreign Affairs Ann Ewe was hosted in Lima by the Minister of Peru Luis Roca and President Rosa "
        "Paz on 15 May.",
    )
    assert set(who) == {"Ewe", "Roca", "Paz"}


def test_a_guest_is_met_at_a_meeting_of_leaders():
    ((meeting, _),) = meetings(
        NORWAY,
        "2024-05-17",
        "Oslo and Lima",
        "Today Prime Minister Liv Berg welcomed President Rosa Paz of Peru to Oslo for the annual leaders’ meeting.",
    )
    assert meeting.kind == "meeting"


def test_who_comes_to_the_next_meeting_is_not_told():
    found = meetings(
        NORWAY,
        "2024-05-17",
        "Meeting with President Paz",
        "Prime Minister Liv Berg met President Rosa Paz of Peru in Oslo today. They will hold their next meeting in "
        "Lima in 2025.",
    )
    assert [(meeting.status, meeting.start, set(who)) for meeting, who in found] == [
        ("held", "2024-05-17", {"Berg", "Paz"}),
        ("planned", "2025", set()),
    ]


def test_a_committee_that_is_to_be_convened_is_planned_once_a_time_is_told():
    text = (
        "Minister Ravi Peiris met Foreign Minister Daniel Mutua of Kenya in Nairobi today. Both sides agreed to "
        "convene the Joint Committee on Trade{}."
    )
    for time, planned in (("", 0), (" before the end of the year", 1)):
        found = meetings(LANKA, "2024-05-17", "Talks in Nairobi", text.format(time))
        assert len([meeting for meeting, _ in found if meeting.status == "planned"]) == planned


def test_those_met_are_summed_up_and_then_told_one_by_one():
    found = meetings(
        SWISS,
        "2024-05-17",
        "Federal President Moser in Lima",
        "Federal President Lea Moser paid an official visit to Lima on 14 and 15 May. She met Peruvian President Rosa "
        "Paz, Foreign Minister Luis Roca and Trade Minister Ana Ruiz of Peru. On Tuesday, Federal President Moser was "
        "received by President Paz. She subsequently met Foreign Minister Roca.",
    )
    assert [set(who) for _, who in found] == [{"Moser"}, {"Moser", "Ruiz"}, {"Moser", "Paz"}, {"Moser", "Roca"}]
    assert found[2][0].start == "2024-05-14"


def test_a_meeting_with_somebody_of_a_country_is_no_stop_there():
    found = meetings(
        "Minister for Foreign Affairs, Australia",
        "2024-05-17",
        "Meetings in Lima",
        "Minister for Foreign Affairs Ann Ewe visited Lima on 14 May. In her meeting with Kenya’s Foreign Minister "
        "Daniel Mutua, the Ministers discussed ports.",
    )
    assert found[-1][0].places == ("place/lima", "place/peru")[: len(found[-1][0].places)]


def test_an_office_that_nobody_is_known_to_hold_is_of_who_acts_first():
    found = meetings(
        SWISS,
        "2024-05-17",
        "Priorities of the Harbour Council",
        "Federal Councillor Beat Amsler today presented his priorities to the Harbour Council in Lima.\n\nBefore the "
        "session, the Chairman-in-Office met Secretary General Luis Roca.",
    )
    assert [(meeting.start, meeting.places[0], set(who)) for meeting, who in found] == [
        ("2024-05-17", "place/lima", {"Amsler", "Roca"})
    ]


def test_a_monument_of_another_deed_is_not_where_somebody_was_met():
    ((meeting, _),) = meetings(
        NORWAY,
        "2024-05-17",
        "Talks in Lima",
        "Prime Minister Liv Berg met President Rosa Paz of Peru in Lima, and laid a wreath at the Harbour Memorial.",
    )
    assert meeting.places == ("place/lima", "place/peru")
