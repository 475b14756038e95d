"""Whom a surname, an office and a pronoun mean."""

from casting import meant, names, posts, read

KENYA = "President Ada Okello of Kenya"
NORWAY = "Prime Minister Bo Nilsen of Norway"


def test_a_surname_and_an_office_mean_the_person_named_in_full():
    scene = read(f"{KENYA} met {NORWAY}. Okello thanked the Prime Minister. The President left.")
    assert meant(scene, "Ada Okello") == ["Ada Okello", "Okello", "The President"]
    assert meant(scene, "Bo Nilsen") == ["Bo Nilsen", "the Prime Minister"]


def test_the_second_of_two_offices_under_one_article_is_another_person():
    scene = read(
        "Secretary of State Max Oakes met Norwegian Foreign Minister Liv Berg. "
        "The Secretary and Foreign Minister agreed.",
        publisher="Department of State",
    )
    assert meant(scene, "Max Oakes")[-1] == "The Secretary"
    assert meant(scene, "Liv Berg")[-1] == "Foreign Minister"


def test_the_president_of_a_white_house_text_is_its_own_where_it_opens_with_that_one():
    scene = read(f"President Biden met {KENYA}. The President thanked President Okello.")
    assert meant(scene, "Biden") == ["Biden", "The President"]


def test_the_president_next_to_the_vice_president_is_the_guest():
    scene = read(f"Vice President Kamala Harris met {KENYA}. The Vice President and the President agreed.")
    assert meant(scene, "Ada Okello") == ["Ada Okello", "the President"]


def test_the_president_is_no_president_of_a_firm_who_is_named_after_him():
    scene = read(
        "The President and Vice President met with leaders. They thanked them.\n\n"
        "-   Ann Oak, Director, Kelp Coalition\n-   Bo Elm, President & CEO, Council for Reefs"
    )
    assert meant(scene, "Bo Elm") == ["Bo Elm"]
    inferred = [person.holdings[0].post.title for person in scene.people if person.inferred]
    assert inferred == ["President", "Vice President"]


def test_an_office_that_nobody_named_bears_is_somebody_inferred():
    scene = read("Advisor Ann Oak spoke of the President’s commitment. He will travel soon.")
    inferred = [person for person in scene.people if person.inferred]
    assert [(p.holdings[0].post.title, p.holdings[0].post.of) for p in inferred] == [
        ("President", "place/united-states")
    ]


def test_an_office_within_another_title_is_nobody():
    scene = read("The National Security Advisor to the Vice President, Ann Oak, an Assistant to the President, spoke.")
    assert not [person for person in scene.people if person.inferred]


def test_a_pronoun_means_the_first_person_of_the_sentence_before():
    scene = read(f"{KENYA} spoke with {NORWAY}. She urged peace. She also thanked him.")
    assert meant(scene, "Ada Okello") == ["Ada Okello", "She", "She"]


def test_a_pronoun_does_not_mean_somebody_of_the_other_sex():
    scene = read("Ms. Holm met with King Olaf of Norway. He thanked her.")
    assert meant(scene, "Olaf") == ["Olaf", "He"]


def test_two_persons_of_one_surname_are_told_apart_by_title_and_given_name():
    scene = read(
        "Prime Minister Tom Reed of Belize met Alexis Reed, CEO of Reef Tours. Prime Minister Reed thanked Alexis Reed."
    )
    assert names(scene) == ["Tom Reed", "Alexis Reed"]
    assert meant(scene, "Tom Reed") == ["Tom Reed", "Reed"]


def test_a_name_with_and_without_initials_and_suffix_is_one_persons():
    scene = read("Secretary Jon A. Reed, Jr. spoke. Jon Reed left.", publisher="Department of State")
    assert names(scene) == ["Jon A. Reed, Jr."]


def test_a_nickname_with_the_same_surname_and_office_is_the_same_person():
    scene = read("President Joe Biden spoke.", title="Readout of President Joseph R. Biden, Jr. Call")
    assert names(scene) == ["Joseph R. Biden, Jr."]


def test_a_name_that_is_also_a_place_means_the_person_where_one_bears_it():
    scene = read("Advisor Lisa Monaco spoke. Monaco thanked Belgium.")
    assert meant(scene, "Lisa Monaco") == ["Lisa Monaco", "Monaco"]
    assert [place.name for place in scene.places] == ["Belgium"]


def test_the_countries_of_two_presidents_are_not_mixed_up():
    scene = read("President Okello of Kenya and President Sato of Palau met.")
    assert posts(scene) == ["Okello: President @ kenya", "Sato: President @ palau"]


def test_a_surname_alone_means_who_ruled_a_state_then_but_not_in_the_name_of_a_regime():
    scene = read("They condemned Putin’s war and the Assad regime.")
    assert names(scene) == ["Putin"]


def test_the_former_bearer_of_an_office_is_not_meant_by_it():
    scene = read(
        "Japanese Prime Minister Sato Ken spoke of former Prime Minister Mori Ichiro. Prime Minister Mori is missed. "
        "The Prime Minister thanked her."
    )
    assert meant(scene, "Sato Ken") == ["Sato Ken", "The Prime Minister"]


