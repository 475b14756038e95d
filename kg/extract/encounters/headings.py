"""What a readout's title tells: "Readout of X’s Call with Y" names the kind of encounter and who took part."""

from __future__ import annotations

import re

from kg.extract.encounters.dates import When, find_dates
from kg.extract.encounters.grammar import MARGINS, Encounters
from kg.extract.encounters.parties import party_in, people_in
from kg.extract.encounters.party import Party
from kg.extract.encounters.whereabouts import places_in
from kg.extract.scene import Scene
from kg.model import Event, Kind, Mode, Span
from kg.values import dataclass

__all__ = ["Heading", "read_heading"]

AUTHOR = re.compile(
    r"\b(?:from|by)\b[^,]*?\b(?:on|of|regarding)\b (?!the (?:White House|State|Department|Vice President|President)\b)"
)
AT_EVENT = re.compile(r" at (?:the )?(?:(?:[A-Z][\w’&–-]*|of|on|for|the|and) )*$")
READOUT = re.compile(r"\b[Rr]eadout\b")
OPENING_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """The title, read.

    `telling`: its noun says more of the kind than a bare "meeting" or "call"; `is_ahead`: it announces the encounter,
    with an infinitive ("Minister X to visit Lima").
    """

    span: Span
    kind: Kind | None
    mode: Mode | None
    party: Party
    when: When | None = None
    places: tuple[str, ...] = ()
    telling: bool = False
    is_ahead: bool = False


def read_heading(scene: Scene, grammar: Encounters) -> Heading | None:
    """Read the title of the readout; None if there is none."""
    span = scene.readout.title
    if span is None:
        return None
    start = _after_author(scene, grammar, span)
    rest = Span(start, span.end)
    beside = MARGINS.search(scene.text, start, span.end)  # "X meets Y on the sidelines of the summit"
    noun = grammar.noun_in(scene.text, start, beside.start() if beside else span.end)
    mode = grammar.mode.search(scene.text, start, span.end)
    people = party_in(scene, grammar, rest, owners=True)
    place = noun and places_in(
        scene, grammar, rest, Span(*noun.span()), travel=grammar.kind_of(noun.group()) == "visit"
    )
    return Heading(
        span=span,
        kind=grammar.kind_of(noun.group()) if noun else None,
        mode=grammar.modes[mode.group().lower()] if mode else None,
        party=Party(people.people),
        when=_date(scene),
        places=place or (),
        telling=noun is not None and _is_telling(scene, grammar, span, noun),
        is_ahead=_is_ahead(scene, grammar, rest),
    )


def _is_telling(scene: Scene, grammar: Encounters, title: Span, noun: re.Match[str]) -> bool:
    """Tell whether the *noun* says what kind of encounter it was, and not where: "X at the World Food Summit"."""
    if noun.group().lower().replace("’", "'") not in grammar.telling:
        return False
    if AT_EVENT.search(scene.text, title.start, noun.start()):
        return False
    events = (m.span for m, e in scene.mentions_in(title) if isinstance(e, Event) and m.span.covers(Span(*noun.span())))
    return next(events, None) is None or READOUT.search(scene.text, title.start, title.end) is not None


def _is_ahead(scene: Scene, grammar: Encounters, title: Span) -> bool:
    """Tell whether an infinitive follows somebody's name: "Minister X to host Y"."""
    infinitives = (
        verb.start()
        for verb in grammar.verb.finditer(scene.text, title.start, title.end)
        if any(reading.tense == "base" for reading in grammar.readings[verb.group()])
    )
    names = {one.phrase.end for one in people_in(scene, title, owners=True)}
    return any(scene.text[at - 4 : at] == " to " and at - 4 in names for at in infinitives)


def _after_author(scene: Scene, grammar: Encounters, title: Span) -> int:
    """Return where the title goes on after the spokesperson who signs it: "Readout from Spokesperson A on B’s Call"."""
    found = AUTHOR.search(scene.text, title.start, title.end)
    if found is None or grammar.noun_in(scene.text, title.start, found.start()):
        return title.start  # "Visit to Lima by the President of the Republic"
    if any(True for _ in people_in(scene, Span(found.start(), found.end()), owners=True)):
        return found.end()
    return title.start


def _date(scene: Scene) -> When | None:
    """Return the date of the first sentences, for a readout in which only the title tells of the encounter."""
    for sentence in scene.sentences[: OPENING_SENTENCES + 1]:
        for when in find_dates(scene.text, sentence, scene.readout.issued):
            if re.match(r"today|this|yesterday|earlier", when.span.of(scene.text), re.IGNORECASE):
                return when
    return None
