"""Which places are named."""

import pytest
from casting import read


def places(text, **given):
    return [place.name for place in read(text, **given).places]


NAMED = {
    "He arrived in Oakport and met teachers in Little Elmton.": ["Oakport", "Little Elmton"],
    # towns before their state or country, houses that somebody is at, camps, valleys
    "They met in Oakton, Ohio, and near Little Elm, Kenya.": ["Oakton", "Ohio", "Little Elm", "Kenya"],
    "They met at Ewe House, at the Harbor Hotel and at the Ewe Conference Centre.": [
        "Ewe House",
        "Harbor Hotel",
        "Ewe Conference Centre",
    ],
    "He visited Camp Ewe and the Elm Valley.": ["Camp Ewe", "Elm Valley"],
    "They spoke of the so-called DNR.": ["Donetsk People's Republic"],
    "Kenyan officials flew from Nairobi to Geneva, Switzerland.": ["Kenya", "Nairobi", "Geneva", "Switzerland"],
    "The Israeli-Palestinian conflict was discussed.": ["Israel", "Palestine"],
    "U.S.-ROK ties matter to the American people.": ["United States", "South Korea"],
    "They met in the Oval Office.": ["Oval Office"],
    "They met at the White House.": ["White House"],
    "They met at the United Nations.": ["United Nations Headquarters"],
    "European security is at stake in the Indo-Pacific.": ["Europe", "Indo-Pacific"],
    "Representative Ann Oak (D-KS) left.": ["Kansas"],
    "Georgia and Alabama were hit by the storm.": ["Georgia", "Alabama"],
    "Georgia thanked Armenia.": ["Georgia", "Armenia"],
    "The U.S. Embassy is open.": ["United States"],
    "Ambassador to Mexico Ann Oak left.": ["Mexico"],
    "They surveyed Harbor County and Ruritanian Province.": ["Harbor County", "Ruritanian Province"],
    "They spoke of the East and South China Seas.": ["East China Sea", "South China Sea"],
    "They met at the Ministry of Ports.": ["Ministry of Ports"],
    "Guests:\n\n- Mayor Ann Oak, City of Milwaukee\n- Mayor Tom Reed, City of Oslo": ["Milwaukee", "Oslo"],
    "Guests:\n\n- Mayor Ann Oak, Denver, CO\n- Mayor Tom Reed, Austin, TX": ["Denver", "Colorado", "Austin", "Texas"],
}


@pytest.mark.parametrize(("text", "expected"), NAMED.items())
def test_places_are_found_by_name_and_by_adjective(text, expected):
    found = places(text)
    assert [name for name in found if name in expected] == expected
    assert set(found) <= {*expected, "United States"}


NONE = [
    "She met them in Parliament, in Support of ports.",
    "The ruling in Dobbs was discussed.",
    "Malta Inc. presented its plans.",
    "They discussed the America First Ports Strategy.",
    "Officials of Ewe House agreed.",
    "In March, the Camp Ewe Accords were signed.",
    "Ms. Monaco praised them.",
    "Assistant Secretary for Western Hemisphere Affairs Ann Oak spoke.",
    "They implement the Minsk Agreements.",
    "Federal agencies serve the nation.",
    "The Gulf Shrimp Association spoke.",
    "Pacific Islander leaders spoke of Euro-Atlantic integration.",
    "The European Rowing Championship and the Dublin Regulation were discussed.",
    "They upheld the Belfast/Good Friday Agreement.",
    "They prepared the Summit of the Americas.",
    "Each County and the Island States agreed.",
]


@pytest.mark.parametrize("text", NONE)
def test_names_portfolios_and_treaties_are_no_places(text):
    assert places(text) == []


def test_the_georgia_of_american_states_is_a_state_and_the_other_a_country():
    state = next(place for place in read("Georgia and Alabama were hit.").places if place.name == "Georgia")
    country = next(place for place in read("Georgia thanked Armenia.").places if place.name == "Georgia")
    assert country.country
    assert state.country is False or state.id == country.id  # the lexicon may know the country alone


def test_a_city_lies_within_its_country():
    assert [(place.name, place.within) for place in read("They met in Oslo, Norway.").places] == [
        ("Oslo", "place/norway"),
        ("Norway", None),
    ]


def test_the_west_is_a_place_where_something_happens_in_it():
    names = [
        place.name for place in read("Fires rage across the West. The West Coast and the West Bank are far.").places
    ]
    assert names == ["the West", "West Coast", "West Bank"]


def test_a_room_of_the_white_house_is_within_it():
    scene = read("They met in the Blue Room of the White House.")
    assert [place.name for place in scene.places] == ["Blue Room", "White House"]
    assert scene.agencies == ()


def test_who_goes_to_a_house_names_a_place_but_a_house_of_parliament_with_an_article_is_none():
    houses = "He went to Oakley House, met her in Elm House and toured the Ash Complex."
    assert places(houses) == ["Oakley House", "Elm House", "Ash Complex"]
    assert places("Measures are passed in the Democratic House.") == []


def test_provinces_and_unknown_seas_are_named_together():
    named = places("He toured the Northern and North Western Provinces and the Timor and Oak Seas.")
    assert named == ["Northern Province", "North Western Province", "Timor Sea", "Oak Sea"]


def test_a_lake_is_a_place_and_the_town_within_its_name_is_none():
    assert places("They met above Lake Lucerne.") == ["Lake Lucerne"]


def test_ships_and_their_classes_are_no_places():
    named = places(
        "They toured USS Hawaii and the frigate Saxony, and spoke of Virginia class and Ohio-class submarines."
    )
    assert named == []


def test_waters_within_a_body_s_name_name_no_country():
    assert places("They spoke about the Indian Ocean Rim Association.") == []
