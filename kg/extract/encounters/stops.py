"""The stops of a trip: "In Lima on 12 June, …", "13 February: Skopje", "The visit ended on Friday in Doha"."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.encounters.dates import When, find_dates
from kg.extract.scene import Scene
from kg.model import Place, Span
from kg.values import dataclass

__all__ = ["STAY", "Stop", "stop_in"]

# What opens a sentence about a stop; places and days follow up to the comma.
FRONTED = re.compile(r"(?:In|At|On|From|While in|During (?:his|her|their) (?:stop|stay|visit) (?:in|to)) ")
MOVED = re.compile(
    r"(?:The|His|Her|Their|Our) (?:\w+ )?(?:trip|visit|tour|journey|mission|programme|program)"
    r" (?:then )?(?:concluded|ended|began|started|continued|finished|moved on)\b"
    r"|The (?:first|second|third|next|last|final) (?:stop|leg|station)\b(?![^.]{0,60} (?:will|would)\b)"
)
STAY = re.compile(
    r"\b[Dd]uring (?:his|her|their|my|our|the) (?:[\w-]+ ){0,2}(?:stay|visit|trip)\b(?! (?:of|by|to|last)\b)"
)
"""Which tells of a trip, though no verb does."""
# Of a line that is nothing but a day and a place, as a heading between paragraphs is.
FILLING = re.compile(r"(?:[\s,:;–—().-]|\b(?:in|on|and|to|the|day|one|two|three|\d)\b)*", re.IGNORECASE)
PARTNER = re.compile(r"\b(?:with|between)\b")
LONGEST_LINE = 60
LONGEST_FRONT = 70
"""In characters, up to the comma."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Where and when a part of a trip was; either may be left out. `heads`: a line of its own says so."""

    places: tuple[str, ...] = ()
    when: When | None = None
    heads: bool = False


def stop_in(scene: Scene, sentence: Span, *, future: bool = False) -> Stop | None:
    """Return the stop that *sentence* opens with, or that it names as a heading does; None if it names none.

    *future*: the trip is still to come.
    """
    text = scene.text
    if MOVED.match(text, sentence.start, sentence.end):
        return _stop(scene, sentence, future=future)
    if (
        sentence.end - sentence.start < LONGEST_LINE
        and (stop := _stop(scene, sentence, future=future))
        and _is_bare(scene, sentence)
    ):
        return replace(stop, heads=True)
    if not FRONTED.match(text, sentence.start, sentence.end):
        return None
    start = sentence.start
    found: Stop | None = None
    while (comma := text.find(", ", start, min(sentence.end, start + LONGEST_FRONT))) > 0:
        part = _stop(scene, Span(start, comma), future=future)
        if part is None:
            break
        found = Stop((found.places if found else ()) + part.places, part.when or (found.when if found else None))
        start = comma + 2
        if not re.match(r"(?:in|at|on|[A-Z]\w+,) ", text[start : start + 30]):
            break
    return found


def _stop(scene: Scene, span: Span, *, future: bool) -> Stop | None:
    """Return the places and the day in *span*, if it has any."""
    if PARTNER.search(scene.text, span.start, span.end):
        return None  # "In her meeting with Peru’s Minister X, …"
    places = dict.fromkeys(entity.id for _, entity in scene.mentions_in(span) if isinstance(entity, Place))
    when = next(find_dates(scene.text, span, scene.readout.issued, future=future), None)
    return Stop(tuple(places), when) if places or when else None


def _is_bare(scene: Scene, line: Span) -> bool:
    """Tell whether nothing but places and days stands in *line*."""
    spans = [mention.span for mention, entity in scene.mentions_in(line) if isinstance(entity, Place)]
    spans += [when.span for when in find_dates(scene.text, line, scene.readout.issued)]
    start = line.start
    for span in sorted(spans):
        if not FILLING.fullmatch(scene.text, start, max(start, span.start)):
            return False
        start = max(start, span.end)
    return FILLING.fullmatch(scene.text, start, line.end) is not None
