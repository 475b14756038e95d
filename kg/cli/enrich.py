"""`kg enrich`: what Wikidata says of the entities of a store, beside what the readouts say."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import base_option, folder_of, message, store_option
from kg.cli.link import CACHE
from kg.cli.live import Asking, live_options, would_ask
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.link.claims import Claim

__all__ = ["enrich"]

_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_SHOWN_UNFIT = 10
_ANY = "mul"
"""The tag of names that are the same in many languages."""

Read = Callable[[Collection[str]], Iterable["Claim"]]


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
    from kg.load.enrich import linked_items
    from kg.store import open_store

    if wrong := [tag for tag in languages if not _TAG.fullmatch(tag)]:
        raise InputError(f"{', '.join(wrong)}: is no language tag, such as en or pt-br")
    with open_store(location) as store:
        items = linked_items(store, base)
    if not items:
        raise InputError(f"{location}: no entity is linked to Wikidata yet; run kg link --store {location}")
    day = when.date() if when else date.today()
    languages = tuple(dict.fromkeys((*languages, _ANY)))
    if path:
        from kg.link.claims import read_claims

        _write(location, base, items, lambda qids: read_claims(path, qids, languages), day, path.name, keep=keep)
        return
    _ask(location, base, items, languages, day, asking, keep=keep, dry=dry_run)


def _ask(
    location: str,
    base: str,
    items: dict[str, str],
    languages: tuple[str, ...],
    day: date,
    asking: Asking,
    *,
    keep: bool,
    dry: bool,
) -> None:
    """Ask Wikidata; an item that was merged is asked for, and told of, by its new id."""
    from kg.link.live import claims_about, claims_requests

    with asking.wikidata(folder_of(location) / CACHE, dry=dry) as wikidata:
        if dry:
            texts = claims_requests(sorted(set(items.values())), languages)
            would_ask(wikidata, map(wikidata.querying, texts), "then which items were merged, and the names of offices")
            return
        merged = wikidata.merged(sorted(set(items.values())))
        for entity, qid in items.items():
            if qid in merged:
                tail = entity.removeprefix(base)
                message(f"{tail}: {qid} is now {merged[qid]}; say so with: kg link accept {tail} {merged[qid]}")
        now = {entity: merged.get(qid, qid) for entity, qid in items.items()}
        read = lambda qids: claims_about(wikidata, sorted(qids), languages)  # noqa: E731  # one expression
        _write(location, base, now, read, day, asking.endpoint, keep=keep)


def _write(location: str, base: str, items: dict[str, str], read: Read, day: date, source: str, *, keep: bool) -> None:
    """Read claims about *items*, and then what the offices and parties in them are called; write them as facts."""
    from kg.load.enrich import by_item, facts, referred_to, write_facts
    from kg.store import open_store

    known = by_item(read(set(items.values())))
    others = referred_to(claim for claims in known.values() for claim in claims)
    called = [claim for claim in read(others) if claim.property == "label"] if others else []
    names = {claim.qid: claim.value for claim in sorted(called, key=lambda claim: claim.language, reverse=True)}
    unfit: list[str] = []
    triples = [
        triple
        for entity, qid in sorted(items.items())
        for triple in facts(entity, known.get(qid, ()), names, unfit.append)
    ]
    with open_store(location, mode="write") as store:
        count = write_facts(store, triples, day, source, base, keep=keep)
    for line in unfit[:_SHOWN_UNFIT]:
        message(f"left out: {line}")
    if len(unfit) > _SHOWN_UNFIT:
        message(f"left out: {len(unfit) - _SHOWN_UNFIT} more values")
    message(f"{count} facts about {len(known)} of {len(set(items.values()))} items, in {base}graph/wikidata/{day}")
