"""The verbs of saying and agreeing, and which act each reports: `data/grammar/acts.toml`, compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from typing import Any, Literal, cast, get_args

from kg.errors import InputError
from kg.extract.words import MONTHS, WEEKDAYS, Words
from kg.lexicon import Lexicon
from kg.model import Act
from kg.values import dataclass

__all__ = ["NO_TOPIC", "Acts", "Cue", "Form", "acts_of", "inflect"]

Form = Literal["base", "past", "ing", "third"]
_GAP = 8
"""How many words may stand for the "~" of a pattern."""
_STOPS = frozenset({".", ";", ":", "margins", "sidelines", "opportunity", "chance"})
_TELLING = 12
"""Within how many words after "noted" it shows whether a fact, a value or a worry follows."""
_MEANS = frozenset({"phone", "telephone", "margins", "sidelines"})
NO_TOPIC = MONTHS | WEEKDAYS | _MEANS
"""What may follow "on" where no topic does."""
_OBJECT_ENDS = frozenset({"that", "which", "who", "for", "to", "about", "on", "over", "at", "regarding", ";"})
_OBJECT_REACH = 14
"""Within how many words of its verb the noun stands that tells the act: "expressed his … condolences"."""

Pattern = tuple[frozenset[str] | None, ...]
"""The words that must follow a verb, each one of a set; None is a gap."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb of saying found at word `at`; the words of its pattern end before word `stop`."""

    verb: str
    form: Form
    act: Act
    at: int
    stop: int
    pattern: str

    @property
    def is_phrase(self) -> bool:
        """Whether more than the bare verb was required."""
        return self.pattern != self.verb


def inflect(verb: str, irregular: Mapping[str, list[str]]) -> dict[str, Form]:
    """Return the forms of a verb: as base, past (and participle), -ing and third person.

    >>> sorted(inflect("reply", {}))
    ['replied', 'replies', 'reply', 'replying']
    """
    forms: dict[str, Form] = {}
    if known := irregular.get(verb):
        past, participle, ing, third, *more = known
        forms = {third: "third", ing: "ing", participle: "past", past: "past", **dict.fromkeys(more, "past")}
    elif verb.endswith("e"):
        forms = {verb + "s": "third", verb[:-1] + "ing": "ing", verb + "d": "past"}
    elif re.search(r"[^aeiou]y$", verb):
        forms = {verb[:-1] + "ies": "third", verb + "ing": "ing", verb[:-1] + "ied": "past"}
    else:
        s = "es" if re.search(r"(?:s|sh|ch|x|z)$", verb) else "s"
        forms = {verb + s: "third", verb + "ing": "ing", verb + "ed": "past"}
    if verb not in forms:
        forms[verb] = "base"
    return forms


@dataclass(frozen=True, eq=False)
class Acts:
    """What the grammar of acts says, ready for look-up. Sets are of words in lower case."""

    patterns: Mapping[str, tuple[tuple[Pattern, Act, str], ...]]
    forms: Mapping[str, tuple[tuple[str, Form], ...]]
    by_object: Mapping[str, str]
    only: Mapping[str, frozenset[str]]
    nouns: Mapping[str, Act]
    fact_verbs: frozenset[str]
    fact_words: Mapping[str, Act]
    joint: frozenset[str]
    deeds: Mapping[str, frozenset[str]]
    """The nouns with which for object a verb tells of a deed."""
    sets: Mapping[str, frozenset[str]]
    encounters: Mapping[str, str]
    """Forms of verbs of meeting that are finite and past, with their verb."""
    participles: frozenset[str]
    """Forms that are no finite past: "undertaken", "given"."""

    @cached_property
    def triggers(self) -> frozenset[str]:
        """The words at which a clause can be found: all others need no look."""
        return frozenset({*self.forms, *self.encounters, *self.sets["listing"], *self.sets["prevailing"], "will"})

    def cue(self, words: Words, at: int) -> Cue | None:
        """Return the verb of saying at word *at*, with the longest pattern that fits, if there is one."""
        for verb, form in self.forms.get(words.lower[at], ()):
            for pattern, act, written in self.patterns[verb]:
                stop = _fit(pattern, words, at + 1)
                if stop:
                    return Cue(verb, form, act, at, stop, written)
        return None

    def act(self, cue: Cue, words: Words, stop: int, *, joint: bool, aside: bool = False) -> Act | None:
        """Return the act that a verb reports with its object; None if it reports none.

        Args:
            cue: the verb.
            words: the sentence it stands in.
            stop: the word after its object.
            joint: whether the sides said it together, which turns a pledge into an agreement.
            aside: whether it is a mere participle, so that a weak verb counts only if its object tells the act.
        """
        if not cue.is_phrase and cue.verb in self.by_object:
            found = self._by_object(cue, words, stop, joint=joint)
            if found or (aside and cue.verb in self.sets["weak"]):
                return found
            if "that" in words.lower[cue.stop : cue.stop + 4] and (told := self._fact(cue, words, stop)):
                return told
            return cast(Act, self.by_object[cue.verb]) or None
        if cue.verb in self.fact_verbs:
            return self._fact(cue, words, stop) or cue.act
        return "agree" if joint and {cue.verb, cue.pattern} & self.joint else cue.act

    def _fact(self, cue: Cue, words: Words, stop: int) -> Act | None:
        return _first(self.fact_words, words, cue.stop, min(stop, cue.stop + _TELLING))

    def _by_object(self, cue: Cue, words: Words, stop: int, *, joint: bool) -> Act | None:
        reach = min(stop, cue.stop + _OBJECT_REACH)
        found = _first(self.nouns, words, cue.stop, reach, until=_OBJECT_ENDS)
        common = joint and cue.verb == "share"  # what both share is theirs, what one shares is told
        return found if common or cue.verb not in self.only or found in self.only[cue.verb] else None


