"""The names of the lexicon as this text uses them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from kg.extract.cast.bodies import begins_title
from kg.extract.cast.bodywords import BodyWords
from kg.extract.cast.known import SHORT_FORM, Hit, Known
from kg.extract.cast.titles import Words
from kg.extract.cast.tokens import END, Tokens
from kg.lexicon import Body, PlaceName
from kg.model import Span

__all__ = ["STATE_TEXT", "settled"]

STATE_TEXT = re.compile(r"\b[Ss]tate (?:[Ll]egislat|[Ll]awmaker|[Ss]enator|[Rr]epresentative|[Aa]ttorneys)")
"""What shows a release to be of legislators of federal states."""

_DEFINED = re.compile(r"((?:[A-Z][\w’'-]+ (?:(?:of|for|and|the|on|in|to|&) )*){2,8})\(([A-Z][A-Za-z]*[A-Z])\)")


def settled(
    text: str, tokens: Tokens, known: Known, words: Words, grammar: BodyWords, home: str | None
) -> Iterator[Hit]:
    """Yield the names found, less those that the text itself uses in another sense.

    "The Partnership for Coastal Aid (PCA)" gives PCA another meaning than the lexicon does. The "National Security
    Council of Mongolia" is a body of its own, not the one whose country goes without saying; so is "the Senate", one of
    the generic names, in a release of another country, *home*, and "its Senate" behind the name of a third one.
    """
    listed = list(known.hits(text, tokens))
    own = set(_own_acronyms(text))
    made: dict[tuple[str, str], Body] = {}
    for index, hit in enumerate(listed):
        if hit.body is None or hit.stop == hit.first:
            yield hit
        elif (
            _is_redefined(text, hit.body, hit.span.of(text), own)
            or _abbreviates_office(tokens, hit, words)
            or _is_treaty(tokens, hit, listed[index - 1] if index else hit)
        ):
            continue
        elif _is_office(tokens, hit, words) or begins_title(tokens, hit.stop - 1, grammar.in_titles):
            yield replace(hit, stop=hit.first)
            yield from known.hits(text, tokens, Span(hit.span.start, tokens.ends[hit.stop - 2]))
        else:
            before, after = listed[index - 1] if index else None, listed[index + 1] if index + 1 < len(listed) else None
            found = _with_country(text, tokens, hit, before, after, made)
            if found is hit and hit.span.of(text) in grammar.generic:
                found = _whose(text, tokens, hit, listed[:index], home, made)
            yield found


def _own_acronyms(text: str) -> Iterator[str]:
    """Yield the acronyms that the text uses in a sense of its own: by themselves, or as the end of "(Reef CoE)"."""
    defined = [match[1].split() for match in SHORT_FORM.finditer(text)]
    yield from (words[1] for words in defined if len(words) > 1)
    for match in _DEFINED.finditer(text) if defined else ():
        if _abbreviates(match[1], match[2]):
            yield match[2]


def _abbreviates(phrase: str, acronym: str) -> bool:
    initials = "".join(word[0] for word in re.split(r"[ -]", phrase) if word[:1].isupper())
    return acronym.upper() in initials.upper()


def _abbreviates_office(tokens: Tokens, hit: Hit, words: Words) -> bool:
    """Tell whether the name is a title in short here: "NSA Ewe", but not "NSA Director Ewe"."""
    head = words.head(tokens, hit.first)
    in_short = head is not None and head.written and len(head.words) == hit.stop - hit.first
    named = tokens.capital[hit.stop] and tokens.lower[hit.stop] not in words.no_name
    return bool(in_short and named and not words.begins_title(tokens, hit.stop))


def _is_redefined(text: str, body: Body, acronym: str, own: Collection[str]) -> bool:
    """Tell whether the text gives the acronym a sense of its *own*, and not the body's own name before it."""
    return acronym in own and not any(f"{name} ({acronym}" in text for name in (body.name, *body.aliases))


def _is_treaty(tokens: Tokens, hit: Hit, before: Hit) -> bool:
    """Tell whether letters behind a word for two countries mean a treaty of theirs: "the Ghana-Palau *EPA*"."""
    paired = before.country is not None and before.first == before.stop == hit.first
    paired = paired and tokens.words[hit.first - 1][0].isupper()  # not "non-Palauan NATO troops"
    return paired and hit.first == hit.stop - 1 and tokens.words[hit.first].isupper()


