"""Who said it: the subject of a clause as persons who took part in the meeting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.extract.acts import Acts
from kg.extract.clause import Clause
from kg.extract.groups import PREPOSITIONS
from kg.extract.subjects import Names, Subject
from kg.extract.words import Words, word_set
from kg.model import Agency, Meeting, Person, Place

__all__ = ["Speakers", "is_common_talk", "speakers_of"]

_PLURAL = word_set("they we both all each")
_OWN_PARTY = word_set("delegation team")
_BARE = word_set("the two three four five both all these those each other six seven")
_HOME = word_set("administration u.s. american white us national government federal senior")


@dataclass(frozen=True, slots=True)
class Speakers:
    """The ids of those who spoke; `joint` if the sides did so together."""

    ids: tuple[str, ...]
    joint: bool = False


def speakers_of(
    clause: Clause, words: Words, names: Names, acts: Acts, meeting: Meeting, home: str | None, before: Speakers | None
) -> Speakers:
    """Return who speaks in a clause.

    Args:
        clause: the clause.
        words: its sentence.
        names: the entities in the sentence.
        acts: the grammar of acts.
        meeting: the meeting it was said at.
        home: the id of the publisher's country, whose officials "the delegation" and "senior officials" are.
        before: the speakers of the statement before, whom "they" may mean.
    """
    party = _Party(meeting, home)
    if clause.mode == "passive":
        return _of_passive(clause, words, names, party)
    subject = clause.subject or clause.host
    if is_common_talk(clause, words, acts):
        return party.everyone()
    if subject is None:
        return before or party.everyone()
    return _of_subject(subject, clause, words, names, acts, party, before)


def is_common_talk(clause: Clause, words: Words, acts: Acts) -> bool:
    """Tell whether the verb tells of the sides' common talk, whoever its subject is."""
    if clause.cue.act != "discuss":
        return False
    if clause.mode == "infinitive" and clause.subject is None:
        return True
    if clause.mode == "talking":
        return words.at(clause.cue.at + 1) not in acts.sets["about"] | {"of"}
    if clause.mode == "coordinated" and clause.after_meeting:
        return True
    if "with" in words.lower[clause.cue.at : clause.cue.stop + 1] or words.lower[clause.cue.stop : clause.cue.stop + 3][
        -1:
    ] == ("with",):
        return True
    subject = clause.subject or clause.host
    opening = words.lower[: subject.first] if subject else ()
    return "with" in opening and bool(acts.sets["talks"] & set(opening))


def _of_passive(clause: Clause, words: Words, names: Names, party: _Party) -> Speakers:
    """Return who briefed in "the President was briefed by X on Y"; everybody where something "was discussed"."""
    if clause.subject is None:
        return party.everyone()
    briefed = {person.id for person in names.people(clause.subject.first, clause.subject.stop)}
    if words.at(clause.cue.stop) == "by":
        stop = next(
            (i for i in range(clause.cue.stop, clause.stop) if words.lower[i] in {"on", "about", "regarding"}),
            clause.stop,
        )
        briefers = tuple(dict.fromkeys(person.id for person in names.people(clause.cue.stop, stop)))
        if briefers:
            return Speakers(briefers)
    return Speakers(tuple(one for one in party.all if one not in briefed)) or party.everyone()


def _of_subject(
    subject: Subject, clause: Clause, words: Words, names: Names, acts: Acts, party: _Party, before: Speakers | None
) -> Speakers:
    phrase = words.lower[subject.first : subject.stop]
    people = tuple(dict.fromkeys(person.id for person in names.people(subject.first, subject.stop)))
    noun = _head_noun(phrase)
    if noun in acts.sets["talks"]:
        return party.everyone() if clause.cue.act in {"discuss", "agree"} else party.of_home()
    if (
        _is_bare(phrase, acts)
        and noun in acts.sets["joint"]
        and noun.endswith("s")
        and not _are_guests(noun, clause, acts, party)
    ):
        return party.everyone()
    if noun == "i":
        return Speakers(party.ours()) if not people else party.everyone()
    if people:
        return _of_people(people, subject, words, names, acts, party)
    if noun in _PLURAL:
        return before if before and noun == "they" and len(before.ids) > 1 and not before.joint else party.everyone()
    if noun in {"he", "she", "who"}:
        return Speakers(before.ids) if before and len(before.ids) == 1 else party.leader()
    if _HOME & set(phrase) and not _countries(subject, names):
        return party.of_home()
    if sides := _sides(subject, names):
        return party.of_sides(sides)
    if _is_bare(phrase, acts) and noun in acts.sets["joint"] and not _are_guests(noun, clause, acts, party):
        return party.everyone()
    if _OWN_PARTY & set(phrase):
        return party.of_home()
    return party.guests()


def _head_noun(phrase: tuple[str, ...]) -> str:
    """Return the noun that the phrase is about: "talks" of "the talks with the ministers", else its last word."""
    stop = next((place for place, word in enumerate(phrase) if place and word in PREPOSITIONS), len(phrase))
    return phrase[stop - 1] if phrase else ""


