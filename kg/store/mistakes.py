"""The mistakes that people make when they write SPARQL, told by what was probably meant.

A parser knows where it gave up and what it would have taken there, which is seldom what is wrong. The rules here look
for what commonly is, in a text that the engine could not parse; each gives the place and a word on what to write.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import zip_longest

from kg.store.tokens import Token, tokens
from kg.store.words import KEYWORDS, MEANT, USUAL
from kg.vocab import PREFIXES

__all__ = ["mistake", "undeclared"]

_AGGREGATES = frozenset(("COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE", "GROUP_CONCAT"))
_FORMS = frozenset(("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"))
_TERMS = frozenset(("iri", "prefixed", "variable", "string", "number", "blank"))
_WITH_GROUP = frozenset(("WHERE", "OPTIONAL", "MINUS", "UNION", "EXISTS"))
_TAIL = {"GROUP": 1, "HAVING": 2, "ORDER": 3, "LIMIT": 4, "OFFSET": 4, "VALUES": 5}
_TYPOGRAPHIC = "“”„‟‘’‚«»"

_MOST_WORDS = 1000
"""Some rules look back from each word, so a text that is longer than people write would take too long."""

_Found = tuple[int, str]
_Rule = Callable[["_Text"], Iterator[_Found]]


def mistake(text: str, until: int | None = None, *, update: bool = False) -> _Found | None:
    """Return where the first known mistake in *text* is, up to the offset *until*, and a line on it; or None.

    The text is a query, or an *update*.

    >>> mistake("SELECT ?x { ?x ?y ?z FILTR(?x = 1) }")
    (21, 'FILTR is no word of SPARQL: did you mean FILTER?')
    >>> mistake("SELECT ?x { ?x ?y ?z }")
    """
    seen = _Text(text)
    if len(seen.words) > _MOST_WORDS:
        return None
    for rule in _RULES_OF_UPDATES if update else _RULES:
        at, line = next(rule(seen), (len(text) + 1, ""))
        if line and (until is None or at <= until):
            return at, line
    return None


class _Text:
    """A text's `words`, how deep in brackets each is (`depths`), and the prefixes that it declares (`declared`)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = [token for token in tokens(text, cautious=False) if token.kind not in ("space", "comment")]
        self.depths = list(_depths(self.words))
        self.declared = {
            word.text.partition(":")[0]
            for before, word in zip(self.words, self.words[1:], strict=False)
            if before.text.upper() == "PREFIX"
        }

    def pairs(self) -> Iterator[tuple[Token, Token]]:
        """Yield each word with the next."""
        yield from zip(self.words, self.words[1:], strict=False)

    def upper(self, at: int) -> str:
        """Return the bare word with this number, in capitals; empty if it is none."""
        return self.words[at].text.upper() if at < len(self.words) and self.words[at].kind == "word" else ""

    def form(self) -> str:
        """Return the first word that begins a query; empty if there is none."""
        return next((self.upper(n) for n in range(len(self.words)) if self.upper(n) in _FORMS), "")

    def head(self) -> range:
        """Return the numbers of the words between SELECT and the outermost group."""
        if self.form() != "SELECT":
            return range(0)
        first = next(n for n in range(len(self.words)) if self.upper(n) == "SELECT") + 1
        ends = (n for n in range(first, len(self.words)) if self.words[n].text == "{" or self.upper(n) in _HEAD_ENDS)
        return range(first, next(ends, len(self.words)))

    def tail(self) -> range:
        """Return the numbers of the words behind the outermost group."""
        closing = (n for n, word in enumerate(self.words) if word.text == "}" and not self.depths[n])
        template = any(seen == "CONSTRUCT{" for seen in (one.text.upper() + two.text for one, two in self.pairs()))
        if template:
            next(closing, None)
        return range(next(closing, len(self.words)) + 1, len(self.words))


_HEAD_ENDS = frozenset(("WHERE", "FROM"))


