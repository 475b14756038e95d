"""An `Extraction` as RDF: one named graph for each readout, complete in itself (DESIGN.md §2).

What is minted here depends on the publisher's document id, on an entity's id and on text order, never on a clock or
on chance: the same readout gives the same quads. Phrases follow RFC 5147 and NIF 2.0 (``<document>#char=12,34``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import quote

from pyoxigraph import Dataset, Literal, NamedNode, Quad, RdfFormat, parse

from kg import __version__, vocab
from kg.model import (
    Agency,
    Entity,
    Event,
    Extraction,
    Holding,
    Initiative,
    Meeting,
    Mention,
    Participation,
    Person,
    Place,
    Post,
    Readout,
    Span,
    Statement,
    Topic,
)
from kg.text import slug
from kg.vocab import BASE, Namespace

__all__ = ["EXTRACTOR", "document_iri", "graph_iri", "meeting_iri", "post_tail", "to_lines", "to_quads", "to_rdf"]

EXTRACTOR = f"readout-kg/{__version__}"
"""Who read the text: it goes into each document, and into the loader's key."""


class _Terms:
    """The terms of a namespace as they stand in N-Triples, written out once: hundreds go into each graph."""

    def __init__(self, namespace: Namespace) -> None:
        self.__dict__.update({node.value.removeprefix(namespace.iri): str(node) for node in namespace})

    def __getattr__(self, term: str) -> str:
        raise AttributeError(f"no term {term!r}")

    def __getitem__(self, term: str) -> str:
        written: str = self.__dict__[term]
        return written


ACT, KIND, MODE, ROLE, STATUS, TENURE = map(
    _Terms, (vocab.ACT, vocab.KIND, vocab.MODE, vocab.ROLE, vocab.STATUS, vocab.TENURE)
)
DCTERMS, ITSRDF, NIF, ORG, PROV = map(_Terms, (vocab.DCTERMS, vocab.ITSRDF, vocab.NIF, vocab.ORG, vocab.PROV))
RDF, RDFS, READOUT, SCHEMA, SKOS, XSD = map(
    _Terms, (vocab.RDF, vocab.RDFS, vocab.READOUT, vocab.SCHEMA, vocab.SKOS, vocab.XSD)
)
_DATE_TYPES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}


def document_iri(document_id: str, base: str = BASE) -> NamedNode:
    """Mint the IRI of a readout.

    >>> document_iri("us-state/2024-03-05-qatar").value
    'https://w3id.org/readout/document/us-state/2024-03-05-qatar'
    """
    return _iri(base, f"document/{document_id}")


def graph_iri(document_id: str, base: str = BASE) -> NamedNode:
    """Mint the IRI of the named graph that holds what reading this readout gave.

    >>> graph_iri("us-state/2024-03-05-qatar").value
    'https://w3id.org/readout/graph/us-state/2024-03-05-qatar'
    """
    return _iri(base, f"graph/{document_id}")


def meeting_iri(document_id: str, number: int, base: str = BASE) -> NamedNode:
    """Mint the IRI of the *number*-th meeting, from 1 in text order, that a readout reports.

    Only what the publisher gave goes into it, never extracted names: a better extractor must not move an IRI that
    others already cite.

    Raises:
        ValueError: *number* is below 1.

    >>> meeting_iri("us-state/2024-03-05-qatar", 1).value
    'https://w3id.org/readout/meeting/us-state/2024-03-05-qatar/1'
    """
    if number < 1:
        raise ValueError(f"meetings are numbered from 1, not {number}")
    return _iri(base, f"meeting/{document_id}/{number}")


def post_tail(post: Post) -> str:
    """Return the tail of a post's IRI: the body it belongs to, then the title.

    >>> post_tail(Post(title="Prime Minister", of="place/belgium"))
    'post/belgium/prime-minister'
    """
    holder = post.of.split("/", 1)[1] if post.of else "unknown"
    return f"post/{holder}/{slug(post.title)}"


