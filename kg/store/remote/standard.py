"""Keeps strangers' queries to what SPARQL 1.1 has: servers add words of their own, and some of those reach outside.

Of Virtuoso 7.2 it was seen that each of these fetches an address for anybody who may ask: ``bif:http_get(…)``, the same
as ``<SHORT::bif:http_get>(…)``, and ``OPTION (get:soft "replace")``. A list of what is forbidden would never be
complete, so this is one of what is allowed.
"""

from __future__ import annotations

import re

from kg.errors import QueryForbidden
from kg.store.guard import resolved
from kg.store.tokens import Token, tokens

__all__ = ["refuse_extensions"]

_WORDS = frozenset(
    """
    BASE PREFIX SELECT DISTINCT REDUCED AS CONSTRUCT WHERE DESCRIBE ASK FROM NAMED GROUP BY HAVING ORDER ASC DESC LIMIT
    OFFSET VALUES UNDEF OPTIONAL GRAPH BIND UNION MINUS FILTER EXISTS NOT IN A TRUE FALSE SEPARATOR
    STR LANG LANGMATCHES DATATYPE BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE ENCODE_FOR_URI
    CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ NOW UUID STRUUID
    MD5 SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG STRDT SAMETERM ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC REGEX
    SUBSTR REPLACE COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT
    """.split()  # noqa: SIM905  # a list of literals would be 30 lines
)
_PROCEDURE = re.compile(r"(?:^<?|::)(?:bif|sql):", re.IGNORECASE)
_NOTORIOUS = re.compile(r"(?:bif|sql):|\bdefine\b|\boption\b|`", re.IGNORECASE)


def refuse_extensions(text: str) -> None:
    """Raise `QueryForbidden` if *text* has a word that SPARQL 1.1 has not, or calls a procedure of Virtuoso's.

    >>> refuse_extensions('SELECT (bif:b AS ?x) { ?s ?p "OPTION" }')
    Traceback (most recent call last):
        ...
    kg.errors.QueryForbidden: bif:b is none of SPARQL 1.1's: what servers add to it is refused here
    """
    for variant in dict.fromkeys((text, resolved(text))):
        found = next((token.text for token in tokens(variant, cautious=False) if _is_extension(token)), None)
        if not found and any(token.kind == "maybe_iri" for token in tokens(variant)):
            # It could hide in what may be a string or a comment, depending on what a < means.
            found = next(iter(_NOTORIOUS.findall(variant)), None)
        if found:
            raise QueryForbidden(f"{found[:40]} is none of SPARQL 1.1's: what servers add to it is refused here")


def _is_extension(token: Token) -> bool:
    if token.kind == "word":
        return token.text.upper() not in _WORDS
    return token.text == "`" or (token.kind in ("prefixed", "iri") and bool(_PROCEDURE.search(token.text)))
