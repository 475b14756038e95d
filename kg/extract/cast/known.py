"""The names that the lexicon knows, found in the text: countries, places and bodies, by token."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

from kg.extract.cast.tokens import Tokens
from kg.lexicon import Body, Country, Lexicon, Matcher, PlaceName
from kg.model import Span
from kg.values import dataclass

__all__ = ["SHORT_FORM", "Hit", "Known", "country_id", "country_in", "known_of"]

SHORT_FORM = re.compile(r"\(((?:[A-Z][a-z]+ )?[A-Z][A-Za-z&.-]*[A-Z][A-Za-z]*)\)")
"""What stands in brackets behind a name as its short form: "(RFC)", "(Reef CoE)"."""
_BLANK = re.compile(" ")
_OF = re.compile(" (?:of|to) (?:the )?")


@dataclass(frozen=True, slots=True)
class Hit:
    """A name of the lexicon at tokens `first` to `stop`; where it is only part of a token, `stop` equals `first`.

    `adjective` is set where the word is the country's adjective ("Kenyan"), not its name.
    """

    span: Span
    first: int
    stop: int
    country: Country | None = None
    place: PlaceName | None = None
    body: Body | None = None
    adjective: bool = False
    is_code: bool = False
    """It stands for a federal state by postal abbreviation."""

    @property
    def entry_id(self) -> str:
        """The id of what is named: of several meanings the country, then the body, then the place."""
        entry = self.country or self.body or self.place
        assert entry is not None, "a name of nothing"
        return entry.id

    @property
    def is_area(self) -> bool:
        """Whether it names a country, or a place that offices belong to."""
        return self.country is not None or (self.place is not None and self.place.type in {"state", "city", "island"})

    def inside(self, covered: Collection[int]) -> bool:
        """Tell whether both ends lie among the tokens."""
        return self.first in covered and max(self.stop - 1, self.first) in covered


@dataclass(frozen=True, eq=False)
class Known:
    """All names of countries, places and bodies of one lexicon, ready to be found at once."""

    matcher: Matcher[tuple[Country | None, PlaceName | None, Body | None, bool]]
    areas: Matcher[Country | None]
    """Countries alone, to be found within the names of bodies, and waters, whose names name none: "Indian Ocean"."""
    sites: dict[str, PlaceName]
    """The buildings of bodies by the body's name: "the United Nations" is a place too."""
    states: dict[str, Hit]
    """Federal states by their postal abbreviation, as hits that stand nowhere yet."""
    inner: dict[str, tuple[str, Body]]
    """What the name of a body names besides, and as what: of "NATO Military Committee", NATO."""
    leading: frozenset[str]
    """Names, beside abbreviations, that count where they begin the name of another body: "White House"."""

    @lru_cache(maxsize=8192)  # noqa: B019 - there are as many as lexicons, and the names of bodies repeat themselves
    def areas_in(self, name: str) -> tuple[tuple[Span, Country], ...]:
        """Return the countries within the name of a body."""
        return tuple((span, country) for span, country in self.areas.find(name) if country is not None)

    def hits(self, text: str, tokens: Tokens, within: Span | None = None) -> Iterator[Hit]:
        """Yield what is named in *text*, or a stretch of it, in order, none overlapping another."""
        for found, (country, place, body, adjective) in self.matcher.find(within.of(text) if within else text):
            span = Span(found.start + within.start, found.end + within.start) if within else found
            first = tokens.index(span.start)
            stop = tokens.index(span.end)
            if tokens.starts[first] != span.start or tokens.ends[stop - 1] != span.end:
                stop = first
            yield Hit(span, first, stop, country, place, body, adjective)


@lru_cache(maxsize=8)
def known_of(lexicon: Lexicon) -> Known:
    """Index the names of *lexicon*, once."""
    entries: defaultdict[str, list[Country | PlaceName | Body | bool]] = defaultdict(list)
    for country in lexicon.countries:
        for name in (country.name, *country.aliases):
            entries[name].append(country)
        for name in country.demonyms:
            entries[name] += [country, True]
    for place in lexicon.places:
        for name in (place.name, *place.aliases):
            entries[name].append(place)
    for body in lexicon.bodies:
        for name in (body.name, *body.aliases):
            entries[name].append(body)
    # "The White House" is a name itself, so "The White House Office of Reefs" has to be one too to be found whole.
    longer = tuple(f"{name.removeprefix('The ')} " for name in entries if name.startswith("The "))
    entries |= {f"The {name}": entries[name] for name in entries if name.startswith(longer)}
    nowhere = Span(0, 1)
    states = {place.code: Hit(nowhere, 0, 0, place=place, is_code=True) for place in lexicon.places if place.code}
    places = {place.name: place for place in lexicon.places}
    table = lexicon.grammar.get("places", {})
    for name, means in table.get("adjectives", {}).items():
        if means in places:
            entries[name] += [places[means], True]
    names = {name: _entry(found) for name, found in entries.items()}
    for name, means in table.get("instead", {}).items():
        names[name] = (lexicon.country(means) if means else None, None, None, True)
    areas: dict[str, Country | None] = {place.name: None for place in lexicon.places if place.type == "water"}
    areas |= {name: item for item in lexicon.countries for name in (item.name, *item.aliases, *item.demonyms)}
    sites = {place.name.removesuffix(" Headquarters"): place for place in lexicon.places if place.type == "building"}
    bodies = {body.name: sites[body.name] for body in lexicon.bodies if body.name in sites}
    within = lexicon.grammar.get("bodies", {}).get("within", {"first": (), "whole": ()})
    return Known(
        Matcher(names), Matcher(areas), bodies, states, dict(_inner(lexicon.bodies, within)), frozenset(within["first"])
    )


def _inner(bodies: Sequence[Body], within: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, tuple[str, Body]]]:
    """Yield the names of bodies that another body's short name begins, or any name ends: "Council of the EU"."""
    named = {name: body for body in bodies if body.governmental for name in (body.name, *body.aliases)}
    short = {name for name in named if name.isupper()} | {*within["first"]}
    for name, body in named.items():
        if name in within["whole"]:
            continue
        first = next((name[: match.start()] for match in _BLANK.finditer(name) if name[: match.start()] in short), "")
        last = next((name[match.end() :] for match in _OF.finditer(name) if name[match.end() :] in named), "")
        if (part := first or last) and named[part] is not body:
            yield name, (part, named[part])


def country_in(lexicon: Lexicon, name: str) -> Country | None:
    """Return the first country that a name contains: of "Ministry of Ports of Ghana", Ghana."""
    return next((country for _, country in known_of(lexicon).areas_in(name)), None)


def country_id(lexicon: Lexicon, name: str | None) -> str | None:
    """Return the id of the country of that name."""
    country = lexicon.country(name) if name else None
    return country.id if country else None


def _entry(
    found: list[Country | PlaceName | Body | bool],
) -> tuple[Country | None, PlaceName | None, Body | None, bool]:
    country = next((item for item in found if isinstance(item, Country)), None)
    place = next((item for item in found if isinstance(item, PlaceName)), None)
    body = next((item for item in found if isinstance(item, Body)), None)
    return country, place, body, True in found
