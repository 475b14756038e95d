"""Who is a person, and who or what only looks like one."""

import pytest
from casting import meant, names, posts, read

NAMED = {
    # trades and misfortunes before a name; a given name that ends like a field; a title that is misspelt
    "They called on H.E. President Tom Quill and H.E. Minister Ida Oak.": ["Tom Quill", "Ida Oak"],
    "They met MPs Jenny Quill and Tom Oak.": ["Jenny Quill", "Tom Oak"],
    "They recalled the Ruritanian journalist, Zora Abu Quill.": ["Zora Abu Quill"],
    "They raised the prosecution of Kem Quill.": ["Kem Quill"],
    "She met Clarence Quill and Charity Oak.": ["Clarence Quill", "Charity Oak"],
    "He called Prime Minster Quill.": ["Quill"],
    "Congressmembers Steve Ash, Garret Quill, and Tom Reed came.": ["Steve Ash", "Garret Quill", "Tom Reed"],
    "He met Bjoern Quill, Head of Cabinet of the European Commission President.": ["Bjoern Quill"],
    "He called the Mayors of Oakton, Little Elm and Ashford.": [],
    "M. Susan Quill of Harbor Water spoke.": ["M. Susan Quill"],
    "He met Iraqi Prime Minister Mohammed Shia Al-Quill.": ["Mohammed Shia Al-Quill"],
    "They held the Sri Lanka-Maldives Reef Talks.": [],
    "She met Secretary of Labor Austin and Secretary of Energy Monaco.": ["Austin", "Monaco"],
    "Deputy Secretary David Turk boarded HMS Queen Ewe.": ["David Turk"],
    "They met Christian Quill, director of the Reef Office.": ["Christian Quill"],
    "He met Secretary Ma. Theresa P. Quill and Air Chief Marshal Sir Tom Reed.": ["Ma. Theresa P. Quill", "Tom Reed"],
    "He met Foreign Adviser Md. Tom Quill in Dhaka.": ["Md. Tom Quill"],
    "He met U.S. citizens, Lawful Quays among them.": [],
    "The Minister for Ports, Tom Ewe AO MP, met Secretary Ann Ash PSM.": ["Tom Ewe", "Ann Ash"],
    "President Ada Okello met Bo Nilsen, the Mayor of Oslo.": ["Ada Okello", "Bo Nilsen"],
    # given names that are titles; small words that begin a name; a country that owns what follows; capitals
    "He met Minister of State Sultan bin Saad Al Quill and Sultan Haitham bin Quill.": [
        "Sultan bin Saad Al Quill",
        "Haitham bin Quill",
    ],
    "She met Peruvian Minister Oak, Mexican Foreign Secretary de la Quill and Minister Reed.": [
        "Oak",
        "de la Quill",
        "Reed",
    ],
    "She discussed with Secretary General Quill France’s plans.": ["Quill"],
    "QUILL Takehiro, Deputy Minister of Ports, met NATO Allies.": ["QUILL Takehiro"],
    "She spoke with Ada Quill and her husband Kambiz Quill-Oak.": ["Ada Quill", "Kambiz Quill-Oak"],
    "He met Joint Secretary Balaji M.K. and Minister Oak.": ["Balaji M.K.", "Oak"],
    "They saw the Ann Lynn Quill Bridge and the Sabina Shoal.": [],
    "He met Vice Admiral Bo Quill and HE Official Spokesperson Ann Oak.": ["Bo Quill", "Ann Oak"],
    "They called Secretary Oakes and General Tom Ashby.": ["Oakes", "Tom Ashby"],
    "He thanked Ms. Holm, Dr. Ida Lindqvist and H.E. Sheikh Hamad bin Faisal Al Noor.": [
        "Holm",
        "Ida Lindqvist",
        "Hamad bin Faisal Al Noor",
    ],
    "Foreign Minister Jan van der Meer received Minister Ana María de la Cruz.": [
        "Jan van der Meer",
        "Ana María de la Cruz",
    ],
    "Senator Joseph R. Oldham, Jr. spoke with King Olaf II.": ["Joseph R. Oldham, Jr.", "Olaf II"],
    "Ambassador O’Rourke and Minister al-Farsi signed it.": ["O’Rourke", "al-Farsi"],
    "Secretaries Birch and Lindgren attended.": ["Birch", "Lindgren"],
    "Presidents Okello, Nilsen, and Sato spoke.": ["Okello", "Nilsen", "Sato"],
    "Co-Chairs Mary Ash and Tom Birch hosted it.": ["Mary Ash", "Tom Birch"],
    "Senators Ann Ash (D-NY), Bill Birch (R-TX), and Tim Cole attended.": ["Ann Ash", "Bill Birch", "Tim Cole"],
    "The group called for the release of journalist Zora Quill.": ["Zora Quill"],
    "He met the parents of Hersh Fairweather-Quist.": ["Hersh Fairweather-Quist"],
    "Secretary General of the Organization of American States (OAS) Luis Moreno spoke.": ["Luis Moreno"],
    "The Deputy Prime Minister and Minister for Defence, the Hon Rick Marsh MP, and the Assistant Minister for Foreign "
    "Affairs, the Hon Tim Waters MP, came.": ["Rick Marsh", "Tim Waters"],
    "Secretary to the Ministry of Foreign Affairs Aruni Ratnayake met Director General/East Asia Savitri Perera.": [
        "Aruni Ratnayake",
        "Savitri Perera",
    ],
    "They welcomed the return of Daniel Fairweather from captivity.": ["Daniel Fairweather"],
    "Prime Minister Chad Monroe met Under Secretary for Political Affairs Victoria Nightingale.": [
        "Chad Monroe",
        "Victoria Nightingale",
    ],
    "National Security Council spokesperson Jane Hart issued it.": ["Jane Hart"],
    "Gov. Ruth Ames and Lt. Gov. Paul Reed joined.": ["Ruth Ames", "Paul Reed"],
    "The Special Assistant to the Prime Minister of Pakistan, Ambassador Asif Dar, came.": ["Asif Dar"],
    "Assistant Secretary for Ocean Affairs, Linda B. Shore, attended the meeting.": ["Linda B. Shore"],
    "Senator the Hon Claire Whitfield MP met Dato’ Seri Ahmad Zain.": ["Claire Whitfield", "Ahmad Zain"],
    "Federal Councillor Anna Keller received Liv Berg, Foreign Minister of Norway.": ["Anna Keller", "Liv Berg"],
}


