"""Which bodies are named, of government and other."""

import pytest
from casting import read


def bodies(text, *, governmental, **given):
    return [body.name for body in read(text, **given).agencies if body.governmental is governmental]


AGENCIES = {
    "They visited the Joint Centre for Police and Customs Cooperation.": [
        "Joint Centre for Police and Customs Cooperation"
    ],
    "The Michigan Supreme Court ruled.": ["Michigan Supreme Court"],
    "They met officials of the National Kelp and Coral Authority.": ["National Kelp and Coral Authority"],
    "They met officials of the National Reef Quarantine and Kelp Authority.": [
        "National Reef Quarantine and Kelp Authority"
    ],
    "The Kelp Division of the Ministry of Ports was present.": ["Kelp Division", "Ministry of Ports"],
    "They thanked non-Palauan NATO troops.": ["NATO"],
    "They met the Sovereign Wealth Fund of Norway and Fjordbank.": ["Sovereign Wealth Fund of Norway"],
    "They upgraded the Japan-Mongolia EPA, the Customs Union and the New Colombo Plan.": [],
    "She thanked FEMA and the U.S. Department of Energy.": [
        "Federal Emergency Management Agency",
        "Department of Energy",
    ],
    "He visited the Ministry of Ports and Coasts of Ghana.": ["Ministry of Ports and Coasts of Ghana"],
    "The Ruritanian Election Commission and the City Committee on Roads, Ports, and Shipping met.": [
        "Ruritanian Election Commission",
        "City Committee on Roads, Ports, and Shipping",
    ],
    "The Office of the National Cyber Director wrote to the Omani Royal Office.": [
        "Office of the National Cyber Director",
        "Omani Royal Office",
    ],
    "The National Security Council of Mongolia convened.": ["National Security Council of Mongolia"],
    "White House officials spoke.": ["White House"],
    "He praised the Office for Lost Piers and the Office on Sunken Ships.": [
        "Office for Lost Piers",
        "Office on Sunken Ships",
    ],
    "He met Utah House Minority Leader Ann Oak and Maine State Senate President Bo Elm.": [
        "Maine State Senate",
        "Utah House of Representatives",
    ],
    "Members of the Senate Agriculture, Nutrition, and Forestry Committee met.": ["Senate Agriculture Committee"],
    "He is a NATO ally.": ["NATO"],
    "Officials of the Departments of State, Defense, and the Treasury met.": [
        "Department of State",
        "Department of Defense",
        "Department of the Treasury",
    ],
    "Officials of the Departments of Labor, Housing and Urban Development, and Energy met.": [
        "Department of Labor",
        "Department of Housing and Urban Development",
        "Department of Energy",
    ],
    "Officials of the Ministries of Ports and Trade and Tourism met.": [
        "Ministry of Ports",
        "Ministry of Trade and Tourism",
    ],
    "She chairs the International Monetary and Development Committee.": [
        "International Monetary and Development Committee"
    ],
    "The Truth, Unity and Reconciliation Commission reported.": ["Truth, Unity and Reconciliation Commission"],
    "The UN Verification Mission in Ghana reported.": ["United Nations", "UN Verification Mission in Ghana"],
    "The Oak County District Attorney's Office charged him.": ["Oak County District Attorney's Office"],
    "The U.S. Embassy is open.": ["U.S. Embassy"],
    "Officials from the White House met them.": ["White House"],
    "The Kansas legislature and the Ruritanian Truth and Reconciliation Commission met.": [
        "Kansas Legislature",
        "Ruritanian Truth and Reconciliation Commission",
    ],
    "The Prime Minister addressed Parliament.": ["Parliament"],
    "The UN Mission for Coastal Recovery met.": ["United Nations", "UN Mission for Coastal Recovery"],
    "He met the High Representative of the EU for Foreign Affairs, Ms. Oak.": ["European Union"],
    "He called Ministry of Foreign Affairs Political Director Ann Oak.": ["Ministry of Foreign Affairs"],
    "The White House Office of Reefs replied.": ["White House", "White House Office of Reefs"],
    "The OSCE Minsk Group met.": ["OSCE Minsk Group", "Organization for Security and Co-operation in Europe"],
    "The Governing Board of the Federal Reserve met.": ["Federal Reserve", "Governing Board of the Federal Reserve"],
    "Staff of the Council of Economic Advisers, of the UN Security Council and of HHS’s Office of Reef Services met.": [
        "Council of Economic Advisers",
        "United Nations Security Council",
        "Department of Health and Human Services",
        "Office of Reef Services",
    ],
    "They consulted the Foreign Affairs Committees.": ["Foreign Affairs Committees"],
    "The Standing Committee on Finance and Health Canada met.": ["Health Canada", "Standing Committee on Finance"],
    "She met the Kenyan Cabinet and Cabinet officials.": ["Kenyan Cabinet"],
    "They met in the Kenyan Parliament building.": [],
    "The UN General Assembly met.": ["United Nations General Assembly", "United Nations"],
    "He met Chair of the Commission on External Trade Tuan Oak.": ["Commission on External Trade"],
    "He thanked the Chief of the Defence Force and USAID Mission Director Ann Oak.": [
        "United States Agency for International Development"
    ],
}

