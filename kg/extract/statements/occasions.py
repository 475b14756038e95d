"""At which meeting a statement was made."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from kg.extract.statements.clause import Clause
from kg.extract.statements.names import Names
from kg.extract.words import Words
from kg.model import Meeting, Span

__all__ = ["Occasions"]

_VISIT_WORDS = frozenset({"engagements", "visit", "trip", "travel", "meetings", "stops"})

_SIDES = frozenset({"sides", "countries", "nations", "states", "governments", "parties", "delegations", "both"})


class Occasions:
    """Which meeting a passage tells of: the one told of last, unless somebody is named who was at another."""

    def __init__(self, held: list[Meeting], sentences: Sequence[Span], talks: Collection[str]) -> None:
        """Take the held meetings, the sentences of the text, and the nouns that mean talks."""
        self.held, self.talks = held, talks
        self.present = {part.person for meeting in held for part in meeting.participations}
        parents = {meeting.part_of for meeting in held}
        self.specific = [meeting for meeting in held if meeting.number not in parents] or held
        self.starts = [(min((m.span.start for m in meeting.evidence), default=0), meeting) for meeting in self.specific]
        self.starts.sort(key=lambda pair: pair[0])
        everywhere = [{part.person for part in meeting.participations} for meeting in self.specific]
        self.common = set.intersection(*everywhere)
        self.current = self.starts[0][1]
        self.seen = -1
        bounds = [sentence.start for sentence in sentences]
        seen = Counter(person for people in everywhere for person in people)
        self.told = {
            meeting.number: _told(meeting, {one for one in people if seen[one] == 1}, bounds)
            for meeting, people in zip(self.specific, everywhere, strict=True)
        }
        """In which sentences each meeting was told."""
        self.apart = False
        """Whether somebody was named who was at one of them only."""

    def at(self, clause: Clause, words: Words, names: Names) -> Meeting:
        """Return the meeting at which *clause* was said; calls come in text order."""
        if len(self.specific) == 1:
            return self.specific[0]
        offset = words.starts[clause.cue.at]
        self._go_to(offset)
        if clause.subject and (visit := self._visit(words, clause.subject.first)):
            return visit
        if named := self._by_people(clause, words, names):
            self.current, self.apart = named, True
        if self.apart:
            return self.current
        subject = words.lower[clause.subject.first : clause.subject.stop] if clause.subject else ("",)
        if subject[-1] in self.talks and (visit := self._of_all_talks(offset)):
            return visit
        return self.current if _is_pair(subject) else self._together(self.current)

    def _go_to(self, offset: int) -> None:
        """Make the meeting that was told last before *offset* the current one, if it was told since the last clause."""
        for start, meeting in self.starts:
            if self.seen < start <= offset:
                self.current, self.apart = meeting, False
        self.seen = offset

    def _of_all_talks(self, offset: int) -> Meeting | None:
        """Return the visit whose talks are meant, before one is told or after several: "met X and Y. The talks …"."""
        meeting = self.current
        visit = next((one for one in self.held if one.number == meeting.part_of), None)
        same = [one for one in self.specific if one.part_of == meeting.part_of]
        several = sum(not self.told[meeting.number].isdisjoint(self.told[one.number]) for one in same) > 1
        return visit if several or offset < self.starts[0][0] else None

    def _together(self, meeting: Meeting) -> Meeting:
        """Return the meeting with those of all that were told in one sentence: "spoke separately with X and with Y"."""
        told = self.told[meeting.number]
        others = [one for one in self.specific if one.kind == meeting.kind and told & self.told[one.number]]
        parts = {part.person: part for one in others for part in one.participations}
        sides = dict.fromkeys(side for one in others for side in one.sides)
        return replace(meeting, participations=tuple(parts.values()), sides=tuple(sides))

    def _visit(self, words: Words, first: int) -> Meeting | None:
        """Return the visit when the sentence opens with "Across these engagements", "In a series of meetings"."""
        if (words.at(0) in {"across", "throughout"} or "series" in words.lower[:first]) and _VISIT_WORDS & set(
            words.lower[:first]
        ):
            return next((meeting for meeting in self.held if meeting.kind == "visit"), None)
        return None

    def _by_people(self, clause: Clause, words: Words, names: Names) -> Meeting | None:
        named = {person.id for person in names.people(0, min(clause.cue.stop + 14, clause.stop))} - self.common
        best, most = None, 0
        for meeting in (self.current, *self.specific):
            there = len(named & {part.person for part in meeting.participations})
            if there > most:
                best, most = meeting, there
        return best or self._by_group(clause, words)

    def _by_group(self, clause: Clause, words: Words) -> Meeting | None:
        phrase = " ".join(words.lower[: clause.cue.stop + 8])
        for meeting in self.specific:
            for group in meeting.groups:
                if " ".join(group.lower().split()[-2:]) in phrase and meeting is not self.current:
                    return meeting
        return None


def _is_pair(subject: Sequence[str]) -> bool:
    """Tell whether two persons are meant, who met once, rather than two sides: "the two ministers"."""
    return subject[-1] not in _SIDES and not {"two", "both"}.isdisjoint(subject)


def _told(meeting: Meeting, alone: set[str], bounds: list[int]) -> set[int]:
    """Return the numbers of the sentences that tell of the meeting: of its verb, and of whom of those *alone* it met.

    Who was at other meetings too may be told of long after: "She was accompanied by her aides".
    """
    met = [part.evidence.span for part in meeting.participations[1:] if part.person in alone]
    spans = [*(mention.span for mention in meeting.evidence), *met[-1:]]
    return {bisect_right(bounds, span.start) for span in spans}