def _of_people(
    people: tuple[str, ...], subject: Subject, words: Words, names: Names, acts: Acts, party: _Party
) -> Speakers:
    """Return the persons named, all who took part if they stand for all sides, their side if with "the delegation"."""
    if party.covered_by(people):
        return party.everyone()
    present = tuple(one for one in people if one in party.side)
    if (
        0 < len(present) < len(people)
    ):  # an office that was given to the wrong person, or somebody who spoke for a party
        return party.everyone() if len(party.all) == len(people) else Speakers(present)
    rest = [words.lower[place] for place in range(subject.first, subject.stop) if not _is_named(place, subject, names)]
    if "and" in rest or "," in rest:
        if _OWN_PARTY & set(rest):
            return party.with_side_of(people)
        if any(noun in acts.sets["group"] | acts.sets["joint"] for noun in rest[-2:]) or _sides(
            subject, names
        ) - party.sides_of(people):
            return party.everyone() if len(people) + 1 < len(party.all) or party.has_groups else Speakers(people)
    return Speakers(people)


def _is_named(place: int, subject: Subject, names: Names) -> bool:
    return any(
        first <= place < stop and isinstance(entity, Person)
        for stop, (first, entity) in names.ending.items()
        if subject.first <= first and stop <= subject.stop
    )


def _sides(subject: Subject, names: Names) -> set[str]:
    """Return the countries and bodies that the subject names."""
    return {
        entity.id
        for stop, (first, entity) in names.ending.items()
        if subject.first <= first and stop <= subject.stop and isinstance(entity, Place | Agency)
    }


def _countries(subject: Subject, names: Names) -> bool:
    return any(side.startswith("place/") for side in _sides(subject, names))


def _is_bare(phrase: tuple[str, ...], acts: Acts) -> bool:
    """Tell whether no word of the phrase says whose side is meant: "the two foreign ministers"."""
    bare = _BARE | acts.sets["titles"]
    return all(word in bare or word.isdigit() for word in phrase[:-1])


def _are_guests(noun: str, clause: Clause, acts: Acts, party: _Party) -> bool:
    """Tell whether "participants" are those who came: they share and describe, the hosts listen."""
    return party.is_hosted and clause.cue.act == "inform" and noun in acts.sets["guests"]


class _Party:
    """Those who took part in a meeting, by side."""

    def __init__(self, meeting: Meeting, home: str | None) -> None:
        self.meeting, self.home = meeting, home
        self.all = tuple(part.person for part in meeting.participations)
        self.side = {part.person: part.side for part in meeting.participations}
        self.leads = [part.person for part in meeting.participations if part.role in {"host", "lead"}]
        self.has_groups = bool(meeting.groups)

    @property
    def is_hosted(self) -> bool:
        """Whether somebody gathered others of the same side, as in a roundtable."""
        return self.meeting.kind == "convening" and 0 < len(self.leads) < len(self.all)

    def everyone(self) -> Speakers:
        return Speakers(self.all, joint=True)

    def leader(self) -> Speakers:
        return Speakers(tuple(self.leads[:1]) or self.all[:1])

    def ours(self) -> tuple[str, ...]:
        """Return those of the publisher's side."""
        return tuple(one for one in self.all if self.side[one] == self.home)

    def of_home(self) -> Speakers:
        """Return those of the publisher's side; at a gathering of one side, its hosts."""
        ours = self.ours()
        if self.leads and (len(ours) == len(self.all) or (self.is_hosted and len(ours) > len(self.leads))):
            ours = tuple(self.leads)
        return Speakers(ours or self.leader().ids)

    def guests(self) -> Speakers:
        """Return the other party: those not of the publisher's side, or who came to those who invited."""
        others = tuple(one for one in self.all if self.side[one] != self.home)
        if self.is_hosted or not others or len(others) == len(self.all):
            hosts = self.leads or list(self.all[:1])
            others = tuple(one for one in self.all if one not in hosts)
        return Speakers(others) if others else self.everyone()

    def of_sides(self, sides: set[str]) -> Speakers:
        known = {side for side in self.side.values() if side}
        if known and known <= sides:
            return self.everyone()
        found = tuple(one for one in self.all if self.side[one] in sides)
        return Speakers(found) if found else self.of_home() if self.home in sides else self.guests()

    def sides_of(self, people: Iterable[str]) -> set[str]:
        return {side for one in people if (side := self.side.get(one))}

    def covered_by(self, people: tuple[str, ...]) -> bool:
        """Tell whether *people* stand for all sides."""
        present = [one for one in people if one in self.side]
        if len(present) < 2:
            return False
        known = {side for side in self.side.values() if side}
        covered = self.sides_of(present)
        if len(known) > 1:
            return covered == known and not (set(self.meeting.sides) - covered and self.has_groups)
        return set(present) == set(self.all) and not self.has_groups

    def with_side_of(self, people: tuple[str, ...]) -> Speakers:
        sides = self.sides_of(people)
        return Speakers(tuple(one for one in self.all if self.side[one] in sides) or people)
