"""Those who took part in a meeting, by side: for whom a party without a name may stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from kg.model import Meeting, Post
from kg.values import dataclass

__all__ = ["Attendees", "Speakers"]

_PRESIDENTS = frozenset({"President", "Vice President", "Prime Minister", "Deputy Prime Minister"})
_COMES = re.compile(r"(?i:an? (?:.* )?delegation (?:of|from) (?:the )?)[A-Z]")
"""A party that came: "a delegation from the Harbour Board"."""

Sets = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Speakers:
    """The ids of those who spoke; `joint` if the sides did so together."""

    ids: tuple[str, ...]
    joint: bool = False


def _governs(post: Post, home: str | None, sets: Sets) -> bool:
    """Tell whether an office of the publisher's country is one of its government: a secretary's, not a senator's."""
    title = _words(post)
    elsewhere = post.of is not None and post.of.startswith("place/") and post.of != home
    if title[-1:] == ["president"] or elsewhere:
        return post.of == home
    of_agency = post.of is not None and post.of.startswith("agency/") and sets["lawmakers"].isdisjoint(title)
    return of_agency or not sets["executive"].isdisjoint(title)


def _words(post: Post) -> list[str]:
    """Return the words of the title of an office in lower case."""
    return post.title.lower().split()


class Attendees:
    """Those who took part in a meeting, by side."""

    def __init__(self, meeting: Meeting, home: str | None, sets: Sets) -> None:
        """Take a meeting, the id of the publisher's country, and the sets of the grammar of acts."""
        self.meeting, self.home, self._sets = meeting, home, sets
        parts = meeting.participations
        self.all = tuple(part.person for part in parts)
        self.side = {part.person: part.side for part in parts}
        self.leads = [part.person for part in parts if part.role in {"host", "lead"}]
        self.has_groups = bool(meeting.groups)
        self._office = {part.person: part.post for part in parts if part.post}
        ours = {person: post for person, post in self._office.items() if self.side[person] == home}
        self.government = {person for person, post in ours.items() if _governs(post, home, sets)}
        """Those who hold an office of the publisher's country: no guests at home."""
        self._presidents = {person for person, post in ours.items() if post.of == home and post.title in _PRESIDENTS}
        self._heads = {person for person, post in self._office.items() if self._is_head_of_state(post)}
        theirs = {person for person in self._office if self.side[person] != home}
        self._officials = self.government | {one for one in theirs if (self.side[one] or "").startswith("place/")}
        """Those who hold an office of their country."""

    def _is_head_of_state(self, post: Post) -> bool:
        """Tell whether it is the office of a president, whatever it is called in full: "Federal President"."""
        title = _words(post)
        serves = "the" in title  # "Head of the Office of the President"
        return title[-1:] == ["president"] and not serves and self._sets["deputies"].isdisjoint(title)

    @property
    def is_hosted(self) -> bool:
        """Whether somebody gathered others of the same side, as in a roundtable."""
        others = len(self.leads) < len(self.all) or self.has_groups
        return self._is_audience() or (self.meeting.kind == "convening" and bool(self.leads) and others)

    @property
    def is_international(self) -> bool:
        """Whether several countries met, or the body that publishes and a country."""
        return len({side for side in self.meeting.sides if side.startswith("place/") or side == self.home}) > 1

    @property
    def has_president(self) -> bool:
        """Whether the publisher's president or vice president took part, whom "the officials" leave out."""
        return not self._presidents.isdisjoint(self.all)

    @property
    def is_among_officials(self) -> bool:
        """Whether the government met with itself alone, as a task force does."""
        return len(self.all) > 1 and self._are_of_government() and all(self._internal())

    def _is_audience(self) -> bool:
        """Tell whether the government met people at home who are not named, and no peers of its own."""
        home = self.meeting.kind != "call" and set(self.meeting.sides) <= {self.home}
        if not home or all(self._internal()):
            return False
        words = set(" ".join(self.meeting.groups).lower().split())
        return self._sets["peers"].isdisjoint(words) and self._are_of_government()

    def _are_of_government(self) -> bool:
        """Tell whether all who are named are of the publisher's government."""
        return bool(self.all) and set(self.all) <= self.government

    def _internal(self) -> Iterator[bool]:
        """Tell of each party without a name whether it is of the government itself."""
        return (not self._sets["internal"].isdisjoint(group.lower().split()) for group in self.meeting.groups)

    def everyone(self) -> Speakers:
        """Return all who took part, as speaking jointly."""
        return Speakers(self.all, joint=True)

    def leader(self) -> Speakers:
        """Return who leads the meeting."""
        return Speakers(tuple(self.leads[:1]) or self.all[:1])

    def ours(self) -> tuple[str, ...]:
        """Return those of the publisher's side."""
        return tuple(one for one in self.all if self.side[one] == self.home)

    def of_home(self) -> Speakers:
        """Return those of the publisher's side; at a gathering of one side, its hosts."""
        ours = self.ours()
        if self.leads and (len(ours) == len(self.all) or (self.is_hosted and len(ours) > len(self.leads))):
            ours = tuple(self.leads)
        elif not self.is_international:
            if self.has_groups and self.government.isdisjoint(ours):
                return Speakers(())
            ours = tuple(one for one in ours if one in self.government or one not in self._office) or ours
        return Speakers(ours or self.leader().ids)

    def of_hosts(self) -> Speakers:
        """Return those of the publisher's side; at a gathering, its hosts and government: "the session highlighted"."""
        ours = tuple(one for one in self.all if one in self.government or one in self.leads)
        return Speakers(ours) if self.is_hosted and ours else self.of_home()

    def of_government(self) -> Speakers:
        """Return its officials, less those who head it; all where a gathering is of the government alone."""
        if self.is_hosted and not self.has_groups and set(self.all) == self.government:
            return Speakers(self.all)
        ours = self.of_hosts().ids
        return Speakers(tuple(one for one in ours if one not in self._presidents) or ours)

    def with_government(self, people: tuple[str, ...]) -> Speakers:
        """Return the persons given and the government's officials, less those who head it: "X and its officials"."""
        ours = (one for one in self.all if one in self.government - self._presidents)
        return Speakers(tuple(dict.fromkeys((*people, *ours))))

    def officials(self) -> Speakers:
        """Return who "officials" are: at home those of the government, else all who met."""
        ours = tuple(one for one in self.all if one in self.government)
        return Speakers(ours) if ours and not self.is_international else self.everyone()

    def guests(self, *, official: bool = False) -> Speakers:
        """Return the other party: those not of the publisher's side, or who came to those who invited.

        Nobody where that party has no names. Those of the government count only if the party may be *official*.
        """
        others = tuple(one for one in self.all if self.side[one] != self.home)
        if self.is_hosted or not others or len(others) == len(self.all):
            hosts = self.leads or list(self.all[:1])
            others = tuple(one for one in self.all if one not in hosts)
            strangers = tuple(one for one in others if one not in self.government)
            others = strangers if strangers or (self.has_groups and not official) else others
        return Speakers(others) if others or self.has_groups else self.everyone()

    def lay_guests(self) -> Speakers:
        """Return the other party if somebody in it is no official: of firms, unions and the like."""
        guests = self.guests()
        return Speakers(()) if all(one in self._officials or one in self.leads for one in guests.ids) else guests

    def delegation(self) -> Speakers:
        """Return the delegation: the guests where one came from elsewhere, else the publisher's side."""
        return self.guests() if any(_COMES.match(group) for group in self.meeting.groups) else self.of_home()

    def of_ministers(self) -> Speakers | None:
        """Return who "the two ministers" are where both sides came with others besides their presidents."""
        ministers = tuple(one for one in self.all if one not in self._heads)
        sides = {side for side in self.side.values() if side}
        both = len(sides) > 1 and self.sides_of(self._heads) == self.sides_of(ministers) == sides
        return Speakers(ministers, joint=True) if both else None

    @property
    def is_one_with_group(self) -> bool:
        """Whether one person met people of whom none is named."""
        return len(self.all) == 1 and self.has_groups

    def is_of(self, noun: str) -> bool:
        """Tell whether the meeting is one of a body with that noun: "convened the Harbour Board"."""
        return not noun.endswith("s") and any(noun in group.lower().split() for group in self.meeting.groups)

    def of_office(self, noun: str) -> Speakers | None:
        """Return those whose title has the noun, perhaps in the plural: "the mayors", "the Ambassador"."""
        one = noun.removesuffix("ies") + "y" if noun.endswith("ies") else noun.removesuffix("s")
        if one in self._sets["no-office"]:
            return None
        titles = {person: _words(post) for person, post in self._office.items()}
        found = tuple(person for person, title in titles.items() if one in title)
        if one == noun and len(found) > 1:
            found = tuple(person for person in found if self._sets["deputies"].isdisjoint(titles[person]))
        return Speakers(found) if found and (len(found) == 1) == (one == noun) else None

    def titled(self, words: set[str], side: str, *, own: bool) -> Speakers | None:
        """Return who has a title with the words on the side given, or if not *own* on another; None if nobody has."""
        for person, post in self._office.items():
            title, country = set(_words(post)), self.side[person]
            deputy = not self._sets["deputies"].isdisjoint(title - words)
            if country and words <= title and not deputy and (country == side) == own:
                return Speakers((person,))
        return None

    def of_sides(self, sides: set[str], *, present: bool = True) -> Speakers:
        """Return those of the countries and bodies given, by side or by office; else the guests, if sure *present*."""
        known = {side for side in self.side.values() if side}
        unsure = tuple(one for one in self.all if self.side[one] is None)
        alone = (self.has_groups or (unsure and self.is_international)) and len(sides) == 1
        if known and known <= sides and not alone:
            return self.everyone()
        offices = {person: post.of for person, post in self._office.items()}
        found = tuple(one for one in self.all if self.side[one] in sides or offices.get(one) in sides)
        if not found and sides <= set(self.meeting.sides):
            found = unsure  # the country met, so somebody whose country is not told is of it
        countries = {side for side in sides if side.startswith("place/")}
        unnamed = self.is_hosted and self.has_groups and not countries
        if not found and (unnamed or not present or len(countries - {self.home}) > 1):
            return Speakers(())  # a firm or union of which nobody is named, several countries
        return Speakers(found) if found else self.of_home() if self.home in sides else self.guests()

    def one_of_two(self, *, last: bool) -> Speakers:
        """Return the first or the last of two who met: "the former", "the latter"."""
        if len(self.all) != 2:
            return self.guests() if last else self.leader()
        return Speakers(self.all[-1:] if last else self.all[:1])

    def joined_by(self, speakers: Speakers, partners: set[str]) -> Speakers:
        """Return the *speakers*' side and those *partners* who took part, as speaking jointly; else the speakers."""
        present = partners & set(self.all)
        if not present:
            return speakers
        if present.issuperset(speakers.ids):
            return self.everyone()
        sides = self.sides_of(speakers.ids) - self.sides_of(present)
        ids = tuple(one for one in self.all if one in present or one in speakers.ids or self.side[one] in sides)
        return Speakers(ids, joint=True)

    def without_side_of(self, people: set[str]) -> Speakers:
        """Return the other party, seen from the persons given: the guests where those are at home."""
        sides = self.sides_of(people)
        if self.home in sides:
            return self.guests()
        return Speakers(tuple(one for one in self.all if one not in people and self.side[one] not in sides))

    def sides_of(self, people: Iterable[str]) -> set[str]:
        """Return the sides of the persons given."""
        return {side for one in people if (side := self.side.get(one))}

    def covered_by(self, people: tuple[str, ...]) -> bool:
        """Tell whether *people* stand for all sides."""
        present = [one for one in people if one in self.side]
        if len(present) < 2 or self._are_of_lower_rank(present):
            return False
        known = {side for side in self.side.values() if side}
        covered = self.sides_of(present)
        if len(known) > 1:
            return covered == known and not (set(self.meeting.sides) - covered and self.has_groups)
        return set(present) == set(self.all) and not self.has_groups

    def _are_of_lower_rank(self, people: list[str]) -> bool:
        """Tell whether those who lead the two sides are not among *people*: their ministers spoke for themselves."""
        return (
            bool(self._heads) and self.sides_of(self._heads) >= self.sides_of(people) and self._heads.isdisjoint(people)
        )

    def with_side_of(self, people: tuple[str, ...]) -> Speakers:
        """Return all on the sides of the persons given."""
        sides = self.sides_of(people)
        return Speakers(tuple(one for one in self.all if self.side[one] in sides) or people)