def to_rdf(extraction: Extraction, base: str = BASE) -> Dataset:
    """Return the readout's graph as a dataset of quads, to be searched, compared or serialised."""
    return Dataset(to_quads(extraction, base))


def to_quads(extraction: Extraction, base: str = BASE) -> Iterator[Quad]:
    """Yield the quads of the readout's graph, each once, in the order of the text's facts."""
    graph = f" {graph_iri(extraction.readout.id, base)} .\n"
    text = "".join([line + graph for line in to_lines(extraction, base)])
    return parse(text, RdfFormat.N_QUADS, lenient=True)  # each term was checked when it was made


def to_lines(extraction: Extraction, base: str = BASE) -> list[str]:
    """Return the statements of the readout's graph as lines of N-Triples, without the full stop at their end.

    They are those of `to_quads`, in its order, and cost half the time.
    """
    return list(dict.fromkeys(_Writer(extraction, base).lines()))


def _quoted(tail: str) -> str:
    return quote(tail, safe="/-._~")


def _iri(base: str, tail: str) -> NamedNode:
    return NamedNode(base + _quoted(tail))


# Terms as they stand in N-Triples.


@lru_cache(maxsize=65536)
def _node(base: str, tail: str) -> str:
    return str(_iri(base, tail))


def _text(value: str) -> str:
    if value.isprintable() and '"' not in value and "\\" not in value:  # nothing to escape
        return f'"{value}"'
    return str(Literal(value))


@lru_cache(maxsize=256)
def _decimal(value: float) -> str:
    return f'"{value:.2f}"^^{XSD.decimal}'


def _integer(value: int) -> str:
    return f'"{value}"^^{XSD.integer}'


def _offset(value: int) -> str:
    return f'"{value}"^^{XSD.nonNegativeInteger}'


def _when(value: str) -> str:
    return f'"{value}"^^{_DATE_TYPES[len(value)]}'


