"""Long titles: fields up to the name, several offices before or behind one, what stands around them."""

from datetime import date

import pytest
from casting import meant, names, posts, read

SRI_LANKA = "Ministry of Foreign Affairs of Sri Lanka"

FIELDS = {
    "Senior Director for East Asia and Oceania Sajintha Ewe-Oak spoke.": "Senior Director for East Asia and Oceania",
    "Secretary of State for Energy and Net Yield Ann Ewe spoke.": "Secretary of State for Energy and Net Yield",
    "Special Envoy for Racial Equity and Justice Ann Ewe spoke.": "Special Envoy for Racial Equity and Justice",
    "Deputy Premier for Integration, Development and Dialogue Sajintha Oak spoke.": (
        "Deputy Premier for Integration, Development and Dialogue"
    ),
    "Special Envoy for Freedom of Religion or Belief Ann Ewe spoke.": "Special Envoy for Freedom of Religion or Belief",
    "Minister for Farmers’ Affairs Ann Ewe spoke.": "Minister for Farmers’ Affairs",
    "Director General for Political and Diplomatic Affairs Ambassador Ann Ewe spoke.": (
        "Director General for Political and Diplomatic Affairs"
    ),
    "She met Ann Ewe, Minister in charge of Coastal Development.": "Minister in Charge of Coastal Development",
    "Minister of State (Independent Charge) Ann Ewe spoke.": "Minister of State (Independent Charge)",
    "The former Norwegian peace envoy Ann Ewe spoke.": "Peace Envoy",
}


@pytest.mark.parametrize(("text", "title"), FIELDS.items())
def test_a_field_reaches_to_the_name_whatever_its_last_words(text, title):
    (person,) = read(text).people
    assert person.holdings[0].post.title == title


def test_a_rank_behind_a_title_and_an_and_begins_another_person():
    scene = read("He met Tom Elm, Minister of Defense, and General Bo Oak, and Minister for Trade and General Ann Ewe.")
    assert names(scene) == ["Tom Elm", "Bo Oak", "Ann Ewe"]
    assert posts(scene)[0] == "Tom Elm: Minister of Defense @ united-states"


ROWS = {
    "Kazakh Deputy Prime Minister – Minister of Ports Ann Ewe spoke.": [
        "Deputy Prime Minister @ kazakhstan",
        "Minister of Ports @ kazakhstan",
    ],
    "She met Ann Ewe, Chair, President & CEO of Reef Health.": ["Chair, President and CEO @ reef-health"],
    "They came:\n\n- Ann Ewe, Co-Founder, President and CEO, Trailpost": [
        "Co-Founder, President and CEO @ trailpost",
    ],
    "The Premier, Minister for Reefs and Minister for Ports, Ann Ewe TD, spoke.": [
        "Premier @ ?",
        "Minister for Reefs @ united-states",
        "Minister for Ports @ united-states",
    ],
    "EU Executive Vice-President and Trade Commissioner Ann Ewe spoke.": [
        "Executive Vice-President @ european-union",
        "Trade Commissioner @ european-union",
    ],
}


@pytest.mark.parametrize(("text", "offices"), ROWS.items())
def test_offices_in_a_row_are_one_persons(text, offices):
    assert posts(read(text)) == [f"Ann Ewe: {office}" for office in offices]


def test_an_office_of_a_body_behind_an_and_is_not_that_of_the_person_before():
    scene = read("She met Minister Bo Oak, and UNICEF’s Director of Operations in Jordan, Ann Ewe.")
    assert posts(scene)[1:] == ["Ann Ewe: Director of Operations @ unicef"]


OWNERS = {
    "COP41 President Ann Ewe spoke.": "President @ cop41",
    "Rosebush Tribe of Ohio Chairman Ann Ewe spoke.": "Chairman @ rosebush-tribe-of-ohio",
    "A team of the IMF came. Senior Mission Chief Ann Ewe spoke.": "Senior Mission Chief @ international-monetary-fund",
    "NATO met. Deputy Secretary General for Reefs Ann Ewe spoke.": "Deputy Secretary General for Reefs @ nato",
    "Special Representative of the Secretary-General for Palau Ann Ewe spoke.": (
        "Special Representative of the Secretary-General for Palau @ united-nations"
    ),
    "Head of the EU Delegation to Kenya Ann Ewe spoke.": "Head of the Delegation to Kenya @ european-union",
    "Secretary Elm met Ann Ewe (Chairman and CEO, Reef Foods) and left.": "Chairman and CEO @ reef-foods",
    "Mayor Ann Ewe (Oakton, OH) and others spoke.": "Mayor @ oakton",
    "They met Director of the Agency for Reef Safety and Senior Advisor Ann Ewe.": "Director @ agency-for-reef-safety",
    "They met Ann Ewe, the director of the Federal Office for Defence Procurement armasuisse, and left.": (
        "Director @ federal-office-for-defence-procurement"
    ),
    "The Apostolic Nuncio Most Rev. Dr. Ann Ewe spoke.": "Apostolic Nuncio @ holy-see",
}


