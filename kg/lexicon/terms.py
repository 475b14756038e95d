"""Dates of office: who held a post on a day, and which time suits several holders at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kg.lexicon.entries import Term

__all__ = ["common_period", "sole_holder"]


def sole_holder(terms: Iterable[Term], on: date, *, shared: bool = False) -> Term | None:
    """Return the one of the terms of a post that covers the day.

    On the day of a hand-over that is the successor's. A term without an end yields to a later one, unless the post is
    *shared*. None where several remain: a shared post, or terms whose borders are known by month or year alone.
    """
    current = sorted((term for term in terms if term.covers(on)), key=_start)
    if not current:
        return None
    last = current[-1]
    rivals = (term for term in current[:-1] if term.person != last.person)
    return last if all(_gave_way(term, last, shared) for term in rivals) else None


def _start(term: Term) -> date:
    return term.start or date.min


def _gave_way(old: Term, new: Term, shared: bool) -> bool:
    """Tell whether the term *new* took the place of *old*."""
    if old.end is None:
        return not shared and _start(old) < _start(new)
    return old.end <= _start(new)


def common_period(named: Iterable[Iterable[Term]]) -> tuple[date | None, date | None] | None:
    """Return first and last day of the time that suits most of the holders; each is given by the terms it may mean."""
    holders = [terms for terms in map(tuple, named) if terms]
    if not holders:
        return None
    starts = {_start(term) for terms in holders for term in terms}
    counts = {day: sum(_any(terms, day) for terms in holders) for day in starts}
    most = max(counts.values())
    best = sorted(day for day, count in counts.items() if count == most)
    first, last = best[0], _last_day(holders, best[-1])
    return (None if first == date.min else first, None if last == date.max else last)


def _last_day(holders: list[tuple[Term, ...]], day: date) -> date:
    """Return how long, from *day* on, those who are in office on that day stay so together."""
    ends = (max((term.end or date.max for term in terms if term.covers(day)), default=date.max) for terms in holders)
    return min(ends)


def _any(terms: Iterable[Term], day: date) -> bool:
    return any(term.covers(day) for term in terms)
