"""Encounters: who met whom, in which way, when and where, told once each. All texts are made up."""

import pytest
from scenes import OSEI, RUIZ, scene

from kg.extract.encounters import find_meetings


def one(marked, **how):
    (meeting,) = find_meetings(scene(marked, **how))
    return meeting


def who(meeting):
    return [part.person.removeprefix("official/") for part in meeting.participations]


@pytest.mark.parametrize(
    ("sentence", "kind", "mode", "start"),
    [
        (f"{RUIZ} met today with {OSEI} in {{@Accra|Ghana}}.", "meeting", "in-person", "2024-03-13"),
        (f"{RUIZ} spoke yesterday with {OSEI} about ports.", "call", "phone", "2024-03-12"),
        (f"{RUIZ} spoke by phone today with {OSEI}.", "call", "phone", "2024-03-13"),
        (f"{RUIZ} held a secure video call with {OSEI} on March 4.", "call", "virtual", "2024-03-04"),
        (f"{RUIZ} called {OSEI} today to offer condolences.", "call", "phone", "2024-03-13"),
        (f"{RUIZ} and {OSEI} spoke this morning regarding trade.", "call", "phone", "2024-03-13"),
        (f"Today, {RUIZ} met virtually with {OSEI}.", "meeting", "virtual", "2024-03-13"),
        (f"{RUIZ} hosted {OSEI} for lunch last Friday.", "meeting", "in-person", "2024-03-08"),
        (f"{OSEI} was received by {RUIZ} on Monday.", "meeting", "in-person", "2024-03-11"),
        (f"{OSEI} paid a courtesy call on {RUIZ} on 5 March 2024.", "meeting", "in-person", "2024-03-05"),
        (f"{RUIZ} welcomed {OSEI} to {{@Washington|United States}} today.", "meeting", "in-person", "2024-03-13"),
        (f"Bilateral talks were held between {RUIZ} and {OSEI} on 7 March.", "meeting", "in-person", "2024-03-07"),
        (f"A meeting took place between {RUIZ} and {OSEI} yesterday.", "meeting", "in-person", "2024-03-12"),
        (f"A discussion between {RUIZ} and {OSEI} was held on March 6.", "meeting", "in-person", "2024-03-06"),
        (f"{RUIZ} was pleased to host {OSEI} yesterday.", "meeting", "in-person", "2024-03-12"),
        (f"Quito, 13.03.2024 - {RUIZ} met {OSEI} on Tuesday.", "meeting", "in-person", "2024-03-12"),
        (f"{RUIZ} spoke today on the margins of the forum with {OSEI}.", "meeting", "in-person", "2024-03-13"),
        (f"{RUIZ} hosted a roundtable with {OSEI} and students today.", "convening", "in-person", "2024-03-13"),
    ],
)
def test_each_frame_gives_both_sides_kind_mode_and_date(sentence, kind, mode, start):
    meeting = one(sentence)
    assert (meeting.kind, meeting.mode, meeting.start) == (kind, mode, start)
    assert set(who(meeting)) == {"ana-ruiz", "kofi-osei"}
    assert meeting.sides == ("place/united-states", "place/ghana")
    assert meeting.status == "held"


@pytest.mark.parametrize(
    "sentence",
    [
        f"{RUIZ} called on {OSEI} to release the crew.",
        f"{RUIZ} welcomed the decision of {OSEI} to open the port.",
        f"{RUIZ} spoke to the need for rain.",
        f"{RUIZ} met success.",
        f"{RUIZ} praised the work of {OSEI}.",
        "The {@United States} will consult with allies.",
    ],
)
def test_words_that_only_look_like_an_encounter_are_none(sentence):
    assert find_meetings(scene(sentence)) == ()


def test_evidence_is_the_phrase_and_names_the_rule():
    text = f"{RUIZ} met today with {OSEI}."
    made = scene(text)
    (meeting,) = find_meetings(made)
    assert [m.span.of(made.text) for m in meeting.evidence] == ["met today with Minister Kofi Osei."]
    assert meeting.evidence[0].rule == "meetings.opening-meet"
    assert [part.evidence.span.of(made.text) for part in meeting.participations] == [
        "Secretary Ana Ruiz",
        "Minister Kofi Osei",
    ]
    assert [part.post.title for part in meeting.participations] == ["Secretary", "Minister"]
    assert [part.side for part in meeting.participations] == ["place/united-states", "place/ghana"]
    assert all(0 < part.evidence.confidence <= 1 for part in meeting.participations)


