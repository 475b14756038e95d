"""`kg convert`: documents to RDF, without a store."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import IO, TYPE_CHECKING, Any

import click

from kg.cli.common import (
    base_option,
    format_of,
    jobs_option,
    lexicon_option,
    message,
    output,
    report_issues,
    status_of,
)

if TYPE_CHECKING:
    from kg.load import Progress
    from kg.model import Issue
    from kg.store import DocumentWrite

__all__ = ["convert"]

_FORMATS = ("nq", "trig", "ttl", "nt", "jsonld", "rdf")
_TELL_SECONDS = 30.0


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "-o",
    "--output",
    "target",
    default="-",
    metavar="FILE|FOLDER/",
    help="Write here instead of to standard output (-). A file is whole or absent, .gz packs it. FOLDER/ gets shards.",
)
@click.option("--format", "format", type=click.Choice(_FORMATS), help="By default as the file's name says, or nq.")
@base_option
@lexicon_option
@jobs_option
@click.option(
    "--timeout", type=click.FloatRange(min=0.1), default=60, show_default=True, help="Seconds for one document."
)
@click.option(
    "--dask", metavar="ADDRESS", envvar="KG_DASK", help="Shards: by the workers of this Dask scheduler; or: local."
)
@click.option("--pack", type=click.Choice(("zst", "gz")), help="Shards: how to pack.  [default: zst where installed]")
@click.option(
    "--slice",
    "size",
    type=click.FloatRange(min=0.001),
    default=4,
    show_default=True,
    metavar="MB",
    help="Shards: how much input becomes one.",
)
def convert(
    paths: tuple[str, ...],
    target: str,
    format: str | None,
    base: str,
    lexicon: tuple[Path, ...],
    jobs: int | None,
    timeout: float,
    **shards: Any,  # noqa: ANN401  # dask, pack and size
) -> int:
    """Convert readouts to RDF: files, folders, globs, addresses (s3://, https://), - for standard input.

    Text, Markdown with front matter, HTML, JSON, JSON Lines, feeds, Parquet and WARC are read; RDF passes as it is.
    Equal input gives equal bytes.

    Into FOLDER/ go shards of N-Quads with a manifest, for kg load or any other loader. A run may end at any point: run
    again, it goes on where it was. --dask shares the work among machines that share a disk.
    """
    from kg.load import SetAside, convert_paths

    if target.endswith(("/", "\\")) or Path(target).is_dir():
        if format not in (None, "nq"):
            raise click.UsageError("shards are N-Quads: leave --format out, or write into a file")
        return _into_shards(paths, Path(target), base=base, lexicon=lexicon, jobs=jobs, seconds=timeout, **shards)
    if shards["dask"]:
        raise click.UsageError("--dask is for shards: end the name after -o with a slash")
    format = format_of(target, format, _FORMATS, "nq")
    set_aside: list[Issue] = []
    written = 0

    def documents() -> Iterator[DocumentWrite]:
        nonlocal written
        for outcome in convert_paths(paths, base=base, lexicon=lexicon, jobs=jobs, seconds=timeout):
            if isinstance(outcome, SetAside):
                set_aside.append(outcome.issue)
            else:
                written += 1
                yield from outcome.writes

    with output(target) as file:
        _write(documents(), file, format)
    report_issues(set_aside)
    message(f"converted {written}, set aside {len(set_aside)}")
    return status_of(written, len(set_aside))


def _write(documents: Iterator[DocumentWrite], file: IO[bytes], format: str) -> None:
    """Write one document after the other, as each comes."""
    if format == "nq":
        file.writelines(document.nquads.encode() for document in documents)
        return
    import pyoxigraph as ox

    from kg.vocab import PREFIXES

    kind = ox.RdfFormat.from_extension(format)
    assert kind is not None
    quads = (quad for document in documents for quad in ox.parse(document.nquads, ox.RdfFormat.N_QUADS))
    statements = quads if kind.supports_datasets else (quad.triple for quad in quads)
    ox.serialize(statements, file, kind, prefixes=PREFIXES)


def _into_shards(
    paths: tuple[str, ...],
    folder: Path,
    *,
    pack: Any,  # noqa: ANN401  # one of two words, or none
    size: float,
    **how: Any,  # noqa: ANN401
) -> int:
    from kg.load import convert_corpus

    begun = monotonic()
    with _progress() as progress:
        state = convert_corpus(paths, folder, packing=pack, size=int(size * (1 << 20)), progress=progress, **how)
    counts = state.counts
    kept = f" ({state.slices_kept:,} of them before)" if state.slices_kept else ""
    message(
        f"converted {counts.documents:,}, set aside {counts.set_aside:,}; {counts.statements:,} statements;"
        f" shards: {state.slices:,}{kept}, at {folder}; took {monotonic() - begun:,.0f} s"
    )
    if counts.set_aside:
        message(f"what was set aside, and why, is in {folder / 'quarantine'}")
    return status_of(counts.documents, counts.set_aside)


@contextmanager
def _progress() -> Iterator[Callable[[Progress], None]]:
    """Show how far a conversion is and when it will end: as a bar for who looks at it, else as a line now and then."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        BarColumn(),
        TextColumn("{task.percentage:.0f} %, {task.fields[documents]:,} documents, {task.fields[aside]:,} set aside"),
        TimeElapsedColumn(),
        TextColumn("left:"),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True, speed_estimate_period=600) as bar:
        task = bar.add_task("", total=None, documents=0, aside=0)

        def progress(state: Progress) -> None:
            bar.update(
                task,
                total=max(1, state.size - state.size_kept),
                completed=state.size_done - state.size_kept,
                documents=state.counts.documents,
                aside=state.counts.set_aside,
            )

        yield progress


class _Lines:
    """Says how far it is, every half minute."""

    def __init__(self) -> None:
        self._begun = self._told = monotonic()

    def __call__(self, state: Progress) -> None:
        now = monotonic()
        if now - self._told < _TELL_SECONDS:
            return
        self._told = now
        done, left = state.size_done - state.size_kept, state.size - state.size_done
        remaining = f", about {(now - self._begun) * left / done / 60:,.0f} min left" if done else ""
        message(
            f"{state.slices_done:,} of {state.slices:,} shards, {state.counts.documents:,} documents,"
            f" {state.counts.set_aside:,} set aside{remaining}"
        )
