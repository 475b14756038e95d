"""Who else took part: "was joined by", "the delegation included", and the lists under "Participants:"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.encounters import Encounters
from kg.extract.parties import party_in, people_in
from kg.extract.party import Attendee, Party
from kg.extract.scene import Scene
from kg.model import Span

__all__ = ["Company", "read_company"]

ENDS = re.compile(r"; |: | (?:to|who|which|that) (?=[a-z]+\b)(?!the\b)|, (?:who|which|where|[a-z]+ed|met|spoke|held)\b")
REMARKS = re.compile(r"remarks|heard|moderated|opened|kicked|spoke|hosted|facilitated|closed", re.IGNORECASE)
RETINUE = re.compile(r"joined|accompan|delegation|alongside", re.IGNORECASE)
CLAUSE_HEAD = re.compile(
    r"(?:(?:During|At) the [\w ]+, |(?:Additionally|In addition|Finally|Also|Next), )?(?:The |White House )?"
    r"|.*(?:, and|, while|;) (?:the )?",
    re.DOTALL,
)
LONGEST_ITEM = 220


@dataclass(frozen=True, slots=True)
class Company:
    """Those whom a sentence adds. `listing`: the next lines are a list of people; `is_item`: this one is such a line.

    `remarks`: they spoke at a gathering; `is_retinue`: they came with those whom the readout is of.
    """

    party: Party
    rule: str
    listing: bool = False
    is_item: bool = False
    remarks: bool = False
    is_retinue: bool = False


def read_company(scene: Scene, grammar: Encounters, sentence: Span, *, listing: bool) -> Company:
    """Return whom *sentence* adds; *listing* tells that the line before belongs to a list of those who took part."""
    words = sentence.of(scene.text)
    if listing and _is_item(scene, sentence, words):
        people = tuple(people_in(scene, sentence))
        return Company(Party(people), "meetings.list", listing=True, is_item=True)
    if words.rstrip("*").endswith(":") and grammar.list_head.search(words) and not grammar.list_never.search(words):
        return Company(Party(), "meetings.list", listing=True)
    for found in grammar.company_after.finditer(scene.text, sentence.start, sentence.end):
        ends = ENDS.search(scene.text, found.end(), sentence.end)
        stop = ends.start() if ends else sentence.end
        party = party_in(scene, grammar, Span(found.end(), stop)) if found.end() < stop else Party()
        if party:
            return _company(found, party)
    for found in grammar.company_before.finditer(scene.text, sentence.start, sentence.end):
        party = (
            Party(tuple(people_in(scene, Span(sentence.start, found.start()))))
            if sentence.start < found.start()
            else Party()
        )
        if party:
            return _company(found, party)
    return Company(Party(tuple(_speakers(scene, grammar, sentence))), "meetings.spoke", remarks=True)


def _speakers(scene: Scene, grammar: Encounters, sentence: Span) -> Iterator[Attendee]:
    """Yield who speaks up in *sentence*: at a gathering they were there."""
    if grammar.elsewhere.search(scene.text, sentence.start, sentence.end):
        return
    for attendee in people_in(scene, sentence):
        before = scene.text[sentence.start : attendee.phrase.start]
        if grammar.speaking.match(scene.text, attendee.phrase.end) and CLAUSE_HEAD.fullmatch(before):
            yield attendee


def _company(found: re.Match[str], party: Party) -> Company:
    remarks = REMARKS.search(found.group()) is not None
    return Company(party, "meetings.company", remarks=remarks, is_retinue=RETINUE.search(found.group()) is not None)


def _is_item(scene: Scene, sentence: Span, words: str) -> bool:
    """Tell whether the line belongs to a list: it has its mark, or is a short line and no sentence."""
    before = scene.text[max(0, sentence.start - 2) : sentence.start]
    if before == "- ":
        return True
    return before in ("\n\n", "\n") and len(words) < LONGEST_ITEM and not words.endswith((".", ":"))
