"""Tables and grammar files to entries; a malformed line is an error that names file, line and fault."""

from __future__ import annotations

import calendar
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kg.errors import InputError, NotFound
from kg.lexicon.entries import Body, Country, Named, PlaceName, Post, Publisher, Term

__all__ = ["KINDS", "merge_grammar", "read_grammar", "read_table", "stem", "table_kind"]

Row = dict[str, str]
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_FLAGS = {"": False, "no": False, "yes": True}


def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _flag(cell: str) -> bool:
    if cell not in _FLAGS:
        raise ValueError(f"expected yes or no, not {cell!r}")
    return _FLAGS[cell]


def _qid(cell: str) -> str | None:
    if cell and not (cell[0] == "Q" and cell[1:].isdecimal()):
        raise ValueError(f"no Wikidata id: {cell!r}")
    return cell or None


def _day(cell: str, *, last: bool) -> date | None:
    """Read a date, month or year; of a month or year take the last day if *last*, otherwise the first."""
    if not cell:
        return None
    if len(cell) == 10:
        return date.fromisoformat(cell)
    parts = _DATE.fullmatch(cell)
    if parts is None:
        raise ValueError(f"no date: {cell!r}")
    year, month = int(parts[1]), int(parts[2] or (12 if last else 1))
    return date(year, month, calendar.monthrange(year, month)[1] if last else 1)


def _country(row: Row) -> Country:
    return Country(
        row["name"],
        _list(row["aliases"]),
        _list(row["demonyms"]),
        row["capital"] or None,
        row["code"] or None,
        _qid(row["qid"]),
        _flag(row["ambiguous"]),
    )


def _place(row: Row) -> PlaceName:
    return PlaceName(
        row["name"],
        _list(row["aliases"]),
        row["country"] or None,
        row["type"] or "city",
        row["code"] or None,
        _qid(row["qid"]),
        _flag(row["ambiguous"]),
    )


def _body(row: Row) -> Body:
    governmental = row["governmental"] == "" or _flag(row["governmental"])
    return Body(row["name"], _list(row["aliases"]), governmental, row["country"] or None, _qid(row["qid"]))


def _term(row: Row) -> Term:
    start, end = _day(row["start"], last=False), _day(row["end"], last=True)
    if start and end and end < start:
        raise ValueError(f"the term ends ({end}) before it starts ({start})")
    return Term(row["person"], _list(row["aliases"]), row["post"], row["of"], start, end, _qid(row["qid"]))


def _post(row: Row) -> Post:
    return Post(row["title"], _list(row["aliases"]), _flag(row["shared"]))


def _publisher(row: Row) -> Publisher:
    return Publisher(row["name"], _list(row["aliases"]), row["country"] or None, _list(row["hosts"]), row["slug"])


def _named(row: Row) -> Named:
    return Named(row["name"], _list(row["aliases"]), _qid(row["qid"]))


KINDS: Mapping[str, tuple[Callable[[Row], Any], tuple[str, ...], tuple[str, ...]]] = {
    "countries": (_country, ("name",), ("aliases", "demonyms", "capital", "code", "qid", "ambiguous")),
    "places": (_place, ("name",), ("aliases", "country", "type", "code", "qid", "ambiguous")),
    "bodies": (_body, ("name",), ("aliases", "governmental", "country", "qid")),
    "terms": (_term, ("person", "post", "of"), ("aliases", "start", "end", "qid")),
    "posts": (_post, ("title",), ("aliases", "shared")),
    "publishers": (_publisher, ("name", "slug"), ("aliases", "country", "hosts")),
    "initiatives": (_named, ("name",), ("aliases", "qid")),
    "events": (_named, ("name",), ("aliases", "qid")),
}
"""For each table: what makes an entry of a row, the columns that must be filled, those that may be empty or absent."""


def stem(path: Path) -> str:
    """Return what a file extends: its name up to the first hyphen or dot."""
    return re.split(r"[-.]", path.name, maxsplit=1)[0]


def table_kind(path: Path) -> str:
    """Tell by its name which table a file extends: ``terms.tsv``, ``terms-mine.tsv`` and ``terms.2027.tsv`` are terms.

    Raises:
        InputError: the name begins with that of no table.
    """
    kind = stem(path)
    if kind not in KINDS:
        raise InputError(f"{path}: no such table: {kind!r}; name the file after one of {', '.join(KINDS)}")
    return kind


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise NotFound(f"{path}: no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text: {error}") from error


def read_table(path: Path, kind: str) -> Iterator[Any]:
    """Yield the entries of one tab-separated table; blank lines and lines that begin with ``#`` are skipped.

    Raises:
        NotFound: there is no such file.
        InputError: the header names an unknown column or lacks one, or a line is malformed.
    """
    make, needed, optional = KINDS[kind]
    lines = enumerate(_text(path).splitlines(), start=1)
    header: list[str] | None = None
    for number, line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = _header(path, number, cells, needed, optional)
            blank = dict.fromkeys(optional, "")
            continue
        if len(cells) != len(header):
            raise InputError(f"{path}, line {number}: {len(cells)} cells where the header has {len(header)}")
        row = {**blank, **dict(zip(header, cells, strict=True))}
        try:
            for column in needed:
                if not row[column]:
                    raise ValueError(f"{column} is empty")
            yield make(row)
        except ValueError as error:
            raise InputError(f"{path}, line {number}: {error}") from error


def _header(path: Path, number: int, cells: list[str], needed: tuple[str, ...], optional: tuple[str, ...]) -> list[str]:
    known = (*needed, *optional)
    for column in cells:
        if column not in known:
            raise InputError(f"{path}, line {number}: unknown column {column!r}; there are {', '.join(known)}")
    for column in needed:
        if column not in cells:
            raise InputError(f"{path}, line {number}: the column {column!r} is missing from the header")
    return cells


def read_grammar(path: Path) -> dict[str, Any]:
    """Return what a TOML file of grammar words says.

    Raises:
        NotFound: there is no such file.
        InputError: it is not TOML.
    """
    try:
        return tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: malformed TOML: {error}") from error


def merge_grammar(base: Mapping[str, Any], extra: Mapping[str, Any]) -> dict[str, Any]:
    """Return *base* extended by *extra*: tables merge, lists grow by what is new, any other value is replaced.

    >>> merge_grammar({"a": ["x"], "b": 1}, {"a": ["x", "y"], "b": 2})
    {'a': ['x', 'y'], 'b': 2}
    """
    merged = dict(base)
    for key, value in extra.items():
        old = merged.get(key)
        if isinstance(old, Mapping) and isinstance(value, Mapping):
            merged[key] = merge_grammar(old, value)
        elif isinstance(old, list) and isinstance(value, list):
            merged[key] = old + [item for item in value if item not in old]
        else:
            merged[key] = value
    return merged
