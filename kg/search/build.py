"""Making the index, and bringing a copy of it up to date: document by document, so that memory stays flat.

An index is one file of SQLite that never changes once it has its name. What two documents say of one thing is kept for
each of them (`appearance`, `said`, `tag`), so taking one out leaves what the other says: an index that was brought up
to date has the same in it as one that was made anew.
"""

# ruff: noqa: S608  # what is put into a text of SQL is a constant of this package
from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from kg.search.entries import TYPES, Entry
from kg.search.words import folded

__all__ = ["LABEL", "OFFICE", "SCHEMA_VERSION", "Written", "make", "revise"]

SCHEMA_VERSION = 1
"""Of the tables below and of what `kg.search.entries` puts into them: another one is made anew."""

LONGEST = 500
"""Characters of a name that are kept: a longer one is none, and must not fill a page."""
LABEL, NAME, OFFICE = 0, 1, 2
"""How a thing is called: by its label, by another name, by its office."""

_SCHEMA = f"""
CREATE TABLE document (id INTEGER PRIMARY KEY, graph TEXT UNIQUE NOT NULL, state TEXT NOT NULL);
CREATE TABLE item (
    id INTEGER PRIMARY KEY, iri TEXT UNIQUE NOT NULL, type TEXT NOT NULL DEFAULT '', label TEXT NOT NULL DEFAULT '',
    detail TEXT NOT NULL DEFAULT '', date TEXT NOT NULL DEFAULT '', documents INTEGER NOT NULL DEFAULT 0,
    weight REAL NOT NULL DEFAULT 0);
CREATE TABLE appearance (
    document INTEGER NOT NULL, item INTEGER NOT NULL, type INTEGER NOT NULL, detail TEXT NOT NULL, date TEXT NOT NULL,
    PRIMARY KEY (document, item)) WITHOUT ROWID;
CREATE INDEX appearance_item ON appearance (item);
CREATE TABLE name (
    id INTEGER PRIMARY KEY, item INTEGER NOT NULL, kind INTEGER NOT NULL, text TEXT NOT NULL, fold TEXT NOT NULL,
    UNIQUE (item, kind, text));
CREATE TABLE said (
    name INTEGER NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (name, document)) WITHOUT ROWID;
CREATE INDEX said_document ON said (document);
CREATE TABLE passage (
    id INTEGER PRIMARY KEY, item INTEGER NOT NULL, document INTEGER NOT NULL, text TEXT NOT NULL, fold TEXT NOT NULL);
CREATE INDEX passage_document ON passage (document);
CREATE INDEX passage_item ON passage (item);
CREATE TABLE value (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, short TEXT NOT NULL,
    UNIQUE (kind, key));
CREATE TABLE tag (
    item INTEGER NOT NULL, value INTEGER NOT NULL, document INTEGER NOT NULL,
    PRIMARY KEY (item, value, document)) WITHOUT ROWID;
CREATE VIRTUAL TABLE names USING fts5 (
    fold, content = 'name', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3');
CREATE VIRTUAL TABLE grams USING fts5 (
    fold, content = 'name', content_rowid = 'id', tokenize = 'trigram', detail = 'none');
CREATE VIRTUAL TABLE passages USING fts5 (
    fold, content = 'passage', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 0');
CREATE TRIGGER name_in AFTER INSERT ON name BEGIN
    INSERT INTO names (rowid, fold) VALUES (new.id, new.fold);
    INSERT INTO grams (rowid, fold) SELECT new.id, new.fold
        WHERE new.kind < {OFFICE} AND length(new.fold) < 80;
END;
CREATE TRIGGER name_out AFTER DELETE ON name BEGIN
    INSERT INTO names (names, rowid, fold) VALUES ('delete', old.id, old.fold);
    INSERT INTO grams (grams, rowid, fold) SELECT 'delete', old.id, old.fold
        WHERE old.kind < {OFFICE} AND length(old.fold) < 80;
END;
CREATE TRIGGER passage_in AFTER INSERT ON passage BEGIN
    INSERT INTO passages (rowid, fold) VALUES (new.id, new.fold);
END;
CREATE TRIGGER passage_out AFTER DELETE ON passage BEGIN
    INSERT INTO passages (passages, rowid, fold) VALUES ('delete', old.id, old.fold);
END;
CREATE TABLE state (generation INTEGER NOT NULL);
INSERT INTO state VALUES (0);
PRAGMA user_version = {SCHEMA_VERSION};
"""

