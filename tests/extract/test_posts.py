"""Which office of what: titles without what they belong to."""

from datetime import date

import pytest
from casting import names, posts, read

from kg.extract import extract
from kg.lexicon import Lexicon
from kg.sources import readout

SAID = {
    "Guests:\n\n- Ann Oak, Vice President, Global Procurement, Reef Foods": [
        "Ann Oak: Vice President, Global Procurement @ reef-foods"
    ],
    "He met Ann Oak, the Minister of Ports of Ghana, and her Minister of Trade, Mr. Tom Reed.": [
        "Ann Oak: Minister of Ports @ ghana",
        "Tom Reed: Minister of Trade @ ghana",
    ],
    "IMF Mission Chief Tom Reed came.": ["Tom Reed: Mission Chief @ international-monetary-fund"],
    # names and titles that take turns; what "its" and a delegation are of; a title before a title
    "The envoys are:\n\nMr. Tom Reed – Ambassador of Norway Ms. Ann Oak – Ambassador of Kenya": [
        "Tom Reed: Ambassador @ norway",
        "Ann Oak: Ambassador @ kenya",
    ],
    "They met Tom Reed, Minister of Ports of Ghana, and Minister of Defence, Shin Won.": [
        "Tom Reed: Minister of Ports @ ghana",
        "Shin Won: Minister of Defence @ ghana",
    ],
    "A delegation of the World Bank led by its Vice President for South Asia, Mr. Tom Reed, came.": [
        "Tom Reed: Vice President for South Asia @ world-bank"
    ],
    "The World Bank delegation included Country Manager Mr. Tom Reed.": ["Tom Reed: Country Manager @ world-bank"],
    "The head of the Reef Department of Kenya, Ambassador Tom Reed, came.": [
        "Tom Reed: Head @ reef-department-of-kenya",
        "Tom Reed: Ambassador @ united-states",
    ],
    "The Hon Tom Reed MP\nMinister for Ports\n\nThis week I travelled to Nauru.": [
        "Tom Reed: Minister for Ports @ united-states"
    ],
    "He met White House Reef Plan Coordinator Tom Reed.": ["Tom Reed: Reef Plan Coordinator @ white-house"],
    "Harbor Energy President and CEO Ann Oak spoke.": ["Ann Oak: President and CEO @ harbor-energy"],
    "Nevada Senate Majority Leader Ann Oak spoke.": ["Ann Oak: Majority Leader @ nevada-senate"],
    "He met with Special Assistant to the Prime Minister of Pakistan, Ambassador Tom Reed.": [
        "Tom Reed: Special Assistant to the Prime Minister @ pakistan",
        "Tom Reed: Ambassador @ pakistan",
    ],
    "Ada Okello, Vice Chair of the White House Task Force on the FIFA World Cup 2026, came.": [
        "Ada Okello: Vice Chair @ white-house-task-force-on-the-fifa-world-cup-2026"
    ],
    "He met Chair of the Reef Working Group Ann Oak.": ["Ann Oak: Chair @ reef-working-group"],
    # who else stands between: another minister, a list of mayors, a neighbour whose country is known
    "Minister for Ports, the Hon Tom Reed MP, and Minister for Fisheries, Senator the Hon Ada Okello, came.": [
        "Tom Reed: Minister for Ports @ united-states",
        "Ada Okello: Minister for Fisheries @ ?",
        "Ada Okello: Senator @ united-states",
    ],
    "Mayors in attendance: Ada Okello (Atlanta), Tom Reed (Miami-Dade County), and Ann Oak (Seattle).": [
        "Ada Okello: Mayor @ atlanta",
        "Tom Reed: Mayor @ miami-dade-county",
        "Ann Oak: Mayor @ seattle",
    ],
    "He met President Macron and Minister of State Tom Reed.": [
        "Macron: President @ france",
        "Tom Reed: Minister of State @ france",
    ],
    "He met Tom Reed, designated Minister of Public Security, and the UN Resident Coordinator, Ann Oak.": [
        "Tom Reed: Minister of Public Security @ united-states",
        "Ann Oak: Resident Coordinator @ united-nations",
    ],
    "He met the Director General of the Reef Centre, Major General (Retd) Tom Reed.": [
        "Tom Reed: Director General @ reef-centre"
    ],
    "He met the Minister of African Integration, Foreign Affairs and Ghanaians Abroad Ada Okello of Ghana.": [
        "Ada Okello: Minister of African Integration, Foreign Affairs and Ghanaians Abroad @ ghana"
    ],
    "Ada Okello, Secretary of State (International Development), came.": [
        "Ada Okello: Secretary of State (International Development) @ united-states"
    ],
    "Ada Okello, Chief Data and Delivery Officer of the White House, came.": [
        "Ada Okello: Chief Data and Delivery Officer @ white-house"
    ],
    # heads that no field stands before, names that are titles too
    "The Emergency Reef Declaration President Ruiz approved helps.": ["Ruiz: President @ united-states"],
    "He met Minister for Ports and Tourism Senator Ada Okello.": [
        "Ada Okello: Minister for Ports and Tourism @ united-states",
        "Ada Okello: Senator @ united-states",
    ],
    "He met Prime Minister Hun Sen of Cambodia.": ["Hun Sen: Prime Minister @ cambodia"],
    "He met Supreme Allied Commander Europe, General Tom Reed.": [
        "Tom Reed: Supreme Allied Commander Europe @ united-states"
    ],
    "The Under-Secretary of State for Ports, Ada Okello, spoke.": [
        "Ada Okello: Under-Secretary of State for Ports @ united-states"
    ],
    # fields that lists, small letters or regions make
    "The Austrian defence minister, Ada Okello, spoke.": ["Ada Okello: Defence Minister @ austria"],
    "He met the Envoy for Nepal, Sri Lanka and the Maldives, Ms. Ada Okello.": [
        "Ada Okello: Envoy for Nepal, Sri Lanka and the Maldives @ united-states"
    ],
    "He met its Vice President for the South Asia Region, Ada Okello.": [
        "Ada Okello: Vice President for the South Asia Region @ united-states"
    ],
    "He met the new Prime Minister of Norway, Liv Berg.": ["Liv Berg: Prime Minister @ norway"],
    "He met Mr. Tom Reed, Deputy Head of Mission of the Embassy of Japan.": [
        "Tom Reed: Deputy Head of Mission @ embassy-of-japan"
    ],
    "He met the European Commissioner for Ports, Ms. Ada Okello.": [
        "Ada Okello: European Commissioner for Ports @ european-commission"
    ],
    "Guests:\n\n- Mayor Ada Okello, Oakton, Ohio\n- Mayor Tom Reed, Denver, Colorado": [
        "Ada Okello: Mayor @ oakton",
        "Tom Reed: Mayor @ denver",
    ],
    "She met Mayor Ada Okello of Denver, Mayor Tom Reed of Little Oakton, and Mayor Liv Berg of Austin.": [
        "Ada Okello: Mayor @ denver",
        "Tom Reed: Mayor @ little-oakton",
        "Liv Berg: Mayor @ austin",
    ],
    # who stands before the subject of the sentence is not its subject
    "Secretary Reed came. On behalf of Ambassador Okello, the Secretary thanked the crews.": [
        "Reed: Secretary @ united-states",
        "Okello: Ambassador @ united-states",
    ],
    # a list of persons behind their titles
    "The High Commissioner of Kenya to Canada, Ada Okello, the High Commissioner of Norway to Kenya, Liv Berg, came.": [
        "Ada Okello: High Commissioner to Canada @ kenya",
        "Liv Berg: High Commissioner to Kenya @ norway",
    ],
    "The Prime Minister of Norway, Liv Berg, and the Prime Minister of Kenya, Ada Okello, met.": [
        "Liv Berg: Prime Minister @ norway",
        "Ada Okello: Prime Minister @ kenya",
    ],
    "He met Kenya’s Minister of Ports, Ada Okello, yesterday.": ["Ada Okello: Minister of Ports @ kenya"],
    "Deputy Minister Ada Okello, the Clerk, the Secretary to the Ministry and Mr. Tom Reed came.": [
        "Ada Okello: Deputy Minister @ united-states"
    ],
    "The High Commissioner for Tonga, Mr. Sione Vea, spoke.": ["Sione Vea: High Commissioner @ tonga"],
    "Mayors came:\n\n- Mayor Ada Okello, Denver, CO\n- Mayor Tom Reed, Oakland, California": [
        "Ada Okello: Mayor @ denver",
        "Tom Reed: Mayor @ oakland",
    ],
    # title before the name
    "President Ada Okello of Kenya spoke.": ["Ada Okello: President @ kenya"],
    "Kenyan President Ada Okello spoke.": ["Ada Okello: President @ kenya"],
    "Kenya’s Prime Minister Ada Okello spoke.": ["Ada Okello: Prime Minister @ kenya"],
    "Foreign Minister of Norway Liv Berg spoke.": ["Liv Berg: Foreign Minister @ norway"],
    "Norwegian Minister of Foreign Affairs Liv Berg spoke.": ["Liv Berg: Minister of Foreign Affairs @ norway"],
    "NSC Spokesperson Jane Hart spoke.": ["Jane Hart: Spokesperson @ national-security-council"],
    "Acting FEMA Administrator Tom Reed spoke.": [
        "Tom Reed: Acting Administrator @ federal-emergency-management-agency"
    ],
    "European Commission President Ida Lind spoke.": ["Ida Lind: President @ european-commission"],
    "USAID Deputy Assistant Administrator for Africa Paul Dean spoke.": [
        "Paul Dean: Deputy Assistant Administrator for Africa @ united-states-agency-for-international-development"
    ],
    "Assistant to the President for Homeland Security and Counterterrorism Mary Cole spoke.": [
        "Mary Cole: Assistant to the President for Homeland Security and Counterterrorism @ united-states"
    ],
    "Assistant Secretary of State for Democracy, Human Rights, and Labor Ann Oak spoke.": [
        "Ann Oak: Assistant Secretary of State for Democracy, Human Rights, and Labor @ united-states"
    ],
    "National Security Advisor to the Vice President Max Elm spoke.": [
        "Max Elm: National Security Advisor to the Vice President @ united-states"
    ],
    "NSA Max Elm spoke.": ["Max Elm: National Security Advisor @ united-states"],
    "NSA Deputy Director Max Elm spoke.": ["Max Elm: Deputy Director @ national-security-agency"],
    "APNSA Max Elm spoke.": ["Max Elm: Assistant to the President for National Security Affairs @ united-states"],
    "UK Minister of State for Europe and North America Giles Marsh spoke.": [
        "Giles Marsh: Minister of State for Europe and North America @ united-kingdom"
    ],
    "UN High Commissioner for Refugees Filip Brandt spoke.": [
        "Filip Brandt: High Commissioner for Refugees @ united-nations"
    ],
    "UN Special Envoy on Myanmar Ines Brandt spoke.": ["Ines Brandt: Special Envoy on Myanmar @ united-nations"],
    "Deputy Commander INDOPACOM Lieutenant General Sam Stone spoke.": [
        "Sam Stone: Deputy Commander @ united-states-indo-pacific-command"
    ],
    "French MFA Secretary General Luc Morel spoke.": ["Luc Morel: Secretary General @ french-mfa"],
    "National Security Council of Mongolia Secretary Bat Erdene spoke.": [
        "Bat Erdene: Secretary @ national-security-council-of-mongolia"
    ],
    "Under Secretary for Intelligence at the Department of Homeland Security Amy Ash spoke.": [
        "Amy Ash: Under Secretary for Intelligence @ department-of-homeland-security"
    ],
    # title behind the name
    "Ann Oak, Deputy Director of the National Counterterrorism Center, spoke.": [
        "Ann Oak: Deputy Director @ national-counterterrorism-center"
    ],
    "Ann Oak, National Security Advisor to the Prime Minister of the United Kingdom, spoke.": [
        "Ann Oak: National Security Advisor to the Prime Minister @ united-kingdom"
    ],
    "H.E. Sheikh Ali bin Nasser Al Noor, Deputy Prime Minister and Foreign Minister of Qatar, spoke.": [
        "Ali bin Nasser Al Noor: Deputy Prime Minister @ qatar",
        "Ali bin Nasser Al Noor: Foreign Minister @ qatar",
    ],
    "Bo Oak, Chief of Staff for European Commission President Ida Lind, spoke.": [
        "Bo Oak: Chief of Staff @ united-states",
        "Ida Lind: President @ european-commission",
    ],
    # two offices
    "Qatari Prime Minister and Minister of the Interior Ali Al Noor spoke.": [
        "Ali Al Noor: Prime Minister @ qatar",
        "Ali Al Noor: Minister of the Interior @ qatar",
    ],
    "Belgian Prime Minister Luc Morel, Deputy Prime Minister and Minister of Interior Jan Maes, and Minister of "
    "Justice Eva Claes spoke.": [
        "Luc Morel: Prime Minister @ belgium",
        "Jan Maes: Deputy Prime Minister @ belgium",
        "Jan Maes: Minister of Interior @ belgium",
        "Eva Claes: Minister of Justice @ belgium",
    ],
    "Assistant to the President and Director of the Domestic Policy Council Amy Ash spoke.": [
        "Amy Ash: Assistant to the President @ united-states",
        "Amy Ash: Director @ domestic-policy-council",
    ],
    "Amy Ash, President and CEO of Harbor Shipping, spoke.": ["Amy Ash: President and CEO @ harbor-shipping"],
    "Housing and Urban Development Secretary Marta Fuchs spoke.": [
        "Marta Fuchs: Housing and Urban Development Secretary @ united-states"
    ],
    # heads of federal states, royals, elects
    "Washington Governor Jill Inman and Georgia Governor Bo Kemper spoke.": [
        "Jill Inman: Governor @ washington-state",
        "Bo Kemper: Governor @ georgia",
    ],
    "Attorney General Jon Kahl (Wisconsin) spoke.": ["Jon Kahl: Attorney General @ wisconsin"],
    "His Majesty King Omar II of Jordan spoke.": ["Omar II: King @ jordan"],
    "Amir Sheikh Saad Al Noor of Qatar spoke.": ["Saad Al Noor: Amir @ qatar"],
    "President-Elect Rosa Silva of Colombia spoke.": ["Rosa Silva: President-Elect @ colombia"],
    "Taoiseach Sean Byrne spoke.": ["Sean Byrne: Taoiseach @ ireland"],
    # no offices
    "Colonel Tom Birch and Dr. Ann Oak spoke.": [],
    "World Cup CEO Omar Said spoke.": ["Omar Said: CEO @ world-cup"],
}


