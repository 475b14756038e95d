"""Who says "I" in a release."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.encounters.parties import people_in
from kg.extract.encounters.party import Attendee
from kg.extract.scene import Scene
from kg.lexicon import fold
from kg.model import Person

__all__ = ["authors"]

LONGEST_SIGNATURE = 90
"""A longer line, in characters, is no signature."""


def authors(scene: Scene, *, several: bool = False) -> tuple[Attendee, ...]:
    """Return the first who has signed by name at the head of the release, else the holder of the office that publishes.

    With *several*, all who have signed.
    """
    signed = tuple(_signed(scene))
    named = tuple(one for one in signed if one.person.name.split()[-1] in one.phrase.of(scene.text))
    if named:
        return named if several else named[:1]
    return _holders(scene) or signed[:1]


def _holders(scene: Scene) -> tuple[Attendee, ...]:
    publisher = scene.lexicon.publisher(name=scene.readout.publisher, url=scene.readout.source)
    country, issued = publisher and publisher.country, scene.readout.issued
    term = scene.lexicon.holder(publisher.name, country, issued) if publisher and country and issued else None
    names = {fold(name) for name in (term.person, *term.aliases)} if term else set()
    holders = (person for person in scene.people if person.mentions and _is_holder(person, names)) if term else ()
    return tuple(Attendee(person, person.mentions[0].span, 0.9) for person in holders)


def _signed(scene: Scene) -> Iterator[Attendee]:
    """Yield who stands on the lines at the head, or on the first line of somebody's below it."""
    found = False
    for line in scene.sentences:
        if scene.readout.title == line:
            continue
        if line.end - line.start < LONGEST_SIGNATURE and not line.of(scene.text).endswith("."):
            for attendee in people_in(scene, line):
                found = True
                yield attendee
        elif found:
            return


def _is_holder(person: Person, names: set[str]) -> bool:
    """Tell whether the person bears one of the *names*, or its surname, or is known as the author alone."""
    name = fold(person.name)
    named = any(name == one or one.endswith(f" {name}") for one in names)
    return named or any(mention.rule == "people.author" for mention in person.mentions)
