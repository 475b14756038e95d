"""Who said what at which meeting, about what."""

from dataclasses import replace

from kg.extract.scene import Scene
from kg.extract.statements import find_statements
from kg.extract.statements.topics import topic_words, topics_in
from kg.lexicon import default_lexicon
from kg.model import Agency, Meeting, Mention, Participation, Person, Place, Post, Readout, Role, Span, Statement
from kg.text import sentences

US = "place/united-states"
WORDS = topic_words(default_lexicon())


def person(text: str, key: str, *forms: str) -> Person:
    spans = [Span(at, at + len(form)) for form in forms for at in range(len(text)) if text.startswith(form, at)]
    return Person(id=f"official/{key}", name=key, mentions=tuple(Mention(span, "test") for span in spans))


def place(text: str, key: str, *forms: str) -> Place:
    spans = [Span(at, at + len(form)) for form in forms for at in range(len(text)) if text.startswith(form, at)]
    mentions = tuple(Mention(span, "test") for span in spans)
    return Place(id=f"place/{key}", name=key, country=True, mentions=mentions)


def meeting(number: int, at: int, *who: tuple[str, str, Role], groups: tuple[str, ...] = (), kind="meeting") -> Meeting:
    evidence = Mention(Span(at, at + 1), "test")
    parts = tuple(
        Participation(person=f"official/{key}", side=f"place/{side}", role=role, evidence=evidence)
        for key, side, role in who
    )
    sides = tuple(dict.fromkeys(f"place/{side}" for _, side, _ in who))
    return Meeting(
        number=number,
        kind=kind,
        mode="in-person",
        participations=parts,
        groups=groups,
        sides=sides,
        evidence=(evidence,),
    )


def scene(
    text: str, people: tuple[Person, ...], meetings: tuple[Meeting, ...], places: tuple[Place, ...] = ()
) -> Scene:
    readout = Readout(id="x/y", text=text, publisher="The White House")
    return Scene(readout, default_lexicon(), sentences(text), people=people, places=places, meetings=meetings)


def bilateral(text: str) -> tuple[Statement, ...]:
    """Read a text of a meeting between Ada Hill (United States) and Bo Dahl (Norway)."""
    people = (person(text, "hill", "Ada Hill", "The Secretary", "She"), person(text, "dahl", "Bo Dahl", "the Minister"))
    places = (place(text, "united-states", "United States", "U.S."), place(text, "norway", "Norway", "Norwegian"))
    met = meeting(1, 0, ("hill", "united-states", "lead"), ("dahl", "norway", "member"), groups=("aides",))
    return find_statements(scene(text, people, (met,), places))[0]


def speakers(text: str) -> list[tuple[str, ...]]:
    return [tuple(one.removeprefix("official/") for one in statement.speakers) for statement in bilateral(text)]


BOTH = ("hill", "dahl")


def test_the_subject_speaks():
    assert speakers("Ada Hill met Bo Dahl. The Secretary thanked Norway. Bo Dahl urged calm.") == [("hill",), ("dahl",)]


def test_a_subject_that_covers_both_sides_makes_a_joint_statement():
    for subject in ("They", "The two leaders", "Both sides", "Ada Hill and Bo Dahl", "The United States and Norway"):
        (statement,) = bilateral(f"Ada Hill met Bo Dahl. {subject} condemned the raid.")
        assert statement.joint
        assert statement.speakers == ("official/hill", "official/dahl")


def test_a_pledge_is_an_agreement_when_joint():
    assert [s.act for s in bilateral("Ada Hill met Bo Dahl. They committed to meet. Bo Dahl committed to help.")] == [
        "agree",
        "commit",
    ]


def test_a_task_given_is_common_when_joint_and_a_worry_shared_is_a_concern():
    text = (
        "Ada Hill met Bo Dahl. They tasked their teams to meet. Both shared concern for her. Bo Dahl shared concerns."
    )
    assert [s.act for s in bilateral(text)] == ["agree", "concern", "concern"]


def test_with_whom_it_was_discussed_is_no_part_of_the_quote():
    text = "Ada Hill discussed the reef with Minister Bo Dahl. She discussed the summit with President Ng."
    assert [s.evidence.span.of(text) for s in bilateral(text)] == [
        "discussed the reef",
        "discussed the summit with President Ng",
    ]


def test_literal_speech_is_no_statement():
    text = "Ada Hill met Bo Dahl.\n\n“I look forward to the summit in Oslo. We agreed on much,” said Ada Hill."
    assert bilateral(text) == ()


