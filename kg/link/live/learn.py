"""What the indexes at hand do not settle is looked up, and what is found is kept in an index of its own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.lexicon import Lexicon, fold
from kg.link.build import build_file
from kg.link.candidates import forms_of
from kg.link.index import Index
from kg.link.live.client import Request
from kg.link.live.items import rows_of
from kg.link.live.wikidata import Wikidata
from kg.link.rows import day
from kg.link.subjects import Subject

__all__ = ["learn", "looked_for", "searches"]

_SOURCE = "Wikidata"
_FORMS = 2
"""How many names of an entity are looked for: most have one."""


def looked_for(subject: Subject) -> tuple[str, ...]:
    """Return the names to look for. A person of whom only one word is known is nobody in particular."""
    forms = forms_of(subject)
    if subject.kind == "person":
        forms = tuple(form for form in forms if len(fold(form).split()) > 1)
    return forms[:_FORMS]


def searches(wikidata: Wikidata, subjects: Iterable[Subject]) -> list[Request]:
    """Return the requests that looking for *subjects* begins with; what is found is then asked about, 50 at a time."""
    return [wikidata.searching(name) for subject in subjects for name in looked_for(subject)]


def learn(wikidata: Wikidata, subjects: Iterable[Subject], path: Path, lexicon: Lexicon) -> int:
    """Look for *subjects*, and put the items that they may be into the index at *path*; return how many those are.

    The index is made if there is none. An item that it holds already is replaced by what is known now, and keeps the
    day on which it was asked for.

    Raises:
        RemoteFailed: as `Client.json`; the index is then as it was.
        InputError: the index was made by another version.
    """
    names = dict.fromkeys(name for subject in subjects for name in looked_for(subject))
    found = dict.fromkeys(qid for name in names for qid in wikidata.search(name))
    rows = list(rows_of(wikidata, found))
    if not rows:
        return 0
    known = Index.open(path) if path.exists() else None
    sources = {name: snapshot for name, snapshot, _ in known.sources()} if known else {}
    old = list(known.rows(frozenset(row.qid for row in rows))) if known else []
    kept = [(name, [row for row in old if row.source == name], day(last)) for name, last in sources.items()]
    new = (f"{_SOURCE} {wikidata.oldest}", rows, wikidata.oldest)
    build_file(path, [*(part for part in kept if part[1]), new], lexicon)
    return len(found)
