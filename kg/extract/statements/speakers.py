"""Who said it: the subject of a clause as persons who took part in the meeting."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.statements.acts import Acts
from kg.extract.statements.attendees import Attendees, Speakers
from kg.extract.statements.clause import Clause
from kg.extract.statements.groups import PREPOSITIONS
from kg.extract.statements.names import Names
from kg.extract.statements.subjects import Subject
from kg.extract.words import Words, word_set
from kg.model import Agency, Meeting, Person, Place

__all__ = ["RECEIVING", "Speakers", "is_common_talk", "speakers_of"]

_PLURAL = word_set("they we both all each")
_OWN_PARTY = word_set("delegation team")
RECEIVING = word_set("receive hear")
"""Their subject is told something, and who told it comes after "from"."""
_LONGEST_GIVER = 16
_TOPIC = word_set("on about regarding concerning who which that ;")
_OFFICIAL = word_set(
    "officials secretaries heads members team cabinet principals advisors advisers staff group leadership agencies"
)
"""Parties that may be the government's own people."""
_BOARDS = word_set("force council group committee board commission cabinet")
_TWO = word_set("former latter")
_EVERYBODY = ("all", "participants")
_US = word_set("us me")
_OTHERS = word_set("him her them")
_REGIMES = word_set("administration government regime")
_ADDRESSEE = 4
"""Within how many words after the verb the person stands to whom something is said."""
_COMMON = frozenset({"discuss", "agree", "commit"})
"""What participants do together with their hosts."""
_MANNERS = word_set("also at length today again in turn detail more openly first further")
"""How somebody alone spoke about something: "spoke at length about", not "spoke by phone about"."""
_RELATIONS = word_set(
    "engagement cooperation relations relationship partnership ties coordination work collaboration alignment talks "
    "normalization negotiations agreement trade border war conflict contacts consultations dialogue solidarity"
)
"""What is had "with" somebody who need not be there: "discussed U.S. engagement with Egypt"."""
_BARE = word_set("the two three four five both all these those each other six seven")
_HOME = word_set("administration u.s. american white us national government federal senior")
_LAY = word_set(
    "executives ceos advocates activists companies businesses firms organizations organisations experts students "
    "families workers unions survivors parents nurses doctors teachers farmers groups"
)
"""Parties that "senior", "American" or "national" makes no part of the government."""


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
    party = Attendees(meeting, home)
    if clause.mode == "passive":
        return _of_passive(clause, words, names, party)
    subject = clause.subject or clause.host
    if clause.cue.verb in RECEIVING:
        return _of_received(subject, clause, words, names, party)
    if is_common_talk(clause, words, acts):
        return party.everyone()
    if subject is None:
        return before or party.everyone()
    speakers = _of_subject(subject, clause, words, names, acts, party, before)
    if words.at(0) == "with" and clause.cue.act in _COMMON:
        partners = {person.id for person in names.people(0, subject.first)}
        return party.joined_by(speakers, partners)
    return speakers


def is_common_talk(clause: Clause, words: Words, acts: Acts) -> bool:
    """Tell whether the verb tells of the sides' common talk, whoever its subject is."""
    if clause.mode == "infinitive" and clause.cue.verb in acts.sets["shared"]:
        return True
    if clause.mode == "participle" and words.at(clause.cue.at - 1) == "in":
        return True  # "joined President X in urging"
    if clause.cue.act != "discuss":
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
    if words.at(clause.cue.stop + 2) == "with" and words.at(clause.cue.stop + 1) not in _RELATIONS:
        return True
    subject = clause.subject or clause.host
    opening = words.lower[: subject.first] if subject else ()
    return "with" in opening and bool(acts.sets["talks"] & set(opening))


def _of_passive(clause: Clause, words: Words, names: Names, party: Attendees) -> Speakers:
    """Return who briefed in "the President was briefed by X on Y"; everybody where something "was discussed"."""
    if clause.subject is None:
        return party.everyone()
    if words.at(clause.cue.stop) == "by":
        stop = next(
            (i for i in range(clause.cue.stop, clause.stop) if words.lower[i] in {"on", "about", "regarding"}),
            clause.stop,
        )
        briefers = tuple(dict.fromkeys(person.id for person in names.people(clause.cue.stop, stop)))
        if briefers:
            return Speakers(briefers)
    return _others(clause.subject, names, party)


