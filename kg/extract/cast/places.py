"""Places and bodies as entities with all their mentions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kg.extract.cast.bodywords import body_words_of
from kg.extract.cast.known import Hit, Known, known_of
from kg.extract.cast.sites import names_with_places, within_names
from kg.extract.cast.tokens import Tokens
from kg.extract.scene import Scene
from kg.lexicon import Body, Country, PlaceName
from kg.model import Agency, Mention, Place, Span

__all__ = ["agencies_of", "places_of"]

Ranges = Sequence[tuple[int, int]]
_AT = frozenset({"at", "in", "to", "outside", "inside", "near", "from", "around", "visited", "toured", "visit"})
_STAFF = frozenset(
    {"officials", "official", "staff", "representatives", "experts", "leaders", "aides", "advisors", "participants"}
)
"""Who comes "from the White House" is of the body, not of the building."""
_ACRONYM = re.compile(r" ?\(([A-Z][A-Za-z&.-]*[A-Z][A-Za-z]*)\)")


def agencies_of(
    scene: Scene, tokens: Tokens, hits: Sequence[Hit], bodies: Sequence[Hit], names: Ranges, fields: Ranges
) -> tuple[Agency, ...]:
    """Return the bodies that are named, not those within a person's name or the field of an office."""
    found: defaultdict[str, list[Mention]] = defaultdict(list)
    entries: dict[str, Body] = {}
    for body, mention in _named_bodies(scene, tokens, hits, bodies, _covered((*names, *fields))):
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
            country=_country_id(scene, body.country),
        )
        for id, body in entries.items()
    )


def _named_bodies(
    scene: Scene, tokens: Tokens, hits: Sequence[Hit], bodies: Sequence[Hit], apart: frozenset[int]
) -> Iterator[tuple[Body, Mention]]:
    """Yield each mention of a body: those of the lexicon first, then those found by their nouns."""
    known = known_of(scene.lexicon)
    covered = _covered((body.first, body.stop) for body in bodies)

    def means(hit: Hit) -> bool:
        """Tell whether a body is meant, and not where somebody is, or a part of something else."""
        return not _inside(hit, apart) and not (hit.body and hit.body.name in known.sites and _is_where(tokens, hit))

    for hit in hits:
        form = hit.span.of(scene.text)
        taken = hit.first in covered and not _shows(tokens, hit, bodies, form, known)
        if hit.body is None or taken or not means(hit):
            continue
        yield hit.body, Mention(hit.span, "bodies.name", 0.95)
        if inner := known.inner.get(" ".join(form.split())):
            part, body = inner
            start = hit.span.start if form.startswith(part) else hit.span.end - len(part)
            yield body, Mention(Span(start, start + len(part)), "bodies.name", 0.95)
    for hit in bodies:
        if hit.body is None or not means(hit):
            continue
        yield hit.body, Mention(hit.span, "bodies.head-noun", 0.8)
        if acronym := _ACRONYM.match(scene.text, hit.span.end):
            yield from ((hit.body, mention) for mention in _acronyms(scene.text, acronym[1]))


def _shows(tokens: Tokens, hit: Hit, bodies: Sequence[Hit], form: str, known: Known) -> bool:
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


def _covered(ranges: Iterable[tuple[int, int]]) -> frozenset[int]:
    """Return the tokens that lie in one of the ranges."""
    return frozenset(token for first, stop in ranges for token in range(first, stop))


def _inside(hit: Hit, covered: frozenset[int]) -> bool:
    return hit.first in covered and max(hit.stop - 1, hit.first) in covered


def _is_where(tokens: Tokens, hit: Hit) -> bool:
    """Tell whether a name of both a building and a body is the place here: "at the White House"."""
    before = hit.first - 1
    if tokens.lower[before] == "the":
        before -= 1
    if tokens.lower[before - 1] in _STAFF:
        return False
    if hit.place is None:
        return tokens.lower[before] == "at" and before == hit.first - 2 and not _goes_on(tokens, hit)
    return tokens.lower[before] in _AT and tokens.lower[hit.stop] not in {"'s"} and not _goes_on(tokens, hit)


