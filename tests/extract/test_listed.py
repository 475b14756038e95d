"""Lists of those present: persons with titles and bodies between commas, and bodies alone."""

import pytest
from casting import posts, read
from scenes import scene

from kg.extract.encounters import find_meetings

ITEMS = {
    "Ada Okello, President, Harbour Foundation": ["Ada Okello: President @ harbour-foundation"],
    "Ada Okello, National President, Federal Harbour Wardens Association (FHWA)": [
        "Ada Okello: National President @ federal-harbour-wardens-association"
    ],
    "Ada Okello, Director of Governmental Affairs, League of Piers (LP)": [
        "Ada Okello: Director of Governmental Affairs @ league-of-piers"
    ],
    "Ada Okello, President and CEO at Pier and Wharf Network": [
        "Ada Okello: President and CEO @ pier-and-wharf-network"
    ],
    "Ada Okello, Legal Director at Quality Trust for People with Boats": [
        "Ada Okello: Legal Director @ quality-trust-for-people-with-boats"
    ],
    "Dr. Ada Okello, Chair and President of the Council of Harbour Women": [
        "Ada Okello: Chair and President @ council-of-harbour-women"
    ],
    "Ada Okello, Interim President of the Leadership Conference on Ports": [
        "Ada Okello: Interim President @ leadership-conference-on-ports"
    ],
    "Ada Okello, VP, Government Affairs, Blue Pier": ["Ada Okello: Vice President, Government Affairs @ blue-pier"],
    "Ada Okello, Senior Fellow, Reef Plan, Centre for Piers": ["Ada Okello: Senior Fellow @ centre-for-piers"],
    "Ada Okello, President and CEO of Blue Pier, Inc.": ["Ada Okello: President and CEO @ blue-pier"],
    "Ada Okello, Executive Vice President, Chief Policy Officer, and General Counsel, Blue Pier": [
        "Ada Okello: Executive Vice President @ blue-pier",
        "Ada Okello: Chief Policy Officer @ blue-pier",
        "Ada Okello: General Counsel @ blue-pier",
    ],
    "Ada Okello, Senior Advisor to the President and Clean Harbours Coordinator, White House": [
        "Ada Okello: Senior Advisor to the President @ white-house",
        "Ada Okello: Clean Harbours Coordinator @ white-house",
    ],
    "Ada Okello, Deputy Assistant Secretary for Capital Access, Department of the Treasury": [
        "Ada Okello: Deputy Assistant Secretary for Capital Access @ department-of-the-treasury"
    ],
    "Ada Okello, Assistant Secretary for Democracy, Human Rights, and Labor, Department of State": [
        "Ada Okello: Assistant Secretary for Democracy, Human Rights, and Labor @ department-of-state"
    ],
    "Ada Okello, Commissioner of Employment & Economic Development, Minnesota": [
        "Ada Okello: Commissioner of Employment & Economic Development @ minnesota"
    ],
    "Ada Okello, Mayor, Oakton, Ohio": ["Ada Okello: Mayor @ oakton"],
    "Mayor Ada Okello, City of Denver": ["Ada Okello: Mayor @ denver"],
    "Undersecretary Ada Okello, Department of Commerce": ["Ada Okello: Undersecretary @ department-of-commerce"],
    "Ada Okello, President/CEO Pier Housing Authority": ["Ada Okello: President and CEO @ pier-housing-authority"],
    "Ada Okello, Clean Harbours Plan Coordinator": ["Ada Okello: Clean Harbours Plan Coordinator @ united-states"],
}


@pytest.mark.parametrize("item", ITEMS)
def test_an_item_shows_where_titles_end_and_bodies_begin(item):
    assert posts(read(f"Participants:\n\n- {item}\n- Tom Reed\n- Liv Berg")) == ITEMS[item]


def test_what_alone_stands_behind_a_name_is_a_body_unless_it_is_a_trade_a_code_or_a_place():
    text = "Guests:\n\n- Ada Okello, Reefs Now\n- Tom Reed, Nurse\n- Liv Berg, OH\n- Jordan Elm, Pier Watch\n- Amy Ash"
    found = read(text)
    assert [body.name for body in found.agencies] == ["Reefs Now", "Pier Watch"]
    assert [person.name for person in found.people][3:] == ["Jordan Elm", "Amy Ash"]
    assert [place.name for place in found.places] == ["Ohio"]


def test_two_items_of_one_surname_are_two_persons():
    found = read("Guests:\n\n- Peter Ash, President, Reef Club\n- Damon Ash, President, Pier Club")
    assert [person.name for person in found.people] == ["Peter Ash", "Damon Ash"]


