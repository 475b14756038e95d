"""What stands around a verb of encounter: its object, its partners, its guest. The frames are built of these."""

from __future__ import annotations

import re
from dataclasses import field

from kg.extract.encounters.authors import authors
from kg.extract.encounters.parties import head_of
from kg.extract.encounters.party import Attendee, Group, Party
from kg.extract.encounters.predicate import Predicate
from kg.model import Kind, Person, Place, Span
from kg.values import dataclass

__all__ = [
    "ANOTHER_ROUND",
    "DELEGATION_AT",
    "FILLER",
    "GUEST_REACH",
    "NEXT_ONE",
    "NEXT_ROUND",
    "NOUN_REACH",
    "PARTNER",
    "PRONOUN",
    "SEVERAL",
    "WITH",
    "Found",
    "after",
    "agents",
    "anybody",
    "begins_with_guest",
    "is_title",
    "partners",
    "told_before",
    "whom",
]

FILLER = (
    r"(?:(?: also| separately| today| yesterday| virtually| briefly| warmly| jointly| again| personally| in person"
    r"| by phone| by video| by telephone| this \w+| earlier \w+| on \w+day),?)*"
)
AGENT = re.compile(rf"{FILLER} by ")
TITLE_WORDS = re.compile(
    rf"{FILLER}(?: |$)(?:(?:[A-Z][\w’'.&–-]*|of|on|for|and|the|to|in|at|both|with|visiting|his|her),?(?: |$))*"
)
SEVERAL = re.compile(r"(?i:they|we|both(?: \w+)?|the (?:[\w.]+ )?(?:two|three|four|pair|\w+s))")
"""What stands for more than one: "they", "both leaders"."""
WITH = re.compile(r"\b(?:with|between|among)\b(?! the (?:aim|goal|purpose|participation)\b)")
PARTNER = re.compile(r"\bwith\b")
BY = re.compile(r"\bby\b")
GATHERED = re.compile(r" (?:that|which) (?:brought together|gathered|included) ")
TAIL = re.compile(r",? (?:today|yesterday|on \w+day|this \w+|earlier \w+)$")
SOMEBODY = re.compile(r"[a-z]{3,}s\b|\b[A-Z]\w+|(?:his|her|their) [a-z ]*team\b")
DELEGATION_AT = re.compile(r"[^,;.]{0,60}\bdelegation (?:to|at) [^,;.]{0,60}\b[Mm]eetings\b")
"""A delegation led to a row of meetings, which is an event: "led the delegation at the annual meetings of the fund"."""
# Of a row of encounters the one to come, whoever comes: "The next meeting of the commission".
NEXT_ONE = re.compile(r"(?:^|\bthat |, )(?:[Tt]he|[Tt]heir|[Aa]) (?:next|\w+th|second|third) ")
ROUND = r"(?:2\+2|(?:[\w–-]+ ){0,4}(?:round|session|edition|dialogue|commission|consultations|ministerial)\b)"
# What need not say who will come: "the next round of consultations".
ANOTHER_ROUND = re.compile(rf"\b(?:next|further|\w+th|second|third) {ROUND}", re.IGNORECASE)
NEXT_ROUND = re.compile(rf"{NEXT_ONE.pattern}(?:{ROUND}|(?:[\w’'–-]+ ){{0,2}}(?:meeting|talks)\b)", re.IGNORECASE)
WHOM = re.compile(r",? whom [^,;.]{1,60} $")
# The object as a pronoun: "received her for talks", "called on him".
PRONOUN = re.compile(r" (?:her|him|us|me)(?= (?:for|in|at|on|to|today|yesterday|with)\b|[.,]| ?$)")
PRONOUN_REACH = 600
"""How many characters before a pronoun the person may be named."""
GUEST_REACH = 45
"""How many characters after a verb of hosting its guest must begin at the latest, where the verb means much else."""
NOUN_REACH = 110
"""How many characters after a verb of holding the noun of the encounter must begin at the latest."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a frame found: the kind, those met, and those whose encounter it is where that isn't the subject.

    `guest`: those met are on an official visit, of which the encounter is a part. `again`: those met are the ones whom
    the text has told of ("will see *him* in Tokyo"). `chaired`: they are those who led it ("was chaired by X and Y").
    """

    kind: Kind
    other: Party = field(default_factory=Party)
    home: Party | None = None
    guest: bool = False
    again: bool = False
    chaired: bool = False


