"""Programmes, plans, treaties, laws, coalitions …: found by the noun at their heart and the words around it.

Most names of initiatives stand in one readout only, so no list has them. A head noun with a capital takes the
capitalised words before it and its complement ("Partnership for Clean Harbours"). A lower-case one counts when it is
definite and told apart from others ("the 2016 peace accord", "the grain deal between X and Y"), or when the text says
that it is set up ("agreed to launch a working group on fisheries"). Words are data: `data/grammar/initiatives.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kg.extract.gather import Found, gathered, not_people
from kg.extract.initiative_names import head_at, name_around
from kg.extract.initiative_nouns import noun_phrase_at
from kg.extract.initiative_words import InitiativeWords, Sentence, initiative_words_of
from kg.extract.scene import Scene
from kg.extract.words import Words
from kg.model import Initiative, Mention, Span
from kg.text import slug

__all__ = ["find_initiatives"]

_BILL = re.compile(
    r"(?<![(])\b(?:(?P<state>[A-Z][a-z]+(?: [A-Z][a-z]+)?)(?:[’']s?)?(?: law)? )?"
    r"(?P<bill>(?:Senate|House|Assembly) Bill \d+|(?:SB|HB|AB|S\.B\.|H\.B\.|H\.R\.) ?\d+)\b"
)
_NUMBERED = re.compile(
    r"\b(?:(?:UN|United Nations|U\.N\.|UNSC|Security Council|UN Security Council|United Nations Security Council) )*"
    r"(?:Resolution|UNSCR|Executive Order|Proposition|Title) (?:\d+|[IVX]+\b)"
)
_QUOTED = re.compile(
    r"[“\"](?P<name>[A-Z][^”\"]{8,90}?),?[”\"] (?P<kind>Executive Order|Act|[Ii]nitiative|program|campaign|strategy)\b"
)


def find_initiatives(scene: Scene) -> tuple[Initiative, ...]:
    """Return the initiatives of the text, each once, in text order, with the other forms of its name as aliases.

    People, places and bodies of *scene* keep names apart: what is the name of a body is no initiative.
    """
    return tuple(
        Initiative(id=f"initiative/{slug(name)}", name=name, aliases=aliases, mentions=mentions)
        for name, aliases, mentions in gathered(scene.text, not_people(scene, _found(scene)))
    )


def _found(scene: Scene) -> Iterator[Found]:
    grammar = initiative_words_of(scene.lexicon)
    for span, name in grammar.known.find(scene.text):
        yield Found(span, name, Mention(span, "initiatives.known", 0.97))
    for pattern, rule, name_of in _FORMS:
        for match in pattern.finditer(scene.text):
            span = Span(match.start(), match.end())
            yield Found(span, name_of(match), Mention(span, rule, 0.85))
    for span in scene.sentences:
        if not grammar.triggers.isdisjoint(Words.of(scene.text, span).text):
            yield from _in_sentence(grammar, Sentence(scene, span))


def _bill_name(match: re.Match[str]) -> str:
    return " ".join(part for part in match.group("state", "bill") if part)


def _quoted_name(match: re.Match[str]) -> str:
    name, kind = match.group("name", "kind")
    return f"{kind} on {name}" if kind == "Executive Order" else f"{name} {kind}"


_FORMS: tuple[tuple[re.Pattern[str], str, Callable[[re.Match[str]], str]], ...] = (
    (_BILL, "initiatives.bill", _bill_name),
    (_NUMBERED, "initiatives.number", re.Match.group),
    (_QUOTED, "initiatives.quoted", _quoted_name),
)


def _in_sentence(grammar: InitiativeWords, sentence: Sentence) -> Iterator[Found]:
    index, text = 0, sentence.words.text
    while index < len(text):
        if stop := head_at(grammar, sentence, index):
            if named := name_around(grammar, sentence, index, stop):
                yield named[0]
                index = max(named[1] - 1, index)
        elif found := noun_phrase_at(grammar, sentence, index):
            yield found
        index += 1
