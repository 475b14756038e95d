"""Encounters with which a sentence opens: "In separate calls, X discussed it with Y", "At his meeting with X, …"."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.encounters.dates import find_dates
from kg.extract.encounters.grammar import Encounters
from kg.extract.encounters.parties import party_in, people_in
from kg.extract.encounters.party import Attendee, Party, phrase_of
from kg.extract.encounters.sighting import Sighting
from kg.extract.encounters.whereabouts import places_in, when_in
from kg.extract.scene import Scene
from kg.model import Person, Span

__all__ = ["first_sentence", "read_opening", "set_in_scene"]

DATELINE = re.compile(r"[A-Z][\w. ]{1,30}, (?:\d[\d.]+|\d+ \w+(?: \d+)?|\w+ \d+(?:, \d+)?) ?[-–—] ")
OPENS = re.compile(
    r"(?:In|During|Through|On|Over)(?: an?| separate| two| three| several| four)?\b"
    r"(?! (?:the|his|her|their|our|this|these|addition)\b)"
)
# What stands before the noun in "At his first meeting with X", "At the centre of the talks with X", "Talks with X".
LEAD = re.compile(
    r"(?:This (?:emerged|came up|was (?:said|revealed|disclosed|agreed|noted)) )?"
    r"(?:(?:[Aa]t|[Ii]n|[Dd]uring|(?:At the|The) (?:cent(?:re|er)|heart|focus) of) )?"
    r"(?:(?:[Hh]is|[Hh]er|[Tt]heir|[Tt]he|[Aa]n?) )?(?!last|earlier|previous|recent|next|upcoming)(?:[a-z-]+ )?"
)
WITH = re.compile(r"[^.;:,]{0,40}?\b(?:with|between) ")
ACTING = re.compile(r"(?: \([^)]*\))?,? (?:also |both |jointly |[a-z]+ly )?(?:[a-z]+ed|met|spoke|made|told|held)\b")
# Where those met end, if no person acts: "… focused on trade", "…, the two ministers reviewed …".
MAIN_CLAUSE = re.compile(
    r" (?:focus+ed|cent(?:re|er)ed|revolved|covered|touched|dealt|included|addressed|(?:were|was)(?! held))\b"
    r"|, (?=(?:the|they|both|she|he|it)\b)"
)
# What the whole release is about, if its first sentence begins so: "Following talks between X and Y in Lima, …".
FOLLOWING = re.compile(r"(?:Following|After) (?:(?:his|her|their|the|an?) )?(?:[a-z-]+ ){0,2}")
LONGEST_OPENING = 70
ACTOR_REACH = 60
"""How many characters after a fronted phrase the name of who acts begins, at most."""


def read_opening(scene: Scene, grammar: Encounters, sentence: Span, noun: Span) -> Sighting | None:
    """Read the encounter that the *noun* names at the head of its *sentence*; its people follow."""
    rest = Span(_after_dateline(scene, sentence), sentence.end)
    if not 0 <= noun.start - rest.start <= LONGEST_OPENING:
        return None
    opening = _read(scene, grammar, rest, noun, first=sentence == first_sentence(scene))
    return opening and replace(opening, sentence=sentence)


def _read(scene: Scene, grammar: Encounters, sentence: Span, noun: Span, *, first: bool) -> Sighting | None:
    text = scene.text
    if first and FOLLOWING.fullmatch(text, sentence.start, noun.start):
        return _followed(scene, grammar, sentence, noun)
    owned = " of " in text[sentence.start : noun.start]
    opens = OPENS.match(text, sentence.start, noun.start) and not owned
    if opens and (opening := _several(scene, grammar, sentence, noun)):
        return opening
    return _talks(scene, grammar, sentence, noun) if LEAD.fullmatch(text, sentence.start, noun.start) else None


def _after_dateline(scene: Scene, sentence: Span) -> int:
    """Return where the *sentence* begins, after "Bern, 12.03.2024 – " if it has that."""
    dateline = DATELINE.match(scene.text, sentence.start, sentence.end)
    return dateline.end() if dateline else sentence.start


def first_sentence(scene: Scene) -> Span | None:
    """Return the sentence that opens the text, its title aside."""
    title = scene.readout.title
    return next((sentence for sentence in scene.sentences if title is None or sentence.start > title.end), None)


def set_in_scene(scene: Scene, grammar: Encounters, sighting: Sighting) -> Sighting:
    """Give what a sentence tells of the day and place of the one that opens the text right before, if it has none.

    "The third session was held in Lima on Friday. It was co-chaired by X and Y."
    """
    opening = first_sentence(scene)
    if opening is None or sighting.when or sighting.places or not 0 <= sighting.sentence.start - opening.end < 2:
        return sighting
    noun = grammar.noun_in(scene.text, opening.start, opening.end)
    if noun is None:
        return sighting
    held = Span(noun.end(), noun.end() + 1)
    when = when_in(scene, grammar, opening, held, future=False)
    return replace(sighting, when=when, places=places_in(scene, grammar, opening, held, travel=False))


def _followed(scene: Scene, grammar: Encounters, sentence: Span, noun: Span) -> Sighting | None:
    """Read "Following talks between X and Y in Lima today, both states …", "After talks with Y in Lima, X said …"."""
    partner = WITH.match(scene.text, noun.end, sentence.end)
    people = tuple(people_in(scene, Span(partner.end(), sentence.end))) if partner else ()
    comma = scene.text.find(", ", people[0].phrase.end, sentence.end) if people else -1
    if partner is None or comma < 0 or _goes_on(scene, grammar, Span(comma, sentence.end)):
        return None
    met = tuple(one for one in people if one.phrase.start < comma)
    if "between" in partner.group():
        home, met = met[:1], met[1:]
    else:
        home = tuple(one for one in people[len(met) : len(met) + 1] if one.phrase.start - comma < ACTOR_REACH)
    if not (home and met):
        return None
    return _sighting(scene, grammar, sentence, noun, comma, Party(home), Party(met))


def _goes_on(scene: Scene, grammar: Encounters, clause: Span) -> bool:
    """Tell whether *clause* tells of an encounter itself: "After an audience with X, Y met Z"."""
    verbs = grammar.verb.finditer(scene.text, clause.start, clause.end)
    return any(verb.group() not in grammar.talk for verb in verbs)


def _actor(scene: Scene, span: Span) -> Attendee | None:
    """Return the first person of *span* whom a verb of saying follows."""
    for mention, entity in scene.mentions_in(span):
        if isinstance(entity, Person) and ACTING.match(scene.text, mention.span.end):
            return Attendee(entity, phrase_of(entity, mention), mention.confidence)
    return None


def _several(scene: Scene, grammar: Encounters, sentence: Span, noun: Span) -> Sighting | None:
    """Read "In separate calls, X discussed it with Y and Z", "In a call with Y, X discussed it"."""
    actor = _actor(scene, Span(noun.end, sentence.end)) if noun.end < sentence.end else None
    if actor is None or noun.end >= actor.phrase.start:
        return None
    before, after = Span(noun.end, actor.phrase.start), Span(actor.phrase.end, sentence.end)
    listed = party_in(scene, grammar, before) if before.start < before.end else Party()
    partner = re.search(r"\bwith\b", before.of(scene.text)) is not None
    late = re.search(r"\bwith\b", after.of(scene.text))
    met = Party(tuple(people_in(scene, Span(after.start + late.end(), after.end)))) if late else Party()
    home = Party((actor,)) if partner else Party((*listed.people, actor))
    if len((home | listed | met).people) < 2:
        return None
    return _sighting(scene, grammar, sentence, noun, actor.phrase.end, home, listed if partner else met)


def _talks(scene: Scene, grammar: Encounters, sentence: Span, noun: Span) -> Sighting | None:
    """Read "In his talks with Y, X stressed …", "Talks with Y focused on …", "Meeting Y, X thanked …"."""
    text = scene.text
    partner = WITH.match(text, noun.end, sentence.end)
    direct = noun.of(text) == "Meeting" or noun.of(text).endswith(" with")
    start = partner.end() if partner else noun.end + 1 if direct else sentence.end
    if start >= sentence.end or grammar.kind_of(noun.of(text)) == "visit":
        return None
    actor = _actor(scene, Span(start, sentence.end))
    clause = MAIN_CLAUSE.search(text, start, sentence.end)
    if actor and clause and clause.start() <= actor.phrase.end + 1:
        actor = None  # "Talks with Y, focused …"
    alone = sentence.end if text.startswith("This ", sentence.start) else start  # "This emerged during talks with Y"
    stop = min([at for at in (actor and actor.phrase.start, clause and clause.start()) if at] or [alone])
    met = Party(tuple(people_in(scene, Span(start, stop)))) if start < stop else Party()
    if not met.people or (actor and actor.person.id in met.ids):
        return None
    home = Party((actor,)) if actor and stop == actor.phrase.start else Party()
    return _sighting(scene, grammar, sentence, noun, stop, home, met)


def _sighting(
    scene: Scene, grammar: Encounters, sentence: Span, noun: Span, end: int, home: Party, met: Party
) -> Sighting:
    kind = grammar.kind_of(noun.of(scene.text))
    head = Span(sentence.start, max(end, noun.end + 1))
    mode = grammar.mode.search(scene.text, sentence.start, noun.end)
    return Sighting(
        sentence=sentence,
        span=Span(sentence.start, end),
        frame="noun",
        kind="meeting" if kind == "visit" else kind,
        mode=grammar.modes[mode.group().lower()] if mode else None,
        status="held",
        home=home,
        others=(met,),
        anaphor="" if home else "they",
        when=next(find_dates(scene.text, Span(sentence.start, max(end, noun.end + 30)), scene.readout.issued), None),
        places=() if kind == "call" else places_in(scene, grammar, head, noun, travel=False),
        several=grammar.several.search(scene.text, sentence.start, noun.end) is not None,
    )
