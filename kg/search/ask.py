"""Questions to an index: what fits, the best first, how it can be narrowed down, and how a word goes on.

A name that is the very words comes first (for a person, the surname will do), then one that begins with them, then one
that has them all, then one that is nearly written so. Texts come behind names, by BM25. Among equals those that are
looked for more often, by their kind, and those of which more documents tell.
"""

# ruff: noqa: S608  # what is put into a text of SQL is a constant of this package
from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from operator import itemgetter

from rapidfuzz import fuzz

from kg.search.build import LABEL, OFFICE
from kg.search.entries import FACETS
from kg.search.index import Index
from kg.search.words import Piece, Words, excerpt, folded, read

__all__ = ["Completion", "Count", "Found", "Hit", "Question", "complete", "find", "ranked", "suggest"]

_EXACT, _BEGINS, _WORD_BEGINS, _ALL_WORDS, _ALMOST = 8.0, 6.0, 5.0, 4.0, 2.0
_ALIKE = 76.0
_CANDIDATES = 60
_SHOWN_COUNTS = 200
_NO_NAME = "('statement')"
_NOT_COMPLETED = "('statement', 'meeting')"
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
        return replace(words, facets={name: values for name, values in facets.items() if values})


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
class Count:
    """A value of a facet: `short` is what it is called in a question, `key` its IRI or name, `number` of hits."""

    short: str
    key: str
    label: str
    number: int
    chosen: bool = False


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
        almost = _gather(db, words)
        _narrow(db, words.facets)
        (total,) = db.execute("SELECT count(*) FROM hit WHERE misses = 0").fetchone()
        order = "date DESC, score DESC" if question.sort == "date" else "score DESC, documents DESC, date DESC"
        rows = db.execute(
            "SELECT item.id, iri, type, label, detail, date, documents, score FROM hit JOIN item ON item.id = hit.item"
            f" WHERE misses = 0 ORDER BY {order}, label, iri LIMIT ? OFFSET ?",  # one of two texts
            (question.limit, question.start),
        ).fetchall()
        hits = tuple(_hit(db, words, *row) for row in rows)
        return Found(total, hits, _counts(db, words.facets), almost)


def ranked(index: Index, text: str, limit: int) -> list[tuple[str, float]]:
    """Return the IRIs of what fits *text* best, with their scores.

    Raises:
        Unusable: the index is damaged.
    """
    words = Question(text).read()
    with index.connection() as db:
        _gather(db, words)
        _narrow(db, words.facets)
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
        found = _named(db, words, limit, types)
        found = found or _nearly(db, words, types)
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


# --- what fits ----------------------------------------------------------------------------------------------------

_NAMED = f"""
SELECT item.id, max(CASE
    WHEN name.fold = :plain AND name.kind < {OFFICE} THEN {_EXACT}
    WHEN item.type IN ('official', 'person') AND name.kind < {OFFICE} AND name.fold LIKE '% ' || :plain THEN {_EXACT}
    WHEN name.fold LIKE :plain || '%' AND name.kind < {OFFICE} THEN {_BEGINS}
    WHEN item.type IN ('official', 'person') AND name.kind = {LABEL} AND name.fold LIKE '% ' || :plain || '%'
        THEN {_BEGINS}
    WHEN name.fold LIKE '% ' || :plain || '%' AND name.kind = {LABEL} THEN {_WORD_BEGINS}
    ELSE {_ALL_WORDS} END - 0.3 * (name.kind > {LABEL})) + item.weight AS score
FROM names JOIN name ON name.id = names.rowid JOIN item ON item.id = name.item
WHERE names MATCH :expression AND item.type NOT IN {{without}} {{types}}
GROUP BY item.id"""
_TEXTS = """
SELECT passage.item, max(-passages.rank / (5 - passages.rank)) + item.weight / 100 AS score
FROM passages JOIN passage ON passage.id = passages.rowid JOIN item ON item.id = passage.item
WHERE passages MATCH :expression GROUP BY passage.item"""


def _gather(db: sqlite3.Connection, words: Words) -> bool:
    """Put what has all *words* into the table of hits; return whether it only nearly has them."""
    db.execute("DELETE FROM hit")
    if not words.terms:
        if not words.without:
            db.execute("INSERT INTO hit (item, score) SELECT id, weight FROM item")
        return False
    named = _NAMED.format(without=_NO_NAME, types="")  # names are whole, or begun by the last word
    values = {"plain": words.plain, "expression": words.expression(prefix=True)}
    put = "INSERT INTO hit (item, score) SELECT * FROM ({}) WHERE true ON CONFLICT (item) DO UPDATE SET score ="
    put += " max(score, excluded.score)"
    db.execute(put.format(named), values)
    (by_name,) = db.execute("SELECT count(*) FROM hit").fetchone()
    for prefix in (False, True):
        db.execute(put.format(_TEXTS), {"expression": words.expression(prefix=prefix)})
        if db.execute("SELECT 1 FROM hit LIMIT 1").fetchone():
            break
    if by_name:
        return False
    nearly = _nearly(db, words)
    db.executemany(put.format("SELECT ?, ?"), nearly.items())
    return bool(nearly)


