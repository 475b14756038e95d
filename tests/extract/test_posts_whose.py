"""What an office is of, by the words around, the publisher and the day."""

from datetime import date

import pytest
from casting import posts, read

from kg.extract import extract
from kg.sources import readout


def test_members_of_congress_sit_for_the_country_and_state_legislators_for_their_state():
    federal = read("The President met Representative Ann Oak (D-KS) in Washington.")
    state = read("She met state legislators.\n\n- Representative Ann Oak (D-KS-23)\n- Senator Bo Elm (D-UT-2)")
    assert posts(federal)[0] == "Ann Oak: Representative @ united-states"
    assert posts(state) == ["Ann Oak: Representative @ kansas", "Bo Elm: Senator @ utah"]


def test_offices_of_a_publisher_that_is_of_no_country_are_its_own():
    scene = read("Director-General for Trade Ann Ewe met Minister Bo Oak of Peru.", publisher="European Commission")
    assert posts(scene) == ["Ann Ewe: Director-General for Trade @ european-commission", "Bo Oak: Minister @ peru"]


def test_the_secretary_of_another_country_keeps_the_short_title():
    scene = read(
        "Secretary Oakes met New Zealand Secretary Bo Elm. Secretary Elm left.", publisher="Department of State"
    )
    assert posts(scene)[1:] == ["Bo Elm: Secretary @ new-zealand"]


def test_a_minister_without_country_is_of_the_other_side_or_of_the_publisher_by_the_context():
    visit = read(
        "The delegation visited Fiji, where they met with Prime Minister Tui Lau.", title="Senior Travel to Fiji"
    )
    home = read(
        "Hon. Nimal Fonseka, Minister of Ports, received her.", publisher="Ministry of Foreign Affairs of Sri Lanka"
    )
    assert posts(visit) == ["Tui Lau: Prime Minister @ fiji"]
    assert posts(home) == ["Nimal Fonseka: Minister of Ports @ sri-lanka"]


def test_a_foreign_official_with_a_title_that_the_publisher_also_has_is_of_the_other_side():
    scene = read(
        "Deputy National Security Advisor Ann Oak met with Deputy National Security Advisor Ravi Menon in New Delhi.",
        title="Readout of Senior Administration Travel to India",
    )
    assert posts(scene) == [
        "Ann Oak: Deputy National Security Advisor @ united-states",
        "Ravi Menon: Deputy National Security Advisor @ india",
    ]


def test_the_leader_of_a_chamber_is_of_the_chamber_not_of_the_home_state():
    scene = read("Speaker of the House Mike Johnson (R-LA) spoke.", issued=date(2024, 2, 27))
    assert posts(scene) == ["Mike Johnson: Speaker @ united-states-house-of-representatives"]


def test_a_release_by_nobody_known_is_of_the_country_of_its_dateline():
    text = "27 March 2025 | Colombo\n\nThe Ambassador of Japan, Akio Mori, called on Cabinet Minister Bimal Perera."
    assert posts(read(text, publisher=None))[1:] == ["Bimal Perera: Cabinet Minister @ sri-lanka"]


def test_on_a_trip_an_office_is_of_the_country_of_the_stop():
    text = (
        "This week, Deputy Secretary Ada Okello traveled to Ghana, Togo and Benin. In Togo, she met with President Yao "
        "Elm and Vice President Edem Oak. She then traveled to Cotonou for talks with Foreign Minister Luc Reef."
    )
    assert posts(read(text, title="Deputy Secretary Okello’s Travel to Ghana, Togo and Benin"))[1:] == [
        "Yao Elm: President @ togo",
        "Edem Oak: Vice President @ togo",
        "Luc Reef: Foreign Minister @ benin",
    ]


ABROAD = {
    "The Peruvian delegation included Minister of Ports Ana Ruiz.": ["Ana Ruiz: Minister of Ports @ peru"],
    "Federal Councillor Tom Oak travels. In Lima, Peru, he will meet Trade Minister Ana Ruiz.": [
        "Tom Oak: Federal Councillor @ switzerland",
        "Ana Ruiz: Trade Minister @ peru",
    ],
    "He met the Permanent Representative of Peru to the UN in Geneva Ana Ruiz.": [
        "Ana Ruiz: Permanent Representative to the UN @ peru"
    ],
    "He met with US Treasury Secretary Ann Elm.": ["Ann Elm: Treasury Secretary @ united-states"],
}


@pytest.mark.parametrize("text", ABROAD)
def test_the_words_around_tell_of_which_state_an_office_is(text):
    assert posts(read(text, publisher="Federal Department of Foreign Affairs")) == ABROAD[text]