SAID |= {
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
def test_a_title_is_read_without_what_it_is_of(text, expected):
    assert posts(read(text)) == expected


def test_members_of_congress_sit_for_the_country_and_state_legislators_for_their_state():
    federal = read("The President met Representative Ann Oak (D-KS) in Washington.")
    state = read("She met state legislators.\n\n- Representative Ann Oak (D-KS-23)\n- Senator Bo Elm (D-UT-2)")
    assert posts(federal)[0] == "Ann Oak: Representative @ united-states"
    assert posts(state) == ["Ann Oak: Representative @ kansas", "Bo Elm: Senator @ utah"]


def test_offices_of_a_publisher_that_is_of_no_country_are_its_own():
    scene = read("Director-General for Trade Ann Ewe met Minister Bo Oak of Peru.", publisher="European Commission")
    assert posts(scene) == ["Ann Ewe: Director-General for Trade @ european-commission", "Bo Oak: Minister @ peru"]


def test_a_short_title_stays_as_the_text_has_it_unless_nobody_is_named():
    scene = read("Secretary Oakes met Deputy Secretary Elm.", publisher="Department of State")
    alone = read("The Secretary met Minister Elm of Peru.", publisher="Department of State")
    assert posts(scene) == ["Oakes: Secretary @ united-states", "Elm: Deputy Secretary @ united-states"]
    assert "Secretary of State @ united-states" in posts(alone)[-1]


def test_the_secretary_of_another_country_keeps_the_short_title():
    scene = read(
        "Secretary Oakes met New Zealand Secretary Bo Elm. Secretary Elm left.", publisher="Department of State"
    )
    assert posts(scene)[1:] == ["Bo Elm: Secretary @ new-zealand"]


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


def test_the_leader_of_a_chamber_is_of_the_chamber_not_of_the_home_state():
    scene = read("Speaker of the House Mike Johnson (R-LA) spoke.", issued=date(2024, 2, 27))
    assert posts(scene) == ["Mike Johnson: Speaker @ united-states-house-of-representatives"]


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


def test_names_each_behind_its_country_share_a_title_in_the_plural():
    scene = read("She met the finance ministers of Peru, Ana Ruiz, Ghana, Esi Mensah, and Norway, Dr. Liv Berg.")
    assert posts(scene) == [
        "Ana Ruiz: Finance Minister @ peru",
        "Esi Mensah: Finance Minister @ ghana",
        "Liv Berg: Finance Minister @ norway",
    ]


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


def test_each_of_two_delegations_has_its_own_head():
    scene = read(
        "The Swiss delegation was headed by State Secretary Ann Ewe, the Chilean delegation by Deputy Minister Bo Oak.",
        publisher="Federal Department of Foreign Affairs",
    )
    assert posts(scene) == ["Ann Ewe: State Secretary @ switzerland", "Bo Oak: Deputy Minister @ chile"]


def test_the_state_in_the_name_of_a_federal_state_is_of_its_legislators_titles_too():
    scene = read("New York State Senator Ann Ewe met Washington State Representative Bo Oak.")
    assert posts(scene) == ["Ann Ewe: State Senator @ new-york", "Bo Oak: State Representative @ washington-state"]


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
