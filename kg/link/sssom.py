"""Mappings as SSSOM, the Simple Standard for Sharing Ontology Mappings: a table of tabs under a header of YAML.

What persons judged is kept in such a file, and what the machine proposes can be written to one, to be looked through
and sent back. See https://mapping-commons.github.io/sssom/ (version 1.0).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, fields
from io import StringIO
from pathlib import Path
from typing import Any

import yaml

from kg import __version__
from kg.errors import InputError, NotFound
from kg.link.rows import number
from kg.vocab import BASE, OWL, SEMAPV, SKOS, WIKIDATA

__all__ = ["MACHINE", "PERSON", "Mapping", "by_machine", "read_mappings", "to_tsv"]

PERSON, MACHINE = "semapv:ManualMappingCuration", "semapv:CompositeMatching"
"""Why a mapping holds: a person judged it, or names, posts, countries and days were compared."""
_PREDICATES = ("owl:sameAs", "skos:exactMatch", "skos:closeMatch")
_NEEDED = ("subject_id", "predicate_id", "object_id", "mapping_justification")


@dataclass(frozen=True, slots=True)
class Mapping:
    """One line: that an entity is (or, with the modifier ``Not``, is not) an item of Wikidata, and who says so.

    `subject_id` is the tail of an entity's IRI, or the whole IRI where it lies elsewhere; `object_id` a Wikidata id.
    `confidence` is a number from 0 to 1 as text, or empty.
    """

    subject_id: str
    subject_label: str
    predicate_id: str
    object_id: str
    object_label: str
    mapping_justification: str
    predicate_modifier: str = ""
    author_label: str = ""
    mapping_date: str = ""
    confidence: str = ""
    mapping_tool: str = ""
    mapping_tool_version: str = ""
    comment: str = ""

    @property
    def by_person(self) -> bool:
        """Tell whether a person judged."""
        return self.mapping_justification == PERSON

    @property
    def confirmed(self) -> bool:
        """Tell whether it is said to hold."""
        return self.predicate_modifier != "Not"


_PROPAGATED = ("mapping_date", "mapping_tool", "mapping_tool_version")
"""What the header may say for all lines that do not say otherwise."""
_COLUMNS = tuple(column.name for column in fields(Mapping))


def to_tsv(mappings: Iterable[Mapping], base: str = BASE, name: str = "links") -> str:
    """Return *mappings* as a file, in the order of their subjects: equal mappings give equal bytes."""
    header: dict[str, Any] = {
        "mapping_set_id": f"{base}mappings/{name}",
        "license": "https://creativecommons.org/publicdomain/zero/1.0/",
        "curie_map": _prefixes(base),
    }
    lines = yaml.safe_dump(header, sort_keys=False, allow_unicode=True).splitlines()
    out = StringIO()
    out.writelines(f"# {line}\n" for line in lines)
    table = csv.writer(out, delimiter="\t", lineterminator="\n")
    table.writerow(_COLUMNS)
    for mapping in sorted(set(mappings), key=lambda m: (m.subject_id, m.object_id, m.predicate_id)):
        table.writerow([_written(column, getattr(mapping, column)) for column in _COLUMNS])
    return out.getvalue()


def _written(column: str, value: str) -> str:
    if column == "subject_id" and "://" not in value:
        return f"entity:{value}"
    return f"wikidata:{value}" if column == "object_id" else " ".join(value.split())


def read_mappings(path: Path, base: str = BASE) -> list[Mapping]:
    """Return the mappings of a file; entities are known by the base that the file names.

    Raises:
        NotFound: there is no such file.
        InputError: it is no SSSOM, or a line is unfit; the message says which.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")  # a label may hold other line ends, such as U+2028
    except FileNotFoundError:
        raise NotFound(f"{path}: no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text: {error}") from error
    header = _header(path, [line[1:] for line in lines if line.startswith("#")])
    prefixes = _prefixes(base) | {str(name): str(iri) for name, iri in (header.get("curie_map") or {}).items()}
    shared = {slot: str(header[slot]) for slot in _PROPAGATED if slot in header}
    first = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    table = csv.DictReader(lines[first:], delimiter="\t")
    if missing := [column for column in _NEEDED if column not in (table.fieldnames or ())]:
        raise InputError(f"{path}: is no table of mappings: the columns {', '.join(missing)} are missing")
    found = []
    for row, cells in enumerate(table, first + 2):
        try:
            found.append(_mapping(cells, shared, prefixes, base))
        except ValueError as error:
            raise InputError(f"{path}, line {row}: {error}") from None
    return found


def _header(path: Path, lines: list[str]) -> dict[str, Any]:
    indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    try:
        told = yaml.safe_load("\n".join(line[indent:] for line in lines)) or {}
    except yaml.YAMLError as error:
        raise InputError(f"{path}: the header is no YAML: {' '.join(str(error).split())}") from error
    if not isinstance(told, dict) or not isinstance(told.get("curie_map") or {}, dict):
        raise InputError(f"{path}: the header is no table of YAML with a curie_map")
    return told


def _prefixes(base: str) -> dict[str, str]:
    return {"entity": base, "owl": OWL.iri, "semapv": SEMAPV.iri, "skos": SKOS.iri, "wikidata": WIKIDATA}


def _mapping(cells: dict[str, str | Any], shared: dict[str, str], prefixes: dict[str, str], base: str) -> Mapping:
    if None in cells or None in cells.values():
        raise ValueError("it has more or fewer cells than the header")
    values = {column: cells.get(column) or shared.get(column, "") for column in _COLUMNS}
    values["subject_id"] = _iri(values["subject_id"], prefixes).removeprefix(base)
    values["object_id"] = f"Q{number(_iri(values['object_id'], prefixes))}"
    values["predicate_id"] = _short(_iri(values["predicate_id"], prefixes))
    values["mapping_justification"] = _short(_iri(values["mapping_justification"], prefixes))
    if values["predicate_id"] not in _PREDICATES:
        raise ValueError(f"the predicate is none of {', '.join(_PREDICATES)}")
    if values["predicate_modifier"] not in {"", "Not"}:
        raise ValueError("the predicate_modifier is neither empty nor Not")
    if values["confidence"]:
        values["confidence"] = str(float(values["confidence"]))
        if not 0 <= float(values["confidence"]) <= 1:
            raise ValueError("the confidence is not from 0 to 1")
    return Mapping(**values)


def _iri(curie: str, prefixes: dict[str, str]) -> str:
    prefix, _, tail = curie.partition(":")
    if not tail:
        raise ValueError(f"no identifier: {curie!r}")
    return curie if tail.startswith("//") else prefixes.get(prefix, f"{prefix}:") + tail


def _short(iri: str) -> str:
    for prefix, known in (("owl", OWL.iri), ("skos", SKOS.iri), ("semapv", SEMAPV.iri)):
        if iri.startswith(known):
            return f"{prefix}:{iri.removeprefix(known)}"
    return iri


def by_machine(**told: str) -> Mapping:
    """Return a mapping that this program asserts."""
    return Mapping(mapping_justification=MACHINE, mapping_tool="readout-kg", mapping_tool_version=__version__, **told)
