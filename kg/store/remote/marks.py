"""What the journal on a server notes of the store itself: how the data lie, the revision, a write that has not ended.

Where a request is no transaction, a writer that is killed leaves the server at work on the step that the request was
in. To begin again beside it could mix the two, so that the next writer waits for its end.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from kg.store.document import JOURNAL
from kg.store.journal import FIELDS
from kg.store.remote.layout import Layout
from kg.store.remote.session import Session

__all__ = ["Marks", "between", "marking", "read_marks", "settled_marks"]

_SECONDS = 2.0
"""How long a write that does not end is waited for: well over one step, and what a restart after a cut costs."""
_UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True)
class Marks:
    """How the data lie (None where nothing of ours is there), how often they were changed, whether a write goes on."""

    layout: Layout | None = None
    revision: int = 0
    unfinished: bool = False


def read_marks(session: Session) -> Marks:
    """Return what the server at hand has."""
    rows = session.rows(f"SELECT ?name ?value {{ GRAPH {JOURNAL} {{ {JOURNAL} ?name ?value }} }}")
    noted = {_text(name).removeprefix(FIELDS): _text(value) for name, value in rows}
    if "layout" not in noted:
        return Marks()
    layout = Layout(cast(Any, noted["layout"]), noted["atomic"] == "true", tuple(noted["alters"].split()))
    return Marks(layout, int(noted["revision"]), _UNFINISHED in noted)


def settled_marks(session: Session) -> Marks:
    """Return what the server has once a write that goes on has ended, or was given up."""
    end = time.monotonic() + _SECONDS
    while (marks := read_marks(session)).unfinished and time.monotonic() < end:
        time.sleep(0.05)
    return marks


def marking(layout: Layout | None = None, **marks: str) -> Iterator[str]:
    """Yield the steps that note the *layout*, and other *marks*, in the journal."""
    if layout is not None:
        marks |= {"layout": layout.kind, "atomic": str(layout.atomic).lower(), "alters": " ".join(layout.alters)}
    for name, value in marks.items():
        yield _without(name)
        yield f'INSERT DATA {{ GRAPH {JOURNAL} {{ {JOURNAL} <{FIELDS}{name}> "{value}" }} }}'


def between(layout: Layout, steps: Iterable[str]) -> Iterator[str]:
    """Yield *steps* between those that note that a write goes on and that it has ended, where that can be seen."""
    if layout.atomic:
        yield from steps
    else:
        yield f'INSERT DATA {{ GRAPH {JOURNAL} {{ {JOURNAL} <{FIELDS}{_UNFINISHED}> "true" }} }}'
        yield from steps
        yield _without(_UNFINISHED)


def _without(name: str) -> str:
    return f"DELETE WHERE {{ GRAPH {JOURNAL} {{ {JOURNAL} <{FIELDS}{name}> ?o }} }}"


def _text(term: object) -> str:
    return str(getattr(term, "value", term))
