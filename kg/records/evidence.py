"""The sentence that says so: for each fact its phrase, with offsets, the sentence around it, and the document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from kg.model import Span
from kg.records.source import Source, clipped, local
from kg.text import sentences

__all__ = ["Evidence", "enclosing", "evidence", "sentence_of"]

_FACTS = """
SELECT ?fact ?phrase ?document ?begin ?end WHERE {
  { VALUES ?fact { $thing } ?fact prov:wasDerivedFrom ?phrase }
  UNION { $thing readout:participation|readout:reports ?fact . ?fact prov:wasDerivedFrom ?phrase }
  UNION { ?fact ?how $thing ; prov:wasDerivedFrom ?phrase FILTER NOT EXISTS { ?fact a readout:Post } }
  ?phrase nif:referenceContext ?document ; nif:beginIndex ?begin ; nif:endIndex ?end
  OPTIONAL { ?document dcterms:issued ?issued }
}
GROUP BY ?fact ?phrase ?document ?begin ?end
ORDER BY DESC(STR(SAMPLE(?issued))) ?document ?begin ?fact LIMIT $limit OFFSET $start"""
_MENTIONS = """
SELECT ?fact ?phrase ?document ?begin ?end WHERE {
  VALUES ?fact { $thing }
  ?phrase itsrdf:taIdentRef ?fact ; nif:referenceContext ?document ; nif:beginIndex ?begin ; nif:endIndex ?end
  OPTIONAL { ?document dcterms:issued ?issued }
}
ORDER BY DESC(STR(?issued)) ?document ?begin LIMIT $limit OFFSET $start"""
_FIRST = """
SELECT ?thing (MIN(?place) AS ?first) WHERE {
  VALUES ?thing { $things }
  { ?thing prov:wasDerivedFrom ?phrase } UNION { ?phrase itsrdf:taIdentRef ?thing }
  ?phrase nif:referenceContext ?document ; nif:beginIndex ?begin ; nif:endIndex ?end
  BIND(SUBSTR(CONCAT("00000000", STR(?begin)), STRLEN(STR(?begin)) + 1) AS ?padded)
  BIND(CONCAT(STR(?document), " ", ?padded, " ", STR(?end)) AS ?place)
} GROUP BY ?thing"""
_WORDING = """
SELECT ?fact ?what ?value ?label WHERE {
  VALUES ?fact { $facts }
  { ?fact ?what ?value
    FILTER(?what IN (rdf:type, rdfs:label, readout:act, readout:quote, readout:speaker, readout:person, readout:post,
                     org:member, readout:tenure, readout:rule, readout:confidence)) }
  UNION { ?value readout:participation ?fact BIND(readout:meeting AS ?what) }
  OPTIONAL { ?value rdfs:label ?label }
}"""
_DOCUMENTS = """
SELECT ?document ?text ?title ?issued ?publisher ?source WHERE {
  VALUES ?document { $documents }
  ?document nif:isString ?text
  OPTIONAL { ?document dcterms:title ?title }
  OPTIONAL { ?document dcterms:issued ?issued }
  OPTIONAL { ?document dcterms:publisher ?publisher }
  OPTIONAL { ?document dcterms:source ?source }
}"""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One fact and the phrase that it was read from.

    `begin` and `end` are offsets in code points of the document's canonical text (``nif:isString``), `sentence` is what
    stands around the phrase. `says` is the fact in words, `kind` its class, or ``mention`` where a text only names the
    thing; `confidence` (0 to 1) and `rule` are the reader's own.
    """

    fact: str
    kind: str
    says: str
    phrase: str
    sentence: str
    document: str
    begin: int
    end: int
    title: str = ""
    publisher: str = ""
    issued: str = ""
    source: str = ""
    rule: str = ""
    confidence: float | None = None

    def record(self) -> dict[str, Any]:
        """Return it for JSON, without what is unknown."""
        return {name: value for name, value in asdict(self).items() if value not in ("", None)}


