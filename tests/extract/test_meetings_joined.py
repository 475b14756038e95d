"""To which of several encounters those belong who came along or took part. All made up."""

from scenes import scene

from kg.extract.encounters import find_meetings

MOE = "Minister {Lea Moe|Minister|Norway}"
OSEI = "Minister {Kofi Osei|Minister|Ghana}"
ROCA = "Minister {Luis Roca|Minister|Peru}"
BAY = "Ambassador {Tom Bay|Ambassador|Norway}"


def told(marked, **how):
    return find_meetings(scene(marked, **how))


def who(meeting):
    return {part.person.removeprefix("official/") for part in meeting.participations}


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
