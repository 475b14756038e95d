"""An index of what Wikidata holds today: office-holders, bodies, treaties and programmes, listed page by page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.link.live.items import Term, named_rows, term_of
from kg.link.live.wikidata import PAGE, Query, Wikidata, batches, queries
from kg.link.rows import Row

__all__ = ["Listing", "listings", "refreshed"]

_COUNTRIES = 10
"""How many countries one query asks about: more take the public endpoint too long."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A query to be asked page by page, about these countries, or about the world where there are none."""

    query: Query
    countries: tuple[str, ...]

    @property
    def text(self) -> str:
        """The query's text."""
        return self.query.about(self.countries) if self.countries else self.query.text


def listings(countries: Sequence[str], only: Sequence[str] = ()) -> list[Listing]:
    """Return what has to be asked to know these countries, and what is of none, or of that the queries *only*."""
    found = []
    for query in queries():
        if only and query.name not in only:
            continue
        groups = batches(countries, _COUNTRIES) if query.scope == "country" else [[]]
        found += [Listing(query, tuple(group)) for group in groups]
    return found


def refreshed(wikidata: Wikidata, asked: Iterable[Listing], counts: dict[str, int], size: int = PAGE) -> Iterator[Row]:
    """Yield the rows of an index, once all listings are had.

    Args:
        wikidata: asked for each page, and then for the names of all that is listed.
        asked: from `listings`.
        counts: is filled with the number of rows that each query gave, by its name.
        size: rows of a page.

    Raises:
        RemoteFailed: as `Wikidata.select`. What was had is in the cache, so a second run goes on there.
    """
    things: dict[str, Row] = {}
    terms: defaultdict[str, dict[Term, None]] = defaultdict(dict)
    offices: dict[str, str] = {}
    for listing in asked:
        counts.setdefault(listing.query.name, 0)
        for page in wikidata.pages(listing.text, size, ("qid", "type")):
            counts[listing.query.name] += len(page)
            for row in page:
                term = term_of(row) if "position_qid" in row else None
                country = "" if term else row.get("country_qid", "")
                things.setdefault(row["qid"], Row(row["qid"], "", row["type"], country=country))
                if term:
                    terms[row["qid"]][term] = None
                    offices.setdefault(term.office, term.country)
    yield from named_rows(wikidata, list(things.values()), terms, offices)
