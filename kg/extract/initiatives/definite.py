"""Whether a lower-case noun is definite and cannot be mistaken: "the 2016 peace accord", "the truce in Yemen"."""

from __future__ import annotations

from kg.extract.initiatives.phrase import DETERMINERS, NounPhrase, date_after, is_backed, noun_of, place_after
from kg.extract.initiatives.words import InitiativeWords, Sentence, is_joined

__all__ = ["is_definite", "is_ruled"]

_LONGEST_CLAUSE = 6


def is_definite(grammar: InitiativeWords, sentence: Sentence, phrase: NounPhrase) -> bool:
    """Tell whether it is definite and cannot be mistaken: "Ewe’s 2016 peace accord", "the deal between X and Y"."""
    noun, owned = noun_of(sentence, phrase), phrase.opener == "possessor"
    if not (owned or phrase.opener in DETERMINERS) or tuple(noun.split()) not in grammar.definite:
        return False
    told = _is_told(grammar, sentence, phrase, noun)
    if told is not None:
        return told
    if _is_retold(grammar, sentence, phrase) or date_after(sentence, phrase.stop) > phrase.stop:
        return True
    modifiers = sentence.words.lower[phrase.first : phrase.noun]
    if grammar.has("nouns.contracts", noun) and any(grammar.has("nouns.matters", word) for word in modifiers):
        return True  # "our security treaty"
    complement = phrase.end > phrase.stop
    if not phrase.sharp and (not complement or grammar.has("nouns.sharp-only", noun)):
        return False
    if owned and sentence.words.at(phrase.stop) == "to" and grammar.has("nouns.contracts", noun):
        return False  # consent: "Ewe’s agreement to reopen the port"
    if not grammar.has("nouns.demanding", noun):
        return True
    explained = owned and (complement or (phrase.sharp and grammar.has("told.by-owner", noun)))
    return (explained and sentence.is_named(phrase.first - 1)) or _is_specific(grammar, sentence, phrase, noun)


def _is_retold(grammar: InitiativeWords, sentence: Sentence, phrase: NounPhrase) -> bool:
    """Tell whether the text recalls that it was set up: "the reef law *passed* in May", "the pact that X *signed*"."""
    clause = sentence.words.lower[phrase.stop : phrase.stop + _LONGEST_CLAUSE]
    done = [at for at, word in enumerate(clause) if word.endswith("ed") and grammar.has("nouns.founding", word)]
    if not done or (done[0] > 0 and clause[0] not in {"that", "which"}):
        return False
    noun, modifiers = noun_of(sentence, phrase), sentence.words.lower[phrase.first : phrase.noun]
    modified = any(not grammar.has("nouns.vague", word) for word in modifiers) and grammar.has("nouns.contracts", noun)
    return phrase.sharp or modified or " " in noun or grammar.has("nouns.instruments", noun)


def _is_told(grammar: InitiativeWords, sentence: Sentence, phrase: NounPhrase, noun: str) -> bool | None:
    """Tell whether one word is enough to tell which one it is; None if other words may tell as well."""
    if any(grammar.has(key, noun) and tells(sentence, phrase) for key, tells in _TELLING.items()):
        return True
    return False if grammar.has("told.only", noun) else None


def _is_with_article(sentence: Sentence, phrase: NounPhrase) -> bool:
    return phrase.opener == "the"


def _is_with_any_word(sentence: Sentence, phrase: NounPhrase) -> bool:
    return phrase.opener == "the" and phrase.first < phrase.noun


def _is_sited(sentence: Sentence, phrase: NounPhrase) -> bool:
    """Tell whether the complement says where it goes on: "the peace process in Yemen"."""
    return phrase.opener == "the" and place_after(sentence, phrase.stop) > phrase.stop


def _is_named_after_place(sentence: Sentence, phrase: NounPhrase) -> bool:
    return phrase.noun - 1 in sentence.site


def _is_of_state(sentence: Sentence, phrase: NounPhrase) -> bool:
    """Tell whether a state's name stands before the noun or owns it: "Iraq’s constitution", "the Iraqi one"."""
    return any(at in sentence.place for at in range(max(phrase.first - (phrase.opener == "possessor"), 0), phrase.noun))


def _is_owned_by_part_of_state(sentence: Sentence, phrase: NounPhrase) -> bool:
    return phrase.opener == "possessor" and phrase.first - 1 in sentence.site


