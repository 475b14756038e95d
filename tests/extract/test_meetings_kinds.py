"""What kind of encounter it was: of a few governments, of many people, or an event of the title. All made up."""

import pytest
from scenes import MOE, OSEI, ROCA, RUIZ, scene

from kg.extract.encounters import find_meetings


@pytest.mark.parametrize(
    ("title", "body", "kind"),
    [
        (None, f"{MOE}, {OSEI} and {ROCA} convened a meeting in {{@Oslo|Norway}} today.", "meeting"),
        ("Norway-Ghana-Peru Ministers’ Meeting", f"{MOE}, {OSEI} and {ROCA} met in {{@Oslo|Norway}} today.", "meeting"),
        (None, f"{MOE} convened a meeting with farmers and fishers today.", "convening"),
        (
            None,
            "The third session of consultations between {@Norway} and {@Peru} was held today. They discussed fish.",
            "meeting",
        ),
        (
            "Readout of Herring Event",
            "Secretary {Ana Ruiz|Secretary|United States} met with fishers today.",
            "convening",
        ),
    ],
)
def test_the_kind_follows_from_who_met_and_what_the_title_says(title, body, kind):
    assert find_meetings(scene(body, title=title))[0].kind == kind


def test_a_word_for_a_mode_in_a_name_says_nothing_of_the_mode():
    (meeting,) = find_meetings(scene(f"{MOE} of the Hybrid Warfare Office met {OSEI} today."))
    assert meeting.mode == "in-person"


@pytest.mark.parametrize("words", ["the virtual meeting", "the virtual inaugural convening", "this video meeting"])
def test_a_later_sentence_says_how_they_met(words):
    (meeting,) = find_meetings(scene(f"{RUIZ} met with farmers today. They spoke of ports during {words}."))
    assert meeting.mode == "virtual"


def test_another_meeting_says_nothing_of_how_they_met():
    (meeting,) = find_meetings(scene(f"{RUIZ} met with farmers today. They spoke of a virtual meeting of fishers."))
    assert meeting.mode == "in-person"


def test_what_was_discussed_in_a_call_was_no_meeting_in_a_room():
    title = "{Ana Ruiz}’s Trilateral Call with {Kofi Osei} and {Lea Moe}"
    (call,) = find_meetings(scene(f"In a March 12 trilateral call, {RUIZ}, {OSEI} and {MOE} met.", title=title))
    assert (call.kind, call.mode) == ("call", "phone")