def _goes_on(tokens: Tokens, hit: Hit) -> bool:
    """Tell whether a noun follows that the name only describes: "to the White House Counsel"."""
    return tokens.capital[hit.stop] or tokens.lower[hit.stop] in {
        "officials",
        "staff",
        "team",
        "event",
        "leadership",
        "counterparts",
    }


def _country_id(scene: Scene, name: str | None) -> str | None:
    country = scene.lexicon.country(name) if name else None
    return country.id if country else None


def places_of(
    scene: Scene, tokens: Tokens, hits: Sequence[Hit], bodies: Sequence[Hit], names: Ranges, fields: Ranges
) -> tuple[Place, ...]:
    """Return the places that are named, adjectives counting for their country."""
    found: defaultdict[str, list[Mention]] = defaultdict(list)
    entries: dict[str, Country | PlaceName] = {}
    aliases: defaultdict[str, list[str]] = defaultdict(list)
    named, of_offices = _covered(names), _covered(fields)
    listed = _covered((body.first, body.stop) for body in bodies if tokens.capital[body.stop - 1])
    last = body_words_of(scene.lexicon).companies
    companies = _covered((body.first, body.stop) for body in bodies if tokens.lower[body.stop - 1] in last)
    treaties = names_with_places(scene.lexicon)
    inside = within_names(scene.text, scene.lexicon)
    sites = known_of(scene.lexicon).sites
    american = any(
        hit.place and hit.place.type == "state" and hit.place.country == "United States" and not hit.country
        for hit in hits
    )
    for hit in _place_hits(scene, tokens, hits):
        if _inside(hit, named) or (_inside(hit, of_offices) and (hit.place is not None or hit.adjective)):
            scene.reject(hit.span, "places.name", "part of a person's name, or of what an office is for")
            continue
        if _inside(hit, companies):
            scene.reject(hit.span, "places.name", "part of a company's name")
            continue
        if (
            hit.place
            and not hit.country
            and (
                _inside(hit, listed)
                or (hit.span.start in inside and hit.place.type != "state")
                or _is_in_a_name(tokens, hit, treaties)
            )
        ):
            scene.reject(hit.span, "places.name", "part of another name")
            continue
        entry: Country | PlaceName | None = hit.country or hit.place
        if hit.country and hit.place and american:
            entry = hit.place
        if entry is None and hit.body and _is_where(tokens, hit):
            entry = sites.get(hit.body.name)
        if entry is None or (hit.body and hit.country is None and not _is_where(tokens, hit)):
            continue
        entries.setdefault(entry.id, entry)
        rule = "places.adjective" if hit.adjective else "places.name"
        found[entry.id].append(Mention(hit.span, rule, 0.95))
        aliases[entry.id].append(hit.span.of(scene.text))
    return tuple(
        Place(
            id=id,
            name=entry.name.removeprefix("State of "),
            aliases=tuple(form for form in dict.fromkeys(aliases[id]) if form != entry.name),
            mentions=tuple(found[id]),
            country=isinstance(entry, Country),
            within=_country_id(scene, entry.country) if isinstance(entry, PlaceName) else None,
        )
        for id, entry in entries.items()
    )


def _is_in_a_name(tokens: Tokens, hit: Hit, treaties: frozenset[str]) -> bool:
    """Tell whether the place is only part of another name: "Minsk Agreements"; of a common one, "Mount Victoria"."""
    assert hit.place is not None
    for at in range(hit.stop, hit.stop + 5):
        if not tokens.capital[at]:
            break
        if tokens.lower[at] in treaties:
            return True
    around = (hit.first - 1, hit.stop)
    return hit.place.ambiguous and any(tokens.capital[at] and not tokens.starts_sentence(at) for at in around)


def _place_hits(scene: Scene, tokens: Tokens, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Yield names of places, also countries within the name of a body of government: "U.S. Embassy"."""
    known = known_of(scene.lexicon)
    for hit in hits:
        if hit.country or hit.place or (hit.body and _is_where(tokens, hit)):
            yield hit
        elif hit.body and hit.body.governmental:
            for span, country in known.areas_in(hit.span.of(scene.text)):
                inner = Span(hit.span.start + span.start, hit.span.start + span.end)
                at = tokens.index(inner.start)
                yield Hit(inner, at, at, country=country)
