"""How questions and answers travel: version 0.2 of the Reconciliation Service API, and the draft of 1.0.

They ask and answer the same in different words. What a client sends is read strictly: an error says which part of
which question is unfit.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kg.errors import InputError, TooLong
from kg.link.reconcile import Condition, Item, Match, Question, Value
from kg.web.reconcile.source import Cell, Property, Source

__all__ = ["MOST_QUESTIONS", "VERSIONS", "Draft", "Wire", "proposed", "read_extension", "suggested"]

MOST_QUESTIONS = 50
_MOST_IDS = 200
_MOST_CANDIDATES = 50
_MOST_PROPERTIES = 20
_MOST_VALUES = 20
_LONGEST = 300
"""Characters of a text that are looked at."""
_SHOWN = 40
_FEW = 5
_ALIKE = 0.5
"""The least score of a candidate that is worth to be shown."""


def _object(value: object, what: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise InputError(f"{what} must be a JSON object")
    return value


def _list(value: object, what: str, most: int) -> Sequence[Any]:
    if not isinstance(value, list):
        raise InputError(f"{what} must be a JSON array")
    if len(value) > most:
        raise TooLong(f"{what} may have {most} parts, and has {len(value)}")
    return value


def _text(value: object, what: str) -> str:
    if not isinstance(value, str):
        raise InputError(f"{what} must be a text")
    value = value[:_LONGEST]  # one long cell must not cost a client the answers to all others
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        raise InputError(f"{what} has half of a character (a lone surrogate)")
    return value.strip()


def _limit(value: object, what: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or not (value >= 1 and value % 1 == 0):
        raise InputError(f"{what} must be a whole number above 0")
    return int(min(value, _MOST_CANDIDATES))


def _value(value: object, what: str) -> Value:
    """Read a value of a property: a text, a number, a boolean, or an entity."""
    if isinstance(value, dict):
        id = _text(value.get("id"), f"{what}.id")
        return Value(_text(value.get("name", id), f"{what}.name"), id)
    if isinstance(value, str):
        return Value(_text(value, what))
    if isinstance(value, bool | int | float):
        return Value(json.dumps(value))
    raise InputError(f"{what} must be a text, a number, a boolean, or an object with an id")


def _values(given: object, what: str) -> tuple[Value, ...]:
    listed = _list(given, what, _MOST_VALUES) if isinstance(given, list) else [given]
    return tuple(value for each in listed if (value := _value(each, what)).name)


class Wire:
    """Version 0.2. *properties* are those that questions may have as conditions."""

    version = "0.2"

    def __init__(self, properties: Sequence[Property]) -> None:
        self._keys = {each.id: each.key for each in properties if each.matched}
        self._names = {each.key: each.id for each in properties}

    def questions(self, given: object) -> dict[str, Question]:
        """Read a batch: an object with questions under keys of the client's.

        Raises:
            InputError: a part is not as the specification has it.
            TooLong: there are too many questions, or one is too long.
        """
        batch = _object(given, "queries")
        _list(list(batch), "queries", MOST_QUESTIONS)
        return {key: self._question(_object(each, key[:_SHOWN]), key[:_SHOWN]) for key, each in batch.items()}

    def _question(self, given: Mapping[str, Any], what: str) -> Question:
        name = _text(given.get("query", ""), f"{what}.query")
        types = [] if given.get("type") is None else given["type"]
        types = [types] if isinstance(types, str) else _list(types, f"{what}.type", _MOST_VALUES)
        listed = _list(given.get("properties") or [], f"{what}.properties", _MOST_PROPERTIES)
        conditions = [self._condition(_object(each, f"{what}.properties"), f"{what}.properties") for each in listed]
        return _whole(name, [_type(each, what) for each in types], conditions, given, what)

    def _condition(self, given: Mapping[str, Any], what: str) -> Condition | None:
        id, values = _text(given.get("pid"), f"{what}.pid"), _values(given.get("v"), f"{what}.v")
        return Condition(self._keys[id], values) if id in self._keys and values else None

    def results(self, matches: Mapping[str, Sequence[Match]], source: Source) -> dict[str, Any]:
        """Write the candidates of a batch."""
        return {key: {"result": [*self._candidates(found, source)]} for key, found in matches.items()}

    def _candidates(self, found: Sequence[Match], source: Source) -> Iterator[dict[str, Any]]:
        names = {each.key: each for each in source.properties}
        for match in found:
            if match.score >= _ALIKE:
                features = [self._feature(key, value, names) for key, value in match.features.items()]
                yield _candidate(match.item, source) | {
                    "score": round(match.score, 2),
                    "match": match.certain,
                    "features": features,
                }

    def _feature(self, key: str, value: float, names: Mapping[str, Property]) -> dict[str, Any]:
        return {"id": self._names.get(key, key), "value": round(value, 3)}

    def rows(self, ids: Sequence[str], found: _Found) -> Any:  # noqa: ANN401  # JSON
        """Write the values of properties."""
        return {id: {self._names[key]: list(cells) for key, cells in found[id].items()} for id in ids}


class Draft(Wire):
    """The draft of version 1.0, as of its routes ``/match`` and ``/extend``."""

    version = "1.0-draft"

    def questions(self, given: object) -> dict[str, Question]:
        """Read a batch: an object with an array of questions."""
        batch = _list(_object(given, "the body").get("queries"), "queries", MOST_QUESTIONS)
        return {
            str(number): self._question(_object(each, f"queries[{number}]"), f"queries[{number}]")
            for number, each in enumerate(batch)
        }

    def _question(self, given: Mapping[str, Any], what: str) -> Question:
        listed = _list(given.get("conditions"), f"{what}.conditions", _MOST_PROPERTIES)
        if not listed:
            raise InputError(f"{what}.conditions is empty")
        names, conditions = [], []
        for number, each in enumerate(listed):
            part = f"{what}.conditions[{number}]"
            each = _object(each, part)
            # The draft of 2023 had the names `pid` and `v`; clients of it are about.
            values = _values(each.get("propertyValue", each.get("v")), f"{part}.propertyValue")
            if each.get("matchType") == "name":
                names += [value.name for value in values]
            elif each.get("matchType") == "property":
                conditions.append(self._property(each, values, part))
            else:
                raise InputError(f"{part}.matchType must be name or property")
        types = [_type(given["type"], what)] if "type" in given else []
        return _whole(names[0] if names else "", types, conditions, given, what)

    def _property(self, given: Mapping[str, Any], values: tuple[Value, ...], what: str) -> Condition | None:
        id = _text(given.get("propertyId", given.get("pid")), f"{what}.propertyId")
        required, quantifier = given.get("required", False), given.get("matchQuantifier", "any")
        if not isinstance(required, bool):
            raise InputError(f"{what}.required must be true or false")
        if quantifier not in ("any", "all", "none"):
            raise InputError(f"{what}.matchQuantifier must be any, all or none")
        if "matchQualifier" in given:
            raise InputError(f"{what}.matchQualifier: there are none here")
        if id not in self._keys and required:
            raise InputError(f"{what}.propertyId: there is no property {id!r} to be matched")
        return Condition(self._keys[id], values, required, quantifier) if id in self._keys and values else None

    def results(self, matches: Mapping[str, Sequence[Match]], source: Source) -> dict[str, Any]:
        """Write the candidates of a batch, in its order."""
        return {"results": [{"candidates": [*self._candidates(found, source)]} for found in matches.values()]}

    def _feature(self, key: str, value: float, names: Mapping[str, Property]) -> dict[str, Any]:
        return super()._feature(key, value, names) | {"name": names[key].name if key in names else key}

    def rows(self, ids: Sequence[str], found: _Found) -> Any:  # noqa: ANN401
        """Write the values of properties."""
        return [
            {"id": id, "properties": [{"id": self._names[k], "values": list(v)} for k, v in found[id].items()]}
            for id in ids
        ]


_Found = Mapping[str, Mapping[str, Sequence[Cell]]]
VERSIONS = {wire.version: wire for wire in (Wire, Draft)}


def _type(given: object, what: str) -> str:
    return _text(given.get("id") if isinstance(given, dict) else given, f"{what}.type")


def _whole(
    name: str, types: Sequence[str], conditions: Sequence[Condition | None], given: Mapping[str, Any], what: str
) -> Question:
    limit = _limit(given["limit"], f"{what}.limit") if given.get("limit") is not None else _FEW
    kept = tuple(filter(None, conditions))
    if (values := sum(len(each.values) for each in kept)) > _MOST_VALUES:
        raise TooLong(f"{what} may have {_MOST_VALUES} values of properties together, and has {values}")
    return Question(name, tuple(filter(None, types)), kept, limit)


def read_extension(given: object, properties: Sequence[Property]) -> tuple[list[str], list[Property]]:
    """Read which values of which entities are wanted; both versions say it alike.

    Raises:
        InputError: a part is not as the specification has it, or there is no such property.
        TooLong: too much is wanted.
    """
    query = _object(given, "extend")
    ids = [_text(id, "ids") for id in _list(query.get("ids"), "ids", _MOST_IDS)]
    known = {each.id: each for each in properties if each.extended}
    wanted = {}
    for each in _list(query.get("properties"), "properties", _MOST_PROPERTIES):
        id = _text(_object(each, "properties").get("id"), "properties.id")
        if id not in known:
            raise InputError(f"there is no property {id!r} to extend by; there are {', '.join(known)}")
        wanted[id] = known[id]
    return list(dict.fromkeys(ids)), list(wanted.values())


def _candidate(item: Item, source: Source) -> dict[str, Any]:
    """Write what a client shows of an item."""
    names = {sort.id: sort.name for sort in source.types}
    shown = {"id": item.id, "name": item.name, "type": [{"id": id, "name": names[id]} for id in item.types]}
    return shown | ({"description": item.description} if item.description else {})


def suggested(item: Item, source: Source) -> dict[str, Any]:
    """Write an item as a suggestion."""
    shown = _candidate(item, source)
    return shown | {"notable": shown.pop("type")}


def proposed(each: Property) -> dict[str, Any]:
    """Write a property as a proposal or a suggestion."""
    return {"id": each.id, "name": each.name, "description": each.description}
