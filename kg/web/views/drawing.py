"""Geometry for the SVG of the templates. Places along a line are in per cent, so that a drawing fits any width."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.web.service import service
from kg.web.views.dates import MONTHS, human
from kg.web.views.encounters import Moment
from kg.web.views.thing import Ref

__all__ = ["Bar", "Circle", "LifeLine", "Spoke", "bars", "circles", "coordinates", "life_line", "months", "spokes"]

_DOTS = 120
"""More encounters than these are drawn as a bar for each month."""
_RODS = 150
"""More months than these are drawn as a bar for each year."""
_SLOTS = 110
_DOT = 9
_TALL = 84


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a list with bars: `part` is its share of the greatest, in per cent."""

    ref: Ref
    number: int
    part: float

    @property
    def tail(self) -> str:
        """The end of the IRI, by which addresses on this site name it; empty for what is elsewhere."""
        return service().tail(self.ref.iri) or ""


def bars(counted: Iterable[tuple[Ref, int]]) -> list[Bar]:
    """Set numbers in relation to the greatest of them."""
    items = list(counted)
    greatest = max((number for _, number in items), default=0) or 1
    return [Bar(ref, number, round(100 * number / greatest, 1)) for ref, number in items]


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the axis of time; those that are `minor` are left out where there is little room."""

    x: float
    label: str
    minor: bool


@dataclass(frozen=True, slots=True)
class Dot:
    """One encounter: `y` is in pixels above the axis."""

    x: float
    y: float
    moment: Moment


@dataclass(frozen=True, slots=True)
class Rod:
    """The encounters of one month or year (``2022-03``, ``2022``): `height` is in pixels."""

    x: float
    width: float
    height: float
    period: str
    number: int

    @property
    def title(self) -> str:
        """What it says, in words."""
        return f"{human(self.period)}: {self.number}"


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of time with a name, such as a post: `first` and `last` are dates."""

    x: float
    width: float
    ref: Ref
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class LifeLine:
    """Encounters as dots, or as rods where they are many, over the bands below. `tall` is the height of the dots."""

    ticks: Sequence[Tick]
    dots: Sequence[Dot]
    rods: Sequence[Rod]
    bands: Sequence[Band]
    tall: int

    @property
    def kinds(self) -> set[str]:
        """The kinds of encounters that there are dots for."""
        return {dot.moment.kind for dot in self.dots}


def life_line(moments: Sequence[Moment], spans: Sequence[tuple[Ref, str, str]] = ()) -> LifeLine | None:
    """Lay encounters and *spans* (what, first day, last day) out along time; None if nothing is dated."""
    dated = [moment for moment in moments if _year(moment.date) is not None]
    years = [_year(moment.date) for moment in dated]
    years += [_year(day) for _, first, last in spans for day in (first, last)]
    known = [year for year in years if year is not None]
    if not known:
        return None
    axis = _Axis(min(known), max(known))
    dots = _stacked(axis, dated) if len(dated) <= _DOTS else []
    by_month = Counter(moment.date[:7] for moment in dated if len(moment.date) >= 7)
    rods = _rods(axis, by_month, _TALL) if len(dated) > _DOTS else []
    tall = max([dot.y + _DOT for dot in dots] + [_TALL if rods else 0, 12])
    return LifeLine(list(axis.ticks()), dots, rods, list(_bands(axis, spans)), math.ceil(tall))


def _year(date: str) -> float | None:
    """Return a date as a fraction of years: 2022-07 is 2022.5."""
    year, _, rest = date.partition("-")
    month, _, day = rest.partition("-")
    if not (year.isdecimal() and len(year) == 4):
        return None
    return (
        int(year) + (int(month) - 1 if month.isdecimal() else 0) / 12 + (int(day) - 1 if day.isdecimal() else 0) / 372
    )


