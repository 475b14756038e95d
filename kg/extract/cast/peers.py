"""Counterparts: persons named by the country they are of and the office that they share with somebody named before."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kg.extract.cast.behind import Behind
from kg.extract.cast.known import Hit
from kg.extract.cast.posts import Part
from kg.extract.cast.seats import Sighting

__all__ = ["Peers"]

_COUNTERPARTS = frozenset({"counterpart", "counterparts"})
_COLLEAGUES = frozenset({"colleague", "colleagues"})
"""Words that mean counterparts behind the adjective of a country: "her Danish colleague"."""
_SHARED = frozenset(
    {"minister", "president", "advisor", "adviser", "premier", "chancellor", "speaker", "commissioner", "mayor"}
)
"""Heads of offices that counterparts hold under the same title."""
_FOR_OTHERS = frozenset({"spokesperson", "spokesman", "spokeswoman"})
"""Heads of offices whose holders open a release and meet nobody."""


@dataclass
class Peers(Behind):
    """Reads counterparts in one text."""

    titled: list[tuple[int, tuple[Part, ...]]] = field(default_factory=list)
    """The offices of the persons named so far, and where: a counterpart's are like one of them."""

    def _counterparts(self, at: int) -> list[Sighting]:
        """Read "her Peruvian counterpart Ann Ewe", "counterparts Ann Ewe (Peru) and Bo Oak": of like office."""
        tokens = self.tokens
        noun = at - 1 - (tokens.words[at - 1] == ",")
        if tokens.lower[noun] not in _COUNTERPARTS | _COLLEAGUES:
            return []
        owners = self._countries_before(noun)
        if tokens.lower[noun] in _COLLEAGUES and not owners:
            return []
        shared = self._shared_offices(noun)
        found: list[Sighting] = []
        start = self.names.honorifics(at)
        while (stop := self.names.end(start, sure=True)) > start + 1:
            owner = owners[min(len(found), len(owners) - 1)] if owners else None
            parts = tuple(replace(part, owner=owner, bare=False) for part in shared[len(found) :][:1] or shared[-1:])
            sighting = Sighting(start, stop, start, stop, parts, rule="people.counterpart", confidence=0.88)
            found.append(self._apposition(self._gendered(self._behind(sighting), start)))
            after = found[-1].end
            while tokens.lower[after] in {",", "and"}:
                after += 1
            if not tokens.lower[noun].endswith("s") or after == found[-1].end or self.titles.read(after):
                break
            start = self.names.honorifics(after)
        return found

    def _shared_offices(self, noun: int) -> list[Part]:
        """Return the office of whom the counterpart is one: named last in the sentence, else first in the text.

        There is none if nobody abroad has the like of it, as of a federal councillor's. Several are the counterparts of
        all who are named in the sentence, in their order.
        """
        here = [parts for at, parts in self.titled if not any(map(self.tokens.starts_sentence, range(at + 1, noun)))]
        met = (parts for _, parts in self.titled if parts[-1].head.words[-1] not in _FOR_OTHERS)
        offices = [_shared(parts) for parts in here or met]
        shared = [office for office in offices if office is not None]
        if here and self.tokens.lower[noun].endswith("s"):
            return shared
        return shared[-1:] if here else [office for office in offices[:1] if office is not None]

    def _countries_before(self, noun: int) -> list[Hit]:
        """Return the countries in "her French, German and Polish counterparts", in order."""
        found: list[Hit] = []
        at = noun
        while hit := next(
            (hit for first in range(at - 3, at) if (hit := self.hits.get(first)) and hit.stop == at), None
        ):
            if not hit.country:
                break
            found.insert(0, hit)
            at = hit.first
            while self.tokens.lower[at - 1] in {",", "and"}:
                at -= 1
        return found

    def _gendered(self, sighting: Sighting, at: int) -> Sighting:
        before = set(self.tokens.lower[min(at, sighting.begin) : sighting.first])
        male, female = bool(before & self.words.male), bool(before & self.words.female)
        return sighting if male == female else replace(sighting, male=male)


def _shared(parts: tuple[Part, ...]) -> Part | None:
    """Return the last office that a counterpart may share: of "Deputy Premier and Foreign Minister" the second."""
    return next((part for part in reversed(parts) if part.head.words[-1] in _SHARED), None)
