"""Who said what was said at a meeting."""

from dataclasses import replace

from speaking import BOTH, alone, bilateral, hosted, meeting, person, scene, speakers

from kg.extract.statements import find_statements
from kg.model import Mention, Participation, Post, Span

US = "place/united-states"


def test_the_subject_speaks():
    assert speakers("Ada Hill met Bo Dahl. The Secretary thanked Norway. Bo Dahl urged calm.") == [("hill",), ("dahl",)]


def test_a_subject_that_covers_both_sides_makes_a_joint_statement():
    for subject in ("They", "The two leaders", "Both sides", "Ada Hill and Bo Dahl", "The United States and Norway"):
        (statement,) = bilateral(f"Ada Hill met Bo Dahl. {subject} condemned the raid.")
        assert statement.joint
        assert statement.speakers == ("official/hill", "official/dahl")


def test_purpose_of_talking_is_joint_other_purposes_are_the_hosts():
    text = "Ada Hill met Bo Dahl to discuss trade and to thank him."
    assert speakers(text) == [BOTH, ("hill",)]


def test_what_is_commemorated_is_commemorated_by_all_who_met():
    assert speakers("Ada Hill met Bo Dahl to commemorate the treaty.") == [BOTH]


def test_who_is_named_with_with_before_the_subject_speaks_too():
    assert speakers("Ada Hill met Bo Dahl. With Bo Dahl, the Secretary discussed tides.") == [BOTH]
    assert speakers("Ada Hill met Bo Dahl. With her Norwegian counterpart, the Secretary discussed tides.") == [BOTH]
    assert speakers("Ada Hill met Bo Dahl. With Bo Dahl in the chair, Ada Hill praised the port.") == [("hill",)]


def test_we_who_thank_are_the_publishers_side():
    assert speakers("Ada Hill met Bo Dahl. We thanked the Minister.") == [("hill",)]
    assert speakers("Ada Hill met Bo Dahl. We reaffirmed the United States’ support.") == [("hill",)]
    assert speakers("Ada Hill met Bo Dahl. Our governments agreed to meet.") == [BOTH]
    assert speakers("Ada Hill met Bo Dahl. The ministers thanked Ada Hill for the ships.") == [("dahl",)]
    assert speakers("Ada Hill met Bo Dahl. My counterpart and I thanked the fishermen.") == [BOTH]


def test_heads_of_government_are_those_who_met_and_so_are_who_join_or_with_whom_it_is_discussed():
    for told in (
        "The two heads of government praised the port.",
        "The ministers of both countries praised the port.",
        "Ada Hill joined Bo Dahl in praising the port.",
        "Ada Hill saw Bo Dahl, with whom she discussed tides.",
    ):
        assert speakers(f"Ada Hill met Bo Dahl. {told}") == [BOTH]


def test_who_joins_countries_that_did_not_meet_speaks_alone():
    assert speakers("Ada Hill met Bo Dahl. Ada Hill joined other countries in praising the port.") == [("hill",)]


def test_the_talks_speak_for_all_unless_they_tell_the_stance_of_one():
    assert speakers("Ada Hill met Bo Dahl. The meeting also underscored the value of ice.") == [BOTH]
    assert speakers("Ada Hill met Bo Dahl. The meeting underscored the President’s commitment to ice.") == [("hill",)]


def test_the_former_is_the_first_of_two_and_the_latter_the_second():
    assert speakers("Ada Hill met Bo Dahl. The former praised the port, while the latter warned of storms.") == [
        ("hill",),
        ("dahl",),
    ]


def test_officials_of_an_administration_are_not_its_president():
    text = "Ada Hill met Bo Dahl. Ada Hill Administration officials praised the port."
    assert speakers(text) == [("hill",)]


def test_a_party_met_may_speak_in_a_relative_clause():
    text = "Ada Hill met Bo Dahl and heard from teachers who described the storms."
    assert [statement.evidence.span.of(text) for statement in bilateral(text)] == ["described the storms"]


def test_an_elided_subject_is_the_one_before():
    assert speakers("Ada Hill met Bo Dahl. Bo Dahl thanked her and stressed the need for rain.") == [
        ("dahl",),
        ("dahl",),
    ]


