"""What the graph of one document gives to the index: an entry for each thing that one can look for.

An entry has the names of a thing, its words (a text, or a quote), and the values by which it can be narrowed down.
People, bodies, places and the like have the years, acts and initiatives of the encounters that they are involved in,
an encounter has its own, a document has all that it mentions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.vocab import ACT, DCTERMS, NIF, ORG, RDF, RDFS, READOUT, SCHEMA, SKOS

__all__ = ["FACETS", "PREDICATES", "TYPES", "Entry", "entries"]

TYPES = {
    READOUT.Official.value: "official",
    READOUT.Person.value: "person",
    READOUT.Agency.value: "agency",
    READOUT.Organization.value: "organization",
    READOUT.Initiative.value: "initiative",
    READOUT.Event.value: "event",
    READOUT.Country.value: "country",
    SCHEMA.Country.value: "country",
    READOUT.Place.value: "place",
    READOUT.Post.value: "post",
    SKOS.Concept.value: "topic",
    READOUT.Meeting.value: "meeting",
    READOUT.Readout.value: "readout",
    READOUT.Statement.value: "statement",
}
"""The classes of what can be found, with the names that they have in a question; the more specific stand first."""
FACETS = ("type", "agency", "country", "initiative", "year", "publisher", "act")
"""What results can be narrowed down by."""

_PEOPLE = ("official", "person")
_BODIES = ("agency", "organization")
_USED = (
    *(RDF.type, RDFS.label, SKOS.altLabel, NIF.isString),
    *(DCTERMS.title, DCTERMS.issued, DCTERMS.publisher),
    *(ORG.postIn, ORG.holds, SCHEMA.startDate, SCHEMA.location),
    *(READOUT.side, READOUT.participant, READOUT.participation, READOUT.person, READOUT.post, READOUT.addresses),
    *(READOUT.meeting, READOUT.speaker, READOUT.about, READOUT.act, READOUT.quote, READOUT.reports),
    *(READOUT.country, READOUT.within),
)
PREDICATES = tuple(node.value for node in _USED)
"""The properties that entries are made from: no others need to be read."""

_Term = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing, as one document has it. `type` is a value of `TYPES`.

    `label` is its name; `names` are others, `offices` what it is called by office. `text` are the words that it is also
    found by. `detail` is a remark that tells it from others. `facets` are pairs of a facet's name and a value: an IRI
    for agencies, countries and initiatives.
    """

    iri: str
    type: str
    label: str
    names: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    text: str = ""
    detail: str = ""
    date: str = ""
    facets: frozenset[tuple[str, str]] = field(default_factory=frozenset)


def entries(statements: Iterable[tuple[_Term, _Term, _Term]]) -> Iterator[Entry]:
    """Yield the entries of one document, given its statements (those with `PREDICATES` are enough)."""
    graph = _Graph(statements)
    for node, kind in graph.types.items():
        if made := graph.entry(node, kind):
            yield made


