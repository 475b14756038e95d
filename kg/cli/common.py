"""What commands share: options that mean the same everywhere, output, and errors in one line."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar, cast

import click

from kg.errors import KgError, NotAcceptable, StoreError

if TYPE_CHECKING:
    from kg.model import Issue

__all__ = [
    "base_option",
    "error_line",
    "failure",
    "folder_of",
    "format_of",
    "gazetteer_option",
    "jobs_option",
    "lexicon_option",
    "message",
    "nobody_reads",
    "output",
    "output_option",
    "path_of",
    "report_issues",
    "status_of",
    "store_again_option",
    "store_option",
]

_SHOWN_ISSUES = 20
_Command = TypeVar("_Command", bound=Callable[..., Any])


def store_option(command: _Command) -> _Command:
    """Add ``--store DIR|URL``."""
    return click.option(
        "--store",
        "location",
        envvar="KG_STORE",
        default="kg-store",
        show_default=True,
        show_envvar=True,
        metavar="DIR|URL",
        help="The folder of the store, or the address of a SPARQL 1.1 server.",
    )(command)


def store_again_option(command: _Command) -> _Command:
    """Add ``--store`` to the subcommand of a group that has it: behind the subcommand is where people write it."""

    def noted(context: click.Context, _: click.Parameter, location: str | None) -> None:
        if location:
            context.obj = replace(context.obj, location=location)

    return click.option(
        "--store",
        metavar="DIR|URL",
        expose_value=False,
        callback=noted,
        help="The folder of the store, or the address of a SPARQL 1.1 server.",
    )(command)


def folder_of(location: str) -> Path:
    """Return the folder for the files that go with a store: its own, or for an address one named after it, here.

    >>> folder_of("https://example.org:8890/sparql").name
    'kg-example-org-8890-sparql'
    """
    from kg.store import is_address

    if not is_address(location):
        return Path(location)
    words = re.sub(r"[^a-z0-9]+", "-", location.partition("#")[0].partition("//")[2].lower())
    return Path(f"kg-{words.strip('-')}")


def path_of(location: str, what: str) -> Path:
    """Return the path of a store that has to be a folder on this machine to do *what*.

    Raises:
        StoreError: it is the address of a server.
    """
    from kg.store import is_address

    if is_address(location):
        raise StoreError(f"{what} is for stores on this machine: use what the server at {location} has for it")
    return Path(location)


def output_option(command: _Command) -> _Command:
    """Add ``-o FILE``."""
    return click.option(
        "-o",
        "--output",
        "target",
        default="-",
        metavar="FILE",
        help="Write here instead of to standard output (-). The file is whole or absent; .gz packs it.",
    )(command)


def base_option(command: _Command) -> _Command:
    """Add ``--base IRI``."""
    from kg.vocab import BASE

    return click.option(
        "--base",
        envvar="KG_BASE",
        default=BASE,
        show_default=True,
        metavar="IRI",
        help="What entities' IRIs begin with.",
    )(command)


def lexicon_option(command: _Command) -> _Command:
    """Add ``--lexicon PATH``, which may be given more than once."""
    return click.option(
        "--lexicon",
        envvar="KG_LEXICON",
        show_envvar=True,
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="PATH",
        help="A table or grammar file of your own, or a folder of them: more names and words to know. Repeatable.",
    )(command)


def gazetteer_option(command: _Command) -> _Command:
    """Add ``--gazetteer FILE``, which may be given more than once."""
    return click.option(
        "--gazetteer",
        "gazetteers",
        envvar="KG_GAZETTEER",
        show_envvar=True,
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="An index that kg gazetteer build made, besides what comes with the program. Repeatable.",
    )(command)


def jobs_option(command: _Command) -> _Command:
    """Add ``--jobs N``."""
    help = "How many processes convert.  [default: one for each processor]"
    return click.option("-j", "--jobs", type=click.IntRange(min=1), metavar="N", help=help)(command)


@contextmanager
def output(target: str) -> Iterator[IO[bytes]]:
    """Open *target* to write bytes to: ``-`` is standard output; a file takes its place only when it is complete."""
    if target == "-":
        try:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            raise click.exceptions.Exit(nobody_reads()) from None
        return
    from kg.store.files import atomically

    with atomically(Path(target)) as file:
        if not target.endswith(".gz"):
            yield file
            return
        import gzip

        with gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packed:  # no name, no time: equal data, equal bytes
            yield cast(IO[bytes], packed)


def nobody_reads() -> int:
    """Make that no more is written to a pipe that was closed at the other end; return the status that shells expect."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return 128 + 13


def format_of(target: str, given: str | None, known: Iterable[str], default: str) -> str:
    """Return the format to write: as *given*, or by the extension of *target*.

    Raises:
        NotAcceptable: the extension is none that is *known*.
    """
    if given or target == "-":
        return given or default
    suffix = Path(target.removesuffix(".gz")).suffix.lstrip(".").lower()
    if suffix in known:
        return suffix
    raise NotAcceptable(
        f"{target}: the name says no format; end it with one of {', '.join(sorted(known))}, or use --format"
    )


def message(text: str) -> None:
    """Print a line for the user, to standard error."""
    click.echo(text, err=True)


def report_issues(issues: Iterable[Issue]) -> None:
    """Print what was set aside and why, the first of many."""
    lines = [error_line(issue) for issue in issues]
    for line in lines[:_SHOWN_ISSUES]:
        message(f"set aside: {line}")
    if len(lines) > _SHOWN_ISSUES:
        message(f"set aside: {len(lines) - _SHOWN_ISSUES} more")


def error_line(issue: Issue) -> str:
    """Return where and what in one line; some reasons name the place themselves."""
    where = "" if issue.reason.startswith(issue.origin) else f"{issue.origin}: "
    return " ".join(f"{where}{issue.reason}".split())


def status_of(taken: int, set_aside: int) -> int:
    """Return the exit status of a run over documents."""
    return 0 if not set_aside else 1 if taken else 65


def failure(error: BaseException) -> int:
    """Print what ended a command in one line, and return its exit status."""
    if isinstance(error, click.ClickException):
        error.show()
        return error.exit_code
    if isinstance(error, KeyboardInterrupt | click.Abort):
        message("interrupted: run the same command again, it goes on where it was")
        return 130
    if isinstance(error, KgError):
        message(f"error: {' '.join(str(error).split())}")
        return error.exit_code
    if isinstance(error, OSError):
        message(f"error: {error.filename or 'input or output'}: {error.strerror or error}")
        return 74
    raise error
