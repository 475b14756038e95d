"""Who stands in a stretch of text as a party to an encounter: persons, and groups that are not named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.encounters.grammar import Encounters
from kg.extract.encounters.party import COUNTERPARTS, Attendee, Group, Party, phrase_of
from kg.extract.encounters.respective import respectively
from kg.extract.encounters.sides import sides_in
from kg.extract.scene import Scene
from kg.model import Agency, Mention, Person, Place, Span

__all__ = ["head_of", "party_in", "people_in"]

GENITIVE = re.compile(r"[’'](?:s\b|(?!\w))")
POSSESSIVES = {"his", "her", "their", "my", "our", "its"}
# A person after such a word is not the one who acts or is met: "on behalf of X", "the home of X", "named for X".
NOT_A_PARTY = re.compile(r"\b(?:of|under|for|than|to|from|by)(?: the| former| then| then-)?\s$", re.IGNORECASE)
LED_BY = re.compile(
    r"\b(?:(?:led|hosted(?: to \w+)?|chaired|headed|convened|joined|accompanied|represented|attended|received|welcomed"
    r"|briefed|moderated|facilitated|opened|closed|organi[sz]ed)(?: (?:in|at) [A-Z]\w+)? by"
    r"|(?:spoke|talked|spoken|calls?|courtesy visit|greetings|regards|message|wishes|condolences|gratitude|farewell"
    r"|credentials|Credence) to"
    r"|(?:heard|remarks) from|consisted of|comprised of|composed of"
    r"|(?:joined|accompanied) (?:[\w’]+ ){1,6}by"
    r"|(?:received|welcomed|greeted|hosted|represented) (?:(?:in|at|on|for|with|today|this|warmly)\b[^,.;:]{0,70} )by"
    r"|(?:as well as|and|and also|side|delegation) by"
    r"|under the (?:leadership|(?:co-)?chairmanship) of)"
    r"(?: the)?\s$",
    re.IGNORECASE,
)
LED_REACH = 100
"""How many characters before a person the verb stands whose passive names who acts, at most."""
PIECES = re.compile(
    r",? (?:led|headed) by (?:the )?| at an? [^,;.]{1,40} (?:hosted|convened|chaired|organi[sz]ed) by (?:the |its )?"
    r"|,? (?:and|along with|together with|as well as|alongside) (?:also |with |by )?|[,;] (?:and )?| [–—-] |[–—]"
)
DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
LEADING = re.compile(
    r"^(?:(?:also|of|with|both|including|by|joined|separately|virtually|together|among|between|to|from"
    rf"|first(?! responders)|then|[Tt]oday|[Yy]esterday|(?:On )?[A-Z][a-z]+ \d+(?=,)|On [A-Z][a-z]+ \d+|on {DAY}"
    r"|(?:[Tt]his|[Ee]arlier) (?:morning|afternoon|evening|week|today)"
    r"|(?:at|in) the [A-Z][\w ]+?(?= with))\b,? ?)+"
)
# "Earlier in the day, ", "On Monday, September 26, 2022, ", "While in Harare, "
CIRCUMSTANCE = re.compile(
    rf"(?:(?:Earlier|Later|In|On|At|During|While|This|Last|Today|Yesterday|{DAY})[^,]{{0,40}}, )+(?:\d{{4}}, )?"
)
# A circumstance before the comma: "At the Harbour School, …".
OPENING = re.compile(r" ?(?:At|In|On|During|While|After|Before|Following|Across|From) ")
PROPER = r"(?:the )?(?:[A-Z][\w.]*(?: of(?: the)? [A-Z]\w*)*|\d+)"
TRAILING = re.compile(
    r"(?: (?:was|were|will|would|be|also|then|jointly|together|each|both|all|again|today|yesterday|tomorrow"
    r"|virtually|by phone|by video"
    rf"|during the \w+(?: \w+)?|(?:this|last|next|earlier) \w+|(?:on|at|in|to) {PROPER}(?:[ ,]+{PROPER})*"
    r"(?: building| headquarters)?))+[,.]?$"
)
# The head of a noun phrase stands before these words.
HEAD_ENDS = re.compile(
    r"\b(?:of|from|in|on|at|with|for|to|by|who|that|which|as|during|following|after|across|including|around|about"
    r"|between|among|under|over|against|when|where|while)\b"
)
LONGEST_NOUN = 3
"""How many words the longest noun of an encounter has that may end the head of a noun phrase."""
BEFORE_HEAD = re.compile(r"(?:over|about|around|under|both|including) ")
ONLY_NAMES = re.compile(r"(?:the )?[A-Z][\w.’'-]*(?: (?:(?:of|the|and) )*[A-Z][\w.’'-]*)*$")
BESIDE = re.compile(r",?(?: and)? (?:the )?")
"""Between the last name of a group and the next."""
STATES = re.compile(r"[A-Z][\w.’-]*(?:(?:,? | ?[–-] ?)(?:(?:of|the|and) )*[A-Z][\w.’-]*)*")


def people_in(scene: Scene, span: Span, *, owners: bool = False) -> Iterator[Attendee]:
    """Yield the persons who act or are met in *span*, once each.

    Args:
        scene: the readout with its people.
        span: where to look.
        owners: also take those in the genitive, as a title has them ("President X’s call with …").
    """
    seen: set[str] = set()
    for mention, entity in scene.mentions_in(span):
        if not isinstance(entity, Person) or entity.id in seen:
            continue
        if owners or _is_party(scene, entity, mention, span.start):
            seen.add(entity.id)
            yield Attendee(entity, phrase_of(entity, mention), mention.confidence)


def _is_party(scene: Scene, person: Person, mention: Mention, first: int) -> bool:
    """Tell whether the person acts or is met, by what stands before the name, unless the name stands *first*."""
    if GENITIVE.match(scene.text, mention.span.end) or mention.span.of(scene.text).lower() in POSSESSIVES:
        return False
    start = phrase_of(person, mention).start
    if start == first:
        return True
    before = scene.text[max(0, start - LED_REACH) : start]
    return not NOT_A_PARTY.search(before) or LED_BY.search(before) is not None


def party_in(scene: Scene, grammar: Encounters, span: Span, *, owners: bool = False, states: bool = False) -> Party:
    """Return who stands in *span*: its persons, and the groups that its other words name.

    Args:
        scene: the readout with its people, bodies and places.
        grammar: which nouns name groups.
        span: where to look.
        owners: also take persons in the genitive.
        states: where nobody else stands there, states that are listed act themselves.
    """
    people = tuple(people_in(scene, span, owners=owners))
    people = respectively(scene, span, people) if people else people
    groups: list[Group] = []
    last = span  # the words of the group named last
    for piece in _pieces(scene, span, people):
        phrase = _trimmed(scene.text, piece)
        if phrase is None or (OPENING.match(scene.text, piece.start) and scene.text[piece.end : piece.end + 1] == ","):
            continue
        named = any(one.side or _is_apposed(scene.text, phrase, one) for one in people)
        if named and COUNTERPARTS.match(scene.text, phrase.start):
            continue
        words, sides = phrase.of(scene.text), tuple(dict.fromkeys(sides_in(scene, phrase)))
        if groups and ONLY_NAMES.match(words) and not grammar.group.search(words):
            before = groups.pop()  # "officials of Kenya, Uganda and Rwanda" is one group
            last = Span(last.start, phrase.end) if BESIDE.fullmatch(scene.text, last.end, phrase.start) else last
            groups.append(Group(last.of(scene.text), (*before.sides, *sides)))
        elif _are_people(grammar, head_of(words)) or _is_body(scene, phrase):
            last = phrase
            groups.append(Group(words, sides))
    if states and not people and not groups:
        groups = list(_countries_in(scene, span))
    return Party(people, tuple(groups))


def _are_people(grammar: Encounters, head: str) -> bool:
    """Tell whether *head* names a group: "over 20 mayors", and not "the leaders’ meeting"."""
    last = head.split()[-LONGEST_NOUN:]
    named = any(grammar.is_noun(" ".join(last[at:])) for at in range(len(last)))
    return not named and grammar.group.search(head) is not None


def _is_apposed(text: str, phrase: Span, attendee: Attendee) -> bool:
    """Tell whether the person is one of those counted before: "her counterparts, X and Y"."""
    return attendee.phrase.start > phrase.end and text[phrase.end : attendee.phrase.start].strip() in {"", ","}


def _countries_in(scene: Scene, span: Span) -> Iterator[Group]:
    """Yield the states that stand for their governments: "Peru, Chile and Ecuador held the first …"."""
    named = [(m.span, e.id) for m, e in scene.mentions_in(span) if isinstance(e, Place) and e.country]
    if len(named) > 1:
        words = Span(named[0][0].start, named[-1][0].end).of(scene.text)
        if STATES.fullmatch(words):
            yield Group(words, tuple(dict.fromkeys(country for _, country in named)))


def head_of(words: str) -> str:
    """Return the part of a noun phrase that has its head: "over 20 mayors" of "over 20 mayors from the coast"."""
    start = BEFORE_HEAD.match(words)
    return HEAD_ENDS.split(words[start.end() :] if start else words, maxsplit=1)[0]


def _is_body(scene: Scene, phrase: Span) -> bool:
    """Tell whether the phrase is the name of a body, perhaps after an article and an adjective."""
    for mention, entity in scene.mentions_in(phrase):
        if isinstance(entity, Agency):
            return (
                re.fullmatch(r"(?:the |an? )?(?:\w+ ){0,2}", scene.text[phrase.start : mention.span.start]) is not None
            )
    return False


def _pieces(scene: Scene, span: Span, people: tuple[Attendee, ...]) -> Iterator[Span]:
    """Yield the coordinated parts of *span* that name no person; all of it where there is none."""
    if not people:
        yield span
        return
    start = span.start
    for found in PIECES.finditer(scene.text, span.start, span.end):
        if any(a.phrase.start < found.end() and found.start() < a.phrase.end for a in people):
            continue
        if start < found.start() and not any(a.phrase.overlaps(Span(start, found.start())) for a in people):
            yield Span(start, found.start())
        start = found.end()
    if start < span.end and not any(a.phrase.overlaps(Span(start, span.end)) for a in people):
        yield Span(start, span.end)


def _trimmed(text: str, span: Span) -> Span | None:
    """Return the noun phrase of *span*: without what leads up to it, and without time and place after it."""
    if opening := CIRCUMSTANCE.match(text, span.start, span.end):
        span = Span(opening.end(), span.end) if opening.end() < span.end else span
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip(" ,"))
    words = words.strip(" ,")
    if leading := LEADING.match(words):
        start += leading.end()
        words = words[leading.end() :]
    if trailing := TRAILING.search(words):
        words = words[: trailing.start()]
    words = words.rstrip(" ,.–—")
    return Span(start, start + len(words)) if len(words) > 2 else None
