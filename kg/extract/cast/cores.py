"""The core of a title, read token by token: what stands before it, its modifiers and its head."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from kg.extract.cast.known import Hit
from kg.extract.cast.titles import Head, Words
from kg.extract.cast.tokens import Tokens
from kg.model import Tenure
from kg.values import dataclass

__all__ = ["LONGEST", "SMALL_HEADS", "Cores", "State", "in_capitals"]

SMALL_HEADS = frozenset({"minister", "ministers", "secretary", "secretaries", "envoy", "envoys"})
"""Heads whose field may stand before them in small letters too: "the German interior minister"."""
_DISTRICTS = frozenset({"region", "district"})
LONGEST = 14
"""How many tokens a core or a field has at most."""


def in_capitals(tokens: Tokens, at: int) -> bool:
    """Tell whether the token has capitals alone, three at least: the letters of a body, or a surname."""
    word = tokens.words[at]
    return len(word) > 2 and word.isalpha() and word.isupper()


@dataclass
class State:
    """How far a title has been read: the next token, the words taken, and what was learned on the way."""

    at: int
    title: list[str]
    owner: Hit | None = None
    tenure: Tenure = "current"


@dataclass(frozen=True)
class Cores:
    """Reads cores in one text. `owners` are the countries, places and bodies by their first token."""

    tokens: Tokens
    words: Words
    owners: Mapping[int, Hit]
    made: list[Hit]
    """Bodies that nobody listed, as they are found: "CEO of Ewe Shipping"."""
    body_heads: frozenset[str] = frozenset()
    """Nouns that make a name one of a body: "council"."""

    def _prefix(self, at: int) -> State:
        """Read what stands before the core: "former U.S.", "Acting", "Kenya's newly elected"."""
        tokens, words = self.tokens, self.words
        state = State(at, [])
        while True:
            low = tokens.lower[state.at]
            hit = self.owners.get(state.at)
            head = words.head(tokens, state.at)
            if head and not (head.written and hit and hit.body and words.begins_title(tokens, hit.stop)):
                return state
            if low in words.acting:
                state.tenure = "acting"
                state.title.append(tokens.words[state.at])
                state.at += 1
            elif low in words.former or (low in words.skip and state.at > at):
                state.tenure = "former" if low in words.former else state.tenure
                state.at += 1
                state.at += tokens.words[state.at] == "-"
            elif hit and hit.stop > hit.first and self._may_own(hit, state.owner):
                self._own(state, hit)
            else:
                return state

    def _may_own(self, hit: Hit, owner: Hit | None) -> bool:
        """Tell whether the name before a title is what the office is of: not one that ended the sentence before."""
        if hit.place and self.tokens.words[hit.stop - 1].endswith(".") and self.tokens.capital[hit.stop]:
            return False
        return owner is None or (hit.body is not None and (owner.body is None or owner.stop == hit.first))

    def _own(self, state: State, hit: Hit) -> None:
        state.owner = hit
        state.at = self._past_acronym(hit)
        if self.tokens.lower[state.at] in {"'s", "'"}:
            state.at += 1
        elif self._shares_state(hit):
            state.at -= 1

    def _shares_state(self, hit: Hit) -> bool:
        """Tell whether the last word of a federal state's name is of the title too: "New York *State* Senator"."""
        named = hit.place is not None and hit.place.type == "state" and hit.stop > hit.first + 1
        head = self.words.head(self.tokens, hit.stop) if named else None
        return self.tokens.lower[hit.stop - 1] == "state" and head is not None and head.kind == "parliament"

    def _past_acronym(self, owner: Hit) -> int:
        """Return where the name ends with its abbreviation or a district: "Reef Council (RC)", "RC Region 6"."""
        words, at = self.tokens.words, owner.stop
        lettered = words[at].isupper() or not self.tokens.capital[at]  # "armasuisse"
        short = self.owners.get(at) if owner.body and lettered else None
        if short and short.body and short.stop == at + 1 and not self.tokens.capital[short.stop]:
            return short.stop
        if owner.body and self.tokens.lower[at] in _DISTRICTS and words[at + 1].isdigit():
            return at + 2
        return at + 3 if words[at] == "(" and words[at + 2] == ")" and words[at + 1].isupper() else at

    def _core(self, state: State) -> Head | None:
        """Read modifiers and head; leave the state at the end of the head, or return None."""
        tokens = self.tokens
        at, best, stop = state.at, None, state.at
        title: list[str] = []
        kept: list[str] = []
        while at - state.at < LONGEST:
            head = self.words.head(tokens, at)
            if head and self._is_head(at, head, title):
                if best and not self._leads_on(best):
                    break
                at += len(head.words)
                title += self._spell(at - len(head.words), head)
                best, stop, kept = head, at, list(title)
                continue
            step = self._modifier(state, at, title, best is not None)
            if not step:
                break
            at += step
        if best is None:
            return None
        state.title += kept
        state.at = stop
        return best

    def _is_head(self, at: int, head: Head, title: list[str]) -> bool:
        """Tell whether the words are a head here: "Assistant" is one only where "to" follows."""
        if head.words == ("assistant",):
            return self.tokens.lower[at + 1] == "to"
        unsure, before = self.words.unsure
        if head.words[0] in unsure and len(head.words) == 1 and not title and self.tokens.capital[at]:
            after = self.tokens.lower[at + 1]
            return after in before or self._names(at + 1) or self._follows_body(at)
        if title and " ".join(head.words) in self.words.plain and self._ends_field(title[-1].lower()):
            return False
        if head.plural and not title and " ".join(head.words) in self.words.verbs_too and self._follows_name(at):
            return False
        if head.words == ("justice",) and not title:
            fielded = self.tokens.lower[at - 1] == "and" and self._ends_field(self.tokens.lower[at - 2])
            return self.tokens.starts_sentence(at) or not (self.tokens.capital[at - 1] or fielded)
        if head.words == ("justice",):
            return title[-1].lower() in self.words.judging
        if head.words in {("leader",), ("leaders",)}:
            if title:
                return title[-1].lower() in self.words.leading
            after = self.tokens.lower[at + 1]
            return self.tokens.capital[at] and self.tokens.capital[at + 1] and after not in self.words.no_name
        return True

    def _follows_name(self, at: int) -> bool:
        """Tell whether a person's name seems to end before the token: "Under Secretary Ewe | Chairs Meeting"."""
        before = self.tokens.lower[at - 1]
        common = before in self.body_heads or before in self.words.modifiers or before in self.words.no_name
        return self.tokens.capital[at - 1] and not common and not self.words.is_field(before)

    def _ends_field(self, word: str) -> bool:
        """Tell whether the word is one of a field and none of rank, nor of a body that has such a head."""
        return self.words.is_field(word) and word not in self.words.modifiers and word not in self.body_heads

    def _names(self, at: int) -> bool:
        """Tell whether a person's name seems to begin at the token: a given name, or two words of no field."""
        tokens, words = self.tokens, self.words
        if tokens.lower[at] in words.given:
            return True
        return all(
            tokens.capital[index]
            and tokens.lower[index] not in words.no_name
            and not words.is_field(tokens.lower[index])
            for index in (at, at + 1)
        ) and not (words.head(tokens, at) or words.head(tokens, at + 1))

    def _follows_body(self, at: int) -> bool:
        return any((hit := self.owners.get(index)) and hit.stop == at for index in range(max(1, at - LONGEST), at))

    def _leads_on(self, head: Head) -> bool:
        """Tell whether a head may be the modifier of another: "Chief", "Assistant", "Director General"."""
        return all(word in self.words.modifiers for word in head.words)

    def _spell(self, at: int, head: Head) -> list[str]:
        tokens = self.tokens
        if head.written or head.plural or not tokens.capital[at] or tokens.words[at].isupper():
            return head.singular.split()
        return list(tokens.words[at : at + len(head.words)])

    def _modifier(self, state: State, at: int, title: list[str], after_head: bool) -> int:
        """Return how many tokens at *at* modify the head to come, adding them to *title*; 0 where none does."""
        tokens, words = self.tokens, self.words
        low = tokens.lower[at]
        hit = self.owners.get(at)
        if hit and hit.stop > at and low not in words.modifiers:
            if after_head:
                return 0
            if hit.place and tokens.words[hit.stop - 1].endswith("."):
                return 0
            if low not in words.portfolios and (hit.body or hit.is_area) and self._may_own(hit, state.owner):
                state.owner = hit
            elif hit.place or hit.country or hit.body:
                title.extend(tokens.words[at : hit.stop])
            return hit.stop - at
        fielded = tokens.capital[at] or at in self.small_fields
        if (low in words.modifiers or (fielded and words.is_field(low))) and self._same_case(at):
            title.append(tokens.words[at])
            return 1
        if (
            low in {"and", "&", ","}
            and title
            and not after_head
            and (self._goes_on(at) if low == "," else self._field_follows(at))
        ):
            title.append(tokens.words[at])
            return 1
        if low == "'s" and title and not after_head:
            title[-1] += tokens.words[at]
            return 1
        return 0

    @cached_property
    def small_fields(self) -> frozenset[int]:
        """The tokens with which the small field of an office begins: "the *trade and industry* minister"."""
        tokens = self.tokens
        found: list[int] = []
        for head in [at for at, low in enumerate(tokens.lower) if low in SMALL_HEADS and not tokens.capital[at]]:
            at = head - 1 - (tokens.lower[head - 1] in {"and", "&"})
            while not tokens.capital[at] and self.words.is_field(tokens.lower[at]):
                found.append(at)
                at -= 1 + (tokens.lower[at - 1] in {"and", "&"})
        return frozenset(found)

    def _same_case(self, at: int) -> bool:
        """Tell whether the modifier is written like what follows: "foreign minister", "deputy Prime Minister"."""
        tokens = self.tokens
        return (
            tokens.capital[at]
            or not tokens.capital[at + 1]
            or tokens.lower[at] in {"deputy", "vice", "assistant", "principal"}
        )

    def _field_follows(self, at: int) -> bool:
        """Tell whether more of the field stands behind the "and": "Health and Human Services Secretary"."""
        after = at + 1 + (self.tokens.lower[at + 1] in {"and", "&"})
        written = self.tokens.capital[after] and self.words.is_field(self.tokens.lower[after])
        return written or after in self.small_fields

    def _goes_on(self, at: int) -> bool:
        """Tell whether a field goes on after the "and" or the comma at *at*."""
        tokens = self.tokens
        after = self._skip_the(at + 1)
        if tokens.lower[at] == "," and tokens.lower[after] in {"and", "&"}:
            after = self._skip_the(after + 1)
        low = tokens.lower[after]
        if not tokens.capital[after]:
            return False
        if not (self.words.is_field(low) or low in self.words.modifiers or self._leads(after)):
            return False
        if tokens.lower[at] == "," and after == at + 1 and not self._lists(after):
            return False
        return not (self._part_starts(after) or self._begins_rank(after))

    def _begins_rank(self, at: int) -> bool:
        """Tell whether a rank and a name begin at the token: "the Commander of the Navy *Vice Admiral Ewe*"."""
        first = stop = at + (self.tokens.lower[at] == "vice")
        while self.tokens.lower[stop] in self.words.ranks:
            stop += 1
        ends = stop > first and self.tokens.lower[stop - 1] not in self.words.before_ranks
        return ends and self._may_be_name(stop)

    def _may_be_name(self, at: int) -> bool:
        """Tell whether a person's name may begin at the token: a capitalised word of no field and no title."""
        low = self.tokens.lower[at]
        known = self.words.is_field(low) or low in self.words.modifiers or low in self.body_heads
        return self.tokens.capital[at] and not known and self.words.head(self.tokens, at) is None

    def _lists(self, at: int) -> bool:
        """Tell whether the field after a comma is followed by another one: "Democracy, Human Rights, and Labor"."""
        while self.tokens.capital[at] and self.words.is_field(self.tokens.lower[at]):
            at += 1
        after = at + 1 + (self.tokens.lower[at + 1] in {"and", "&"})
        low = self.tokens.lower[after]
        more = self.words.is_field(low) or low in self.words.no_name or self._leads(after)
        return self.tokens.lower[at] in {",", "and", "&"} and more

    def _leads(self, at: int) -> bool:
        """Tell whether a word that nobody knows belongs to a field behind it: "*Peruvians* Abroad"."""
        tokens = self.tokens
        known = tokens.lower[at] in self.words.given
        return not known and tokens.capital[at + 1] and self.words.is_field(tokens.lower[at + 1])

    def _part_starts(self, at: int) -> bool:
        """Tell whether a title of its own begins at *at*, by its core alone."""
        state = State(at, [])
        return self._core(state) is not None

    def _skip_the(self, at: int) -> int:
        return at + 1 if self.tokens.lower[at] == "the" else at
