"""Which thing a name in somebody's table is: questions with conditions, and candidates with the reasons of their score.

The ideas are those of the W3C Reconciliation Service API; how they travel is the web's business. Scores go from 0 to
100. Of items (the entities of a store) the score is the likeness of the name, less what the conditions do not agree
with; of entries of a gazetteer it is the confidence of `kg.link.linker`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from kg.lexicon import Lexicon, fold
from kg.lexicon.names import surnames
from kg.link.names import Likeness, likeness
from kg.link.rows import day

__all__ = ["CLOSE", "Condition", "Item", "Match", "Question", "Term", "Value", "agreement", "ranked"]

Quantifier = Literal["any", "all", "none"]
CLOSE = 0.8
"""What a condition that is required must agree by."""
_NAME_PART = 0.95
"""What a name is worth at most that is not the same."""
_SURNAME = 0.5
"""What the surname alone is worth, with whatever else: a title, another first name."""
_OF_CONDITIONS = 0.5
"""The share of a score that is lost where no condition agrees."""
_FADES = 4 * 365
"""Days after which an office that somebody was told to have on a day says nothing any more."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a property: an entity with an `id`, or a text."""

    name: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """That a person held a post; ISO dates, months or years, or empty where that is not known."""

    post: str
    country: Value | None = None
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """What the values of a property should be. `quantifier` tells how many of `values` must agree."""

    property: str
    values: tuple[Value, ...]
    required: bool = False
    quantifier: Quantifier = "any"


@dataclass(frozen=True, slots=True)
class Question:
    """A name to be matched, which may be empty where there are conditions; any of `types` will do, none is any."""

    name: str
    types: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    limit: int = 5

    def asked(self, property: str) -> tuple[Value, ...]:
        """Return the values that a property should have."""
        return tuple(value for each in self.conditions if each.property == property for value in each.values)


@dataclass(frozen=True, slots=True)
class Item:
    """What can be matched. `types` are ids, the most specific first; `values` are those of each property."""

    id: str
    name: str
    types: tuple[str, ...]
    names: tuple[str, ...] = ()
    description: str = ""
    values: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate. `certain`: it may be taken without a person's look. `features` are numbers from 0 to 1."""

    item: Item
    score: float
    certain: bool
    features: Mapping[str, float]


def ranked(question: Question, items: Iterable[Item], lexicon: Lexicon) -> list[Match]:
    """Return the candidates among *items*, the best first, at most as many as are asked for.

    One is certain if it alone has the very name (a surname is none), and every condition agrees.

    >>> items = [Item("a", "Ada Nyberg", ("Official",)), Item("b", "Adam Nyborg", ("Official",))]
    >>> from kg.lexicon import default_lexicon
    >>> [(m.item.id, round(m.score), m.certain) for m in ranked(Question("NYBERG Ada"), items, default_lexicon())]
    [('a', 100, True), ('b', 75, False)]
    """
    found = [match for item in items if (match := _match(question, item, lexicon))]
    found.sort(key=lambda match: (-match.score, -match.certain, match.item.id))
    if sum(match.certain for match in found) > 1:
        found = [replace(match, certain=False) for match in found]
    return found[: question.limit]


def _match(question: Question, item: Item, lexicon: Lexicon) -> Match | None:
    if question.types and not set(question.types) & set(item.types):
        return None
    agreed = [agreement(each, item, question, lexicon) for each in question.conditions]
    if any(each.required and found < CLOSE for each, found in zip(question.conditions, agreed, strict=True)):
        return None
    alike = _alike(question.name, item)
    name = 1.0 if alike.equal else _NAME_PART * alike.least * (1 + alike.share) / 2
    if "Person" in item.types and set(surnames(question.name)) & set(surnames(item.name)):
        name = max(name, _SURNAME)
    lost = _OF_CONDITIONS * (1 - sum(agreed) / len(agreed)) if agreed else 0.0
    whole = alike.equal and (alike.words > 1 or "Person" not in item.types)
    features = {"name": name} if question.name else {}
    for each, found in zip(question.conditions, agreed, strict=True):
        features[each.property] = found
    certain = whole and bool(question.name) and all(found >= CLOSE for found in agreed)
    return Match(item, 100 * name * (1 - lost), certain, features)


def _alike(name: str, item: Item) -> Likeness:
    if name in ("", item.id):
        return Likeness(True, 1.0, 1.0, 2)
    return likeness([name], (item.name, *item.names), is_person=bool({"Person", "Q5"} & set(item.types)))


def agreement(condition: Condition, item: Item, question: Question, lexicon: Lexicon) -> float:
    """Return from 0 to 1 how well *item* meets a condition; a day in office is one in an office that is asked for."""
    if condition.property == "on":
        posts = question.asked("post")
        terms = [term for term in item.terms if not posts or _best(posts, [Value(term.post)], "post", lexicon) >= CLOSE]
        each = [max((_in_office(value.name, term) for term in terms), default=0.0) for value in condition.values]
    else:
        values = item.values.get(condition.property, ())
        each = [_best([value], values, condition.property, lexicon) for value in condition.values]
    if condition.quantifier == "none":
        return 1.0 - max(each, default=0.0)
    return (min if condition.quantifier == "all" else max)(each, default=0.0)


def _best(asked: Sequence[Value], values: Sequence[Value], property: str, lexicon: Lexicon) -> float:
    return max((_same(one, other, property, lexicon) for one in asked for other in values), default=0.0)


def _same(asked: Value, value: Value, property: str, lexicon: Lexicon) -> float:
    if asked.id or asked.name == value.id != "":
        return float(asked.id == value.id or asked.name == value.id)
    if _key(asked.name, property, lexicon) == _key(value.name, property, lexicon):
        return 1.0
    if property == "wikidata":
        return 0.0
    alike = likeness([asked.name], [value.name], is_person=False)
    return 1.0 if alike.equal else _NAME_PART * alike.least * alike.share


def _key(text: str, property: str, lexicon: Lexicon) -> str:
    """Return what two ways to say the same have in common: ROK and South Korea, Justice Minister and its like."""
    if property == "post":
        return lexicon.post_key(text)
    if property == "country" and (country := lexicon.country(text)):
        return country.name
    return text.rsplit("/", 1)[-1] if property == "wikidata" else fold(text)


def _in_office(when: str, term: Term) -> float:
    """Return 1 for a day of the term, and the less the further away it is."""
    first, last = _day(when), _day(when, last=True)
    start, end = _day(term.start), _day(term.end, last=True)
    if first is None or last is None or (start is None and end is None):
        return 0.0
    away = max((start - last).days if start else 0, (first - end).days if end else 0, 0)
    return max(0.0, 1 - away / _FADES)


def _day(text: str, *, last: bool = False) -> date | None:
    """Return the day of an ISO date, with or without a time; None for what is none."""
    try:
        return day(text.strip().partition("T")[0], last=last)
    except ValueError:
        return None
