"""Initiatives without a capital: definite and told apart from others, or said to be set up."""

from __future__ import annotations

from kg.extract.initiatives.complements import VERSION
from kg.extract.initiatives.definite import is_definite, is_ruled
from kg.extract.initiatives.gather import Found
from kg.extract.initiatives.names import clean_name, head_at
from kg.extract.initiatives.phrase import NounPhrase, date_after, is_owned_behind, noun_of, phrase_at, place_after
from kg.extract.initiatives.words import ABOUT, InitiativeWords, Sentence
from kg.extract.words import MONTHS, word_set
from kg.model import Mention

__all__ = ["noun_phrase_at"]

_PASSIVE = word_set("was were been be being")


def noun_phrase_at(grammar: InitiativeWords, sentence: Sentence, index: int) -> Found | None:
    """Return the initiative whose lower-case noun stands at word *index*, if it is definite and specific, or set up."""
    words = sentence.words
    if words.text[index] not in grammar.plain_first:
        return None
    sizes = (size for size in (4, 3, 2, 1) if _is_noun(grammar, words.lower[index : index + size]))
    stop = next((index + size for size in sizes if index + size <= len(words)), None)
    if stop is None:
        return None
    if grammar.has("nouns.not-before", words.at(stop)) and not _goes_on_with_of(grammar, sentence, index, stop):
        return None
    phrase = phrase_at(grammar, sentence, index, stop)
    if not phrase.sharp and _names_another(grammar, sentence, phrase):
        return None  # "a political agreement on the Clean Reef Act"
    founded = _is_founded(grammar, sentence, phrase)
    known = founded or is_definite(grammar, sentence, phrase)
    if not known and not _is_owned(grammar, sentence, phrase):
        reason = "generic: neither definite and told apart from others, nor said to be set up"
        sentence.scene.reject(words.span(phrase.first, phrase.stop), "initiatives.definite", reason)
        return None
    first, end = _bounds(grammar, sentence, phrase) if known else _with_owner(sentence, phrase)
    span = words.span(first, end)
    confidence = 0.7 if founded or (phrase.sharp and phrase.end > stop) else 0.6
    rule = "initiatives.founded" if founded else "initiatives.definite"
    return Found(span, clean_name(span.of(sentence.scene.text)), Mention(span, rule, confidence))


def _goes_on_with_of(grammar: InitiativeWords, sentence: Sentence, index: int, stop: int) -> bool:
    """Tell whether "of" says of whom it is made, whose it is or from when: "a working group *of experts*"."""
    made_of = grammar.has("nouns.instruments", " ".join(sentence.words.lower[index:stop]))
    dated = date_after(sentence, stop) > stop
    return (made_of and sentence.words.at(stop) == "of") or dated or is_owned_behind(sentence, stop)


def _is_noun(grammar: InitiativeWords, phrase: tuple[str, ...]) -> bool:
    return phrase in grammar.definite or phrase in grammar.founded or phrase in grammar.personal


def _is_founded(grammar: InitiativeWords, sentence: Sentence, phrase: NounPhrase) -> bool:
    """Tell whether a verb of founding governs it and it is told apart: "agreed to launch a dialogue on fisheries"."""
    words, noun = sentence.words, sentence.words.lower[phrase.noun : phrase.stop]
    if noun not in grammar.founded or not _is_introduced(grammar, sentence, phrase):
        return False
    before = _governing(sentence, phrase, plural=noun in grammar.several)
    active = before[-1:] != (",",) and any(grammar.has("nouns.founding", word) for word in before)
    instrument = grammar.has("nouns.instruments", noun_of(sentence, phrase))
    told = instrument and words.at(phrase.stop) in {"on", "between"} and phrase.end > phrase.stop
    if not (active or told or _is_passive(grammar, sentence, phrase)):
        return False
    furthered = any(grammar.has("nouns.furthering", word) for word in before)
    return phrase.sharp or instrument or (not furthered and _is_explained(grammar, sentence, phrase))


