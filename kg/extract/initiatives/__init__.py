"""The second stage: initiatives and events, by the nouns that name them and by what the lexicon knows."""

from kg.extract.initiatives.events import find_events
from kg.extract.initiatives.find import find_initiatives

__all__ = ["find_events", "find_initiatives"]
