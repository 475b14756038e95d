"""Initiatives without a capital: definite and told apart from others, or said to be set up."""

from __future__ import annotations

from kg.extract.initiatives.gather import Found
from kg.extract.initiatives.names import clean_name
from kg.extract.initiatives.phrase import DETERMINERS, NounPhrase, is_backed, phrase_at, place_after
from kg.extract.initiatives.words import InitiativeWords, Sentence
from kg.extract.words import MONTHS, word_set
from kg.model import Mention

__all__ = ["noun_phrase_at"]

_PASSIVE = word_set("was were been be being")


def noun_phrase_at(grammar: InitiativeWords, sentence: Sentence, index: int) -> Found | None:
    """Return the initiative whose lower-case noun stands at word *index*, if it is definite and specific, or set up."""
    words = sentence.words
    if words.text[index] not in grammar.plain_first:
        return None
    sizes = (size for size in (3, 2, 1) if _is_noun(grammar, words.lower[index : index + size]))
    stop = next((index + size for size in sizes if index + size <= len(words)), None)
    if stop is None:
        return None
    made_of = words.at(stop) == "of" and grammar.has("nouns.instruments", " ".join(words.lower[index:stop]))
    if grammar.has("nouns.not-before", words.at(stop)) and not made_of:  # but "a working group of experts"
        return None
    phrase = phrase_at(grammar, sentence, index, stop)
    founded = _is_founded(grammar, sentence, phrase)
    known = founded or _is_definite(grammar, sentence, phrase)
    if not known and not _is_owned(grammar, sentence, phrase):
        reason = "generic: neither definite and told apart from others, nor said to be set up"
        sentence.scene.reject(words.span(phrase.first, phrase.stop), "initiatives.definite", reason)
        return None
    first, end = _bounds(grammar, sentence, phrase) if known else _with_owner(sentence, phrase)
    span = words.span(first, end)
    confidence = 0.7 if founded or (phrase.sharp and phrase.end > stop) else 0.6
    rule = "initiatives.founded" if founded else "initiatives.definite"
    return Found(span, clean_name(span.of(sentence.scene.text)), Mention(span, rule, confidence))


def _noun_of(sentence: Sentence, phrase: NounPhrase) -> str:
    return " ".join(sentence.words.lower[phrase.noun : phrase.stop])


def _is_noun(grammar: InitiativeWords, phrase: tuple[str, ...]) -> bool:
    return phrase in grammar.definite or phrase in grammar.founded or phrase in grammar.personal


def _is_founded(grammar: InitiativeWords, sentence: Sentence, phrase: NounPhrase) -> bool:
    """Tell whether a verb of founding governs it and it is told apart: "agreed to launch a dialogue on fisheries"."""
    words, noun = sentence.words, sentence.words.lower[phrase.noun : phrase.stop]
    if noun not in grammar.founded or not _is_introduced(grammar, sentence, phrase):
        return False
    before = _governing(sentence, phrase, plural=noun in grammar.several)
    active = before[-1:] != (",",) and any(grammar.has("nouns.founding", word) for word in before)
    instrument = grammar.has("nouns.instruments", _noun_of(sentence, phrase))
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
    reach = 12 if words.at(phrase.first - 2) in {"and", "of"} else 5  # "the launch on Monday in Oslo of a …"
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
    if grammar.has("nouns.contracts", words.lower[phrase.noun]) and phrase.first < phrase.noun:
        return True  # "a defence agreement" is one, whatever it is about
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
    doing = words.at(phrase.stop) == "to" and grammar.has("nouns.doings", words.at(phrase.stop + 1))
    purpose = words.at(phrase.stop) == "to" and phrase.end > phrase.stop
    sharp = phrase.sharp or phrase.stop - phrase.noun > 1
    ruled, named = _is_ruled(grammar, sentence, owner), sentence.is_named(owner)
    return not doing and (owner in sentence.person or (ruled and purpose) or (sharp and (ruled or named)))


def _with_owner(sentence: Sentence, phrase: NounPhrase) -> tuple[int, int]:
    """Return where the owner's title and name begin, and where the plan's purpose ends."""
    words, first = sentence.words, phrase.first - 1
    while first > 0 and (first - 1 in sentence.person or words.is_capital(first - 1)):
        first -= 1
    first += words.lower[first] == "the"
    return first, phrase.end if words.at(phrase.stop) == "to" else phrase.stop