@dataclass(frozen=True, slots=True)
class _Axis:
    """Time from `first` to `last`, in years, over the width of a drawing."""

    first: float
    last: float

    @property
    def _bounds(self) -> tuple[float, float]:
        margin = max((self.last - self.first) * 0.03, 1 / 12)
        return self.first - margin, self.last + margin

    def x(self, date: str) -> float:
        first, last = self._bounds
        return round(100 * ((_year(date) or first) - first) / (last - first), 2)

    def ticks(self) -> Iterator[Tick]:
        first, last = self._bounds
        step = next((step for step in (1, 3, 6, 12, 24, 60, 120, 240) if (last - first) * 12 / step <= 9), 600)
        month = math.ceil(first * 12 / step) * step
        while month <= last * 12:
            year, number = divmod(month, 12)
            label = str(year) if number == 0 or step >= 12 else f"{MONTHS[number][:3]} {year}"
            yield Tick(self.x(f"{year:04}-{number + 1:02}"), label, minor=(month // step) % 2 == 1)
            month += step


def _stacked(axis: _Axis, moments: Sequence[Moment]) -> list[Dot]:
    """Put the dots of one time above each other."""
    heights: Counter[int] = Counter()
    dots = []
    for moment in sorted(moments, key=lambda one: one.date):
        x = axis.x(moment.date)
        slot = round(x * _SLOTS / 100)
        dots.append(Dot(x, _DOT * (heights[slot] + 0.6), moment))
        heights[slot] += 1
    return dots


def _rods(axis: _Axis, months: Mapping[str, int], tall: int) -> list[Rod]:
    """Draw a rod for each month, or for each year where the months are many."""
    counted, width = Counter(months), axis.x("2001-02") - axis.x("2001-01")
    if len(months) > _RODS:
        counted, width = Counter(), axis.x("2002") - axis.x("2001")
        for month, number in months.items():
            counted[month[:4]] += number
    greatest = max(counted.values(), default=1)
    width = round(0.8 * min(max(0.6, width), 3.0), 2)
    return [
        Rod(axis.x(period), width, round(tall * number / greatest, 1), period, number)
        for period, number in sorted(counted.items())
    ]


def months(counted: Sequence[tuple[str, int]], tall: int = 120) -> LifeLine | None:
    """Draw how many there are in each month (``2022-03``) over time; None if there is none."""
    known = [(month, number) for month, number in counted if len(month) == 7]
    years = [year for month, _ in known if (year := _year(month)) is not None]
    if not years:
        return None
    axis = _Axis(min(years), max(years))
    return LifeLine(list(axis.ticks()), [], _rods(axis, dict(known), tall), [], tall)


def _bands(axis: _Axis, spans: Sequence[tuple[Ref, str, str]]) -> Iterator[Band]:
    for ref, first, last in spans:
        if _year(first) is not None:
            x = axis.x(first)
            yield Band(x, max(round(axis.x(last) - x, 2), 0.7), ref, first, last)


@dataclass(frozen=True, slots=True)
class Spoke:
    """One of those around a person: `x` in per cent, `y` in pixels; its name stands at the side that `anchor` tells."""

    x: float
    y: float
    radius: float
    width: float
    anchor: str
    bar: Bar


def spokes(around: Sequence[Bar], tall: int = 340) -> list[Spoke]:
    """Lay the first dozen out on an ellipse in a drawing of *tall* pixels."""
    chosen = around[:12]
    placed = []
    for index, bar in enumerate(chosen):
        angle = 2 * math.pi * (index + 0.5) / len(chosen)
        x, y = 50 + 27 * math.cos(angle), tall / 2 + (tall / 2 - 26) * math.sin(angle)
        size = math.sqrt(bar.part / 100)
        anchor = "start" if x >= 50 else "end"
        placed.append(Spoke(round(x, 2), round(y, 1), round(3 + 8 * size, 1), round(0.8 + 3 * size, 1), anchor, bar))
    return placed


@dataclass(frozen=True, slots=True)
class Circle:
    """A country on the map of ``static/land.svg``: two units for each degree, from 180° W and 84° N."""

    x: float
    y: float
    radius: float
    latitude: float
    longitude: float
    bar: Bar


def circles(counted: Iterable[Bar]) -> list[Circle]:
    """Return those whose place is known, the greatest first, so that small ones lie above; area tells the number."""
    known = coordinates()
    found = []
    for bar in counted:
        place = known.get(bar.ref.iri.rsplit("/", 1)[-1])
        if place:
            latitude, longitude = place
            radius = round(1.6 + 13 * math.sqrt(bar.part / 100), 1)
            found.append(Circle((longitude + 180) * 2, (84 - latitude) * 2, radius, latitude, longitude, bar))
    return sorted(found, key=lambda circle: -circle.radius)


@cache
def coordinates() -> Mapping[str, tuple[float, float]]:
    """Return latitude and longitude of each country by the end of its IRI: the centre of its largest piece of land."""
    lines = Path(__file__).with_name("countries.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines)
    return {name: (float(latitude), float(longitude)) for name, latitude, longitude in rows}