Written = tuple[str, str, Iterable[Entry]]
"""A document: the IRI of its graph, a text that differs for each of its states, its entries."""

_ORDER = tuple(dict.fromkeys(TYPES.values()))
_WEIGHTS = {
    "official": 0.9,
    "country": 0.9,
    "agency": 0.8,
    "initiative": 0.8,
    "person": 0.7,
    "organization": 0.5,
    "event": 0.5,
    "place": 0.5,
    "post": 0.2,
    "topic": 0.0,
    "meeting": -0.6,
    "readout": -0.5,
    "statement": -0.8,
}
"""What people look for comes before what they do not mean: of two things of one name, the person."""


def make(path: Path, documents: Iterable[Written], generation: int) -> None:
    """Make an index of *documents*, which are those of *generation*, in the new file *path*."""
    with closing(_opened(path)) as db:
        db.executescript(_SCHEMA)
        with db:
            _take_in(db, documents)
            _settle(db, generation)
            for table in ("names", "grams", "passages"):
                db.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")


def revise(path: Path, gone: Iterable[str], changed: Iterable[Written], generation: int) -> None:
    """Bring the index in the file *path* to *generation*.

    Args:
        path: a copy of the index of another generation.
        gone: the graphs of documents that there are no more, or are no more as they were.
        changed: the documents that are new, or are no more as they were.
        generation: what it then is the index of.
    """
    with closing(_opened(path)) as db, db:
        for graph in gone:
            _take_out(db, graph)
        _take_in(db, changed)
        _settle(db, generation)


def _opened(path: Path) -> sqlite3.Connection:
    """Open a file that nobody else knows yet: a kill leaves a half one, which gets no name."""
    db = sqlite3.connect(path)
    db.executescript("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -32000;")
    db.execute("CREATE TEMP TABLE touched (item INTEGER PRIMARY KEY)")
    return db


def _take_out(db: sqlite3.Connection, graph: str) -> None:
    found = db.execute("SELECT id FROM document WHERE graph = ?", (graph,)).fetchone()
    if found is None:
        return
    db.execute("INSERT OR IGNORE INTO touched SELECT item FROM appearance WHERE document = ?", found)
    db.execute(
        "DELETE FROM tag WHERE document = ?1 AND item IN (SELECT item FROM appearance WHERE document = ?1)", found
    )
    db.execute("DELETE FROM passage WHERE document = ?", found)
    db.execute("DELETE FROM said WHERE document = ?", found)
    db.execute("DELETE FROM appearance WHERE document = ?", found)
    db.execute("DELETE FROM document WHERE id = ?", found)


def _take_in(db: sqlite3.Connection, documents: Iterable[Written]) -> None:
    values: dict[tuple[str, str], int] = {}
    for graph, state, entries in documents:
        new = "INSERT INTO document (graph, state) VALUES (?, ?) RETURNING id"
        (document,) = db.execute(new, (graph, state)).fetchone()
        for entry in entries:
            _enter(db, document, entry, values)


