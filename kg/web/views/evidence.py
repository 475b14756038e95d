"""The sentence that says so: phrases are found by their IRIs (RFC 5147), sentences are cut out of the text around."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.model import Span
from kg.records import enclosing
from kg.text import sentences
from kg.web.views.thing import address

__all__ = ["Quote", "around", "place"]

_PHRASE = re.compile(r"(.+)#char=(\d+),(\d+)")


@dataclass(frozen=True, slots=True)
class Quote:
    """A phrase within its sentence: what stands before, the phrase, what stands after; `href` leads to it."""

    before: str
    phrase: str
    after: str
    href: str | None


def place(iri: str) -> tuple[str, Span] | None:
    """Tell in which document, and where in its text, a phrase stands; None for what is no phrase.

    >>> place("urn:d#char=3,8")
    ('urn:d', Span(start=3, end=8))
    """
    found = _PHRASE.fullmatch(iri)
    if not found or not int(found[2]) < int(found[3]):
        return None
    return found[1], Span(int(found[2]), int(found[3]))


def around(text: str, phrases: Iterable[str]) -> Iterator[Quote]:
    """Yield the sentence around each of the *phrases*, which are IRIs, that stands in *text*."""
    spans = sentences(text)
    for iri in phrases:
        found = place(iri)
        if found and found[1].end <= len(text):
            yield _cut(text, spans, found[1], address(iri))


def _cut(text: str, spans: Sequence[Span], phrase: Span, href: str | None) -> Quote:
    whole = enclosing(spans, phrase)
    before, after = text[whole.start : phrase.start], text[phrase.end : whole.end]
    return Quote(before, text[phrase.start : phrase.end], after, href)
