"""Terms as they stand in N-Triples, for what writes many of them: vocabularies, references, literals."""

from __future__ import annotations

from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from kg import vocab
from kg.rdf.iris import iri
from kg.vocab import Namespace

__all__ = [
    "ACT",
    "DCTERMS",
    "ITSRDF",
    "KIND",
    "MODE",
    "NIF",
    "ORG",
    "PROV",
    "RDF",
    "RDFS",
    "READOUT",
    "ROLE",
    "SCHEMA",
    "SKOS",
    "STATUS",
    "TENURE",
    "XSD",
    "address",
    "boolean",
    "decimal",
    "integer",
    "node",
    "offset",
    "text",
    "when",
]


class _Terms:
    """The terms of a namespace as they stand in N-Triples, written out once: hundreds go into each graph."""

    def __init__(self, namespace: Namespace) -> None:
        self.__dict__.update({node.value.removeprefix(namespace.iri): str(node) for node in namespace})

    def __getattr__(self, term: str) -> str:
        raise AttributeError(f"no term {term!r}")

    def __getitem__(self, term: str) -> str:
        written: str = self.__dict__[term]
        return written


ACT, KIND, MODE, ROLE, STATUS, TENURE = map(
    _Terms, (vocab.ACT, vocab.KIND, vocab.MODE, vocab.ROLE, vocab.STATUS, vocab.TENURE)
)
DCTERMS, ITSRDF, NIF, ORG, PROV = map(_Terms, (vocab.DCTERMS, vocab.ITSRDF, vocab.NIF, vocab.ORG, vocab.PROV))
RDF, RDFS, READOUT, SCHEMA, SKOS, XSD = map(
    _Terms, (vocab.RDF, vocab.RDFS, vocab.READOUT, vocab.SCHEMA, vocab.SKOS, vocab.XSD)
)
_OFFSET = f'"^^{XSD.nonNegativeInteger}'
_DATE_TYPES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}


@lru_cache(maxsize=65536)
def node(base: str, tail: str) -> str:
    """Return the node at the *tail* of *base*."""
    return str(iri(base, tail))


def text(value: str) -> str:
    """Return *value* as a string."""
    if value.isprintable() and '"' not in value and "\\" not in value:  # nothing to escape
        return f'"{value}"'
    return str(Literal(value))


@lru_cache(maxsize=256)
def decimal(value: float) -> str:
    """Return *value* as a decimal with two places."""
    return f'"{value:.2f}"^^{XSD.decimal}'


def integer(value: int) -> str:
    """Return *value* as an integer."""
    return f'"{value}"^^{XSD.integer}'


def offset(value: int) -> str:
    """Return *value*, a place in a text, as a number that is not negative."""
    return f'"{value}{_OFFSET}'


def when(value: str) -> str:
    """Return *value* (year, month or day of ISO 8601) as a date of its precision."""
    return f'"{value}"^^{_DATE_TYPES[len(value)]}'


def boolean(value: bool) -> str:
    """Return *value* as a boolean."""
    return f'"{str(value).lower()}"^^{XSD.boolean}'


def address(source: str) -> str:
    """Return a web address as an IRI, and anything else, which nobody should follow, as the text that was given."""
    try:
        return str(NamedNode(source)) if source.startswith(("https://", "http://")) else text(source)
    except ValueError:
        return text(source)