def test_who_says_i_is_the_minister_whose_release_it_is_unless_another_one_is_named():
    text = "Today I met with Norwegian Minister Bo Nilsen. “I am glad,” he said."
    publisher, day = "Minister for Foreign Affairs of Australia", date(2023, 10, 18)
    (author,) = [person for person in read(text, publisher=publisher, issued=day).people if person.inferred]
    assert author.holdings[0].post.title == "Minister for Foreign Affairs"
    assert [mention.span.start for mention in author.mentions] == [6]
    named = read(f"Mary Whitfield, Minister for Foreign Affairs\n\n{text}", publisher=publisher, issued=day)
    assert not any(person.inferred for person in named.people)


def test_on_a_trip_offices_are_of_the_country_reached_last():
    scene = read(
        "Minister Bo Dahl travelled to Accra and Lima this week. In Accra on Monday, he met with President Kofi Osei. "
        "Later that day, he held talks with Foreign Minister Esi Mensah. He then flew to Lima, where he met President "
        "Ana Ruiz.",
        publisher="Ministry of Foreign Affairs of Norway",
    )
    assert posts(scene)[1:] == [
        "Kofi Osei: President @ ghana",
        "Esi Mensah: Foreign Minister @ ghana",
        "Ana Ruiz: President @ peru",
    ]


def test_a_release_by_nobody_known_is_of_the_country_where_a_guest_is_received():
    scene = read(
        "Federal Minister for Economic Affairs Jens Vogel today received the Norwegian Minister of Energy, Liv Berg, "
        "for talks in Berlin.",
        publisher="A ministry",
    )
    assert posts(scene) == [
        "Jens Vogel: Federal Minister for Economic Affairs @ germany",
        "Liv Berg: Minister of Energy @ norway",
    ]


def test_a_town_whose_name_is_borne_in_two_countries_makes_its_mayor_speak_for_neither():
    text = "President Biden spoke today with Mayor Ann Ewe of St. Petersburg."
    (meeting,) = extract(readout(text, publisher="The White House")).meetings
    assert {part.person: part.side for part in meeting.participations}["official/ann-ewe"] is None


def test_a_state_is_known_by_its_name_with_an_ampersand():
    scene = read("Secretary Example met with Prime Minister Bo Sample of St. Vincent & the Grenadines.")
    assert "Bo Sample: Prime Minister @ saint-vincent-and-the-grenadines" in posts(scene)


def test_a_title_that_owns_another_one_is_nobodys_own():
    scene = read("He met with Bo Oak, the UN Secretary-General's Envoy for Peru, Ann Ewe, and the President's son.")
    assert "Bo Oak: Envoy for Peru @ united-nations" in posts(scene)
    assert not any("Secretary-General" in post for post in posts(scene))


def test_whom_an_envoy_represents_is_part_of_the_title():
    scene = read("He met Ann Ewe, Special Representative of the UN Secretary-General and head of the UN Reef Mission.")
    assert posts(scene) == [
        "Ann Ewe: Special Representative of the UN Secretary-General @ united-nations",
        "Ann Ewe: Head @ un-reef-mission",
    ]


def test_who_leads_a_delegation_of_a_body_is_of_it():
    scene = read("A delegation of the World Bank led by Regional Director Ann Ewe met with Trade Minister Esi Mensah.")
    assert "Ann Ewe: Regional Director @ world-bank" in posts(scene)


def test_the_deputy_at_a_mission_is_of_the_country_of_the_ambassador():
    scene = read(
        "Norwegian Ambassador to Sri Lanka Liv Berg and Deputy Chief of Mission Ola Dahl joined.",
        publisher="Ministry of Foreign Affairs, Sri Lanka",
    )
    assert "Ola Dahl: Deputy Chief of Mission @ norway" in posts(scene)


def test_the_head_of_a_department_is_the_minister_who_held_it_that_day():
    scene = read(
        "Federal Councillor Beat Jans travelled to Rome. The head of the FDJP called for more exchanges.",
        publisher="Federal Council of Switzerland",
        issued=date(2024, 6, 1),
    )
    assert "Beat Jans: Head @ federal-department-of-justice-and-police" in posts(scene)


def test_a_surname_with_a_hyphen_is_that_of_the_holder_of_the_office_too():
    scene = read(
        "Federal Councillor Karin Keller-Sutter travelled to Rome. The head of the FDF called for more exchanges.",
        publisher="Swiss Federal Council",
        issued=date(2024, 6, 1),
    )
    assert "Karin Keller-Sutter: Head @ federal-department-of-finance" in posts(scene)


def test_a_ministrys_secretary_is_of_the_ministry():
    scene = read(
        "Secretary to the Ministry of Foreign Affairs Ann Ewe joined.", publisher="The Government of Sri Lanka"
    )
    assert posts(scene) == ["Ann Ewe: Secretary @ ministry-of-foreign-affairs"]


