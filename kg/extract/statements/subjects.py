"""Who is said to speak: the noun phrase that stands before a verb, read from right to left."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.statements.acts import Acts
from kg.extract.statements.groups import (
    DETERMINERS,
    NO_MODIFIER,
    POSTMODIFIERS,
    PREPOSITIONS,
    group_before,
    is_verb,
    whole_group_before,
)
from kg.extract.statements.names import Names
from kg.extract.words import Words, word_set
from kg.model import Person

__all__ = ["PRONOUNS", "Subject", "find_antecedent", "find_subject", "skip_adverbs", "with_titles"]

_ADVERBS = word_set(
    "also then further again jointly both each all together additionally once moreover furthermore today yesterday "
    "warmly finally lastly separately still even just now always too however therefore thus next specifically first "
    "later subsequently initially"
)
PRONOUNS = word_set("he she they we i both all who each")
_IN_TITLES = word_set("of for and the to")
_LOWER_TITLES = word_set("interim acting former outgoing incoming fellow then caretaker designate")
_STRONG = word_set('. ; : — – ( ) “ ” " - ? !')
_NO_ADVERB = word_set("family supply assembly ally reply anomaly")
_OPENS_CLAUSE = word_set("while although though whereas which what who whom as")
_NESTS = word_set("that how why whether if when where because since than until once before after")
_NO_TITLE = (_OPENS_CLAUSE | _NESTS | PREPOSITIONS | _ADVERBS | {"and", "but"}) - {"first"}
_ALL = frozenset(
    {
        ("the", "two"),
        ("the", "leaders"),
        ("the", "two", "leaders"),
        ("the", "sides"),
        ("the", "two", "sides"),
        ("both",),
    }
    | {("both", noun) for noun in ("sides", "leaders", "ministers", "parties")}
)
"""Parties that mean all who met."""
_DAYS = word_set("monday tuesday wednesday thursday friday saturday sunday morning afternoon evening week")
_LONGEST_INSERTION = 24
_CLOSERS = {")": "(", "–": "–", "—": "—"}
"""Marks that end what is put in, and what opened it."""
_INSERTED = word_set("who which whose all including joined accompanied led along together both several representing")


@dataclass(frozen=True, slots=True)
class Subject:
    """The words `first` to `stop` (exclusive) are the subject of a verb. `opener` is the word that opens its clause."""

    first: int
    stop: int
    opener: str = ""

    @property
    def nested(self) -> bool:
        """Whether the clause is the content of another: "noted *that the leaders* agreed"."""
        return self.opener in _NESTS


def skip_adverbs(words: Words, stop: int) -> int:
    """Return where the words before word *stop* end when adverbs and times are left out."""
    while stop > 0:
        word = words.lower[stop - 1]
        if word in _DAYS and words.at(stop - 2) in {"this", "last", "on", "earlier"}:
            stop -= 2
        elif word in _ADVERBS or word in _DAYS or _is_manner(words.text[stop - 1]):
            if word in {"both", "all", "each"} and not _ends_name(words, stop - 1):
                return stop
            stop -= 1
        elif word == "turn" and words.at(stop - 2) == "in":
            stop -= 2 + (words.at(stop - 3) == ",")
        elif word == "," and words.at(stop - 2) in {"turn", "also", "too", "however"}:
            stop -= 1
        else:
            return stop
    return stop


def _is_manner(word: str) -> bool:
    """Tell whether the word is an adverb by its form: "strongly", but not "Italy" or "family"."""
    return word.endswith("ly") and len(word) > 4 and word[0].islower() and word not in _NO_ADVERB


def _ends_name(words: Words, stop: int) -> bool:
    """Tell whether a noun phrase may end before word *stop*, so that "both" after it is an adverb."""
    return stop > 0 and (
        words.lower[stop - 1] in {"they", "we", "leaders", "sides", "ministers", "presidents"}
        or words.is_capital(stop - 1)
    )


def find_subject(words: Words, stop: int, names: Names, acts: Acts) -> Subject | None:
    """Return the subject that ends before word *stop* if one does and a clause can begin with it.

    Coordinated subjects are taken as far as they go: "President A, the two ministers and Secretary B".
    """
    chain: list[int] = []
    end = stop
    while (first := _unit(words, end, names, acts)) is not None:
        chain.append(first)
        end = _before_conjunction(words, first)
        if end == first or (len(chain) == 1 and (words.at(first - 1) == "," or _means_all(words, first, stop))):
            break  # a comma alone joins no two last subjects
    for count in range(len(chain), 0, -1):
        first = chain[count - 1]
        if count < len(chain) and _goes_on_list(words, first, stop, names):
            continue
        if _begins_clause(words, first, acts, maximal=count == len(chain), single=count == 1):
            opener = words.at(first - 1)
            if opener in {"and", ",", "but"} and words.at(first - 2) in _NESTS:
                opener = words.at(first - 2)
            return Subject(first, stop, opener)
    return None


def find_antecedent(words: Words, stop: int, names: Names, acts: Acts, *, whole: bool) -> Subject | None:
    """Return whom a relative clause after word *stop* tells of: "called on | Minister X |, who assured him".

    With *whole* all who are coordinated are meant: "met with | Minister X and General Y |, who gave a briefing".
    """
    first = _one_met(words, stop, names, acts)
    while whole and first is not None and words.at(first - 1) == "and":
        before = _one_met(words, _before_conjunction(words, first), names, acts)
        if before is None:
            break
        first = before
    return None if first is None else Subject(first, stop, "who")


def _one_met(words: Words, stop: int, names: Names, acts: Acts) -> int | None:
    """Return where the person or party begins that ends before word *stop*, whatever stands before it."""
    if _is_person(names, stop):
        return with_titles(words, names.ending[stop][0], names)
    found = group_before(words, stop, acts)
    if found is None:
        found = _before_apposition(words, stop, names, acts)
    return whole_group_before(words, stop, acts) if found is None else found


def _means_all(words: Words, first: int, stop: int) -> bool:
    """Tell whether the party after ", and" is all of them, so that a clause begins: "…, and *the two* discussed"."""
    return words.lower[first - 2 : first] == (",", "and") and words.lower[first:stop] in _ALL


def _goes_on_list(words: Words, first: int, stop: int, names: Names) -> bool:
    """Tell whether a party without article is the last of several: "with mayors, nurses, | and leaders | bound to"."""
    if words.at(first - 1) not in {"and", "or"} or words.lower[first] in DETERMINERS | PRONOUNS:
        return False
    if first + 1 == stop and words.is_capital(first):
        return False  # "…, and Ministers | agreed"
    return all(not (first <= start and end <= stop) for end, (start, _) in names.ending.items())


def _before_conjunction(words: Words, first: int) -> int:
    """Return the end of what is coordinated before word *first*: before "and", ", and", ",", "as well as"."""
    end = first
    if words.at(end - 1) in {"and", "&", "or"}:
        end -= 1
    elif words.lower[max(end - 3, 0) : end] == ("as", "well", "as"):
        end -= 3
    elif words.at(end - 1) == "with" and words.at(end - 2) in {"along", "together"}:
        end -= 2
    if words.at(end - 1) == "," and end > 1:
        end -= 1
    return end


def _begins_clause(words: Words, first: int, acts: Acts, *, maximal: bool, single: bool) -> bool:
    before = words.at(first - 1)
    if first == 0 or before in _STRONG or before in _OPENS_CLAUSE or before in _NESTS:
        return True
    if before == "," or (before == "with" and words.at(first - 2) == ","):
        return True
    if before in {"and", "but", "or"}:
        return maximal or single or words.at(first - 2) == ","
    if before in _ADVERBS or before in _DAYS or _is_manner(words.text[first - 1]):
        return True
    opening = words.at(0) in PREPOSITIONS or words.at(0) in {"during", "following", "after", "throughout", "before"}
    return opening and before in acts.sets["talks"] and "," not in words.lower[:first]


def _unit(words: Words, stop: int, names: Names, acts: Acts) -> int | None:
    """Return the first word of the one actor that ends before word *stop*, None if no actor does.

    What follows a preposition is a complement: "talks | with President X", "officials | of the two states".
    """
    first = _inner_unit(words, stop, names, acts)
    if first is None or (words.at(first - 1) == "with" and words.at(first - 2) == ","):
        return first
    if words.at(first - 1) not in PREPOSITIONS and words.at(first - 1) not in POSTMODIFIERS - _OPENS_CLAUSE:
        return first
    whole = _head(words, first - 1, names, acts)
    return first if whole is None and stop in names.ending else whole


def _inner_unit(words: Words, stop: int, names: Names, acts: Acts) -> int | None:
    if stop <= 0 or (words.lower[stop - 1] in NO_MODIFIER and words.lower[stop - 1] not in PRONOUNS):
        return None
    if words.is_possessive(stop - 1):
        return None  # "the two countries’ | shared goals"
    if words.lower[stop - 1] in PRONOUNS:
        return stop - 1
    if stop in names.ending:
        first, entity = names.ending[stop]
        if isinstance(entity, Person):
            return with_titles(words, first, names)
        return first - (words.at(first - 1) == "the")
    if words.lower[stop - 1] == ",":
        inserted = _before_apposition(words, stop - 1, names, acts)
        if inserted is None and _is_person(names, stop - 1) and _opens_sentence(words, stop - 1, acts):
            return with_titles(words, names.ending[stop - 1][0], names)  # "Governors X and Y, | said"
        return inserted
    if words.lower[stop - 1] in _CLOSERS and (opened := _opened_before(words, stop - 1)):
        return _inner_unit(words, opened, names, acts)
    found = group_before(words, stop, acts)
    if found is None:
        found = whole_group_before(words, stop, acts)
    return _unknown_name(words, stop) if found is None else found


def _opens_sentence(words: Words, stop: int, acts: Acts) -> bool:
    """Tell whether nothing but a row of names and titles stands before word *stop*."""
    return all(word not in {"with", "by", "from"} and not is_verb(word, acts) for word in words.lower[:stop])


def _opened_before(words: Words, close: int) -> int | None:
    """Return where what ends at word *close* was put in: "Director X | (the chair) |", "the firms | – all – |"."""
    openers = _CLOSERS[words.lower[close]]
    for at in range(close - 2, max(close - _LONGEST_INSERTION, 0), -1):
        if words.lower[at] in openers:
            return at
        if words.lower[at] in {".", ";", ":"}:
            return None
    return None


def _unknown_name(words: Words, stop: int) -> int | None:
    """Return where a run of capitalised words begins that no stage before has taken for anything: "FM Lapid"."""
    first = stop
    while first > 0 and stop - first < 6 and words.is_capital(first - 1) and words.text[first - 1][-1].isalpha():
        first -= 1
    return first - (words.at(first - 1) == "the") if stop - first > 1 else None


def with_titles(words: Words, first: int, names: Names) -> int:
    """Return where the titles before a name begin: "Deputy Secretary of State Wendy …", "the interim Minister …"."""
    while first > 0:
        before = first - 1
        if _is_person(names, first):
            return first
        under = words.lower[before : before + 2] == ("under", "secretary")
        title = words.is_capital(before) and (under or words.lower[before] not in _NO_TITLE)
        if title or words.lower[before] in _LOWER_TITLES:
            first = before
        elif (linked := _across_small_words(words, first, names)) < first:
            first = linked
        else:
            break
    return first - (words.at(first - 1) == "the")


def _across_small_words(words: Words, first: int, names: Names) -> int:
    """Return the start of what "of", "and", "to the" before word *first* join to a title; *first* if they join none."""
    at = first
    while at > 0 and first - at < 2 and words.lower[at - 1] in _IN_TITLES:
        at -= 1
    if at == first or at == 0 or not words.is_capital(at - 1) or _is_person(names, at):
        return first
    if words.lower[at] == "and" and at in names.ending:
        return first
    return at - 1


def _is_person(names: Names, stop: int) -> bool:
    return stop in names.ending and isinstance(names.ending[stop][1], Person)


def _head(words: Words, stop: int, names: Names, acts: Acts) -> int | None:
    """Return where the actor begins whose complement follows word *stop*: "President A | of Gabon"."""
    if _is_person(names, stop):
        return with_titles(words, names.ending[stop][0], names)
    return group_before(words, stop, acts)


def _before_apposition(words: Words, stop: int, names: Names, acts: Acts) -> int | None:
    """Return where the actor begins behind whose name something is put in: "Jane Roe, Minister of Trade, | said"."""
    for end in range(stop - 1, max(stop - _LONGEST_INSERTION, 0), -1):
        word = words.lower[end]
        verb = is_verb(word, acts) and word not in _INSERTED and words.at(end - 1) != "who"
        if verb or word in {";", ":", "."}:
            return None
        if word != ",":
            continue
        if _is_person(names, end):
            return with_titles(words, names.ending[end][0], names)
        if words.lower[end - 1] != "," and (words.at(end + 1) in _INSERTED or _is_name(words, end + 1, stop, names)):
            return _unit(words, end, names, acts)
    return None


def _is_name(words: Words, first: int, stop: int, names: Names) -> bool:
    """Tell whether the stretch is a name with what goes before it: "the Minister of Trade, | H.E. Jane Roe |, said"."""
    return _is_person(names, stop) and all(words.is_capital(at) for at in range(first, names.ending[stop][0]))