def evidence(source: Source, iri: str, limit: int = 20, start: int = 0) -> list[Evidence]:
    """Return the evidence for *iri* and the facts in which it is, those of the latest documents first.

    What no fact is about is at least named somewhere: then its mentions are given.
    """
    rows = source.ask(_FACTS, thing=iri, limit=limit, start=start)
    if not rows and not source.ask(_FACTS, thing=iri, limit=1, start=0):
        rows = source.ask(_MENTIONS, thing=iri, limit=limit, start=start)
    return _completed(source, [(fact, document, int(begin), int(end)) for fact, _, document, begin, end in rows])


def sentence_of(source: Source, iris: Iterable[str]) -> dict[str, Evidence]:
    """Return one piece of evidence for each of *iris* that has any: where it is first derived from, or named."""
    wanted = list(dict.fromkeys(iris))
    rows = source.ask(_FIRST, things=wanted) if wanted else []
    places = [(thing, *place.rsplit(" ", 2)) for thing, place in rows if place]
    found = _completed(source, [(thing, document, int(begin), int(end)) for thing, document, begin, end in places])
    return {each.fact: each for each in found}


def _completed(source: Source, places: Sequence[tuple[str, str, int, int]]) -> list[Evidence]:
    if not places:
        return []
    wording = _wording(source, {fact for fact, *_ in places})
    documents = {document: rest for document, *rest in source.ask(_DOCUMENTS, documents={place[1] for place in places})}
    found = []
    for fact, document, begin, end in places:
        text, title, issued, publisher, origin = documents.get(document, [""] * 5)
        if not begin < end <= len(text):
            continue
        known = wording[fact]
        confidence = _first(known, "confidence")
        found.append(
            Evidence(
                fact=fact,
                kind=_kind(known),
                says=clipped(_says(known)),
                phrase=clipped(text[begin:end]),
                sentence=clipped(_around(text, Span(begin, end))),
                document=document,
                begin=begin,
                end=end,
                title=clipped(title),
                publisher=clipped(publisher),
                issued=issued,
                source=origin,
                rule=_first(known, "rule"),
                confidence=float(confidence) if confidence else None,
            )
        )
    return found


_Known = Mapping[str, list[str]]


def _wording(source: Source, facts: Iterable[str]) -> Mapping[str, _Known]:
    """Return what is needed to put facts into words: by the local name of the property, labels in the place of IRIs."""
    known: defaultdict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for fact, what, value, label in source.ask(_WORDING, facts=facts):
        values = known[fact][local(what)]
        if (text := label or value) not in values:
            values.append(text)
    return known


def _first(known: _Known, name: str) -> str:
    return next(iter(known.get(name, ())), "")


def _kind(known: _Known) -> str:
    """Name the class of a fact; people, bodies and places are no facts, but mentioned."""
    names = [local(name) for name in known.get("type", ())]
    facts = ("Statement", "Participation", "Holding", "Meeting", "Post")
    return next((name.lower() for name in facts if name in names), "mention")


def _says(known: _Known) -> str:
    """Put a fact into words."""
    match _kind(known):
        case "statement":
            who = ", ".join(sorted(known.get("speaker", ()))) or "The parties"
            return f"{who} ({local(_first(known, 'act'))}): {_first(known, 'quote')}"
        case "participation":
            post = _first(known, "post")
            return f"{_first(known, 'person')}{f', {post},' if post else ''} took part in: {_first(known, 'meeting')}"
        case "holding":
            return f"{_first(known, 'member')} is named as {local(_first(known, 'tenure'))} {_first(known, 'post')}"
    return _first(known, "label")


def enclosing(spans: Sequence[Span], phrase: Span) -> Span:
    """Return the stretch of a text that has *phrase* and all sentences (*spans*) that it touches.

    >>> enclosing([Span(0, 10), Span(11, 20)], Span(12, 15))
    Span(start=11, end=20)
    """
    touched = [span for span in spans if span.start < phrase.end and phrase.start < span.end] or [phrase]
    return Span(min(phrase.start, touched[0].start), max(phrase.end, touched[-1].end))


def _around(text: str, phrase: Span) -> str:
    whole = enclosing(sentences(text), phrase)
    return " ".join(text[whole.start : whole.end].split())
