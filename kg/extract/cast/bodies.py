"""Bodies: those the lexicon names, and those that a head noun gives away ("Ministry of Fisheries")."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.extract.cast.bodywords import body_words_of
from kg.extract.cast.extents import Extents
from kg.extract.cast.items import SMALL
from kg.extract.cast.known import Hit
from kg.extract.cast.titles import words_of
from kg.extract.cast.tokens import END, Tokens, covered
from kg.lexicon import Body, Country, Lexicon

__all__ = ["begins_title", "find_bodies", "find_short", "in_full"]

_REGIONS = frozenset({"region", "continent"})
_DIVISIONS = frozenset({"division", "unit"})
"""These are of a government where they are named after a region: "Europe Division"."""
_WHOSE = frozenset({"his", "her", "their", "its", "'s"})
_LONGEST_TITLE = 4
"""How many tokens of a title may stand before a noun for a body within it."""
_LONGEST_NAME = 10
"""How many tokens the name of a body that owns another may have."""
_BETWEEN = re.compile(r"(?:U\.S\.|US|UK|U\.K\.|EU)[-–‑]\w")
"""A word that names two parties: what they have set up is no body of government."""


def find_bodies(tokens: Tokens, hits: Mapping[int, Hit], lexicon: Lexicon) -> Iterator[Hit]:
    """Yield bodies that head nouns give away, in order; they may cover names of the lexicon, such as a country's."""
    grammar = _Grammar(tokens, hits, body_words_of(lexicon), words_of(lexicon))
    free = 1
    nouns, small = grammar.bodies.nouns, grammar.bodies.small
    for at, (low, capital) in enumerate(zip(tokens.lower, tokens.capital, strict=True)):
        if at < free or not (low in nouns if capital else low in small):
            continue
        if found := grammar.read(at, free) or grammar.theirs(at) if capital else grammar.owned(at):
            free = found.stop
            yield found


def in_full(found: Iterable[Hit], listed: Sequence[Hit], lexicon: Lexicon) -> Iterator[Hit]:
    """Yield the bodies *found*, under the full name where there is one.

    "The National Bank" is the one of those *listed* whose name ends so, and "the Ghanaian Ministry of Ports" the
    "Ministry of Ports of Ghana" that the lexicon knows.
    """
    full = {hit.body.name: hit.body for hit in listed if hit.body}
    lands = {hit.first: hit for hit in listed if hit.country}
    for hit in found:
        name = hit.body.name if hit.body else ""
        land = lands.get(hit.first)
        if land and land.country and (body := _of_land(name.split()[land.stop - land.first :], land.country, lexicon)):
            yield replace(hit, body=body)
            continue
        longer = [body for known, body in full.items() if " " in name and known.endswith(f" {name}")]
        yield replace(hit, body=longer[0]) if len(longer) == 1 else hit


def _of_land(words: Sequence[str], country: Country, lexicon: Lexicon) -> Body | None:
    """Return the body of the country that the lexicon knows under these *words* and "of" the country."""
    name = " ".join(words)
    return lexicon.body(f"{name} of {country.name}") or lexicon.body(f"{name} of the {country.name}")


def begins_title(tokens: Tokens, at: int, titles: Collection[tuple[str, ...]]) -> bool:
    """Tell whether the noun for a body belongs to one of the *titles*: "US *Treasury Secretary* Ewe"."""
    return tokens.lower[at : at + 2] in titles


def find_short(tokens: Tokens, hits: Mapping[int, Hit], lexicon: Lexicon, home: str | None) -> Iterator[Hit]:
    """Yield what one word stands for in a release of the country *home*: "the House passed it"; not in titles."""
    bodies = body_words_of(lexicon)
    short = bodies.short.get(home or "", {})
    if short.keys().isdisjoint(tokens.words):
        return
    named = covered((hit.first, hit.stop) for hit in hits.values())
    for at, word in enumerate(tokens.words):
        if word not in short or at in named or tokens.lower[at + 1] in {"of", "-"}:
            continue
        owns = tokens.lower[at + 1] in bodies.sides or tokens.lower[at - 2 : at] == ("to", "the")
        if tokens.capital[at + 1] and not owns:
            continue  # "House Minority Leader", "Secretary to the Treasury Ann Ewe", but not "House Resolution"
        before = at - 1 - (tokens.lower[at - 1] == "the")
        beside = tokens.capital[before] and not tokens.starts_sentence(at)
        body = None if beside or tokens.lower[before] in {"of", "for"} else lexicon.body(short[word])
        if body is not None:
            yield Hit(tokens.span(at, at + 1), at, at + 1, body=body)


