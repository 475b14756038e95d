"""Which words name an initiative, and by which name."""

import pytest
from initiating import names


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
        ("They upgraded the Norway-Ghana EPA.", "Norway-Ghana EPA"),
        (
            "They met in the Norway-Ghana Working Group on Ports, Law of the Sea and Fish Rights.",
            "Norway-Ghana Working Group on Ports, Law of the Sea and Fish Rights",
        ),
        ("She saw the ‘Diver Voices’ pier project.", "Diver Voices project"),
        ("They signed a memorandum of understanding concerning kelp.", "memorandum of understanding concerning kelp"),
        ("They spoke of our security treaty.", "security treaty"),
        ("They spoke of Human Rights Council resolution 99/1.", "Human Rights Council resolution 99/1"),
        ("They revise their free trade and ferry agreement.", "free trade and ferry agreement"),
        ("They began negotiations on a tax convention.", "tax convention"),
        ("They signed the Enhanced Partnership and Ferry Agreement.", "Enhanced Partnership and Ferry Agreement"),
        (
            "They signed an MoU on Cooperation in the field of Reefs and Lagoons.",
            "MoU on Cooperation in the field of Reefs and Lagoons",
        ),
        ("They recalled the Reef Vision 2030 and Beyond.", "Reef Vision 2030 and Beyond"),
        ("They reaffirmed the Gaviota Concord.", "Gaviota Concord"),
        ("He signed an Executive Order titled “Keeping Reefs Clean”.", "Executive Order on Keeping Reefs Clean"),
        ("She praised the ‘Clean Reefs’ programme.", "Clean Reefs programme"),
        ("She praised the programme called 'Clean Reefs'.", "Clean Reefs"),
        ("They resumed the human rights dialogue.", "human rights dialogue"),
        ("They held the 16th Strategic Dialogue.", "Strategic Dialogue"),
        ("They reviewed the Trade in Shells Agreement.", "Trade in Shells Agreement"),
        ("They praised the Divers in Business programme.", "Divers in Business programme"),
        ("They spoke of the Health and Veterinary agreement.", "Health and Veterinary agreement"),
        ("They praised the Ghana cooperation programme 2031–34.", "Ghana cooperation programme 2031–34"),
        ("They took note of Samoa’s National Sea Export Policy.", "National Sea Export Policy"),
        ("They praised the Reef and Lagoon Support (RELAS) programme.", "Reef and Lagoon Support programme"),
        ("They resumed the Reef Sector Support arrangement.", "Reef Sector Support arrangement"),
    ],
)
def test_an_initiative_has_the_name_that_the_text_gives(text, name):
    assert names(text) == [name]


def test_a_bodys_charter_is_told_by_the_body():
    assert names("They uphold the Reef League charter.", bodies=("Reef League",)) == ["Reef League charter"]


def test_an_agreement_between_institutions_has_both_in_its_name():
    text = "They signed a Memorandum of Understanding on training between the Reef Institute and the Diver Academy."
    assert names(text) == ["Memorandum of Understanding on training between the Reef Institute and the Diver Academy"]


def test_a_persons_plan_is_called_by_its_owner():
    people = ("President Moe", "Ada Moe")
    assert names("They praised President Moe’s plan to clean and deepen ports.", people=people) == [
        "President Moe’s plan to clean and deepen ports"
    ]
    assert names("They discussed President Moe’s plan to visit Oslo.", people=people) == []
    assert names("They discussed plans to clean ports.", people=people) == []


def test_what_follows_and_with_an_article_is_another_initiative():
    assert names("They signed the Memorandum of Understanding on Clean Ports and of the Diver Exchange Programme.") == [
        "Memorandum of Understanding on Clean Ports",
        "Diver Exchange Programme",
    ]


def test_whose_an_initiative_is_is_no_part_of_its_name():
    text = "They praised the Clean Reef Facility of the Reef League."
    assert names(text, bodies=("Reef League",)) == ["Clean Reef Facility"]


def test_an_abbreviation_tells_where_the_name_begins():
    assert names("Farms use the Quiet Energy for Samoa Program (QESP).") == ["Quiet Energy for Samoa Program"]


def test_a_place_behind_the_name_is_where_it_applies():
    assert names("He approved an Emergency Declaration for Samoa.") == ["Emergency Declaration"]


def test_an_initiative_may_own_what_follows():
    assert names("They praised the Clean Reef Task Force’s report.") == ["Clean Reef Task Force"]
