"""Who is said to speak: the noun phrase that stands before a verb, read from right to left."""

from __future__ import annotations

from kg.extract.statements.actors import PRONOUNS, actor_before, antecedent_before
from kg.extract.statements.acts import Acts
from kg.extract.statements.adverbs import is_adverb
from kg.extract.statements.groups import CLAUSE_OPENERS, CONTENT_OPENERS, DETERMINERS, PREPOSITIONS, is_verb
from kg.extract.statements.names import Names
from kg.extract.words import Words, word_set
from kg.values import dataclass

__all__ = ["Subject", "find_antecedent", "find_subject"]

_STRONG = word_set('. ; : — – ( ) “ ” " - ? !')
_NOMINATIVE = word_set("he she they")
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


@dataclass(frozen=True, slots=True)
class Subject:
    """The words `first` to `stop` (exclusive) are the subject of a verb. `opener` is the word that opens its clause."""

    first: int
    stop: int
    opener: str = ""

    @property
    def nested(self) -> bool:
        """Whether the clause is the content of another: "noted *that the leaders* agreed"."""
        return self.opener in CONTENT_OPENERS


def find_subject(words: Words, stop: int, names: Names, acts: Acts) -> Subject | None:
    """Return the subject that ends before word *stop* if one does and a clause can begin with it.

    Coordinated subjects are taken as far as they go: "President A, the two ministers and Secretary B".
    """
    chain: list[int] = []
    end = stop
    while (first := actor_before(words, end, names, acts)) is not None:
        if any(start < first < last <= end for last, (start, _) in names.ending.items()):
            break  # "the Office of Reefs and | Ports’ plan, and Secretary B": within a name
        chain.append(first)
        end = _before_conjunction(words, first)
        if end == first or (len(chain) == 1 and (words.at(first - 1) == "," or _means_all(words, first, stop))):
            break  # a comma alone joins no two last subjects
    for count in range(len(chain), 0, -1):
        first = chain[count - 1]
        if count > 1 and first == 1 and words.at(0) == "as" and "," in words.lower[first:stop]:
            continue  # "As members of the board, | X and Y | agreed"
        if count < len(chain) and _goes_on_list(words, first, stop, names):
            continue
        if _begins_clause(words, first, acts, maximal=count == len(chain), single=count == 1):
            opener = words.at(first - 1)
            if opener in {"and", "but"} and words.at(first - 2) in CONTENT_OPENERS:
                opener = words.at(first - 2)
            return Subject(first, stop, opener)
    return None


def find_antecedent(words: Words, stop: int, names: Names, acts: Acts, *, whole: bool) -> Subject | None:
    """Return whom a relative clause after word *stop* tells of: "called on | Minister X |, who assured him".

    With *whole* all who are coordinated are meant: "met with | Minister X and General Y |, who gave a briefing".
    """
    first = antecedent_before(words, stop, names, acts)
    while whole and first is not None and words.at(first - 1) == "and":
        before = antecedent_before(words, _before_conjunction(words, first), names, acts)
        if before is None:
            break
        first = before
    return None if first is None else Subject(first, stop, "who")


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
    if first == 0 or before in _STRONG or before in CLAUSE_OPENERS or before in CONTENT_OPENERS:
        return True
    if before == "," or (before == "with" and words.at(first - 2) == ","):
        return True
    if before in {"and", "but", "or"}:
        return maximal or single or words.at(first - 2) == ","
    if is_adverb(words, first - 1):
        return True
    if words.lower[first] in _NOMINATIVE and words.at(0) in PREPOSITIONS:
        return not any(is_verb(word, acts) for word in words.lower[:first])  # "With the latter | he | reviewed"
    opening = words.at(0) in PREPOSITIONS or words.at(0) in {"during", "following", "after", "throughout", "before"}
    return opening and before in acts.sets["talks"] and "," not in words.lower[:first]
