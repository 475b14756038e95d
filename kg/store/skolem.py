"""Terms as a store keeps them: an IRI for each blank node, and literals by value."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from threading import Lock
from typing import cast, overload

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse
from pyoxigraph import Store as Engine

__all__ = ["SKOLEM", "Skolemiser", "kept", "kept_line"]

SKOLEM = "urn:readout-kg:genid:"
"""What the IRIs begin with that stand for blank nodes."""


class Skolemiser:
    """Puts an IRI in place of each blank node, the same each time (RDF 1.1 Concepts, 3.5), and literals in normal form.

    Blank nodes are counted in the order in which they come, since the labels that a parser gives are random. Use one
    for everything that shares labels, such as the graphs of one file.

    >>> name = Skolemiser("https://example.org/graph")
    >>> name(Triple(BlankNode("x"), NamedNode("urn:p"), BlankNode("x"))).object.value
    'urn:readout-kg:genid:cde951cf5f2ca6cd:1'
    """

    def __init__(self, scope: str) -> None:
        self._prefix = f"{SKOLEM}{sha256(scope.encode()).hexdigest()[:16]}:"
        self._names: dict[BlankNode, NamedNode] = {}

    def __call__(self, statement: Quad | Triple) -> Triple:
        """Return the triple of *statement* without blank nodes."""
        subject = cast(NamedNode | Triple, self._term(statement.subject))
        return Triple(subject, statement.predicate, self._term(statement.object))

    def graph(self, name: NamedNode | BlankNode | DefaultGraph) -> str | None:
        """Return the IRI of the graph called *name*, or None for the default graph."""
        return None if isinstance(name, DefaultGraph) else self._term(name).value

    @overload
    def _term(self, term: NamedNode | BlankNode) -> NamedNode: ...
    @overload
    def _term(self, term: NamedNode | BlankNode | Literal | Triple) -> NamedNode | Literal | Triple: ...
    def _term(self, term: NamedNode | BlankNode | Literal | Triple) -> NamedNode | Literal | Triple:
        if isinstance(term, BlankNode):
            return self._names.setdefault(term, NamedNode(f"{self._prefix}{len(self._names) + 1}"))
        if isinstance(term, Literal):
            return kept(term)
        return self(term) if isinstance(term, Triple) else term


_SCRATCH = NamedNode("urn:readout-kg:scratch")
_STRINGS = ("http://www.w3.org/2001/XMLSchema#string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString")
_scratch = Engine()
_scratching = Lock()


@lru_cache(maxsize=65536)
def kept(literal: Literal) -> Literal:
    """Return *literal* as the engine keeps it: numbers and dates by value, the integer types all as xsd:integer.

    Otherwise two that the engine takes for one would be counted twice, and an export would differ from what was put.
    """
    if literal.datatype.value in _STRINGS:
        return literal
    quad = Quad(_SCRATCH, _SCRATCH, literal)
    with _scratching:
        _scratch.add(quad)
        (found,) = _scratch
        _scratch.clear()
    return cast(Literal, found.object)


def kept_line(line: str) -> str:
    """Return a line of N-Triples, without its full stop, with its literal, if it has one with a type, as in `kept`."""
    if line[-1] != ">" or '"^^<' not in line:
        return line
    subject, predicate, value = line.split(" ", 2)
    return f"{subject} {predicate} {_kept_text(value)}"


@lru_cache(maxsize=65536)
def _kept_text(value: str) -> str:
    (triple,) = parse(f"{_SCRATCH} {_SCRATCH} {value} .", RdfFormat.N_TRIPLES)
    return str(kept(cast(Literal, triple.object)))
