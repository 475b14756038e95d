"""Analysis-ready tables: encounters, dyads and officials, with ISO and Correlates of War codes, and a codebook.

Each table is made of saved queries (``ontology/queries/table-*.rq``), which anybody can ask again, and is written as
CSV or Parquet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kg.tables.codebook import codebook
from kg.tables.dyads import COUNTRY_DYADS, PERSON_DYADS, country_dyads, person_dyads
from kg.tables.facts import Facts, Row, Rows
from kg.tables.meetings import MEETINGS, meetings
from kg.tables.officials import OFFICIALS, officials
from kg.tables.variables import Variable
from kg.tables.write import write_csv, write_parquet

__all__ = ["TABLES", "Facts", "Row", "Rows", "Table", "Variable", "codebook", "write_csv", "write_parquet"]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what one row is (`unit`), its `variables`, and how its rows are made of what the store says."""

    name: str
    unit: str
    variables: tuple[Variable, ...]
    rows: Callable[[Facts], Iterator[Row]]


TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table("meetings", "an encounter, as one readout tells of it", MEETINGS, meetings),
        Table("dyads", "two sides (countries or bodies) of an encounter", COUNTRY_DYADS, country_dyads),
        Table("person-dyads", "two persons of different sides of an encounter", PERSON_DYADS, person_dyads),
        Table("officials", "a post that readouts give to an official, in one way of holding it", OFFICIALS, officials),
    )
}
"""All tables by name."""
