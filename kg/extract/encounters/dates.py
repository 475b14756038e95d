"""When something was, as the text says it: "today", "last Saturday", "February 6-7", "the week of October 10".

A date is as precise as its words: a day, a month or a year (ISO 8601); a stretch has an end too. Words that count from
the day of publication mean nothing where that day is unknown, and then give no date: none is invented.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from datetime import date

from kg.extract.encounters.reckoning import (
    COUNTS,
    MONTH,
    SEASON,
    WEEKDAY,
    Reading,
    Resolved,
    ago,
    day_alone,
    month,
    month_year,
    named_day,
    near_day,
    near_month,
    near_week,
    numeric,
    week_of,
    weekday,
    weekdays,
    weekend,
    year,
)
from kg.extract.phrases import Phrases
from kg.model import Span
from kg.values import dataclass

__all__ = ["When", "find_dates"]


@dataclass(frozen=True, slots=True)
class When:
    """A date or a stretch of days, and the words that say so. `start` and `end` are ISO 8601, `end` is included."""

    span: Span
    start: str
    end: str | None = None


DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d)"
YEAR = r"(?:19|20)\d\d"
TO = r"(?: ?[-–—] ?| to | through | until | till | and | & )"
MONTH_DAY = rf"{MONTH} {DAY}(?:,? {YEAR})?"
DAY_MONTH = rf"{DAY}(?: of)? {MONTH}(?:,? {YEAR})?"
# A month alone is a date only after such a word: "May" and "March" are verbs, "April" and "June" are given names.
BEFORE_MONTH = re.compile(
    r"(?:\b(?:in|of|since|last|next|this|the|his|her|their|our|its|early|late|mid|until|by|In|Of|Since|Last|Next|This)"
    r"|[’']s?)[ -]$"
)
REACH = 12
"""How many characters before a month the longest of these words begins."""
AGO = rf"(?:\d+|{'|'.join(COUNTS)}) (?:day|week|month|year)s? ago"

RULES: tuple[tuple[str, str, Callable[[Reading], Resolved]], ...] = (
    ("iso", rf"\b{YEAR}-\d\d-\d\d\b|\b\d\d?\.\d\d?\.{YEAR}\b", numeric),
    ("weekof", rf"\b[Ww]eek (?:of|beginning|starting) (?:{WEEKDAY},? )?(?:{MONTH_DAY}|{DAY_MONTH})", week_of),
    ("monthdays", rf"\b{MONTH} {DAY}(?:,? {YEAR})?{TO}(?:{MONTH} )?{DAY}(?:,? {YEAR})?", named_day),
    ("daysmonth", rf"\b{DAY}(?: {MONTH})?(?: {YEAR})?{TO}{DAY_MONTH}", named_day),
    ("weekdays", rf"\b{WEEKDAY}{TO}{WEEKDAY}\b(?! \d|,? {MONTH})", weekdays),
    (
        "weekday",
        rf"\b(?:(?:[Ll]ast|[Nn]ext|[Tt]his(?: past| coming)?) )?{WEEKDAY}(?:,? (?:the )?(?:{MONTH_DAY}|{DAY_MONTH}))?",
        weekday,
    ),
    ("monthday", rf"\b{MONTH_DAY}", named_day),
    ("daymonth", rf"\b{DAY_MONTH}", named_day),
    ("monthyear", rf"\b{MONTH}(?:{TO}{MONTH})?,? (?:of )?{YEAR}\b", month_year),
    (
        "day",
        r"\b(?:(?:[Ee]arlier |[Ll]ater )?[Tt]o(?:day|night|morrow)|[Tt]his (?:morning|afternoon|evening)"
        r"|[Ll]ast (?:night|evening)|(?:[Tt]he day before )?[Yy]esterday|overnight(?=[,.]))\b",
        near_day,
    ),
    ("week", r"\b(?:[Ee]arlier |[Ll]ater )?(?:[Tt]his|[Ll]ast|[Nn]ext|[Tt]his past) week\b(?! of)", near_week),
    ("weekend", r"\b(?:[Tt]his|[Ll]ast|[Nn]ext|[Oo]ver the|[Tt]his (?:past|coming)) weekend\b", weekend),
    ("month", r"\b(?:[Ee]arlier |[Ll]ater )?(?:[Tt]his|[Ll]ast|[Nn]ext) month\b", near_month),
    (
        "year",
        rf"\b(?:[Ee]arlier |[Ll]ater )?(?:[Tt]his|[Ll]ast|[Nn]ext) year\b"
        rf"|\b(?:[Nn]ext|[Tt]his(?: coming)?|(?<=\b[Ii]n )the) {SEASON}\b|(?<=\b[Ii]n ){YEAR}\b"
        rf"|\b(?:first|second|third|last|fourth) (?:half|quarter) of (?:{YEAR}|(?:the|this|next) year)\b"
        rf"|\b(?:beginning|middle|end) of {YEAR}\b",
        year,
    ),
    ("dayalone", r"(?<=\b[Oo]n )the (?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th)\b(?! (?:[a-z]|[A-Z]))", day_alone),
    ("ago", rf"\b{AGO}\b", ago),
    ("monthalone", rf"\b{MONTH}\b(?!(?: of|,)? \d)", month),
)
RESOLVE = {name: resolve for name, _, resolve in RULES}
FIRST_WORDS = (
    *calendar.month_name[1:],
    *calendar.month_abbr[1:],
    *calendar.day_name,
    *COUNTS,
    *"Sept week earlier later this last next over today tonight tomorrow yesterday overnight the".split(),  # noqa: SIM905
    *("first", "second", "third", "fourth", "beginning", "middle", "end"),
)
ANY_DATE = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern, _ in RULES))
DATE = Phrases(FIRST_WORDS, lambda _: ANY_DATE, numbers=True)


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
        resolved = RESOLVE[rule](Reading(words, issued, future))
        if resolved:
            yield When(Span(found.start(), found.end()), *resolved)
