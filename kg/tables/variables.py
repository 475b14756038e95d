"""What a column is: its name, type and meaning, and which saved query it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Kind", "Variable", "sided"]

Kind = Literal["text", "iri", "date", "integer", "number", "boolean"]


@dataclass(frozen=True, slots=True)
class Variable:
    """A column. `missing` tells what an empty cell means; `query` is the saved query that it is made of."""

    name: str
    kind: Kind
    meaning: str
    query: str
    missing: str = ""


def sided(variables: tuple[Variable, ...]) -> tuple[Variable, ...]:
    """Return *variables* twice: for the first side of a dyad (``name1``), and for the second (``name2``)."""
    return tuple(
        Variable(f"{each.name}{number}", each.kind, each.meaning.replace("…", which), each.query, each.missing)
        for number, which in ((1, "first side"), (2, "second side"))
        for each in variables
    )
