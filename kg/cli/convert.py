"""`kg convert`: documents to RDF, without a store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from kg.cli.common import (
    base_option,
    format_of,
    jobs_option,
    lexicon_option,
    message,
    output,
    output_option,
    report_issues,
    status_of,
)

if TYPE_CHECKING:
    from kg.model import Issue
    from kg.store import DocumentWrite

__all__ = ["convert"]

_FORMATS = ("nq", "trig", "ttl", "nt", "jsonld", "rdf")


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@output_option
@click.option("--format", "format", type=click.Choice(_FORMATS), help="By default as the file's name says, or nq.")
@base_option
@lexicon_option
@jobs_option
def convert(
    paths: tuple[str, ...], target: str, format: str | None, base: str, lexicon: tuple[Path, ...], jobs: int | None
) -> int:
    """Convert readouts to RDF: files, folders, globs, - for standard input.

    Text, Markdown with front matter, HTML, JSON, JSON Lines and feeds are read; RDF passes as it is. Equal input gives
    equal bytes.
    """
    from kg.load import SetAside, convert_paths

    format = format_of(target, format, _FORMATS, "nq")
    set_aside: list[Issue] = []
    written = 0

    def documents() -> Iterator[DocumentWrite]:
        nonlocal written
        for outcome in convert_paths(paths, base=base, lexicon=lexicon, jobs=jobs):
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