def _enter(db: sqlite3.Connection, document: int, entry: Entry, values: dict[tuple[str, str], int]) -> None:
    """Write what *document* says of one thing. *values* keeps the ids of facets' values, of which there are few."""
    item = _id(db, "item", iri=entry.iri)
    db.execute("INSERT OR IGNORE INTO touched VALUES (?)", (item,))
    appearance = (document, item, _ORDER.index(entry.type), entry.detail[:LONGEST], entry.date)
    db.execute("INSERT OR REPLACE INTO appearance VALUES (?, ?, ?, ?, ?)", appearance)
    called_by_its_words = entry.label == entry.text  # a statement
    for rank, text in () if called_by_its_words else _names(entry):
        name = _id(db, "name", item=item, kind=rank, text=text, fold=folded(text))
        db.execute("INSERT OR IGNORE INTO said VALUES (?, ?)", (name, document))
    if entry.text:
        row = (item, document, entry.text, folded(entry.text))
        db.execute("INSERT INTO passage (item, document, text, fold) VALUES (?, ?, ?, ?)", row)
    facets = {(kind, key[:LONGEST]) for kind, key in entry.facets}
    for kind, key in facets:
        if (kind, key) not in values:
            values[kind, key] = _id(db, "value", kind=kind, key=key, short=_short(key))
    tags = ((item, values[pair], document) for pair in facets)
    db.executemany("INSERT OR IGNORE INTO tag VALUES (?, ?, ?)", tags)


def _id(db: sqlite3.Connection, table: str, **row: str | int) -> int:
    """Return the id of a row of *table*, which is added if it is not there."""
    known = db.execute(
        f"SELECT id FROM {table} WHERE {' AND '.join(f'{column} = :{column}' for column in row)}", row
    ).fetchone()
    if not known:
        names = ", ".join(row)
        values = ", ".join(f":{column}" for column in row)
        known = db.execute(f"INSERT INTO {table} ({names}) VALUES ({values}) RETURNING id", row).fetchone()
    return int(known[0])


def _names(entry: Entry) -> Iterator[tuple[int, str]]:
    yield LABEL, entry.label[:LONGEST]
    yield from ((NAME, text[:LONGEST]) for text in entry.names)
    yield from ((OFFICE, text[:LONGEST]) for text in entry.offices)


def _short(key: str) -> str:
    """Return what a value is called in an address: the last part of an IRI, or the words of a name."""
    tail = key.rstrip("/").rpartition("/")[2] if "://" in key else key
    return folded(tail).replace(" ", "-") or key


def _settle(db: sqlite3.Connection, generation: int) -> None:
    """Work out what each thing that was touched is, over all documents; drop what none has any more."""
    db.execute(
        "DELETE FROM name WHERE item IN (SELECT item FROM touched)"
        " AND NOT EXISTS (SELECT 1 FROM said WHERE said.name = name.id)"
    )
    db.execute(
        "DELETE FROM item WHERE id IN (SELECT item FROM touched)"
        " AND NOT EXISTS (SELECT 1 FROM appearance WHERE item = item.id)"
    )
    db.create_function("weight", 2, _weight, deterministic=True)
    db.create_function("type_of", 1, _type, deterministic=True)
    db.execute(_SETTLED)
    db.execute("UPDATE item SET weight = weight(type, documents) WHERE id IN (SELECT item FROM touched)")
    db.execute("UPDATE state SET generation = ?", (generation,))


_SETTLED = f"""
UPDATE item SET
    type = (SELECT type_of(min(type)) FROM appearance WHERE item = item.id),
    documents = (SELECT count(*) FROM appearance WHERE item = item.id),
    date = (SELECT max(date) FROM appearance WHERE item = item.id),
    detail = coalesce((SELECT detail FROM appearance WHERE item = item.id AND detail <> ''
        GROUP BY detail ORDER BY count(*) DESC, max(date) DESC, detail LIMIT 1), ''),
    label = coalesce(
        (SELECT text FROM name JOIN said ON said.name = name.id WHERE item = item.id AND kind = {LABEL}
            GROUP BY name.id ORDER BY count(*) DESC, text LIMIT 1),
        (SELECT substr(text, 1, {LONGEST}) FROM passage WHERE item = item.id LIMIT 1), '')
WHERE id IN (SELECT item FROM touched)
"""


def _type(rank: int) -> str:
    return _ORDER[rank]


def _weight(kind: str, documents: int) -> float:
    return _WEIGHTS[kind] + 0.4 * math.log10(1 + documents)
