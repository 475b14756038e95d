"""The page of a person: posts, whom they met, and each encounter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.vocab import ORG
from kg.web.views import encounters
from kg.web.views.asking import ask, sparql
from kg.web.views.drawing import bars, life_line, spokes
from kg.web.views.elsewhere import elsewhere
from kg.web.views.posts import held, spans
from kg.web.views.statements import latest
from kg.web.views.tally import counted, tally
from kg.web.views.thing import Ref, Thing

__all__ = ["NETWORK", "WHICH", "gather"]

WHICH = "?meeting readout:participant $thing ."
_MET = """
SELECT ?other (MIN(?name) AS ?label) ?encounters ?same WHERE {
  {
    SELECT ?other ?same (COUNT(DISTINCT ?meeting) AS ?encounters) WHERE {
      ?mine readout:person $thing . ?meeting readout:participation ?mine .
      ?meeting readout:participation ?theirs . ?theirs readout:person ?other .
      FILTER(?other != $thing)
      BIND(EXISTS { ?mine readout:side ?side . ?theirs readout:side ?side } AS ?same)
    } GROUP BY ?other ?same ORDER BY DESC(?encounters) LIMIT 60
  }
  ?other rdfs:label ?name
} GROUP BY ?other ?encounters ?same ORDER BY DESC(?encounters) ?label"""
_ON = counted("?statement", "?matter", "?statement readout:speaker $thing ; readout:about ?matter")
NETWORK = """
SELECT ?source (MIN(?one) AS ?sourceLabel) ?target (MIN(?two) AS ?targetLabel) ?count WHERE {
  {
    SELECT ?source ?target (COUNT(DISTINCT ?meeting) AS ?count) WHERE {
      ?meeting readout:participant $thing .
      ?meeting readout:participant ?source . ?meeting readout:participant ?target .
      FILTER(STR(?source) < STR(?target))
    } GROUP BY ?source ?target ORDER BY DESC(?count) LIMIT 150
  }
  ?source rdfs:label ?one . ?target rdfs:label ?two
} GROUP BY ?source ?target ?count ORDER BY DESC(?count)"""
"""The persons whom somebody met, and who of them took part in the same encounters."""


def gather(thing: Thing) -> Mapping[str, Any]:
    """Return what the template ``person.html`` shows of a person."""
    met = ask(_MET, thing=thing.iri)
    others = bars((Ref.of(iri, label), int(number)) for iri, label, number, same in met if iri and same != "true")
    beside = bars((Ref.of(iri, label), int(number)) for iri, label, number, same in met if iri and same == "true")
    all_encounters = encounters.moments(WHICH, thing=thing.iri)
    posts = held("VALUES ?person { $thing }", thing.iri)
    own = {one.body.iri for one in posts if one.body}  # everybody speaks of the own country all the time
    return {
        "posts": posts,
        "chief": max(posts, key=lambda one: (one.last, one.readouts), default=None),
        "life": life_line(all_encounters, spans([(one.title, one) for one in posts])),
        "history": encounters.shown(all_encounters),
        "others": others,
        "beside": beside,
        "spokes": spokes(others),
        "matters": [bar for bar in tally(_ON, thing=thing.iri) if bar.ref.iri not in own],
        "said": latest("?statement readout:speaker $thing .", thing=thing.iri),
        "network": sparql(NETWORK, thing=thing.iri),
        "elsewhere": elsewhere(thing),
        "json_ld": _json_ld(thing),
    }


def _json_ld(thing: Thing) -> Mapping[str, Any]:
    """Return what schema.org has for a person."""
    posts = [ref.label for ref in thing.values(ORG.holds)]
    return {"@type": "Person", **({"jobTitle": posts[0]} if posts else {})}
