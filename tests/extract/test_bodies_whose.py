"""Whose the bodies are that many countries have, and where their names end."""

import pytest
from casting import posts, read


def named(text, **given):
    return {body.name: body.country for body in read(text, **given).agencies if body.governmental}


def test_a_body_of_government_is_of_the_country_in_its_name():
    text = (
        "She met the Norwegian Ministry of Ports, the Election Commission of the Philippines, the Kenyan Coast Fund, "
        "the Georgia Piers Authority and the Georgian Ministry of Cables, and the U.S. Embassy."
    )
    assert {body.name: body.country for body in read(text).agencies if body.governmental} == {
        "Norwegian Ministry of Ports": "place/norway",
        "Election Commission of the Philippines": "place/philippines",
        "Georgia Piers Authority": None,
        "Georgian Ministry of Cables": "place/georgia",
        "U.S. Embassy": "place/united-states",
    }


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("He praised Ghana for the ruling of its Supreme Court.", "place/ghana"),
        ("He praised Ghana's Supreme Court.", "place/ghana"),
        ("He praised Ghana. The Supreme Court of the United States ruled.", "place/united-states"),
        ("He praised Ghana. The Supreme Court ruled.", "place/united-states"),
    ],
)
def test_what_many_countries_have_is_of_the_one_that_owns_it(text, country):
    assert list(named(text, publisher="U.S. Department of State").values()) == [country]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("She called the Office of the U.S. Reef Representative.", "Office of the U.S. Reef Representative"),
        ("She called the Office of the President of Ghana Ada Ewe.", "Office of the President of Ghana"),
        ("She met the Department of Parole and Child Care Services.", "Department of Parole and Child Care Services"),
        ("The National Reef Safety Inspectorate replied.", "National Reef Safety Inspectorate"),
        ("The Special Prosecutor's Office Against Piracy replied.", "Special Prosecutor's Office Against Piracy"),
        ("The U.S. Consulate General in Oakton replied.", "U.S. Consulate General"),
        ("Officers of the Rapid Pier Battalion were named.", "Rapid Pier Battalion"),
    ],
)
def test_the_name_of_a_body_goes_on_to_its_last_word(text, name):
    assert list(named(text)) == [name]


def test_a_body_behind_the_name_of_its_country_is_the_one_that_the_lexicon_knows():
    text = "She called New Zealand MFAT. The New Zealand Ministry of Foreign Affairs and Trade replied."
    assert list(named(text)) == ["Ministry of Foreign Affairs and Trade of New Zealand"]


def test_a_caucus_by_its_side_is_the_chamber():
    assert list(named("Guests:\n\n- Ohio House Minority Caucus Chair Ann Ewe")) == ["Ohio House of Representatives"]


@pytest.mark.parametrize(
    "text", ["House Minority Leader Ann Ewe spoke.", "She met 11 House Democrats.", "The House voted."]
)
def test_a_chamber_is_named_before_its_sides_and_their_leaders(text):
    assert list(named(text)) == ["United States House of Representatives"]


def test_in_a_list_of_state_legislators_the_senate_is_the_state_s():
    text = "State legislators of Ohio spoke:\n\n- Ann Ewe, Senate Minority Whip\n\nShe thanked the Senate."
    assert list(named(text)) == ["Ohio Senate", "United States Senate"]


def test_a_chamber_is_not_named_before_other_nouns():
    assert named("House Resolution 12 passed.") == {}


def test_the_desk_of_a_body_is_no_body_of_its_own():
    assert [body.name for body in read("DFAT Media: (02) 6261 0000").agencies] == [
        "Department of Foreign Affairs and Trade"
    ]


def test_a_part_of_a_body_of_government_is_one():
    (whole, part) = named("She heard the Centers for Disease Control and Prevention's Division of Quiet Piers.")
    assert (whole, part) == ("Centers for Disease Control and Prevention", "Division of Quiet Piers")


def test_a_name_with_its_article_is_found_whole_too():
    assert list(named("The White House Council on Environmental Quality met.")) == [
        "Council on Environmental Quality",
        "White House",
    ]


def test_guests_at_a_house_meet_in_it_and_those_from_it_are_of_the_body():
    assert named("She met student leaders at the White House.") == {}
    assert list(named("She met leaders from the White House.")) == ["White House"]


def test_a_president_by_full_name_who_is_not_the_country_s_is_of_something_unsaid():
    text = "President Biden spoke. Participants included:\n\n- President Ada Ewe (Reef Band of Mohican Indians, WI)"
    scene = read(text)
    assert "Ada Ewe: President @ ?" in posts(scene)
    assert "India" not in [place.name for place in scene.places]


def test_a_part_of_a_ministry_is_named_after_a_body_too_and_is_of_the_publishers_country():
    scene = read(
        "She met Director General of the UN and Multilateral Affairs Division Ann Ewe.",
        publisher="Ministry of Foreign Affairs of Sri Lanka",
    )
    assert [(body.name, body.country) for body in scene.agencies][1:] == [
        ("UN and Multilateral Affairs Division", "place/sri-lanka")
    ]
