"""Places as entities with all their mentions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from kg.extract.cast.bodywords import body_words_of
from kg.extract.cast.houses import is_where
from kg.extract.cast.known import Hit, country_id, known_of
from kg.extract.cast.sites import names_with_places, within_names
from kg.extract.cast.titles import words_of
from kg.extract.cast.tokens import Ranges, Tokens, covered
from kg.extract.scene import Scene
from kg.lexicon import Country, PlaceName
from kg.model import Mention, Place, Span
from kg.values import dataclass

__all__ = ["places_of"]


def places_of(
    scene: Scene, tokens: Tokens, hits: Sequence[Hit], bodies: Sequence[Hit], names: Ranges, fields: Ranges
) -> tuple[Place, ...]:
    """Return the places that are named, adjectives counting for their country."""
    reader = _Places(scene, tokens, hits, bodies, covered(names), covered(fields))
    entries: dict[str, Country | PlaceName] = {}
    found: defaultdict[str, list[Mention]] = defaultdict(list)
    for hit in reader.hits_of_places():
        if reason := reader.part_of(hit):
            scene.reject(hit.span, "places.name", f"part of {reason}")
        elif (entry := reader.entry(hit)) is not None:
            entries.setdefault(entry.id, entry)
            rule = "places.adjective" if hit.adjective else "places.name"
            found[entry.id].append(Mention(hit.span, rule, 0.95))
    return tuple(_place(scene, entry, tuple(found[id])) for id, entry in entries.items())


def _place(scene: Scene, entry: Country | PlaceName, mentions: tuple[Mention, ...]) -> Place:
    forms = dict.fromkeys(mention.span.of(scene.text) for mention in mentions)
    return Place(
        id=entry.id,
        name=entry.name.removeprefix("State of "),
        aliases=tuple(form for form in forms if form != entry.name),
        mentions=mentions,
        country=isinstance(entry, Country),
        within=country_id(scene.lexicon, entry.country) if isinstance(entry, PlaceName) else None,
    )


@dataclass(frozen=True)
class _Places:
    """Tells which names of one text are of places. `names` and `fields` are tokens of persons' names and of titles."""

    scene: Scene
    tokens: Tokens
    hits: Sequence[Hit]
    bodies: Sequence[Hit]
    names: frozenset[int]
    fields: frozenset[int]

    def hits_of_places(self) -> Iterator[Hit]:
        """Yield names of places, also countries within the name of a body of government: "U.S. Embassy"."""
        known = known_of(self.scene.lexicon)
        for hit in self.hits:
            if hit.country or hit.place or (hit.body and is_where(self.tokens, hit)):
                yield hit
            elif hit.body and hit.body.governmental:
                for span, country in known.areas_in(hit.span.of(self.scene.text)):
                    inner = Span(hit.span.start + span.start, hit.span.start + span.end)
                    at = self.tokens.index(inner.start)
                    yield Hit(inner, at, at, country=country)

    def part_of(self, hit: Hit) -> str | None:
        """Return of what other name the place is only a part, None where it is named itself."""
        if hit.inside(self.names) or (hit.inside(self.fields) and (hit.place is not None or hit.adjective)):
            return "a person's name, or of what an office is for"
        if hit.inside(self._companies):
            return "a company's name"
        if hit.place is None or hit.country:
            return None
        if self._is_ship(hit):
            return "a ship's name"
        named = hit.span.start in self._in_names and hit.place.type != "state"
        return "another name" if named or hit.inside(self._in_bodies) or self._is_in_a_name(hit, hit.place) else None

    def _is_ship(self, hit: Hit) -> bool:
        """Tell whether a ship, or a class of ships, bears the name: "USS Hawaii", "Virginia class submarines"."""
        lower, behind = self.tokens.lower, self.tokens.lower[hit.stop]
        classed = behind.endswith("-class") if hit.stop == hit.first else behind == "class"
        return classed or lower[hit.first - 1] in words_of(self.scene.lexicon).ships

    def entry(self, hit: Hit) -> Country | PlaceName | None:
        """Return what is named: of a country and a place of one name the latter, where the text is on states."""
        where = hit.body is not None and is_where(self.tokens, hit)
        if hit.country or hit.place:
            place = hit.place if hit.place and (self._on_states or not hit.country) else hit.country
            return place if where or hit.body is None or hit.country else None
        return known_of(self.scene.lexicon).sites.get(hit.body.name) if hit.body and where else None

    @cached_property
    def _on_states(self) -> bool:
        """Whether the text names federal states of America, so that "Georgia" is one of them."""
        states = (hit.place for hit in self.hits if hit.place and hit.place.type == "state" and not hit.country)
        return any(place.country == "United States" for place in states)

    @cached_property
    def _in_bodies(self) -> frozenset[int]:
        return covered((body.first, body.stop) for body in self.bodies if self.tokens.capital[body.stop - 1])

    @cached_property
    def _companies(self) -> frozenset[int]:
        last = body_words_of(self.scene.lexicon).companies
        return covered((body.first, body.stop) for body in self.bodies if self.tokens.lower[body.stop - 1] in last)

    @cached_property
    def _in_names(self) -> frozenset[int]:
        """The offsets within names of initiatives and events."""
        return within_names(self.scene.text, self.scene.lexicon)

    def _is_in_a_name(self, hit: Hit, place: PlaceName) -> bool:
        """Tell whether the place is part of another name: "Minsk Agreements"; of a common one, "Mount Victoria"."""
        tokens, last = self.tokens, names_with_places(self.scene.lexicon)
        for at in range(hit.stop, hit.stop + 5):
            if not tokens.capital[at]:
                break
            if tokens.lower[at] in last:
                return True
        around = (hit.first - 1, hit.stop)
        return place.ambiguous and any(tokens.capital[at] and not tokens.starts_sentence(at) for at in around)