def _of_received(subject: Subject | None, clause: Clause, words: Words, names: Names, party: Attendees) -> Speakers:
    """Return from whom the briefing came: "received an overview from X and Y, and an update from Z"."""
    givers: list[str] = []
    for at in range(clause.cue.stop, clause.stop):
        if words.lower[at] == "from":
            givers += _givers(at, clause, words, names)
    return Speakers(tuple(dict.fromkeys(givers))) if givers else _others(subject, names, party)


def _givers(at: int, clause: Clause, words: Words, names: Names) -> Iterator[str]:
    """Yield the persons listed after "from" at word *at*, up to the topic of what they told."""
    known = names.ending.items()
    ends = sorted(end for end, (_, entity) in known if at < end <= clause.stop and isinstance(entity, Person))
    if not ends or ends[0] > at + _LONGEST_GIVER:
        return
    topic = next((place for place in range(ends[0], clause.stop) if words.lower[place] in _TOPIC), clause.stop)
    yield from (person.id for person in names.people(at, topic))


def _others(subject: Subject | None, names: Names, party: Attendees) -> Speakers:
    """Return those who spoke to the persons named; nobody where no person is, or nobody else took part."""
    told = {person.id for person in names.people(subject.first, subject.stop)} if subject else set()
    return Speakers(tuple(one for one in party.all if one not in told)) if told else Speakers(())


def _of_subject(
    subject: Subject, clause: Clause, words: Words, names: Names, acts: Acts, party: Attendees, before: Speakers | None
) -> Speakers:
    phrase = words.lower[subject.first : subject.stop]
    people = _people(subject, words, names)
    noun = _head_noun(phrase)
    if noun in acts.sets["talks"]:
        return party.everyone() if clause.cue.act in {"discuss", "agree"} else party.of_hosts()
    if (
        _is_bare(_without_whole(phrase, acts), acts)
        and noun in acts.sets["joint"]
        and noun.endswith("s")
        and (phrase[:2] == _EVERYBODY or not _are_guests(noun, clause, acts, party))
    ):
        return party.everyone()
    if noun == "i" and not _is_named(subject.stop - 1, subject, names):
        return party.everyone() if people or "and" in phrase else Speakers(party.ours()[:1])
    if people:
        return _of_people(people, subject, words, names, acts, party)
    if noun in {"counterparts", "guests", "hosts"} and phrase[0] in {"both", "all", "his", "her", "their"}:
        return party.guests()
    if noun in _PLURAL:
        return _of_they(noun, clause, words, names, acts, party, before)
    if noun in _TWO:
        return party.one_of_two(last=noun == "latter")
    if noun in {"he", "she", "who"}:
        return Speakers(before.ids) if before and len(before.ids) == 1 else party.leader()
    own = {words.lower[at] for at in range(subject.first, subject.stop) if not _is_in_body(at, subject, names)}
    if _HOME & own and noun not in _LAY and not _countries(subject, names):
        return party.of_government() if noun == "officials" else party.of_home()
    if sides := _sides(subject, names):
        return party.of_sides(sides)
    if _is_bare(phrase, acts) and noun in acts.sets["joint"] and not _are_guests(noun, clause, acts, party):
        return party.everyone()
    if _OWN_PARTY & set(phrase):
        return party.of_home()
    if noun not in acts.sets["people"] and party.is_of(noun):
        return party.everyone()
    if noun in _BOARDS and phrase[0] == "the" and clause.cue.act in _COMMON:
        return party.everyone()
    if noun == "members" and len(phrase) > 1 and phrase[-2] in _BOARDS and clause.cue.act in _COMMON:
        return party.everyone()  # "Task Force members"
    return party.of_office(noun) or party.guests(official=noun in _OFFICIAL)


def _of_they(
    noun: str, clause: Clause, words: Words, names: Names, acts: Acts, party: Attendees, before: Speakers | None
) -> Speakers:
    """Return who "they" are: several who spoke before, those without a name who told one person, else everybody."""
    if noun == "we" and clause.cue.verb in acts.sets["addressing"] and _is_to_party(clause, words, names, party):
        return Speakers(party.ours())
    if noun != "they":
        return party.everyone()
    if words.at(clause.cue.stop) in _US:
        return party.guests()
    common = clause.cue.act in {"discuss", "agree"}
    if before and not before.joint and (len(before.ids) > 1 or not (before.ids or common)):
        return before
    told = {person.id for person in names.people(clause.cue.stop, min(clause.cue.stop + _ADDRESSEE, clause.stop))}
    to_one = words.at(clause.cue.stop) in {"him", "her"} or not told.isdisjoint(party.all) or clause.cue.act == "inform"
    return party.guests() if party.is_one_with_group and to_one and not common else party.everyone()


