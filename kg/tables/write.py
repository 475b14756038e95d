"""Tables as files: CSV (RFC 4180, UTF-8) and Parquet with typed columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import IO, Any

from kg.errors import MissingExtra
from kg.tables.facts import Row
from kg.tables.variables import Kind, Variable

__all__ = ["write_csv", "write_parquet"]

_GROUP = 50_000
"""How many rows are written at a time."""


def write_csv(output: IO[bytes], variables: Sequence[Variable], rows: Iterable[Row]) -> None:
    """Write *rows* as CSV with a head. What is missing is empty; truth values are ``true`` and ``false``.

    Spreadsheets take a cell that begins with ``=`` for a formula: such a text, which is other people's, gets an
    apostrophe.
    """
    text = io.TextIOWrapper(output, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([variable.name for variable in variables])
    for row in rows:
        writer.writerow([_cell(row[variable.name]) for variable in variables])
    text.detach()


def write_parquet(output: IO[bytes], variables: Sequence[Variable], rows: Iterable[Row]) -> None:
    """Write *rows* as Parquet: dates, numbers and truth values are what they are, all else is text.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    try:
        import pyarrow as arrow
        import pyarrow.parquet as parquet
    except ImportError:
        raise MissingExtra("writing Parquet needs an extra: pip install 'readout-kg[parquet]'") from None
    types: Mapping[Kind, Any] = {
        "text": arrow.string(),
        "iri": arrow.string(),
        "date": arrow.date32(),
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "boolean": arrow.bool_(),
    }
    schema = arrow.schema([arrow.field(v.name, types[v.kind], metadata={"meaning": v.meaning}) for v in variables])
    with parquet.ParquetWriter(output, schema, compression="zstd") as writer:
        for group in _groups(rows):
            writer.write_table(arrow.Table.from_pylist([dict(row) for row in group], schema=schema))


def _groups(rows: Iterable[Row]) -> Iterator[Sequence[Row]]:
    waiting = iter(rows)
    while group := list(islice(waiting, _GROUP)):
        yield group


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t" and value else value
