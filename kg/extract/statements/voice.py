"""The subject of a clause as somebody's voice: whom and what it names, and what else stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from kg.extract.statements.actors import with_titles
from kg.extract.statements.acts import Acts
from kg.extract.statements.attendees import Attendees, Speakers
from kg.extract.statements.clause import Clause
from kg.extract.statements.groups import BE, POSTMODIFIERS, PREPOSITIONS
from kg.extract.statements.names import Names
from kg.extract.statements.subjects import Subject
from kg.extract.words import Words, word_set
from kg.model import Act, Agency, Person, Place
from kg.values import dataclass

__all__ = ["COMMON", "Voice"]

COMMON = frozenset({"discuss", "agree", "commit"})
"""What participants do together with their hosts."""
_ADDRESSEE = 4
"""Within how many words after the verb the person stands to whom something is said."""
_LONGEST_TITLE = 4
_OWNER_REACH = 5
"""Within how many words after the verb the country stands whose deed or stance it is."""
_STANCE_REACH = 3
_JOINS = word_set("and as along together all or &")
"""After a comma these go on with somebody else, rather than tell who somebody is."""


@dataclass(frozen=True)
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

    @cached_property
    def phrase(self) -> tuple[str, ...]:
        """The words of the subject in lower case, without examples: "participants |, including the mayors"."""
        phrase = self.words.lower[self.subject.first : self.subject.stop]
        stop = next((at for at in range(1, len(phrase)) if _gives_examples(phrase, at)), len(phrase))
        return phrase[: stop - (phrase[stop - 1] == ",")] if stop < len(phrase) else phrase

    @cached_property
    def noun(self) -> str:
        """The noun that the subject is about: "talks" of "the talks with X", "parents" of "parents attending"."""
        phrase = self.phrase
        for place, word in enumerate(phrase):
            if place and (
                word in PREPOSITIONS or (word in POSTMODIFIERS and phrase[place - 1] in self.acts.sets["people"])
            ):
                return phrase[place - 1]
        return phrase[-1] if phrase else ""

    @cached_property
    def act(self) -> Act:
        """What the verb reports with its object: who raises concerns discusses nothing."""
        cue = self.clause.cue
        return self.acts.act(cue, self.words, self.clause.stop, joint=False) or cue.act

    @property
    def is_common(self) -> bool:
        """Whether it is something that participants do together with their hosts."""
        return self.act in COMMON

    def people(self) -> tuple[str, ...]:
        """Return the persons named, but not who lends his name only: "Lund Administration officials"."""
        regimes, stop = self.acts.sets["regimes"], self._relative()
        named = (one for first, end, one in self._persons() if first < stop and self.words.at(end) not in regimes)
        return tuple(dict.fromkeys(entity.id for entity in named if not self._is_unknown(entity)))

    def _relative(self) -> int:
        """Return where a clause begins that tells of others: "X, | who visited Y", but not "X, who was joined by Y"."""
        places = (at for at in range(self.subject.first + 1, self.subject.stop) if self.words.lower[at] == "who")
        return next((at for at in places if self.words.at(at + 1) not in BE), self.subject.stop)

    def by_name(self) -> set[str]:
        """Return the persons who are told by name, not by their office alone."""
        return {
            person.id
            for first, end, person in self._persons()
            if not set(self.words.lower[first:end]).isdisjoint(person.name.lower().split())
        }

    def is_unknown_name(self) -> bool:
        """Tell whether it is a name that no stage before has taken for anybody's: "Ewe Lark, the singer"."""
        capitals = [self.words.is_capital(self.subject.first + at) for at in range(2)]
        name = all(capitals) and len(self.phrase) > 1 and self.phrase[0] != "the"
        return name and self.noun not in self.acts.sets["people"] and not self.sides()

    def sure(self) -> set[str]:
        """Return the persons told by name, and those whom the text knows by an office alone."""
        return self.by_name() | {person.id for _, _, person in self._persons() if person.inferred}

    def _is_unknown(self, person: Person) -> bool:
        """Tell whether nobody knows who it is: "the Polish Minister", where no such one is among those who met."""
        return person.inferred and person.id not in self.party.side and bool(self.sides())

    def told(self) -> set[str]:
        """Return the persons to whom it is said: "thanked | President X", "stressed to | President X"."""
        start = self.clause.cue.stop
        return {person.id for person in self.names.people(start, min(start + _ADDRESSEE, self.clause.stop))}

    def sides(self) -> set[str]:
        """Return the countries and bodies named."""
        return {entity.id for _, _, entity in self._named() if isinstance(entity, Place | Agency)}

    def is_title(self) -> bool:
        """Tell whether it is a title without a name: "the Minister", "the Hon. Minister"."""
        short = len(self.phrase) <= _LONGEST_TITLE and "and" not in self.phrase
        return short and not self.by_name() and not self.sides() and self.noun in self.acts.sets["people"]

    def is_spokesperson(self) -> bool:
        """Tell whether somebody speaks who is not named and took no part: "a Foreign Office spokesperson"."""
        return self.noun in self.acts.sets["spokespersons"] and not self.people()

    def is_some(self) -> bool:
        """Tell whether it is a part of those who met, of whom nobody is named: "one minister", "several leaders"."""
        some = self.phrase[:1] and self.phrase[0] in self.acts.sets["some"] and len(self.phrase) > 1
        return bool(some) and self.noun in self.acts.sets["people"] and not self.people() and not self.sides()

    def owner(self) -> tuple[str, bool] | None:
        """Return the country whose deed is thanked for, or whose stance is told, and whether it is the speaker's own.

        Nobody thanks his own country ("thanked | Norway for …") and all tell their own "Norway's readiness".
        """
        start = self.clause.cue.stop
        for end, (first, country) in self.names.ending.items():
            before = self.words.lower[start:first]
            if first < start or len(before) > _OWNER_REACH or not isinstance(country, Place) or not country.country:
                continue
            if self.act == "appreciate":
                return None if "that" in before or self.words.is_capital(end) else (country.id, False)
            stance = self.acts.sets["stances"].intersection(self.words.lower[end : end + _STANCE_REACH])
            own = stance and self.words.is_possessive(end - 1) and set(before) <= {"the"}
            return (country.id, True) if own else None
        return None

    def is_of_one(self) -> bool:
        """Tell whether the stance of somebody is told, not of all: "underscored | the President’s commitment"."""
        words, start, stances = self.words, self.clause.cue.stop, self.acts.sets["stances"]
        owners = (at for at in range(start, min(start + _STANCE_REACH, len(words))) if words.is_possessive(at))
        return any(not stances.isdisjoint(words.lower[at + 1 : at + 1 + _STANCE_REACH]) for at in owners)

    def firms(self) -> bool:
        """Tell whether nothing is named but bodies that are of no government: a company, a union."""
        named = [entity for _, _, entity in self._named()]
        return bool(named) and all(isinstance(entity, Agency) and not entity.governmental for entity in named)

    def countries(self) -> set[str]:
        """Return the countries named."""
        return {side for side in self.sides() if side.startswith("place/")}

    def others(self) -> set[str]:
        """Return the countries and bodies named beside persons, rather than in what is told of one of them."""
        beside = set(self.beside())
        return {
            entity.id
            for first, _, entity in self._named()
            if first in beside and (isinstance(entity, Agency) or (isinstance(entity, Place) and entity.country))
        }

    def beside(self) -> list[int]:
        """Return the words of no person: no name, title, or what is put in behind: "X, the Mint's Director"."""
        taken: set[int] = set()
        for first, end, _ in self._persons():
            taken.update(range(self._start_of_titles(first), self._end_of_apposition(end)))
        return [place for place in range(self.subject.first, self.subject.stop) if place not in taken]

    def outside_bodies(self) -> set[str]:
        """Return the words in lower case that are not of the name of a body of some length: "*Federal* Trade Board"."""
        inside = {at for first, end, body in self._named() if isinstance(body, Agency) for at in range(first, end)}
        short = {at for first, end, _ in self._named() if self._length(first, end) <= 2 for at in range(first, end)}
        places = range(self.subject.first, self.subject.stop)
        return {self.words.lower[place] for place in places if place not in inside - short}

    def _length(self, first: int, end: int) -> int:
        """Return how many words a name has, its article left out."""
        return end - first - (self.words.lower[first] == "the")

    def _start_of_titles(self, at: int) -> int:
        """Return where the titles of the name at word *at* begin: in "The Ambassadors and Mr. X" behind "and"."""
        start = with_titles(self.words, at, self.names)
        parties = (place + 1 for place in range(start, at - 1) if self._is_party(place))
        return max((place + 1 for place in parties if self.words.lower[place] == "and"), default=start)

    def _is_party(self, place: int) -> bool:
        """Tell whether the word is a plural that means people."""
        word = self.words.lower[place]
        return word.endswith("s") and word in self.acts.sets["people"]

    def _end_of_apposition(self, at: int) -> int:
        """Return where ends what tells who the person before word *at* is: ", who is Director of the Mint, | and …"."""
        words = self.words
        if words.at(at) in {"of", "from"}:  # "X of the Mint"
            start = at + 1 + (words.at(at + 1) == "the")
            at = next((end for end, (first, _) in self.names.ending.items() if first in {at + 1, start}), at)
        while at < self.subject.stop and words.lower[at] == ",":
            end = next((place for place in range(at + 1, self.subject.stop) if words.lower[place] == ","), None)
            end = self.subject.stop if end is None else end
            party = any(self._is_party(place) for place in range(at + 1, end))
            if words.at(at + 1) in _JOINS or party or any(self.names.people(at + 1, end)):
                return at
            at = end
        return at

    def _named(self) -> Iterator[tuple[int, int, object]]:
        """Yield first word, stop and entity of what the subject names, in order."""
        for end, (first, entity) in self.names.ending.items():
            if self.subject.first <= first and end <= self.subject.stop:
                yield first, end, entity

    def _persons(self) -> Iterator[tuple[int, int, Person]]:
        for first, end, entity in self._named():
            if isinstance(entity, Person):
                yield first, end, entity


def _gives_examples(phrase: tuple[str, ...], at: int) -> bool:
    """Tell whether examples of a party follow its noun: "including", "such as"."""
    return phrase[at] == "including" or phrase[at : at + 2] == ("such", "as")
