"""A query's patterns, taken apart by its words: which groups it has, what stands in each, and in which order.

The engine parses queries, but tells nobody what it has found. What `kg.sparql.federation` must know is read here from
the words (`kg.store.tokens`) by the grammar of SPARQL 1.1, §19.8, rules 53 to 67. The engine has checked the text
before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from kg.errors import QueryError, TooComplex
from kg.store.tokens import Token, tokens

__all__ = ["Element", "Group", "Kind", "Patterns", "limited"]

Kind = Literal["triples", "filter", "bind", "values", "optional", "minus", "graph", "service", "groups"]

_PROLOGUE = {"BASE": 2, "PREFIX": 3, "VERSION": 2}
_WITH_GROUP: dict[str, Kind] = {"OPTIONAL": "optional", "MINUS": "minus"}
_NAMED: dict[str, Kind] = {"GRAPH": "graph", "SERVICE": "service"}
_KEYWORDS = frozenset(("OPTIONAL", "MINUS", "GRAPH", "SERVICE", "FILTER", "BIND", "VALUES", "LATERAL", "UNION"))
_CLOSING = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Element:
    """One part of a group, from the offset `start` to before `end`, without the full stop behind it.

    `groups` are those within it: one, or all sides of a UNION, or that of FILTER (NOT) EXISTS. `name` is what GRAPH and
    SERVICE name, as written.
    """

    kind: Kind
    start: int
    end: int
    groups: tuple[Group, ...] = ()
    name: str = ""
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """What stands in braces, which are at `start` and before `end`. `select`: it is a query of its own."""

    start: int
    end: int
    elements: tuple[Element, ...]
    select: bool = False


class Patterns:
    """The patterns of the query *text*: `prologue`, `form`, `datasets` (FROM …), and the outermost group, `where`.

    Raises:
        QueryError: there are none, or they are written in a way that can't be followed.

    >>> found = Patterns("SELECT ?x { ?x a ?y . OPTIONAL { ?x ?p 1 } }")
    >>> [element.kind for element in found.where.elements]
    ['triples', 'optional']
    """

    def __init__(self, text: str) -> None:
        self.text = text
        reader = _Reader(text)
        self.prologue = reader.prologue()
        self.form = reader.peek()
        self.datasets = reader.head()
        try:
            self.where = reader.group()
        except RecursionError:
            raise TooComplex("the query is nested too deep to be followed") from None
        self._words = reader.words
        self._starts = [word.at for word in reader.words]

    def variables(self, start: int, end: int) -> frozenset[str]:
        """Return the variables that stand between two offsets, each as ``?name``."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return frozenset(f"?{word.text[1:]}" for word in self._words[first:last] if word.kind == "variable")

    def words(self) -> Iterator[Token]:
        """Yield all words, without white space and comments."""
        yield from self._words


def limited(text: str, rows: int) -> str:
    r"""Return the query *text* with LIMIT *rows*, unless it has a smaller one. ASK has no rows, and stays as it is.

    >>> limited("SELECT * { ?s ?p ?o } OFFSET 3", 5), limited("SELECT * {} LIMIT 2", 5)
    ('SELECT * { ?s ?p ?o } OFFSET 3\nLIMIT 5\n', 'SELECT * {} LIMIT 2')
    """
    patterns = Patterns(text)
    if patterns.form == "ASK":
        return text
    tail = [word for word in patterns.words() if word.at >= patterns.where.end]
    depth = 0
    for word, after in zip_longest(tail, tail[1:]):
        depth += (word.text in _CLOSING) - (word.text in _CLOSING.values()) if word.kind == "mark" else 0
        if depth or word.kind != "word":
            continue
        if word.text.upper() == "LIMIT" and after and after.text.isdigit():
            return text[: after.at] + str(min(rows, int(after.text))) + text[after.end :]
        if word.text.upper() == "VALUES":
            return f"{text[: word.at]}\nLIMIT {rows}\n{text[word.at :]}"
    return f"{text}\nLIMIT {rows}\n"


