"""Search: names and texts of a store in an index of SQLite's full-text search, which can be made anew at any time.

`kg.search` knows statements and questions, and nothing of stores; `kg.store.finder` keeps an index in step with one.
"""

from __future__ import annotations

from kg.search.ask import Completion, Found, Hit, Question, complete, find, ranked, suggest
from kg.search.build import make, revise
from kg.search.entries import FACETS, PREDICATES, TYPES, Entry, entries
from kg.search.facets import Count
from kg.search.index import Index, Unusable
from kg.search.words import Piece, Words, excerpt, read

__all__ = [
    "FACETS",
    "PREDICATES",
    "TYPES",
    "Completion",
    "Count",
    "Entry",
    "Found",
    "Hit",
    "Index",
    "Piece",
    "Question",
    "Unusable",
    "Words",
    "complete",
    "entries",
    "excerpt",
    "find",
    "make",
    "ranked",
    "read",
    "revise",
    "suggest",
]
