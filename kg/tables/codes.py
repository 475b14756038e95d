"""Codes of countries: ISO 3166-1, and the Correlates of War's list of states (version 2016)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.lexicon import default_lexicon, slug

__all__ = ["Codes", "codes_of"]

_TABLE = Path(__file__).parent / "countries.tsv"


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of a country, as far as it has them. `cow` is its number as of today's state (Germany 255)."""

    iso2: str | None = None
    iso3: str | None = None
    cow: int | None = None


@cache
def _known() -> Mapping[str, Codes]:
    """Read the table, by the last part of the IRIs that our countries have."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        codes = {r["iso2"]: Codes(r["iso2"], r["iso3"], int(r["cow"]) if r["cow"] else None) for r in rows}
    countries = default_lexicon().countries
    return {slug(country.name): codes[country.code] for country in countries if country.code in codes}


def codes_of(iri: str) -> Codes:
    """Return the codes of the country with this IRI; none where it is unknown, or no country.

    >>> codes_of("https://w3id.org/readout/place/kenya")
    Codes(iso2='KE', iso3='KEN', cow=501)
    """
    return _known().get(iri.partition("/place/")[2], Codes())