@pytest.mark.parametrize(("text", "office"), OWNERS.items())
def test_what_a_title_is_of_is_told_by_the_body_beside_or_before_it(text, office):
    assert f"Ann Ewe: {office}" in posts(read(text, publisher=SRI_LANKA))


def test_words_behind_a_title_tell_of_acting():
    scene = read("Chargé d’Affaires a.i. Ann Ewe and Chargé d’Affaires ad interim of Peru Bo Oak came.")
    assert [(one.name, one.holdings[0].tenure) for one in scene.people] == [("Ann Ewe", "acting"), ("Bo Oak", "acting")]


def test_where_an_envoy_resides_is_no_part_of_the_title():
    scene = read("She met H.E. Ann Ewe, Ambassador of Peru (based in New Delhi).", publisher=SRI_LANKA)
    assert posts(scene) == ["Ann Ewe: Ambassador @ peru"]


def test_an_official_met_is_of_the_publishers_country_where_the_text_names_no_other():
    scene = read("President Elm met Cabinet Secretary for Roads Ann Ewe.", publisher="State House Kenya")
    assert "Ann Ewe: Cabinet Secretary for Roads @ kenya" in posts(scene)


def test_officials_beside_a_known_ruler_are_of_his_country():
    scene = read(
        "Secretary Blinken met President Xi Jinping and others. They saw Minister of Reefs Sajintha Ewe.",
        publisher="Department of State",
        issued=date(2024, 4, 26),
    )
    assert posts(scene)[-1] == "Sajintha Ewe: Minister of Reefs @ china"


@pytest.mark.parametrize(
    "title", ["British High Commissioner Pays Courtesy Call on President", "Envoys Present Credentials"]
)
def test_a_headline_about_a_courtesy_call_names_nobody(title):
    assert names(read("They spoke of trade.", title=title, publisher=SRI_LANKA)) == []


def test_what_a_fund_is_called_is_no_person():
    assert names(read("She met the CEO of the Peruvian Reef Investment Fund Tom Elm.")) == ["Tom Elm"]


def test_a_surname_that_an_honorific_resembles_is_read():
    scene = read("Minister for Ports Dr. Tan See Leng met Tan Sri Abdul Ewe.")
    assert names(scene) == ["Tan See Leng", "Abdul Ewe"]


def test_a_surname_alone_means_of_a_couple_who_is_in_office():
    scene = read("Vice President Tom Ewe and Second Lady Ann Ewe came. Ewe thanked them. Mrs. Ewe left.")
    assert meant(scene, "Tom Ewe") == ["Tom Ewe", "Ewe"]


FIRMS = {
    "Those present were Ann Ewe, Chief Program Officer at ReefRipley, the provider in Houston; and Bo Oak.": (
        "Chief Program Officer @ reefripley"
    ),
    "They spoke.\n\nAnn Ewe, Executive Director, Reefworks: “Meeting the goals is hard.”": (
        "Executive Director @ reefworks"
    ),
    "They came:\n\n- Ann Ewe, SVP of Global Affairs and Public Policy, Marlow & Finch": (
        "Senior Vice President of Global Affairs and Public Policy @ marlow-finch"
    ),
}


@pytest.mark.parametrize(("text", "office"), FIRMS.items())
def test_a_firm_ends_where_its_name_does(text, office):
    assert f"Ann Ewe: {office}" in posts(read(text))


def test_a_style_before_an_ambassador_or_a_president_is_no_name():
    scene = read("HM Ambassador to the US Dame Ann Ewe met H.E. President Bo Oak of Ghana.", publisher="GOV.UK")
    assert posts(scene) == ["Ann Ewe: Ambassador to the US @ united-kingdom", "Bo Oak: President @ ghana"]


def test_letters_stand_for_an_office_before_a_name():
    scene = read("DNI Ann Ewe met USTR Bo Oak.")
    assert posts(scene) == [
        "Ann Ewe: Director of National Intelligence @ united-states",
        "Bo Oak: Trade Representative @ united-states",
    ]


def test_whose_something_he_told_of_is_not_she_of_the_next_sentence():
    scene = read(
        "Minister Ann Ewe of Ghana met President Bo Oak of Peru. The President gave his thanks. She also met Tom Elm."
    )
    assert meant(scene, "Ann Ewe")[-1] == "She"


def test_a_body_or_a_field_may_stand_between_commas_before_a_styled_name():
    scene = read(
        "Secretary, Ministry of Ports Ms. Ann Ewe, and Additional Secretary, Bilateral Affairs (East) Mr. Bo Oak came.",
        publisher=SRI_LANKA,
    )
    assert posts(scene) == [
        "Ann Ewe: Secretary @ ministry-of-ports",
        "Bo Oak: Additional Secretary, Bilateral Affairs (East) @ sri-lanka",
    ]


def test_an_envoy_who_heads_a_delegation_is_of_those_who_sent_it():
    scene = read("Ambassador Ann Ewe, Head of the EU Delegation to Kenya, came.", publisher=SRI_LANKA)
    assert posts(scene)[0] == "Ann Ewe: Ambassador @ european-union"