def after(verb: Predicate, pattern: re.Pattern[str]) -> Span | None:
    """Return what follows "with" and the like: in the object, or after a circumstance that stands between."""
    if verb.who is None:
        return None
    text = verb.scene.text
    if verb.ends_with == ":" and pattern.search(verb.after[-6:]):  # "spoke individually with: A; B; and C"
        return Span(verb.who.end + 1, verb.sentence.end) if verb.who.end + 1 < verb.sentence.end else None
    if found := pattern.search(text, verb.who.start, verb.who.end):
        return Span(found.end(), verb.who.end) if found.end() < verb.who.end else None
    matter = verb.grammar.matter.search(text, verb.verb.end, verb.sentence.end)
    found = PARTNER.search(text, verb.who.end, matter.start() if matter else verb.sentence.end)
    if found is None or not re.match(r"(?:during|on the|at the|upon|for) ", verb.ends_with + " "):
        return None
    return verb.people_from(found.end())


def agents(verb: Predicate) -> Party:
    """Return who stand behind the "by" of a passive, circumstances of time aside: "was briefed this morning by X"."""
    found = AGENT.match(verb.scene.text, verb.verb.end, verb.sentence.end)
    return verb.party(verb.people_from(found.end())) if found else verb.party(after(verb, BY))


def anybody(verb: Predicate, span: Span | None) -> Party:
    """Return those met as a group whatever the words: "with six scholarship holders"; not "with success"."""
    if span is None:
        return Party()
    words = TAIL.sub("", span.of(verb.scene.text).strip(" ,."))
    head = head_of(words).strip()
    places = [m.span.of(verb.scene.text) for m, e in verb.scene.mentions_in(span) if isinstance(e, Place)]
    return Party(groups=(Group(words),)) if head not in places and SOMEBODY.search(head) else Party()


def whom(verb: Predicate) -> Party:
    """Return the person of whom a relative clause tells: "President X, *whom* she will host in June"."""
    found = WHOM.search(verb.before)
    if found is None:
        return Party()
    stop = verb.sentence.start + found.start()
    named = verb.party(Span(verb.sentence.start, stop) if verb.sentence.start < stop else None).people
    return Party(tuple(attendee for attendee in named if attendee.phrase.end == stop))


def told_before(verb: Predicate, home: Party) -> Party:
    """Return whom "received her for talks", "called on him" mean: the person named last before it, *home* aside."""
    pronoun = PRONOUN.match(verb.after)
    if pronoun is None:
        return Party()
    if pronoun.group() in (" us", " me"):
        return Party(authors(verb.scene, several=pronoun.group() == " us"))
    scene, start = verb.scene, verb.sentence.start
    near = Span(max(0, start - PRONOUN_REACH), start) if start else verb.sentence
    named = [(m, e) for m, e in scene.mentions_in(near) if isinstance(e, Person) and e.id not in home.ids]
    return Party((Attendee(named[-1][1], Span(verb.verb.end + 1, verb.verb.end + 4), 0.8),)) if named else Party()


def begins_with_guest(verb: Predicate, other: Party) -> bool:
    """Tell whether a person is the object itself, adverbs aside."""
    if verb.who is None or not other.people:
        return False
    lead = verb.scene.text[verb.who.start : other.people[0].phrase.start]
    filler = re.match(FILLER, lead)
    return is_title(lead[filler.end() :] if filler else lead)


def is_title(lead: str) -> bool:
    """Tell whether *lead*, which stands before a name, has nothing but a title or a short greeting in it."""
    if TITLE_WORDS.fullmatch(lead):
        return True
    return len(lead) < GUEST_REACH and not re.match(r" (?:the|an?) [a-z]+ (?:[a-z]+ )*", lead)


def partners(verb: Predicate, noun: re.Match[str]) -> Party:
    """Return those who are met at the encounter that *noun* names: they stand after it, or after its topic."""
    assert verb.who is not None
    text = verb.scene.text
    rest = Span(noun.end(), verb.who.end) if noun.end() < verb.who.end else None
    found = WITH.search(text, noun.end(), verb.who.end)
    if rest and found and found.end() < rest.end:
        rest = Span(found.end(), rest.end)
        if other := verb.party(rest) or (anybody(verb, rest) if found.group() == "with" else Party()):
            return other
    elif other := verb.party(rest):
        return other
    if gathered := GATHERED.match(text, noun.end(), verb.sentence.end):
        return verb.party(verb.people_from(gathered.end()))
    semicolon = text.find(";", noun.end(), verb.sentence.end)
    stop = semicolon if semicolon > 0 else verb.sentence.end
    for found in WITH.finditer(text, noun.end(), stop):
        late = verb.party(verb.people_from(found.end(), stop))
        if late.people and late.people[0].phrase.start - found.end() < GUEST_REACH:
            return late
    return Party()
