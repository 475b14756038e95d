"""`kg load`: documents into a store."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import click

from kg.cli.common import (
    base_option,
    folder_of,
    gazetteer_option,
    jobs_option,
    lexicon_option,
    message,
    report_issues,
    status_of,
    store_option,
)

if TYPE_CHECKING:
    from kg.load import Report

__all__ = ["load", "load_into"]

_TELL_SECONDS = 30.0


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@store_option
@click.option("--json", "as_json", is_flag=True, help="Print what became of the documents as JSON.")
@base_option
@lexicon_option
@jobs_option
@click.option("--link", "linked", is_flag=True, help="Then link the entities to Wikidata, as kg link does.")
@gazetteer_option
@click.option("--bulk", is_flag=True, help="PATHs are N-Quads whose graphs are documents: take them as they are, fast.")
@click.option("--force", is_flag=True, help="Convert again what the store has already.")
@click.option(
    "--timeout", type=click.FloatRange(min=0.1), default=60, show_default=True, help="Seconds for one document."
)
def load(
    paths: tuple[str, ...],
    location: str,
    as_json: bool,
    base: str,
    lexicon: tuple[Path, ...],
    jobs: int | None,
    linked: bool,
    gazetteers: tuple[Path, ...],
    bulk: bool,
    force: bool,
    timeout: float,
) -> int:
    """Convert readouts and load them into a store, which is made if there is none.

    A folder that kg convert -o FOLDER/ has made is taken as it is.

    What the store has from the same bytes is skipped, so the command can be interrupted and run again. A document that
    can't be taken is set aside with its reason, and copied to the store's folder "quarantine"; the others are loaded.
    """
    report, lost = load_into(
        location, paths, base=base, lexicon=lexicon, jobs=jobs, force=force, seconds=timeout, bulk=bulk
    )
    if linked:
        from kg.cli.link import link_into
        from kg.cli.linkwork import Given

        link_into(Given(location, gazetteers, base))
    if as_json:
        click.echo(json.dumps({"store": location, **asdict(report), "lost": lost}, ensure_ascii=False))
    return status_of(report.documents - len(report.set_aside), len(report.set_aside))


def load_into(
    location: str,
    paths: tuple[str, ...],
    *,
    base: str,
    lexicon: Sequence[Path] = (),
    jobs: int | None = None,
    force: bool = False,
    seconds: float = 60,
    bulk: bool = False,
) -> tuple[Report, list[str]]:
    """Load *paths* into the store at *location*, with progress and a summary on standard error.

    Return the report, and the graphs that the store had lost when it was opened and that are still missing.
    """
    from kg.load import documents_in, load_bulk, load_paths
    from kg.store import open_store

    known = [documents_in(path) for path in paths]
    total = None if None in known else sum(filter(None, known))
    with open_store(location, mode="write") as store, _progress(total) as progress:
        if store.remarks:
            message(f"{location}: {'; '.join(store.remarks)}")
        if store.lost:
            message(f"{len(store.lost)} documents were lost by the disk since they were loaded; they are loaded again")
        if bulk:
            report = load_bulk(store, paths, base=base, force=force, progress=progress)
        else:
            report = load_paths(
                store,
                paths,
                base=base,
                lexicon=lexicon,
                jobs=jobs,
                seconds=seconds,
                force=force,
                quarantine=folder_of(location) / "quarantine",
                progress=progress,
            )
        lost = list(store.lost)
    report_issues(report.set_aside)
    message(
        f"loaded {report.loaded}, replaced {report.replaced}, unchanged {report.unchanged},"
        f" set aside {len(report.set_aside)}; {report.statements} statements written to {location}"
    )
    if lost:
        message(f"{len(lost)} lost documents were not among these: load the files that they came from")
    return report, lost


@contextmanager
def _progress(total: int | None) -> Iterator[Callable[[Report, object], None]]:
    """Show how far a load is: to who looks at it all the time, else in a line now and then where *total* is known."""
    if not sys.stderr.isatty():
        yield _Lines(total)
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        ProgressColumn,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    shown: tuple[ProgressColumn, ...] = (
        TextColumn("{task.completed:,} documents"),
        TextColumn("{task.fields[speed_shown]}"),
        TimeElapsedColumn(),
    )
    columns = (SpinnerColumn(), *shown) if total is None else (BarColumn(), *shown, TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, speed_estimate_period=600) as bar:
        task = bar.add_task("", total=total, speed_shown="")

        def progress(report: Report, outcome: object) -> None:
            speed = bar.tasks[0].speed
            bar.update(
                task, advance=1, speed_shown=f"{speed:,.0f}/s, {len(report.set_aside)} set aside" if speed else ""
            )

        yield progress


class _Lines:
    """Says how far a load of *total* documents is, every half minute; nothing where that is not known."""

    def __init__(self, total: int | None) -> None:
        self._total = total
        self._done = 0
        self._begun = self._told = monotonic()

    def __call__(self, report: Report, outcome: object) -> None:
        self._done += 1
        now = monotonic()
        if self._total is None or now - self._told < _TELL_SECONDS:
            return
        self._told = now
        pace = (now - self._begun) / max(1, self._done - report.unchanged)  # what was there costs nothing
        message(
            f"{self._done:,} of {self._total:,} documents, {len(report.set_aside):,} set aside,"
            f" about {pace * (self._total - self._done) / 60:,.0f} min left"
        )
