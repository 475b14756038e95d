"""What is known of one IRI itself, and how things are named and linked on every page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox
from flask import request, url_for

from kg.lexicon import slug
from kg.store import Term
from kg.vocab import NIF, OWL, RDF, RDFS, SCHEMA, SKOS, WIKIDATA
from kg.web.service import service
from kg.web.views.asking import sparql
from kg.web.views.dates import human

__all__ = ["Match", "Ref", "Thing", "address", "clipped", "is_here", "load", "named"]

LONGEST = 300
"""How many characters of a name are shown: names are made by others, and may be a megabyte."""
_IMAGES = (SCHEMA.iri + "image", "http://www.wikidata.org/prop/direct/P18")
_MATCHES = (OWL.sameAs.value, SKOS.exactMatch.value, SKOS.closeMatch.value)
_DATED = re.compile(r"(?<=, )\d{4}(-\d\d){0,2}$")
"""The date at the end of an encounter's label (`kg.rdf`)."""
_OWN = """
SELECT ?property ?value ?label ?confidence ?reason WHERE {
  { $thing ?property ?value OPTIONAL { ?value rdfs:label ?label } }
  UNION {
    ?mapping owl:annotatedSource $thing ; owl:annotatedProperty ?property ; owl:annotatedTarget ?value ;
             sssom:confidence ?confidence .
    OPTIONAL { ?mapping rdfs:comment ?reason }
  }
} LIMIT 20000"""


def _written(date: re.Match[str]) -> str:
    return human(date[0])


@dataclass(frozen=True, slots=True)
class Ref:
    """A value as pages show it: an IRI with its label, or (where `iri` is empty) a literal."""

    iri: str
    label: str

    @classmethod
    def of(cls, iri: str, label: str = "") -> Ref:
        """Make one with a label that is short enough, or with the IRI's own end if there is none."""
        return cls(iri, clipped(_DATED.sub(_written, label) if label else service().short(iri)))

    @property
    def href(self) -> str | None:
        """Where a click leads."""
        return address(self.iri)