def test_groups_and_delegations_speak_for_their_side():
    assert speakers("Ada Hill met Bo Dahl. The U.S. delegation outlined its plans.") == [("hill",)]
    assert speakers("Ada Hill met Bo Dahl. Norwegian officials described the floods.") == [("dahl",)]


def test_i_is_never_the_other_side():
    text = "I met Bo Dahl. I thanked Norway. Bo Dahl and I agreed to meet again."
    parts = meeting(1, 0, ("dahl", "norway", "member"))
    statements, _ = find_statements(scene(text, (person(text, "dahl", "Bo Dahl"),), (parts,)))
    assert [s.speakers for s in statements] == [(), ("official/dahl",)]
    assert statements[1].joint


def test_at_a_gathering_the_guests_share_and_the_hosts_thank():
    text = "Ada Hill hosted mayors. The participants shared stories. Senior officials thanked them."
    people = (person(text, "hill", "Ada Hill"), person(text, "ray", "Lou Ray"))
    held = meeting(1, 0, ("hill", "united-states", "host"), ("ray", "united-states", "member"), kind="convening")
    statements, _ = find_statements(scene(text, people, (held,)))
    assert [s.speakers for s in statements] == [("official/ray",), ("official/hill",)]


def test_a_party_without_names_speaks_but_nobody_else_does_in_its_place():
    text = (
        "Ada Hill hosted fishers. The fishers shared their worries. They stressed the need for ice. She thanked them."
    )
    assert hosted(text, groups=("fishers",)) == [(), (), ("hill",)]


def test_participants_of_a_gathering_are_the_guests_unless_they_talk_or_agree():
    text = (
        "Ada Hill hosted Ray. Participants praised the catch. Participants discussed ice. Participants agreed to meet."
    )
    assert hosted(text, ("ray", "", "member")) == [("ray",), ("hill", "ray"), ("hill", "ray")]


def test_guests_who_raise_concerns_discuss_nothing():
    text = "Ada Hill hosted Ray. Leaders raised concerns about ice. Leaders discussed tides."
    assert hosted(text, ("ray", "united-states", "member")) == [("ray",), ("hill", "ray")]


def test_peers_of_a_government_speak_with_it_even_without_names():
    text = "Ada Hill met envoys from partner nations. Participants praised the catch."
    met = meeting(1, 0, ("hill", "united-states", "member"), groups=("envoys from partner nations",))
    (statement,), _ = find_statements(scene(text, (person(text, "hill", "Ada Hill"),), (met,)))
    assert statement.speakers == ("official/hill",)


def test_a_body_that_meets_speaks_as_a_whole():
    text = "Ada Hill convened the Harbour Board with Ray. The Harbour Board reaffirmed its plan."
    assert hosted(text, ("ray", "united-states", "member"), groups=("the Harbour Board",)) == [("hill", "ray")]


def test_a_briefing_received_is_told_by_whom_it_came_from():
    text = "Ada Hill met Bo Dahl. She received an update on ice from Bo Dahl and thanked Norway."
    assert speakers(text) == [("dahl",), ("hill",)]


def test_what_was_said_in_several_calls_told_together_is_said_by_all():
    text = "Ada Hill spoke separately with Bo Dahl and Cy Ng. They discussed ice. Cy Ng thanked her."
    people = (person(text, "hill", "Ada Hill"), person(text, "dahl", "Bo Dahl"), person(text, "ng", "Cy Ng"))
    us = ("hill", "united-states", "lead")
    held = (meeting(1, 9, us, ("dahl", "norway", "member")), meeting(2, 9, us, ("ng", "peru", "member")))
    found, _ = find_statements(scene(text, people, held))
    assert [(set(s.speakers), s.meeting) for s in found] == [
        ({"official/hill", "official/dahl", "official/ng"}, found[0].meeting),
        ({"official/ng"}, 2),
    ]


