"""`kg link`: which item of Wikidata the entities of a store are, by the machine and by persons."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import (
    base_option,
    folder_of,
    gazetteer_option,
    message,
    output,
    output_option,
    store_again_option,
    store_option,
)
from kg.cli.live import Asking, live_options, watched, would_ask
from kg.errors import InputError, NotFound

if TYPE_CHECKING:
    from kg.link import Decision, Gazetteer, Subject
    from kg.link.sssom import Mapping
    from kg.load.links import Judgements
    from kg.store import Store

__all__ = ["CACHE", "Given", "Work", "judgement", "link", "link_into", "opened"]

CACHE = "wikidata.cache"
"""The file in a store's folder that keeps what Wikidata answered."""


@dataclass(frozen=True)
class Given:
    """The options that all commands of the group share."""

    location: str
    gazetteers: tuple[Path, ...]
    base: str


@dataclass(frozen=True)
class Work:
    """What the commands work with: an open store, what is known of Wikidata, and what persons judged."""

    store: Store
    gazetteer: Gazetteer
    judgements: Judgements
    base: str

    def decided(self) -> list[Decision]:
        """Decide all entities that no person has confirmed."""
        from kg.load.links import decisions
        from kg.load.said import entities

        return list(decisions(entities(self.store, self.gazetteer, self.base), self.gazetteer, self.judgements))

    def named(self, ids: Collection[str]) -> list[Subject]:
        """Return the entities with these ids, as far as readouts name them."""
        from kg.load.said import entities

        return entities(self.store, self.gazetteer, self.base, ids)

    def relink(self, found: Sequence[Subject]) -> None:
        """Bring the links of these entities up to date, and no other."""
        from kg.load.links import relink

        relink(self.store, self.gazetteer, self.judgements, found, self.base)

    def rewrite(self, decided: Iterable[Decision]) -> None:
        """Bring both graphs of links up to date."""
        from kg.load.links import proposals, write_judgements, write_links

        write_judgements(self.store, self.judgements, self.base)
        write_links(self.store, proposals(decided), self.base)


@contextmanager
def opened(given: Given, *, write: bool) -> Iterator[Work]:
    """Open the store, which has to be there, with the indexes that are named and what was learned for it."""
    from kg.link import LEARNED, gazetteer_with
    from kg.load.links import Judgements
    from kg.load.mappings import mappings_in
    from kg.store import open_store
    from kg.store.folder import Folder

    known = gazetteer_with(given.gazetteers)
    with open_store(given.location):  # a store that is not there is an error, and not made here
        pass
    folder = folder_of(given.location)
    if write:
        folder.mkdir(exist_ok=True)  # a server has no place for what persons judged
    with open_store(given.location, mode="write" if write else "read") as store:
        kept = mappings_in(store, given.base, "judgements")
        judgements = Judgements(Folder(folder).judgements, given.base, kept)
        yield Work(store, _extended(known, folder / LEARNED), judgements, given.base)


def _extended(known: Gazetteer, learned: Path) -> Gazetteer:
    """Return what is known with what was learned, unless that is of another version."""
    try:
        return known.extended(learned)
    except InputError as error:
        message(f"{error}; what was learned is left out until --live learns it again")
        return known


@click.group(invoke_without_command=True)
@click.pass_context
@store_option
@gazetteer_option
@base_option
@click.option("--json", "as_json", is_flag=True, help="Print each decision as a line of JSON.")
@click.option("--live", is_flag=True, help="Look up at Wikidata what the indexes at hand do not settle.")
@click.option("--dry-run", is_flag=True, help="Decide, and write nothing; with --live, print what would be asked.")
@live_options(days=30)
def link(
    context: click.Context,
    location: str,
    gazetteers: tuple[Path, ...],
    base: str,
    as_json: bool,
    live: bool,
    dry_run: bool,
    asking: Asking,
) -> None:
    """Link the entities of a store to Wikidata, without a network unless you say --live.

    What is sure becomes skos:exactMatch, what a person should look at skos:closeMatch; what a person confirmed is
    owl:sameAs. Links lie in graphs of their own, with confidence and reason as SSSOM, and outlive a new load.

    With --live, entities that are not settled are looked for at Wikidata by their names. What is found is kept beside
    the store, so that later runs know it without a network; answers are kept, too, so that a run can be broken off.
    """
    given = Given(location, gazetteers, base)
    if context.invoked_subcommand:
        context.obj = given
        return
    if live and dry_run:
        _plan(given, asking)
        return
    for decision in link_into(given, write=not dry_run, asking=asking if live else None):
        if as_json:
            click.echo(json.dumps(_plain(decision), ensure_ascii=False))


