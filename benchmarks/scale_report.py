"""What `benchmarks.scale` has measured, as a table and as a drawing."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

__all__ = ["described", "written"]

_MB = 1e6
_ROWS: tuple[tuple[str, Callable[[dict[str, Any]], str]], ...] = (
    ("statements, millions", lambda found: f"{found['statements'] / 1e6:.2f}"),
    ("corpus, MB", lambda found: _number(found["corpus"] / _MB)),
    ("shards, MB", lambda found: _number(found["convert"]["disk"] / _MB)),
    ("store, MB", lambda found: _number(found["load"]["disk"] / _MB)),
    ("… kB a readout", lambda found: _number(found["load"]["disk"] / found["readouts"] / 1e3)),
    ("search index, MB", lambda found: _number(found["search index"]["disk"] / _MB)),
    ("**convert**: processor ms a readout", lambda found: _each(found, "convert")),
    ("… seconds by the clock", lambda found: _number(found["convert"]["seconds"])),
    ("… largest process, MB", lambda found: _number(found["convert"]["memory"] / _MB)),
    ("**load**: processor ms a readout", lambda found: _each(found, "load")),
    ("… statements a second of a processor", lambda found: f"{found['statements'] / found['load']['processor']:,.0f}"),
    ("… seconds by the clock", lambda found: _number(found["load"]["seconds"])),
    ("… largest process, MB", lambda found: _number(found["load"]["memory"] / _MB)),
    ("load again, unchanged: processor s", lambda found: _number(found["load again"]["processor"])),
    ("search index made: processor s", lambda found: _number(found["search index"]["processor"])),
    ("snapshot published: s by the clock", lambda found: _number(found["snapshot"]["seconds"])),
    ("restart, `kg query 'ASK {}'`: processor s", lambda found: _number(found["restart"]["processor"])),
    ("store opened, ms", lambda found: _number(found["open"] * 1e3)),
    ("… to be written to, ms", lambda found: _number(found["open to write"] * 1e3)),
    ("all of one readout, ms", lambda found: _number(found["one readout"] * 1e3)),
    ("one person's encounters, ms", lambda found: _number(found["one person's encounters"] * 1e3)),
    ("who met most, ms", lambda found: _number(found["who met most"] * 1e3)),
    ("statements by act, ms", lambda found: _number(found["statements by act"] * 1e3)),
    ("count of all statements, ms", lambda found: _number(found["all statements"] * 1e3)),
    ("search for two words, ms", lambda found: _number(found["search"] * 1e3)),
)
_LINES: tuple[tuple[str, str, Callable[[dict[str, Any]], float]], ...] = (
    ("convert, processor s", "#1f5f99", lambda found: found["convert"]["processor"]),
    ("load, processor s", "#b3541e", lambda found: found["load"]["processor"]),
    ("search index, processor s", "#2f7d4f", lambda found: found["search index"]["processor"]),
    ("count of all statements, s", "#7a4fa3", lambda found: found["all statements"]),
    ("who met most, s", "#8a6d00", lambda found: found["who met most"]),
    ("all of one readout, s", "#555555", lambda found: found["one readout"]),
)
_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 760, 420, 60, 210, 20, 40


def described(results: Sequence[dict[str, Any]]) -> str:
    """Return the table, in Markdown."""
    head = ["readouts", *(f"{found['readouts']:,}" for found in results)]
    rows = [[name, *(say(found) for found in results)] for name, say in _ROWS]
    lines = [head, ["---", *("---:" for _ in results)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def written(results: Sequence[dict[str, Any]], folder: Path) -> None:
    """Put the table between its marks in *folder*/scale.md, and draw scale.svg beside it."""
    page = folder / "scale.md"
    begin, end = "<!-- measured -->", "<!-- /measured -->"
    text = page.read_text(encoding="utf-8")
    block = f"{begin}\n{described(results)}\n{end}"
    page.write_text(re.sub(rf"{begin}.*{end}", lambda _: block, text, flags=re.DOTALL), encoding="utf-8")
    (folder / "scale.svg").write_text(drawn(results), encoding="utf-8")


def drawn(results: Sequence[dict[str, Any]]) -> str:
    """Return a drawing of costs by the number of readouts, both on logarithmic scales, as SVG."""
    numbers = [found["readouts"] for found in results]
    values = [max(value(found), 1e-5) for _, _, value in _LINES for found in results]
    right, bottom, top = (
        math.log10(numbers[-1]),
        math.floor(math.log10(min(values))),
        math.ceil(math.log10(max(values))),
    )
    left = math.log10(numbers[0])

    def place(number: float, value: float) -> tuple[float, float]:
        along = (math.log10(number) - left) / max(right - left, 1e-9)
        up = (math.log10(max(value, 1e-5)) - bottom) / max(top - bottom, 1)
        return _LEFT + along * (_WIDTH - _LEFT - _RIGHT), _HEIGHT - _BOTTOM - up * (_HEIGHT - _TOP - _BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif"'
        ' font-size="12">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
    ]
    for power in range(bottom, top + 1):
        x, y = place(numbers[0], 10.0**power)
        parts.append(f'<path d="M{x:.0f} {y:.1f}H{_WIDTH - _RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{x - 8:.0f}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g}</text>')
    for number in numbers:
        x, _ = place(number, 1)
        parts.append(f'<text x="{x:.1f}" y="{_HEIGHT - 18}" text-anchor="middle">{number:,}</text>')
    for name, colour, value in _LINES:
        points = [place(found["readouts"], value(found)) for found in results]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
        x, y = points[-1]
        parts.append(f'<text x="{x + 8:.1f}" y="{y + 4:.1f}" fill="{colour}">{name}</text>')
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    parts.append(f'<text x="{middle:.0f}" y="{_HEIGHT - 2}" text-anchor="middle">readouts</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _each(found: dict[str, Any], step: str) -> str:
    return _number(found[step]["processor"] / found["readouts"] * 1e3)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
