"""On which day an encounter was that is told after others: of a trip, of a paragraph, of a stay. All made up."""

import pytest
from scenes import MOE, OSEI, RUIZ, told

ADU = "Speaker {Ama Adu|Speaker|Ghana}"


def days(meetings):
    return [(meeting.start, meeting.end) for meeting in meetings]


def test_a_trip_that_was_concluded_on_a_day_ended_on_it_and_its_meetings_were_on_any():
    trip, leg = told(f"{MOE} concluded a visit to {{@Accra|Ghana}} on March 12. {{^Moe|Lea Moe}} met {OSEI}.")
    assert days((trip, leg)) == [(None, "2024-03-12"), (None, None)]


def test_a_trip_of_so_many_days_that_was_concluded_on_a_day_began_as_many_before():
    trip, _ = told(f"{MOE} concluded a three-day visit to {{@Accra|Ghana}} on March 12. {{^Moe|Lea Moe}} met {OSEI}.")
    assert (trip.start, trip.end) == ("2024-03-10", "2024-03-12")


def test_a_trip_of_one_day_that_was_concluded_was_on_that_day():
    trip, _ = told(f"{MOE} concluded a one-day visit to {{@Accra|Ghana}} on March 12. {{^Moe|Lea Moe}} met {OSEI}.")
    assert (trip.start, trip.end) == ("2024-03-12", None)


def test_a_meeting_without_a_day_on_a_trip_to_several_towns_was_on_some_day_of_it():
    _, leg = told(
        f"{MOE} visited {{@Accra|Ghana}} and {{@Kumasi|Ghana}} from 4 to 6 March. In {{@Kumasi|Ghana}}, "
        f"{{^Moe|Lea Moe}} met {OSEI}."
    )
    assert (leg.start, leg.end) == ("2024-03-04", "2024-03-06")


def test_the_days_of_a_trip_that_is_planned_to_several_countries_are_no_answer_to_when_it_is_in_one():
    trip, leg = told(
        f"{MOE} will visit {{@Accra|Ghana}} and {{@Lima|Peru}} from 18 to 22 March. In {{@Accra|Ghana}}, "
        f"{{^Moe|Lea Moe}} will meet {OSEI}."
    )
    assert days((trip, leg)) == [("2024-03-18", "2024-03-22"), (None, None)]


def test_a_day_told_in_one_town_is_not_that_of_what_was_in_the_next():
    _, first, second = told(
        f"{MOE} will travel to {{@Accra|Ghana}} and {{@Lima|Peru}} from 18 to 22 March. In {{@Accra|Ghana}} on Monday, "
        f"{{^Moe|Lea Moe}} will meet {OSEI}. {{^Moe|Lea Moe}} will then travel to {{@Lima|Peru}}. There, "
        "{^Moe|Lea Moe} will meet Minister {Luis Roca|Minister|Peru}."
    )
    assert (first.start, second.start) == ("2024-03-18", None)
    assert second.places[0] == "place/lima"


def test_a_meeting_without_a_day_was_on_that_of_the_one_before_in_its_paragraph():
    meetings = told(
        f"{MOE} met {OSEI} in {{@Oslo|Norway}} on March 4.\n\nOn March 5, {{^Moe|Lea Moe}} met {ADU}. "
        "In her talks with Minister {Luis Roca|Minister|Peru}, {^Moe|Lea Moe} thanked Peru."
    )
    assert [meeting.start for meeting in meetings] == ["2024-03-04", "2024-03-05", "2024-03-05"]


def test_while_in_a_country_says_nothing_of_the_day():
    _, second = told(
        f"{MOE} met {OSEI} in {{@Accra|Ghana}} today. While in {{Ghana}}, {{^Moe|Lea Moe}} also met {ADU}."
    )
    assert second.start is None


def test_talks_that_are_summed_up_before_each_is_told_are_no_encounter_of_their_own():
    meetings = told(
        f"{MOE} held several bilateral talks in {{@Oslo|Norway}} today. {{^Moe|Lea Moe}} met {OSEI}. {{^Moe|Lea Moe}} "
        f"also met Minister {{Luis Roca|Minister|Peru}}."
    )
    assert [len(meeting.participations) for meeting in meetings] == [2, 2]


def test_what_was_made_in_the_negotiations_is_no_encounter():
    meetings = told(
        f"{MOE} met {OSEI} today. Both sides welcomed the progress made in the negotiations with Peru this year."
    )
    assert days(meetings) == [("2024-03-13", None)]


def test_a_gathering_to_be_hosted_at_a_known_time_and_place_is_planned():
    _, plan = told(
        f"{MOE} met {OSEI} today. On Friday, {{^Moe|Lea Moe}} will chair an informal session in {{@Oslo|Norway}}."
    )
    assert (plan.kind, plan.status, plan.start) == ("convening", "planned", "2024-03-15")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("arrived in {@Accra|Ghana} on March 11 for a three-day visit", ("2024-03-11", "2024-03-13")),
        ("will travel to {@Accra|Ghana} on March 20 for a two-day visit", ("2024-03-20", "2024-03-21")),
    ],
)
def test_a_trip_whose_first_day_is_told_has_as_many_days_as_the_text_says(words, expected):
    assert days(told(f"{RUIZ} {words}.")) == [expected]


@pytest.mark.parametrize(("place", "start"), [("{@Kumasi|Ghana}", None), ("{@Accra|Ghana}", "2024-03-11")])
def test_the_day_is_not_known_at_one_stop_of_a_trip_where_the_text_tells_it_at_another(place, start):
    trip = f"{RUIZ} traveled to {{@Accra|Ghana}} and {{@Kumasi|Ghana}} from March 10 to 12."
    met = f"In {{@Accra|Ghana}} on March 11, {{^she|Ana Ruiz}} met {OSEI}. In {place}, {{^Ruiz|Ana Ruiz}} met traders."
    *_, traders = told(f"{trip} {met}")
    assert traders.start == start


def test_the_day_is_told_with_the_noun_where_no_verb_has_it():
    (gathering,) = told(f"{RUIZ} convened traders. Participants in today’s virtual meeting included: {OSEI}")
    assert gathering.start == "2024-03-13"


def test_a_trip_whose_days_are_not_told_lasted_over_those_of_its_meetings():
    trip, *_ = told(
        f"{MOE}, who is on a visit to {{@Accra|Ghana}}, met {OSEI} on March 11. {{^Moe|Lea Moe}} met {ADU} on March 12."
    )
    assert (trip.start, trip.end) == ("2024-03-11", "2024-03-12")


def test_what_was_held_was_on_no_day_to_come():
    met, *_ = told(f"On Monday, {RUIZ} met with {OSEI} and briefed him on a fair in Oslo from 20 to 22 March.")
    (called,) = told(f"{RUIZ} called on {OSEI} and briefed him on the fair of 20 March.")
    assert days((met, called)) == [("2024-03-11", None), (None, None)]