def test_a_person_who_only_owns_something_takes_no_part():
    meeting = one(
        f"President {{Lea Moe|President|Norway}}’s envoy met with {OSEI} and, on behalf of {{^Lea Moe|Lea Moe}}, left."
    )
    assert "lea-moe" not in who(meeting)


def test_an_encounter_told_twice_is_one():
    meeting = one(
        f"{RUIZ} met today with {OSEI}. During the meeting, they discussed fish. {{^Ruiz|Ana Ruiz}} met with "
        f"{{^Osei|Kofi Osei}} in {{@Accra|Ghana}}.",
        title="Readout of Secretary {^Ana Ruiz|Ana Ruiz}’s Meeting with Minister {^Kofi Osei|Kofi Osei}",
    )
    assert meeting.places == ("place/accra",)


def test_another_counterpart_is_another_meeting():
    first, second = find_meetings(
        scene(
            f"{RUIZ} met today with {OSEI}. She also met with Speaker {{Ama Adu|Speaker|Ghana}} to discuss the budget."
        )
    )
    assert who(first) == ["ana-ruiz", "kofi-osei"]
    assert who(second) == ["ana-ruiz", "ama-adu"]
    assert second.start == "2024-03-13"


def test_a_trip_has_its_meetings_travellers_and_sides():
    trip, meeting, group = find_meetings(
        scene(
            f"On March 5-6, {RUIZ} traveled to {{@Accra|Ghana}}, {{@Ghana}}, and met with {OSEI}. She was joined by "
            "Ambassador {Tom Bay|Ambassador|United States}. The delegation also met with student leaders."
        )
    )
    assert (trip.kind, trip.start, trip.end) == ("visit", "2024-03-05", "2024-03-06")
    assert trip.places == ("place/accra", "place/ghana")
    assert who(trip) == ["ana-ruiz", "tom-bay"]
    assert who(meeting) == ["ana-ruiz", "tom-bay", "kofi-osei"]
    assert meeting.part_of == group.part_of == trip.number == 1
    assert group.groups == ("student leaders",)
    assert group.places == trip.places
    assert set(trip.sides) == {"place/united-states", "place/ghana"}


def test_a_led_delegation_is_a_visit():
    trip = one(
        f"During the week of March 4, {RUIZ} led a delegation of four ministries to {{@Accra|Ghana}}, {{@Ghana}}."
    )
    assert (trip.kind, trip.start, trip.end) == ("visit", "2024-03-04", "2024-03-10")
    assert trip.participations[0].role == "lead"


def test_legs_of_a_trip_have_their_own_places():
    trip, first, second = find_meetings(
        scene(
            f"Last week, {RUIZ} traveled to {{@Ghana}} and {{@Togo}}. In {{@Accra|Ghana}}, she met with {OSEI}. In "
            "{@Lomé|Togo}, she met with Prime Minister {Edem Kpo|Prime Minister|Togo}."
        )
    )
    assert first.places == ("place/accra", "place/ghana")
    assert second.places == ("place/lome", "place/togo")
    assert set(trip.sides) == {"place/united-states", "place/ghana", "place/togo"}


def test_a_second_leg_has_its_talks():
    trip, first, second = find_meetings(
        scene(
            f"{RUIZ} traveled to {{@Accra|Ghana}} on March 4, where she met with {OSEI}. On March 6, {{^she|Ana Ruiz}} "
            "traveled to {@Lomé|Togo} for consultations with Prime Minister {Edem Kpo|Prime Minister|Togo}."
        )
    )
    assert trip.places == ("place/accra", "place/lome")
    assert (first.start, who(first)) == ("2024-03-04", ["ana-ruiz", "kofi-osei"])
    assert (second.start, who(second), second.places) == ("2024-03-06", ["ana-ruiz", "edem-kpo"], ("place/lome",))


def test_incumbents_and_those_elected_are_met_apart_on_a_visit():
    _, office, elect = find_meetings(
        scene(
            f"{RUIZ} visited {{@Peru}} yesterday and met with President {{Luz Paz|President|Peru}} and "
            "President-elect {Raul Sol|President-elect|Peru}."
        )
    )
    assert who(office) == ["ana-ruiz", "luz-paz"]
    assert who(elect) == ["ana-ruiz", "raul-sol"]


def test_separate_calls_are_apart_and_a_trilateral_one_is_one():
    apart = find_meetings(
        scene(f"{RUIZ} held separate calls today with {OSEI} and Minister {{Edem Kpo|Minister|Togo}}.")
    )
    assert [who(call) for call in apart] == [["ana-ruiz", "kofi-osei"], ["ana-ruiz", "edem-kpo"]]
    together = one(f"{RUIZ} held a trilateral call today with {OSEI} and Minister {{Edem Kpo|Minister|Togo}}.")
    assert (together.kind, len(who(together))) == ("call", 3)


