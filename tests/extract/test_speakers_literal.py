"""Who says what in literal speech that looks back on the talks, and for a country of which nobody is known to be."""

from dataclasses import replace

import pytest
from speaking import BOTH, bilateral, meeting, person, place, scene, speakers

from kg.extract.statements import find_statements

MET = "Ada Hill met Bo Dahl."


def test_literal_speech_that_looks_back_on_the_talks_tells_what_was_said():
    assert speakers(f"{MET} “We discussed the ferry and agreed on a fare,” Ada Hill said.") == [BOTH, BOTH]
    (told,) = bilateral(speech := f"{MET} “We discussed the ferry,” Ada Hill said.")
    assert told.evidence.span.of(speech) == "discussed the ferry"
    assert speakers(f'{MET} Ada Hill said: "Norway is near."\n\n"I stressed that ice matters."') == [("hill",)]


@pytest.mark.parametrize(
    "speech",
    [
        "We pledged ten boats",
        "We agreed on a fare last year",
        "I agreed to a fare two years ago",
        "Norway stressed that ice matters",
        "Our miners praised the port",
        "We will discuss the ferry",
    ],
)
def test_other_literal_speech_is_said_to_the_press(speech):
    assert not bilateral(f"{MET} “{speech},” Ada Hill said.")


def test_a_country_is_spoken_for_by_those_of_whom_no_country_is_told():
    text = "Bo Dahl met Ada Hill. The United States praised the port. Norway urged calm."
    people = (person(text, "hill", "Ada Hill"), person(text, "dahl", "Bo Dahl"))
    places = (place(text, "united-states", "United States"), place(text, "norway", "Norway"))
    met = meeting(1, 0, ("dahl", "norway", "lead"), ("hill", "united-states", "member"))
    unsure = replace(met, participations=(met.participations[0], replace(met.participations[1], side=None)))
    found = find_statements(scene(text, people, (unsure,), places))[0]
    assert [statement.speakers for statement in found] == [("official/hill",), ("official/dahl",)]
