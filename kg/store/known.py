"""Queries whose answer is known from statistics: what every client asks of an endpoint to get to know it.

How many statements are there, which properties and classes, how many of each? An engine looks at everything for that.
So where such a query is recognised, and `Statistics` of the same state are there, the engine is asked for the known
rows instead (VALUES), and does all else as ever: order, limits, formats. Whatever is not recognised is evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

from pyoxigraph import NamedNode

from kg.store.tokens import Token, tokens
from kg.vocab import RDF

__all__ = ["Profile", "Statistics", "read_profile"]

_LONGEST = 4096
_MOST_WORDS = 60
_MOST_ROWS = 5000
"""Rows that are given to the engine as a text; more are faster to count."""
_NAME = re.compile(r"((?:[A-Za-z][A-Za-z0-9_-]*)?):([A-Za-z0-9_][A-Za-z0-9_-]*)")
_KINDS = ("iri", "variable", "prefixed", "word", "number", "mark")
_TYPE = str(RDF.type)
_SHAPE = re.compile(
    r"""
    SELECT\ (?:
        DISTINCT\ (?P<distinct>\?\w+)\ #
      | (?:(?P<before>\?\w+)\ )?
        \(\ COUNT\ \(\ (?P<counted>\*|\?\w+)\ \)\ AS\ (?P<number>\?\w+)\ \)\ #
        (?:(?P<after>\?\w+)\ )?
    )
    (?:WHERE\ )? \{\ (?P<s>\?\w+|\[\ \])\ (?P<p>\?\w+|a|<[^>\ ]+>)\ (?P<o>\?\w+|\[\ \]|<[^>\ ]+>)\ (?:\.\ )? \}\ #
    (?:GROUP\ BY\ (?P<group>\?\w+)\ )?
    (?P<tail>
        (?:ORDER\ BY\ (?:\?\w+\ |(?:ASC|DESC)\ \(\ \?\w+\ \)\ )+)? (?:LIMIT\ \d+\ )? (?:OFFSET\ \d+\ )?
    )
    """,
    re.VERBOSE,
)


class Statistics(NamedTuple):
    """How many statements of the default graph have each predicate, and how many things are of each class, by IRI.

    `classes` is None where something that is no IRI is used as a class.
    """

    predicates: Mapping[str, int]
    classes: Mapping[str, int] | None


class Profile(NamedTuple):
    """A query that statistics answer: rows of `table`, or the number of them all, or the number of `one`.

    `columns` are the variables of the answer, in order; `term` and `number` are those among them that have the IRI and
    the count. `tail` is what follows the pattern: the order, and limits.
    """

    table: Literal["predicates", "classes"]
    one: str | None
    columns: tuple[str, ...]
    term: str | None
    number: str | None
    tail: str

    def text(self, statistics: Statistics) -> str | None:
        """Return a query with the same answer that names its rows, or None if they are not known, or too many."""
        table = statistics.predicates if self.table == "predicates" else statistics.classes
        if table is None or (self.term and len(table) > _MOST_ROWS):
            return None
        if self.term is None:
            rows = [{self.number: str(table.get(self.one, 0) if self.one else sum(table.values()))}]
        else:
            rows = [{self.term: f"<{iri}>", self.number: str(number)} for iri, number in table.items()]
        values = " ".join(f"({' '.join(row[column] for column in self.columns)})" for row in rows)
        names = " ".join(self.columns)
        return f"SELECT {names} {{ VALUES ({names}) {{ {values} }} }} {self.tail}"


def read_profile(text: str) -> Profile | None:
    """Return what the query *text* asks of statistics, or None if it is another, or not seen to be one at a glance.

    >>> read_profile("SELECT ?t (count(*) as ?n) { [] a ?t } GROUP BY ?t").text(Statistics({}, {"urn:c": 2}))
    'SELECT ?t ?n { VALUES (?t ?n) { (<urn:c> 2) } } '
    >>> read_profile("SELECT (COUNT(*) AS ?n) { ?s ?p ?s }")
    """
    if len(text) > _LONGEST or ";" in text or "\\" in text or not text.isascii():
        return None
    upper = text.upper()
    if "COUNT" not in upper and "DISTINCT" not in upper:
        return None
    try:
        words = _words(text)
    except (KeyError, ValueError):  # no such prefix, or no IRI: the engine will say so
        return None
    found = _SHAPE.fullmatch(words) if words else None
    return _profile(found) if found else None


def _words(text: str) -> str | None:
    """Return the words of *text* behind its prefixes, each with a blank behind it, all spelled in one way.

    Raises:
        KeyError, ValueError: a prefix is not declared, or something is no absolute IRI.
    """
    found = [token for token in tokens(text, cautious=False) if token.kind not in ("space", "comment")]
    declared: dict[str, str] = {}
    while len(found) > 2 and found[0].text.upper() == "PREFIX":
        (_, name, iri), found = found[:3], found[3:]
        if name.kind != "prefixed" or name.text[-1] != ":" or iri.kind != "iri":
            return None
        declared[name.text[:-1]] = NamedNode(iri.text[1:-1]).value
    if len(found) > _MOST_WORDS or any(token.kind not in _KINDS for token in found):
        return None
    return "".join(f"{_spelled(token, declared)} " for token in found)


def _spelled(token: Token, declared: Mapping[str, str]) -> str:
    match token.kind:
        case "variable":
            return f"?{token.text[1:]}"
        case "iri":
            return str(NamedNode(token.text[1:-1]))
        case "prefixed":
            name = _NAME.fullmatch(token.text)
            if name is None:
                raise ValueError(token.text)
            return str(NamedNode(declared[name[1]] + name[2]))
        case "word":
            return token.text if token.text == "a" else token.text.upper()
    return token.text


def _profile(found: re.Match[str]) -> Profile | None:
    bound = [term for term in found.group("s", "p", "o") if term[0] == "?"]
    predicate = _TYPE if found["p"] == "a" else found["p"]
    key = predicate if predicate[0] == "?" else found["o"] if predicate == _TYPE else ""
    term = found["distinct"] or found["before"] or found["after"]
    number, counted = found["number"], found["counted"]
    if len(set(bound)) < len(bound) or number in bound or (counted and counted != "*" and counted not in bound):
        return None  # one variable twice, or one that the engine refuses
    if (found["before"] and found["after"]) or found["group"] != (term if number else None) or term not in (None, key):
        return None
    columns = tuple(filter(None, (found["distinct"], found["before"], number, found["after"])))
    if not set(re.findall(r"\?\w+", found["tail"])) <= set(columns):
        return None
    table, one = _asked(predicate, found["o"], term)
    return Profile(table, one, columns, term, number, found["tail"]) if table else None


def _asked(predicate: str, object: str, term: str | None) -> tuple[Literal["predicates", "classes"] | None, str | None]:
    """Return the table that a pattern is about, and the one entry of it if it is about one alone."""
    if object[0] == "<":
        return ("classes", object[1:-1]) if predicate == _TYPE and term is None else (None, None)
    if term is not None:
        return ("classes" if predicate == _TYPE else "predicates"), None
    return "predicates", None if predicate[0] == "?" else predicate[1:-1]
