"""To which of several encounters those belong who came along or took part. All made up."""

from scenes import MOE, OSEI, ROCA, told, who

BAY = "Ambassador {Tom Bay|Ambassador|Norway}"


def test_the_delegation_is_the_one_that_was_led_not_those_of_the_talks_beside_it():
    session, talks = told(
        f"{MOE} led the Norwegian delegation to the ministerial meeting in {{@Oslo|Norway}} today. On the sidelines, "
        f"{{^Moe|Lea Moe}} met {OSEI}. The delegation included {BAY}."
    )
    assert (session.kind, who(session)) == ("convening", {"lea-moe", "tom-bay"})
    assert who(talks) == {"lea-moe", "kofi-osei"}


def test_who_took_part_in_the_meetings_with_some_was_not_at_the_others():
    meetings = told(
        f"{MOE} met {OSEI} today. {{^Moe|Lea Moe}} also met {ROCA}. {{^Moe|Lea Moe}} also met Minister "
        f"{{Jo Park|Minister|Fiji}}. {BAY} took part in the meetings with Minister {{^Roca|Luis Roca}} and Minister "
        "{^Park|Jo Park}."
    )
    assert ["tom-bay" in who(meeting) for meeting in meetings] == [False, True, True]


def test_who_was_joined_by_somebody_goes_on_with_the_meeting_that_was_told():
    first, second = told(
        f"{MOE} met {OSEI} in {{@Oslo|Norway}} today. {{^Moe|Lea Moe}} also met {ROCA}. Minister {{^Moe|Lea Moe}} and "
        "Minister {^Roca|Luis Roca}, who was joined by Governor {Ana Gil|Governor|Peru}, exchanged views on fish."
    )
    assert (len(who(first)), who(second)) == (2, {"lea-moe", "luis-roca", "ana-gil"})


def test_who_will_join_somewhere_takes_part_in_what_is_there():
    _, there, elsewhere = told(
        f"{MOE} will travel to {{@Accra|Ghana}} and {{@Lima|Peru}} next week. In {{@Accra|Ghana}}, {{^Moe|Lea Moe}} "
        f"will meet {OSEI}. In {{@Lima|Peru}}, {{^Moe|Lea Moe}} will meet {ROCA}. {BAY} will "
        f"join her in {{@Accra|Ghana}}."
    )
    assert ("tom-bay" in who(there), "tom-bay" in who(elsewhere)) == (True, False)


def test_a_place_that_was_discussed_after_a_meeting_is_not_where_it_was():
    (meeting,) = told(f"{MOE} met {OSEI} and discussed the projects in {{@Lima|Peru}}.")
    assert meeting.places == ()


def test_the_staffs_who_talk_next_meet_apart_and_the_ministers_are_still_those_who_met():
    talks, beside, session = told(
        f"Secretary {{Ana Ruiz|Secretary|United States}} received {OSEI} in {{@Boston|United States}} today. Under "
        "Secretary {Tom Hay|Under Secretary|United States} of the {@United States} and {@Ghana}’s Deputy "
        "{Ama Adu|Deputy|Ghana} subsequently discussed fish. At midday, the ministers took part in a round table with "
        "business representatives."
    )
    assert who(talks) == who(session) == {"ana-ruiz", "kofi-osei"}
    assert (who(beside), session.kind) == ({"tom-hay", "ama-adu"}, "convening")
    assert beside.sides == ("place/united-states", "place/ghana")


def test_who_briefs_travellers_where_they_went_is_met_there():
    *_, briefing = told(
        f"{MOE} visited {{@Accra|Ghana}} on March 5. {{^Moe|Lea Moe}} toured the harbour, where its director, "
        "{Ama Adu|director|Ghana}, briefed the delegation on trade."
    )
    assert who(briefing) == {"lea-moe", "ama-adu"}


def test_a_body_that_will_meet_somewhere_on_a_day_is_a_plan():
    _, plan = told(
        f"{MOE} met {OSEI} today. The {{#Baltic Herring Commission}} will meet in {{@Oslo|Norway}} on 20 March."
    )
    assert (plan.status, plan.start, plan.places) == ("planned", "2024-03-20", ("place/oslo",))


def test_leaders_who_will_meet_beside_a_gathering_plan_to_meet():
    _, plan = told(
        f"{MOE} spoke with {OSEI} today. The two ministers will meet on the sidelines of the assembly.",
    )
    assert (plan.status, who(plan)) == ("planned", {"lea-moe", "kofi-osei"})


def test_a_guest_who_will_be_welcomed_makes_the_visit_of_the_title_and_meets_her_host_on_it():
    visit, talks, reception = told(
        f"Secretary {{Ana Ruiz|Secretary|United States}} will welcome {OSEI} to {{@Boston|United States}} next week. "
        "On Tuesday, the leaders will hold talks on trade. They will be joined by "
        "Deputy {Tom Hay|Deputy|United States}. "
        "Minister {^Osei|Kofi Osei} will also attend a reception with Ghanaian students.",
        title="Visit to the United States by the Minister",
    )
    assert (visit.kind, who(visit), visit.start) == ("visit", {"kofi-osei"}, "2024-03-18")
    assert (talks.start, who(talks)) == ("2024-03-19", {"ana-ruiz", "kofi-osei", "tom-hay"})
    assert (reception.kind, reception.groups, reception.part_of) == ("convening", ("Ghanaian students",), visit.number)


def test_members_of_a_delegation_at_annual_meetings_are_not_all_at_the_talks_beside_them():
    visit, talks = told(
        f"{MOE} led the delegation at the annual meetings of the fund in {{@Accra|Ghana}} from 4 to 6 March. The "
        f"delegation included {BAY}. On the fringes of the meetings, {{^Moe|Lea Moe}} met {ROCA}."
    )
    assert (visit.kind, who(visit)) == ("visit", {"lea-moe", "tom-bay"})
    assert who(talks) == {"lea-moe", "luis-roca"}