def test_of_several_meetings_told_together_two_persons_were_at_the_last():
    text = "Ada Hill called on Cy Ng and met Bo Dahl. {} discussed ice."
    us = ("hill", "united-states", "lead")
    held = (meeting(1, 9, us, ("ng", "peru", "member")), meeting(2, 28, us, ("dahl", "peru", "member")))
    for subject, count in (("The two ministers", 2), ("Both leaders", 2), ("Both sides", 3), ("They", 3)):
        said = text.format(subject)
        names = (("hill", "Ada Hill"), ("dahl", "Bo Dahl"), ("ng", "Cy Ng"))
        (statement,), _ = find_statements(scene(said, tuple(person(said, key, name) for key, name in names), held))
        assert len(statement.speakers) == count


def test_they_are_those_whom_one_person_met_unless_all_talk():
    text = "Ada Hill met with her economic team. They reported that ports are busy. They discussed tariffs."
    assert alone(text, "her economic team") == [(), ("hill",)]


def test_who_spoke_at_one_meeting_is_not_meant_by_they_at_the_next():
    text = "Ada Hill met with miners. The miners thanked her. Later, Bo Dahl met Ada Hill. They discussed ore."
    people = (person(text, "hill", "Ada Hill"), person(text, "dahl", "Bo Dahl"))
    second = text.index("Later, ")
    meetings = (
        meeting(1, 0, ("hill", "united-states", "member"), groups=("miners",)),
        meeting(2, second, ("hill", "united-states", "member"), ("dahl", "norway", "member")),
    )
    found = find_statements(scene(text, people, meetings))[0]
    assert found[0].speakers == ()
    assert set(found[1].speakers) == {"official/hill", "official/dahl"}


def test_the_two_after_a_comma_begin_a_clause_of_their_own():
    text = "Ada Hill met Bo Dahl. The Secretary praised him for his work as Union Chair, and the two discussed ports."
    assert speakers(text) == [("hill",), ("hill", "dahl")]


def test_the_title_before_a_name_is_no_party_beside_it():
    text = "Minister Bo Dahl and Secretary Ada Hill met. Secretary Ada Hill and Advisor Cy Elm thanked the miners."
    people = (person(text, "hill", "Ada Hill"), person(text, "dahl", "Bo Dahl"), person(text, "elm", "Cy Elm"))
    met = meeting(
        1, 0, ("hill", "united-states", "lead"), ("elm", "united-states", "member"), ("dahl", "norway", "member")
    )
    (statement,) = find_statements(scene(text, people, (met,)))[0]
    assert statement.speakers == ("official/hill", "official/elm")


def test_officials_of_the_administration_are_neither_its_president_nor_those_of_states():
    titles = {"Ada Hill": "Vice President", "Bo Dahl": "Senior Advisor", "Lou Ray": "Attorney General"}
    of = {"Lou Ray": "place/ohio"}
    text = f"{', '.join(titles)} met. Senior Administration officials thanked the lawyers."
    people = tuple(person(text, name, name) for name in titles)
    met = meeting(1, 0, *((name, "united-states", "member") for name in titles))
    posts = {name: Post(title=title, of=of.get(name, US)) for name, title in titles.items()}
    parts = tuple(replace(part, post=posts[part.person.removeprefix("official/")]) for part in met.participations)
    (statement,), _ = find_statements(scene(text, people, (replace(met, participations=parts),)))
    assert statement.speakers == ("official/Bo Dahl",)


def test_what_is_put_in_behind_a_name_is_nobody_beside_it():
    for put_in in ("Director of Ports for Norway and Samoa", "who is Professor of Law and Chair of the Harbour Board"):
        assert speakers(f"Ada Hill met Bo Dahl. Bo Dahl, {put_in}, stressed the need for ice.") == [("dahl",)]


def test_examples_of_a_party_are_not_all_of_it():
    assert speakers("Ada Hill met Bo Dahl. Participants, including Bo Dahl, discussed ice.") == [BOTH]


def test_several_titles_in_the_plural_or_a_named_occasion_leave_nobody_out():
    for subject in ("The ministers and secretaries", "The meeting participants", "Participants in the talks"):
        assert speakers(f"Ada Hill met Bo Dahl. {subject} praised the port.") == [BOTH]


def test_with_whom_something_is_discussed_does_not_thank_too():
    text = "Ada Hill met Bo Dahl. With Bo Dahl, Ada Hill discussed tides and thanked Norway."
    assert speakers(text) == [BOTH, ("hill",)]


