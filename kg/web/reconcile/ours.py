"""Reconciliation with the entities of the store: found by the search index, told apart by what the readouts say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kg.errors import StoreError
from kg.lexicon import Lexicon, fold
from kg.link.reconcile import Item, Match, Question, Term, Value, ranked
from kg.search import Completion, complete
from kg.vocab import ORG, OWL, RDF, RDFS, READOUT, SCHEMA, SKOS, WIKIDATA
from kg.web.reconcile.source import Cell, Property, Sort
from kg.web.service import Service
from kg.web.views import body, land, matter, person, post
from kg.web.views.asking import ask

__all__ = ["Ours"]

_FOUND = 12
"""Candidates that are looked at for each question."""
_FEWEST_LETTERS = 4
_TYPES = {
    "Official": ("official", "Official", ("Person",)),
    "Person": ("person", "Person", ()),
    "Agency": ("agency", "Agency", ("Organization",)),
    "Organization": ("organization", "Organisation", ()),
    "Country": ("country", "Country", ("Place",)),
    "Place": ("place", "Place", ()),
    "Initiative": ("initiative", "Initiative", ()),
    "Event": ("event", "Event", ()),
    "Post": ("post", "Post", ()),
}
"""Our classes, with what the search calls them, what people do, and what they are among."""
_CLASSES = {READOUT.iri + name: (name, *wider) for name, (_, _, wider) in _TYPES.items()} | {
    SCHEMA.Country.value: ("Country", "Place")
}
_PEOPLE = ("Official", "Person")
_OF_MEETINGS = {"meetings", "first", "last"}
_SAID = """
SELECT ?x ?property ?value ?label WHERE {
  VALUES ?x { $things }
  VALUES ?property { rdf:type rdfs:label skos:altLabel readout:country readout:within org:postIn
                     owl:sameAs skos:exactMatch }
  ?x ?property ?value OPTIONAL { ?value rdfs:label ?label }
} LIMIT 50000"""
_LINKED = "SELECT DISTINCT ?x { VALUES ?same { owl:sameAs skos:exactMatch } ?x ?same $item } LIMIT 20"
_HELD = """
SELECT ?x ?post (SAMPLE(?title) AS ?name) ?of (SAMPLE(?in) AS ?body)
       (MIN(COALESCE(?day, "9999")) AS ?first) (MAX(COALESCE(?day, "")) AS ?last) WHERE {
  VALUES ?x { $things }
  ?holding org:member ?x ; readout:post ?post ; readout:tenure ?tenure .
  FILTER(?tenure != tenure:former)
  ?post rdfs:label ?title
  OPTIONAL { ?post org:postIn ?of . ?of rdfs:label ?in }
  OPTIONAL { ?holding prov:wasDerivedFrom ?phrase . ?phrase nif:referenceContext ?document .
             OPTIONAL { ?document dcterms:issued ?issued }
             OPTIONAL { ?document readout:reports ?meeting . ?meeting schema:startDate ?start }
             BIND(COALESCE(STR(?issued), STR(?start)) AS ?day) }
} GROUP BY ?x ?post ?of LIMIT 20000"""
_MET = """
SELECT ?x (COUNT(DISTINCT ?meeting) AS ?meetings)
       (MIN(COALESCE(?day, "9999")) AS ?first) (MAX(COALESCE(?day, "")) AS ?last) WHERE {
  VALUES ?x { $things }
  ?meeting a readout:Meeting .
  $which
  OPTIONAL { ?meeting schema:startDate ?when BIND(STR(?when) AS ?day) }
} GROUP BY ?x"""
_INVOLVED = {
    "Person": person.WHICH,
    "Organization": body.WHICH,
    "Place": land.WHICH,
    "Initiative": matter.WHICH,
    "Event": matter.WHICH,
    "Post": post.WHICH,
}
"""Which encounters something has to do with, as its page has it."""
_OWNERS = (READOUT.country.value, READOUT.within.value, ORG.postIn.value)
_SAME = (OWL.sameAs.value, SKOS.exactMatch.value)


class Ours:
    """The persons, bodies, places, initiatives, events and posts of the store that *data* serves.

    An id is what follows the base in an IRI: ``official/lisa-monaco``.
    """

    schema_space = READOUT.iri
    types = tuple(Sort(id, name, wider) for id, (_, name, wider) in _TYPES.items())
    properties = (
        Property("post", "post", "post", "an office that somebody holds", of=_PEOPLE, sort="Post"),
        Property("country", "country", "country", "whose it is, or whose office somebody holds", sort="Country"),
        Property("on", "on", "in office on", "a day on which somebody was in office", extended=False, of=_PEOPLE),
        Property("wikidata", "wikidata", "Wikidata item", "the item that it was linked to", elsewhere=True),
        Property("aliases", "aliases", "other names", "names besides the label", matched=False),
        Property("meetings", "meetings", "encounters", "how many encounters it has to do with", matched=False),
        Property("first", "first", "first encounter", "the day of the first of them", matched=False),
        Property("last", "last", "last encounter", "the day of the last of them", matched=False),
    )

    def __init__(self, data: Service, lexicon: Lexicon, view: str) -> None:
        self._data = data
        self._lexicon = lexicon
        self.name = data.settings.site_name
        self.identifier_space = data.base
        self.view = view

    def match(self, questions: Sequence[Question]) -> list[list[Match]]:
        """See `Source.match`."""
        questions = [replace(question, name=self._id(question.name)) for question in questions]
        found = [self._found(question) for question in questions]
        terms = any(question.conditions for question in questions)
        said = self._items({iri for each in found for iri in each}, terms=terms)
        details = {iri: each.detail for one in found for iri, each in one.items() if each}
        known = {iri: replace(item, description=details.get(iri, "")) for iri, item in said.items()}
        return [
            ranked(question, [known[iri] for iri in each if iri in known], self._lexicon)
            for question, each in zip(questions, found, strict=True)
        ]

    def suggest(self, prefix: str, types: Sequence[str], limit: int) -> list[Item]:
        """See `Source.suggest`."""
        if "/" in prefix and (known := self.items([prefix])):
            return list(known.values())
        found = self._complete(prefix, types, limit)
        return [
            Item(self._id(each.iri), each.label, _typed(each.type), (), each.detail)
            for each in found
            if self._data.tail(each.iri)
        ]

    def items(self, ids: Sequence[str]) -> Mapping[str, Item]:
        """See `Source.items`."""
        said = self._items({self._iri(id) for id in ids if id}, terms=True)
        return {id: said[self._iri(id)] for id in ids if id and self._iri(id) in said}

    def extend(self, ids: Sequence[str], keys: Sequence[str]) -> Mapping[str, Mapping[str, Sequence[Cell]]]:
        """See `Source.extend`."""
        items = self.items(ids)
        met = self._met(items) if _OF_MEETINGS & set(keys) else {}
        return {id: {key: _cells(item, key, met.get(id, {})) for key in keys} for id, item in items.items()}

    def _met(self, items: Mapping[str, Item]) -> Mapping[str, Mapping[str, Cell]]:
        """Return how many encounters each has to do with, and the days of the first and the last of them."""
        found = {}
        for kind, which in _INVOLVED.items():
            if things := [self._iri(id) for id, item in items.items() if kind in item.types]:
                query = _MET.replace("$which", which.replace("$thing", "?x"))
                for iri, number, first, last in ask(query, things=things):
                    if iri:
                        days = {name: _date(day) for name, day in (("first", first), ("last", last)) if last}
                        found[self._id(iri)] = {"meetings": {"int": int(number)}} | days
        return found

    # --- finding ---------------------------------------------------------------------------------------------------

    def _found(self, question: Question) -> dict[str, Completion | None]:
        """Return the IRIs of what may be meant, with what the search says of each."""
        found: dict[str, Completion | None] = {}
        if "/" in question.name:
            found[self._iri(question.name)] = None
        for value in question.asked("wikidata"):
            found |= dict.fromkeys(_linked(value.id or value.name))
        told = " ".join(value.name for key in ("post", "country") for value in question.asked(key))
        whole = self._complete(question.name or told, question.types, _FOUND)
        found |= {each.iri: each for each in whole}
        if not any(fold(each.label) == fold(question.name) for each in whole):
            for word in _telling(question.name):
                found |= {each.iri: each for each in self._complete(word, question.types, _FOUND // 2)}
        return found

    def _complete(self, text: str, types: Sequence[str], limit: int) -> list[Completion]:
        finder = self._data.finder
        if finder is None:
            raise StoreError("there is no search over this store, and so no reconciliation")
        kinds = tuple(kind for id, (kind, _, wider) in _TYPES.items() if not types or {id, *wider} & set(types))
        return finder.ask(lambda index: complete(index, text, kinds, limit)) if kinds and text.strip() else []

    # --- describing ------------------------------------------------------------------------------------------------

    def _items(self, iris: Iterable[str], *, terms: bool) -> dict[str, Item]:
        things = sorted(iris)
        if not things:
            return {}
        said: defaultdict[str, defaultdict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
        for iri, property, value, label in ask(_SAID, things=things):
            said[iri][property].append(Value(label or value, value))
        held: defaultdict[str, list[tuple[Value, Term]]] = defaultdict(list)
        for iri, office, title, of, owner, first, last in ask(_HELD, things=things) if terms else ():
            country = Value(owner, self._id(of)) if of else None
            held[iri].append((Value(title, self._id(office)), Term(title, country, first if last else "", last)))
        items = ((iri, self._item(iri, said[iri], held[iri])) for iri in things if iri in said)
        return {iri: item for iri, item in items if item}

    def _item(self, iri: str, said: Mapping[str, list[Value]], held: list[tuple[Value, Term]]) -> Item | None:
        classes = {value.id for value in said.get(RDF.type.value, ())}
        types = dict.fromkeys(name for cls, names in _CLASSES.items() if cls in classes for name in names)
        labels = [value.name for value in said.get(RDFS.label.value, ())]
        if not types or not labels:
            return None
        owners = [Value(v.name, self._id(v.id)) for name in _OWNERS for v in said.get(name, ())]
        served = [term.country for _, term in held if term.country]
        items = [v.id.removeprefix(WIKIDATA) for name in _SAME for v in said.get(name, ()) if v.id.startswith(WIKIDATA)]
        others = [value.name for value in said.get(SKOS.altLabel.value, ())]
        return Item(
            self._id(iri),
            min(labels, key=lambda name: (-labels.count(name), name)),
            tuple(types),
            tuple(dict.fromkeys((*labels, *others))),
            values={
                "post": tuple(dict.fromkeys(office for office, _ in held)),
                "country": tuple(dict.fromkeys((*owners, *served))),
                "wikidata": tuple(dict.fromkeys(Value(qid, qid) for qid in items)),
            },
            terms=tuple(term for _, term in held),
        )

    def _iri(self, id: str) -> str:
        return self._data.iri(self._id(id))

    def _id(self, iri: str) -> str:
        tail = self._data.tail(iri)
        return iri if tail is None else tail


def _telling(name: str) -> set[str]:
    """Return the words of a name by which it is looked for, if not by all: a title or a middle name may be too many."""
    words = [word for word in name.split() if len(word) >= _FEWEST_LETTERS]
    return {words[-1], max(words, key=len)} - {name} if words else set()


def _typed(kind: str) -> tuple[str, ...]:
    """Return the types of what the search calls *kind*."""
    return next(((id, *wider) for id, (name, _, wider) in _TYPES.items() if name == kind), ())


def _linked(item: str) -> list[str]:
    """Return the IRIs of what was linked to an item of Wikidata."""
    qid = item.rsplit("/", 1)[-1]
    if not (qid[:1] == "Q" and qid[1:].isdecimal()):
        return []
    return [iri for (iri,) in ask(_LINKED, item=WIKIDATA + qid) if iri]


def _cells(item: Item, key: str, met: Mapping[str, Cell]) -> list[Cell]:
    if key in _OF_MEETINGS:
        return [met[key]] if key in met else [{"int": 0}] if key == "meetings" else []
    if key == "aliases":
        return [{"str": name} for name in item.names if name != item.name]
    return [{"id": value.id, "name": value.name} for value in item.values.get(key, ())]


def _date(day: str) -> dict[str, Any]:
    """Return a day as the specification wants it, with a time; a month or a year as the text that it is."""
    return {"date": f"{day}T00:00:00Z"} if len(day) == len("2014-04-24") else {"str": day}
