"""Who speaks at a gathering: hosts, guests, bodies of which nobody is named. All texts are made up."""

from datetime import date

import pytest

from kg.extract import extract
from kg.model import Readout

OPENING = (
    "Today, Secretary of Energy Ana Ruiz hosted a roundtable with ferry companies and advocates. She was joined by "
    "Secretary of Commerce Tom Reed. "
)


def speakers(told):
    text = OPENING + told
    found = extract(Readout(id="test/1", text=text, issued=date(2024, 3, 13), publisher="The White House"))
    return [{one.removeprefix("official/") for one in statement.speakers} for statement in found.statements]


@pytest.mark.parametrize(
    ("told", "who"),
    [
        ("The discussion highlighted the new piers.", {"ana-ruiz", "tom-reed"}),
        ("Secretary Reed emphasized the new piers.", {"tom-reed"}),
        ("Advocates emphasized the new piers.", set()),
        ("Participants emphasized the new piers.", set()),
        ("The American Federation of Teachers emphasized the new piers.", set()),
        ("Senior executives emphasized the new piers.", set()),
        ("Senior officials emphasized the new piers.", {"ana-ruiz", "tom-reed"}),
        ("Participants discussed the new piers.", {"ana-ruiz", "tom-reed"}),
        ("The task force discussed the new piers.", {"ana-ruiz", "tom-reed"}),
        ("Secretary Ruiz and Secretary Reed of Maine emphasized the new piers.", {"ana-ruiz", "tom-reed"}),
    ],
)
def test_who_speaks_at_a_gathering(told, who):
    assert speakers(told) == [who]