def link_into(given: Given, *, write: bool = True, asking: Asking | None = None) -> list[Decision]:
    """Link the entities of a store, with a summary on standard error, and return what was decided."""
    if asking:
        _learn(given, asking)
    with opened(given, write=write) as work:
        decided = work.decided()
        if write:
            work.rewrite(decided)
        judged = len(work.judgements.confirmed)
    bands = Counter(decision.band for decision in decided)
    message(
        f"accepted {bands['accept']}, to be looked at {bands['review']}, without a link {bands['none']}; "
        f"judged by persons {judged}"
    )
    return decided


def _unsettled(given: Given) -> list[Subject]:
    """Return the entities that the indexes at hand do not settle."""
    with opened(given, write=False) as work:
        return [decision.subject for decision in work.decided() if decision.band != "accept"]


def _learn(given: Given, asking: Asking) -> None:
    """Look up at Wikidata what is not settled; the store is not held meanwhile."""
    from kg.lexicon import default_lexicon
    from kg.link import LEARNED
    from kg.link.live import learn, searches

    unsettled = _unsettled(given)
    with asking.wikidata(folder_of(given.location) / CACHE) as wikidata:
        new = len(wikidata.client.unanswered(searches(wikidata, unsettled)))
        message(f"looking for {len(unsettled)} entities, by {new} questions first; if interrupted, run it again")
        found = learn(wikidata, unsettled, folder_of(given.location) / LEARNED, default_lexicon(), watched)
    message(f"asked {wikidata.client.asked} times, and found {found} items that they may be")


def _plan(given: Given, asking: Asking) -> None:
    """Print what would be asked."""
    from kg.link.live import searches

    with asking.wikidata(folder_of(given.location) / CACHE, dry=True) as wikidata:
        would_ask(wikidata, searches(wikidata, _unsettled(given)), "then what each item found is, 50 at a time")


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
@store_again_option
@output_option
def propose(given: Given, target: str) -> None:
    """Write what the machine would assert as an SSSOM table, and change nothing."""
    from kg.link.sssom import to_tsv
    from kg.load.links import proposals

    with opened(given, write=False) as work, output(target) as file:
        file.write(to_tsv(proposals(work.decided()), work.base, "proposals").encode())


@link.command()
@click.pass_obj
@store_again_option
@click.argument("entity")
@click.argument("qid")
def accept(given: Given, entity: str, qid: str) -> None:
    """Say that ENTITY (such as official/lisa-monaco) is the item QID."""
    _judge(given, entity, qid, is_same=True)


@link.command()
@click.pass_obj
@store_again_option
@click.argument("entity")
@click.argument("qid")
def reject(given: Given, entity: str, qid: str) -> None:
    """Say that ENTITY is not the item QID: it will not be proposed again."""
    _judge(given, entity, qid, is_same=False)


@link.command()
@click.pass_obj
@store_again_option
@click.argument("path", required=False, type=click.Path(path_type=Path))
def apply(given: Given, path: Path | None) -> None:
    """Take the judgements of an SSSOM table (PATH, or the store's own links.sssom.tsv) into the store.

    Lines whose mapping_justification is semapv:ManualMappingCuration are taken, others are the machine's.
    """
    from kg.link.sssom import read_mappings

    with opened(given, write=True) as work:
        new = [mapping for mapping in read_mappings(path, work.base) if mapping.by_person] if path else []
        if new:
            work.judgements.add(new)
        if path:
            work.relink(work.named({mapping.subject_id for mapping in new}))
        else:
            work.rewrite(work.decided())
    message(f"took {len(new)} judgements; there are {len(work.judgements.mappings)}")


@link.command()
@click.pass_obj
@store_again_option
@output_option
def export(given: Given, target: str) -> None:
    """Write all links, the machine's and those that persons judged, as an SSSOM table."""
    from kg.link.sssom import to_tsv
    from kg.load.links import proposals

    with opened(given, write=False) as work, output(target) as file:
        mappings = [*work.judgements.mappings, *proposals(work.decided())]
        file.write(to_tsv(mappings, work.base).encode())


def _judge(given: Given, entity: str, qid: str, *, is_same: bool) -> None:
    from kg.link.rows import number

    try:
        number(qid)
    except ValueError as error:
        raise InputError(str(error)) from None
    with opened(given, write=True) as work:
        tail = entity.removeprefix(work.base)
        found = work.named({tail})
        if not found:
            raise NotFound(f"no readout of the store names an entity {tail}")
        entry = work.gazetteer.entry(qid)
        work.judgements.add([judgement(found[0], qid, entry.label if entry else "", is_same=is_same)])
        work.relink(found)
    message(f"{tail} is {'' if is_same else 'not '}{qid}{f' ({entry.label})' if entry else ''}")


def judgement(subject: Subject, qid: str, label: str, *, is_same: bool) -> Mapping:
    """Return what the person at the terminal says today."""
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
