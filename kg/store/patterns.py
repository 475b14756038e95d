"""The triple patterns of a query, subject by subject, with those that use our two magic properties told apart.

One pass over the words of the text, as §19.8 of SPARQL 1.1 has triples in groups. What the text says otherwise
(filters, solution modifiers, templates) is passed over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.errors import QueryError
from kg.store.tokens import Token
from kg.vocab import READOUT

__all__ = ["Group", "Names", "Pair", "Scan"]

_TERMS = ("iri", "prefixed", "variable", "string", "number", "blank")
_STEPS = ("/", "|", "^", "!")
_ENDS = {"FILTER": ")}", "BIND": ")", "ORDER": "", "GROUP": "", "HAVING": "", "LIMIT": "", "OFFSET": "", "SELECT": ""}
"""Closed by which bracket the part of a group that a keyword begins is over; for all others, by the brace."""


class Names:
    """Which of our two magic terms a token is, by the prefixes of a query."""

    def __init__(self, words: Sequence[Token], prefixes: Mapping[str, str]) -> None:
        self._prefixes = {name for name, iri in prefixes.items() if iri == READOUT.iri}
        for first, second, third in zip(words, words[1:], words[2:], strict=False):
            if first.kind == "word" and first.text.upper() == "PREFIX" and second.kind == "prefixed":
                (self._prefixes.add if third.text == f"<{READOUT.iri}>" else self._prefixes.discard)(second.text[:-1])

    def of(self, token: Token) -> str:
        """Return ``matches``, ``score``, or nothing."""
        name = ""
        if token.kind == "iri":
            name = token.text[1:-1].removeprefix(READOUT.iri)
        elif token.kind == "prefixed":
            prefix, _, local = token.text.partition(":")
            name = local if prefix in self._prefixes else ""
        return name if name in ("matches", "score") else ""


@dataclass(slots=True)
class Pair:
    """A predicate with its objects, from `begin` to `end`. `name` is our term, if it is one, `value` its object."""

    begin: int
    end: int
    name: str = ""
    value: Token | None = None


@dataclass(slots=True)
class Group:
    """The triples of one subject: a term or, where that is None, brackets. `end` is behind a last semicolon."""

    begin: int
    subject: Token | None
    pairs: list[Pair] = field(default_factory=list)
    end: int = 0

    @property
    def searches(self) -> list[Pair]:
        """The pairs with ``readout:matches``."""
        return [pair for pair in self.pairs if pair.name == "matches"]


@dataclass(slots=True)
class _Level:
    """Brackets that are open from offset `at` on, and what is expected in them next.

    In the braces of a group it is a ``subject``, ``verb``, ``object``, or ``more``, such as a semicolon. It is
    ``other`` in all other brackets, and within what the last `keyword` has begun. `verb` is where a predicate begins.
    """

    bracket: str
    at: int = 0
    expected: str = "other"
    keyword: str = ""
    verb: int | None = None
    group: Group | None = None


class Scan:
    """Walks over the words of a query and gathers the triples of each subject."""

    def __init__(self, text: str, words: Sequence[Token], names: Names) -> None:
        self._text = text
        self._words = words
        self._names = names
        self._levels = [_Level("")]
        self._done: list[Group] = []

    def run(self) -> list[Group]:
        """Return the triples of each subject, in the order in which they begin."""
        for at, token in enumerate(self._words):
            if token.kind == "mark" and token.text in "{([":
                self._open(token, at)
            elif token.kind == "mark" and token.text in "})]" and len(self._levels) > 1:
                level = self._levels.pop()
                self._finish(level)
                self._close(token, at, level.at)
            else:
                self._take(token, at)
        return sorted(self._done, key=lambda group: group.begin)

    def _open(self, token: Token, at: int) -> None:
        level = self._levels[-1]
        group = token.text == "{" and level.keyword != "VALUES" and self._word(at - 1) != "CONSTRUCT"
        if level.expected != "other":
            if token.text == "{":
                self._finish(level)
            else:
                self._refuse_within(at)
            self._begin_verb(level, token.at)
        self._levels.append(_Level(token.text, token.at, "subject" if group else "other"))

    def _begin_verb(self, level: _Level, at: int) -> None:
        if level.expected == "verb" and level.verb is None:
            level.verb = at

    def _word(self, at: int) -> str:
        return self._words[at].text.upper() if 0 <= at < len(self._words) else ""

    def _refuse_within(self, at: int) -> None:
        """Refuse the property within the brackets of a pattern that open at the word *at*: a path, a node, a list."""
        depth = 0
        for token in self._words[at:]:
            if token.kind == "mark":
                depth += (token.text in "([{") - (token.text in ")]}")
            if depth == 0:
                return
            if self._names.of(token) == "matches":
                raise self._error(token, "stands alone between a variable and its words, not in brackets")

    def _close(self, token: Token, at: int, begin: int) -> None:
        """Go on behind a closing bracket: it ends a term that began at *begin*, or what a keyword began."""
        level = self._levels[-1]
        if level.expected == "other":
            if level.bracket == "{" and level.keyword and token.text in _ENDS.get(level.keyword, "}"):
                level.expected, level.keyword = "subject", ""
        elif token.text != "}":
            self._term(level, token, at, begin)

    def _take(self, token: Token, at: int) -> None:
        level = self._levels[-1]
        if token.kind == "word" and token.text not in ("a", "true", "false") and level.bracket in ("{", ""):
            self._finish(level)
            if level.expected != "other" or level.bracket == "":
                level.expected, level.keyword = "other", token.text.upper()
        elif level.bracket == "{" and level.expected != "other":
            if token.text not in (";", "."):
                self._begin_verb(level, token.at)
            if token.kind == "mark":
                self._mark(level, token)
            elif token.kind in (*_TERMS, "word"):
                self._term(level, token, at, token.at)

    def _mark(self, level: _Level, token: Token) -> None:
        if token.text == ".":
            self._finish(level)
        elif token.text == ";" and level.group is not None:
            level.group.end = token.end
            level.expected, level.verb = "verb", None
        elif token.text == "," and level.group is not None:
            if level.group.pairs and level.group.pairs[-1].name == "matches":
                raise self._error(token, "takes one text at a time")
            level.expected = "object"

    def _term(self, level: _Level, token: Token, at: int, begin: int) -> None:
        """Take a term that begins at offset *begin*: *token*, or the brackets that it closes."""
        if level.expected in ("subject", "more"):
            if at > 0 and self._words[at - 1].text == "^^":  # the datatype of the object
                return
            self._finish(level)
            level.group = Group(begin, token if token.kind in _TERMS else None, end=token.end)
            level.expected, level.verb = "verb", None
        elif level.expected == "verb":
            self._verb(level, token, at)
        elif level.expected == "object" and level.group is not None:
            pair = level.group.pairs[-1]
            pair.value = token if pair.value is None else pair.value
            pair.end = level.group.end = self._behind_literal(at)
            level.expected = "more"

    def _verb(self, level: _Level, token: Token, at: int) -> None:
        """Take a predicate, or a step of a path."""
        assert level.group is not None
        name, before, after = self._names.of(token), self._word(at - 1), self._word(at + 1)
        if name == "matches" and (before in _STEPS or after in (*_STEPS, "*", "+", "?")):
            raise self._error(token, "stands alone between a variable and its words, not in a path")
        if before not in ("/", "|"):
            level.group.pairs.append(Pair(token.at if level.verb is None else level.verb, token.end, name))
        step = at + 1
        while self._word(step) in ("*", "+", "?"):
            step += 1
        if self._word(step) not in ("/", "|"):
            level.expected = "object"

    def _behind_literal(self, at: int) -> int:
        """Return the offset behind a term that begins with the word *at*: behind its language or its datatype."""
        if self._words[at].kind == "string" and at + 1 < len(self._words):
            if self._words[at + 1].kind == "tag":
                return self._words[at + 1].end
            if self._words[at + 1].text == "^^" and at + 2 < len(self._words):
                return self._words[at + 2].end
        return self._words[at].end

    def _finish(self, level: _Level) -> None:
        """End the triples of the subject of *level*."""
        group, level.group = level.group, None
        if level.expected != "other":
            level.expected = "subject"
        if group is not None:
            for pair in group.searches:
                self._check(group, pair)
            self._done.append(group)

    def _check(self, group: Group, pair: Pair) -> None:
        at = next(token for token in self._words if token.at == pair.begin)
        if group.subject is None or group.subject.kind not in ("variable", "iri", "prefixed"):
            raise self._error(at, "needs a variable or an IRI before it")
        if pair.value is None or pair.value.kind not in ("string", "variable"):
            raise self._error(at, "needs words behind it, as a text")
        if any(other.name == "score" and (not other.value or other.value.kind != "variable") for other in group.pairs):
            raise self._error(at, "gives its score to a variable")

    def _error(self, token: Token, what: str) -> QueryError:
        before = self._text[: token.at]
        line, column = before.count("\n") + 1, token.at - before.rfind("\n")
        return QueryError(f"line {line}, column {column}: readout:matches {what}", line, column)