def test_bodies_alone_are_named_in_a_list_of_those_present():
    text = "Participants:\n\n- National Reef Federation\n- Piers Unlimited\n- Turkey Point Foundation"
    found = read(text)
    assert [body.name for body in found.agencies] == [
        "National Reef Federation",
        "Piers Unlimited",
        "Turkey Point Foundation",
    ]
    assert not any(body.governmental for body in found.agencies)
    assert not found.places
    assert "piers-unlimited" not in {body.id.split("/")[1] for body in read(f"Goals:\n{text[13:]}").agencies}


def test_a_name_that_is_a_place_too_is_none_for_the_titles_after_it():
    text = "Deputy Attorney General Lisa Monaco spoke.\n\nGuests:\n\n- Sheriff Tom Reed, President, Reef Club"
    assert "Tom Reed: Sheriff @ monaco" not in posts(read(text))


def test_the_title_behind_a_name_needs_no_comma():
    text = "Officials, including Ada Okello the Deputy Secretary of the Department of Energy, spoke."
    assert posts(read(text)) == ["Ada Okello: Deputy Secretary @ department-of-energy"]


def test_whoever_took_part_is_told_in_many_ways():
    for words in (
        "Officials taking part in the meetings included",
        "Participating in the call were",
        "Also attending the roundtable were",
    ):
        text = f"{{Ana Ruiz|Secretary|United States}} met with mayors today. {words} {{Tom Reed}} and {{Liv Berg}}."
        (meeting,) = find_meetings(scene(text))
        assert [part.person for part in meeting.participations][1:] == ["official/tom-reed", "official/liv-berg"]


def test_a_list_goes_on_below_a_line_that_tells_whose_people_follow():
    text = (
        "{Ana Ruiz|Secretary|United States} met with mayors today.\n\nParticipants:\n\n- {Tom Reed}\n\n"
        "From the White House:\n\n- {Liv Berg}"
    )
    (meeting,) = find_meetings(scene(text))
    assert [part.person for part in meeting.participations][1:] == ["official/tom-reed", "official/liv-berg"]


def test_a_list_tells_who_took_part_where_only_the_title_tells_of_the_meeting():
    text = "{Ana Ruiz|Secretary|United States} discussed piers.\n\nParticipants:\n\n- {Tom Reed}\n- {Liv Berg}"
    (meeting,) = find_meetings(scene(text, title="Readout of Meeting on Piers"))
    assert [part.person for part in meeting.participations][1:] == ["official/tom-reed", "official/liv-berg"]


def test_items_of_bodies_alone_may_be_of_one_word_where_one_is_known_as_a_body():
    found = read("Officials met.\n\nParticipants included:\n\n- Amnesty International\n- Reefly\n- Coastal Delivery")
    assert {"Reefly", "Coastal Delivery"} <= {body.name for body in found.agencies}


def test_who_moderates_takes_part():
    text = (
        "{Ana Ruiz|Secretary|United States} convened mayors today. The conversation was moderated by {Tom Reed}, "
        "head of the pier."
    )
    (meeting,) = find_meetings(scene(text))
    assert [part.person for part in meeting.participations] == ["official/ana-ruiz", "official/tom-reed"]


def test_the_country_behind_an_official_in_a_list_is_what_the_office_is_of():
    text = (
        "Participants included:\n\n- Special Envoy for Climate Change Xie Li, People's Republic of China\n"
        "- Minister of Environment, Forest and Climate Change Asha Rao, India\n- Minister of Ports Bo Dahl, Norway"
    )
    assert posts(read(text)) == [
        "Xie Li: Special Envoy for Climate Change @ china",
        "Asha Rao: Minister of Environment, Forest and Climate Change @ india",
        "Bo Dahl: Minister of Ports @ norway",
    ]


def test_lines_without_a_mark_below_a_colon_are_items_too():
    text = "Participants included people from:\n\nReefs & Piers Association (RPA)\n\nCoastal Delivery – CD\n\nRISE"
    found = read(f"Officials met.\n\n{text}\n\nThe meeting closed.")
    assert [body.name for body in found.agencies] == ["Reefs & Piers Association", "Coastal Delivery", "RISE"]


def test_the_town_before_a_mayor_and_the_state_behind_a_lawmaker_need_no_table():
    scene = read("They met Oakferry Mayor Bo Dahl, and Assemblyman Lou Ray from Nevada.")
    assert posts(scene) == ["Bo Dahl: Mayor @ oakferry", "Lou Ray: Assemblyman @ nevada"]


def test_whom_a_relative_clause_names_did_not_join():
    text = (
        "{Ana Ruiz|Secretary|United States} spoke today with {Kofi Osei|Minister|Ghana}. {Tom Reed}, who saw "
        "{Liv Berg} last week, joined the call."
    )
    meeting = find_meetings(scene(text))[0]
    assert [part.person for part in meeting.participations][2:] == ["official/tom-reed"]
