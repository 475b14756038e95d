"""`kg link`: which item of Wikidata the entities of a store are, by the machine and by persons."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import base_option, gazetteer_option, message, output, output_option, store_option
from kg.errors import InputError, NotFound

if TYPE_CHECKING:
    from kg.link import Decision, Gazetteer, Subject
    from kg.link.sssom import Mapping
    from kg.load.links import Judgements
    from kg.store import Store

__all__ = ["link", "link_into"]

_FILE = "links.sssom.tsv"


@dataclass(frozen=True)
class _Work:
    """What the commands work with."""

    store: Store
    gazetteer: Gazetteer
    judgements: Judgements
    base: str

    def entities(self) -> list[Subject]:
        from kg.load.links import entities

        return entities(self.store, self.gazetteer, self.base)

    def decided(self) -> list[Decision]:
        from kg.load.links import decisions

        return list(decisions(self.entities(), self.gazetteer, self.judgements))


@contextmanager
def _opened(location: str, gazetteers: tuple[Path, ...], base: str, *, write: bool) -> Iterator[_Work]:
    from kg.link import gazetteer_with
    from kg.load.links import Judgements
    from kg.store import open_store

    known = gazetteer_with(gazetteers)
    with open_store(location):  # a store that is not there is an error, and not made here
        pass
    with open_store(location, mode="write" if write else "read") as store:
        yield _Work(store, known, Judgements(Path(location) / _FILE, base), base)


@click.group(invoke_without_command=True)
@click.pass_context
@store_option
@gazetteer_option
@base_option
@click.option("--json", "as_json", is_flag=True, help="Print each decision as a line of JSON.")
@click.option("--dry-run", is_flag=True, help="Decide, and write nothing.")
def link(
    context: click.Context, location: str, gazetteers: tuple[Path, ...], base: str, as_json: bool, dry_run: bool
) -> None:
    """Link the entities of a store to Wikidata, without a network.

    What is sure becomes skos:exactMatch, what a person should look at skos:closeMatch; what a person confirmed is
    owl:sameAs. Links lie in graphs of their own, with confidence and reason as SSSOM, and outlive a new load.
    """
    if context.invoked_subcommand:
        context.obj = (location, gazetteers, base)
        return
    for decision in link_into(location, gazetteers, base, write=not dry_run):
        if as_json:
            click.echo(json.dumps(_plain(decision), ensure_ascii=False))


def link_into(location: str, gazetteers: tuple[Path, ...], base: str, *, write: bool = True) -> list[Decision]:
    """Link the entities of the store at *location*, with a summary on standard error, and return what was decided."""
    with _opened(location, gazetteers, base, write=write) as work:
        decided = work.decided()
        if write:
            _rewrite(work, decided)
    bands = Counter(decision.band for decision in decided)
    message(
        f"accepted {bands['accept']}, to be looked at {bands['review']}, without a link {bands['none']}; "
        f"judged by persons {len(work.judgements.confirmed)}"
    )
    return decided


def _plain(decision: Decision) -> dict[str, object]:
    return {
        "entity": decision.subject.id,
        "label": decision.subject.name,
        "band": decision.band,
        "reason": decision.reason,
        "candidates": [
            {"id": c.entry.qid, "label": c.entry.label, "confidence": round(c.confidence, 3)}
            for c in decision.candidates
            if c.confidence >= 0.001
        ],
    }


@link.command()
@click.pass_obj
@output_option
def propose(given: tuple[str, tuple[Path, ...], str], target: str) -> None:
    """Write what the machine would assert as an SSSOM table, and change nothing."""
    from kg.link.sssom import to_tsv
    from kg.load.links import proposals

    with _opened(*given, write=False) as work, output(target) as file:
        file.write(to_tsv(proposals(work.decided()), work.base, "proposals").encode())


@link.command()
@click.pass_obj
@click.argument("entity")
@click.argument("qid")
def accept(given: tuple[str, tuple[Path, ...], str], entity: str, qid: str) -> None:
    """Say that ENTITY (such as official/lisa-monaco) is the item QID."""
    _judge(given, entity, qid, is_same=True)


@link.command()
@click.pass_obj
@click.argument("entity")
@click.argument("qid")
def reject(given: tuple[str, tuple[Path, ...], str], entity: str, qid: str) -> None:
    """Say that ENTITY is not the item QID: it will not be proposed again."""
    _judge(given, entity, qid, is_same=False)


@link.command()
@click.pass_obj
@click.argument("path", required=False, type=click.Path(path_type=Path))
def apply(given: tuple[str, tuple[Path, ...], str], path: Path | None) -> None:
    """Take the judgements of an SSSOM table (PATH, or the store's own links.sssom.tsv) into the store.

    Lines whose mapping_justification is semapv:ManualMappingCuration are taken, others are the machine's.
    """
    from kg.link.sssom import read_mappings

    with _opened(*given, write=True) as work:
        new = [mapping for mapping in read_mappings(path, work.base) if mapping.by_person] if path else []
        if new:
            work.judgements.add(new)
        _rewrite(work)
    message(f"took {len(new)} judgements; there are {len(work.judgements.mappings)}")


@link.command()
@click.pass_obj
@output_option
def export(given: tuple[str, tuple[Path, ...], str], target: str) -> None:
    """Write all links, the machine's and those that persons judged, as an SSSOM table."""
    from kg.link.sssom import to_tsv
    from kg.load.links import proposals

    with _opened(*given, write=False) as work, output(target) as file:
        mappings = [*work.judgements.mappings, *proposals(work.decided())]
        file.write(to_tsv(mappings, work.base).encode())


@link.command()
@click.pass_obj
def review(given: tuple[str, tuple[Path, ...], str]) -> None:
    """Look at what the machine is not sure of, one by one: a number accepts, n rejects all that are shown.

    Each judgement is kept at once in the store's links.sssom.tsv.
    """
    with _opened(*given, write=True) as work:
        waiting = [decision for decision in work.decided() if decision.band == "review"]
        message(f"{len(waiting)} to look at")
        try:
            for decision in waiting:
                if not _reviewed(work, decision):
                    break
        finally:
            _rewrite(work)


def _reviewed(work: _Work, decision: Decision) -> bool:
    """Show an entity with its sentence and candidates, and keep what the person says; return whether to go on."""
    from kg.load.links import sentence

    shown = [c for c in decision.candidates if c.confidence >= 0.01] or list(decision.candidates[:1])
    click.echo(f"\n{decision.subject.name}  ({decision.subject.id})")
    click.echo(f"  “{sentence(work.store, work.base + decision.subject.id)}”")
    for number, candidate in enumerate(shown, 1):
        entry = candidate.entry
        click.echo(f"  {number}  {entry.label} ({entry.qid}), {entry.description}; {candidate.confidence:.2f}")
    click.echo(f"     {decision.reason}")
    keys = [*map(str, range(1, len(shown) + 1)), "n", "s", "q"]
    key = click.prompt("  number: it is this one, n: none of them, s: later, q: end", type=click.Choice(keys))
    if key == "n":
        work.judgements.add(_mapping(decision.subject, c.entry.qid, c.entry.label, is_same=False) for c in shown)
    elif key.isdecimal():
        entry = shown[int(key) - 1].entry
        work.judgements.add([_mapping(decision.subject, entry.qid, entry.label, is_same=True)])
    return key != "q"


def _judge(given: tuple[str, tuple[Path, ...], str], entity: str, qid: str, *, is_same: bool) -> None:
    from kg.link.rows import number

    try:
        number(qid)
    except ValueError as error:
        raise InputError(str(error)) from None
    with _opened(*given, write=True) as work:
        tail = entity.removeprefix(work.base)
        subject = next((subject for subject in work.entities() if subject.id == tail), None)
        if subject is None:
            raise NotFound(f"no readout of the store names an entity {tail}")
        entry = work.gazetteer.entry(qid)
        work.judgements.add([_mapping(subject, qid, entry.label if entry else "", is_same=is_same)])
        _rewrite(work)
    message(f"{tail} is {'' if is_same else 'not '}{qid}{f' ({entry.label})' if entry else ''}")


def _mapping(subject: Subject, qid: str, label: str, *, is_same: bool) -> Mapping:
    from kg.link.sssom import PERSON, Mapping

    return Mapping(
        subject.id,
        subject.name,
        "owl:sameAs" if is_same else "skos:exactMatch",
        qid,
        label,
        PERSON,
        predicate_modifier="" if is_same else "Not",
        author_label=os.environ.get("USER", ""),
        mapping_date=date.today().isoformat(),
    )


def _rewrite(work: _Work, decided: list[Decision] | None = None) -> None:
    """Bring both graphs of links up to date."""
    from kg.load.links import proposals, write_judgements, write_links

    write_judgements(work.store, work.judgements, work.base)
    write_links(work.store, proposals(work.decided() if decided is None else decided), work.base)
