"""Rows into an index. Everything is streamed: an index of millions of entries needs little memory to be built."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile

from kg.errors import InputError
from kg.lexicon import Lexicon, fold
from kg.lexicon.names import surnames
from kg.link.index import SCHEMA, Index
from kg.link.rows import Row, day, kind_of, number

__all__ = ["Builder", "build_file"]

SAME = {756617: 35, 29999: 55}
"""Ids in circulation for one country: the Kingdoms of Denmark and of the Netherlands for Denmark and Netherlands."""


class Builder:
    """Writes an index; `finish()` makes it complete and opens it."""

    def __init__(self, connection: sqlite3.Connection, lexicon: Lexicon) -> None:
        self._db = connection
        self._lexicon = lexicon
        self._sources: dict[str, int] = {}
        self._known_to: dict[int, str] = {}
        self._counts: dict[int, int] = {}
        self.unfit: list[str] = []
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + SCHEMA)

    def add(self, rows: Iterable[Row], origin: str, snapshot: date | None = None) -> int:
        """Add *rows*, read from *origin*; return how many there were.

        Args:
            rows: an entry may come more than once: names and terms add up, the first label and type stay.
            origin: what errors and rows without a source of their own are named after.
            snapshot: the last day that the source knows of. By default the latest day on which a term of that source
                (by its name up to the first slash) begins: ends may lie in the future.

        What is wrong with a row, which is then left out, is added to `unfit`.
        """
        taken = 0
        for count, row in enumerate(rows, 1):
            try:
                self._add(row, row.source or origin, snapshot)
                taken += 1
            except ValueError as error:
                self.unfit.append(f"{origin}, row {count} ({row.qid} {row.label}): {error}")
        return taken

    def _add(self, row: Row, origin: str, snapshot: date | None) -> None:
        id, kind, country = _number(row.qid), kind_of(row.type), _number(row.country) if row.country else None
        if not row.label:
            raise ValueError("it has no label")
        day(row.start), day(row.end)
        source = self._source(origin.split("/")[0], snapshot, row.start)
        term = kind == "person" and (row.position or row.position_qid)
        note = row.description or ("" if kind == "person" else row.position)
        own = None if kind == "person" else country
        self._db.execute(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE"
            " SET kind = excluded.kind, type = excluded.type, population = max(population, excluded.population)"
            # Tables of territories list the European Union, tables of cities Singapore.
            " WHERE (type = 'territory' AND excluded.kind = 'organisation')"
            " OR (type IN ('city', 'capital') AND excluded.type = 'country')",
            (id, row.label, kind, row.type, own, note, row.population, source),
        )
        for name in dict.fromkeys((row.label, *row.aliases)):
            self._name(id, name, is_person=kind == "person")
        if term:
            position = number(row.position_qid) if row.position_qid else None
            key = self._lexicon.post_key(row.position) if row.position else ""
            self._db.execute(
                "INSERT OR IGNORE INTO term VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)",
                (id, row.position, key, position, country, row.start, row.end, source),
            )

    def _name(self, id: int, name: str, *, is_person: bool) -> None:
        plain = fold(name)
        if not plain:
            return
        new = self._db.execute("INSERT OR IGNORE INTO name VALUES (NULL, ?, ?, ?)", (id, name, plain))
        if is_person and new.rowcount:
            self._db.executemany("INSERT OR IGNORE INTO surname VALUES (?, ?)", [(key, id) for key in surnames(name)])

    def _source(self, name: str, snapshot: date | None, start: str) -> int:
        if name not in self._sources:
            self._sources[name] = len(self._sources) + 1
        id = self._sources[name]
        self._counts[id] = self._counts.get(id, 0) + 1
        known = snapshot.isoformat() if snapshot else start if len(start) == 10 else ""
        self._known_to[id] = max(self._known_to.get(id, ""), known)
        return id

    def finish(self) -> Index:
        """Fill in what only the whole of the rows tells, and return the index."""
        for name, id in self._sources.items():
            row = (id, name, self._known_to[id] or None, self._counts[id])
            self._db.execute("INSERT INTO source VALUES (?, ?, ?, ?)", row)
        self._name_posts()
        self._db.execute("INSERT INTO trigram (trigram) VALUES ('rebuild')")
        self._db.execute("INSERT INTO trigram (trigram) VALUES ('optimize')")
        self._db.execute("ANALYZE")
        self._db.commit()
        return Index(self._db)

    def _name_posts(self) -> None:
        """Give terms that name their office by its id alone the label and the country of that office."""
        self._db.execute("DELETE FROM term WHERE post = '' AND position NOT IN (SELECT id FROM entry)")
        offices = "SELECT DISTINCT position, label FROM term JOIN entry ON entry.id = position WHERE post = ''"
        for position, label in self._db.execute(offices).fetchall():
            self._db.execute(
                "UPDATE OR IGNORE term SET post = ?, key = ? WHERE position = ? AND post = ''",
                (label, self._lexicon.post_key(label), position),
            )
        self._db.execute(
            "UPDATE OR IGNORE term SET country = (SELECT country FROM entry WHERE entry.id = position)"
            " WHERE country IS NULL AND position IS NOT NULL"
        )


def build_file(path: Path, sources: Iterable[tuple[str, Iterable[Row], date | None]], lexicon: Lexicon) -> list[str]:
    """Build an index of *sources* (origin, rows, last day known) into a file, which appears when it is complete.

    Returns:
        A line for each row that was left out, saying why.

    Raises:
        InputError: a source can't be read, or holds no row at all.
        OSError: the file can't be written.
    """
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}-", delete=False) as file:
        temporary = Path(file.name)
    connection = sqlite3.connect(temporary)
    try:
        builder = Builder(connection, lexicon)
        for origin, rows, snapshot in sources:
            if not builder.add(rows, origin, snapshot):
                raise InputError(f"{origin}: holds no entry that is of use")
        builder.finish()
        connection.close()
        temporary.replace(path)
    finally:
        connection.close()
        temporary.unlink(missing_ok=True)
    return builder.unfit


def _number(qid: str) -> int:
    id = number(qid)
    return SAME.get(id, id)
