"""A look at a query's words before the engine sees it: its form, its size, and whether it would reach outside.

The engine can't be asked for any of this: it has no limits, some texts kill its parser, and `SERVICE` fetches.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from kg.errors import QueryForbidden, TooComplex
from kg.store.tokens import Token, behind_prologue, outside, tokens

__all__ = ["NOT_FEDERATED", "Form", "Outline", "admit", "outline", "plain_form"]

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]

_DEPTH, _OPERATIONS, _PATTERNS = 100, 500, 250
_OPERATORS = frozenset(("||", "&&", "+", "-", "*", "/", "=", "!=", "<", ">", "<=", ">=", "!", "|", "^"))
_WORD_OPERATORS = frozenset(
    ("UNION", "OPTIONAL", "MINUS", "EXISTS", "GRAPH", "BIND", "FILTER", "SELECT", "VALUES", "IF")
)
_TELLING = frozenset(("mark", "word", "prefixed", "maybe_iri"))
"""The kinds of tokens that `outline` goes by."""
_FORMS: dict[str, Form] = {"SELECT": "SELECT", "ASK": "ASK", "CONSTRUCT": "CONSTRUCT", "DESCRIBE": "DESCRIBE"}
_UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"))
_VARYING = frozenset(("NOW", "RAND", "UUID", "STRUUID", "BNODE"))


@dataclass(frozen=True, slots=True)
class Outline:
    """What can be seen of a query without parsing it.

    `form` is None where the text is no query; `first` is the first word that begins a query or an update. `words` are
    the bare words, in upper case, in order. `unclosed` and `unopened` are offsets of brackets without a partner.
    `steady` tells that the same data always give the same answer.
    """

    form: Form | None
    first: str
    words: tuple[str, ...]
    depth: int
    operators: int
    patterns: int
    dataset: bool
    reaches_out: bool
    steady: bool
    unclosed: int | None
    unopened: int | None

    @property
    def is_update(self) -> bool:
        """Whether this is SPARQL Update, which is another operation."""
        return self.first in _UPDATES


def outline(text: str) -> Outline:
    r"""Look at *text*; never fails.

    >>> seen = outline("PREFIX : <http://example.org/> ASK { ?s :p 'SERVICE' }")
    >>> seen.form, seen.depth, seen.reaches_out
    ('ASK', 1, False)
    >>> outline("SELECT * { FILTER(1<2)SERVICE#>\n<http://example.org/> {} }").reaches_out
    True
    """
    scan = _Scan()
    for token in tokens(text, begin=behind_prologue(text), kinds=_TELLING):
        scan.take(token)
    unclear = scan.unclear and "service" in text.lower()  # the word could hide in what may be a string or a comment
    return Outline(
        form=_FORMS.get(scan.first),
        first=scan.first,
        words=tuple(scan.words),
        depth=scan.depth,
        operators=scan.operators,
        patterns=scan.patterns,
        dataset="FROM" in scan.words,
        reaches_out=scan.outside or unclear,
        steady=_VARYING.isdisjoint(scan.words),
        unclosed=scan.open[-1][1] if scan.open else None,
        unopened=scan.unopened,
    )


NOT_FEDERATED = (
    "the query asks another endpoint too (SERVICE), and nobody may be asked from here: whoever runs this service can"
    " allow it with 'kg serve --federate URL'"
)


_BEGINS = re.compile(r"\s*(SELECT|ASK|CONSTRUCT|DESCRIBE)(?=[\s{(*?<])", re.IGNORECASE)


def plain_form(text: str) -> Form | None:
    """Return the form of a query that needs no closer look, or None: a look that takes a tenth of the time.

    What it returns is what `outline` would find, in a text that is steady, does not reach outside and that `admit` lets
    pass, since it is too short to exceed a limit. It is None where any of that is not evident.

    >>> plain_form("PREFIX a: <http://a.example/> ASK { ?s a:p 1 }"), plain_form("SELECT (NOW() AS ?n) {}")
    ('ASK', None)
    """
    rest = text[behind_prologue(text) :]
    begins = _BEGINS.match(rest)
    if begins is None or len(rest) > _OPERATIONS or not rest.isascii():
        return None
    upper = rest.upper()
    if "SERVICE" in upper or any(word in upper for word in _VARYING):
        return None
    if upper.count("(") + upper.count("{") + upper.count("[") > _DEPTH:
        return None
    if upper.count(".") + upper.count(";") + upper.count(",") > _PATTERNS:
        return None
    return _FORMS[begins[1].upper()]


def admit(
    seen: Outline,
    *,
    depth: int = _DEPTH,
    operators: int = _OPERATIONS,
    patterns: int = _PATTERNS,
    federated: bool = False,
) -> None:
    """Refuse at once what no worker should be tried with. *federated*: it may reach outside.

    Raises:
        QueryForbidden: it would fetch from another server.
        TooComplex: it exceeds a limit; the message says which.
    """
    if seen.reaches_out and not federated:
        raise QueryForbidden(NOT_FEDERATED)
    for what, value, limit in (
        ("nested brackets", seen.depth, depth),
        ("operators", seen.operators, operators),
        ("triple patterns", seen.patterns, patterns),
    ):
        if value > limit:
            raise TooComplex(f"the query has {value} {what}, {limit} are allowed: ask in several steps")


class _Scan:
    """Gathers from one token to the next what `outline` reports."""

    def __init__(self) -> None:
        self.words: dict[str, None] = {}
        self.open: list[tuple[str, int]] = []
        self.first = ""
        self.depth = self.operators = self.patterns = 0
        self.outside = self.unclear = False
        self.unopened: int | None = None

    def take(self, token: Token) -> None:
        if token.kind == "mark":
            self._mark(token.text, token.at)
            return
        self.outside |= outside(token) == "SERVICE"
        if token.kind == "word":
            self._word(token.text.upper())
        elif token.kind == "maybe_iri":
            self.unclear = True
            self.operators += 1

    def _word(self, word: str) -> None:
        self.words[word] = None
        self.operators += word in _WORD_OPERATORS
        if not self.first and (word in _FORMS or word in _UPDATES):
            self.first = word

    def _mark(self, mark: str, at: int) -> None:
        if mark in "([{":
            self.open.append((mark, at))
            self.depth = max(self.depth, len(self.open))
        elif mark in ")]}":
            if self.open and self.open[-1][0] + mark in ("()", "[]", "{}"):
                self.open.pop()
            elif self.unopened is None:
                self.unopened = at
        elif mark in ".;" or (mark == "," and self.open and self.open[-1][0] != "("):
            self.patterns += 1
        elif mark in _OPERATORS:
            self.operators += 1
