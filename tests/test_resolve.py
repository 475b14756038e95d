"""Who is who: one id for one person across readouts, two for two, by office, country and day."""

from datetime import date

import pytest

from kg.extract import cast
from kg.extract.scene import Scene
from kg.lexicon import default_lexicon
from kg.model import Extraction, Meeting, Mention, Participation, Readout, Span, Statement
from kg.resolve import resolve
from kg.text import sentences

WHITE_HOUSE, STATE = "The White House", "Department of State"


def extraction(text, day=None, publisher=WHITE_HOUSE):
    """Return the people of a release of that day (ISO date, or None for an undated one)."""
    issued = date.fromisoformat(day) if day else None
    scene = cast(
        Scene(Readout(id="t/1", text=text, issued=issued, publisher=publisher), default_lexicon(), sentences(text))
    )
    return Extraction(readout=scene.readout, people=scene.people, agencies=scene.agencies, places=scene.places)


def who(text, day, publisher=WHITE_HOUSE):
    """Return the id of the one person in the text."""
    people = resolve(extraction(text, day, publisher)).people
    assert len(people) == 1, [person.name for person in people]
    return people[0].id


SAME = [
    # a surname with office, country and day, and the full name
    (("Prime Minister Abe of Japan spoke.", "2014-04-24"), ("Prime Minister Shinzo Abe of Japan spoke.", "2019-05-27")),
    (("Chancellor Merkel of Germany spoke.", "2013-06-19"), ("Chancellor Angela Merkel spoke.", "2021-07-15")),
    (("President Macron of France spoke.", "2021-09-22"), ("President Emmanuel Macron spoke.", "2018-04-24")),
    (
        ("Prime Minister Cameron of the United Kingdom spoke.", "2012-03-14"),
        ("Prime Minister David Cameron spoke.", "2015-01-16"),
    ),
    (("President Xi of China spoke.", "2021-11-15"), ("President Xi Jinping spoke.", "2015-09-25")),
    (("President Erdogan of Turkey spoke.", "2021-06-14"), ("President Recep Tayyip Erdoğan spoke.", "2017-05-16")),
    (("Chancellor Scholz of Germany spoke.", "2022-02-07"), ("Chancellor Olaf Scholz spoke.", "2023-03-03")),
    (
        ("Prime Minister Sunak of the United Kingdom spoke.", "2023-06-08"),
        ("Prime Minister Rishi Sunak spoke.", "2024-01-11"),
    ),
    (
        ("Amir Tamim bin Hamad Al Thani of Qatar spoke.", "2022-01-31"),
        ("Amir Sheikh Tamim Bin Hamad Al-Thani spoke.", "2018-04-10"),
    ),
    # other offices of one person at other times
    (("Vice President Biden spoke.", "2014-12-06"), ("President Biden spoke.", "2022-03-01")),
    (
        ("Secretary of State John Kerry spoke.", "2014-05-01"),
        ("Special Presidential Envoy for Climate John Kerry spoke.", "2021-07-14"),
    ),
    (("Secretary Kerry spoke.", "2014-05-01", STATE), ("Special Presidential Envoy Kerry spoke.", "2021-07-14")),
    (
        ("Belgian Prime Minister Charles Michel spoke.", "2016-05-11"),
        ("European Council President Michel spoke.", "2022-02-28"),
    ),
    (("Secretary of Defense Leon Panetta spoke.", "2012-05-01"), ("Secretary of Defense Panetta spoke.", "2011-11-01")),
    (
        ("National Security Advisor Susan Rice spoke.", "2015-05-01"),
        ("Domestic Policy Advisor Susan Rice spoke.", "2021-08-06"),
    ),
    (
        ("Homeland Security Advisor Lisa Monaco spoke.", "2016-05-11"),
        ("Deputy Attorney General Lisa Monaco spoke.", "2022-05-11"),
    ),
    (
        ("UK Foreign Secretary Truss spoke.", "2022-06-13"),
        ("Prime Minister Liz Truss of the United Kingdom spoke.", "2022-09-21"),
    ),
    # ways of writing one name
    (("President Joseph R. Biden, Jr. spoke.", "2021-04-07"), ("President Joe Biden spoke.", "2021-08-17")),
    (("President Barack H. Obama spoke.", "2010-04-07"), ("President Obama spoke.", "2016-08-17")),
    (("Vice President Kamala D. Harris spoke.", "2021-03-03"), ("Vice President Harris spoke.", "2022-08-05")),
    (
        ("Secretary of State Antony J. Blinken spoke.", "2021-06-11", STATE),
        ("Secretary Blinken spoke.", "2023-01-05", STATE),
    ),
    (
        ("President Volodymyr Zelensky of Ukraine spoke.", "2019-09-25"),
        ("President Zelenskyy of Ukraine spoke.", "2022-01-27"),
    ),
    (
        ("Russian Foreign Minister Sergey Lavrov spoke.", "2022-02-01"),
        ("Foreign Minister Sergei Lavrov of Russia spoke.", "2014-03-05"),
    ),
    (
        ("Turkish Foreign Minister Mevlut Cavusoglu spoke.", "2022-03-16"),
        ("Turkish Foreign Minister Mevlüt Çavuşoğlu spoke.", "2021-05-21"),
    ),
    (
        ("Japanese Foreign Minister Hayashi Yoshimasa spoke.", "2022-07-29"),
        ("Foreign Minister Hayashi of Japan spoke.", "2022-03-25"),
    ),
    (
        ("Indian External Affairs Minister Jaishankar spoke.", "2021-05-28"),
        ("Dr. S. Jaishankar, External Affairs Minister of India, spoke.", "2022-04-05"),
    ),
    (
        ("Egyptian President Abdel Fattah Al Sisi spoke.", "2021-05-26"),
        ("President Abdel Fattah el-Sisi of Egypt spoke.", "2019-04-09"),
    ),
    (("Speaker Pelosi spoke.", "2021-09-16"), ("Speaker of the House Nancy Pelosi spoke.", "2022-03-17")),
    (("Leader Schumer spoke.", "2021-09-16"), ("Senator Chuck Schumer (D-NY) spoke.", "2022-03-17")),
    (
        ("Foreign Minister Al-Thani of Qatar spoke.", "2022-03-13"),
        ("Qatari Foreign Minister Mohammed bin Abdulrahman Al Thani spoke.", "2021-05-27"),
    ),
    # misspelt, where office, country and day leave no doubt
    (
        ("Belgian Minister of Justice Koen Greens spoke.", "2016-05-11"),
        ("Koen Geens, Minister of Justice of Belgium, spoke.", "2017-01-10"),
    ),
    (
        ("Governor Gavin Newson of California spoke.", "2021-06-30"),
        ("Governor Newsom of California spoke.", "2022-06-30"),
    ),
    (
        ("European Union Counterterrorism Coordinator Giles de Kerchove spoke.", "2016-05-11"),
        ("Gilles de Kerchove, Counterterrorism Coordinator of the European Union, spoke.", "2012-01-10"),
    ),
    # known by office and day alone
    (("The President spoke.", "2022-03-01"), ("President Biden spoke.", "2023-03-01")),
    (("The President spoke.", "2014-03-01"), ("President Barack Obama spoke.", "2009-03-01")),
    (("The President spoke.", "2018-03-01"), ("President Donald J. Trump spoke.", "2017-03-01")),
    (("The President spoke.", "2025-03-01"), ("President Trump spoke.", "2020-03-01")),
    (("The Vice President spoke.", "2019-03-01"), ("Vice President Mike Pence spoke.", "2020-03-01")),
    (
        ("The President of Ukraine spoke.", "2022-05-01"),
        ("Volodymyr Zelenskyy, the President of Ukraine, spoke.", "2022-01-27"),
    ),
    (
        ("The Prime Minister of Canada spoke.", "2016-03-10"),
        ("Prime Minister Justin Trudeau of Canada spoke.", "2021-01-22"),
    ),
    (("The Secretary spoke.", "2012-05-01", STATE), ("Secretary Clinton spoke.", "2011-05-01", STATE)),
]

