"""Which office of what, by what the phrase itself says."""

import pytest
from casting import posts, read

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


@pytest.mark.parametrize(("text", "expected"), SAID.items())
def test_a_title_is_read_without_what_it_is_of(text, expected):
    assert posts(read(text)) == expected


def test_brackets_behind_a_title_say_that_the_office_is_acted_in():
    scene = read("He met with Deputy Secretary of Energy (Acting) Ann Elm.")
    assert posts(scene) == ["Ann Elm: Deputy Secretary of Energy @ united-states"]
    assert [held.tenure for person in scene.people for held in person.holdings] == ["acting"]


def test_an_acting_director_of_something_is_its_acting_director():
    scene = read("Acting Reef Restoration Director Ann Elm spoke. Acting Director Elm thanked them.")
    assert posts(scene) == ["Ann Elm: Acting Reef Restoration Director @ united-states"]
