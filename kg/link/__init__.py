"""Which item of Wikidata an entity is: an index of what Wikidata knows, and a judgement with its reasons.

No network is needed: an index comes with the package (the ids of the lexicon), and files extend it.
"""

from __future__ import annotations

from kg.link.build import build_file
from kg.link.gazetteer import Gazetteer, gazetteer_with
from kg.link.index import Entry, Index, Tenure
from kg.link.rows import Row
from kg.link.tables import read_rows

__all__ = ["Entry", "Gazetteer", "Index", "Row", "Tenure", "build_file", "gazetteer_with", "read_rows"]
