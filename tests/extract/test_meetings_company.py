"""Who else took part: lists, "was joined by", those who speak up at a gathering. All texts are made up."""

import pytest
from scenes import MOE, OSEI, ROCA, RUIZ, scene, who

from kg.extract.encounters import find_meetings

HOLM_AGAIN = "{^Holm|Ida Holm}"
HOLM, BERG = "Director {Ida Holm|Director|}", "Governor {Liv Berg|Governor|}"


def one(marked):
    (meeting,) = find_meetings(scene(marked))
    return who(meeting)


@pytest.mark.parametrize(
    "told",
    [
        f"Joining Secretary {{^Ruiz|Ana Ruiz}} in the room were {HOLM} and {BERG}.",
        f"{{^She|Ana Ruiz}} was joined on the call by {HOLM} and {BERG}.",
        f"Also in the meeting were {HOLM}, {BERG}, and several aides.",
        f"In addition to the Secretary, the meeting included: {HOLM} of the fund and {BERG}.",
        f"{{^She|Ana Ruiz}} was joined by {HOLM}, who leads the fund, {BERG}, and aides.",
        f"{{^She|Ana Ruiz}} was joined by {HOLM}; {BERG}; and members of the staff.",
        f"The meeting was co-chaired by {HOLM} and {BERG}.",
        f"Representatives of the coastal states included {HOLM} and {BERG}.",
        f"{HOLM} and {BERG} of Maine highlighted the new ferries.",
        f"{HOLM}, Chief of the Pilots, and {BERG}, one of the first pilots, made the case for new ferries.",
        f"Participants, including {HOLM} and {BERG}, also looked at the charts.",
        f"The discussion, moderated by aides, featured {HOLM} and {BERG}.",
        f"Following remarks by {HOLM} and {BERG}, the Secretary heard from a panel of pilots.",
        f"{HOLM} and {BERG} also visited with these leaders to thank them.",
    ],
)
def test_whoever_came_along_took_part_however_it_is_put(told):
    assert one(f"Today, {RUIZ} met with harbor leaders. {told}") == {"ana-ruiz", "ida-holm", "liv-berg"}


@pytest.mark.parametrize(
    "listed",
    [
        "Those on the quay:\n\n- {Ida Holm|}, Director, Northern Quays\n- {Liv Berg|}, Pilot",
        "The Secretary was joined by: • {Ida Holm|}, Director, Northern Quays\n- {Liv Berg|}, Pilot",
        "External participants included:\n\n- Dr. {Ida Holm|}, Ph.D. Director of the quays\n- {Liv Berg|}, Pilot",
    ],
)
def test_a_list_of_people_is_of_those_who_took_part(listed):
    assert one(f"Today, {RUIZ} met with harbor leaders.\n\n{listed}") == {"ana-ruiz", "ida-holm", "liv-berg"}


def test_items_that_are_sentences_list_nobody():
    assert one(f"Today, {RUIZ} met with harbor leaders.\n\n- {{Ida Holm|}}, a pilot, was honored in May.") == {
        "ana-ruiz"
    }


def test_who_comes_from_the_country_visited_has_not_travelled():
    visit, talks = find_meetings(
        scene(
            f"On March 5, {RUIZ} traveled to {{@Accra|Ghana}}, {{@Ghana}}, and met with {OSEI}. Representatives of "
            "the ministry included Director {Ama Boateng|Director|Ghana}."
        )
    )
    assert who(visit) == {"ana-ruiz"}
    assert who(talks) == {"ana-ruiz", "kofi-osei", "ama-boateng"}


def test_a_relative_clause_closed_by_a_comma_ends_the_company():
    marked = (
        f"Today, {RUIZ} met with pilots. In the meeting, which was co-hosted by {{Tom Law|}}, pilots shared a plan."
    )
    assert one(marked) == {"ana-ruiz", "tom-law"}


def test_what_somebody_said_elsewhere_shows_no_presence():
    assert one(f"Today, {RUIZ} met with harbor leaders. {HOLM} announced in a speech that ferries will run.") == {
        "ana-ruiz"
    }