HOUSED = {
    "They met at the Ministry of Ports.": [],
    "They met at the Department of State.": [],
    "They met officials at the Ministry of Ports.": ["Ministry of Ports"],
    "He explained the reforms at the Ministry of Ports.": ["Ministry of Ports"],
    "She took part in the meeting of the Justice and Home Affairs (JHA) Council.": ["Justice and Home Affairs Council"],
    "She met the Director at the Ministry of Ports.": ["Ministry of Ports"],
}


@pytest.mark.parametrize(("text", "expected"), AGENCIES.items())
def test_bodies_of_government_are_found_by_name_and_by_head_noun(text, expected):
    found = bodies(text, governmental=True)
    assert found == expected


@pytest.mark.parametrize(("text", "expected"), HOUSED.items())
def test_who_meets_at_a_ministry_names_a_place_and_who_works_there_a_body(text, expected):
    assert bodies(text, governmental=True) == expected


def test_the_senate_of_another_country_is_not_that_of_the_united_states():
    text = "The Senate passed it."
    (own,) = read(text, publisher="Prime Minister of Australia").agencies
    assert (own.name, own.country) == ("Senate", "place/australia")
    assert bodies(text, governmental=True) == ["United States Senate"]


def test_a_name_known_within_a_longer_one_of_a_list_is_none():
    text = (
        "Organizations:\n\n- Harbor Law Caucus: Ann Oak\n- Chinese for Coastal Action: Tom Reed\n"
        "- National Council for Kelp: EunHa Pak"
    )
    scene = read(text)
    assert [body.name for body in scene.agencies if body.governmental] == []
    assert [person.name for person in scene.people] == ["Ann Oak", "Tom Reed", "EunHa Pak"]
    assert scene.places == ()


@pytest.mark.parametrize(
    "text",
    [
        "The Harbor Workers Association spoke.",
        "Students of Coastal State University spoke.",
        "The National Council of Negro Women spoke.",
    ],
)
def test_other_bodies_are_no_agencies(text):
    assert bodies(text, governmental=True) == []
    assert len(bodies(text, governmental=False)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The Ruritania Security Forces Fund pays for it.",
        "They set up the U.S.-Japan Economic Policy Consultative Committee.",
        "The Joint Steering Group and the Climate Task Force met.",
        "Assistant to the President for Homeland Security Ann Oak spoke.",
        "They met in the Oval Office at the White House.",
        "The Ministry and the Council agreed.",
        "They spoke at the United Nations.",
    ],
)
def test_initiatives_portfolios_and_buildings_are_no_bodies(text):
    assert [body.name for body in read(text).agencies] == []


def test_the_text_may_give_an_abbreviation_a_sense_of_its_own():
    scene = read("Leaders of the Partnership for Coastal Aid (PCA) met. The PCA grew.")
    assert [body.name for body in scene.agencies] == []


def test_a_title_in_short_before_a_name_is_no_body():
    assert read("NSA Max Elm met her.").agencies == ()
    assert [body.name for body in read("NSA Director Max Elm met her.").agencies] == ["National Security Agency"]


def test_a_body_and_its_abbreviation_are_one():
    scene = read("The Pacific Harbor Authority (PHA) met. The PHA thanked DHS and the Department of Homeland Security.")
    assert [(body.name, len(body.mentions)) for body in scene.agencies] == [
        ("Department of Homeland Security", 2),
        ("Pacific Harbor Authority", 3),
    ]


def test_a_company_named_only_in_a_list_of_participants_is_an_organisation():
    scene = read("Participants:\n\n- Amy Ash, CEO, Blue Kelp Energy\n- Tom Oak, President, Catholics for Choice")
    assert [body.name for body in scene.agencies if not body.governmental] == [
        "Catholics for Choice",
        "Blue Kelp Energy",
    ]


def test_one_word_stands_for_a_body_of_the_publishers_country():
    text = "The bill passed the House. Treasury released figures. The Speaker of the House met Treasury Secretary Oak."
    assert [body.name for body in read(text).agencies] == [
        "United States House of Representatives",
        "Department of the Treasury",
    ]
    assert not read("The House voted. House Elm and House Ash met.", publisher="Department of Foreign Affairs").agencies


