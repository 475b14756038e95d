"""The forms that an answer can take, and the choice among them (RFC 9110 §12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.errors import NotAcceptable

__all__ = ["GRAPHS", "HTML", "RESULTS", "Format", "choose", "named"]


@dataclass(frozen=True, slots=True)
class Format:
    """A form of answers: `name` is its value in `format=`, `media_type` what we send, `also` what it is asked by."""

    name: str
    media_type: str
    label: str
    also: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The value of the header `Content-Type`."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


HTML = Format("html", "text/html", "web page", ("application/xhtml+xml",))
RESULTS = (
    Format("json", "application/sparql-results+json", "JSON", ("application/json", "text/json")),
    Format("xml", "application/sparql-results+xml", "XML", ("application/xml", "text/xml")),
    Format("csv", "text/csv", "CSV"),
    Format("tsv", "text/tab-separated-values", "TSV"),
)
"""What SELECT and ASK can be answered in, the preferred one first."""
GRAPHS = (
    Format(
        "ttl", "text/turtle", "Turtle", ("application/turtle", "application/x-turtle", "text/n3", "text/rdf+n3")
    ),  # all Turtle is N3
    Format("nt", "application/n-triples", "N-Triples", ("text/plain",)),
    Format("rdf", "application/rdf+xml", "RDF/XML", ("application/xml", "text/xml")),
    Format("jsonld", "application/ld+json", "JSON-LD", ("application/json",)),
    Format("trig", "application/trig", "TriG"),
    Format("nq", "application/n-quads", "N-Quads"),
)
"""What CONSTRUCT and DESCRIBE can be answered in, the preferred one first."""

_SYNONYMS = {
    "turtle": "ttl",
    "n3": "ttl",
    "ntriples": "nt",
    "n-triples": "nt",
    "nquads": "nq",
    "n-quads": "nq",
    "rdfxml": "rdf",
    "rdf/xml": "rdf",
    "json-ld": "jsonld",
    "xml": "rdf",  # of a graph: results have formats of these names
    "json": "jsonld",
    "srj": "json",
    "srx": "xml",
    "htm": "html",
}


def named(name: str, offers: Sequence[Format]) -> Format:
    """Return the format that `format=` asks for: by its short name, a usual synonym or its media type.

    Of several with commas between, as SPARQLWrapper sends them, the first that there is counts.

    Raises:
        NotAcceptable: none of *offers* is called so.

    >>> named("turtle", GRAPHS).media_type
    'text/turtle'
    >>> named("application/x-json+ld,application/ld+json", GRAPHS).name
    'jsonld'
    """
    for part in name.lower().split(","):
        word = part.strip().replace(" ", "+")  # a plus that nobody encoded arrives as a blank
        for wanted in (word, _SYNONYMS.get(word)):
            for offer in offers:
                if wanted in (offer.name, offer.media_type, *offer.also):
                    return offer
    raise NotAcceptable(f"no format {name[:60]!r} for this answer; there are {_listed(offers)}")


def choose(accept: str | None, offers: Sequence[Format]) -> Format:
    """Return the best of *offers* for the header `Accept`: by q-value, then by the order of *offers*.

    Raises:
        NotAcceptable: the client rules all of them out.

    >>> choose("text/csv;q=0.5, application/*", RESULTS).name
    'json'
    >>> choose(None, GRAPHS).name
    'ttl'
    """
    ranges = _ranges(accept) if accept and accept.strip() else {"*/*": 1.0}
    best = max(offers, key=lambda offer: _quality(offer, ranges))
    if _quality(best, ranges) <= 0:
        raise NotAcceptable(f"none of the formats in Accept fits this answer; there are {_listed(offers)}")
    return best


def _ranges(accept: str) -> dict[str, float]:
    """Read media ranges with their q-values; parameters other than q do not tell our formats apart."""
    ranges = {}
    for item in accept.split(","):
        media, *parameters = (part.strip().lower() for part in item.split(";"))
        if "/" in media:
            ranges[media] = _q(parameters)
    return ranges


def _q(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return min(max(float(parameter[2:]), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def _quality(offer: Format, ranges: dict[str, float]) -> float:
    """Return how much the client wants *offer*; the most specific range that names it counts."""
    types = (offer.media_type, *offer.also)
    exact = [ranges[media] for media in types if media in ranges]
    if exact:
        return max(exact)
    whole = offer.media_type.partition("/")[0] + "/*"
    return ranges.get(whole, ranges.get("*/*", 0.0))


def _listed(offers: Sequence[Format]) -> str:
    return ", ".join(f"{offer.name} ({offer.media_type})" for offer in offers)
