"""Programmes, plans, treaties, laws, coalitions …: found by the noun at their heart and the words around it.

Most names of initiatives stand in one readout only, so no list has them. A head noun with a capital takes the
capitalised words before it and its complement ("Partnership for Clean Harbours"). A lower-case one counts when it is
definite and told apart from others ("the 2016 peace accord", "the grain deal between X and Y"), when it is somebody's
("the Government’s plan to …"), or when the text says that it is set up ("agreed to launch a working group on ferries").
An apposition may tell what a name names. Words are data: `data/grammar/initiatives.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from kg.extract.initiatives.forms import found_by_apposition, found_by_form
from kg.extract.initiatives.gather import Found, gathered, not_people
from kg.extract.initiatives.names import head_at, name_around
from kg.extract.initiatives.nouns import noun_phrase_at
from kg.extract.initiatives.words import InitiativeWords, Sentence, initiative_words_of, without_genitives
from kg.extract.scene import Scene
from kg.extract.words import Words
from kg.model import Initiative, Mention, Span
from kg.text import slug

__all__ = ["find_initiatives"]

_SHORT_AND_NOUN = re.compile(r" [(][A-Z][A-Za-z&-]+[)] (?P<kind>[a-z]+)\b")
_BRACKETS = re.compile(r" [(][^()]*[)]")


def find_initiatives(scene: Scene) -> tuple[Initiative, ...]:
    """Return the initiatives of the text, each once, in text order, with the other forms of its name as aliases.

    People, places and bodies of *scene* keep names apart: what is the name of a body is no initiative.
    """
    made, heads = [], initiative_words_of(scene.lexicon).capital
    for known, aliases, mentions in gathered(scene.text, not_people(scene, _found(scene)), heads):
        name = _name_in_text(known, mentions, scene.text)
        others = tuple(alias for alias in (known, *aliases) if alias != name)
        made.append(Initiative(id=f"initiative/{slug(known)}", name=name, aliases=others, mentions=mentions))
    return tuple(made)


def _name_in_text(known: str, mentions: tuple[Mention, ...], text: str) -> str:
    """Return the fullest name that the text gives to what is known beforehand; the known one if it only abbreviates.

    An abbreviation in the midst of a name is no part of it: "Clean Reef Grant (CRG) program".

    The identifier is made from the known name, so that it is the same however a text calls the thing.
    """
    if not any(mention.rule == "initiatives.known" for mention in mentions):
        return known
    for rule in ("initiatives.known", "initiatives.name"):
        found = (mention.span.of(text) for mention in mentions if mention.rule == rule)
        forms = [_BRACKETS.sub("", form) for form in found]
        full = [form for form in forms if " " in form and not form.isupper()]
        if known in forms or full:
            return known if known in forms else max(full, key=len)
    return known


def _found(scene: Scene) -> Iterator[Found]:
    grammar = initiative_words_of(scene.lexicon)
    known = grammar.known.find(scene.text)
    bodies = [mention.span for body in scene.agencies for mention in body.mentions]
    known = [(span, name) for span, name in known if not any(body.covers(span) and body != span for body in bodies)]
    foreign = {span.of(scene.text) for span, _ in known if _abbreviates_another(scene.text, span)}
    for span, name in ((_with_noun(grammar, scene.text, span), name) for span, name in known):
        if span.of(scene.text) not in foreign and not grammar.has("known.never", name):
            yield Found(span, name, Mention(span, "initiatives.known", 0.97))
    taken = [span for span, name in known if name.startswith("Operation ")]
    for item in found_by_form(grammar, scene.text):
        if not any(span.overlaps(item.span) for span in taken):
            yield item
    ends = {span.end for span, name in known if not grammar.has("known.never", name)}
    yield from _apposed(scene, grammar, [span for span, _ in known])
    for span in scene.sentences:
        if not grammar.triggers.isdisjoint(without_genitives(Words.of(scene.text, span).text)):
            for item in _in_sentence(grammar, Sentence(scene, span)):
                if not _explains(grammar, scene.text, item, ends):
                    yield item


def _explains(grammar: InitiativeWords, text: str, item: Found, ends: Set[int]) -> bool:
    """Tell whether a noun only says what a name known beforehand, which ends before it, is: "the Reefs 2030 scheme"."""
    before, _, noun = item.span.of(text).rpartition(" ")
    return grammar.has("forms.behind-brackets", noun) and item.span.start + len(before) in ends


def _apposed(scene: Scene, grammar: InitiativeWords, known: list[Span]) -> Iterator[Found]:
    """Yield what an apposition calls a programme or the like, if nothing else is known of it: no person, no body."""
    for item in found_by_apposition(grammar, scene.text):
        others = (
            mention.span for entity in (*scene.people, *scene.agencies, *scene.places) for mention in entity.mentions
        )
        office = any(grammar.has("strip.offices", word) for word in item.name.split())
        if not office and not any(span.overlaps(item.span) for span in (*known, *others)):
            yield item


def _with_noun(grammar: InitiativeWords, text: str, span: Span) -> Span:
    """Return the span with the abbreviation and the common noun behind the name: "… Labour Mobility (PALM) scheme"."""
    match = _SHORT_AND_NOUN.match(text, span.end)
    return Span(span.start, match.end()) if match and grammar.has("forms.behind-brackets", match["kind"]) else span


def _abbreviates_another(text: str, span: Span) -> bool:
    """Tell whether an abbreviation stands behind other words that it is short for: "Coastal Watch Office (CWO)"."""
    short = span.of(text)
    if not short.isupper() or " " in short or text[span.start - 1 : span.start] != "(":
        return False
    words = re.findall(r"\w+", text[max(span.start - 90, 0) : span.start])[-len(short) - 3 :]
    capitals = "".join(word[0] for word in words if word[0].isupper())
    return capitals.endswith(short) and " ".join(words[-len(short) :]) not in text[: span.start - 95]


def _in_sentence(grammar: InitiativeWords, sentence: Sentence) -> Iterator[Found]:
    index, text, end = 0, sentence.words.text, len(sentence.words)
    while index < end:
        if sentence.bare[index] in grammar.capital_first and (stop := head_at(grammar, sentence, index)):
            if named := name_around(grammar, sentence, index, stop):
                yield named[0]
                index = max(named[1] - 1, index)
            else:
                reason = "a capitalised noun, but the words around it make no name"
                sentence.scene.reject(sentence.words.span(index, stop), "initiatives.name", reason)
        elif text[index] in grammar.plain_first and (found := noun_phrase_at(grammar, sentence, index)):
            yield found
        index += 1
