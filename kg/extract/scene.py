"""What is known of one readout while it is being read: the text, its sentences, and what the stages so far have found.

A stage takes a `Scene` and returns findings; `kg.extract.extract` puts them into the next scene. Nothing is changed in
place, so each stage can be tested with a scene made by hand.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

from kg.lexicon import Lexicon
from kg.model import Agency, Entity, Event, Initiative, Meeting, Mention, Person, Place, Readout, Span
from kg.values import dataclass

__all__ = ["Rejected", "Scene"]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A stretch of the text that a rule nearly took, and in a few words why it did not."""

    span: Span
    rule: str
    reason: str


@dataclass(frozen=True, eq=False)
class Scene:
    """A readout under reading.

    `sentences` are spans of `readout.text` in order, the title being the first where there is one. The mentions of the
    entities cover names, offices and pronouns alike: "Ms. Monaco", "She" and "the Homeland Security Advisor" are all
    mentions of one person once the first stage has ended.
    """

    readout: Readout
    lexicon: Lexicon
    sentences: tuple[Span, ...]
    people: tuple[Person, ...] = ()
    agencies: tuple[Agency, ...] = ()
    places: tuple[Place, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    events: tuple[Event, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    rejected: list[Rejected] | None = None
    """Where the stages note what they nearly took, if somebody wants to know: see `reject`."""

    @cached_property
    def text(self) -> str:
        """The canonical text."""
        return self.readout.text

    def reject(self, span: Span, rule: str, reason: str) -> None:
        """Note that *rule* nearly took *span*, where such notes are kept."""
        if self.rejected is not None:
            self.rejected.append(Rejected(span, rule, reason))

    @cached_property
    def _mentions(self) -> tuple[tuple[Mention, Entity], ...]:
        entities = (*self.people, *self.agencies, *self.places, *self.initiatives, *self.events)
        pairs = [(mention, entity) for entity in entities for mention in entity.mentions]
        return tuple(sorted(pairs, key=lambda pair: (pair[0].span.start, pair[0].span.end, pair[1].id)))

    @cached_property
    def _starts(self) -> list[int]:
        return [mention.span.start for mention, _ in self._mentions]

    def mentions_in(self, span: Span) -> list[tuple[Mention, Entity]]:
        """Return what is mentioned within *span*, in text order, an outer mention before those inside it."""
        starts, end = self._starts, span.end
        near = self._mentions[bisect_left(starts, span.start) : bisect_left(starts, end)]
        return [pair for pair in near if pair[0].span.end <= end]
