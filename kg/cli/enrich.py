"""`kg enrich`: what Wikidata says of the entities of a store, beside what the readouts say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import base_option, folder_of, message, store_option
from kg.cli.linkwork import CACHE
from kg.cli.live import Asking, live_options, would_ask
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.link.live import Wikidata

__all__ = ["enrich"]

_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_SHOWN_UNFIT = 10
_ANY = "mul"
"""The tag of names that are the same in many languages."""


@click.command()
@store_option
@base_option
@click.option(
    "--language",
    "languages",
    multiple=True,
    default=("en",),
    show_default=True,
    metavar="TAG",
    help="The language of names and descriptions. Repeatable.",
)
@click.option(
    "--from",
    "path",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Read a dump of Wikidata, or a table of qid, property and value, and ask nobody.",
)
@click.option(
    "--date",
    "when",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day of the file, which names the graph.  [default: today]",
)
@click.option("--keep", is_flag=True, help="Keep the graphs of other days.")
@click.option("--dry-run", is_flag=True, help="Print what would be asked, and write nothing.")
@live_options(days=1)
def enrich(
    location: str,
    base: str,
    languages: tuple[str, ...],
    path: Path | None,
    when: datetime | None,
    keep: bool,
    dry_run: bool,
    asking: Asking,
) -> None:
    """Put facts of Wikidata beside our own, for all entities that are linked to it.

    Names in the languages that you ask for, description, portrait (its address), birth date, coordinates, party, terms
    of office, official website, and the identifiers of VIAF, GND, ISNI, the Library of Congress, GeoNames and
    OpenSanctions. They come into a graph of their own that is named after the day and replaces that of an earlier day.
    """
    from kg.link.claims import read_claims
    from kg.link.live import claims_about
    from kg.load.enrich import facts_about, linked_items, write_facts
    from kg.store import open_store

    if wrong := [tag for tag in languages if not _TAG.fullmatch(tag)]:
        raise InputError(f"{', '.join(wrong)}: is no language tag, such as en or pt-br")
    tags = tuple(dict.fromkeys((*languages, _ANY)))
    with open_store(location) as store:
        items = linked_items(store, base)
    if not items:
        raise InputError(f"{location}: no entity is linked to Wikidata yet; run kg link --store {location}")
    unfit: list[str] = []
    if path:
        triples = facts_about(items, partial(read_claims, path, languages=tags), tags, unfit.append)
    else:
        with asking.wikidata(folder_of(location) / CACHE, dry=dry_run) as wikidata:
            if dry_run:
                _plan(wikidata, items.values(), tags)
                return
            read = partial(claims_about, wikidata, languages=tags)
            triples = facts_about(_now(items, wikidata, base), read, tags, unfit.append)
    _report(unfit)
    if dry_run:
        message(f"{len(triples)} facts, not written")
        return
    day = when.date() if when else date.today()
    with open_store(location, mode="write") as store:
        count = write_facts(store, triples, day, path.name if path else asking.endpoint, base, keep=keep)
    message(f"{count} facts about {len(set(items.values()))} items, in {base}graph/wikidata/{day}")


def _plan(wikidata: Wikidata, qids: Iterable[str], languages: tuple[str, ...]) -> None:
    """Print what would be asked."""
    from kg.link.live import claims_queries

    requests = map(wikidata.querying, claims_queries(set(qids), languages))
    would_ask(wikidata, requests, "before them which items were merged, after them the names of offices")


def _now(items: Mapping[str, str], wikidata: Wikidata, base: str) -> dict[str, str]:
    """Return the items of entities with the ids that they have now, and tell of each that was merged."""
    merged = wikidata.merged(sorted(set(items.values())))
    for entity, qid in items.items():
        if qid in merged:
            tail = entity.removeprefix(base)
            message(f"{tail}: {qid} is now {merged[qid]}; say so with: kg link accept {tail} {merged[qid]}")
    return {entity: merged.get(qid, qid) for entity, qid in items.items()}


def _report(unfit: list[str]) -> None:
    """Print which values were left out, the first of many."""
    for line in unfit[:_SHOWN_UNFIT]:
        message(f"left out: {line}")
    if len(unfit) > _SHOWN_UNFIT:
        message(f"left out: {len(unfit) - _SHOWN_UNFIT} more values")
