"""The words by which a text tells of an encounter: `data/grammar/encounters.toml`, compiled."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Literal, cast, get_args

from kg.errors import InputError
from kg.extract.phrases import Phrases
from kg.lexicon import Lexicon
from kg.model import Kind, Mode
from kg.values import dataclass

__all__ = ["MARGINS", "OF_PLACE", "Encounters", "Frame", "Tense", "Verb", "encounters_of"]

Frame = Literal[
    "meet", "see", "speak", "talk", "address", "brief", "call", "visit-person", "hold", "host", "attend", "travel"
]
Tense = Literal["past", "present", "base", "ing"]
TENSES: tuple[Tense, ...] = ("past", "present", "base", "ing")
APOSTROPHES = str.maketrans({"'": "[’']", "’": "[’']", "-": "[-‑–]"})
# Where the words of who took part end: a purpose, a second verb, a relative clause, another circumstance.
DETERMINER = r"the|a|an|his|her|their|our|its|this|that|these|those|how|on|for|with|to|in|by|[A-Z]"
PURPOSE = r"\bto (?!the\b|a\b|an\b|his\b|her\b|their\b|our\b|its\b|meet with\b|meet\b)(?:[a-z]+ly )?[a-z]+\b"
SECOND_VERB = (
    r",? (?:and|but)(?:,? (?:also|then|together|they|both|he|she|the two))* (?:[a-z]+ly )?"
    r"(?:[a-z-]+ed|met|spoke|held|led|took|gave|told|made|saw|sat(?: down)?) "
    r"(?:(?:today|yesterday|virtually|separately|privately|briefly"
    rf"|individually|by \w+|this \w+|earlier \w+|on \w+day),? )?(?=(?:{DETERMINER}))"
    r"|,? and (?:(?:also|then|later) )?(?:held|met|had|discussed|exchanged|conferred|called on|paid|took part"
    r"|visit|meet|call on|attend|hold|tour|deliver|address|inaugurate|participate|take part|exchange) "
    r"|,? and (?:also )?(?:will|would|is (?:to|due|expected|scheduled)) "
    r"|,? and (?:was|were) (?:(?:also|then|later|subsequently|warmly) )?(?:received|welcomed|greeted|hosted) by "
)
RELATIVE = (
    r",? (?:which|where|who|whose|whom|when|whereby|that) |, (?:and )?(?:has|have|had) "
    r"|, (?:met|spoke|held|called|paid|visited|attended|took part|participated|addressed|traveled|travelled"
    r"|meet|hold|pay|visit|attend|take part|participate) "
    r"|,? and (?:he|she|they|we) (?:was|were|has|have|[a-z]+ed)\b"
    r"| held (?:in|on|at) |,? followed by |, (?!including|joining|being|representing)[a-z]+ing\b|[;:]"
)
OF_PLACE = r"(?: of(?: [A-Z][\w.’-]*){1,3}(?:, [A-Z][\w.]*(?: [A-Z]\w*)?,?)?)?"
"""After a name: "of St. Paul, Minnesota"."""
BESIDE = r"(?:on|at|in) the (?:margins|sidelines|fringes)\b"
MARGINS = re.compile(rf"\b{BESIDE}", re.IGNORECASE)
"""Beside a gathering, where those meet who are there anyway."""
CIRCUMSTANCE = (
    rf"\b(?:during|following|after|before|upon|despite|through|throughout|{BESIDE}"
    r"|(?:at|on|upon) the (?:kind |gracious )?(?:invitation|request) of"
    r"|(?:as well as )?for (?:his|her|their|an?|the|discussions|talks|meetings"
    r"|consultations|bilateral|dinner|lunch|breakfast))\b"
)


@dataclass(frozen=True, slots=True)
class Verb:
    """One reading of a verb's form: what it may tell of, and its tense."""

    frame: Frame
    tense: Tense


