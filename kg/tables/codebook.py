"""The codebook of a table, as Markdown: what a row is, and what each variable means."""

from __future__ import annotations

from collections.abc import Sequence

from kg import __version__
from kg.saved import saved_query
from kg.tables.variables import Kind, Variable

__all__ = ["codebook"]

_TYPES: dict[Kind, str] = {
    "text": "text",
    "iri": "IRI (text)",
    "date": "date (ISO 8601)",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
}
_HEAD = """\
# Codebook: {name}

One row is {unit}. Made by readout-kg {version} (`kg export {name}`) of what government readouts tell.

- A readout is one government's account. What it leaves out is missing here; that a row is absent does not mean that
  nothing happened.
- Encounters that are announced or only mentioned have rows too: keep `status` = held for what took place.
- An occasion that two readouts tell of has rows of both; `occasion` joins them.
- An empty cell (null in Parquet) is missing; the column says what that means. Lists are parted by `; `.
- In CSV a text that begins with one of `= + - @` has an apostrophe before it, so that no spreadsheet runs it.
- ISO codes are those of ISO 3166-1 as of today; Correlates of War numbers those of its list of states (2016).

| variable | type | meaning | empty means | made of |
|---|---|---|---|---|
"""
_QUERIES = """
## Queries

Each can be asked again: `kg query --saved {first}`.
"""


def codebook(name: str, unit: str, variables: Sequence[Variable]) -> str:
    """Return the codebook of the table *name*, whose rows are *unit*."""
    lines = [
        f"| `{each.name}` | {_TYPES[each.kind]} | {each.meaning} | {each.missing or 'never empty'} | {each.query} |"
        for each in variables
    ]
    queries = list(dict.fromkeys(query for each in variables for query in each.query.split(", ")))
    head = _HEAD.format(name=name, unit=unit, version=__version__)
    texts = "".join(f"\n### {query}\n\n```sparql\n{saved_query(query).text}```\n" for query in queries)
    return head + "\n".join(lines) + "\n" + _QUERIES.format(first=queries[0]) + texts
