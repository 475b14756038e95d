"""Rows of people that go on over a semicolon, a colon, or what is put in: "X, who chairs it, Y; Z, a pilot; and …"."""

from __future__ import annotations

import re
from itertools import islice

from kg.extract.encounters.grammar import Encounters
from kg.extract.encounters.parties import party_in
from kg.extract.encounters.party import Party, phrase_of
from kg.extract.scene import Scene
from kg.model import Person, Span

__all__ = ["NEXT_TITLE", "row_from"]

ENDS = re.compile(
    r"; |: | (?:to|who|which|that) (?=[a-z]+\b)(?!the\b)"
    r"|, (?:who|which|where|[a-z]+ed|met|spoke|held|[a-z]+ [a-z]+ed)\b"
)
# What may stand between one and the next: "(FEMA), Administrator ".
NEXT_TITLE = re.compile(r"(?: \([^)]*\))?,? ?(?:[A-Z][\w’.&-]*,? |of |for |and |the |to )*")
MARKS = re.compile(r"[,;] (?:and )?")
MOST_MARKS = 6
"""How many marks after a name a relative clause that describes it has, the one that ends it included, at most."""


def row_from(scene: Scene, grammar: Encounters, start: int, stop: int) -> Party:
    """Return who is listed from *start* on, at most to *stop*."""
    party = Party()
    while start < stop:
        ends = ENDS.search(scene.text, start, stop)
        end = ends.start() if ends else stop
        if start < end:
            party |= party_in(scene, grammar, Span(start, end))
        start = _resumed(scene, ends, stop) if ends else stop
    return party


def _resumed(scene: Scene, ends: re.Match[str], stop: int) -> int:
    """Return where the list goes on after what seemed to end it: at a title and name; *stop* if it does not."""
    starts = [ends.end()] if ends.group()[0] in ";:" else []
    if ends.group().startswith(", who"):
        starts = [mark.end() for mark in islice(MARKS.finditer(scene.text, ends.end(), stop), MOST_MARKS)]
    elif not starts and (colon := scene.text.find(": ", ends.end(), stop)) > 0:
        starts = [colon + 2]
    if ends.end() >= stop or not starts:
        return stop
    people = [phrase_of(e, m).start for m, e in scene.mentions_in(Span(ends.end(), stop)) if isinstance(e, Person)]
    for start in starts:
        first = next((at for at in people if at >= start), None)
        if first is not None and NEXT_TITLE.fullmatch(scene.text, start, first):
            return start
    return stop
