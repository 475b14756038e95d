"""What Wikidata says of a thing, where `kg enrich` has put it beside what the readouts say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.vocab import FOAF, SCHEMA, WDT
from kg.web.views.asking import ask
from kg.web.views.thing import Ref, Thing

__all__ = ["Elsewhere", "elsewhere"]

_OFFICES = """
SELECT ?office ?label ?start ?end WHERE {
  ?term org:member $thing ; org:role ?office
  OPTIONAL { ?office rdfs:label ?label }
  OPTIONAL { ?term schema:startDate ?start }
  OPTIONAL { ?term schema:endDate ?end }
} ORDER BY ?start ?office LIMIT 40"""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Facts that no readout supports. `offices` are (office, first day, last day), ISO or empty."""

    description: str
    born: str
    parties: Sequence[Ref]
    homepages: Sequence[Ref]
    offices: Sequence[tuple[Ref, str, str]]

    def __bool__(self) -> bool:
        """Whether there is any."""
        return any((self.description, self.born, self.parties, self.homepages, self.offices))


def elsewhere(thing: Thing) -> Elsewhere:
    """Return what was imported about a thing; offices are looked for where anything was imported at all."""
    imported = bool(thing.values(SCHEMA.description) or thing.values(SCHEMA.birthDate))
    offices = ask(_OFFICES, thing=thing.iri) if imported else []
    return Elsewhere(
        description=thing.first(SCHEMA.description),
        born=thing.first(SCHEMA.birthDate),
        parties=thing.values(WDT.P102),
        homepages=thing.values(FOAF.homepage),
        offices=[(Ref.of(office, label), start, end) for office, label, start, end in offices],
    )