def _is_to_party(clause: Clause, words: Words, names: Names, party: Attendees) -> bool:
    """Tell whether the verb is followed by one who took part: "thanked | President X", "congratulated | him"."""
    told = names.people(clause.cue.stop, min(clause.cue.stop + _ADDRESSEE, clause.stop))
    return words.at(clause.cue.stop) in _OTHERS or any(person.id in party.side for person in told)


def _people(subject: Subject, words: Words, names: Names) -> tuple[str, ...]:
    """Return the persons named in the subject, but not who lends his name only: "Lund Administration officials"."""
    named = (
        (end, entity)
        for end, (first, entity) in sorted(names.ending.items())
        if subject.first <= first and end <= subject.stop and isinstance(entity, Person)
    )
    return tuple(dict.fromkeys(person.id for end, person in named if words.at(end) not in _REGIMES))


def _head_noun(phrase: tuple[str, ...]) -> str:
    """Return the noun that the phrase is about: "talks" of "the talks with the ministers", else its last word."""
    stop = next((place for place, word in enumerate(phrase) if place and word in PREPOSITIONS), len(phrase))
    return phrase[stop - 1] if phrase else ""


def _of_people(
    people: tuple[str, ...], subject: Subject, words: Words, names: Names, acts: Acts, party: Attendees
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
        if "guests" in rest or "guest" in rest:
            return party.everyone()
        if "and" not in rest:
            return Speakers(people)  # what is put in says who that is: "the Resident Coordinator in Fiji, Jane Roe,"
        others = _represented(subject, names) - party.sides_of(people)
        if _has_group(subject, words, names, acts) or others:
            return party.everyone()
    return Speakers(people)


def _has_group(subject: Subject, words: Words, names: Names, acts: Acts) -> bool:
    """Tell whether a party without a name stands among the names: "and *the ministers*", not "and Advisor Elm"."""
    for at in range(subject.first, subject.stop):
        noun, after = words.lower[at], words.at(at + 1)
        ends = at + 1 == subject.stop or after in {"and", ","} or (after in PREPOSITIONS and noun.endswith("s"))
        if ends and noun in acts.sets["people"] and not _is_named(at, subject, names):
            return True
    return False


def _is_named(place: int, subject: Subject, names: Names) -> bool:
    return any(
        first <= place < stop and isinstance(entity, Person)
        for stop, (first, entity) in names.ending.items()
        if subject.first <= first and stop <= subject.stop
    )


def _is_in_body(place: int, subject: Subject, names: Names) -> bool:
    """Tell whether the word is one of the name of a body of some length: "the *Federal* Trade Commission"."""
    return any(
        first <= place < stop and isinstance(entity, Agency) and stop - first > 2
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


def _represented(subject: Subject, names: Names) -> set[str]:
    """Return the countries and bodies that the subject names, without the places that somebody is of."""
    places = {e.id for _, e in names.ending.values() if isinstance(e, Place) and not e.country}
    return _sides(subject, names) - places


def _countries(subject: Subject, names: Names) -> bool:
    return any(side.startswith("place/") for side in _sides(subject, names))


def _is_bare(phrase: tuple[str, ...], acts: Acts) -> bool:
    """Tell whether no word of the phrase says whose side is meant: "the two foreign ministers"."""
    bare = _BARE | acts.sets["titles"]
    return all(word in bare or word.isdigit() for word in phrase[:-1])


def _without_whole(phrase: tuple[str, ...], acts: Acts) -> tuple[str, ...]:
    """Return the phrase without a complement that names nobody: "the two heads | of government"."""
    stop = next((place for place, word in enumerate(phrase) if place and word == "of"), len(phrase))
    return phrase[:stop] if acts.sets["wholes"].issuperset(phrase[stop + 1 :]) else phrase


def _are_guests(noun: str, clause: Clause, acts: Acts, party: Attendees) -> bool:
    """Tell whether "participants" are those who came: they share and stress, the hosts listen."""
    return party.is_hosted and clause.cue.act not in _COMMON and noun in acts.sets["guests"]