def test_they_who_discuss_after_a_briefing_are_all():
    text = "Ada Hill met Bo Dahl. Ada Hill was briefed by Bo Dahl on storms. They discussed ships."
    assert speakers(text) == [("dahl",), BOTH]


def test_company_told_of_at_the_end_does_not_make_one_of_two_meetings():
    text = "Ada Hill met Bo Dahl. They discussed ice. She also met Cy Ng.\n\nElm accompanied her."
    people = tuple(
        person(text, key, name) for key, name in (("hill", "Ada Hill"), ("dahl", "Bo Dahl"), ("ng", "Cy Ng"))
    )
    us, end = ("hill", "united-states", "lead"), Mention(Span(text.index("Elm"), text.index("Elm") + 3), "test")
    elm = Participation(person="official/elm", side=US, evidence=end)
    held = [meeting(1, 0, us, ("dahl", "norway", "member")), meeting(2, 45, us, ("ng", "peru", "member"))]
    held = [replace(one, participations=(*one.participations, elm)) for one in held]
    found, _ = find_statements(scene(text, people, tuple(held)))
    assert [statement.speakers for statement in found] == [("official/hill", "official/dahl", "official/elm")]


def test_those_who_attend_the_talks_are_not_the_talks():
    text = "Ada Hill hosted parents. The parents attending the meeting shared their worries."
    assert hosted(text, groups=("parents",)) == [()]


def test_who_raises_something_does_so_alone():
    for text in ("In her call with Bo Dahl, Ada Hill raised the floods.", "Ada Hill raised with Bo Dahl the floods."):
        assert speakers(f"Ada Hill met Bo Dahl. {text}") == [("hill",)]


def test_the_talks_of_a_visit_are_not_those_of_its_last_meeting():
    text = (
        "Ada Hill flew to Oslo. The talks focused on ice. She met Bo Dahl and called on Cy Ng. The talks covered tides."
    )
    names = (("hill", "Ada Hill"), ("dahl", "Bo Dahl"), ("ng", "Cy Ng"))
    people = tuple(person(text, key, name) for key, name in names)
    us = ("hill", "united-states", "lead")
    visit = replace(meeting(1, 0, us), kind="visit")
    held = [meeting(2, 50, us, ("dahl", "norway", "member")), meeting(3, 66, us, ("ng", "norway", "member"))]
    held = [replace(one, part_of=1) for one in held]
    found, _ = find_statements(scene(text, people, (visit, *held)))
    assert [statement.meeting for statement in found] == [1, 1]


def test_guests_of_a_kind_that_is_not_known_discuss_with_the_host_too():
    text = "Ada Hill hosted Dreamers. Ada Hill and the Dreamers discussed ice. Ada Hill praised the port."
    held = meeting(1, 0, ("hill", "united-states", "host"), groups=("Dreamers",), kind="convening")
    found, _ = find_statements(scene(text, (person(text, "hill", "Ada Hill"),), (held,)))
    assert [statement.joint for statement in found] == [True, False]


def test_members_of_the_body_that_met_are_all_of_it():
    text = "Ada Hill hosted the Harbour Council. {} discussed ice."
    for subject in ("Members of the Council", "Council members", "The Council"):
        said = text.format(subject)
        held = meeting(1, 0, ("hill", "united-states", "host"), groups=("the Harbour Council",), kind="convening")
        found, _ = find_statements(scene(said, (person(said, "hill", "Ada Hill"),), (held,)))
        assert [statement.joint for statement in found] == [True]


def test_a_spokesperson_who_is_not_named_is_nobody_who_took_part():
    for subject in ("A spokesperson for the Foreign Office", "A Foreign Office spokesman"):
        assert speakers(f"Ada Hill met Bo Dahl. Bo Dahl urged calm. {subject} said that ports matter.")[1:] == [()]


def test_some_of_those_who_met_are_nobody_in_particular():
    text = "Ada Hill met Bo Dahl. "
    for subject in ("One minister", "Another official", "Several ministers", "Some participants"):
        (statement,) = bilateral(f"{text}{subject} urged calm.")
        assert statement.speakers == ()
    assert speakers(f"{text}Both ministers urged calm.") == [BOTH]