@dataclass(frozen=True, eq=False)
class Encounters:
    """The grammar of encounters, ready for look-up. Keys are in lower case with straight apostrophes and hyphens."""

    verb: Phrases
    readings: Mapping[str, tuple[Verb, ...]]
    guarded: frozenset[str]
    closing: frozenset[str]
    """Forms of verbs that tell of the last day of a trip."""
    talk: frozenset[str]
    """Forms that tell of an encounter only on a trip."""
    noun: Phrases
    kinds: Mapping[str, Kind]
    weak: frozenset[str]
    telling: frozenset[str]
    mode: Phrases
    modes: Mapping[str, Mode]
    company_after: Phrases
    company_before: Phrases
    membership: Phrases
    """What tells of the members of a body: "the Task Force is chaired by"."""
    speaking: re.Pattern[str]
    elsewhere: Phrases
    list_head: re.Pattern[str]
    list_never: re.Pattern[str]
    group: re.Pattern[str]
    achieved: re.Pattern[str]
    planned: re.Pattern[str]
    past: re.Pattern[str]
    background: re.Pattern[str]
    upcoming: re.Pattern[str]
    matter: Phrases
    fronting: re.Pattern[str]
    several: Phrases
    elect: re.Pattern[str]
    who_ends: re.Pattern[str]

    def noun_in(self, text: str, start: int, stop: int) -> re.Match[str] | None:
        """Return the first noun of an encounter, of a row of them the last: the "call" of "a trilateral call"."""
        found = None
        for noun in self.noun.finditer(text, start, stop):
            if found and noun.start() - found.end() > 1:
                break
            found = noun
        return found

    def is_weak(self, noun: str) -> bool:
        """Tell whether *noun* names an encounter only as the object of a verb of holding one."""
        return _key(noun) in self.weak

    def is_noun(self, words: str) -> bool:
        """Tell whether *words* are a noun of an encounter."""
        return _key(words) in self.kinds

    def kind_of(self, noun: str) -> Kind:
        """Return the kind of encounter that *noun*, as matched by `noun`, names."""
        return self.kinds[_key(noun)]


def _key(words: str) -> str:
    """Return *words* in the form of the keys: lower case, straight apostrophes, plain hyphens."""
    return words.lower().replace("‑", "-").replace("–", "-").replace("’", "'")


def _pattern(words: Iterable[str], flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{_choice(words)})(?![\w-])", flags)


def _phrases(words: Iterable[str], flags: re.RegexFlag = re.IGNORECASE) -> Phrases:
    return Phrases(words, lambda listed: _pattern(listed, flags))


def _choice(words: Iterable[str]) -> str:
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\-", "-").replace(r"\ ", " ").translate(APOSTROPHES) for word in ordered)


