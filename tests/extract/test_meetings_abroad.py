"""Encounters as press offices of many governments tell of them. Sentences made up, in the genre."""

import pytest
from scenes import MOE, OSEI, ROCA, RUIZ, scene

from kg.extract.encounters import find_meetings

MET = f"{RUIZ} met with {OSEI} in {{@Oslo|Norway}} today."
LEA = "Minister {^Moe|Lea Moe}"


def who(meeting):
    return {part.person.removeprefix("official/") for part in meeting.participations}


@pytest.mark.parametrize(
    "circumstances", ["in {@Accra|Ghana} on Tuesday", "on Tuesday", "with military honours", "warmly"]
)
def test_who_was_received_met_the_host_whatever_stands_between(circumstances):
    (meeting,) = find_meetings(scene(f"{RUIZ} was received {circumstances} by {OSEI}."))
    assert who(meeting) == {"ana-ruiz", "kofi-osei"}


@pytest.mark.parametrize(
    "sentence",
    [
        f"{RUIZ} met with {OSEI} to review the fisheries pact, and with {MOE} on ports.",
        f"{RUIZ} held talks with {OSEI}, whose country chairs the council, and with {MOE} on ports.",
        f"{RUIZ} met with {OSEI}, who had come by train, as well as with {MOE}.",
    ],
)
def test_a_with_of_its_own_after_a_purpose_or_relative_clause_tells_of_another_meeting(sentence):
    first, second = find_meetings(scene(sentence))
    assert (who(first), who(second)) == ({"ana-ruiz", "kofi-osei"}, {"ana-ruiz", "lea-moe"})


def test_what_emerged_during_talks_tells_of_them_and_of_their_place():
    (talks,) = find_meetings(scene(f"This emerged during talks between {RUIZ} and {OSEI} in {{@Oslo|Norway}}."))
    assert (who(talks), talks.places) == ({"ana-ruiz", "kofi-osei"}, ("place/oslo",))


@pytest.mark.parametrize(
    "plan",
    [
        "The next round will take place in {@Lima|Peru}.",
        "It was agreed that the 12th joint commission would be held in {@Lima|Peru}.",
        "The fourth 2+2 will take place in {@Lima|Peru}.",
        "It was agreed that technical teams will meet in {@Lima|Peru}.",
    ],
)
def test_the_next_round_is_planned_between_the_sides_that_met(plan):
    met, ahead = find_meetings(scene(f"{MET} {plan}"))
    assert (ahead.status, who(ahead), ahead.sides) == ("planned", set(), met.sides)
    assert ahead.places[0] == "place/lima"


def test_the_next_round_is_no_plan_of_those_who_are_no_side():
    *_, ahead = find_meetings(
        scene(f"{MET} She also met students in {{@Bergen|Norway}}. The next round will take place in {{@Lima|Peru}}.")
    )
    assert set(ahead.sides) == {"place/united-states", "place/ghana"}


@pytest.mark.parametrize("event", ["The next elections will take place in May.", "A second factory will open in May."])
def test_what_comes_next_and_is_no_encounter_is_no_plan(event):
    assert len(find_meetings(scene(f"{MET} {event}"))) == 1


def test_two_of_several_meet_apart_before_or_after_the_meeting_of_all():
    all_of_them = f"{RUIZ} met with {OSEI} and {MOE} today."
    for apart in (
        f"Before the talks, Secretary {{^Ruiz|Ana Ruiz}} met with {LEA}.",
        f"Secretary {{^Ruiz|Ana Ruiz}} met bilaterally with {LEA}.",
        f"In a discussion earlier in the day, Secretary {{^Ruiz|Ana Ruiz}} and {LEA} agreed on ports.",
    ):
        _, meeting = find_meetings(scene(f"{all_of_them} {apart}"))
        assert who(meeting) == {"ana-ruiz", "lea-moe"}


def test_in_a_row_of_meetings_who_is_talked_to_is_met():
    row = f"{RUIZ} held a series of bilateral meetings in {{@Oslo|Norway}} today. {{^She|Ana Ruiz}} discussed"
    first, second = find_meetings(
        scene(f"{row} quotas with {OSEI}. {{^She|Ana Ruiz}} reviewed the talks in {{@Lima|Peru}} with {ROCA}.")
    )
    assert (who(first), who(second)) == ({"ana-ruiz", "kofi-osei"}, {"ana-ruiz", "luis-roca"})
    assert first.places[0] == second.places[0] == "place/oslo"


