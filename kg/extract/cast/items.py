"""Organisations that stand in the items of a list beside a person: "- Coastal Trees Alliance: Ann Ewe"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.cast.bodywords import BodyWords
from kg.extract.cast.known import Hit
from kg.extract.cast.titles import Words
from kg.extract.cast.tokens import END, Tokens
from kg.lexicon import Body

__all__ = ["SEATS", "SMALL", "starts_item", "with_items"]

_MARKS = frozenset({"-", "•", "*", "–"})
SMALL = frozenset({"of", "the", "and", "&", "in", "to", "by", "at", "a"})
SEATS = frozenset({"city", "town", "county", "state", "village", "district", "commonwealth", "territory"})
"""Words before "of" and a place, whose name stays that of a place."""
_LONGEST = 30
_LONGEST_LINE = 14


def starts_item(tokens: Tokens, at: int) -> bool:
    """Tell whether an item of a list begins at the token: behind a mark or a number, or with the line."""
    before = tokens.words[at - 1]
    return before == END or before in _MARKS or (before == "." and tokens.words[at - 2].isdigit())


def with_items(text: str, tokens: Tokens, hits: Sequence[Hit], words: Words, bodies: BodyWords) -> tuple[Hit, ...]:
    """Return the names of the lexicon, less those within longer names of organisations in lists, and these.

    Names with the noun of a body of government are left to the grammar of bodies.
    """
    kept = list(hits)
    named = dict.fromkeys(_bodies_present(tokens, hits, words, bodies))
    for first, stop in dict.fromkeys((*_segments(tokens, words, bodies), *named)):
        inner = [hit for hit in kept if first <= hit.first < stop]
        exact = any(hit.first == first and hit.stop == stop for hit in inner)
        if exact or not ((first, stop) in named or (inner and _is_longer(tokens, inner, first, stop))):
            continue
        kept = [hit for hit in kept if hit not in inner]
        span = tokens.span(first, stop)
        name = " ".join(span.of(text).split())
        kept.append(Hit(span, first, stop, body=Body(name, governmental=False)))
    return tuple(sorted(kept, key=lambda hit: hit.span.start))


def _bodies_present(tokens: Tokens, hits: Sequence[Hit], words: Words, bodies: BodyWords) -> Iterator[tuple[int, int]]:
    """Yield the items of lists of those present that are bodies alone: "- Coastal Trees", "- Reef Club".

    They are if a third of the items is known or has a noun for a body, or one and no item can be a person's name.
    """
    if words.attended.isdisjoint(tokens.lower):
        return
    known = {hit.first for hit in hits if hit.body}
    for heading, items in _lists(tokens):
        if words.attended.isdisjoint(heading):
            continue
        sure = [it for it in items if it[0] in known or not bodies.single.isdisjoint(tokens.lower[it[0] : it[1]])]
        named = (item for item in items if _is_name(tokens, *item, words, bodies))
        names = [item for item in named if tokens.lower[item[0]] not in words.given]
        if len(items) > 1 and sure and (len(sure) * 3 >= len(items) or len(names) == len(items)):
            yield from names


def _lists(tokens: Tokens) -> Iterator[tuple[frozenset[str], list[tuple[int, int]]]]:
    """Yield the lists of the text: the words of the line above, and the items without what stands in brackets.

    Items have a mark, or are short lines without a full stop below a line that ends with a colon.
    """
    heading: frozenset[str] = frozenset()
    items: list[tuple[int, int]] = []
    listing = False
    at = 0
    while at + 1 < len(tokens):
        stop = tokens.words.index(END, at + 1)
        marked = tokens.words[at + 1] in _MARKS
        if marked or (listing and 1 < stop - at < _LONGEST_LINE and tokens.words[stop - 1] not in {".", ":"}):
            items.append(_bare(tokens, at + 1 + marked, stop))
            listing &= not marked
        else:
            if items:
                yield heading, items
            heading, items = frozenset(tokens.lower[at + 1 : stop]), []
            listing = tokens.words[stop - 1] == ":"
        at = stop
    if items:
        yield heading, items


def _bare(tokens: Tokens, first: int, stop: int) -> tuple[int, int]:
    """Return an item without its abbreviation: "Reefs Now (RN)", "Reefs Now – RN"."""
    for at in range(first + 1, stop):
        short = tokens.words[at] in {"–", "-", "—"} and at + 2 == stop and tokens.words[at + 1].isupper()
        if short or tokens.words[at] == "(":
            return first, at
    return first, stop


def _segments(tokens: Tokens, words: Words, bodies: BodyWords) -> Iterator[tuple[int, int]]:
    """Yield the stretches before a colon or behind the last comma of a list's items."""
    for mark, word in enumerate(tokens.words):
        if word not in _MARKS or tokens.words[mark - 1] != END or mark + 1 >= len(tokens):
            continue
        first = mark + 1
        line = tokens.words[first : first + _LONGEST]
        stop = first + line.index(END) if END in line else 0
        if not stop:
            continue
        if ":" in tokens.words[first:stop]:
            colon = tokens.words.index(":", first)
            if first + 1 < colon and 0 < stop - colon <= 6 and _is_name(tokens, first, colon, words, bodies):
                yield first, colon
        elif "," in tokens.words[first:stop]:
            comma = stop - 1 - tokens.words[first:stop][::-1].index(",")
            if comma + 2 < stop and _is_name(tokens, comma + 1, stop, words, bodies):
                yield comma + 1, stop


def _is_name(tokens: Tokens, first: int, stop: int, words: Words, bodies: BodyWords) -> bool:
    """Tell whether all words are those of a name, with no title among them and none of a body of government."""
    seat = tokens.lower[first] in SEATS and tokens.lower[first + 1] == "of"
    if first >= stop or not tokens.capital[first] or seat:
        return False
    return all(
        (
            tokens.capital[at]
            and not bodies.is_official(tokens, at)
            and (words.head(tokens, at) is None or words.is_field(tokens.lower[at]))
        )
        or tokens.lower[at] in SMALL
        or tokens.lower[at] in {"for", "on", "’", "'", "'s", "–", "-"}
        for at in range(first, stop)
    )


def _is_longer(tokens: Tokens, inner: Sequence[Hit], first: int, stop: int) -> bool:
    """Tell whether the stretch has words that the names known in it leave over."""
    known = {at for hit in inner for at in range(hit.first, max(hit.stop, hit.first + 1))}
    return any(tokens.lower[at] not in SMALL for at in range(first, stop) if at not in known)
