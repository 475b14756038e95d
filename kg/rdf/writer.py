"""The one way from an `Extraction` to the statements of its graph (DESIGN.md §2)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from kg import __version__
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
from kg.rdf.iris import document_iri, post_tail, quoted
from kg.rdf.terms import (
    ACT,
    DCTERMS,
    ITSRDF,
    KIND,
    MODE,
    NIF,
    ORG,
    PROV,
    RDF,
    RDFS,
    READOUT,
    ROLE,
    SCHEMA,
    SKOS,
    STATUS,
    TENURE,
    address,
    boolean,
    decimal,
    integer,
    node,
    offset,
    text,
    when,
)

__all__ = ["EXTRACTOR", "Writer"]

EXTRACTOR = f"readout-kg/{__version__}"
"""Who read the text: it goes into each document, and into the loader's key."""


@dataclass
class Writer:
    """Writes one extraction; what has been written grows, nothing else changes. Terms are as in N-Triples."""

    extraction: Extraction
    base: str
    _lines: list[str] = field(default_factory=list)
    _phrases: dict[tuple[int, int], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.readout = self.extraction.readout
        document = document_iri(self.readout.id, self.base)
        self.document, self._phrase_start = str(document), f"<{document.value}#char="
        self._id, self._ref = quoted(self.readout.id), partial(node, self.base)
        self.names = {entity.id: entity.name for entity in self.extraction.entities()}

    def lines(self) -> list[str]:
        """Return the statements of the graph, some of them more than once."""
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

    def _own(self, kind: str, *numbers: int) -> str:
        """Return the node of a fact that is the readout's own."""
        return f"<{self.base}{kind}/{self._id}/{'/'.join(map(str, numbers))}>"

    def _readout(self, readout: Readout) -> None:
        self._add(self.document, RDF.type, READOUT.Readout)
        self._add(self.document, RDF.type, NIF.Context)
        title = readout.title.of(readout.text) if readout.title else readout.identifier or readout.id
        self._add(self.document, RDFS.label, text(title))
        optional = (
            (DCTERMS.title, readout.title and text(title)),
            (DCTERMS.issued, readout.issued and when(readout.issued.isoformat())),
            (DCTERMS.publisher, readout.publisher and text(readout.publisher)),
            (DCTERMS.identifier, readout.identifier and text(readout.identifier)),
            (DCTERMS.language, readout.language and text(readout.language)),
        )
        for predicate, value in optional:
            if value:
                self._add(self.document, predicate, value)
        if readout.source:
            self._add(self.document, DCTERMS.source, address(readout.source))
        self._add(self.document, NIF.isString, text(readout.text))
        self._add(self.document, READOUT.sha256, text(readout.sha256))
        self._add(self.document, READOUT.extractor, text(EXTRACTOR))
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
            f"{phrase} {NIF.beginIndex} {offset(start)}",
            f"{phrase} {NIF.endIndex} {offset(end)}",
            f"{phrase} {NIF.anchorOf} {text(self.readout.text[start:end])}",
        )
        return phrase

    def _evidence(self, fact: str, *mentions: Mention) -> None:
        for mention in mentions:
            self._lines += (
                f"{fact} {PROV.wasDerivedFrom} {self._phrase(mention.span)}",
                f"{fact} {READOUT.rule} {text(mention.rule)}",
            )
        if mentions:
            self._add(fact, READOUT.confidence, decimal(max(mention.confidence for mention in mentions)))

    def _entity(self, entity: Entity) -> None:
        node = self._ref(entity.id)
        self._lines += (f"{node} {RDF.type} {_class_of(entity)}", f"{node} {RDFS.label} {text(entity.name)}")
        self._lines += [f"{node} {SKOS.altLabel} {text(alias)}" for alias in entity.aliases if alias != entity.name]
        if isinstance(entity, Place) and entity.within:
            self._add(node, READOUT.within, self._ref(entity.within))
        if isinstance(entity, Agency) and entity.country:
            self._add(node, READOUT.country, self._ref(entity.country))
        for mention in entity.mentions:
            phrase = self._phrase(mention.span)
            self._lines += (
                f"{phrase} {ITSRDF.taIdentRef} {node}",
                f"{phrase} {ITSRDF.taConfidence} {decimal(mention.confidence)}",
            )

    def _post(self, post: Post) -> str:
        node = self._ref(post_tail(post))
        self._lines += (f"{node} {RDF.type} {READOUT.Post}", f"{node} {RDFS.label} {text(post.title)}")
        if post.of:
            self._add(node, ORG.postIn, self._ref(post.of))
        return node

    def _holding(self, number: int, person: Person, holding: Holding) -> None:
        node, holder = self._own("holding", number), self._ref(person.id)
        post = self._post(holding.post)
        self._add(holder, ORG.holds, post)
        self._add(post, PROV.wasDerivedFrom, self._phrase(holding.evidence.span))
        self._lines += (
            f"{node} {RDF.type} {READOUT.Holding}",
            f"{node} {ORG.member} {holder}",
            f"{node} {READOUT.post} {post}",
            f"{node} {READOUT.tenure} {TENURE[holding.tenure]}",
        )
        self._evidence(node, holding.evidence)

    def _meeting_iri(self, number: int) -> str:
        return self._own("meeting", number)

    def _meeting(self, meeting: Meeting) -> None:
        node = self._meeting_iri(meeting.number)
        self._add(node, RDF.type, READOUT.Meeting)
        self._add(node, RDFS.label, text(self._meeting_label(meeting)))
        self._add(node, READOUT.number, integer(meeting.number))
        self._add(node, READOUT.kind, KIND[meeting.kind])
        self._add(node, READOUT.mode, MODE[meeting.mode])
        self._add(node, READOUT.status, STATUS[meeting.status])
        if meeting.start:
            self._add(node, SCHEMA.startDate, when(meeting.start))
        if meeting.end:
            self._add(node, SCHEMA.endDate, when(meeting.end))
        for predicate, tails in (
            (SCHEMA.location, meeting.places),
            (READOUT.side, meeting.sides),
            (READOUT.addresses, meeting.addresses),
        ):
            for tail in tails:
                self._add(node, predicate, self._ref(tail))
        for group in meeting.groups:
            self._add(node, READOUT.group, text(group))
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
        day = f", {meeting.start}" if meeting.start else ""
        return f"{meeting.kind.capitalize()} of {names or 'unnamed parties'}{where}{day}"

    def _participation(self, meeting: Meeting, number: int, participation: Participation) -> None:
        owner = self._meeting_iri(meeting.number)
        person = self._ref(participation.person)
        node = self._own("participation", meeting.number, number)
        self._lines += (
            f"{owner} {READOUT.participant} {person}",
            f"{owner} {READOUT.participation} {node}",
            f"{node} {RDF.type} {READOUT.Participation}",
            f"{node} {READOUT.person} {person}",
            f"{node} {READOUT.role} {ROLE[participation.role]}",
        )
        if participation.post:
            self._add(node, READOUT.post, self._post(participation.post))
        if participation.side:
            self._add(node, READOUT.side, self._ref(participation.side))
        self._evidence(node, participation.evidence)

    def _statement(self, statement: Statement) -> None:
        node = self._own("statement", statement.number)
        self._lines += (
            f"{node} {RDF.type} {READOUT.Statement}",
            f"{node} {READOUT.number} {integer(statement.number)}",
            f"{node} {READOUT.meeting} {self._meeting_iri(statement.meeting)}",
            f"{node} {READOUT.act} {ACT[statement.act]}",
            f"{node} {READOUT.quote} {text(statement.evidence.span.of(self.readout.text))}",
            f"{node} {READOUT.joint} {boolean(statement.joint)}",
        )
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