def _named(db: sqlite3.Connection, words: Words, limit: int, types: tuple[str, ...]) -> dict[int, float]:
    """Return the things with a name that has all *words*, the last of which may be begun only."""
    listed = f"AND item.type IN ({', '.join('?' * len(types))})" if types else ""
    for at in range(len(types)):
        listed = listed.replace("?", f":type{at}", 1)
    text = _NAMED.format(without=_NOT_COMPLETED, types=listed) + " ORDER BY score DESC LIMIT :limit"
    values = {f"type{at}": kind for at, kind in enumerate(types)}
    values |= {"plain": words.plain, "expression": words.expression(prefix=True)}
    return dict(db.execute(text, values | {"limit": limit}).fetchall())


def _nearly(db: sqlite3.Connection, words: Words, types: tuple[str, ...] = ()) -> dict[int, float]:
    """Return the things with a name that is nearly written so: of those with most trigrams in common, the alike."""
    plain = words.plain[:60]
    grams = dict.fromkeys(plain[at : at + 3] for at in range(len(plain) - 2))
    if not grams or len(plain) < 4:
        return {}
    rows = db.execute(
        "SELECT name.item, name.fold, item.weight, item.type FROM grams JOIN name ON name.id = grams.rowid"
        f" JOIN item ON item.id = name.item WHERE grams MATCH ? AND item.type NOT IN {_NOT_COMPLETED}"
        " ORDER BY rank LIMIT ?",
        (" OR ".join(f'"{gram}"' for gram in grams), _CANDIDATES),
    )
    found: defaultdict[int, float] = defaultdict(float)
    for item, name, weight, kind in rows:
        alike = _alike(words.plain.split(), name.split())
        if alike >= _ALIKE and (not types or kind in types):
            found[item] = max(found[item], _ALMOST * alike / 100 + weight)
    return dict(found)


def _alike(asked: list[str], name: list[str]) -> float:
    """Return how alike each word is to the likest of a name, on average, from 0 to 100; 0 if one is like none."""
    ratios = [max(fuzz.ratio(word, other) for other in name) for word in asked if name]
    together = fuzz.ratio("".join(asked), "".join(name))  # Macron, Mac ron
    return max(together, sum(ratios) / len(ratios) if ratios and min(ratios) >= 60 else 0.0)


# --- narrowing down -----------------------------------------------------------------------------------------------


def _narrow(db: sqlite3.Connection, facets: Mapping[str, tuple[str, ...]]) -> None:
    """Note for each hit how many facets it misses, and which: what misses one alone counts as an alternative to it."""
    db.execute("UPDATE hit SET misses = 0, missed = ''")
    for kind, given in facets.items():
        marks = ", ".join("?" * len(given))
        if kind == "type":
            fits, values = f"(SELECT type FROM item WHERE id = hit.item) IN ({marks})", list(given)
        else:
            chosen = _values(db, kind, given)
            marks = ", ".join("?" * len(chosen))
            fits = f"EXISTS (SELECT 1 FROM tag WHERE item = hit.item AND value IN ({marks}))"
            values = list(map(str, chosen))
        db.execute(f"UPDATE hit SET misses = misses + 1, missed = ? WHERE NOT {fits}", (kind, *values))


def _values(db: sqlite3.Connection, kind: str, given: tuple[str, ...]) -> list[int]:
    """Return the ids of the values that somebody names: by the short form, in full, or by the label."""
    found: list[int] = []
    for name in given:
        rows = db.execute(
            "SELECT id FROM value WHERE kind = ?1 AND (short = ?2 OR short = ?3 OR key = ?4)",
            (kind, name, folded(name.rpartition("/")[2]).replace(" ", "-"), name),
        )
        found += (id for (id,) in rows)
    return found


def _counts(db: sqlite3.Connection, facets: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[Count, ...]]:
    """Count the hits of each value; of a facet that is chosen, also the alternatives."""
    chosen = {kind: set(_values(db, kind, given)) for kind, given in facets.items() if kind != "type"}
    found: dict[str, list[Count]] = {kind: [] for kind in FACETS}
    types = db.execute(
        "SELECT type, count(*) FROM hit JOIN item ON item.id = hit.item WHERE misses = 0 OR (misses = 1 AND missed ="
        " 'type') GROUP BY type"
    )
    found["type"] = [Count(kind, kind, kind, number, kind in facets.get("type", ())) for kind, number in types]
    rows = db.execute(
        "SELECT value.kind, value.short, value.key, coalesce(item.label, value.key), number, value.id FROM ("
        " SELECT t.value, count(*) AS number FROM (SELECT DISTINCT item, value, misses, missed FROM hit CROSS JOIN tag"
        "  USING (item) WHERE misses < 2) AS t JOIN value ON value.id = t.value"
        "  WHERE misses = 0 OR missed = value.kind GROUP BY t.value) AS counted"
        " JOIN value ON value.id = counted.value LEFT JOIN item ON item.iri = value.key"
    )
    for kind, short, key, label, number, id in rows:
        found[kind].append(Count(short, key, label, number, id in chosen.get(kind, ())))
    return {kind: tuple(_sorted(kind, counts)) for kind, counts in found.items()}


def _sorted(kind: str, counts: list[Count]) -> Iterator[Count]:
    """Order the values of a facet: years backwards, all others by number; the chosen are always among them."""
    if kind == "year":
        counts.sort(key=lambda count: count.short, reverse=True)
    else:
        counts.sort(key=lambda count: (-count.number, count.label))
    yield from counts[:_SHOWN_COUNTS]
    yield from (count for count in counts[_SHOWN_COUNTS:] if count.chosen)


# --- what is shown ------------------------------------------------------------------------------------------------


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
