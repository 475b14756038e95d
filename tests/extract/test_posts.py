"""Which office: titles, what stands beside them, and how they are held."""

import pytest
from casting import names, posts, read

from kg.lexicon import Lexicon

SAID = {
    "UNDP Resident Representative in Ghana Ann Ewe spoke.": [
        "Ann Ewe: Resident Representative in Ghana @ united-nations-development-programme"
    ],
    "Secretary to the Ministry Ann Ewe spoke.": ["Ann Ewe: Secretary @ united-states"],
    "Director of the Office of Reef Affairs at the Department of Commerce Ann Ewe spoke.": [
        "Ann Ewe: Director @ office-of-reef-affairs"
    ],
    "Deputy Chief of Mission of the Chinese Embassy Bo Oak spoke.": [
        "Bo Oak: Deputy Chief of Mission @ chinese-embassy"
    ],
    "They met Sajintha Elm, the head of the largest port, and left.": [],
    "HHS ORR Head Ann Ewe met with Deputy Director for Reef Policy, Sajintha Oak, and left.": [
        "Ann Ewe: Head @ office-of-refugee-resettlement",
        "Sajintha Oak: Deputy Director for Reef Policy @ united-states",
    ],
    "The chief negotiators, Sajintha Elm for Peru and Bo Oak for the EU, spoke.": [
        "Sajintha Elm: Chief Negotiator @ peru",
        "Bo Oak: Chief Negotiator @ european-union",
    ],
    "She met Bo Oak, Director of the State Secretariat for Economic Affairs SECO.": [
        "Bo Oak: Director @ state-secretariat-for-economic-affairs"
    ],
    "She met the Leader of the Opposition, Sajintha Oak, today, and his designated Minister of Ports, Tuan Ewe.": [
        "Sajintha Oak: Leader of the Opposition @ united-states",
        "Tuan Ewe: Minister of Ports @ ?",
    ],
    "She thanked the Deputy Prime Minister and Minister of Ports of Peru Ann Ewe.": [
        "Ann Ewe: Deputy Prime Minister @ peru",
        "Ann Ewe: Minister of Ports @ peru",
    ],
    "She met European Commissioner for Ports Ann Ewe, and Commissioner Ewe spoke.": [
        "Ann Ewe: European Commissioner for Ports @ european-commission"
    ],
    "Governor Ann Ewe, who also chairs the Financial Stability Board (FSB), spoke.": [
        "Ann Ewe: Governor @ united-states",
        "Ann Ewe: Chair @ financial-stability-board",
    ],
    "Ohio Speaker pro Tempore Ann Oak-Ewe spoke.": ["Ann Oak-Ewe: Speaker Pro Tempore @ ohio"],
    "She met Chair of the East African Community Ann Ewe.": ["Ann Ewe: Chair @ east-african-community"],
    "She met Peru’s Minister of Development, Industry, Trade and Services Ann Ewe.": [
        "Ann Ewe: Minister of Development, Industry, Trade and Services @ peru"
    ],
    # ranks and letters before names, brackets with fields and letters, letters of bodies that nobody knows
    "The Commander of the Navy Vice Admiral Ann Ewe came.": ["Ann Ewe: Commander of the Navy @ united-states"],
    "She met Vietnam’s Minister of National Defense General Bo Oak.": [
        "Bo Oak: Minister of National Defense @ vietnam"
    ],
    "General Tom Reed (Retd) WWV RSP ndc psc, Secretary to the Ministry of Ports, came.": [
        "Tom Reed: Secretary @ ministry-of-ports"
    ],
    "Cabinet Secretaries Ann Ewe (Defence) and Bo Oak (Ports and Shipping) came.": [
        "Ann Ewe: Cabinet Secretary for Defence @ united-states",
        "Bo Oak: Cabinet Secretary for Ports and Shipping @ united-states",
    ],
    "She met Joint Secretary (ERS) Ann Ewe.": ["Ann Ewe: Joint Secretary (ERS) @ united-states"],
    "RFCC President Ann Ewe and Chairman RFCC Dr. Bo Oak came.": [
        "Ann Ewe: President @ rfcc",
        "Bo Oak: Chairman @ rfcc",
    ],
    "Senators Ann Ewe and Bo Oak, and Admiral Tom Reed came.": [
        "Ann Ewe: Senator @ united-states",
        "Bo Oak: Senator @ united-states",
    ],
    "The Adviser of the High Commission of India in Colombo, Captain Ann Ewe, came.": [
        "Ann Ewe: Adviser @ high-commission-of-india"
    ],
    "The Governor and Minister for Ports and Minister for Defence, Ann Ewe TD, came.": [
        "Ann Ewe: Governor @ united-states",
        "Ann Ewe: Minister for Ports @ united-states",
        "Ann Ewe: Minister for Defence @ united-states",
    ],
    "Ann Ewe, Director of HHS’s Office of Reef Services, spoke.": ["Ann Ewe: Director @ office-of-reef-services"],
}


