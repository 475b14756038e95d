"""One verb or noun that tells of an encounter, read: kind, mode, status, the two sides, when and where."""

from __future__ import annotations

from typing import Literal

from kg.extract.encounters.dates import When
from kg.extract.encounters.grammar import Frame
from kg.extract.encounters.party import Party
from kg.model import Kind, Mode, Span, Status
from kg.values import dataclass

__all__ = ["Sighting"]


@dataclass(frozen=True, slots=True)
class Sighting:
    """A verb or noun that tells of an encounter.

    `home` is its subject, and `anaphor` the word that stands for it ("they"); `others` are those met. `several`: with
    each of them apart; `guest`: those met are on an official visit; `also`: the text says that it is another encounter
    than the one before; `again`: with those of whom the text has told; `turned`: home and others have changed places,
    so that `others` are the subject; `passive`: the verb is one that makes `others` its subject ("was received by");
    `last`: `when` is the last day of a trip ("concluded a visit on Friday"); `chaired`: it tells who led what may have
    been told ("The session was co-chaired by X and Y").
    """

    sentence: Span
    span: Span
    frame: Frame | Literal["noun"]
    kind: Kind
    mode: Mode | None
    status: Status
    home: Party
    others: tuple[Party, ...]
    anaphor: str = ""
    when: When | None = None
    places: tuple[str, ...] = ()
    several: bool = False
    guest: bool = False
    also: bool = False
    turned: bool = False
    passive: bool = False
    again: bool = False
    last: bool = False
    chaired: bool = False

    @property
    def other(self) -> Party:
        """Those met, together; `others` has them encounter by encounter where the text does so."""
        met = Party()
        for party in self.others:
            met |= party
        return met

    @property
    def party(self) -> Party:
        """Everybody."""
        return self.home | self.other
