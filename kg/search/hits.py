"""What fits a question, and how well: the names with all its words, the texts with them, the names nearly written so.

A name that is the very words comes first (for a person, the surname will do), then one that begins with them, then one
that has them all, then one that is nearly written so. Texts come behind names, by BM25. Among equals those that are
looked for more often, by their kind, and those of which more documents tell (`weight`, kept in the index).
"""

# ruff: noqa: S608  # what is put into a text of SQL is a constant of this package
from __future__ import annotations

import sqlite3
from collections import defaultdict

from rapidfuzz import fuzz

from kg.search.build import LABEL, OFFICE
from kg.search.words import Words

__all__ = ["gather", "named", "nearly"]

_EXACT, _BEGINS, _WORD_BEGINS, _ALL_WORDS, _ALMOST = 8.0, 6.0, 5.0, 4.0, 2.0
_ALIKE = 78.0
_WORD_ALIKE = 70.0
_CANDIDATES = 60

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
WHERE names MATCH :expression {{only}}
GROUP BY item.id"""
_COMPLETED = "AND item.type <> 'meeting'"
"""An encounter is called by who took part: whoever types a name means the person."""
_TEXTS = """
SELECT passage.item, max(-passages.rank / (5 - passages.rank)) + item.weight / 100 AS score
FROM passages JOIN passage ON passage.id = passages.rowid JOIN item ON item.id = passage.item
WHERE passages MATCH :expression GROUP BY passage.item"""
_PUT = """
INSERT INTO hit (item, score) SELECT * FROM ({}) WHERE true
ON CONFLICT (item) DO UPDATE SET score = max(score, excluded.score)"""


def gather(db: sqlite3.Connection, words: Words) -> bool:
    """Put what has all *words* into the table of hits; return whether it only nearly has them."""
    db.execute("DELETE FROM hit")
    if not words.terms:
        if not words.without:
            db.execute("INSERT INTO hit (item, score) SELECT id, weight FROM item")
        return False
    named = {"plain": words.plain, "expression": words.expression(prefix=True)}
    by_name = db.execute(_PUT.format(_NAMED.format(only="")), named).rowcount
    by_text = db.execute(_PUT.format(_TEXTS), {"expression": words.expression(prefix=False)}).rowcount
    if not by_name and not by_text:
        db.execute(_PUT.format(_TEXTS), {"expression": words.expression(prefix=True)})
    alike = {} if by_name else nearly(db, words)
    db.executemany(_PUT.format("SELECT ?, ?"), alike.items())
    return bool(alike)


def named(db: sqlite3.Connection, words: Words, limit: int, types: tuple[str, ...]) -> dict[int, float]:
    """Return the things with a name that has all *words*, the last of which may be begun only."""
    chosen = {f"type{at}": kind for at, kind in enumerate(types)}
    only = f"AND item.type IN ({', '.join(f':{name}' for name in chosen)})" if chosen else _COMPLETED
    values = {"plain": words.plain, "expression": words.expression(prefix=True), "limit": limit}
    return dict(db.execute(f"{_NAMED.format(only=only)} ORDER BY score DESC LIMIT :limit", values | chosen).fetchall())


def nearly(db: sqlite3.Connection, words: Words, types: tuple[str, ...] = ()) -> dict[int, float]:
    """Return the things with a name that is nearly written so: of those with most trigrams in common, the alike."""
    plain = words.plain[:60]
    grams = dict.fromkeys(plain[at : at + 3] for at in range(len(plain) - 2))
    if not grams or len(plain) < 4:
        return {}
    rows = db.execute(
        "SELECT name.item, name.fold, item.weight, item.type FROM grams JOIN name ON name.id = grams.rowid"
        f" JOIN item ON item.id = name.item WHERE grams MATCH ? {_COMPLETED}"
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
    return max(together, sum(ratios) / len(ratios) if ratios and min(ratios) >= _WORD_ALIKE else 0.0)
