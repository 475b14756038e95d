"""An index of what Wikidata knows, in SQLite: names in all scripts, terms of office, and trigrams to find misspellings.

Tables: `entry` (an item), `name` (each of its names, with the folded form they are compared by), `surname` (of
persons), `term` (of office), `source` (where rows came from, and up to which day it knows). Names also stand in an
FTS5 table of trigrams.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from weakref import finalize

from kg.errors import InputError, NotFound
from kg.lexicon import fold
from kg.link.rows import Kind, Row

__all__ = ["SCHEMA", "SCHEMA_VERSION", "Entry", "Index", "Tenure"]

SCHEMA_VERSION = 2
"""Of the tables below: an index of another version has to be built again."""

SCHEMA = f"""
CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, snapshot TEXT, rows INTEGER NOT NULL);
CREATE TABLE entry (
    id INTEGER PRIMARY KEY, label TEXT NOT NULL, kind TEXT NOT NULL, type TEXT NOT NULL, country INTEGER,
    note TEXT NOT NULL, population INTEGER NOT NULL, source INTEGER NOT NULL REFERENCES source);
CREATE TABLE name (
    id INTEGER PRIMARY KEY, entry INTEGER NOT NULL REFERENCES entry, name TEXT NOT NULL, fold TEXT NOT NULL,
    UNIQUE (entry, name));
CREATE INDEX name_fold ON name (fold);
CREATE TABLE surname (fold TEXT NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (fold, entry)) WITHOUT ROWID;
CREATE TABLE term (
    id INTEGER PRIMARY KEY, entry INTEGER NOT NULL REFERENCES entry, post TEXT NOT NULL, key TEXT NOT NULL,
    position INTEGER, country INTEGER, start TEXT NOT NULL, end TEXT NOT NULL, source INTEGER NOT NULL,
    UNIQUE (entry, post, position, country, start, end));
CREATE INDEX term_office ON term (country, key);
CREATE VIRTUAL TABLE trigram USING fts5 (
    fold, content = 'name', content_rowid = 'id', tokenize = 'trigram', detail = 'none');
PRAGMA user_version = {SCHEMA_VERSION};
"""
_FEWEST_LETTERS = 3
_CROWD = 300
_DIGITS = 19
"""As many as no number of SQLite has."""


@dataclass(frozen=True, slots=True)
class Tenure:
    """A term of office of an entry: `key` is what `Lexicon.post_key` makes of the post.

    `country` is an id, `start` and `end` are days, months or years, or empty; `known_to` is the last day that the
    source can know of.
    """

    post: str
    key: str
    country: str | None
    start: str
    end: str
    known_to: date | None


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of Wikidata, as far as the index knows it.

    `note` is a remark of the source, such as a region, or Wikidata's description; `population` is 0 if not known.
    """

    qid: str
    label: str
    kind: Kind
    type: str
    country: str | None
    note: str
    names: tuple[str, ...]
    terms: tuple[Tenure, ...]
    population: int = 0

    @property
    def description(self) -> str:
        """A line that tells it from others of that name: the latest offices, or what kind of thing it is."""
        latest = sorted(self.terms, key=lambda term: (term.end or "9999", term.start), reverse=True)[:2]
        if not latest:
            return ", ".join(filter(None, (self.type, self.note)))
        return "; ".join(f"{term.post} {term.start[:4]}–{term.end[:4]}" for term in latest)


def _text(qid: int | None) -> str | None:
    return None if qid is None else f"Q{qid}"


