"""Where persons are named, and with which titles: one `Sighting` for each time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kg.extract.known import Hit
from kg.extract.names import Names
from kg.extract.posts import Part, Phrase, Titles
from kg.extract.titles import Words
from kg.extract.tokens import END, Tokens
from kg.lexicon import Body

__all__ = ["Office", "Sighting", "Sightings"]

_PARTY = re.compile(r"(?:[DRI](?:FL)?[-–](?P<party>[A-Za-z]{2})|(?P<code>[A-Z]{2}))(?:[-–](?:\d+|AL|At-Large))?$")


@dataclass(frozen=True, slots=True)
class Sighting:
    """A person named at tokens `first` to `stop`, name alone; `begin` to `end` is the whole phrase with its title."""

    first: int
    stop: int
    begin: int
    end: int
    parts: tuple[Part, ...] = ()
    owner: Hit | None = None
    """What a title without owner is of by the words after the name: "King Abdullah II of Jordan"."""
    male: bool | None = None
    rule: str = ""
    confidence: float = 0.9
    sure: bool = True
    """A title, an honorific or an apposition says that it is a person."""
    phrase: Phrase | None = None
    listed: bool = False
    """It begins an item of a list."""
    rank: bool = False
    """A military rank stands before it."""


@dataclass(frozen=True, slots=True)
class Office:
    """A title phrase without a name: "the Prime Minister"."""

    phrase: Phrase


@dataclass
class Sightings:
    """Finds persons and offices in one text."""

    tokens: Tokens
    words: Words
    hits: Mapping[int, Hit]
    states: Mapping[str, Hit]
    text: str
    body_heads: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.names = Names(self.tokens, self.words, self.hits)
        self.bodies: list[Hit] = []
        self.plain = {low for low, capital in zip(self.tokens.lower, self.tokens.capital, strict=True) if not capital}
        """Words that the text writes in lower case too: such a word alone is no name."""
        self.titles = Titles(self.tokens, self.words, self.hits, self.bodies, self.body_heads)

    def find(self) -> Iterator[Sighting | Office]:
        """Yield all sightings and offices in text order."""
        at = 1
        last: Sighting | None = None
        while at < len(self.tokens) - 1:
            found, stop = self._read(at, last)
            for item in found:
                if isinstance(item, Sighting) and item.first >= 0:
                    last = item
                yield item
            at = max(stop, at + 1)

    def _read(self, at: int, last: Sighting | None) -> tuple[list[Sighting | Office], int]:
        tokens = self.tokens
        if tokens.words[at] == END:
            return [], at + 1
        low = tokens.lower[at]
        if (
            tokens.capital[at]
            or low in self.words.heads
            or low in self.words.modifiers
            or low in self.words.former | self.words.acting
        ):
            phrase = self.titles.read(at)
            if phrase is not None:
                return self._titled(phrase)
        if not tokens.capital[at] and low not in self.words.particles:
            return [], at + 1
        hit = self.hits.get(at)
        if hit and hit.stop > at and not self._begins_name(at, hit):
            return [], hit.stop
        if low in self.words.honorifics or low in self.words.ranks:
            found = self._styled(at)
            if found:
                return [found], found.end
        return self._bare(at)

    def _begins_name(self, at: int, hit: Hit) -> bool:
        return hit.stop == at + 1 and self.tokens.lower[at] in self.words.given and self.tokens.capital[at + 1]

    # --- with a title ---------------------------------------------------------------------------------------------

    def _titled(self, phrase: Phrase) -> tuple[list[Sighting | Office], int]:
        if self._is_military(phrase) and (ranked := self._styled(phrase.first)):
            return [ranked], ranked.end
        phrase = self._with_words_before(self._of_body_before(phrase))
        found = self._named(phrase)
        if found:
            last = found[-1]
            return list(found), last.end
        return [Office(phrase)], phrase.stop

    def _of_body_before(self, phrase: Phrase) -> Phrase:
        """Read the company before a title that only companies have: "World Cup CEO"."""
        part, first = phrase.parts[0], phrase.first
        if part.head.kind != "private" or part.owner is not None or not part.bare:
            return phrase
        while self._is_loose(first - 1):
            first -= 1
        if first == phrase.first:
            return phrase
        body = self._body(first, phrase.first)
        return replace(phrase, first=first, parts=(replace(part, owner=body, bare=False), *phrase.parts[1:]))

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
        if (
            part.head.kind not in {"body", "government"}
            or part.owner is not None
            or not phrase.capital
            or phrase.definite
        ):
            return phrase
        while self._is_loose(first - 1):
            first -= 1
        if first == phrase.first or self.tokens.lower[first] in self.words.given:
            return phrase
        title = " ".join(self.tokens.words[first : phrase.first])
        part = replace(part, title=f"{title} {part.title}", bare=False)
        return replace(
            phrase, first=first, parts=(part, *phrase.parts[1:]), fields=(*phrase.fields, (first, phrase.first))
        )

    def _is_loose(self, at: int) -> bool:
        tokens = self.tokens
        if not tokens.capital[at] or tokens.starts_sentence(at) or tokens.words[at].endswith("."):
            return False
        return (
            not any(tokens.lower[at] in words for words in self.words.openers)
            and tokens.lower[at] not in self.words.honorifics
        )

    def _body(self, first: int, stop: int) -> Hit:
        """Take tokens as the name of a body that nobody listed."""
        span = self.tokens.span(first, stop)
        hit = Hit(span, first, stop, body=Body(" ".join(span.of(self.text).split()), governmental=False))
        self.bodies.append(hit)
        return hit

    def _named(self, phrase: Phrase) -> list[Sighting]:
        """Read the names that follow a title phrase."""
        at = phrase.stop
        if self.tokens.words[at] == "," and self._may_skip_comma(phrase):
            at += 1
        start = self.names.honorifics(at)
        if (
            self.tokens.capital[start]
            and (head := self.words.head(self.tokens, start))
            and head.public
            and start == phrase.stop
        ):
            start = self.names.honorifics(start + len(head.words))  # "Special Representative Ambassador Kim"
        stop = self.names.end(start, sure=True)
        if stop == start + 1 and self.tokens.lower[start] in self.plain:
            return []
        if stop == start or (not phrase.capital and stop - start < 2 and not self._is_given(start)):
            return []
        sighting = self._sighting(phrase, phrase.first, start, stop)
        sighting = self._gendered(sighting, at)
        found = [sighting]
        if phrase.plural:
            found += self._further(phrase, sighting.end)
        return [*found[:-1], self._apposition(found[-1])]

    def _is_given(self, at: int) -> bool:
        return self.tokens.lower[at] in self.words.given

    def _may_skip_comma(self, phrase: Phrase) -> bool:
        """Tell whether a name may follow after a comma: "the Foreign Minister of Norway, Ms. Ewe"."""
        after = phrase.stop + 1
        styled = self.names.honorifics(after)
        owned = any(part.owner or not part.bare for part in phrase.parts)
        if styled > after and owned and not self._follows_name(phrase):
            return self.names.end(styled, sure=True) > styled
        leads = phrase.definite or self.tokens.starts_sentence(phrase.first)
        if not (leads and owned) or self._follows_name(phrase):
            return False
        stop = self.names.end(after, sure=False)
        return (
            stop - after > 1
            and self._is_given(after)
            and self.tokens.words[stop] in {",", "to", "and", ".", "on", "in"}
        )

    def _follows_name(self, phrase: Phrase) -> bool:
        """Tell whether the title itself stands behind a name: "Ann Ewe, the Foreign Minister of Norway, …"."""
        index = phrase.first - 1
        if self.tokens.lower[index] == "the":
            index -= 1
        return self.tokens.words[index] == "," and self.tokens.capital[index - 1]

    def _sighting(self, phrase: Phrase | None, begin: int, start: int, stop: int) -> Sighting:
        parts = phrase.parts if phrase else ()
        sighting = Sighting(
            start, stop, begin, stop, parts, phrase=phrase, rule="people.title-before-name", confidence=0.97
        )
        return self._behind(sighting)

    def _behind(self, sighting: Sighting) -> Sighting:
        """Read what stands right behind a name: "of Norway", "(Wisconsin)", "(D-NY)"."""
        tokens, stop = self.tokens, sighting.stop
        while tokens.lower[stop] in self.words.behind and tokens.capital[stop]:
            stop += 1
            sighting = replace(sighting, end=stop)
        if tokens.words[stop] == "(" and ")" in tokens.words[stop : stop + 8]:
            close = tokens.words.index(")", stop)
            if owner := self._bracket(stop + 1, close):
                return replace(sighting, owner=owner, end=close + 1)
            if tokens.lower[stop + 1] in {"ret", "ret.", "retired"}:
                return replace(sighting, end=close + 1)
        if tokens.lower[stop] == "of" and sighting.parts:
            at = stop + 1 + (tokens.lower[stop + 1] == "the")
            hit = self.hits.get(at)
            if hit and hit.adjective and (inner := self.hits.get(hit.stop)) and inner.body:
                hit = inner
            if hit and hit.stop > hit.first and not hit.adjective:
                return replace(sighting, owner=hit, end=hit.stop)
        return sighting

    def _bracket(self, first: int, close: int) -> Hit | None:
        hit = self.hits.get(first)
        if hit and hit.is_area and hit.stop == close:
            return hit
        found = _PARTY.match("".join(self.tokens.words[first:close]))
        code = found and (found["party"] or found["code"])
        return self.states.get(code.upper()) if code else None

    def _further(self, phrase: Phrase, at: int) -> list[Sighting]:
        """Read the other names after a title in the plural: "Secretaries Oak, Elm, and Ash"."""
        found: list[Sighting] = []
        while True:
            start = at
            while self.tokens.lower[start] in {",", "and", "&"}:
                start += 1
            if start == at:
                return found
            start = self.names.honorifics(start)
            if self.titles.read(start) is not None:
                return found
            stop = self.names.end(start, sure=True)
            if stop == start:
                return found
            found.append(self._sighting(phrase, start, start, stop))
            at = found[-1].end

    def _apposition(self, sighting: Sighting) -> Sighting:
        """Read a title behind a name: "Ann Ewe, Minister of Ports and Leader of the House"."""
        tokens = self.tokens
        parts: tuple[Part, ...] = sighting.parts
        end = sighting.end
        while tokens.words[end] in {",", "(", "–", "—", "-", "|"} or (
            tokens.lower[end] == "as" and tokens.lower[end + 1] != "the"
        ):
            at = end + 1
            if tokens.lower[at] in {"and", "who", "the", "a", "an", "is", "also", "serves", "as", "our"}:
                while tokens.lower[at] in {"and", "who", "the", "a", "an", "is", "also", "serves", "as", "our"}:
                    at += 1
            phrase = self.titles.read(at)
            if phrase is None or phrase.plural or self._names_another(phrase):
                break
            behind = self._owner_behind(phrase, listed=self._starts_item(sighting.begin))
            if behind:
                parts += tuple(replace(part, owner=part.owner or behind[0]) for part in phrase.parts)
                end = behind[1]
            else:
                parts += phrase.parts
                end = phrase.stop
            if tokens.words[end] == ")":
                end += 1
        if end == sighting.end:
            return sighting
        return replace(sighting, parts=parts, end=end, rule=sighting.rule or "people.title-after-name")

    def _names_another(self, phrase: Phrase) -> bool:
        start = self.names.honorifics(phrase.stop)
        return self.names.end(start, sure=True) > start

    def _starts_item(self, at: int) -> bool:
        return self.tokens.words[at - 1] in {END, "-", "•"}

    def _owner_behind(self, phrase: Phrase, *, listed: bool) -> tuple[Hit, int] | None:
        """Read the body after a title and a comma, in a list: "Ann Ewe, Director, Port Authority"."""
        if self.tokens.words[phrase.stop] not in {",", "-", "–", "—", "@"} or phrase.parts[-1].owner:
            return None
        at = phrase.stop + 1 + (self.tokens.lower[phrase.stop + 1] == "the")
        hit = self.hits.get(at)
        if hit and hit.body and hit.stop > at and self.titles.read(at) is None:
            return hit, hit.stop
        if not listed or not self.tokens.capital[at] or self.titles.read(at) is not None:
            return None
        stop = at
        while self.tokens.words[stop] not in {",", ";", "(", END} and not (
            self.tokens.words[stop] == "." and self.tokens.words[stop + 1] == END
        ):
            stop += 1
        return self._body(at, stop), stop

    # --- without a title before it ----------------------------------------------------------------------------------

    def _styled(self, at: int) -> Sighting | None:
        """Read a name after an honorific or a rank: "Ms. Monaco", "General Frank Taylor"."""
        start = self.names.honorifics(at)
        if start == at:
            return None
        if self.tokens.capital[start] and self.words.head(self.tokens, start):
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

    def _gendered(self, sighting: Sighting, at: int) -> Sighting:
        before = set(self.tokens.lower[min(at, sighting.begin) : sighting.first])
        male, female = bool(before & self.words.male), bool(before & self.words.female)
        return sighting if male == female else replace(sighting, male=male)

    def _bare(self, at: int) -> tuple[list[Sighting | Office], int]:
        """Read a name that nothing introduces: by its given name, by the title after it, or as an item of a list."""
        tokens = self.tokens
        if not tokens.capital[at] or tokens.lower[at] in self.words.no_name | self.words.professions:
            return [], at + 1
        stop = self.names.end(at, sure=False)
        if stop == at:
            return [], at + 1
        sighting = Sighting(at, stop, at, stop, rule="people.given-name", confidence=0.85, sure=False)
        if tokens.lower[stop - 1] in self.plain and tokens.lower[stop - 1] not in self.words.surnames:
            return [], stop
        parts = sum(tokens.capital[index] for index in range(at, stop))
        if parts < 2:
            return [sighting], stop
        if tokens.lower[at - 1] in self.words.professions:
            sighting = replace(sighting, sure=True, rule="people.profession-before-name", confidence=0.9)
        elif self._starts_item(at) and tokens.words[stop] in {",", END, ":", "("}:
            sighting = replace(sighting, listed=True)
        behind = self._apposition(self._behind(sighting))
        if behind.parts:
            return [replace(behind, sure=True, rule="people.title-after-name", confidence=0.93)], behind.end
        return [sighting], stop