def test_counterparts_of_several_calls_are_named_later():
    calls = find_meetings(
        scene(
            f"{RUIZ} had two separate calls today with African leaders. {{^She|Ana Ruiz}} spoke individually with: "
            f"{OSEI}; and President {{Edem Kpo|President|Togo}}."
        )
    )
    assert [who(call) for call in calls] == [["ana-ruiz", "kofi-osei"], ["ana-ruiz", "edem-kpo"]]


def test_a_third_meeting_with_his_counterparts_has_both():
    *_, third = find_meetings(
        scene(
            f"{RUIZ} met separately today with {OSEI} and Minister {{Edem Kpo|Minister|Togo}}. She also convened a "
            "trilateral meeting with her counterparts."
        )
    )
    assert who(third) == ["ana-ruiz", "kofi-osei", "edem-kpo"]


def test_unnamed_parties_are_groups_and_bring_their_sides():
    meeting = one(f"{RUIZ} met on Tuesday with senior {{@Togolese}} officials.".replace("Togolese", "Togo"))
    assert meeting.groups == ("senior Togo officials",)
    assert meeting.sides == ("place/united-states", "place/togo")


def test_a_list_of_participants_takes_part():
    meeting = one(
        f"Today, {RUIZ} convened port managers.\n\nParticipants:\n\n- {{Ida Holm|}}, CEO, Northern Quays\n"
        "- {Per Lund|}, Chair, Dockers’ Union"
    )
    assert meeting.kind == "convening"
    assert who(meeting) == ["ana-ruiz", "ida-holm", "per-lund"]


def test_who_speaks_up_at_a_gathering_was_there():
    meeting = one(
        f"{RUIZ} hosted a roundtable with dockers. Port Director {{Ida Holm|Port Director|United States}} outlined "
        "the plan, and Judge {Per Lund|Judge|United States} noted its cost. In a statement, Mayor "
        "{Tom Bay|Mayor|United States} announced a strike."
    )
    assert who(meeting) == ["ana-ruiz", "ida-holm", "per-lund"]


def test_what_was_before_is_background():
    held, before = find_meetings(
        scene(f"{RUIZ} spoke today with {OSEI}. They followed up on {{^her|Ana Ruiz}} February visit to {{@Ghana}}.")
    )
    assert held.status == "held"
    assert (before.kind, before.status, before.start) == ("visit", "background", "2024-02")


@pytest.mark.parametrize(
    ("plan", "kind", "start"),
    [
        (
            "{^She|Ana Ruiz} looks forward to hosting {^Minister Osei|Kofi Osei} in Washington next month.",
            "meeting",
            "2024-04",
        ),
        ("{^She|Ana Ruiz} will travel to {@Ghana} in June.", "visit", "2024-06"),
        (
            "{^Secretary Ruiz|Ana Ruiz} plans to meet with {^Minister Osei|Kofi Osei} on Friday.",
            "meeting",
            "2024-03-15",
        ),
    ],
)
def test_what_is_to_come_is_planned(plan, kind, start):
    _, planned = find_meetings(scene(f"{RUIZ} spoke today with {OSEI}. {plan}"))
    assert (planned.kind, planned.status, planned.start) == (kind, "planned", start)


def test_the_title_alone_can_tell_of_a_call():
    meeting = one(
        "The two discussed fish.",
        title="Readout of Secretary {Ana Ruiz|Secretary|United States}’s Call with Minister {Kofi Osei|Minister|Ghana}",
    )
    assert meeting.kind == "call"
    assert who(meeting) == ["ana-ruiz", "kofi-osei"]


def test_what_the_title_and_a_later_sentence_call_a_call_is_one():
    said = RUIZ + " met today with harbour pilots. {} {^Ruiz|Ana Ruiz} thanked them."
    title = "Readout of Secretary {^Ruiz|Ana Ruiz}’s Call with Harbour Pilots"
    assert one(said.replace("{}", "During the call,"), title=title).kind == "call"
    assert one(said.replace("{}", "During the talks,"), title=title).kind == "meeting"


def test_the_title_tells_a_roundtable_from_a_meeting():
    meeting = one(
        f"{RUIZ} met today with port managers.", title="Secretary {^Ruiz|Ana Ruiz}’s Roundtable with Port Managers"
    )
    assert meeting.kind == "convening"


