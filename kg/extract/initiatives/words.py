"""The words by which a text names an initiative: `data/grammar/initiatives.toml`, compiled; and a sentence to read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from typing import Any

from kg.errors import InputError
from kg.extract.scene import Scene
from kg.extract.words import FUNCTION_WORDS, MONTHS, WEEKDAYS, Words
from kg.lexicon import Lexicon, Matcher
from kg.model import Agency, Person, Place, Span
from kg.values import dataclass

__all__ = [
    "ABOUT",
    "LONGEST_NAME",
    "YEAR",
    "InitiativeWords",
    "Sentence",
    "initiative_words_of",
    "is_joined",
    "is_ordinal",
    "without_genitives",
]

Phrase = tuple[str, ...]
_GENITIVES = frozenset({"’s", "'s"})
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_LONGEST_COMPLEMENT = 10
ABOUT = frozenset({"on", "concerning", "regarding"})
"""Words that open what a contract is about."""
_DAYS = MONTHS | WEEKDAYS
_LONGEST_PARTIES = 16
_AFTER_MATTERS = frozenset({"", ".", ",", ";", ")", "and", "was", "were", "is", "are", "will"})
LONGEST_NAME = 16
"""Words of a name on either side of its head."""
YEAR = re.compile(r"[12]\d{3}")


@dataclass(frozen=True, eq=False)
class InitiativeWords:
    """The grammar of initiatives, ready for look-up. `sets` are the file's lists by table and key: "heads.always"."""

    capital: frozenset[Phrase]
    capital_first: frozenset[str]
    definite: frozenset[Phrase]
    founded: frozenset[Phrase]
    several: frozenset[Phrase]
    personal: frozenset[Phrase]
    plain_first: frozenset[str]
    generic: frozenset[str]
    known: Matcher[str]
    sets: Mapping[str, frozenset[str]]

    @cached_property
    def triggers(self) -> frozenset[str]:
        """The words at which a head or a noun may begin."""
        return self.capital_first | self.plain_first

    def has(self, key: str, word: str) -> bool:
        """Tell whether the list *key* has *word*."""
        return word in self.sets[key]


@lru_cache(maxsize=8)
def initiative_words_of(lexicon: Lexicon) -> InitiativeWords:
    """Compile the grammar of initiatives of *lexicon*, once.

    Raises:
        InputError: a table is missing or malformed.
    """
    try:
        return _compile(lexicon, lexicon.grammar["initiatives"])
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(f"the grammar file initiatives.toml lacks {error}; compare it with the one shipped") from error


def _compile(lexicon: Lexicon, table: Mapping[str, Any]) -> InitiativeWords:
    sets = {
        f"{name}.{key}": frozenset(listed)
        for name, lists in table.items()
        for key, listed in lists.items()
        if isinstance(listed, list)
    }
    capital = _phrases(sets["heads.capital"])
    several = _phrases(sets["nouns.several"])
    definite, founded = _phrases(sets["nouns.definite"]), _phrases(sets["nouns.founded"]) | several
    personal = _phrases(sets["nouns.personal"])
    return InitiativeWords(
        capital=capital,
        capital_first=frozenset(phrase[0] for phrase in capital),
        definite=definite,
        founded=founded,
        several=several,
        personal=personal,
        plain_first=frozenset(phrase[0] for phrase in definite | founded | personal),
        generic=sets["nouns.generic"] | sets["nouns.vague"],
        known=Matcher(_known(lexicon, table["known"], capital)),
        sets=sets,
    )


def _phrases(listed: Iterable[str]) -> frozenset[Phrase]:
    return frozenset(tuple(phrase.split()) for phrase in listed)


def _known(lexicon: Lexicon, table: Mapping[str, Any], heads: frozenset[Phrase]) -> dict[str, str]:
    """Return all forms of the names known beforehand, each with its name; the lexicon's table prevails."""
    names = {name: name for name in table["names"]}
    names |= {alias: name for name, aliases in table["aliases"].items() for alias in aliases}
    names |= {form: item.name for item in lexicon.initiatives for form in (item.name, *item.aliases)}
    return {_with_plain_head(form, heads): name for form, name in names.items()} | names


def _with_plain_head(form: str, heads: frozenset[Phrase]) -> str:
    """Return the form with its head as a common noun, if it is one of the *heads*: "Clean Reef *act*"."""
    before, _, head = form.rpartition(" ")
    return f"{before} {head.lower()}" if before and (head,) in heads else form


def is_ordinal(word: str) -> bool:
    """Tell whether the word counts by a number: "16th"."""
    return word[:-2].isdigit() and word[-2:] in _ORDINALS


def is_joined(word: str) -> bool:
    """Tell whether a hyphen or a dash joins the parts of the word: "U.S.-Ghana", "Ghana–EU"."""
    return "-" in word or "–" in word


def without_genitives(words: Phrase) -> Phrase:
    """Return the words as written, the capitalised ones without the ’s of a genitive."""
    line = " ".join(words)
    if "’s" not in line and "'s" not in line:
        return words
    return tuple([word[:-2] if word[-2:] in _GENITIVES and word[0].isupper() else word for word in words])


