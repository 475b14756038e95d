"""Summits, attacks, wars, elections, disasters, anniversaries, holidays and rulings that a text names or dates.

A gathering is known by its capitalised noun, a happening by the date, place or victim that tells it from others of its
kind. Words are data: `data/grammar/events.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from kg.errors import InputError
from kg.extract.initiatives.gather import Found, gathered, not_people
from kg.extract.phrases import Keywords
from kg.extract.scene import Scene
from kg.lexicon import Lexicon, Matcher
from kg.model import Event, Mention, Span
from kg.text import slug
from kg.values import dataclass

__all__ = ["find_events"]

_WORD = re.compile(r"[^\W\d_]+")
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = rf"(?:{_MONTH}(?: \d{{1,2}}(?:[-–]\d{{1,2}})?)?(?:, \d{{4}})?|\d{{1,2}} {_MONTH}(?: \d{{4}})?|\d{{4}})"
_CAP = r"(?:[A-Z][\w.&/]*(?:[-–][A-Z]?\w+)*[’']?|\d{4}|G-?\d+\+?)"
_NOT_FIRST = (
    r"(?!(?:The|This|That|In|On|At|During|Following|After|Readout|President|Secretary|Minister|His|Her|Their|Our|And|"
    r"Today|Yesterday)\b)"
)
_NAME = rf"{_CAP}(?: (?:(?:of|the|and|for|de|la) ){{0,2}}{_CAP}){{0,7}}"
_PLACE = rf"(?:the )?{_NAME}"
_OPENS = r"(?=[A-Z\d])"
"""Looked at first, since at most places of a text no name or date begins."""
_BEFORE = rf"(?:{_OPENS}{_NOT_FIRST}{_CAP} ){{1,6}}"
_WORDS = r"(?:(?!(?:of|in|by|and|to|lost|impacts?) )[a-z][\w-]* ){0,3}"
_ORDINAL = r"(?:\d+(?:st|nd|rd|th)|[a-z]+(?:st|nd|rd|th)|[a-z-]+-year|\d+-year)"
_CASE = r"[A-Z]\w+ v\.? [A-Z]\w+"


class _Rule(NamedTuple):
    """A pattern, how sure it is, and the words, as written, of which a sentence must have one for it to be tried."""

    name: str
    confidence: float
    triggers: frozenset[str]
    pattern: re.Pattern[str]


@dataclass(frozen=True, eq=False)
class _Grammar:
    rules: tuple[_Rule, ...]
    triggers: Keywords
    known: Matcher[str]


@lru_cache(maxsize=8)
def _grammar_of(lexicon: Lexicon) -> _Grammar:
    try:
        table = lexicon.grammar["events"]
        rules = (*_gatherings(table["gatherings"]), *_happenings(table["happenings"]), *_others(table))
        names = {name: name for name in table["names"]["known"]}
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(f"the grammar file events.toml lacks {error}; compare it with the one shipped") from error
    names |= {form: item.name for item in lexicon.events for form in (item.name, *item.aliases)}
    return _Grammar(rules, Keywords(word for rule in rules for word in rule.triggers), Matcher(names))


def _rule(name: str, confidence: float, phrases: Iterable[str], source: str) -> _Rule:
    """Return the rule that *source* is for, which finds one of *phrases* at least."""
    triggers = frozenset(word.group() for phrase in phrases if (word := _WORD.search(phrase)))
    return _Rule(f"events.{name}", confidence, triggers, re.compile(source))


def _either(listed: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(listed, key=len, reverse=True))


def _gatherings(table: Mapping[str, Any]) -> Iterator[_Rule]:
    heads, of, days, plain = (_either(table[key]) for key in ("heads", "complements", "observances", "plain"))
    complement = rf" (?:{of}) {_PLACE}"
    yield _rule("gathering", 0.9, table["heads"], rf"{_BEFORE}(?:{heads})\b(?:{complement})?|(?:{heads}){complement}")
    yield _rule("observance", 0.85, table["observances"], rf"{_BEFORE}(?:{days})\b(?! [A-Z])")
    named = rf"{_OPENS}(?:{_DATE} |{_NOT_FIRST}(?:[A-Z][\w.]*[-–])?[A-Z][\w.-]* )(?:[A-Z][\w.-]+ )*"
    yield _rule("dated-gathering", 0.75, table["plain"], rf"{named}(?:{plain})\b")
    yield _rule("conference-of-parties", 0.95, ["COP"], r"\bCOP ?\d{1,2}\b(?: [Ss]ummit)?")


def _happenings(table: Mapping[str, Any]) -> Iterator[_Rule]:
    heads, links = _either(table["heads"]), _either(table["links"])
    kind = rf"{_WORDS}(?:{_CAP} )?{_WORDS}(?:{heads})"
    where = rf" (?:{links}) {_PLACE}"
    yield _rule("dated-happening", 0.85, table["heads"], rf"{_DATE} {kind}\b(?:{where})?")
    yield _rule("placed-happening", 0.6, table["heads"], rf"\b(?:the|The|[A-Z]\w+[’']s?) {kind}{where}")
    when = rf"(?:current |recent |further |full-scale |{_DATE} )?"
    yield _rule("own-happening", 0.6, table["heads"], rf"(?:the )?{_CAP}(?:[’']s?) {when}(?:{heads})\b(?:{where})?")
    conflict = rf"(?:[A-Z]\w+[-–/]){{1,2}}[A-Z]\w+ (?:{_either(table['conflicts'])})\b"
    war = rf"[Ww]ar (?:in|against|on) {_NOT_FIRST}[A-Z]\w+"
    yield _rule("conflict", 0.8, [*table["conflicts"], "war", "War"], rf"{conflict}|{war}")
    ruling = rf"(?:Court|[Tt]ribunal)(?:[’']s)? (?:{_either(table['rulings'])}) (?:on|in) (?:the )?"
    yield _rule(
        "ruling",
        0.85,
        [*table["rulings"], "v"],
        rf"(?:Supreme )?{ruling}[A-Z][\w’.]*(?: (?:v\.?|[A-Z0-9][\w’.]*))*|\b{_CASE}",
    )


def _others(table: Mapping[str, Any]) -> Iterator[_Rule]:
    storms = table["storms"]["before-name"]
    yield _rule("storm", 0.95, storms, rf"(?:{_either(storms)}) (?!Season|Center|Hunters)[A-Z][a-z]+\b")
    ends = r"(?=[.,;)]| and (?:the|he|she|they|to|[a-z]+ed)\b| (?:next|last|this) |$)"
    what = r"(?:[^.,;]|(?<=\b[A-Z])\.){4,90}?(?<!\b[A-Z])"  # the point of "U.S." ends nothing
    yield _rule("anniversary", 0.85, ["anniversary"], rf"{_ORDINAL} anniversary of {what}{ends}")


def find_events(scene: Scene) -> tuple[Event, ...]:
    """Return the events that the text names or dates, each once, in text order; the encounters themselves are none."""
    return tuple(
        Event(id=f"event/{slug(name)}", name=name, aliases=aliases, mentions=mentions)
        for name, aliases, mentions in gathered(scene.text, not_people(scene, _found(scene)))
    )


def _found(scene: Scene) -> Iterator[Found]:
    grammar = _grammar_of(scene.lexicon)
    known = grammar.known.find(scene.text)
    for span, name in known:
        yield Found(span, name, Mention(span, "events.known", 0.95))
    for sentence in scene.sentences:
        if sentence != scene.readout.title:
            yield from _in_sentence(scene.text, sentence, grammar, [span for span, _ in known])


def _in_sentence(text: str, sentence: Span, grammar: _Grammar, known: list[Span]) -> Iterator[Found]:
    taken = [span for span in known if sentence.covers(span)]
    words = {text[at : at + len(low)] for at, low in grammar.triggers.within(text, sentence.start, sentence.end)}
    for rule in grammar.rules if words else ():
        if rule.triggers.isdisjoint(words):
            continue
        for match in rule.pattern.finditer(text, sentence.start, sentence.end):
            made = _made(match, rule)
            if rule.name == "events.anniversary" or not any(made.span.overlaps(span) for span in taken):
                yield made


def _made(match: re.Match[str], rule: _Rule) -> Found:
    written = match.group().rstrip(" .")
    shift = len(written) - len(re.sub(r"^(?:(?:the|The|this|first|Annual) )+", "", written))
    span = Span(match.start() + shift, match.start() + len(written))
    return Found(span, written[shift:], Mention(span, rule.name, rule.confidence))
