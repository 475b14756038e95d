"""The table of officials: which posts readouts give to whom, from when to when, and how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from kg.tables.codes import codes_of
from kg.tables.facts import Facts, Row
from kg.tables.meetings import day, optional
from kg.tables.variables import Variable

__all__ = ["OFFICIALS", "officials"]

_H = "table-holdings"
_DATED = "no readout that says so has a date"
OFFICIALS = (
    Variable("person", "iri", "the official", _H),
    Variable("name", "text", "the official's name", _H),
    Variable("wikidata", "text", "the official's item at Wikidata", _H, "not linked: kg link does so"),
    Variable("post", "iri", "the post", _H),
    Variable("title", "text", "its title", _H),
    Variable("tenure", "text", "current, acting, elect or former, as the readout says", _H),
    Variable("body", "text", "the country or body that the post is in", _H, "not told"),
    Variable("country", "iri", "the country, or that of the body", _H, "not told"),
    Variable("iso2", "text", "its ISO 3166-1 alpha-2 code", _H, "no country with a code"),
    Variable("iso3", "text", "its ISO 3166-1 alpha-3 code", _H, "no country with a code"),
    Variable("cow", "integer", "its Correlates of War number, as of today's state", _H, "not in that system"),
    Variable("first_seen", "date", "the day of the first readout that says so: no beginning of a term", _H, _DATED),
    Variable("last_seen", "date", "the day of the last readout that says so: no end of a term", _H, _DATED),
    Variable("n_documents", "integer", "how many readouts say so", _H),
    Variable(
        "n_encounters",
        "integer",
        "in how many occasions that were held the official took part, in whatever post",
        "table-participations, table-encounters",
    ),
    Variable("confidence", "number", "how sure the reader is where it is surest, 0 to 1", _H, "not known"),
)


@dataclass(slots=True)
class _Post:
    """What is known of one person in one post."""

    row: dict[str, object]
    documents: set[str] = field(default_factory=set)
    days: list[date] = field(default_factory=list)
    confidence: float | None = None
    matches: set[str] = field(default_factory=set)


def officials(facts: Facts) -> Iterator[Row]:
    """Yield a row for each official, post and way of holding it."""
    held = _held(facts)
    found: dict[tuple[str, str, str], _Post] = {}
    for _, person, name, post, title, tenure, _, body, country, document, issued, sure, match in facts.ask(_H):
        row = _row(person, name, post, title, tenure.rsplit("/", 1)[-1], body, country)
        known = found.setdefault((person, post, tenure), _Post(row))
        known.documents.add(document)
        known.days += [seen] if (seen := day(issued)) else []
        known.confidence = max(known.confidence or 0.0, float(sure)) if sure else known.confidence
        known.matches |= {match.rsplit("/", 1)[-1]} if match else set()
    for (person, _, _), known in sorted(found.items()):
        yield {
            **known.row,
            "wikidata": min(known.matches, default=None),
            "first_seen": min(known.days, default=None),
            "last_seen": max(known.days, default=None),
            "n_documents": len(known.documents),
            "n_encounters": held[person],
            "confidence": known.confidence,
        }


def _row(person: str, name: str, post: str, title: str, tenure: str, body: str, country: str) -> dict[str, object]:
    codes = codes_of(country)
    return {
        "person": person,
        "name": name,
        "post": post,
        "title": title,
        "tenure": tenure,
        "body": optional(body),
        "country": optional(country),
        "iso2": codes.iso2,
        "iso3": codes.iso3,
        "cow": codes.cow,
    }


def _held(facts: Facts) -> Counter[str]:
    """Count the occasions of each person."""
    held = [one for one in facts.encounters if one.told["status"].endswith("/held")]
    return Counter(person for person, _ in {(part.person, one.same) for one in held for part in one.parts})