class _Reader:
    """Reads the words of a query from first to last."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.words = [token for token in tokens(text, cautious=False) if token.kind not in ("space", "comment")]
        self._at = 0

    def prologue(self) -> str:
        end = 0
        while size := _PROLOGUE.get(self.peek()):
            self._at += size
            end = self._last().end
        return self._text[:end] + "\n"

    def head(self) -> str:
        """Go to the brace of the outermost group; return the clauses with FROM."""
        if self.peek() == "CONSTRUCT":
            self._at += 1
            if self._token().text == "{":  # the template
                self._balanced()
        clauses = []
        while (token := self._token()).text != "{":
            if self.peek() == "FROM":
                self._at += 2 if self._word(1) == "NAMED" else 1
                clauses.append(self._text[token.at : self._token().end])
            if token.text == "(":
                self._balanced()
            else:
                self._at += 1
        return " ".join(clauses)

    def group(self) -> Group:
        start = self._expect("{")
        if self.peek() == "SELECT":
            while self._token().text != "{":
                self._skip()
            inner = self.group()
            while self._token().text != "}":
                self._skip()
            elements = [Element("groups", inner.start, inner.end, (inner,))]
            return Group(start, self._expect("}") + 1, tuple(elements), select=True)
        elements = []
        while self._token().text != "}":
            elements.append(self._element())
            if self._token().text == "." and elements[-1].kind != "triples":
                self._at += 1
        return Group(start, self._expect("}") + 1, tuple(elements))

    def _element(self) -> Element:
        token, word = self._token(), self.peek()
        if token.text == "{":
            return self._union()
        if word in _WITH_GROUP:
            self._at += 1
            group = self.group()
            return Element(_WITH_GROUP[word], token.at, group.end, (group,))
        if word in _NAMED:
            self._at += 1
            silent = word == "SERVICE" and self.peek() == "SILENT"
            self._at += silent
            name = self._name(word)
            group = self.group()
            return Element(_NAMED[word], token.at, group.end, (group,), name, silent)
        if word == "FILTER":
            return self._filter()
        if word in ("BIND", "VALUES"):
            self._at += 1
            while word == "VALUES" and self._token().text != "{":
                self._skip()
            self._balanced()
            return Element("bind" if word == "BIND" else "values", token.at, self._last().end)
        if word == "LATERAL":
            raise QueryError("LATERAL can't be followed together with SERVICE")
        return self._triples()

    def _union(self) -> Element:
        groups = [self.group()]
        while self.peek() == "UNION":
            self._at += 1
            groups.append(self.group())
        return Element("groups", groups[0].start, groups[-1].end, tuple(groups))

    def _filter(self) -> Element:
        start = self._token().at
        self._at += 1
        self._at += self.peek() == "NOT"
        if self.peek() == "EXISTS":
            self._at += 1
            group = self.group()
            return Element("filter", start, group.end, (group,))
        if self._token().text != "(":  # the name of a function
            self._at += 1
        self._balanced()
        return Element("filter", start, self._last().end)

    def _triples(self) -> Element:
        start, first = self._token().at, self._at
        while (token := self._token()).text != "}" and self.peek() not in _KEYWORDS:
            if token.text == "{" and self._word(1) != "|":  # not the annotation of RDF 1.2, {| … |}
                break
            self._skip()
        if self._at == first:
            raise QueryError(f"{self._token().text[:40]!r} begins no part of a group")
        last = self._last()
        if last.text == "." and self._at >= 2:
            return Element("triples", start, max(start, self.words[self._at - 2].end))
        # A name does not end in a full stop, though it may have some: the last one ends the triple.
        return Element("triples", start, last.end - (last.kind in ("prefixed", "blank") and last.text[-1] == "."))

    def _name(self, word: str) -> str:
        token = self._token()
        if token.kind not in ("iri", "prefixed", "variable"):
            raise QueryError(f"{word} is followed by {token.text[:40]!r}, which is no name")
        self._at += 1
        return token.text

    def _skip(self) -> None:
        """Go past one word, or past all that stands in brackets."""
        if self._token().text in _CLOSING and self._token().kind == "mark":
            self._balanced()
        else:
            self._at += 1

    def _balanced(self) -> None:
        """Go past a bracket, all that it opens, and its partner."""
        awaited: list[str] = []
        while True:
            token = self._token()
            self._at += 1
            if token.kind == "mark" and token.text in _CLOSING:
                awaited.append(_CLOSING[token.text])
            elif awaited and token.text == awaited[-1]:
                awaited.pop()
            if not awaited:
                return

    def _expect(self, mark: str) -> int:
        token = self._token()
        if token.text != mark:
            raise QueryError(f"{mark!r} is missing before {token.text[:40]!r}: part words by blanks")
        self._at += 1
        return token.at

    def _token(self) -> Token:
        if self._at >= len(self.words):
            raise QueryError("the query ends too early")
        return self.words[self._at]

    def _last(self) -> Token:
        if not 0 < self._at <= len(self.words):
            raise QueryError("the query ends too early")
        return self.words[self._at - 1]

    def _word(self, ahead: int) -> str:
        at = self._at + ahead
        return self.words[at].text.upper() if at < len(self.words) else ""

    def peek(self) -> str:
        """Return the next word in capitals, if it is a bare one."""
        found = self._at < len(self.words) and self.words[self._at].kind == "word"
        return self.words[self._at].text.upper() if found else ""
