"""The words of a SPARQL text, told apart as its grammar does it (SPARQL 1.1 §19.8), in one linear pass.

Whatever must be known of a text before the engine sees it, or cannot be asked of the engine, is seen here: its size
and form, whether it reaches outside, where a syntax error lies, and which graphs an update names.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import NamedTuple

__all__ = ["Token", "behind_prologue", "outside", "tokens"]

_IRI_CHARACTER = r"(?:[^<>\"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})"
_PLAINEST = r"[^<>\"'{}|^`\\\x00-\x20]"
_CAUTIOUS = rf"""
    (?P<iri><[A-Za-z][A-Za-z0-9+.\-]*://{_IRI_CHARACTER}*>)
  | (?P<maybe_iri><(?={_IRI_CHARACTER}*['\#]{_IRI_CHARACTER}*>))
"""
_PLAIN = rf"(?P<iri><{_IRI_CHARACTER}*>)"
_OUTSIDE = re.compile(r"SERVICE|\bLOAD\b", re.IGNORECASE)


def _pattern(iris: str) -> re.Pattern[str]:
    return re.compile(
        rf"""
    (?P<space>\s+)
  | (?P<comment>\#[^\r\n]*)
  | (?P<string>'''(?:'{{0,2}}(?:[^'\\]|\\.))*'''|\"\"\"(?:\"{{0,2}}(?:[^\"\\]|\\.))*\"\"\"
      |'(?:[^'\\\r\n]|\\.)*'|"(?:[^"\\\r\n]|\\.)*")
  | {iris}
  | (?P<variable>[?$]\w+)
  | (?P<tag>@[A-Za-z][\w-]*)
  | (?P<blank>_:[\w.-]*)
  | (?P<number>\d*\.?\d+(?:[eE][+-]?\d+)?)
  | (?P<prefixed>(?:[^\W\d_][\w.-]{{0,100}}+)?:(?:[\w.:-]|%[0-9A-Fa-f]{{2}}|\\.)*)
  | (?P<word>\w+)
  | (?P<mark>\|\||&&|\^\^|[<>!]=|.)
    """,
        re.VERBOSE | re.DOTALL,
    )


_PROLOGUE = re.compile(
    rf"(?:\s++|\#[^\r\n]*+|PREFIX\s++(?:[A-Za-z][\w.-]{{0,100}}+)?:\s*+<[A-Za-z][A-Za-z0-9+.\-]*+://{_PLAINEST}*+>)*+",
    re.IGNORECASE,
)
_PATTERNS = {True: _pattern(_CAUTIOUS), False: _pattern(_PLAIN)}


class Token(NamedTuple):
    """A piece of a text: what `kind` it is (the names of the groups above), its `text`, and where it begins (`at`)."""

    kind: str
    text: str
    at: int

    @property
    def end(self) -> int:
        """The offset behind it."""
        return self.at + len(self.text)


def tokens(text: str, *, cautious: bool = True, begin: int = 0, kinds: Container[str] | None = None) -> Iterator[Token]:
    """Yield the pieces of *text* from offset *begin* on: all, white space and comments too, or those of some *kinds*.

    A ``<`` may open an IRI or mean "less than", and the engine decides it by what it can make of the whole. Where the
    two readings disagree on where a string or a comment begins, a *cautious* look gives ``maybe_iri`` for the ``<``
    alone; otherwise, as the standard has it, it is an IRI.

    >>> [(token.kind, token.text) for token in tokens("ASK{<urn:a#b> a ?x}", cautious=False)][2]
    ('iri', '<urn:a#b>')
    """
    for found in _PATTERNS[cautious].finditer(text, begin):
        kind = found.lastgroup or "mark"
        if kinds is None or kind in kinds:
            yield Token(kind, found[0], found.start())


def behind_prologue(text: str) -> int:
    r"""Return the offset behind the declarations that *text* begins with, or less where they are out of the ordinary.

    Clients declare the same dozen prefixes before each query: to look at each of their words would take longer than
    most queries do. Nothing that is passed over here reaches outside, or can hide anything.

    >>> behind_prologue("PREFIX a: <http://a.example/#> # PREFIX b:\nASK {}")
    43
    """
    lower = text.lower()
    if "service" in lower or "load" in lower or not text.isascii():
        return 0
    found = _PROLOGUE.match(text)
    return found.end() if found else 0


def outside(token: Token) -> str | None:
    """Return the word by which *token* would reach outside of the store, if it has one.

    Keywords need no blank before or behind them: the engine reads ``1SERVICE?s{`` and ``SERVICEsilent<…>``, and takes
    ``SERVICE:x {`` for the keyword and a name, if that makes sense of it.
    """
    if token.kind not in ("word", "prefixed"):
        return None
    found = _OUTSIDE.search(token.text.partition(":")[0])
    return found and found[0].upper()
