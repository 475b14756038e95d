"""Dates as people write them, of any precision that the data have."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

__all__ = ["MONTHS", "human", "human_range", "time_tag"]

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")


def human(value: str) -> str:
    """Write a date, a month or a year of ISO 8601 out; leave anything else as it is.

    >>> human("2022-03-01"), human("2022-03"), human("2022"), human("soon")
    ('1 March 2022', 'March 2022', '2022', 'soon')
    """
    found = _DATE.fullmatch(value)
    if not found:
        return value
    year, month, day = found.groups()
    return " ".join(part for part in (day and str(int(day)), month and MONTHS[int(month) - 1], year) if part)


def human_range(start: str, end: str = "") -> str:
    """Write a stretch of time, without repeating what its ends have in common; empty if neither end is known.

    >>> human_range("2022-03-01", "2022-03-03"), human_range("2021-12-30", "2022-01-02"), human_range("2022-03")
    ('1–3 March 2022', '30 December 2021 – 2 January 2022', 'March 2022')
    >>> human_range("", "2022-03-03")
    'until 3 March 2022'
    """
    if end and not start:
        return f"until {human(end)}"
    if not end or end == start:
        return human(start)
    if _DATE.fullmatch(start) and len(start) == len(end) == 10:
        if start[:7] == end[:7]:
            return f"{int(start[8:])}–{human(end)}"
        if start[:4] == end[:4]:
            return f"{human(start).removesuffix(start[:4]).strip()} – {human(end)}"
    return f"{human(start)} – {human(end)}"


def time_tag(start: str, end: str = "") -> Markup:
    """Return the element ``time`` for a date or a stretch of time, or the plain text if it is none."""
    text = human_range(start, end)
    if not _DATE.fullmatch(start or end):
        return escape(text)
    return Markup('<time datetime="{}">{}</time>').format(start or end, text)