def test_purpose_of_talking_is_joint_other_purposes_are_the_hosts():
    text = "Ada Hill met Bo Dahl to discuss trade and to thank him."
    assert speakers(text) == [BOTH, ("hill",)]


def test_what_is_commemorated_is_commemorated_by_all_who_met():
    assert speakers("Ada Hill met Bo Dahl to commemorate the treaty.") == [BOTH]


def test_who_is_named_with_with_before_the_subject_speaks_too():
    assert speakers("Ada Hill met Bo Dahl. With Bo Dahl, the Secretary discussed tides.") == [BOTH]
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


def test_the_former_is_the_first_of_two_and_the_latter_the_second():
    assert speakers("Ada Hill met Bo Dahl. The former praised the port, while the latter warned of storms.") == [
        ("hill",),
        ("dahl",),
    ]


def test_officials_of_an_administration_are_not_its_president():
    text = "Ada Hill met Bo Dahl. Ada Hill Administration officials praised the port."
    assert speakers(text) == [("hill",)]


def test_a_pleasure_taken_in_saying_it_is_a_statement():
    text = "Ada Hill met Bo Dahl. They discussed tides, and the Secretary was pleased to announce a fund."
    assert [statement.evidence.span.of(text) for statement in bilateral(text)] == ["discussed tides", "announce a fund"]
    assert speakers(text.replace("the Secretary", "Ada Hill")) == [BOTH, ("hill",)]


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


def test_talks_with_a_focus_were_everybodys():
    (statement,) = bilateral("Ada Hill met Bo Dahl. The talks focused on trade.")
    assert statement.act == "discuss"
    assert statement.joint


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


