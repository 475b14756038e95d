"""Whose encounter a later sentence tells of: who "they" and "I" are, and whether it is told as one of its own."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.encounters.authors import authors
from kg.extract.encounters.drafts import Draft, country_of, is_summary
from kg.extract.encounters.earlier import is_earlier
from kg.extract.encounters.ledger import Ledger
from kg.extract.encounters.objects import SEVERAL
from kg.extract.encounters.openings import first_sentence
from kg.extract.encounters.parties import people_in
from kg.extract.encounters.party import Attendee, Party, phrase_of
from kg.extract.encounters.sides import home_side, side_nearby, side_of
from kg.extract.encounters.sighting import Sighting
from kg.extract.encounters.sightings import FOLLOWED
from kg.extract.scene import Scene
from kg.model import Person, Span

__all__ = [
    "awaits_names",
    "from_our_side",
    "goes_on",
    "is_by_a_colleague",
    "is_in_passing",
    "is_next",
    "is_told_apart",
    "met_alone",
    "row_of",
    "spoken_by",
    "staffs",
]

DEFINITE_SUBJECT = re.compile(r"they|he|she|(?:the )?(?:\w+ )?(?:delegation|team|pair|two|three)", re.IGNORECASE)
# Sentences of an encounter after another one, whoever was at it.
APART = re.compile(
    r"(?:In|During|At) an? (?:(?:separate|short|brief|subsequent|second|further|later|private)\b"
    r"|[^.;]{0,60}\b(?:after|following) the (?:meetings?|talks|call|session)\b"
    r"|[^.;,]{0,40}\b(?:earlier|later) (?:in the|that|on the same|the same) (?:day|morning|afternoon|evening)\b)"
    r"|(?:Later|Earlier) (?:that|in the|on the same|the same) \w+,|(?:Afterwards|Separately),"
    r"|(?:Following|Before|Ahead of|Prior to) the "
    r"(?:2\+2|(?:[\w-]+ )?(?:meetings?|talks|call|session|consultations|dialogue)),",
)
ALONE = re.compile(r"(?:met|meets|spoke) (?:bilaterally|one-on-one|separately|privately|alone)\b")
# Those who met, told again: "Officials who participated on the trip".
WHO_CAME = re.compile(r"\bwho (?:participated|took part|attended|traveled|travelled)\b")
OFFICE = re.compile(r"\b[Tt]he [A-Z][\w’-]*(?: (?:of|for|and|the|[A-Z][\w’-]*))* (?:also |then |later )?$")
NEXT = re.compile(r"\b(?:subsequently|then|afterwards|later|thereafter)\b")
DELEGATION = re.compile(r"\b(?:delegation|group|team)\b", re.IGNORECASE)
FOR_TRAVELLERS = re.compile(r"[^.;]{0,60}?\bfor (?:the (?:\w+ )?delegation|us|him|her)\b")


# Two who hold the same office: of a trip's readout one of them may have been named in passing.
PAIR = re.compile(
    r"(?:the two|both) (?:[\w.]+ )?(?P<office>minister|president|secretar|chancellor|advisor)\w*", re.IGNORECASE
)
# All who hold an office, of whom the text has told: "Ministers also met with soldiers".
OF_OFFICE = re.compile(
    r"(?:the |both |all )?(?:(?:two|three|four) )?(?P<office>minister|president|secretar)(?:s|ies)", re.IGNORECASE
)


def spoken_by(book: Ledger, sighting: Sighting) -> Sighting:
    """Put in who "they", "the delegation" and "I" are."""
    if sighting.anaphor in ("I", "We", "we"):
        ours = Party(authors(book.scene, several=sighting.anaphor != "I"))
        if sighting.passive and not sighting.other.people:  # "I was received by X"
            return replace(sighting, others=(ours,))
        return replace(sighting, home=ours | sighting.home)
    source = book.visit or book.main
    if source is None:
        return _with_author(book, _with_hosts(book, sighting))
    latest = [draft for draft in book.held if source.home.ids & draft.people.keys()] or book.held
    everybody = latest[-1].party
    if sighting.passive and not sighting.other.people:  # "Ministers … were received by X"
        travelled = book.visit is not None and (sighting.frame == "brief" or DELEGATION.search(sighting.anaphor))
        return replace(sighting, others=(source.home if travelled or _are_elsewhere(book, sighting) else everybody,))
    if sighting.home.people:
        return sighting
    words = sighting.home.groups[0].words if len(sighting.home.groups) == 1 else ""
    pair = PAIR.fullmatch(sighting.anaphor) or PAIR.fullmatch(words)
    if pair and len(everybody.people) > 1 and (sighting.status == "background" or is_earlier(book, sighting)):
        return replace(sighting, home=everybody)
    if pair and len(source.people) == 1 and not sighting.other.people and not _are_told(everybody, pair["office"]):
        return replace(sighting, home=source.home, others=(_colleague(book, sighting, pair["office"]),))
    of_office = OF_OFFICE.fullmatch(words)
    known = of_office and sighting.status == "held" and _are_told(everybody, of_office["office"].lower())
    if known or any(WHO_CAME.search(group.words) for group in sighting.home.groups):
        return replace(sighting, home=everybody)
    if sighting.status == "held" and (DEFINITE_SUBJECT.match(sighting.anaphor) or not sighting.home.groups):
        return replace(sighting, home=source.home)
    if sighting.anaphor:  # both sides plan it together
        return replace(sighting, home=latest[-1].home | everybody)
    return sighting


def _with_hosts(book: Ledger, sighting: Sighting) -> Sighting:
    """Put in who will travel, and who awaits a guest, for "they" and "the leaders" where nothing has been held."""
    if sighting.home.people or not (book.trip and SEVERAL.fullmatch(sighting.anaphor)):
        return sighting
    return replace(sighting, home=book.hosts | book.trip.home)


def _with_author(book: Ledger, sighting: Sighting) -> Sighting:
    """Put in who acts in the first sentence for an office of nobody known: "the Chairman-in-Office met X"."""
    scene, opening = book.scene, first_sentence(book.scene)
    if sighting.home or sighting.anaphor or opening is None or not sighting.other.people:
        return sighting
    if not OFFICE.search(scene.text, sighting.sentence.start, sighting.span.start):
        return sighting
    actor = next(people_in(scene, opening), None)
    ours = actor is not None and side_of(scene, actor) == home_side(scene)
    return replace(sighting, home=Party((actor,))) if actor and ours and sighting.sentence != opening else sighting


def _are_elsewhere(book: Ledger, sighting: Sighting) -> bool:
    """Tell whether the hosts are of a country of which nobody has been met so far."""
    sides = {side_of(book.scene, one) for one in sighting.home.people} - {None}
    return bool(sides) and not any(sides & draft.all_sides(book.scene).keys() for draft in book.held)


def _are_told(party: Party, office: str) -> bool:
    """Tell whether two of *party* hold the *office*, so that they are "the two ministers"."""
    return sum(any(office in held.post.title.lower() for held in one.person.holdings) for one in party.people) > 1


def _colleague(book: Ledger, sighting: Sighting, office: str) -> Party:
    """Return who the other of "the two ministers" is: of those named before the last one of that *office*."""
    before = Span(0, sighting.sentence.start) if sighting.sentence.start else sighting.sentence
    for mention, entity in reversed(list(book.scene.mentions_in(before))):
        if isinstance(entity, Person) and entity.id not in book.known:
            titles = (held.post.title.lower() for held in entity.holdings)
            if any(office.lower() in title for title in titles):
                return Party((Attendee(entity, phrase_of(entity, mention), 0.8),))
    return sighting.other


def from_our_side(book: Ledger, sighting: Sighting) -> Sighting:
    """Turn "Governor Y received X" round, where X is one whom the readout is of and Y is new to it.

    So are "X and Y met", and "Y hosted a round table for the delegation".
    """
    known, home, other = book.known, sighting.home, sighting.other
    if sighting.frame == "attend":
        return sighting
    several = book.visit or len(book.held) > 1 or awaits_names(book) or _opens_apart(book, sighting)
    if not other and home.ids & known and several and _are_abroad(book, sighting) and not _have_met(book, sighting):
        ours = tuple(one for one in home.people if one.person.id in known)
        rest = tuple(one for one in home.people if one.person.id not in known)
        return replace(sighting, home=Party(ours), others=(Party(rest),))
    at = sighting.span.start, sighting.sentence.end
    if book.visit and home.people and not home.ids & known and FOR_TRAVELLERS.match(book.scene.text, *at):
        return replace(sighting, home=book.visit.home, others=(home | other,), turned=True)
    if not home.people or home.ids & known or not other.ids & known:
        return sighting
    return replace(sighting, home=other, others=(home,), turned=True)


def _have_met(book: Ledger, sighting: Sighting) -> bool:
    """Tell whether both sides of an encounter told before act together: "X and Y, who was joined by Z, agreed"."""
    acting = sighting.home.ids
    return any(acting & draft.home.ids and acting & (draft.people.keys() - draft.home.ids) for draft in book.held)


def awaits_names(book: Ledger) -> bool:
    """Tell whether those met have no names yet: "Today I met with my Malaysian and Indonesian counterparts".

    Nor have they after "held a series of bilateral meetings".
    """
    in_a_row = book.main is not None and is_summary(book.scene, book.main)
    return in_a_row or any(draft.groups and draft.people.keys() <= draft.home.ids for draft in book.held)


def _are_abroad(book: Ledger, sighting: Sighting) -> bool:
    """Tell whether somebody of another country than the publisher's is new among those who met."""
    home = home_side(book.scene)
    told = frozenset(person for draft in book.drafts for person in draft.people)
    fresh = [one for one in sighting.home.people if one.person.id not in told]
    return any(side_of(book.scene, one) not in {None, home} for one in fresh)


