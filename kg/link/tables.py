"""Rows from tables: CSV in the layout of a gazetteer, and the results of SPARQL queries, as JSON or CSV."""

from __future__ import annotations

import bz2
import csv
import gzip
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from kg.errors import InputError, NotFound
from kg.link.dump import dump_rows
from kg.link.rows import Row

__all__ = ["COLUMNS", "read_rows"]

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

    A dump is told from SPARQL results by its first characters; ``.gz`` and ``.bz2`` are unpacked as they are read.

    Args:
        path: the file.
        type: of rows that name none.

    Raises:
        NotFound: there is no such file.
        InputError: it is in none of these forms, or malformed; the message says where.
    """
    kind = _suffix(path)
    if kind not in {".csv", ".srj", ".json", ".jsonl", ".ndjson"}:
        raise InputError(f"{path}: is no .csv, .json, .srj or .jsonl file, packed as .gz or .bz2 or not")
    try:
        with _opened(path) as file:
            if kind == ".csv":
                yield from _table(csv.DictReader(file), path, type)
            elif kind == ".srj" or (kind == ".json" and _is_result(path)):
                yield from _table(_bindings(file, path), path, type)
            else:
                yield from dump_rows(file, str(path))
    except FileNotFoundError:
        raise NotFound(f"{path}: no such file") from None
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error


def _suffix(path: Path) -> str:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    return "".join(suffix for suffix in suffixes[-2:] if suffix not in {".gz", ".bz2"})[-7:] if suffixes else ""


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    opener: Any = {".gz": gzip.open, ".bz2": bz2.open}.get(path.suffix.lower(), open)
    with opener(path, "rt", encoding="utf-8-sig", newline="") as file:
        yield cast(IO[str], file)


def _is_result(path: Path) -> bool:
    """Tell whether a JSON file is an object that begins as SPARQL results do; a dump is an array."""
    with _opened(path) as file:
        return file.read(64).lstrip().startswith("{")


def _bindings(file: IO[str], path: Path) -> Iterator[Mapping[str, str]]:
    """Yield the rows of SPARQL 1.1 Query Results JSON as texts."""
    try:
        result = json.load(file)
        for binding in result["results"]["bindings"]:
            yield {name: term["value"] for name, term in binding.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: is not the JSON form of SPARQL results ({type(error).__name__}: {error})") from error


def _table(rows: Iterable[Mapping[str | Any, str | Any]], path: Path, type: str) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        if number == 1 and not {"qid", "label"} <= set(row):
            raise InputError(f"{path}: lacks the columns qid and label; there may be {', '.join(COLUMNS)}")
        if None in row or None in row.values():
            raise InputError(f"{path}, row {number}: has more or fewer cells than the header")
        try:
            yield _row(row, type)
        except ValueError as error:
            raise InputError(f"{path}, row {number}: {error}") from None


def _row(row: Mapping[str, str], type: str) -> Row:
    def cell(name: str) -> str:
        return row.get(name, "").strip()

    def qid(name: str) -> str:
        return cell(name).removeprefix(_ENTITY)

    return Row(
        qid("qid"),
        cell("label"),
        cell("type") or type or "person",
        tuple(filter(None, (alias.strip() for alias in cell("aliases").split("|")))),
        qid("country_qid"),
        cell("position_label"),
        qid("position_qid"),
        _date(cell("start")),
        _date(cell("end")),
        cell("source"),
        int(cell("population") or (_POPULATION.search(cell("position_label")) or ("", "0"))[1]),
        cell("description"),
    )


def _date(value: str) -> str:
    """Return the day of a time of day, as SPARQL has it; other values as they are."""
    return value.split("T")[0] if value[10:11] == "T" else value
