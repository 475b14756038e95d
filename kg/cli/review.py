"""`kg link review`: what the machine found, looked at by a person, one by one."""

from __future__ import annotations

import sys
from itertools import islice
from typing import TYPE_CHECKING

import click

from kg.cli.common import message, store_again_option
from kg.cli.judge import judgement
from kg.cli.linkwork import Given, Work, opened

if TYPE_CHECKING:
    from kg.link import Candidate, Decision, Subject

__all__ = ["review"]

_FIRST = 3
_BANDS = {"review": ("review",), "accepted": ("accept",), "all": ("review", "accept")}


@click.command()
@click.pass_obj
@store_again_option
@click.option(
    "--band",
    type=click.Choice(list(_BANDS)),
    default="review",
    show_default=True,
    help="What to look at: what waits for a person, what the machine accepted, or both.",
)
def review(given: Given, band: str) -> None:
    """Look at what the machine found, one by one, and press a key.

    A number says that it is this one, n that it is none of those shown, m shows all sentences, s leaves it for later
    and q ends. Each judgement is kept at once in the store's links.sssom.tsv.
    """
    judged: list[Subject] = []
    with opened(given, write=True) as work:
        waiting = [decision for decision in work.decided() if decision.band in _BANDS[band]]
        waiting.sort(key=lambda decision: decision.candidates[0].confidence)
        try:
            for number, decision in enumerate(waiting, 1):
                click.echo(f"\n{number} of {len(waiting)}: {decision.subject.name}  ({decision.subject.id})")
                key = _answer(work, decision)
                if key == "q":
                    break
                if key != "s":
                    judged.append(decision.subject)
        finally:
            if judged:
                work.relink(judged)
    message(f"judged {len(judged)} of {len(waiting)}")


def _answer(work: Work, decision: Decision) -> str:
    """Show an entity with its sentences and candidates, keep what the person says, and return the key."""
    from kg.load.said import sentences_about

    said = sentences_about(work.store, work.base + decision.subject.id)
    for sentence in islice(said, _FIRST):
        click.echo(f"  “{sentence}”")
    shown = _shown(decision)
    for number, candidate in enumerate(shown, 1):
        click.echo(f"  {number}  {_line(candidate)}")
    click.echo(f"     {decision.reason}")
    keys = "".join(map(str, range(1, len(shown) + 1))) + "nmsq"
    while (key := _key(keys)) == "m":
        for sentence in said:
            click.echo(f"  “{sentence}”")
    if key == "n":
        work.judgements.add(judgement(decision.subject, c.entry.qid, c.entry.label, is_same=False) for c in shown)
    elif key.isdecimal():
        entry = shown[int(key) - 1].entry
        work.judgements.add([judgement(decision.subject, entry.qid, entry.label, is_same=True)])
    return key


def _shown(decision: Decision) -> list[Candidate]:
    likely = [candidate for candidate in decision.candidates if candidate.confidence >= 0.01]
    return likely or list(decision.candidates[:1])


def _line(candidate: Candidate) -> str:
    entry = candidate.entry
    note = f", {entry.note}" if entry.note and entry.note not in entry.description else ""
    return f"{entry.label} ({entry.qid}), {entry.description}{note}; {candidate.confidence:.2f}"


def _key(keys: str) -> str:
    """Return the key that was pressed: at a terminal without the return key, otherwise the first of a line."""
    prompt = "  number: it is this one, n: none of them, m: more sentences, s: later, q: end"
    if not sys.stdin.isatty():
        return str(click.prompt(prompt, type=click.Choice(list(keys)), show_choices=False))
    click.echo(f"{prompt}  ", nl=False)
    while (key := click.getchar().lower()) not in keys:
        if key in "\x03\x04":
            raise click.Abort
    click.echo(key)
    return key
