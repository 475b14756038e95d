"""`kg stats`, `kg export`, `kg check`, `kg delete`: a store as a whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import tables
from kg.cli.common import base_option, format_of, message, output, output_option, store_option
from kg.errors import MissingExtra, NotFound

if TYPE_CHECKING:
    from kg.store import Store

__all__ = ["check", "delete", "export", "stats"]

_FORMATS = ("nq", "trig", "ttl", "nt", "jsonld", "rdf")


@click.command()
@store_option
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def stats(location: str, as_json: bool) -> None:
    """Count what is in a store."""
    from kg.store import open_store
    from kg.vocab import READOUT

    with open_store(location) as store:
        counted = store.stats()
    if as_json:
        click.echo(json.dumps(asdict(counted), ensure_ascii=False))
        return
    for name, number in (
        ("documents", counted.documents),
        ("statements in their graphs", counted.quads),
        ("statements, each once", counted.statements),
        *((iri.replace(READOUT.iri, "readout:"), number) for iri, number in counted.classes.items()),
    ):
        click.echo(f"{number:>12,}  {name}")


@click.command()
@click.argument("table", required=False, type=click.Choice(tables.NAMES), metavar="[TABLE]")
@store_option
@output_option
@click.option(
    "--format",
    "format",
    type=click.Choice((*_FORMATS, *tables.FORMATS)),
    help="By default as the file's name says, or nq; for a table csv.",
)
@click.option("--document", "identifier", metavar="ID", help="This document alone: its id, or the IRI of its graph.")
@click.option("--codebook", type=click.Path(path_type=Path), metavar="FILE", help="Write what the columns mean here.")
@base_option
def export(
    table: str | None,
    location: str,
    target: str,
    format: str | None,
    identifier: str | None,
    codebook: Path | None,
    base: str,
) -> None:
    """Write the documents of a store as RDF, or an analysis-ready TABLE of it as CSV or Parquet.

    N-Quads, TriG and JSON-LD keep a graph for each document; Turtle, N-Triples and RDF/XML have the merge. Equal
    documents give equal bytes.

    Tables are meetings, dyads (two sides of an encounter), person-dyads and officials, with ISO and Correlates of War
    codes; --codebook says what each column means, and which query it comes from.
    """
    import pyoxigraph as ox

    from kg.store import open_store

    if table is not None:
        if identifier or format in _FORMATS:
            raise click.UsageError("a table is of the whole store, as csv or parquet")
        tables.export_table(table, location, target, format, codebook, base)
        return
    if codebook is not None or format in tables.FORMATS:
        raise click.UsageError(f"csv, parquet and --codebook are for a TABLE: {', '.join(tables.NAMES)}")
    kind = ox.RdfFormat.from_extension(format_of(target, format, _FORMATS, "nq"))
    assert kind is not None
    with open_store(location) as store:
        graph = _graphs(store, [identifier])[0] if identifier else None
        with output(target) as file:
            file.writelines(store.dump(kind, graph))


@click.command()
@store_option
@click.argument("identifiers", nargs=-1, metavar="[ID...]")
@click.option("--shapes/--no-shapes", default=True, help="Check the documents against the shapes (needs pyshacl).")
def check(location: str, identifiers: tuple[str, ...], shapes: bool) -> int:
    """Check that a store is sound, and that its documents (or those with these ids) have the shapes that they must.

    Prints a line for each fault.
    """
    from kg.store import open_store

    faults = 0
    with open_store(location) as store:
        graphs = _graphs(store, identifiers) if identifiers else sorted(store.journal())
        found = [store.check()] if not identifiers else []
        if shapes:
            found.append(_misshapen(store, graphs))
        for faulty in found:
            for line in faulty:
                faults += 1
                click.echo(line)
    message(f"checked {len(graphs)} documents: {faults or 'no'} fault{'' if faults == 1 else 's'}")
    return 1 if faults else 0


@click.command()
@store_option
@click.argument("identifiers", nargs=-1, required=True, metavar="ID...")
@click.option("--graph", "by_graph", is_flag=True, help="The IDs are IRIs of graphs.")
def delete(location: str, identifiers: tuple[str, ...], by_graph: bool) -> None:
    """Delete documents from a store, by their ids."""
    from kg.store import open_store

    with open_store(location) as reader:  # a store that is not there is an error, and not made here
        graphs = list(identifiers) if by_graph else _graphs(reader, identifiers)
        if by_graph and (missing := [graph for graph in graphs if graph not in reader.journal()]):
            raise NotFound(f"no document has the graph {missing[0]}; nothing was deleted")
    with open_store(location, mode="write") as store:
        message(f"deleted {store.delete(graphs)}")


def _graphs(store: Store, identifiers: Sequence[str]) -> list[str]:
    """Return the graphs of the documents with these ids; an IRI of a graph is taken for itself."""
    journal = store.journal()
    by_id = {document.id: document.graph for document in journal.values()} | {graph: graph for graph in journal}
    for identifier in identifiers:
        if identifier not in by_id:
            from difflib import get_close_matches

            near = get_close_matches(identifier, by_id, 1)
            raise NotFound(f"no document {identifier}" + (f"; did you mean {near[0]}?" if near else ""))
    return [by_id[identifier] for identifier in identifiers]


def _misshapen(store: Store, graphs: Iterable[str]) -> Iterator[str]:
    """Yield a line for each way in which a document breaks the shapes, one document at a time."""
    try:
        from pyshacl import validate
    except ImportError:
        raise MissingExtra(
            "checking shapes needs pyshacl: pip install 'readout-kg[validate]', or use --no-shapes"
        ) from None
    import pyoxigraph as ox
    import rdflib

    from kg.resources import ontology

    shapes = rdflib.Graph().parse(ontology() / "shapes.ttl")
    for graph in graphs:  # one at a time: each is complete in itself, and the shapes are about one readout
        data = rdflib.Graph().parse(data=b"".join(store.dump(ox.RdfFormat.N_TRIPLES, graph)), format="nt")
        conforms, report, _ = validate(data, shacl_graph=shapes)
        if not conforms:
            yield from sorted(_results(report))


def _results(report: object) -> Iterator[str]:
    import rdflib

    assert isinstance(report, rdflib.Graph)
    shacl = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    for result in report.subjects(rdflib.RDF.type, shacl.ValidationResult):
        focus, path = report.value(result, shacl.focusNode), report.value(result, shacl.resultPath)
        text = " ".join(str(report.value(result, shacl.resultMessage) or "breaks a shape").split())
        yield f"{focus}{f' {path}' if path else ''}: {text}"
