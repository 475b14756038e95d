"""Bodies named together under one noun in the plural: "the Ministries of Ports, Fisheries and Foreign Affairs"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.cast.bodywords import body_words_of
from kg.extract.cast.known import Hit
from kg.extract.cast.titles import Words, words_of
from kg.extract.cast.tokens import END, Tokens
from kg.lexicon import Body, Lexicon
from kg.values import dataclass

__all__ = ["find_joint"]

_ANDS = frozenset({"and", "&"})
_LONGEST = 6
"""How many words a field has at most that the lexicon knows."""


def find_joint(tokens: Tokens, lexicon: Lexicon) -> Iterator[Hit]:
    """Yield the bodies whose fields follow a plural: those the lexicon knows, and others where all is of a field."""
    joint = body_words_of(lexicon).joint
    if joint.keys().isdisjoint(tokens.lower):
        return
    reader = _Fields(tokens, words_of(lexicon), lexicon)
    for at, low in enumerate(tokens.lower):
        if low in joint and tokens.capital[at] and tokens.lower[at + 1] == "of":
            yield from reader.bodies(joint[low], at + 2)


@dataclass(frozen=True)
class _Fields:
    """Reads the fields behind a plural in one text."""

    tokens: Tokens
    words: Words
    lexicon: Lexicon

    def bodies(self, noun: str, first: int) -> Iterator[Hit]:
        """Yield what a list of fields names; its first "and" joins the last one, which may have more of them."""
        tokens, last = self.tokens, False
        while tokens.capital[first := first + (tokens.lower[first] == "the")]:
            stop, body = self._known(noun, first) or self._other(noun, first, inner=last)
            if body is not None:
                yield Hit(tokens.span(first, stop), first, stop, body=body)
            first = stop
            while tokens.lower[first] in {",", *_ANDS}:
                last = last or tokens.lower[first] in _ANDS
                first += 1
            if first == stop:
                return

    def _known(self, noun: str, first: int) -> tuple[int, Body] | None:
        """Return the longest name that the lexicon knows, and its end: "of *Health and Human Services*"."""
        for stop in range(first + _LONGEST, first, -1):
            words = self.tokens.words[first:stop]
            listed = END in words or "," in words or not self.tokens.capital[stop - 1]
            if not listed and (body := self.lexicon.body(f"{noun} of {' '.join(words)}")) is not None:
                return stop, body
        return None

    def _other(self, noun: str, first: int, *, inner: bool) -> tuple[int, Body | None]:
        """Return where another name ends and the body, if all its words are of a field; where *inner*, it has "and"."""
        tokens, stop = self.tokens, first
        while (tokens.capital[stop] and tokens.words[stop] != END) or (inner and self._goes_on(stop)):
            stop += 1
        fielded = all(word in _ANDS or self.words.is_field(word) for word in tokens.lower[first:stop])
        return stop, Body(f"{noun} of {' '.join(tokens.words[first:stop])}") if fielded else None

    def _goes_on(self, at: int) -> bool:
        """Tell whether an "and" is within a field: "of Fisheries and *Power and Energy*"."""
        after = self.tokens.lower[at + 1]
        return self.tokens.lower[at] in _ANDS and self.tokens.capital[at + 1] and self.words.is_field(after)
