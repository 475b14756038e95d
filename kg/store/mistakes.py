"""The mistakes that people make when they write SPARQL, told by what was probably meant.

A parser knows where it gave up and what it would have taken there, which is seldom what is wrong. The rules here look
for what commonly is, in a text that the engine could not parse; each gives the place and a word on what to write.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from itertools import zip_longest

from kg.store.mistaken_groups import equations, rebound, triples
from kg.store.querytext import FORMS, Mistake, QueryText
from kg.store.words import KEYWORDS, MEANT, USUAL
from kg.vocab import PREFIXES

__all__ = ["mistake", "undeclared"]

_AGGREGATES = frozenset(("COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE", "GROUP_CONCAT"))
_WITH_GROUP = frozenset(("WHERE", "OPTIONAL", "MINUS", "UNION", "EXISTS"))
_TAIL = {"GROUP": 1, "HAVING": 2, "ORDER": 3, "LIMIT": 4, "OFFSET": 4, "VALUES": 5}
_TYPOGRAPHIC = "“”„‟‘’‚«»"

_MOST_WORDS = 1000
"""Some rules look back from each word, so a text that is longer than people write would take too long."""

_Rule = Callable[[QueryText], Iterator[Mistake]]


def mistake(text: str, until: int | None = None, *, update: bool = False) -> Mistake | None:
    """Return where the first known mistake in *text* is, up to the offset *until*, and a line on it; or None.

    The text is a query, or an *update*.

    >>> mistake("SELECT ?x { ?x ?y ?z FILTR(?x = 1) }")
    (21, 'FILTR is no word of SPARQL: did you mean FILTER?')
    >>> mistake("SELECT ?x { ?x ?y ?z }")
    """
    seen = QueryText(text)
    if len(seen.words) > _MOST_WORDS:
        return None
    for rule in _RULES_OF_UPDATES if update else _RULES:
        at, line = next(rule(seen), (len(text) + 1, ""))
        if line and (until is None or at <= until):
            return at, line
    return None


def _unclosed(seen: QueryText) -> Iterator[Mistake]:
    for word, after in zip_longest(seen.words, seen.words[1:]):
        if word.kind != "mark":
            continue
        if word.text in ("'", '"'):
            yield word.at, "a string begins here and is not closed"
        elif word.text in _TYPOGRAPHIC:
            yield word.at, f"{word.text} is a typographic quotation mark: write \" or '"
        elif word.text == "<" and after and after.at == word.end and re.match(r"(?i)(https?|urn|mailto):", after.text):
            rest = re.match(r"[^<>\n]*", seen.text[after.at :])
            closed = rest is not None and seen.text[after.at + rest.end() :][:1] == ">"
            yield (
                word.at,
                "an IRI has a blank in it, or a character that must be escaped" if closed else "an IRI is not closed",
            )
            return


def _prologue(seen: QueryText) -> Iterator[Mistake]:
    for at in range(len(seen.words) - 1):
        name = seen.words[at + 1]
        if seen.upper(at) != "PREFIX":
            continue
        if name.kind == "word":
            yield name.end, f"a colon is missing: PREFIX {name.text}: <…>"
        elif at + 2 < len(seen.words) and seen.words[at + 2].kind != "iri" and seen.words[at + 2].text != "<":
            yield seen.words[at + 2].at, f"the IRI of a prefix stands in angle brackets: PREFIX {name.text} <…>"


def _prefixes(seen: QueryText) -> Iterator[Mistake]:
    for word in seen.words:
        name = word.text.partition(":")[0]
        if word.kind == "prefixed" and name not in seen.declared and name not in PREFIXES:
            yield word.at, undeclared(name)


def undeclared(name: str) -> str:
    """Return the line on a prefix that is not declared."""
    return f"the prefix '{name}:' is not declared: add PREFIX {name}: <{USUAL.get(name, '…')}>"


def _misspelt(seen: QueryText) -> Iterator[Mistake]:
    for before, word in zip([None, *seen.words], seen.words, strict=False):
        upper = word.text.upper()
        if word.kind != "word" or upper in KEYWORDS or (before and before.text.upper() == "PREFIX"):
            continue
        if upper in MEANT:
            yield word.at, f"SPARQL has no {word.text}: it is written {MEANT[upper]}"
            continue
        near = get_close_matches(upper, KEYWORDS, 1, 0.7)
        yield word.at, f"{word.text[:40]} is no word of SPARQL" + (f": did you mean {near[0]}?" if near else "")


def _select(seen: QueryText) -> Iterator[Mistake]:
    """Look at what stands between SELECT and the patterns."""
    numbers = seen.head()
    if not numbers and seen.form() == "SELECT" and numbers.start < len(seen.words):
        yield seen.words[numbers.start].at, "SELECT names what to give: variables, or * for all"
    level = seen.depths[numbers[0]] if numbers else 0
    for n in numbers:
        word = seen.words[n]
        if seen.depths[n] != level:
            continue
        if word.text == ",":
            yield word.at, "the variables of SELECT are parted by blanks, not by commas"
        elif seen.upper(n) in _AGGREGATES or seen.upper(n) == "AS":
            yield word.at, "an expression of SELECT stands in parentheses with its name: (COUNT(?x) AS ?n)"
        elif word.text == "(" and "AS" not in {seen.upper(m) for m in seen.inside(n)}:
            yield word.at, "an expression of SELECT needs a name: (… AS ?name)"


def _clauses(seen: QueryText) -> Iterator[Mistake]:
    """Look at words that must be followed by something of a kind."""
    for n, (word, after) in enumerate(seen.pairs()):
        upper = seen.upper(n)
        if upper in _WITH_GROUP and after.text != "{":
            yield after.at, f"{upper} is followed by a group in braces: {upper} {{ … }}"
        elif upper in ("ORDER", "GROUP") and after.text.upper() != "BY":
            yield after.at, f"{upper} is followed by BY: {upper} BY ?x"
        elif word.text == after.text == "." and seen.depths[n]:
            yield after.at, "one '.' too many: it stands between triples"
        elif upper in ("LIMIT", "OFFSET") and not after.text.isdigit():
            yield after.at, f"{upper} takes a whole number"
        elif upper == "FROM" and after.kind not in ("iri", "prefixed") and after.text.upper() != "NAMED":
            yield after.at, "FROM takes the IRI of a graph; what to look for is said by patterns, in WHERE"
        elif upper == "FILTER" and after.kind in ("variable", "number", "string"):
            yield after.at, "a condition stands in parentheses: FILTER(…)"
        elif upper in ("FILTER", "BIND") and (inner := _AGGREGATES.intersection(map(seen.upper, seen.inside(n + 1)))):
            yield after.at, f"{min(inner)} is for SELECT and HAVING, where rows are grouped: {upper} sees one row"
        elif upper == "GROUP_CONCAT" and "," in {seen.words[m].text for m in seen.inside(n + 1)}:
            yield after.at, "the separator is written GROUP_CONCAT(?x; SEPARATOR=', ')"
        elif word.text == "=" and after.text == "=" and after.at == word.end:
            yield word.at, "what is equal is compared by one '='"


def _behind(seen: QueryText) -> Iterator[Mistake]:
    """Look at what stands behind the patterns."""
    last = (0, "")
    for n in seen.tail():
        word, upper = seen.words[n], seen.upper(n)
        if seen.depths[n]:
            continue
        if upper in _TAIL and _TAIL[upper] < last[0]:
            yield word.at, f"{upper} stands before {last[1]}"
        elif upper in _TAIL:
            last = (_TAIL[upper], upper)
        elif upper in FORMS:
            yield word.at, f"a second query begins here ({upper}): send one at a time"
        elif word.text == ";":
            yield word.at, "a query does not end in a semicolon"


# From the surest to the weakest.
_SURE: tuple[_Rule, ...] = (_unclosed, _prologue, _clauses, _misspelt, _prefixes)
_RULES = (*_SURE, _select, _behind, rebound, equations, triples)
_RULES_OF_UPDATES = (*_SURE, rebound, equations, triples)
