"""Encounters as records, page by page: the latest first, each with its parts and the sentence that tells of it."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.errors import InputError
from kg.records.evidence import sentence_of
from kg.records.source import Source, clipped, local
from kg.records.things import thing
from kg.vocab import KIND, READOUT, SCHEMA, STATUS

__all__ = ["Encounters", "Wanted", "encounters", "records"]

_KEYS = """
SELECT ?meeting ?day WHERE {{
  ?meeting a readout:Meeting {which}
  OPTIONAL {{ ?meeting schema:startDate ?start }}
  OPTIONAL {{ ?meeting schema:endDate ?end }}
  BIND(COALESCE(STR(?start), STR(?end), "") AS ?day)
  BIND(COALESCE(STR(?end), ?day) AS ?last) {during}
}} ORDER BY DESC(?day) STR(?meeting) LIMIT $limit"""
_DETAILS = """
SELECT ?meeting ?what ?value ?label WHERE {
  VALUES ?meeting { $meetings }
  { ?meeting ?what ?value
    FILTER(?what IN (rdfs:label, readout:kind, readout:mode, readout:status, schema:startDate, schema:endDate,
                     schema:location, readout:side, readout:group, readout:addresses, readout:confidence)) }
  UNION { ?value readout:reports ?meeting BIND(readout:reports AS ?what) }
  OPTIONAL { ?value rdfs:label ?label }
} ORDER BY ?meeting ?what ?value ?label"""
_PARTS = """
SELECT ?meeting ?person ?name ?role ?post ?title ?side ?country WHERE {
  VALUES ?meeting { $meetings }
  ?meeting readout:participation ?part . ?part readout:person ?person
  OPTIONAL { ?person rdfs:label ?name }
  OPTIONAL { ?part readout:role ?role }
  OPTIONAL { ?part readout:post ?post . ?post rdfs:label ?title }
  OPTIONAL { ?part readout:side ?side . ?side rdfs:label ?country }
} ORDER BY ?meeting STRLEN(STR(?part)) ?part ?name ?title ?country"""
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
_LISTS = {
    SCHEMA.location.value: "places",
    READOUT.side.value: "sides",
    READOUT.addresses.value: "about",
    READOUT.reports.value: "documents",
}
_TEXTS = {
    READOUT.kind.value: "kind",
    READOUT.mode.value: "mode",
    READOUT.status.value: "status",
    SCHEMA.startDate.value: "start",
    SCHEMA.endDate.value: "end",
    READOUT.confidence.value: "confidence",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which encounters: those with this `official`, for this side (`country`), of these days. Each may be empty.

    IRIs or their tails; days, months or years, both ends included. An encounter of several days is wanted if one of
    them is; what is only known to the month counts as within any day of it.
    """

    official: str = ""
    country: str = ""
    since: str = ""
    until: str = ""
    kind: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Encounters:
    """A page of records, and the cursor that asks for the next (empty at the end)."""

    records: list[dict[str, Any]]
    cursor: str


def encounters(source: Source, wanted: Wanted, limit: int = 20, cursor: str = "") -> Encounters:
    """Return the first *limit* of the encounters *wanted*, the latest first, or those behind *cursor*.

    A cursor names the last encounter of a page, so that nothing is told twice or passed over where documents come in
    between two pages.

    Raises:
        InputError: a value is unfit.
        NotFound: nothing is known of the official or the country.
    """
    which, during = _which(source, wanted), _during(wanted, cursor)
    text = _KEYS.format(which=which.replace("$", "$$"), during=during.replace("$", "$$"))  # values, no placeholders
    keys = [(iri, day) for iri, day in source.ask(text, limit=limit + 1)]
    if not keys:  # none of somebody known, or is there nobody by that name?
        for name in filter(None, (wanted.official, wanted.country)):
            thing(source, source.iri(name))
    more = len(keys) > limit
    iris = [iri for iri, _ in keys[:limit]]
    return Encounters(records(source, iris), _cursor(*keys[limit - 1]) if more else "")


