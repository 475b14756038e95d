"""Encounters are named by those whom they joined."""

import pytest

from kg.web.views.encounters import Encounter
from kg.web.views.thing import Ref

ADA, BO, CY = (Ref(f"urn:{name}", name.capitalize()) for name in ("ada", "bo", "cy"))
NORLAND, OSLO = Ref("urn:norland", "Norland"), Ref("urn:oslo", "Oslo")


@pytest.mark.parametrize(
    ("given", "but", "title"),
    [
        ({"people": [ADA, BO]}, "", "Call of Ada and Bo"),
        ({"people": [ADA, BO, CY]}, ADA.iri, "Call with Bo and Cy"),
        ({"people": [ADA], "groups": ["two mayors"]}, ADA.iri, "Call with two mayors"),
        ({"people": [BO], "groups": ["two mayors"]}, ADA.iri, "Call of Bo and two mayors"),
        ({"people": [ADA], "places": [OSLO, NORLAND], "kind": "visit"}, ADA.iri, "Visit to Oslo"),
        ({"people": [ADA], "places": [OSLO], "kind": "meeting"}, ADA.iri, "Meeting in Oslo"),
        ({"sides": [NORLAND, OSLO]}, "", "Call of Norland and Oslo"),
        ({"label": "Call of unnamed parties, 2020"}, "", "Call of unnamed parties, 2020"),
        ({}, "", "Call"),
    ],
)
def test_an_encounter_is_named_by_whom_it_joined(given, but, title):
    assert Encounter("urn:e", **{"kind": "call"} | given).title(but) == title
