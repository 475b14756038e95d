"""Whose encounter it is where a title, a pronoun or a group says so, and who else was there. All made up."""

from datetime import date

from test_meetings_several import AUSTRALIA, STATE, told
from test_meetings_styles import meetings

from kg.extract import extract
from kg.model import Readout, Span
from kg.resolve import resolve
from kg.text import canonical


def resolved(publisher, issued, title, body):
    text = canonical(f"{title}\n\n{body}")
    readout = Readout(
        id="test/1", text=text, title=Span(0, len(title)), issued=date.fromisoformat(issued), publisher=publisher
    )
    found = resolve(extract(readout))
    names = {person.id: person.name for person in found.people}
    return [(m, [names[part.person].split()[-1] for part in m.participations]) for m in found.meetings]


def test_counterparts_are_those_whom_the_text_names_later():
    found = meetings(
        AUSTRALIA,
        "2025-09-25",
        "Trade Minister's meetings in Manila",
        "The Hon Tom Ewe MP\nMinister for Trade and Tourism\n\n"
        "Today I met with my Kenyan and Ghanaian counterparts in Manila.\n\nWith Kenya's Minister of Trade, Daniel "
        "Mutua, I discussed cut flowers. Ghana's Minister of Trade, Esi Boateng, and I reviewed progress on cocoa.",
    )
    assert told(found) == [
        ({"Ewe", "Mutua"}, "2025-09-25", "place/manila"),
        ({"Ewe", "Boateng"}, "2025-09-25", "place/manila"),
    ]


def test_an_official_of_a_ministry_that_no_table_lists_stands_for_the_country_in_its_name():
    [(meeting, people)] = resolved(
        "Department of State",
        "2022-06-03",
        "Special Envoy Oakes's Meeting",
        "Today, Special Envoy for Sudan Max Oakes and Japanese Ministry of Ports Director General Ken Mori met.",
    )
    assert dict(zip(people, [part.side for part in meeting.participations], strict=True)) == {
        "Oakes": "place/united-states",
        "Mori": "place/japan",
    }


def test_both_ministers_are_the_two_who_bear_the_title():
    found = meetings(
        "Ministry of Foreign Affairs of Sri Lanka",
        "2024-02-21",
        "Foreign Minister visits Oman",
        "At the invitation of the Foreign Minister of Oman, Salim Habsi, the Minister of Foreign Affairs, Nimal "
        "Perera, undertook an official visit to Oman from 18 to 20 February 2024. On 19 February, he paid a courtesy "
        "call on the Deputy Prime Minister of Oman, Omar Zadjali. "
        "Bilateral discussions between the two Foreign Ministers took place on "
        "the same day in Muscat. On 20 February, Minister Perera met the Sri Lankan community in Sohar.",
    )
    talks = found[2]
    assert (set(talks[1]), talks[0].start) == ({"Habsi", "Perera"}, "2024-02-19")
    assert found[3][0].start == "2024-02-20"
    assert found[3][0].groups == ("the Sri Lankan community",)


def test_she_is_not_whom_she_met():
    found = meetings(
        STATE,
        "2024-03-05",
        "Secretary Ewe’s Meetings in Geneva",
        "Secretary of State Ann Ewe met today with Kenyan Foreign Minister Daniel Mutua. In a meeting with Ghanaian "
        "Foreign Minister Esi Boateng, she discussed cocoa.",
    )
    assert [set(who) for _, who in found] == [{"Ewe", "Mutua"}, {"Ewe", "Boateng"}]


def test_those_present_were_at_the_meeting_and_not_on_the_whole_trip():
    found = meetings(
        "Ministry of Foreign Affairs of Sri Lanka",
        "2024-02-21",
        "Minister of Norway calls on the President",
        "The Norwegian Minister of Fisheries, Liv Strand, who is in Sri Lanka on a two-day visit, paid a courtesy call "
        "on President Nimal Perera in Colombo. Norwegian Ambassador Per Dahl and Secretary to the President Sunil "
        "Silva were among those present.",
    )
    assert [set(who) for _, who in found] == [{"Strand"}, {"Strand", "Perera", "Dahl", "Silva"}]


def test_the_prime_minister_is_the_publishers_own_even_where_a_guest_alone_is_named():
    found = resolved(
        "Prime Minister's Office, 10 Downing Street",
        "2025-03-04",
        "PM call with Prime Minister Roca: 4 March 2025",
        "The Prime Minister spoke to Peruvian Prime Minister Luis Roca this afternoon. He began by thanking Prime "
        "Minister Roca for his visit.",
    )
    assert [who for _, who in found] == [["Starmer", "Roca"]]


