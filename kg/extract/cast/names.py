"""Names of persons, read token by token: "Andrés Manuel López Obrador", "J. R. bin Ewe Jr."."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field

from kg.extract.cast.known import Hit
from kg.extract.cast.titles import Words
from kg.extract.cast.tokens import Tokens
from kg.values import dataclass

__all__ = ["RETIRED", "Names"]

RETIRED = frozenset({"ret", "ret.", "retd", "retd.", "rtd", "rtd.", "retired"})
"""What stands in brackets beside the name of an officer who has left the forces."""

_LONGEST = 8
_POSSESSIVES = frozenset({"his", "her", "their", "your"})
_INNER = frozenset({"e", "y", "do", "la", "te"})
"""Particles with which no name begins."""
_SUFFIX = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_ROMAN = re.compile(r"[IVX]+$")
_INITIAL = re.compile(r"(?:[^\W\d_]\.)+$|[A-Z]$|M[ad]\.$")
_LAST_INITIALS = re.compile(r"(?:[^\W\d_]\.){2,}$")
"""Initials that may end a name, as in the south of India: "Balaji M.K."."""
_NAME = re.compile(r"[^\W\d_]+(?:[-‑’'ʻ‘.][^\W\d_]+)*$")
_ARTICLE = re.compile(r"(?:a[dlnrstz]|ash|el)(?:[-‑–][^\W\d_]|$)", re.IGNORECASE)
"""How an Arabic surname with its article begins: an apostrophe before it ends a part of the name ("Rabi’ al-Ewe")."""


@dataclass(frozen=True)
class Names:
    """Reads names in one text. `hits` are the countries, places and bodies by their first token."""

    tokens: Tokens
    words: Words
    hits: Mapping[int, Hit]
    pairs: frozenset[int] = frozenset()
    """Tokens at which names of countries begin that a hyphen joins to another: "*Sri* Lanka-Maldives"."""
    borne: set[str] = field(default_factory=set)
    """The last words of the full names that a title introduces, as they are found."""

    def honorifics(self, at: int) -> int:
        """Return where the honorifics, ranks and styles at the token end: "H.E. Sheikh", "Lieutenant General"."""
        tokens, index = self.tokens, at
        while True:
            low = tokens.lower[index]
            given = low in self.words.given and tokens.lower[index - 1] not in _POSSESSIVES
            hit = self.hits.get(index)
            if given or index in self.pairs or (hit and hit.stop > index + 1):
                return index  # "Grace Ewe", not "Her Grace"; "Sri Lanka"
            after = tokens.lower[index + 1]
            styled = (low == "the" and self._styled(index + 1)) or (
                (low in self.words.before_ranks and after in self.words.ranks)
                or f"{low} {after}" in self.words.honorifics
            )
            if styled or low in self.words.honorifics or low in self.words.ranks:
                if low in _POSSESSIVES and not self._styled(index + 1):
                    return index
                index += 1
                index += tokens.words[index] in {".", "'", "’"}  # "Dato’ Seri"
            elif tokens.words[index] == "(" and tokens.lower[index + 1] in RETIRED:
                index = tokens.words.index(")", index) + 1 if ")" in tokens.words[index : index + 5] else index + 2
            else:
                return index

    def is_in_field(self, at: int) -> bool:
        """Tell whether the honorific is part of a field: "Economic *Justice* Screening Tool"."""
        lower, is_field = self.tokens.lower, self.words.is_field
        return self.tokens.capital[at - 1] and is_field(lower[at - 1]) and is_field(lower[at])

    def _styled(self, at: int) -> bool:
        return self.tokens.capital[at] and self.tokens.lower[at] in self.words.honorifics

    def end(self, at: int, *, sure: bool) -> int:
        """Return where the name that begins at the token ends; *at* itself where none does.

        Args:
            at: the first token of the name.
            sure: a title or an honorific stands before it, so that any capitalised word may begin it.
        """
        tokens, index, parts = self.tokens, at, 0
        if _INITIAL.match(tokens.words[at]) and tokens.lower[at] in self.words.honorifics:
            return at  # "H.E. President Ewe"
        while index - at < _LONGEST:
            word, low = tokens.words[index], tokens.lower[index]
            if tokens.capital[index]:
                step = self._part(index, parts, sure)
                if not step:
                    break
                parts += not _is_initial(word)
                index += step
            elif low in self.words.particles and self._after_particles(index, index == at):
                index += 1
            elif word == "," and tokens.lower[index + 1] in _SUFFIX and parts:
                index += 2
            elif word in "'’" and parts and _ARTICLE.match(tokens.words[index + 1]):
                index += 1
            elif word in '“"‘(' and parts and self._is_nickname(index):
                index += 3
            else:
                break
        return index if parts else at

    def _after_particles(self, index: int, first: bool) -> bool:
        """Tell whether a part of the name follows the particle, which is the name's *first* word or not."""
        following = index + 1
        while self.tokens.lower[following] in self.words.particles and not self.tokens.capital[following]:
            following += 1
        if not self.tokens.capital[following] or (first and self.tokens.lower[index] in _INNER):
            return False
        return self._part(following, 1, True) > 0

    def _is_nickname(self, index: int) -> bool:
        tokens = self.tokens
        named = tokens.capital[index + 1] and tokens.lower[index + 1] not in RETIRED
        return named and tokens.words[index + 2] in '”"’)' and tokens.capital[index + 3]

    def _part(self, index: int, parts: int, sure: bool) -> int:
        """Return how many tokens the part of a name at the token has; 0 where it is none."""
        tokens, words = self.tokens, self.words
        word, low = tokens.words[index], tokens.lower[index]
        if _is_initial(word):
            last = parts and _LAST_INITIALS.match(word) and index not in self.hits and low not in words.behind
            return 1 if last or tokens.capital[index + 1] or tokens.lower[index + 1] in words.particles else 0
        if _ROMAN.match(word) or low in _SUFFIX:
            return 1 if parts else 0
        if not (word.isalpha() or _NAME.match(word)):
            return 0
        if len(word) > 3 and word.isupper() and "-" not in word and not sure:
            return 0
        known = sure and not parts and low in self.borne and not tokens.capital[index + 1]  # "Minister West spoke"
        if low in words.no_name and not known and not self._is_name_too(index, parts, sure):
            return 0
        if not sure and words.is_field(low) and not (parts and low in words.surnames):
            return 0
        if low.endswith("-american"):
            return 0
        if parts and low in words.behind and word.isupper():
            return 0
        hit = self.hits.get(index)
        if hit and hit.stop > index and not self._may_be_name(hit, index, parts, sure):
            return 0
        if parts and words.head(tokens, index) and not (low in words.surnames and self._is_last(index)):
            return 0
        return 1

    def _is_name_too(self, index: int, parts: int, sure: bool) -> bool:
        """Tell whether a word that is seldom a name is one here: "Bill Ewe", "Ann Price"."""
        low, after = self.tokens.lower[index], self.tokens.lower[index + 1]
        if parts:
            named_after = parts > 2 and low in self.words.after_name  # "the Ann Lynn Ewe Bridge"
            return low in self.words.surnames and self._is_last(index) and not named_after
        apposed = self.tokens.words[index + 2] == ","  # "Christian Ewe, the director"
        return (
            (sure or apposed)
            and low in self.words.given
            and self.tokens.capital[index + 1]
            and after not in self.words.no_name
        )

    def _may_be_name(self, hit: Hit, index: int, parts: int, sure: bool) -> bool:
        """Tell whether the name of a country, place or body is part of a person's here: "Lisa Monaco"."""
        if hit.stop - hit.first > 1:
            return False
        low = self.tokens.lower[index]
        if parts and hit.adjective:
            ends = not self.tokens.capital[index + 1] and (sure or parts > 1)  # "Ambassador Ann Ewe Nepali thanked"
            return ends or (low in self.words.surnames and self._is_last(index))  # "David Turk"
        entry = hit.country or hit.place
        if parts:
            known = low in self.words.surnames or low in self.words.given
            owns = hit.country is not None and not hit.country.ambiguous and self.tokens.lower[hit.stop] == "'s"
            return known or (hit.body is None and not owns)  # "thanked Secretary Ewe France's envoy"
        if low in self.words.given and not hit.adjective:
            return sure or self.tokens.capital[index + 1]
        if hit.adjective and low in self.borne:
            return sure and not self.tokens.capital[index + 1]  # "Mr. Nepali", of whom the text has told
        if hit.country is not None and not hit.country.ambiguous and low not in self.words.surnames:
            return False
        common = entry is not None and entry.ambiguous and self.tokens.capital[index + 1]
        return sure and not hit.adjective and (common or low in self.words.surnames or self._is_last(index))

    def _is_last(self, index: int) -> bool:
        following = self.tokens.lower[index + 1]
        if not self.tokens.capital[index + 1] or following in self.words.no_name or following in _SUFFIX:
            return True
        return self.words.head(self.tokens, index + 1) is not None


def _is_initial(word: str) -> bool:
    return (len(word) == 1 or word[-1] == ".") and _INITIAL.match(word) is not None
