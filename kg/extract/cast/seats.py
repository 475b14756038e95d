"""A person named in the text, and what stands right behind the name: "of Norway", "(Wisconsin)", ", Harbour City"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field, replace

from kg.extract.cast.items import SEATS, starts_item
from kg.extract.cast.known import Hit
from kg.extract.cast.names import RETIRED
from kg.extract.cast.posts import Part, Phrase
from kg.extract.cast.titles import Words
from kg.extract.cast.tokens import END, Tokens
from kg.lexicon import PlaceName
from kg.model import Span
from kg.values import dataclass

__all__ = ["Office", "Seats", "Sighting"]

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


def _with_field(sighting: Sighting, field: str, end: int) -> Sighting:
    """Return the person with the last office being for the field."""
    last = sighting.parts[-1]
    last = replace(last, title=f"{last.title} for {field}", bare=False)
    return replace(sighting, parts=(*sighting.parts[:-1], last), end=end)


@dataclass(frozen=True, slots=True)
class Office:
    """A title phrase without a name: "the Prime Minister"."""

    phrase: Phrase


@dataclass
class Seats:
    """Reads in one text what offices are of by the words behind names. `states` are by postal abbreviation."""

    tokens: Tokens
    words: Words
    hits: Mapping[int, Hit]
    states: Mapping[str, Hit]
    text: str
    codes: list[Hit] = field(init=False, default_factory=list)
    """Federal states in brackets behind names, and towns that no table lists, as they are found."""

    def _behind(self, sighting: Sighting) -> Sighting:
        """Read what stands right behind a name: "of Norway", "(Wisconsin)", "(D-NY)"."""
        tokens, stop = self.tokens, self._past_letters(sighting.stop)
        if stop > sighting.stop:
            sighting = replace(sighting, end=stop)
        if tokens.words[stop] == "(" and ")" in tokens.words[stop : stop + 8]:
            close = tokens.words.index(")", stop)
            if owner := self._bracket(stop + 1, close) or self._town_and_state(stop + 1, close):
                return replace(sighting, owner=owner, end=close + 1)
            if sighting.parts and self._is_field_alone(stop + 1, close):
                return _with_field(sighting, " ".join(tokens.words[stop + 1 : close]), close + 1)
        if owner := self._seat(sighting, stop):
            return replace(sighting, owner=owner, end=owner.stop)
        if tokens.lower[stop] == "for" and sighting.phrase and sighting.phrase.plural:
            side = self.hits.get(stop + 1 + (tokens.lower[stop + 1] == "the"))
            if side and (side.country or side.body) and side.stop > side.first and not tokens.capital[side.stop]:
                return replace(sighting, owner=side, end=side.stop)  # "negotiators Ann Ewe for Peru and Bo Oak for …"
        if tokens.lower[stop] == "from" and (home := self.hits.get(stop + 1)) and self._is_seat_of(home, sighting):
            return replace(sighting, owner=home, end=home.stop)
        if body := self._sent_by(sighting, stop):
            return replace(sighting, owner=body, end=body.stop)
        if tokens.lower[stop] == "of" and sighting.parts:
            at = stop + 1 + (tokens.lower[stop + 1] == "the")
            hit = self.hits.get(at)
            if hit and hit.adjective and (inner := self.hits.get(hit.stop)) and inner.body:
                hit = inner
            if hit and hit.stop > hit.first and not hit.adjective:
                return replace(sighting, owner=hit, end=hit.stop)
            if hit is None and self._is_local(sighting) and (stop := self._capitals(at)) > at:
                return replace(sighting, owner=self._town(at, stop), end=stop)
        return sighting

    def _sent_by(self, sighting: Sighting, at: int) -> Hit | None:
        """Return the body that sends somebody with a bare title: "Director Ann Ewe, from the Department of Ports"."""
        at += self.tokens.words[at] == ","
        body = self.hits.get(at + 1 + (self.tokens.lower[at + 1] == "the"))
        bare = bool(sighting.parts) and not any(part.owner for part in sighting.parts)
        return (
            body if bare and self.tokens.lower[at] == "from" and body and body.body and body.stop > body.first else None
        )

    def _past_letters(self, at: int) -> int:
        """Return where the orders and degrees behind a name end, and what tells of an officer retired: "(Retd) RSP"."""
        tokens, first = self.tokens, at
        while True:
            if tokens.lower[at] in self.words.behind and (tokens.capital[at] or at > first):
                at += 1
            elif tokens.words[at] == "(" and tokens.lower[at + 1] in RETIRED and ")" in tokens.words[at : at + 5]:
                at = tokens.words.index(")", at) + 1
            else:
                return at

    def _is_field_alone(self, first: int, stop: int) -> bool:
        """Tell whether all words are of what an office is for: "Secretaries Ann Ewe (*Ports and Shipping*) and …"."""
        words = self.tokens.lower[first:stop]
        return self.tokens.capital[first] and all(self.words.is_field(low) or low in {"and", "&"} for low in words)

    def _is_local(self, sighting: Sighting) -> bool:
        return any(part.owner is None and part.head.kind == "local" for part in sighting.parts)

    def _capitals(self, first: int) -> int:
        """Return where the words with capitals that begin at the token end, three at most."""
        stop = first
        while self.tokens.capital[stop] and stop - first < 3:
            stop += 1
        return stop

    def _is_seat_of(self, hit: Hit, sighting: Sighting) -> bool:
        """Tell whether a local office or a seat in a parliament is of the place: "Mayor Ann Ewe from Oakton"."""
        unowned = [part for part in sighting.parts if part.owner is None and part.head.kind in {"local", "parliament"}]
        return bool(unowned) and hit.is_area and hit.country is None and hit.stop > hit.first and not hit.adjective

    def _seat(self, sighting: Sighting, stop: int) -> Hit | None:
        """Return the place behind an official's name in a list: "Mayor Ann Ewe, Harbour City", "Minister Elm, Peru"."""
        tokens = self.tokens
        if tokens.words[stop] != "," or not self._starts_item(sighting.begin):
            return None
        at = stop + 1 + (tokens.lower[stop + 1] == "the")
        if tokens.lower[at] in SEATS and tokens.lower[at + 1] == "of":
            at += 2  # "Mayor Ann Ewe, City of Oakton"
        if self._is_local(sighting):
            return self._place_at(at)
        unowned = [part for part in sighting.parts if part.owner is None]
        hit = self.hits.get(at)
        named = hit is not None and (hit.country or hit.body) and not hit.adjective
        alone = named and hit is not None and tokens.words[hit.stop] == END
        return hit if alone and any(part.head.public for part in unowned) else None

    def _place_at(self, at: int) -> Hit | None:
        """Return the city, county or state that stands at the token."""
        hit = self.hits.get(at) or self._unknown_seat(at)
        if hit is None or hit.place is None or not hit.is_area or hit.adjective or self.tokens.capital[hit.stop]:
            return None
        return hit

    def _unknown_seat(self, first: int) -> Hit | None:
        """Return the place that no table lists before a state's name: "Mayor Ann Ewe, Oakton, Ohio"."""
        stop = self._capitals(first)
        state = self.hits.get(stop + 1)
        named = state is not None and state.place is not None and state.place.type == "state"
        if stop == first or self.tokens.words[stop] != "," or not named:
            return None
        return self._town(first, stop)

    def _town(self, first: int, stop: int) -> Hit:
        """Take tokens as the name of a town that no table lists."""
        span = self.tokens.span(first, stop)
        self.codes.append(Hit(span, first, stop, place=PlaceName(span.of(self.text))))
        return self.codes[-1]

    def _town_and_state(self, first: int, close: int) -> Hit | None:
        """Return the town before a comma and its state: "Mayor Ann Ewe (*Oakton*, OH)"."""
        stop = self._capitals(first)
        state = self._bracket(stop + 1, close) if stop > first and self.tokens.words[stop] == "," else None
        if state is None or state.place is None or state.place.type != "state":
            return None
        town = self.hits.get(first)
        return town if town and town.stop == stop and town.is_area else self._town(first, stop)

    def _bracket(self, first: int, close: int) -> Hit | None:
        hit = self.hits.get(first)
        if hit and hit.stop == close and (hit.is_area or hit.place):
            return hit
        found = _PARTY.match("".join(self.tokens.words[first:close]))
        code = found and (found["party"] or found["code"])
        state = self.states.get(code.upper()) if code else None
        if state is None or code is None:
            return None
        start = self.text.index(code, self.tokens.starts[first])
        state = replace(state, span=Span(start, start + len(code)), first=first, stop=first)
        self.codes.append(state)
        return state

    def _starts_item(self, at: int) -> bool:
        return starts_item(self.tokens, at - (self.tokens.words[at - 1] == "The"))  # "The Hon Ann Ewe"
