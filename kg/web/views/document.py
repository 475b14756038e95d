"""The page of a readout: its text with the phrases marked, beside the facts that were read from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import pyoxigraph as ox
from markupsafe import escape

from kg.model import Span
from kg.vocab import ACT, DCTERMS, ORG, RDF, RDFS, READOUT, ROLE, SCHEMA, SKOS, TENURE
from kg.web.views.asking import ask
from kg.web.views.dates import human
from kg.web.views.encounters import joined
from kg.web.views.evidence import place
from kg.web.views.frame import cited
from kg.web.views.marked import marked
from kg.web.views.thing import Ref, Thing, address, clipped
from kg.web.views.wording import did

__all__ = ["TABLE", "gather"]

LONGEST = 200_000
"""How many characters of a text a page shows; the data have all of it."""
TABLE = """
SELECT ?fact ?class ?begin ?end ?phrase (MAX(?sure) AS ?confidence) (MIN(?name) AS ?rule) WHERE {
  ?where nif:referenceContext $thing ; nif:beginIndex ?begin ; nif:endIndex ?end ; nif:anchorOf ?phrase .
  { ?fact prov:wasDerivedFrom ?where } UNION { ?where itsrdf:taIdentRef ?fact }
  ?fact a ?class
  OPTIONAL { ?fact readout:confidence ?sure }
  OPTIONAL { ?fact readout:rule ?name }
}
GROUP BY ?fact ?class ?begin ?end ?phrase
ORDER BY ?begin ?end"""
"""Each fact with its phrase and its place in the text, as rows to take away."""
_FACTS = """
SELECT ?fact ?phrase ?property ?value (MIN(?name) AS ?label) WHERE {
  ?phrase nif:referenceContext $thing .
  { ?fact prov:wasDerivedFrom ?phrase } UNION { ?phrase itsrdf:taIdentRef ?fact }
  {
    ?fact ?property ?value
    FILTER(?property IN (rdf:type, rdfs:label, org:member, readout:post, readout:tenure, readout:person, readout:role,
                         readout:act, readout:quote, readout:speaker, readout:meeting))
  }
  UNION { ?value readout:participation ?fact BIND(readout:meeting AS ?property) }
  OPTIONAL { ?value rdfs:label ?name }
} GROUP BY ?fact ?phrase ?property ?value"""
_PROVENANCE = (
    (DCTERMS.identifier, "File"),
    (DCTERMS.language, "Language"),
    (READOUT.sha256, "SHA-256"),
    (READOUT.extractor, "Read by"),
)
_MEETING = frozenset({READOUT.Meeting.value})
_PART = frozenset({READOUT.Participation.value})
_SAID = frozenset({READOUT.Statement.value})
_GROUPS: Sequence[tuple[str, frozenset[str]]] = (
    ("Posts", frozenset({READOUT.Holding.value})),
    ("People", frozenset({READOUT.Official.value, READOUT.Person.value})),
    ("Bodies", frozenset({READOUT.Agency.value, READOUT.Organization.value})),
    ("Places", frozenset({READOUT.Country.value, READOUT.Place.value, SCHEMA.Country.value})),
    ("Matters", frozenset({READOUT.Initiative.value, READOUT.Event.value, SKOS.Concept.value})),
)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that was read from the text: `id` is its own on the page, `first` leads to its first phrase there."""

    id: str
    ref: Ref
    note: str
    first: str


@dataclass(frozen=True, slots=True)
class Group:
    """Facts under a heading: a word, or the encounter that they belong to."""

    heading: str
    encounter: Fact | None
    facts: Sequence[Fact]


def gather(thing: Thing) -> Mapping[str, Any]:
    """Return what the template ``document.html`` shows of a readout."""
    groups, phrases = _facts(thing)
    paragraphs = marked(thing.text[:LONGEST], phrases)
    title = paragraphs.pop(0) if paragraphs and thing.first(DCTERMS.title) else escape(thing.label)
    publisher, issued = thing.first(DCTERMS.publisher), thing.first(DCTERMS.issued)
    source = thing.first(DCTERMS.source)
    return {
        "groups": groups,
        "title": title,
        "paragraphs": paragraphs,
        "shortened": len(thing.text) > LONGEST,
        "publisher": publisher,
        "issued": issued,
        "source": source,
        "provenance": _PROVENANCE,
        "source_href": address(source),
        "citation": cited(
            f"{thing.label} [Press release]", f"{publisher or 'Unknown publisher'}. ({_inverted(issued)})."
        ),
        "json_ld": _report(thing, publisher, issued, source),
    }


def _inverted(day: str) -> str:
    """Write a date in the manner of APA: 2016, May 24."""
    *before, year = human(day).split(" ") if day else ("n.d.",)
    return f"{year}, {' '.join(reversed(before))}" if before else year


