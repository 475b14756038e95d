"""The one form in which facts come into an index, whatever file they were read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

__all__ = ["KINDS", "Kind", "Row", "day", "kind_of", "number", "precise"]

Kind = Literal["person", "position", "organisation", "place", "initiative"]

KINDS: dict[str, Kind] = {
    "person": "person",
    "human": "person",
    "position": "position",
    "office": "position",
    "country": "place",
    "territory": "place",
    "historical": "place",
    "state": "place",
    "region": "place",
    "city": "place",
    "capital": "place",
    "place": "place",
    "organisation": "organisation",
    "international organisation": "organisation",
    "government agency": "organisation",
    "initiative": "initiative",
    "treaty": "initiative",
    "event": "initiative",
}
"""The types that a row may have, and the kind of entity that each can be the same as."""


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a source, or one of its terms of office: a line of the CSV layout.

    `country` is the id of the country that an entry belongs to, of a term the one it is served. `position` names the
    office of a person's term; of anything else it is a remark. `start` and `end` are ISO dates, months or years.
    `population` is 0 where it is not known.
    """

    qid: str
    label: str
    type: str
    aliases: tuple[str, ...] = ()
    country: str = ""
    position: str = ""
    position_qid: str = ""
    start: str = ""
    end: str = ""
    source: str = ""
    population: int = 0
    description: str = ""


def kind_of(type: str) -> Kind:
    """Return the kind of entity that a row of this type is.

    Raises:
        ValueError: there is no such type.
    """
    if type not in KINDS:
        raise ValueError(f"no such type: {type!r}; there are {', '.join(KINDS)}")
    return KINDS[type]


def number(qid: str) -> int:
    """Return the number of a Wikidata id, which may be given as an address.

    Raises:
        ValueError: it is none.

    >>> number("Q6279"), number("http://www.wikidata.org/entity/Q30")
    (6279, 30)
    """
    digits = qid.rsplit("/", 1)[-1].removeprefix("Q")
    if not (digits.isascii() and digits.isdecimal() and qid.rsplit("/", 1)[-1].startswith("Q")):
        raise ValueError(f"no Wikidata id: {qid!r}")
    return int(digits)


def day(value: str, *, last: bool = False) -> date | None:
    """Return the day that an ISO date, month or year begins with, or ends with if *last*; None for none.

    >>> day("2016-02", last=True), day("2016"), day("")
    (datetime.date(2016, 2, 29), datetime.date(2016, 1, 1), None)

    Raises:
        ValueError: it is no date.
    """
    from calendar import monthrange

    if not value:
        return None
    if len(value) == 10:
        return date.fromisoformat(value)
    year, _, month = value.partition("-")
    if not (len(year) == 4 and year.isdecimal() and (not month or len(month) == 2)):
        raise ValueError(f"no date: {value!r}")
    which = int(month or (12 if last else 1))
    return date(int(year), which, monthrange(int(year), which)[1] if last else 1)


def precise(time: str, precision: int) -> str:
    """Return a time of Wikidata as an ISO date, month or year, as precise as it is known.

    Precision 11 is a day, 10 a month, 9 a year; what is vaguer, or before our era, is no date.

    >>> precise("+2014-10-00T00:00:00Z", 10), precise("2014-01-01T00:00:00Z", 9), precise("+2010-00-00T00:00:00Z", 8)
    ('2014-10', '2014', '')
    """
    digits = time.removeprefix("+")
    if precision < 9 or digits.startswith("-"):
        return ""
    return digits[: {9: 4, 10: 7}.get(precision, 10)]
