"""Which words name an initiative, and by which name."""

import pytest

from kg.extract import extract
from kg.extract.initiatives.find import find_initiatives
from kg.extract.scene import Scene
from kg.lexicon import default_lexicon
from kg.model import Agency, Initiative, Mention, Person, Place, Readout, Span
from kg.text import sentences

PLACES = ("Norway", "Ghana", "Samoa", "Oslo")


def found(text: str, people: tuple[str, ...] = (), bodies: tuple[str, ...] = ()) -> tuple[Initiative, ...]:
    def mentions(name: str) -> tuple[Mention, ...]:
        return tuple(Mention(Span(at, at + len(name)), "test") for at in range(len(text)) if text.startswith(name, at))

    scene = Scene(
        Readout(id="x/y", text=text),
        default_lexicon(),
        sentences(text),
        people=tuple(Person(id=f"official/{name}", name=name, mentions=mentions(name)) for name in people),
        agencies=tuple(Agency(id=f"agency/{name}", name=name, mentions=mentions(name)) for name in bodies),
        places=tuple(Place(id=f"place/{name}", name=name, mentions=mentions(name)) for name in PLACES),
    )
    return find_initiatives(scene)


def names(text: str, **known: tuple[str, ...]) -> list[str]:
    return [initiative.name for initiative in found(text, **known)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They praised the Clean Harbours Partnership.", "Clean Harbours Partnership"),
        ("They met for the Clean Reef Initiative Launch.", "Clean Reef Initiative"),
        ("They spent the harbour’s (HB) Clean Pier Fund.", "Clean Pier Fund"),
        ("They backed the Ghana peace process.", "Ghana peace process"),
        ("They cited Samoa’s new law.", "Samoa’s new law"),
        ("Samoa’s law protects reefs.", "Samoa’s law"),
        ("They answered the Request for Information.", "Request for Information"),
        ("They launched a shared kelp portal.", "shared kelp portal"),
        ("They cited the good friday agreement and the Good Friday agreement.", "Good Friday agreement"),
        ("They welcomed the ongoing truce.", "truce"),
        ("They apply the trilateral gull agreement on clean nests.", "trilateral gull agreement on clean nests"),
        ("They concluded the revised agreement on the protection of reefs.", "agreement on the protection of reefs"),
        ("They initialed a memorandum of understanding on kelp.", "memorandum of understanding on kelp"),
        ("The accord creates a Norway-Ghana steering committee.", "Norway-Ghana steering committee"),
        ("It set up the “Rebuilding Samoa” relief fund.", "Rebuilding Samoa fund"),
        ("They signed the Implementing Agreement on reef credits.", "Implementing Agreement on reef credits"),
        ("They backed the Reefs and Ports (RePo) Partnership.", "Reefs and Ports Partnership"),
        ("They joined the High-Level Panel for a Clean Ocean.", "High-Level Panel for a Clean Ocean"),
        ("They praised Plan Gaviota.", "Plan Gaviota"),
        ("They held the Norway-Ghana Reef Council.", "Norway-Ghana Reef Council"),
        ("They held the Joint Commission on Clean Reefs.", "Joint Commission on Clean Reefs"),
        ("They agreed to convene the Joint Commission at an early date.", "Joint Commission"),
        ("They praised the Joint Committee on reefs.", "Joint Committee on reefs"),
        ("It rejected the popular initiative “Reefs for all of us”.", "Reefs for all of us"),
        ("They opened the Samoa solar project.", "Samoa solar project"),
        ("They met the Task Force on the Reef Cup 2026.", "Task Force on the Reef Cup 2026"),
        ("They backed the Norway-Ghana Vision 2035.", "Norway-Ghana Vision 2035"),
        ("They exchanged MoUs on clean ports.", "MoUs on clean ports"),
        ("She announced a $3 million Reef Towns Commitment.", "Reef Towns Commitment"),
        ("They backed the Reef Climate Technology (RCT Now) coalition.", "Reef Climate Technology coalition"),
        ("They cited the Oslo communiqué.", "Oslo communiqué"),
        (
            "They hailed the historic agreement to draw a lasting sea border between Norway and Ghana.",
            "agreement to draw a lasting sea border between Norway and Ghana",
        ),
        ("They hailed the debt restructuring agreement with banks.", "debt restructuring agreement"),
        ("They joined the Declaration on Reefs and Lagoons in May.", "Declaration on Reefs and Lagoons"),
        ("They praised the Ports and Fisheries Act.", "Ports and Fisheries Act"),
        ("They spoke of the Coalition to Protect Seabirds.", "Coalition to Protect Seabirds"),
        ("They held the Norway-Ghana Strategic Dialogue in Oslo.", "Norway-Ghana Strategic Dialogue"),
        ("She signed the March 3 Executive Order on Keeping Rivers Clean.", "Executive Order on Keeping Rivers Clean"),
        ("They cited the Charter on Reefs, Lagoons, and Atolls.", "Charter on Reefs, Lagoons, and Atolls"),
        ("He backed the “Safe Ferries for All” initiative.", "Safe Ferries for All initiative"),
        ("They recalled Security Council Resolution 2999.", "Security Council Resolution 2999"),
        ("They discussed Samoa’s 2016 peace accord.", "2016 peace accord"),
        (
            "They discussed the recent fishing agreement between Norway and Ghana.",
            "fishing agreement between Norway and Ghana",
        ),
        ("They agreed to launch a working group on ferries.", "working group on ferries"),
        ("They praised the Norway-Ghana alliance.", "Norway-Ghana alliance"),
        ("They held the Norway-Ghana dialogue on Safe Ports.", "Norway-Ghana dialogue on Safe Ports"),
        ("They revised Norway’s Strategic Concept.", "Strategic Concept"),
        ("They drafted an effective Code of Conduct.", "Code of Conduct"),
        ("He praised the Executive Order she signed.", "Executive Order"),
        ("He cited the Executive Order Protecting Reefs and Lagoons.", "Executive Order Protecting Reefs and Lagoons"),
        ("He cited the Order on the Use of the Reef Act of 1972.", "Order on the Use of the Reef Act of 1972"),
        ("She leads the White House Initiative on Lagoons.", "White House Initiative on Lagoons"),
        ("They praised the IMF-supported reform programme.", "IMF-supported reform programme"),
        ("They reaffirmed Article 5.", "Article 5"),
        ("They praised the Roadmap for a Safer Lagoon.", "Roadmap for a Safer Lagoon"),
        ("They agreed to appoint a joint working group to count fish.", "joint working group"),
        ("They discussed the Silver Reef gas project.", "Silver Reef gas project"),
        ("They designated it a Foreign Terrorist Organization.", "Foreign Terrorist Organization"),
        (
            "The Secretary stressed the role of the Norway-Ghana Ferry Partnership.",
            "Norway-Ghana Ferry Partnership",
        ),
        ("He addressed the Coastal States Forum on Reefs and Lagoons.", "Coastal States Forum on Reefs and Lagoons"),
        (
            "They signed a Memorandum of Understanding on deep-sea cables.",
            "Memorandum of Understanding on deep-sea cables",
        ),
        ("They pledged to create working groups on ferries and ports.", "working groups on ferries and ports"),
        ("They agreed on the launch of a compact on reefs.", "compact on reefs"),
        ("He criticised Samoa’s 1931 ferry ban.", "Samoa’s 1931 ferry ban"),
        ("They praised the Clean Lagoons programme.", "Clean Lagoons programme"),
        ("They praised Norway’s Look South policy.", "Look South policy"),
        ("They agreed to continue Operation Silver Lagoon.", "Operation Silver Lagoon"),
        ("They reaffirmed the “one China” policy.", "“one China” policy"),
        ("They praised the Safe Reef Assurances.", "Safe Reef Assurances"),
        ("They attended the Norway-Ghana Foreign Office Consultations.", "Norway-Ghana Foreign Office Consultations"),
        ("They issued an Executive Order.", "Executive Order"),
        ("They paid for 85 Reef Conservation Partnership projects.", "Reef Conservation Partnership"),
        ("They praised the 1872 Harbour Law.", "1872 Harbour Law"),
        ("They signed a Joint Statement on Clean Ports and a memo.", "Joint Statement on Clean Ports"),
        ("They ratified their Ocean League accession protocols.", "Ocean League accession protocols"),
        ("They spoke of the Gaviota Plan.", "Gaviota Plan"),
        ("They noted the launch of the new clean diving programme.", "clean diving programme"),
        ("Two agreements on reefs and ferries were signed.", "Two agreements on reefs and ferries"),
        ("They praised the deal to share the fish.", "deal to share the fish"),
        ("They cited the Gaviota Agreement between Norway and Ghana.", "Gaviota Agreement"),
        (
            "A Memorandum of Understanding between the Reef Institute and the Diver Academy was signed.",
            "Memorandum of Understanding between the Reef Institute and the Diver Academy",
        ),
        ("They praised the Gaviota programme.", "Gaviota programme"),
        ("They joined the Certified Diver program.", "Certified Diver program"),
        (
            "They uphold the truce between Norway, Ghana, and other states.",
            "truce between Norway, Ghana, and other states",
        ),
        ("She announced a new initiative to train 12,000 divers.", "initiative to train 12,000 divers"),
        ("She described a new joint initiative with divers.", "joint initiative"),
        ("They will develop a workplan.", "workplan"),
        ("They agreed to develop reef action plans.", "reef action plans"),
        ("They are concluding a defense cooperation agreement.", "defense cooperation agreement"),
        ("They cited the Strategy for the Lagoons 2031-2034.", "Strategy for the Lagoons 2031-2034"),
        ("They began Operation SEAGULL.", "Operation SEAGULL"),
        ("They praised the modernised ferry agreement with Ghana.", "ferry agreement with Ghana"),
        ("They wait for the planned ferry deal with Norway and Ghana.", "ferry deal with Norway and Ghana"),
        ("They welcomed the launch on Monday in Oslo of a renewed reef dialogue.", "reef dialogue"),
        ("They agreed to set up a working group of divers.", "working group of divers"),
        ("They support the Clean Harbours bill.", "Clean Harbours bill"),
        ("They spoke of Vermont S. 2117, a bill on harbours.", "Vermont S. 2117"),
        ("They spoke of HB 31 and its costs.", "HB 31"),
        ("They spoke of the popular initiative on reefs.", "popular initiative on reefs"),
        ("They welcomed the cessation of hostilities in Samoa.", "cessation of hostilities in Samoa"),
        ("They spoke of the draft law to protect reefs.", "draft law"),
        ("They announced a Joint Fishery Commission.", "Joint Fishery Commission"),
        ("They met as the Joint Reef Steering Committee.", "Joint Reef Steering Committee"),
        ("They cited the Charter of Lagoons signed in May.", "Charter of Lagoons"),
        ("They approved the Terms of Reference.", "Terms of Reference"),
        ("They held the Norway-Ghana Dialogue on Samoa.", "Norway-Ghana Dialogue on Samoa"),
        ("They began negotiations on a trade and fishery pact.", "trade and fishery pact"),
        ("They signed a deal between the ORCA states and Samoa.", "deal between the ORCA states and Samoa"),
        (
            "They concluded the treaty on the care and common use of reefs.",
            "treaty on the care and common use of reefs",
        ),
        (
            "They talk at a working group on reefs and pier rules followed by lunch.",
            "working group on reefs and pier rules",
        ),
        ("Four memoranda of understanding were signed.", "Four memoranda of understanding"),
        ("A bilateral committee on ferries will be set up.", "bilateral committee on ferries"),
        ("They agreed to set up a reef protection commission.", "reef protection commission"),
        ("She recalled Article 9 of our fishery treaty.", "fishery treaty"),
        ("He presented FreshPort (FP), a pilot programme for small harbours.", "FreshPort"),
        ("He cited the Administration’s plan to clean harbours.", "Administration’s plan to clean harbours"),
        ("They praised Samoa’s reform agenda.", "Samoa’s reform agenda"),
        ("They praised the Administration’s ferry safety programme.", "ferry safety programme"),
    ],
)
def test_an_initiative_has_the_name_that_the_text_gives(text, name):
    assert names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "They praised efforts to combat illegal fishing.",
        "They hoped for Samoa’s agreement to reopen the port.",
        "They spoke of ferry bans.",
        "They asked what to put an Order on",
        "They agreed to strengthen the working groups.",
        "They welcomed several agreements.",
        "They met at the Harbour Cities Forum.",
        "The Reef Rescue Call to Action Ministerial takes place in May.",
        "They discussed their China policy.",
        "They found the best deal.",
        "They decided to create jobs and to support agreements.",
        "They hope to start a campaign to win votes.",
        "See Section 3.",
        "They reaffirmed the strategic partnership between Norway and Ghana.",
        "They strengthened the partnership.",
        "They discussed a ceasefire.",
        "They praised the bilateral dialogue.",
        "She plans to visit the programme.",
        "They discussed law enforcement.",
        "They hope to reach an agreement.",
        "They agreed that talks on a fair fishery deal should go on.",
        "They praised Samoa’s plan to vote.",
        "They found that tact and dialogue help.",
        "They praised our Strategic Partnership.",
        "Their ties rise to a Comprehensive Partnership.",
        "They recalled the establishment of the partnership between Norway and Ghana.",
        "They spoke of efforts to reach a fishery deal.",
        "The Clean Reef Coalition said that reefs matter.",
        "He spoke to Ada Moe, Director of Ports, the programme manager.",
        "They want the right deal for farmers.",
    ],
)
def test_policy_talk_and_relations_are_no_initiatives(text):
    assert names(text) == []


