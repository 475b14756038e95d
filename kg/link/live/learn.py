"""What the indexes at hand do not settle is looked up, and what is found is kept in an index of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from kg.errors import InputError, NotFound
from kg.lexicon import Lexicon, fold
from kg.link.build import build_file
from kg.link.candidates import forms_of
from kg.link.index import Index
from kg.link.live.items import rows_of
from kg.link.live.request import Request
from kg.link.live.wikidata import Wikidata
from kg.link.rows import Row, day
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


def learn(
    wikidata: Wikidata,
    subjects: Iterable[Subject],
    path: Path,
    lexicon: Lexicon,
    watched: Callable[[Sequence[str]], Iterable[str]] = iter,
) -> int:
    """Look for *subjects*, and put the items that they may be into the index at *path*; return how many those are.

    The index is made if there is none. An item that it holds already is replaced by what is known now, and keeps the
    day on which it was asked for. `watched` is given the names, and hands them on as they are looked for.

    Raises:
        RemoteFailed: as `Client.json`; the index is then as it was.
    """
    names = list(dict.fromkeys(name for subject in subjects for name in looked_for(subject)))
    found = dict.fromkeys(qid for name in watched(names) for qid in wikidata.search(name))
    rows = list(rows_of(wikidata, found))
    if not rows:
        return 0
    new = (f"{_SOURCE} {wikidata.oldest}", rows, wikidata.oldest)
    build_file(path, [*_kept(path, frozenset(row.qid for row in rows)), new], lexicon)
    return len(found)


def _kept(path: Path, without: frozenset[str]) -> Iterator[tuple[str, list[Row], date | None]]:
    """Yield what was learned before, by source, leaving out the items *without*; nothing of an index of old."""
    try:
        known = Index.open(path)
    except (NotFound, InputError):
        return
    rows, sources = list(known.rows(without)), known.sources()
    known.close()
    for name, last, _ in sources:
        if own := [row for row in rows if row.source == name]:
            yield name, own, day(last)
