"""The day a release was issued, from what its publisher wrote: metadata, address, dateline. None is ever guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from email.utils import parsedate_to_datetime

__all__ = ["dateline", "day", "day_in_address", "day_in_name", "stamp"]

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier gennaio", "february feb februar février febbraio",
            "march mar märz mars marzo", "april apr avril aprile", "may mai maggio", "june jun juni juin giugno",
            "july jul juli juillet luglio", "august aug août agosto", "september sep sept septembre settembre",
            "october oct oktober octobre ottobre", "november nov novembre", "december dec dezember décembre dicembre",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)",
        rf"(?P<m>{MONTH}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>\d{{4}})\b",
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.)?(?: of)? (?P<m>{MONTH}),? (?P<y>\d{{4}})\b",
        r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})\b",
        r"(?P<y>\d{4})[/.](?P<m>\d{1,2})[/.](?P<d>\d{1,2})\b",
        r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日",
        r"(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)",
    )
)
SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\b")
WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day,? ", re.IGNORECASE)

IN_ADDRESS = re.compile(r"[/=_-]((?:19|20)\d\d)[/-]?(\d{2})[/-]?(\d{2})(?=[/&._-]|$)")
IN_NAME = re.compile(r"((?:19|20)\d\d)[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)")

# Small words that may stand before the date of a dateline, beside places, labels and offices, which have capitals.
SMALL = frozenset(
    re.split(
        " ",
        "of the de du la le di and et und for in at am le, den - – — | , / updated: release, release content statement,"
        " d.c. à",
    )
)
CLAUSES = frozenset(re.split(" ", "On In Since By Until Following After Before From During As At For When Through"))
AFTER = re.compile(r"\s*(?:$|[-–—:|.;/()\]]|(?:at )?\d{1,2}[:.]\d\d|\n)")
# A line that says when it was published, perhaps after the kind of release: "Posted on: …", "News | Published …".
STAMP = re.compile(
    r"^(?:[^\n]{0,60}[|·•–—-])?[^\w\n]{0,20}(?-i:(?=[A-Z]))(?:first )?(?:posted|published|issued|released"
    r"|(?:publication|publishing|release) date|date of (?:publication|release|issue))(?: on)?[: \t]+(?=\w)",
    re.IGNORECASE | re.MULTILINE,
)
FAR = 90
"""A dateline's date begins at most so many characters into its paragraph."""
# What may follow the date on a line of its own: nothing, or offices.
REST_OF_LINE = re.compile(r"[\s|]*(?:(?:[A-Z][\w’-]*|of|for|and|the),?\s*)*$")
LONGEST_LINE = 140
"""In characters; what is longer is a paragraph of prose."""
DATELINE_PARAGRAPHS = 5
LETTERHEAD_PARAGRAPHS = 10
SIGNATURE_PARAGRAPHS = 4
"""Among so many first and last paragraphs the date may have a line of its own."""


def day(value: object) -> date | None:
    """Return the day that *value* names: a date, or a text that begins with one in any usual way of writing.

    Dates with slashes count only where the order of day and month is plain.

    >>> day("2024-03-05T23:10:00-05:00"), day("Tue, 05 Mar 2024 10:00:00 GMT"), day("5. März 2024"), day("3/5/2024")
    (datetime.date(2024, 3, 5), datetime.date(2024, 3, 5), datetime.date(2024, 3, 5), None)
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = WEEKDAY.sub("", str(value)[:100].strip())
    for pattern in DATES:
        if found := pattern.match(text):
            return _of(found)
    if found := SLASHED.match(text):
        first, second, year = map(int, found.groups())
        return _valid(year, second, first) if first > 12 else _valid(year, first, second) if second > 12 else None
    try:
        return parsedate_to_datetime(text).date()
    except ValueError:
        return None


def day_in_address(address: str) -> date | None:
    """Return the day that stands in the path or query of an *address* (``/2024/03/05/``, ``-20240305.``)."""
    return _numbers(IN_ADDRESS.search(address))


def day_in_name(name: str) -> date | None:
    """Return the day with which a file *name* begins."""
    return _numbers(IN_NAME.match(name))


def dateline(paragraphs: Iterable[str]) -> date | None:
    """Return the day of the dateline (``Bern, 12.03.2024 - …``), which stands in one of the first *paragraphs*.

    It may also stand alone a little below, or at the end (``Ministry of Foreign Affairs, Colombo, 14 June 2024``). A
    date within a sentence is none: "On March 5, 2024, the Minister met …".
    """
    listed = list(paragraphs)
    for paragraph in listed[:DATELINE_PARAGRAPHS]:
        if found := _dateline_in(paragraph[: FAR + 40], AFTER):
            return found
    for paragraph in (*listed[:LETTERHEAD_PARAGRAPHS], *listed[: -SIGNATURE_PARAGRAPHS - 1 : -1]):
        if len(paragraph) < LONGEST_LINE and (found := _dateline_in(paragraph, REST_OF_LINE)):
            return found
    return None


def stamp(text: str) -> date | None:
    r"""Return the day that a line of the *text* gives as that of publication, as the pages of a website do.

    >>> stamp("Ministry of Trade\nPosted On: 19 NOV 2024 8:34AM by the Press Office")
    datetime.date(2024, 11, 19)
    """
    return next((found for line in STAMP.finditer(text) if (found := day(text[line.end() :][:100]))), None)


def _dateline_in(line: str, after: re.Pattern[str]) -> date | None:
    for pattern in DATES[:6]:
        found = pattern.search(line)
        if found and found.start() <= FAR and after.match(line, found.end()) and _leads(line[: found.start()]):
            return _of(found)
    return None


def _leads(before: str) -> bool:
    """Tell whether the words *before* a date are a place, a label or an office, never a clause."""
    words = WEEKDAY.sub("", before).split()
    return all(word in SMALL or not word[0].islower() for word in words) and (not words or words[0] not in CLAUSES)


def _of(found: re.Match[str]) -> date | None:
    month = found["m"].lower().rstrip(".")
    return _valid(int(found["y"]), MONTHS.get(month) or int(month), int(found["d"]))


def _numbers(found: re.Match[str] | None) -> date | None:
    return _valid(*map(int, found.groups())) if found else None


def _valid(year: int, month: int, day_of_month: int) -> date | None:
    try:
        return date(year, month, day_of_month)
    except ValueError:
        return None