def is_told_apart(book: Ledger, sighting: Sighting) -> bool:
    """Tell whether some of those who met did so again: "In a separate meeting with Y, X …", "Later that day, …".

    So did others, where the text has told of none of them: "Ministers X and Y also met".
    """
    ids = sighting.party.ids
    if sighting.frame == "meet" and sighting.also and not sighting.other and not ids & book.known:
        return len(ids) > 1
    if len(ids) < 2 or not _opens_apart(book, sighting):
        return False
    together = [draft for draft in book.held if ids <= draft.people.keys()]
    return bool(together) and all(len(ids) < len(draft.people) for draft in together)


def _opens_apart(book: Ledger, sighting: Sighting) -> bool:
    text = book.scene.text
    alone = ALONE.match(text, sighting.span.start, sighting.sentence.end)
    return alone is not None or APART.match(text, sighting.sentence.start, sighting.sentence.end) is not None


def is_in_passing(book: Ledger, sighting: Sighting) -> bool:
    """Tell whether talk that is told is no encounter.

    It is one with somebody new on a trip, of the country that the text has come to, or of counterparts not yet named.
    """
    fresh = [one for one in sighting.party.people if one.person.id not in book.known]
    if sighting.status == "planned" and book.trip and sighting.other.ids:  # "look forward to discussing it with X"
        return not book.trip.is_ahead
    if not fresh or sighting.status != "held" or (sighting.frame == "address" and not book.arrived):
        return True
    if not sighting.other and _have_met(book, sighting):
        return True
    if book.visit is None:
        return not (awaits_names(book) or staffs(book, sighting))
    places = book.here or sighting.places or tuple(book.visit.places)
    countries = {country_of(book.scene, place) for place in places}
    if sighting.frame == "talk" and sighting.other:  # whoever speaks for a body is met where it is
        fresh = [one for one in fresh if not (side_of(book.scene, one) or "").startswith("agency/")]
    return not all(side_of(book.scene, one) in {None, *countries} for one in fresh)


