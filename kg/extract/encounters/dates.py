"""When something was, as the text says it: "today", "last Saturday", "February 6-7", "the week of October 10".

A date is as precise as its words: a day, a month or a year (ISO 8601); a stretch has an end too. Words that count from
the day of publication mean nothing where that day is unknown, and then give no date: none is invented.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kg.extract.phrases import Phrases
from kg.model import Span

__all__ = ["When", "find_dates"]


@dataclass(frozen=True, slots=True)
class When:
    """A date or a stretch of days, and the words that say so. `start` and `end` are ISO 8601, `end` is included."""

    span: Span
    start: str
    end: str | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
    """The words of one date, to be understood from the day of publication, looking ahead or back."""

    words: str
    issued: date | None
    future: bool

    def numbers(self) -> list[int]:
        return [int(figure) for figure in re.findall(r"\d+", self.words)]

    def has(self, *words: str) -> bool:
        return any(re.search(rf"\b{word}\b", self.words, re.IGNORECASE) for word in words)

    def months(self) -> list[int]:
        return [MONTHS[found.group().lower()[:3]] for found in MONTH_WORD.finditer(self.words)]


Resolved = tuple[str, str | None] | None

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # the months in which they begin
SEASON = f"(?:{'|'.join(SEASONS)})"
COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}

MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\b\.?|Feb\b\.?|Mar\b\.?|Apr\b\.?|Jun\b\.?|Jul\b\.?|Aug\b\.?|Sept?\b\.?|Oct\b\.?|Nov\b\.?|Dec\b\.?)"
)
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d)"
YEAR = r"(?:19|20)\d\d"
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
TO = r"(?: ?[-–—] ?| to | through | until | till | and | & )"
MONTH_DAY = rf"{MONTH} {DAY}(?:,? {YEAR})?"
DAY_MONTH = rf"{DAY}(?: of)? {MONTH}(?:,? {YEAR})?"
MONTH_WORD = re.compile(MONTH)
# A month alone is a date only after such a word: "May" and "March" are verbs, "April" and "June" are given names.
BEFORE_MONTH = re.compile(
    r"(?:\b(?:in|of|since|last|next|this|the|his|her|their|our|its|early|late|mid|until|by|In|Of|Since|Last|Next|This)"
    r"|[’']s?)[ -]$"
)
REACH = 12
"""How many characters before a month the longest of these words begins."""
AGO = rf"(?:\d+|{'|'.join(COUNTS)}) (?:day|week|month|year)s? ago"


def _iso(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(reading: _Reading, month: int, day: int) -> date | None:
    """Return the day of that name nearest to publication, or the next one where the text looks ahead."""
    if reading.issued is None:
        return None
    years = range(reading.issued.year - 1, reading.issued.year + 2)
    days = [found for year in years if (found := _iso(year, month, day))]
    if reading.future:
        days = [found for found in days if found >= reading.issued - timedelta(days=7)]
    issued = reading.issued
    return min(days, key=lambda found: (abs(found - issued), found), default=None)


def _span_of(first: date | None, last: date | None) -> Resolved:
    if first is None:
        return None
    if last is None or last <= first:
        return first.isoformat(), None
    return first.isoformat(), last.isoformat()


def _numeric(reading: _Reading) -> Resolved:
    figures = reading.numbers()
    year, month, day = figures if len(reading.words.split("-")[0]) == 4 else figures[::-1]
    return _span_of(_iso(year, month, day), None)


def _named_day(reading: _Reading) -> Resolved:
    """Read a day, or a stretch of days, with the name of its month: "May 5", "5-7 May 2024", "May 30 to June 2"."""
    figures, months = reading.numbers(), reading.months()
    years = [figure for figure in figures if figure > 31]
    days = [figure for figure in figures if figure <= 31]
    if len(days) > 1 and len(months) == 1:
        months *= 2
    found: list[date | None] = []
    for month, day in zip(months, days, strict=False):
        found.append(_iso(years[-1], month, day) if years else _nearest(reading, month, day))
    if len(found) > 1 and found[0] and found[1] and found[0] > found[1]:  # over the turn of the year
        found[0] = _iso(found[1].year - 1, found[0].month, found[0].day)
    return _span_of(found[0], found[1] if len(found) > 1 else None) if found else None


def _week_of(reading: _Reading) -> Resolved:
    day = _named_day(reading)
    return _week(date.fromisoformat(day[0]), reading.issued) if day else None


def _week(day: date, issued: date | None) -> Resolved:
    """Return the week of *day* from Monday; a week that isn't over yet and had begun ends with the publication."""
    monday = day - timedelta(days=day.weekday())
    sunday = monday + timedelta(days=6)
    return _span_of(monday, min(sunday, issued) if issued and monday <= issued else sunday)


