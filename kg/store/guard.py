"""Looks at a query's text before and after the engine does: what reaches outside is refused, errors become readable."""

from __future__ import annotations

import re

from kg.errors import QueryError, QueryForbidden, one_line
from kg.store.mistakes import mistake, undeclared
from kg.store.tokens import Token, outside, tokens

__all__ = ["explained", "refuse_outside", "resolved"]

_LETTERS = re.compile(r"SERVICE|LOAD", re.IGNORECASE)
_OUTSIDE = re.compile(r"SERVICE|\bLOAD\b", re.IGNORECASE)
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U(0010[0-9A-Fa-f]{4}|000[0-9A-Fa-f]{5})")
_WHERE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_UPDATE = re.compile(r"\s*(INSERT|DELETE|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b", re.IGNORECASE)
_PAIRS = {"{": "}", "(": ")", "[": "]"}


def refuse_outside(text: str) -> None:
    r"""Raise `QueryForbidden` if *text* has SERVICE or LOAD anywhere but in a string, an IRI, a comment or a variable.

    Code point escapes (SPARQL 1.1, 19.2) are looked at both ways, since engines differ in whether they resolve them
    before they parse.

    >>> refuse_outside('SELECT ?service { ?s ?p "LOAD" } # SERVICE')
    >>> refuse_outside("SELECT * { service#c\n<http://a.example/> {} }")
    Traceback (most recent call last):
        ...
    kg.errors.QueryForbidden: line 1, column 12: SERVICE would reach outside the store and is refused
    """
    if "\\" not in text and not _hints(text):  # which is so nearly always, and spares a look at each word
        return
    for variant in dict.fromkeys((text, resolved(text))):
        if found := _reaching(variant):
            word, at = found
            line, column = _position(variant, at)
            what = f"{word} would reach outside the store and is refused"
            raise QueryForbidden(f"line {line}, column {column}: {what}", line, column)


def resolved(text: str) -> str:
    """Return *text* with its code point escapes (SPARQL 1.1, 19.2) replaced by what they stand for."""
    if "\\u" in text or "\\U" in text:
        return _CODE_POINT.sub(lambda escape: chr(int(escape[1] or escape[2], 16)), text)
    return text


def _reaching(text: str) -> tuple[str, int] | None:
    """Return the word of *text* that reaches outside, and where it is."""
    if not _hints(text):
        return None
    unclear = False
    for token in tokens(text):
        if word := outside(token):
            return word, token.at
        unclear |= token.kind == "maybe_iri"
    hidden = _OUTSIDE.search(text) if unclear else None  # it could hide in what may be a string or a comment
    return (hidden[0].upper(), hidden.start()) if hidden else None


def _hints(text: str) -> bool:
    """Tell whether the letters of a word that reaches outside stand anywhere in *text*."""
    if not text.isascii():
        return bool(_LETTERS.search(text))
    lower = text.lower()  # some twenty times as fast as the regular expression
    return "service" in lower or "load" in lower


def explained(error: SyntaxError, text: str, *, update: bool = False) -> QueryError:
    """Return the engine's *error* in *text* as one that says, in a line, where it is and what is wrong.

    *text* is a query, or an *update*.

    >>> print(explained(SyntaxError("error at 1:19: expected one of LATERAL, SERVICE, [_]"), "SELECT * { ?s ?p }"))
    line 1, column 18: a triple ends too early: its object is missing
    """
    found = _WHERE.match(str(error))
    if not found:
        return QueryError(one_line(error))
    line, column, expected = int(found[1]), int(found[2]), found[3]
    offset = _offset(text, line, column)
    is_other = not update and _UPDATE.match(_without_prologue(text))
    if text.strip() and not is_other and (known := _known(text, offset, expected, update)):
        line, column = _position(text, known[0])
        return QueryError(f"line {line}, column {column}: {known[1]}", line, column)
    token = _token_at(text, offset)
    what = _wrong(text, offset, expected, token, "update" if update else "query")
    if token and ("unexpected" in what or "not declared" in what):
        line, column = _position(text, token.at)
    return QueryError(f"line {line}, column {column}: {what}", line, column)


def _known(text: str, offset: int, expected: str, update: bool) -> tuple[int, str] | None:
    """Return the mistake that is probably behind what the engine says, if it is a common one, and where it is."""
    if found := mistake(text, offset, update=update):
        return found
    if "The SELECT contains a variable that is unbound" in expected:
        return offset, "SELECT names a variable that is neither grouped nor within an aggregate: add it to GROUP BY"
    if "not authorized with GROUP BY" in expected:
        return offset, "where rows are grouped, SELECT names what to give, and * is nothing: SELECT ?x (COUNT(*) AS ?n)"
    return None


def _wrong(text: str, offset: int, expected: str, token: Token | None, kind: str) -> str:
    """Say what is wrong at *offset* of *text*, given what the engine *expected*."""
    if not text.strip():
        return f"the {kind} is empty"
    if kind == "query" and (update := _UPDATE.match(_without_prologue(text))):
        return f"this is an update ({update[1].upper()}), and only queries are answered here"
    if "Prefix not found" in expected:
        names = re.findall(r"([\w.-]*):[\w.:%-]*$", text[:offset])
        return undeclared(names[0] if names else "")
    if "IRI parsing failed" in expected:
        return "this is not an IRI: a space or a character that must be escaped, or no BASE to resolve it against"
    for part in expected.split(", "):
        if " " in part and not part.startswith("["):
            return part[0].lower() + part[1:]
    if offset >= len(text.rstrip()) and (lack := _unfinished(text)):
        return lack
    return f"unexpected {_shown(token.text)}" if token else f"the {kind} ends too early"


def _unfinished(text: str) -> str | None:
    """Say what a text that ends too early lacks, or has too much of."""
    awaited: list[str] = []
    last = ""
    for token in tokens(text):
        if token.kind in ("space", "comment"):
            continue
        last = token.text
        if last in _PAIRS:
            awaited.append(_PAIRS[last])
        elif last in _PAIRS.values():
            if not awaited or awaited.pop() != last:
                return f"one {last!r} too many"
        elif last in ("'", '"'):
            return "a string is not closed"
    if awaited:
        return f"the query ends too early: {awaited[-1]!r} is missing"
    return None if last in _PAIRS.values() else f"the query ends too early, after {_shown(last)}"


def _without_prologue(text: str) -> str:
    return re.sub(r"(?i)^(?:\s+|#[^\n\r]*|BASE\s*<[^>]*>|PREFIX\s*[\w.-]*:\s*<[^>]*>)*", "", text)


def _token_at(text: str, offset: int) -> Token | None:
    """Return the token that the engine stumbled over: it reports the place behind the last character it looked at."""
    for token in tokens(text):
        if token.kind not in ("space", "comment") and token.end >= offset:
            return token
    return None


def _shown(token: str) -> str:
    return repr(token if len(token) <= 30 else token[:29] + "…")


def _position(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n") + 1, offset - before.rfind("\n")


def _offset(text: str, line: int, column: int) -> int:
    before = text.split("\n")[: line - 1]  # the engine counts no other line ends, such as U+2028
    return min(sum(map(len, before)) + len(before) + column - 1, len(text))
