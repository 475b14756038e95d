"""`kg gazetteer`: indexes of Wikidata, from files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import gazetteer_option, message
from kg.errors import NotFound

if TYPE_CHECKING:
    from kg.link import Entry

__all__ = ["gazetteer"]

_SHOWN_UNFIT = 10


@click.group()
def gazetteer() -> None:
    """Look into what is known of Wikidata, and make indexes from files of your own.

    An index comes with the program. Files that `build` made extend it: name them by --gazetteer.
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
    position_label, position_qid, start, end, source; the first two are needed. Files may be packed (.gz, .bz2), and
    are read piece by piece, in one go.
    """
    from kg.lexicon import default_lexicon
    from kg.link import Index, build_file, read_rows

    day = snapshot.date() if snapshot else None
    unfit = build_file(target, [(path.name, read_rows(path, type), day) for path in paths], default_lexicon())
    for line in unfit[:_SHOWN_UNFIT]:
        message(f"left out: {line}")
    if len(unfit) > _SHOWN_UNFIT:
        message(f"left out: {len(unfit) - _SHOWN_UNFIT} more rows")
    _count(Index.open(target).counts().items())
    return 1 if unfit else 0


@gazetteer.command()
@click.argument("name")
@gazetteer_option
@click.option("-n", "--number", "limit", type=click.IntRange(min=1), default=10, show_default=True, help="At most.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def search(name: str, gazetteers: tuple[Path, ...], limit: int, as_json: bool) -> None:
    """Find entries by a name, also a misspelt one, in any script."""
    from kg.link import gazetteer_with

    found = gazetteer_with(gazetteers).like(name, limit=limit)[:limit]
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


def _count(counts: Iterable[tuple[str, int]]) -> None:
    for name, number in counts:
        click.echo(f"{number:>12,}  {name}")


def _plain(entry: Entry) -> dict[str, object]:
    terms = [
        {name: str(value) if name == "known_to" and value else value for name, value in asdict(term).items()}
        for term in entry.terms
    ]
    return asdict(entry) | {"terms": terms, "description": entry.description}
