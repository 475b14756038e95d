"""Dates of office: who held a post on a day, and which time suits several holders at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kg.lexicon.entries import Term

__all__ = ["common_period", "sole_holder"]


def sole_holder(terms: Iterable[Term], on: date) -> Term | None:
    """Return the one of the terms of a post that covers the day.

    On the day of a hand-over that is the successor. A term without an end yields to a later one. None where several
    remain (a post that many hold, or terms that are known by the year alone).
    """
    current = sorted((term for term in terms if term.covers(on)), key=lambda term: term.start or date.min)
    if not current:
        return None
    last = current[-1]
    start = last.start or date.min
    if all(term.end is None or term.end <= start or term.person == last.person for term in current[:-1]) and (
        len(current) == 1 or (current[-2].start or date.min) < start or current[-2].person == last.person
    ):
        return last
    return None


def common_period(named: Iterable[Iterable[Term]]) -> tuple[date | None, date | None] | None:
    """Return first and last day of the time that suits most of the holders; each is given by the terms it may mean."""
    holders = [terms for terms in map(tuple, named) if terms]
    if not holders:
        return None
    starts = {term.start or date.min for terms in holders for term in terms}
    counts = {day: sum(any(term.covers(day) for term in terms) for terms in holders) for day in starts}
    most = max(counts.values())
    best = sorted(day for day, count in counts.items() if count == most)
    first, last = best[0], _last_day(holders, best[-1])
    return (None if first == date.min else first, None if last == date.max else last)


def _last_day(holders: list[tuple[Term, ...]], day: date) -> date:
    """Return how long from *day* on the same holders stay in office together."""
    ends = [max(term.end or date.max for term in terms if term.covers(day)) for terms in holders if _any(terms, day)]
    return min(ends, default=day)


def _any(terms: Iterable[Term], day: date) -> bool:
    return any(term.covers(day) for term in terms)
