"""The last stage: what was said and agreed at the encounters, by whom, and about what."""

from kg.extract.statements.find import find_statements

__all__ = ["find_statements"]