@pytest.mark.parametrize(("text", "expected"), NAMED.items())
def test_persons_are_found_with_their_whole_names(text, expected):
    assert names(read(text)) == expected


NOBODY = [
    "The Biden-Harris Administration launched it.",
    "They discussed the Trump tax cuts and the Assad regime.",
    "The Senate passed the John Lewis Voting Rights Advancement Act.",
    "The hospital ship Mercy sailed past Camp As Sayliyah.",
    "He signed a Major Disaster Declaration and a General Agreement.",
    "The Robert Wood Johnson Foundation helped.",
    "Hurricane Ida struck the coast on Monday.",
    "Foreign Ministers agreed on next steps.",
    "State Attorneys General on Efforts to Hold Polluters Accountable",
    "Readout of the Meeting with Labor Leaders on Health Care and Workers’ Rights",
    "An Assistant to the President took notes.",
    "They prayed in the Sheikh Jarrah neighborhood during Ramadan.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_what_only_looks_like_a_person_is_none(text):
    assert names(read(text)) == []


def test_a_headline_in_title_case_adds_nothing_to_a_name():
    scene = read(
        "President Ada Okello of Kenya spoke today.",
        title="Readout of President Ada Okello Call with Senior Leaders Following Storm",
    )
    assert names(scene) == ["Ada Okello"]


def test_the_items_of_a_list_of_participants_are_persons_with_title_and_body():
    scene = read(
        "Participants included:\n\n- Amy Ash, President and CEO, Harbor Watch\n- Tyrell Quist, Green Coast\n"
        "- Jane Doe, Executive Director, Reef Trust\n- Ximena Rojas, Blue Shore"
    )
    assert names(scene) == ["Amy Ash", "Tyrell Quist", "Jane Doe", "Ximena Rojas"]


def test_bearers_of_public_office_and_rank_are_officials_and_others_are_not():
    scene = read(
        "Governor Ann Ash met Colonel Tom Birch, Amy Cole, CEO of Harbor Shipping, writer Zora Dale, and Max Elm, "
        "Director of the National Park Service."
    )
    assert {person.name: person.official for person in scene.people} == {
        "Ann Ash": True,
        "Tom Birch": True,
        "Amy Cole": False,
        "Zora Dale": False,
        "Max Elm": True,
    }


def test_a_surname_alone_gets_an_id_that_keeps_namesakes_of_two_countries_apart():
    scene = read("Foreign Minister Berg of Norway and Foreign Minister Sato of Japan met.")
    assert [person.id for person in scene.people] == ["official/berg-norway", "official/sato-japan"]


def test_every_mention_of_a_person_covers_the_name_without_the_title():
    scene = read("Prime Minister Ann Ewe of Ghana met Dr. Bo Oak. Ewe thanked Dr. Oak.")
    spans = {person.name: [m.span.of(scene.text) for m in person.mentions] for person in scene.people}
    assert spans == {"Ann Ewe": ["Ann Ewe", "Ewe"], "Bo Oak": ["Bo Oak", "Oak"]}


def test_confidence_is_higher_where_a_title_stands_than_where_a_given_name_alone_tells():
    scene = read("Senator Ann Ash spoke of Daniel Fairweather.")
    titled, bare = (person.mentions[0].confidence for person in scene.people)
    assert 1 >= titled > bare > 0.5


def test_a_counterpart_is_a_person_of_like_office():
    norwegian = "Norwegian Foreign Minister Bo Dahl"
    for words in ("met his Ghanaian counterpart Esi Mensah", "met with his counterpart, Esi Mensah of Ghana"):
        assert posts(read(f"{norwegian} {words}."))[1:] == ["Esi Mensah: Foreign Minister @ ghana"]
    both = read(f"{norwegian} spoke with counterparts Esi Mensah (Ghana) and Ana Ruiz (Peru).")
    assert posts(both)[1:] == ["Esi Mensah: Foreign Minister @ ghana", "Ana Ruiz: Foreign Minister @ peru"]
    assert posts(read("Secretary Bo Dahl met his Ghanaian counterpart Esi Mensah."))[1:] == []


def test_counterparts_of_several_countries_are_named_in_their_order():
    scene = read(
        "U.S. National Security Advisor Ada Okello arrived. She met with her French, German, and Peruvian "
        "counterparts, Luc Martin, Jens Vogel, and Ana Ruiz."
    )
    assert [post.partition(": ")[2] for post in posts(scene)[1:]] == [
        "National Security Advisor @ france",
        "National Security Advisor @ germany",
        "National Security Advisor @ peru",
    ]


def test_chairs_is_a_verb_behind_a_name_in_a_headline():
    scene = read("They met.", title="Under Secretary Quill Chairs Minerals Meeting")
    assert names(scene) == ["Quill"]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("She met the Foreign Ministers of Azerbaijan and Armenia.", ["azerbaijan", "armenia"]),
        ("She praised the Azerbaijani and Armenian Foreign Ministers.", ["azerbaijan", "armenia"]),
        ("She met the Foreign Ministers of Azerbaijan and Armenia, Ann Oak and Tom Reed.", []),
        ("She met the Foreign Ministers of the region.", []),
    ],
)
def test_ministers_of_several_countries_are_those_in_office_on_the_day(text, known):
    inferred = [person for person in read(text).people if person.inferred]
    assert [person.holdings[0].post.of for person in inferred] == [f"place/{name}" for name in known]