class _Grammar(Extents):
    """Reads bodies in one text."""

    def read(self, at: int, free: int) -> Hit | None:
        """Read the body whose head noun is at the token."""
        found = self.bodies.head(self.tokens, at)
        if found is None or self._in_known_body(at):
            return None
        if self.tokens.lower[at - 1] in self.bodies.not_after and self.tokens.lower[at] not in self.bodies.centers:
            return None
        length, kind = found
        if length == 1 and self._is_in_title(at):
            return None  # "Head of Mission"
        while more := self.bodies.head(self.tokens, at + length):  # "Special Mission Wing"
            at, (length, kind) = at + length, more
        first = self.left(at, free)
        stop = self.right(at, at + length, strict=self.tokens.lower[at] in self.bodies.strict)
        while stop > at + length + 2 and self._begins_title(stop):
            stop -= 1
        stop = self.sent(first, stop)
        if stop == at + length and first == at and not self._stands_alone(at, stop):
            return None
        name = " ".join(self.tokens.words[first:stop]).replace(" ’", "’").replace(" '", "'").replace(" ,", ",")
        if self._is_loose(first, at, stop) or self._names_something_else(name, first, at, stop):
            return None
        if kind == "other" and (self._is_desk(first, at, stop) or self._leads_to_another(stop)):
            return None
        official = kind == "governmental" or (kind == "open" and self._is_marked(first, at, stop))
        governmental = official and not self._is_of_private(first, stop)
        return Hit(self.tokens.span(first, stop), first, stop, body=Body(name, governmental=governmental))

    def _ends_official(self, stop: int) -> bool:
        """Tell whether the name of a body of government that the lexicon knows ends before the token."""
        before = (self.hits.get(first) for first in range(max(1, stop - _LONGEST_NAME), stop))
        return any(hit and hit.stop == stop and hit.body and hit.body.governmental for hit in before)

    def _is_desk(self, first: int, at: int, stop: int) -> bool:
        """Tell whether the noun alone follows the name of a body of government, whose desk it is: "RFC *Media*"."""
        hit = self.hits.get(first)
        return hit is not None and hit.stop == at and stop == at + 1 and hit.body is not None and hit.body.governmental

    def _leads_to_another(self, stop: int) -> bool:
        """Tell whether more capitalised words follow and name a programme: "Reef Capital | Investment Program"."""
        end = stop
        while self.tokens.capital[end]:
            end += 1
        return end > stop and self.tokens.lower[end - 1] in self.bodies.not_before

    def _is_of_private(self, first: int, stop: int) -> bool:
        """Tell whether a larger body that is none of government begins the name or follows it.

        "The *Ewe Club* Executive Council", "the Department of Art at *Ewe College*", "Reef Commission, *Ewe Church*".
        """
        lower = self.tokens.lower
        at = stop + 1 + (lower[stop + 1] == "the")
        follows = lower[stop] in {"at", "of"}
        wholes = [self.hits.get(first), self.hits.get(at) if follows else None]
        if any(whole and whole.body and not whole.body.governmental for whole in wholes):
            return True
        return lower[stop] == "," and self._ends_private(stop + 1)

    def _ends_private(self, at: int) -> bool:
        """Tell whether the rest of a list's item is the name of a company, a church and the like."""
        stop = at
        while self.tokens.capital[stop] or self.tokens.lower[stop] in SMALL:
            stop += 1
        last, after = self.tokens.lower[stop - 1], self.tokens.words[stop]
        kind = (self.bodies.head(self.tokens, stop - 1) or (0, ""))[1] if stop > at else ""
        return after in {END, "("} and (kind == "other" or last in self.bodies.companies)

    def _is_in_title(self, at: int) -> bool:
        """Tell whether the words of an office that stand before the noun go on beyond it: "Chief of *Mission*"."""
        heads = ((first, self.words.head(self.tokens, first)) for first in range(max(1, at - _LONGEST_TITLE), at))
        return any(head is not None and first + len(head.words) > at for first, head in heads)

    def _names_something_else(self, name: str, first: int, at: int, stop: int) -> bool:
        """Tell whether the words around the head at the token name a thing, a title or what parties have set up."""
        low, core = name.lower(), " ".join(self.tokens.lower[at - 1 : at + 1])
        if low in self.bodies.never or core in self.bodies.never or name in self.bodies.initiatives:
            return True  # "Joint Commission", "Ewe-Oak Joint Commission on Reefs"
        behind = self.tokens.lower[stop]
        if behind in self.bodies.houses or (self.tokens.capital[stop] and behind in self.bodies.not_before):
            return True
        if begins_title(self.tokens, stop - 1, self.bodies.in_titles) or any(
            _BETWEEN.match(word) for word in self.tokens.words[first:at]
        ):
            return True  # "Treasury | Secretary", "U.S.-Japan Policy Committee"
        words = self.tokens.lower[first:stop]
        return (
            stop == at + 1
            and words[-1] in {"service", "services"}
            and all(self.words.is_field(word) or word in self.bodies.links for word in words)
        )  # "Health and Human Services"

    def owned(self, at: int) -> Hit | None:
        """Read a parliament in small letters with the country or state that it is of: "the Texas legislature"."""
        hit = next((hit for index in (at - 1, at - 2, at - 3) if (hit := self.hits.get(index))), None)
        if hit is None or hit.stop != at or not (hit.country or hit.is_area):
            return None
        span = self.tokens.span(hit.first, at + 1)
        words = [*self.tokens.words[hit.first : at], self.tokens.words[at].capitalize()]
        return Hit(span, hit.first, at + 1, body=Body(" ".join(words)))

    def theirs(self, at: int) -> Hit | None:
        """Read what has a capital and an owner and is named by its noun alone: "his Cabinet", "the Yemeni Cabinet"."""
        tokens = self.tokens
        if tokens.lower[at] not in self.bodies.theirs or tokens.capital[at + 1]:
            return None
        hit = self.hits.get(at - 1)
        if tokens.lower[at - 1] in _WHOSE:
            first = at
        elif hit is not None and hit.adjective and hit.stop == at:
            first = at - 1
        else:
            return None
        return Hit(tokens.span(first, at + 1), first, at + 1, body=Body(" ".join(tokens.words[first : at + 1])))

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
                longer = hit.stop == at + 1 and hit.stop - hit.first <= 2 and self.right(at, at + 1) > at + 2
                return not (hit.body and longer and self.tokens.lower[at + 1] == "of")
        return False

    def _is_loose(self, first: int, at: int, stop: int) -> bool:
        """Tell whether only words that make no name stand before the head, and nothing after it."""
        before = self.tokens.lower[first:at]
        if first == at and self._stands_alone(at, stop):
            return False
        return stop == at + 1 and all(word in self.bodies.bare for word in before)

    def _is_marked(self, first: int, at: int, stop: int) -> bool:
        """Tell whether the words around the head at the token show a body of government."""
        marks = self.bodies.marks
        if any(word in self.bodies.private for word in self.tokens.lower[first:stop]):
            return False
        if self.tokens.lower[at] in self.bodies.charged and self.tokens.lower[at + 1] in self.bodies.links:
            return True  # "Office for Reefs"
        if self.is_part_of(stop):
            return True  # "Reef Division of the Ministry of Ports"
        if self.tokens.lower[first - 1] == "'s" and self._ends_official(first - 1):
            return True  # "USAID's Office of Ports"
        inner = [hit for index in range(first, stop) if (hit := self.hits.get(index))]
        return any(word in marks for word in self.tokens.lower[first:stop]) or any(
            hit.country
            or (hit.body and hit.body.governmental)
            or (hit.place and hit.place.type in _REGIONS and self.tokens.lower[stop - 1] in _DIVISIONS)
            for hit in inner
        )
