"""Reconciliation with Wikidata: candidates of a gazetteer, scored and accepted as `kg link` does it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.lexicon import Lexicon, fold
from kg.link.gazetteer import Gazetteer
from kg.link.index import Entry
from kg.link.linker import Decision, decide
from kg.link.reconcile import CLOSE, Item, Match, Question, Term, Value, agreement, ranked
from kg.link.rows import KINDS, Kind, day
from kg.link.subjects import Clue, Subject

__all__ = ["TYPES", "WIDER", "item_of", "matches", "suggestions"]

TYPES = {
    "person": ("Q5", "human"),
    "position": ("Q4164871", "position"),
    "country": ("Q6256", "country"),
    "territory": ("Q56061", "administrative territorial entity"),
    "historical": ("Q56061", "administrative territorial entity"),
    "state": ("Q56061", "administrative territorial entity"),
    "region": ("Q56061", "administrative territorial entity"),
    "city": ("Q515", "city"),
    "capital": ("Q5119", "capital city"),
    "place": ("Q486972", "human settlement"),
    "organisation": ("Q43229", "organization"),
    "international organisation": ("Q484652", "international organization"),
    "government agency": ("Q327333", "government agency"),
    "treaty": ("Q131569", "treaty"),
    "initiative": ("Q22222786", "government program"),
    "event": ("Q1656682", "event"),
}
"""Wikidata's class, with its label, for each type of an entry."""
WIDER = {
    "Q5119": ("Q515", "Q486972"),
    "Q515": ("Q486972",),
    "Q484652": ("Q43229",),
    "Q327333": ("Q43229",),
}
"""The classes that a class of these is a part of."""
_LOOSE = {"Q515": {"Q486972"}, "Q484652": {"Q43229"}, "Q327333": {"Q43229"}, "Q56061": {"Q6256"}}
"""What else is taken for a class that is asked for: tables call towns places, and agencies organisations."""
_LOOKED_THROUGH = 100
_CLASSES = {qid for qid, _ in TYPES.values()}


def item_of(entry: Entry, gazetteer: Gazetteer) -> Item:
    """Return an entry as something that can be matched."""
    own, _ = TYPES[entry.type]
    posts = dict.fromkeys(Value(term.post) for term in entry.terms if term.post)
    countries = dict.fromkeys(qid for qid in (entry.country, *(term.country for term in entry.terms)) if qid)
    return Item(
        entry.qid,
        entry.label,
        (own, *WIDER.get(own, ())),
        entry.names,
        entry.description,
        {"post": tuple(posts), "country": tuple(_country(qid, gazetteer) for qid in countries)},
        tuple(
            Term(term.post, _country(term.country, gazetteer) if term.country else None, term.start, term.end)
            for term in entry.terms
        ),
    )


def _country(qid: str, gazetteer: Gazetteer) -> Value:
    entry = gazetteer.entry(qid)
    return Value(entry.label if entry else qid, qid)


def matches(question: Question, gazetteer: Gazetteer) -> list[Match]:
    """Return the candidates for *question*, the best first.

    One is certain if `kg.link.linker.decide` accepts it as the one that is meant.
    """
    if known := gazetteer.entry(question.name.strip()):
        return [Match(item_of(known, gazetteer), 100.0, True, {"name": 1.0})]
    if not question.name:
        held = (item_of(entry, gazetteer) for entry in _in_office(question, gazetteer))
        return ranked(replace(question, types=()), held, gazetteer.lexicon)
    found: dict[str, Match] = {}
    for subject in _subjects(question, gazetteer.lexicon):
        for match in _decided(question, decide(subject, gazetteer), gazetteer):
            if match.item.id not in found or match.score > found[match.item.id].score:
                found[match.item.id] = match
    best = sorted(found.values(), key=lambda match: (-match.score, -match.certain, len(match.item.id), match.item.id))
    if sum(match.certain for match in best) > 1:  # a person and a place
        best = [replace(match, certain=False) for match in best]
    return best[: question.limit]


