"""The page of an initiative, an event or a topic: first mention, life line, parties, and what was said about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.vocab import READOUT
from kg.web.views import encounters
from kg.web.views.asking import ask
from kg.web.views.drawing import life_line
from kg.web.views.elsewhere import elsewhere
from kg.web.views.evidence import Quote, around, place
from kg.web.views.statements import latest
from kg.web.views.tally import counted, tally
from kg.web.views.thing import Ref, Thing

__all__ = ["WHICH", "gather"]

WHICH = """{ ?meeting readout:addresses $thing } UNION {
        ?statement readout:about $thing . ?statement readout:meeting ?meeting }"""
_MENTIONS = """
SELECT (MIN(?said) AS ?first) (MAX(?on) AS ?last) (COUNT(DISTINCT ?document) AS ?documents) WHERE {
  { ?phrase itsrdf:taIdentRef $thing }
  UNION { ?statement readout:about $thing . ?statement prov:wasDerivedFrom ?phrase }
  ?phrase nif:referenceContext ?document
  OPTIONAL { ?document dcterms:issued ?day }
  BIND(COALESCE(STR(?day), "") AS ?on)
  BIND(CONCAT(COALESCE(STR(?day), "undated"), " ", STR(?phrase)) AS ?said)
}"""
_TEXT = """
SELECT ?text (MIN(?title) AS ?label) WHERE {
  $document nif:isString ?text ; rdfs:label ?title
} GROUP BY ?text LIMIT 1"""
_SIDES = counted(
    "?meeting", "?side", "{ SELECT DISTINCT ?meeting WHERE { " + WHICH + " } } ?meeting readout:side ?side"
)
_PEOPLE = counted("?statement", "?person", "?statement readout:about $thing . ?statement readout:speaker ?person")


@dataclass(frozen=True, slots=True)
class Mention:
    """Where something is mentioned first, in which readout of which day."""

    day: str
    document: Ref
    quote: Quote


def gather(thing: Thing) -> Mapping[str, Any]:
    """Return what the template ``matter.html`` shows of an initiative, an event or a topic."""
    found = encounters.moments(WHICH, thing=thing.iri)
    ((first, last, documents),) = ask(_MENTIONS, thing=thing.iri)
    return {
        "first": _mention(first),
        "last": last,
        "documents": int(documents),
        "life": life_line(found),
        "history": encounters.shown(found),
        "sides": tally(_SIDES, thing=thing.iri),
        "people": tally(_PEOPLE, thing=thing.iri),
        "said": latest("?statement readout:about $thing .", most=12, thing=thing.iri),
        "elsewhere": elsewhere(thing),
        "json_ld": _json_ld(thing),
    }


def _mention(said: str) -> Mention | None:
    day, _, phrase = said.removeprefix("undated").partition(" ")
    found = place(phrase)
    if not found:
        return None
    rows = ask(_TEXT, document=found[0])
    quotes = list(around(rows[0][0], [phrase])) if rows else []
    return Mention(day, Ref.of(found[0], rows[0][1]), quotes[0]) if quotes else None


def _json_ld(thing: Thing) -> Mapping[str, Any]:
    """Return what schema.org has for it."""
    return {"@type": "Event" if READOUT.Event.value in thing.classes else "Thing"}
