"""The kinds of things a lexicon knows: one frozen class for each table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg.lexicon.fold import slug

__all__ = ["Body", "Country", "Named", "PlaceName", "Post", "Publisher", "Term"]


@dataclass(frozen=True, slots=True)
class Country:
    """A state, or a territory that releases name like one. `name` is the common English name."""

    name: str
    aliases: tuple[str, ...] = ()
    """Official, short and older names and abbreviations: ``Republic of Korea``, ``ROK``."""
    demonyms: tuple[str, ...] = ()
    """Adjectives and names of the people, capitalised: ``Philippine``, ``Filipino``, ``Filipinos``."""
    capital: str | None = None
    code: str | None = None
    """ISO 3166-1 alpha-2, upper case."""
    qid: str | None = None
    """Wikidata id, only where it was checked."""
    ambiguous: bool = False
    """Also a common first name, surname or other place: ``Jordan``, ``Georgia``."""

    @property
    def id(self) -> str:
        """The tail of the place's IRI."""
        return f"place/{slug(self.name)}"


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A city, region, sea or building. `country` is the name of the country it lies in, if it lies in one."""

    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = None
    type: str = "city"
    """One of ``city``, ``state`` (of a federation), ``region``, ``continent``, ``island``, ``water``, ``building``."""
    code: str | None = None
    """Postal code of a state of the United States, as in "Representative Hinojosa (TX)": too short to be an alias."""
    qid: str | None = None
    ambiguous: bool = False
    """Also a common first name, surname, or another place: ``Lincoln``, ``Victoria``."""

    @property
    def id(self) -> str:
        """The tail of the place's IRI."""
        return f"place/{slug(self.name)}"


@dataclass(frozen=True, slots=True)
class Body:
    """A named body: of government (in the widest sense, intergovernmental too) or any other organisation."""

    name: str
    aliases: tuple[str, ...] = ()
    governmental: bool = True
    country: str | None = None
    qid: str | None = None

    @property
    def id(self) -> str:
        """The tail of the body's IRI."""
        return f"agency/{slug(self.name)}"


@dataclass(frozen=True, slots=True)
class Term:
    """That a person held a post from `start` to `end`, both days included.

    `start` is None where it was before all releases of interest or is not known; `end` is None where the term went on
    when the table was last revised. A month or year alone stands for its first day as start, its last day as end.
    """

    person: str
    aliases: tuple[str, ...]
    post: str
    of: str
    start: date | None = None
    end: date | None = None
    qid: str | None = None

    def covers(self, day: date) -> bool:
        """Tell whether *day* lies in the term."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Post:
    """An office title and its equivalents. A `shared` one is held by several persons of one country at a time."""

    title: str
    aliases: tuple[str, ...] = ()
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes releases. `hosts` are domain names; their subdomains belong to them."""

    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = None
    hosts: tuple[str, ...] = ()
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A named initiative (treaty, programme, coalition, law …) or event (summit, war, attack, observance …)."""

    name: str
    aliases: tuple[str, ...] = ()
    qid: str | None = None