def hosted(text: str, *guests: tuple[str, str, Role], groups: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Return who speaks at a gathering that Ada Hill hosted at home."""
    people = (person(text, "hill", "Ada Hill", "She"), *(person(text, key, key.title()) for key, _, _ in guests))
    held = meeting(1, 0, ("hill", "united-states", "host"), *guests, groups=groups, kind="convening")
    found, _ = find_statements(scene(text, people, (held,)))
    return [tuple(one.removeprefix("official/") for one in statement.speakers) for statement in found]


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


def test_a_statement_belongs_to_the_meeting_told_of_last_or_to_that_of_the_persons_named():
    text = "Ada Hill met Bo Dahl. She thanked Bo Dahl. She also met Cy Fox. She urged reform. She praised Bo Dahl."
    people = (person(text, "hill", "Ada Hill", "She"), person(text, "dahl", "Bo Dahl"), person(text, "fox", "Cy Fox"))
    first = meeting(1, 0, ("hill", "united-states", "lead"), ("dahl", "norway", "member"))
    second = meeting(2, text.index("She also"), ("hill", "united-states", "lead"), ("fox", "samoa", "member"))
    statements, _ = find_statements(scene(text, people, (first, second)))
    assert [s.meeting for s in statements] == [1, 2, 1]


def test_what_the_country_will_do_is_a_commitment_where_it_spells_out_what_was_said():
    told = bilateral("Ada Hill met Bo Dahl. The Secretary outlined new steps. The United States will send two ships.")
    assert [s.act for s in told] == ["inform", "commit"]
    assert bilateral("Ada Hill met Bo Dahl. The United States will send two ships.") == ()


def test_items_of_a_list_may_begin_with_their_verb():
    told = bilateral(
        "Ada Hill met Bo Dahl. They:\n- Agreed to meet again\n- Welcomed the truce\n\nAnnounced in May, it holds."
    )
    assert [(s.act, s.joint) for s in told] == [("agree", True), ("appreciate", True)]


def test_without_a_held_meeting_nothing_was_said():
    text = "The Secretary thanked Norway."
    assert find_statements(scene(text, (person(text, "hill", "The Secretary"),), ())) == ((), ())


def test_each_statement_has_its_phrase_as_evidence():
    text = "Ada Hill met Bo Dahl. The Secretary thanked Norway for its help."
    (statement,) = bilateral(text)
    assert statement.evidence.span.of(text) == "thanked Norway for its help"
    assert statement.evidence.rule == "statements.finite"
    assert 0 < statement.evidence.confidence <= 1


def test_topics_are_noun_phrases_of_the_object():
    def topics(obj: str) -> list[str]:
        return [span.of(obj) for span in topics_in(obj, Span(0, len(obj)), WORDS)]

    assert topics("the importance of clean rivers") == ["clean rivers"]
    assert topics("trade, fisheries, and the reef") == ["trade", "fisheries", "the reef"]
    assert topics("that the old harbour is a vital link") == ["the old harbour"]
    assert topics("with President Lund the ferry service") == ["the ferry service"]
    assert topics("to deepen their trade ties") == ["their trade ties"]
    assert topics("the ferry between Malta and the mainland and the port") == [
        "the ferry between Malta and the mainland",
        "the port",
    ]
    thanked = "Norway for its two ships"
    assert [span.of(thanked) for span in topics_in(thanked, Span(0, len(thanked)), WORDS, addressed=True)] == [
        "its two ships"
    ]


def test_topics_and_named_entities_are_what_a_statement_is_about():
    text = "Ada Hill met Bo Dahl. They discussed the ferry service to Norway."
    people = (person(text, "hill", "Ada Hill"), person(text, "dahl", "Bo Dahl"))
    met = meeting(1, 0, ("hill", "united-states", "lead"), ("dahl", "norway", "member"))
    (statement,), topics = find_statements(scene(text, people, (met,), (place(text, "norway", "Norway"),)))
    assert statement.about == ("topic/ferry-service-to-norway", "place/norway")
    assert [topic.name for topic in topics] == ["ferry service to Norway"]


def alone(text: str, *groups: str) -> list[tuple[str, ...]]:
    """Return who speaks at a meeting of Ada Hill with people of whom none is named."""
    people = (person(text, "hill", "Ada Hill", "The Secretary", "She"),)
    met = meeting(1, 0, ("hill", "united-states", "member"), groups=groups)
    found = find_statements(scene(text, people, (met,)))[0]
    return [tuple(one.removeprefix("official/") for one in statement.speakers) for statement in found]


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


def test_a_purpose_that_is_no_statement_may_be_followed_by_one_that_is():
    text = "Ada Hill dropped by a meeting with Bo Dahl to greet guests and underscore her support for reefs."
    (statement,) = bilateral(text)
    assert statement.evidence.span.of(text) == "underscore her support for reefs"


def test_the_purpose_of_an_earlier_meeting_is_no_statement():
    text = "Ada Hill met Bo Dahl today. She also met miners in May to discuss ore. They discussed ports."
    people = (person(text, "hill", "Ada Hill", "She"), person(text, "dahl", "Bo Dahl"))
    now = meeting(1, 0, ("hill", "united-states", "member"), ("dahl", "norway", "member"))
    earlier = replace(meeting(2, text.index("met miners"), ("hill", "united-states", "member")), status="background")
    found = find_statements(scene(text, people, (now, earlier)))[0]
    assert [statement.evidence.span.of(text) for statement in found] == ["discussed ports"]


def test_a_body_that_did_not_take_part_announces_its_own_deeds():
    text = "Ada Hill met Bo Dahl. On Friday, the Harbour Board announced a fund. Ada Hill announced a plan."
    board = Agency(id="agency/board", name="Harbour Board", mentions=(Mention(Span(36, 49), "test"),))
    people = (person(text, "hill", "Ada Hill"), person(text, "dahl", "Bo Dahl"))
    met = meeting(1, 0, ("hill", "united-states", "lead"), ("dahl", "norway", "member"))
    found = find_statements(replace(scene(text, people, (met,)), agencies=(board,)))[0]
    assert [statement.evidence.span.of(text) for statement in found] == ["announced a plan"]


def test_the_title_before_a_name_is_no_party_beside_it():
    text = "Minister Bo Dahl and Secretary Ada Hill met. Secretary Ada Hill and Advisor Cy Elm thanked the miners."
    people = (person(text, "hill", "Ada Hill"), person(text, "dahl", "Bo Dahl"), person(text, "elm", "Cy Elm"))
    met = meeting(
        1, 0, ("hill", "united-states", "lead"), ("elm", "united-states", "member"), ("dahl", "norway", "member")
    )
    (statement,) = find_statements(scene(text, people, (met,)))[0]
    assert statement.speakers == ("official/hill", "official/elm")


def test_a_promise_in_a_participle_is_a_statement():
    text = "Ada Hill spoke with Bo Dahl, committing that both states will help the miners."
    (statement,) = bilateral(text)
    assert (statement.act, statement.evidence.span.start) == ("commit", text.index("committing"))


def test_a_date_is_no_topic_and_an_evening_no_gerund():
    assert not bilateral("Ada Hill held talks with Bo Dahl, Minister of State, on 5 June.")
    (statement,) = bilateral("Ada Hill spoke with Bo Dahl this evening to thank him for his help.")
    assert statement.act == "appreciate"


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