def _which(source: Source, wanted: Wanted) -> str:
    parts = []
    for property, name in ((READOUT.participant, wanted.official), (READOUT.side, wanted.country)):
        if name:
            parts.append(f"; {property} {ox.NamedNode(source.iri(name))}")
    for property, closed, name in ((READOUT.kind, KIND, wanted.kind), (READOUT.status, STATUS, wanted.status)):
        if name and name not in closed:
            raise InputError(f"{name[:40]!r} is none of {', '.join(local(node.value) for node in closed)}")
        if name:
            parts.append(f"; {property} {closed[name]}")
    return " ".join(parts)


def _during(wanted: Wanted, cursor: str) -> str:
    parts = []
    for name, day in (("since", wanted.since), ("until", wanted.until)):
        if day and not _DAY.fullmatch(day):
            raise InputError(f"{name}={day[:40]} is no day, month or year such as 2022-05-23, 2022-05 or 2022")
    if wanted.since:
        parts.append(f'FILTER(?last >= SUBSTR("{wanted.since}", 1, STRLEN(?last)) && ?last != "")')
    if wanted.until:
        parts.append(f'FILTER(SUBSTR(?day, 1, {len(wanted.until)}) <= "{wanted.until}" && ?day != "")')
    if cursor:
        last, then = (ox.Literal(part) for part in _read_cursor(cursor))
        parts.append(f"FILTER(?day < {then} || (?day = {then} && STR(?meeting) > {last}))")
    return " ".join(parts)


def _cursor(iri: str, day: str) -> str:
    return base64.urlsafe_b64encode(json.dumps([iri, day]).encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> tuple[str, str]:
    try:
        iri, day = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not (isinstance(iri, str) and isinstance(day, str) and len(cursor) < 4000):
            raise ValueError
        f"{iri}{day}".encode()  # a lone surrogate, which no query can carry, is a ValueError
        return iri, day
    except (ValueError, TypeError, binascii.Error):
        raise InputError("the cursor is not one that this service gave") from None


def records(source: Source, iris: list[str]) -> list[dict[str, Any]]:
    """Return the records of the encounters *iris*, in this order; each has its sentence as ``evidence``."""
    if not iris:
        return []
    records: dict[str, dict[str, Any]] = {iri: {"iri": iri, "label": "", "participants": []} for iri in iris}
    for meeting, what, value, label in source.ask(_DETAILS, meetings=iris):
        _put(records[meeting], what, value, label)
    for meeting, *part in source.ask(_PARTS, meetings=iris):
        _take_part(records[meeting]["participants"], *part)
    quotes = sentence_of(source, iris)
    for iri, record in records.items():
        record["evidence"] = [quotes[iri].record()] if iri in quotes else []
    return list(records.values())


def _put(record: dict[str, Any], what: str, value: str, label: str) -> None:
    if what in _LISTS:
        values = record.setdefault(_LISTS[what], [])
        if all(each["iri"] != value for each in values):
            values.append({"iri": value, "label": clipped(label)})
    elif what == READOUT.group.value:
        record.setdefault("groups", []).append(clipped(value))
    elif what in _TEXTS:
        name = _TEXTS[what]
        record.setdefault(name, float(value) if name == "confidence" else local(value))
    else:
        record["label"] = record["label"] or clipped(value)


def _take_part(participants: list[dict[str, Any]], person: str, name: str, role: str, *rest: str) -> None:
    if any(each["iri"] == person for each in participants):  # another label of the same
        return
    post, title, side, country = rest
    part: dict[str, Any] = {"iri": person, "label": clipped(name), "role": local(role)}
    named: Mapping[str, tuple[str, str]] = {"post": (post, title), "side": (side, country)}
    part |= {key: {"iri": iri, "label": clipped(label)} for key, (iri, label) in named.items() if iri}
    participants.append({key: value for key, value in part.items() if value})
