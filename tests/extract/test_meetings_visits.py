"""Guests and travellers, invitations, plans, lists and those who joined: told as releases tell of them. All made up."""

import pytest
from scenes import MOE, OSEI, RUIZ, told


def who(meeting):
    return [part.person.removeprefix("official/") for part in meeting.participations]


def side(meeting, person):
    return next(part.side for part in meeting.participations if part.person == f"official/{person}")


def test_a_guest_who_is_received_as_she_is_a_party():
    visit, talks = told(f"{MOE} visited {{@Accra|Ghana}} on 4 March. {OSEI} received her for talks at the harbour.")
    assert (visit.kind, who(visit)) == ("visit", ["lea-moe"])
    assert (talks.part_of, set(who(talks))) == (visit.number, {"lea-moe", "kofi-osei"})
    assert next(part.role for part in talks.participations if part.person == "official/kofi-osei") == "host"


def test_a_guest_on_an_official_visit_makes_a_visit_if_more_than_the_talks_is_told_of_it():
    received = f"{RUIZ} received {OSEI} for an official working visit today."
    assert [meeting.kind for meeting in told(received)] == ["meeting"]
    visit, talks, call = told(f"{received} {{^Osei|Kofi Osei}} also called on {MOE}.")
    assert (call.part_of, who(call)) == (visit.number, ["kofi-osei", "lea-moe"])
    assert (visit.kind, who(visit), visit.places) == ("visit", ["kofi-osei"], ("place/united-states",))
    assert (talks.kind, talks.part_of, who(talks)) == ("meeting", visit.number, ["ana-ruiz", "kofi-osei"])


def test_a_delegation_without_names_is_received():
    (meeting,) = told(f"{RUIZ} received a delegation of {{@Ghana}} fishermen at the harbour today.")
    assert (meeting.kind, who(meeting), meeting.sides) == (
        "meeting",
        ["ana-ruiz"],
        ("place/united-states", "place/ghana"),
    )
    assert meeting.groups[0].startswith("a delegation of")


def test_those_who_call_on_our_side_are_met_by_it():
    first, second = told(f"{RUIZ} met {OSEI} today. Later, {MOE} called on {{^Ruiz|Ana Ruiz}} at the ministry.")
    assert who(first) == ["ana-ruiz", "kofi-osei"]
    assert who(second) == ["ana-ruiz", "lea-moe"]


def test_an_invitation_to_a_place_is_a_visit_to_come_of_the_guest():
    _, visit = told(
        f"{RUIZ} met {OSEI} today. {{^Ruiz|Ana Ruiz}} invited {{^Osei|Kofi Osei}} to visit {{@Lima|Peru}} in May."
    )
    assert (visit.kind, visit.status, visit.start, who(visit)) == ("visit", "planned", "2024-05", ["kofi-osei"])


def test_a_day_of_a_trip_before_its_last_is_a_part_of_the_trip():
    trip, leg = told(
        f"{RUIZ} concluded a two-day visit to {{@Accra|Ghana}} today. On March 12, {{^Ruiz|Ana Ruiz}} met with {OSEI}."
    )
    assert (leg.status, leg.start, leg.part_of) == ("held", "2024-03-12", trip.number)


def test_the_days_of_a_trip_that_was_made_are_those_of_its_meetings_in_one_country_or_in_several():
    in_one, in_two = (
        told(f"{MOE} visited {where} from 4 to 6 March. {{^Moe|Lea Moe}} met {OSEI}.")[1]
        for where in ("{@Accra|Ghana}", "{@Accra|Ghana} and {@Lima|Peru}")
    )
    assert (in_one.start, in_one.end) == (in_two.start, in_two.end) == ("2024-03-04", "2024-03-06")


def test_a_leg_without_the_delegation_is_the_travellers_alone():
    trip, with_all, alone = told(
        f"{RUIZ} concluded a visit to {{@Accra|Ghana}} today. She was joined by Ambassador {{Tom Bay|Ambassador|United "
        f"States}}. {{^Ruiz|Ana Ruiz}} and the delegation met with {OSEI}. {{^Ruiz|Ana Ruiz}} also met with Speaker "
        "{Ama Adu|Speaker|Ghana}."
    )
    assert who(trip) == ["ana-ruiz", "tom-bay"]
    assert who(with_all) == ["ana-ruiz", "tom-bay", "kofi-osei"]
    assert who(alone) == ["ana-ruiz", "ama-adu"]


def test_a_companion_who_acts_alone_is_without_the_others():
    _, leg = told(
        f"{RUIZ} traveled to {{@Accra|Ghana}} with Envoy {{Tom Bay|Envoy|United States}} on March 5. {{^Bay|Tom Bay}} "
        f"met with {OSEI}."
    )
    assert who(leg) == ["tom-bay", "kofi-osei"]


def test_a_delegate_stands_for_whom_the_head_of_the_delegation_stands_for():
    (trip,) = told(
        f"{MOE} visited {{@Lima|Peru}} today. The delegation included {{Per Dahl|Director|}} of the coast office.",
        publisher=None,
    )
    assert side(trip, "per-dahl") == "place/norway"