def _depths(words: list[Token]) -> Iterator[int]:
    """Yield how many brackets are open around each word; a bracket is not within itself."""
    depth = 0
    for word in words:
        closing = word.kind == "mark" and word.text in ")]}"
        depth -= closing
        yield max(depth, 0)
        depth += word.kind == "mark" and word.text in "([{"


def _unclosed(seen: _Text) -> Iterator[_Found]:
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


def _prologue(seen: _Text) -> Iterator[_Found]:
    for at in range(len(seen.words) - 1):
        name = seen.words[at + 1]
        if seen.upper(at) != "PREFIX":
            continue
        if name.kind == "word":
            yield name.end, f"a colon is missing: PREFIX {name.text}: <…>"
        elif at + 2 < len(seen.words) and seen.words[at + 2].kind != "iri" and seen.words[at + 2].text != "<":
            yield seen.words[at + 2].at, f"the IRI of a prefix stands in angle brackets: PREFIX {name.text} <…>"


def _prefixes(seen: _Text) -> Iterator[_Found]:
    for word in seen.words:
        name = word.text.partition(":")[0]
        if word.kind == "prefixed" and name not in seen.declared and name not in PREFIXES:
            yield word.at, undeclared(name)


def undeclared(name: str) -> str:
    """Return the line on a prefix that is not declared."""
    return f"the prefix '{name}:' is not declared: add PREFIX {name}: <{USUAL.get(name, '…')}>"


def _misspelt(seen: _Text) -> Iterator[_Found]:
    for before, word in zip([None, *seen.words], seen.words, strict=False):
        upper = word.text.upper()
        if word.kind != "word" or upper in KEYWORDS or (before and before.text.upper() == "PREFIX"):
            continue
        if upper in MEANT:
            yield word.at, f"SPARQL has no {word.text}: it is written {MEANT[upper]}"
            continue
        near = get_close_matches(upper, KEYWORDS, 1, 0.7)
        yield word.at, f"{word.text[:40]} is no word of SPARQL" + (f": did you mean {near[0]}?" if near else "")


def _select(seen: _Text) -> Iterator[_Found]:
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
        elif word.text == "(" and "AS" not in _inside(seen, n):
            yield word.at, "an expression of SELECT needs a name: (… AS ?name)"


def _inside(seen: _Text, opening: int) -> set[str]:
    """Return the bare words right within the bracket with this number."""
    level, found = seen.depths[opening] + 1, set()
    for n in range(opening + 1, len(seen.words)):
        if seen.depths[n] < level:
            break
        if seen.depths[n] == level:
            found.add(seen.upper(n))
    return found


def _clauses(seen: _Text) -> Iterator[_Found]:
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
        elif upper in ("FILTER", "BIND") and (inner := _inside(seen, n + 1) & _AGGREGATES):
            yield after.at, f"{min(inner)} is for SELECT and HAVING, where rows are grouped: {upper} sees one row"
        elif upper == "GROUP_CONCAT" and "," in {seen.words[m].text for m in _within(seen, n + 1)}:
            yield after.at, "the separator is written GROUP_CONCAT(?x; SEPARATOR=', ')"
        elif word.text == "=" and after.text == "=" and after.at == word.end:
            yield word.at, "what is equal is compared by one '='"


def _within(seen: _Text, opening: int) -> Iterator[int]:
    level = seen.depths[opening] + 1
    for n in range(opening + 1, len(seen.words)):
        if seen.depths[n] < level:
            return
        if seen.depths[n] == level:
            yield n


def _behind(seen: _Text) -> Iterator[_Found]:
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
        elif upper in _FORMS:
            yield word.at, f"a second query begins here ({upper}): send one at a time"
        elif word.text == ";":
            yield word.at, "a query does not end in a semicolon"


