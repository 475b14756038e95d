"""Bodies: those the lexicon names, and those that a head noun gives away ("Ministry of Fisheries")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.extract.cast.bodywords import BodyWords, body_words_of
from kg.extract.cast.known import Hit
from kg.extract.cast.titles import Words, words_of
from kg.extract.cast.tokens import END, Tokens
from kg.lexicon import Body, Lexicon

__all__ = ["begins_title", "find_bodies", "find_joint", "find_short"]

_LONGEST_FIELD = 3
_LONGEST = 8
_REGIONS = frozenset({"region", "continent"})
_DIVISIONS = frozenset({"division", "unit"})
"""These are of a government where they are named after a region: "Europe Division"."""
_BETWEEN = re.compile(r"(?:U\.S\.|US|UK|U\.K\.|EU)[-–‑]\w")
"""A word that names two parties: what they have set up is no body of government."""


def find_bodies(tokens: Tokens, hits: Mapping[int, Hit], lexicon: Lexicon) -> Iterator[Hit]:
    """Yield bodies that head nouns give away, in order; they may cover names of the lexicon, such as a country's."""
    grammar = _Grammar(tokens, hits, body_words_of(lexicon), words_of(lexicon))
    free = 1
    heads, small = grammar.bodies.heads, grammar.bodies.small
    for at, (low, capital) in enumerate(zip(tokens.lower, tokens.capital, strict=True)):
        if at < free or not (low in heads if capital else low in small):
            continue
        if found := grammar.read(at, free) if capital else grammar.owned(at):
            free = found.stop
            yield found


def find_joint(tokens: Tokens, lexicon: Lexicon) -> Iterator[Hit]:
    """Yield the departments in "the Departments of State, Defense, and Commerce", as far as the lexicon knows them."""
    for at, low in enumerate(tokens.lower):
        if low != "departments" or tokens.lower[at + 1] != "of":
            continue
        first = at + 2
        while tokens.capital[first := first + (tokens.lower[first] == "the")]:
            stop = first
            while tokens.capital[stop] and tokens.words[stop] != END:
                stop += 1
            if (body := lexicon.body(f"Department of {' '.join(tokens.words[first:stop])}")) is not None:
                yield Hit(tokens.span(first, stop), first, stop, body=body)
            first = stop
            while tokens.lower[first] in {",", "and", "&"}:
                first += 1
            if first == stop:
                break


def begins_title(tokens: Tokens, at: int) -> bool:
    """Tell whether the noun for a body belongs to the title behind: "US *Treasury Secretary* Ewe"."""
    return tokens.lower[at] == "treasury" and tokens.lower[at + 1] in {"secretary", "minister"}


def find_short(tokens: Tokens, hits: Mapping[int, Hit], lexicon: Lexicon, home: str | None) -> Iterator[Hit]:
    """Yield what one word stands for in a release of the country *home*: "the House passed it"; not in titles."""
    short = body_words_of(lexicon).short.get(home or "", {})
    for at, word in () if short.keys().isdisjoint(tokens.words) else enumerate(tokens.words):
        if word not in short or at in hits or tokens.capital[at + 1] or tokens.lower[at + 1] in {"of", "-"}:
            continue
        before = at - 1 - (tokens.lower[at - 1] == "the")
        beside = tokens.capital[before] and not tokens.starts_sentence(at)
        body = None if beside or tokens.lower[before] in {"of", "for"} else lexicon.body(short[word])
        if body is not None:
            yield Hit(tokens.span(at, at + 1), at, at + 1, body=body)


