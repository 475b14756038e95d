"""What the commands of `kg link` work with: an open store, what is known of Wikidata, and what persons judged."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.common import folder_of, message
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.link import Decision, Gazetteer, Subject
    from kg.load.links import Judgements
    from kg.store import Store

__all__ = ["CACHE", "Given", "Work", "opened"]

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