def test_a_bodys_charter_is_told_by_the_body():
    assert names("They uphold the Reef League charter.", bodies=("Reef League",)) == ["Reef League charter"]


def test_an_agreement_between_institutions_has_both_in_its_name():
    text = "They signed a Memorandum of Understanding on training between the Reef Institute and the Diver Academy."
    assert names(text) == ["Memorandum of Understanding on training between the Reef Institute and the Diver Academy"]


def test_one_persons_plan_for_two_purposes_is_one_plan():
    people = ("President Moe",)
    text = "It is part of President Moe’s strategy to clean ports. The President’s strategy to cut costs works."
    (plan,) = found(text, people=people)
    assert plan.name == "President Moe’s strategy to clean ports"


def test_a_known_name_counts_within_the_name_of_an_event():
    assert names("They will attend the Quad Leaders’ Summit.") == ["Quad"]


def test_a_persons_plan_is_called_by_its_owner():
    people = ("President Moe", "Ada Moe")
    assert names("They praised President Moe’s plan to clean and deepen ports.", people=people) == [
        "President Moe’s plan to clean and deepen ports"
    ]
    assert names("They discussed President Moe’s plan to visit Oslo.", people=people) == []
    assert names("They discussed plans to clean ports.", people=people) == []


def test_short_forms_and_abbreviations_are_aliases_of_one_initiative():
    text = (
        "They signed the Framework for Coastal Prosperity (FCP). The Framework helps ports. "
        "The FCP has ten members, and the Framework for Coastal Prosperity is open."
    )
    (initiative,) = found(text)
    assert initiative.name == "Framework for Coastal Prosperity"
    assert {"FCP", "Framework"} <= set(initiative.aliases)
    assert [mention.span.of(text) for mention in initiative.mentions] == [
        "Framework for Coastal Prosperity",
        "FCP",
        "Framework",
        "FCP",
        "Framework for Coastal Prosperity",
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "They cited the Strategy to Protect the Reefs of the North and the protected reefs strategy.",
            "Strategy to Protect the Reefs of the North",
        ),
        (
            "They cited the Cross-Party Pier Agreement. They back the Cross-Party Agreement.",
            "Cross-Party Pier Agreement",
        ),
        ("They held a Pier Task Force. The National Pier Task Force spoke of kelp.", "National Pier Task Force"),
    ],
)
def test_a_name_in_fewer_words_is_no_initiative_of_its_own(text, name):
    assert names(text) == [name]


