"""A clause that reports a statement, and what has been read of its sentence so far."""

from __future__ import annotations

from typing import Literal

from kg.extract.statements.acts import Acts, Cue
from kg.extract.statements.adverbs import skip_adverbs
from kg.extract.statements.names import Names
from kg.extract.statements.subjects import Subject, find_subject
from kg.extract.words import Words
from kg.model import Person
from kg.values import dataclass

__all__ = ["Clause", "Mode", "State"]

Mode = Literal["finite", "coordinated", "infinitive", "participle", "talking", "passive", "future"]
_LONGEST_TITLE = 14
_TITLE_LINKS = frozenset({"the", "of", "and", "for", "to", ","})


@dataclass(frozen=True, slots=True)
class Clause:
    """A statement as it stands in the sentence: the quote is words `first` to `stop`.

    `subject` is None where the clause has none of its own; `host` is then the subject it shares, if there is one.
    """

    cue: Cue
    mode: Mode
    first: int
    stop: int
    subject: Subject | None = None
    host: Subject | None = None
    begins: int = 0
    """The first word of the clause, subject included: where the clause before it ends."""
    after_meeting: bool = False
    """Whether the verb before it is one of meeting: "met with X *and discussed* Y"."""


@dataclass(slots=True)
class State:
    """A sentence under reading, from left to right."""

    words: Words
    names: Names
    acts: Acts
    is_item: bool = False
    host: Subject | None = None
    """The last subject of a finite verb."""
    finite: bool = False
    """Whether there was a finite verb that a second one may be coordinated with."""
    awaited: bool = False
    """Whether the subject awaits its verb behind what is put in: "The President *while thanking her* | asked"."""
    meeting: int | None = None
    """The last finite verb of meeting."""
    last: Clause | None = None
    """The last clause that reports a statement."""

    def subject_before(self, stop: int) -> Subject | None:
        """Return the subject whose verb follows word *stop*."""
        return find_subject(self.words, stop, self.names, self.acts)

    def main_subject_before(self, stop: int) -> Subject | None:
        """Return the subject whose verb follows word *stop*, adverbs left out, if it isn't one of a content clause."""
        subject = self.subject_before(skip_adverbs(self.words, stop))
        return subject if subject and not subject.nested else None

    def is_weak(self, cue: Cue) -> bool:
        """Tell whether the form is as often a noun or an adjective, or the verb no verb of saying."""
        return cue.verb in self.acts.sets["weak"] and not cue.is_phrase

    def note(self, subject: Subject) -> None:
        """Remember the subject of a finite verb."""
        self.host, self.finite = subject, True

    def main(self, cue: Cue, subject: Subject, mode: Mode = "finite", first: int | None = None) -> Clause:
        """Return a clause with a subject of its own, which later verbs may share."""
        self.note(subject)
        return Clause(cue, mode, cue.at if first is None else first, len(self.words), subject, subject, subject.first)

    def side(self, cue: Cue, mode: Mode, begins: int) -> Clause:
        """Return a clause without a subject of its own; word *begins* is where the clause before it ends."""
        after = mode == "coordinated" and self.last is None and self.meeting is not None
        return Clause(cue, mode, cue.at, len(self.words), None, self.host, begins, after)

    def receives(self, cue: Cue) -> bool:
        """Tell whether the object is a person, rather than a deed: "welcomed | Prime Minister X to the palace"."""
        words, start = self.words, cue.stop
        if words.at(start) in {"him", "her", "them"}:
            return True
        people, owned = self.acts.sets["people"], False
        for end in range(start + 1, min(start + _LONGEST_TITLE, len(words))):
            party = words.lower[end - 1] in people and words.text[end - 1].islower() and words.at(end) != "of"
            if end - start < 4 and party and not owned:
                return not words.is_possessive(end - 1)
            first, entity = self.names.ending.get(end, (0, None))
            if isinstance(entity, Person) and first >= start and not words.is_possessive(end - 1):
                titles, known = range(start, first), _TITLE_LINKS | people | self.acts.sets["titles"]
                if all(
                    words.is_capital(at) or words.lower[at] in known or at == first - 1 or words.text[at + 1] in people
                    for at in titles
                ):
                    return True
            owned = owned or words.is_possessive(end - 1)
            titled = words.is_capital(end - 1) or words.lower[end - 1] in _TITLE_LINKS
            if words.lower[end - 1] in {"that", "which"} or (owned and not titled):
                return False  # "welcomed Gabon's | decision", not "welcomed Gabon's | Minister X"
        return False
