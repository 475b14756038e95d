"""A thing as a record: what it is, what it is called, and what the store says of it."""

from __future__ import annotations

from typing import Any

from kg.errors import NotFound
from kg.records.source import Source, clipped, local
from kg.vocab import NIF, RDF, RDFS, READOUT, SKOS

__all__ = ["thing"]

_OWN = """
SELECT DISTINCT ?property ?value ?label WHERE {
  $thing ?property ?value OPTIONAL { ?value rdfs:label ?label }
} ORDER BY ?property ?value LIMIT 5000"""
_TEXT = 50_000
_NAMES = (RDFS.label.value, SKOS.altLabel.value)
_EVERYTHING_ELSE = frozenset({RDF.type.value, NIF.isString.value, *_NAMES})


def thing(source: Source, iri: str) -> dict[str, Any]:
    """Return what the store says of *iri*: ``iri``, ``label``, ``classes``, ``aliases``, ``properties``.

    Properties are named as people write them (``readout:kind``); each has a list of values, which are texts or
    ``{"iri", "label"}``. A readout has its canonical ``text`` too.

    Raises:
        NotFound: it says nothing.
    """
    rows = source.ask(_OWN, thing=iri)
    if not rows:
        raise NotFound(f"nothing is known of {iri[:200]}")
    labels = [clipped(value) for name in _NAMES for property, value, _ in rows if property == name]
    record: dict[str, Any] = {
        "iri": iri,
        "label": labels[0] if labels else source.short(iri),
        "classes": [local(value) for property, value, _ in rows if property == RDF.type.value and _is_ours(value)],
        "aliases": list(dict.fromkeys(labels[1:])),
        "properties": _properties(source, rows),
    }
    texts = [value for property, value, _ in rows if property == NIF.isString.value]
    return record | ({"text": clipped(texts[0], _TEXT)} if texts else {})


def _is_ours(iri: str) -> bool:
    return iri.startswith(READOUT.iri) or iri == SKOS.Concept.value


def _properties(source: Source, rows: list[tuple[str, ...]]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for property, value, label in rows:
        if property in _EVERYTHING_ELSE:
            continue
        is_iri = bool(label) or value.startswith(("http://", "https://"))
        values = found.setdefault(source.short(property), [])
        known = next((each for each in values if isinstance(each, dict) and each["iri"] == value), None)
        if known is None:  # who has several labels is one value all the same
            values.append({"iri": value, "label": clipped(label)} if is_iri and label else clipped(value))
    return found
