"""The whole pipeline: whatever the text, an extraction that is complete in itself."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import extract
from kg.model import Readout
from kg.resolve import resolve
from kg.text import canonical

VOCABULARY = """
President Prime Minister Foreign Secretary of State for the and Deputy , . ( ) - – ’s The Vice Acting former to at met
spoke with thanked agreed discussed today he she they call meeting Biden Okello Ada Nilsen Jr. II al-Noor bin de
Kenya Kenyan Norway U.S. Washington, D.C. White House FEMA NATO Ministry Department Council Committee on Security
Affairs Ports Senator (D-NY) Governor Mayor CEO H.E. Sheikh Partnership Summit Act “ ” & / @
"""
WORDS = [*VOCABULARY.split(), "\n", "\n\n"]


def readout(text):
    return Readout(id="test/1", text=canonical(text), issued=date(2022, 6, 15), publisher="The White House")


def referred(extraction):
    """Return every id of an entity that a fact refers to."""
    ids = {holding.post.of for person in extraction.people for holding in person.holdings}
    for meeting in extraction.meetings:
        ids |= {*meeting.sides, *meeting.places, *meeting.addresses}
        for part in meeting.participations:
            ids |= {part.person, part.side, part.post.of if part.post else None}
    for statement in extraction.statements:
        ids |= {*statement.speakers, *statement.about}
    return ids - {None}


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_any_row_of_words_gives_an_extraction_that_is_complete_in_itself(words):
    found = resolve(extract(readout(" ".join(words))))
    assert referred(found) <= {entity.id for entity in found.entities()}
    for entity in found.entities():
        for mention in entity.mentions:
            assert mention.span.of(found.readout.text).strip()
            assert 0 < mention.confidence <= 1


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_characters_can_be_read(text):
    extract(readout(text))


def test_the_same_text_gives_the_same_extraction():
    text = "President Biden spoke with Prime Minister Kishida of Japan. He thanked the Prime Minister and FEMA."
    assert extract(readout(text)) == extract(readout(text))


def test_a_country_that_is_only_a_side_is_there_without_a_mention():
    found = extract(readout("President Biden spoke with Prime Minister Kishida of Japan."))
    states = {place.id: len(place.mentions) for place in found.places}
    assert states == {"place/japan": 1, "place/united-states": 0}


def test_those_quoted_under_name_office_and_body_were_at_the_gathering():
    found = extract(
        readout(
            "The White House convened leaders of ports today.\n\nAnn Elm, Chair, Riverworks: “We came to be heard.”\n\n"
            "Tom Oak, President and CEO, National Water Association: “It was time.”"
        )
    )
    (meeting,) = found.meetings
    assert [person.name for person in found.people] == ["Ann Elm", "Tom Oak"]
    assert {part.person for part in meeting.participations} == {person.id for person in found.people}
