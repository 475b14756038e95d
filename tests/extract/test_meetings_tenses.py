"""What the tense of a verb, and the words between it and its auxiliary, say of an encounter. All texts are made up."""

import pytest
from scenes import MOE, OSEI, RUIZ, scene, who

from kg.extract.encounters import find_meetings


def test_the_auxiliary_of_a_perfect_tells_of_nothing_by_itself():
    (talks,) = find_meetings(scene(f"{RUIZ} has held talks with {OSEI} in {{@Accra|Ghana}}."))
    assert (talks.status, who(talks)) == ("held", {"ana-ruiz", "kofi-osei"})


@pytest.mark.parametrize("day", [" on Thursday, 14 March 2024,", " on 14 March", ", on Thursday, 14 March 2024,"])
def test_a_date_may_stand_between_will_and_its_verb(day):
    (talks,) = find_meetings(scene(f"{RUIZ} will{day} host {OSEI} in {{@Reno|United States}}."))
    assert (talks.status, talks.start) == ("planned", "2024-03-14")


@pytest.mark.parametrize(
    ("told", "status", "start"),
    [
        ("is travelling to {@Oslo|Norway} from 20 to 22 March", "planned", "2024-03-20"),
        ("is travelling to {@Oslo|Norway} on 12-14 March", "held", "2024-03-12"),
        ("leaves tomorrow for {@Oslo|Norway}", "planned", "2024-03-14"),
        ("travels to {@Oslo|Norway} tomorrow", "planned", "2024-03-14"),
    ],
)
def test_what_is_told_in_the_present_is_to_come_if_its_day_is(told, status, start):
    (visit,) = find_meetings(scene(f"{RUIZ} {told}."))
    assert (visit.kind, visit.status, visit.start) == ("visit", status, start)


def test_an_infinitive_in_the_title_announces_what_only_the_title_tells():
    title = "Secretary {Ruiz|Secretary|United States} to host {^Osei|Kofi Osei} for talks"
    (talks,) = find_meetings(scene(f"The talks with {OSEI} are on trade.", title=title))
    assert talks.status == "planned"


def test_a_relative_clause_of_the_subject_names_nobody_who_met():
    (talks,) = find_meetings(scene(f"{RUIZ}, who accompanied {MOE} to the fair, held talks with {OSEI} today."))
    assert who(talks) == {"ana-ruiz", "kofi-osei"}


def test_a_visit_told_in_a_relative_clause_is_not_dated_by_the_talks():
    visit, talks = find_meetings(
        scene(f"{RUIZ}, who is on a visit to {{@Accra|Ghana}}, met {OSEI} at the hall on March 11.")
    )
    assert (visit.start, talks.start) == (None, "2024-03-11")


@pytest.mark.parametrize("told", ["called on him", "received him for lunch"])
def test_a_pronoun_stands_for_the_one_named_before(told):
    *_, talks = find_meetings(scene(f"{OSEI} is in {{@Reno|United States}} for a visit. {RUIZ} {told}."))
    assert who(talks) == {"ana-ruiz", "kofi-osei"}


@pytest.mark.parametrize(
    "told",
    [
        f"{RUIZ} was hosted to lunch by {OSEI} today.",
        f"{RUIZ} paid a farewell call on {OSEI} today.",
        f"{RUIZ} bade farewell to {OSEI} today.",
        f"The fourth session of the dialogue took place today under the co-chairmanship of {RUIZ} and {OSEI}.",
    ],
)
def test_courtesies_are_meetings(told):
    (talks,) = find_meetings(scene(told))
    assert who(talks) == {"ana-ruiz", "kofi-osei"}


def test_a_second_verb_of_the_same_subject_adds_nobody_to_the_first():
    first, second = find_meetings(
        scene(
            f"{RUIZ} traveled to {{@Accra|Ghana}} today. She will be back. "
            f"{{^Ruiz|Ana Ruiz}} met {OSEI} and took part in a meeting with traders.",
        )
    )[1:]
    assert (who(first), who(second)) == ({"ana-ruiz", "kofi-osei"}, {"ana-ruiz"})


def test_another_round_is_planned_only_with_a_time_or_a_place():
    talks = f"{RUIZ} met {OSEI} today. They agreed to convene the next session of the joint committee"
    assert len(find_meetings(scene(f"{talks} at an early date."))) == 1
    assert len(find_meetings(scene(f"{talks} in {{@Accra|Ghana}}."))) == 2


@pytest.mark.parametrize(
    "words",
    [
        f"Talks with {OSEI} are also planned.",
        f"Meetings are scheduled with {OSEI}.",
        f"Bilateral talks with {OSEI} are on the agenda.",
    ],
)
def test_talks_that_are_foreseen_are_those_of_whoever_will_travel(words):
    visit, talks = find_meetings(scene(f"{RUIZ} will travel to {{@Accra|Ghana}} on March 20. {words}"))
    assert (talks.status, who(talks), talks.part_of) == ("planned", {"ana-ruiz", "kofi-osei"}, visit.number)


def test_of_a_trip_told_in_the_progressive_the_text_says_whose_it_is():
    assert len(find_meetings(scene(f"{RUIZ} met {OSEI} today. The mission is visiting {{@Reno|United States}}."))) == 1