def _month_year(reading: _Reading) -> Resolved:
    months, years = reading.months(), reading.numbers()
    start = f"{years[-1]}-{months[0]:02}"
    return start, f"{years[-1]}-{months[1]:02}" if len(months) > 1 else None


def _month(reading: _Reading) -> Resolved:
    """Read a month without its year: the latest one that had begun, or the next one where the text looks ahead."""
    if reading.issued is None:
        return None
    month, year = reading.months()[0], reading.issued.year
    if reading.has("next") or (reading.future and not reading.has("last")):
        year += month < reading.issued.month or (reading.has("next") and month == reading.issued.month)
    elif month > reading.issued.month or (reading.has("last") and month == reading.issued.month):
        year -= 1
    return f"{year}-{month:02}", None


def _weekday(reading: _Reading) -> Resolved:
    if MONTH_WORD.search(reading.words):
        return _named_day(reading)
    if reading.issued is None:
        return None
    name = re.search(WEEKDAY, reading.words)
    assert name is not None
    back = (reading.issued.weekday() - WEEKDAYS[name.group().lower()]) % 7
    if reading.has("next", "coming") or (reading.future and not reading.has("last", "past")):
        ahead = (7 - back) % 7
        if reading.has("next") and ahead == 0:
            ahead = 7
        return _span_of(reading.issued + timedelta(days=ahead), None)
    if reading.has("last", "past") and back == 0:
        back = 7
    return _span_of(reading.issued - timedelta(days=back), None)


def _near_day(reading: _Reading) -> Resolved:
    if reading.issued is None:
        return None
    shift = 1 if reading.has("tomorrow") else -1 if reading.has("yesterday", "last") else 0
    if reading.has("the day before yesterday"):
        shift = -2
    return _span_of(reading.issued + timedelta(days=shift), None)


def _near_week(reading: _Reading) -> Resolved:
    if reading.issued is None:
        return None
    issued = reading.issued
    if reading.has("next"):
        return _week(issued + timedelta(days=7), issued)
    if reading.has("last", "past"):
        return _week(issued - timedelta(days=7), issued)
    if reading.future or reading.has("later"):
        return _span_of(issued, issued + timedelta(days=6 - issued.weekday()))
    return _week(issued, issued)


def _weekend(reading: _Reading) -> Resolved:
    if reading.issued is None:
        return None
    issued = reading.issued
    saturday = issued - timedelta(days=(issued.weekday() - 5) % 7)
    if reading.future or reading.has("next", "coming"):
        saturday += timedelta(days=7 if saturday < issued else 0)
        return _span_of(saturday, saturday + timedelta(days=1))
    if reading.has("last") and issued.weekday() >= 5:
        saturday -= timedelta(days=7)
    return _span_of(saturday, min(saturday + timedelta(days=1), issued))


def _near_month(reading: _Reading) -> Resolved:
    if reading.issued is None:
        return None
    return _shifted_month(reading.issued, 1 if reading.has("next") else -1 if reading.has("last") else 0), None


def _shifted_month(day: date, shift: int) -> str:
    year, month = divmod(day.year * 12 + day.month - 1 + shift, 12)
    return f"{year}-{month + 1:02}"


def _year(reading: _Reading) -> Resolved:
    if figures := reading.numbers():
        return str(figures[0]), None
    if reading.issued is None:
        return None
    if season := next((month for name, month in SEASONS.items() if reading.has(name)), None):
        return str(reading.issued.year + (reading.issued.month >= season)), None
    return str(reading.issued.year + (1 if reading.has("next") else -1 if reading.has("last") else 0)), None


def _ago(reading: _Reading) -> Resolved:
    """Read "three days ago" to the day, "two months ago" to the month, "a year ago" to the year; weeks are vague."""
    if reading.issued is None:
        return None
    number, unit, _ = reading.words.split()
    count = COUNTS.get(number.lower()) or int(number)
    if unit.startswith("day"):
        return _span_of(reading.issued - timedelta(days=min(count, 366)), None)
    if unit.startswith("month"):
        return _shifted_month(reading.issued, -min(count, 1200)), None
    return (str(reading.issued.year - min(count, 1000)), None) if unit.startswith("year") else None