def test_a_body_that_takes_in_members_as_it_meets_meets_once():
    marked = "Today, the {#Harbor Board} held its first meeting. {Ida Holm|} described the charts. The {#Harbor Board}"
    assert one(f"{marked} also welcomed two new members, {{Liv Berg|}} and {{Tom Law|}}.") == {
        "ida-holm",
        "liv-berg",
        "tom-law",
    }


def test_whom_somebody_enjoyed_hosting_was_met():
    assert one(f"{RUIZ} enjoyed hosting {OSEI} today.") == {"ana-ruiz", "kofi-osei"}


def test_who_was_at_the_talks_was_not_at_the_calls_that_followed():
    visit, talks, call = find_meetings(
        scene(
            f"On March 5, {RUIZ} traveled to {{@Accra|Ghana}}, {{@Ghana}}, and held talks with {OSEI}. "
            "{^Ruiz|Ana Ruiz} also called on Governor {Liv Berg|Governor|Ghana}. Director {Ida Holm|Director|} was "
            "associated with the talks."
        )
    )
    assert who(talks) == {"ana-ruiz", "kofi-osei", "ida-holm"}
    assert who(visit) == {"ana-ruiz"}
    assert who(call) == {"ana-ruiz", "liv-berg"}


def test_members_of_a_delegation_are_only_where_the_delegation_is():
    visit, alone, together = find_meetings(
        scene(
            f"On March 5, {RUIZ} traveled to {{@Accra|Ghana}}, {{@Ghana}}, with a delegation that included Director "
            "{Ida Holm|Director|United States}. {^Ruiz|Ana Ruiz} met with Minister {Kofi Osei|Minister|Ghana}. The "
            "delegation also met with pilots."
        )
    )
    assert who(visit) == who(together) == {"ana-ruiz", "ida-holm"}
    assert who(alone) == {"ana-ruiz", "kofi-osei"}


def test_who_was_met_at_another_time_speaks_up_there():
    marked = (
        f"Today, {RUIZ} met with harbor leaders. Last week, {{^Ruiz|Ana Ruiz}} met with {{Ida Holm|}}. {HOLM_AGAIN}"
    )
    held = [m for m in find_meetings(scene(f"{marked} described the charts.")) if m.status == "held"]
    assert [who(meeting) for meeting in held] == [{"ana-ruiz"}]


def test_who_is_quoted_under_his_name_and_title_was_there():
    holm = "{Ida Holm|}, Director, Northern Quays: “We were glad to be heard.”"
    berg = "{Liv Berg|}, Fellow, T.S. Oak School: “It was time.”"
    assert one(f"Today, {RUIZ} met with harbor leaders.\n\n{holm}\n\n{berg}") == {"ana-ruiz", "ida-holm", "liv-berg"}


def test_a_row_goes_on_after_a_colon_behind_what_describes_it():
    assert one(
        f"Today, {RUIZ} met with harbor leaders. The meeting included people hoping to build piers, among them: "
        "Director {Ida Holm|Director|} and {Liv Berg|}."
    ) == {"ana-ruiz", "ida-holm", "liv-berg"}


def test_those_listed_by_office_are_meant_by_it_at_the_next_meeting():
    first, next_one = find_meetings(
        scene(
            f"Today, {RUIZ} met with a group of mayors. The mayors also met with {HOLM}.\n\nMayors present:\n\n"
            "- Mayor {Liv Berg|Mayor|}, Oakton\n- Mayor {Tom Law|Mayor|}, Elmford"
        )
    )
    assert who(first) == {"ana-ruiz", "liv-berg", "tom-law"}
    assert who(next_one) == {"ida-holm", "liv-berg", "tom-law"}


def test_a_delegation_is_named_of_the_talks_and_not_of_a_courtesy_call():
    talks, call = find_meetings(
        scene(
            f"The consultations between {{@Norway}} and {{@Peru}} were held today, co-chaired by {MOE} and {ROCA}. "
            f"During the visit, Minister {{^Moe|Lea Moe}} called on {OSEI}. The delegation included {RUIZ}."
        )
    )
    assert who(talks) == {"lea-moe", "luis-roca", "ana-ruiz"}
    assert who(call) == {"lea-moe", "kofi-osei"}
