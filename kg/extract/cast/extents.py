"""Where the name of a body begins and ends around its head noun: "the new | *National Council of Ports* | Director"."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.cast.bodywords import BodyWords
from kg.extract.cast.items import starts_item
from kg.extract.cast.known import Hit
from kg.extract.cast.titles import Words
from kg.extract.cast.tokens import END, Tokens
from kg.values import dataclass

__all__ = ["Extents"]

_LONGEST_FIELD = 3
_LONGEST = 8


@dataclass(frozen=True)
class Extents:
    """Finds both ends of names in one text. `hits` are the names of the lexicon by their first token."""

    tokens: Tokens
    hits: Mapping[int, Hit]
    bodies: BodyWords
    words: Words

    def left(self, at: int, free: int) -> int:
        """Return where the name begins that ends in the head at *at*."""
        tokens, first = self.tokens, at
        while first > free and at - first < _LONGEST:
            index = first - 1
            if tokens.lower[index] in {"'s", "and", "&"} and first > free + 1 and self._joins(index, at):
                first -= 2
                while tokens.lower[index] != "'s" and self._lists_before(first, free):
                    first -= 2
                continue
            if not tokens.capital[index] or self._is_outside(index):
                break
            first = index
        while first < at and tokens.lower[first] in self.words.no_name and self._is_opener(first):
            first += 1
        return first

    def _heads_item(self, index: int) -> bool:
        """Tell whether an item of a list begins at the token, where a name has its first word: "- New Port College"."""
        return self.tokens.words[index - 1] != END and starts_item(self.tokens, index)

    def _lists_before(self, first: int, free: int) -> bool:
        """Tell whether a field and a comma precede the one at *first*: "*Truth*, Unity and Reconciliation Council"."""
        before = first - 2
        opens = self.tokens.lower[before - 1] == "the" or not self.tokens.capital[before - 1]
        listed = before >= free and self.tokens.words[first - 1] == "," and self.tokens.capital[before]
        return listed and opens and self.words.is_field(self.tokens.lower[before])

    def _joins(self, index: int, at: int) -> bool:
        """Tell whether the "and" or the possessive is within the name with its head *at*: "Women’s Law Center"."""
        tokens = self.tokens
        if tokens.lower[index] in {"and", "&"}:
            matter = (
                tokens.words[index - 1].isupper() and tokens.lower[at] in self.bodies.parts
            )  # "UN and Reef Division"
            fields = matter or self.words.is_field(tokens.lower[index - 1])
            fields = fields and self.words.is_field(tokens.lower[index + 1])
            return tokens.capital[index - 1] and (fields or self._is_after_article(index))
        hit = self.hits.get(index - 1)
        return (
            tokens.capital[index - 1]
            and not (hit and hit.stop == index)
            and tokens.lower[index - 1] in self.bodies.groups
        )

    def _is_after_article(self, index: int) -> bool:
        """Tell whether "the National" and plain words stand before the token: "*the National Reef* and Pier Board"."""
        tokens, first = self.tokens, index
        while tokens.capital[first - 1] and first - 1 not in self.hits and not self.bodies.head(tokens, first - 1):
            first -= 1
        return first < index - 1 and tokens.lower[first - 1 : first + 1] == ("the", "national")

    def _is_outside(self, index: int) -> bool:
        """Tell whether the capitalised word stands before a name rather than in it."""
        tokens, low = self.tokens, self.tokens.lower[index]
        if (
            tokens.words[index] == END
            or low in self.bodies.openers
            or (low in self.bodies.starters and tokens.starts_sentence(index) and not self._heads_item(index))
        ):
            return True
        if tokens.lower[index + 1] in {"'s", "’"} or self._ends_known_body(index):
            return True
        return (low,) in self.words.heads and low not in self.words.modifiers

    def _ends_known_body(self, index: int) -> bool:
        """Tell whether a long name that the lexicon knows ends at the token."""
        before = (self.hits.get(first) for first in range(max(1, index - _LONGEST), index - 1))
        ended = (hit for hit in before if hit and hit.body is not None and hit.stop == index + 1)
        return any(hit.first + (self.tokens.lower[hit.first] == "the") < index - 1 for hit in ended)

    def _is_opener(self, index: int) -> bool:
        """Tell whether a word that may open a sentence does, and is none of those that open names too: "National"."""
        low = self.tokens.lower[index]
        begins = self.tokens.starts_sentence(index) and low not in self.bodies.inner and not self._heads_item(index)
        return begins or low in self.bodies.openers

    def right(self, at: int, stop: int, *, strict: bool = False) -> int:
        """Return where the name ends that begins with the head: after "of Fisheries and Livestock".

        Where *strict*, no unknown word follows a known field: "Ministry of Fisheries Ada Ewe" ends before the name.
        """
        tokens = self.tokens
        while stop - at < _LONGEST + 6 and tokens.lower[stop] in self.bodies.links:
            after = stop + 1
            if tokens.lower[stop] in {"and", "&"} and not self._goes_on(at, stop):
                break
            while tokens.lower[after] in {"the"} and tokens.lower[stop] != "and":
                after += 1
            if self.is_part_of(stop):
                break
            end = self._phrase(after, strict)
            charged = tokens.lower[at] in self.bodies.charged and tokens.lower[stop] == "on"  # "Office on Lost Piers"
            if end == after or (tokens.lower[stop] in {"to", "on", "in"} and not (charged or self._is_topic(after))):
                break
            stop = end
        return stop

    def is_part_of(self, stop: int) -> bool:
        """Tell whether a name that ends at *stop* is of part of a ministry: "Reef Division of the *Ministry*"."""
        tokens, at = self.tokens, stop + 1 + (self.tokens.lower[stop + 1] == "the")
        whole = tokens.lower[stop] == "of" and tokens.capital[at] and tokens.lower[at] in self.bodies.strict
        return whole and tokens.lower[at + 1] in {"of", "for"}

    def sent(self, first: int, stop: int) -> int:
        """Return where the name of a mission ends that a body has sent to a country: "UN Reef Mission in Palau"."""
        sender, to = self.hits.get(first), self.hits.get(stop + 1)
        lower = self.tokens.lower
        known = sender is not None and sender.body is not None and to is not None and to.country is not None
        return to.stop if to and known and lower[stop - 1] == "mission" and lower[stop] in {"in", "to"} else stop

    def _goes_on(self, at: int, index: int) -> bool:
        tokens = self.tokens
        after = index + 1
        if index <= at + 1 or not tokens.capital[after] or after in self.hits or self._ends_country(index):
            return False
        if tokens.lower[after] in self.words.lower and self.words.head(tokens, after + 1):
            return False  # "Agency for Reef Safety and Senior Advisor Ewe"
        if self.words.is_field(tokens.lower[after]):
            return True
        known = tokens.lower[after] in self.words.given or tokens.lower[after] in self.words.no_name
        return not known and self.words.head(tokens, after) is None and not self._names_another(after)

    def _ends_country(self, index: int) -> bool:
        """Tell whether the name of a country ends before the token: "Reef Fund of *Ghana* and …"."""
        before = (self.hits.get(first) for first in range(max(1, index - 3), index))
        return any(hit and hit.country and not hit.adjective and hit.stop == index for hit in before)

    def _names_another(self, at: int) -> bool:
        """Tell whether another body's name begins at the token: "Air Force and Special Mission Wing"."""
        for index in range(at, at + _LONGEST):
            if not self.tokens.capital[index]:
                return False
            if self.bodies.head(self.tokens, index):
                return self.tokens.lower[index] != "services"  # "Department of Parole and Care Services"
        return False

    def _is_topic(self, index: int) -> bool:
        return self.tokens.capital[index] and self.words.is_field(self.tokens.lower[index])

    def _phrase(self, at: int, strict: bool) -> int:
        """Return where the capitalised phrase at *at* ends; names of countries end it."""
        tokens, index = self.tokens, at
        while tokens.capital[index] and tokens.words[index] != END:
            low = tokens.lower[index]
            hit = self.hits.get(index)
            if hit and hit.stop > index and not hit.adjective:
                if index > at:
                    return index
                affairs = hit.country and tokens.words[hit.stop] == "Affairs"  # "Office of Ghana Affairs"
                return hit.stop + bool(affairs) + self._bearer(at, hit.stop)
            if index > at and (
                self._is_title(index, at) or low in self.words.given or low in self.words.acting or self._ends_name(low)
            ):
                break
            if index == at and low in self.words.given:
                break
            if low.endswith(("-led", "-based", "-wide", "-style")) or (
                low.endswith(".") and low in self.words.honorifics
            ):
                break
            office = self.words.head(tokens, index - 1) if index > at else None
            if office and office.plural and len(office.words) == 1 and not self._is_known(index):
                break  # "Council of Ministers | Faure Ewe"
            if strict and index > at and self.words.is_field(tokens.lower[index - 1]) and not self._is_known(index):
                break
            index += 1
            if tokens.lower[index] == "," and self._lists(index):
                index += 1 + (tokens.lower[index + 1] == "and")
        return index

    def _bearer(self, at: int, stop: int) -> int:
        """Return how many words of a title behind an owner belong to "Office of": "Office of the EU *Reef Envoy*"."""
        end = stop
        while self.tokens.capital[end] and end - stop < _LONGEST_FIELD and not self.words.head(self.tokens, end):
            end += 1
        head = self.words.head(self.tokens, end)
        return end + len(head.words) - stop if head and "office" in self.tokens.lower[at - 3 : at] else 0

    def _ends_name(self, low: str) -> bool:
        return low in self.words.no_name and low not in self.bodies.inner and low not in self.bodies.single

    def _is_known(self, index: int) -> bool:
        low = self.tokens.lower[index]
        return self.words.is_field(low) or low in self.words.modifiers or low in self.bodies.single

    def _is_title(self, index: int, at: int) -> bool:
        """Tell whether a title begins at the token, rather than more of the name: "Council of Economic Advisers"."""
        head = self.words.head(self.tokens, index)
        if head is None or head.plural or (len(head.words) == 1 and self.words.is_field(head.words[0])):
            return False
        return "office" not in self.tokens.lower[max(1, at - 3) : at]

    def _lists(self, index: int) -> bool:
        """Tell whether the comma stands in a list of fields: "of Trade, Industry and Fisheries"."""
        tokens = self.tokens
        end = index + 1
        while end <= index + _LONGEST_FIELD and tokens.capital[end] and self.words.is_field(tokens.lower[end]):
            end += 1
        return (
            self.words.is_field(tokens.lower[index - 1]) and end > index + 1 and tokens.lower[end] in {",", "and", "&"}
        ) or (
            tokens.lower[index + 1] == "and"
            and self.words.is_field(tokens.lower[index + 2])
            and tokens.lower[index - 2] in {",", "and"}
        )
