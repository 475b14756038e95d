"""What an extraction becomes in RDF."""

from datetime import date

import pytest
from pyoxigraph import Literal, NamedNode

from kg.model import (
    Agency,
    Extraction,
    Holding,
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
from kg.rdf import document_iri, graph_iri, meeting_iri, to_lines, to_quads, to_rdf
from kg.store import DocumentWrite
from kg.vocab import ACT, DCTERMS, ITSRDF, NIF, ORG, PROV, RDF, RDFS, READOUT, SCHEMA, SKOS, XSD

TEXT = "Call with Norway\n\nPresident Ada Example of Kenya spoke with Norway and thanked it for the café in Naïrobi."


def mention(phrase, rule="test.rule", confidence=0.9):
    start = TEXT.index(phrase)
    return Mention(Span(start, start + len(phrase)), rule, confidence)


@pytest.fixture
def extraction():
    president = Post(title="President", of="place/kenya")
    evidence = mention("President Ada Example of Kenya")
    return Extraction(
        readout=Readout(
            id="ke-president/call",
            text=TEXT,
            title=Span(0, 16),
            issued=date(2024, 3, 5),
            publisher="State House",
            source="https://example.org/call",
            identifier="call.md",
            sha256="ab" * 32,
        ),
        people=(
            Person(
                id="official/ada-example",
                name="Ada Example",
                aliases=("Example", "Ada Example"),
                mentions=(mention("Ada Example"),),
                holdings=(Holding(post=president, tenure="acting", evidence=evidence),),
            ),
        ),
        agencies=(Agency(id="agency/acme", name="Acme", governmental=False),),
        places=(
            Place(id="place/kenya", name="Kenya", country=True, mentions=(mention("Kenya"),)),
            Place(id="place/nairobi", name="Nairobi", within="place/kenya", mentions=(mention("Naïrobi"),)),
        ),
        topics=(Topic(id="topic/cafe-in-nairobi", name="the café in Naïrobi", mentions=(mention("the café"),)),),
        meetings=(
            Meeting(
                number=1,
                kind="call",
                mode="phone",
                start="2024-03",
                places=("place/nairobi",),
                sides=("place/kenya",),
                participations=(
                    Participation(
                        person="official/ada-example",
                        post=president,
                        side="place/kenya",
                        role="lead",
                        evidence=evidence,
                    ),
                ),
                evidence=(mention("spoke with Norway"),),
            ),
        ),
        statements=(
            Statement(
                number=1,
                meeting=1,
                act="appreciate",
                speakers=("official/ada-example",),
                about=("topic/cafe-in-nairobi", "place/nairobi"),
                evidence=mention("thanked it for the café in Naïrobi"),
            ),
        ),
    )


@pytest.fixture
def values(extraction):
    """A function that lists the objects of a subject and a predicate."""
    dataset = to_rdf(extraction)

    def find(subject, predicate):
        subject = subject if isinstance(subject, NamedNode) else NamedNode(f"https://w3id.org/readout/{subject}")
        return sorted(
            (quad.object for quad in dataset if (quad.subject, quad.predicate) == (subject, predicate)), key=str
        )

    return find


def test_all_quads_of_a_readout_lie_in_its_own_graph(extraction):
    assert {quad.graph_name for quad in to_quads(extraction)} == {graph_iri("ke-president/call")}


def test_the_same_extraction_gives_the_same_quads_in_the_same_order(extraction):
    assert list(to_quads(extraction)) == list(to_quads(extraction))
    assert len(set(to_quads(extraction))) == len(list(to_quads(extraction)))


def test_lines_are_the_same_statements_and_are_stored_as_the_same_text(extraction):
    quads, lines = list(to_quads(extraction)), to_lines(extraction)
    assert [str(quad.triple) for quad in quads] == lines
    kept = {"graph": "urn:g", "id": "i", "key": "k", "sha256": "s", "converter": "c", "source": "o"}
    assert DocumentWrite.of_lines(lines=lines, **kept) == DocumentWrite.of(statements=quads, **kept)


def test_every_entity_that_is_used_has_its_type_and_label_in_the_graph(extraction):
    dataset = to_rdf(extraction)
    tails = ("official/", "agency/", "place/", "topic/", "post/")
    used = {q.object for q in dataset if isinstance(q.object, NamedNode) and q.object.value[25:].startswith(tails)}
    typed = {quad.subject for quad in dataset if quad.predicate == RDF.type}
    labelled = {quad.subject for quad in dataset if quad.predicate == RDFS.label}
    assert used <= typed & labelled


def test_a_document_carries_what_its_publisher_gave(values):
    document = document_iri("ke-president/call")
    assert values(document, DCTERMS.title) == [Literal("Call with Norway")]
    assert values(document, DCTERMS.issued) == [Literal("2024-03-05", datatype=XSD.date)]
    assert values(document, DCTERMS.identifier) == [Literal("call.md")]
    assert values(document, DCTERMS.source) == [NamedNode("https://example.org/call")]
    assert values(document, READOUT.reports) == [meeting_iri("ke-president/call", 1)]


def test_a_fact_leads_to_the_phrase_that_says_so(values):
    [phrase] = values("statement/ke-president/call/1", PROV.wasDerivedFrom)
    [begin], [end] = values(phrase, NIF.beginIndex), values(phrase, NIF.endIndex)
    assert TEXT[int(begin.value) : int(end.value)] == "thanked it for the café in Naïrobi"
    assert values(phrase, NIF.anchorOf) == values("statement/ke-president/call/1", READOUT.quote)
    assert phrase.value.endswith(f"#char={begin.value},{end.value}")


def test_a_mention_leads_to_its_entity(values):
    start = TEXT.index("Ada Example")
    phrase = NamedNode(f"{document_iri('ke-president/call').value}#char={start},{start + 11}")
    assert values(phrase, ITSRDF.taIdentRef) == [NamedNode("https://w3id.org/readout/official/ada-example")]


def test_a_post_is_held_in_a_way(values):
    [post] = values("official/ada-example", ORG.holds)
    assert post.value == "https://w3id.org/readout/post/kenya/president"
    assert values("holding/ke-president/call/1", READOUT.post) == [post]
    assert values("holding/ke-president/call/1", READOUT.tenure)[0].value.endswith("/tenure/acting")


def test_a_date_is_as_precise_as_the_text(values):
    assert values("meeting/ke-president/call/1", SCHEMA.startDate) == [Literal("2024-03", datatype=XSD.gYearMonth)]


def test_an_alias_that_is_the_name_is_not_said_twice(values):
    assert values("official/ada-example", SKOS.altLabel) == [Literal("Example")]


def test_an_act_is_an_individual(values):
    assert values("statement/ke-president/call/1", READOUT.act) == [ACT.appreciate]


def test_an_address_that_nobody_should_follow_stays_text(extraction):
    from dataclasses import replace

    hostile = replace(extraction, readout=replace(extraction.readout, source="javascript:alert(1)"))
    [source] = [quad.object for quad in to_quads(hostile) if quad.predicate == DCTERMS.source]
    assert source == Literal("javascript:alert(1)")


def test_meetings_are_numbered_from_one():
    with pytest.raises(ValueError, match="from 1"):
        meeting_iri("ke-president/call", 0)