def test_who_accompanies_the_host_is_not_on_the_guests_visit():
    visit, talks, _ = told(
        f"{RUIZ} received {OSEI} for an official visit today. {{^She|Ana Ruiz}} was accompanied by Director "
        f"{{Tom Bay|Director|United States}}. {{^Osei|Kofi Osei}} also called on {MOE}."
    )
    assert who(visit) == ["kofi-osei"]
    assert who(talks) == ["ana-ruiz", "kofi-osei", "tom-bay"]


def test_a_leg_told_with_where_is_in_the_city_and_its_country():
    _, first, second = told(
        f"{RUIZ} traveled to {{@Lima|Peru}} on March 5, where she met with Minister {{Eva Paz|Minister|Peru}}. "
        f"She then traveled to {{@Accra|Ghana}}, {{@Ghana}}, where she met with {OSEI}."
    )
    assert first.places[0] == "place/lima"
    assert second.places == ("place/accra", "place/ghana")


def test_a_round_between_two_countries_is_held_without_names():
    (meeting,) = told(
        "The second round of {@Ghana} – {@Norway} consultations was held in {@Lima|Peru} on 4 March. "
        f"{OSEI} and {MOE} co-chaired the consultations."
    )
    assert (meeting.kind, meeting.start, who(meeting)) == ("meeting", "2024-03-04", ["kofi-osei", "lea-moe"])


def test_talks_that_open_a_sentence_are_an_encounter():
    trip, first, second, third = told(
        f"{RUIZ} paid an official visit to {{@Accra|Ghana}} on March 5-6. At her meeting with {OSEI} on Tuesday, "
        "{^Ruiz|Ana Ruiz} praised the port. Talks with Speaker {Ama Adu|Speaker|Ghana} focused on fish. Meeting "
        "Governor {Yaa Dua|Governor|Ghana}, {^Ruiz|Ana Ruiz} thanked the coast guard."
    )
    assert [who(meeting)[-1] for meeting in (first, second, third)] == ["kofi-osei", "ama-adu", "yaa-dua"]
    assert {meeting.part_of for meeting in (first, second, third)} == {trip.number}


def test_the_event_that_was_held_is_the_one_just_told():
    (meeting,) = told(
        f"{RUIZ} hosted a round table on ports today. The event was held in {{@Lima|Peru}} and was chaired by {OSEI}."
    )
    assert who(meeting) == ["ana-ruiz", "kofi-osei"]
    assert meeting.places[0] == "place/lima"


@pytest.mark.parametrize("leaders", ["The three ministers", "Both sides", "The Ministers", "They"])
def test_those_who_agree_to_meet_again_are_those_who_met(leaders):
    _, plan = told(f"{RUIZ} met with {OSEI} today. {leaders} agreed to meet again in {{@Lima|Peru}} in May.")
    assert (plan.status, plan.start, who(plan)) == ("planned", "2024-05", ["ana-ruiz", "kofi-osei"])


def test_who_will_come_to_the_next_round_is_not_told_but_its_sides_are():
    _, plan = told(
        f"{RUIZ} met with {OSEI} today. Both sides agreed to hold the next round of talks in {{@Lima|Peru}}."
    )
    assert (plan.status, who(plan), plan.sides) == ("planned", [], ("place/united-states", "place/ghana"))


def test_what_will_be_held_is_to_come():
    _, plan = told(
        f"{RUIZ} met {OSEI} today. A second roundtable, with farmers and unions, will be held in {{@Lima|Peru}} in May."
    )
    assert (plan.kind, plan.status, plan.start) == ("convening", "planned", "2024-05")


def test_a_meeting_that_is_planned_is_one_of_those_who_met():
    _, plan = told(f"{RUIZ} met {OSEI} today. A further meeting is planned in {{@Lima|Peru}} in May.")
    assert (plan.status, plan.start, who(plan)) == ("planned", "2024-05", ["ana-ruiz", "kofi-osei"])


def test_plans_with_two_governments_are_two():
    plans = told(f"On 9 April {RUIZ} will hold bilateral meetings with {OSEI} and {MOE}.")
    assert [who(plan) for plan in plans] == [["ana-ruiz", "kofi-osei"], ["ana-ruiz", "lea-moe"]]


def test_those_who_joined_both_meetings_are_in_both():
    meetings = told(
        f"{RUIZ} met today with {OSEI}. Separately, {{^Ruiz|Ana Ruiz}} met with {MOE}. She was joined by Ambassador "
        "{Tom Bay|Ambassador|United States} in both meetings."
    )
    assert ["tom-bay" in who(meeting) for meeting in meetings] == [True, True]


def test_those_who_joined_the_call_were_in_the_one_told_last():
    first, second = told(
        f"{RUIZ} spoke today with {OSEI}. She separately spoke by telephone with {MOE}. Director "
        "{Tom Bay|Director|United States} joined the call."
    )
    assert "tom-bay" not in who(first)
    assert "tom-bay" in who(second)


