"""Which words name or date an event."""

import pytest

from kg.extract.initiatives.events import find_events
from kg.extract.scene import Scene
from kg.lexicon import default_lexicon
from kg.model import Mention, Person, Readout, Span
from kg.text import sentences


def names(text: str, *people: Person) -> list[str]:
    scene = Scene(Readout(id="x/y", text=text), default_lexicon(), sentences(text), people=people)
    return [event.name for event in find_events(scene)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They will meet at the Small Ports Summit next week.", "Small Ports Summit"),
        ("They met on the margins of the Conference of Lagoon States.", "Conference of Lagoon States"),
        ("They recalled the 3 June attack in Port Ewe.", "3 June attack in Port Ewe"),
        ("They celebrated the 30th anniversary of the port treaty.", "30th anniversary of the port treaty"),
        ("They noted the 5th anniversary of the U.S.-Samoa ferry.", "5th anniversary of the U.S.-Samoa ferry"),
        ("They spoke after Hurricane Zelda made landfall.", "Hurricane Zelda"),
        ("She visited during Lagoon Heritage Month.", "Lagoon Heritage Month"),
        ("They discussed the war in Ruritania.", "war in Ruritania"),
        ("They recalled the Supreme Court’s ruling on Ferry Fares.", "Supreme Court’s ruling on Ferry Fares"),
        ("They met since the March leaders’ summit.", "March leaders’ summit"),
    ],
)
def test_an_event_is_named_as_the_text_names_it(text, name):
    assert names(text) == [name]


@pytest.mark.parametrize(
    "text", ["They discussed attacks on ports.", "They hoped for free elections.", "The war goes on."]
)
def test_happenings_without_a_name_or_date_are_no_events(text):
    assert names(text) == []


def test_a_name_known_beforehand_is_told_by_any_of_its_forms():
    assert names("They discussed COVID-19.") == ["COVID-19 pandemic"]


def test_a_persons_name_is_no_event():
    roe = Person(id="official/jane-roe", name="Jane Roe", mentions=(Mention(Span(0, 8), "test"),))
    assert names("Jane Roe spoke.", roe) == []
