"""`?thing readout:matches "words"` in a query: what the search index finds takes its place before the engine sees it.

The engine has no index of words. So the property is magic: where it is the predicate of a triple pattern, the pattern
becomes a block ``VALUES ?thing { … }`` of what is found, in the same place, so it may stand wherever a pattern may
(OPTIONAL, UNION, GRAPH, EXISTS, subqueries). ``readout:score ?score`` on the same subject gives the ranking. The words
are a text, or a variable to which a ``VALUES ?words { "…" }`` of the query gives texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import pyoxigraph as ox

from kg.errors import QueryError, TooComplex
from kg.store.patterns import Group, Names, Pair, Scan
from kg.store.tokens import Token, tokens

__all__ = ["MOST", "Search", "as_given", "with_matches"]

MOST = 1000
"""How many things one search in a query gives at most: the best."""
_SEARCHES = 8
_PLACE = re.compile(r"error at (\d+):(\d+):(.*)", re.DOTALL)
Search = Callable[[str], Sequence[tuple[str, float]]]
"""Gives the IRIs of what fits some words, and how well, the best first."""


def with_matches(text: str, search: Search, prefixes: Mapping[str, str] | None = None) -> str:
    """Return the query *text* with what *search* finds in the place of its patterns with ``readout:matches``.

    Args:
        text: the query; one that does not parse comes back such that it still does not.
        search: asked once for each text of words.
        prefixes: those that the query may use undeclared.

    Raises:
        QueryError: the property stands where it can't be answered: in a path, or with no words.
        TooComplex: there are too many searches.

    >>> query = 'SELECT * { ?x <https://w3id.org/readout/ontology#matches> "cable" ; ?p ?o }'
    >>> with_matches(query, lambda words: [("urn:a", 1.5)])
    'SELECT * { VALUES ?x { <urn:a> } ?x ?p ?o }'
    """
    if "matches" not in text:
        return text
    words = [token for token in tokens(text, cautious=False) if token.kind not in ("space", "comment")]
    names = Names(words, prefixes or {})
    if not any(names.of(token) == "matches" for token in words):
        return text
    found = [group for group in Scan(text, words, names).run() if group.searches]
    if sum(len(group.searches) for group in found) > _SEARCHES:
        raise TooComplex(f"a query may search {_SEARCHES} times: ask in several steps")
    given = _Given(words)
    pieces, at = [], 0
    for group in found:
        pieces += [text[at : group.begin], _written(text, group, search, given)]
        at = group.end
    return "".join([*pieces, text[at:]])


class _Given:
    """The texts that VALUES of a query give to its variables, as they are written there."""

    def __init__(self, words: Sequence[Token]) -> None:
        self._texts: dict[str, list[Token]] = {}
        for at in range(len(words) - 2):
            values, variable, brace = words[at : at + 3]
            if values.text.upper() == "VALUES" and variable.kind == "variable" and brace.text == "{":
                texts = self._texts.setdefault(variable.text[1:], [])
                for token in words[at + 3 :]:
                    if token.text == "}":
                        break
                    if token.kind == "string":
                        texts.append(token)
                    elif token.kind == "tag" and texts:
                        texts[-1] = texts[-1]._replace(text=texts[-1].text + token.text)

    def to(self, variable: Token) -> list[Token]:
        return self._texts.get(variable.text[1:], [])


def as_given(error: SyntaxError, written: str, text: str) -> SyntaxError:
    """Return the engine's *error* in the query that was *written* for *text*, at the place where it is in *text*.

    >>> written, text = "{ VALUES ?x { <urn:a> } . ?x ?y }", '{ ?x readout:matches "a" . ?x ?y }'
    >>> print(as_given(SyntaxError("error at 1:33: expected x"), written, text))
    error at 1:34: expected x
    """
    place = _PLACE.match(str(error))
    if written == text or place is None:
        return error
    line, column = int(place[1]), int(place[2])
    after, before = (whole.split("\n")[line - 1 : line] or [""] for whole in (written, text))
    same = next((at for at, (a, b) in enumerate(zip(after[0], before[0], strict=False)) if a != b), 0)
    if column > same + 1:
        column = max(same + 1, column - len(after[0]) + len(before[0]))
    return SyntaxError(f"error at {line}:{column}:{place[3]}")


def _written(text: str, group: Group, search: Search, given: _Given) -> str:
    """Return the triples of one subject with what was found before them, on as many lines."""
    assert group.subject is not None
    score = next((pair.value.text for pair in group.pairs if pair.name == "score" and pair.value), None)
    parts = [_found(group.subject, pair, score, search, given) for pair in group.searches]
    rest = [text[pair.begin : pair.end] for pair in group.pairs if not pair.name]
    if rest:
        parts.append(f"{group.subject.text} {' ; '.join(rest)}")
    new, old = " ".join(parts), text[group.begin : group.end]
    return new + "\n" * (old.count("\n") - new.count("\n"))


def _found(subject: Token, pair: Pair, score: str | None, search: Search, given: _Given) -> str:
    """Return the block of what one search finds."""
    assert pair.value is not None
    texts = [pair.value] if pair.value.kind == "string" else given.to(pair.value)
    if not texts:
        name = pair.value.text
        raise QueryError(f'readout:matches has no words: say VALUES {name} {{ "…" }} in the query, or put them there')
    variable = subject.kind == "variable"
    columns = [subject.text if variable else "?kgFound"]
    columns += [score] if score else []
    columns += [pair.value.text] if pair.value.kind == "variable" else []
    rows = [row for token in dict.fromkeys(texts) for row in _rows(token, pair, score, search)]
    if len(columns) == 1 and not variable:
        return f"FILTER({subject.text} IN ({', '.join(row[0] for row in rows)}))"
    if len(columns) == 1:
        return f"VALUES {columns[0]} {{ {' '.join(row[0] for row in rows)} }}"
    table = " ".join(f"({' '.join(row)})" for row in rows)
    block = f"VALUES ({' '.join(columns)}) {{ {table} }}"
    return block if variable else f"{block} FILTER(?kgFound = {subject.text})"


def _rows(token: Token, pair: Pair, score: str | None, search: Search) -> Iterator[list[str]]:
    """Yield a row for each thing that is found by the words in *token*: as the columns of the block have it."""
    for iri, value in search(_text(token)):
        row = [str(ox.NamedNode(iri))]
        row += [f"{value:.3f}"] if score else []
        row += [token.text] if pair.value is not None and pair.value.kind == "variable" else []
        yield row


def _text(token: Token) -> str:
    """Return what a string of SPARQL says: it is written as one of Turtle is."""
    try:
        (triple,) = ox.parse(f"<urn:a> <urn:b> {token.text} .", ox.RdfFormat.TURTLE)
    except SyntaxError as error:
        raise QueryError(f"{token.text[:40]} is no text: {' '.join(str(error).split())}") from error
    assert isinstance(triple.object, ox.Literal)
    return triple.object.value