def suggestions(prefix: str, gazetteer: Gazetteer, limit: int) -> list[Item]:
    """Return what somebody may mean who has typed *prefix*, or an id, the best first: names with a word that begins so.

    Where there are none, names that are nearly so.
    """
    if known := gazetteer.entry(prefix.strip()):
        return [item_of(known, gazetteer)]
    found = gazetteer.search(prefix, limit=_LOOKED_THROUGH)
    begun = [entry for entry in found if any(f" {fold(prefix)}" in f" {fold(name)}" for name in entry.names)]
    return [item_of(entry, gazetteer) for entry in (begun or found)[:limit]]


def _subjects(question: Question, lexicon: Lexicon) -> Iterator[Subject]:
    """Yield the question as one about an entity of each kind that the types allow."""
    types = _allowed(question.types)
    wanted = [word for word, (qid, _) in TYPES.items() if {qid, *WIDER.get(qid, ())} & types]
    kinds = dict.fromkeys(KINDS[word] for word in (wanted or TYPES))
    countries = tuple(dict.fromkeys(filter(None, (_qid(value, lexicon) for value in question.asked("country")))))
    for kind in kinds:
        yield from _of_kind(kind, question, countries, lexicon, whole=not wanted or "country" in wanted)


def _of_kind(
    kind: Kind, question: Question, countries: Sequence[str], lexicon: Lexicon, *, whole: bool
) -> Iterator[Subject]:
    name = question.name
    if kind == "person":
        yield Subject("", kind, name, clues=tuple(_clues(question, countries)))
    elif kind == "place" and whole and (country := lexicon.country(name)) and country.qid:
        yield Subject("", kind, name, is_country=True, countries=(country.qid,))
    else:
        yield Subject("", kind, name, countries=tuple(countries))


def _clues(question: Question, countries: Sequence[str | None]) -> Iterator[Clue]:
    """Yield what the conditions say of a person: each post, of each country, on each day."""
    posts = [value.name for value in question.asked("post")] or [""]
    days = [value.name.strip().partition("T")[0] for value in question.asked("on")] or [""]
    for post in posts:
        for country in countries or (None,):
            for text in days:
                try:
                    first, last = day(text), day(text, last=True)
                except ValueError:
                    first = last = None
                yield Clue("", post, country, first=first, last=last)


def _qid(value: Value, lexicon: Lexicon) -> str:
    if value.id:
        return value.id
    known = lexicon.country(value.name)
    return known.qid or "" if known else value.name if value.name[:1] == "Q" and value.name[1:].isdecimal() else ""


def _decided(question: Question, decision: Decision, gazetteer: Gazetteer) -> Iterator[Match]:
    """Yield the candidates that have the types and meet the conditions that are required."""
    types = _allowed(question.types)
    for candidate in decision.candidates:
        item = item_of(candidate.entry, gazetteer)
        if types and not types & set(item.types):
            continue
        agreed = {c: agreement(c, item, question, gazetteer.lexicon) for c in question.conditions}
        if any(c.required and value < CLOSE for c, value in agreed.items()):
            continue
        certain = decision.band == "accept" and decision.best is candidate
        name = candidate.evidence.name
        features = {"name": 1.0 if name.equal else name.least * name.share}
        features |= {c.property: value for c, value in agreed.items()}
        yield Match(item, 100 * candidate.confidence, certain, features)


def _allowed(types: Sequence[str]) -> set[str]:
    """Return the classes that will do; none, which is any, where a class is asked for that no entry has."""
    asked = set(types)
    return asked.union(*(_LOOSE.get(qid, set()) for qid in asked)) if asked <= _CLASSES else set()


def _in_office(question: Question, gazetteer: Gazetteer) -> list[Entry]:
    """Return who held the posts that are asked for, of a country that is asked for."""
    found: dict[str, Entry] = {}
    for post in question.asked("post"):
        for value in question.asked("country"):
            if qid := _qid(value, gazetteer.lexicon):
                for entry in gazetteer.in_office(gazetteer.lexicon.post_key(post.name), qid):
                    found[entry.qid] = entry
    return list(found.values())
