"""What a statement is about: the noun phrases of its object, as they stand in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.errors import InputError
from kg.extract.words import word_set
from kg.lexicon import Lexicon
from kg.model import Span
from kg.values import dataclass

__all__ = ["TopicWords", "topic_words", "topics_in"]

_LONGEST = 14
"""Words of a topic; a longer phrase is cut where a complement begins."""
_MOST = 5
_LEAD = re.compile(
    r"(?:(?:in (?:more )?(?:detail|depth)|at length|extensively|up|forward|clear|out|today|together)[, ]+)?"
    r"(?:(?:about|on|upon|regarding|concerning|for|over|around|of|at|with re(?:gard|spect) to|how|into)\b |"
    r"to (?!the\b|an?\b|our\b|their\b|his\b|her\b|its\b)(?:[a-z]+ly )?[a-z-]+ (?:and [a-z-]+ (?=the|an?|our|their))?)?",
    re.IGNORECASE,
)
_PARTNER = re.compile(
    r"(?:with|to) (?:[^,;]*?) (?=(?:about|on|regarding|concerning|for|over|that|the|our|their|his|her|its|how|ways)\b)"
)
_ADDRESSEE = re.compile(r"[^,;]*? (?=(?:for|on|about|that|of|to|regarding|in)\b)")
_THAT = re.compile(r"(?:[^,;]{0,80}? )?that,? (?:(?:while|although|despite|if|as|in|given) [^,]*, )?", re.IGNORECASE)
_VERB = re.compile(
    r" (?:is|are|was|were|will|would|has|have|had|remains?|can|could|must|should|needs?|may|does|do|continues?|"
    r"supports?|stands?|plays?|threatens?|intends?)\b"
)
_WEIGHT = re.compile(
    r"(?:(?:the|their|his|her|our|its|both|a|an) )?"
    r"(?:shared |strong |mutual |continued |critical |urgent |great |deep |full |steadfast |ongoing |U\.S\. )*"
    r"(?:importance|need|necessity|value|significance|urgency|commitment|desire|intention|interest|appreciation|"
    r"gratitude|thanks|hope|condolences|concerns?|support|readiness|willingness|determination|ways|steps|"
    r"opportunities|progress) (?:of|for|to|in|on|over|about|that) (?:(?:continuing|continue) to )?",
)
_SPLIT = re.compile(
    r"; (?:and )?|, (?:and |as well as |including |in particular )?|,? as well as | including | "
    r"and (?=(?:the|their|our|its|his|her|how|ways)\b)"
)
_TAIL = re.compile(
    r"[,;]? (?:which|who|where|that|as|while|because|so that|in order to|following|after|before|during)\b.*$|[.,;:]+$",
    re.DOTALL,
)
_RELATIVE = re.compile(r",? (?:(?:in|under|of|for|to|with|by|on|at|from|through) )?(?:which|who|whom|whose|where)\b")
_QUALITY = re.compile(
    r"(?:such|free|open|secure|safe|fair|strong|full|stable|sovereign|peaceful|resilient|transparent|independent|"
    r"[a-z-]+(?:ic|ical|ial|ional|ous|ible|able|ful|less|ary|[^e]ed|based|led))$"
)
"""An adjective that stands alone between commas belongs to the noun that follows: "a free, open Pacific"."""
_BETWEEN = re.compile(r"\bbetween (?!.* and ).*$", re.DOTALL)
"""One side of what lies between two: "the treaty between Norway |and the Union"."""
_SMALL = re.compile(r"(?:in|on|at|through|with|by|for|of|from|particularly|especially|notably) (?!particular\b)")
_GERUND = re.compile(r"^(?:[a-z]+ly )?[a-z]+ing (?=(?:the|a|an|their|our|its|his|her|[A-Z])\b)")
_ONLY_SMALL = re.compile(
    r"^(?:and|or|the|a|an|to|of|in|on|for|with|under|they|them|it|him|his|her|there|this|these|those|that|such|how|which|"
    r"is|are|was|were|be|both|all|others?|more|also|\W|\d)*$",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r" (?:is|are|was|were|will|would|has|have|had|can|could|must|should|may|met|demonstrates) .*$", re.DOTALL
)
"""A finite verb and what follows, which makes a clause of a noun phrase."""
_SUBJECT = re.compile(
    r"\b(?:they|it|he|she|we|I|you)$|^[a-z][a-z-]*(?: [a-z-]+){0,3} (?:the|his|her|their|our|its|both|[A-Z])"
)
"""A noun phrase before a finite verb that has the subject of the verb in it: "steps | the companies"."""
_LEFT_OVER = word_set("to and or of for the a an with such its their our in on by as if so both")
"""Small words that a cut may leave at the end."""
_LEFT = re.compile(rf"(?:,? (?:{'|'.join(sorted(_LEFT_OVER))}))+$")
_DETERMINER = re.compile(r"(?:the|a|an|our|their|his|her|its|this|these|all|continued|ongoing|other|many|key) ")
_CUTS = frozenset({"to", "in", "on", "for", "by", "through", "with"})


@dataclass(frozen=True)
class TopicWords:
    """What tells that a phrase is no topic: `data/grammar/topics.toml`, compiled."""

    generic: frozenset[str]
    """Phrases in lower case that tell nothing of what was talked about."""
    broken: re.Pattern[str]
    """What begins no noun phrase: a verb or a small word, left over where a clause was cut."""


@lru_cache(maxsize=8)
def topic_words(lexicon: Lexicon) -> TopicWords:
    """Compile the words of *lexicon* that make no topic, once.

    Raises:
        InputError: a table is missing.
    """
    try:
        table = lexicon.grammar["topics"]
        cut = table["broken"]
        openers, verbs, after = ("|".join(map(re.escape, cut[key])) for key in ("openers", "verbs", "after"))
        broken = re.compile(rf"(?:{openers}|(?:{verbs}) (?:{after})) ?\b")
        return TopicWords(frozenset(table["generic"]["phrases"]), broken)
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(f"the grammar file topics.toml lacks {error}; compare it with the one shipped") from error


def topics_in(text: str, obj: Span, known: TopicWords, *, addressed: bool = False) -> Iterator[Span]:
    """Yield the spans of the topics in the object of a verb of saying, at most five, in text order.

    Args:
        text: the text.
        obj: the object, after the verb.
        known: what makes no topic.
        addressed: whether it begins with who is spoken to: "thanked | Norway for its help".
    """
    start = obj.start + _skip(text[obj.start : obj.end], addressed)
    clause = text[start : obj.end]
    if match := _THAT.match(clause):
        subject = clause[match.end() :]
        verb = _VERB.search(subject)
        start, clause = start + match.end(), subject[: verb.start()] if verb else subject
    count = 0
    for first, stop in _pieces(clause):
        span = _tidied(text, start + first, start + stop, known)
        if span and count < _MOST:
            count += 1
            yield span


def _skip(clause: str, addressed: bool) -> int:
    """Return how many characters before the topic only lead to it: "with President X about", "the importance of"."""
    at = len(clause) - len(clause.lstrip(" ,:"))
    for pattern in (_ADDRESSEE if addressed else _PARTNER, _LEAD, _WEIGHT):
        if match := pattern.match(clause, at):
            at = match.end()
    return at


def _pieces(clause: str) -> Iterator[tuple[int, int]]:
    """Yield the members of the list that the object is, up to the relative clause that describes the last one."""
    relative = _RELATIVE.search(clause)
    stop = relative.start() if relative else len(clause)
    at = 0
    for match in _SPLIT.finditer(clause, 0, stop):
        piece = clause[at : match.start()]
        other_side = "and" in match[0] and _BETWEEN.search(piece)
        if not other_side and not _QUALITY.match(piece.rpartition(" ")[2]):
            yield at, match.start()
            at = match.end()
    yield at, stop


def _tidied(text: str, first: int, stop: int, known: TopicWords) -> Span | None:
    """Return the piece without what leads to it and trails behind it; None if nothing telling is left."""
    piece = text[first:stop]
    for pattern in (_LEAD, _SMALL, _GERUND) if piece.startswith("to ") else (_SMALL, _GERUND):
        if match := pattern.match(piece):
            first += match.end()
            piece = text[first:stop]
    piece = _without_clause(_TAIL.sub("", piece))
    words = piece.split(" ")
    if len(words) > _LONGEST:
        cut = next((at for at in range(4, len(words)) if words[at] in _CUTS), _LONGEST)
        piece = " ".join(words[: min(cut, _LONGEST)])
    piece = piece.rstrip(' ,;:.”"')
    shift = len(piece) - len(piece.lstrip(' “"—–-'))
    piece = piece[shift:]
    if len(piece) < 3 or _ONLY_SMALL.match(piece) or known.broken.match(piece) or _bare(piece) in known.generic:
        return None
    return Span(first + shift, first + shift + len(piece))


def _without_clause(piece: str) -> str:
    """Return the noun phrase before a finite verb; nothing where the verb's subject stands in it."""
    noun = _FINITE.sub("", piece)
    if noun != piece and _SUBJECT.search(noun):
        return ""
    return _LEFT.sub("", noun) if noun.rpartition(" ")[2] in _LEFT_OVER else noun


def _bare(piece: str) -> str:
    """Return the phrase in lower case without its determiner: "Their ongoing work" as "ongoing work"."""
    return _DETERMINER.sub("", piece.lower()).strip(" .")
