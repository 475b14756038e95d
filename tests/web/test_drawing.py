"""The geometry of the drawings: what is later lies further right, what is more is longer, nothing is lost."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from kg.lexicon import default_lexicon, slug
from kg.web.views.drawing import bars, circles, coordinates, life_line, months, spokes
from kg.web.views.encounters import Moment
from kg.web.views.thing import Ref


def moments(count, step=1):
    first = date(2020, 1, 1)
    return [Moment(f"urn:{n}", (first + timedelta(days=n * step)).isoformat(), "call", "held") for n in range(count)]


def test_what_is_later_lies_further_right():
    line = life_line(moments(20, step=40))
    assert all(earlier.x < later.x for earlier, later in pairwise(line.dots))
    assert all(0 <= dot.x <= 100 for dot in line.dots)
    assert [tick.label for tick in line.ticks if not tick.minor] == ["2020", "Jul 2020", "2021", "Jul 2021", "2022"]


def test_dots_of_one_day_are_stacked():
    day = [Moment(f"urn:{n}", "2020-05-01", "call", "held") for n in range(5)]
    line = life_line(day)
    assert len({(dot.x, dot.y) for dot in line.dots}) == 5
    assert len({dot.x for dot in line.dots}) == 1
    assert line.tall >= max(dot.y for dot in line.dots)


def test_many_encounters_are_drawn_by_month_and_all_are_counted():
    line = life_line(moments(400))
    assert not line.dots
    assert sum(rod.number for rod in line.rods) == 400
    assert all(rod.height <= line.tall for rod in line.rods)


def test_decades_are_drawn_by_year():
    line = months([(f"{year}-{month:02}", 2) for year in range(1990, 2020) for month in range(1, 13)])
    assert [(rod.period, rod.number) for rod in line.rods][:2] == [("1990", 24), ("1991", 24)]
    assert len(line.rods) == 30


@pytest.mark.parametrize("dates", [[], [""], ["soon"], ["", "about 2020"]])
def test_what_is_not_dated_is_not_drawn(dates):
    assert life_line([Moment(f"urn:{n}", day, "call", "held") for n, day in enumerate(dates)]) is None


def test_a_date_may_be_a_month_or_a_year():
    line = life_line([Moment("urn:a", "2020", "call", "held"), Moment("urn:b", "2020-07", "call", "held")])
    assert len(line.dots) == 2


def test_a_post_of_one_day_can_be_seen():
    line = life_line([], [(Ref("", "Envoy"), "2020-01-01", "2020-01-01"), (Ref("", "Minister"), "2010", "2020")])
    assert all(band.width > 0.5 and band.x + band.width <= 100 for band in line.bands)


def test_centuries_have_few_ticks():
    assert 1 < len(months([("1815-06", 1), ("2024-02", 3)]).ticks) < 10


def test_bars_and_spokes_stand_in_proportion():
    items = bars([(Ref("urn:a", "A"), 8), (Ref("urn:b", "B"), 2)])
    assert [bar.part for bar in items] == [100.0, 25.0]
    first, second = spokes(items)
    assert first.radius > second.radius
    assert len(spokes(bars((Ref(f"urn:{n}", str(n)), 1) for n in range(50)))) == 12


def test_countries_are_on_the_map_and_others_are_left_out():
    known = {slug(country.name) for country in default_lexicon().countries}
    assert coordinates().keys() <= known
    assert len(coordinates()) > 200
    (circle,) = circles(bars([(Ref("https://x.example/place/kenya", "Kenya"), 3), (Ref("urn:place/atlantis", "?"), 1)]))
    assert (circle.x, circle.y) == pytest.approx(((37.8 + 180) * 2, (84 - 0.5) * 2), abs=4)
