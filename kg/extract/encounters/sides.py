"""Which country or body somebody stands for: the sides of an encounter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from kg.extract.encounters.party import Attendee
from kg.extract.scene import Scene
from kg.lexicon import Lexicon
from kg.model import Agency, Entity, Holding, Person, Place, Post, Span

__all__ = ["home_side", "own_side", "post_of", "side_nearby", "side_of", "sides_in", "whole_of"]

# A word of a title, in a gap between somebody's country and name.
TITLE_WORD = (
    r"(?:[A-Z][\w’.-]*|of|for|and|the|(?:vice|deputy|prime|acting|foreign|interior|defen[cs]e|finance|justice|trade"
    r"|health|home|economic|environment|energy|education|state|special|permanent|general|affairs|minister|secretary"
    r"|president|chancellor|premier|ambassador|envoy|commissioner|representative|speaker|chief|head|director|leader"
    r"|counterpart)\b)"
)
# What may stand between a name and its country: "of the Omani Royal Office", ", Chief of the Bureau of Mines of Peru".
TO_COUNTRY = re.compile(rf",? (?:{TITLE_WORD} )*(?:of|from|for)(?: the)? ")
# What may stand between a demonym or body and the name: "French [Foreign Ministry Secretary General] …", "Sweden[’s
# Minister for Social Affairs, ]…", "the German [interior minister, ]…".
TITLE_GAP = re.compile(rf"(?:[’']s)?(?: {TITLE_WORD})*(?: |(?<=\w), )?")
# Between two persons of one country: "Ukrainian Minister A [and Head of the Office ]B".
ANOTHER = re.compile(rf",? and (?:{TITLE_WORD} )*")
# Who did something to those met is not among them: "families held by the Front", not "a team led by the Reef Fund".
SUFFERED = re.compile(r"(?<!\bled)(?<!\bheaded)(?<!\bchaired)(?<!hosted)(?<!convened)(?<!organi[sz]ed) by (?:the )?$")
NEARBY = 100
"""How many characters from a name its country may stand."""


def sides_in(scene: Scene, span: Span, *, bodies: bool = False) -> Iterator[str]:
    """Yield the ids of the countries and bodies that *span* names, or of those for which its *bodies* alone stand."""
    named = [(mention.span, entity, _side_of_entity(scene, entity)) for mention, entity in scene.mentions_in(span)]
    whole = [words for words, entity, side in named if side and isinstance(entity, Agency)]
    for words, entity, side in named:
        if any(name != words and name.covers(words) for name in whole):
            continue  # within the name of a body: the United Nations in "UN Women", India in "Indian Ocean Commission"
        if isinstance(entity, Agency) and SUFFERED.search(scene.text, span.start, words.start):
            continue
        if side and (not bodies or isinstance(entity, Agency)):
            yield side


def own_side(scene: Scene, attendee: Attendee) -> str | None:
    """Return the id of whom the person stands for by the office, by a list, or by the words around."""
    return side_of(scene, attendee) or attendee.side or side_nearby(scene, attendee)


def side_of(scene: Scene, attendee: Attendee) -> str | None:
    """Return the id of the country or body that the person stands for: that of the office held, or held last."""
    for held in sorted(attendee.person.holdings, key=lambda held: _rank(held, attendee)):
        if side := _side_of_post(scene, held.post):
            return side
    return None


def _rank(held: Holding, attendee: Attendee) -> tuple[bool, bool, bool]:
    """Order the offices of a person: those still held first, of these those that the phrase names, a state's first."""
    of_state = held.post.of is not None and held.post.of.startswith("place/")
    return held.tenure == "former", not held.evidence.span.overlaps(attendee.phrase), not of_state


def post_of(attendee: Attendee) -> Post | None:
    """Return the office in which the person took part: the one that the phrase names, else the first that is held."""
    holdings = attendee.person.holdings
    for held in holdings:
        if held.evidence.span.overlaps(attendee.phrase):
            return held.post
    return next((held.post for held in holdings if held.tenure != "former"), None)


