"""Invented documents in the shape of our data, as many as one wants: the graph that servers are measured on."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.store import DocumentWrite
from kg.vocab import BASE, PREFIXES

__all__ = ["documents"]


def documents(number: int) -> Iterator[DocumentWrite]:
    """Yield *number* invented documents in the shape of our data, about 50 statements each."""

    def name(text: str) -> ox.NamedNode:
        prefix, _, local = text.partition(":")
        return ox.NamedNode(PREFIXES[prefix] + local)

    kind, label = name("rdf:type"), name("rdfs:label")
    for each in range(number):
        meeting = ox.NamedNode(f"{BASE}meeting/invented/{each}/1")
        triples = [
            ox.Triple(meeting, kind, name("readout:Meeting")),
            ox.Triple(meeting, label, ox.Literal(f"Call number {each}")),
            ox.Triple(
                meeting, name("readout:kind"), ox.NamedNode(f"{BASE}kind/{('call', 'meeting', 'visit')[each % 3]}")
            ),
            ox.Triple(meeting, name("schema:startDate"), _date(each)),
        ]
        if each % 2:
            triples.append(ox.Triple(meeting, name("schema:location"), ox.NamedNode(f"{BASE}place/place-{each % 97}")))
        for person in {each % 211, each * 7 % 211, each * 31 % 1009}:
            official = ox.NamedNode(f"{BASE}official/person-{person}")
            triples += [
                ox.Triple(meeting, name("readout:participant"), official),
                ox.Triple(official, kind, name("readout:Official")),
                ox.Triple(official, label, ox.Literal(f"Person {person}")),
            ]
        for part in range(9):
            statement = ox.NamedNode(f"{meeting.value}#statement-{part}")
            quoted = f"They spoke of number {each + part} and of what follows from it."
            triples += [
                ox.Triple(statement, kind, name("readout:Statement")),
                ox.Triple(statement, name("readout:meeting"), meeting),
                ox.Triple(statement, name("readout:act"), ox.NamedNode(f"{BASE}act/discuss")),
                ox.Triple(statement, name("readout:quote"), ox.Literal(quoted)),
            ]
        graph = f"{BASE}graph/invented/{each}"
        yield DocumentWrite.of(graph, triples, sha256=str(each), converter="benchmark", source="invented")


def _date(number: int) -> ox.Literal:
    day = f"{2000 + number % 25}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    return ox.Literal(day, datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date"))
