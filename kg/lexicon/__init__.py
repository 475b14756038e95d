"""What the reader knows beforehand: countries, places, bodies, office-holders, publishers, words of the grammar.

All of it is data: tab-separated tables and TOML files under `data/`, which a user extends with files of the same form
(see `Lexicon.load`). Nothing here depends on other stages.
"""

from __future__ import annotations

from kg.lexicon.entries import Body, Country, Named, PlaceName, Post, Publisher, Term
from kg.lexicon.fold import fold, slug
from kg.lexicon.lexicon import Lexicon, default_lexicon, lexicon_with
from kg.lexicon.matcher import Matcher

__all__ = [
    "Body",
    "Country",
    "Lexicon",
    "Matcher",
    "Named",
    "PlaceName",
    "Post",
    "Publisher",
    "Term",
    "default_lexicon",
    "fold",
    "lexicon_with",
    "slug",
]
