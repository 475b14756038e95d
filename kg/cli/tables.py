"""`kg export TABLE`: analysis-ready tables of a store, and their codebook."""

from __future__ import annotations

from pathlib import Path

from kg.cli.common import format_of, output

__all__ = ["FORMATS", "NAMES", "export_table"]

NAMES = ("meetings", "dyads", "person-dyads", "officials")
FORMATS = ("csv", "parquet")


def export_table(name: str, location: str, target: str, format: str | None, codebook: Path | None, base: str) -> None:
    """Write the table *name* of the store at *location*, and its codebook, if a file is named for it."""
    from kg.store import Term
    from kg.store.asking import engine, solutions
    from kg.store.files import atomically
    from kg.tables import TABLES, Facts, write_csv, write_parquet
    from kg.tables import codebook as make_codebook

    table = TABLES[name]
    write = write_csv if format_of(target, format, FORMATS, "csv") == "csv" else write_parquet
    with engine(location) as asked:

        def rows(text: str) -> list[tuple[Term | None, ...]]:
            return [tuple(row) for row in solutions(asked, text, base)]

        with output(target) as file:
            write(file, table.variables, table.rows(Facts(rows, base)))
    if codebook is not None:
        with atomically(codebook) as file:
            file.write(make_codebook(table.name, table.unit, table.variables).encode())