@dataclass
class _Writer:
    """Writes one extraction; what has been written grows, nothing else changes. Terms are as in N-Triples."""

    extraction: Extraction
    base: str
    _lines: list[str] = field(default_factory=list)
    _phrases: dict[tuple[int, int], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.readout = self.extraction.readout
        document = document_iri(self.readout.id, self.base)
        self.document, self._phrase_start = str(document), f"<{document.value}#char="
        self._id = _quoted(self.readout.id)
        self.names = {entity.id: entity.name for entity in self.extraction.entities()}

    def lines(self) -> list[str]:
        self._readout(self.readout)
        for entity in self.extraction.entities():
            self._entity(entity)
        holdings = ((person, holding) for person in self.extraction.people for holding in person.holdings)
        for number, (person, holding) in enumerate(holdings, 1):
            self._holding(number, person, holding)
        for meeting in self.extraction.meetings:
            self._meeting(meeting)
        for statement in self.extraction.statements:
            self._statement(statement)
        return self._lines

    def _add(self, subject: str, predicate: str, value: str) -> None:
        self._lines.append(f"{subject} {predicate} {value}")

    def _ref(self, tail: str) -> str:
        return _node(self.base, tail)

    def _own(self, kind: str, *numbers: int) -> str:
        """Return the node of a fact that is the readout's own."""
        return f"<{self.base}{kind}/{self._id}/{'/'.join(map(str, numbers))}>"

    def _type(self, subject: str, *classes: str) -> None:
        for cls in classes:
            self._add(subject, RDF.type, cls)

    def _readout(self, readout: Readout) -> None:
        self._type(self.document, READOUT.Readout, NIF.Context)
        title = readout.title.of(readout.text) if readout.title else readout.identifier or readout.id
        self._add(self.document, RDFS.label, _text(title))
        optional = (
            (DCTERMS.title, readout.title and _text(title)),
            (DCTERMS.issued, readout.issued and _when(readout.issued.isoformat())),
            (DCTERMS.publisher, readout.publisher and _text(readout.publisher)),
            (DCTERMS.identifier, readout.identifier and _text(readout.identifier)),
            (DCTERMS.language, readout.language and _text(readout.language)),
        )
        for predicate, value in optional:
            if value:
                self._add(self.document, predicate, value)
        if readout.source:
            self._add(self.document, DCTERMS.source, _address(readout.source))
        self._add(self.document, NIF.isString, _text(readout.text))
        self._add(self.document, READOUT.sha256, _text(readout.sha256))
        self._add(self.document, READOUT.extractor, _text(EXTRACTOR))
        for meeting in self.extraction.meetings:
            self._add(self.document, READOUT.reports, self._meeting_iri(meeting.number))

    def _phrase(self, span: Span) -> str:
        start, end = key = span.start, span.end
        if phrase := self._phrases.get(key):
            return phrase
        phrase = self._phrases[key] = f"{self._phrase_start}{start},{end}>"
        self._lines += (
            f"{phrase} {RDF.type} {NIF.Phrase}",
            f"{phrase} {NIF.referenceContext} {self.document}",
            f"{phrase} {NIF.beginIndex} {_offset(start)}",
            f"{phrase} {NIF.endIndex} {_offset(end)}",
            f"{phrase} {NIF.anchorOf} {_text(self.readout.text[start:end])}",
        )
        return phrase

    def _evidence(self, fact: str, *mentions: Mention) -> None:
        for mention in mentions:
            self._add(fact, PROV.wasDerivedFrom, self._phrase(mention.span))
            self._add(fact, READOUT.rule, _text(mention.rule))
        if mentions:
            self._add(fact, READOUT.confidence, _decimal(max(mention.confidence for mention in mentions)))

    def _entity(self, entity: Entity) -> None:
        node = self._ref(entity.id)
        self._type(node, _class_of(entity))
        self._add(node, RDFS.label, _text(entity.name))
        for alias in entity.aliases:
            if alias != entity.name:
                self._add(node, SKOS.altLabel, _text(alias))
        if isinstance(entity, Place) and entity.within:
            self._add(node, READOUT.within, self._ref(entity.within))
        if isinstance(entity, Agency) and entity.country:
            self._add(node, READOUT.country, self._ref(entity.country))
        for mention in entity.mentions:
            phrase = self._phrase(mention.span)
            self._lines += (
                f"{phrase} {ITSRDF.taIdentRef} {node}",
                f"{phrase} {ITSRDF.taConfidence} {_decimal(mention.confidence)}",
            )

    def _post(self, post: Post) -> str:
        node = self._ref(post_tail(post))
        self._type(node, READOUT.Post)
        self._add(node, RDFS.label, _text(post.title))
        if post.of:
            self._add(node, ORG.postIn, self._ref(post.of))
        return node

    def _holding(self, number: int, person: Person, holding: Holding) -> None:
        node = self._own("holding", number)
        post = self._post(holding.post)
        self._add(self._ref(person.id), ORG.holds, post)
        self._add(post, PROV.wasDerivedFrom, self._phrase(holding.evidence.span))
        self._type(node, READOUT.Holding)
        self._add(node, ORG.member, self._ref(person.id))
        self._add(node, READOUT.post, post)
        self._add(node, READOUT.tenure, TENURE[holding.tenure])
        self._evidence(node, holding.evidence)

    def _meeting_iri(self, number: int) -> str:
        return self._own("meeting", number)

    def _meeting(self, meeting: Meeting) -> None:
        node = self._meeting_iri(meeting.number)
        self._type(node, READOUT.Meeting)
        self._add(node, RDFS.label, _text(self._meeting_label(meeting)))
        self._add(node, READOUT.number, _integer(meeting.number))
        self._add(node, READOUT.kind, KIND[meeting.kind])
        self._add(node, READOUT.mode, MODE[meeting.mode])
        self._add(node, READOUT.status, STATUS[meeting.status])
        if meeting.start:
            self._add(node, SCHEMA.startDate, _when(meeting.start))
        if meeting.end:
            self._add(node, SCHEMA.endDate, _when(meeting.end))
        for predicate, tails in (
            (SCHEMA.location, meeting.places),
            (READOUT.side, meeting.sides),
            (READOUT.addresses, meeting.addresses),
        ):
            for tail in tails:
                self._add(node, predicate, self._ref(tail))
        for group in meeting.groups:
            self._add(node, READOUT.group, _text(group))
        if meeting.part_of:
            self._add(node, DCTERMS.isPartOf, self._meeting_iri(meeting.part_of))
        self._evidence(node, *meeting.evidence)
        for number, participation in enumerate(meeting.participations, 1):
            self._participation(meeting, number, participation)

    def _meeting_label(self, meeting: Meeting) -> str:
        who = [self.names[part.person] for part in meeting.participations] or list(meeting.groups)
        who = who or [self.names[side] for side in meeting.sides]
        names = ", ".join(who[:4]) + (f" and {len(who) - 4} more" if len(who) > 4 else "")
        where = f" in {self.names[meeting.places[0]]}" if meeting.places else ""
        when = f", {meeting.start}" if meeting.start else ""
        return f"{meeting.kind.capitalize()} of {names or 'unnamed parties'}{where}{when}"

    def _participation(self, meeting: Meeting, number: int, participation: Participation) -> None:
        owner = self._meeting_iri(meeting.number)
        person = self._ref(participation.person)
        node = self._own("participation", meeting.number, number)
        self._add(owner, READOUT.participant, person)
        self._add(owner, READOUT.participation, node)
        self._type(node, READOUT.Participation)
        self._add(node, READOUT.person, person)
        self._add(node, READOUT.role, ROLE[participation.role])
        if participation.post:
            self._add(node, READOUT.post, self._post(participation.post))
        if participation.side:
            self._add(node, READOUT.side, self._ref(participation.side))
        self._evidence(node, participation.evidence)

    def _statement(self, statement: Statement) -> None:
        node = self._own("statement", statement.number)
        self._type(node, READOUT.Statement)
        self._add(node, READOUT.number, _integer(statement.number))
        self._add(node, READOUT.meeting, self._meeting_iri(statement.meeting))
        self._add(node, READOUT.act, ACT[statement.act])
        self._add(node, READOUT.quote, _text(statement.evidence.span.of(self.readout.text)))
        self._add(node, READOUT.joint, f'"{str(statement.joint).lower()}"^^{XSD.boolean}')
        for predicate, tails in ((READOUT.speaker, statement.speakers), (READOUT.about, statement.about)):
            for tail in tails:
                self._add(node, predicate, self._ref(tail))
        self._evidence(node, statement.evidence)


def _class_of(entity: Entity) -> str:
    """Return the one most specific class of an entity; the wider ones follow from the ontology."""
    match entity:
        case Person(official=official):
            return READOUT.Official if official else READOUT.Person
        case Agency(governmental=True, mentions=(_, *_)):
            return READOUT.Agency
        case Agency():
            return READOUT.Organization  # also a body that only an office implies
        case Place(country=True, mentions=()):
            return SCHEMA.Country  # a state that has a side, a post or a place, but is not named in the text
        case Place(country=country):
            return READOUT.Country if country else READOUT.Place
        case Initiative():
            return READOUT.Initiative
        case Event():
            return READOUT.Event
        case Topic():
            return SKOS.Concept
    raise TypeError(f"no class for {type(entity).__name__}")


def _address(source: str) -> str:
    """Return a web address as an IRI, and anything else, which nobody should follow, as the text that was given."""
    try:
        return str(NamedNode(source)) if source.startswith(("https://", "http://")) else _text(source)
    except ValueError:
        return _text(source)
