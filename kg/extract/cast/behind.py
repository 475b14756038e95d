"""What is read behind a person's name: titles, the body that they are of, more names."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.extract.cast.known import Hit
from kg.extract.cast.listed import ItemReader
from kg.extract.cast.names import Names
from kg.extract.cast.posts import Part, Phrase, Titles
from kg.extract.cast.seats import Seats, Sighting
from kg.extract.cast.tokens import END
from kg.lexicon import Body

__all__ = ["Behind"]

_LEADS = frozenset({"be", "and", "designated", "who", "the", "a", "an", "is", "also", "serves", "as", "our"})
"""Words between a name and the title behind it: "Ann Ewe, who is also the Mayor"."""
_COMPLEMENTS = frozenset(
    {"of", "for", "in", "at", "from", "with", "on", "as", "who", "whose", "responsible", "designate", "elect", "based"}
)
"""Words that go on with a title behind a name; any other begins what its holder does."""


@dataclass
class Behind(Seats):
    """Reads behind names in one text."""

    body_heads: frozenset[str] = frozenset()
    pairs: frozenset[int] = frozenset()
    """Tokens at which names of countries begin that a hyphen joins to another."""

    def __post_init__(self) -> None:
        self.names = Names(self.tokens, self.words, self.hits, self.pairs)
        self.bodies: list[Hit] = []
        """Bodies that nobody listed, as they are found."""
        self.fields: list[tuple[int, int]] = []
        """Fields of titles behind names, as token ranges."""
        self.declined: set[int] = set()
        """Where "the" stands before titles behind a name that are another person's."""
        self.titles = Titles(self.tokens, self.words, self.hits, self.bodies, self.body_heads)
        self.items = ItemReader(self.tokens, self.words, self.hits, self.bodies, self.titles.read, self._body)

    def _further(self, phrase: Phrase, at: int) -> list[Sighting]:
        """Read the other names after a title in the plural: "Secretaries Oak, Elm, and Ash"."""
        found: list[Sighting] = []
        while True:
            start = at
            while self.tokens.lower[start] in {",", "and", "&"}:
                start += 1
            if start == at:
                return found
            ranked = self.tokens.lower[start] in self.words.ranks and phrase.parts[0].head.kind != "armed"
            start = self.names.honorifics(start)
            if ranked or self.titles.read(start) is not None:
                return found  # "Senators Ewe and Oak, and Admiral Elm"
            stop = self.names.end(start, sure=True)
            if stop == start:
                return found
            found.append(self._sighting(phrase, start, start, stop))
            at = found[-1].end

    def _apposition(self, sighting: Sighting) -> Sighting:
        """Read a title behind a name: "Ann Ewe, Minister of Ports and Leader of the House"."""
        tokens, fronted = self.tokens, self._is_fronted_by_comma(sighting)
        if not fronted and (item := self.items.read(sighting.begin, sighting.end)):
            self.fields += item.fields
            rule = sighting.rule or "people.title-after-name"
            return replace(sighting, parts=(*sighting.parts, *item.parts), end=item.stop, rule=rule)
        parts: tuple[Part, ...] = sighting.parts
        end = sighting.end
        while self._leads_behind(sighting, end):
            at = end + (tokens.lower[end] != "the" and not tokens.capital[end])
            while tokens.lower[at] in _LEADS:
                at += 1
            phrase = self.titles.read(at)
            led = frozenset(tokens.lower[end + 1 : at])
            if "who" in led and (charge := self._charge(at)):
                part, end = charge
                parts += (part,)
                continue
            if phrase is not None and tokens.lower[phrase.stop] == "'s":
                phrase = self._owned_by(phrase)
            if phrase is None or phrase.plural or self._is_description(phrase):
                break
            another = self._names_another(phrase, led, sighting.begin, titled=bool(parts)) or (
                fronted and self._fronts(phrase)
            )
            if another and not self._alternates(sighting, end, phrase):
                self.declined.add(phrase.first - 1)
                break
            self.fields += phrase.fields
            owner, end = self._owner_behind(phrase, listed=self._is_listed(sighting, end)) or (None, phrase.stop)
            parts += tuple(replace(part, owner=part.owner or owner) for part in phrase.parts)
            end += tokens.words[end] == ")"
        if end == sighting.end:
            return sighting
        return replace(sighting, parts=parts, end=end, rule=sighting.rule or "people.title-after-name")

    def _is_fronted_by_comma(self, sighting: Sighting) -> bool:
        """Tell whether a comma parts the title from the name, as it does for each person in a list of such."""
        return sighting.phrase is not None and self.tokens.words[sighting.phrase.stop] == ","

    def _fronts(self, phrase: Phrase) -> bool:
        """Tell whether a comma and a full name follow: "the Mayor, Ann Ewe, *Minister of Ports*, Tom Oak"."""
        start = self.names.honorifics(phrase.stop + 1)
        named = self.tokens.words[phrase.stop] == "," and self.titles.read(start) is None
        return named and self.names.end(start, sure=start > phrase.stop + 1) > start + 1

    def _is_listed(self, sighting: Sighting, mark: int) -> bool:
        """Tell whether but a title and a body follow: in an item of a list, or as in "Ann Ewe (CEO, Reefs)"."""
        return self._starts_item(sighting.begin) or self.tokens.words[mark] == "("

    def _leads_behind(self, sighting: Sighting, end: int) -> bool:
        """Tell whether a title may stand behind the token at which the name, or a title behind it, ends."""
        tokens = self.tokens
        return (
            tokens.words[end] in {",", "(", "–", "—", "-", "|"}
            or (tokens.lower[end] == "as" and tokens.lower[end + 1] != "the")
            or self._is_header(sighting, end)
            or self._is_said(end)
            or self._runs_on(end)
        )

    def _owned_by(self, owner: Phrase) -> Phrase | None:
        """Read the title behind another one that owns it: "the UN Secretary-General's *Envoy for Peru*"."""
        phrase, of = self.titles.read(owner.stop + 1), owner.parts[-1].owner
        return phrase and replace(phrase, parts=tuple(replace(part, owner=part.owner or of) for part in phrase.parts))

    def _is_description(self, phrase: Phrase) -> bool:
        """Tell whether the words are no title but say of what sort somebody is: "the head of the largest port"."""
        part, low = phrase.parts[0], self.tokens.lower
        sort = low[phrase.stop] == "of" and low[phrase.stop + 1] in {"the", "a", "an"}
        plain = part.bare and not phrase.capital and part.head.kind == "body"
        return plain and sort and not self.tokens.capital[phrase.stop + 2]

    def _charge(self, at: int) -> tuple[Part, int] | None:
        """Read the office that a verb tells of, and where it ends: "who *heads the Department of Ports*"."""
        head = self.words.charges.get(self.tokens.lower[at])
        body = self.hits.get(at + 1 + (self.tokens.lower[at + 1] == "the"))
        if head is None or body is None or body.body is None or body.stop == body.first:
            return None
        return Part(head.singular, head, body), body.stop

    def _alternates(self, sighting: Sighting, mark: int, phrase: Phrase) -> bool:
        """Tell whether names and titles take turns in a list: "Ann Ewe – Envoy of Peru Tom Oak – Envoy of Chile"."""
        if sighting.parts or not (self._starts_item(sighting.begin) or self.tokens.words[mark] in {"–", "—"}):
            return False
        start = self.names.honorifics(phrase.stop)
        head = self.words.head(self.tokens, start)
        start = self.names.honorifics(start + len(head.words)) if head else start
        stop = self.names.end(start, sure=True)
        if stop == start or self.tokens.words[mark] not in {",", "–", "—", "-"}:
            return False
        return self.tokens.words[stop] == self.tokens.words[mark] and self.titles.read(stop + 1) is not None

    def _is_said(self, end: int) -> bool:
        """Tell whether the sentence says what the person is: "Ann Ewe is the Minister", "will be Acting Minister"."""
        tokens = self.tokens
        at = end + 1 + (tokens.lower[end : end + 2] == ("will", "be"))
        at += tokens.lower[at] == "the"
        return (
            (tokens.lower[end] == "is" or at > end + 1) and tokens.lower[end] in {"is", "will"} and tokens.capital[at]
        )

    def _runs_on(self, end: int) -> bool:
        """Tell whether a title follows without a comma: "including Ann Ewe the Clerk of the Harbour Board, …"."""
        if self.tokens.lower[end] != "the" or not self.tokens.capital[end + 1]:
            return False
        phrase = self.titles.read(end + 1)
        if phrase is None or phrase.parts[0].owner is None:
            return False
        return self.tokens.words[phrase.stop] in {",", ".", ")"}

    def _is_header(self, sighting: Sighting, end: int) -> bool:
        """Tell whether the name is a line of its own and a title the next one, as at the head of a release."""
        apart = self.tokens.words[end] == END
        if not self._starts_item(sighting.begin) or end + 1 >= len(self.tokens):
            return False
        lettered = self.tokens.lower[end - 1] in self.words.behind  # "The Hon Ann Ewe MP Minister for Ports"
        phrase = self.titles.read(end + apart) if apart or self.tokens.capital[end] else None
        return phrase is not None and (lettered or self.tokens.words[phrase.stop] == END)

    def _names_another(self, phrase: Phrase, led: frozenset[str], begin: int, *, titled: bool) -> bool:
        """Tell whether the title is another person's: "and the Mayor, Ms. Oak", "With Ms. Oak, the Mayor opened".

        Args:
            phrase: the title behind a name.
            led: the small words before it.
            begin: where what is said of the name before begins.
            titled: the name before has a title already.
        """
        tokens = self.tokens
        opened = tokens.lower[begin - 1] == "with" and tokens.starts_sentence(begin - 1)
        if "the" in led and (phrase.parts[0].bare or opened):
            following = tokens.lower[phrase.stop]
            if following in {"and", "to"}:
                return titled
            if following.isalpha() and not tokens.capital[phrase.stop] and following not in _COMPLEMENTS:
                return True
        owned = "'s" in tokens.lower[phrase.first : phrase.stop]  # "and Peru's Minister, Tom Oak"
        at = phrase.stop + ((bool(led) or owned) and tokens.words[phrase.stop] == ",")
        start = self.names.honorifics(at)
        head = self.words.head(tokens, start)
        if head:
            start = self.names.honorifics(start + len(head.words))
        if start > at or at == phrase.stop:
            return self.names.end(start, sure=True) > start
        definite = "the" in led or owned
        another = (definite and ("and" in led or titled)) or ("and" in led and titled)
        return another and self.names.end(at, sure=False) > at + 1

    def _owner_behind(self, phrase: Phrase, *, listed: bool) -> tuple[Hit, int] | None:
        """Read the body after a title and a comma, in a list: "Ann Ewe, Director, Port Authority"."""
        if self.tokens.words[phrase.stop] not in {",", "-", "–", "—", "@"} or phrase.parts[-1].owner:
            return None
        at = phrase.stop + 1 + (self.tokens.lower[phrase.stop + 1] == "the")
        hit = self.hits.get(at)
        if hit and hit.body and hit.stop > at and self.titles.read(at) is None:
            return hit, hit.stop
        if phrase.parts[-1].head.kind == "local" and (seat := self._place_at(at)):
            return seat, seat.stop
        if not listed or not self.tokens.capital[at] or self.titles.read(at) is not None:
            return None
        stop = at
        while self.tokens.words[stop] not in {",", ";", ":", "(", ")", END} and not (
            self.tokens.words[stop] == "." and self.tokens.words[stop + 1] == END
        ):
            stop += 1
        return self._body(at, stop), stop

    def _sighting(self, phrase: Phrase | None, begin: int, start: int, stop: int) -> Sighting:
        parts = phrase.parts if phrase else ()
        sighting = Sighting(
            start, stop, begin, stop, parts, phrase=phrase, rule="people.title-before-name", confidence=0.97
        )
        return self._behind(sighting)

    def _body(self, first: int, stop: int, governmental: bool = False) -> Hit:
        """Take tokens as the name of a body that nobody listed."""
        span = self.tokens.span(first, stop)
        hit = Hit(span, first, stop, body=Body(" ".join(span.of(self.text).split()), governmental=governmental))
        self.bodies.append(hit)
        return hit
