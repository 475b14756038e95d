"""`kg query`: SPARQL over a store, one's own or a saved one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.common import base_option, format_of, message, output, output_option, store_option
from kg.errors import InputError, NotAcceptable, NotFound, QueryForbidden, QueryTooHeavy, Unreadable

if TYPE_CHECKING:
    from kg.store import Term
    from kg.store.workers import QueryWorkers
    from kg.web.settings import Settings

__all__ = ["query"]

_RESULTS = {
    "json": "application/sparql-results+json",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "xml": "application/sparql-results+xml",
}
_GRAPHS = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}
_FORMATS = ("table", *_RESULTS, *_GRAPHS)


@click.command()
@click.argument("source", required=False, metavar="[FILE|TEXT|-]")
@store_option
@click.option("--saved", metavar="NAME", help="Ask one of the questions that come with the program.")
@click.option("--param", "parameters", multiple=True, metavar="NAME=VALUE", help="A parameter of the saved query.")
@click.option("--list-saved", is_flag=True, help="List the saved queries with their parameters.")
@click.option("--format", "format", type=click.Choice(_FORMATS), help="By default as FILE's name says, or a table.")
@click.option(
    "--federate",
    envvar="KG_FEDERATE",
    show_envvar=True,
    metavar="URL",
    multiple=True,
    help="An endpoint that the query may ask, too (SERVICE); private:URL for one within a private network. Repeatable.",
)
@click.option("--timeout", metavar="SECONDS", help="How long it may take.  [default: as long as it needs]")
@click.option("--memory", metavar="BYTES", help="What it may use, such as 512M.  [default: 2G]")
@output_option
@base_option
def query(
    source: str | None,
    location: str,
    saved: str | None,
    parameters: tuple[str, ...],
    list_saved: bool,
    format: str | None,
    target: str,
    base: str,
    **limits: Any,  # noqa: ANN401  # as the options have them
) -> None:
    """Ask a store a SPARQL 1.1 query: from a file, as text, or from standard input (-).

    The usual prefixes (readout:, org:, dcterms:, schema:, …) need no declaration. The default graph is the merge of all
    documents; GRAPH reaches each of them.
    """
    if list_saved:
        _list_saved()
        return
    if saved and source:
        raise click.UsageError("give a query or --saved NAME, not both")
    if parameters and not saved:
        raise click.UsageError("--param belongs to --saved NAME")
    text = _saved(saved, parameters, base) if saved else _text(source)
    from kg.sparql import outline

    graph = outline(text).form in ("CONSTRUCT", "DESCRIBE")
    chosen = format_of(target, format, _FORMATS, "ttl" if graph else "table")
    if chosen == "table" and graph:
        chosen = "ttl"
    with _engine(location, **limits) as ask, output(target) as file:
        pieces = ask(text, _RESULTS["json"] if chosen == "table" else _media_type(chosen, graph), base)
        if chosen == "table":
            _table(pieces)
            return
        file.writelines(pieces)
        if target == "-" and sys.stdout.isatty():
            file.write(b"\n")


_Ask = Callable[[str, str, str], Iterator[bytes]]


@contextmanager
def _engine(location: str, federate: tuple[str, ...], timeout: str | None, memory: str | None) -> Iterator[_Ask]:
    """Give a function that answers a text in a media type, with IRIs under a base.

    It does so in a process that may die, since a query can end one; a store elsewhere has its own.

    Raises:
        InputError: a limit, or an endpoint, is unfit.
    """
    from kg.store import open_store
    from kg.store.request import QueryRequest
    from kg.store.workers import QueryWorkers
    from kg.vocab import PREFIXES
    from kg.web.settings import Settings

    given = {"federate": federate, "memory": memory, "timeout": timeout, "contact": os.environ.get("KG_CONTACT")}
    settings = Settings.read(given, {})
    if "://" in location:
        if federate:
            raise InputError(
                "--federate is for a store on this machine: a store elsewhere asks others itself, or does not"
            )
        with open_store(location) as store:
            yield lambda text, form, base: store.query(text, base_iri=base, prefixes=PREFIXES).serialize(form)
        return
    seconds = settings.timeout if timeout else float("inf")
    engine = QueryWorkers(location, size=1, timeout=seconds, memory=settings.memory, limit=1 << 60, undeclared=True)
    try:
        yield lambda text, form, base: engine.answer(QueryRequest(_followed(text, settings, engine, base), form, base))
    except QueryTooHeavy as error:
        raise QueryTooHeavy(f"{error}; --memory gives it more than {settings.memory >> 20}M") from None
    finally:
        engine.close()


def _followed(text: str, settings: Settings, engine: QueryWorkers, base: str) -> str:
    """Return *text* with what other endpoints say in it, if any may be asked."""
    from kg.sparql.federation import NOWHERE, Federation, reaches_out, simplest
    from kg.sparql.services import Services
    from kg.store.request import QueryRequest
    from kg.vocab import PREFIXES

    federation = Federation(settings.federate, timeout=settings.federate_timeout, contact=settings.contact)
    if not reaches_out(text):
        return text
    if not settings.federate:
        asked = " ".join(
            dict.fromkeys(f"--federate {service.constant.strip('<>')}" for service in Services(text).services)
        )
        raise QueryForbidden(f"the query asks another endpoint too (SERVICE), which must be allowed: {asked}")

    def ours(part: str, nowhere: bool) -> bytes:
        default, named = ((NOWHERE,), ()) if nowhere else (None, None)
        return b"".join(engine.answer(QueryRequest(part, simplest(part), base, default, named)))

    return federation.follow(text, ours, base_iri=base, prefixes=PREFIXES)


def _media_type(format: str, graph: bool) -> str:
    known = _GRAPHS if graph else _RESULTS
    if format not in known:
        raise NotAcceptable(f"the answer to this query comes as {', '.join(known)}, not as {format}")
    return known[format]


def _text(source: str | None) -> str:
    """Return the query: the content of a file, standard input, or *source* itself."""
    if source == "-" or (source is None and not sys.stdin.isatty()):
        return sys.stdin.read()
    if source is None:
        raise click.UsageError("give a query: a file, its text, - for standard input, or --saved NAME")
    if any(mark in source for mark in " {\n\t"):
        return source
    path = Path(source)
    if not path.is_file():
        raise NotFound(f"no file {source}, and this is no query either")
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(f"{source} is not in UTF-8: {error.reason} at byte {error.start}") from error


def _saved(name: str, parameters: tuple[str, ...], base: str) -> str:
    from kg.saved import saved_query

    values = {}
    for parameter in parameters:
        key, equals, value = parameter.partition("=")
        if not equals:
            raise click.UsageError(f"--param {parameter}: write it as NAME=VALUE")
        values[key] = value
    return saved_query(name).rebased(base).bind(**values)


def _list_saved() -> None:
    from kg.saved import load_saved

    for name, saved in load_saved().items():
        click.echo(f"{name}\n    {saved.title}")
        for parameter in saved.parameters:
            click.echo(f"    --param {parameter.name}={parameter.default}  ({parameter.type}) {parameter.description}")


def _table(pieces: Iterator[bytes]) -> None:
    """Print rows for people: IRIs with their usual prefix, and no character that a terminal would obey."""
    import pyoxigraph as ox

    from kg.store.pieces import as_file

    answer = ox.parse_query_results(as_file(pieces), ox.QueryResultsFormat.JSON)
    if isinstance(answer, ox.QueryBoolean):
        click.echo("yes" if answer else "no")
        return
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*(variable.value for variable in answer.variables), box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for row in answer:
        table.add_row(*(Text(_shown(term)) for term in row))
    console = Console(markup=False, highlight=False)
    if not sys.stdout.isatty():  # nothing to fit into: no cell is broken
        console.width = max(20, console.measure(table, options=console.options.update(max_width=1 << 20)).maximum)
    console.print(table)
    message(f"{table.row_count} rows")


def _shown(term: Term | None) -> str:
    from kg.vocab import BASE, PREFIXES

    value = str(getattr(term, "value", term) if term is not None else "")
    if term is not None and type(term).__name__ == "NamedNode":
        for prefix, iri in PREFIXES.items():
            if value.startswith(iri) and value != iri:
                return f"{prefix}:{value.removeprefix(iri)}"
        value = value.removeprefix(BASE)
    return "".join(c if c.isprintable() or c == "\n" else repr(c)[1:-1] for c in value)