def test_whose_secretary_bears_a_short_name_names_the_body_too():
    text = "The Secretary to the Treasury Ann Ewe and the Secretary of the Treasury spoke."
    assert bodies(text, governmental=True, publisher="Presidential Secretariat, Sri Lanka") == ["General Treasury"]


def test_a_part_of_a_body_of_government_is_one_too():
    found = read(
        "She met the Harbour Division of the Department of Justice and the National Harbour Coordination Center."
    )
    assert [(body.name, body.governmental) for body in found.agencies][2:] == [
        ("National Harbour Coordination Center", True)
    ]
    assert found.agencies[0].governmental


def test_an_office_may_be_of_a_countrys_affairs():
    assert "Office of Ghana Affairs" in {body.name for body in read("He thanked the Office of Ghana Affairs.").agencies}


WHOLE = {
    "Those present:\n\n- American Institute for Reef Photonics (AIRP)\n- New Harbor College": [
        "American Institute for Reef Photonics",
        "New Harbor College",
    ],
    "National Reef Center Director Ann Oak spoke.": ["National Reef Center"],
    "He visited the Oakton School of Public Policy, which teaches pilots.": ["Oakton School of Public Policy"],
}
THINGS = [
    "The Peruvian-Kenyan Joint Commission on Economic Cooperation met.",
    "They praised the Reef Response Group.",
    "She spoke from Air Force One.",
    "They amended the Compact of Free Association.",
    "They praised the Falepili Union.",
    "He wrote to the Board of Directors.",
    "The Biden – Harris Administration agreed.",
]


@pytest.mark.parametrize(("text", "expected"), WHOLE.items())
def test_a_name_of_a_body_keeps_the_adjective_it_opens_with_and_all_of_its_field(text, expected):
    assert [body.name for body in read(text).agencies] == expected


@pytest.mark.parametrize("text", THINGS)
def test_an_aircraft_a_compact_or_a_board_without_owner_is_no_body(text):
    assert read(text).agencies == ()


def test_an_office_of_management_ends_before_who_acts_for_its_director():
    scene = read("He called Office of Port Management Acting Director Ann Oak.")
    assert [body.name for body in scene.agencies] == ["Office of Port Management"]
    assert [(person.name, person.holdings[0].tenure) for person in scene.people] == [("Ann Oak", "acting")]


def test_a_part_of_a_body_that_is_none_of_government_is_none_either():
    text = "She chairs the Department of Economics at Harvard University."
    assert bodies(text, governmental=True) == []
    assert bodies(text, governmental=False) == ["Harvard University", "Department of Economics"]


def test_the_body_of_an_item_is_of_government_where_its_noun_is():
    text = "Participants:\n\n- Ann Ewe, Director, Ohio Ports Authority\n- Bo Oak, President, Ohio Sailing League"
    assert bodies(text, governmental=True) == ["Ohio Ports Authority"]


def test_a_body_is_meant_where_only_the_end_of_its_name_stands():
    text = "The Swiss National Bank wrote to her. The National Bank agreed."
    assert bodies(text, governmental=True) == ["Swiss National Bank"]


def test_the_last_word_of_a_longer_short_form_names_no_other_body():
    text = "He visited the Reef Centre of Excellence (Reef CoE). Reef CoE staff met him."
    (centre,) = read(text).agencies
    assert centre.name == "Reef Centre of Excellence"


def test_the_body_that_a_part_is_at_is_meant_and_not_its_house():
    assert bodies("The Civil Rights Division at the Department of Justice replied.", governmental=True) == [
        "Civil Rights Division",
        "Department of Justice",
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("She met the AFL-CIO Executive Council.", "AFL-CIO Executive Council"),
        ("Guests:\n\n- Ann Ewe, Director, Pier Commission, Oak Church (Denver, CO)", "Pier Commission"),
        ("Guests:\n\n- Ann Ewe, Vice President, Oakton Piers Department, Reefs PCL", "Oakton Piers Department"),
    ],
)
def test_a_part_of_a_private_body_is_none_of_government_whatever_its_noun(text, name):
    assert name in bodies(text, governmental=False)
    assert bodies(text, governmental=True) == []


def test_a_noun_for_a_company_within_the_name_of_a_programme_names_none():
    assert bodies("He praised the Coastal Capital Lending Program.", governmental=False) == []


def test_an_office_of_several_words_may_end_the_name_of_a_body():
    assert bodies("She runs the Association of Village Council Presidents.", governmental=False) == [
        "Association of Village Council Presidents"
    ]