def _with_country(
    text: str, tokens: Tokens, hit: Hit, before: Hit | None, after: Hit | None, made: dict[tuple[str, str], Body]
) -> Hit:
    """Return the body as one of the country that is named right before or after it, if that is another one."""
    body = hit.body
    if body is None or body.country is None:
        return hit
    span, country, stop = hit.span, None, hit.stop
    gap = 1 + (tokens.lower[hit.stop : hit.stop + 2] == ("of", "the"))
    if before and before.country and before.stop == hit.first:
        span, country = Span(before.span.start, hit.span.end), before.country
    elif after and after.country and tokens.lower[hit.stop] == "of" and after.first - hit.stop == gap:
        span, country, stop = Span(hit.span.start, after.span.end), after.country, after.stop
    state = before if before and before.place and before.place.type == "state" else None
    if country is None and state and tokens.lower[state.stop : hit.first] in {(), ("state",)}:
        return replace(hit, body=_of_state(text, Span(state.span.start, hit.span.end), body, made))
    if country is None or country.name == body.country:
        return hit
    own = Body(span.of(text), country=country.name, governmental=body.governmental)
    whole = span if stop > hit.stop else hit.span
    return replace(hit, span=whole, stop=stop, body=made.setdefault((body.name, country.name), own))


def _state_listed(text: str, tokens: Tokens, hit: Hit, listed: Sequence[Hit]) -> PlaceName | None:
    """Return the federal state named last before the Senate in a list of legislators: "- Ann Ewe, *Senate* Whip"."""
    if hit.span.of(text) != "Senate" or not STATE_TEXT.search(text):
        return None
    line = next(at for at in range(hit.first, -1, -1) if tokens.words[at] == END)
    if tokens.words[line + 1] not in {"-", "•"} and not tokens.words[line + 1].isdigit():
        return None
    return next((known.place for known in reversed(listed) if known.place and known.place.type == "state"), None)


def _of_state(text: str, span: Span, body: Body, made: dict[tuple[str, str], Body]) -> Body:
    """Return the body as one of the federal state that is named right before it: "Ohio Supreme Court"."""
    own = Body(span.of(text), country=body.country, governmental=body.governmental)
    return made.setdefault((own.name, own.name), own)


def _whose(
    text: str, tokens: Tokens, hit: Hit, listed: Sequence[Hit], home: str | None, made: dict[tuple[str, str], Body]
) -> Hit:
    """Return the body, of a name that many have, as the state's or the country's whose it is here."""
    if (state := _state_listed(text, tokens, hit, listed)) is None:
        return _of_country(hit, text, _possessor(tokens, hit, listed) or home, made)
    own = Body(f"{state.name} {hit.span.of(text)}", country=state.country)
    return replace(hit, body=made.setdefault((own.name, own.name), own))


def _possessor(tokens: Tokens, hit: Hit, listed: Sequence[Hit]) -> str | None:
    """Return the country whose the body is: "*Ghana's* Supreme Court", "Ghana reformed *its* Supreme Court"."""
    whose = tokens.lower[hit.first - 1]
    if whose not in {"'s", "its"}:
        return None
    for known in reversed(listed):
        if any(map(tokens.starts_sentence, range(known.stop + 1, hit.first))) or known.stop == hit.first:
            return None
        if known.country and not known.adjective and (whose == "its" or known.stop == hit.first - 1):
            return known.country.name
    return None


def _of_country(hit: Hit, text: str, country: str | None, made: dict[tuple[str, str], Body]) -> Hit:
    """Return the body as one of the *country*, if that is not its own."""
    body = hit.body
    if body is None or country is None or body.country in {None, country}:
        return hit
    own = Body(hit.span.of(text), country=country, governmental=body.governmental)
    return replace(hit, body=made.setdefault((own.name, country), own))


def _is_office(tokens: Tokens, hit: Hit, words: Words) -> bool:
    """Tell whether the name is that of an office which somebody bears here: "UN High Commissioner for Refugees Ewe"."""
    low = tokens.lower[hit.stop]
    if not (tokens.capital[hit.stop] or low in {",", "'s"}) or low in words.no_name:
        return False
    return any(
        (head := words.head(tokens, index)) is not None and not head.plural and index + len(head.words) <= hit.stop
        for index in range(hit.first + 1, hit.stop)
        if not words.is_field(tokens.lower[index])
    )