def test_first_person_releases_tell_of_their_author():
    meeting = one(
        "Senator {Una Bray|Minister|Australia}\n\nToday I met with {Yui Mori|Minister|Japan} in {@Perth|Australia}.",
        publisher="Department of Foreign Affairs and Trade",
    )
    assert who(meeting) == ["una-bray", "yui-mori"]


def test_without_a_date_of_publication_none_is_invented():
    assert one(f"{RUIZ} met today with {OSEI}.", issued=None).start is None


def test_initiatives_go_to_the_meeting_that_dealt_with_them():
    first, second = find_meetings(
        scene(
            f"{RUIZ} met today with {OSEI} to launch the {{!Volta Compact}}. She also met with Speaker "
            "{Ama Adu|Speaker|Ghana}, and they discussed the {!Reef Fund}."
        )
    )
    assert first.addresses == ("initiative/volta-compact",)
    assert second.addresses == ("initiative/reef-fund",)


def test_meetings_are_numbered_in_text_order():
    meetings = find_meetings(scene(f"{RUIZ} visited {{@Ghana}} and met with {OSEI}. She also met with dockers."))
    assert [meeting.number for meeting in meetings] == list(range(1, len(meetings) + 1))


COMING = {
    "He looks forward to seeing {Ana Ruiz|Minister|Peru} in {@Lima|Peru} in July.": ("2024-07", "Lima"),
    "They spoke of the forum, where {^he|Tom Reed} will see her in {@Lima|Peru} on May 3.": ("2024-05-03", "Lima"),
    "He praised {^Ana Ruiz|Ana Ruiz}, whom {^he|Tom Reed} will host at the {@White House} on May 3.": (
        "2024-05-03",
        "White House",
    ),
    "He looks forward to the meeting with {^Ana Ruiz|Ana Ruiz} in {@Lima|Peru} later this month.": ("2024-03", "Lima"),
}


@pytest.mark.parametrize("sentence", COMING)
def test_an_encounter_to_come_may_stand_in_a_clause_of_its_own(sentence):
    text = f"{{Tom Reed|Secretary|United States}} spoke today with {{Ana Ruiz|Minister|Peru}}. {sentence}"
    found = find_meetings(scene(text))
    assert [meeting.status for meeting in found] == ["held", "planned"]
    assert {part.person for part in found[1].participations} == {"official/tom-reed", "official/ana-ruiz"}
    assert (found[1].start, found[1].places[0].removeprefix("place/")) == (
        COMING[sentence][0],
        COMING[sentence][1].lower().replace(" ", "-"),
    )


def test_seeing_something_done_is_no_encounter():
    text = "{Tom Reed|Secretary|United States} met {Ana Ruiz|Minister|Peru}. He looks forward to seeing ports grow."
    assert len(find_meetings(scene(text))) == 1


def test_the_members_of_the_body_that_meets_took_part():
    text = (
        "{Tom Reed|Secretary|United States} convened the {!Harbour Task Force} today. The Task Force is co-chaired by "
        "{Liv Berg} and {Jo Ash}. Members of the Harbour Task Force include {Al Elm}."
    )
    (meeting,) = find_meetings(scene(text))
    assert [part.person.removeprefix("official/") for part in meeting.participations][1:] == [
        "liv-berg",
        "jo-ash",
        "al-elm",
    ]


def test_all_who_brief_took_part():
    text = (
        "{Tom Reed|Secretary|United States} met with mayors today. They received a briefing on storms from Director "
        "{Liv Berg}, Chief {Jo Ash} and {Al Elm}."
    )
    (meeting,) = find_meetings(scene(text))
    assert [part.person.removeprefix("official/") for part in meeting.participations][1:] == [
        "liv-berg",
        "jo-ash",
        "al-elm",
    ]


def test_a_trip_may_end_with_a_meeting():
    text = (
        "{Tom Reed|Secretary|United States} traveled to {@Lima|Peru} today. He concluded his trip with a meeting with "
        "students. At {#Pier School}, he met with nurses, and he was joined by {Liv Berg}."
    )
    trip, first, second = find_meetings(scene(text))
    assert (first.groups, second.groups, trip.kind) == (("students",), ("nurses",), "visit")


def test_a_delegation_is_met_with_who_leads_it():
    text = "{Tom Reed|Secretary|United States} received a delegation from {@Peru} led by {Ana Ruiz} today."
    (meeting,) = find_meetings(scene(text))
    assert meeting.groups == ("a delegation from Peru",)
    assert meeting.sides == ("place/united-states", "place/peru")
    assert meeting.participations[1].person == "official/ana-ruiz"
