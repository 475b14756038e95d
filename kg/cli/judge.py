"""`kg link accept`, `reject` and `apply`: what persons say of links, which no machine overrules."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.common import message, store_again_option
from kg.cli.linkwork import Given, opened
from kg.errors import InputError, NotFound

if TYPE_CHECKING:
    from kg.link import Subject
    from kg.link.sssom import Mapping

__all__ = ["accept", "apply", "judgement", "reject"]


def _of_a_pair(command: Callable[..., None]) -> Callable[..., Any]:
    """Give a command the store and two arguments: an entity, and an item of Wikidata."""
    for decorate in (click.argument("qid"), click.argument("entity"), store_again_option, click.pass_obj):
        command = decorate(command)
    return command


@click.command()
@_of_a_pair
def accept(given: Given, entity: str, qid: str) -> None:
    """Say that ENTITY (such as official/lisa-monaco) is the item QID."""
    _judge(given, entity, qid, is_same=True)


@click.command()
@_of_a_pair
def reject(given: Given, entity: str, qid: str) -> None:
    """Say that ENTITY is not the item QID: it will not be proposed again."""
    _judge(given, entity, qid, is_same=False)


@click.command()
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
