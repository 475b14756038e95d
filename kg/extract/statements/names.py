"""Where in a sentence the people, places and bodies stand, by its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from operator import itemgetter

from kg.extract.scene import Scene
from kg.extract.words import Words
from kg.model import Agency, Entity, Person, Place, Span
from kg.values import dataclass

__all__ = ["Names"]


@dataclass(frozen=True)
class Names:
    """Where the entities of a row of words stand, in order: by the word after their last, the first word and who."""

    ending: Mapping[int, tuple[int, Entity]] = field(default_factory=dict)

    @classmethod
    def of(cls, scene: Scene, span: Span, words: Words) -> Names:
        """Look up the people, places and bodies in *span*; of mentions that end together the longest counts."""
        ending: dict[int, tuple[int, Entity]] = {}
        for mention, entity in scene.mentions_in(span):
            if isinstance(entity, Person | Place | Agency):
                first, stop = words.index(mention.span.start), words.index(mention.span.end)
                rank = isinstance(entity, Person)
                known = ending.get(stop)
                if first < stop and (known is None or (rank, -first) > (isinstance(known[1], Person), -known[0])):
                    ending[stop] = (first, entity)
        return cls(dict(sorted(ending.items(), key=itemgetter(0))))

    def people(self, first: int, stop: int) -> Iterator[Person]:
        """Yield the persons mentioned from word *first* up to word *stop*, in order, perhaps one twice."""
        for end, (start, entity) in self.ending.items():
            if first <= start and end <= stop and isinstance(entity, Person):
                yield entity

    def last(self, first: int, stop: int) -> Entity | None:
        """Return the entity that ends last from word *first* up to word *stop*, within a closing bracket too."""
        within = [entity for end, (start, entity) in self.ending.items() if first <= start and end <= stop]
        return within[-1] if within else None
