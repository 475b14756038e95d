"""Who said it where the offices and countries of those who met tell who a party is."""

from dataclasses import replace

from speaking import alone, meeting, person, place, scene, speakers

from kg.extract.statements import find_statements
from kg.model import Post

UNION = "agency/european-union"


def officials(text: str, *who: tuple[str, str, str], groups: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Return who speaks where persons with a title and a side met, the first of whom was host."""
    people = tuple(person(text, name, name) for name, _, _ in who)
    roles = ("host", *("member" for _ in who[1:]))
    met = meeting(1, 0, *((n, side, role) for (n, _, side), role in zip(who, roles, strict=True)), groups=groups)
    posts = {name: Post(title=title, of=f"place/{side}") for name, title, side in who}
    parts = tuple(replace(part, post=posts[part.person.removeprefix("official/")]) for part in met.participations)
    found = find_statements(scene(text, people, (replace(met, participations=parts),)))[0]
    return [tuple(one.removeprefix("official/") for one in statement.speakers) for statement in found]


def test_whom_a_relative_clause_follows_is_its_subject_and_of_what_is_coordinated_with_it():
    text = "Ada Hill called on the Norwegian Minister of Ports, Bo Dahl, who pledged two ships and thanked her."
    assert speakers(text) == [("dahl",), ("dahl",)]
    text = "Ada Hill met Bo Dahl. She also met envoys of the Tuna League, who shared their worries."
    assert alone(text.replace("Bo Dahl", "miners"), "envoys") == [()]
    text = "Ada Hill met with Minister of Ports Bo Dahl and General Cy Elm, who described the storms."
    guests = (("Bo Dahl", "Minister", "norway"), ("Cy Elm", "General", "norway"))
    assert officials(text, ("Ada Hill", "Secretary", "united-states"), *guests) == [("Bo Dahl", "Cy Elm")]


def test_ministers_speak_for_themselves_where_their_presidents_are_there():
    who = (("Ada Hill", "President", "norway"), ("Bo Dahl", "President", "samoa"))
    ministers = (("Cy Elm", "Minister of Ports", "norway"), ("Di Fox", "Minister of Ports", "samoa"))
    text = "Ada Hill received Bo Dahl with Cy Elm and Di Fox. {} discussed ice."
    for subject in ("The two ministers", "Cy Elm and Di Fox"):
        assert officials(text.format(subject), *who, *ministers) == [("Cy Elm", "Di Fox")]
    assert len(officials(text.format("Ada Hill and Bo Dahl"), *who, *ministers)[0]) == 4


def test_a_lay_party_is_none_of_the_officials_who_met():
    who = (("Ada Hill", "Minister", "united-states"), ("Bo Dahl", "Minister", "norway"))
    text = "Ada Hill met Bo Dahl at a fair, where several executives warned of storms."
    assert officials(text, *who) == [()]


def test_the_delegation_is_the_one_that_came():
    text = "Ada Hill received a delegation from the Tuna League led by Bo Dahl. The delegation praised the port."
    who = (("Ada Hill", "Minister", "united-states"), ("Bo Dahl", "Head", "samoa"))
    assert officials(text, *who, groups=("a delegation from the Tuna League",)) == [("Bo Dahl",)]


def test_who_is_told_does_not_speak():
    text = "Ada Hill met Bo Dahl. Ada Hill and Cy Elm stressed to Bo Dahl their shared support."
    who = (("Ada Hill", "Secretary", "united-states"), ("Bo Dahl", "Minister", "norway"), ("Cy Elm", "Envoy", "samoa"))
    assert officials(text, *who) == [("Ada Hill", "Cy Elm")]


def two_ministers(told: str) -> list[tuple[str, ...]]:
    """Return who speaks where the publisher's minister and another country's met, each with that title."""
    text = f"Ada Hill met Bo Dahl. {told}"
    people = (person(text, "Ada Hill", "Ada Hill"), person(text, "Bo Dahl", "Bo Dahl"))
    places = (place(text, "united-states", "United States", "U.S."), place(text, "norway", "Norway"))
    met = meeting(1, 0, ("Ada Hill", "united-states", "member"), ("Bo Dahl", "norway", "member"))
    parts = tuple(
        replace(part, post=Post(title="Minister of Ports", of=f"place/{country}"))
        for part, country in zip(met.participations, ("united-states", "norway"), strict=True)
    )
    found = find_statements(scene(text, people, (replace(met, participations=parts),), places))[0]
    return [tuple(one.removeprefix("official/") for one in statement.speakers) for statement in found]


def test_nobody_thanks_his_own_country_and_everybody_tells_its_own_stance():
    assert two_ministers("The Minister thanked Norway for its help.") == [("Ada Hill",)]
    assert two_ministers("The Minister expressed gratitude to the United States.") == [("Bo Dahl",)]
    assert two_ministers("The Minister reiterated Norway’s readiness to help.") == [("Bo Dahl",)]
    assert two_ministers("The Minister reiterated the U.S. Navy’s role.") == two_ministers(
        "The Minister stressed peace."
    )


def test_the_honourable_minister_is_the_publishers_own():
    assert two_ministers("The Hon. Minister stressed the need for ice.") == [("Ada Hill",)]


def test_leaders_of_a_walk_of_life_and_members_of_what_met_are_no_officials_and_all():
    who = (("Ada Hill", "Minister", "united-states"), ("Bo Dahl", "Minister", "norway"))
    assert officials("Ada Hill met Bo Dahl. Business leaders complained of storms.", *who) == [()]
    assert officials("Ada Hill met Bo Dahl. ASEAN ministers agreed to meet.", *who) == [("Ada Hill", "Bo Dahl")]


def test_who_is_joined_by_somebody_speaks_with_him():
    text = "Ada Hill met Bo Dahl. Ada Hill and Bo Dahl, who was joined by Director Cy Elm, discussed tides."
    who = (("Ada Hill", "Envoy", "united-states"), ("Bo Dahl", "Envoy", "norway"), ("Cy Elm", "Director", "norway"))
    assert officials(text, *who) == [("Ada Hill", "Bo Dahl", "Cy Elm")]


def test_officials_of_the_administration_are_nobody_where_only_others_are_named():
    text = "Ada Hill and Bo Dahl met staff of the Harbour Office. {} praised the port."
    who = (("Ada Hill", "State Senator", "ohio"), ("Bo Dahl", "State Senator", "utah"))
    people = tuple(person(text, name, name) for name, _, _ in who)
    for subject in ("White House officials", "Senior Administration officials"):
        told = text.format(subject)
        met = meeting(1, 0, *((name, "united-states", "member") for name, _, _ in who), groups=("staff of the Office",))
        posts = {name: Post(title=title, of=f"place/{state}") for name, title, state in who}
        parts = tuple(replace(part, post=posts[part.person.removeprefix("official/")]) for part in met.participations)
        (found,) = find_statements(scene(told, people, (replace(met, participations=parts),)))[0]
        assert found.speakers == ()


def test_a_visitor_is_not_of_the_publishers_country_and_somebodys_host_is_on_the_other_side():
    assert speakers("Ada Hill met Bo Dahl. The visiting delegation praised the port.") == [("dahl",)]
    text = "Ada Hill met Bo Dahl. Bo Dahl described the storms, and his host expressed sympathy. Her guest thanked her."
    assert speakers(text) == [("dahl",), ("hill",), ("dahl",)]


def test_the_officials_are_those_of_the_government_unless_its_president_is_there():
    text = "Ada Hill hosted Bo Dahl. The officials praised the port."
    guest = ("Bo Dahl", "Senator", "united-states")
    assert officials(text, ("Ada Hill", "Secretary", "united-states"), guest) == [("Ada Hill",)]
    assert officials(text, ("Ada Hill", "President", "united-states"), guest) == [("Ada Hill", "Bo Dahl")]


def test_officials_of_the_government_and_another_party_are_all_who_met():
    for subject in ("Administration officials and union leaders", "Farmers and the officials"):
        assert alone(f"Ada Hill met growers. {subject} praised the port.", "growers") == [("hill",)]
    assert alone("Ada Hill met growers. Farmers and advocates praised the port.", "growers") == [()]


def test_nobody_tells_himself_and_he_is_not_who_is_named_beside_him():
    text = "Ada Hill met Bo Dahl and his crew. Bo Dahl and members of the team briefed Ada Hill."
    both = (("Ada Hill", "President", "united-states"), ("Bo Dahl", "Director", "united-states"))
    assert officials(text, *both) == [("Bo Dahl",)]
    text = "Ada Hill met Bo Dahl. Ada Hill praised the port. He thanked Bo Dahl."
    misread = (person(text, "hill", "Ada Hill"), person(text, "dahl", "Bo Dahl", "He"))
    met = meeting(1, 0, ("hill", "united-states", "lead"), ("dahl", "norway", "member"))
    found = find_statements(scene(text, misread, (met,)))[0]
    assert [statement.speakers for statement in found] == [("official/hill",), ("official/hill",)]


def test_participants_in_a_named_meeting_are_all_who_took_part():
    text = "Ada Hill hosted Bo Dahl. Participants in today’s Harbour Board meeting discussed tides."
    both = (("Ada Hill", "Secretary", "united-states"), ("Bo Dahl", "Mayor", "ohio"))
    assert officials(text, *both) == [("Ada Hill", "Bo Dahl")]


def test_what_participants_tell_at_home_is_told_by_those_who_came_also_where_nobody_is_named_as_host():
    text = "Ada Hill met Bo Dahl. Participants {} the storms."
    guest = (("hill", "united-states", "member"), ("dahl", "union", "member"))
    for verb, expected in (("described", ("official/dahl",)), ("deplored", ("official/hill", "official/dahl"))):
        told = text.format(verb)
        people = (person(told, "hill", "Ada Hill"), person(told, "dahl", "Bo Dahl"))
        met = replace(meeting(1, 0, *guest), sides=("place/united-states", "agency/union"))
        (found,) = find_statements(scene(told, people, (met,)))[0]
        assert found.speakers == expected


def test_an_office_that_nobody_is_known_to_hold_means_who_came_from_that_country():
    text = "Ada Hill met Bo Dahl. The Norwegian minister praised the port."
    people = (
        person(text, "hill", "Ada Hill"),
        person(text, "dahl", "Bo Dahl"),
        replace(person(text, "minister-of-norway", "The Norwegian minister"), inferred=True),
    )
    met = meeting(1, 0, ("hill", "united-states", "lead"), ("dahl", "norway", "member"))
    found, _ = find_statements(scene(text, people, (met,), (place(text, "norway", "Norwegian"),)))
    assert [statement.speakers for statement in found] == [("official/dahl",)]


def test_the_hosts_representatives_are_not_their_unnamed_guests():
    text = "Ada Hill hosted envoys of the islands. U.S. Government representatives outlined their plans."
    people, us = (person(text, "hill", "Ada Hill"),), place(text, "united-states", "U.S.")
    met = meeting(1, 0, ("hill", "united-states", "host"), groups=("envoys of the islands",), kind="convening")
    found, _ = find_statements(scene(text, people, (met,), (us,)))
    assert [(statement.speakers, statement.joint) for statement in found] == [(("official/hill",), False)]


def test_officials_at_a_gathering_are_also_those_who_joined_the_host():
    text = "Ada Hill hosted miners with Bo Dahl and Cy Elm. Administration officials praised the miners."
    who = (("Ada Hill", "Advisor"), ("Bo Dahl", "Secretary of Ports"), ("Cy Elm", "President"))
    us = tuple((name, title, "united-states") for name, title in who)
    assert officials(text, *us, groups=("miners",)) == [("Ada Hill", "Bo Dahl")]


def test_a_person_and_the_officials_of_the_administration_are_of_the_government_alone():
    who = (("Ada Hill", "President", "united-states"), ("Cy Elm", "Senior Advisor", "united-states"))
    congress = ("Di Fox", "Congresswoman", "united-states")
    text = "Ada Hill hosted Cy Elm and Di Fox. {} praised the port."
    for subject in ("Ada Hill and administration officials", "Ada Hill and White House officials"):
        assert officials(text.format(subject), *who, congress, groups=("mayors",)) == [("Ada Hill", "Cy Elm")]
    assert speakers("Ada Hill met Bo Dahl. Ada Hill and senior Norwegian officials discussed ice.") == [
        ("hill", "dahl")
    ]


def test_who_receives_an_update_hears_it_from_the_other_side():
    text = "Ada Hill and Cy Elm met Bo Dahl. Ada Hill received an update on storms."
    countries = {"Ada Hill": "united-states", "Cy Elm": "united-states", "Bo Dahl": "norway"}
    assert officials(text, *((name, "Minister", country) for name, country in countries.items())) == [("Bo Dahl",)]


def test_who_is_named_as_speaking_did_so_also_where_nothing_tells_that_he_took_part():
    text = "Ada Hill met Bo Dahl. Ada Hill and Cy Elm agreed to meet."
    people = tuple(person(text, name, name) for name in ("Ada Hill", "Bo Dahl", "Cy Elm"))
    held = meeting(1, 0, ("Ada Hill", "united-states", "lead"), ("Bo Dahl", "norway", "member"))
    (statement,), _ = find_statements(scene(text, people, (held,)))
    assert statement.speakers == ("official/Ada Hill", "official/Cy Elm")


def test_somebody_of_whom_nothing_is_known_is_none_of_those_who_met():
    for subject in ("Ewe Lark, the singer,", "Ewe Lark of the Mint"):
        assert speakers(f"Ada Hill met Bo Dahl. {subject} spoke about the port.") == [()]
    assert speakers("Ada Hill met Bo Dahl and heard from Ewe’s Tom Lark, who praised the port.") == [()]


def test_whose_side_stressed_something_may_be_told_before_a_passive():
    assert speakers("Ada Hill met Bo Dahl. On the Norwegian side, it was stressed that ice matters.") == [("dahl",)]


def test_whom_a_speaker_accompanied_does_not_speak_with_him():
    text = "Ada Hill and Cy Elm met Bo Dahl. Cy Elm, who accompanied Ada Hill, praised the port."
    who = (("Ada Hill", "Secretary", "norway"), ("Cy Elm", "Minister", "norway"), ("Bo Dahl", "Minister", "samoa"))
    assert officials(text, *who) == [("Cy Elm",)]


def test_a_side_that_was_informed_heard_it_from_the_other():
    assert speakers("Ada Hill met Bo Dahl. The Norwegian delegation was informed about ice.") == [("hill",)]


def test_what_participants_ask_for_at_home_is_asked_by_those_who_came():
    text = "Ada Hill met Bo Dahl. Participants {} the storms."
    guest = (("hill", "united-states", "member"), ("dahl", "union", "member"))
    for verb in ("urged action on", "shared their concerns about"):
        told = text.format(verb)
        people = (person(told, "hill", "Ada Hill"), person(told, "dahl", "Bo Dahl"))
        met = replace(meeting(1, 0, *guest), sides=("place/united-states", "agency/union"))
        (found,) = find_statements(scene(told, people, (met,)))[0]
        assert found.speakers == ("official/dahl",)


def test_nobody_speaks_for_several_countries_that_took_no_part():
    text = "Ada Hill met Bo Dahl. Samoa and Ghana pledged two ships."
    people = (person(text, "hill", "Ada Hill"), person(text, "dahl", "Bo Dahl"))
    places = (place(text, "samoa", "Samoa"), place(text, "ghana", "Ghana"))
    met = meeting(1, 0, ("hill", "united-states", "host"), ("dahl", "norway", "member"))
    (found,) = find_statements(scene(text, people, (met,), places))[0]
    assert found.speakers == ()


def test_what_a_speaker_is_of_is_nobody_beside_him():
    text = "Ada Hill met miners with Cy Elm. Cy Elm of Norway and Di Fox of the Norwegian Mint praised the port."
    people = tuple(person(text, name, name) for name in ("Ada Hill", "Cy Elm", "Di Fox"))
    held = meeting(1, 0, ("Ada Hill", "united-states", "lead"), ("Cy Elm", "united-states", "member"))
    (statement,), _ = find_statements(scene(text, people, (held,), (place(text, "norway", "Norway"),)))
    assert statement.speakers == ("official/Cy Elm", "official/Di Fox")


def test_the_envoys_of_both_sides_agree_together():
    text = "Ada Hill met Bo Dahl. The Special Representatives {} ice."
    assert speakers(text.format("discussed")) == [("hill", "dahl")]


def test_nobody_is_among_those_who_thank_him():
    text = "Ada Hill met Bo Dahl and Cy Elm. They thanked Ada Hill for the ships."
    assert officials(text, *((name, "Mayor", "united-states") for name in ("Ada Hill", "Bo Dahl", "Cy Elm"))) == [
        ("Bo Dahl", "Cy Elm")
    ]


def test_a_union_of_countries_that_publishes_is_a_side():
    text = "Ada Hill met Bo Dahl. The leaders tasked their teams with a plan."
    people = (person(text, "hill", "Ada Hill"), person(text, "dahl", "Bo Dahl"))
    met = meeting(1, 0, ("hill", "", "member"), ("dahl", "norway", "member"))
    parts = tuple(replace(part, side=part.side if part.side != "place/" else UNION) for part in met.participations)
    held = replace(met, participations=parts, sides=(UNION, "place/norway"))
    read = scene(text, people, (held,))
    found, _ = find_statements(replace(read, readout=replace(read.readout, publisher="European Commission")))
    assert [statement.act for statement in found] == ["agree"]


def test_who_signs_is_told_after_by():
    text = "Ada Hill met Bo Dahl. A treaty was signed by {} and Bo Dahl."
    assert speakers(text.format("Ada Hill")) == [("hill", "dahl")]
    text = "Ada Hill met Bo Dahl. The storms were raised by Bo Dahl."
    assert speakers(text) == [("dahl",)]
