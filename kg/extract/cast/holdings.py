"""From figures to persons: each with name, offices and every place where the readout means them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract.cast.absent import Absent
from kg.extract.cast.coref import Figure
from kg.extract.cast.known import Hit
from kg.extract.cast.owners import Owners
from kg.extract.cast.people import Office
from kg.extract.cast.posts import Part
from kg.extract.cast.references import References
from kg.extract.cast.titles import Words
from kg.extract.cast.titlewords import is_short, title_words
from kg.extract.cast.tokens import Tokens
from kg.extract.complete import body_index
from kg.extract.scene import Scene
from kg.lexicon import Lexicon
from kg.model import Holding, Mention, Person, Post, Tenure
from kg.text import slug
from kg.values import dataclass

__all__ = ["people_of"]

_DEPUTIES = frozenset(
    [
        "prime",
        "deputy",
        "vice",
        "under",
        "undersecretary",
        "assistant",
        "alternate",
        "co",
        "shadow",
        "lieutenant",
        "associate",
    ]
)
"""Words before a title that make another office of it."""
_ACTING = ("acting",)


@dataclass(frozen=True)
class _Held:
    """A post with its evidence, before short and long forms of one title are brought together."""

    title: str
    of: str | None
    tenure: Tenure
    evidence: Mention
    part: Part


def people_of(
    scene: Scene,
    tokens: Tokens,
    words: Words,
    figures: Sequence[Figure],
    offices: Sequence[Office],
    hits: Sequence[Hit],
) -> tuple[Person, ...]:
    """Return the persons of the readout, those named in text order, then those known by an office alone."""
    owners = Owners(scene, tokens, words, figures, hits)
    references = References(owners, offices)
    people = [_person(figure, owners, references) for figure in figures]
    people += [_inferred(absent, references) for absent in references.absent.values()]
    found: dict[str, Person] = {}
    for person in people:
        key, number = person.id, 2
        while key in found:
            key, number = f"{person.id}-{number}", number + 1
        found[key] = person if key == person.id else replace(person, id=key)
    return tuple(found.values())


def _person(figure: Figure, owners: Owners, references: References) -> Person:
    held = _merged(_held(figure, owners), owners.scene.lexicon)
    holdings = tuple(
        Holding(post=Post(title=item.title, of=item.of), tenure=item.tenure, evidence=item.evidence) for item in held
    )
    names = (
        Mention(owners.tokens.span(sighting.first, sighting.stop), sighting.rule, sighting.confidence)
        for sighting in figure.sightings
    )
    name = max(figure.forms, key=lambda form: (len(form.split()), len(form)))
    return Person(
        id=f"official/{_slug(name, holdings)}",
        name=name,
        aliases=tuple(form for form in dict.fromkeys(figure.forms) if form != name),
        mentions=tuple(sorted((*names, *references.mentions(figure)), key=lambda mention: mention.span.start)),
        official=any(sighting.rank for sighting in figure.sightings)
        or any(_is_public(item, owners.scene.lexicon) for item in held),
        holdings=holdings,
    )


def _slug(name: str, holdings: Sequence[Holding]) -> str:
    """Return the tail of the id; a surname alone goes with what the office is of, so that namesakes stay apart."""
    of = next((holding.post.of for holding in holdings if holding.post.of), None)
    return slug(name) if " " in name or of is None else f"{slug(name)}-{of.split('/')[1]}"


def _is_public(item: _Held, lexicon: Lexicon) -> bool:
    owner, head = item.part.owner, item.part.head
    if owner and owner.body:
        return owner.body.governmental
    if item.of and (body := body_index(lexicon).get(item.of)):
        return body.governmental
    if head.kind == "private":
        return False
    return head.public or (item.of is not None and item.of.startswith("place/"))


def _held(figure: Figure, owners: Owners) -> Iterator[_Held]:
    for part, sighting in figure.parts():
        of = owners.owner(part, sighting, figure)
        span = owners.tokens.span(sighting.begin, sighting.end)
        evidence = Mention(span, sighting.rule, sighting.confidence)
        yield _Held(owners.title(part), of, part.tenure, evidence, part)


def _inferred(absent: Absent, references: References) -> Person:
    mentions = sorted(references.mentions(absent), key=lambda mention: mention.span.start)
    holding = Holding(post=Post(title=absent.title, of=absent.owner), evidence=mentions[0])
    name = f"{absent.title} of {absent.owner.split('/')[1].replace('-', ' ').title()}"
    return Person(id=f"official/{slug(name)}", name=name, mentions=tuple(mentions), inferred=True, holdings=(holding,))


# --- short and long forms of one title --------------------------------------------------------------------------


def _merged(held: Iterator[_Held], lexicon: Lexicon) -> list[_Held]:
    """Bring short and long forms of one title together, in the long form."""
    kept: list[_Held] = []
    for item in held:
        for index, known in enumerate(kept):
            if (longer := _longer(known, item, lexicon)) is not None:
                kept[index] = replace(longer, of=longer.of or known.of or item.of)
                break
        else:
            kept.append(item)
    return kept


def _longer(first: _Held, second: _Held, lexicon: Lexicon) -> _Held | None:
    """Return the one with the longer title if both are one office, else None."""
    a, b = title_words(first.title), title_words(second.title)
    if first.tenure != second.tenure and "former" in {first.tenure, second.tenure}:
        return (first if first.tenure == "former" else second) if a == b else None
    (mine, _), (theirs, long) = sorted(((b, second), (a, first)), key=lambda pair: len(pair[0]))
    if mine == theirs or lexicon.post_key(first.title) == lexicon.post_key(second.title):
        return first if len(a) == len(b) else long
    if mine[:1] == theirs[:1] == _ACTING:
        mine, theirs = mine[1:], theirs[1:]  # "Acting Director" of an "Acting Coastal Director"
    if _spelled_out(first.title, lexicon) == _spelled_out(second.title, lexicon):
        return max(first, second, key=lambda held: len(held.title))
    if theirs[: len(mine)] == mine:
        return long
    ends = theirs[-len(mine) :] == mine
    return long if (ends or first.of == second.of) and is_short(mine, theirs, _DEPUTIES) else None


def _spelled_out(title: str, lexicon: Lexicon) -> str:
    """Return the title with the country that it is for under its usual name: "Envoy for the DPRK"."""
    before, preposition, country = title.replace(" the ", " ").rpartition(" for ")
    known = lexicon.country(country.replace("’", "'")) if preposition else None
    return f"{before} for {known.name}" if known else title
