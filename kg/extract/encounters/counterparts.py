"""Those met, encounter by encounter: one party is met once, two governments on a trip or in a row are met apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extract.encounters.grammar import MARGINS, Encounters
from kg.extract.encounters.headings import Heading
from kg.extract.encounters.party import Attendee, Group, Party
from kg.extract.encounters.sides import home_side, own_side
from kg.extract.encounters.sighting import Sighting
from kg.extract.scene import Scene

__all__ = ["PLURAL", "counterparts"]

PLURAL = re.compile(r"\b(?:calls|meetings|conversations|visits|discussions|consultations|bilateral talks|bilaterals)\b")
AT_GATHERING = re.compile(
    r"While (?:in|at) [^,;]{2,60} (?:for|to attend) the\b"
    r"|(?:At|During) the [^,;]{2,60}\b(?:[Ss]ummit|[Cc]onference|Forum|Assembly)\b[^,;]{0,40}, "
)
TOGETHER = re.compile(r"\b(?:together|along|jointly) with\b|\balongside\b")
CHAIRED = re.compile(r"co-|chair")
LED_REACH = 20
"""How many characters "led by" takes, at most."""
EACH = re.compile(
    r"\b(?:individually|separately (?:\w+ )?with|(?:met|spoke) separately"
    r"|separate (?:[\w.]+ ){0,3}(?:calls|meetings|conversations|talks|discussions))\b"
)


def counterparts(
    scene: Scene, grammar: Encounters, sighting: Sighting, heading: Heading | None, *, in_a_row: bool
) -> Iterator[Party]:
    """Yield those met at each encounter that *sighting* tells of; a visit itself has none.

    Args:
        scene: the readout with its people, bodies and places.
        grammar: the words that tell office-holders from those elected.
        sighting: what the sentence tells.
        heading: the title, which may have several meetings.
        in_a_row: the text is of a trip or of a row of meetings, where each government and body is met apart.
    """
    other = sighting.other
    if len(sighting.others) > 1:
        yield from sighting.others
    elif sighting.kind == "visit":
        yield Party()
        if other:
            meetings = replace(sighting, kind="meeting")
            yield from counterparts(scene, grammar, meetings, heading, in_a_row=in_a_row)
    elif not other.groups and _is_each(scene, sighting):
        yield from (Party((attendee,)) for attendee in other.people)
    elif len(other.people) + len(other.groups) > 1 and (in_a_row or _is_apart(scene, sighting, heading)):
        chaired = sighting.frame == "host" and CHAIRED.match(scene.text, sighting.span.start) is not None
        one = sighting.kind == "convening" or sighting.frame in ("noun", "attend") or chaired
        if one and (_is_beside(scene, sighting) or not PLURAL.search(sighting.span.of(scene.text))):
            yield other  # "in a meeting with X and Y", "co-hosted a forum with X and Y"
        else:
            yield from _split(scene, grammar, other, in_a_row=in_a_row)
    else:
        yield other


def _is_beside(scene: Scene, sighting: Sighting) -> bool:
    """Tell whether others attended the same: "took part in the meetings in Lima, *together with* X and Y"."""
    attended = sighting.frame == "attend"
    return attended and TOGETHER.search(scene.text, sighting.span.start, sighting.sentence.end) is not None


def _is_each(scene: Scene, sighting: Sighting) -> bool:
    """Tell whether each was met alone: the text says so, or a courtesy call was paid."""
    alone = EACH.search(scene.text, sighting.sentence.start, sighting.sentence.end) is not None
    if alone or sighting.frame != "visit-person" or len(sighting.other.people) < 2:
        return alone
    *_, one, last = sighting.other.people
    return scene.text[one.phrase.end : last.phrase.start].startswith((" and ", ", and "))


def _is_apart(scene: Scene, sighting: Sighting, heading: Heading | None) -> bool:
    """Tell whether the text or its title has several encounters, or they met at the margins of an event.

    A title that names one of those met, or all of them as a group, is of one encounter with all of them.
    """
    if not sighting.home.people:
        return False  # "the consultations were held, led by X and Y": these met each other
    if sighting.several or (PLURAL.search(sighting.span.of(scene.text)) and not sighting.other.groups):
        return True
    title = heading.span.of(scene.text).lower() if heading else ""
    if PLURAL.search(title):
        return True
    if heading and heading.kind and (heading.party.ids & sighting.other.ids or _is_with_unnamed(heading, title)):
        return False
    told = sighting.sentence.start, sighting.sentence.end
    beside = MARGINS.search(scene.text, *told) or AT_GATHERING.match(scene.text, *told)
    return beside is not None and sighting.frame != "host"  # who hosts several has them together


def _is_with_unnamed(heading: Heading, title: str) -> bool:
    """Tell whether the title is of a meeting "with the Baltic Foreign Ministers"."""
    return len(heading.party.people) < 2 and re.search(r" (?:with|between) ", title) is not None


def _split(scene: Scene, grammar: Encounters, other: Party, *, in_a_row: bool) -> Iterator[Party]:
    """Split by government and body: those in office, those elected and each other body are parties of their own.

    Among foreigners, somebody who seems to be of the home side is one whose country the text leaves out.
    """
    home = home_side(scene)
    heads = [(one, group) for one in other.people for group in other.groups if _leads(scene, one, group)]
    other = Party(
        tuple(one for one in other.people if all(one is not head for head, _ in heads)),
        tuple(group for group in other.groups if all(group is not led for _, led in heads)),
    )
    parts: dict[tuple[str, bool, bool], Party] = {}
    for attendee in other.people:
        side = own_side(scene, attendee) or ""
        side = "" if side == home and in_a_row else side
        elect = grammar.elect.search(attendee.phrase.of(scene.text)) is not None
        key = (side, elect, attendee.person.official)
        last = next(reversed(parts), None)
        if last and last[1:] == key[1:] and not (side and last[0]):  # where the side isn't known they are one party
            parts[key if side else last] = parts.pop(last) | Party((attendee,))
        else:
            parts[key] = parts.get(key, Party()) | Party((attendee,))
    apart: list[Party] = []
    last = next(reversed(parts), None)
    for group in other.groups:
        known = last is not None and not last[1] and (not group.sides or last[0] in group.sides)
        if last and known:
            parts[last] |= Party(groups=(group,))
        else:
            apart.append(Party(groups=(group,)))
    yield from parts.values()
    yield from apart
    yield from (Party((head,), (led,)) for head, led in heads)


def _leads(scene: Scene, attendee: Attendee, group: Group) -> bool:
    """Tell whether somebody leads the *group*: "a group of senators led by Senator X"."""
    start = attendee.phrase.start
    before = scene.text[max(0, start - len(group.words) - LED_REACH) : start]
    return re.search(rf"{re.escape(group.words)},? (?:led|headed) by (?:the )?$", before) is not None
