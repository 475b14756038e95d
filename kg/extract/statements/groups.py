"""A party that has no name: "the two leaders", "senior US officials", "representatives from partner nations"."""

from __future__ import annotations

from kg.extract.statements.acts import Acts
from kg.extract.words import Words, word_set

__all__ = [
    "BE",
    "CLAUSE_OPENERS",
    "CONTENT_OPENERS",
    "DETERMINERS",
    "NO_MODIFIER",
    "NO_NOUN",
    "POSTMODIFIERS",
    "PREPOSITIONS",
    "group_before",
    "is_verb",
    "whole_group_before",
]

DETERMINERS = word_set(
    "the these those both all each every several many some other various a an two three four five six most certain"
)
PREPOSITIONS = word_set(
    "of from for at in on with to by across within among between about into through over under against including"
)
_COUNTS = word_set("two three four five six seven both all other")
NO_MODIFIER = PREPOSITIONS | word_set(
    "and or but nor that which who whom whose what when where while as if because since than is are was were be been "
    "has have had will would could should can may he she it they we i not after before during following"
)
CLAUSE_OPENERS = word_set("while although though whereas which what who whom as")
CONTENT_OPENERS = word_set("that how why whether if when where because since than until once before after")
"""These open a clause that is the content of another, or its time or reason: "noted *that*"."""
BE = word_set("was were")
NO_NOUN = word_set(
    "that which who where when while is are was were be been has have had will would could should can may ; : to"
)
"""What no noun phrase has in it."""
POSTMODIFIERS = word_set("who present attending participating gathered assembled representing working involved")
_LONGEST_POSTMODIFIER = 12


def group_before(words: Words, stop: int, acts: Acts) -> int | None:
    """Return where the unnamed party begins whose noun is the last word: "the two leaders", "senior US officials"."""
    if not _is_party(words.at(stop - 1), acts):
        return None
    first = stop - 1
    while first > 0 and stop - first < 9:
        word = words.lower[first - 1]
        if word in DETERMINERS and not (word in _COUNTS and words.at(first - 2) in {"the", "all", "these"}):
            return first - 1
        if word in NO_MODIFIER or not word[0].isalnum() or is_verb(word, acts):
            break
        first -= 1
    return first


def is_verb(word: str, acts: Acts) -> bool:
    """Tell whether the word is a past form of a verb of saying or meeting."""
    return word in acts.encounters or any(form == "past" for _, form in acts.forms.get(word, ()))


def _is_predicate(words: Words, at: int, acts: Acts) -> bool:
    """Tell whether the word is a verb of saying in its place: "to | discuss", "discussed"; not "all three | states"."""
    forms = {form for _, form in acts.forms.get(words.lower[at], ())}
    return bool(forms & {"past", "ing"}) or ("base" in forms and words.at(at - 1) in {"to", "will", "would"})


def _is_personal(noun: str, acts: Acts) -> bool:
    """Tell whether a plural noun means people by its form: "organisers", "legislators", "activists"."""
    return noun.endswith(("ers", "ors", "ists", "ants", "ians")) and len(noun) > 6 and noun not in acts.sets["things"]


def whole_group_before(words: Words, stop: int, acts: Acts) -> int | None:
    """Return where the party begins that goes on after its noun: "representatives from partner nations".

    What it is of may be a list of names: "leaders from the AFL, the CIO, and IBEW".
    """
    for end in range(stop - 1, max(stop - _LONGEST_POSTMODIFIER, 0), -1):
        word = words.lower[end]
        listed = word == "," and words.is_capital(end + 1 + (words.at(end + 1) == "and")) and words.is_capital(end - 1)
        if (word in {",", ";", ":", ".", "that", "which"} and not listed) or _is_predicate(words, end, acts):
            return None
        if (word in PREPOSITIONS or word in POSTMODIFIERS) and _is_party(words.at(end - 1), acts):
            return group_before(words, end, acts)
    return None


def _is_party(noun: str, acts: Acts) -> bool:
    """Tell whether a noun means people or their talks: also "mayors-elect"."""
    sets, noun = acts.sets, noun.removesuffix("-elect").removesuffix("-designate")
    return noun in sets["joint"] or noun in sets["group"] or noun in sets["talks"] or _is_personal(noun, acts)
