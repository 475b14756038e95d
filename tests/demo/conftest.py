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
