"""Places that no table lists: "Hill County", "Oakville, OH", "the Red and Black Seas", "at the Ministry of Ports"."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from kg.extract.cast.known import Hit, known_of
from kg.extract.cast.titles import Words, words_of
from kg.extract.cast.tokens import END, Tokens, covered
from kg.extract.words import MONTHS
from kg.lexicon import Lexicon, Matcher, PlaceName
from kg.values import dataclass

__all__ = ["find_sites", "names_with_places", "with_sites", "within_names"]

_CODE = re.compile(r", (?<=[\w.)], )([A-Z]{2})(?= ?(?:[\n,;.):]|–|—|$))")
_QUARTER = re.compile(
    r"\b(?<!Look )(?:in|across|throughout|between|from|and|with|by|of) "
    r"(the (?:(?:North|South)(?:east|west)?|East|West))\b(?! (?:and |or )?[A-Z])"
)
"""A part of the world or a country: no table can have a name that begins longer ones ("the West Bank")."""
_JOINT = re.compile(r"\b([A-Z]\w+) and ([A-Z]\w+(?: [A-Z]\w+)?) (Sea|Strait|Ocean|Province)s\b")
_SIDES, _JOINED = ("the North", "the South", "the East", "the West"), ("Seas", "Straits", "Oceans", "Provinces")
"""Without which a text need not be searched for these."""
_LONGEST = 3
_NO_TOWN_BEFORE = frozenset({"'s", "-", "–", "/", "&", "of"})
"""What follows a word that names no town after "in"."""
_TOWN = re.compile(r"[^\W\d_](?:[a-zà-ÿ’'-]|-[^\W\d_]){3,}")
_AFTER_TOWN = frozenset({",", ".", ";", ")", END, "on", "to", "for", "today", "yesterday", "this", "last", "with"})
"""What may follow a town and its state: no noun that the state goes with ("In Oakton, Ohio officials …")."""
_AT = frozenset({"at", "to", "inside", "visited", "toured"})
"""Words before a house at which somebody is."""
_HAPPENINGS = frozenset(
    {
        "conflict",
        "war",
        "crisis",
        "attack",
        "attacks",
        "bombing",
        "bombings",
        "earthquake",
        "floods",
        "protests",
        "coup",
        "arbitration",
    }
)
"""Last words of events that are said of the place that they are named after."""


@dataclass(frozen=True, eq=False)
class _SiteWords:
    heads: Mapping[str, tuple[tuple[str, ...], ...]]
    """Nouns that make a name one of a place, by their first word, in lower case, longer ones first."""
    not_before: frozenset[str]
    no_towns: frozenset[str]
    """Words after "in" that are no names of places: "in Christ"."""
    readers: Mapping[str, Callable[[Tokens, int, Mapping[int, Hit], _SiteWords], Hit | None]]
    """What reads a place around a noun with a capital, by the noun in lower case."""
    names: Mapping[str, PlaceName]
    in_names: frozenset[str]
    named: Matcher[bool]
    """Initiatives and events whose names have more than one word."""


@lru_cache(maxsize=8)
def _words_of(lexicon: Lexicon) -> _SiteWords:
    table = lexicon.grammar["places"]["sites"]
    heads: dict[str, tuple[tuple[str, ...], ...]] = {}
    for head in sorted(table["heads"], key=lambda head: -len(head.split())):
        words = tuple(head.lower().split())
        heads[words[0]] = (*heads.get(words[0], ()), words)
    names = {name: place for place in lexicon.places for name in (*place.aliases, place.name)}
    return _SiteWords(
        heads,
        frozenset(table["not-before"]),
        frozenset(table["no-towns"]),
        dict.fromkeys(table["stays"], _by_stay)
        | dict.fromkeys(table["fronts"], _by_front)
        | dict.fromkeys(heads, _by_head),
        names,
        frozenset(table["in-names"]),
        Matcher(
            {
                name: True
                for entry in (*lexicon.initiatives, *lexicon.events)
                for name in (entry.name, *entry.aliases)
                if " " in name and " in " not in name and name.split()[-1].lower() not in _HAPPENINGS
            }
        ),
    )


def names_with_places(lexicon: Lexicon) -> frozenset[str]:
    """Return the nouns, in lower case, at the end of names that may begin with a place's."""
    return _words_of(lexicon).in_names


