"""`kg serve`, `kg demo`, `kg completion`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from kg.cli.common import base_option, lexicon_option, store_option

__all__ = ["completion", "demo", "serve"]

_Command = TypeVar("_Command", bound=Callable[..., Any])
_FIRST_QUERY = """\
PREFIX readout: <https://w3id.org/readout/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>

SELECT ?who ?meeting ?when WHERE {
  ?m a readout:Meeting ; rdfs:label ?meeting ; readout:participant/rdfs:label ?who .
  OPTIONAL { ?m schema:startDate ?when }
} ORDER BY ?when ?meeting LIMIT 20"""


def _address_options(command: _Command) -> _Command:
    host = click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
    port = click.option(
        "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port; 0 takes any free one."
    )
    return host(port(command))


@click.command()
@store_option
@_address_options
@base_option
def serve(location: str, host: str, port: int, base: str) -> None:
    """Serve a store over HTTP: SPARQL at /sparql, and pages to read and to ask."""
    from kg.web.serve import serve as serve_web

    serve_web(location, host, port, BASE=base)


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@store_option
@_address_options
@base_option
@lexicon_option
def demo(paths: tuple[str, ...], location: str, host: str, port: int, base: str, lexicon: tuple[Path, ...]) -> None:
    """Load the readouts that come with the program, and those at PATH, and serve them."""
    from kg.cli.load import load_into
    from kg.resources import demonstration
    from kg.web.serve import serve as serve_web

    load_into(location, (str(demonstration()), *paths), base=base, lexicon=lexicon)

    def announce(line: str) -> None:
        click.echo(f"{line}\n\nThe first query to try there, at /sparql:\n\n{_FIRST_QUERY}\n")

    serve_web(location, host, port, announce=announce, BASE=base)


@click.command()
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def completion(shell: str) -> None:
    r"""Print the script that completes commands and options in a shell.

    \b
    bash: kg completion bash > ~/.local/share/bash-completion/completions/kg
    zsh:  kg completion zsh > ~/.zfunc/_kg        (a folder of $fpath)
    fish: kg completion fish > ~/.config/fish/completions/kg.fish
    """
    from click.shell_completion import get_completion_class

    from kg.cli import cli

    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(cli, {}, "kg", "_KG_COMPLETE").source())
