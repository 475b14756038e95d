"""Lookups: queries that are so simple that their answer can be read from an index, without an engine for queries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from pyoxigraph import NamedNode

from kg.sparql.outline import Form
from kg.vocab import RDF

__all__ = ["Lookup", "read_lookup"]

_LONGEST = 2048
_MOST_ROWS = 100
_LOOKED_AT = ("\\", "service", "load", "matches")
"""What has others look closer at a text: escapes, what may reach outside, and the search (`readout:matches`)."""

_GAP = r"(?:[ \t\r\n]++|\#[^\r\n]*+)*+"
_LINES = r"(?:[ \t\r\n]++|\#[^\r\n]*+[\r\n])*+"  # a gap that does not end within a comment
_SPACE = rf"[ \t\r\n]{_GAP}"
_IRI = r"<[^<>\"{}|^`\\\x00-\x20]++>"
_PREFIX = r"(?:[A-Za-z][A-Za-z0-9_-]*+)?:"
_NAME = rf"(?:{_IRI}|{_PREFIX}[A-Za-z0-9_][A-Za-z0-9_-]*+)"
_VARIABLE = r"[?$][A-Za-z0-9_]++"
_TERM = rf"{_NAME}|{_VARIABLE}"
_DECLARATION = re.compile(rf"PREFIX{_SPACE}({_PREFIX}){_GAP}({_IRI}){_LINES}", re.IGNORECASE | re.ASCII)
_WORD = re.compile(r"\w+", re.ASCII)
_BODY = re.compile(
    rf"""{_GAP}
    (?: DESCRIBE {_SPACE} (?P<described>{_NAME}) {_GAP}
      | (?: (?P<ask>ASK)
          | SELECT {_SPACE} (?:\*|(?P<columns>(?:{_VARIABLE}{_GAP})++))
          | (?P<construct>CONSTRUCT) {_GAP} (?:(?P<template>\{{[^{{}}]*+\}})|(?=WHERE))
        ) {_GAP} (?:WHERE {_GAP})?
        (?P<pattern>
          \{{ {_GAP} (?P<subject>{_TERM}) {_SPACE} (?P<predicate>{_TERM}|a) {_SPACE} (?P<object>{_TERM}) {_GAP}
          (?:\.{_GAP})? \}}
        ) {_GAP}
        (?: LIMIT {_SPACE} (?P<limit>[0-9]{{1,9}}) {_GAP} )?
    )""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


class Lookup(NamedTuple):
    """One triple pattern of the default graph, all of whose variables differ; an IRI is None where it has a variable.

    `columns` are the variables that a SELECT wants, in order, each with its place in the pattern (0 to 2). `most` is
    how many rows are wanted at most, None for all that there are. It is small, or the subject is given.
    """

    form: Form
    subject: NamedNode | None
    predicate: NamedNode | None
    object: NamedNode | None
    columns: tuple[tuple[str, int], ...] = ()
    most: int | None = None


def read_lookup(text: str) -> Lookup | None:
    """Return the lookup that the query *text* is, or None if it is none, or is not seen to be one at a glance.

    Whatever is returned, the engine takes *text* for a query, and the same one.

    >>> read_lookup("PREFIX : <http://a.example/> SELECT ?o { :s a ?o }").columns
    (('o', 2),)
    >>> read_lookup("SELECT ?o { ?s ?p ?o }"), read_lookup("ASK { ?s ?p ?o FILTER(?o > 1) }")
    (None, None)
    """
    if len(text) > _LONGEST or not text.isascii() or any(map(text.lower().__contains__, _LOOKED_AT)):
        return None
    last = _DECLARATION.match(text, max(0, text.rfind("PREFIX"), text.rfind("prefix")))
    begin = last.end() if last else 0
    found = _BODY.fullmatch(text, begin)
    declared = _declared(text[:begin]) if found else None
    if found is None or declared is None:
        return None
    try:
        if described := found["described"]:
            return Lookup("DESCRIBE", _iri(described, declared), None, None)
        return _lookup(found, declared)
    except (KeyError, ValueError):  # no such prefix, or no IRI: the engine will say so
        return None


@lru_cache(maxsize=256)
def _declared(prologue: str) -> Mapping[str, str] | None:
    """Return the prefixes, each with its colon, that are declared before a query; None if the engine might refuse them.

    Clients declare the same before each query, so this is not found out each time.
    """
    declared = {}
    begin = re.match(_LINES, prologue)
    at = begin.end() if begin else 0
    while found := _DECLARATION.match(prologue, at):
        declared[found[1]] = found[2][1:-1]
        at = found.end()
    try:
        return declared if at == len(prologue) and all(map(NamedNode, declared.values())) else None
    except ValueError:
        return None


def _lookup(found: re.Match[str], declared: Mapping[str, str]) -> Lookup | None:
    terms = found.group("subject", "predicate", "object")
    places = {term[1:]: place for place, term in enumerate(terms) if term[0] in "?$"}
    subject, predicate, object = (None if term[0] in "?$" else _iri(term, declared) for term in terms)
    if len(places) < (subject, predicate, object).count(None):  # one comes twice: most entries would give no row
        return None
    most = None if found["limit"] is None else int(found["limit"])
    if found["ask"]:
        return Lookup("ASK", subject, predicate, object) if most is None else None
    if subject is None and (most is None or most > _MOST_ROWS):
        return None
    if found["construct"]:
        same = found["template"] in (None, found["pattern"])
        return Lookup("CONSTRUCT", subject, predicate, object, most=most) if same else None
    names = _WORD.findall(found["columns"]) if found["columns"] else sorted(places)
    if not names or len(set(names)) < len(names) or not places.keys() >= set(names):
        return None
    columns = tuple((name, places[name]) for name in names)
    return Lookup("SELECT", subject, predicate, object, columns, most)


def _iri(term: str, declared: Mapping[str, str]) -> NamedNode:
    """Return the IRI that *term* stands for.

    Raises:
        KeyError: its prefix is not declared.
        ValueError: it is no IRI, or a relative one.
    """
    if term == "a":
        return RDF.type
    if term[0] == "<":
        return NamedNode(term[1:-1])
    prefix, colon, name = term.partition(":")
    return NamedNode(declared[prefix + colon] + name)
