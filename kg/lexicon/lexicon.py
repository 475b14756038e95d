"""The lexicon as a whole: its tables, and the questions they answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from kg.errors import NotFound
from kg.lexicon.entries import Body, Country, Named, PlaceName, Post, Publisher, Term
from kg.lexicon.fold import fold
from kg.lexicon.load import KINDS, merge_grammar, read_grammar, read_table, stem, table_kind
from kg.lexicon.names import name_keys
from kg.lexicon.posts import PostKeys
from kg.lexicon.terms import common_period, sole_holder

__all__ = ["Lexicon", "default_lexicon", "lexicon_with"]

E = TypeVar("E", Country, PlaceName, Body, Post, Publisher, Named)
_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, eq=False)  # compared and hashed by identity, so that what is compiled from it can be cached
class Lexicon:
    """Background knowledge, frozen. The tables stand in the order of their files, a user's entries last."""

    countries: tuple[Country, ...] = ()
    places: tuple[PlaceName, ...] = ()
    bodies: tuple[Body, ...] = ()
    terms: tuple[Term, ...] = ()
    posts: tuple[Post, ...] = ()
    publishers: tuple[Publisher, ...] = ()
    initiatives: tuple[Named, ...] = ()
    events: tuple[Named, ...] = ()
    grammar: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The words of the grammar by the stem of their TOML file (``titles``, ``acts`` …)."""
    digest: str = ""
    """Of the files that it was extended by, their names and their bytes; empty where there were none."""

    @classmethod
    def load(cls, *extra: Path) -> Lexicon:
        """Read the tables that come with the package, and extend them by the files or folders *extra*.

        A file is told by its name: ``terms.tsv`` or ``terms-mine.tsv`` extends the table of terms, ``titles.toml`` or
        ``titles-mine.toml`` the grammar's titles. An entry whose name is there already adds its aliases to it and
        replaces the rest by what it gives; terms are added. `data/README.md` tells the columns.

        Raises:
            NotFound: there is no such file.
            InputError: a file is malformed; the message names the file, the line and the fault.
        """
        tables: dict[str, list[Any]] = {kind: [] for kind in KINDS}
        grammar: dict[str, dict[str, Any]] = {}
        own = [file for item in extra for file in _files(item)]
        for path in (*_files(_DATA), *own):
            if path.suffix == ".toml":
                grammar[stem(path)] = merge_grammar(grammar.get(stem(path), {}), read_grammar(path))
            else:
                kind = table_kind(path)
                tables[kind].extend(read_table(path, kind))
        merged = {kind: tuple(rows if kind == "terms" else _merged(rows)) for kind, rows in tables.items()}
        return cls(**merged, grammar=grammar, digest=_digest(own))

    def holder(self, post: str, of: str, on: date) -> Term | None:
        """Return who held *post* of the country or body *of* on that day, or None where that isn't known or isn't one.

        Titles are compared by `post_key`, and may name the owner again ("Prime Minister of Norway", Norway); *of* may
        be any name of the country or body.
        """
        owner = self._owner(of)
        for title in (post, fold(post).removesuffix(f" {owner}").removesuffix(" of")):
            key = self.post_key(title)
            if terms := self._held.get((key, owner)):
                return sole_holder(terms, on, shared=self._post_keys.shared(key))
        return None

    def named(self, name: str) -> tuple[Term, ...]:
        """Return all terms of persons who are called so, by full name, alias or surname, without regard to accents."""
        return tuple(self._names.get(fold(name), ()))

    def post_key(self, title: str) -> str:
        """Return the form by which titles are the same office.

        "Foreign Minister", "Minister of Foreign Affairs" and "Minister for Foreign Affairs" have one key.
        """
        return self._post_keys.key(title)

    def period(self, named: Iterable[Iterable[Term]]) -> tuple[date | None, date | None] | None:
        """Return the time in which a text may have been written, by the office-holders it names.

        Args:
            named: for each office-holder of the text, the terms that it may mean.

        Returns:
            First and last day (None: open) of the time that suits most of them, None where none is given.
        """
        return common_period(named)

    def publisher(self, *, name: str | None = None, url: str | None = None) -> Publisher | None:
        """Return the publisher by the name that a release is signed with, otherwise by the address it stood at."""
        if name and (known := self._publishers.get(_bare(name))):
            return known
        host = urlsplit(url).hostname if url else None
        while host:
            if known := self._hosts.get(host):
                return known
            host = host.partition(".")[2]
        return None

    def country(self, name: str) -> Country | None:
        """Return the country by any of its names or demonyms; accents and case don't count."""
        return self._countries.get(fold(name))

    def place(self, name: str) -> PlaceName | None:
        """Return the city, region or building by its name or an alias; accents and case don't count."""
        return self._places.get(_bare(name))

    def body(self, name: str) -> Body | None:
        """Return the body by its name or an alias; accents and case don't count."""
        return self._bodies.get(_bare(name))

    @cached_property
    def _post_keys(self) -> PostKeys:
        return PostKeys(self.posts)

    @cached_property
    def _countries(self) -> dict[str, Country]:
        names = ((name, item) for item in self.countries for name in (*item.demonyms, *item.aliases))
        index = {fold(name): item for name, item in names}
        return index | {fold(item.name): item for item in self.countries}

    @cached_property
    def _places(self) -> dict[str, PlaceName]:
        index = {_bare(name): item for item in self.places for name in item.aliases}
        return index | {_bare(item.name): item for item in self.places}

    @cached_property
    def _bodies(self) -> dict[str, Body]:
        index = {_bare(name): item for item in self.bodies for name in item.aliases}
        return index | {_bare(item.name): item for item in self.bodies}

    @cached_property
    def _publishers(self) -> dict[str, Publisher]:
        return {_bare(name): item for item in self.publishers for name in (item.name, *item.aliases)}

    @cached_property
    def _hosts(self) -> dict[str, Publisher]:
        return {host: item for item in self.publishers for host in item.hosts}

    @cached_property
    def _held(self) -> dict[tuple[str, str], list[Term]]:
        posts = {title: self.post_key(title) for title in {term.post for term in self.terms}}
        owners = {name: self._owner(name) for name in {term.of for term in self.terms}}
        index: defaultdict[tuple[str, str], list[Term]] = defaultdict(list)
        for term in self.terms:
            index[posts[term.post], owners[term.of]].append(term)
        return dict(index)

    @cached_property
    def _names(self) -> dict[str, list[Term]]:
        people: defaultdict[tuple[str, tuple[str, ...]], list[Term]] = defaultdict(list)
        for term in self.terms:
            people[term.person, term.aliases].append(term)
        index: defaultdict[str, list[Term]] = defaultdict(list)
        for (person, aliases), terms in people.items():
            for key in name_keys(person, aliases):
                index[key].extend(terms)
        return dict(index)

    def _owner(self, name: str) -> str:
        owner = self.country(name) or self.body(name)
        return fold(owner.name if owner else name)