def _is_definite(grammar: InitiativeWords, sentence: Sentence, phrase: NounPhrase) -> bool:
    """Tell whether it is definite and cannot be mistaken: "Ewe’s 2016 peace accord", "the deal between X and Y"."""
    noun, owned = _noun_of(sentence, phrase), phrase.opener == "possessor"
    if not (owned or phrase.opener in DETERMINERS) or tuple(noun.split()) not in grammar.definite:
        return False
    told = _is_told(grammar, sentence, phrase, noun)
    if told is not None:
        return told
    complement = phrase.end > phrase.stop
    if not phrase.sharp and (not complement or grammar.has("nouns.sharp-only", noun)):
        return False
    if owned and sentence.words.at(phrase.stop) == "to" and grammar.has("nouns.contracts", noun):
        return False  # consent: "Ewe’s agreement to reopen the port"
    if not grammar.has("nouns.demanding", noun):
        return True
    explained = owned and complement and sentence.is_named(phrase.first - 1)
    return explained or _is_specific(grammar, sentence, phrase, noun)


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
    own = [at for at in modifiers if contract or at not in outside or "-" in words.text[at]]
    if any(is_backed(words.text[at]) for at in own):
        return True
    names = [at for at in own if words.text[at][0] in "$€£" or words.text[at][0].isdigit() or words.is_capital(at)]
    if grammar.has("nouns.never-by-name", noun):
        return _is_programme(grammar, sentence, phrase, noun)
    if grammar.has("nouns.of-bodies", noun) and phrase.noun - 1 in sentence.body:
        return True
    if grammar.has("nouns.of-pairs", noun):
        return any("-" in words.text[at] for at in names)
    if grammar.has("nouns.by-name", noun):
        telling = phrase.noun - 1 not in sentence.place and words.lower[phrase.noun - 1] not in grammar.generic
        return bool(names) or (grammar.has("nouns.built", noun) and telling and phrase.first in sentence.place)
    return bool(names) or any(words.lower[at] not in grammar.generic for at in own)


def _is_programme(grammar: InitiativeWords, sentence: Sentence, phrase: NounPhrase, noun: str) -> bool:
    """Tell whether a programme, a scheme or an agenda has a name, or is a body's or a government's."""
    last, words = phrase.noun - 1, sentence.words
    carried = grammar.has("nouns.carried", noun)
    if last in sentence.body:
        return carried  # "the IMF programme"
    if carried and phrase.sharp and phrase.opener == "possessor" and _is_ruled(grammar, sentence, phrase.first - 1):
        return True  # "the President’s vaccination programme"
    own = [
        at
        for at in range(phrase.first, phrase.noun)
        if (words.is_capital(at) or words.text[at][0].isdigit()) and not sentence.is_named(at)
        if not grammar.has("strip.leading", words.text[at])
    ]
    single = grammar.has("nouns.single", noun) and words.at(last) not in grammar.generic
    return own[-1:] == [last] and (single or len(own) > 1)  # "the Mahi scheme", "the Clean Harbours agenda"


def _is_ruled(grammar: InitiativeWords, sentence: Sentence, owner: int) -> bool:
    """Tell whether the word *owner*, with its ’s, is a person's name or a word for a government."""
    return owner in sentence.person or grammar.has("nouns.rulers", sentence.words.lower[owner][:-2])


def _parties_named(sentence: Sentence, phrase: NounPhrase) -> bool:
    """Tell whether the complement says between whom: "the deal to draw a border between Ewe and Oak"."""
    return sentence.words.at(phrase.stop) == "between" or phrase.end - 1 in sentence.place


def _bounds(grammar: InitiativeWords, sentence: Sentence, phrase: NounPhrase) -> tuple[int, int]:
    """Return the first word of the name and the one after it: no praise, no date, but what is needed to tell it."""
    words, noun = sentence.words, sentence.words.lower[phrase.noun]
    order = grammar.has("nouns.orders", _noun_of(sentence, phrase))
    first = phrase.first
    while first < phrase.noun and (
        grammar.has("nouns.vague", words.text[first]) or (order and _is_date(sentence, first))
    ):
        first += 1
    whole = _names_its_matter(grammar, sentence, phrase, first)
    bare = first == phrase.noun
    if bare and (not whole or phrase.end == phrase.stop) and grammar.has("nouns.purposeful", noun):
        first = phrase.first  # "a new initiative with …": the noun alone is no name
    of_state = grammar.has("told.by-owner", noun) or grammar.has("told.by-state", noun)
    if of_state and phrase.opener == "possessor":
        first = phrase.first if bare else first
        while first > 0 and first - 1 in sentence.place:
            first -= 1  # whose law: "Utah’s 1911 harbour ban"
    return first, phrase.end if whole else phrase.stop


def _names_its_matter(grammar: InitiativeWords, sentence: Sentence, phrase: NounPhrase, first: int) -> bool:
    """Tell whether the complement is part of the name that begins at *first*: "the agreement *on clean ports*"."""
    words, opener = sentence.words, sentence.words.at(phrase.stop)
    noun = _noun_of(sentence, phrase)
    sited = grammar.has("told.by-place-behind", noun) and place_after(sentence, phrase.stop) > phrase.stop
    if sited or "between" in words.lower[phrase.stop : phrase.end]:
        return True
    if opener == "to" and first < phrase.stop - 1:
        return False  # "a joint task force to …": for what, but no part of the name
    if opener == "to" and first == phrase.noun and grammar.has("nouns.purposeful", words.lower[first]):
        return True
    contract = grammar.has("nouns.contracts", words.lower[phrase.stop - 1])
    named = contract or grammar.has("nouns.orders", noun)
    titled = opener == "on" and words.is_capital(phrase.stop + 1 + (words.at(phrase.stop + 1) == "the"))
    return not phrase.sharp or titled or (named and opener in {"on", "with"})


def _is_date(sentence: Sentence, at: int) -> bool:
    words = sentence.words
    return words.lower[at] in MONTHS or (words.text[at][0].isdigit() and words.at(at - 1) in MONTHS)
