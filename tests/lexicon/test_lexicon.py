from datetime import date

import pytest

from kg.lexicon import Country, Lexicon, Post, Publisher, Term, default_lexicon, fold

MINISTERS = Lexicon(
    countries=(Country("Norland", ("Kingdom of Norland",), ("Norlandic",)),),
    posts=(
        Post("Foreign Minister", ("Minister of External Affairs",)),
        Post("Deputy Prime Minister", shared=True),
    ),
    terms=(
        Term("Ada Berg", ("Ada K. Berg",), "Foreign Minister", "Norland", date(2010, 3, 1), date(2014, 5, 9)),
        Term("Ola van der Moe", (), "Foreign Minister", "Norland", date(2014, 5, 9)),
        Term("Kim Ek", ("Ek",), "Deputy Prime Minister", "Norland", date(2012, 1, 1)),
        Term("Bo Åsén", (), "Deputy Prime Minister", "Norland", date(2013, 1, 1)),
    ),
)


@pytest.mark.parametrize(
    ("day", "person"),
    [
        (date(2010, 2, 28), None),
        (date(2010, 3, 1), "Ada Berg"),
        (date(2014, 5, 8), "Ada Berg"),
        (date(2014, 5, 9), "Ola van der Moe"),
        (date(2030, 1, 1), "Ola van der Moe"),
    ],
)
def test_the_holder_is_who_was_in_office_on_that_day_and_the_successor_on_the_day_of_the_hand_over(day, person):
    term = MINISTERS.holder("Foreign Minister", "Norland", day)
    assert (term and term.person) == person


@pytest.mark.parametrize(
    "title",
    [
        "foreign minister",
        "Minister of Foreign Affairs",
        "Minister for External Affairs",
        "MINISTER OF EXTERNAL AFFAIRS",
    ],
)
def test_equivalent_titles_have_the_same_holder(title):
    lexicon = default_lexicon()
    assert lexicon.post_key(title) == lexicon.post_key("Foreign Minister")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Minister of Defence", "Defense Minister"),
        ("Secretary of the Treasury", "Treasury Secretary"),
        ("National Security Advisor", "National Security Adviser"),
        ("Secretary-General", "Secretary General"),
        ("Emir", "Amir"),
        ("Federal Councillor", "Federal Councilor"),
        ("Minister for Trade and Tourism", "Trade Minister"),
        ("U.S. Trade Representative", "United States Trade Representative"),
    ],
)
def test_spelling_and_word_order_do_not_make_another_office(one, other):
    assert default_lexicon().post_key(one) == default_lexicon().post_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Secretary of State", "State Secretary"),
        ("President", "Vice President"),
        ("Foreign Minister", "Deputy Foreign Minister"),
        ("Foreign Minister", "Foreign Secretary"),
        ("Prime Minister", "Deputy Prime Minister"),
        ("Minister of State for Foreign Affairs", "Minister of Foreign Affairs"),
    ],
)
def test_different_offices_stay_apart(one, other):
    assert default_lexicon().post_key(one) != default_lexicon().post_key(other)


@pytest.mark.parametrize("owner", ["Norland", "kingdom of norland", "Norlandic"])
def test_any_name_of_the_country_will_do(owner):
    assert MINISTERS.holder("Foreign Minister", owner, date(2020, 1, 1)) is MINISTERS.terms[1]


def test_a_title_may_name_the_country_again():
    assert (
        default_lexicon().holder("Prime Minister of Australia", "Australia", date(2023, 3, 1)).person
        == "Anthony Albanese"
    )
    assert default_lexicon().holder("Prime Minister of Canada", "Australia", date(2023, 3, 1)) is None


def test_places_and_bodies_are_found_by_any_of_their_names():
    lexicon = default_lexicon()
    assert lexicon.place("the white house") == lexicon.place("White House") is not None
    assert lexicon.body("DHS") == lexicon.body("U.S. Department of Homeland Security") is not None
    assert lexicon.place("Nowhere") is lexicon.body("Nobody") is None