def _is_introduced(grammar: InitiativeWords, sentence: Sentence, phrase: NounPhrase) -> bool:
    """Tell whether it is new to the reader: "a dialogue", "signed agreements", "two", "the launch of the reef fund"."""
    words, founding = sentence.words, grammar.sets["nouns.founding"]
    if words.lower[phrase.noun : phrase.stop] in grammar.several:
        return phrase.opener == "of" or phrase.opener in founding or _is_counted(grammar, sentence, phrase)
    launched = phrase.sharp and words.at(phrase.first - 3) in founding and words.at(phrase.first - 2) == "of"
    return phrase.opener in {"a", "an"} or (phrase.opener == "the" and launched)


def _is_counted(grammar: InitiativeWords, sentence: Sentence, phrase: NounPhrase) -> bool:
    return phrase.first < phrase.noun and grammar.has("nouns.counts", sentence.words.lower[phrase.first])


def _governing(sentence: Sentence, phrase: NounPhrase, *, plural: bool) -> tuple[str, ...]:
    """Return the words before the phrase among which its verb may stand."""
    words = sentence.words
    reach = 18 if words.at(phrase.first - 2) in {"and", "of"} else 5  # "the launch on Monday in Oslo of a …"
    before = words.lower[max(phrase.first - reach, 0) : phrase.first - (not plural)]
    # "agreed that talks on a deal should go on" sets nothing up
    return before[before.index("that") + 1 :] if "that" in before else before


def _is_explained(grammar: InitiativeWords, sentence: Sentence, phrase: NounPhrase) -> bool:
    """Tell whether its complement, or a noun of two words, says what it is: "a fund to plant reefs"."""
    words = sentence.words
    purposeful, opener = grammar.has("nouns.purposeful", words.lower[phrase.stop - 1]), words.at(phrase.stop)
    openers = {"on", "between", "with", "of"} | ({"for", "to"} if purposeful else set())
    if (opener in openers and phrase.end > phrase.stop) or (opener == "with" and purposeful):
        return True
    modifiers = words.lower[phrase.first : phrase.noun]
    told = any(not (grammar.has("nouns.empty", word) or grammar.has("nouns.vague", word)) for word in modifiers)
    if grammar.has("nouns.contracts", words.lower[phrase.noun]) and told:
        return True  # "a defence agreement" is one, whatever it is about, but not "a similar agreement"
    single = words.lower[phrase.noun : phrase.stop] not in grammar.several
    return phrase.stop - phrase.noun > 1 and (single or _is_counted(grammar, sentence, phrase))


def _is_passive(grammar: InitiativeWords, sentence: Sentence, phrase: NounPhrase) -> bool:
    """Tell whether the phrase is the subject of founding: "a joint committee on ports *will be set* up"."""
    after = sentence.words.lower[phrase.end : phrase.end + 5]
    verb = next((at for at, word in enumerate(after) if word in _PASSIVE), None)
    return (
        verb is not None
        and verb < 3
        and any(grammar.has("nouns.founding", word) for word in after[verb + 1 : verb + 3])
    )


def _is_owned(grammar: InitiativeWords, sentence: Sentence, phrase: NounPhrase) -> bool:
    """Tell whether it is somebody's plan: "President X’s plan to clean the rivers", not "… to visit Ewe".

    A person's needs no more, a government's has a purpose, or as a state's or body's a word that tells which one it is.
    """
    words, owner = sentence.words, phrase.first - 1
    if phrase.opener != "possessor" or words.lower[phrase.noun : phrase.stop] not in grammar.personal:
        return False
    purpose = words.at(phrase.stop) == "to" and phrase.end > phrase.stop
    ruled, named = is_ruled(grammar, sentence, owner), sentence.is_named(owner)
    if purpose and _is_of_another(grammar, sentence, phrase):
        return False
    if grammar.has("nouns.for-a-purpose", noun_of(sentence, phrase)):
        return purpose and ruled and not _explains_name(sentence, phrase)
    sharp = phrase.sharp or phrase.stop - phrase.noun > 1
    return owner in sentence.person or (ruled and purpose) or (sharp and (ruled or named))


def _is_of_another(grammar: InitiativeWords, sentence: Sentence, phrase: NounPhrase) -> bool:
    """Tell whether the purpose is a visit or the like, or another initiative: "her plan to launch the Reef Fund"."""
    doing = grammar.has("nouns.doings", sentence.words.at(phrase.stop + 1))
    return doing or _names_another(grammar, sentence, phrase)


