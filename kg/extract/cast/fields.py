"""What field an office is for: "of *Ports and Shipping*", "(Foreign Trade)", "for Nepal and the Maldives"."""

from __future__ import annotations

from kg.extract.cast.cores import LONGEST, SMALL_HEADS, Cores, State
from kg.extract.cast.known import Hit
from kg.extract.cast.tokens import END

__all__ = ["Fields"]

_LONGEST_LAST = 3
"""How many unknown words the last of a field's parts has at most: "*Net Zero*"."""


class Fields(Cores):
    """Reads fields; each reader returns whether it took something and moves the state behind it."""

    def _bracketed(self, state: State, fields: list[tuple[int, int]]) -> bool:
        """Read the field in brackets behind a title: "Additional Secretary (Foreign Trade) Ann Ewe"."""
        line = self.tokens.words[state.at : state.at + LONGEST]
        close = state.at + line.index(")") if ")" in line else 0
        ends = self.tokens.capital[close + 1] or self.tokens.words[close + 1] in {",", ".", "of", "in", "at", END}
        known = (self.owners.get(at) for at in range(state.at + 1, close))
        area = any(hit.stop == close and (hit.place or hit.country) for hit in known if hit is not None)
        named = all(word.istitle() for word in self.tokens.words[state.at + 1 : close])
        area = area and self.tokens.capital[state.at + 1] and not self.tokens.words[close - 1].isupper()
        led = named and self.tokens.lower[close + 1] in {"of", "in", "at"}  # "Secretary (East) of the Ministry"
        fielded = area or led or self._is_coded(state, close) or self.words.is_field(self.tokens.lower[close - 1])
        if not close or not ends or not fielded:
            return False
        first = state.at + 1
        state.title.append(f"({' '.join(self.tokens.words[first:close])})")
        fields.append((first, close))
        state.at = close + 1
        return True

    def _is_coded(self, state: State, close: int) -> bool:
        """Tell whether a secretary's field stands in the brackets by its letters: "Joint Secretary (ERS) Ann Ewe"."""
        code = self.tokens.words[close - 1]
        short = "".join(word[0] for word in state.title)
        alone = close == state.at + 2 and code.isupper() and state.at + 1 not in self.owners
        return alone and state.title[-1].lower() == "secretary" and code != short.upper()

    def _apposed(self, state: State) -> int:
        """Return where a body or a field between a comma and a styled name ends: "Secretary, *Reef Office* Ms. Ewe"."""
        at = self._skip_the(state.at + 1)
        hit = self.owners.get(at)
        stop = hit.stop if hit and hit.body and state.owner is None else at
        while stop - at < LONGEST and hit is None and self.tokens.capital[stop] and self._is_matter(stop):
            stop += 1
        if hit is None and stop > at and self.tokens.words[stop] == "(" and self.tokens.words[stop + 2] == ")":
            stop += 3  # "Bilateral Affairs (East)"
        styled = self.tokens.capital[stop] and self.tokens.lower[stop] in self.words.honorifics | self.words.ranks
        return stop if stop > at and styled else 0

    def _is_matter(self, at: int) -> bool:
        return self.words.is_field(self.tokens.lower[at]) and not self._part_starts(at)

    def _own_or_field(self, state: State, stop: int, fields: list[tuple[int, int]]) -> bool:
        """Take what stands apposed up to *stop* as the body that the office is of, or as its field."""
        at = self._skip_the(state.at + 1)
        if hit := self.owners.get(at):
            self._own(state, hit)
        else:
            state.title += self.tokens.words[state.at : stop]
            fields.append((at, stop))
            state.at = stop
        return True

    def _in_charge(self, state: State, fields: list[tuple[int, int]]) -> bool:
        """Read the field behind "in charge of", with which it is part of the title."""
        at, behind = state.at, len(state.title)
        state.at += 2
        if not self._field(state, self._skip_the(at + 3), fields):
            state.at = at
            return False
        state.title[behind:behind] = ["in", "charge"]
        return True

    def _field(self, state: State, at: int, fields: list[tuple[int, int]]) -> bool:
        if self.tokens.capital[state.at - 1] and not self.tokens.capital[at]:
            return False  # "thanked the Minister for cooperation"
        stop = self._field_end(state, at)
        if stop == at:
            return False
        preposition = self.tokens.lower[state.at]
        written = self.tokens.words[state.at : stop]
        state.title += [word for word in written if word != END]
        hit = self.owners.get(at)
        if not (hit and hit.stop == stop and self._is_named(hit, preposition)):
            fields.append((at, stop))
        state.at = stop
        return True

    def _field_end(self, state: State, at: int) -> int:
        """Return where the field that begins at *at* ends; the first capitalised word is always part of it."""
        tokens, words = self.tokens, self.words
        index = at
        capital = tokens.capital[at]
        while index - at < LONGEST:
            low = tokens.lower[index]
            hit = self.owners.get(index)
            if hit and hit.stop > index and (index == at or hit.country or hit.place):
                if index > at and self._begins_name(hit):
                    break
                index = hit.stop
            elif (tokens.capital[index] == capital or low in words.portfolios) and (
                words.is_field(low) or low in words.modifiers
            ):
                if index > at and (self._begins_rank(index) or (self._part_starts(index) and not capital)):
                    break
                index += 1
            elif index == at and capital and low not in words.no_name and self._is_unknown_field(at):
                index += 1
            elif low in {"and", "&", ","} and index > at and self._goes_on(index):
                index = self._skip_the(index + 1 + (tokens.lower[index + 1] in {"and", "&"}))
                known = self.owners.get(index)
                index = max(index + 1, known.stop if known else 0)
            elif low in {"and", "&", "or"} and index > at and capital and (stop := self._up_to_name(index)):
                return stop
            elif index > at and not capital and self._small_goes_on(index):
                index += 2
            elif low in {",", "and", "&"} and self._lists_country(at, index):
                index = self._skip_the(index + 1 + (tokens.lower[index + 1] in {"and", "&"}))
            elif low == "with" and index > at and tokens.capital[index + 1] and words.is_field(tokens.lower[index + 1]):
                index += 2
            elif low in {"'s", "'"} and index > at and words.is_field(tokens.lower[index + 1]):
                index += 1
            else:
                break
        return index

    def _up_to_name(self, joint: int) -> int:
        """Return where the name begins behind the last part of a field: "for Trade and *Mercantile Fleets* Ann Ewe".

        No name follows an "and" in the midst of a title, so what stands between them is of the field, known or not. The
        name begins with a given name or a style, or is the two words that are left behind a word that no name has.
        0 where there is no such part or no name.
        """
        tokens, first = self.tokens, self._skip_the(joint + 1 + (self.tokens.lower[joint + 1] in {"and", "&"}))
        known = self.owners.get(first)
        place = known is not None and known.stop > first and not (known.body or known.adjective)
        stop = known.stop if known and place else first
        while stop - first < _LONGEST_LAST and self._is_nameless(stop):
            stop += 1
        given = tokens.capital[stop + 1] and tokens.lower[stop] in self.words.given
        styled = tokens.capital[stop] and tokens.lower[stop] in self.words.honorifics
        if stop > first and (given or styled or self._begins_rank(stop)):
            return stop
        begun = known.stop if known and place else first + (tokens.lower[first] in self.words.no_name)
        return begun if begun > first and stop == begun + 2 else 0

    def _is_nameless(self, at: int) -> bool:
        """Tell whether the token is a capitalised word that begins no name, no title and no place."""
        low, words = self.tokens.lower[at], self.words
        known = low in words.given or low in words.honorifics or low in words.ranks or at in self.owners
        return self.tokens.capital[at] and not known and words.head(self.tokens, at) is None

    def _goes_on_small(self, at: int) -> bool:
        """Tell whether a field in small letters goes on behind "and": "the minister for trade and *industry*"."""
        plain = not self.tokens.capital[at] and not self._part_starts(at)
        return plain and self.words.is_field(self.tokens.lower[at]) and self.tokens.lower[at + 1] not in SMALL_HEADS

    def _small_goes_on(self, at: int) -> bool:
        """Tell whether more of a field in small letters stands behind the "and" or the comma at *at*."""
        low = self.tokens.lower[at]
        return (low == "and" and self._goes_on_small(at + 1)) or (low == "," and self._lists_small(at + 1))

    def _lists_small(self, at: int) -> bool:
        """Tell whether a list of small fields goes on behind a comma: "of investment, *trade and industry*"."""
        stop = at
        while not self.tokens.capital[stop] and self.words.is_field(self.tokens.lower[stop]):
            stop += 1
        return stop > at and self._small_goes_on(stop)

    def _begins_name(self, hit: Hit) -> bool:
        """Tell whether the place is a name here: "for Political Affairs *Victoria* Ewe", "of Labor *Austin*"."""
        entry = hit.country or hit.place
        low, after = self.tokens.lower[hit.first], self.tokens.lower[hit.stop]
        if hit.stop > hit.first + 1:
            return False
        if not self.tokens.capital[hit.stop]:
            return low in self.words.surnames and self.tokens.capital[hit.first - 1]
        common = low in self.words.given or (entry is not None and entry.ambiguous)
        return common and not self.words.is_field(after)

    def _is_named(self, hit: Hit, preposition: str) -> bool:
        """Tell whether a field is a place or a body in its own right: "to Mexico", "for the Bureau of Ports"."""
        if hit.body is not None:
            return preposition == "to" or bool(
                {self.tokens.lower[hit.first], self.tokens.lower[hit.stop - 1]} & self.body_heads
            )
        return hit.country is not None and preposition in {"to", "for"}

    def _lists_country(self, at: int, index: int) -> bool:
        """Tell whether one more country follows in "for Nepal, Sri Lanka and the Maldives", "to Fiji and Tonga"."""
        if self.tokens.lower[at - 1] not in {"for", "to", "the"}:
            return False
        after = self._skip_the(index + 1 + (self.tokens.lower[index + 1] in {"and", "&"}))
        hit = self.owners.get(after)
        known = any((last := self.owners.get(before)) and last.stop == index for before in range(at, index))
        return known and hit is not None and hit.country is not None and hit.stop > after and not hit.adjective

    def _is_unknown_field(self, at: int) -> bool:
        """Tell whether an unknown capitalised word after "of" or "for" is a field: no name, nor a title before one."""
        titled = self.words.head(self.tokens, at) is not None and self._may_be_name(at + 1)
        return self.tokens.lower[at] not in self.words.given and not titled
