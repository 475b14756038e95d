"""The third stage: who met whom, when, where, in which way, and with which status."""

from kg.extract.encounters.meetings import find_meetings

__all__ = ["find_meetings"]