def _bare(name: str) -> str:
    return fold(name).removeprefix("the ")


def _files(path: Path) -> list[Path]:
    """List the tables and grammar files of a folder, itself and those below it; a file is listed as it is."""
    if not path.exists():
        raise NotFound(f"{path}: no such file or folder")
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.rglob("*") if file.suffix in {".tsv", ".toml"})


def _merged(rows: list[Any]) -> Iterable[Any]:
    """Join the entries that bear one name: aliases add up, the later one's other cells prevail where it fills them."""
    index: dict[str, Any] = {}
    for row in rows:
        key = row.title if isinstance(row, Post) else row.name
        index[key] = _join(index[key], row) if key in index else row
    return index.values()


def _join(old: E, new: E) -> E:
    changes: dict[str, Any] = {}
    for column in fields(new):
        before: Any = getattr(old, column.name)
        after: Any = getattr(new, column.name)
        if isinstance(after, tuple):
            changes[column.name] = tuple(dict.fromkeys((*before, *after)))
        elif after != column.default:
            changes[column.name] = after
    return replace(old, **changes)


def _digest(files: list[Path]) -> str:
    digest = sha256()
    for file in files:
        digest.update(f"{file.name}\0{file.stat().st_size}\0".encode() + file.read_bytes())
    return digest.hexdigest() if files else ""


def default_lexicon() -> Lexicon:
    """Return the lexicon that comes with the package, read once."""
    return lexicon_with()


@cache
def lexicon_with(*extra: Path) -> Lexicon:
    """Return the lexicon that comes with the package, extended by the files or folders *extra*, read once.

    Raises:
        NotFound, InputError: as `Lexicon.load`.
    """
    return Lexicon.load(*extra)
