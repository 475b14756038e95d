"""Persons whom no name in the text stands for: the holders of offices, and who writes "I"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.extract.cast.coref import Figure
from kg.extract.cast.owners import Owners
from kg.extract.cast.tokens import END, Tokens
from kg.model import Span

__all__ = ["Absent", "author"]


@dataclass
class Absent:
    """Somebody whom no name in the text stands for, known by the office alone."""

    title: str
    owner: str
    spans: list[Span] = field(default_factory=list)
    male: bool | None = None


def author(owners: Owners, figures: Sequence[Figure]) -> Absent | None:
    """Return the holder of the office that publishes, whom "I" means, unless the text names somebody in that office."""
    publisher, home, day = owners.publisher, owners.home, owners.scene.readout.issued
    written = list(_first_person(owners.tokens)) if "I" in owners.tokens.words else []
    if publisher is None or home is None or day is None or not written:
        return None
    lexicon, title = owners.scene.lexicon, publisher.name.removesuffix(f" of {home.name}")
    term, key = lexicon.holder(title, home.name, day), lexicon.post_key(title)
    if term is None or any(figure.bears(term.person) for figure in figures):
        return None
    same = (
        (figure, part, sighting)
        for figure in figures
        for part, sighting in figure.parts()
        if lexicon.post_key(part.title) == key
    )
    if any(owners.owner(part, sighting, figure) == home.id for figure, part, sighting in same):
        return None
    return Absent(title, home.id, [owners.tokens.span(at, at + 1) for at in written])


def _first_person(tokens: Tokens) -> Iterator[int]:
    """Yield the tokens "I" that stand in no literal speech."""
    quoted = False
    for at, word in enumerate(tokens.words):
        if word == "“" or word == END:
            quoted = word == "“"
        elif word == "”":
            quoted = False
        elif word == '"':
            quoted = not quoted
        elif word == "I" and not quoted and not tokens.capital[at + 1]:
            yield at