def named(property: str) -> Ref:
    """Name a property as people say it: ``start date`` for ``schema:startDate``."""
    name = service().short(property)
    local = name.partition(":")[2] if "/" not in name else name
    return Ref(property, clipped(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", local).lower() if local != name else name))


@dataclass(frozen=True, slots=True)
class Match:
    """That something elsewhere is, or may be, the same thing: `confidence` is "0.998" or empty, `reason` tells why."""

    target: Ref
    relation: str
    confidence: str = ""
    reason: str = ""

    @property
    def site(self) -> str:
        """The site that the other one is of."""
        if self.target.iri.startswith(WIKIDATA):
            return f"Wikidata {self.target.iri.removeprefix(WIKIDATA)}"
        return urlsplit(self.target.iri).hostname or clipped(self.target.iri, 40)

    @property
    def says(self) -> str:
        """How sure it is, in words."""
        if self.relation == OWL.sameAs.value:
            return "confirmed"
        known = self.confidence.replace(".", "", 1).isdecimal()
        sure = f", {min(float(self.confidence), 0.999):.1%} sure" if known else ""
        if self.relation == SKOS.exactMatch.value:
            return f"linked by rule{sure}" if known else ""
        return f"to be checked{sure}"


@dataclass(frozen=True, slots=True)
class Thing:
    """What the store says of one IRI. `properties` leads from the IRI of a property to its values.

    `text` is the canonical text of a readout, whole; all other values are clipped.
    """

    iri: str
    label: str
    classes: frozenset[str]
    properties: Mapping[str, tuple[Ref, ...]]
    matches: tuple[Match, ...] = ()
    text: str = ""

    def values(self, name: ox.NamedNode | str) -> tuple[Ref, ...]:
        """Return the values of a property."""
        return self.properties.get(name if isinstance(name, str) else name.value, ())

    def first(self, name: ox.NamedNode | str) -> str:
        """Return the first value of a property as text (an IRI as it is), or ``""``."""
        return next((ref.iri or ref.label for ref in self.values(name)), "")

    @property
    def aliases(self) -> list[str]:
        """Other names, each once."""
        names = [ref.label for name in (RDFS.label, SKOS.altLabel) for ref in self.values(name)]
        return [name for name in dict.fromkeys(names) if name != self.label]

    @property
    def image(self) -> str:
        """The address of a portrait, if one was imported."""
        return next((image for name in _IMAGES if (image := self.first(name))), "")

    @property
    def tail(self) -> str:
        """The decoded end of the IRI, after the site's base."""
        return service().tail(self.iri) or ""


def load(iri: str) -> Thing | None:
    """Return what the store says of *iri*; None if it says nothing."""
    found: dict[str, dict[Ref, None]] = {}
    judged: dict[tuple[str, str], tuple[str, str]] = {}
    text = ""
    for name, value, *rest in service().rows(sparql(_OWN, thing=iri)):
        assert isinstance(name, ox.NamedNode)
        label, confidence, reason = (term.value if isinstance(term, ox.Literal) else "" for term in rest)
        if confidence and isinstance(value, ox.NamedNode):
            judged[name.value, value.value] = (confidence, reason)
            continue
        if name == SCHEMA.description and getattr(value, "language", None) not in (None, "en"):
            continue
        if name == NIF.isString and isinstance(value, ox.Literal):
            text = value.value
        found.setdefault(name.value, {})[_ref(value, label)] = None
    if not found:
        return None
    properties = {name: tuple({(ref.iri or ref): ref for ref in refs}.values()) for name, refs in found.items()}
    return Thing(
        iri=iri,
        label=_title(iri, [ref.label for ref in properties.get(RDFS.label.value, ())]),
        classes=frozenset(ref.iri for ref in properties.get(RDF.type.value, ())),
        properties=properties,
        matches=tuple(_matches(properties, judged)),
        text=text,
    )


def _ref(term: Term | None, label: str) -> Ref:
    if isinstance(term, ox.NamedNode):
        return Ref.of(term.value, label)
    return Ref("", clipped(term.value if isinstance(term, ox.Literal) else str(term)))


def _matches(
    properties: Mapping[str, tuple[Ref, ...]], judged: Mapping[tuple[str, str], tuple[str, str]]
) -> Iterator[Match]:
    """Yield each match once, by the surest relation."""
    seen = set()
    for name in _MATCHES:
        for ref in properties.get(name, ()):
            if ref.iri and ref.iri not in seen:
                seen.add(ref.iri)
                yield Match(ref, name, *judged.get((name, ref.iri), ()))


def _title(iri: str, labels: Iterable[str]) -> str:
    """Choose among labels the one that the IRI was made of, or else the first in the alphabet."""
    end = unquote(iri.rsplit("/", 1)[-1])
    ordered = sorted(labels)
    chosen = next((label for label in ordered if slug(label) == end), ordered[0] if ordered else service().short(iri))
    return clipped(chosen)


def clipped(text: str, longest: int = LONGEST) -> str:
    """Shorten *text* to what a page can bear."""
    return text if len(text) <= longest else text[:longest].rstrip() + "…"


def address(iri: str) -> str | None:
    """Return where a link to *iri* leads: a page of this site, or a web address elsewhere; None for anything else.

    A phrase (RFC 5147, ``#char=12,34``) is at its place in the page of its text.
    """
    data = service()
    if data.is_vocabulary(iri):
        return url_for("linked.ontology", _anchor=unquote(iri.removeprefix(data.base).replace("ontology#", "")))
    tail = data.tail(iri)
    if tail is not None:
        return url_for("linked.page", tail=tail, _anchor=iri.partition("#")[2] or None)
    return iri if iri.startswith(("https://", "http://")) else None


def is_here(url: str) -> bool:
    """Tell whether *url* is of this very site: the policy lets no image of another one be shown."""
    return url.startswith(request.url_root) or (url.startswith("/") and not url.startswith("//"))