@pytest.mark.parametrize(("text", "expected"), SAID.items())
def test_what_stands_around_a_title_and_a_name_is_told_apart(text, expected):
    assert posts(read(text)) == expected


def test_a_short_title_stays_as_the_text_has_it_unless_nobody_is_named():
    scene = read("Secretary Oakes met Deputy Secretary Elm.", publisher="Department of State")
    alone = read("The Secretary met Minister Elm of Peru.", publisher="Department of State")
    assert posts(scene) == ["Oakes: Secretary @ united-states", "Elm: Deputy Secretary @ united-states"]
    assert "Secretary of State @ united-states" in posts(alone)[-1]


def test_short_and_long_form_of_one_title_are_one_post_in_the_long_form():
    scene = read(
        "Deputy National Security Advisor for Cyber and Emerging Technology Ann Oak spoke.",
        title="Readout of Deputy National Security Advisor for Cyber Ann Oak’s Meeting",
    )
    assert posts(scene) == [
        "Ann Oak: Deputy National Security Advisor for Cyber and Emerging Technology @ united-states"
    ]


def test_two_titles_of_one_person_are_two_posts():
    scene = read(
        "Assistant to the President for Homeland Security Ann Oak spoke.",
        title="Readout of Homeland Security Advisor Ann Oak’s Visit",
    )
    assert posts(scene) == [
        "Ann Oak: Homeland Security Advisor @ united-states",
        "Ann Oak: Assistant to the President for Homeland Security @ united-states",
    ]


def test_how_an_office_is_held_is_told_apart():
    scene = read(
        "Acting Secretary Ann Oak, former Norwegian Prime Minister Bo Elm and President-Elect Ida Ash of Chile met."
    )
    assert [holding.tenure for person in scene.people for holding in person.holdings] == ["acting", "former", "elect"]


def test_the_evidence_of_a_post_is_title_and_name_as_one_phrase():
    scene = read("They met Prime Minister Bo Nilsen of Norway in Oslo.")
    evidence = scene.people[0].holdings[0].evidence
    assert evidence.span.of(scene.text) == "Prime Minister Bo Nilsen of Norway"


def test_the_lines_at_the_head_of_a_ministers_release_give_the_posts():
    scene = read(
        "Senator the Hon Claire Whitfield\n\nMinister for Foreign Affairs\n\nToday I met him.",
        publisher="Minister for Foreign Affairs of Australia",
    )
    assert posts(scene) == [
        "Claire Whitfield: Senator @ australia",
        "Claire Whitfield: Minister for Foreign Affairs @ australia",
    ]


def test_a_user_adds_titles_and_bodies_by_files_of_their_own(tmp_path):
    (tmp_path / "titles-mine.toml").write_text('[heads]\nlocal = ["Sarpanch"]\n', encoding="utf-8")
    (tmp_path / "bodies-mine.toml").write_text('[heads]\ngovernmental = ["Panchayat"]\n', encoding="utf-8")
    scene = read("Sarpanch Ravi Menon of India thanked the Ludhiana Panchayat.", lexicon=Lexicon.load(tmp_path))
    assert posts(scene) == ["Ravi Menon: Sarpanch @ india"]
    assert [body.name for body in scene.agencies] == ["Ludhiana Panchayat"]


def test_an_ambassador_with_another_title_has_two_posts():
    scene = read("U.S. Special Representative for Iran Ambassador Tom Oak spoke.")
    assert posts(scene) == [
        "Tom Oak: Special Representative for Iran @ united-states",
        "Tom Oak: Ambassador @ united-states",
    ]


def test_a_sentence_that_says_what_a_person_is_gives_the_post():
    text = "Deputy Prime Minister Tom Reed will be Acting Prime Minister. Ann Oak is the Minister for Ports."
    assert posts(read(text, publisher="Prime Minister of Australia"))[1:] == [
        "Tom Reed: Acting Prime Minister @ australia",
        "Ann Oak: Minister for Ports @ australia",
    ]


