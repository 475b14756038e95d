"""A small readout with one fact of every sort, made by hand."""

from datetime import date

import pytest
from pyoxigraph import RdfFormat, serialize
from rdflib import Graph

from kg.model import (
    Agency,
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
from kg.rdf import to_rdf

TEXT = """Visit to Oslo

President Ada Example of Kenya visited Oslo on 4 and 5 March 2024. She met Bo Sample, Director of the Fish Bureau, \
and fishermen of the Nordic Fish Union. The sides agreed to found the Fish Network after the Cod Summit, and discussed \
nets."""

KENYA, NORWAY = "place/kenya", "place/norway"
PRESIDENT = Post(title="President", of=KENYA)
DIRECTOR = Post(title="Director", of="agency/fish-bureau")


def said(phrase: str) -> Mention:
    start = TEXT.index(phrase)
    return Mention(Span(start, start + len(phrase)), "test.by-hand", 0.9)


def _people() -> tuple[Person, ...]:
    ada, bo = said("President Ada Example of Kenya"), said("Bo Sample, Director of the Fish Bureau")
    return (
        Person(
            id="official/ada-example",
            name="Ada Example",
            mentions=(said("Ada Example"), said("She")),
            holdings=(Holding(post=PRESIDENT, evidence=ada),),
        ),
        Person(
            id="official/bo-sample",
            name="Bo Sample",
            aliases=("Sample",),
            mentions=(said("Bo Sample"),),
            holdings=(Holding(post=DIRECTOR, evidence=bo),),
        ),
    )


def _meetings() -> tuple[Meeting, ...]:
    ada = Participation(
        person="official/ada-example", post=PRESIDENT, side=KENYA, role="lead", evidence=said("President Ada Example")
    )
    bo = Participation(person="official/bo-sample", post=DIRECTOR, side=NORWAY, role="host", evidence=said("Bo Sample"))
    return (
        Meeting(
            number=1,
            kind="visit",
            mode="in-person",
            start="2024-03-04",
            end="2024-03-05",
            places=("place/oslo", NORWAY),
            participations=(ada,),
            sides=(KENYA, NORWAY),
            evidence=(said("visited Oslo"),),
        ),
        Meeting(
            number=2,
            kind="meeting",
            mode="in-person",
            start="2024-03",
            places=("place/oslo", NORWAY),
            participations=(ada, bo),
            groups=("fishermen of the Nordic Fish Union",),
            sides=(KENYA, NORWAY, "agency/nordic-fish-union"),
            addresses=("initiative/fish-network", "event/cod-summit", "topic/nets"),
            part_of=1,
            evidence=(said("met Bo Sample"),),
        ),
    )


@pytest.fixture(scope="session")
def extraction() -> Extraction:
    everybody = ("official/ada-example", "official/bo-sample")
    return Extraction(
        readout=Readout(
            id="ke-president/oslo",
            text=TEXT,
            title=Span(0, 13),
            issued=date(2024, 3, 6),
            publisher="State House",
            source="https://example.org/oslo",
            identifier="oslo.md",
            language="en",
            sha256="ab" * 32,
        ),
        people=_people(),
        agencies=(
            Agency(id="agency/fish-bureau", name="Fish Bureau", country=NORWAY, mentions=(said("Fish Bureau"),)),
            Agency(id="agency/nordic-fish-union", name="Nordic Fish Union", governmental=False),
        ),
        initiatives=(Initiative(id="initiative/fish-network", name="Fish Network", mentions=(said("Fish Network"),)),),
        events=(Event(id="event/cod-summit", name="Cod Summit", mentions=(said("Cod Summit"),)),),
        places=(
            Place(id=KENYA, name="Kenya", country=True, mentions=(said("Kenya"),)),
            Place(id=NORWAY, name="Norway", country=True),
            Place(id="place/oslo", name="Oslo", within=NORWAY, mentions=(said("Oslo"),)),
        ),
        topics=(Topic(id="topic/nets", name="nets", mentions=(said("nets"),)),),
        meetings=_meetings(),
        statements=(
            Statement(
                number=1,
                meeting=2,
                act="agree",
                speakers=everybody,
                joint=True,
                about=("initiative/fish-network",),
                evidence=said("agreed to found the Fish Network after the Cod Summit"),
            ),
            Statement(
                number=2,
                meeting=2,
                act="discuss",
                speakers=everybody,
                joint=True,
                about=("topic/nets",),
                evidence=said("discussed nets"),
            ),
        ),
    )


@pytest.fixture(scope="session")
def a_complete_graph(extraction: Extraction) -> Graph:
    triples = serialize((quad.triple for quad in to_rdf(extraction)), format=RdfFormat.N_TRIPLES)
    return Graph().parse(data=triples, format="nt")
