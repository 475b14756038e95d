"""Lists of what was said or agreed, each with its quote and the way to its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from kg.vocab import ACT
from kg.web.views.asking import ask
from kg.web.views.encounters import joined
from kg.web.views.thing import Ref, address, clipped

__all__ = ["Group", "Said", "latest", "undated"]

_LATEST = """
SELECT ?statement ?meeting ?date ?act ?quote ?label (MIN(STR(?where)) AS ?phrase)
       (GROUP_CONCAT(DISTINCT ?name; separator="|") AS ?speakers)
WHERE {
  {
    SELECT DISTINCT ?statement ?meeting ?date WHERE {
      $which
      ?statement readout:meeting ?meeting
      OPTIONAL { ?meeting schema:startDate ?date }
    } ORDER BY DESC(STR(?date)) ?statement LIMIT $limit
  }
  ?statement readout:act ?act ; readout:quote ?quote .
  ?meeting rdfs:label ?label
  OPTIONAL { ?statement prov:wasDerivedFrom ?where }
  OPTIONAL { ?statement readout:speaker ?speaker . ?speaker rdfs:label ?name }
} GROUP BY ?statement ?meeting ?date ?act ?quote ?label
ORDER BY DESC(STR(?date)) ?statement"""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said: `act` is the name of what was done by it, `href` leads to its sentence."""

    iri: str
    act: str
    quote: str
    speakers: tuple[str, ...]
    href: str | None

    @property
    def who(self) -> str:
        """Who said it."""
        return joined(self.speakers) if self.speakers else "The parties"


Group: TypeAlias = tuple[Ref, str, list[Said]]
"""What was said at one encounter, of a day (ISO, or empty)."""


def latest(which: str, most: int = 8, **values: str | Iterable[str]) -> list[Group]:
    """Return the latest statements of those that the pattern *which* binds ``?statement`` to, by encounter."""
    rows = ask(_LATEST.replace("$which", which), limit=most, **values)
    groups: dict[str, Group] = {}
    for iri, meeting, date, act, quote, label, phrase, speakers in rows:
        if not (iri and meeting):
            continue
        named = Ref(meeting, undated(clipped(label)))
        said = Said(
            iri=iri,
            act=act.removeprefix(ACT.iri),
            quote=clipped(quote, 1000),
            speakers=tuple(clipped(name, 80) for name in sorted(filter(None, speakers.split("|")))),
            href=address(phrase) if phrase else None,
        )
        groups.setdefault(meeting, (named, date, []))[2].append(said)
    return list(groups.values())


def undated(label: str) -> str:
    """Return the label of an encounter without the date at its end, for where that stands beside it.

    >>> undated("Call of A, B, 2022-03"), undated("Call of A, B")
    ('Call of A, B', 'Call of A, B')
    """
    return re.sub(r", \d{4}(-\d\d){0,2}$", "", label)