def _is_coined(sentence: Sentence, phrase: NounPhrase) -> bool:
    """Tell whether one capitalised word alone names it, a place that no table lists or another: "the Ewe process"."""
    alone = phrase.noun - phrase.first == 1 and not sentence.is_named(phrase.first)
    return alone and sentence.words.is_capital(phrase.first)


_TELLING = {
    "told.by-article": _is_with_article,
    "told.by-any-word": _is_with_any_word,
    "told.by-place-behind": _is_sited,
    "told.by-place-before": _is_named_after_place,
    "told.by-state": _is_of_state,
    "told.by-owner": _is_owned_by_part_of_state,
    "told.by-name": _is_coined,
}
"""By what a noun of each list is told apart."""


def _is_specific(grammar: InitiativeWords, sentence: Sentence, phrase: NounPhrase, noun: str) -> bool:
    """Tell whether a name, a year or a telling noun, or the parties, make a common noun one certain initiative."""
    words = sentence.words
    if "between" in words.lower[phrase.stop : phrase.end] and _parties_named(sentence, phrase):
        return not grammar.has("nouns.relations", noun)
    told = {"on", "with", "to"} if phrase.opener == "the" else {"on", "with"}
    if words.at(phrase.stop) in told and phrase.end > phrase.stop and grammar.has("nouns.contracts", noun):
        return True
    modifiers = range(phrase.first, phrase.noun)
    contract = grammar.has("nouns.contracts", noun.split()[-1])
    outside = sentence.place if grammar.has("nouns.by-name", noun) else sentence.place | sentence.body
    own = [at for at in modifiers if contract or at not in outside or is_joined(words.text[at])]
    if any(is_backed(words.text[at]) for at in own):
        return True
    names = [at for at in own if words.text[at][0] in "$€£" or words.text[at][0].isdigit() or words.is_capital(at)]
    if grammar.has("nouns.never-by-name", noun):
        return _is_programme(grammar, sentence, phrase, noun)
    if grammar.has("nouns.of-bodies", noun) and phrase.noun - 1 in sentence.body:
        return True
    if grammar.has("nouns.of-pairs", noun):
        return any(is_joined(words.text[at]) for at in names)
    if grammar.has("nouns.by-name", noun):
        telling = phrase.noun - 1 not in sentence.place and words.lower[phrase.noun - 1] not in grammar.generic
        return bool(names) or (grammar.has("nouns.built", noun) and telling and phrase.first in sentence.place)
    return bool(names) or any(words.lower[at] not in grammar.generic for at in own)


def _is_programme(grammar: InitiativeWords, sentence: Sentence, phrase: NounPhrase, noun: str) -> bool:
    """Tell whether a programme, a scheme or an agenda has a name, or is a body's or a government's."""
    last, words = phrase.noun - 1, sentence.words
    carried = grammar.has("nouns.carried", noun)
    if last in sentence.body or _is_with_body(sentence, phrase):
        return carried  # "the IMF programme"
    if carried and phrase.sharp and phrase.opener == "possessor" and is_ruled(grammar, sentence, phrase.first - 1):
        return True  # "the President’s vaccination programme"
    own = [
        at
        for at in range(phrase.first, phrase.noun)
        if (words.is_capital(at) or words.text[at][0].isdigit()) and not sentence.is_named(at)
        if not grammar.has("strip.leading", words.text[at])
    ]
    single = grammar.has("nouns.single", noun) and words.at(last) not in grammar.generic
    return own[-1:] == [last] and (single or len(own) > 1)  # "the Mahi scheme", "the Clean Harbours agenda"


def _is_with_body(sentence: Sentence, phrase: NounPhrase) -> bool:
    """Tell whether the complement says with which body it is run: "the programme with the IMF"."""
    return sentence.words.at(phrase.stop) == "with" and not sentence.body.isdisjoint(range(phrase.stop, phrase.end))


def is_ruled(grammar: InitiativeWords, sentence: Sentence, owner: int) -> bool:
    """Tell whether the word *owner*, with its ’s, is a person's name or a word for a government."""
    return owner in sentence.person or grammar.has("nouns.rulers", sentence.words.lower[owner][:-2])


def _parties_named(sentence: Sentence, phrase: NounPhrase) -> bool:
    """Tell whether the complement says between whom: "the deal to draw a border between Ewe and Oak"."""
    return sentence.words.at(phrase.stop) == "between" or phrase.end - 1 in sentence.place
