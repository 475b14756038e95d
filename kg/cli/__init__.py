"""The command line: `kg`. A command is a few lines here, what it does lies in the library.

Nothing but click is imported until a command runs, so that help comes at once.
"""

from __future__ import annotations

import sys
from typing import NoReturn

import click

from kg import __version__
from kg.cli.common import failure, nobody_reads
from kg.cli.convert import convert
from kg.cli.enrich import enrich
from kg.cli.explain import explain
from kg.cli.gazetteer import gazetteer
from kg.cli.judge import accept, apply, reject
from kg.cli.link import link
from kg.cli.load import load
from kg.cli.mcp import mcp
from kg.cli.query import query
from kg.cli.review import review
from kg.cli.search import search
from kg.cli.serve import completion, config, demo, serve, token
from kg.cli.snapshot import snapshot
from kg.cli.store import check, delete, export, stats
from kg.cli.upkeep import backup, compact, restore

__all__ = ["cli", "main"]

_EPILOG = """\b
Data goes to standard output, messages go to standard error.
Exit status:
  0    done
  1    done, but some documents were set aside, or a check found faults
  2    wrong usage
  64   the answer has no form in this format
  65   all documents were set aside; a value, a query or a document is unfit
  66   no such file, store, document or saved query
  69   an optional package is missing
  74   a file or the store cannot be read or written
  75   the store is held by another process, the disk is full, or a server gives no answer: try again
  77   the query would reach outside the store
  130  interrupted: run the same command again, it goes on where it was
"""


@click.group(epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kg")
def cli() -> None:
    """Government readouts as a knowledge graph.

    Who met whom, when, where, in which office, about what, with which outcome, and the sentence that says so.
    """


_COMMANDS = (
    convert,
    explain,
    load,
    link,
    gazetteer,
    enrich,
    query,
    search,
    stats,
    export,
    check,
    delete,
    backup,
    restore,
    compact,
    snapshot,
    serve,
    mcp,
    demo,
    token,
    config,
    completion,
)
for _command in _COMMANDS:
    cli.add_command(_command)
for _command in (review, accept, reject, apply):
    link.add_command(_command)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and end the process with its status."""
    try:
        status = cli.main(arguments, prog_name="kg", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        status = nobody_reads()
    except (Exception, KeyboardInterrupt) as error:
        status = failure(error)
    sys.exit(status if isinstance(status, int) else 0)
