"""Reconciliation with Wikidata, as far as the indexes at hand know it: no network is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg.link import Gazetteer
from kg.link.reconcile import Item, Match, Question
from kg.link.reconcile_index import TYPES, WIDER, item_of, matches, suggestions
from kg.vocab import WDT, WIKIDATA
from kg.web.reconcile.source import Cell, Property, Sort

__all__ = ["Indexed"]

_HUMAN = ("Q5",)


class Indexed:
    """The entries of *gazetteer*, under Wikidata's own ids, classes and properties."""

    name = "Wikidata, offline"
    identifier_space = WIKIDATA
    schema_space = WDT.iri
    view = "https://www.wikidata.org/wiki/{{id}}"
    types = tuple(Sort(id, name, WIDER.get(id, ())) for id, name in dict.fromkeys(TYPES.values()))
    properties = (
        Property("P39", "post", "position held", "an office that somebody has had", of=_HUMAN),
        Property("P17", "country", "country", "where it is, or which somebody served", sort="Q6256"),
        Property("P585", "on", "in office on", "a day, month or year on which somebody was in office", extended=False),
        Property("aliases", "aliases", "other names", "names besides the label", matched=False),
        Property("terms", "terms", "terms of office", "offices with their years", matched=False, of=_HUMAN),
    )

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def match(self, questions: Sequence[Question]) -> list[list[Match]]:
        """See `Source.match`."""
        return [matches(question, self._gazetteer) for question in questions]

    def suggest(self, prefix: str, types: Sequence[str], limit: int) -> list[Item]:
        """See `Source.suggest`."""
        found = suggestions(prefix, self._gazetteer, limit)
        return [item for item in found if not types or set(types) & set(item.types)]

    def items(self, ids: Sequence[str]) -> Mapping[str, Item]:
        """See `Source.items`."""
        known = {id: entry for id in ids if (entry := self._gazetteer.entry(id))}
        return {id: item_of(entry, self._gazetteer) for id, entry in known.items()}

    def extend(self, ids: Sequence[str], keys: Sequence[str]) -> Mapping[str, Mapping[str, Sequence[Cell]]]:
        """See `Source.extend`."""
        return {id: {key: _cells(item, key) for key in keys} for id, item in self.items(ids).items()}


def _cells(item: Item, key: str) -> list[dict[str, Any]]:
    if key == "aliases":
        return [{"str": name} for name in item.names if name != item.name]
    if key == "terms":
        return [{"str": f"{term.post} {term.start[:4]}–{term.end[:4]}"} for term in item.terms]
    return [{"id": v.id, "name": v.name} if v.id else {"str": v.name} for v in item.values.get(key, ())]
