"""Whether an encounter that a later sentence tells of was before what the readout reports."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kg.extract.encounters.counterparts import PLURAL
from kg.extract.encounters.dates import When
from kg.extract.encounters.drafts import Draft
from kg.extract.encounters.ledger import Ledger
from kg.extract.encounters.sighting import Sighting

__all__ = ["has_just_been", "is_earlier", "is_of_these_days"]

PERFECT = re.compile(r"\b(?:has|have)(?: today| also)? $")
LONGEST_TRIP = 7
"""In days: what a trip's readout tells of so many days before is a part of the trip."""
DAY_LENGTH = 10
"""Of a date that is a day, in characters."""
FRONT_REACH = 20
"""Within how many characters a sentence begins with a date."""


def is_earlier(book: Ledger, sighting: Sighting) -> bool:
    """Tell whether it was before what the readout reports, by its date."""
    main, when, issued = book.main, sighting.when, book.scene.readout.issued
    if main is None and when and book.drafts and issued:
        return when.start[:7] < issued.isoformat()[:7] and len(when.start) < 10  # "In March, …" among plans
    if main is None or when is None or main.start is None or _is_on_trip(book, sighting, when):
        return False
    if _is_one_of_several(book, main, when):
        return False
    if len(when.start) < DAY_LENGTH <= len(main.start):
        return when.start < main.start[: len(when.start)]
    return when.start < main.start and (when.end is None or when.end < main.start)


def _is_one_of_several(book: Ledger, main: Draft, when: When) -> bool:
    """Tell whether it was the day before, where the title has several: "My meetings in Lima"."""
    if book.heading is None or not PLURAL.search(book.heading.span.of(book.scene.text)):
        return False
    days = (main.start or "", when.start)
    if any(len(day) < DAY_LENGTH for day in days):
        return False
    return date.fromisoformat(days[0]) - date.fromisoformat(days[1]) <= timedelta(days=1)


def is_of_these_days(book: Ledger, sighting: Sighting) -> bool:
    """Tell whether it was a day of the week before, with which its sentence begins: "On Monday, X met …"."""
    main, when = book.main, sighting.when
    if main is None or main.start is None or when is None or when.end:
        return False
    if {len(main.start), len(when.start)} != {DAY_LENGTH}:
        return False
    if not sighting.home.ids & main.people.keys() or not sighting.other:
        return False
    first = when.span.start - sighting.sentence.start < FRONT_REACH
    days = (date.fromisoformat(main.start) - date.fromisoformat(when.start)).days
    return (first or sighting.also) and 0 < days < LONGEST_TRIP


def _is_on_trip(book: Ledger, sighting: Sighting, when: When) -> bool:
    """Tell whether it was a day of the trip, of which the text may give the last ("concluded a visit today")."""
    visit = book.visit
    if visit is None or not sighting.home.ids & visit.people.keys() or len(when.start) < 10 or when.end:
        return False
    if visit.start is None or len(visit.start) < 10:
        return False
    return 0 < (date.fromisoformat(visit.start) - date.fromisoformat(when.start)).days < LONGEST_TRIP


def has_just_been(book: Ledger, sighting: Sighting) -> bool:
    """Tell whether a release opens with the perfect: "Minister X has met with Y"."""
    if book.drafts or sighting.status != "background" or sighting.frame == "noun":
        return False
    start, at = sighting.sentence.start, sighting.span.start
    return start < at and PERFECT.search(book.scene.text, start, at) is not None
