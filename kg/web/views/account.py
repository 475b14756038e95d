"""An encounter as one readout tells of it: who took part, what was said, and the sentences that say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from kg.vocab import ACT, DCTERMS, KIND, MODE, NIF, PROV, RDFS, READOUT, ROLE, SCHEMA, STATUS
from kg.web.views.asking import ask
from kg.web.views.encounters import joined
from kg.web.views.evidence import Quote, around
from kg.web.views.statements import Said
from kg.web.views.thing import Ref, clipped
from kg.web.views.wording import ACTS

__all__ = ["Account", "Part", "accounts", "siblings"]

_NODES = """
SELECT ?meeting ?node ?property ?value (MIN(?name) AS ?label) ?body (MIN(?of) AS ?in) (COUNT(?wider) AS ?within)
WHERE {
  { VALUES ?meeting { $meetings } ?meeting ?property ?value BIND(?meeting AS ?node) }
  UNION { VALUES ?meeting { $meetings } ?meeting readout:participation ?node . ?node ?property ?value }
  UNION { VALUES ?meeting { $meetings } ?node readout:meeting ?meeting . ?node ?property ?value }
  UNION { VALUES ?meeting { $meetings } ?node dcterms:isPartOf ?meeting . ?node ?property ?value
          FILTER(?property IN (rdfs:label, dcterms:isPartOf)) }
  UNION { VALUES ?meeting { $meetings } ?node readout:reports ?meeting . ?node ?property ?value
          FILTER(?property IN (rdfs:label, dcterms:issued, dcterms:publisher, dcterms:source, nif:isString)) }
  OPTIONAL { ?value rdfs:label ?name }
  OPTIONAL { ?value org:postIn ?body . ?body rdfs:label ?of }
  OPTIONAL { ?value readout:within ?wider }
} GROUP BY ?meeting ?node ?property ?value ?body"""
_SIBLINGS = """
SELECT DISTINCT ?other WHERE {
  VALUES ?day { $days }
  $meeting readout:participation ?first , ?second ; readout:kind ?kind .
  ?first readout:person ?one ; readout:side ?side .
  ?second readout:person ?two ; readout:side ?otherSide .
  FILTER(?side != ?otherSide && STR(?one) < STR(?two))
  ?other readout:participant ?one , ?two ; schema:startDate ?day ; readout:kind ?kind .
  FILTER(?other != $meeting)
  FILTER NOT EXISTS { ?document readout:reports ?other , $meeting }
} ORDER BY ?other LIMIT 8"""


@dataclass(frozen=True, slots=True)
class Part:
    """That somebody took part: in which post, for which side, in which role; `quotes` say so."""

    person: Ref
    post: Ref | None
    body: Ref | None
    side: Ref | None
    role: str
    quotes: Sequence[Quote]


@dataclass(slots=True)
class Account:
    """An encounter as told by one readout. Dates are ISO, `kind`, `mode` and `status` are names."""

    iri: str
    label: str = ""
    document: Ref | None = None
    publisher: str = ""
    issued: str = ""
    source: str = ""
    text: str = ""
    kind: str = "meeting"
    mode: str = ""
    status: str = "held"
    start: str = ""
    end: str = ""
    places: list[Ref] = field(default_factory=list)
    sides: list[Ref] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    matters: list[Ref] = field(default_factory=list)
    part_of: Ref | None = None
    has_parts: list[Ref] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    about: dict[str, list[Ref]] = field(default_factory=dict)
    quotes: list[Quote] = field(default_factory=list)

    @property
    def title(self) -> str:
        """What it is called: its kind, and those who took part."""
        names = [part.person.label for part in self.parts] + self.groups or [side.label for side in self.sides]
        return f"{self.kind.capitalize()} of {joined(names)}" if names else self.label

    @property
    def by_act(self) -> list[tuple[str, list[Said]]]:
        """The statements by what was done with them, agreements first."""
        acts = [*ACTS, *sorted({one.act for one in self.said} - ACTS.keys())]
        return [(act, found) for act in acts if (found := [one for one in self.said if one.act == act])]


_Node = dict[str, list[tuple[str, str, str, str, str]]]
"""Of one node: by property, each value and its label; of a post the body with its label; in how many places it lies."""


def accounts(iris: Sequence[str]) -> list[Account]:
    """Return the accounts of the encounters *iris*, in this order; those that the store does not know are left out."""
    nodes: dict[str, dict[str, _Node]] = {}
    for meeting, node, name, *found in ask(_NODES, meetings=iris):
        value, label, body, of, within = found
        nodes.setdefault(meeting, {}).setdefault(node, {}).setdefault(name, []).append((value, label, body, of, within))
    return [_account(iri, nodes[iri]) for iri in iris if iri in nodes]


def _account(iri: str, nodes: Mapping[str, _Node]) -> Account:
    found = Account(iri)
    own = nodes[iri]
    for name, value in _document(nodes):
        setattr(found, name, value)
    found.label = clipped(_first(own, RDFS.label.value))
    found.kind = _first(own, READOUT.kind.value).removeprefix(KIND.iri) or found.kind
    found.mode = _first(own, READOUT.mode.value).removeprefix(MODE.iri)
    found.status = _first(own, READOUT.status.value).removeprefix(STATUS.iri) or found.status
    found.start, found.end = _first(own, SCHEMA.startDate.value), _first(own, SCHEMA.endDate.value)
    found.places, found.sides = _refs(own, SCHEMA.location.value), _refs(own, READOUT.side.value)
    found.matters = _refs(own, READOUT.addresses.value)
    found.groups = sorted(clipped(value) for value, *_ in own.get(READOUT.group.value, ()))
    found.part_of = next(iter(_refs(own, DCTERMS.isPartOf.value)), None)
    found.quotes = _quotes(found.text, own)
    for key, node in sorted(nodes.items(), key=_number):
        if READOUT.person.value in node:
            found.parts.append(_part(found.text, node))
        elif READOUT.act.value in node:
            found.said.append(_said(key, node))
            found.about[key] = _refs(node, READOUT.about.value)
        elif key != iri and DCTERMS.isPartOf.value in node:
            found.has_parts.append(Ref.of(key, _first(node, RDFS.label.value)))
    return found


def _number(item: tuple[str, object]) -> tuple[int, str]:
    end = item[0].rsplit("/", 1)[-1]
    return (int(end) if end.isdecimal() else 0, item[0])


def _document(nodes: Mapping[str, _Node]) -> Iterator[tuple[str, object]]:
    for iri, node in nodes.items():
        if NIF.isString.value in node:
            yield "document", Ref.of(iri, _first(node, RDFS.label.value))
            yield "publisher", clipped(_first(node, DCTERMS.publisher.value))
            yield "issued", _first(node, DCTERMS.issued.value)
            yield "source", _first(node, DCTERMS.source.value)
            yield "text", _first(node, NIF.isString.value)


def _first(node: _Node, name: str) -> str:
    return next((value for value, *_ in node.get(name, ())), "")


def _refs(node: _Node, name: str) -> list[Ref]:
    """Return the values of a property by their names, but places that lie in others before these."""
    found = sorted(node.get(name, ()), key=lambda row: (-int(row[4] or 0), row[1]))
    return [Ref.of(value, label) for value, label, *_ in found]


def _quotes(text: str, node: _Node) -> list[Quote]:
    return list(around(text, sorted(value for value, *_ in node.get(PROV.wasDerivedFrom.value, ()))))


def _part(text: str, node: _Node) -> Part:
    post, title, body, of, _ = next(iter(node.get(READOUT.post.value, ())), ("", "", "", "", ""))
    return Part(
        person=_refs(node, READOUT.person.value)[0],
        post=Ref.of(post, title) if post else None,
        body=Ref.of(body, of) if body else None,
        side=next(iter(_refs(node, READOUT.side.value)), None),
        role=_first(node, READOUT.role.value).removeprefix(ROLE.iri),
        quotes=_quotes(text, node),
    )


def _said(iri: str, node: _Node) -> Said:
    phrases = [value for value, *_ in node.get(PROV.wasDerivedFrom.value, ())]
    speakers = tuple(ref.label for ref in _refs(node, READOUT.speaker.value))
    return Said(
        iri=iri,
        act=_first(node, READOUT.act.value).removeprefix(ACT.iri),
        quote=clipped(_first(node, READOUT.quote.value), 2000),
        speakers=speakers,
        href=Ref(phrases[0], "").href if phrases else None,
    )


def siblings(account: Account) -> list[Account]:
    """Return what other readouts tell of the same encounter: of the same kind, with two of its people, of two sides.

    It is of the same day; by another publisher it may be of the day before or after, since where one side's day ends
    the other's may have begun.
    """
    days = _days_around(account.start)
    if not days or len(account.parts) < 2:
        return []
    query = _SIBLINGS.replace("$days", " ".join(f'"{day}"^^xsd:date' for day in days))
    found = [other for (other,) in ask(query, meeting=account.iri) if other]
    told = accounts(found) if found else []
    return [other for other in told if other.start == account.start or other.publisher != account.publisher]


def _days_around(day: str) -> list[str]:
    try:
        middle = date.fromisoformat(day) if len(day) == 10 else None
    except ValueError:
        return []
    return [(middle + timedelta(days=shift)).isoformat() for shift in (-1, 0, 1)] if middle else []
