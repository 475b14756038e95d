"""Questions to an index: what fits, the best first, how it can be narrowed down, and how a word goes on."""

# ruff: noqa: S608  # what is put into a text of SQL is a constant of this package
from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from operator import itemgetter

from kg.search.entries import FACETS
from kg.search.facets import Count, counts, narrow
from kg.search.hits import gather, named, nearly
from kg.search.index import Index
from kg.search.words import Piece, Words, excerpt, folded, read

__all__ = ["Completion", "Found", "Hit", "Question", "complete", "find", "ranked", "suggest"]

_MOST_VALUES = 50
_NAMED_TYPES = ("official", "person", "agency", "organization", "initiative", "event", "country", "place", "post")
"""What has a name of its own, and not only words."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for: `words` as typed, and the values that each facet may have (any of them)."""

    words: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    """``relevance`` or ``date``, the newest first."""
    start: int = 0
    limit: int = 20

    def read(self) -> Words:
        """Return the words, with all facets: those that were typed as ``year:2016`` too."""
        words = read(self.words, FACETS)
        facets = {name: (*words.facets.get(name, ()), *self.facets.get(name, ())) for name in FACETS}
        return replace(words, facets={name: values[:_MOST_VALUES] for name, values in facets.items() if values})


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that fits. `documents` tell of it. `name` is the one that fits, if it is not the label.

    `excerpt` is the stretch of its text where the words stand. A greater `score` is better; it can be compared within
    one answer only.
    """

    iri: str
    type: str
    label: str
    detail: str
    date: str
    documents: int
    score: float
    name: str = ""
    excerpt: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The answer: `total` things fit, of which these `hits` were asked for, with the counts of each facet.

    `almost` tells that no name has the words, and these are written nearly so.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[Count, ...]]
    almost: bool = False


@dataclass(frozen=True, slots=True)
class Completion:
    """What somebody may mean who has typed the beginning of it."""

    iri: str
    type: str
    label: str
    detail: str


def find(index: Index, question: Question) -> Found:
    """Answer *question*.

    Raises:
        Unusable: the index is damaged.
    """
    words = question.read()
    with index.connection() as db:
        almost = gather(db, words)
        narrow(db, words.facets)
        (total,) = db.execute("SELECT count(*) FROM hit WHERE misses = 0").fetchone()
        order = "date DESC, score DESC" if question.sort == "date" else "score DESC, documents DESC, date DESC"
        rows = db.execute(
            "SELECT item.id, iri, type, label, detail, date, documents, score FROM hit JOIN item ON item.id = hit.item"
            f" WHERE misses = 0 ORDER BY {order}, label, iri LIMIT ? OFFSET ?",  # one of two texts
            (question.limit, question.start),
        ).fetchall()
        hits = tuple(_hit(db, words, *row) for row in rows)
        return Found(total, hits, counts(db, words.facets), almost)


def ranked(index: Index, text: str, limit: int) -> list[tuple[str, float]]:
    """Return the IRIs of what fits *text* best, with their scores.

    Raises:
        Unusable: the index is damaged.
    """
    words = Question(text).read()
    with index.connection() as db:
        gather(db, words)
        narrow(db, words.facets)
        return db.execute(
            "SELECT iri, round(score, 3) FROM hit JOIN item ON item.id = hit.item WHERE misses = 0"
            " ORDER BY score DESC, documents DESC, date DESC, label, iri LIMIT ?",
            (limit,),
        ).fetchall()


def complete(index: Index, text: str, types: tuple[str, ...] = (), limit: int = 10) -> list[Completion]:
    """Return what *text* may be the beginning of, the best first; only of these *types* if there are any.

    Raises:
        Unusable: the index is damaged.
    """
    words = read(text)
    if not words.terms:
        return []
    with index.connection() as db:
        found = named(db, words, limit, types) or nearly(db, words, types)
        best = sorted(found.items(), key=itemgetter(1), reverse=True)[:limit]
        row = "SELECT iri, type, label, detail FROM item WHERE id = ?"
        return [Completion(*db.execute(row, (item,)).fetchone()) for item, _ in best]


def suggest(index: Index, text: str, limit: int = 5) -> list[Completion]:
    """Return what may be meant by *text*, of which nothing was found: what is nearly written so, or has one word of it.

    Raises:
        Unusable: the index is damaged.
    """
    found: dict[str, Completion] = {}
    terms = read(text).terms
    for part in dict.fromkeys((text, *sorted(terms, key=len, reverse=True))):
        found |= {each.iri: each for each in complete(index, part, _NAMED_TYPES, limit) if each.iri not in found}
    return list(found.values())[:limit]


def _hit(
    db: sqlite3.Connection,
    words: Words,
    item: int,
    iri: str,
    kind: str,
    label: str,
    detail: str,
    date: str,
    documents: int,
    score: float,
) -> Hit:
    name, pieces = "", tuple[Piece, ...]()
    if words.terms:
        (text,) = db.execute("SELECT text FROM passage WHERE item = ?", (item,)).fetchone() or ("",)
        pieces = excerpt(text, words) if text else ()
        name = "" if _has(folded(label), words) else _other_name(db, item, words)
    elif kind == "statement":
        pieces = (Piece(label),)
    return Hit(iri, kind, label, detail, date, documents, round(score, 3), name, pieces)


def _has(name: str, words: Words) -> bool:
    return all(term in name for term in words.terms)


def _other_name(db: sqlite3.Connection, item: int, words: Words) -> str:
    rows = db.execute("SELECT text, fold FROM name WHERE item = ? ORDER BY kind, length(text)", (item,))
    return next((text for text, fold in rows if _has(fold, words)), "")