DIFFERENT = [
    # one surname, two persons
    (("Secretary Clinton spoke.", "2011-05-01", STATE), ("Former President Bill Clinton spoke.", "2011-05-01")),
    (("Prime Minister Johnson of the United Kingdom spoke.", "2021-08-17"), ("Speaker Johnson spoke.", "2024-02-27")),
    (
        ("Prime Minister Johnson of the United Kingdom spoke.", "2021-08-17"),
        ("Alexis McGill Johnson, President of Reef Trust, spoke.", "2021-09-03"),
    ),
    (("King Abdullah of Saudi Arabia spoke.", "2014-03-28"), ("King Abdullah II of Jordan spoke.", "2014-02-14")),
    (
        ("Foreign Minister Park of the Republic of Korea spoke.", "2022-06-07"),
        ("President Park of the Republic of Korea spoke.", "2015-10-16"),
    ),
    (("President Biden spoke.", "2022-03-01"), ("First Lady Jill Biden spoke.", "2022-03-01")),
    (("President Obama spoke.", "2012-03-01"), ("First Lady Michelle Obama spoke.", "2012-03-01")),
    (("Secretary of State Kerry spoke.", "2014-03-01"), ("Kerry Ashworth, Mayor of Reefton, spoke.", "2014-03-01")),
    (("Vice President Harris spoke.", "2022-03-01"), ("Senator Sam Harris spoke.", "2022-03-01")),
    (
        ("National Security Advisor Rice spoke.", "2015-05-01"),
        ("Former Secretary of State Condoleezza Rice spoke.", "2015-05-01"),
    ),
    (
        ("Foreign Minister Wang of China spoke.", "2021-03-18"),
        ("Minister of Ports Wang of Singapore spoke.", "2021-03-18"),
    ),
    (
        ("National Security Advisor Jake Sullivan spoke.", "2022-03-01"),
        ("Deputy Secretary of State John Sullivan spoke.", "2018-03-01"),
    ),
    (("Dr. Janet Currie spoke.", "2022-10-13"), ("Ambassador Kelley Currie spoke.", "2020-10-13")),
    (
        ("President Yoon of the Republic of Korea spoke.", "2022-09-29"),
        ("Foreign Minister Yun of the Republic of Korea spoke.", "2015-09-29"),
    ),
    (
        ("Foreign Minister Berg of Norway spoke.", "2022-03-01"),
        ("Foreign Minister Berg of Iceland spoke.", "2022-03-01"),
    ),
    # one name, two countries
    (
        ("Prime Minister Abdullah al-Thani of Libya spoke.", "2015-05-01"),
        ("Deputy Amir Abdullah bin Hamad Al Thani of Qatar spoke.", "2024-06-05"),
    ),
    # one office, two holders
    (("The President spoke.", "2014-03-01"), ("The President spoke.", "2022-03-01")),
    (("The President spoke.", "2017-01-19"), ("The President spoke.", "2017-01-21")),
    (("The Prime Minister of Japan spoke.", "2019-03-01"), ("The Prime Minister of Japan spoke.", "2022-03-01")),
    (
        ("Prime Minister of Israel Bennett spoke.", "2021-08-27"),
        ("Prime Minister Lapid of Israel spoke.", "2022-08-31"),
    ),
    (("The Secretary spoke.", "2014-03-01", STATE), ("The Secretary spoke.", "2019-03-01", STATE)),
    # somebody nearly called like the holder, in another office
    (
        ("Minister of Ports Koen Greens of Belgium spoke.", "2016-05-11"),
        ("Minister of Justice Koen Geens of Belgium spoke.", "2016-05-11"),
    ),
    (("President Jane Oaken of Ukraine spoke.", "2022-03-01"), ("President Zelenskyy of Ukraine spoke.", "2022-03-01")),
]