def test_the_parties_in_a_name_tell_it_from_that_of_others():
    both = ["Norway-Ghana Partnership", "Samoa-Norway-Ghana Power Partnership"]
    assert names(f"They praised the {both[0]} and the {both[1]}.") == both


def test_an_abbreviation_tells_where_the_name_begins():
    assert names("Farms use the Quiet Energy for Samoa Program (QESP).") == ["Quiet Energy for Samoa Program"]


def test_names_of_bodies_and_people_are_no_initiatives():
    assert names("He met the Reef Watch Network today.", bodies=("Reef Watch Network",)) == []
    assert names("He met Ada Pact today.", people=("Ada Pact",)) == []
    assert names("Ada Moe, Director of the Reef Watch Network, spoke.") == []


def test_a_place_behind_the_name_is_where_it_applies():
    assert names("He approved an Emergency Declaration for Samoa.") == ["Emergency Declaration"]


def test_well_known_names_need_no_head_noun():
    assert "AUKUS" in names("They discussed AUKUS.")


def test_a_known_name_is_the_same_behind_the_body_that_has_made_it():
    assert names("They back the Reef League Three Seas Initiative.", bodies=("Reef League",)) == [
        "Three Seas Initiative"
    ]
    assert names("They praised the Reef League resolution.", bodies=("Reef League",)) == ["Reef League resolution"]


