"""What Wikidata says of items beyond names and offices that link them: portraits, birth dates, identifiers.

In one form, whatever it was read from: a table (CSV, or the results of ``kg/link/live/queries/claims.rq``), a dump of
Wikidata, or Wikidata itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.link.dump import Entity, each_entity, held_claims, qualifier, value_of
from kg.link.rows import precise
from kg.link.tables import is_table, opened, read_cells

__all__ = ["BORN", "COLUMNS", "HELD", "PROPERTIES", "Claim", "claim_of", "read_claims"]

HELD, BORN = "P39", "P569"
PROPERTIES = frozenset(
    {HELD, BORN, "P18", "P625", "P102", "P856", "P214", "P227", "P213", "P244", "P1566", "P10632"}
    | {"label", "description"}
)
"""What is taken: names in a language and Wikidata's properties, by their ids."""
COLUMNS = (
    *("qid", "property", "value", "language", "precision"),
    *("start", "start_precision", "end", "end_precision"),
)
"""Of a table: the first three must be there. A day without a precision is an ISO date, month or year already."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that is said of an item.

    `property` is one of `PROPERTIES`; `value` a text, the id of an item, an address, a date as in `Row`, or a point
    as ``Point(longitude latitude)``. `start` and `end` are the days of a term of office.
    """

    qid: str
    property: str
    value: str
    language: str = ""
    start: str = ""
    end: str = ""


def claim_of(row: Mapping[str, str]) -> Claim:
    """Return the claim that a row of a table says; dates become as precise as the row says that they are known.

    Raises:
        ValueError: a precision is no number.
    """

    def day(name: str, precision: str) -> str:
        value = row.get(name, "")
        return precise(value, int(row[precision])) if row.get(precision) else value

    value = day("value", "precision") if row["property"] == BORN else row["value"]
    term = (day("start", "start_precision"), day("end", "end_precision"))
    return Claim(row["qid"], row["property"], value, row.get("language", ""), *term)


def read_claims(path: Path, qids: Collection[str], languages: Collection[str]) -> Iterator[Claim]:
    """Yield what a file says of the items *qids*, with names and descriptions in these *languages* alone.

    Raises:
        NotFound: there is no such file.
        InputError: it is no table and no dump, or malformed; the message says where.
    """
    for claim in _of_table(path) if is_table(path) else _of_dump(path, qids):
        known = claim.qid in qids and claim.property in PROPERTIES and claim.value
        if known and (not claim.language or claim.language in languages):
            yield claim


def _of_table(path: Path) -> Iterator[Claim]:
    for number, cells in read_cells(path, COLUMNS[:3], COLUMNS):
        try:
            yield claim_of(cells)
        except (ValueError, KeyError) as error:
            raise InputError(f"{path}, row {number}: {type(error).__name__}: {error}") from None


def _of_dump(path: Path, qids: Collection[str]) -> Iterator[Claim]:
    with opened(path) as file:
        yield from each_entity(file, str(path), lambda entity: _of_entity(entity) if entity["id"] in qids else ())


def _of_entity(entity: Entity) -> Iterator[Claim]:
    qid = entity["id"]
    for property, texts in (("label", entity.get("labels")), ("description", entity.get("descriptions"))):
        yield from (Claim(qid, property, text["value"], language) for language, text in (texts or {}).items())
    claims = entity.get("claims") or {}
    for property in sorted(PROPERTIES & set(claims)):
        for claim in held_claims(claims, property, best=property != HELD):
            term = (qualifier(claim, "P580"), qualifier(claim, "P582")) if property == HELD else ("", "")
            yield Claim(qid, property, value_of(claim["mainsnak"]), "", *term)
