"""The words of SPARQL, and those that people take for them."""

from __future__ import annotations

import re

from kg.vocab import PREFIXES

__all__ = ["KEYWORDS", "MEANT", "USUAL"]

KEYWORDS = frozenset(
    re.findall(
        r"\w+",
        """
    A ABS ADD ALL AS ASC ASK AVG BASE BIND BNODE BOUND BY CEIL CLEAR COALESCE CONCAT CONSTRUCT CONTAINS COPY
    COUNT CREATE DATA DATATYPE DAY DEFAULT DELETE DESC DESCRIBE DISTINCT DROP ENCODE_FOR_URI EXISTS FALSE FILTER
    FLOOR FROM GRAPH GROUP GROUP_CONCAT HASLANG HASLANGDIR HAVING HOURS IF IN INSERT INTO IRI ISBLANK ISIRI
    ISLITERAL ISNUMERIC ISTRIPLE ISURI LANG LANGDIR LANGMATCHES LATERAL LCASE LIMIT LOAD MAX MD5 MIN MINUS
    MINUTES MONTH MOVE NAMED NOT NOW OBJECT OFFSET OPTIONAL ORDER PREDICATE PREFIX RAND REDUCED REGEX REPLACE
    ROUND SAMETERM SAMPLE SECONDS SELECT SEPARATOR SERVICE SHA1 SHA256 SHA384 SHA512 SILENT STR STRAFTER
    STRBEFORE STRDT STRENDS STRLANG STRLANGDIR STRLEN STRSTARTS STRUUID SUBJECT SUBSTR SUM TIMEZONE TO TRIPLE
    TRUE TZ UCASE UNDEF UNION URI USING UUID VALUES VERSION WHERE WITH YEAR
    """,
    )
)
"""All bare words of SPARQL 1.2 queries and updates, in upper case."""
MEANT = {
    "AND": "&&",
    "OR": "|| in a condition, and UNION between groups",
    "LENGTH": "STRLEN",
    "LEN": "STRLEN",
    "LOWER": "LCASE",
    "UPPER": "UCASE",
    "SUBSTRING": "SUBSTR",
    "LIKE": "CONTAINS(…, …) or REGEX(…, …)",
    "TOP": "LIMIT, at the end",
    "ISNULL": "!BOUND(…)",
    "NULL": "UNDEF in VALUES, or !BOUND(…) in a condition",
    "IFNULL": "COALESCE",
    "CASE": "IF(…, …, …)",
    "WHEN": "IF(…, …, …)",
    "JOIN": "no word at all: patterns beside one another are joined",
    "STARTSWITH": "STRSTARTS",
    "ENDSWITH": "STRENDS",
    "MATCH": "WHERE",
}
"""What people write who come from other languages, and what SPARQL calls it."""
USUAL = PREFIXES | {
    "dc": "http://purl.org/dc/elements/1.1/",
    "dct": "http://purl.org/dc/terms/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "wdt": "http://www.wikidata.org/prop/direct/",
}
"""Prefixes that are used everywhere, with what they stand for."""