def test_those_from_whom_a_gathering_heard_were_there():
    (meeting,) = told(
        f"{RUIZ} convened the {{#Harbour Council}} today. The Council received a briefing on dredging from Director "
        "{Tom Bay|Director|United States} and an update from Captain {Eve Lund|Captain|United States}."
    )
    assert who(meeting) == ["ana-ruiz", "tom-bay", "eve-lund"]


def test_a_list_needs_no_colon_and_its_bodies_are_the_sides():
    (meeting,) = told(
        f"{RUIZ} hosted a roundtable with advocates today.\n\nParticipants\n\n"
        "1. {Ida Roth}, {#Amnesty International}\n"
        "2. {Sam Poe}, Chair, {#Human Rights Watch}"
    )
    assert who(meeting) == ["ana-ruiz", "ida-roth", "sam-poe"]
    assert (side(meeting, "ida-roth"), side(meeting, "sam-poe")) == (
        "agency/amnesty-international",
        "agency/human-rights-watch",
    )


def test_bodies_in_a_list_without_persons_are_sides():
    (meeting,) = told(
        f"{RUIZ} hosted a roundtable with advocates today.\n\nOrganizations participating included:\n\n"
        "- {#Amnesty International}\n- {#Human Rights Watch}"
    )
    assert meeting.sides == ("place/united-states", "agency/amnesty-international", "agency/human-rights-watch")


def test_institutions_of_the_union_stand_for_it():
    (meeting,) = told(f"{RUIZ} met today with President {{Ann Lys|President|}} of the {{#European Commission}}.")
    assert meeting.sides == ("place/united-states", "agency/european-union")


def test_a_meeting_of_two_other_countries_is_not_the_publishers():
    (meeting,) = told(f"{MOE} met with {OSEI} today.")
    assert meeting.sides == ("place/norway", "place/ghana")


def test_a_release_may_open_with_the_perfect():
    (meeting,) = told(f"{RUIZ} has met with {OSEI} in {{@Lima|Peru}}.")
    assert (meeting.status, who(meeting)) == ("held", ["ana-ruiz", "kofi-osei"])


def test_a_second_verb_has_those_whom_it_meets_itself():
    first, second = told(
        f"{RUIZ} paid a visit to {{@Accra|Ghana}} today. She called on {OSEI} and held delegation-level talks with "
        "Speaker {Ama Adu|Speaker|Ghana}."
    )[1:]
    assert [who(meeting) for meeting in (first, second)] == [["ana-ruiz", "kofi-osei"], ["ana-ruiz", "ama-adu"]]


def test_a_briefing_is_an_encounter_where_it_is_set_apart():
    first, second = told(
        f"{RUIZ} met {OSEI} today. Earlier in the day, {{^Osei|Kofi Osei}} briefed {MOE} on the storm."
    )
    assert who(first) == ["ana-ruiz", "kofi-osei"]
    assert set(who(second)) == {"kofi-osei", "lea-moe"}
    assert len(told(f"{RUIZ} met {OSEI} today. {{^Osei|Kofi Osei}} briefed {{^Ruiz|Ana Ruiz}} on the storm.")) == 1


def test_people_met_on_a_trip_to_several_countries_are_of_none_of_them():
    _, meeting = told(f"{RUIZ} traveled to {{@Ghana}} and {{@Norway}} this week. She met with academic leaders.")
    assert meeting.sides == ("place/united-states",)


def test_what_is_told_after_a_stop_was_there_and_that_day_is_the_day_told_last():
    _, first, second, third = told(
        f"{RUIZ} traveled to {{@Accra|Ghana}} and {{@Oslo|Norway}} this week. In {{@Accra|Ghana}} on March 11, she met "
        f"with {OSEI}. Later that day, she held talks with {{Esi Mensah|Minister|Ghana}}. In {{@Oslo|Norway}} on March "
        f"12, she met with {MOE}."
    )
    assert [(one.start, one.places[0]) for one in (first, second, third)] == [
        ("2024-03-11", "place/accra"),
        ("2024-03-11", "place/accra"),
        ("2024-03-12", "place/oslo"),
    ]


def test_a_round_table_after_a_meeting_in_one_sentence_is_another_one():
    first, second = told(f"{RUIZ} met with {OSEI} today and co-chaired a round table with fishers and shippers.")
    assert (who(first), who(second), second.groups) == (
        ["ana-ruiz", "kofi-osei"],
        ["ana-ruiz"],
        ("fishers and shippers",),
    )


def test_a_second_verb_ends_the_words_of_whom_somebody_met():
    first, second = told(f"{RUIZ} met with {{Lou Ray}} today, and co-chaired the second dialogue with {OSEI}.")
    assert (who(first), who(second)) == (["ana-ruiz", "lou-ray"], ["ana-ruiz", "kofi-osei"])


def test_whoever_is_met_where_all_countries_meet_is_not_of_the_host_country():
    _, meeting = told(f"{RUIZ} traveled to {{@Brussels|Belgium}} this week. She met with allied officials.")
    assert meeting.sides == ("place/united-states",)
