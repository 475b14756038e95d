"""The page of a single fact: a statement, a part taken, a post held; with the sentence that says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from kg.vocab import ACT, ORG, PROV, READOUT, ROLE, TENURE
from kg.web.views.asking import ask
from kg.web.views.encounters import joined
from kg.web.views.evidence import Quote, around, place
from kg.web.views.thing import Ref, Thing, clipped
from kg.web.views.wording import did

__all__ = ["gather"]

_FROM = """
SELECT ?document ?text ?title ?meeting ?name WHERE {
  { SELECT ?document ?text (MIN(?label) AS ?title) WHERE {
    VALUES ?document { $documents } ?document nif:isString ?text ; rdfs:label ?label
  } GROUP BY ?document ?text }
  OPTIONAL { ?meeting readout:participation $thing . ?meeting rdfs:label ?name }
}"""
_SHOWN = (
    ("Encounter", READOUT.meeting),
    ("Who", READOUT.speaker),
    ("Who", READOUT.person),
    ("Who", ORG.member),
    ("Post", READOUT.post),
    ("For", READOUT.side),
    ("About", READOUT.about),
)
_READ = (("Rule", READOUT.rule), ("Confidence", READOUT.confidence))


def gather(thing: Thing) -> Mapping[str, Any]:
    """Return what the template ``fact.html`` shows of a fact."""
    phrases = [ref.iri for ref in thing.values(PROV.wasDerivedFrom)]
    documents = sorted({found[0] for phrase in phrases if (found := place(phrase))})
    rows = ask(_FROM, thing=thing.iri, documents=documents) if documents else []
    meeting = [Ref.of(iri, name) for *_, iri, name in rows[:1] if iri]
    label, note = _worded(thing)
    return {
        "label": label,
        "heading": label,
        "note": note,
        "quotes": list(_quotes(rows, phrases)),
        "properties": [("Encounter", meeting), *((name, thing.values(term)) for name, term in _SHOWN)],
        "read": [(name, thing.first(term)) for name, term in _READ],
    }


def _quotes(rows: Sequence[tuple[str, ...]], phrases: Sequence[str]) -> Iterator[tuple[Ref, Quote]]:
    for document, text, title, *_ in rows:
        for quote in around(text, sorted(phrase for phrase in phrases if phrase.startswith(f"{document}#"))):
            yield Ref.of(document, title), quote


def _worded(thing: Thing) -> tuple[str, str]:
    """Return what a fact says in short, and what there is to add."""

    def one(*names: ox.NamedNode) -> str:
        return next((ref.label for name in names for ref in thing.values(name)), "")

    if act := thing.first(READOUT.act):
        who = joined(sorted(ref.label for ref in thing.values(READOUT.speaker)) or ["The parties"])
        return clipped(f"{who} {did(act.removeprefix(ACT.iri))}"), "jointly" if one(READOUT.joint) == "true" else ""
    manner = thing.first(READOUT.role).removeprefix(ROLE.iri) or thing.first(READOUT.tenure).removeprefix(TENURE.iri)
    named = ", ".join(filter(None, (one(READOUT.person, ORG.member), one(READOUT.post))))
    return named or thing.label, manner if manner not in ("member", "current") else ""
