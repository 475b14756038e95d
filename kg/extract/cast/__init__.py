"""The first stage: who and what is named. People with their posts, bodies and places, and who is meant by "she"."""

from kg.extract.cast.stage import cast

__all__ = ["cast"]
