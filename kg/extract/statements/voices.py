"""Whose voice the subject of a clause is: names, pronouns and parties as persons who took part in the meeting."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.statements.acts import Acts
from kg.extract.statements.attendees import Attendees, Speakers
from kg.extract.statements.clause import Clause
from kg.extract.statements.groups import PREPOSITIONS
from kg.extract.statements.names import Names
from kg.extract.statements.subjects import Subject
from kg.extract.words import Words, word_set
from kg.model import Agency, Person, Place

__all__ = ["COMMON", "Voice", "speakers_of_voice"]

COMMON = frozenset({"discuss", "agree", "commit"})
"""What participants do together with their hosts."""
_PLURAL = word_set("they we both all each")
_EVERYBODY = ("all", "participants")
_US = word_set("us me")
_OTHERS = word_set("him her them")
_REGIMES = word_set("administration government regime")
_ADDRESSEE = 4
"""Within how many words after the verb the person stands to whom something is said."""
_BARE = word_set("the our two three four five both all these those each other six seven")


@dataclass(frozen=True, slots=True)
class Voice:
    """The subject of a clause, and all that tells who it is."""

    subject: Subject
    clause: Clause
    words: Words
    names: Names
    acts: Acts
    party: Attendees
    before: Speakers | None
    """The speakers of the statement before, whom "they" may mean."""

    @property
    def phrase(self) -> tuple[str, ...]:
        """The words of the subject in lower case."""
        return self.words.lower[self.subject.first : self.subject.stop]

    def told(self) -> set[str]:
        """Return the persons to whom it is said: "thanked | President X"."""
        start = self.clause.cue.stop
        return {person.id for person in self.names.people(start, min(start + _ADDRESSEE, self.clause.stop))}


def speakers_of_voice(voice: Voice) -> Speakers:
    """Return the persons that the subject means: as a whole, by name, by pronoun, or as a party without a name."""
    noun = _head_noun(voice.phrase)
    return _of_all(noun, voice) or _of_named(noun, voice) or _of_pronoun(noun, voice) or _of_party(noun, voice)


def _of_all(noun: str, voice: Voice) -> Speakers | None:
    """Return all who met where the talks themselves are the subject, or "the two leaders"."""
    acts, party, phrase = voice.acts, voice.party, voice.phrase
    if noun in acts.sets["talks"]:
        return party.everyone() if voice.clause.cue.act in {"discuss", "agree"} else party.of_hosts()
    plural = noun.endswith("s") and noun in acts.sets["joint"] and _is_bare(_without_whole(phrase, acts), acts)
    if plural and (told := _told_in_party(voice)):
        return party.without_side_of(told)
    if plural and (phrase[:2] == _EVERYBODY or not _are_guests(noun, voice)):
        return party.everyone()
    return None


def _told_in_party(voice: Voice) -> set[str]:
    """Return those who took part to whom it is said: "The ministers thanked | the Secretary" is said by the others."""
    addressing = voice.clause.cue.verb in voice.acts.sets["addressing"]
    return voice.told() & set(voice.party.all) if addressing else set()


def _of_named(noun: str, voice: Voice) -> Speakers | None:
    """Return who is named, or "I"; None if nobody is."""
    people, party, subject = _people(voice), voice.party, voice.subject
    if noun == "i" and not _is_named(subject.stop - 1, subject, voice.names):
        return party.everyone() if people or "and" in voice.phrase else Speakers(party.ours()[:1])
    return _of_people(people, voice) if people else None


def _of_pronoun(noun: str, voice: Voice) -> Speakers | None:
    """Return who is meant by "they", "his counterparts", "the latter", "she"; None for other words."""
    party, before = voice.party, voice.before
    if noun in {"counterparts", "guests", "hosts"} and voice.phrase[0] in {"both", "all", "his", "her", "their"}:
        return party.guests()
    if noun in _PLURAL:
        return _of_they(noun, voice)
    if noun in {"former", "latter"}:
        return party.one_of_two(last=noun == "latter")
    if noun in {"he", "she", "who"}:
        return Speakers(before.ids) if before and len(before.ids) == 1 else party.leader()
    return None


def _of_they(noun: str, voice: Voice) -> Speakers:
    """Return who "they" are: several who spoke before, those without a name who told one person, else everybody."""
    party, before, act = voice.party, voice.before, voice.clause.cue.act
    after, told = voice.words.at(voice.clause.cue.stop), voice.told()
    if noun == "we":
        addressing = voice.clause.cue.verb in voice.acts.sets["addressing"]
        to_party = addressing and (after in _OTHERS or not told.isdisjoint(party.side))
        return Speakers(party.ours()) if to_party or _is_of_home(voice) else party.everyone()
    if noun != "they":
        return party.everyone()
    if after in _US:
        return party.guests()
    common = act in {"discuss", "agree"}
    if before and not before.joint and (len(before.ids) > 1 or not (before.ids or common)):
        return before
    to_one = after in {"him", "her"} or not told.isdisjoint(party.all) or act == "inform"
    return party.guests() if party.is_one_with_group and to_one and not common else party.everyone()


def _is_of_home(voice: Voice) -> bool:
    """Tell whether the object belongs to the publisher's country: "reaffirmed | Australia's support"."""
    at = voice.clause.cue.stop + (voice.words.at(voice.clause.cue.stop) == "the")
    owned = (
        stop for stop, (first, entity) in voice.names.ending.items() if first == at and entity.id == voice.party.home
    )
    return any(voice.words.is_possessive(stop - 1) for stop in owned)


