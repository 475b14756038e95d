"""Encounters told in later sentences, in passing or apart from the first one. All texts are made up."""

from datetime import date

import pytest
from scenes import MOE, OSEI, RUIZ, scene, who
from test_meetings_styles import meetings

from kg.extract.encounters import find_meetings

TRIP = f"On March 5, {RUIZ} traveled to {{@Accra|Ghana}}, {{@Ghana}}."


@pytest.mark.parametrize(
    "told",
    [
        "In a separate meeting with Minister {^Moe|Lea Moe}, the {^Secretary|Ana Ruiz} praised the fund.",
        "In a brief pull-aside with Minister {^Moe|Lea Moe}, the {^Secretary|Ana Ruiz} praised the fund.",
        "Later that day, the {^Secretary|Ana Ruiz} and Minister {^Moe|Lea Moe} met to review the fund.",
    ],
)
def test_some_of_those_who_met_may_meet_once_more(told):
    together, apart = find_meetings(scene(f"{RUIZ} hosted {OSEI} and {MOE} today. {told}"))
    assert who(together) == {"ana-ruiz", "kofi-osei", "lea-moe"}
    assert who(apart) == {"ana-ruiz", "lea-moe"}


@pytest.mark.parametrize(
    "told",
    [
        f"Afterwards, the {{^Secretary|Ana Ruiz}} and {OSEI} discussed ports.",
        f"With {OSEI}, the {{^Secretary|Ana Ruiz}} reviewed the fund.",
        f"In {{@Accra|Ghana}}, the {{^Secretary|Ana Ruiz}} conveyed greetings to {OSEI}.",
        f"{OSEI} and the {{^Secretary|Ana Ruiz}} co-chaired the talks.",
        f"{OSEI} hosted a roundtable for the delegation with pilots.",
    ],
)
def test_on_a_trip_talk_with_somebody_of_the_country_is_a_meeting(told):
    visit, talks = find_meetings(scene(f"{TRIP} {told}"))
    assert who(visit) == {"ana-ruiz"}
    assert who(talks) == {"ana-ruiz", "kofi-osei"}
    assert talks.part_of == visit.number


@pytest.mark.parametrize(
    "marked",
    [
        f"{TRIP} The {{^Secretary|Ana Ruiz}} thanked {MOE} for her help.",
        f"Today, {RUIZ} met with {OSEI}. The {{^Secretary|Ana Ruiz}} thanked {MOE} for her help.",
        f"Today, {RUIZ} met with {OSEI}. The {{^Secretary|Ana Ruiz}} and {MOE} also spoke about ports.",
    ],
)
def test_talk_elsewhere_is_no_meeting(marked):
    assert len(find_meetings(scene(marked))) == 1


def test_a_later_round_has_the_sides_and_nobody_else():
    _, ahead = find_meetings(
        scene(f"{RUIZ} met with {OSEI} today. The principals will meet again in {{@Oslo|Norway}} on May 2.")
    )
    assert (ahead.status, who(ahead), ahead.start) == ("planned", set(), "2024-05-02")
    assert set(ahead.sides) == {"place/united-states", "place/ghana"}


def test_those_who_met_are_received_together():
    _, reception = find_meetings(
        scene(
            f"{RUIZ} hosted {OSEI} today. Following the talks, ministers were received by Governor "
            "{Ida Holm|Governor|United States} at the harbor."
        )
    )
    assert who(reception) == {"ana-ruiz", "kofi-osei", "ida-holm"}


def test_all_who_sign_a_release_are_we():
    (visit, _), (talks, present) = meetings(
        "Minister for Foreign Affairs, Australia",
        "2024-05-10",
        "Visit to Fiji",
        "Senator the Hon Jane Roe\nMinister for Foreign Affairs\n\nThe Hon John Doe MP\nMinister for the Pacific\n\n"
        "This week we travelled to Fiji, a close member of our Pacific family and a friend of many years.\n\n"
        "On Tuesday in Suva, we met with the President of Fiji, Wiliame Tavu.",
    )
    assert present == ["Roe", "Doe", "Tavu"]
    assert talks.part_of == visit.number


def test_an_opening_day_is_no_session_of_its_own():
    text = f"During the 80th session of the {{#Harbor Board}}, {RUIZ} met today with {OSEI} and afterwards with {MOE}."
    first, second = find_meetings(scene(text, issued=date(2024, 3, 13)))
    assert (who(first), who(second)) == ({"ana-ruiz", "kofi-osei"}, {"ana-ruiz", "lea-moe"})


