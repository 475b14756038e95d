"""Ids of Wikidata that were checked against other public data than the shared gazetteer: `checked_ids.tsv`.

Columns: qid, the name that the source has, the lexicon's own where none of its names is that one, and the source:
``supraverden`` (confirmordeny/supraverden, the list of all supranational bodies with their ids), a record of the
Research Organization Registry (``ror.org/…``), or what it says. Where such a list and the gazetteer have the same
body, they have the same id: of those seen side by side, all.
"""

import csv
from pathlib import Path

from kg.lexicon import fold


def elsewhere():
    """The folded names of each id, by id."""
    with (Path(__file__).parent / "checked_ids.tsv").open(encoding="utf-8", newline="") as file:
        return {
            row["qid"]: {fold(row["name"]), fold(row["ours"] or row["name"])}
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        }
