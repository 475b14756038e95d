"""What a readout says, as plain values: the one shape of data that all stages share.

Standard library only, and never changed once made (`kg.values` holds to both). Offsets count Unicode code points of
`Readout.text`, ends exclusive, as in RFC 5147 and NIF. An entity's `id` is the tail of its IRI
(``official/lisa-monaco``); facts refer to entities by it, so an `Extraction` is complete in itself and prints readably.
"""

from __future__ import annotations

from dataclasses import field
from datetime import date
from typing import Literal

from kg.values import dataclass

__all__ = [
    "Act",
    "Agency",
    "Entity",
    "Event",
    "Extraction",
    "Holding",
    "Initiative",
    "Issue",
    "Kind",
    "Link",
    "Meeting",
    "Mention",
    "Mode",
    "Participation",
    "Person",
    "Place",
    "Post",
    "Readout",
    "Role",
    "Span",
    "Statement",
    "Status",
    "Tenure",
    "Topic",
]

Kind = Literal["call", "meeting", "visit", "convening"]
Mode = Literal["in-person", "virtual", "phone", "unspecified"]
Status = Literal["held", "background", "planned"]
Act = Literal["discuss", "agree", "reaffirm", "appreciate", "concern", "request", "commit", "inform"]
Role = Literal["host", "lead", "member"]
Tenure = Literal["current", "acting", "elect", "former"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the canonical text, `start` inclusive, `end` exclusive, in code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"no such stretch of text: {self.start} to {self.end}")

    def of(self, text: str) -> str:
        """Return the characters of *text* that the span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Tell whether *other* lies within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Readout:
    """A press release, read and brought into canonical form, before anything is understood of it.

    `text` is in Unicode NFC, paragraphs are separated by one blank line, hard wraps are undone. Where the source gives
    a title it is the first paragraph, and `title` is its span, so a fact that only the headline states has its phrase.
    """

    id: str
    """`<publisher slug>/<slug>`, from what the publisher gave alone: it must not move when extraction gets better."""
    text: str
    title: Span | None = None
    issued: date | None = None
    publisher: str | None = None
    """The publisher's name as given or plainly signed, e.g. ``The White House``."""
    source: str | None = None
    """The address it was published at, http or https."""
    identifier: str | None = None
    """The file name, or the record's own id, that it was read from."""
    language: str | None = None
    """BCP 47 tag, where the source tells."""
    sha256: str = ""
    """Hex digest of the bytes it was read from (for a record of a container: of the record's bytes)."""


@dataclass(frozen=True, slots=True)
class Mention:
    """The phrase that says so: the evidence of an entity or a fact."""

    span: Span
    rule: str
    """Name of the rule that took it, e.g. ``people.title-before-name``."""
    confidence: float = 1.0
    """Estimated probability, 0 to 1, that a careful reader would agree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """What all entities have. `name` is canonical, `aliases` are other forms that stand in the text or are usual."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """An office: its title without the body it belongs to, and the id of that body (an agency or a country)."""

    title: str
    of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """That somebody holds a post, in what way, and the phrase that says so."""

    post: Post
    tenure: Tenure = "current"
    evidence: Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Entity):
    """A human being (``official/…``). Who is known only by office is *inferred*: no part of the name is in the text."""

    official: bool = True
    inferred: bool = False
    holdings: tuple[Holding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency(Entity):
    """A named body (``agency/…``): of government if `governmental`, otherwise any other organisation."""

    governmental: bool = True
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Initiative(Entity):
    """A programme, treaty, coalition, working group, law, fund or the like (``initiative/…``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Entity):
    """A named or dated happening other than the readout's own encounters (``event/…``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Entity):
    """A country, region, city or building (``place/…``); `within` is the id of the country it lies in."""

    country: bool = False
    within: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic(Entity):
    """What was spoken about, as a noun phrase of the text (``topic/…``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """That a person took part: in which post, for which side, in which role."""

    person: str
    post: Post | None = None
    side: str | None = None
    role: Role = "member"
    evidence: Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One encounter between at least two parties, numbered from 1 in text order.

    `start` and `end` are ISO 8601 dates, months or years (``2016-05-11``, ``2016-05``, ``2016``), as precise as the
    text. `places` has the most specific first. `part_of` is the number of the visit it belongs to.
    """

    number: int
    kind: Kind
    mode: Mode
    status: Status = "held"
    start: str | None = None
    end: str | None = None
    places: tuple[str, ...] = ()
    participations: tuple[Participation, ...] = ()
    groups: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    part_of: int | None = None
    evidence: tuple[Mention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing said or agreed at meeting number `meeting`: the clause `evidence.span`, verb to end of object.

    `speakers` are ids of persons. When the sides spoke jointly they are all who took part, and `joint` is set.
    `about` are ids of topics and of entities named in the clause.
    """

    number: int
    meeting: int
    act: Act
    speakers: tuple[str, ...] = ()
    joint: bool = False
    about: tuple[str, ...] = ()
    evidence: Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """That an entity is the same as one of another data set, how sure that is, and who says so."""

    entity: str
    target: str
    predicate: Literal["sameAs", "exactMatch", "closeMatch"]
    confidence: float
    justification: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Something that a person should know of: where, and in one line what was wrong and what to do."""

    origin: str
    reason: str
    code: str = "input"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything that one readout says."""

    readout: Readout
    people: tuple[Person, ...] = ()
    agencies: tuple[Agency, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    events: tuple[Event, ...] = ()
    places: tuple[Place, ...] = ()
    topics: tuple[Topic, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    statements: tuple[Statement, ...] = ()
    issues: tuple[Issue, ...] = field(default=())

    def entities(self) -> tuple[Entity, ...]:
        """Return all entities, class by class."""
        return (*self.people, *self.agencies, *self.initiatives, *self.events, *self.places, *self.topics)
