"""Offices in the plural: "the Secretaries of the Treasury and Commerce", "the Foreign Ministers of Peru and Chile"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from kg.extract.cast.coref import Figure
from kg.extract.cast.owners import Owners
from kg.extract.cast.people import Office
from kg.lexicon import Country

__all__ = ["bearers"]


def bearers(office: Office, owners: Owners, figures: Sequence[Figure]) -> Iterator[tuple[str, str]]:
    """Yield title and owner's id of each single office that the plural names, as far as its holder on the day is known.

    Those whom the text names are left out: *figures* are the persons named.
    """
    part, day = office.phrase.parts[0], owners.scene.readout.issued
    if day is None:
        return
    if part.title.startswith("Secretary of ") and part.owner is None:
        yield from _secretaries(part.title.removeprefix("Secretary of "), owners, day)
    if part.head.kind in {"state", "government"}:
        title = part.head.singular if part.bare else part.title
        for country in _countries(office, owners):
            term = owners.scene.lexicon.holder(title, country.name, day)
            if term is not None and not any(figure.bears(term.person) for figure in figures):
                yield term.post, country.id


def _secretaries(fields: str, owners: Owners, day: date) -> Iterator[tuple[str, str]]:
    """Yield the offices at home in "of the Treasury and Commerce"."""
    home, lexicon = owners.home, owners.scene.lexicon
    if home is None:
        return
    for name in re.split(r", and |, | and | & ", fields):
        titles = (f"Secretary of {form}" for form in (name, f"the {name}"))
        term = next((term for title in titles if (term := lexicon.holder(title, home.name, day))), None)
        if term is not None:
            yield term.post, home.id


def _countries(office: Office, owners: Owners) -> list[Country]:
    """Return the countries, several, that the office is of; none where the names of its bearers follow."""
    tokens, hits = owners.tokens, {hit.first: hit for hit in owners.hits if hit.country and hit.stop > hit.first}
    first = office.phrase.first
    while first - 1 in hits or tokens.lower[first - 1] in {",", "and"}:
        first -= 1
    stop = office.phrase.stop + (tokens.lower[office.phrase.stop] == "of")
    while stop in hits or tokens.lower[stop] in {",", "and", "the"}:
        stop = hits[stop].stop if stop in hits else stop + 1
    named = tokens.words[stop - 1] == "," and tokens.capital[stop]  # "of Peru and Chile, Ann Ewe and Tom Oak, …"
    found = dict.fromkeys(hits[at].country for at in range(first, stop) if at in hits)
    countries = [country for country in found if country is not None]
    return countries if len(countries) > 1 and not named and tokens.lower[first - 1] == "the" else []
