"""`kg snapshot`: states of a store for other machines to read and to serve."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from kg.cli.common import message, path_of, store_option

__all__ = ["snapshot"]


@click.group()
def snapshot() -> None:
    """Publish states of a store, for other machines to fetch and serve.

    PLACE is a folder, or an address that a web server gives files from. See also kg serve --follow.
    """


@snapshot.command()
@click.argument("place")
@store_option
@click.option("--keep", type=click.IntRange(min=1), default=3, show_default=True, help="How many states stay there.")
def publish(place: str, location: str, keep: int) -> None:
    """Publish the newest state of a store at PLACE. What is there already is not sent again.

    To publish to an address, its server has to take PUT; KG_SNAPSHOT_TOKEN, or KG_SNAPSHOT_USER and
    KG_SNAPSHOT_PASSWORD, say who you are.
    """
    from kg.store.snapshot import place_at
    from kg.store.snapshot import publish as publish_at

    manifest, sent = publish_at(path_of(location, "kg snapshot"), place_at(place), kept=keep)
    click.echo(manifest.state)
    message(f"{place} has {manifest.documents:,} documents in {manifest.size / 1e6:,.1f} MB; {sent / 1e6:,.1f} MB sent")


@snapshot.command("list")
@click.argument("place")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def list_(place: str, as_json: bool) -> None:
    """List the states at PLACE, the newest first."""
    from kg.store.snapshot import place_at, published

    states = list(published(place_at(place)))
    if not states:
        message(f"nothing was published at {place} yet: see 'kg snapshot publish'")
    for manifest in states:
        if as_json:
            click.echo(json.dumps(asdict(manifest)))
        else:
            size = f"{manifest.size / 1e6:,.1f} MB"
            click.echo(f"{manifest.state}  {manifest.published}  {manifest.documents:,} documents  {size}")


@snapshot.command()
@click.argument("place")
@store_option
def fetch(place: str, location: str) -> None:
    """Fetch the newest state at PLACE into a store, which is then for reading only; fetch again what has changed since.

    It may be interrupted and run again: it goes on where it was.
    """
    from kg.store.snapshot import Follower, place_at

    follower = Follower(place_at(place), path_of(location, "kg snapshot"))
    fetched = follower.update()
    click.echo(follower.state)
    message(f"{location} has it {'now' if fetched else 'already'}")
