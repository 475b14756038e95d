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

THEY = "who they are after a group that is not named (2017-04-03-samaraweera-colombo)"
MISREAD = {"test_who_spoke_for_a_country": THEY}
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
