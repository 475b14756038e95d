"""A lower-case noun of an initiative with its modifiers and its complement, as the rules for it look at them."""

from __future__ import annotations

from kg.extract.initiatives.words import YEAR, InitiativeWords, Sentence
from kg.extract.words import FUNCTION_WORDS, MONTHS, word_set
from kg.values import dataclass

__all__ = [
    "DETERMINERS",
    "NounPhrase",
    "date_after",
    "is_backed",
    "is_owned_behind",
    "noun_of",
    "phrase_at",
    "place_after",
]

DETERMINERS = word_set("the this that these its their his her our your both")
_ARTICLES = DETERMINERS - {"that"} | {"a", "an"}
_WITHIN = frozenset({"for", "in", "of"})
"""What may stand between two capitalised words of a name."""
_LONGEST = 7


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A noun (words `noun` to `stop`) with its modifiers from `first` and its complement up to `end`."""

    first: int
    noun: int
    stop: int
    end: int
    opener: str
    """The word before the modifiers: an article, another word, or "possessor" for "Colombia’s"."""
    sharp: bool
    """Whether a modifier tells which one it is."""


def noun_of(sentence: Sentence, phrase: NounPhrase) -> str:
    """Return the noun itself, in lower case: "working group"."""
    return " ".join(sentence.words.lower[phrase.noun : phrase.stop])


def phrase_at(grammar: InitiativeWords, sentence: Sentence, index: int, stop: int) -> NounPhrase:
    """Read the modifiers from right to left, then the complement."""
    words = sentence.words
    first, sharp, opener = index, False, ""
    while first > 0 and index - first < _LONGEST:
        word, written = words.lower[first - 1], words.text[first - 1]
        owns = written.endswith(("’s", "'s", "s’")) and (first > 1 or sentence.is_named(first - 1))
        opener = "possessor" if owns else word
        if opener == "possessor":
            break
        if _ends_modifiers(grammar, sentence, first - 1):
            before = _joined_modifier(grammar, sentence, first - 1)
            if before == first - 1:
                break
            contract = grammar.has("nouns.contracts", words.lower[index])
            sharp = sharp or contract or words.lower[before] not in grammar.generic
            first, opener = before, words.at(before - 1)
            continue
        plain = word in grammar.generic or word.endswith("ly")
        sharp = sharp or not plain or (written[0].isupper() and first > 1)
        first, opener = first - 1, words.at(first - 2)
    if opener.endswith("ed") and words.at(first - 2) in {"recently", "newly"}:
        opener, sharp = words.at(first - 3), True
    elif opener.endswith("ed") and words.text[first - 1].islower() and words.at(first - 2) in _ARTICLES:
        opener = words.at(first - 2)  # "the modernised agreement": no part of the name
    placed = grammar.has("told.by-place-behind", " ".join(words.lower[index:stop]))
    end = place_after(sentence, stop) if placed else _complement(grammar, sentence, stop)
    return NounPhrase(first, index, stop, end if end > stop else _complement(grammar, sentence, stop), opener, sharp)


def _joined_modifier(grammar: InitiativeWords, sentence: Sentence, at: int) -> int:
    """Return where the modifier joined by "and" at word *at* begins: "a *security* and trade pact"; *at* if none is."""
    words, article = sentence.words, sentence.words.at(at - 2)
    if words.at(at) in _WITHIN and _joins_names(sentence, at):
        return at - 1  # "the *Partners* in Reefs programme"
    joined = at > 1 and words.at(at) == "and" and words.text[at - 1].isalpha()
    joined = joined and words.is_capital(at - 1) == words.is_capital(at + 1)  # "the Trade and Customs agreement"
    before = (words.lower[at - 1],)
    other = before in grammar.definite or before in grammar.founded
    if not joined or (other and not grammar.has("told.by-any-word", before[0])):
        return at  # but "the *ceasefire* and hostage deal"
    opened = article in _ARTICLES or article in grammar.generic
    paired = before[0] in grammar.generic and words.at(at - 3) in _ARTICLES  # "the *free trade* and ferry pact"
    return at - 1 if opened or (paired and article.isalpha() and article not in FUNCTION_WORDS) else at


def _joins_names(sentence: Sentence, at: int) -> bool:
    """Tell whether capitalised words that name no entity stand around word *at*, the first not opening the sentence."""
    capital = at > 1 and sentence.words.is_capital(at - 1) and sentence.words.is_capital(at + 1)
    return capital and (sentence.person | sentence.place | sentence.body).isdisjoint({at - 1, at + 1})


def _ends_modifiers(grammar: InitiativeWords, sentence: Sentence, at: int) -> bool:
    word = sentence.words.lower[at]
    if word == "," and sentence.words.at(at - 2) in MONTHS and sentence.words.at(at + 1).isdigit():
        return False  # "the May 5, 2031 accord"
    if word == "–" and sentence.is_named(at - 1) and sentence.is_named(at + 1):
        return False  # "the Norway–Ghana package"
    if word in DETERMINERS or word in FUNCTION_WORDS or not (word[0].isalnum() or word[0] == "$"):
        return True
    if at in sentence.person or grammar.has("nouns.no-modifier", word):
        return True
    return _is_verbal(grammar, sentence, at) or grammar.has("nouns.setting-up", word)


def _is_verbal(grammar: InitiativeWords, sentence: Sentence, at: int) -> bool:
    """Tell whether the word is a participle that governs the noun ("launching a") rather than an adjective."""
    word, before = sentence.words.lower[at], sentence.words.at(at - 1)
    if (
        not word.endswith(("ed", "ing"))
        or (at > 0 and sentence.words.text[at][0].isupper())
        or is_backed(sentence.words.text[at])
        or grammar.has("nouns.verbal-modifiers", word)
    ):
        return False
    left = {before, sentence.words.at(at - 2)}  # "the new clean *cooking* programme"
    return word.endswith("ed") or (before != "that" and left.isdisjoint(_ARTICLES) and left.isdisjoint(grammar.generic))


def place_after(sentence: Sentence, stop: int) -> int:
    """Return where "in Yemen", "for the Sahel" ends that follows word *stop*; *stop* if no place follows."""
    end = first = stop + 1 + (sentence.words.at(stop + 1) == "the")
    while sentence.words.at(stop) in {"in", "for"} and end in sentence.place:
        end += 1
    return end if end > first else stop


def is_owned_behind(sentence: Sentence, stop: int) -> bool:
    """Tell whether "of" with a place or body stands at word *stop*: "the reef strategy *of the EU*"."""
    words = sentence.words
    return words.at(stop) == "of" and sentence.is_named(stop + 1 + (words.at(stop + 1) == "the"))


def date_after(sentence: Sentence, stop: int) -> int:
    """Return where "of 5 May 2031", "of 2031" ends that follows word *stop*; *stop* if no date follows."""
    words = sentence.words
    if words.at(stop) == "of" and YEAR.fullmatch(words.at(stop + 1)):
        return stop + 2
    dated = words.at(stop) == "of" and words.at(stop + 1).isdigit() and words.at(stop + 2) in MONTHS
    return stop + 3 + words.at(stop + 3).isdigit() if dated else stop


def _complement(grammar: InitiativeWords, sentence: Sentence, stop: int) -> int:
    """Return where "between X and Y", "on fisheries", "to share data" ends; *stop* if nothing of the kind follows."""
    words = sentence.words
    if (dated := date_after(sentence, stop)) > stop:
        return dated
    if words.at(stop) == "between":
        return sentence.parties(grammar, stop)
    last = words.lower[stop - 1]
    if words.at(stop) == "with" and (grammar.has("nouns.contracts", last) or grammar.has("nouns.carried", last)):
        return _partner(sentence, stop)
    if words.at(stop) == "of" and not is_owned_behind(sentence, stop):  # of whom: "a working group *of experts*"
        return next(
            at
            for at in range(stop + 1, len(words) + 1)
            if not words.at(at).isalpha() or grammar.has("nouns.ends", words.at(at))
        )
    return sentence.plain_complement(grammar, stop)


def _partner(sentence: Sentence, stop: int) -> int:
    """Return where "with the EU" ends that follows word *stop*; *stop* if no place or body follows."""
    words = sentence.words
    end = first = stop + 1 + (words.at(stop + 1) == "the")
    while sentence.is_named(end) or (end > first and words.at(end) == "and" and sentence.is_named(end + 1)):
        end += 1
    if end > first and words.at(end) == "(" and words.at(end + 2) == ")":
        end += 3  # "with the Port Bank (PB)"
    return end if end > first else stop


def is_backed(word: str) -> bool:
    """Tell whether the word says by whom it is carried: "IMF-supported", "EU-funded"."""
    return word[0].isupper() and word.endswith("ed") and "-" in word
