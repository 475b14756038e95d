"""A text with its phrases marked: each is the target of links to it, and leads to the facts that were read from it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup, escape

from kg.model import Span
from kg.text import sentences

__all__ = ["marked"]

_BLOCK = re.compile(r"[^\n]+(?:\n[^\n]+)*")


def marked(text: str, facts: Mapping[Span, Sequence[str]]) -> list[Markup]:
    """Return the paragraphs of *text* as HTML, with the phrases of *facts* marked.

    A phrase has the id ``char=12,34``, as its IRI does, and the ids of its facts in ``data-fact``; its text leads to
    the first of them. Phrases that cross each other, or the end of a sentence, are marked in parts.

    >>> print(marked("They met.", {Span(5, 8): ["f1"]})[0])
    <span class="sentence">They <mark id="char=5,8" data-fact="f1"><a href="#f1">met</a></mark>.</span>
    """
    units = sentences(text)
    starts, ends = [unit.start for unit in units], [unit.end for unit in units]
    within: defaultdict[int, list[Span]] = defaultdict(list)
    for span in sorted(facts, key=lambda span: (span.start, -span.end)):
        for index in range(bisect_right(ends, span.start), bisect_left(starts, span.end)):
            within[index].append(span)
    writer = _Writer(text, facts)
    paragraphs = []
    for block in _BLOCK.finditer(text):
        first, last = bisect_left(starts, block.start()), bisect_right(ends, block.end())
        chosen = [(units[index], within[index]) for index in range(first, last)]
        paragraphs.append(Markup("").join(writer.paragraph(block.start(), block.end(), chosen)))
    return paragraphs


class _Writer:
    """Writes the text in order; a phrase has its id where it is opened first."""

    def __init__(self, text: str, facts: Mapping[Span, Sequence[str]]) -> None:
        self._text = text
        self._facts = facts
        self._opened: set[Span] = set()

    def paragraph(self, start: int, end: int, units: Iterable[tuple[Span, Sequence[Span]]]) -> Iterator[Markup]:
        at = start
        for unit, spans in units:
            yield escape(self._text[at : unit.start])
            yield Markup('<span class="sentence">')
            yield from self._sentence(unit, spans)
            yield Markup("</span>")
            at = unit.end
        yield escape(self._text[at:end])

    def _sentence(self, unit: Span, spans: Sequence[Span]) -> Iterator[Markup]:
        bounds = {max(span.start, unit.start) for span in spans} | {min(span.end, unit.end) for span in spans}
        open_now: list[Span] = []
        at = unit.start
        for bound in sorted(bounds | {unit.end}):
            yield self._piece(at, bound, open_now)
            at = bound
            lasting = [span for span in open_now if span.end > bound]
            kept = next((i for i, span in enumerate(open_now) if span.end <= bound), len(open_now))
            yield Markup("</mark>") * (len(open_now) - kept)
            beginning = [span for span in spans if max(span.start, unit.start) == bound < unit.end]
            for span in (*lasting[kept:], *beginning):
                yield self._begin(span)
            open_now = [*lasting, *beginning]
        yield Markup("</mark>") * len(open_now)

    def _piece(self, start: int, end: int, open_now: Sequence[Span]) -> Markup:
        text = escape(self._text[start:end])
        facts = self._facts[open_now[-1]] if open_now else ()
        return Markup('<a href="#{}">{}</a>').format(facts[0], text) if text and facts else text

    def _begin(self, span: Span) -> Markup:
        facts = " ".join(self._facts[span])
        if span in self._opened:
            return Markup('<mark data-fact="{}">').format(facts)
        self._opened.add(span)
        return Markup('<mark id="char={},{}" data-fact="{}">').format(span.start, span.end, facts)
