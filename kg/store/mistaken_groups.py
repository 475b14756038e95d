"""Mistakes within the groups of a query: terms that make no triple, variables that have a value already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.store.querytext import Mistake, QueryText
from kg.store.tokens import Token

__all__ = ["equations", "rebound", "triples"]

_TERMS = frozenset(("iri", "prefixed", "variable", "string", "number", "blank"))
_LACKING = {1: "its object is missing", 2: "its predicate and its object are missing"}


def rebound(seen: QueryText) -> Iterator[Mistake]:
    """Yield variables that a BIND names although they have a value in its group."""
    for n in range(2, len(seen.words)):
        name = seen.words[n]
        if seen.upper(n - 1) != "AS" or name.kind != "variable":
            continue
        start = _binding(seen, n)
        if start is not None and name.text[1:] in _variables_before(seen, start):
            yield name.at, f"{name.text} has a value already: BIND needs a new variable"


def _variables_before(seen: QueryText, at: int) -> Iterator[str]:
    """Yield the variables, without their mark, that stand before the word with this number right within its group."""
    for n in range(at - 1, -1, -1):
        if seen.depths[n] < seen.depths[at]:  # the brace that opens the group
            return
        if seen.depths[n] == seen.depths[at] and seen.words[n].kind == "variable":
            yield seen.words[n].text[1:]


def _binding(seen: QueryText, name: int) -> int | None:
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


def triples(seen: QueryText) -> Iterator[Mistake]:
    """Yield triples of too many or too few terms, where these are plain enough to be counted."""
    wanted = {"{": 3, ".": 3, "}": 3, ";": 2, ",": 1}
    for run, end in _runs(seen):
        number, plain = wanted[run.behind], len(run.terms)
        if plain > number:
            shown = repr(run.terms[number].text[:30])
            yield run.terms[number].at, f"'.' is missing before {shown}: a triple has three terms"
        elif 0 < plain < number:
            yield end.at, f"a triple ends too early: {_LACKING[number - plain]}"


def _runs(seen: QueryText) -> Iterator[tuple[_Run, Token]]:
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


def _is_values(seen: QueryText, brace: int) -> bool:
    """Tell whether the brace with this number opens the data of VALUES."""
    return any(seen.upper(n) == "VALUES" for n in range(max(0, brace - 2), brace)) or (
        brace > 1 and seen.words[brace - 1].text == ")"
    )


def equations(seen: QueryText) -> Iterator[Mistake]:
    """Yield equations that stand where triples do, outside of every condition."""
    for n in range(1, len(seen.words) - 1):
        before, after = seen.words[n - 1], seen.words[n + 1]
        if seen.words[n].text == "=" and before.kind == "variable" and not _in_parentheses(seen, n):
            yield before.at, f"a value is given by BIND({after.text[:30]} AS {before.text}), compared by FILTER(… = …)"


def _in_parentheses(seen: QueryText, number: int) -> bool:
    for n in range(number - 1, -1, -1):
        if seen.depths[n] < seen.depths[number]:
            return seen.words[n].text == "("
    return False
