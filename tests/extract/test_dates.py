"""Dates are resolved from the day of publication, as precisely as the text says, and never invented."""

from datetime import date

import pytest

from kg.extract.encounters.dates import find_dates
from kg.model import Span

WEDNESDAY = date(2024, 3, 13)


def dates(text, issued=WEDNESDAY, **how):
    return [(when.start, when.end) for when in find_dates(text, Span(0, len(text)), issued, **how)]


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("spoke today with", "2024-03-13", None),
        ("Earlier today, she met", "2024-03-13", None),
        ("spoke this afternoon with", "2024-03-13", None),
        ("met yesterday with", "2024-03-12", None),
        ("spoke last night with", "2024-03-12", None),
        ("met in Oslo overnight.", "2024-03-12", None),
        ("will meet tomorrow", "2024-03-14", None),
        ("met on Wednesday with", "2024-03-13", None),
        ("met Monday with", "2024-03-11", None),
        ("met last Wednesday with", "2024-03-06", None),
        ("met last Saturday with", "2024-03-09", None),
        ("met next Wednesday", "2024-03-20", None),
        ("On Tuesday, March 5, 2024, they met", "2024-03-05", None),
        ("on March 5th", "2024-03-05", None),
        ("on 5 March", "2024-03-05", None),
        ("on the 5th of March 2023", "2023-03-05", None),
        ("met on the 12th.", "2024-03-12", None),
        ("met on the 24th.", "2024-02-24", None),
        ("Bern, 12.03.2024 - ", "2024-03-12", None),
        ("on 2024-03-01", "2024-03-01", None),
        ("on March 6-7", "2024-03-06", "2024-03-07"),
        ("on March 6 and 7, 2023", "2023-03-06", "2023-03-07"),
        ("from 28 February to 2 March", "2024-02-28", "2024-03-02"),
        ("from 8 to 10 March 2024", "2024-03-08", "2024-03-10"),
        ("on December 30 – January 2", "2023-12-30", "2024-01-02"),
        ("During the week of March 4, she led", "2024-03-04", "2024-03-10"),
        ("during the week of March 11", "2024-03-11", "2024-03-13"),
        ("Earlier this week, he travelled", "2024-03-11", "2024-03-13"),
        ("last week", "2024-03-04", "2024-03-10"),
        ("next week", "2024-03-18", "2024-03-24"),
        ("over the weekend", "2024-03-09", "2024-03-10"),
        ("later this month", "2024-03", None),
        ("last month", "2024-02", None),
        ("in January", "2024-01", None),
        ("in September", "2023-09", None),
        ("the Chancellor’s June visit", "2023-06", None),
        ("in May 2022", "2022-05", None),
        ("earlier this year", "2024", None),
        ("in 2019", "2019", None),
        ("in the second half of 2025", "2025", None),
        ("in the first quarter of next year", "2025", None),
        ("before the end of 2026", "2026", None),
        ("three days ago", "2024-03-10", None),
        ("two months ago", "2024-01", None),
    ],
)
def test_words_become_dates(words, start, end):
    assert dates(words) == [(start, end)]


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("on Monday", "2024-03-18"),
        ("in September", "2024-09"),
        ("on January 10", "2025-01-10"),
        ("in March", "2024-03"),
    ],
)
def test_a_plan_looks_ahead(words, start):
    assert dates(words, future=True) == [(start, None)]


def test_the_year_turns_between_event_and_release():
    assert dates("spoke on December 31 with", date(2022, 1, 3)) == [("2021-12-31", None)]
    assert dates("a summit on January 10", date(2021, 12, 30)) == [("2022-01-10", None)]


@pytest.mark.parametrize("words", ["today", "on Friday", "on March 5", "last month", "earlier this week", "in June"])
def test_without_a_day_of_publication_relative_words_give_no_date(words):
    assert dates(words, None) == []


def test_full_dates_need_no_day_of_publication():
    assert dates("on 9 April 2019 and in May 2020", None) == [("2019-04-09", None), ("2020-05", None)]


@pytest.mark.parametrize(
    "words", ["Theresa May spoke", "they may march on", "April Ryan asked", "two weeks ago", "on February 30"]
)
def test_what_is_no_date_gives_none(words):
    assert dates(words) == []


def test_the_span_covers_the_words():
    text = "They met in June for talks."
    (when,) = find_dates(text, Span(0, len(text)), WEDNESDAY)
    assert when.span.of(text) == "June"


def test_a_numbered_thing_is_no_day():
    assert dates("on the 24th session of the board") == []
    assert dates("will meet on the 12th.", future=True) == [("2024-04-12", None)]


def test_two_days_of_the_week_are_a_stretch():
    text = "She was in Vienna on Thursday and Friday, and in Bern from Monday to Wednesday."
    found = [(when.start, when.end) for when in find_dates(text, Span(0, len(text)), date(2024, 6, 21))]
    assert found == [("2024-06-20", "2024-06-21"), ("2024-06-17", "2024-06-19")]
