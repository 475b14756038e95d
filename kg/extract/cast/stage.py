"""The first stage: who and what is named in a readout. People with their posts, bodies, and places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extract.cast.agencies import agencies_of
from kg.extract.cast.bodies import find_bodies, find_short, in_full
from kg.extract.cast.bodywords import body_words_of
from kg.extract.cast.coref import gather
from kg.extract.cast.holdings import people_of
from kg.extract.cast.houses import housed
from kg.extract.cast.items import with_items
from kg.extract.cast.joint import find_joint
from kg.extract.cast.known import Hit, country_in, known_of
from kg.extract.cast.passed import note_passed
from kg.extract.cast.people import Office, Sighting, Sightings
from kg.extract.cast.places import places_of
from kg.extract.cast.settled import settled
from kg.extract.cast.sites import with_sites
from kg.extract.cast.titles import words_of
from kg.extract.cast.tokens import Tokens
from kg.extract.scene import Scene

__all__ = ["cast"]


def cast(scene: Scene) -> Scene:
    """Return the scene with its people, agencies and places."""
    text, lexicon = scene.text, scene.lexicon
    tokens, words, known = Tokens.of(text), words_of(lexicon), known_of(lexicon)
    grammar = body_words_of(lexicon)
    home = _home(scene)
    hits = tuple(settled(text, tokens, known, words, grammar, home))
    known_at = {hit.first: hit for hit in hits}
    if more := (*find_joint(tokens, lexicon), *find_short(tokens, known_at, lexicon, home)):
        hits = _in_order((*hits, *more))
    hits = with_items(text, tokens, with_sites(text, tokens, hits, lexicon), words, grammar)
    named = {hit.first: hit for hit in hits if hit.stop > hit.first}
    bodies = tuple(in_full(find_bodies(tokens, named, lexicon), hits, lexicon))
    owners = _with_bodies(named, bodies)
    pairs = frozenset(hit.first for hit in hits if hit.country and hit.stop == hit.first)
    reader = Sightings(tokens, words, owners, known.states, text, grammar.single, pairs)
    found = list(reader.find())
    bodies = (*_outside(bodies, reader.bodies), *reader.bodies)
    hits = _in_order((*hits, *reader.codes)) if reader.codes else hits
    hits, bodies = housed(tokens, hits, bodies, _owned(found), lexicon)
    sightings = [item for item in found if isinstance(item, Sighting)]
    offices = [item for item in found if isinstance(item, Office)]
    figures = gather(sightings, tokens, words, lexicon, scene.readout, home)
    people = people_of(scene, tokens, words, figures, offices, _in_order((*hits, *bodies)))
    taken = [(item.first, item.stop) for figure in figures for item in figure.sightings]
    phrases = [item.phrase for item in found if item.phrase is not None]
    fields = [*reader.fields, *(field for phrase in phrases for field in phrase.fields)]
    agencies = agencies_of(scene, tokens, hits, bodies, taken, fields, home)
    places = places_of(scene, tokens, hits, bodies, taken, fields)
    if scene.rejected is not None:
        note_passed(scene, tokens, words, found, figures, people, (*hits, *bodies))
    return replace(scene, people=people, agencies=agencies, places=places)


def _in_order(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    return tuple(sorted(hits, key=lambda hit: hit.span.start))


def _home(scene: Scene) -> str | None:
    """Return the country of the publisher, as the lexicon knows it or the publisher's name says it."""
    readout, lexicon = scene.readout, scene.lexicon
    publisher = lexicon.publisher(name=readout.publisher, url=readout.source)
    if publisher is not None and publisher.country:
        return publisher.country
    country = country_in(lexicon, readout.publisher or "")
    return country.name if country else None


def _owned(found: Iterable[Sighting | Office]) -> set[int]:
    """Return the tokens at which the bodies and places begin that offices are of."""
    phrases = [item.phrase for item in found if item.phrase is not None]
    parts = [part for phrase in phrases for part in phrase.parts]
    parts += [part for item in found if isinstance(item, Sighting) for part in item.parts]
    return {part.owner.first for part in parts if part.owner is not None}


def _outside(bodies: Iterable[Hit], named: Iterable[Hit]) -> Iterator[Hit]:
    """Yield the bodies that are no part of those *named* beside persons."""
    within = {at for hit in named for at in range(hit.first, hit.stop)}
    return (body for body in bodies if body.first not in within or body.stop - 1 not in within)


def _with_bodies(named: dict[int, Hit], bodies: tuple[Hit, ...]) -> dict[int, Hit]:
    """Lay the bodies that the grammar found over the names of the lexicon."""
    owners = dict(named)
    for body in bodies:
        for index in range(body.first, body.stop):
            owners.pop(index, None)
        owners[body.first] = body
    return owners