def is_by_a_colleague(book: Ledger, sighting: Sighting) -> bool:
    """Tell whether another of ours met whom the text told of: "The Amir spoke with X. The Minister met X in Doha"."""
    apart = bool(sighting.when or sighting.places) and not sighting.home.ids & book.known
    return apart and sighting.frame == "meet" and book.is_of_a_colleague(sighting)


def goes_on(book: Ledger, sighting: Sighting) -> bool:
    """Tell whether those who met stayed together: "held talks, followed by a working dinner"."""
    return book.scene.text.startswith(FOLLOWED, sighting.span.start)


def is_next(scene: Scene, sentence: Span) -> bool:
    """Tell whether *sentence* tells of what came next: "X and Y subsequently discussed …"."""
    return NEXT.search(scene.text, sentence.start, sentence.end) is not None


def staffs(book: Ledger, sighting: Sighting) -> tuple[Party, Party] | None:
    """Return our side and the other where two of whom the text has not told talk next: "X and Y then discussed".

    The text need not say again which country somebody of the other side is of.
    """
    main, acting = book.main, sighting.home.people
    if main is None or sighting.frame != "talk" or sighting.other or sighting.home.ids & book.known:
        return None
    if not is_next(book.scene, sighting.sentence):
        return None
    home = home_side(book.scene)
    ours = tuple(one for one in acting if side_nearby(book.scene, one) == home)
    theirs = tuple(one for one in acting if one not in ours)
    return (Party(ours), Party(theirs)) if ours and theirs and len(main.all_sides(book.scene)) > 1 else None


def met_alone(book: Ledger, sighting: Sighting) -> Draft | None:
    """Return the encounter told last if talk with one of those met there opens a sentence, so that it was apart.

    "She held talks with X and Y. … With Y, she discussed trade."
    """
    last, alone = book.held[-1] if book.held else None, sighting.other.ids
    if last is None or sighting.frame != "talk" or not sighting.home.ids & last.home.ids:
        return None
    met = last.people.keys() - last.home.ids
    first = book.scene.text.startswith("With ", sighting.sentence.start)
    return last if first and len(alone) == 1 and alone < met else None


def row_of(book: Ledger, sighting: Sighting) -> Draft | None:
    """Return the encounter of a trip that sums up several, of which *sighting* tells one: where, when or what next.

    "She met X, Y and Z. On Thursday, she was received by X at the palace. She then met Y."
    """
    groups, told = sighting.other.groups, sighting.when or sighting.places or is_next(book.scene, sighting.sentence)
    if book.visit is None or groups or not told or sighting.frame in ("attend", "talk"):
        return None
    for draft in book.held:
        alone = sighting.party.ids - draft.home.ids
        if alone and alone < draft.people.keys() - draft.home.ids:
            return draft
    return None