def test_a_meeting_that_is_planned_may_have_its_people_between_noun_and_verb():
    trip = f"{RUIZ} will travel to {{@Oslo|Norway}} on 20 March 2024."
    for plan in (
        f"A bilateral meeting with {MOE} is planned.",
        f"A bilateral meeting between Secretary {{^Ruiz|Ana Ruiz}} and {MOE} is planned.",
    ):
        _, meeting = find_meetings(scene(f"{trip} {plan}"))
        assert (meeting.status, who(meeting)) == ("planned", {"ana-ruiz", "lea-moe"})


def test_courtesy_calls_are_received_by_name():
    meetings = find_meetings(scene(f"{RUIZ} is further expected to receive courtesy calls by {OSEI} and {MOE} today."))
    assert {frozenset(who(meeting)) for meeting in meetings} >= {frozenset({"ana-ruiz", "kofi-osei"})}
    assert {meeting.status for meeting in meetings} == {"planned"}


def test_who_meets_people_and_will_be_received_later_has_two_encounters():
    _, met, ahead = find_meetings(
        scene(f"{MET} Minister {{^Osei|Kofi Osei}} also met members of the board and will be received by {MOE} today.")
    )
    assert (met.status, met.groups) == ("held", ("members of the board",))
    assert (ahead.status, who(ahead)) == ("planned", {"kofi-osei", "lea-moe"})


def test_a_group_is_met_at_what_somebody_hosts():
    (meeting,) = find_meetings(scene(f"{RUIZ} met representatives of banks at a lunch hosted by {OSEI}."))
    assert (who(meeting), meeting.groups) == ({"ana-ruiz", "kofi-osei"}, ("representatives of banks",))


def test_who_accompanied_a_guest_received_with_honours_took_part_in_the_talks():
    (meeting,) = find_meetings(
        scene(f"{RUIZ} welcomed {OSEI} with military honours today. {{^He|Kofi Osei}} was accompanied by {MOE}.")
    )
    assert who(meeting) == {"ana-ruiz", "kofi-osei", "lea-moe"}


def test_those_accompanying_somebody_at_these_meetings_were_at_all():
    first, second = find_meetings(
        scene(
            f"{RUIZ} met with {OSEI} today and with {MOE}. Accompanying the Secretary at these meetings were Director "
            "{Ida Holm|Director|United States} and Director {Ed Lee|Director|United States}."
        )
    )
    assert {"ida-holm", "ed-lee"} <= who(first) & who(second)


def test_guests_told_of_are_received_by_somebody_else():
    _, reception = find_meetings(
        scene(
            f"{RUIZ} met with {OSEI} today. President {{Ed Lee|President|United States}} received the visiting "
            "ministers at the palace in the afternoon."
        )
    )
    assert who(reception) == {"ed-lee", "kofi-osei"}


@pytest.mark.parametrize(
    "sentence", ["This week I travel to {@Accra|Ghana}.", "Today I travel to {@Accra|Ghana} for talks."]
)
def test_a_traveller_announces_a_trip_in_the_present(sentence):
    (visit,) = find_meetings(scene(f"Secretary {{Ana Ruiz|Secretary|United States}}\n\n{sentence}"))
    assert (visit.kind, visit.status, who(visit)) == ("visit", "planned", {"ana-ruiz"})


def test_on_a_trip_to_come_who_is_looked_forward_to_will_be_met():
    lead = "Secretary {Ana Ruiz|Secretary|United States}\n\nThis week I travel to {@Accra|Ghana}."
    _, *planned = find_meetings(
        scene(
            f"{lead} I look forward to discussing with {OSEI} preparations for the fair. I will also see counterparts "
            "from {@Norway} and {@Peru}."
        )
    )
    assert [(one.status, who(one)) for one in planned] == [
        ("planned", {"ana-ruiz", "kofi-osei"}),
        ("planned", {"ana-ruiz"}),
    ]
    assert planned[1].groups == ("counterparts from Norway and Peru",)


def test_what_will_be_next_lends_neither_day_nor_place():
    first, _ = find_meetings(
        scene(f"{RUIZ} is to meet {OSEI} today and will meet {MOE} in {{@Oslo|Norway}} on 20 March 2024.")
    )
    assert (first.start, first.places) == ("2024-03-13", ())


def test_a_trip_for_talks_with_leaders_has_the_talks_that_are_told_one_by_one():
    visit, talks = find_meetings(
        scene(f"{RUIZ} travelled to {{@Accra|Ghana}}, where she held talks with the leadership. She called on {OSEI}.")
    )
    assert (visit.kind, who(talks)) == ("visit", {"ana-ruiz", "kofi-osei"})


