"""When and where: the date and the places that belong to a verb of encounter, not to what was spoken about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.encounters.dates import When, find_dates
from kg.extract.encounters.drafts import is_area
from kg.extract.encounters.grammar import Encounters
from kg.extract.scene import Scene
from kg.model import Agency, Event, Initiative, Person, Place, Span

__all__ = ["places_in", "when_in"]

DEICTIC = re.compile(
    r"today|yesterday|tomorrow|tonight|this (?:morning|afternoon|evening)|last night|earlier today", re.IGNORECASE
)
DATELINE = re.compile(r"\s*[-–—:]")
DATELINE_REACH = 40
"""Where "Bern, 12.03.2024 – " begins a release, in characters: the day of publication, not of the encounter."""
EARLIER = re.compile(
    r"\b(?:following|after|since|before(?! the (?:end\b|$))|ahead of|prior to|building on|in advance of"
    r"|followed|noted|noting|as outlined by)\b"
    r"|, (?:which(?! (?:was|were|is|are|will be) (?:being )?held\b)|who|whose) [^,]+$",
    re.IGNORECASE,
)
SAYING = re.compile(r"\bthat (?:he|she|they|it|we|the)\b")
AT = re.compile(
    r"\b(?:in|at|near|outside|aboard)(?: (?:the|downtown|historic|capital|central|southern|northern"
    r"|eastern|western|city of|capital of|capital city of|nearby))*\s$",
    re.IGNORECASE,
)
# After such a word the text tells of those met, and no longer of where they were met.
OF_THEM = re.compile(
    r"\b(?:who|whose|engaged|detained|involved|interested|invested|active|based|living|located"
    r"|working(?! (?:visit|lunch|dinner|breakfast|meeting|session|level)))\b"
)
# After it the text tells of another deed, be it in the same town: "met X, and laid a wreath at the monument".
NEXT_DEED = re.compile(r", and (?:also |then |later )?(?:laid|[a-z]+ed) (?!by\b)")
IN_PLACE = re.compile(r"(?:In|At|While in) (?:the )?[A-Z]")
TO = re.compile(r"\bto(?: the| downtown)?\s$")
WELCOMES = re.compile(r"(?:welcom|receiv|host|invit|travel)\w*|leads?|led")
NOT_AT = re.compile(
    r"\b(?:war|situation|conflict|crisis|peace|security|stability|violence|interests?|forces?|aggression|invasion"
    r"|developments|Ambassador|envoy|support|assistance|democracy|presence) (?:in|to|at)(?: the)?\s$",
    re.IGNORECASE,
)
OUTSIDE = re.compile(r"\boutside the $")
"""Before a country: "their first meeting outside the United States"."""
# After a country that has what is named there, be that where it may: "Peru’s ministers", "the Peruvian embassy".
OWNER = re.compile(
    r"[’'](?:s\b|(?!\w))| (?:embassy|consulate|ambassador|mission|residence|delegation|high commission)\b",
    re.IGNORECASE,
)
LEAD_REACH = 40
"""How many characters before a place the words begin that lead to it, at most."""
CHAIN = re.compile(r"(?:, and|,| and|;) (?:the )?$|(?:,| \() ?$|, (?:in|on) (?:the )?$")


def when_in(
    scene: Scene, grammar: Encounters, sentence: Span, verb: Span, *, future: bool, past: bool = False
) -> When | None:
    """Return the date that belongs to the *verb*: of those that don't belong to the matter the nearest one.

    What is *future* is on no day that is over when the readout is issued, what is told in the *past* on none to come.
    """
    text = scene.text
    matter = grammar.matter.search(text, verb.end, sentence.end)
    stop = matter.start() if matter else sentence.end
    leg = text.rfind(", where ", sentence.start, verb.start)  # "… to Peru, where she met X on Friday"
    best: tuple[tuple[bool, int], When] | None = None
    for when in find_dates(text, sentence, scene.readout.issued, future=future):
        deictic = DEICTIC.fullmatch(when.span.of(text)) is not None
        if DATELINE.match(text, when.span.end) and when.span.start - sentence.start < DATELINE_REACH:
            continue
        issued = scene.readout.issued
        today = issued.isoformat()[: len(when.start)] if issued else when.start
        if (future and when.start < today and not when.end) or (past and when.start > today):
            continue
        if when.span.start >= stop and (not deictic or text[when.span.end : when.span.end + 1] in "’'"):
            continue
        low, high = sorted((when.span.start, verb.start))
        between = text[low:high] if when.span.start > verb.start else text[sentence.start : when.span.start]
        if when.span.start < verb.start and _in_fronting(grammar, scene, sentence, when):
            continue
        if when.span.start > verb.start and EARLIER.search(between) and not deictic:
            continue
        if when.span.start < verb.start and SAYING.search(text, when.span.end, verb.start):
            continue  # "hosts the summit this fall, and said that she looks forward to welcoming him"
        distance = when.span.start < leg, abs(when.span.start - verb.start)
        if best is None or distance < best[0]:
            best = distance, when
    return best[1] if best else None


def _in_fronting(grammar: Encounters, scene: Scene, sentence: Span, when: When) -> bool:
    """Tell whether the date stands in an opening like "Following last week’s summit, …"."""
    opening = re.match(
        r"(?:Following|After|Since|Building on|Ahead of|Before|Prior to|As outlined)\b",
        scene.text[sentence.start :][:20],
    )
    return opening is not None and ", " not in scene.text[sentence.start : when.span.start]


def places_in(
    scene: Scene, grammar: Encounters, sentence: Span, verb: Span, *, travel: bool, ahead: bool = False
) -> tuple[str, ...]:
    """Return the ids of the places where it was, in text order; a place that is only spoken about is none.

    Args:
        scene: the readout with its places and other entities.
        grammar: where the matter begins.
        sentence: where to look.
        verb: the verb or noun that tells of the encounter.
        travel: it is a verb of travel, whose object is a place.
        ahead: look only after the verb.
    """
    text = scene.text
    matter = grammar.matter.search(text, verb.end, sentence.end)
    stop = matter.start() if matter else sentence.end
    if leg := _stop_before(scene, sentence, verb):
        return leg
    taken = list(_taken(scene, sentence))
    begin = verb.start if ahead and not IN_PLACE.match(text, sentence.start) else sentence.start
    found: dict[str, None] = {}
    last_end = -1
    for mention, entity in scene.mentions_in(Span(begin, max(stop, verb.end))):
        start, end = mention.span.start, mention.span.end
        if not isinstance(entity, Place) or any(span.covers(mention.span) for span in taken):
            continue
        if start > verb.end and OF_THEM.search(text, verb.end, start):
            break
        if start > verb.end and NEXT_DEED.search(text, verb.end, start) and not is_area(scene, entity.id):
            break
        chained = 0 <= last_end < start and CHAIN.fullmatch(text, last_end, start) is not None
        if not OWNER.match(text, end) and (chained or _is_there(text, sentence, verb, start, travel=travel)):
            found[entity.id] = None
            last_end = end
        elif chained:
            last_end = end
    return tuple(found)


def _taken(scene: Scene, sentence: Span) -> Iterator[Span]:
    """Yield the stretches in which a place is part of something else: of a name, of somebody's office."""
    for mention, entity in scene.mentions_in(sentence):
        if isinstance(entity, Agency | Event | Initiative | Person):
            yield mention.span
    for person in scene.people:
        yield from (held.evidence.span for held in person.holdings)


def _is_there(text: str, sentence: Span, verb: Span, start: int, *, travel: bool) -> bool:
    """Tell whether the words before *start*, where a place begins, say that the encounter was there."""
    before = text[max(sentence.start, start - LEAD_REACH) : start]
    if travel and verb.end <= start and re.fullmatch(r" (?:the |to )?", text[verb.end : start]):
        return True
    if TO.search(before) and (travel or WELCOMES.fullmatch(text, verb.start, verb.end)):
        return True
    return AT.search(before) is not None and not NOT_AT.search(before) and not OUTSIDE.search(before)


def _stop_before(scene: Scene, sentence: Span, verb: Span) -> tuple[str, ...]:
    """Return the place of a leg of a trip that is told so: "… Fiji, where they met with …"."""
    where = scene.text.rfind(", where ", sentence.start, verb.start)
    if where < 0 or ";" in scene.text[where : verb.start]:
        return ()
    places = [(m.span, e.id) for m, e in scene.mentions_in(sentence) if m.span.end <= where and isinstance(e, Place)]
    chain: list[str] = []
    for span, place in reversed(places):
        if span.end == where or scene.text[span.end : where] == ", ":
            chain.insert(0, place)
            where = span.start
    return tuple(chain)