@pytest.mark.parametrize("front", ["In Lima", "On Tuesday", "Earlier in the day in Lima", "From Lima"])
def test_a_circumstance_before_a_title_is_no_name_that_the_title_stands_behind(front):
    assert posts(read(f"{front}, Kenya’s Minister of Ports, Wanjiru Otieno, met with Secretary Blinken.")) == [
        "Wanjiru Otieno: Minister of Ports @ kenya",
        "Blinken: Secretary @ united-states",
    ]


def test_a_title_may_be_the_surname_of_somebody_who_is_named():
    scene = read("Resources Minister Madeleine King took part. Minister King spoke, and so did King Felipe VI.")
    assert meant(scene, "Madeleine King") == ["Madeleine King", "King"]
    assert "Felipe VI" in names(scene)


def test_a_name_may_end_in_the_adjective_of_a_country():
    scene = read(
        "The Ambassador of Nepal to Peru, Hari Bahadur Nepali, took part. Mr. Nepali thanked his Nepali hosts."
    )
    assert meant(scene, "Hari Bahadur Nepali") == ["Hari Bahadur Nepali", "Nepali"]


def test_the_letters_of_a_title_may_stand_in_brackets_before_the_name_and_mean_its_bearer():
    scene = read("External Affairs Minister (EAM) Dr. Asha Elm spoke. EAM thanked Principal Secretary (PS) Bo Oak.")
    assert names(scene) == ["Asha Elm", "Bo Oak"]
    assert meant(scene, "Asha Elm") == ["Asha Elm", "EAM"]