RULES: tuple[tuple[str, str, Callable[[_Reading], Resolved]], ...] = (
    ("iso", rf"\b{YEAR}-\d\d-\d\d\b|\b\d\d?\.\d\d?\.{YEAR}\b", _numeric),
    ("weekof", rf"\b[Ww]eek (?:of|beginning|starting) (?:{WEEKDAY},? )?(?:{MONTH_DAY}|{DAY_MONTH})", _week_of),
    ("monthdays", rf"\b{MONTH} {DAY}(?:,? {YEAR})?{TO}(?:{MONTH} )?{DAY}(?:,? {YEAR})?", _named_day),
    ("daysmonth", rf"\b{DAY}(?: {MONTH})?(?: {YEAR})?{TO}{DAY_MONTH}", _named_day),
    (
        "weekday",
        rf"\b(?:(?:[Ll]ast|[Nn]ext|[Tt]his(?: past| coming)?) )?{WEEKDAY}(?:,? (?:the )?(?:{MONTH_DAY}|{DAY_MONTH}))?",
        _weekday,
    ),
    ("monthday", rf"\b{MONTH_DAY}", _named_day),
    ("daymonth", rf"\b{DAY_MONTH}", _named_day),
    ("monthyear", rf"\b{MONTH}(?:{TO}{MONTH})?,? (?:of )?{YEAR}\b", _month_year),
    (
        "day",
        r"\b(?:(?:[Ee]arlier |[Ll]ater )?[Tt]o(?:day|night|morrow)|[Tt]his (?:morning|afternoon|evening)"
        r"|[Ll]ast (?:night|evening)|(?:[Tt]he day before )?[Yy]esterday)\b",
        _near_day,
    ),
    ("week", r"\b(?:[Ee]arlier |[Ll]ater )?(?:[Tt]his|[Ll]ast|[Nn]ext|[Tt]his past) week\b(?! of)", _near_week),
    ("weekend", r"\b(?:[Tt]his|[Ll]ast|[Nn]ext|[Oo]ver the|[Tt]his (?:past|coming)) weekend\b", _weekend),
    ("month", r"\b(?:[Ee]arlier |[Ll]ater )?(?:[Tt]his|[Ll]ast|[Nn]ext) month\b", _near_month),
    (
        "year",
        rf"\b(?:[Ee]arlier |[Ll]ater )?(?:[Tt]his|[Ll]ast|[Nn]ext) year\b|\b[Nn]ext {SEASON}\b|(?<=\b[Ii]n ){YEAR}\b",
        _year,
    ),
    ("ago", rf"\b{AGO}\b", _ago),
    ("monthalone", rf"\b{MONTH}\b(?!(?: of|,)? \d)", _month),
)
RESOLVE = {name: resolve for name, _, resolve in RULES}
FIRST_WORDS = (
    *calendar.month_name[1:],
    *calendar.month_abbr[1:],
    *calendar.day_name,
    *COUNTS,
    *"Sept week earlier later this last next over today tonight tomorrow yesterday the".split(),  # noqa: SIM905
)
_DATE = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern, _ in RULES))
DATE = Phrases(FIRST_WORDS, lambda _: _DATE, numbers=True)


def find_dates(text: str, span: Span, issued: date | None, *, future: bool = False) -> Iterator[When]:
    """Yield the dates that *text* names within *span*, in order.

    Args:
        text: the canonical text.
        span: where to look.
        issued: the day of publication, from which relative words count; None if unknown.
        future: the text speaks of something to come, so that "on Friday" and "in June" look ahead.

    >>> text = "She met him on February 6-7 and will see him next week."
    >>> [(when.start, when.end) for when in find_dates(text, Span(0, len(text)), date(2024, 2, 9))]
    [('2024-02-06', '2024-02-07'), ('2024-02-12', '2024-02-18')]
    """
    for found in DATE.finditer(text, span.start, span.end):
        words, rule = found.group(), found.lastgroup
        if rule == "monthalone":
            before = BEFORE_MONTH.search(text, max(span.start, found.start() - REACH), found.start())
            if before is None:
                continue
            words = before.group() + words
        assert rule is not None
        resolved = RESOLVE[rule](_Reading(words, issued, future))
        if resolved:
            yield When(Span(found.start(), found.end()), *resolved)
