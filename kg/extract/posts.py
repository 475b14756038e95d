"""Title phrases: "Qatari Deputy Prime Minister and Minister of State for Defence", read token by token.

    phrase     := part ("and" part)*
    part       := (acting | former | owner | skipped)* core complement*
    core       := modifier* head
    complement := "of" owner | "of|for|on|to" field | "to the" title | "at" body
    owner      := country | adjective | state | city | body, with or without "'s"

Nothing is decided here about who bears the title.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kg.extract.known import Hit
from kg.extract.titles import Head, Words
from kg.extract.tokens import END, Tokens
from kg.lexicon import Body
from kg.model import Tenure

__all__ = ["Part", "Phrase", "Titles"]

_SMALL = frozenset({"of", "for", "the", "to", "and", "on", "at", "in", "&"})
_LEADERS = frozenset(
    [
        "majority",
        "minority",
        "house",
        "senate",
        "opposition",
        "democratic",
        "republican",
        "assembly",
        "supreme",
        "floor",
    ]
)
_LONGEST = 14
"""How many tokens a core or a field has at most."""


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


@dataclass
class _State:
    """How far a part has been read."""

    at: int
    title: list[str]
    owner: Hit | None = None
    tenure: Tenure = "current"


@dataclass(frozen=True)
class Titles:
    """Reads title phrases in one text. `owners` are the countries, places and bodies by their first token."""

    tokens: Tokens
    words: Words
    owners: Mapping[int, Hit]
    made: list[Hit]
    """Bodies that nobody listed, as they are found: "CEO of Ewe Shipping"."""
    body_heads: frozenset[str] = frozenset()
    """Nouns that make a name one of a body: "council"."""

    def read(self, at: int) -> Phrase | None:
        """Read the longest title phrase that begins at token *at*."""
        fields: list[tuple[int, int]] = []
        found = self._part(at, fields)
        if found is None:
            return None
        part, stop = found
        parts = [part]
        definite = self.tokens.lower[at - 1] in {"the", "both", "two", "his", "her", "their", "our"}
        while self.tokens.lower[stop] in {"and", "&"}:
            more = self._part(self._skip_the(stop + 1), fields)
            if more is None or (definite and parts[-1].bare and not self._joins(parts[-1], more[0])):
                break
            if more[0].head.plural != parts[-1].head.plural:
                break
            if self._joins(parts[-1], more[0]):
                parts[-1] = replace(
                    parts[-1], title=f"{parts[-1].title} and {more[0].title}", owner=parts[-1].owner or more[0].owner
                )
            else:
                parts.append(more[0])
            stop = more[1]
        return Phrase(at, stop, _shared(parts), self.tokens.capital[at], definite, tuple(fields))

    def _skip_the(self, at: int) -> int:
        return at + 1 if self.tokens.lower[at] == "the" else at

    def _joins(self, first: Part, second: Part) -> bool:
        heads, more = self.words.joined
        return first.title.lower() in heads and second.title.lower() in more

    def _part(self, at: int, fields: list[tuple[int, int]]) -> tuple[Part, int] | None:
        state = self._prefix(at)
        head = self._core(state)
        if head is None:
            return None
        end_of_core = state.at
        while self._complement(state, head, fields):
            pass
        bare = state.at == end_of_core and state.owner is None
        title, tenure = self._finish(state, head)
        return Part(title, head, state.owner, tenure, bare), state.at

    def _prefix(self, at: int) -> _State:
        """Read what stands before the core: "former U.S.", "Acting", "Kenya's newly elected"."""
        tokens, words = self.tokens, self.words
        state = _State(at, [])
        while True:
            low = tokens.lower[state.at]
            hit = self.owners.get(state.at)
            if self.words.head(tokens, state.at):
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
        return owner is None or (hit.body is not None and owner.body is None)

    def _own(self, state: _State, hit: Hit) -> None:
        state.owner = hit
        state.at = hit.stop
        if self.tokens.lower[state.at] in {"'s", "'"}:
            state.at += 1

    def _core(self, state: _State) -> Head | None:
        """Read modifiers and head; leave the state at the end of the head, or return None."""
        tokens = self.tokens
        at, best, stop = state.at, None, state.at
        title: list[str] = []
        kept: list[str] = []
        while at - state.at < _LONGEST:
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
        if head.words == ("justice",) and not title:
            return not self.tokens.capital[at - 1] or self.tokens.starts_sentence(at)
        if head.words == ("justice",):
            return title[-1].lower() in {"chief", "associate", "supreme", "court", "lord", "senior"}
        if head.words in {("leader",), ("leaders",)}:
            if title:
                return title[-1].lower() in _LEADERS
            after = self.tokens.lower[at + 1]
            return self.tokens.capital[at] and self.tokens.capital[at + 1] and after not in self.words.no_name
        return True

    def _leads_on(self, head: Head) -> bool:
        """Tell whether a head may be the modifier of another: "Chief", "Assistant", "Director General"."""
        return all(word in self.words.modifiers for word in head.words)

    def _spell(self, at: int, head: Head) -> list[str]:
        tokens = self.tokens
        if head.written or head.plural or not tokens.capital[at]:
            return head.singular.split()
        return list(tokens.words[at : at + len(head.words)])

    def _modifier(self, state: _State, at: int, title: list[str], after_head: bool) -> int:
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
        if (low in words.modifiers or (tokens.capital[at] and words.is_field(low))) and self._same_case(at):
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

    def _same_case(self, at: int) -> bool:
        """Tell whether the modifier is written like what follows: "foreign minister", "deputy Prime Minister"."""
        tokens = self.tokens
        return (
            tokens.capital[at]
            or not tokens.capital[at + 1]
            or tokens.lower[at] in {"deputy", "vice", "assistant", "principal"}
        )

    def _field_follows(self, at: int) -> bool:
        """Tell whether more of the field stands between the "and" at the token and the head: "Health and Human Services Secretary"."""
        after = at + 1 + (self.tokens.lower[at + 1] in {"and", "&"})
        return self.tokens.capital[after] and self.words.is_field(self.tokens.lower[after])

    def _goes_on(self, at: int) -> bool:
        """Tell whether a field goes on after the "and" or the comma at *at*."""
        tokens = self.tokens
        after = at + 1
        if tokens.lower[at] == "," and tokens.lower[after] in {"and", "&"}:
            after += 1
        low = tokens.lower[after]
        if not tokens.capital[after]:
            return False
        if not self.words.is_field(low) and low not in self.words.modifiers:
            if low in self.words.given or not (
                tokens.capital[after + 1] and self.words.is_field(tokens.lower[after + 1])
            ):
                return False
        if tokens.lower[at] == "," and after == at + 1 and not self._lists(after):
            return False
        return not self._part_starts(after)

    def _lists(self, at: int) -> bool:
        """Tell whether the field after a comma is followed by another one: "Democracy, Human Rights, and Labor"."""
        while self.tokens.capital[at] and self.words.is_field(self.tokens.lower[at]):
            at += 1
        return self.tokens.lower[at] in {",", "and", "&"} and self.words.is_field(
            self.tokens.lower[at + 1 + (self.tokens.lower[at + 1] in {"and", "&"})]
        )

    def _part_starts(self, at: int) -> bool:
        """Tell whether a title of its own begins at *at*, by its core alone."""
        state = _State(at, [])
        return self._core(state) is not None

    def _complement(self, state: _State, head: Head, fields: list[tuple[int, int]]) -> bool:
        tokens = self.tokens
        low = tokens.lower[state.at]
        hit = self.owners.get(state.at)
        if (
            hit
            and hit.body
            and hit.country is None
            and hit.stop > hit.first
            and state.owner is None
            and self._names_after(hit.stop)
        ):
            self._own(state, hit)  # "Deputy Commander INDOPACOM General Ewe"
            return True
        if low not in {"of", "for", "to", "on", "at", "in", "against", "with"} or tokens.words[state.at] == END:
            return False
        at = self._skip_the(state.at + 1)
        if low in {"of", "at", "in"} and (head.kind == "parliament" or not self._is_portfolio(at, low)):
            if self._owner_after(state, at, low) or head.kind != "parliament":
                return state.at > at
        if (
            low in {"of", "at"}
            and head.kind == "private"
            and state.owner is None
            and tokens.capital[at]
            and not self.words.is_field(tokens.lower[at])
        ):
            return self._company(state, at)
        if low in {"at", "in", "with"} or (
            low == "on" and (head.plural or head.kind in {"parliament", "local", "state"})
        ):
            return False
        owner = self.owners.get(at)
        if owner and owner.stop > at and (owner.body or owner.country) and self._part_starts(owner.stop):
            return False  # "Chief of Staff for European Commission President Ewe"
        if low == "to" and self._part_starts(at):
            return self._superior(state, at)
        return self._field(state, at, fields)

    def _names_after(self, at: int) -> bool:
        low = self.tokens.lower[at]
        return self.tokens.capital[at] and (
            low in self.words.ranks or low in self.words.honorifics or low in self.words.given
        )

    def _company(self, state: _State, at: int) -> bool:
        """Read "of Ewe Shipping" after a title that only companies have."""
        stop = at
        while self.tokens.capital[stop] or self.tokens.words[stop] == "&":
            if stop > at and self.tokens.lower[stop] in self.words.given:
                break
            stop += 1
        span = self.tokens.span(at, stop)
        name = " ".join(self.tokens.words[at:stop])
        state.owner, state.at = Hit(span, at, stop, body=Body(name, governmental=False)), stop
        self.made.append(state.owner)
        return True

    def _is_portfolio(self, at: int, preposition: str) -> bool:
        hit = self.owners.get(at)
        if preposition != "of":
            return False
        if hit is None or hit.stop == at:
            return True
        words = self.tokens.lower[at : hit.stop]
        if hit.country is not None or (hit.body is not None and {words[0], words[-1]} & self.body_heads):
            return False
        return all(self.words.is_field(word) or word in self.words.modifiers for word in words)

    def _owner_after(self, state: _State, at: int, preposition: str) -> bool:
        hit = self.owners.get(at)
        if hit is None or hit.stop == at:
            return False
        inner = self.owners.get(hit.stop + (self.tokens.lower[hit.stop] in {"'s", "'"}))
        if hit.is_area and inner and inner.body and inner.stop > inner.first:
            hit = inner
        if preposition != "of" and hit.body is None:
            return False
        if state.owner is not None and (state.owner.body is not None or not hit.is_area):
            if preposition == "of" and state.owner.body is None and hit.body is not None:
                self._own(state, hit)
                return True
            return False
        if state.owner is not None and preposition == "of" and hit.is_area:
            return False
        state.owner = hit
        state.at = hit.stop
        return True

    def _superior(self, state: _State, at: int) -> bool:
        """Read "to the President": the office that this one serves is part of the title."""
        inner = _State(at, [])
        head = self._core(inner)
        if head is None:
            return False
        state.title += [self.tokens.words[index] for index in range(state.at, inner.at)]
        state.at = inner.at
        return True

    def _field(self, state: _State, at: int, fields: list[tuple[int, int]]) -> bool:
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

    def _begins_name(self, hit: Hit) -> bool:
        """Tell whether the place is a given name here: "for Political Affairs Victoria Ewe"."""
        entry = hit.country or hit.place
        low = self.tokens.lower[hit.first]
        common = low in self.words.given or (entry is not None and entry.ambiguous)
        after = self.tokens.lower[hit.stop]
        return hit.stop == hit.first + 1 and common and self.tokens.capital[hit.stop] and not self.words.is_field(after)

    def _is_named(self, hit: Hit, preposition: str) -> bool:
        """Tell whether a field is a place or a body in its own right: "to Mexico", "for the Bureau of Ports"."""
        if hit.body is not None:
            return preposition == "to" or bool(
                {self.tokens.lower[hit.first], self.tokens.lower[hit.stop - 1]} & self.body_heads
            )
        return hit.country is not None and preposition in {"to", "for"}

    def _field_end(self, state: _State, at: int) -> int:
        """Return where the field that begins at *at* ends; the first capitalised word is always part of it."""
        tokens, words = self.tokens, self.words
        index = at
        capital = tokens.capital[at]
        while index - at < _LONGEST:
            low = tokens.lower[index]
            hit = self.owners.get(index)
            if hit and hit.stop > index and (index == at or hit.country or hit.place):
                if index > at and self._begins_name(hit):
                    break
                index = hit.stop
            elif (tokens.capital[index] == capital or low in words.portfolios) and (
                words.is_field(low) or low in words.modifiers
            ):
                if index > at and self._part_starts(index) and not capital:
                    break
                index += 1
            elif index == at and capital and low not in words.no_name and self._is_unknown_field(at):
                index += 1
            elif low in {"and", "&", ","} and index > at and self._goes_on(index):
                index += 1 + (tokens.lower[index + 1] in {"and", "&"})
                known = self.owners.get(index)
                index = max(index + 1, known.stop if known else 0)
            elif low == "with" and index > at and tokens.capital[index + 1] and words.is_field(tokens.lower[index + 1]):
                index += 2
            elif low == "'s" and index > at and words.is_field(tokens.lower[index + 1]):
                index += 1
            else:
                break
        return index

    def _is_unknown_field(self, at: int) -> bool:
        """Tell whether an unknown capitalised word after "of" or "for" is a field: not where it begins a name."""
        return self.tokens.lower[at] not in self.words.given

    def _finish(self, state: _State, head: Head) -> tuple[str, Tenure]:
        title = _spelled(state.title)
        tenure = state.tenure
        low = title.lower()
        for ending in self.words.elect:
            if low.endswith(ending) or f"{ending} " in low:
                tenure = "elect"
        return title, tenure


def _shared(parts: list[Part]) -> tuple[Part, ...]:
    """Give the country that is said once to all offices of the phrase."""
    last = parts[-1].owner
    known = parts[0].owner
    shared: list[Part] = []
    for part in parts:
        if part.owner is None and known is not None and (known.is_area or part is not parts[0]) and known.is_area:
            part = replace(part, owner=known)
        elif part.owner is None and last is not None and last.is_area:
            part = replace(part, owner=last)
        known = part.owner or known
        shared.append(part)
    return tuple(shared)


def _spelled(words: list[str]) -> str:
    """Join the words of a title; those in lower case get capitals, save the small ones."""
    text = " ".join(
        word if word.lower() in _SMALL or not word[0].islower() else word[0].upper() + word[1:] for word in words
    )
    return text.replace(" ,", ",").replace(" ’s", "’s").replace(" 's", "'s").strip(" ,")