def test_what_only_its_names_is_a_body_that_no_table_lists_too():
    scene = read("He visited the Reef Centre of Excellence (Reef CoE), where its director, Teija Oak, briefed him.")
    assert posts(scene) == ["Teija Oak: Director @ reef-centre-of-excellence"]


def test_who_is_known_to_serve_a_country_serves_it_in_an_office_that_says_nothing():
    scene = read(
        "Foreign Minister Penny Wong met Senator the Hon Don Farrell and US Senator Tom Oak.",
        publisher="Minister for Foreign Affairs of Australia",
        issued=date(2025, 7, 1),
    )
    assert "Don Farrell: Senator @ australia" in posts(scene)


def test_who_acts_in_a_list_is_of_the_country_of_the_person_before():
    scene = read(
        "She met Tonga's Crown Prince Ola and Acting Prime Minister Semisi Tapueluelu.",
        publisher="Minister for Foreign Affairs of Australia",
    )
    assert "Semisi Tapueluelu: Acting Prime Minister @ tonga" in posts(scene)


def test_the_owner_in_the_name_of_a_body_is_nobody_met():
    scene = read(
        "Officials of the Prime Minister's Office attended.", publisher="Minister for Foreign Affairs of Australia"
    )
    assert posts(scene) == []


def test_each_of_two_delegations_has_its_own_head():
    scene = read(
        "The Swiss delegation was headed by State Secretary Ann Ewe, the Chilean delegation by Deputy Minister Bo Oak.",
        publisher="Federal Department of Foreign Affairs",
    )
    assert posts(scene) == ["Ann Ewe: State Secretary @ switzerland", "Bo Oak: Deputy Minister @ chile"]


def test_the_state_in_the_name_of_a_federal_state_is_of_its_legislators_titles_too():
    scene = read("New York State Senator Ann Ewe met Washington State Representative Bo Oak.")
    assert posts(scene) == ["Ann Ewe: State Senator @ new-york", "Bo Oak: State Representative @ washington-state"]


@pytest.mark.parametrize(
    ("chief", "of"),
    [
        ("Peruvian Premier Ann Elm", "peru"),
        ("President Macron", "france"),
        ("Interpol Secretary General Oak", "interpol"),
    ],
)
def test_an_adviser_is_of_where_the_one_is_whom_he_serves(chief, of):
    assert posts(read(f"He met with {chief}’s Reef Adviser Tom Ruud."))[-1] == f"Tom Ruud: Reef Adviser @ {of}"


@pytest.mark.parametrize(
    "body", ["National Reef Divers Network", "Coalition of Reef Divers", "Alliance for Reefs", "Black Divers Coalition"]
)
def test_who_runs_a_network_or_a_coalition_holds_an_office_of_it(body):
    scene = read(f"She met with Ann Elm, co-chair of the {body}, and Tom Oak.")
    assert posts(scene) == [f"Ann Elm: Co-Chair @ {body.lower().replace(' ', '-')}"]


def test_the_administrator_of_a_region_is_of_the_agency():
    scene = read("She met EPA Region 3 Administrator Ann Elm.")
    assert posts(scene) == ["Ann Elm: Administrator @ environmental-protection-agency"]


def test_who_presides_over_a_council_of_ministers_bears_that_title_and_a_name_of_his_own():
    scene = read("He met Norwegian President of the Council of Ministers Faure Elm and Ghanaian President Kofi Osei.")
    assert posts(scene) == [
        "Faure Elm: President of the Council of Ministers @ norway",
        "Kofi Osei: President @ ghana",
    ]


def test_a_minister_met_at_the_second_of_two_towns_travelled_to_is_of_that_country():
    scene = read(
        "Secretary Ruiz traveled to Lima, Quito, and Oslo. In Lima, she met Foreign Minister Ann Elm. In Quito, she "
        "met Interior Minister Bo Oak.",
        publisher="U.S. Department of State",
    )
    assert posts(scene)[1:] == ["Ann Elm: Foreign Minister @ peru", "Bo Oak: Interior Minister @ ecuador"]


def test_his_adviser_serves_whom_the_text_last_said_something_of():
    scene = read(
        "Mr Elm spoke with the president of Peru, Ana Ewe. President Ewe thanked him. She recalled the plan that her "
        "special adviser, Tom Oak, had presented.",
        publisher="Federal Department of Foreign Affairs",
    )
    assert posts(scene)[-1] == "Tom Oak: Special Adviser @ peru"


def test_an_envoy_whom_a_minister_names_is_of_the_minister_s_country():
    scene = read(
        "Peru's Minister of Ports, Ana Ewe, was there. Minister Ewe announced an envoy for trade, Sir Tom Oak."
    )
    assert posts(scene)[-1] == "Tom Oak: Envoy for Trade @ peru"


