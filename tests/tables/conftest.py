"""The tables of the demonstration, as a careful reader wrote it down."""

import pytest
from pyoxigraph import Store

from kg.rdf import to_quads
from kg.resources import demonstration
from kg.sources import read
from kg.tables import TABLES, Facts
from tests.demo.hand import by_hand


@pytest.fixture(scope="session")
def facts() -> Facts:
    store = Store()
    store.bulk_extend(quad for readout in read(demonstration()) for quad in to_quads(by_hand(readout)))
    return Facts(lambda text: (tuple(row) for row in store.query(text, use_default_graph_as_union=True)))


@pytest.fixture(scope="session")
def rows(facts):
    """All rows of each table."""
    return {name: list(table.rows(facts)) for name, table in TABLES.items()}