def test_an_office_thanked_for_something_is_still_the_office():
    scene = read(f"{NORWAY} came. She thanked the Prime Minister for Ghana’s grain and for the opportunity.")
    assert meant(scene, "Bo Nilsen") == ["Bo Nilsen", "She", "the Prime Minister"]


def test_namesakes_are_told_apart_by_country_also_where_the_surname_stands_first():
    scene = read(
        "U.S. Special Representative Sung Kim met Republic of Korea Special Representative Kim Gunn. U.S. Special "
        "Representative Kim and Republic of Korea Special Representative Kim agreed."
    )
    assert names(scene) == ["Sung Kim", "Kim Gunn"]
    assert (meant(scene, "Sung Kim"), meant(scene, "Kim Gunn")) == (["Sung Kim", "Kim"], ["Kim Gunn", "Kim"])


def test_a_short_given_name_is_the_same_persons():
    assert names(read("Director Zach Oakley spoke. Director Zachary Oakley left.")) == ["Zachary Oakley"]


def test_whom_somebody_serves_is_not_who_serves():
    text = "Ada Okello, Policy Advisor to the Vice President, met with nurses. The Vice President met with doctors."
    scene = read(text)
    assert meant(scene, "Ada Okello") == ["Ada Okello"]
    assert [person.inferred for person in scene.people] == [False, True]


def test_an_abbreviated_office_needs_no_article():
    scene = read("PM Ada Okello met EAM Bo Dahl. EAM thanked her.", publisher="Ministry of External Affairs, India")
    assert meant(scene, "Bo Dahl") == ["Bo Dahl", "EAM"]


def test_the_prime_minister_of_a_release_is_its_own_countrys():
    scene = read(
        "Prime Minister Justin Trudeau spoke with the Prime Minister of Norway, Jonas Ewe. The Prime Minister thanked "
        "him.",
        publisher="Prime Minister of Canada",
    )
    assert meant(scene, "Justin Trudeau")[-1] == "The Prime Minister"


def test_the_president_of_the_day_is_not_the_namesake_whom_the_text_names():
    scene = read("First Lady Jill Biden met the teachers. They thanked her for President Biden's work.")
    assert "President" not in {held.post.title for held in scene.people[0].holdings}
    assert len([person for person in scene.people if not person.inferred]) == 2


def test_a_town_that_somebody_is_called_after_is_that_person_where_no_word_says_where():
    scene = read("Senior Advisor Ada Richmond met Mayor Bo Elm in Richmond. Richmond thanked the Mayor.")
    assert meant(scene, "Ada Richmond") == ["Ada Richmond", "Richmond"]
    assert "place/richmond" in [place.id for place in scene.places]


def test_the_secretary_is_the_publishers_own_whom_the_text_named_last():
    scene = read(
        "Secretary of State Max Oakes and Secretary of Defense Ann Ash met Philippine Secretary Bo Elm. The Secretary "
        "spoke. Secretary Oakes agreed. The Secretary left.",
        publisher="Department of State",
    )
    assert meant(scene, "Ann Ash")[-1] == "The Secretary"
    assert meant(scene, "Max Oakes")[-1] == "The Secretary"
    assert meant(scene, "Bo Elm") == ["Bo Elm"]


def test_he_and_she_may_be_named_some_sentences_before():
    scene = read("Minister Karin Holm of Norway met Chancellor Olaf Birk. She thanked him. He agreed.")
    assert meant(scene, "Karin Holm") == ["Karin Holm", "She"]
    assert meant(scene, "Olaf Birk") == ["Olaf Birk", "He"]


def test_the_secretary_is_none_of_another_country_though_a_spokesperson_is_named_first():
    scene = read(
        "The below is attributable to Spokesperson Ann Ash: Secretary of State Max Oakes called UK Foreign Secretary "
        "Bo Elm. The Secretary thanked him.",
        publisher="Department of State",
    )
    assert meant(scene, "Max Oakes")[-1] == "The Secretary"


def test_the_prime_minister_who_opens_the_text_is_not_the_taoiseach_whom_he_met():
    scene = read("The Prime Minister met the Taoiseach Rory Oak.", publisher="Government of the United Kingdom")
    assert meant(scene, "Rory Oak") == ["Rory Oak"]
    assert [person.holdings[0].post.of for person in scene.people if person.inferred] == ["place/united-kingdom"]


def test_a_pronoun_in_the_next_sentence_means_the_subject_rather_than_with_whom_it_met():
    scene = read("Minister Ann Holm of Norway met President Olav Birk. With President Birk, she saw Oslo. She left.")
    assert meant(scene, "Ann Holm") == ["Ann Holm", "she", "She"]


def test_the_publishers_own_minister_is_meant_with_the_country_said_too():
    scene = read(
        "Federal Councillor Rolf Berger met Italian Minister Carlo Neri. The Swiss minister thanked him.",
        publisher="Federal Department of Home Affairs",
    )
    assert meant(scene, "Rolf Berger") == ["Rolf Berger", "The Swiss minister"]
