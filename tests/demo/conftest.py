"""The demonstration: as a careful reader wrote it down, and as the program reads it from its files."""

import pytest
from pyoxigraph import Store

from kg.extract import extract
from kg.model import Extraction, Readout
from kg.rdf import to_quads
from kg.resolve import resolve
from kg.resources import demonstration as folder
from kg.sources import read
from tests.demo.hand import by_hand

DELEGATION = "a meeting on a day of the visit before the last is taken for an earlier one (2015-03-12-monaco-nairobi)"
DELEGATES = "a delegation without names is not received (2017-04-03-samaraweera-colombo)"
PRONOUN = "who received her is not understood (2025-03-18-cassis-kallas)"
SEPARATELY = "a former president has no side, a second meeting no place (2023-11-15-nuland-nairobi)"
MISREAD = {
    "test_who_met_whom_most": DELEGATION,
    "test_which_officials_of_two_agencies_took_part_in_the_same_encounter": DELEGATION,
    "test_encounters_of_each_country_in_each_year": DELEGATION,
    "test_who_spoke_for_a_country": PRONOUN,
    "test_calls_and_meetings_of_each_official": PRONOUN,
    "test_what_one_country_asked_of_another": DELEGATION,
    "test_agencies_whose_officials_took_part": PRONOUN,
    "test_a_persons_network": PRONOUN,
    "test_encounters_at_a_place": SEPARATELY,
    "test_encounters_without_a_named_counterpart": DELEGATES,
    "test_who_received_whom": PRONOUN,
    "test_a_query_runs_as_it_stands_and_finds_something[as extracted-unnamed-counterpart]": DELEGATES,
}
"""Tests whose answer the program does not find in the texts yet; what comes right fails until it is struck off here."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        reason = MISREAD.get(item.name) or MISREAD.get(item.name.removesuffix("[as extracted]"))
        if reason and "as extracted" in item.name:
            item.add_marker(pytest.mark.xfail(reason=reason, strict=True))


@pytest.fixture(scope="session")
def readouts() -> list[Readout]:
    return list(read(folder()))


@pytest.fixture(scope="session")
def extractions(readouts) -> list[Extraction]:
    return [resolve(extract(readout)) for readout in readouts]


@pytest.fixture(scope="session", params=["by hand", "as extracted"])
def demonstration(request, readouts) -> Store:
    understood = map(by_hand, readouts) if request.param == "by hand" else request.getfixturevalue("extractions")
    store = Store()
    store.bulk_extend(quad for extraction in understood for quad in to_quads(extraction))
    return store
