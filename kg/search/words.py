"""What somebody types into the box, and where its words stand in a text.

Everything is compared in a form of `kg.lexicon.fold`: no case, accents, apostrophes or dots. A folded text has
letters, digits and blanks alone, so nothing that is typed can mean anything to SQLite.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.lexicon import fold

__all__ = ["Piece", "Words", "excerpt", "folded", "read"]

_LONGEST = 400
_KEPT = 80
_OWNERS = re.compile(r"['’]s\b")
_MOST = 16
_PIECES = re.compile(
    r"""(?P<minus>(?<!\S)[-−])?(?:(?P<facet>[a-z]+):)?(?:["“](?P<phrase>[^"“”]*)["”]?|(?P<word>\S+))"""
)
_WORD = re.compile(r"\w+(?:['`’‘ʻʼʿʾ′.]\w+)*")
_WIDTH = 260
_LITTLE = frozenset(("a", "an", "and", "at", "by", "for", "in", "of", "on", "or", "the", "to", "with"))
_LEAD = 70


def folded(text: str) -> str:
    """Return *text* as `fold` gives it, and without the ``’s`` of who owns something.

    >>> folded("Côte d’Ivoire’s President")
    'cote divoire president'
    """
    plain = _OWNERS.sub("", text)
    return fold.__wrapped__(plain) if len(plain) > _KEPT else fold(plain)  # long texts come once: none is kept in mind


@dataclass(frozen=True, slots=True)
class Words:
    """A question, read: folded `terms` (a word, or a phrase) that must all be there, and `without`, that must not.

    Little words ("of") need not be there. `plain` is what names are compared with as a whole. `facets` are what
    ``year:2016`` asks for, `rest` is what was typed besides. The last term may be the beginning of a word where it is
    `open`: nothing stands behind it.
    """

    terms: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    open: bool = False
    plain: str = ""
    rest: str = ""

    def expression(self, *, prefix: bool) -> str:
        """Return the expression for FTS5; with *prefix*, the last term and initials are beginnings of words."""
        last = len(self.terms) - 1
        wanted = " AND ".join(
            f'"{term}"' + ("*" if prefix and ((at == last and self.open) or len(term) == 1) else "")
            for at, term in enumerate(self.terms)
        )
        unwanted = "".join(f' NOT "{term}"' for term in self.without)
        return f"({wanted}){unwanted}" if unwanted else wanted


def read(text: str, facets: tuple[str, ...] = ()) -> Words:
    """Read what somebody typed: words, "phrases", -unwanted ones, and the names of *facets* with a value.

    It takes any text, and the beginning of one that is too long.

    >>> read('Rice "climate change" -trade year:2016', facets=("year",)).expression(prefix=False)
    '("rice" AND "climate change") NOT "trade"'
    >>> read("Côte d’Ivoi").expression(prefix=True)
    '"cote" AND "divoi"*'
    >>> read('"; DROP (NEAR').terms
    ('drop near',)
    """
    text = text.replace("\0", " ")[:_LONGEST]
    terms: list[str] = []
    without: list[str] = []
    rest: list[str] = []
    chosen: dict[str, tuple[str, ...]] = {}
    for found in _PIECES.finditer(text):
        kind, value = found["facet"], found["phrase"] if found["phrase"] is not None else found["word"]
        if kind in facets and value and not found["minus"]:
            chosen[kind] = (*chosen.get(kind, ()), value)
            continue
        rest.append(found[0])
        term = folded(f"{kind} {value}" if kind else value)
        if term and len(terms) + len(without) < _MOST:
            (without if found["minus"] else terms).append(term)
    needed = tuple(term for term in terms if term not in _LITTLE) or tuple(terms)
    begun = text[-1:].isalnum() and needed[-1:] == tuple(terms[-1:])
    return Words(needed, tuple(without), chosen, begun, " ".join(terms), " ".join(rest))


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an excerpt; `marked` where it is what was looked for."""

    text: str
    marked: bool = False


def excerpt(text: str, words: Words, width: int = _WIDTH) -> tuple[Piece, ...]:
    """Cut the stretch of *text* with most of the *words* out of it, as pieces to be shown one after the other.

    >>> excerpt("They met O’Neill in Geneva.", read("oneill gen"))[1:4]
    (Piece(text='O’Neill', marked=True), Piece(text=' in ', marked=False), Piece(text='Geneva', marked=True))
    """
    found = _matches(text, words)
    start = 0 if len(text) <= width else _densest(found, width)
    end = min(len(text), start + width)
    start = text.find(" ", start) + 1 or start if start else 0
    end = end if end == len(text) else max(text.rfind(" ", start, end), start + width // 2)
    pieces = [Piece("… ")] if start else []
    at = start
    for first, last in _joined(text, found):
        if first >= at and last <= end:
            pieces += [Piece(_line(text[at:first])), Piece(text[first:last], marked=True)]
            at = last
    pieces.append(Piece(_line(text[at:end]) + (" …" if end < len(text) else "")))
    return tuple(piece for piece in pieces if piece.text)


def _joined(text: str, found: list[tuple[int, int, str]]) -> list[tuple[int, int]]:
    """Return begin and end of the marks: one for words with nothing but a blank between them."""
    marks: list[tuple[int, int]] = []
    for first, last, _ in found:
        if marks and text[marks[-1][1] : first] == " ":
            marks[-1] = (marks[-1][0], last)
        else:
            marks.append((first, last))
    return marks


def _matches(text: str, words: Words) -> list[tuple[int, int, str]]:
    """Return begin, end and word of each word of *text* that is one of *words*."""
    wanted = {part for term in words.terms for part in term.split()}
    begun = words.terms[-1].split()[-1] if words.terms and words.open else ""
    found = []
    for word in _WORD.finditer(text):
        plain = folded(word[0])
        if plain in wanted or (begun and plain.startswith(begun)) or (" " in plain and wanted & set(plain.split())):
            found.append((word.start(), word.end(), plain))
    return found


def _densest(found: list[tuple[int, int, str]], width: int) -> int:
    """Return where a window that has most different words begins, with some text before the first."""
    best, most = 0, 0
    for first, _, _ in found:
        inside = {plain for begin, end, plain in found if first <= begin and end <= first + width - _LEAD}
        if len(inside) > most:
            best, most = max(0, first - _LEAD), len(inside)
    return best


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
