"""Answers as data frames of pandas or polars, with typed columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, TypeAlias

import pyoxigraph as ox

from kg.errors import InputError, MissingExtra
from kg.saved import load_saved
from kg.sparql import outline
from kg.sparql.template import declared
from kg.store import Store, Term, is_address
from kg.store.asking import engine, solutions
from kg.vocab import BASE, PREFIXES, XSD

__all__ = ["Library", "read_dataframe"]

Library = Literal["pandas", "polars"]
_Rows: TypeAlias = Iterable[tuple[Term | None, ...]]
_Read: TypeAlias = Callable[[str], object]
_LIBRARIES: tuple[Library, ...] = ("pandas", "polars")


def read_dataframe(
    query: str,
    store: Store | str | Path = "kg-store",
    *,
    library: Library | None = None,
    base: str = BASE,
    timeout: float = float("inf"),
    **parameters: str,
) -> Any:  # noqa: ANN401  # a frame of a library that may be absent
    """Return the answer to a SELECT as a data frame: a column for each variable, a row for each solution.

    A column of ``xsd:date`` or ``xsd:dateTime`` has dates (those with times in UTC), one of numbers has numbers, one of
    ``xsd:boolean`` truth values; IRIs and all else are texts, as is a column in which dates are of several precisions.
    What is unbound is missing.

    Args:
        query: the text of a query, which may use the usual prefixes without declaring them; or the name of a saved one.
        store: the folder of a store, the address of a SPARQL 1.1 endpoint, or a store that is open. A folder is asked
            by a process of its own, which may die of the query.
        library: ``pandas`` or ``polars``; by default the first of them that is installed.
        base: what the IRIs of the store's entities begin with.
        timeout: seconds that it may take; an open store takes as long as it needs.
        parameters: the parameters of the saved query.

    Raises:
        QueryError: it does not parse or was stopped.
        InputError: it is no SELECT, or a parameter is unfit.
        StoreMissing: there is no store there.
        MissingExtra: no such library is installed.

    Example::

        meetings = kg.read_dataframe("meetings-of-person", "demo-store", person="official/antony-blinken", year="2022")
    """
    chosen = _chosen(library)
    text = _text(query, parameters, base)
    if outline(text).form != "SELECT":
        named = f"; there is no saved query {query!r}" if re.fullmatch(r"[\w-]+", query) else ""
        raise InputError(f"a data frame is made of the rows of a SELECT{named}")
    with _answered(text, store, base, timeout) as (names, rows):
        columns = zip(*rows, strict=True)
        typed = {name: _typed(list(column)) for name, column in zip(names, columns, strict=False)}
    typed = typed or {name: _typed([]) for name in names}
    return _pandas(typed) if chosen == "pandas" else _polars(typed)


def _chosen(library: Library | None) -> Library:
    wanted = (library,) if library else _LIBRARIES
    if unknown := [name for name in wanted if name not in _LIBRARIES]:
        raise InputError(f"library={unknown[0]!r}: there is pandas, and polars")
    for name in wanted:
        if find_spec(name):
            return name
    raise MissingExtra(f"data frames need an extra: pip install 'readout-kg[dataframe]', or {wanted[-1]}")


def _text(query: str, parameters: Mapping[str, str], base: str) -> str:
    saved = load_saved().get(query.strip())
    if saved is not None:
        return saved.rebased(base).bind(**parameters)
    if parameters:
        raise InputError(f"{next(iter(parameters))}= belongs to a saved query; there is none of this name")
    return query


@contextmanager
def _answered(text: str, store: Store | str | Path, base: str, timeout: float) -> Iterator[tuple[Sequence[str], _Rows]]:
    """Give the names of the columns, and the rows."""
    if isinstance(store, Store):
        answer = store.query(text, base_iri=base, prefixes=PREFIXES)
        yield answer.variables, answer.rows()
        return
    with engine(store, timeout=timeout) as asked:
        found = solutions(asked, declared(text) if is_address(store) else text, base)
        yield [variable.value for variable in found.variables], (tuple(row) for row in found)


_Kind = Literal["text", "integer", "number", "boolean", "date", "datetime"]
_Column: TypeAlias = tuple[_Kind, list[Any]]
_INTEGERS = (
    *("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger"),
    *("negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte"),
)
_KINDS: Mapping[str, _Kind] = {
    **{XSD.iri + name: "integer" for name in _INTEGERS},
    **{XSD.iri + name: "number" for name in ("decimal", "double", "float")},
    XSD.iri + "boolean": "boolean",
    XSD.iri + "date": "date",
    XSD.iri + "dateTime": "datetime",
}


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])  # a time zone may follow


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


_READ: Mapping[_Kind, _Read] = {
    "text": str,
    "integer": int,
    "number": float,
    "boolean": lambda text: text in ("true", "1"),
    "date": _day,
    "datetime": _moment,
}


def _typed(terms: Sequence[Term | None]) -> _Column:
    """Return what kind of values a column has, and the values."""
    texts = [None if term is None else str(getattr(term, "value", term)) for term in terms]
    kind = _kind(terms)
    try:
        values = [None if text is None else _READ[kind](text) for text in texts]
        if kind == "integer" and any(abs(value) >= 1 << 63 for value in values if isinstance(value, int)):
            raise OverflowError
        return kind, values
    except (ValueError, OverflowError):  # what is not of its datatype, or beyond what a column can hold
        return "text", texts


def _kind(terms: Iterable[Term | None]) -> _Kind:
    kinds: set[_Kind] = {
        _KINDS.get(term.datatype.value, "text") if isinstance(term, ox.Literal) else "text"
        for term in terms
        if term is not None
    }
    if kinds == {"integer", "number"}:
        return "number"
    return kinds.pop() if len(kinds) == 1 else "text"


def _pandas(columns: Mapping[str, _Column]) -> Any:  # noqa: ANN401
    pandas = import_module("pandas")
    types = {
        "text": "str",
        "integer": "Int64",
        "number": "Float64",
        "boolean": "boolean",
        "date": "datetime64[s]",
        "datetime": "datetime64[us, UTC]",
    }
    return pandas.DataFrame(
        {name: pandas.Series(values, dtype=types[kind]) for name, (kind, values) in columns.items()}
    )


def _polars(columns: Mapping[str, _Column]) -> Any:  # noqa: ANN401
    polars = import_module("polars")
    types = {
        "text": polars.String,
        "integer": polars.Int64,
        "number": polars.Float64,
        "boolean": polars.Boolean,
        "date": polars.Date,
        "datetime": polars.Datetime("us", "UTC"),
    }
    return polars.DataFrame(
        [polars.Series(name, values, dtype=types[kind]) for name, (kind, values) in columns.items()]
    )