def test_all_who_are_named_on_a_country_s_side_are_of_it():
    scene = read(
        "On the Peruvian side, people of the Ports Agency, headed by the Vice Minister of Finance, Ana Ewe, took part.",
        publisher="Federal Department of Foreign Affairs",
    )
    assert posts(scene) == ["Ana Ewe: Vice Minister of Finance @ peru"]


def test_the_bank_s_president_is_of_the_bank_that_was_named():
    scene = read("He toured the African Development Bank and congratulated the bank's president-elect, Ana Ewe.")
    assert posts(scene) == ["Ana Ewe: President-Elect @ african-development-bank"]


def test_offices_in_small_letters_are_of_the_country_just_travelled_to():
    scene = read(
        "He met Foreign Minister Tom Oak in Ghana. He then went to Togo, where talks were held with the "
        "vice-president, Ana Ewe, and the foreign minister, Bo Elm.",
        publisher="Federal Department of Foreign Affairs",
    )
    assert posts(scene)[1:] == ["Ana Ewe: Vice-President @ togo", "Bo Elm: Foreign Minister @ togo"]


def test_an_envoy_to_two_countries_is_of_the_one_that_sends():
    scene = read(
        "Ambassador of Peru to Sri Lanka and the Maldives, Ana Ewe called on him.",
        publisher="Ministry of Foreign Affairs of Sri Lanka",
    )
    assert posts(scene) == ["Ana Ewe: Ambassador to Sri Lanka and the Maldives @ peru"]


def test_the_body_of_someone_quoted_ends_where_the_words_begin():
    scene = read("**Ann Elm, Executive Director, Riverworks:** “We came to be heard. To go on, we must act.”")
    assert posts(scene) == ["Ann Elm: Executive Director @ riverworks"]


def test_a_firm_named_after_a_place_and_another_firm_is_a_firm_of_its_own():
    scene = read("She met Ann Elm, President and CEO of Boston General Electric, and Tom Oak, CEO of General Electric.")
    assert posts(scene) == [
        "Ann Elm: President and CEO @ boston-general-electric",
        "Tom Oak: CEO @ general-electric",
    ]


def test_a_deputy_named_beside_the_director_is_of_the_same_body():
    scene = read("OSTP Director Ann Elm and Deputy Directors Tom Oak and Bo Ruud met.")
    assert posts(scene) == [
        "Ann Elm: Director @ office-of-science-and-technology-policy",
        "Tom Oak: Deputy Director @ office-of-science-and-technology-policy",
        "Bo Ruud: Deputy Director @ office-of-science-and-technology-policy",
    ]


def test_what_the_press_secretary_speaks_on_is_no_part_of_the_title():
    scene = read(
        "He met Special Envoy Tom Oak.", title="Statement from the Press Secretary on Special Envoy Oak’s Trip"
    )
    assert [post for post in posts(scene) if "Oak" in post] == ["Tom Oak: Special Envoy @ united-states"]


def test_whom_a_body_sends_with_a_bare_title_is_of_it():
    scene = read(
        "She met with Assistant Secretary for Mental Health and Substance Use, Dr. Ann Elm, from the Department of "
        "Health and Human Services."
    )
    title = "Assistant Secretary for Mental Health and Substance Use"
    assert posts(scene) == [f"Ann Elm: {title} @ department-of-health-and-human-services"]


def test_a_field_in_brackets_is_of_the_secretary_in_a_ministry():
    scene = read("He welcomed Ana Ewe, Secretary (West) in the Ministry of External Affairs of India.")
    assert posts(scene) == ["Ana Ewe: Secretary (West) @ ministry-of-external-affairs"]


def test_a_president_whose_envoy_somebody_is_holds_the_presidents_office_alone():
    scene = read("Ana Ewe, who visits Peru as the Special Envoy of President Xi Jinping, met the Mayor.")
    assert "Xi Jinping: President @ china" in posts(scene)
    assert not any("Special Envoy" in post for post in posts(scene))


def test_a_counterpart_of_somebody_whose_office_is_found_nowhere_else_has_not_the_office_of_others():
    scene = read(
        "Federal Councillor Ignazio Cassis met President Ana Ewe of Moldova. He also met his counterpart, Bo Oak.",
        publisher="Federal Department of Foreign Affairs",
    )
    assert not any(post.startswith("Bo Oak") for post in posts(scene))


def test_with_whom_something_is_done_has_not_the_office_of_the_one_who_does_it():
    scene = read("She met Prime Minister Ana Ewe of Moldova. With Ms Ewe, the head of the FDFA discussed energy.")
    assert posts(scene)[0] == "Ana Ewe: Prime Minister @ moldova"
    assert not any(post.startswith("Ana Ewe: Head") for post in posts(scene))
