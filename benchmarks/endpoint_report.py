"""What `benchmarks.endpoint` has measured: ratios and means, as tables for the terminal and for docs/benchmarks.md."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeAlias

from rich.table import Table

__all__ = ["Cell", "Measured", "Setting", "described", "mean", "shown", "tabled", "written"]

_OURS, _NATIVE = "kg", "native"
_LONG = 5.0
"""Milliseconds of a processor from which the native server's time for a query counts as long."""
_AIMS = {(_NATIVE, True): "0.8", ("naive", True): "3", (_NATIVE, False): "5"}
_BEGIN, _END = "<!-- measured -->", "<!-- /measured -->"


@dataclass(frozen=True, slots=True)
class Cell:
    """One query asked of one server: answers a second, and milliseconds of a processor that each took."""

    rate: float = math.nan
    ms: float = math.nan


@dataclass(frozen=True, slots=True)
class Setting:
    """How it was asked: each time as if for the first (`cold`) or the same again, by so many `clients` at a time."""

    cold: bool
    clients: int

    def __str__(self) -> str:
        """Return it in words."""
        return f"{'cold' if self.cold else 'repeated'}, {self.clients} client{'s' * (self.clients > 1)}"


Measured: TypeAlias = Mapping[Setting, Mapping[str, Mapping[str, Cell]]]
"""By setting, query and server."""


def mean(values: Iterable[float]) -> float:
    """Return the geometric mean of those that are known."""
    known = [value for value in values if not math.isnan(value)]
    return math.exp(sum(map(math.log, known)) / len(known)) if known else math.nan


def shown(value: float, digits: int = 2) -> str:
    """Return a number as it is printed, and a dash for what is not known."""
    return "–" if math.isnan(value) else f"{value:.{digits}f}"


def tabled(setting: Setting, found: Mapping[str, Mapping[str, Cell]], names: list[str]) -> Table:
    """Return what was found in one setting, query by query and server by server, for a terminal."""
    others = [name for name in names if name != _OURS]
    table = Table("query", *(f"{name}/s" for name in names), *(f"kg:{name}" for name in others), title=str(setting))
    for name in names:
        table.add_column(f"{name} ms")
    for query, cells in found.items():
        rates = [shown(cells[name].rate, 1) for name in names]
        ratios = [shown(_ratio(cells, other)) for other in others]
        table.add_row(query, *rates, *ratios, *(shown(cells[name].ms) for name in names))
    table.add_row("geometric mean", *("" for _ in names), *(shown(_mean(found, other)) for other in others))
    return table


def described(
    measured: Measured, names: list[str], sizes: str, memory: Iterable[str], known: Collection[str] = ()
) -> str:
    """Return all of it in Markdown: the means beside what is aimed at, each query, and the memory of processes.

    The queries *known* are those that this endpoint answers from statistics: a mean is given without them, too.
    """
    about = f"Measured {date.today():%-d %B %Y}, {os.cpu_count()} processors, {sizes}; load at the end {_load()}."
    return "\n\n".join(
        (about, _means(measured, names, known), _queries(measured), "\n".join(f"- {line}" for line in memory))
    )


def written(text: str, page: Path) -> None:
    """Put *text* between the marks in *page*."""
    before = page.read_text(encoding="utf-8")
    block = f"{_BEGIN}\n{text}\n{_END}"
    page.write_text(re.sub(rf"{_BEGIN}.*{_END}", lambda _: block, before, flags=re.DOTALL), encoding="utf-8")


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "not known"


def _ratio(cells: Mapping[str, Cell], other: str) -> float:
    return cells[_OURS].rate / cells[other].rate if _OURS in cells and other in cells else math.nan


def _mean(found: Mapping[str, Mapping[str, Cell]], other: str, without: Collection[str] = ()) -> float:
    return mean(_ratio(cells, other) for query, cells in found.items() if query not in without)


def _means(measured: Measured, names: list[str], known: Collection[str]) -> str:
    """Return a row for each server and way to ask, and one for the query that does worst of those that take long."""
    clients = sorted({setting.clients for setting in measured})
    lines = [["geometric mean of throughput", "aim", *(f"{many} client{'s' * (many > 1)}" for many in clients)]]
    lines.append(["---", "---", *("---:" for _ in clients)])
    for cold in (True, False):
        for other in names:
            if other != _OURS:
                ratios = [shown(_mean(measured.get(Setting(cold, many), {}), other)) for many in clients]
                way = "cold" if cold else "repeated"
                lines.append([f"{way}, to {other}", _AIMS.get((other, cold), ""), *ratios])
    if known and _NATIVE in names:
        rest = [shown(_mean(measured.get(Setting(True, many), {}), _NATIVE, known)) for many in clients]
        lines.append([f"cold, to native, without what is known from statistics ({', '.join(known)})", "", *rest])
    worst = [_worst(measured.get(Setting(True, many), {})) for many in clients]
    lines.append([f"lowest to native, of queries above {_LONG:g} ms", "0.5", *worst])
    return _table(lines)


def _worst(found: Mapping[str, Mapping[str, Cell]]) -> str:
    long = {query: _ratio(cells, _NATIVE) for query, cells in found.items() if cells[_NATIVE].ms > _LONG}
    query = min(long, key=lambda query: long[query], default=None)
    return "–" if query is None else f"{shown(long[query])} ({query})"


def _queries(measured: Measured) -> str:
    """Return a row for each query: throughput to the native server's, and what an answer costs with most clients."""
    settings = sorted(measured, key=lambda setting: (not setting.cold, setting.clients))
    most = max(setting.clients for setting in settings)
    lines = [
        ["query", *map(str, settings), "kg, ms", "native, ms"],
        ["---", *("---:" for _ in settings), "---:", "---:"],
    ]
    costs = measured[Setting(True, most)]
    for query in costs:
        ratios = [shown(_ratio(measured[setting][query], _NATIVE)) for setting in settings]
        lines.append([query, *ratios, *(shown(costs[query][name].ms) for name in (_OURS, _NATIVE))])
    return (
        "Throughput in proportion to the native server, query by query, and the milliseconds of a processor that a cold"
        f" answer takes in all processes of a server, with {most} clients:\n\n{_table(lines)}"
    )


def _table(lines: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
