"""Bodies as entities with all their mentions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.extract.cast.bodywords import body_words_of
from kg.extract.cast.houses import is_where
from kg.extract.cast.known import SHORT_FORM, Hit, Known, country_id, known_of
from kg.extract.cast.tokens import Ranges, Tokens, covered
from kg.extract.scene import Scene
from kg.lexicon import Body, Lexicon
from kg.model import Agency, Mention, Span

__all__ = ["agencies_of"]

_OF = re.compile(r" of (?:the )?$")
_SHORT = re.compile(rf" ?{SHORT_FORM.pattern}")


def agencies_of(
    scene: Scene,
    tokens: Tokens,
    hits: Sequence[Hit],
    bodies: Sequence[Hit],
    names: Ranges,
    fields: Ranges,
    home: str | None = None,
) -> tuple[Agency, ...]:
    """Return the bodies that are named, not those within a person's name or the field of an office.

    Parts of a ministry that are named after a body are of *home*, the country of the publisher.
    """
    found: defaultdict[str, list[Mention]] = defaultdict(list)
    entries: dict[str, Body] = {}
    for body, mention in _named_bodies(scene, tokens, hits, bodies, covered((*names, *fields))):
        entries.setdefault(body.id, body)
        found[body.id].append(mention)
    forms = {id: dict.fromkeys(mention.span.of(scene.text) for mention in found[id]) for id in entries}
    return tuple(
        Agency(
            id=id,
            name=body.name,
            aliases=tuple(form for form in forms[id] if form != body.name),
            mentions=tuple(sorted(found[id], key=lambda mention: mention.span.start)),
            governmental=body.governmental,
            country=country_id(scene.lexicon, body.country) or _country_named(scene.lexicon, body, home),
        )
        for id, body in entries.items()
    )


def _country_named(lexicon: Lexicon, body: Body, home: str | None) -> str | None:
    """Return the id of the country in the name of a body of government: "Norwegian Fleet", "Ministry of Ports of Peru".

    A name that is also another place's, such as Georgia, does not tell, nor does that of a body known to be of no
    country: the Indian Ocean Rim Association.
    """
    unknown = body.governmental and lexicon.body(body.name) is None
    for span, country in known_of(lexicon).areas_in(body.name) if unknown else ():
        whose = span.start == 0 or (span.end == len(body.name) and _OF.search(body.name, 0, span.start))
        if whose and not (country.ambiguous and span.of(body.name) == country.name):
            return country.id
    first, *_, last = body.name.split() if " " in body.name else ("", "")
    part = unknown and first.isupper() and last.lower() in body_words_of(lexicon).parts
    return country_id(lexicon, home) if part else None


def _named_bodies(
    scene: Scene, tokens: Tokens, hits: Sequence[Hit], bodies: Sequence[Hit], apart: frozenset[int]
) -> Iterator[tuple[Body, Mention]]:
    """Yield each mention of a body: those of the lexicon first, then those found by their nouns."""
    known = known_of(scene.lexicon)
    taken_in = covered((body.first, body.stop) for body in bodies)

    def means(hit: Hit) -> bool:
        """Tell whether a body is meant, and not where somebody is, or a part of something else."""
        return not hit.inside(apart) and not (hit.body and hit.body.name in known.sites and is_where(tokens, hit))

    for hit in hits:
        form = hit.span.of(scene.text)
        taken = hit.first in taken_in and not _counts_within(tokens, hit, bodies, form, known)
        if hit.body is None or taken or not means(hit):
            continue
        yield hit.body, Mention(hit.span, "bodies.name", 0.95)
        if inner := known.inner.get(" ".join(form.split()).removeprefix("The ")):
            part, body = inner
            start = hit.span.start + form.find(part) if part in form else hit.span.end - len(part)
            yield body, Mention(Span(start, start + len(part)), "bodies.name", 0.95)
    for hit in hits:
        if hit.first not in taken_in and (chamber := _chamber(tokens, hit)):
            yield chamber
    for hit in bodies:
        if hit.body is None or not means(hit):
            continue
        yield hit.body, Mention(hit.span, "bodies.head-noun", 0.8)
        if acronym := _SHORT.match(scene.text, hit.span.end):
            yield from ((hit.body, mention) for mention in _acronyms(scene.text, acronym[1]))


def _chamber(tokens: Tokens, hit: Hit) -> tuple[Body, Mention] | None:
    """Return the lower chamber of a federal state that an office or members are of: "Ohio House Majority Leader"."""
    if hit.place is None or hit.place.type != "state" or hit.stop == hit.first:
        return None
    if tokens.words[hit.stop] != "House" or tokens.lower[hit.stop + 1] == "of":
        return None
    body = Body(f"{hit.place.name} House of Representatives", country=hit.place.country)
    return body, Mention(tokens.span(hit.first, hit.stop + 1), "bodies.chamber", 0.85)


def _counts_within(tokens: Tokens, hit: Hit, bodies: Sequence[Hit], form: str, known: Known) -> bool:
    """Tell whether the name counts within that of another body of government, which it begins or ends.

    So do short ones before it, as in "UN Mission for …", and any behind "of": "Governing Board of the Federal Reserve".
    """
    short = form.isupper() or form.removeprefix("The ") in known.leading
    last = tokens.lower[hit.first - 1] == "of" or tokens.lower[hit.first - 2 : hit.first] == ("of", "the")
    return any(
        ((short and body.first in {hit.first, hit.first + 1}) or (last and body.stop == hit.stop))
        and hit.stop <= body.stop
        and body.stop - body.first > hit.stop - hit.first
        and body.body
        and body.body.governmental
        for body in bodies
    )


def _acronyms(text: str, acronym: str) -> Iterator[Mention]:
    for match in re.finditer(rf"(?<![\w-]){re.escape(acronym)}(?![\w-])", text):
        yield Mention(Span(match.start(), match.end()), "bodies.acronym", 0.9)
