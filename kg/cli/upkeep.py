"""`kg backup`, `kg restore`, `kg compact`: keep a store, also while it is served."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import message, path_of, store_option
from kg.errors import StoreError

__all__ = ["backup", "compact", "restore"]


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@store_option
def backup(target: Path, location: str) -> None:
    """Copy a store to TARGET, a new folder: its newest published state, also while others write.

    The copy is a store itself; it can be asked, checked and served.
    """
    from kg.store.upkeep import backup as write_backup

    message(f"wrote generation {write_backup(path_of(location, 'kg backup'), target)} of {location} to {target}")


@click.command()
@click.argument("copy", type=click.Path(path_type=Path))
@store_option
@click.option("--replace", is_flag=True, help="Replace a store that is there, with all that it has.")
def restore(copy: Path, location: str, replace: bool) -> None:
    """Make a store of the backup at COPY. A service that serves it moves over to it."""
    from kg.store.upkeep import restore as read_backup

    path = path_of(location, "kg restore")
    if path.exists() and any(path.iterdir()) and not replace:
        raise StoreError(f"there is a store at {path}: name another, or replace it with --replace")
    message(f"restored {copy} as generation {read_backup(copy, path)} of {path}")


@click.command()
@store_option
def compact(location: str) -> None:
    """Write a store's database anew, without what was overwritten. Needs room for a second one."""
    from kg.store.upkeep import compact as write_anew

    path = path_of(location, "kg compact")
    before = _size(path)
    generation = write_anew(path)
    message(f"generation {generation}: {before / 1e6:.1f} MB before, {_size(path) / 1e6:.1f} MB after")


def _size(path: Path) -> int:
    return sum(file.stat().st_size for file in (path / "live").glob("*") if file.is_file())