@lru_cache(maxsize=8)
def encounters_of(lexicon: Lexicon) -> Encounters:
    """Compile the grammar of encounters of *lexicon*, once.

    Raises:
        InputError: a table of the file is missing or misspelt.
    """
    try:
        return _compile(lexicon.grammar["encounters"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(
            f"the grammar file encounters.toml lacks or misspells {error}; compare it with the one shipped"
        ) from error


def _compile(table: Mapping[str, Any]) -> Encounters:
    readings = _readings(table)
    kinds = _kinds(table["nouns"])
    modes = {_key(words): cast(Mode, mode) for mode, listed in table["modes"].items() for words in listed}
    tense, company = table["tense"], table["company"]
    return Encounters(
        verb=_phrases(readings, re.RegexFlag(0)),
        readings=readings,
        guarded=_forms_of(table, table["guarded"]["verbs"]),
        closing=_forms_of(table, table["closing"]["verbs"]),
        talk=frozenset(form for form, read in readings.items() if {one.frame for one in read} <= {"talk", "address"}),
        noun=_phrases(form for nouns in table["nouns"].values() for noun in nouns for form in _forms(noun)),
        kinds=kinds,
        weak=frozenset(_key(form) for noun in table["weak"]["nouns"] for form in _forms(noun)),
        telling=frozenset(_key(form) for noun in table["telling"]["nouns"] for form in _forms(noun)),
        mode=_phrases(modes),
        modes=modes,
        company_after=Phrases(company["after"], lambda listed: _with_gaps(_pattern(listed))),
        company_before=_phrases(company["before"]),
        membership=_membership(company["boards"], company["belonging"]),
        speaking=_speaking(company["speaking"]),
        elsewhere=_phrases(company["elsewhere"]),
        list_head=_pattern(table["lists"]["words"]),
        list_never=_pattern(table["lists"]["never"]),
        group=_group(table["groups"]["nouns"]),
        achieved=_before(tense["held"]),
        planned=_before(tense["planned"]),
        past=_before(tense["past"]),
        background=_pattern(tense["background"]),
        upcoming=_pattern(tense["upcoming"]),
        matter=Phrases(["to", *table["matter"]["words"]], _matter),
        fronting=re.compile(rf"(?:{_choice(table['matter']['frontings'])})\b", re.IGNORECASE),
        several=_phrases(table["several"]["words"]),
        elect=re.compile(rf"(?:{_choice(table['several']['elect'])})\b", re.IGNORECASE),
        who_ends=_who_ends(table["matter"]["words"], company["speaking"]),
    )


def _kinds(nouns: Mapping[str, Iterable[str]]) -> dict[str, Kind]:
    """Return the kind that each form of the *nouns* names."""
    kinds = {_key(form): kind for kind, listed in nouns.items() for noun in listed for form in _forms(noun)}
    if wrong := set(kinds.values()) - set(get_args(Kind)):
        raise ValueError(f"the kind {sorted(wrong)[0]!r}")
    return cast(dict[str, Kind], kinds)


def _group(nouns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_choice(nouns)}|\w{{4,}}(?:ers|ors|ists|ants|ians))\b", re.IGNORECASE)


def _who_ends(matter: Iterable[str], speaking: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for where the words of who took part end; another who speaks up ends them too."""
    said = rf", and (?=(?:the )?[A-Z][\w.’-]*(?: [A-Z][\w.’-]*){{0,4}} (?:{_choice(speaking)}) )"
    ends = "|".join((PURPOSE, SECOND_VERB, RELATIVE, said, CIRCUMSTANCE, rf"\b(?:{_choice(matter)})\b"))
    return re.compile(rf"(?!\B\w)(?:{ends})")  # none begins within a word


def _with_gaps(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """Let a place stand within "joined by" ("joined in Vienna by"), and up to eight words for a "~"."""
    placed = re.sub(
        r"(joined|accompanied) by",
        r"\1(?: (?:in|at|on|for) (?:[A-Z]\\w+|(?:the|his|her|their|this) \\w+))? by",
        pattern.pattern,
    )
    return re.compile(placed.replace(r"\~ ", r"(?:[\w’'-]+ ){1,8}?"), pattern.flags)


def _membership(boards: Collection[str], verbs: Iterable[str]) -> Phrases:
    board = rf"(?:{_choice(boards)})"
    belonging = rf"\b{board}(?: [\w-]+){{0,3}}? (?:{_choice(verbs)})\b"
    pattern = re.compile(rf"{belonging}|\bmembers of the (?:[\w-]+ ){{0,5}}?{board} include\b", re.IGNORECASE)
    return Phrases([*boards, "members"], lambda _: pattern)


def _matter(words: Collection[str]) -> re.Pattern[str]:
    """Return a pattern for what opens a matter: *words*, of which "to" alone is that of a purpose."""
    return re.compile(PURPOSE if "to" in words else rf"\b(?:{_choice(words)})\b")


def _forms_of(table: Mapping[str, Any], verbs: Collection[str]) -> frozenset[str]:
    """Return all forms of the *verbs*, which are given in the past."""
    written = (entry.split("|") for listed in table["verbs"].values() for entry in listed)
    return frozenset(form for forms in written if forms[0] in verbs for form in forms)


def _speaking(verbs: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for what follows the name of somebody who speaks up: "of Maine (D), a pilot, also outlined"."""
    titles = rf"(?:[’']s? [A-Z][\w’& -]{{2,60}})?{OF_PLACE}(?:, [A-Z]\w+(?: [A-Z]\w+)?)?(?: \([^)]*\))?"
    return re.compile(rf"{titles}(?:, [^,;.]{{2,90}},)?,?(?: also| then| [a-z]+ly)* (?:{_choice(verbs)})\b")


SOON = r"today|tonight|tomorrow|(?:later )?(?:this|next) (?:week|month|year|morning|afternoon|evening|weekend)"
DAY = r",? (?:on|from) (?:\w+day\b|\d)[\w ,–-]{0,40}?,?"
"""Between an auxiliary and its verb: "will, on Tuesday, 5 May 2026, host"."""


def _before(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for *words* at the end of what stands before a verb, adverbs aside."""
    choice = re.sub(r"\b(is|are) (?=\w)", r"\1 (?:also |further )?", _choice(words))
    return re.compile(
        rf"(?<![\w-])(?:{choice})(?: (?:also|again|soon|then|now|[a-z]+ly|once more|{SOON})|{DAY})* ?$",
        re.IGNORECASE,
    )


def _forms(noun: str) -> tuple[str, ...]:
    return (noun,) if noun.endswith("s") else (noun, noun + "s")


def _readings(table: Mapping[str, Any]) -> dict[str, tuple[Verb, ...]]:
    """Return for each form of a verb, with whatever may stand within it, how it may be read."""
    readings: dict[str, list[Verb]] = {}
    for frame, listed in table["verbs"].items():
        if frame not in get_args(Frame):
            raise ValueError(f"the frame {frame!r}")
        adverbs = table["adverbs"]["within"] if frame in ("attend", "travel") else ()
        for written in listed:
            for tense, form in zip(TENSES, written.split("|"), strict=True):
                for words in _with_words_within(form, table["possessives"]["words"], adverbs):
                    readings.setdefault(words, []).append(Verb(cast(Frame, frame), tense))
    return {form: tuple(dict.fromkeys(found)) for form, found in readings.items()}


def _with_words_within(form: str, possessives: Iterable[str], adverbs: Iterable[str]) -> Iterator[str]:
    """Yield *form*, with a possessive at its "~" or none, and "took part today in" and the like for "took part in"."""
    yield form.replace("~", "")
    if "~" in form:
        yield from (form.replace("~", f"{word} ") for word in possessives)
    verb, _, preposition = form.rpartition(" ")
    if preposition in ("in", "at", "for"):
        yield from (f"{verb} {adverb} {preposition}" for adverb in adverbs)