def _of_party(noun: str, voice: Voice) -> Speakers:
    """Return who a party without a name is: "senior officials", "the Norwegian side", "the Board", "the mayors"."""
    subject, names, sets, party = voice.subject, voice.names, voice.acts.sets, voice.party
    own = {voice.words.lower[at] for at in range(subject.first, subject.stop) if not _is_in_body(at, subject, names)}
    if sets["home"] & own and noun not in sets["lay"] and not _countries(subject, names):
        return party.of_government() if noun == "officials" else party.of_home()
    if sides := _sides(subject, names):
        return party.of_sides(sides)
    if noun in sets["joint"] and _is_bare(voice.phrase, voice.acts) and not _are_guests(noun, voice):
        return party.everyone()
    if sets["own"] & set(voice.phrase):
        return party.of_home()
    if _is_whole_body(noun, voice):
        return party.everyone()
    return party.of_office(noun) or party.guests(official=noun in sets["governing"])


def _is_whole_body(noun: str, voice: Voice) -> bool:
    """Tell whether the body that meets speaks as a whole: "the Harbour Board", "the Council", "Task Force members"."""
    phrase, boards = voice.phrase, voice.acts.sets["boards"]
    if noun not in voice.acts.sets["people"] and voice.party.is_of(noun):
        return True
    of_board = (noun in boards and phrase[0] == "the") or (noun == "members" and phrase[-2:-1] and phrase[-2] in boards)
    return bool(of_board) and voice.clause.cue.act in COMMON


def _people(voice: Voice) -> tuple[str, ...]:
    """Return the persons named in the subject, but not who lends his name only: "Lund Administration officials"."""
    named = (
        (end, entity)
        for end, (first, entity) in sorted(voice.names.ending.items())
        if voice.subject.first <= first and end <= voice.subject.stop and isinstance(entity, Person)
    )
    return tuple(dict.fromkeys(person.id for end, person in named if voice.words.at(end) not in _REGIMES))


def _head_noun(phrase: tuple[str, ...]) -> str:
    """Return the noun that the phrase is about: "talks" of "the talks with the ministers", else its last word."""
    stop = next((place for place, word in enumerate(phrase) if place and word in PREPOSITIONS), len(phrase))
    return phrase[stop - 1] if phrase else ""


def _of_people(people: tuple[str, ...], voice: Voice) -> Speakers:
    """Return the persons named, all who took part if they stand for all sides, their side if with "the delegation"."""
    subject, words, names, party = voice.subject, voice.words, voice.names, voice.party
    if party.covered_by(people):
        return party.everyone()
    present = tuple(one for one in people if one in party.side)
    if (
        0 < len(present) < len(people)
    ):  # an office that was given to the wrong person, or somebody who spoke for a party
        return party.everyone() if len(party.all) == len(people) else Speakers(present)
    rest = [words.lower[place] for place in range(subject.first, subject.stop) if not _is_named(place, subject, names)]
    if "and" in rest or "," in rest:
        if voice.acts.sets["own"].intersection(rest):
            return party.with_side_of(people)
        if "guests" in rest or "guest" in rest:
            return party.everyone()
        if "and" not in rest:
            return Speakers(people)  # what is put in says who that is: "the Resident Coordinator in Fiji, Jane Roe,"
        others = _represented(subject, names) - party.sides_of(people)
        if _has_group(subject, words, names, voice.acts) or others:
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


def _are_guests(noun: str, voice: Voice) -> bool:
    """Tell whether "participants" are those who came: they share and stress, the hosts listen."""
    return voice.party.is_hosted and voice.clause.cue.act not in COMMON and noun in voice.acts.sets["guests"]
