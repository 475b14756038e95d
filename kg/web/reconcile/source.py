"""What is offered for reconciliation: the parts that all sources have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from kg.link.reconcile import Item, Match, Question

__all__ = ["Cell", "Property", "Sort", "Source"]

Cell = Mapping[str, Any]
"""A value in an answer: an object with ``id`` and ``name``, or with one of ``str``, ``int`` and ``date``."""


@dataclass(frozen=True, slots=True)
class Sort:
    """A type: its id, its name, and the ids of those that it is a part of."""

    id: str
    name: str
    broader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Property:
    """A property: `id` is what clients call it, `key` what `kg.link.reconcile` does.

    `matched`: a question may have it as a condition; `extended`: its values can be had. `of` are the types that have
    it, none is all. `sort` is the type of its values, where they are entities; `elsewhere`: they are items of Wikidata.
    """

    id: str
    key: str
    name: str
    description: str
    matched: bool = True
    extended: bool = True
    of: tuple[str, ...] = ()
    sort: str = ""
    elsewhere: bool = False


class Source(Protocol):
    """Something to reconcile with."""

    name: str
    identifier_space: str
    schema_space: str
    view: str
    """The address of the page of an entity, with ``{{id}}`` in the place of its id."""

    @property
    def types(self) -> Sequence[Sort]:
        """The types that its entities have."""

    @property
    def properties(self) -> Sequence[Property]:
        """The properties that can be asked for."""

    def match(self, questions: Sequence[Question]) -> list[list[Match]]:
        """Return the candidates for each question."""

    def suggest(self, prefix: str, types: Sequence[str], limit: int) -> list[Item]:
        """Return what may be meant by *prefix*, the best first."""

    def items(self, ids: Sequence[str]) -> Mapping[str, Item]:
        """Return what is known of these ids, with their posts; those that there are not are left out."""

    def extend(self, ids: Sequence[str], keys: Sequence[str]) -> Mapping[str, Mapping[str, Sequence[Cell]]]:
        """Return the values of these properties, by id and property."""
