"""Which item of Wikidata an entity is: an index of what Wikidata knows, and a judgement with its reasons.

No network is needed: an index comes with the package (the ids of the lexicon), and files extend it.
"""

from __future__ import annotations

from kg.link.build import build_file
from kg.link.gazetteer import LEARNED, Gazetteer, gazetteer_with
from kg.link.index import Entry, Index, Tenure
from kg.link.linker import Band, Candidate, Decision, decide, link
from kg.link.rows import Row
from kg.link.subjects import Clue, Facts, Office, Subject, Thing, facts_of, pooled, subjects
from kg.link.tables import read_rows

__all__ = [
    "LEARNED",
    "Band",
    "Candidate",
    "Clue",
    "Decision",
    "Entry",
    "Facts",
    "Gazetteer",
    "Index",
    "Office",
    "Row",
    "Subject",
    "Tenure",
    "Thing",
    "build_file",
    "decide",
    "facts_of",
    "gazetteer_with",
    "link",
    "pooled",
    "read_rows",
    "subjects",
]
