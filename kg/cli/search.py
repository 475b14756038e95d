"""`kg search`: names and texts of a store, the best first."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kg.cli.common import message, store_option
from kg.errors import NotFound

if TYPE_CHECKING:
    from kg.search import Found, Hit

__all__ = ["search"]


@click.command()
@click.argument("words", nargs=-1, required=True)
@store_option
@click.option("-n", "--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="How many to show.")
@click.option("--sort", type=click.Choice(["relevance", "date"]), default="relevance", show_default=True)
@click.option("--counts", is_flag=True, help="Show what the results can be narrowed down by, with numbers.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def search(words: tuple[str, ...], location: str, limit: int, sort: str, counts: bool, as_json: bool) -> None:
    """Find people, bodies, initiatives, encounters, statements and texts by their names and words.

    All WORDS must be there; a "phrase" stands as it is, and behind -- a -word must not be there. type:official,
    country:kenya, agency:…, initiative:…, year:2016, publisher:"…" and act:agree narrow it down. Accents do not matter.
    """
    from kg.search import suggest
    from kg.store import open_store

    text = " ".join(f'"{word}"' if " " in word and ":" not in word else word for word in words)
    with open_store(location) as store:
        found = store.search(text, sort=sort, limit=limit)
        near = [] if found.total else store.finder.ask(lambda index: suggest(index, text))
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False))
        return
    if not found.total:
        hint = f"; did you mean {', '.join(each.label for each in near)}?" if near else ""
        raise NotFound(f"nothing is found by {text!r}{_instead(found) or hint}")
    for hit in found.hits:
        click.echo(_line(hit))
    if counts:
        _print_counts(found)
    message(f"{len(found.hits)} of {found.total}" + (", written nearly so" if found.almost else ""))


def _instead(found: Found) -> str:
    """Return what could be narrowed down by, where a facet alone leaves nothing."""
    others = [f"{kind}:{value.short}" for kind, values in found.facets.items() for value in values if value.number]
    return f"; there is {', '.join(others[:6])}" if others else ""


def _line(hit: Hit) -> str:
    """Return a line for *hit*: what it is, its name, what tells it from others, and where the words stand in it."""
    excerpt = "".join(piece.text for piece in hit.excerpt)
    label = excerpt if hit.type == "statement" else hit.label
    rest = " · ".join(filter(None, (hit.detail, hit.date, "" if label == excerpt else excerpt)))
    return _printable(f"{hit.type:<12} {label}" + (f"  ({rest})" if rest else ""))


def _print_counts(found: Found) -> None:
    for kind, values in found.facets.items():
        if values:
            shown = ", ".join(f"{value.label} {value.number}" for value in values[:12])
            click.echo(_printable(f"{kind + ':':<12} {shown}"))


def _printable(text: str) -> str:
    """Return *text* without characters that a terminal would obey."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
