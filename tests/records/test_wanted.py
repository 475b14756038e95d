"""Which encounters are of the days that were asked for."""

import pyoxigraph as ox
import pytest

from kg.records.encounters import Wanted, encounters
from kg.records.source import Source
from kg.vocab import PREFIXES, READOUT, SCHEMA

BASE = "https://w3id.org/readout/"
DAYS = {
    "visit": ("2022-05-05", "2022-05-08"),
    "departure": (None, "2022-05-06"),  # it is told only when it ended
    "call": ("2022-05-07", None),
    "month": ("2022-04", None),
    "undated": (None, None),
}


@pytest.fixture
def source():
    """A source that knows an encounter for each of `DAYS`."""
    store = ox.Store()
    for name, days in DAYS.items():
        meeting = ox.NamedNode(f"{BASE}meeting/{name}")
        store.add(ox.Quad(meeting, ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), READOUT.Meeting))
        for property, day in zip((SCHEMA.startDate, SCHEMA.endDate), days, strict=True):
            if day:
                store.add(ox.Quad(meeting, property, ox.Literal(day)))
    return Source(lambda text: store.query(text, prefixes=PREFIXES), BASE)


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("", "", ["call", "departure", "visit", "month", "undated"]),
        ("2022-05-06", "", ["call", "departure", "visit"]),
        ("2022-05-08", "", ["visit"]),
        ("2022-05-09", "", []),
        ("", "2022-05-05", ["visit", "month"]),
        ("", "2022-05-06", ["departure", "visit", "month"]),
        ("2022-04-30", "2022-04-30", ["month"]),
        ("2022-05", "2022-05", ["call", "departure", "visit"]),
    ],
)
def test_an_encounter_of_several_days_is_wanted_if_one_of_them_is(source, since, until, found):
    records = encounters(source, Wanted(since=since, until=until)).records
    assert [record["iri"].rsplit("/", 1)[-1] for record in records] == found
