"""The head nouns of bodies and the words around them: `data/grammar/bodies.toml`, compiled for look-up."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any

from kg.errors import InputError
from kg.extract.cast.tokens import Tokens
from kg.lexicon import Lexicon
from kg.values import dataclass

__all__ = ["BodyWords", "body_words_of"]


@dataclass(frozen=True, eq=False)
class BodyWords:
    """The head nouns of bodies, in lower case; longer ones first for each first word."""

    heads: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    marks: frozenset[str]
    private: frozenset[str]
    companies: frozenset[str]
    strict: frozenset[str]
    links: frozenset[str]
    bare: frozenset[str]
    never: frozenset[str]
    not_before: frozenset[str]
    houses: frozenset[str]
    """Nouns behind the name of a body whose house alone is meant: "the Ministry of Ports building"."""
    not_after: frozenset[str]
    groups: frozenset[str]
    openers: frozenset[str]
    starters: frozenset[str]
    inner: frozenset[str]
    small: frozenset[str]
    theirs: frozenset[str]
    alone: frozenset[str]
    generic: frozenset[str]
    centers: frozenset[str]
    in_titles: frozenset[tuple[str, ...]]
    """A noun for a body and the title that it is part of: "Treasury Secretary"."""
    parts: frozenset[str]
    """Nouns for parts of a ministry."""
    charged: frozenset[str]
    """Heads of bodies of government where it is said what for: "Office for Reefs"."""
    initiatives: frozenset[str]
    """Names that the lexicon knows to be of initiatives: "Coastal Friendship Union"."""
    joint: Mapping[str, str]
    """Plurals behind which the fields of several bodies stand, and what each of these is: "ministries", "Ministry"."""
    sides: frozenset[str]
    """What may follow the name of a chamber: "House *Minority* Leader"."""
    short: Mapping[str, Mapping[str, str]]
    """By country, what a word alone stands for."""

    @cached_property
    def nouns(self) -> frozenset[str]:
        """The words with a capital at which a body may be named."""
        return frozenset(self.heads.keys() | self.theirs)

    @cached_property
    def single(self) -> frozenset[str]:
        """The head nouns of one word."""
        return frozenset(words[0] for known in self.heads.values() for words, _ in known if len(words) == 1)

    def head(self, tokens: Tokens, at: int) -> tuple[int, str] | None:
        """Return the length and the kind of the head noun that begins at the token."""
        if not tokens.capital[at]:
            return None
        for words, kind in self.heads.get(tokens.lower[at], ()):
            if tokens.lower[at : at + len(words)] == words:
                return len(words), kind
        return None

    def is_official(self, tokens: Tokens, at: int) -> bool:
        """Tell whether the noun of a body of government, whatever else its name says, begins at the token."""
        found = self.head(tokens, at)
        return found is not None and found[1] == "governmental"


@lru_cache(maxsize=8)
def body_words_of(lexicon: Lexicon) -> BodyWords:
    """Compile the head nouns of *lexicon*, once.

    Raises:
        InputError: a table that is needed is missing, or of the wrong kind.
    """
    try:
        return _compile(lexicon.grammar["bodies"], lexicon)
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(f"the grammar file bodies.toml does not fit: {error!r}") from error


def _compile(table: Mapping[str, Any], lexicon: Lexicon) -> BodyWords:
    heads: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, listed in table["heads"].items():
        for name in listed:
            words = tuple(name.lower().split())
            heads.setdefault(words[0], []).append((words, kind))
    for known in heads.values():
        known.sort(key=lambda entry: -len(entry[0]))
    marks, around, owned = table["marks"], table["around"], table["owned"]
    return BodyWords(
        heads={first: tuple(known) for first, known in heads.items()},
        marks=frozenset(marks["governmental"]),
        private=frozenset(marks["private"]),
        companies=frozenset(marks["companies"]),
        strict=frozenset(marks["strict"]),
        links=frozenset(marks["links"]),
        bare=frozenset(marks["bare"]),
        never=frozenset(table["never"]["names"]),
        not_before=frozenset(table["not-before"]["words"]),
        houses=frozenset(table["not-before"]["houses"]),
        not_after=frozenset(table["not-after"]["words"]),
        centers=frozenset(table["not-after"]["centers"]),
        parts=frozenset(marks["parts"]),
        charged=frozenset(marks["charged"]),
        in_titles=frozenset(tuple(title.lower().split()) for title in table["in-titles"]["titles"]),
        groups=frozenset(around["groups"].split()),
        openers=frozenset(around["openers"].split()),
        starters=frozenset(around["starters"].split()),
        inner=frozenset(around["inner"].split()),
        small=frozenset(owned["lower"]),
        theirs=frozenset(owned["theirs"]),
        alone=frozenset(owned["alone"]),
        generic=frozenset(owned["generic"]),
        initiatives=frozenset(name for item in lexicon.initiatives for name in (item.name, *item.aliases)),
        joint=table["joint"],
        sides=frozenset(table["sides"]["words"]),
        short=table["short"],
    )
