"""Kinds of offices by what they are of and whom they serve."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

__all__ = ["Roles", "roles_of"]

_WORDS = ("of_countries", "running", "serving")
"""The kinds that are told by the last word of a head."""


@dataclass(frozen=True)
class Roles:
    """Kinds of offices by what they are of: last words of heads in lower case, or whole heads."""

    of_countries: frozenset[str]
    """Of a country, never for one."""
    of_bodies: frozenset[str]
    """Heads of offices that only bodies have."""
    running: frozenset[str]
    """Of those who run a body: theirs is all of it, no field."""
    serving: frozenset[str]
    """Of those who act for somebody else: "Envoy of the President"."""
    sent: frozenset[str]
    """Heads of offices in another country."""
    delegated: frozenset[str]
    """The same, of a body."""
    consorts: frozenset[str]
    """Titles of who is not meant by a surname alone that others bear too."""
    missions: frozenset[str]
    """Heads of offices at a mission that one of these leads."""


def roles_of(table: Mapping[str, Iterable[str]]) -> Roles:
    """Return the roles that `[roles]` of the grammar file of titles lists; words are put in lower case, heads kept."""
    listed = {field.name: table[field.name.replace("_", "-")] for field in fields(Roles)}
    lowered = {name: frozenset(map(str.lower, listed[name])) for name in _WORDS}
    return Roles(**{name: frozenset(heads) for name, heads in listed.items()} | lowered)