def _report(thing: Thing, publisher: str, issued: str, source: str) -> Mapping[str, Any]:
    given = {
        "headline": clipped(thing.label, 110),
        "datePublished": issued,
        "publisher": {"@type": "Organization", "name": publisher} if publisher else None,
        "isBasedOn": source if address(source) else None,
    }
    return {"@type": "Report"} | {name: value for name, value in given.items() if value}


_Node = Mapping[str, Sequence[Ref]]
"""Of one fact: its values by property."""


def _facts(thing: Thing) -> tuple[list[Group], dict[Span, list[str]]]:
    """Return the facts in groups, and for each phrase the ids of its facts, those of the first groups first."""
    nodes, spans = _read(thing)
    phrases: defaultdict[Span, list[str]] = defaultdict(list)
    groups: list[Group] = []
    ids = (f"f{number}" for number in count(1))

    def numbered(iri: str) -> Fact:
        fact = _fact(next(ids), iri, nodes[iri], spans[iri])
        for span in spans[iri]:
            phrases[span].append(fact.id)
        return fact

    for heading, encounter, chosen in _plan(nodes, spans):
        lead = numbered(encounter) if encounter else None
        groups.append(Group(heading, lead, [numbered(iri) for iri in chosen]))
    return groups, dict(phrases)


def _plan(
    nodes: Mapping[str, _Node], spans: Mapping[str, Sequence[Span]]
) -> Iterator[tuple[str, str | None, Sequence[str]]]:
    """Yield the groups: who took part and what was said by encounter, then the things that the text names."""

    def of(classes: frozenset[str]) -> list[str]:
        chosen = [iri for iri in spans if classes & {ref.iri for ref in nodes[iri].get(RDF.type.value, ())}]
        return sorted(chosen, key=lambda iri: (_place(spans[iri][0]), iri))

    told = {iri: {ref.iri for ref in nodes[iri].get(READOUT.meeting.value, ())} for iri in (*of(_PART), *of(_SAID))}
    meetings = of(_MEETING)
    for meeting in meetings:
        yield "", meeting, [iri for iri, at in told.items() if meeting in at]
    if rest := [iri for iri, at in told.items() if not at & set(meetings)]:
        yield "What was said", None, rest
    for heading, classes in _GROUPS:
        if chosen := of(classes):
            yield heading, None, chosen


def _read(thing: Thing) -> tuple[Mapping[str, _Node], Mapping[str, Sequence[Span]]]:
    """Return the facts of a text, and where in it each was read, in text order."""
    nodes: defaultdict[str, dict[str, list[Ref]]] = defaultdict(dict)
    spans: defaultdict[str, set[Span]] = defaultdict(set)
    for fact, phrase, name, value, label in ask(_FACTS, thing=thing.iri):
        refs = nodes[fact].setdefault(name, [])
        if (ref := Ref.of(value, label) if label else Ref(value, clipped(value))) not in refs:
            refs.append(ref)
        if found := place(phrase):
            spans[fact].add(found[1])
    return nodes, {fact: sorted(found, key=_place) for fact, found in spans.items()}


def _place(span: Span) -> tuple[int, int]:
    return span.start, -span.end


def _fact(id: str, iri: str, node: _Node, spans: Sequence[Span]) -> Fact:
    ref, note = _worded(iri, node)
    times = f"{len(spans)} times" if len(spans) > 1 else ""
    first = f"char={spans[0].start},{spans[0].end}"
    return Fact(id, ref, ", ".join(filter(None, (note, times))), first)


def _worded(iri: str, node: _Node) -> tuple[Ref, str]:
    """Return the thing to name a fact by, and what there is to say beside it."""

    def one(name: ox.NamedNode) -> Ref | None:
        return next(iter(node.get(name.value, ())), None)

    post = one(READOUT.post)
    title = post.label if post else ""
    if act := one(READOUT.act):
        speakers = sorted(ref.label for ref in node.get(READOUT.speaker.value, ()))
        quote = one(READOUT.quote)
        who = f"{joined(speakers, most=2)} " if speakers else ""
        return Ref(iri, f"“{quote.label if quote else ''}”"), who + did(act.iri.removeprefix(ACT.iri))
    if person := one(READOUT.person):
        role = one(READOUT.role)
        name = role.iri.removeprefix(ROLE.iri) if role else ""
        return person, ", ".join(filter(None, (title, name if name != "member" else "")))
    if member := one(ORG.member):
        tenure = one(READOUT.tenure)
        name = tenure.iri.removeprefix(TENURE.iri) if tenure else ""
        return member, f"{name} {title}" if name not in ("", "current") else title
    label = one(RDFS.label)
    return Ref.of(iri, label.label if label else ""), ""