def test_on_a_trip_somebody_of_a_body_is_met_by_talking():
    _, talks = find_meetings(
        scene(
            f"{RUIZ} visited {{@Abidjan|Ivory Coast}} from 4 to 6 March. {{^She|Ana Ruiz}} discussed the fund with "
            "President {Ed Lee|President|#River Bank}, who leads the {#River Bank}."
        )
    )
    assert who(talks) == {"ana-ruiz", "ed-lee"}


def test_both_ministers_at_the_talks_are_the_traveller_and_the_one_who_invited():
    _, audience, talks = find_meetings(
        scene(
            "Minister {Ana Ruiz|Minister|United States} undertook an official visit to {@Ghana} from 4 to 6 March, at "
            "the invitation of Minister {Kofi Osei|Minister|Ghana}. Minister {^Ruiz|Ana Ruiz} called on President {Esi "
            "Boateng|President|Ghana}. At the bilateral discussions held in {@Accra|Ghana}, both Ministers reviewed "
            "trade and agreed to convene the next session of the joint commission in {@Lima|Peru}."
        )
    )[:3]
    assert (who(audience), who(talks)) == ({"ana-ruiz", "esi-boateng"}, {"ana-ruiz", "kofi-osei"})
    assert "place/accra" in talks.places
    assert "place/lima" not in talks.places


def test_a_meeting_was_not_in_the_country_outside_which_it_was():
    (meeting,) = find_meetings(scene(f"{RUIZ} met with {OSEI}, their first meeting outside the {{@United States}}."))
    assert meeting.places == ()


def test_those_on_one_side_of_the_talks_were_at_the_talks():
    talks, audience = find_meetings(
        scene(
            f"{RUIZ} held discussions with {OSEI} in {{@Accra|Ghana}} today. {{^She|Ana Ruiz}} then called on "
            "President {Esi Boateng|President|Ghana}. Director {Ida Holm|Director|United States} was present at the "
            "discussions from the American side. Director {Kwame Ato|Director|Ghana} and Director "
            "{Abena Osu|Director|Ghana} were among those on the Ghanaian side."
        )
    )
    assert who(talks) == {"ana-ruiz", "kofi-osei", "ida-holm", "kwame-ato", "abena-osu"}
    assert who(audience) == {"ana-ruiz", "esi-boateng"}


def test_the_talks_of_a_guest_received_with_honours_have_the_place_told_next():
    (meeting,) = find_meetings(
        scene(f"{RUIZ} welcomed {OSEI} with military honours today. The talks at {{@Oak House}} focused on trade.")
    )
    assert meeting.places == ("place/oak-house",)


def test_a_side_was_represented_by_those_named_whatever_stands_between():
    (meeting,) = find_meetings(
        scene(f"{RUIZ} met with {OSEI} today. The cabinet was represented at the talks by {MOE} and {ROCA}.")
    )
    assert who(meeting) == {"ana-ruiz", "kofi-osei", "lea-moe", "luis-roca"}


CHAIRS = f"{RUIZ} and {OSEI}"


@pytest.mark.parametrize(
    "told",
    [
        f"The consultations were co-chaired by {CHAIRS} in {{@Oslo|Norway}} today.",
        f"The third session was held in {{@Oslo|Norway}} today. The session was co-chaired by {CHAIRS}.",
        f"Talks were held in {{@Oslo|Norway}} today. The talks were led by {CHAIRS}.",
    ],
)
def test_those_who_chaired_for_both_sides_met_on_the_day_and_at_the_place_told_before(told):
    (meeting,) = find_meetings(scene(told))
    assert who(meeting) == {"ana-ruiz", "kofi-osei"}
    assert (meeting.start, meeting.places) == ("2024-03-13", ("place/oslo",))


def test_who_chaired_a_meeting_that_was_told_came_to_it():
    (meeting,) = find_meetings(scene(f"{RUIZ} met with {OSEI} today. The meeting was chaired by {MOE} and {ROCA}."))
    assert who(meeting) == {"ana-ruiz", "kofi-osei", "lea-moe", "luis-roca"}


def test_one_who_chaired_alone_met_nobody_who_is_told():
    assert find_meetings(scene(f"The session was chaired by {RUIZ}.")) == ()


def test_ministers_who_met_others_too_are_those_who_met():
    first, second = find_meetings(scene(f"{OSEI} met {MOE} in {{@Oslo|Norway}} today. Ministers also met with pilots."))
    assert who(first) == who(second) == {"kofi-osei", "lea-moe"}