class _Graph:
    """The statements of one document, by property and subject, and what follows from them."""

    def __init__(self, statements: Iterable[tuple[_Term, _Term, _Term]]) -> None:
        self._values: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for subject, predicate, value in statements:
            if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode) and not isinstance(value, Triple):
                self._values[predicate.value][subject.value].append(value.value)
        order = list(TYPES)
        self.types: dict[str, str] = {}
        for node, classes in self._values[RDF.type.value].items():
            if known := sorted(set(classes) & TYPES.keys(), key=order.index):
                self.types[node] = TYPES[known[0]]
        self._documents = [node for node, kind in self.types.items() if kind == "readout"]
        self._involved = self._involvements()
        self._spoken = self._statements()
        self._of_meetings = {node: self._meeting(node) for node, kind in self.types.items() if kind == "meeting"}

    def _all(self, node: str, predicate: NamedNode) -> list[str]:
        return self._values[predicate.value].get(node, [])

    def _one(self, node: str, predicate: NamedNode) -> str:
        return min(self._all(node, predicate), default="")

    def entry(self, node: str, kind: str) -> Entry | None:
        """Return the entry of *node*, which is of this *kind*; none if it has no name and no words."""
        quote = self._one(node, READOUT.quote)
        label = self._one(node, RDFS.label) or self._one(node, DCTERMS.title) or quote
        if not label:
            return None
        names = (*self._all(node, SKOS.altLabel), *self._all(node, DCTERMS.title))
        offices = tuple(self._office(post) for post in self._all(node, ORG.holds)) if kind in _PEOPLE else ()
        if kind == "post" and (whole := self._office(node)) != label:
            label, names = whole, (*names, label)
        return Entry(
            node,
            kind,
            label,
            tuple(sorted(set(names) - {label})),
            tuple(sorted({office for office in offices if office})),
            self._one(node, NIF.isString) or quote,
            self._detail(node, kind, offices),
            self._date(node, kind),
            frozenset(self._facets(node, kind)),
        )

    def _office(self, post: str) -> str:
        title, holder = self._one(post, RDFS.label), self._name(self._one(post, ORG.postIn))
        return f"{title}, {holder}" if title and holder else title

    def _name(self, node: str) -> str:
        return self._one(node, RDFS.label) if node else ""

    def _detail(self, node: str, kind: str, offices: tuple[str, ...]) -> str:
        if kind in _PEOPLE:
            return min(offices, default="")
        if kind == "readout":
            return self._one(node, DCTERMS.publisher)
        if kind == "statement":
            return ", ".join(sorted(filter(None, map(self._name, self._all(node, READOUT.speaker)))))
        home = self._home(node)
        return self._name(home) if home != node and kind != "post" else ""  # a post is called by its country

    def _date(self, node: str, kind: str) -> str:
        """Return the day of what happens on one, and of anything else the day on which it was written of."""
        meeting = node if kind == "meeting" else self._one(node, READOUT.meeting)
        own = self._one(meeting, SCHEMA.startDate) if meeting else self._one(node, DCTERMS.issued)
        return own or min((day for d in self._documents for day in self._all(d, DCTERMS.issued)), default="")

    def _home(self, node: str) -> str:
        """Return the country of a thing: itself, where it lies, or whose it is."""
        if self.types.get(node) == "country":
            return node
        found = self._one(node, READOUT.country) or self._one(node, READOUT.within)
        if self.types.get(node) == "post" and not found:
            body = self._one(node, ORG.postIn)
            return self._home(body) if body and body != node else ""
        return found

    # --- facets -------------------------------------------------------------------------------------------------------

    def _facets(self, node: str, kind: str) -> Iterator[tuple[str, str]]:
        yield from self._published()
        if kind == "meeting":
            yield from self._of_meetings[node]
        elif kind == "readout":
            yield from self._mentioned()
        elif kind == "statement":
            yield from self._of_statement(node)
        else:
            yield from self._of_thing(node, kind)

    def _published(self) -> Iterator[tuple[str, str]]:
        for document in self._documents:
            yield from (("publisher", name) for name in self._all(document, DCTERMS.publisher))

    def _years(self) -> Iterator[tuple[str, str]]:
        """Yield the years of the document: those of its encounters, or else the one in which it was issued."""
        years = {year for facets in self._of_meetings.values() for year in facets if year[0] == "year"}
        issued = (("year", self._one(document, DCTERMS.issued)[:4]) for document in self._documents)
        yield from years or (pair for pair in issued if pair[1])

    def _mentioned(self) -> Iterator[tuple[str, str]]:
        yield from self._years()
        for node in self.types:
            yield from self._itself(node)
        for facets in self._of_meetings.values():
            yield from (pair for pair in facets if pair[0] == "act")

    def _itself(self, node: str) -> Iterator[tuple[str, str]]:
        kind = self.types.get(node)
        if kind in _BODIES:
            yield "agency", node
        elif kind in ("initiative", "country"):
            yield kind, node

    def _homes(self, nodes: Iterable[str]) -> Iterator[tuple[str, str]]:
        yield from (("country", home) for node in nodes if (home := self._home(node)))

    def _meeting(self, node: str) -> frozenset[tuple[str, str]]:
        sides, addressed = self._all(node, READOUT.side), self._all(node, READOUT.addresses)
        parts = self._all(node, READOUT.participation)
        posts = [post for part in parts for post in self._all(part, READOUT.post)]
        found = {*self._homes((*sides, *posts))}
        for thing in (*sides, *addressed, *(body for post in posts for body in self._all(post, ORG.postIn))):
            found.update(self._itself(thing))
        for statement in self._spoken[node]:
            found.update(self._acts(statement))
            found.update(p for about in self._all(statement, READOUT.about) for p in self._itself(about))
        dates = self._all(node, SCHEMA.startDate) or [d for n in self._documents for d in self._all(n, DCTERMS.issued)]
        found.update(("year", date[:4]) for date in dates[:1])
        return frozenset(found)

    def _acts(self, statement: str) -> Iterator[tuple[str, str]]:
        yield from (("act", act.removeprefix(ACT.iri)) for act in self._all(statement, READOUT.act))

    def _of_statement(self, node: str) -> Iterator[tuple[str, str]]:
        yield from self._acts(node)
        for meeting in self._all(node, READOUT.meeting):
            of_meeting = self._of_meetings.get(meeting, frozenset())
            yield from (pair for pair in of_meeting if pair[0] in ("year", "country"))
        for thing in self._all(node, READOUT.about):
            yield from self._itself(thing)

    def _of_thing(self, node: str, kind: str) -> Iterator[tuple[str, str]]:
        yield from self._years()
        yield from self._itself(node)
        posts = self._all(node, ORG.holds)
        yield from self._homes((node, *posts))
        for post in (node, *posts):
            yield from (pair for body in self._all(post, ORG.postIn) for pair in self._itself(body))
        wanted = ("initiative", "act") if kind in (*_PEOPLE, "country") else ("initiative", "act", "country", "agency")
        for meeting in self._involved[node]:
            yield from (pair for pair in self._of_meetings.get(meeting, ()) if pair[0] in wanted)

    def _involvements(self) -> defaultdict[str, set[str]]:
        """Return the encounters that each thing is involved in."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for predicate in (READOUT.side, READOUT.participant, READOUT.addresses, SCHEMA.location):
            for meeting, things in self._values[predicate.value].items():
                for thing in things:
                    found[thing].add(meeting)
        for predicate in (READOUT.about, READOUT.speaker):
            for statement, things in self._values[predicate.value].items():
                for thing in things:
                    found[thing].update(self._all(statement, READOUT.meeting))
        return found

    def _statements(self) -> defaultdict[str, list[str]]:
        """Return the statements of each encounter."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for statement, meetings in self._values[READOUT.meeting.value].items():
            for meeting in meetings:
                found[meeting].append(statement)
        return found