class Index:
    """One index, open to be read, by any thread. Made by `kg.link.build`; closed with the last reference to it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        finalize(self, connection.close)
        self._entries: dict[int, Entry] = {}

    @classmethod
    def open(cls, path: Path) -> Index:
        """Open the file of an index.

        Raises:
            NotFound: there is no such file.
            InputError: it is no index, or one that another version made.
        """
        if not path.is_file():
            raise NotFound(f"{path}: no such gazetteer; make one with: kg gazetteer build -o {path} FILE...")
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        index = cls(sqlite3.connect(address, uri=True, check_same_thread=False))
        try:
            (version,) = index._db.execute("PRAGMA user_version").fetchone()
        except sqlite3.DatabaseError as error:
            raise InputError(f"{path}: is no gazetteer ({error}); make one with kg gazetteer build") from None
        if version != SCHEMA_VERSION:
            raise InputError(f"{path}: was made by another version of this program; make it again")
        return index

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def entry(self, qid: str) -> Entry | None:
        """Return the entry with this id."""
        digits = qid[1:]
        is_id = qid[:1] == "Q" and digits.isascii() and digits.isdecimal() and len(digits) < _DIGITS
        return self._entry(int(digits)) if is_id else None

    def named(self, name: str, kind: Kind) -> list[Entry]:
        """Return the entries that bear *name*, without regard to case and accents."""
        return self._found(
            "SELECT DISTINCT entry.id FROM name JOIN entry ON entry.id = name.entry WHERE fold = ? AND kind = ?",
            fold(name),
            kind,
        )

    def with_surname(self, surname: str) -> list[Entry]:
        """Return the persons with this surname, or whose only name it is."""
        return self._found(
            "SELECT entry FROM surname WHERE fold = ?1 UNION SELECT entry.id FROM name JOIN entry"
            " ON entry.id = name.entry WHERE fold = ?1 AND kind = 'person'",
            fold(surname),
        )

    def in_office(self, key: str, country: str) -> list[Entry]:
        """Return all who ever held the post with this key of that country; none of a post that hundreds hold."""
        query = "SELECT DISTINCT entry FROM term WHERE key = ? AND country = ? LIMIT ?"
        held = self._db.execute(query, (key, int(country[1:]), _CROWD)).fetchall()
        return [self._entry_there(id) for (id,) in held] if len(held) < _CROWD else []

    def like(self, name: str, kind: Kind | None = None, limit: int = 20) -> list[Entry]:
        """Return the entries with the names that share most trigrams with *name*, the likest first."""
        plain = fold(name)
        grams = dict.fromkeys(plain[i : i + 3] for i in range(len(plain) - _FEWEST_LETTERS + 1))
        if not grams:
            return []
        text = " OR ".join(f'"{gram}"' for gram in grams)  # a folded name has letters, digits and spaces only
        rows = self._db.execute(
            "SELECT name.entry FROM trigram JOIN name ON name.id = trigram.rowid"
            " JOIN entry ON entry.id = name.entry WHERE trigram MATCH ?1 AND (?2 IS NULL OR kind = ?2)"
            " ORDER BY bm25(trigram) LIMIT ?3",
            (text, kind, 2 * limit),
        )
        ids = list(dict.fromkeys(entry for (entry,) in rows))
        return [self._entry_there(id) for id in ids[:limit]]

    def entries(self) -> Iterator[Entry]:
        """Yield all entries, by id."""
        for (id,) in self._db.execute("SELECT id FROM entry ORDER BY id").fetchall():
            yield self._entry_there(id)

    def rows(self, without: Set[str] = frozenset()) -> Iterator[Row]:
        """Yield the rows that the index can be built of again, by source, leaving out the entries *without*."""
        listed = "SELECT entry.id, source.name FROM entry JOIN source ON source.id = entry.source ORDER BY source.id"
        for id, source in self._db.execute(listed).fetchall():
            if f"Q{id}" not in without:
                yield from self._rows(self._entry_there(id), source)

    def _rows(self, entry: Entry, source: str) -> Iterator[Row]:
        whole = Row(
            entry.qid,
            entry.label,
            entry.type,
            entry.names,
            entry.country or "",
            source=source,
            population=entry.population,
            description=entry.note,
        )
        query = "SELECT position, post, country, start, end FROM term WHERE entry = ? ORDER BY id"
        terms = self._db.execute(query, (int(entry.qid[1:]),)).fetchall()
        for position, post, country, start, end in terms:
            yield replace(
                whole,
                country=_text(country) or "",
                position=post,
                position_qid=_text(position) or "",
                start=start,
                end=end,
            )
        if not terms:
            yield whole

    def counts(self) -> dict[str, int]:
        """Return how many entries there are of each type, and how many names and terms."""
        counted = dict(self._db.execute("SELECT type, count(*) FROM entry GROUP BY type ORDER BY 2 DESC").fetchall())
        for table in ("name", "term"):
            (counted[f"{table}s"],) = self._db.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
        return counted

    def sources(self) -> list[tuple[str, str, int]]:
        """Return name, last day known (or an empty text) and number of rows of each source."""
        rows: Iterable[tuple[str, str | None, int]] = self._db.execute("SELECT name, snapshot, rows FROM source")
        return [(name, snapshot or "", count) for name, snapshot, count in rows]

    def _found(self, query: str, *values: str | int) -> list[Entry]:
        return [self._entry_there(id) for (id,) in self._db.execute(query, values).fetchall()]

    def _entry_there(self, id: int) -> Entry:
        entry = self._entry(id)
        assert entry is not None
        return entry

    def _entry(self, id: int) -> Entry | None:
        if id in self._entries:
            return self._entries[id]
        query = "SELECT label, kind, type, country, note, population FROM entry WHERE id = ?"
        row = self._db.execute(query, (id,)).fetchone()
        if row is None:
            return None
        names = self._db.execute("SELECT name FROM name WHERE entry = ? ORDER BY id", (id,)).fetchall()
        label, kind, type, country, note, population = row
        own = tuple(name for (name,) in names)
        entry = Entry(f"Q{id}", label, kind, type, _text(country), note, own, self._terms(id), population)
        self._entries[id] = entry
        return entry

    def _terms(self, id: int) -> tuple[Tenure, ...]:
        rows = self._db.execute(
            "SELECT post, key, country, start, end, snapshot FROM term JOIN source ON source.id = term.source"
            " WHERE entry = ? ORDER BY start, end, post",
            (id,),
        )
        return tuple(
            Tenure(post, key, _text(country), start, end, date.fromisoformat(known) if known else None)
            for post, key, country, start, end, known in rows
        )
