"""What a careful reader wrote down of the demonstration texts (`gold/*.json`), as extractions.

So the saved queries are tested on facts that are right, whatever the extractor makes of the texts. The files have the
format of the project's evaluation set, with a few keys more: `within` of places, `tenure` of posts, and in meetings
`represents` (person → side) and `hosts`.
"""

import json
import re
from pathlib import Path

from kg.lexicon import default_lexicon
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
)
from kg.text import slug

GOLD = Path(__file__).parent / "gold"
COUNTRIES = {country.name for country in default_lexicon().countries}


def by_hand(readout: Readout) -> Extraction:
    """Return what a careful reader found in *readout*."""
    return _Hand(readout, json.loads((GOLD / f"{readout.identifier}.json").read_text(encoding="utf-8"))).extraction()


class _Hand:
    def __init__(self, readout: Readout, gold: dict) -> None:
        self.readout, self.gold = readout, gold
        self.bodies: dict[str, Agency | Place] = {}

    def extraction(self) -> Extraction:
        gold = self.gold
        for item in gold["agencies"]:
            self.agency(item["name"], mentions=self.mentions(item))
        for item in gold["organizations"]:
            self.agency(item["name"], governmental=False, mentions=self.mentions(item))
        for item in sorted(gold["places"], key=lambda item: not item["country"]):  # first those that others lie in
            self.place(item["name"], item.get("within"), mentions=self.mentions(item))
        initiatives = tuple(Initiative(**self.entity("initiative", item)) for item in gold["initiatives"])
        events = tuple(Event(**self.entity("event", item)) for item in gold["events"])
        people = {item["name"]: self.person(item) for item in gold["people"]}
        meetings = tuple(self.meeting(n, item, people) for n, item in enumerate(gold["meetings"], 1))
        named = (*self.bodies.values(), *initiatives, *events)
        statements = tuple(self.statement(n, item, named) for n, item in enumerate(gold["statements"], 1))
        return Extraction(
            readout=self.readout,
            people=tuple(people.values()),
            agencies=tuple(body for body in self.bodies.values() if isinstance(body, Agency)),
            places=tuple(body for body in self.bodies.values() if isinstance(body, Place)),
            initiatives=initiatives,
            events=events,
            meetings=meetings,
            statements=statements,
        )

    def spans(self, *forms: str) -> list[Span]:
        """Where the forms stand, the longer ones first, none inside another."""
        found: list[Span] = []
        for form in sorted(set(forms), key=len, reverse=True):
            for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", self.readout.text):
                span = Span(*match.span())
                if not any(span.overlaps(other) for other in found):
                    found.append(span)
        return sorted(found)

    def mentions(self, item: dict) -> tuple[Mention, ...]:
        return tuple(Mention(span, "by-hand") for span in self.spans(item["name"], *item["variants"]))

    def said(self, *forms: str) -> Mention:
        """The first place of one of the forms, or the whole text of what no form of stands there."""
        spans = self.spans(*forms) or [Span(0, len(self.readout.text))]
        return Mention(spans[0], "by-hand")

    def entity(self, kind: str, item: dict) -> dict:
        return {"id": f"{kind}/{slug(item['name'])}", "name": item["name"], "mentions": self.mentions(item)}

    def agency(self, name: str, *, governmental: bool = True, mentions: tuple[Mention, ...] = ()) -> str:
        made = Agency(id=f"agency/{slug(name)}", name=name, governmental=governmental, mentions=mentions)
        return self.bodies.setdefault(made.id, made).id

    def place(self, name: str, within: str | None = None, *, mentions: tuple[Mention, ...] = ()) -> str:
        country = self.place(within) if within else None
        made = Place(id=f"place/{slug(name)}", name=name, country=name in COUNTRIES, within=country, mentions=mentions)
        return self.bodies.setdefault(made.id, made).id

    def body(self, name: str) -> str:
        return self.place(name) if name in COUNTRIES else self.agency(name)

    def person(self, item: dict) -> Person:
        holdings = (
            Holding(
                post=Post(title=post["title"], of=self.body(post["of"][0])),
                tenure=post.get("tenure", "current"),
                evidence=self.said(item["name"], *item["variants"]),
            )
            for post in item["posts"]
        )
        return Person(
            **self.entity("official", item),
            official=item["official"],
            inferred=item["inferred"],
            holdings=tuple(holdings),
        )

    def meeting(self, number: int, item: dict, people: dict[str, Person]) -> Meeting:
        participations = (
            Participation(
                person=people[name].id,
                post=people[name].holdings[0].post,
                side=self.body(item["represents"][name]),
                role="host" if name in item["hosts"] else "member",
                evidence=people[name].holdings[0].evidence,
            )
            for name in item["participants"]
        )
        return Meeting(
            number=number,
            kind=item["kind"],
            mode=item["mode"],
            status=item["status"],
            start=item["date"],
            end=item["date_end"],
            places=tuple(self.place(name) for name in item["places"]),
            participations=tuple(participations),
            groups=tuple(item["groups"]),
            sides=tuple(self.body(name) for name in item["sides"]),
            addresses=tuple(f"initiative/{slug(name)}" for name in item["initiatives"]),
            part_of=int(item["part_of"][1:]) if item["part_of"] else None,
            evidence=(self.said("met today", "spoke today", "Today", "received", "held", "met"),),
        )

    def statement(self, number: int, item: dict, named: tuple[Entity, ...]) -> Statement:
        meeting = int(item["meeting"][1:])
        joint = item["speakers"] == ["both"]
        names = self.gold["meetings"][meeting - 1]["participants"] if joint else item["speakers"]
        quote = self.said(item["quote"])
        return Statement(
            number=number,
            meeting=meeting,
            act=item["act"],
            speakers=tuple(f"official/{slug(name)}" for name in names),
            joint=joint,
            about=tuple(e.id for e in named if any(quote.span.covers(m.span) for m in e.mentions)),
            evidence=quote,
        )
