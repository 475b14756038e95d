"""Lists of those who took part: a line that announces one ("Participants:"), and its items ("Name, Title, Body")."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.encounters.grammar import Encounters
from kg.extract.encounters.parties import people_in
from kg.extract.encounters.party import Group, Party
from kg.extract.encounters.sides import sides_in
from kg.extract.scene import Scene
from kg.model import Span
from kg.values import dataclass

__all__ = ["Listing", "read_listing"]

BARE_HEAD = re.compile(
    r"(?:[A-Z][\w’-]* )?(?:Participants|Attendees|Participant List|Panelists|Speakers)", re.IGNORECASE
)
# A line within a list of those present: "From the White House:".
SUBHEAD = re.compile(r"(?:From |For )?(?:the )?[A-Z][\w’.&-]*(?: (?:and|of|the|for|[A-Z][\w’.&-]*)){0,6}:")
# The first item on the line that announces the list: "The President was joined by: • Name, Title".
INLINE = re.compile(r":\s?[•·] ?")
# What somebody who took part says of it afterwards: "Name, Title, Body: “We had …”".
QUOTED = re.compile(r"[A-Z](?:[^“”\n.;]|(?<=[A-Z])\.){5,160}(?=: ?“)")
HEAD = re.compile(r"[A-Z][^.:;,]{3,60}: ")
MARK = re.compile(r"- |\d{1,2}[.)] ")
NUMBERED = re.compile(r"\n\d{1,2}[.)] $")
# A name with which an item begins stands alone, or before an office: "Name, Title", "Title Name (City)".
AFTER_NAME = re.compile(r"\s*(?:[,;(|–—]|- |$)")
TITLE_ONLY = re.compile(r"(?:(?:[A-Z][\w’'.&/-]*|of|for|and|the|to|on|in|&|–),? )*")
LONGEST_ITEM = 220


@dataclass(frozen=True, slots=True)
class Listing:
    """What a line of a list says. `open`: the next lines belong to it; `is_item`: the line is one of its items."""

    party: Party
    open: bool = True
    is_item: bool = False


def read_listing(scene: Scene, grammar: Encounters, line: Span, *, listing: bool) -> Listing | None:
    """Return what *line* says as a part of a list of those who took part; None if it is none.

    Args:
        scene: the readout with its people and bodies.
        grammar: the words that announce a list.
        line: the sentence or line.
        listing: the line before belongs to such a list.
    """
    words = line.of(scene.text)
    marked = _is_marked(scene, line)
    if listing and (marked or _is_short(scene, line, words)):
        return Listing(_listed(scene, line), is_item=True)
    if listing and scene.text[line.start - 1] == " " and _is_marked(scene, _item_of(scene, line)):
        return Listing(Party(), is_item=True)  # an item goes on after the full stop of "Ph.D. "
    if (quoted := QUOTED.match(scene.text, line.start)) and _begins_with_name(scene, Span(line.start, quoted.end())):
        return Listing(_listed(scene, Span(line.start, quoted.end())), open=False, is_item=True)
    inline = INLINE.search(words)
    head = words[: inline.start() + 1] if inline else words
    if inline is None and (start := _begins_list(scene, grammar, line, words)):
        return Listing(_listed(scene, Span(start, line.end)), open=False, is_item=True)
    if _announces(grammar, head, listing=listing):
        first = _listed(scene, Span(line.start + inline.end(), line.end)) if inline else Party()
        return Listing(first, is_item=inline is not None)
    if marked and not words.endswith((".", ":")) and _begins_with_name(scene, line):
        return Listing(_listed(scene, line), is_item=True)
    return None


def _begins_list(scene: Scene, grammar: Encounters, line: Span, words: str) -> int | None:
    """Return where the names begin in "Mayors in attendance: Name (City), Name (City), and …"; None if they don't."""
    head = HEAD.match(words)
    if head is None or not _announces(grammar, head.group().rstrip(), listing=False):
        return None
    start = line.start + head.end()
    first = next(people_in(scene, Span(start, line.end)), None) if start < line.end else None
    named = first is not None and TITLE_ONLY.fullmatch(scene.text, start, first.phrase.start) is not None
    return start if named else None


def _announces(grammar: Encounters, words: str, *, listing: bool) -> bool:
    """Tell whether the line announces those who took part, or some of them."""
    if not (words.rstrip("*").endswith(":") or BARE_HEAD.fullmatch(words)) or grammar.list_never.search(words):
        return False
    return grammar.list_head.search(words) is not None or (listing and SUBHEAD.fullmatch(words) is not None)


def _item_of(scene: Scene, line: Span) -> Span:
    """Return the line from where the one it is a later sentence of begins."""
    start = scene.text.rfind("\n", 0, line.start) + 1
    mark = MARK.match(scene.text, start)
    return Span(mark.end() if mark else start, line.end)


def _is_marked(scene: Scene, line: Span) -> bool:
    """Tell whether the line has the mark of an item."""
    start = line.start
    return scene.text[max(0, start - 2) : start] == "- " or bool(NUMBERED.search(scene.text, max(0, start - 5), start))


def _is_short(scene: Scene, line: Span, words: str) -> bool:
    """Tell whether it is a line of its own, short and no sentence."""
    before = scene.text[max(0, line.start - 2) : line.start]
    return before.endswith("\n") and len(words) < LONGEST_ITEM and not words.endswith((".", ":"))


def _begins_with_name(scene: Scene, line: Span) -> bool:
    """Tell whether an item begins with somebody's name and title, so that the list is one of people."""
    first = next(people_in(scene, line), None)
    if first is None or not AFTER_NAME.match(scene.text[first.phrase.end : line.end]):
        return False
    return TITLE_ONLY.fullmatch(scene.text, line.start, first.phrase.start) is not None


def _listed(scene: Scene, line: Span) -> Party:
    """Return who stands in a line of a list: "Name, Title, Body", "Body: Name"; or a body that sent somebody."""
    people = tuple(people_in(scene, line))
    bodies = tuple(dict.fromkeys(sides_in(scene, line, bodies=True)))
    if len(people) == 1:
        return Party((replace(people[0], side=bodies[0] if bodies else None),))
    return Party(people) if people or not bodies else Party(groups=(Group(line.of(scene.text), bodies),))
