"""`kg serve`, `kg demo`, `kg token`, `kg config`, `kg completion`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from kg.cli.common import base_option, lexicon_option, message, store_option

__all__ = ["completion", "config", "demo", "serve", "token"]

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
    host = click.option("--host", metavar="ADDRESS", help="The address to listen at.  [default: 127.0.0.1]")
    port = click.option(
        "--port", type=click.IntRange(0, 65535), help="The port; 0 takes any free one.  [default: 8000]"
    )
    return host(port(command))


def _given(context: click.Context, name: str) -> Any:  # noqa: ANN401  # as the option has it
    """Return the value of an option, unless it is only its default: then the other settings decide."""
    return None if context.get_parameter_source(name) is ParameterSource.DEFAULT else context.params[name]


@click.command()
@store_option
@_address_options
@base_option
@click.option("--follow", metavar="DIR|URL", help="Serve what kg snapshot publishes there; --store keeps it here.")
@click.option("--timeout", metavar="SECONDS", help="How long a query may take.  [default: 10]")
@click.option("--workers", metavar="N", help="How many processes answer queries.  [default: processors + 1]")
@click.option("--memory", metavar="BYTES", help="What a query may use, such as 512M.  [default: 2G]")
@click.option("--write", is_flag=True, default=None, help="Let clients with a token write, at /update and /graphs.")
@click.option("--private", is_flag=True, default=None, help="Let only clients with a token read.")
@click.option("--tokens-file", metavar="FILE", help="Lines as 'kg token' prints them.")
@click.option(
    "--federate",
    metavar="URL",
    multiple=True,
    help="An endpoint that queries may ask, too; private:URL for one within a private network. Repeatable.",
)
@click.option(
    "--gazetteer",
    metavar="FILE",
    multiple=True,
    help="An index of Wikidata for /reconcile, beside the one that ships. Repeatable.",
)
@click.option("--access-log", type=click.Choice(("off", "text", "json")), help="A line for each request.")
@click.option("--trusted-proxy", metavar="ADDRESS", help="A proxy whose X-Forwarded-… headers count.")
@click.option("--config", metavar="FILE", envvar="KG_CONFIG", help="Settings as TOML; see 'kg config show'.")
@click.pass_context
def serve(context: click.Context, /, **options: Any) -> None:  # noqa: ANN401
    """Serve a store over HTTP: SPARQL at /sparql, and pages to read and to ask.

    Each setting can come from an option, from the environment (KG_TIMEOUT), or from a file (timeout = 20).
    """
    from kg.web.serve import serve as serve_web

    store = _given(context, "location")
    settings = {name: _given(context, name) for name in options if name not in ("location", "host", "port")}
    serve_web(store, options["host"], options["port"], **settings)


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@store_option
@_address_options
@base_option
@lexicon_option
def demo(
    paths: tuple[str, ...], location: str, host: str | None, port: int | None, base: str, lexicon: tuple[Path, ...]
) -> None:
    """Load the readouts that come with the program, and those at PATH, and serve them."""
    from kg.cli.load import load_into
    from kg.resources import demonstration
    from kg.web.serve import serve as serve_web

    load_into(location, (str(demonstration()), *paths), base=base, lexicon=lexicon)

    def announce(line: str) -> None:
        click.echo(f"{line}\n\nThe first query to try there, at /sparql:\n\n{_FIRST_QUERY}\n")

    serve_web(location, host, port, announce=announce, BASE=base)


@click.command()
@click.argument("name")
@click.option(
    "--scope", "scopes", multiple=True, metavar="SCOPE", help="read, update, graph-store or admin. Repeatable."
)
@click.option("--password", is_flag=True, help="Ask for a password (Basic authentication) instead of making a token.")
def token(name: str, scopes: tuple[str, ...], password: bool) -> None:
    """Make a token for a client called NAME.

    The token goes to standard error, once; the line to put into the file of tokens goes to standard output.
    """
    from kg.web.access import SCOPES, new_grant

    if not name.isprintable() or len(name.split()) != 1 or ";" in name:
        raise click.BadParameter("a name is one word", param_hint="NAME")
    if unknown := set(scopes) - set(SCOPES):
        raise click.BadParameter(
            f"there is no scope {min(unknown)}; there are {', '.join(SCOPES)}", param_hint="--scope"
        )
    word = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True) if password else None
    secret, grant = new_grant(name, scopes or ("update", "graph-store"), word)
    if word is None:
        message(f"Authorization: Bearer {secret}")
    click.echo(grant.line)


@click.group()
def config() -> None:
    """Look at the settings of the service."""


@config.command("show")
@click.option("--config", "file", metavar="FILE", envvar="KG_CONFIG", help="The file of settings.")
def show(file: str | None) -> None:
    """Print each setting as TOML, with where it comes from and what it means. Tokens are not shown."""
    from kg.web.settings import shown

    for setting in shown({"config": file}):
        click.echo(f"# {setting.meaning}  [{setting.origin}]\n{setting.toml}\n")


@click.command()
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def completion(shell: str) -> None:
    """Print the script that completes commands and options in a shell.

    \b
    bash: kg completion bash > ~/.local/share/bash-completion/completions/kg
    zsh:  kg completion zsh > ~/.zfunc/_kg        (a folder of $fpath)
    fish: kg completion fish > ~/.config/fish/completions/kg.fish
    """  # noqa: D301  # the backspace keeps the lines as they are
    from click.shell_completion import get_completion_class

    from kg.cli import cli

    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(cli, {}, "kg", "_KG_COMPLETE").source())
