"""Who briefs, who is briefed, and what only sounds like an encounter: the press, others' talks, teams to come."""

import pytest
from scenes import MOE, OSEI, ROCA, RUIZ, told, who


@pytest.mark.parametrize(
    "sentence",
    [
        f"{RUIZ} was briefed this morning by {OSEI} and {MOE} on the floods.",
        f"{RUIZ} received a briefing on the floods from {OSEI} and {MOE}.",
        f"Today, {RUIZ} received an update from {OSEI} and {MOE} on the floods.",
    ],
)
def test_who_is_briefed_meets_all_who_brief(sentence):
    (meeting,) = told(sentence)
    assert (meeting.kind, who(meeting)) == ("meeting", {"ana-ruiz", "kofi-osei", "lea-moe"})


def test_who_talked_before_a_meeting_followed_up_is_not_at_it():
    held, before = told(
        f"{RUIZ} met with {OSEI} today as a follow-up to the conversation between {MOE} and {ROCA} in January."
    )
    assert (who(held), held.status) == ({"ana-ruiz", "kofi-osei"}, "held")
    assert (who(before), before.status) == ({"lea-moe", "luis-roca"}, "background")


def test_teams_led_on_one_side_by_somebody_have_not_met():
    text = (
        f"{RUIZ} spoke with {OSEI} today. They agreed that their teams, led on the Ghanaian side by {MOE}, would talk."
    )
    (call,) = told(text)
    assert who(call) == {"ana-ruiz", "kofi-osei"}


@pytest.mark.parametrize("audience", ["the press", "the local media", "reporters"])
def test_who_speaks_with_the_press_meets_nobody(audience):
    assert [who(meeting) for meeting in told(f"{RUIZ} met {OSEI} today. {RUIZ} spoke with {audience}.")] == [
        {"ana-ruiz", "kofi-osei"}
    ]


def test_media_workers_are_met():
    assert told(f"{RUIZ} met {OSEI} today. She also spoke with Ghanaian media professionals.")[1].groups == (
        "Ghanaian media professionals",
    )


@pytest.mark.parametrize(("group", "sides"), [("families resettled by the", 1), ("a team led by the", 2)])
def test_who_did_something_to_those_met_is_no_side(group, sides):
    (meeting,) = told(f"{RUIZ} met with {group} {{#African Union}} today.")
    assert len(meeting.sides) == sides


def test_those_together_with_whom_somebody_attends_meetings_were_at_one_gathering():
    (meeting,) = told(
        f"{RUIZ} took part in the committee meetings in {{@Lima|Peru}} today, together with {OSEI} and {MOE}."
    )
    assert who(meeting) == {"ana-ruiz", "kofi-osei", "lea-moe"}
