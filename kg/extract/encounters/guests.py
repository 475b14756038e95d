"""Whom a guest's release means by "the visiting ministers", and whose visit "during her visit to Ottawa" is."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.encounters.drafts import country_of
from kg.extract.encounters.ledger import Ledger
from kg.extract.encounters.party import Party
from kg.extract.encounters.sides import home_side, side_of
from kg.extract.encounters.sighting import Sighting

__all__ = ["of_guests", "with_guests"]


def with_guests(book: Ledger, sighting: Sighting) -> Sighting:
    """Put in who "the visiting ministers" are whom somebody else received: the other side of the main talks."""
    if not (sighting.again and sighting.status == "held" and book.main):
        return sighting
    home = home_side(book.scene)
    guests = tuple(one for one in book.main.party.people if side_of(book.scene, one) not in {None, home})
    return replace(sighting, others=(Party(guests),))


def of_guests(book: Ledger, sighting: Sighting) -> Sighting:
    """Give "during her visit to Ottawa" to the guests where Ottawa is the capital of the readout's own side."""
    home = home_side(book.scene)
    countries = {country_of(book.scene, place) for place in sighting.places}
    if sighting.frame != "noun" or countries != {home} or home is None:
        return sighting
    guests = Party(tuple(one for one in book.held[-1].party.people if side_of(book.scene, one) not in {None, home}))
    return replace(sighting, home=guests) if guests else sighting
