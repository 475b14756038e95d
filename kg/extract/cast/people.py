"""Where persons are named, and with which titles: one `Sighting` for each time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from kg.extract.cast.cores import in_capitals
from kg.extract.cast.fronts import Fronts
from kg.extract.cast.known import Hit
from kg.extract.cast.posts import Part, Phrase
from kg.extract.cast.seats import Office, Sighting
from kg.extract.cast.titles import Head
from kg.extract.cast.tokens import END

__all__ = ["Office", "Sighting", "Sightings"]

_LONGEST_TOWN = 2
_WHERE = frozenset({"in", "at", "to", "from", "of", "near", "for", "outside", "around"})
"""Words behind which a name is a place's, though somebody in the text bears it too."""


@dataclass
class Sightings(Fronts):
    """Finds persons and offices in one text."""

    @cached_property
    def plain(self) -> frozenset[str]:
        """Words that the text writes in lower case too: such a word alone is no name."""
        pairs = zip(self.tokens.lower, self.tokens.capital, strict=True)
        return frozenset([low for low, capital in pairs if not capital])

    def find(self) -> Iterator[Sighting | Office]:
        """Yield all sightings and offices in text order."""
        free = 1
        for at in self._openings():
            if at < free:
                continue
            found, free = self._read(at)
            yield from found
            for one in found:
                if isinstance(one, Sighting) and one.parts:
                    self.titled.append((one.begin, one.parts))
                    if one.stop - one.first > 1:
                        self.names.borne.add(self.tokens.lower[one.stop - 1])

    def _openings(self) -> list[int]:
        """Return the tokens with which a name or a title may begin."""
        lower, capital, fields = self.tokens.lower, self.tokens.capital, self.titles.small_fields
        small = self.words.starters | self.words.particles
        return [at for at in range(1, len(lower) - 1) if capital[at] or lower[at] in small or at in fields]

    def _read(self, at: int) -> tuple[list[Sighting | Office], int]:
        tokens = self.tokens
        low = tokens.lower[at]
        fielded = (tokens.capital[at] and self.words.is_field(low)) or at in self.titles.small_fields
        if low in self.words.starters or at in self.hits or fielded:
            phrase = self.titles.read(at)
            house = self.hits.get(at)
            if phrase is not None and house and house.body and self._is_owner_in(house, phrase):
                return [], house.stop  # "the Prime Minister's Office"
            if phrase is not None:
                return self._titled(phrase)
        if not tokens.capital[at] and low not in self.words.particles:
            return [], at + 1
        hit = self.hits.get(at)
        if hit and hit.stop > at and self._heads_item(at, hit):
            return self._bare(at, sure=True)
        if hit and hit.stop > at and not self._begins_name(at, hit):
            return self._namesake(hit), hit.stop
        if peers := self._counterparts(at):
            return list(peers), peers[-1].end
        if low != "the" and (found := self._styled(at)):
            return [found], found.end
        return self._bare(at)

    def _namesake(self, hit: Hit) -> list[Sighting | Office]:
        """Return the name of a place as that of a person who may bear it: "Monaco" after "Lisa Monaco"."""
        low, before = self.tokens.lower[hit.first], self.tokens.lower[hit.first - 1]
        borne = low in self.words.surnames or (low in self.names.borne and before not in _WHERE)
        if hit.stop > hit.first + 1 or hit.adjective or not borne:
            return []
        return [Sighting(hit.first, hit.stop, hit.first, hit.stop, rule="people.surname", confidence=0.8, sure=False)]

    def _begins_name(self, at: int, hit: Hit) -> bool:
        return hit.stop == at + 1 and self.tokens.lower[at] in self.words.given and self.tokens.capital[at + 1]

    def _heads_item(self, at: int, hit: Hit) -> bool:
        """Tell whether a place's name is a given name at the head of a list's item: "- Jordan Elm, Harbour Watch"."""
        tokens, surname = self.tokens, at + 1
        plain = hit.stop == surname and hit.body is None and not hit.adjective and surname not in self.hits
        named = tokens.capital[surname] and not self.words.is_field(tokens.lower[surname])
        return plain and named and tokens.words[at + 2] == "," and self._starts_item(at)

    # --- with a title ---------------------------------------------------------------------------------------------

    def _titled(self, phrase: Phrase) -> tuple[list[Sighting | Office], int]:
        if self.tokens.lower[phrase.first - 1] in self.words.ships:
            return [], phrase.stop
        if self._is_military(phrase) and (ranked := self._styled(phrase.first)):
            return [ranked], ranked.end
        phrase = self._with_words_before(self._of_body_before(phrase))
        found = self._named(phrase)
        if found:
            return list(found), found[-1].end
        return [Office(phrase)], phrase.stop

    def _is_owner_in(self, body: Hit, phrase: Phrase) -> bool:
        """Tell whether the name of a body says by the title alone whose it is, and no title follows the name."""
        owned = self.tokens.lower[phrase.stop] == "'s" and phrase.stop < body.stop
        return owned and self.titles.read(body.stop) is None

    def _of_body_before(self, phrase: Phrase) -> Phrase:
        """Read the company before a title that only companies have, or letters before any: "World Cup CEO"."""
        part, first = phrase.parts[0], phrase.first
        if part.owner is not None or not part.bare:
            return phrase
        if part.head.kind != "private":
            first -= self._is_short_of_body(first - 1)
        while part.head.kind == "private" and self._is_loose(first - 1):
            first -= 1
        if first == phrase.first:
            return phrase
        body = self._body(first, phrase.first)
        return replace(phrase, first=first, parts=(replace(part, owner=body, bare=False), *phrase.parts[1:]))

    def _is_short_of_body(self, at: int) -> bool:
        """Tell whether letters that no table lists stand for a body before a title: "RFC President", "COP29 Chair"."""
        word, following = self.tokens.words[at : at + 2]
        return len(word) > 2 and word.isalnum() and word.isupper() and self._is_loose(at) and not following.isupper()

    def _is_military(self, phrase: Phrase) -> bool:
        """Tell whether the title is a rank: "Lieutenant Commander Ewe", not "Commander of the Fleet"."""
        part = phrase.parts[0]
        return (
            part.head.kind == "armed"
            and part.owner is None
            and all(word in self.words.ranks for word in self.tokens.lower[phrase.first : phrase.stop])
        )

    def _with_words_before(self, phrase: Phrase) -> Phrase:
        """Take words before the title into it that nothing else explains: "American Rescue Plan Coordinator"."""
        part, first = phrase.parts[0], phrase.first
        if part.head.kind == "local" and part.bare and phrase.capital and not (phrase.definite or phrase.plural):
            return self._of_town_before(phrase)
        if (
            part.head.kind not in {"body", "government"}
            or part.owner is not None
            or not phrase.capital
            or phrase.definite
        ):
            return phrase
        while self._is_loose(first - 1):
            first -= 1
        house = self.hits.get(first)
        if house and house.body and house.first < house.stop < phrase.first:
            part, first = replace(part, owner=house), house.stop  # "White House Reef Plan Coordinator"
        if first == phrase.first or self.tokens.lower[first] in self.words.given:
            return phrase
        if first == phrase.first - 1 and self.tokens.lower[first] in self.body_heads:
            return phrase  # "Department Spokesperson Ewe"
        title = " ".join(self.tokens.words[first : phrase.first])
        part = replace(part, title=f"{title} {part.title}", bare=False)
        return replace(
            phrase, first=first, parts=(part, *phrase.parts[1:]), fields=(*phrase.fields, (first, phrase.first))
        )

    def _of_town_before(self, phrase: Phrase) -> Phrase:
        """Read the town that no table lists before a title: "Oakton Mayor Ann Ewe"."""
        first = phrase.first
        while self._is_loose(first - 1) and phrase.first - first < _LONGEST_TOWN:
            first -= 1
        low = self.tokens.lower[first]
        if first == phrase.first or low in self.words.given or self.words.is_field(low) or low in self.words.modifiers:
            return phrase
        opens = self.tokens.starts_sentence(first) and self.tokens.words[first - 1] not in {"-", "•", "*"}
        if opens or "-" in low:
            return phrase
        part = replace(phrase.parts[0], owner=self._town(first, phrase.first), bare=False)
        return replace(phrase, first=first, parts=(part, *phrase.parts[1:]))

    def _is_loose(self, at: int) -> bool:
        tokens = self.tokens
        if not tokens.capital[at] or tokens.words[at].endswith("."):
            return False
        if tokens.starts_sentence(at) and tokens.lower[at] in self.plain:
            return False
        opens = tokens.lower[at] in self.words.openers and tokens.lower[at] not in self.words.matters
        return not opens and tokens.lower[at] not in self.words.honorifics

    def _named(self, phrase: Phrase) -> list[Sighting]:
        """Read the names that follow a title phrase."""
        if dealt := self._dealt_out(phrase) or self._respectively(phrase):
            return dealt
        at = phrase.stop
        if phrase.plural and self.tokens.lower[at : at + 3] in self.words.present:
            at += 3  # "Mayors in attendance: Ann Ewe (Oakton)"
        elif self.tokens.words[at] == "," and self._may_skip_comma(phrase):
            at += 1
        elif self._is_abbreviated(at):
            at += 3
        elif self._is_acting(at):
            phrase = replace(phrase, parts=tuple(replace(part, tenure="acting") for part in phrase.parts))
            at += 3
        start = self.names.honorifics(at)
        head = self.words.head(self.tokens, start) if self.tokens.capital[start] and start == at else None
        named = self._is_surname(start) or self._is_given(start)
        if head and not named and (head.public or self._is_given(start + len(head.words))):
            phrase = _with_office(phrase, head)  # "Special Representative Ambassador Kim"
            start = self.names.honorifics(start + len(head.words))
        stop = self.names.end(start, sure=True)
        common = stop == start + 1 and self.tokens.lower[start] in self.plain
        if common or self._lists_towns(phrase) or self._names_matter(start, stop):
            return []
        if stop == start or (not phrase.capital and stop - start < 2 and not self._is_given(start)):
            return []
        sighting = self._sighting(phrase, phrase.first, start, stop)
        sighting = self._gendered(sighting, at)
        found = [sighting]
        if phrase.plural:
            found += self._further(phrase, sighting.end)
        return [*found[:-1], self._apposition(found[-1])]

    # --- without a title before it ----------------------------------------------------------------------------------

    def _styled(self, at: int) -> Sighting | None:
        """Read a name after an honorific or a rank: "Ms. Monaco", "General Frank Taylor"."""
        start = self.names.honorifics(at)
        if start == at or self.names.is_in_field(at):
            return None
        title = self.titles.read(start) if self.tokens.capital[start] else None
        if title is not None and (title.stop > start + 1 or self.words.head(self.tokens, start)):
            return None
        stop = self.names.end(start, sure=True)
        if stop == start or (self._is_rank(at) and self._is_no_bearer(start, stop)):
            return None
        found = Sighting(start, stop, at, stop, rule="people.honorific-before-name", confidence=0.96)
        found = replace(found, rank=self._is_rank(start - 1))
        return self._apposition(self._gendered(self._behind(found), at))

    def _is_rank(self, at: int) -> bool:
        return self.tokens.lower[at] in self.words.ranks

    def _is_no_bearer(self, start: int, stop: int) -> bool:
        """Tell whether what follows "Major" or "General" is no name: "Major Disaster Declaration"."""
        low = self.tokens.lower[start]
        return (
            self.words.is_field(low)
            or "-" in low
            or (self.tokens.capital[stop] and self.tokens.lower[stop] in self.words.no_name)
        )

    def _bare(self, at: int, *, sure: bool = False) -> tuple[list[Sighting | Office], int]:
        """Read a name that nothing introduces: by its given name, by the title after it, or as an item of a list.

        Where *sure*, its first word is a name though it is one of a place too.
        """
        tokens = self.tokens
        common = tokens.lower[at] in self.words.no_first
        if common and tokens.lower[at] in self.words.given and tokens.words[at + 2] == ",":
            common = not tokens.capital[at + 1]  # "Christian Ewe, the director"
        styled = tokens.lower[at] in self.words.honorifics and self.words.head(tokens, at + 1)  # "HM Ambassador"
        if not tokens.capital[at] or common or styled or self.words.head(tokens, at) or self._is_short_title(at):
            return [], at + 1
        if (title := self.names.honorifics(at)) > at and self.words.head(tokens, title):
            return [], title  # "H.E. President Ewe"
        capitals = in_capitals(tokens, at) and tokens.words[at + 1].istitle()  # "EWE Taro, Director of Ports, …"
        stop = self.names.end(at, sure=sure or capitals)
        if stop == at:
            return [], at + 1
        sighting = Sighting(at, stop, at, stop, rule="people.given-name", confidence=0.85, sure=False)
        if tokens.lower[stop - 1] in self.plain and tokens.lower[stop - 1] not in self.words.surnames:
            return [], stop
        parts = sum(tokens.capital[index] for index in range(at, stop))
        if parts < 2:
            return [sighting], stop
        introduced = tokens.lower[at - 1] in self.words.professions or tokens.lower[at - 1] in self.words.kin
        if introduced or self._is_apposed(at):
            sighting = replace(sighting, sure=True, rule="people.profession-before-name", confidence=0.9)
        elif tokens.lower[at - 1] == "of" and tokens.lower[at - 2] in self.words.relations:
            sighting = replace(sighting, sure=True, rule="people.relation-before-name", confidence=0.85)
        elif (self._starts_item(at) or self._ends_item(at)) and tokens.words[stop] in {",", END, ":", "(", "of"}:
            sighting = replace(sighting, listed=True)
        behind = self._apposition(self._behind(sighting))
        if behind.parts:
            return [replace(behind, sure=True, rule="people.title-after-name", confidence=0.93)], behind.end
        return ([], at + 1) if capitals else ([sighting], max(stop, behind.end))

    def _is_apposed(self, at: int) -> bool:
        """Tell whether a trade in small letters stands before the comma: "the Ruritanian journalist, Ada Ewe"."""
        trade = self.tokens.lower[at - 2]
        plain = not self.tokens.capital[at - 2] and not trade.endswith("s")
        return self.tokens.words[at - 1] == "," and plain and trade in self.words.professions


def _with_office(phrase: Phrase, head: Head) -> Phrase:
    """Add an office that follows the title without a word between."""
    owner = next((part.owner for part in phrase.parts if part.owner and part.owner.is_area), None)
    return replace(phrase, parts=(*phrase.parts, Part(head.singular, head, owner, bare=True)))
