"""Why the graph of a readout says what it says: sentence by sentence, what was taken by which rule, and what was not.

The reasons for what was not taken come from the stages themselves (`kg.extract.scene.Scene.reject`). Added afterwards
is what no rule has looked at: names that nothing covers, and persons who could not be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extract import extract
from kg.extract.scene import Rejected
from kg.lexicon import Lexicon, default_lexicon
from kg.model import Entity, Extraction, Meeting, Mention, Participation, Readout, Span, Statement, Topic
from kg.resolve import resolve
from kg.text import sentences

__all__ = ["Explanation", "Fact", "Mark", "Told", "explain", "kind_of"]

_NAME = re.compile(r"[^\W\d_a-z][\w’'.-]*(?: (?:(?:of|and|for|the|de|al) ){0,2}[^\W\d_a-z][\w’'-]*)+")
_OPENER = re.compile(
    r"(?:The|This|That|These|Those|In|On|At|During|Following|After|Before|Both|As|And|For|Readout|Today|Read) "
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A phrase that names somebody or something."""

    mention: Mention
    entity: Entity


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact in words, and the phrase that says so. `kind` is holding, meeting, participation or statement."""

    kind: str
    words: str
    evidence: Mention


@dataclass(frozen=True, slots=True)
class Told:
    """What one sentence tells: its names, in text order and none within another; its facts; what was not taken."""

    sentence: Span
    marks: tuple[Mark, ...]
    facts: tuple[Fact, ...]
    rejected: tuple[Rejected, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A readout with all that it tells, in text order."""

    extraction: Extraction
    told: tuple[Told, ...]

    @property
    def readout(self) -> Readout:
        """What was read."""
        return self.extraction.readout


def explain(readout: Readout, lexicon: Lexicon | None = None) -> Explanation:
    """Read *readout* as `kg.extract.extract` and `kg.resolve.resolve` do, and keep the reasons."""
    lexicon = lexicon or default_lexicon()
    noted: list[Rejected] = []
    found = extract(readout, lexicon, rejected=noted)
    extraction = resolve(found, lexicon)
    marks, facts = list(_marks(extraction)), sorted(_facts(extraction), key=lambda fact: fact.evidence.span)
    noted = [*_apt(noted, marks, facts), *_untold(found, extraction)]
    known = [*(mark.mention.span for mark in marks), *(item.span for item in noted)]
    noted = sorted([*noted, *_unnamed(readout, known)], key=lambda item: item.span)
    return Explanation(
        extraction,
        tuple(
            Told(
                sentence,
                tuple(_outermost(mark for mark in marks if sentence.covers(mark.mention.span))),
                tuple(fact for fact in facts if _begins_in(sentence, fact.evidence.span)),
                tuple(item for item in noted if _begins_in(sentence, item.span)),
            )
            for sentence in sentences(readout.text)
        ),
    )


def kind_of(entity: Entity) -> str:
    """Return what an entity is, in one word: person, agency, place, initiative or event."""
    return type(entity).__name__.lower()


def _begins_in(sentence: Span, span: Span) -> bool:
    return sentence.start <= span.start < sentence.end


def _marks(extraction: Extraction) -> Iterator[Mark]:
    for entity in extraction.entities():
        if not isinstance(entity, Topic):
            yield from (Mark(mention, entity) for mention in entity.mentions)


def _outermost(marks: Iterable[Mark]) -> Iterator[Mark]:
    end = 0
    for mark in sorted(marks, key=lambda mark: (mark.mention.span.start, -mark.mention.span.end)):
        if mark.mention.span.start >= end:
            end = mark.mention.span.end
            yield mark


# --- facts in words -----------------------------------------------------------------------------------------------


def _facts(extraction: Extraction) -> Iterator[Fact]:
    names = {entity.id: entity.name for entity in extraction.entities()}
    for person in extraction.people:
        for holding in person.holdings:
            of = f" of {names.get(holding.post.of, holding.post.of)}" if holding.post.of else ""
            title, tenure = holding.post.title, "" if holding.tenure == "current" else f"{holding.tenure} "
            title = title if title.lower().startswith(tenure) else tenure + title
            yield Fact("holding", f"{person.name}: {title}{of}", holding.evidence)
    for meeting in extraction.meetings:
        for mention in meeting.evidence:
            yield Fact("meeting", _meeting(meeting, names), mention)
        for part in meeting.participations:
            yield Fact("participation", _participation(meeting, part, names), part.evidence)
    for statement in extraction.statements:
        yield Fact("statement", _statement(statement, names), statement.evidence)


def _meeting(meeting: Meeting, names: dict[str, str]) -> str:
    when = "/".join(filter(None, (meeting.start, meeting.end)))
    where = ", ".join(names[place] for place in meeting.places)
    within = f"part of {meeting.part_of}" if meeting.part_of else ""
    details = (meeting.mode, meeting.status, when, where, within, *meeting.groups)
    return f"{meeting.kind} {meeting.number}: {'; '.join(filter(None, details))}"


def _participation(meeting: Meeting, part: Participation, names: dict[str, str]) -> str:
    side = f" for {names[part.side]}" if part.side else ""
    role = "" if part.role == "member" else f" as {part.role}"
    return f"{meeting.kind} {meeting.number}: {names[part.person]}{side}{role}"


def _statement(statement: Statement, names: dict[str, str]) -> str:
    who = "both sides" if statement.joint else " and ".join(names[id] for id in statement.speakers) or "somebody"
    about = "; ".join(names[id] for id in statement.about)
    return f"{who} {statement.act} at {statement.meeting}" + (f": {about}" if about else "")


# --- what was not taken -------------------------------------------------------------------------------------------


def _apt(noted: Iterable[Rejected], marks: Iterable[Mark], facts: Iterable[Fact]) -> Iterator[Rejected]:
    """Yield what nothing else has taken in the end; of several notes on one phrase the first. Places stay: "Monaco"."""
    names = [mark.mention.span for mark in marks]
    said = [fact.evidence.span for fact in facts if fact.kind in {"meeting", "statement"}]
    seen: set[Span] = set()
    for item in noted:
        verbal = item.rule.startswith(("meetings", "statements"))
        taken = any(span.covers(item.span) for span in (said if verbal else names))
        place = item.rule.startswith("places") and item.span not in names
        if item.span not in seen and (place or not taken):
            seen.add(item.span)
            yield item


def _untold(found: Extraction, resolved: Extraction) -> Iterator[Rejected]:
    """Yield the offices whose holder on that day the lexicon does not know."""
    told = {mention.span for person in resolved.people for mention in person.mentions}
    for person in found.people:
        for mention in person.mentions:
            if person.inferred and mention.span not in told:
                yield Rejected(mention.span, mention.rule, "who held the office on that day is not known")


def _unnamed(readout: Readout, known: list[Span]) -> Iterator[Rejected]:
    """Yield capitalised words that stand together, of which nothing has taken any."""
    for sentence in sentences(readout.text):
        for match in _NAME.finditer(readout.text, sentence.start, sentence.end):
            opener = _OPENER.match(match.group())
            span = Span(match.start() + (opener.end() if opener else 0), match.end())
            if " " in span.of(readout.text) and not any(span.overlaps(other) for other in known):
                yield Rejected(span, "", "looks like a name, but no rule knows of what")
