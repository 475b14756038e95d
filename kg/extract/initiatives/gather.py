"""One entity for all the forms in which a text names it: full name, shorter name, abbreviation, "the Framework"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.extract.scene import Scene
from kg.model import Mention, Span

__all__ = ["Found", "gathered", "not_people"]

_ABBREVIATION = re.compile(r" ?[(]“?([A-Z][A-Za-z0-9&+-]{1,11})”?[)]")
_PURPOSE = re.compile(r"(President|\w+)(?: \w+)?[’']s (?:[a-z-]+ )*(plan|strategy|agenda) to ")
_WORD = re.compile(r"[\w$](?:[\w$.–-]*[\w$])?")
"""A word, or a pair: "Ghana-U.S." differs from "Japan-Ghana-U.S."."""
_GENITIVE = re.compile(r"[’']s\b")
_SPACE = re.compile(r"\s+")
_STEM = 5
"""So many letters a word keeps in whatever form it stands: "reduce", "reducing", "reduction"."""
_LINKS = frozenset({"of", "for", "on", "to", "against", "between", "in", "and"})
"""Words that open a complement, or join two names."""
_KNOWN = "initiatives.known"
_EMPTY = _LINKS | {"the", "a", "an"}


class Found(NamedTuple):
    """A stretch of the text that names something, the clean name, and the evidence."""

    span: Span
    name: str
    mention: Mention


@dataclass
class _Group:
    name: str
    aliases: list[str] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)


def gathered(
    text: str, found: Iterable[Found], heads: Collection[tuple[str, ...]] = ()
) -> Iterator[tuple[str, tuple[str, ...], tuple[Mention, ...]]]:
    """Yield name, aliases and mentions of each thing named, in text order.

    Of overlapping stretches the longer one counts. A name that says in fewer words what
    another says is its short form.
    An abbreviation in brackets behind a name, and later alone, is an alias; so is the capitalised head with "the",
    which is of two words where only both are one of the *heads*: "Task Force".
    """
    groups: list[_Group] = []
    group, end = None, 0
    for item in _without_overlaps(found):
        bracketed = text[end : item.span.start] in {"(", " ("} and text.startswith(")", item.span.end)
        if group and bracketed and item.name not in [other.name for other in groups]:
            group.name = item.name  # "Ewe-Oak Reef Agreement (*ECTA*)", which is known
        group, end = _group_for(groups, item), item.span.end
        group.mentions.append(item.mention)
        _add_alias(group, item.span.of(text))
        if match := _ABBREVIATION.match(text, item.span.end):
            _add_alias(group, match.group(1))
    for group in groups:
        _add_later_mentions(text, group, groups, heads)
        mentions = tuple(sorted(group.mentions, key=lambda mention: mention.span))
        yield group.name, tuple(alias for alias in group.aliases if alias != group.name), mentions


def not_people(scene: Scene, found: Iterable[Found]) -> Iterator[Found]:
    """Yield what is no part of a person's name: "Roe" is a ruling, but not in "Jane Roe"."""
    names = [mention.span for person in scene.people for mention in person.mentions]
    for item in found:
        if not any(span.covers(item.span) for span in names):
            yield item


def _without_overlaps(found: Iterable[Found]) -> list[Found]:
    """Return the longer one of any two that overlap, but a name known beforehand rather than one that runs into it."""
    kept: list[Found] = []
    for item in sorted(found, key=lambda item: (item.span.start, -item.span.end)):
        if kept and kept[-1].span.overlaps(item.span):
            before = kept[-1]
            cuts = item.mention.rule == _KNOWN != before.mention.rule and item.span.end > before.span.end
            if not cuts and item.span.end - item.span.start <= before.span.end - before.span.start:
                continue
            kept.pop()
        kept.append(item)
    return kept


def _group_for(groups: list[_Group], item: Found) -> _Group:
    """Return the group the find belongs to, a new one if none fits; the longer name becomes the group's."""
    for group in groups:
        if _is_same_plan(group.name, item.name):
            return group
        if any(_says_the_same(name, item.name) for name in (group.name, group.aliases[0])):
            if len(item.name.split()) > len(group.name.split()):
                _add_alias(group, group.name)
                group.name = item.name
            return group
    groups.append(_Group(item.name))
    return groups[-1]


def _is_same_plan(earlier: str, later: str) -> bool:
    """Tell whether two purposes are told of one plan: "the President’s strategy to clean …", "… to cut …"."""
    ours, plan = _PURPOSE.match(earlier), _PURPOSE.match(later)
    return ours is not None and plan is not None and ours.groups() == plan.groups()


def _says_the_same(one: str, other: str) -> bool:
    """Tell whether one name says in fewer words what the other says: "Reef Strategy", "Strategy for Clean Reefs"."""
    if one.casefold() == other.casefold():
        return True
    (kind, matter), (other_kind, other_matter) = _kind_and_matter(one), _kind_and_matter(other)
    shared = matter & other_matter
    return kind == other_kind and bool(shared) and shared in (matter, other_matter)


def _kind_and_matter(name: str) -> tuple[str, frozenset[str]]:
    """Return the noun that says what kind of thing it is, and what the other words begin with: what it is about."""
    words = _WORD.findall(_GENITIVE.sub("", name.casefold()))
    link = next((at for at, word in enumerate(words) if at and word in _LINKS), len(words))
    head = next((at for at in range(link - 1, -1, -1) if not words[at].isdigit()), 0)
    matter = (word for at, word in enumerate(words) if at != head and word not in _EMPTY)
    return words[head].rstrip("s"), frozenset(word[:_STEM] if word.isalpha() else word for word in matter)


def _add_alias(group: _Group, form: str) -> None:
    form = _SPACE.sub(" ", form)
    if form not in group.aliases:
        group.aliases.append(form)


def _add_later_mentions(text: str, group: _Group, groups: list[_Group], heads: Collection[tuple[str, ...]]) -> None:
    """Add where an abbreviation of the name, or "the" with its head, stands later in the text."""
    for alias in list(group.aliases):
        if alias.isupper() and " " not in alias:
            for match in re.finditer(rf"(?<!\w){re.escape(alias)}(?!\w)", text):
                span = Span(match.start(), match.end())
                if not any(mention.span.overlaps(span) for mention in group.mentions):
                    group.mentions.append(Mention(span, "initiatives.abbreviation", 0.9))
    head = _head(group.name, heads)
    if head and f"he {head}" in text and [_head(other.name, heads) for other in groups].count(head) == 1:
        for match in re.finditer(rf"\b(?:the|The) ({head})(?! [A-Z]|\w)", text):
            span = Span(match.start(1), match.end(1))
            if span.start > group.mentions[0].span.start and not any(m.span.overlaps(span) for m in group.mentions):
                group.mentions.append(Mention(span, "initiatives.head", 0.8))
                _add_alias(group, match.group(1))


def _head(name: str, heads: Collection[tuple[str, ...]]) -> str | None:
    """Return the capitalised noun by which a name is taken up again: "Declaration" of "Declaration on …"."""
    before = re.split(r" (?:of|for|on|to|against|between|in) ", name)[0]
    words = before.split()
    if not words or not words[-1][0].isupper():
        return None
    both = tuple(words[-2:]) in heads and (words[-1],) not in heads
    return " ".join(words[-2:]) if both else words[-1]