def test_there_are_enough_hard_pairs():
    assert len(SAME) + len(DIFFERENT) >= 60


@pytest.mark.parametrize(("first", "second"), SAME)
def test_two_names_of_one_person_have_one_id(first, second):
    assert who(*first) == who(*second)


@pytest.mark.parametrize(("first", "second"), DIFFERENT)
def test_two_persons_have_two_ids(first, second):
    assert who(*first) != who(*second)


def test_the_canonical_name_is_the_common_one_and_the_texts_forms_stay():
    person = resolve(extraction("President Joseph R. Biden, Jr. spoke. Biden left.", "2022-03-01")).people[0]
    assert (person.id, person.name) == ("official/joe-biden", "Joe Biden")
    assert {"Joseph R. Biden, Jr.", "Biden"} <= set(person.aliases)


def test_an_unknown_person_keeps_the_initials_in_the_name_not_in_the_id():
    person = resolve(extraction("Director Ann B. Oakford spoke.", "2022-03-01")).people[0]
    assert (person.id, person.name, person.aliases) == ("official/ann-oakford", "Ann B. Oakford", ("Ann Oakford",))


def test_the_terms_of_others_tell_the_time_of_an_undated_readout():
    text = "Lisa Monaco met Belgian Prime Minister Charles Michel at the President's direction."
    people = resolve(extraction(f"Assistant to the President for Homeland Security and Counterterrorism {text}")).people
    assert [person.name for person in people if person.inferred] == ["Barack Obama"]


def test_who_is_known_by_office_alone_and_cannot_be_told_is_left_out():
    assert resolve(extraction("The President of Ruritania spoke.", "2022-03-01")).people == ()


def test_a_person_known_by_office_and_by_name_is_one_with_all_mentions():
    given = extraction("Advisor Ann Oak thanked the President. Biden left. President Joe Biden returned.", "2022-03-01")
    people = resolve(given).people
    assert sorted(person.name for person in people) == ["Ann Oak", "Joe Biden"]
    biden = next(person for person in people if person.name == "Joe Biden")
    assert (biden.inferred, len(biden.mentions)) == (False, 3)