def _rebound(seen: _Text) -> Iterator[_Found]:
    for n in range(2, len(seen.words)):
        name = seen.words[n]
        if seen.upper(n - 1) == "AS" and name.kind == "variable" and (start := _binding(seen, n)) is not None:
            for m in range(start - 1, -1, -1):
                if seen.depths[m] < seen.depths[start]:  # the brace that opens the group
                    break
                known = seen.words[m]
                if (
                    seen.depths[m] == seen.depths[start]
                    and known.kind == "variable"
                    and known.text[1:] == name.text[1:]
                ):
                    yield name.at, f"{name.text} has a value already: BIND needs a new variable"
                    break


def _binding(seen: _Text, name: int) -> int | None:
    """Return the number of the BIND whose variable has the number *name*."""
    for n in range(name, 0, -1):
        if seen.words[n].text == "(" and seen.depths[n] == seen.depths[name] - 1:
            return n - 1 if seen.upper(n - 1) == "BIND" else None
    return None


@dataclass(slots=True)
class _Run:
    """Terms that stand beside one another in a pattern, behind a mark."""

    behind: str
    terms: list[Token]


def _triples(seen: _Text) -> Iterator[_Found]:
    """Count the terms of triples, where they are plain enough to be counted."""
    wanted = {"{": 3, ".": 3, "}": 3, ";": 2, ",": 1}
    for run, end in _runs(seen):
        number, plain = wanted[run.behind], len(run.terms)
        if plain > number:
            shown = repr(run.terms[number].text[:30])
            yield run.terms[number].at, f"'.' is missing before {shown}: a triple has three terms"
        elif 0 < plain < number:
            yield end.at, f"a triple ends too early: {_LACKING[number - plain]}"


_LACKING = {1: "its object is missing", 2: "its predicate and its object are missing"}


def _runs(seen: _Text) -> Iterator[tuple[_Run, Token]]:
    """Yield runs of plain terms within groups, from mark to mark, each with the mark at its end."""
    run: _Run | None = None
    for n, word in enumerate(seen.words):
        before = seen.words[n - 1] if n else word
        if word.kind == "mark" and word.text in "{}.;,":
            if run:
                yield run, word
            braces = seen.depths[n] or word.text == "{"
            run = _Run(word.text, []) if braces and not (word.text == "{" and _is_values(seen, n)) else None
        elif word.kind == "tag" or (before.text == "^^" and word.kind in _TERMS) or word.text == "^^":
            continue  # a part of the literal before it
        elif run and (word.kind in _TERMS or word.text.upper() in ("A", "TRUE", "FALSE")):
            run.terms.append(word)
            if word.kind in ("prefixed", "blank") and word.text[-1] == ".":  # a name does not end in one
                yield run, word
                run = _Run(".", [])
        else:
            run = None


def _is_values(seen: _Text, brace: int) -> bool:
    """Tell whether the brace with this number opens the data of VALUES."""
    return any(seen.upper(n) == "VALUES" for n in range(max(0, brace - 2), brace)) or (
        brace > 1 and seen.words[brace - 1].text == ")"
    )


def _equations(seen: _Text) -> Iterator[_Found]:
    for n in range(1, len(seen.words) - 1):
        before, after = seen.words[n - 1], seen.words[n + 1]
        if seen.words[n].text == "=" and before.kind == "variable" and not _in_parentheses(seen, n):
            yield before.at, f"a value is given by BIND({after.text[:30]} AS {before.text}), compared by FILTER(… = …)"


def _in_parentheses(seen: _Text, number: int) -> bool:
    for n in range(number - 1, -1, -1):
        if seen.depths[n] < seen.depths[number]:
            return seen.words[n].text == "("
    return False


_RULES: tuple[_Rule, ...] = (
    *(_unclosed, _prologue, _clauses, _misspelt, _prefixes, _select, _behind, _rebound, _equations, _triples),
)
"""From the surest to the weakest."""
_RULES_OF_UPDATES = tuple(rule for rule in _RULES if rule not in (_select, _behind))
