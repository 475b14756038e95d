"""Rows from tables: CSV in the layout of a gazetteer, and the results of SPARQL queries, as JSON or CSV."""

from __future__ import annotations

import bz2
import csv
import gzip
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from kg.errors import InputError, NotFound
from kg.link.dump import dump_rows
from kg.link.rows import Row

__all__ = ["COLUMNS", "is_table", "opened", "read_cells", "read_rows"]

COLUMNS = (
    *("qid", "label", "aliases", "type", "country_qid"),
    *("position_label", "position_qid", "start", "end", "source", "population", "description"),
)
"""Of a CSV file, and the variables of a SPARQL result: only `qid` and `label` must be there."""
_POPULATION = re.compile(r"\bpop (\d+)")
"""As tables of cities have it in their remark."""
_ENTITY = "http://www.wikidata.org/entity/"


def read_rows(path: Path, type: str = "") -> Iterator[Row]:
    """Yield the rows of a file: CSV, SPARQL results (``.csv``, ``.srj``, ``.json``), or a dump of Wikidata.

    Args:
        path: the file.
        type: of rows that name none.

    Raises:
        NotFound: there is no such file.
        InputError: it is in none of these forms, or malformed; the message says where.
    """
    if is_table(path):
        for number, cells in read_cells(path, ("qid", "label"), COLUMNS):
            try:
                yield _row(cells, type)
            except ValueError as error:
                raise InputError(f"{path}, row {number}: {error}") from None
    else:
        with opened(path) as file:
            yield from dump_rows(file, str(path))


def is_table(path: Path) -> bool:
    """Tell whether a file has rows (CSV, SPARQL results) and not the entities of a dump.

    A dump is told from SPARQL results by its first characters.

    Raises:
        NotFound: there is no such file.
        InputError: its name says that it is neither, or it can't be read.
    """
    if not path.exists():
        raise NotFound(f"{path}: no such file")
    kind = _suffix(path)
    if kind not in {".csv", ".srj", ".json", ".jsonl", ".ndjson"}:
        raise InputError(f"{path}: is no .csv, .json, .srj or .jsonl file, packed as .gz or .bz2 or not")
    return kind in {".csv", ".srj"} or (kind == ".json" and _is_result(path))


def read_cells(path: Path, needed: Sequence[str], known: Sequence[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the rows of a table with their numbers, from 1; an item is its id.

    Args:
        path: CSV, or the results of a SPARQL query.
        needed: columns that must be there.
        known: columns that can be there, for the message that tells of a missing one.

    Raises:
        NotFound, InputError: as `read_rows`.
    """
    with opened(path) as file:
        rows = csv.DictReader(file) if _suffix(path) == ".csv" else _bindings(file, path)
        for number, row in enumerate(rows, 1):
            if number == 1 and not set(needed) <= set(row):
                raise InputError(f"{path}: lacks the columns {' and '.join(needed)}; there may be {', '.join(known)}")
            if None in row or None in row.values():
                raise InputError(f"{path}, row {number}: has more or fewer cells than the header")
            yield number, {name: value.strip().removeprefix(_ENTITY) for name, value in row.items()}


def _suffix(path: Path) -> str:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    return "".join(suffix for suffix in suffixes[-2:] if suffix not in {".gz", ".bz2"})[-7:] if suffixes else ""


@contextmanager
def opened(path: Path) -> Iterator[IO[str]]:
    """Open a text file, unpacked as it is read where its name ends in ``.gz`` or ``.bz2``.

    Raises:
        NotFound: there is no such file.
        InputError: it can't be read, also while it is.
    """
    opener: Any = {".gz": gzip.open, ".bz2": bz2.open}.get(path.suffix.lower(), open)
    try:
        with opener(path, "rt", encoding="utf-8-sig", newline="") as file:
            yield cast(IO[str], file)
    except FileNotFoundError:
        raise NotFound(f"{path}: no such file") from None
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error


def _is_result(path: Path) -> bool:
    """Tell whether a JSON file is an object that begins as SPARQL results do; a dump is an array."""
    with opened(path) as file:
        return file.read(64).lstrip().startswith("{")


def _bindings(file: IO[str], path: Path) -> Iterator[Mapping[str, str]]:
    """Yield the rows of SPARQL 1.1 Query Results JSON as texts."""
    try:
        result = json.load(file)
        for binding in result["results"]["bindings"]:
            yield {name: term["value"] for name, term in binding.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: is not the JSON form of SPARQL results ({type(error).__name__}: {error})") from error


def _row(cells: Mapping[str, str], type: str) -> Row:
    def cell(name: str) -> str:
        return cells.get(name, "")

    return Row(
        cell("qid"),
        cell("label"),
        cell("type") or type or "person",
        tuple(filter(None, (alias.strip() for alias in cell("aliases").split("|")))),
        cell("country_qid"),
        cell("position_label"),
        cell("position_qid"),
        _date(cell("start")),
        _date(cell("end")),
        cell("source"),
        int(cell("population") or (_POPULATION.search(cell("position_label")) or ("", "0"))[1]),
        cell("description"),
    )


def _date(value: str) -> str:
    """Return the day of a time of day, as SPARQL has it; other values as they are."""
    return value.split("T")[0] if value[10:11] == "T" else value
