"""What programs are told: things, encounters and facts as plain records, each with the sentence that says so.

The JSON API and the MCP server give these records; a `Source` asks the store for them.
"""

from __future__ import annotations

from kg.records.encounters import Encounters, Wanted, encounters, records
from kg.records.evidence import Evidence, enclosing, evidence, sentence_of
from kg.records.source import Source
from kg.records.things import thing

__all__ = [
    "Encounters",
    "Evidence",
    "Source",
    "Wanted",
    "enclosing",
    "encounters",
    "evidence",
    "records",
    "sentence_of",
    "thing",
]
