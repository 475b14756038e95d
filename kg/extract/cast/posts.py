"""Title phrases: "Qatari Deputy Prime Minister and Minister of State for Defence", read token by token.

    phrase     := part (("and" | "–" | ",") part)*
    part       := (acting | former | owner | skipped)* core complement*
    core       := modifier* head
    complement := "of" owner | "of|for|on|to" field | "to the" title | "at" body
    owner      := country | adjective | state | city | body, with or without "'s"

Nothing is decided here about who bears the title.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property

from kg.extract.cast.complements import Complements
from kg.extract.cast.cores import State
from kg.extract.cast.known import Hit
from kg.extract.cast.titles import Head
from kg.model import Tenure
from kg.values import dataclass

__all__ = ["Part", "Phrase", "Titles"]

_DEFINITE = frozenset({"the", "both", "two", "his", "her", "their", "our", "its"})
_JOINTS = frozenset({"and", "&", "/", "–", "—", "-"})
"""What joins the offices of one person: "Deputy Premier – Minister of Ports"."""
_REACH = 16
"""Within how many tokens of its beginning the first head of a phrase begins."""
_SMALL = frozenset({"of", "or", "for", "the", "to", "and", "on", "at", "in", "&", "with"})


@dataclass(frozen=True, slots=True)
class Part:
    """One office of a phrase: its title as written, what it is of where that is said, and how it is held."""

    title: str
    head: Head
    owner: Hit | None = None
    tenure: Tenure = "current"
    bare: bool = False
    """Nothing but the core is said."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """The offices named by tokens `first` to `stop`. `fields` are token ranges within, which name no place or body."""

    first: int
    stop: int
    parts: tuple[Part, ...]
    capital: bool
    definite: bool
    fields: tuple[tuple[int, int], ...] = ()

    @property
    def plural(self) -> bool:
        """Whether several bearers follow."""
        return any(part.head.plural for part in self.parts)


class Titles(Complements):
    """Reads title phrases in one text."""

    @cached_property
    def _before_heads(self) -> frozenset[int]:
        """The tokens within reach of which a head begins."""
        begins = self.words.begins
        heads = [at for at, low in enumerate(self.tokens.lower) if low in begins]
        return frozenset([near for at in heads for near in range(at - _REACH + 1, at + 1)])

    def read(self, at: int) -> Phrase | None:
        """Read the longest title phrase that begins at token *at*."""
        if at not in self._before_heads:
            return None
        fields: list[tuple[int, int]] = []
        found = self._part(at, fields)
        if found is None:
            return None
        part, stop = found
        parts = [part]
        before = at - 1
        while self.tokens.lower[before] in self.words.skip and self.tokens.lower[before] not in _DEFINITE:
            before -= 1  # "the new Prime Minister"
        definite = self.tokens.lower[before] in _DEFINITE
        while self.tokens.lower[stop] in _JOINTS or self._lists_offices(parts[-1], stop):
            joint = ", " if self.tokens.words[stop] == "," else " and "
            more = self._part(self._skip_the(stop + 1), fields)
            if more is None or self._is_two(parts[-1], more, definite=definite):
                break
            if more[0].head.plural != parts[-1].head.plural:
                break
            if self._joins(parts[-1], more[0]):
                title = f"{parts[-1].title}{joint}{more[0].title}"
                parts[-1] = replace(parts[-1], title=title, owner=parts[-1].owner or more[0].owner)
            else:
                parts.append(more[0])
            stop = more[1]
        return Phrase(at, stop, _shared(parts), self.tokens.capital[at], definite, tuple(fields))

    def _is_two(self, first: Part, second: tuple[Part, int], *, definite: bool) -> bool:
        """Tell whether "the Secretary and Foreign Minister" are two persons, not the one whose name follows."""
        if not (definite and first.bare) or self._joins(first, second[0]):
            return False
        if first.title.lower().startswith("deputy ") and second[0].owner and self.tokens.capital[second[1]]:
            return False  # "the Deputy Prime Minister and Foreign Minister of Peru Ann Ewe"
        stop = second[1]
        while self.tokens.lower[stop] == "and" and (more := self._part(self._skip_the(stop + 1), [])):
            stop = more[1]
        at = self._skip_the(stop + 1)
        named = self.tokens.lower[at] in self.words.honorifics or self._names(at)
        return not (self.tokens.words[stop] == "," and named)

    def _lists_offices(self, first: Part, comma: int) -> bool:
        """Tell whether a comma stands between offices of one person.

        They are those of a firm up to an "and" ("Chairman, President and CEO"), or a comma and the name follow ("the
        Premier, Minister for Ports and Minister for Reefs, Ann Ewe").
        """
        comes = self.tokens.words[comma] == "," and self.tokens.capital[comma + 1] and not first.head.plural
        second = self._part(comma + 1, []) if comes else None
        if second is None or second[0].head.plural:
            return False
        part, stop = second
        more = self._part(stop + 1, []) if self.tokens.lower[stop] in {"and", "&"} else None
        if self._joins(first, part):
            return " and " in part.title or (more is not None and self._joins(part, more[0]))
        return more is not None and self._is_before_name(more[1])

    def _is_before_name(self, comma: int) -> bool:
        """Tell whether the comma stands before a name that its given name or a style shows."""
        low = self.tokens.lower[comma + 1]
        return self.tokens.words[comma] == "," and (low in self.words.honorifics or low in self.words.given)

    def _joins(self, first: Part, second: Part) -> bool:
        one = first.owner is None or second.owner is None  # not "President of Peru and Chair of the African Union"
        titles = re.split(", | and ", f"{first.title} and {second.title}".lower())
        return one and all(title in self.words.joined for title in titles)

    def _part(self, at: int, fields: list[tuple[int, int]]) -> tuple[Part, int] | None:
        state = self._prefix(at)
        head = self._core(state)
        if head is None:
            return None
        end_of_core = state.at
        while self._interim(state) or self._complement(state, head, fields):
            pass
        bare = state.at == end_of_core and state.owner is None
        title, tenure = self._finish(state, head)
        return Part(title, head, state.owner, tenure, bare), state.at

    def _interim(self, state: State) -> bool:
        """Read the words behind a title that tell of acting: "Chargé d'Affaires *a.i.*"."""
        length = next((length for length in (1, 2) if self._ahead(state, length) in self.words.interim), 0)
        state.tenure = "acting" if length else state.tenure
        state.at += length
        return length > 0

    def _ahead(self, state: State, length: int) -> tuple[str, ...]:
        return self.tokens.lower[state.at : state.at + length]

    def _finish(self, state: State, head: Head) -> tuple[str, Tenure]:
        title = _spelled(state.title)
        tenure = state.tenure
        low = f"{title.lower().replace(' ', '-')}-"
        for ending in self.words.elect:
            if f"{ending}-" in low:
                tenure = "elect"
        return title, tenure


def _shared(parts: list[Part]) -> tuple[Part, ...]:
    """Give the country, or the private body, that is said once to all offices of the phrase."""
    last = parts[-1].owner
    known = parts[0].owner
    shared: list[Part] = []
    for part in parts:
        if part.owner is None and known is not None and (known.is_area or _is_of_many(part, known)):
            part = replace(part, owner=known)
        elif part.owner is None and last is not None and (last.is_area or _runs(part, last)):
            part = replace(part, owner=last)
        known = part.owner or known
        shared.append(part)
    return tuple(shared)


def _is_of_many(part: Part, owner: Hit) -> bool:
    """Tell whether the office may be one of the body of many countries: "EU Vice-President and *Reef Commissioner*"."""
    body = owner.body
    return body is not None and body.governmental and body.country is None and part.head.kind == "body"


def _runs(part: Part, owner: Hit) -> bool:
    """Tell whether the office may be one of the private body: "*Chair* and President of the Harbour League"."""
    private = owner.body is not None and not owner.body.governmental
    return private and part.bare and (part.head.kind in {"private", "body"} or part.title.endswith("President"))


def _spelled(words: list[str]) -> str:
    """Join the words of a title; those in lower case get capitals, save the small ones."""
    text = " ".join(
        word if word.lower() in _SMALL or not word[:2].islower() else word[0].upper() + word[1:] for word in words
    )
    return (
        text.replace(" ,", ",")
        .replace(" / ", "/")
        .replace("( ", "(")
        .replace(" )", ")")
        .replace(" ’", "’")
        .replace(" '", "'")
        .strip(" ,")
    )
