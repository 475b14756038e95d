"""Who said it: by whom the clause says it was told, else its subject, as persons who took part in the meeting."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.statements.acts import Acts
from kg.extract.statements.attendees import Attendees, Speakers
from kg.extract.statements.clause import Clause
from kg.extract.statements.names import Names
from kg.extract.statements.voice import COMMON, Voice
from kg.extract.statements.voices import speakers_of_voice
from kg.extract.words import Words, word_set
from kg.model import Person, Place

__all__ = ["RECEIVING", "is_common_talk", "speakers_of", "with_partners"]

RECEIVING = word_set("receive hear")
"""Their subject is told something, and who told it comes after "from"."""
_LONGEST_GIVER = 16
_TOPIC = word_set("on about regarding concerning who which that ;")
_MANNERS = word_set("also at length today again in turn detail more openly first further")
"""How somebody alone spoke about something: "spoke at length about", not "spoke by phone about"."""


def speakers_of(
    clause: Clause, words: Words, names: Names, acts: Acts, party: Attendees, before: Speakers | None
) -> Speakers:
    """Return who speaks in a clause.

    Args:
        clause: the clause.
        words: its sentence.
        names: the entities in the sentence.
        acts: the grammar of acts.
        party: those who took part in the meeting it was said at.
        before: the speakers of the statement before, whom "they" may mean.
    """
    subject = clause.subject or clause.host
    voice = Voice(subject, clause, words, names, acts, party, before) if subject else None
    if clause.mode == "passive":
        return _of_passive(clause, words, names, party, voice)
    if clause.cue.verb in RECEIVING:
        return _of_received(clause, words, names, party, voice)
    if is_common_talk(clause, words, acts):
        return party.everyone()
    return speakers_of_voice(voice) if voice else before or party.everyone()


def with_partners(
    speakers: Speakers, clause: Clause, words: Words, names: Names, acts: Acts, party: Attendees
) -> Speakers:
    """Return the speakers and with whom they spoke: "*With Minister X*, the Secretary reviewed …"."""
    subject = clause.subject or clause.host
    if subject is None or words.at(0) != "with" or clause.cue.act not in COMMON:
        return speakers
    if not acts.sets["opposite"].isdisjoint(words.lower[: subject.first]):
        return party.everyone()  # "With her Danish counterpart, she agreed"
    partners = {person.id for person in names.people(0, subject.first)}
    return party.joined_by(speakers, partners)


def is_common_talk(clause: Clause, words: Words, acts: Acts) -> bool:
    """Tell whether the verb tells of the sides' common talk, whoever its subject is."""
    if clause.mode == "infinitive" and clause.cue.verb in acts.sets["shared"]:
        return True
    if clause.mode == "participle" and words.at(clause.cue.at - 1) == "in" and words.is_capital(clause.cue.at - 2):
        return True  # "joined President X in urging", not "joined other countries in urging"
    if clause.cue.act != "discuss" or clause.cue.verb in acts.sets["alone"]:
        return False
    if clause.subject and clause.subject.opener == "whom":
        return True  # "with whom she discussed"
    if clause.mode == "infinitive" and clause.subject is None:
        return True
    if clause.mode == "talking":
        told = words.lower[clause.cue.at + 1 : clause.cue.stop]
        return not _MANNERS.issuperset(word for word in told[:-1] if not word.endswith("ly"))
    if clause.mode == "coordinated" and clause.after_meeting:
        return True
    if "with" in words.lower[clause.cue.at : clause.cue.stop + 1]:
        return True
    if words.at(clause.cue.stop + 2) == "with" and words.at(clause.cue.stop + 1) not in acts.sets["relations"]:
        return True
    subject = clause.subject or clause.host
    opening = words.lower[: subject.first] if subject else ()
    return "with" in opening and bool(acts.sets["talks"] & set(opening))


def _of_passive(clause: Clause, words: Words, names: Names, party: Attendees, told: Voice | None) -> Speakers:
    """Return who briefed or signed in "was briefed by X on Y", "was signed by X and Y"; else all who discussed it."""
    if words.at(clause.cue.stop) == "by":
        stop = next(
            (i for i in range(clause.cue.stop, clause.stop) if words.lower[i] in {"on", "about", "regarding"}),
            clause.stop,
        )
        agents = tuple(dict.fromkeys(person.id for person in names.people(clause.cue.stop, stop)))
        if agents:
            together = clause.cue.act == "agree" and len(agents) > 1
            return party.everyone() if party.covered_by(agents) else Speakers(agents, joint=together)
    if clause.subject is None:
        sides = _side_of_opening(clause, words, names)
        return party.of_sides(sides) if sides else party.everyone()
    return _others(told, party)


def _side_of_opening(clause: Clause, words: Words, names: Names) -> set[str]:
    """Return the country in "On the Swiss side, it was stressed", whose side then speaks."""
    opening = words.lower[: words.lower.index(",")] if "," in words.lower[: clause.cue.at] else ()
    side = names.last(0, len(opening)) if opening[-1:] == ("side",) else None
    return {side.id} if isinstance(side, Place) else set()


def _of_received(clause: Clause, words: Words, names: Names, party: Attendees, told: Voice | None) -> Speakers:
    """Return from whom the briefing came: "received an overview from X and Y, and an update from Z"."""
    givers: list[str] = []
    for at in range(clause.cue.stop, clause.stop):
        if words.lower[at] == "from":
            givers += _givers(at, clause, words, names)
    return Speakers(tuple(dict.fromkeys(givers))) if givers else _others(told, party)


def _givers(at: int, clause: Clause, words: Words, names: Names) -> Iterator[str]:
    """Yield the persons listed after "from" at word *at*, up to the topic of what they told."""
    known = names.ending.items()
    ends = sorted(end for end, (_, entity) in known if at < end <= clause.stop and isinstance(entity, Person))
    if not ends or ends[0] > at + _LONGEST_GIVER:
        return
    topic = next((place for place in range(ends[0], clause.stop) if words.lower[place] in _TOPIC), clause.stop)
    yield from (person.id for person in names.people(at, topic))


def _others(told: Voice | None, party: Attendees) -> Speakers:
    """Return those who spoke to whom the subject means: of other sides, or where only one side met, the others.

    Nobody where it means no person, or nobody else took part.
    """
    if told is None:
        return Speakers(())
    if party.is_international:
        found = speakers_of_voice(told)
        return Speakers(() if found.joint or not found.ids else party.without_side_of(set(found.ids)).ids)
    named = told.people()
    return Speakers(tuple(one for one in party.all if one not in named) if named else ())
