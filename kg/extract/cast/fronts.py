"""What may stand between a title and the name of its bearer: a comma, another title, a body and a colon."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from kg.extract.cast.known import Hit
from kg.extract.cast.peers import Peers
from kg.extract.cast.posts import Phrase
from kg.extract.cast.seats import Sighting
from kg.extract.cast.tokens import END

__all__ = ["Fronts"]

_FRONTING = frozenset({"in", "at", "on", "from", "during", "while", "earlier", "later", "yesterday", "last", "this"})
"""Words that open a circumstance at the head of a sentence."""
_OPENING_ANOTHER = frozenset({"with", "by", "thanked", "from", "including"})
"""Small words behind which a title is not that of somebody named before."""
_CLOSING = frozenset({",", ".", ";"})
"""Marks at which a name in apposition ends."""
_FRONT = 9
"""How many tokens such a circumstance has at most, its comma included."""


@dataclass
class Fronts(Peers):
    """Reads in one text what stands before names."""

    def _lists_towns(self, phrase: Phrase) -> bool:
        """Tell whether what follows are towns: "the Mayors of Oakton, Little Elm and Ashford"."""
        of = "of" in self.tokens.lower[phrase.first : phrase.stop + 1]
        return phrase.plural and of and phrase.parts[-1].head.kind == "local"

    def _dealt_out(self, phrase: Phrase) -> list[Sighting]:
        """Read names each behind its country: "the Ministers of Peru, Ann Ewe, and Chile, Tom Oak"."""
        owner, at = phrase.parts[-1].owner, phrase.stop
        found: list[Sighting] = []
        while phrase.plural and owner and owner.country and self.tokens.words[at] == ",":
            further = self.titles.read(at + 1)  # "of Peru, Senator Ann Ewe, and Chile, …"
            start = self.names.honorifics(further.stop if further else at + 1)
            stop = self.names.end(start, sure=True)
            if stop == start or self.hits.get(start):
                break
            parts = tuple(replace(part, owner=owner) for part in (*phrase.parts, *(further.parts if further else ())))
            begin = start if found else phrase.first
            found.append(Sighting(start, stop, begin, stop, parts, rule="people.title-before-name", confidence=0.93))
            at = stop
            while self.tokens.lower[at] in {",", "and"}:
                at += 1
            owner = self.hits.get(at)
            at = owner.stop if owner else at
        return found if len(found) > 1 else []

    def _respectively(self, phrase: Phrase) -> list[Sighting]:
        """Read names in the order of their countries: "the Ministers of Peru and Chile, Ann Ewe and Tom Oak"."""
        owners, at = self._owners_in_a_row(phrase)
        found: list[Sighting] = []
        while len(owners) > 1 and len(found) < len(owners) and self.tokens.lower[at] in {",", "and"}:
            while self.tokens.lower[at] in {",", "and"}:
                at += 1
            start = self.names.honorifics(at)
            at = self.names.end(start, sure=True)
            if at == start or self.hits.get(start):
                return []
            parts = tuple(replace(part, owner=owners[len(found)]) for part in phrase.parts)
            begin = start if found else phrase.first
            found.append(Sighting(start, at, begin, at, parts, rule="people.title-before-name", confidence=0.93))
        return found if len(found) == len(owners) else []

    def _owners_in_a_row(self, phrase: Phrase) -> tuple[list[Hit], int]:
        """Return the countries that an office in the plural is of, and where they end."""
        owner, at = phrase.parts[-1].owner, phrase.stop
        owners: list[Hit] = []
        while phrase.plural and owner and owner.country and not owner.adjective:
            owners.append(owner)
            at = owner.stop if len(owners) > 1 else at
            after = at + 1 + (self.tokens.lower[at : at + 2] == (",", "and"))
            owner = self.hits.get(after) if self.tokens.lower[at] in {",", "and"} else None
        return owners, at

    def _is_surname(self, at: int) -> bool:
        """Tell whether the text names somebody with a title for a surname: "Minister King" after "Madeleine King"."""
        return not self.tokens.capital[at + 1] and self.tokens.lower[at] in self._after_given

    @cached_property
    def _after_given(self) -> frozenset[str]:
        """The words that stand behind a given name somewhere in the text."""
        return frozenset([word for given, word in pairwise(self.tokens.lower) if given in self.words.given])

    def _is_abbreviated(self, at: int) -> bool:
        """Tell whether the letters of the title stand in brackets behind it: "Principal Secretary (PS) Ann Ewe"."""
        mark, letters, end = self.tokens.words[at : at + 3] if at + 3 <= len(self.tokens) else ("", "", "")
        return (mark, end) == ("(", ")") and letters.isupper() and letters.isalpha()

    def _is_acting(self, at: int) -> bool:
        """Tell whether brackets behind the title say how it is held: "Assistant Secretary (Acting) Ann Ewe"."""
        return self.tokens.words[at] == "(" and self.tokens.lower[at + 1] in self.words.acting

    def _is_short_title(self, at: int) -> bool:
        """Tell whether the letters of an office stand before a surname that the text knows: "*CS* Ewe"."""
        word, known = self.tokens.words[at], self.tokens.lower[at + 1] in self.names.borne
        return (
            known
            and sum(map(str.isupper, word)) > 1
            and word.isalpha()
            and self.tokens.lower[at] not in self.words.given
        )

    def _is_given(self, at: int) -> bool:
        return self.tokens.lower[at] in self.words.given

    def _may_skip_comma(self, phrase: Phrase) -> bool:
        """Tell whether a name may follow after a comma: "the Foreign Minister of Norway, Ms. Ewe"."""
        after = phrase.stop + 1
        kept = self.words.head(self.tokens, after)
        kept = kept if kept is not None and kept.singular in self.words.kept else None
        after += len(kept.words) if kept else 0
        styled = self.names.honorifics(after)
        owned = any(part.owner or not part.bare for part in phrase.parts)
        full = owned or phrase.definite or len(phrase.parts[0].head.words) > 1
        if styled > after and full and not self._follows_name(phrase):
            return self.names.end(styled, sure=True) > styled
        owned_before = "'s" in self.tokens.lower[phrase.first : phrase.stop]  # "Kenya’s Minister of Ports, Ann Ewe"
        leads = (
            phrase.definite
            or phrase.first - 1 in self.declined
            or owned_before
            or self.tokens.lower[phrase.first - 1] == "'s"  # "the bank's President, Ann Ewe"
            or kept is not None
            or self.tokens.starts_sentence(phrase.first)
            or self.tokens.lower[phrase.first - 1] in _OPENING_ANOTHER
        )
        if not leads or self._follows_name(phrase) or self.words.head(self.tokens, after):
            return False
        stop = self.names.end(after, sure=False)
        end = self._past_letters(stop)
        behind = self.tokens.lower[end]
        told = owned or self._is_given(after) or (full and behind in _CLOSING) or (phrase.plural and behind == "for")
        return told and stop - after > 1 and not self.tokens.capital[end]

    def _follows_name(self, phrase: Phrase) -> bool:
        """Tell whether the title itself stands behind a name: "Ann Ewe, the Foreign Minister of Norway, …"."""
        index = phrase.first - 1
        if index in self.declined:
            return False
        index -= self.tokens.lower[index] == "the"
        return self.tokens.words[index] == "," and self.tokens.capital[index - 1] and not self._is_fronted(index)

    def _is_fronted(self, comma: int) -> bool:
        """Tell whether a circumstance opens the sentence up to the comma: "On Monday in Lima, Peru's Minister, …"."""
        first = next((at for at in range(comma - 1, max(0, comma - _FRONT), -1) if self.tokens.starts_sentence(at)), 0)
        low = self.tokens.lower
        return low[first] in _FRONTING and not any(low[at] in self.words.given for at in range(first, comma))

    def _names_matter(self, start: int, stop: int) -> bool:
        """Tell whether what follows a title is the name of a body or a plan: "the Peruvian *Reef Investment* Fund"."""
        last, after = self.tokens.lower[stop - 1], self.tokens.lower[stop]
        noun = self.tokens.capital[stop] and (after in self.words.no_name or after in self.body_heads)
        return stop > start and noun and self.words.is_field(last) and last not in self.words.surnames

    def _ends_item(self, at: int) -> bool:
        """Tell whether the name follows a body and a colon in an item of a list: "- Coastal Trees: Ann Ewe"."""
        hit = self.hits.get(at - 2)
        if self.tokens.words[at - 1] != ":":
            return False
        line = next((index for index in range(at - 2, max(0, at - 20), -1) if self.tokens.words[index] == END), 0)
        return (hit is not None and hit.body is not None) or self.tokens.words[line + 1] in {"-", "•", "*"}
