"""The sentence that says so: phrases are found by their IRIs (RFC 5147), sentences are cut out of the text around."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.model import Span
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
    touched = [span for span in spans if span.start < phrase.end and phrase.start < span.end]
    first = min(phrase.start, touched[0].start) if touched else phrase.start
    last = max(phrase.end, touched[-1].end) if touched else phrase.end
    return Quote(text[first : phrase.start], text[phrase.start : phrase.end], text[phrase.end : last], href)
