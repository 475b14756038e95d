"""Claims about items, asked of Wikidata."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kg.errors import RemoteFailed
from kg.link.claims import Claim, claim_of
from kg.link.live.wikidata import Wikidata, batches, query

__all__ = ["claims_about", "claims_queries"]

_BATCH = 50


def claims_queries(qids: Collection[str], languages: Collection[str]) -> list[str]:
    """Return the queries that ask for claims about these items, with texts in these languages."""
    return [query("claims").about(batch, tuple(languages)) for batch in batches(sorted(qids), _BATCH)]


def claims_about(wikidata: Wikidata, qids: Collection[str], languages: Collection[str]) -> Iterator[Claim]:
    """Yield what Wikidata says about these items, those that were merged under their new ids (`Wikidata.merged`).

    Raises:
        RemoteFailed: as `Wikidata.select`.
    """
    for text in claims_queries(qids, languages):
        rows = wikidata.select(text, ("qid", "property", "value"))
        try:
            yield from map(claim_of, rows)
        except ValueError as error:
            raise RemoteFailed(f"the answer about claims has a precision that is no number ({error})") from None
