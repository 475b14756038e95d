"""What was said at which meeting, about what."""

from dataclasses import replace

from speaking import BOTH, bilateral, meeting, person, place, scene, speakers

from kg.extract.statements import find_statements
from kg.extract.statements.topics import topic_words, topics_in
from kg.lexicon import default_lexicon
from kg.model import Agency, Mention, Span

WORDS = topic_words(default_lexicon())


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


def test_literal_speech_of_the_present_is_no_statement():
    text = "Ada Hill met Bo Dahl.\n\n“I look forward to the summit in Oslo. We agree on much,” said Ada Hill."
    assert bilateral(text) == ()
    text = 'Ada Hill met Bo Dahl.\n\n"We had a good day. We agree on much."\n\nThey discussed "ice". They praised it.'
    assert [s.act for s in bilateral(text)] == ["discuss", "appreciate"]


def test_a_pleasure_taken_in_saying_it_is_a_statement():
    text = "Ada Hill met Bo Dahl. They discussed tides, and the Secretary was pleased to announce a fund."
    assert [statement.evidence.span.of(text) for statement in bilateral(text)] == ["discussed tides", "announce a fund"]
    assert speakers(text.replace("the Secretary", "Ada Hill")) == [BOTH, ("hill",)]


def test_talks_with_a_focus_were_everybodys():
    (statement,) = bilateral("Ada Hill met Bo Dahl. The talks focused on trade.")
    assert statement.act == "discuss"
    assert statement.joint


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


def test_what_was_discussed_where_others_met_is_no_statement():
    text = "Ada Hill met Bo Dahl today. She met miners in May, where they discussed ore. They praised the port."
    people = (person(text, "hill", "Ada Hill", "She"), person(text, "dahl", "Bo Dahl"))
    now = meeting(1, 0, ("hill", "united-states", "member"), ("dahl", "norway", "member"))
    earlier = replace(meeting(2, text.index("met miners"), ("hill", "united-states", "member")), status="background")
    (found,) = find_statements(scene(text, people, (now, earlier)))[0]
    assert found.act == "appreciate"


def test_a_body_that_did_not_take_part_announces_its_own_deeds():
    text = "Ada Hill met Bo Dahl. On Friday, the Harbour Board announced a fund. Ada Hill announced a plan."
    board = Agency(id="agency/board", name="Harbour Board", mentions=(Mention(Span(36, 49), "test"),))
    people = (person(text, "hill", "Ada Hill"), person(text, "dahl", "Bo Dahl"))
    met = meeting(1, 0, ("hill", "united-states", "lead"), ("dahl", "norway", "member"))
    found = find_statements(replace(scene(text, people, (met,)), agencies=(board,)))[0]
    assert [statement.evidence.span.of(text) for statement in found] == ["announced a plan"]


def test_a_promise_in_a_participle_is_a_statement():
    text = "Ada Hill spoke with Bo Dahl, committing that both states will help the miners."
    (statement,) = bilateral(text)
    assert (statement.act, statement.evidence.span.start) == ("commit", text.index("committing"))


def test_a_date_is_no_topic_and_an_evening_no_gerund():
    assert not bilateral("Ada Hill held talks with Bo Dahl, Minister of State, on 5 June.")
    (statement,) = bilateral("Ada Hill spoke with Bo Dahl this evening to thank him for his help.")
    assert statement.act == "appreciate"