def _names_another(grammar: InitiativeWords, sentence: Sentence, phrase: NounPhrase) -> bool:
    """Tell whether a capitalised initiative stands in the complement, which counts instead."""
    complement = set(range(phrase.stop, phrase.end)) - sentence.body
    return any(head_at(grammar, sentence, at) for at in complement)


def _explains_name(sentence: Sentence, phrase: NounPhrase) -> bool:
    """Tell whether it only says what a name before it names: "FreshPort, the Government’s programme to …"."""
    words, (first, _) = sentence.words, _with_owner(sentence, phrase)
    comma = first - 1 - (words.at(first - 1) == "the")
    return words.at(comma) == "," and words.is_capital(comma - 1)


def _with_owner(sentence: Sentence, phrase: NounPhrase) -> tuple[int, int]:
    """Return where the owner's title and name begin, and where the plan's purpose ends."""
    words, first = sentence.words, phrase.first - 1
    while first > 0 and (first - 1 in sentence.person or words.is_capital(first - 1)):
        first -= 1
    first += words.lower[first] == "the"
    return first, phrase.end if words.at(phrase.stop) == "to" else phrase.stop


def _bounds(grammar: InitiativeWords, sentence: Sentence, phrase: NounPhrase) -> tuple[int, int]:
    """Return the first word of the name and the one after it: no praise, no date, but what is needed to tell it."""
    words, noun = sentence.words, noun_of(sentence, phrase)
    order = grammar.has("nouns.orders", noun)
    first = phrase.first
    while first < phrase.noun and (
        grammar.has("nouns.vague", words.text[first]) or (order and _is_date(sentence, first))
    ):
        first += 1
    whole = _names_its_matter(grammar, sentence, phrase, first)
    bare = first == phrase.noun and (not whole or phrase.end == phrase.stop)
    if bare and grammar.has("nouns.purposeful", words.lower[phrase.noun]):
        first = phrase.first  # "a new initiative with …": the noun alone is no name
    if phrase.opener == "possessor" and (grammar.has("told.by-owner", noun) or grammar.has("told.by-state", noun)):
        first = phrase.first
        while first > 0 and first - 1 in sentence.place:
            first -= 1  # whose law: "Utah’s 1911 harbour ban"
    if not whole and VERSION.fullmatch(words.at(phrase.stop)):
        return first, phrase.stop + 1  # "the Ewe cooperation programme *2031-2034*"
    return first, phrase.end if whole else phrase.stop


def _names_its_matter(grammar: InitiativeWords, sentence: Sentence, phrase: NounPhrase, first: int) -> bool:
    """Tell whether the complement is part of the name that begins at *first*: "the agreement *on clean ports*"."""
    words, opener = sentence.words, sentence.words.at(phrase.stop)
    noun = noun_of(sentence, phrase)
    sited = grammar.has("told.by-place-behind", noun) and place_after(sentence, phrase.stop) > phrase.stop
    dated = date_after(sentence, phrase.stop) > phrase.stop
    if sited or dated or "between" in words.lower[phrase.stop : phrase.end]:
        return True
    if opener == "to" and first < phrase.stop - 1:
        return False  # "a joint task force to …": for what, but no part of the name
    if opener == "to" and first == phrase.noun and grammar.has("nouns.purposeful", words.lower[first]):
        return True
    contract = grammar.has("nouns.contracts", words.lower[phrase.stop - 1])
    unnamed = not words.is_capital(phrase.noun - 1)  # "the *Clean Reefs* programme" needs no more
    named = contract or grammar.has("nouns.orders", noun) or (unnamed and grammar.has("nouns.carried", noun))
    titled = opener == "on" and words.is_capital(phrase.stop + 1 + (words.at(phrase.stop + 1) == "the"))
    return not phrase.sharp or titled or (named and (opener in ABOUT or opener == "with"))


def _is_date(sentence: Sentence, at: int) -> bool:
    words = sentence.words
    return words.lower[at] in MONTHS or (words.text[at][0].isdigit() and words.at(at - 1) in MONTHS)
