"""`kg link`: which item of Wikidata the entities of a store are, by the machine and by persons."""

from __future__ import annotations

import json
from collections import Counter
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
from kg.cli.linkwork import CACHE, Given, opened
from kg.cli.live import Asking, live_options, watched, would_ask

if TYPE_CHECKING:
    from kg.link import Decision, Subject

__all__ = ["link", "link_into"]


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
@output_option
def export(given: Given, target: str) -> None:
    """Write all links, the machine's and those that persons judged, as an SSSOM table."""
    from kg.link.sssom import to_tsv
    from kg.load.links import proposals

    with opened(given, write=False) as work, output(target) as file:
        mappings = [*work.judgements.mappings, *proposals(work.decided())]
        file.write(to_tsv(mappings, work.base).encode())
