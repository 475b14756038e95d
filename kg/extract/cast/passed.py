"""What the first stage nearly took for a person, an office or a body: for those who want to know why it did not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.extract.cast.bodywords import body_words_of
from kg.extract.cast.coref import Figure
from kg.extract.cast.known import Hit
from kg.extract.cast.seats import Office, Sighting
from kg.extract.cast.titles import Words
from kg.extract.cast.tokens import Tokens
from kg.extract.scene import Scene
from kg.model import Person

__all__ = ["note_passed"]


def note_passed(
    scene: Scene,
    tokens: Tokens,
    words: Words,
    found: Iterable[Sighting | Office],
    figures: Sequence[Figure],
    people: Sequence[Person],
    hits: Sequence[Hit],
) -> None:
    """Note the names that became no person's, the offices that nobody is known to bear, the nouns that made no body.

    *hits* are all names of places and bodies that were found, by whatever rule.
    """
    named = {id(sighting) for figure in figures for sighting in figure.sightings}
    meant = [mention.span for person in people for mention in person.mentions]
    for item in found:
        if isinstance(item, Office):
            span = tokens.span(item.phrase.first, item.phrase.stop)
            refers = item.phrase.capital or item.phrase.definite
            if refers and not any(mention.covers(span) for mention in meant):
                several = "office-holders of whom none is named"
                reason = several if item.phrase.plural else "an office, but nothing tells whose it is here"
                scene.reject(span, "people.office", reason)
        elif id(item) not in named:
            scene.reject(tokens.span(item.first, item.stop), item.rule, _no_person(item, tokens, words))
    heads, first = body_words_of(scene.lexicon), [*meant, *(hit.span for hit in hits)]
    for at, capital in enumerate(tokens.capital):
        head = heads.head(tokens, at) if capital else None
        if head and not any(span.overlaps(tokens.span(at, at + 1)) for span in first):
            reason = "the word for a body, but those around it make no name"
            scene.reject(tokens.span(at, at + head[0]), "bodies.head-noun", reason)


def _no_person(sighting: Sighting, tokens: Tokens, words: Words) -> str:
    """Return why the name that was sighted is none of a person."""
    if tokens.lower[sighting.stop] in words.after_name:
        return "the name of something that bears a person's"
    if sighting.stop - sighting.first == 1:
        return "no title stands before it, and nobody of that surname is named"
    if tokens.lower[sighting.first] not in words.given:
        return "no title stands beside it, and it begins with no known given name"
    return "part of a longer name"