def _first(
    table: Mapping[str, Act], words: Words, start: int, stop: int, until: frozenset[str] = frozenset()
) -> Act | None:
    """Return the act of the first telling word, also of two words, from *start* on."""
    for index in range(start, min(stop, len(words))):
        one = words.lower[index]
        if one in until and index > start:
            return None
        act = table.get(f"{one} {words.at(index + 1)}") or table.get(one)
        if act:
            return act
    return None


def _fit(pattern: tuple[frozenset[str] | None, ...], words: Words, index: int) -> int:
    """Return where *pattern* ends if it fits from word *index* on, else 0."""
    end = len(words)
    for place, wanted in enumerate(pattern):
        if wanted is None:
            continue
        reach = min(index + (_GAP if place and pattern[place - 1] is None else 1), end)
        while index < reach and not _is(words, index, wanted):
            if words.lower[index] in _STOPS or (words.lower[index] == "and" and words.at(index + 1).endswith("ed")):
                return 0
            index += 1
        if index >= reach:
            return 0
        index += 1
    return index


def _is(words: Words, index: int, wanted: frozenset[str]) -> bool:
    word = words.lower[index]
    if word != "on" or word not in wanted:
        return word in wanted
    after = words.at(index + 1)
    return not (after in NO_TOPIC or after.isdigit() or words.at(index + 2) in _MEANS)


@lru_cache(maxsize=8)
def acts_of(lexicon: Lexicon) -> Acts:
    """Compile the grammar of acts of *lexicon*, once.

    Raises:
        InputError: a table is missing or names an act that isn't one.
    """
    try:
        return _compile(lexicon.grammar["acts"])
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(f"the grammar file acts.toml lacks {error}; compare it with the one shipped") from error


def _compile(table: Mapping[str, Any]) -> Acts:
    irregular = table["irregular"]
    patterns: dict[str, list[tuple[Pattern, Act, str]]] = {}
    for name, listed in table["acts"].items():
        act = _checked(name)
        for written in listed:
            verb, *rest = written.split()
            pattern = tuple(None if word == "~" else frozenset(word.split("|")) for word in rest)
            patterns.setdefault(verb, []).append((pattern, act, written))
    for verb, default in table["by-object"].items():
        if not any(not pattern for pattern, _, _ in patterns.setdefault(verb, [])):
            patterns[verb].append(((), _checked(default or "inform"), verb))
    forms: dict[str, list[tuple[str, Form]]] = {}
    for verb, known in patterns.items():
        known.sort(key=lambda entry: -len(entry[0]))
        for form, kind in inflect(verb, irregular).items():
            forms.setdefault(form, []).append((verb, kind))
    sets = _sets(table)
    return Acts(
        patterns={verb: tuple(known) for verb, known in patterns.items()},
        forms={form: tuple(verbs) for form, verbs in forms.items()},
        by_object=dict(table["by-object"]),
        only={verb: frozenset(acts) for verb, acts in table["by-object-only"].items()},
        nouns=_words_to_acts(table["nouns"]),
        fact_verbs=frozenset(table["facts"]["verbs"]),
        fact_words=_words_to_acts(table["facts"]["words"]),
        joint=frozenset(table["joint"]["agree"]),
        deeds={verb: frozenset(nouns) for verb, nouns in table["deeds"].items()},
        sets=sets,
        encounters=_encounters(table["encounter"]["verbs"], irregular),
        participles=frozenset(known[1] for known in irregular.values()) - {known[0] for known in irregular.values()},
    )


def _sets(table: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Return the lists of words by their name, and all nouns that mean people as "people"."""
    groups = [table[name] for name in ("limits", "agenda", "offices", "agents")]
    sets = {name: frozenset(listed) for group in groups for name, listed in group.items()}
    sets |= {name: frozenset(listed) for name, listed in table["encounter"].items() if name != "verbs"}
    sets["talks"], sets["relations"] = (frozenset(table["talks"][name]) for name in ("nouns", "relations"))
    sets["people"] = sets["group"] | sets["joint"]
    return sets


def _words_to_acts(table: Mapping[str, Iterable[str]]) -> dict[str, Act]:
    return {word: _checked(act) for act, listed in table.items() for word in listed}


def _encounters(verbs: Iterable[str], irregular: Mapping[str, list[str]]) -> dict[str, str]:
    heads = (verb.partition(" ")[0] for verb in verbs)
    return {form: verb for verb in heads for form, kind in inflect(verb, irregular).items() if kind == "past"}


def _checked(name: str) -> Act:
    if name not in get_args(Act):
        raise InputError(f"the grammar file acts.toml names the act {name!r}; acts are {', '.join(get_args(Act))}")
    return cast(Act, name)