def test_names_each_behind_its_country_share_a_title_in_the_plural():
    scene = read("She met the finance ministers of Peru, Ana Ruiz, Ghana, Esi Mensah, and Norway, Dr. Liv Berg.")
    assert posts(scene) == [
        "Ana Ruiz: Finance Minister @ peru",
        "Esi Mensah: Finance Minister @ ghana",
        "Liv Berg: Finance Minister @ norway",
    ]


def test_a_field_in_brackets_needs_no_known_word_where_the_title_goes_on():
    scene = read("She met Tom Oak, Secretary (East) of the Ministry of External Affairs of India.")
    assert posts(scene) == ["Tom Oak: Secretary (East) @ ministry-of-external-affairs"]


def test_names_in_the_order_of_their_countries_share_a_title_in_the_plural():
    scene = read("She met the foreign ministers of Peru, Chile and Ghana, Ana Ruiz, Dr. Tom Elm and Esi Mensah.")
    assert posts(scene) == [
        "Ana Ruiz: Foreign Minister @ peru",
        "Tom Elm: Foreign Minister @ chile",
        "Esi Mensah: Foreign Minister @ ghana",
    ]


def test_somebody_elected_or_designated_needs_no_hyphen():
    scene = read("He called President Elect Ann Ewe of Ghana and Leader Designate Bo Oak.")
    assert names(scene) == ["Ann Ewe", "Bo Oak"]
    assert [holding.tenure for person in scene.people for holding in person.holdings] == ["elect", "elect"]


def test_a_title_before_a_given_name_is_a_second_office():
    scene = read("Ohio Senate Majority Leader Chair Jacqueline Oak spoke.")
    assert names(scene) == ["Jacqueline Oak"]
    assert [post.partition(" @ ")[0] for post in posts(scene)] == [
        "Jacqueline Oak: Majority Leader",
        "Jacqueline Oak: Chair",
    ]


@pytest.mark.parametrize(
    ("text", "post"),
    [
        ("Norwegian trade and industry minister Kari Elm spoke.", "Trade and Industry Minister @ norway"),
        ("Kari Elm, Norway's minister of trade and industry, spoke.", "Minister of Trade and Industry @ norway"),
        (
            "The Ambassador Extraordinary and Plenipotentiary of Peru Kari Elm spoke.",
            "Ambassador Extraordinary and Plenipotentiary @ peru",
        ),
        ("Georgia State Senator Kari Elm spoke.", "State Senator @ state-of-georgia"),
    ],
)
def test_an_office_is_read_whole_in_small_letters_and_in_full_style(text, post):
    assert posts(read(text)) == [f"Kari Elm: {post}"]


def test_a_country_s_office_behind_a_name_in_a_list_may_be_the_next_person_s():
    scene = read(
        "Present were Principal Secretary for Ports Dr. Ann Ewe, Peru's Ambassador to Ghana, Amb. Tom Oak, his wife, "
        "Ida Oak, and Togo's foreign minister, Bo Elm."
    )
    assert posts(scene)[1:] == ["Tom Oak: Ambassador to Ghana @ peru", "Bo Elm: Foreign Minister @ togo"]


def test_a_field_in_small_letters_may_list_three_matters():
    scene = read("She met Peru's minister of investment, trade and industry, Tom Oak.")
    assert posts(scene) == ["Tom Oak: Minister of Investment, Trade and Industry @ peru"]


def test_a_style_stands_before_a_title_too():
    assert posts(read("She called on H.E. President Ann Ewe of Togo.")) == ["Ann Ewe: President @ togo"]


def test_abbreviated_titles_have_plurals():
    scene = read("The group included MPs Ann Ewe and Tom Oak.", publisher="Government of New Zealand")
    assert posts(scene) == [
        "Ann Ewe: Member of Parliament @ new-zealand",
        "Tom Oak: Member of Parliament @ new-zealand",
    ]


def test_in_a_list_of_titles_and_names_between_commas_each_name_has_the_title_before_it():
    scene = read(
        "Minister of Ports, Ann Ewe, Minister of Trade, Dr. Tom Oak, and Secretary to the President, Bo Elm, sat.",
        publisher="Ministry of Foreign Affairs of Sri Lanka",
    )
    assert [post.partition(" @")[0] for post in posts(scene)] == [
        "Ann Ewe: Minister of Ports",
        "Tom Oak: Minister of Trade",
        "Bo Elm: Secretary to the President",
    ]
