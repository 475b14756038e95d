"""Common nouns that mean one certain initiative."""

import pytest

from kg.extract import extract
from kg.model import Readout

SPOKEN_OF = {
    # what holds somewhere, what a state has, what is named after a place
    "She thanked Oman for its help with the truce in Yemen.": ["truce in Yemen"],
    "She called for a comprehensive ceasefire in Yemen.": [],
    "They support the UN-led peace process in Yemen and the Gaviota process.": [
        "UN-led peace process in Yemen",
        "Gaviota process",
    ],
    "She saw a transition to a peace process in Yemen.": [],
    "They respect Kenya’s constitution and the Texas state constitution.": [
        "Kenya’s constitution",
        "Texas state constitution",
    ],
    "They support the Nairobi initiative and the Astana format.": ["Nairobi initiative", "Astana format"],
    "They support the political process and the EU accession process.": [],
    # sums, abbreviations and tax credits tell which one it is
    "He spoke of the $90 million relief package.": ["$90 million relief package"],
    "They reviewed the MATES scheme.": ["MATES scheme"],
    "She named the Clean Reef Block Grant (CRBG) program.": ["Clean Reef Block Grant program"],
    "She named the Freight Logistics Optimization Works (FLOW) initiative.": [
        "Freight Logistics Optimization Works initiative"
    ],
    "They welcomed the Joint Fact Sheet and the Advisory on Clean Harbours.": [
        "Joint Fact Sheet",
        "Advisory on Clean Harbours",
    ],
    "She named the child tax credit and the Low-Income Pier Tax Credit.": [
        "child tax credit",
        "Low-Income Pier Tax Credit",
    ],
    # there is one at a time in a country, so that the article or the place is enough
    "He stands ready to support the peace process in any way that is useful.": ["peace process"],
    "They backed the UN political process for Western Sahara and a political process in Oman.": [
        "UN political process for Western Sahara",
    ],
    # the text recalls that it was set up
    "She praised the anti-poaching legislation enacted by Parliament in May.": ["anti-poaching legislation"],
    "He welcomed the memorandum of understanding that the two countries signed.": ["memorandum of understanding"],
    "The high-level working group launched in Oslo in January met twice; the group launched in May did not.": [
        "high-level working group"
    ],
    # a law passed, a date with a comma, a body's programme, a country's law
    "She congratulated Ghana on enacting a marine parks bill.": ["marine parks bill"],
    "They urged full implementation of the October 3, 2031 ceasefire agreement.": [
        "October 3, 2031 ceasefire agreement"
    ],
    "He asked about progress in the programme with the International Monetary Fund.": [
        "programme with the International Monetary Fund"
    ],
    "He noted Norway’s new fisheries legislation.": ["Norway’s new fisheries legislation"],
    # a purpose tells which initiative it is, unless it is to found another one or only explains a name
    "They discussed the Government’s programme to plant mangroves.": ["Government’s programme to plant mangroves"],
    "They discussed the Government’s programme to launch the Clean Reef Fund.": ["Clean Reef Fund"],
    "She presented DigiReef, the Government’s programme to map the reefs.": ["DigiReef"],
    # whose it is may follow; with whom is part of the name, with the abbreviation
    "She praised the reef monitoring mechanism of the European Union.": ["reef monitoring mechanism"],
    "He noted the debt agreement with the Asian Development Bank (ADB).": [
        "debt agreement with the Asian Development Bank (ADB)"
    ],
    # what a plain agreement is on counts itself, if it has a name
    "They reached a political agreement on the Norway-Ghana Fisheries Agreement.": ["Norway-Ghana Fisheries Agreement"],
    # "and" within one name
    "They welcomed the ceasefire and hostage release agreement.": ["ceasefire and hostage release agreement"],
    "They signed a memorandum of understanding on vocational education and training.": [
        "memorandum of understanding on vocational education and training"
    ],
    "They discussed the Norway–Ghana package.": ["Norway–Ghana package"],
    "She praised Ghana’s peace agreements and the final rule.": [
        "Ghana’s peace agreements",
        "final rule",
    ],
    "They signed the Climate, Critical Ports and Clean Reefs Compact.": [
        "Climate, Critical Ports and Clean Reefs Compact"
    ],
    "She recalled the bilateral trade agreement signed in June.": ["bilateral trade agreement"],
    "They reviewed the extradition treaty between our two countries.": ["extradition treaty between our two countries"],
    "The leaders adopted the 2031-2035 Plan of Action.": ["2031-2035 Plan of Action"],
    "They welcomed the launch of a new U.S.-U.K. dialogue on the Arctic.": ["U.S.-U.K. dialogue on the Arctic"],
    # a date behind tells which one it is
    "They will carry out the joint declaration of 14 May 2031.": ["joint declaration of 14 May 2031"],
    # initiatives in a row, which are no participants
    "They discussed the Gaviota Process, the Strategic Reef Partnership, and trade.": [
        "Gaviota Process",
        "Strategic Reef Partnership",
    ],
    # neither a sum nor an ordinal is part of a name, a year is
    "India extended a Line of Credit of USD 50 million.": ["Line of Credit"],
    "They held the ninth reef dialogue and endorsed Vision 2035.": [
        "reef dialogue",
        "Vision 2035",
    ],
    # an item of a list that is a sentence
    "- The United States will renew the Clean Reef Program.": ["Clean Reef Program"],
}


@pytest.mark.parametrize("text", SPOKEN_OF)
def test_common_nouns_count_where_they_mean_one_certain_thing(text):
    readout = Readout(id="x", text=text, publisher="The White House")
    assert [found.name for found in extract(readout).initiatives] == SPOKEN_OF[text]