@dataclass(frozen=True)
class _Grammar:
    tokens: Tokens
    hits: Mapping[int, Hit]
    bodies: BodyWords
    words: Words

    def read(self, at: int, free: int) -> Hit | None:
        """Read the body whose head noun is at the token."""
        found = self.bodies.head(self.tokens, at)
        if found is None or self._in_known_body(at):
            return None
        if self.tokens.lower[at - 1] in self.bodies.not_after and self.tokens.lower[at] not in self.bodies.centers:
            return None
        if self.tokens.lower[at - 2 : at + 1] == ("head", "of", "mission"):
            return None  # a diplomat's title
        length, kind = found
        while more := self.bodies.head(self.tokens, at + length):  # "Special Mission Wing"
            at, (length, kind) = at + length, more
        stop = self._right(at, at + length, strict=self.tokens.lower[at] in self.bodies.strict)
        while stop > at + length + 2 and self._begins_title(stop):
            stop -= 1
        first = self._left(at, free)
        if stop == at + length and first == at and not self._stands_alone(at, stop):
            return None
        name = " ".join(self.tokens.words[first:stop]).replace(" ’", "’").replace(" '", "'").replace(" ,", ",")
        if name.lower() in self.bodies.never or self._is_loose(first, at, stop):
            return None
        if self.tokens.capital[stop] and self.tokens.lower[stop] in self.bodies.not_before:
            return None
        if begins_title(self.tokens, stop - 1):
            return None
        if any(_BETWEEN.match(word) for word in self.tokens.words[first:at]):
            return None  # "U.S.-Japan Policy Committee": what two parties have set up
        words = self.tokens.lower[first:stop]
        if words[-1] in {"service", "services"} and all(
            self.words.is_field(word) or word in self.bodies.links for word in words
        ):
            return None  # "Health and Human Services"
        governmental = kind == "governmental" or (kind == "open" and self._is_marked(first, stop))
        return Hit(self.tokens.span(first, stop), first, stop, body=Body(name, governmental=governmental))

    def owned(self, at: int) -> Hit | None:
        """Read a parliament in small letters with the country or state that it is of: "the Texas legislature"."""
        hit = next((hit for index in (at - 1, at - 2, at - 3) if (hit := self.hits.get(index))), None)
        if hit is None or hit.stop != at or not (hit.country or hit.is_area):
            return None
        span = self.tokens.span(hit.first, at + 1)
        words = [*self.tokens.words[hit.first : at], self.tokens.words[at].capitalize()]
        return Hit(span, hit.first, at + 1, body=Body(" ".join(words)))

    def _stands_alone(self, at: int, stop: int) -> bool:
        """Tell whether the noun alone is a name: "Parliament", not in "Member of Parliament"."""
        tokens = self.tokens
        return (
            tokens.lower[at] in self.bodies.alone
            and stop == at + 1
            and not tokens.capital[stop]
            and not (tokens.lower[at - 1] == "of" and tokens.lower[at - 2] in {"member", "members"})
        )

    def _begins_title(self, stop: int) -> bool:
        """Tell whether the last word before *stop* belongs to the title behind: "Ministry of Ports Deputy Head"."""
        if self.words.head(self.tokens, stop) is None or self.tokens.lower[stop - 2] in self.bodies.links:
            return False
        return self.tokens.lower[stop - 1] in self.words.modifiers

    def _in_known_body(self, at: int) -> bool:
        """Tell whether the lexicon has named what the head noun belongs to; "National Council" may be longer here."""
        for index in range(max(1, at - 7), at + 1):
            hit = self.hits.get(index)
            if hit and hit.stop > at:
                longer = hit.stop == at + 1 and hit.stop - hit.first <= 2 and self._right(at, at + 1) > at + 2
                return not (hit.body and longer and self.tokens.lower[at + 1] == "of")
        return False

    def _is_loose(self, first: int, at: int, stop: int) -> bool:
        """Tell whether only words that make no name stand before the head, and nothing after it."""
        before = self.tokens.lower[first:at]
        if first == at and self._stands_alone(at, stop):
            return False
        return stop == at + 1 and all(word in self.bodies.bare for word in before)

    def _is_marked(self, first: int, stop: int) -> bool:
        marks = self.bodies.marks
        if any(word in self.bodies.private for word in self.tokens.lower[first:stop]):
            return False
        inner = [hit for index in range(first, stop) if (hit := self.hits.get(index))]
        return any(word in marks for word in self.tokens.lower[first:stop]) or any(
            hit.country
            or (hit.body and hit.body.governmental)
            or (hit.place and hit.place.type in _REGIONS and self.tokens.lower[stop - 1] in _DIVISIONS)
            for hit in inner
        )

    def _left(self, at: int, free: int) -> int:
        """Return where the name begins that ends in the head at *at*."""
        tokens, first = self.tokens, at
        while first > free and at - first < _LONGEST:
            index = first - 1
            if tokens.lower[index] in {"'s", "and", "&"} and first > free + 1 and self._joins(index):
                first -= 2
                continue
            if not tokens.capital[index] or self._is_outside(index):
                break
            first = index
        while first < at and (tokens.lower[first] in self.words.no_name and self._is_opener(first)):
            first += 1
        return first

    def _joins(self, index: int) -> bool:
        """Tell whether the "and" or the possessive at the token is within a name: "Women’s Law Center"."""
        tokens = self.tokens
        if tokens.lower[index] in {"and", "&"}:
            before = tokens.lower[index - 1]
            return (
                tokens.capital[index - 1]
                and self.words.is_field(before)
                and self.words.is_field(tokens.lower[index + 1])
            )
        hit = self.hits.get(index - 1)
        return (
            tokens.capital[index - 1]
            and not (hit and hit.stop == index)
            and tokens.lower[index - 1] in self.bodies.groups
        )

    def _is_outside(self, index: int) -> bool:
        """Tell whether the capitalised word stands before a name rather than in it."""
        tokens, low = self.tokens, self.tokens.lower[index]
        if (
            tokens.words[index] == END
            or low in self.bodies.openers
            or (tokens.starts_sentence(index) and low in self.bodies.starters)
        ):
            return True
        if tokens.lower[index + 1] in {"'s", "’"} or self._ends_known_body(index):
            return True
        head = self.words.heads.get(low)
        return any(known.words == (low,) for known in head or ()) and low not in self.words.modifiers

    def _ends_known_body(self, index: int) -> bool:
        """Tell whether a long name that the lexicon knows ends at the token."""
        before = (self.hits.get(first) for first in range(max(1, index - _LONGEST), index - 1))
        return any(hit.body is not None and hit.stop == index + 1 for hit in before if hit)

    def _is_opener(self, index: int) -> bool:
        return self.tokens.starts_sentence(index) or self.tokens.lower[index] in self.bodies.openers

    def _right(self, at: int, stop: int, *, strict: bool = False) -> int:
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
            end = self._phrase(after, strict)
            if end == after or (tokens.lower[stop] in {"in", "to", "on"} and not self._is_topic(after)):
                break
            stop = end
        return stop

    def _goes_on(self, at: int, index: int) -> bool:
        tokens = self.tokens
        after = index + 1
        if index <= at + 1 or not tokens.capital[after] or after in self.hits:
            return False
        if self.words.is_field(tokens.lower[after]):
            return True
        known = tokens.lower[after] in self.words.given or tokens.lower[after] in self.words.no_name
        return not known and self.words.head(tokens, after) is None and not self._names_another(after)

    def _names_another(self, at: int) -> bool:
        """Tell whether another body's name begins at the token: "Air Force and Special Mission Wing"."""
        for index in range(at, at + _LONGEST):
            if not self.tokens.capital[index]:
                return False
            if self.bodies.head(self.tokens, index):
                return True
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
                affairs = hit.country and tokens.words[hit.stop] == "Affairs"  # "Office of Ghana Affairs"
                return hit.stop + bool(affairs) if index == at else index
            if index > at and (self._is_title(index, at) or low in self.words.given or self._ends_name(low)):
                break
            if index == at and low in self.words.given:
                break
            if low.endswith(("-led", "-based", "-wide", "-style")) or (
                low.endswith(".") and low in self.words.honorifics
            ):
                break
            if strict and index > at and self.words.is_field(tokens.lower[index - 1]) and not self._is_known(index):
                break
            index += 1
            if tokens.lower[index] == "," and self._lists(index):
                index += 1 + (tokens.lower[index + 1] == "and")
        return index

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
