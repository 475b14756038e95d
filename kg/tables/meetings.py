"""The table of encounters, and the columns about an encounter that the tables of dyads have too."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date

from kg.tables.codes import codes_of
from kg.tables.facts import Encounter, Facts, Row
from kg.tables.variables import Variable
from kg.vocab import ACT

__all__ = ["ENCOUNTER", "MEETINGS", "common", "day", "joined", "meetings", "optional"]

_SAID = tuple(node.value.rsplit("/", 1)[-1] for node in ACT)
_E, _P, _S, _L = "table-encounters", "table-participations", "table-sides", "table-places"

_IDENTITY = (
    Variable(
        "meeting", "iri", "the encounter, as one readout tells of it; its page has every fact with its sentence", _E
    ),
    Variable(
        "occasion",
        "iri",
        "equal for encounters of different readouts that are one occasion (two persons of two sides, the kind and the"
        " day agree): count distinct occasions, or keep rows where it equals meeting, not to count one twice",
        f"{_E}, {_P}",
    ),
)
_WHEN = (
    Variable(
        "date", "text", "the beginning as precise as the text: 2022-05-23, 2022-05 or 2022", _E, "no date is told"
    ),
    Variable("precision", "text", "day, month or year", _E, "no date is told"),
    Variable("date_first", "date", "the first day that the date can mean", _E, "no date is told"),
    Variable("date_last", "date", "the last day that the date can mean", _E, "no date is told"),
    Variable("year", "integer", "the year of the beginning", _E, "no date is told"),
    Variable("end", "text", "the end, as precise as the text", _E, "none is told: mostly it ended the same day"),
)
_HOW = (
    Variable("kind", "text", "call, meeting, visit or convening", _E),
    Variable("mode", "text", "in-person, virtual, phone or unspecified", _E, "not told"),
    Variable("status", "text", "held; background (an earlier one that is mentioned); planned (announced)", _E),
    Variable(
        "place", "text", "the most specific place that is named", _L, "none is named, or it was no meeting in person"
    ),
    Variable("place_country", "text", "the country where it was", _L, "not told"),
    Variable("place_iso3", "text", "its ISO 3166-1 alpha-3 code", _L, "not told, or it has no code"),
)
_SIZE = (
    Variable("n_sides", "integer", "how many countries and bodies are represented: more than 2 means multilateral", _S),
    Variable("n_participants", "integer", "how many persons are named as taking part", _P),
    Variable(
        "n_statements", "integer", "how many things that were said or agreed the readout tells", "table-statements"
    ),
)
_ORIGIN = (
    Variable(
        "confidence", "number", "how sure the reader is that the text tells of this encounter, 0 to 1", _E, "not known"
    ),
    Variable("phrase", "text", "the words of the text that tell of it", _E, "not known"),
    Variable("begin", "integer", "where they begin in the document's text, in code points", _E, "not known"),
    Variable("document", "iri", "the readout", _E),
    Variable("publisher", "text", "who published it: one side, whose account it is", _E, "not known"),
    Variable("issued", "date", "when it was published", _E, "not known, or not to the day"),
    Variable("source", "text", "where it was found", _E, "it was read from a file"),
)
ENCOUNTER = (*_IDENTITY, *_WHEN, *_HOW, *_SIZE, *_ORIGIN)
"""What every row about an encounter has."""

MEETINGS = (
    *_IDENTITY,
    Variable("label", "text", "what it is called on its page", _E),
    *_WHEN,
    *_HOW,
    Variable("sides", "text", "the countries and bodies represented, parted by semicolons", _S, "none is told"),
    Variable("sides_iso3", "text", "the ISO codes of those that are countries, in their order", _S, "none has a code"),
    Variable("participants", "text", "who took part", _P, "nobody is named"),
    Variable("posts", "text", "their posts, in their order; NA where none is told", _P, "nobody is named"),
    Variable("unnamed_parties", "text", "parties without a name, such as business leaders", _S, "there are none"),
    Variable("visit", "iri", "the visit that it was a part of", _E, "not told of any"),
    *_SIZE,
    *(Variable(f"n_{act}", "integer", f"how many statements of the act {act}", "table-statements") for act in _SAID),
    *_ORIGIN,
)


def meetings(facts: Facts) -> Iterator[Row]:
    """Yield a row for each encounter."""
    for one in facts.encounters:
        yield {
            **common(one),
            "label": one.told["label"],
            "sides": joined(side.name for side in one.sides),
            "sides_iso3": joined(code for side in one.sides if (code := codes_of(side.iri).iso3)),
            "participants": joined(part.name for part in one.parts),
            "posts": joined(part.title or "NA" for part in one.parts),
            "unnamed_parties": joined(one.groups),
            "visit": optional(one.told["visit"]),
            **{f"n_{act}": one.acts.get(act, 0) for act in _SAID},
        }


def common(one: Encounter) -> Row:
    """Return what every row about an encounter has: the variables `ENCOUNTER`."""
    told = one.told
    first, last = _days(told["date"])
    country = next((place for place in one.places if place.country), None)
    place = next((place for place in one.places if not place.country), country)
    return {
        "meeting": one.iri,
        "occasion": one.same,
        "date": optional(told["date"]),
        "precision": {10: "day", 7: "month", 4: "year"}.get(len(told["date"])),
        "date_first": first,
        "date_last": last,
        "year": first.year if first else None,
        "end": optional(told["end"]),
        **{name: optional(told[name].rsplit("/", 1)[-1]) for name in ("kind", "mode", "status")},
        "place": place.name if place else None,
        "place_country": country.name if country else None,
        "place_iso3": codes_of(country.iri).iso3 if country else None,
        "n_sides": len(one.sides),
        "n_participants": len(one.parts),
        "n_statements": sum(one.acts.values()),
        "confidence": float(told["confidence"]) if told["confidence"] else None,
        "phrase": optional(" ".join(told["phrase"].split())),
        "begin": int(told["begin"]) if told["begin"] else None,
        "document": told["document"],
        "publisher": optional(told["publisher"]),
        "issued": day(told["issued"]),
        "source": optional(told["source"]),
    }


def optional(text: str) -> str | None:
    """Return None for what is unknown."""
    return text or None


def day(text: str) -> date | None:
    """Return a day, or None for what is no whole date."""
    first, last = _days(text)
    return first if first == last else None


def joined(names: Iterator[str] | list[str]) -> str | None:
    """Return names parted by semicolons, or None if there are none. A semicolon within a name becomes a comma."""
    return "; ".join(name.replace(";", ",") for name in names) or None


def _days(text: str) -> tuple[date, date] | tuple[None, None]:
    """Return the first and the last day that a date of XML Schema can mean, without its time zone.

    >>> _days("2024-02")
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    """
    try:
        year, month, number, *_ = (int(part) for part in (text[:10] + "-0-0").split("-"))
        first = date(year, month or 1, number or 1)
        end = number or calendar.monthrange(year, month or 12)[1]
        return first, date(year, month or 12, end)
    except ValueError:
        return None, None