def _side_of_post(scene: Scene, post: Post) -> str | None:
    if post.of is None:
        return None
    if post.of.startswith("place/"):
        if post.of in _countries(scene.lexicon):
            return whole_of(scene, post.of)
        place = next((place for place in scene.places if place.id == post.of), None)
        if place is None:
            return None
        if place.country:
            return place.id
        unlisted = place.within is None and scene.lexicon.place(place.name) is None
        return home_side(scene) if unlisted else place.within  # "Oakton Mayor X": such towns are at home
    body = next((agency for agency in scene.agencies if agency.id == post.of), None)
    return _side_of_body(scene, body) if body else _belongs(scene.lexicon).get(post.of)


@lru_cache(maxsize=8)
def _belongs(lexicon: Lexicon) -> Mapping[str, str]:
    """Return for the ids of territories and of the institutions of a union the id of what they are of."""
    found: dict[str, str] = {}
    for name, parts in lexicon.grammar["encounters"]["belongs"].items():
        whole = lexicon.country(name) or lexicon.body(name)
        entries = [lexicon.country(part) or lexicon.body(part) for part in parts]
        found |= {entry.id: whole.id for entry in entries if entry and whole}
    return found


@lru_cache(maxsize=8)
def _countries(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(country.id for country in lexicon.countries)


def _side_of_body(scene: Scene, body: Agency) -> str | None:
    """Return a body's country if it is part of a government, else the body: unions of states and associations."""
    if whole := _belongs(scene.lexicon).get(body.id):
        return whole
    if not body.governmental:
        return body.id
    known = scene.lexicon.body(body.name)
    if known is None and body.country is None:
        return None  # an office that the lexicon doesn't know, of whose government is for the text around it to say
    entry = scene.lexicon.country(known.country) if known and known.country else None
    country = body.country or (entry.id if entry else None)
    if country is None:
        return body.id
    named = country == home_side(scene) or any(country in (place.id, place.within) for place in scene.places)
    return country if named else None  # many a government has a Department of Commerce


def whole_of(scene: Scene, country: str) -> str:
    """Return the id of the country that a territory belongs to, and any other id as it is."""
    return _belongs(scene.lexicon).get(country, country)


@lru_cache(maxsize=2)  # asked for each person of each encounter
def home_side(scene: Scene) -> str | None:
    """Return the id of the publisher's country, or of the union or organisation that publishes, if it is known."""
    publisher = scene.lexicon.publisher(name=scene.readout.publisher, url=scene.readout.source)
    if publisher is None or not publisher.country:
        return None
    home = scene.lexicon.country(publisher.country) or scene.lexicon.body(publisher.country)
    return home.id if home else None


def side_nearby(scene: Scene, attendee: Attendee) -> str | None:
    """Return the country or body named in the phrase or next to it: "Sayyid Badr of the Omani Royal Office"."""
    near: str | None = None
    around = Span(max(0, attendee.phrase.start - NEARBY), min(len(scene.text), attendee.phrase.end + NEARBY))
    for mention, entity in scene.mentions_in(around):
        if isinstance(entity, Person) and not mention.span.overlaps(attendee.phrase):
            if mention.span.start > attendee.phrase.end:
                break
            if not ANOTHER.fullmatch(scene.text, mention.span.end, max(mention.span.end, attendee.phrase.start)):
                near = None
        elif side := _side_of_entity(scene, entity) if _is_known(scene, entity) else None:
            if mention.span.end <= attendee.phrase.start:
                if TITLE_GAP.fullmatch(scene.text, mention.span.end, attendee.phrase.start):
                    near = side
                continue
            between = scene.text[attendee.phrase.end : mention.span.start]
            if mention.span.start < attendee.phrase.end or TO_COUNTRY.fullmatch(between):
                return near or side
    return near


def _is_known(scene: Scene, entity: Entity) -> bool:
    return isinstance(entity, Place) or (isinstance(entity, Agency) and scene.lexicon.body(entity.name) is not None)


def _side_of_entity(scene: Scene, entity: Entity) -> str | None:
    if isinstance(entity, Place) and entity.country:
        return whole_of(scene, entity.id)
    return _side_of_body(scene, entity) if isinstance(entity, Agency) else None