def test_the_minister_is_the_one_of_the_release_whoever_else_is_a_minister():
    found = meetings(
        "Norwegian Ministry of Foreign Affairs",
        "2024-01-15",
        "Foreign Minister Dahl to visit Ghana and Kenya",
        "Minister of Foreign Affairs Per Dahl will travel to Ghana and Kenya from 16 to 18 January. In Accra, Mr Dahl "
        "will meet Ghana's Minister of Foreign Affairs, Esi Boateng, on Tuesday. He will also have talks with the "
        "Speaker of the Parliament of Ghana, Kofi Osei. On Wednesday the Minister will be received by Kenyan President "
        "Daniel Mutua in Nairobi.",
    )
    assert {meeting.status for meeting, _ in found} == {"planned"}
    assert told(found[1:]) == [
        ({"Dahl", "Boateng"}, "2024-01-16", "place/accra"),
        ({"Dahl", "Osei"}, None, "place/accra"),
        ({"Dahl", "Mutua"}, "2024-01-17", "place/nairobi"),
    ]


def test_a_delegation_is_received_without_those_whom_it_met_before():
    found = meetings(
        "New Zealand Government",
        "2024-02-10",
        "Foreign Minister concludes Pacific visit",
        "Foreign Minister Tom Roe has concluded a visit to Tonga and Samoa. In Nuku'alofa, Mr Roe met Prime Minister "
        "Sione Tavu. On Friday in Apia, the delegation was welcomed by Prime Minister Sina Leota. Mr Roe also attended "
        "a breakfast hosted by High Commissioner Mary Doe with Samoan business leaders.",
    )
    assert [who for _, who in found][1:] == [["Roe", "Tavu"], ["Roe", "Leota"], ["Roe", "Doe"]]


def test_a_union_that_publishes_is_a_side():
    ((meeting, _),) = meetings(
        "European External Action Service",
        "2024-08-01",
        "High Representative meets Foreign Minister",
        "High Representative Pia Holm met today in Accra with Ghana's Minister of Foreign Affairs, Esi Boateng.",
    )
    assert set(meeting.sides) == {"agency/european-union", "place/ghana"}


def test_who_speaks_after_those_met_is_not_one_of_them():
    found = meetings(
        STATE,
        "2024-06-20",
        "Under Secretary Ewe’s Travel to Peru",
        "Under Secretary of State Ann Ewe and Administrator Tom Oak traveled to Peru on June 17. In Lima, the "
        "delegation met with customs officers, and Administrator Oak discussed with them how to close gaps.",
    )
    assert [meeting.groups for meeting, _ in found][1:] == [("customs officers",)]


def test_i_was_received_by_somebody():
    found = meetings(
        AUSTRALIA,
        "2025-05-18",
        "Visit to Kenya",
        "The Hon Tom Ewe MP\nMinister for Trade and Tourism\n\n"
        "Today I met with Kenya's Minister of Trade, Daniel Mutua, in Nairobi to open a forum of our businesses. "
        "It was an honour to be received by President Wanjiru Otieno at State House.",
    )
    assert [who for _, who in found][1:] == [["Ewe", "Mutua"], ["Ewe", "Otieno"]]


def test_the_head_of_the_department_that_publishes_is_its_councillor():
    found = meetings(
        "Federal Department of Finance",
        "2024-04-12",
        "Federal Councillor Amsler to travel to Accra",
        "Bern, 12.04.2024 - Federal Councillor Beat Amsler will travel to Accra from 16 to 20 April to attend the "
        "Spring Meetings of the World Bank. The head of the FDF is to hold bilateral talks with Minister Esi Boateng "
        "of Ghana. Last Wednesday, Mr Amsler received his Kenyan counterpart, Daniel Mutua, in Bern.",
    )
    assert [(meeting.kind, meeting.status, who) for meeting, who in found] == [
        ("visit", "planned", ["Amsler"]),
        ("meeting", "planned", ["Amsler", "Boateng"]),
        ("meeting", "held", ["Amsler", "Mutua"]),
    ]


def test_who_is_present_during_a_meeting_took_part():
    found = meetings(
        "Ministry of Foreign and Diaspora Affairs, Kenya",
        "2024-02-06",
        "Cabinet Secretary Meets Minister",
        "Cabinet Secretary Daniel Mutua met today in Nairobi with Ghanaian Minister Esi Boateng. Present during the "
        "meeting were Ambassador Kofi Osei of Ghana and Principal Secretary Wanjiru Otieno. ",
    )
    assert [set(who) - {"Mutua"} for _, who in found] == [{"Boateng", "Osei", "Otieno"}]


def test_i_am_the_prime_minister_who_publishes_though_another_prime_minister_is_named():
    found = resolved(
        "Prime Minister of Australia",
        "2025-10-14",
        "Call with Prime Minister Roca",
        "I spoke this afternoon with the Prime Minister of Peru, Luis Roca. I told him that we will open an embassy.",
    )
    assert [set(who) for _, who in found] == [{"Albanese", "Roca"}]
