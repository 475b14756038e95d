"""Whom "he" and "she" mean."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from kg.extract.cast.absent import Absent
from kg.extract.cast.coref import Figure
from kg.extract.cast.tokens import Tokens
from kg.model import Span

__all__ = ["pronouns"]

Who = Figure | Absent

_OPENING = frozenset({"in", "during", "at", "on", "with", "meeting", "speaking", "over", "after", "following"})
_NEAR = 4
"""Within how many tokens of a person a possessive is the person's."""
_SUBORDINATE = frozenset({"as", "while", "when", "before", "after", "although", "if", "since"})


def pronouns(tokens: Tokens, sentences: Sequence[Span], marks: Iterable[tuple[int, Who]]) -> Iterator[tuple[Who, int]]:
    """Yield whom each "he" and "she" means, and its token: the first person before it, or one of a sentence before.

    *marks* tell at which tokens persons are meant otherwise. Whom a pronoun means is a man or a woman from then on.
    """
    asked = [index for index, low in enumerate(tokens.lower) if low in {"he", "his", "she"}]
    ordered = sorted(marks, key=lambda mark: mark[0])
    previous: list[Who] = []
    for sentence in sentences if asked else ():
        first, stop = tokens.index(sentence.start), tokens.index(sentence.end)
        here = [mark for mark in ordered if first <= mark[0] < stop]
        for index in asked[bisect_left(asked, first) : bisect_left(asked, stop)]:
            if tokens.lower[index] == "his":
                _note_owner(tokens, [mark for mark in here if mark[0] < index], index)
                continue
            met = _met(tokens, first, index)
            before = [who for at, who in here if at < index and not met <= at]
            after = [who for at, who in here if at > index]
            looks_ahead = tokens.lower[index - 1] in _SUBORDINATE
            meant = _fitting(tokens.lower[index] == "he", before or (after if looks_ahead else []) or previous)
            if meant is not None:
                here.append((index, meant))
                yield meant, index
        partners = _partners(tokens, first, stop)
        told = [who for _, who in sorted(here, key=lambda mark: (mark[0] in partners, mark[0]))]
        previous = told + [who for who in previous if all(who is not one for one in told)]


def _partners(tokens: Tokens, first: int, stop: int) -> range:
    """Return where those are named with whom the subject met, who comes before them: "With Y, | the Minister …"."""
    comma = next((at for at in range(first, stop) if tokens.lower[at] == ","), first)
    start = next((at for at in range(first, comma) if tokens.lower[at] == "with"), comma)
    return range(start if tokens.lower[first] in _OPENING else comma, comma)


def _note_owner(tokens: Tokens, before: Sequence[tuple[int, Who]], index: int) -> None:
    """Note that the only person so far is a man whose something is told of: "The President gave *his* thanks"."""
    alone = len({id(who) for _, who in before}) == 1
    at, who = before[-1] if alone else (0, None)
    if who is not None and who.male is None and index - at <= _NEAR and "him" not in tokens.lower[at:index]:
        who.male = True


def _met(tokens: Tokens, first: int, index: int) -> int:
    """Return from where persons are those with whom the pronoun's person met: "In a call with Y, she thanked …"."""
    lower = tokens.lower
    opens = lower[first] in _OPENING and lower[index - 1] == ","
    return next((at for at in range(first, index) if lower[at] == "with"), index) if opens else index


def _fitting(male: bool, candidates: Sequence[Who]) -> Who | None:
    """Return the first who may be a man or a woman, as asked, and remember which."""
    who = next((who for who in candidates if who.male in {None, male}), None)
    if who is not None:
        who.male = male
    return who
