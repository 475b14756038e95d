"""`kg gazetteer`: indexes of Wikidata, from files and from Wikidata itself."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import gazetteer_option, message
from kg.cli.live import Asking, live_options, watched, would_ask
from kg.errors import InputError, NotFound

if TYPE_CHECKING:
    from kg.lexicon import Lexicon
    from kg.link import Entry

__all__ = ["gazetteer"]

_SHOWN_UNFIT = 10


@click.group()
def gazetteer() -> None:
    """Look into what is known of Wikidata, and make indexes from files of your own or from Wikidata itself.

    An index comes with the program. Files that `build` or `refresh` made extend it: name them by --gazetteer.
    """


@gazetteer.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", "target", required=True, metavar="FILE", type=click.Path(path_type=Path), help="The index."
)
@click.option(
    "--snapshot",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The last day that the files know of: after it, an open-ended term of office is unknown."
    "  [default: the latest day on which a term of the same source begins]",
)
@click.option("--type", "type", default="", metavar="TYPE", help="What rows are that name no type, such as person.")
def build(paths: tuple[Path, ...], target: Path, snapshot: datetime | None, type: str) -> int:
    """Make an index from files: CSV, results of SPARQL queries (.csv, .srj, .json), a JSON dump of Wikidata.

    Columns of CSV and variables of queries are qid, label, aliases (with | between), type, country_qid,
    position_label, position_qid, start, end, source, population, description; the first two are needed. Files may be
    packed (.gz, .bz2), and are read piece by piece, in one go.
    """
    from kg.lexicon import default_lexicon
    from kg.link import Index, build_file, read_rows

    day = snapshot.date() if snapshot else None
    unfit = build_file(target, [(path.name, read_rows(path, type), day) for path in paths], default_lexicon())
    _report(unfit)
    _count(Index.open(target).counts().items())
    return 1 if unfit else 0


@gazetteer.command()
@click.argument("target", metavar="OUT", type=click.Path(path_type=Path))
@click.option(
    "--country",
    "countries",
    multiple=True,
    metavar="NAME",
    help="Ask about this country, by its name, its two letters or its Wikidata id. Repeatable.  [default: all]",
)
@click.option("--only", multiple=True, metavar="QUERY", help="Ask this query alone, by its name. Repeatable.")
@click.option("--dry-run", is_flag=True, help="Print what would be asked, and ask nothing.")
@live_options(days=1)
def refresh(target: Path, countries: tuple[str, ...], only: tuple[str, ...], dry_run: bool, asking: Asking) -> None:
    """Make an index OUT of what Wikidata holds today.

    Its queries list heads of state and government, ministers (of foreign affairs, defence, the interior, justice,
    finance, and the rest of a cabinet), ambassadors, staff of security councils, ministries and agencies, and
    programmes of the countries that you name; and heads of international organisations, these themselves, and treaties.
    What is asked is asked page by page and kept in OUT.cache, so a run that was broken off goes on where it was. An
    open-ended term of office is known to the day of the oldest answer.
    """
    from kg.lexicon import default_lexicon
    from kg.link import build_file
    from kg.link.live import listings, queries, refreshed

    lexicon, known = default_lexicon(), {query.name: query for query in queries()}
    if unknown := [name for name in only if name not in known]:
        raise InputError(f"no query {', '.join(unknown)}; there are {', '.join(known)}")
    everywhere = (country.qid for country in lexicon.countries if country.qid)
    asked = listings([_country(name, lexicon) for name in countries] or list(everywhere), only)
    with asking.wikidata(target.with_name(f"{target.name}.cache"), dry=dry_run) as wikidata:
        if dry_run:
            requests = (wikidata.querying(listing.text) for listing in asked)
            would_ask(wikidata, requests, "then further pages, and the names of all that is listed, 150 at a time")
            return
        counts: dict[str, int] = {}
        rows = list(refreshed(wikidata, watched(asked), counts))
        unfit = build_file(target, [("Wikidata", rows, wikidata.oldest)], lexicon)
    for name, count in counts.items():
        click.echo(f"{count:>12,}  {known[name].title}")
    _report(unfit)
    message(f"asked {wikidata.client.asked} times; {target} knows to {wikidata.oldest}")


def _country(name: str, lexicon: Lexicon) -> str:
    """Return the Wikidata id of a country that the user names."""
    from kg.link.rows import number

    if country := lexicon.country(name) or next((c for c in lexicon.countries if c.code == name.upper()), None):
        if country.qid:
            return country.qid
        raise InputError(f"{name}: its Wikidata id is not known here; give it instead of the name")
    try:
        return f"Q{number(name)}"
    except ValueError:
        raise InputError(f"{name}: no country is known by this name; give its Wikidata id, such as Q114") from None


@gazetteer.command()
@click.argument("name")
@gazetteer_option
@click.option("-n", "--number", "limit", type=click.IntRange(min=1), default=10, show_default=True, help="At most.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def search(name: str, gazetteers: tuple[Path, ...], limit: int, as_json: bool) -> None:
    """Find entries by a name, also a misspelt one, in any script."""
    from kg.link import gazetteer_with

    found = gazetteer_with(gazetteers).search(name, limit=limit)
    if as_json:
        click.echo(json.dumps([_plain(entry) for entry in found], ensure_ascii=False))
        return
    for entry in found:
        click.echo(f"{entry.qid:<12}{entry.label}  ({entry.description})")
    if not found:
        message(f"nothing is called like {name!r}")


@gazetteer.command()
@click.argument("qid")
@gazetteer_option
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def show(qid: str, gazetteers: tuple[Path, ...], as_json: bool) -> None:
    """Show all that is known of one entry, by its id."""
    from kg.link import gazetteer_with

    entry = gazetteer_with(gazetteers).entry(qid)
    if entry is None:
        raise NotFound(f"no index holds {qid}")
    if as_json:
        click.echo(json.dumps(_plain(entry), ensure_ascii=False))
        return
    click.echo(f"{entry.qid}  {entry.label}  ({entry.type}{f', of {entry.country}' if entry.country else ''})")
    click.echo("names: " + " | ".join(entry.names))
    for term in entry.terms:
        click.echo(f"{term.start or '…':>10} to {term.end or '…':<10}  {term.post}, {term.country or 'no country'}")


@gazetteer.command()
@gazetteer_option
def stats(gazetteers: tuple[Path, ...]) -> None:
    """Count what each index holds, and say where it comes from and which day it knows last."""
    from kg.link import gazetteer_with

    for index in gazetteer_with(gazetteers).indexes:
        _count(index.counts().items())
        for name, snapshot, rows in index.sources():
            click.echo(f"{rows:>12,}  rows from {name}{f', to {snapshot}' if snapshot else ''}")


def _report(unfit: list[str]) -> None:
    """Print which rows were left out, the first of many."""
    for line in unfit[:_SHOWN_UNFIT]:
        message(f"left out: {line}")
    if len(unfit) > _SHOWN_UNFIT:
        message(f"left out: {len(unfit) - _SHOWN_UNFIT} more rows")


def _count(counts: Iterable[tuple[str, int]]) -> None:
    for name, number in counts:
        click.echo(f"{number:>12,}  {name}")


def _plain(entry: Entry) -> dict[str, object]:
    terms = [
        {name: str(value) if name == "known_to" and value else value for name, value in asdict(term).items()}
        for term in entry.terms
    ]
    return asdict(entry) | {"terms": terms, "description": entry.description}