class Sentence:
    """A sentence as words, with the places of the entities that other stages have found in it."""

    def __init__(self, scene: Scene, span: Span) -> None:
        """Split the *span* and mark the words of people, places and bodies."""
        self.scene = scene
        self.words = words = Words.of(scene.text, span)
        self.bare = without_genitives(words.text)
        self.opens_item = scene.text[max(span.start - 2, 0) : span.start] == "- "
        """Whether an item of a list begins with it."""
        self.is_item = self.opens_item and words.text[-1] != "."
        """Whether it is an item of a list and no sentence: a topic, or a participant."""
        self.person: set[int] = set()
        self.place: set[int] = set()
        self.site: set[int] = set()
        """Of these, the words of places that are no countries."""
        self.body: set[int] = set()
        self.after_entity: set[int] = set()
        """The words that follow the last one of an entity."""
        self.opens_entity: set[int] = set()
        """The first words of entities."""
        kinds = {Person: self.person, Place: self.place, Agency: self.body}
        for mention, entity in scene.mentions_in(span):
            if (marked := kinds.get(type(entity))) is not None:
                first, stop = words.index(mention.span.start), words.index(mention.span.end)
                marked.update(range(first, stop))
                if isinstance(entity, Place) and not entity.country:
                    self.site.update(range(first, stop))
                self.after_entity.add(stop)
                self.opens_entity.add(first)

    def plain_complement(self, grammar: InitiativeWords, stop: int) -> int:
        """Return where "on fisheries", "to share data" after word *stop* ends; *stop* if no such words follow."""
        words, end = self.words, stop + 1
        if (
            words.at(stop) not in ABOUT | {"to", "for"}
            or words.at(stop + 1) in _DAYS
            or words.at(stop + 1)[:1].isdigit()
        ):
            return stop
        if words.at(stop) == "to" and words.at(stop + 2) in {"and", "or"}:
            end = stop + 4 + (words.at(stop + 4) == "to")  # "to prevent and respond to"
        while end < len(words) and end - stop < _LONGEST_COMPLEMENT and self._goes_on(end):
            if words.lower[end] == "in" and grammar.has("nouns.shared", words.at(end - 1)):
                end += 1  # "on cooperation in fisheries"
                continue
            if self._links_capitals(end):
                end += 2  # "on enhanced Port and Reef care", "on Mutual Aid in Port Matters"
                continue
            if grammar.has("nouns.ends", words.lower[end]):
                last = self._second_matter(grammar, end)
                if last == end:
                    break
                end = last
                continue
            end += 1
        if end <= stop + 1:
            return stop
        end = min(end, len(words))
        between = next((at for at in range(stop, end) if words.lower[at] == "between"), stop)
        return max(end, self.parties(grammar, between)) if between > stop else end

    def _links_capitals(self, at: int) -> bool:
        """Tell whether word *at* joins two capitalised words of one name, neither that of a person, place or body."""
        words, beside = self.words, {at - 1, at + 1}
        capital = words.is_capital(at - 1) and words.is_capital(at + 1)
        return words.lower[at] in {"and", "in"} and capital and beside.isdisjoint(self.person | self.place | self.body)

    def _goes_on(self, at: int) -> bool:
        """Tell whether a word stands at *at*, or a mark within a number: "10,000"."""
        words = self.words
        number = words.text[at] == "," and words.ends[at - 1] + 1 == words.ends[at] and words.at(at + 1).isdigit()
        return words.lower[at][0].isalnum() or (number and words.ends[at] == words.starts[at + 1])

    def _second_matter(self, grammar: InitiativeWords, at: int) -> int:
        """Return the end of what "and" at word *at* joins to a matter: "on fisheries *and ports*."; *at* if nothing.

        It stands last before a mark, another "and" or a participle.
        """
        words, end = self.words, at + 1
        while words.at(end).isalpha() and not (grammar.has("nouns.ends", words.at(end)) or words.at(end)[-2:] == "ed"):
            end += 1
        joined = words.text[at + 1 : end]
        noun = words.at(at) == "and" and 0 < len(joined) < 6 and all(word.islower() for word in joined)
        noun = noun and joined[0] not in FUNCTION_WORDS | {"one"}
        after = words.at(end)
        stands_last = after in _AFTER_MATTERS or after.endswith("ed")
        verbal = noun and joined[0].endswith(("ed", "ing", "ly"))
        matter = noun and (not verbal or grammar.has("nouns.verbal-modifiers", joined[0]))  # "… education and training"
        return end if matter and stands_last else at

    def parties(self, grammar: InitiativeWords, stop: int) -> int:
        """Return where "between X and Y", "between our two states" after word *stop* ends; *stop* if no two follow."""
        words, end, joined = self.words, stop + 1, False
        for both in range(end, end + 3):
            if words.at(both) in {"two", "both"} and grammar.has("complement.parties", words.at(both + 1)):
                return both + 2
        while end < len(words) and end - stop < _LONGEST_PARTIES:
            if words.lower[end] == "and":
                if not joined and words.at(end + 1) == "other" and "," in words.text[stop:end]:
                    return min(end + 3, len(words))  # "between Norway, Ghana, and other parties"
                if joined or not words.is_capital(end + 1 + (words.at(end + 1) == "the")):
                    break
                joined = True
            elif words.text[end] == ",":
                if not (words.is_capital(end + 1) or words.at(end + 1) == "and"):
                    break
            elif words.text[end] == "(" and words.at(end + 2) == ")":
                end += 2
            elif not (words.is_capital(end) or grammar.has("complement.within-parties", words.lower[end])):
                break
            end += 1
        while words.lower[end - 1] in {"and", "the", "of", ","}:
            end -= 1
        return end if joined else stop

    def is_named(self, at: int) -> bool:
        """Tell whether word *at* belongs to a place or a body."""
        return at in self.place or at in self.body
