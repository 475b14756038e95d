"""Items as rows of an index: what kind of thing each is, its names, its country, the offices somebody held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.link.live.wikidata import Wikidata, batches, query
from kg.link.rows import Row, precise

__all__ = ["Term", "named_rows", "rows_of", "term_of"]

_BATCH = 50
_NAMES = 150
_TYPES = (
    *("person", "country", "city", "government agency", "international organisation", "treaty", "initiative", "event"),
    *("organisation", "region", "place"),
)
"""What an item is taken for that is several of them: the first that fits."""


@dataclass(frozen=True, slots=True)
class Term:
    """That a person held an office, by its id, of a country or body; days as in `Row`."""

    office: str
    country: str
    start: str
    end: str


@dataclass(slots=True)
class _Names:
    """What an item is called; the English label first, if there is one."""

    label: str = ""
    others: dict[str, None] = field(default_factory=dict)
    description: str = ""


@dataclass(slots=True)
class _Told:
    """What the rows about one item add up to."""

    types: set[str] = field(default_factory=set)
    country: str = ""
    population: int = 0
    terms: dict[Term, None] = field(default_factory=dict)

    def add(self, row: Mapping[str, str]) -> None:
        """Take in what a row tells: a type, a term of office, the inhabitants, or a country (the first counts)."""
        if "type" in row:
            self.types.add(row["type"])
        elif "position_qid" in row:
            self.terms[term_of(row)] = None
        elif "population" in row:
            self.population = max(self.population, _number(row["population"]))
        else:
            self.country = self.country or row.get("country_qid", "")

    def row(self, qid: str) -> Row:
        """Return the item as a row, whose name is still to come."""
        type = next(type for type in _TYPES if type in self.types)
        country = qid if type == "country" else self.country
        return Row(qid, "", type, country=country, population=self.population)


def rows_of(wikidata: Wikidata, qids: Iterable[str]) -> Iterator[Row]:
    """Yield the rows of the items that can be what a readout speaks of, and of the offices that they held.

    Raises:
        RemoteFailed: as `Wikidata.select`.
    """
    found = {qid: told for qid, told in _told(wikidata, qids).items() if told.types & set(_TYPES)}
    terms = {qid: told.terms for qid, told in found.items()}
    offices = dict.fromkeys(term.office for held in terms.values() for term in held)
    owners = {office: told.country for office, told in _told(wikidata, offices).items()}
    rows = [told.row(qid) for qid, told in found.items()]
    yield from named_rows(wikidata, rows, terms, {office: owners.get(office, "") for office in offices})


def _told(wikidata: Wikidata, qids: Iterable[str]) -> dict[str, _Told]:
    found: defaultdict[str, _Told] = defaultdict(_Told)
    for batch in batches(qids, _BATCH):
        for row in wikidata.select(query("items").about(batch)):
            found[row["qid"]].add(row)
    return found


def term_of(row: Mapping[str, str]) -> Term:
    """Return the term of office that a row of a query tells."""
    return Term(row["position_qid"], row.get("country_qid", ""), _day(row, "start"), _day(row, "end"))


def _number(value: str) -> int:
    whole = value.removeprefix("+").partition(".")[0]
    return int(whole) if whole.isdecimal() else 0


def _day(row: Mapping[str, str], name: str) -> str:
    return precise(row.get(name, ""), _number(row.get(f"{name}_precision", "")))


def named_rows(
    wikidata: Wikidata, found: Sequence[Row], terms: Mapping[str, Iterable[Term]], offices: Mapping[str, str]
) -> Iterator[Row]:
    """Yield *found* with their names, one row for each of a person's *terms*, and the *offices* with their countries.

    What has no name in any language that is asked for is left out: nothing can be called like it.
    """
    names = _names(wikidata, [*(row.qid for row in found), *offices])
    for office, country in offices.items():
        if office in names:
            yield _named(Row(office, "", "position", country=country), names[office])
    for row in found:
        if row.qid not in names:
            continue
        named = _named(row, names[row.qid])
        held = list(terms.get(row.qid, ()))
        yield from (_held(named, term) for term in held)
        if not held:
            yield named


def _names(wikidata: Wikidata, qids: Iterable[str]) -> dict[str, _Names]:
    found: defaultdict[str, _Names] = defaultdict(_Names)
    for batch in batches(qids, _NAMES):
        rows = wikidata.select(query("names").about(batch), ("qid", "sort", "name", "language"))
        for row in sorted(rows, key=lambda row: (row["language"] not in {"en", "mul"}, row["language"] != "en")):
            names = found[row["qid"]]
            if row["sort"] == "description":
                names.description = row["name"]
            elif row["sort"] == "label" and not names.label:
                names.label = row["name"]
            else:
                names.others[row["name"]] = None
    return {qid: names for qid, names in found.items() if names.label}


def _named(row: Row, names: _Names) -> Row:
    return replace(row, label=names.label, aliases=tuple(names.others), description=names.description)


def _held(person: Row, term: Term) -> Row:
    return replace(person, country=term.country, position_qid=term.office, start=term.start, end=term.end)