def within_names(text: str, lexicon: Lexicon) -> frozenset[int]:
    """Return the offsets that lie within names of initiatives and events that the lexicon knows."""
    found = _words_of(lexicon).named.find(text)
    return covered((span.start, span.end) for span, _ in found)


def with_sites(text: str, tokens: Tokens, hits: Sequence[Hit], lexicon: Lexicon) -> tuple[Hit, ...]:
    """Return the names of the lexicon and the places found without it, which cover those within them."""
    sites = list(find_sites(text, tokens, hits, lexicon))
    if not sites:
        return tuple(hits)
    taken = [(site.span.start, site.span.end) for site in sites]
    kept = [hit for hit in hits if not any(start <= hit.span.start < end for start, end in taken)]
    return tuple(sorted((*kept, *sites), key=lambda hit: hit.span.start))


def find_sites(text: str, tokens: Tokens, hits: Sequence[Hit], lexicon: Lexicon) -> Iterator[Hit]:
    """Yield federal states by postal code behind a comma, places by their head noun, and seas named together."""
    words, states = _words_of(lexicon), known_of(lexicon).states
    for match in _CODE.finditer(text):
        if match[1] in states:
            at = tokens.index(match.start(1))
            yield replace(states[match[1]], span=tokens.span(at, at + 1), first=at, stop=at)
    for match in _JOINT.finditer(text) if any(map(text.__contains__, _JOINED)) else ():
        yield from _joint(match, tokens, words)
    for match in _QUARTER.finditer(text) if any(map(text.__contains__, _SIDES)) else ():
        first, stop = tokens.index(match.start(1)), tokens.index(match.end(1))
        yield Hit(tokens.span(first, stop), first, stop, place=PlaceName(match[1], (), None, "region"))
    known = {hit.first: hit for hit in hits if hit.stop > hit.first}
    for at in [at for at, low in enumerate(tokens.lower) if low in words.readers and tokens.capital[at]]:
        if hit := words.readers[tokens.lower[at]](tokens, at, known, words):
            yield hit
    yield from _towns(tokens, known)
    yield from _after_in(tokens, known, lexicon)


def _joint(match: re.Match[str], tokens: Tokens, words: _SiteWords) -> Iterator[Hit]:
    """Yield both waters of "the East and South Bay Seas", both of "the Northern and Eastern Provinces"."""
    second = f"{match[2]} {match[3]}"
    known = next((f"{match[1]} {rest}" for rest in _tails(second) if f"{match[1]} {rest}" in words.names), None)
    for name, group in ((known or f"{match[1]} {match[3]}", 1), (second, 2)):
        start, stop = tokens.index(match.start(group)), tokens.index(match.end(group))
        yield Hit(tokens.span(start, stop), start, stop, place=words.names.get(name, PlaceName(name)))


def _tails(name: str) -> Iterator[str]:
    parts = name.split()
    return (" ".join(parts[index:]) for index in range(1, len(parts)))


def _by_head(tokens: Tokens, at: int, known: Mapping[int, Hit], words: _SiteWords) -> Hit | None:
    """Return the place whose name ends in the noun at the token, "Hill County" if one does."""
    head = next((head for head in words.heads[tokens.lower[at]] if tokens.lower[at : at + len(head)] == head), None)
    if head is None or any(hit.stop > at for index in range(at - 5, at + 1) if (hit := known.get(index))):
        return None
    first, stop = at, at + len(head)
    if tokens.capital[stop] and tokens.words[stop] != END:
        return None
    while at - first < _LONGEST and _continues(tokens, first - 1, words):
        first -= 1
    if first == at:
        return None
    span = tokens.span(first, stop)
    name = " ".join(tokens.words[first:stop])
    place = words.names.get(" ".join(tokens.words[first:at])) if len(head) == 1 else None
    return Hit(span, first, stop, place=place or PlaceName(name))


def _by_front(tokens: Tokens, at: int, known: Mapping[int, Hit], words: _SiteWords) -> Hit | None:
    """Return the camp or fort that is named from the token on: "Camp Ewe"."""
    stop = at + 2
    if tokens.capital[at - 1] or not tokens.capital[at + 1] or tokens.capital[stop] or at in known:
        return None
    return _place(tokens, at, stop)


