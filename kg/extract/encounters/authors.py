"""Who says "I" in a release."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.encounters.parties import people_in
from kg.extract.encounters.party import Attendee
from kg.extract.scene import Scene
from kg.lexicon import fold
from kg.model import Person

__all__ = ["author"]

LONGEST_SIGNATURE = 90
"""A longer line, in characters, is no signature."""


def author(scene: Scene) -> Iterator[Attendee]:
    """Yield the holder of the office that publishes, else the first person who has a line of their own, if any."""
    publisher = scene.lexicon.publisher(name=scene.readout.publisher, url=scene.readout.source)
    country, issued = publisher and publisher.country, scene.readout.issued
    term = scene.lexicon.holder(publisher.name, country, issued) if publisher and country and issued else None
    if term:
        names = {fold(name) for name in (term.person, *term.aliases)}
        holders = [person for person in scene.people if person.mentions and _is_holder(person, names)]
        yield from (Attendee(person, person.mentions[0].span, 0.9) for person in holders)
        if holders:
            return
    for line in scene.sentences:
        if scene.readout.title != line and line.end - line.start < LONGEST_SIGNATURE:
            for attendee in people_in(scene, line):
                yield attendee
                return


def _is_holder(person: Person, names: set[str]) -> bool:
    """Tell whether the person bears one of the *names*, or is known as the author alone."""
    return fold(person.name) in names or any(mention.rule == "people.author" for mention in person.mentions)
