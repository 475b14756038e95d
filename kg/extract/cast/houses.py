"""Bodies whose house is meant: "at the White House", "at the Ministry of Ports"."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache

from kg.extract.cast.known import Hit
from kg.extract.cast.tokens import Tokens
from kg.lexicon import Lexicon, PlaceName
from kg.values import dataclass

__all__ = ["housed", "is_where"]

_AT = frozenset({"at", "in", "to", "outside", "inside", "near", "from", "around", "visited", "toured", "visit"})
_PARTS = frozenset({"room", "garden", "lawn", "wing", "residence", "grounds"})
"""What is "of the White House" and tells where in it."""
_STAFF = frozenset({"officials", "official", "staff", "aides", "advisors"})
"""Who is "at the White House" and belongs to the body."""
_SENT = _STAFF | {"representatives", "experts", "leaders", "participants"}
"""Who comes "from the White House" is of the body, not of the building."""
_DESCRIBED = frozenset({"officials", "staff", "team", "event", "leadership", "counterparts"})
"""Nouns that the name of a house before them only describes: "to White House staff"."""


@dataclass(frozen=True, eq=False)
class _HouseWords:
    houses: frozenset[str]
    staff: frozenset[str]


@lru_cache(maxsize=8)
def _words_of(lexicon: Lexicon) -> _HouseWords:
    table = lexicon.grammar["places"]["sites"]
    return _HouseWords(frozenset(table["houses"]), frozenset(table["staff"]))


def is_where(tokens: Tokens, hit: Hit) -> bool:
    """Tell whether a name of both a building and a body is the place here: "at the White House"."""
    before = hit.first - 1
    if tokens.lower[before] == "the":
        before -= 1
    if tokens.lower[before - 1] in (_SENT if tokens.lower[before] == "from" else _STAFF):
        return False
    if hit.place is None:
        return tokens.lower[before] == "at" and before == hit.first - 2 and not _goes_on(tokens, hit)
    within = tokens.lower[before] == "of" and tokens.lower[before - 1] in _PARTS
    return (
        (within or tokens.lower[before] in _AT) and tokens.lower[hit.stop] not in {"'s"} and not _goes_on(tokens, hit)
    )


def _goes_on(tokens: Tokens, hit: Hit) -> bool:
    """Tell whether a noun follows that the name only describes: "to the White House Counsel"."""
    return tokens.capital[hit.stop] or tokens.lower[hit.stop] in _DESCRIBED


def housed(
    tokens: Tokens, hits: Sequence[Hit], bodies: Sequence[Hit], owned: Collection[int], lexicon: Lexicon
) -> tuple[tuple[Hit, ...], tuple[Hit, ...]]:
    """Turn bodies into places where only their house is meant: "at the Ministry of Ports".

    Args:
        tokens: the text.
        hits: the names that the lexicon knows.
        bodies: the bodies that grammar found.
        owned: tokens at which bodies begin that somebody's office is of: "Director at the Port Authority".
        lexicon: knows which bodies have a house.
    """
    words = _words_of(lexicon)
    parts = {_behind_at(tokens, hit.stop) for hit in (*hits, *bodies) if hit.body}  # "the Reef Unit at the Ministry"
    places = {
        hit.first: replace(hit, body=None, place=PlaceName(hit.body.name, (), hit.body.country, "building"))
        for hit in (*hits, *bodies)
        if hit.body and hit.place is None and hit.first not in {*owned, *parts} and _is_house(tokens, hit, words)
    }
    if not places:
        return tuple(hits), tuple(bodies)
    inner = {index for hit in places.values() for index in range(hit.first, hit.stop)}
    kept = [hit for hit in hits if hit.first not in places and not (hit.body and hit.first in inner)]
    return (
        tuple(sorted((*kept, *places.values()), key=lambda hit: hit.span.start)),
        tuple(body for body in bodies if body.first not in places),
    )


def _behind_at(tokens: Tokens, at: int) -> int:
    """Return the token behind "at" or "at the"."""
    return at + 1 + (tokens.lower[at + 1] == "the") if tokens.lower[at] == "at" else at


def _is_house(tokens: Tokens, hit: Hit, words: _HouseWords) -> bool:
    at = hit.first - 1 - (tokens.lower[hit.first - 1] == "the")
    if tokens.lower[at] != "at" or tokens.capital[hit.stop] or tokens.lower[at - 1] in words.staff:
        return False
    return bool(words.houses & set(tokens.lower[hit.first : hit.stop]))
