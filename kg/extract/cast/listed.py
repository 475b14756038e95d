"""The items of a list of persons, read part by part: "- Ann Ewe, Director of Public Works, Coastal Trees (CT)".

Such a line is a name, titles and a body between commas, with no sentence around them. So it shows where a title ends
and a body begins though no table knows either.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from kg.extract.cast.items import SEATS, SMALL, starts_item
from kg.extract.cast.known import Hit
from kg.extract.cast.posts import Part, Phrase
from kg.extract.cast.titles import Words
from kg.extract.cast.tokens import END, Tokens
from kg.values import dataclass

__all__ = ["Item", "ItemReader"]

_LONGEST = 48
_MARKS = frozenset({"(", ")", "&", "/", "-", "–", "'s", "'", '"', "“", "”", "!", ":"})
_INNER = SMALL | {"for", "on", "at", "with", "from", "against"}
_COMPANIES = frozenset({"inc", "llc", "ltd", "llp", "corp", "co"})
_TRADES = ("er", "or", "ist", "ian", "ant", "ee", "jr", "sr", "jr.", "sr.")
"""How the words for what people do end."""
_WHERE = frozenset({"at", "with", "from"})
_JOINING = frozenset({"and", "&", "for", "of", "at", "the", "with"})
_BEFORE_BODY = frozenset({"of", "at", "for", "with", "from"})

_FEWEST = 3
"""How many words a title has at least of which only the last is known: not "Reef Director", "Trip Advisor"."""
_OFFICIAL = frozenset({"body", "government"})
"""Kinds of offices that bear the name of a matter before them."""

Segment = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Item:
    """What stands behind a name in a list: its offices, and where they end."""

    parts: tuple[Part, ...]
    fields: tuple[tuple[int, int], ...]
    stop: int


@dataclass(frozen=True)
class ItemReader:
    """Reads items in one text.

    `read_title` reads a title phrase at a token, and adds to `made` the bodies that it finds by the title alone;
    `body` takes tokens as the name of a body, and adds it too.
    """

    tokens: Tokens
    words: Words
    hits: Mapping[int, Hit]
    made: list[Hit]
    read_title: Callable[[int], Phrase | None]
    body: Callable[[int, int, bool], Hit]

    def read(self, begin: int, end: int) -> Item | None:
        """Return the offices behind the name whose phrase is tokens *begin* to *end*; None where it is no such item."""
        if self.tokens.words[end] != "," or not starts_item(self.tokens, begin):
            return None
        segments = self._segments(end + 1)
        count = len(self.made)
        item = self._item(segments) if segments else None
        if item is None:
            del self.made[count:]
        return item

    def _segments(self, first: int) -> list[Segment]:
        """Return the stretches between the commas up to the end of the line; none where a sentence goes on."""
        found: list[Segment] = []
        at, depth = first, 0
        while self.tokens.words[at] != END:
            word = self.tokens.words[at]
            if at - first > _LONGEST or not self._may_stand(at):
                return []
            depth += (word == "(") - (word == ")")
            if word == "," and not depth:
                found.append((first, at))
                first = at + 1
            at += 1
        return self._joined([(start, stop) for start, stop in (*found, (first, at)) if start < stop])

    def _joined(self, segments: Sequence[Segment]) -> list[Segment]:
        """Leave out the "and" before the last of several, and the "Inc." behind a company."""
        joined: list[Segment] = []
        for first, stop in segments:
            if not joined or stop - first > 2 or self.tokens.lower[first].rstrip(".") not in _COMPANIES:
                joined.append((first + (self.tokens.lower[first] == "and"), stop))
        return joined

    def _may_stand(self, at: int) -> bool:
        word, low = self.tokens.words[at], self.tokens.lower[at]
        if word == ".":
            return self.tokens.words[at + 1] == END
        return self.tokens.capital[at] or low in _INNER or low in _MARKS or word == "," or word[0].isdigit()

    def _item(self, segments: Sequence[Segment]) -> Item | None:
        """Read titles as long as they come; what is left names the body."""
        parts: list[Part] = []
        fields: list[tuple[int, int]] = []
        titles: list[tuple[Phrase, Segment]] = []
        at, ended = 0, False
        while at < len(segments):
            first, stop = segments[at]
            phrase = self.read_title(first + (self.tokens.lower[first] == "the"))
            if phrase is None and (phrase := self._ended((first, stop))):
                ended = True
            if phrase is None or phrase.plural or phrase.parts[-1].head.kind == "local":
                break
            while phrase.stop > stop and at + 1 < len(segments):  # a field with commas of its own
                at += 1
                stop = segments[at][1]
            titles.append((phrase, (first, stop)))
            at += 1
        rest = segments[at:]
        if not titles and len(rest) == 1 and self._is_body(rest[0]):
            self._named(rest[0])
            return Item((), (), rest[0][1])
        if not titles or len(rest) > 2:
            return None
        owner = self._owner(rest) if rest else None
        if owner and owner.first >= rest[-1][0] > rest[0][0] and self._is_executive(titles[-1][0], owner):
            phrase, (first, _) = titles[-1]
            titles[-1] = phrase, (first, rest[0][1])  # "Vice President, Government Affairs, Reef Foods"
        for phrase, segment in titles:
            parts += self._parts(phrase, segment, owner)
            fields += phrase.fields
        if owner is None and not ended and all(phrase.stop >= self._bare_stop(segment) for phrase, segment in titles):
            return None  # nothing that the grammar of titles does not read as well
        return Item(tuple(parts), tuple(fields), titles[-1][1][1] if owner is None else segments[-1][1])

    def _ended(self, segment: Segment) -> Phrase | None:
        """Read a title of which only the last word is known: "Ann Ewe, American Reef Plan *Coordinator*"."""
        first, stop = segment[0], self._bare_stop(segment)
        begun = self.hits.get(first)
        if stop - first < _FEWEST or not all(self.tokens.capital[first:stop]) or (begun and begun.body):
            return None  # "Reef Club Director" is of the club
        phrase = self.read_title(stop - 1)
        if phrase is None or phrase.stop != stop or phrase.parts[0].head.kind not in _OFFICIAL:
            return None
        part = replace(phrase.parts[0], title=self._written(first, stop), bare=False)
        return replace(phrase, first=first, parts=(part,), fields=((first, stop),))

    def _is_body(self, segment: Segment) -> bool:
        """Tell whether what alone stands behind a name is a body's: "Ann Ewe, Reefs Now", not "Ann Ewe, Nurse"."""
        first, stop = segment[0], self._bare_stop(segment)
        word, last = self.tokens.words[first], self.tokens.lower[stop - 1]
        if stop - first < 2 and (len(word) < 4 or "-" in word or word[1:].islower()):
            return False  # "OH", "D-PA", "Denver"; not "HEART" or "ReefWatch"
        ends = {self.tokens.lower[first], last}
        if last in self.words.professions or last.endswith(_TRADES) or ends & (self.words.begins.keys() | SEATS):
            return False
        inner = [hit for at in range(first, stop) if (hit := self.hits.get(at)) and hit.stop > hit.first]
        if any(hit.body and hit.stop == stop and self.tokens.lower[hit.first - 1] in _JOINING for hit in inner):
            return False  # "Liaison for the Reef Club", "Pier School and Reef Club"
        if any(hit.body and hit.first == first for hit in inner) and inner[-1].stop == stop and inner[-1].place:
            return False  # "Reef Club Florida" is of the club
        return self.tokens.capital[first] and not any(hit.first == first and not hit.body for hit in inner)

    def _bare_stop(self, segment: Segment) -> int:
        """Return where the segment ends without a point and without what stands in brackets behind it."""
        first, stop = segment
        while stop > first and self.tokens.words[stop - 1] in {".", ")", ":"}:
            stop -= 1
            if self.tokens.words[stop] == ")" and "(" in self.tokens.words[first:stop]:
                stop = max(at for at in range(first, stop) if self.tokens.words[at] == "(")
        return stop

    def _owner(self, rest: Sequence[Segment]) -> Hit:
        """Return what the offices are of: of two names the one that is known."""
        known = next(filter(None, map(self._known, rest)), None)
        return known or self._named(rest[-1] if len(rest) > 1 and self._is_field(rest[0]) else rest[0])

    def _is_executive(self, phrase: Phrase, owner: Hit) -> bool:
        """Tell whether the title is that of one who leads a firm or an association, whose field may follow."""
        private = owner.body is not None and not owner.body.governmental
        return private and phrase.parts[-1].title.lower().split()[-1] in self.words.joined

    def _is_field(self, segment: Segment) -> bool:
        """Tell whether a segment goes on with the title: "Ann Ewe, President, *Global Procurement*, Reef Foods"."""
        words = self.tokens.lower[segment[0] : segment[1]]
        return all(self.words.is_field(word) or word in self.words.modifiers or word in _JOINING for word in words)

    def _named(self, segment: Segment) -> Hit:
        """Return what the segment names: as it is known, else a body, of government if the one it begins with is."""
        if hit := self._known(segment):
            return hit
        first = segment[0] + (self.tokens.lower[segment[0]] in {"the", "a"})
        begun = self.hits.get(first)
        governmental = begun is not None and begun.body is not None and begun.body.governmental
        return self.body(first, self._bare_stop(segment), governmental)

    def _known(self, segment: Segment) -> Hit | None:
        first = segment[0] + (self.tokens.lower[segment[0]] == "the")
        hit = self.hits.get(first)
        if hit and hit.country and hit.stop < self._bare_stop(segment):
            hit = self.hits.get(hit.stop)  # "U.S. Department of the Treasury"
        covers = hit is not None and hit.stop == self._bare_stop(segment)
        return hit if hit and covers and (hit.body or hit.is_area) and not hit.adjective else None

    def _parts(self, phrase: Phrase, segment: Segment, owner: Hit | None) -> list[Part]:
        """Return the offices of one title, of the body behind it or of the one that the title names itself."""
        stop, last = self._bare_stop(segment), phrase.parts[-1]
        guessed = self._take_back(last.owner)
        if owner is None:
            owner = self._own_body(phrase, guessed, stop)
        elif (guessed or phrase.stop < stop) and len(phrase.parts) == 1:
            return self._whole(phrase, stop, owner)
        if owner is None:
            return list(phrase.parts)
        return [
            replace(part, owner=owner) if part.owner is None or part.owner is guessed else part for part in phrase.parts
        ]

    def _whole(self, phrase: Phrase, stop: int, owner: Hit) -> list[Part]:
        """Return the title as it is written, and a second one behind "and" for itself."""
        part = phrase.parts[0]
        last = self.read_title(stop - 1) if self.tokens.lower[phrase.stop] in {"and", "&"} else None
        if last is None or last.stop != stop:
            short = " ".join(part.head.written)
            title = part.title if self._at_body(phrase, stop) else self._written(phrase.first, stop)
            title = title.replace(short, part.head.singular) if short else title
            return [replace(part, title=title, owner=owner, bare=False)]
        first = replace(part, owner=part.owner or owner)
        return [first, Part(self._written(phrase.stop + 1, stop), last.parts[0].head, owner)]

    def _at_body(self, phrase: Phrase, stop: int) -> bool:
        """Tell whether "at" follows the title, so that what comes then is where, no part of it."""
        return not _WHERE.isdisjoint(self.tokens.lower[phrase.first : stop])

    def _take_back(self, owner: Hit | None) -> Hit | None:
        """Return the body that a title was thought to be of, no longer taken for one; None where it is a known one."""
        if owner is None or not any(owner is hit for hit in self.made):
            return None
        self.made[:] = [hit for hit in self.made if hit is not owner]
        return owner

    def _own_body(self, phrase: Phrase, guessed: Hit | None, stop: int) -> Hit | None:
        """Return the body in the title itself, to the end of it: "President and Clerk of the *Harbour Law League*"."""
        last = phrase.parts[-1]
        if guessed:
            first = guessed.first
        elif last.owner is None and phrase.stop < stop and self.tokens.lower[phrase.stop] in _BEFORE_BODY:
            first = phrase.stop + 1
        elif last.owner is None and (whole := self._known((phrase.stop, stop))):
            return whole  # "President Harbour Law League"
        else:
            return None
        return self._named((first, stop))

    def _written(self, first: int, stop: int) -> str:
        words = " ".join(self.tokens.words[first:stop])
        return words.replace(" ,", ",").replace(" ’s", "’s").replace(" 's", "'s")
