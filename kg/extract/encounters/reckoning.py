"""What the words of a date mean, seen from the day of publication: the latest Friday, the nearest May, next week."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from kg.values import dataclass

__all__ = [
    "COUNTS",
    "MONTH",
    "SEASON",
    "WEEKDAY",
    "Reading",
    "Resolved",
    "ago",
    "day_alone",
    "month",
    "month_year",
    "named_day",
    "near_day",
    "near_month",
    "near_week",
    "numeric",
    "week_of",
    "weekday",
    "weekdays",
    "weekend",
    "year",
]


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of one date, to be understood from the day of publication, looking ahead or back."""

    words: str
    issued: date | None
    future: bool

    def numbers(self) -> list[int]:
        """Return its figures."""
        return [int(figure) for figure in re.findall(r"\d+", self.words)]

    def has(self, *words: str) -> bool:
        """Tell whether one of *words* is among its words."""
        low = self.words.lower()
        return any(word in low and re.search(rf"\b{word}\b", low) for word in words)

    def months(self) -> list[int]:
        """Return the numbers of the months that it names."""
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
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
MONTH_WORD = re.compile(MONTH)


def _iso(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(reading: Reading, month: int, day: int) -> date | None:
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


def numeric(reading: Reading) -> Resolved:
    """Read a day in figures: "2024-03-12", "12.03.2024"."""
    figures = reading.numbers()
    year, month, day = figures if len(reading.words.split("-")[0]) == 4 else figures[::-1]
    return _span_of(_iso(year, month, day), None)


def named_day(reading: Reading) -> Resolved:
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


def day_alone(reading: Reading) -> Resolved:
    """Read "on the 24th": the latest day of that number, or the next one where the text looks ahead."""
    if reading.issued is None:
        return None
    number, first = reading.numbers()[0], reading.issued.replace(day=1)
    months = (_shifted_month(first, shift).split("-") for shift in ((0, 1) if reading.future else (0, -1)))
    days = (_iso(int(year), int(month), number) for year, month in months)
    fits = (day for day in days if day and (day >= reading.issued if reading.future else day <= reading.issued))
    return _span_of(next(fits, None), None)


def week_of(reading: Reading) -> Resolved:
    """Read "the week of October 10"."""
    day = named_day(reading)
    return _week(date.fromisoformat(day[0]), reading.issued) if day else None


def _week(day: date, issued: date | None) -> Resolved:
    """Return the week of *day* from Monday; a week that isn't over yet and had begun ends with the publication."""
    monday = day - timedelta(days=day.weekday())
    sunday = monday + timedelta(days=6)
    return _span_of(monday, min(sunday, issued) if issued and monday <= issued else sunday)


def month_year(reading: Reading) -> Resolved:
    """Read "May 2024", "May to June 2024"."""
    months, years = reading.months(), reading.numbers()
    start = f"{years[-1]}-{months[0]:02}"
    return start, f"{years[-1]}-{months[1]:02}" if len(months) > 1 else None


def month(reading: Reading) -> Resolved:
    """Read a month without its year: the latest one that had begun, or the next one where the text looks ahead."""
    if reading.issued is None:
        return None
    month, year = reading.months()[0], reading.issued.year
    if reading.has("next") or (reading.future and not reading.has("last")):
        year += month < reading.issued.month or (reading.has("next") and month == reading.issued.month)
    elif month > reading.issued.month or (reading.has("last") and month == reading.issued.month):
        year -= 1
    return f"{year}-{month:02}", None


def weekday(reading: Reading) -> Resolved:
    """Read "Friday", "next Friday", "Friday, May 5": the latest one, or the next one where the text looks ahead."""
    if MONTH_WORD.search(reading.words):
        return named_day(reading)
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


def weekdays(reading: Reading) -> Resolved:
    """Read "Thursday and Friday", "from Monday to Wednesday": the second day after the first."""
    if reading.issued is None:
        return None
    first, last = (WEEKDAYS[name.lower()] for name in re.findall(WEEKDAY, reading.words))
    length, back = (last - first) % 7, (reading.issued.weekday() - last) % 7
    end = reading.issued + timedelta(days=-back % 7 if reading.future else -back)
    return _span_of(end - timedelta(days=length), end)


def near_day(reading: Reading) -> Resolved:
    """Read "today", "yesterday", "tomorrow", "overnight": the night before."""
    if reading.issued is None:
        return None
    shift = 1 if reading.has("tomorrow") else -1 if reading.has("yesterday", "last", "overnight") else 0
    if reading.has("the day before yesterday"):
        shift = -2
    return _span_of(reading.issued + timedelta(days=shift), None)


def near_week(reading: Reading) -> Resolved:
    """Read "this week", "last week", "next week"."""
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


def weekend(reading: Reading) -> Resolved:
    """Read "this weekend", "last weekend"."""
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


def near_month(reading: Reading) -> Resolved:
    """Read "this month", "last month", "next month"."""
    if reading.issued is None:
        return None
    return _shifted_month(reading.issued, 1 if reading.has("next") else -1 if reading.has("last") else 0), None


def _shifted_month(day: date, shift: int) -> str:
    year, month = divmod(day.year * 12 + day.month - 1 + shift, 12)
    return f"{year}-{month + 1:02}"


def year(reading: Reading) -> Resolved:
    """Read "in 2023", "last year", "next spring"."""
    if figures := reading.numbers():
        return str(figures[0]), None
    if reading.issued is None:
        return None
    if season := next((month for name, month in SEASONS.items() if reading.has(name)), None):
        begun, this = reading.issued.month >= season, reading.has("this")
        if reading.has("next", "coming") or (reading.future and not this):
            return str(reading.issued.year + begun), None
        return str(reading.issued.year if begun or this else reading.issued.year - 1), None
    return str(reading.issued.year + (1 if reading.has("next") else -1 if reading.has("last year") else 0)), None


def ago(reading: Reading) -> Resolved:
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