def _by_stay(tokens: Tokens, at: int, known: Mapping[int, Hit], words: _SiteWords) -> Hit | None:
    """Return the house that somebody is at and whose name ends at the token: "at Ewe House", "to the Ewe Hotel"."""
    first = at
    while at - first < _LONGEST and tokens.capital[first - 1] and tokens.lower[first - 1] not in words.not_before:
        first -= 1
    definite = tokens.lower[first - 1] == "the"
    where = tokens.lower[first - 1 - definite]
    there = where in _AT or (where == "in" and not definite)  # "in Ewe House", not "in the Democratic House"
    taken = any(hit.stop > first for index in range(first - 5, at + 1) if (hit := known.get(index)))
    if first == at or tokens.capital[at + 1] or not there or taken:
        return None
    return _place(tokens, first, at + 1)


def _towns(tokens: Tokens, known: Mapping[int, Hit]) -> Iterator[Hit]:
    """Yield the towns that no table lists and that stand before their state or country: "in Oakton, Ohio"."""
    for hit in known.values():
        stop = hit.first - 1
        area = hit.country or (hit.place if hit.place and hit.place.type == "state" else None)
        if area is None or hit.adjective or tokens.words[stop] != "," or tokens.lower[hit.stop] not in _AFTER_TOWN:
            continue
        first = stop
        while stop - first < _LONGEST and tokens.capital[first - 1]:
            first -= 1
        named = any(at in known for at in range(first - 1, stop)) or tokens.lower[first] in MONTHS
        if first < stop and tokens.lower[first - 1] in {"in", "near", "outside"} and not named:
            yield _place(tokens, first, stop, area.country if isinstance(area, PlaceName) else area.name)


def _after_in(tokens: Tokens, known: Mapping[int, Hit], lexicon: Lexicon) -> Iterator[Hit]:
    """Yield what nothing but "in" tells to be a place: "arrived in Oakton", of words that nobody knows otherwise."""
    words, no_towns, plain, second = words_of(lexicon), _words_of(lexicon).no_towns, *_used(tokens)
    for at, low in enumerate(tokens.lower):
        if low != "in" or tokens.capital[at] or not tokens.capital[at + 1]:
            continue
        first = stop = at + 1
        while tokens.capital[stop] and stop - first < _LONGEST:
            stop += 1
        if tokens.capital[stop] or tokens.lower[stop] in _NO_TOWN_BEFORE or tokens.lower[stop - 1] in no_towns:
            continue
        if stop == first + 1 and tokens.lower[first] in second:
            continue  # "Secretary Ewe" stands elsewhere
        if not any(index in known or _is_common(tokens, index, words, plain) for index in range(first, stop)):
            yield _place(tokens, first, stop)


def _used(tokens: Tokens) -> tuple[set[str], set[str]]:
    """Return the words that the text has without a capital too, and those that follow another capital."""
    lower, capital = tokens.lower, tokens.capital
    plain = {low for low, is_capital in zip(lower, capital, strict=True) if not is_capital}
    follow = zip(lower[1:], capital[1:], capital, strict=False)
    return plain, {low for low, is_capital, after_capital in follow if is_capital and after_capital}


def _is_common(tokens: Tokens, at: int, words: Words, plain: Collection[str]) -> bool:
    """Tell whether the word at the token names something else, or is no name."""
    word, low = tokens.words[at], tokens.lower[at]
    named = low in words.no_name or low in words.modifiers or low in words.begins or words.is_field(low)
    return named or low in plain or not _TOWN.fullmatch(word)


def _place(tokens: Tokens, first: int, stop: int, country: str | None = None) -> Hit:
    """Take tokens as the name of a place."""
    name = " ".join(tokens.words[first:stop])
    return Hit(tokens.span(first, stop), first, stop, place=PlaceName(name, (), country))


def _continues(tokens: Tokens, at: int, words: _SiteWords) -> bool:
    """Tell whether the word before is part of the name."""
    low = tokens.lower[at]
    if not tokens.capital[at] or low in words.not_before or tokens.words[at] == END or tokens.words[at].endswith("."):
        return False
    return not (tokens.starts_sentence(at) and tokens.lower[at + 1] in {"the", "of"})