def test_a_counterpart_may_bear_an_office_of_their_own():
    scene = read("Secretary Blinken met his Greek counterpart Nikos Elm, the minister for migration and asylum, today.")
    assert posts(scene)[1:] == ["Nikos Elm: Minister for Migration and Asylum @ greece"]


def test_counterparts_are_those_of_all_who_are_named_in_their_order():
    text = "Deputy Prime Minister and Foreign Minister Kari Elm and Defence Minister Per Oak met their Peruvian "
    scene = read(f"{text}counterparts Ana Ruiz and Tom Reed.", publisher="Ministry of Foreign Affairs, Norway")
    assert posts(scene)[-2:] == ["Ana Ruiz: Foreign Minister @ peru", "Tom Reed: Defence Minister @ peru"]


def test_a_colleague_of_another_country_is_a_counterpart():
    scene = read("Foreign Minister Kari Elm of Norway met her Danish colleague Bo Ruud and her colleague Per Oak.")
    assert posts(scene)[1:] == ["Bo Ruud: Foreign Minister @ denmark"]


@pytest.mark.parametrize(("surname", "again"), [("West", "Minister West"), ("Korir", "PS Korir"), ("Elm", "SMS Elm")])
def test_a_surname_that_the_text_knows_is_one_behind_any_title_and_its_letters(surname, again):
    scene = read(f"Ports Minister Ann {surname} met Tom Oak, the clerk. {again} thanked him.")
    assert meant(scene, f"Ann {surname}") == [f"Ann {surname}", surname]


def test_the_holder_of_two_offices_may_be_named_behind_them():
    scene = read("The Tánaiste and Minister for Ports, Oisín Quill, spoke.", publisher="Department of the Taoiseach")
    assert posts(scene) == ["Oisín Quill: Tánaiste @ ireland", "Oisín Quill: Minister for Ports @ ireland"]


def test_the_prime_minister_of_that_office_is_the_one_named_though_a_deputy_is_too():
    text = "Prime Minister Ann Elm met Deputy Prime Minister Tom Oak. The Prime Minister thanked him."
    assert meant(read(text, publisher="Prime Minister of Australia"), "Ann Elm") == ["Ann Elm", "The Prime Minister"]


@pytest.mark.parametrize("surname", ["al-Oakri", "Al-Oakri", "Al Oakri"])
def test_an_apostrophe_before_an_arabic_article_ends_a_part_of_a_name(surname):
    assert f"Badr Rabi’ {surname}" in names(read(f"He met Iraqi Foreign Minister Badr Rabi’ {surname} today."))


def test_ministers_are_dealt_out_to_their_countries_whatever_else_they_are():
    text = "The Foreign Ministers of Norway, Senator the Hon. Ann Elm, Ghana, Dr. Kofi Osei, and Peru, Luis Roca, met."
    assert posts(read(text)) == [
        "Ann Elm: Foreign Minister @ norway",
        "Ann Elm: Senator @ norway",
        "Kofi Osei: Foreign Minister @ ghana",
        "Luis Roca: Foreign Minister @ peru",
    ]


def test_a_country_is_nobody_behind_a_title():
    assert names(read("The Ministers Ann Elm, Norway and Peru met.")) == ["Ann Elm"]


def test_a_field_that_is_also_an_honorific_begins_no_name():
    scene = read("She praised the Climate and Economic Justice Screening Tool and Justice Ann Elm.")
    assert names(scene) == ["Ann Elm"]
