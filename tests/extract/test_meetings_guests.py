"""Callers, guests on a visit, others who met, those met beside a gathering: as governments tell it. All made up."""

import pytest
from scenes import MOE, OSEI, ROCA, RUIZ, told

ADU = "President {Ama Adu|President|Ghana}"


def who(meeting):
    return [part.person.removeprefix("official/") for part in meeting.participations]


@pytest.mark.parametrize(
    ("noun", "kind"),
    [
        ("a courtesy call", "meeting"),
        ("a telephone call today", "call"),
        ("a phone call", "call"),
        ("a visit", "meeting"),
    ],
)
def test_who_receives_a_call_is_met_by_the_one_it_is_from(noun, kind):
    (meeting,) = told(f"{RUIZ} received {noun} from {OSEI}.")
    assert (meeting.kind, who(meeting)) == (kind, ["ana-ruiz", "kofi-osei"])


def test_the_visit_that_a_relative_clause_tells_of_is_the_guests():
    visit, meeting = told(f"{RUIZ} met {OSEI}, who is on an official visit to the {{@United States|*}}, today.")
    assert (visit.kind, who(visit)) == ("visit", ["kofi-osei"])
    assert (meeting.part_of, who(meeting)) == (visit.number, ["ana-ruiz", "kofi-osei"])


def test_the_gathering_for_which_a_guest_came_is_no_party():
    (meeting,) = told(f"{RUIZ} met {OSEI}, who was visiting {{@Lima|Peru}} to attend the Fisheries Ministers' Meeting.")
    assert (who(meeting), meeting.groups) == (["ana-ruiz", "kofi-osei"], ())


def test_who_was_received_next_met_somebody_else():
    first, second = told(f"{RUIZ} met with {OSEI} in {{@Accra|Ghana}} and was received by {ADU}.")
    assert [who(meeting) for meeting in (first, second)] == [["ana-ruiz", "kofi-osei"], ["ana-ruiz", "ama-adu"]]


def test_others_who_also_met_had_a_meeting_of_their_own():
    first, second = told(f"{RUIZ} met {OSEI} today. {MOE} and {ADU} also met.")
    assert (who(first), who(second)) == (["ana-ruiz", "kofi-osei"], ["lea-moe", "ama-adu"])


@pytest.mark.parametrize("soon", ["this week", "today", "later this month"])
def test_a_time_between_will_and_the_verb_leaves_it_planned(soon):
    (meeting,) = told(f"{RUIZ} will {soon} meet {OSEI} in {{@Lima|Peru}}.")
    assert (meeting.status, who(meeting)) == ("planned", ["ana-ruiz", "kofi-osei"])


def test_who_attended_the_talks_took_part():
    (meeting,) = told(f"{RUIZ} met {OSEI} today. The talks, which were also attended by {MOE}, were on fish.")
    assert who(meeting) == ["ana-ruiz", "kofi-osei", "lea-moe"]


def test_the_gathering_beside_which_they_met_is_not_their_kind_of_meeting():
    title = "{Ana Ruiz} meets {Kofi Osei} on the sidelines of the Harbour Summit"
    (meeting,) = told(f"{RUIZ} met {OSEI} today.", title=title)
    assert meeting.kind == "meeting"


def test_what_opens_the_text_says_when_and_where_they_met_next():
    (meeting,) = told(f"{RUIZ} opened a fair in {{@Lima|Peru}} on Tuesday. {{^She|Ana Ruiz}} then met {OSEI}.")
    assert (meeting.start, meeting.places) == ("2024-03-12", ("place/lima",))


def test_what_somebody_else_did_does_not_say_when_and_where_they_met():
    (meeting,) = told(f"{ADU} opened a fair in {{@Lima|Peru}} on Tuesday. {RUIZ} met {OSEI}.")
    assert (meeting.start, meeting.places) == (None, ())


@pytest.mark.parametrize("words", ["held bilateral talks with", "met, on the sidelines, with"])
def test_talks_with_one_government_each_are_apart(words):
    first, second = told(f"{RUIZ} {words} {OSEI} and {MOE} in {{@Lima|Peru}}.")
    assert [who(meeting) for meeting in (first, second)] == [["ana-ruiz", "kofi-osei"], ["ana-ruiz", "lea-moe"]]


def test_a_guest_of_no_known_country_is_of_the_one_that_the_title_names():
    host = "President {Sam Poe|President|Norway}"
    title = "Talks with the President of {@Peru}"
    (talks,) = told(f"{host} hosted {{Eva Luna}} today.", title=title, publisher="Government of Norway")
    assert talks.sides == ("place/norway", "place/peru")


def test_consultations_are_held_once_by_those_who_lead_them():
    title = "Political consultations between {@Norway} and {@Peru}"
    text = f"The political consultations between {{@Norway}} and {{@Peru}} were held today, led by {MOE} and {ROCA}."
    (talks,) = told(text, title=title, publisher="Government of Norway")
    assert (talks.kind, who(talks)) == ("meeting", ["lea-moe", "luis-roca"])