def _with_facts(given):
    """Add a meeting and a statement in which everybody takes part."""
    evidence = Mention(Span(0, 3), "test")
    ids = tuple(person.id for person in given.people)
    meeting = Meeting(
        number=1,
        kind="call",
        mode="phone",
        participations=tuple(Participation(person=id, evidence=evidence) for id in ids),
        evidence=(evidence,),
    )
    statement = Statement(number=1, meeting=1, act="discuss", speakers=ids, about=ids[:1], evidence=evidence)
    return Extraction(
        readout=given.readout, people=given.people, meetings=(meeting,), statements=(statement,), places=given.places
    )


def test_participants_and_speakers_follow_their_persons_ids():
    given = _with_facts(extraction("President Biden spoke with Prime Minister Kishida of Japan.", "2022-05-23"))
    told = resolve(given)
    assert [part.person for part in told.meetings[0].participations] == ["official/joe-biden", "official/fumio-kishida"]
    assert told.statements[0].speakers == ("official/joe-biden", "official/fumio-kishida")
    assert told.statements[0].about == ("official/joe-biden",)


def test_who_is_left_out_takes_no_part():
    told = resolve(_with_facts(extraction("President Biden met the President of Ruritania.", "2022-03-01")))
    assert [part.person for part in told.meetings[0].participations] == ["official/joe-biden"]
    assert told.statements[0].speakers == ("official/joe-biden",)


def test_what_was_resolved_stays_as_it_is():
    once = resolve(extraction("President Biden met Prime Minister Abe of Japan and Ann B. Oakford.", "2014-04-24"))
    assert resolve(once) == once


def test_the_president_who_is_met_before_any_other_is_the_publishers_own():
    text = "The President spoke by phone with President Emmanuel Macron of France. The President thanked him."
    names = [person.name for person in resolve(extraction(text, "2021-11-03")).people]
    assert names == ["Emmanuel Macron", "Joe Biden"]


def test_a_minister_named_by_field_alone_is_who_held_that_office():
    names = [p.name for p in resolve(extraction("Aides met the Secretary of Commerce.", "2022-03-01")).people]
    assert names == ["Gina Raimondo"]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("He met Thai Foreign Minister Parnpree.", "Parnpree Bahiddha-Nukara"),
        ("He met Malaysian Foreign Minister Zambry.", "Zambry Abdul Kadir"),
        ("He met Secretary Yellen.", "Janet Yellen"),
    ],
)
def test_an_office_tells_who_is_called_by_the_first_name_or_by_a_short_title(text, person):
    assert [known.name for known in resolve(extraction(text, "2023-10-20")).people] == [person]


def test_secretaries_named_together_are_who_held_these_offices():
    text = "It was led by the Secretaries of the Treasury and Commerce."
    assert [p.name for p in resolve(extraction(text, "2022-03-01")).people] == ["Janet Yellen", "Gina Raimondo"]


def test_a_country_and_its_abbreviation_make_one_title():
    title = "Special Representative for the Democratic People’s Republic of Korea"
    text = f"{title} Ann Oak spoke. Special Representative for the DPRK Oak agreed."
    (person,) = resolve(extraction(text, "2022-03-01")).people
    assert [held.post.title for held in person.holdings] == [title]


@pytest.mark.parametrize(
    ("text", "day", "person"),
    [
        ("He met Japanese National Security Advisor Okano Masataka.", "2025-03-20", "Masataka Okano"),
        ("She met Venezuelan Acting President Rodríguez.", "2026-03-02", "Delcy Rodríguez"),
        ("She met Namibian Foreign Minister Ashipala-Musavyi.", "2025-06-02", "Selma Ashipala-Musavyi"),
        ("She met Latvian Defense Minister Sprūds.", "2025-06-02", "Andris Sprūds"),
        ("He met Kenyan Defense Minister Tuya.", "2025-02-20", "Soipan Tuya"),
        ("He met Dutch Foreign Minister Berendsen.", "2026-03-20", "Tom Berendsen"),
    ],
)
def test_who_is_meant_is_known_up_to_2026_and_with_the_surname_first(text, day, person):
    assert [known.name for known in resolve(extraction(text, day)).people] == [person]


def test_who_serves_a_ruler_is_not_a_namesake_who_ruled():
    assert who(
        "Secretary to the Prime Minister Anura Dissanayake spoke.", "2023-03-02", "President's Media Division"
    ) == ("official/anura-dissanayake")


def test_a_japanese_surname_in_capitals_stands_last_in_the_name():
    assert who("Deputy Minister of Japan EWE Keiichi spoke.", "2023-03-02") == "official/keiichi-ewe"