def test_a_shared_post_has_no_sole_holder():
    assert MINISTERS.holder("Deputy Prime Minister", "Norland", date(2020, 1, 1)) is None
    assert MINISTERS.holder("Deputy Prime Minister", "Norland", date(2012, 6, 1)) is MINISTERS.terms[2]


def test_no_holder_is_named_where_the_data_know_the_year_alone():
    terms = (
        Term("A A", (), "Mayor", "X", date(2010, 1, 1), date(2012, 12, 31)),
        Term("B B", (), "Mayor", "X", date(2012, 1, 1)),
    )
    assert Lexicon(terms=terms).holder("Mayor", "X", date(2012, 6, 1)) is None


@pytest.mark.parametrize("name", ["Berg", "ada berg", "Ada K. Berg"])
def test_a_person_is_found_by_full_name_alias_and_surname(name):
    assert [term.person for term in MINISTERS.named(name)] == ["Ada Berg"]


@pytest.mark.parametrize("name", ["Moe", "van der Moe", "Asen", "ÅSÉN", "Ek"])
def test_a_surname_is_found_with_or_without_particle_and_accents(name):
    assert len(MINISTERS.named(name)) == 1


def test_an_unknown_name_has_no_terms():
    assert MINISTERS.named("Nobody") == ()


def test_the_period_of_a_text_is_when_those_it_names_were_in_office_together():
    named = [MINISTERS.named("Berg"), MINISTERS.named("Ek")]
    assert MINISTERS.period(named) == (date(2012, 1, 1), date(2014, 5, 9))


def test_the_period_suits_most_when_it_cannot_suit_all():
    named = [MINISTERS.named("Moe"), MINISTERS.named("Ek"), MINISTERS.named("Berg"), MINISTERS.named("Åsén")]
    assert MINISTERS.period(named) == (date(2014, 5, 9), date(2014, 5, 9))
    assert MINISTERS.period(named[:2]) == (date(2014, 5, 9), None)


def test_nobody_named_gives_no_period():
    assert MINISTERS.period([]) is None
    assert MINISTERS.period([(), ()]) is None


def test_two_terms_of_one_person_leave_the_period_open_between_them():
    terms = (
        Term("A A", (), "Mayor", "X", date(2000, 1, 1), date(2004, 1, 1)),
        Term("A A", (), "Mayor", "X", date(2008, 1, 1), date(2012, 1, 1)),
    )
    assert Lexicon().period([terms]) == (date(2000, 1, 1), date(2012, 1, 1))


def test_a_publisher_is_known_by_its_name_or_by_the_host_it_publishes_on():
    office = Publisher("Office of the Mayor", ("Mayor's Office",), "Norland", ("mayor.example",), "no-mayor")
    lexicon = Lexicon(publishers=(office,))
    assert lexicon.publisher(name="the mayor’s office") is office
    assert lexicon.publisher(url="https://news.mayor.example/2020/x?y") is office
    assert lexicon.publisher(name="Somebody", url="https://example.org/mayor.example") is None


@pytest.mark.parametrize(
    ("url", "publisher"),
    [
        ("https://2009-2017.state.gov/r/pa/prs/ps/2016/x.htm", "us-state"),
        ("https://obamawhitehouse.archives.gov/the-press-office/x", "us-whitehouse"),
        ("https://www.eda.admin.ch/x", "ch-fdfa"),
        ("https://www.news.admin.ch/en/nsb?id=1", "ch-admin"),
        ("https://mfa.gov.lk/en/x", "lk-mfa"),
        ("https://www.foreignminister.gov.au/minister/x", "au-foreign-minister"),
    ],
)
def test_official_sites_are_known(url, publisher):
    known = default_lexicon().publisher(url=url)
    assert known is not None
    assert known.slug == publisher


def test_names_fold_to_plain_words():
    assert fold("Mevlüt Çavuşoğlu") == "mevlut cavusoglu"
    assert fold("Nukuʻalofa") == fold("Nuku'alofa") == "nukualofa"
    assert fold("Al-Sudani") == fold("al sudani")


def test_the_default_lexicon_is_read_once():
    assert default_lexicon() is default_lexicon()