def test_a_courtesy_call_is_paid_on_each():
    visit, first, second = find_meetings(
        scene(f"{TRIP} The {{^Secretary|Ana Ruiz}} called on {OSEI} and Minister {{Ama Adu|Minister|Ghana}}.")
    )
    assert (who(first), who(second)) == ({"ana-ruiz", "kofi-osei"}, {"ana-ruiz", "ama-adu"})
    assert visit.kind == "visit"


def test_a_forum_hosted_too_is_another_encounter():
    _, forum = find_meetings(
        scene(
            f"{RUIZ} met with {OSEI} today. The {{^Secretary|Ana Ruiz}} also hosted the Harbor Forum, which "
            "was attended by Director {Ida Holm|Director|}."
        )
    )
    assert (forum.kind, who(forum)) == ("convening", {"ana-ruiz", "ida-holm"})


def test_the_event_for_which_somebody_came_is_neither_a_trip_nor_a_meeting():
    marked = f"{OSEI}, who is in {{@Lima|Peru}} to attend the annual session of ministers, met with {MOE} today."
    (meeting,) = find_meetings(scene(marked))
    assert who(meeting) == {"kofi-osei", "lea-moe"}


def test_a_visit_by_which_something_is_agreed_is_to_come():
    _, visit = find_meetings(
        scene(
            f"{RUIZ} met with {OSEI} today. They agreed to sign it when President {{Lea Moe|President|Norway}} visits "
            "{@Ghana} in May."
        )
    )
    assert (visit.kind, visit.status, who(visit)) == ("visit", "planned", {"lea-moe"})


def test_rows_of_people_go_on_over_semicolons_and_after_a_colon():
    people = "{Ida Holm|Director|}, Director of the fund; {Liv Berg|}, a pilot; and {Tom Law|}, a nurse"
    (forum,) = find_meetings(scene(f"Today, {RUIZ} hosted {people}."))
    assert who(forum) == {"ana-ruiz", "ida-holm", "liv-berg", "tom-law"}
    (talks,) = find_meetings(
        scene(f"{RUIZ} met today with two ministers of the coast in {{@Accra|Ghana}}: {OSEI} and {MOE}.")
    )
    assert who(talks) == {"ana-ruiz", "kofi-osei", "lea-moe"}


def test_who_came_on_the_trip_briefs_others_later():
    _, briefing = find_meetings(
        scene(
            f"{TRIP} Officials who participated on the trip will be briefing President "
            "{Lea Moe|President|United States}."
        )
    )
    assert (briefing.status, who(briefing)) == ("planned", {"ana-ruiz", "lea-moe"})


def test_the_guest_who_accepts_an_invitation_will_travel():
    _, visit = find_meetings(
        scene(
            f"{RUIZ} met with {OSEI} today. {RUIZ} welcomed {{^Osei|Kofi Osei}}’s invitation to visit {{@Ghana}} in "
            "May."
        )
    )
    assert (visit.kind, visit.status, who(visit)) == ("visit", "planned", {"ana-ruiz"})


def test_who_comes_along_on_a_visit_to_come_was_not_at_the_talks():
    talks, visit = find_meetings(
        scene(
            f"{RUIZ} met with {OSEI} today. Minister {{^Osei|Kofi Osei}} will visit {{@Lima|Peru}} on Thursday, "
            "accompanied by Director {Ida Holm|Director|}."
        )
    )
    assert who(talks) == {"ana-ruiz", "kofi-osei"}
    assert (visit.status, who(visit)) == ("planned", {"kofi-osei", "ida-holm"})


def test_the_next_consultations_are_of_the_sides():
    _, ahead = find_meetings(
        scene(
            f"{RUIZ} met with {OSEI} today. {OSEI} undertook to host the next consultations in {{@Accra|Ghana}} in "
            "2025."
        )
    )
    assert (ahead.status, who(ahead)) == ("planned", set())


def test_those_brought_together_meet():
    (forum,) = find_meetings(
        scene("Yesterday, the {#White House} brought together governors and pilots to speed up repairs.")
    )
    assert (forum.kind, forum.start) == ("convening", "2024-03-12")