def test_a_known_name_is_the_same_behind_its_body_and_the_bodys_letters():
    text = "They back the Reef League (RL) Three Seas Initiative."
    assert names(text, bodies=("Reef League", "RL")) == ["Three Seas Initiative"]


def test_a_longer_name_of_another_thing_is_not_the_same_initiative():
    text = "They praised the Clean Harbours Partnership and the Clean Harbours Partnership Charter."
    assert names(text) == ["Clean Harbours Partnership", "Clean Harbours Partnership Charter"]
    text = "They cited the Executive Order on the Future of the Fair Ferries Act. The Fair Ferries Act is old."
    assert names(text) == ["Executive Order on the Future of the Fair Ferries Act", "Fair Ferries Act"]


def test_what_is_known_beforehand_keeps_its_identifier_and_is_called_as_in_the_text():
    (initiative,) = found("They praised the UN Charter.")
    assert initiative.name == "UN Charter"
    assert initiative.id == "initiative/charter-of-the-united-nations"
    assert "Charter of the United Nations" in initiative.aliases
    (spelt_out,) = found("They returned to the JCPOA.")
    assert spelt_out.name in {"JCPOA", "Joint Comprehensive Plan of Action"}


def test_an_abbreviation_that_the_text_explains_otherwise_is_not_the_known_one():
    assert names("He met the Coastal Outpost Council Planning Authority (JCPOA).") == ["JCPOA"]
    assert names("He met the Joint Coastal Port Oversight Authority (JCPOA). The JCPOA advises.") == []


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


def test_an_initiative_may_own_what_follows():
    assert names("They praised the Clean Reef Task Force’s report.") == ["Clean Reef Task Force"]


def test_a_known_name_within_the_name_of_a_body_is_no_initiative():
    text = "They met Jens Oak of the North Atlantic Treaty Organization."
    assert names(text, bodies=("North Atlantic Treaty Organization",)) == []
    assert names("They cited the North Atlantic Treaty.") == ["North Atlantic Treaty"]


def test_a_network_that_acts_is_an_organisation():
    assert names("The Reef Mayors Network released a letter.") == []
    assert names("It was co-hosted by the Reef Mayors Network.") == []


def test_a_fund_that_takes_part_in_a_meeting_is_an_organisation():
    assert names("Participants included:\n\n- The Clean Reef Fund which brought its plans.") == []
