"""Releases of several governments, read by all stages: each has its own way to tell of an encounter. All made up."""

from datetime import date

import pytest

from kg.extract import extract
from kg.model import Readout, Span
from kg.text import canonical


def meetings(publisher, issued, title, body):
    text = canonical(f"{title}\n\n{body}")
    readout = Readout(
        id="test/1", text=text, title=Span(0, len(title)), issued=date.fromisoformat(issued), publisher=publisher
    )
    found = extract(readout)
    names = {person.id: person.name for person in found.people}
    return [(m, [names[part.person].split()[-1] for part in m.participations]) for m in found.meetings]


def test_a_swiss_release_receives_a_guest_and_gives_the_day_in_figures():
    (visit, guests), (meeting, who) = meetings(
        "Federal Department of Foreign Affairs",
        "2024-03-12",
        "Foreign Minister of Ghana visits Bern",
        "Bern, 12.03.2024 - Federal Councillor Beat Amsler received Ghanaian Foreign Minister Esi Boateng in Bern "
        "today for official talks. The two ministers discussed vocational training.",
    )
    assert (meeting.kind, meeting.start, meeting.places[0]) == ("meeting", "2024-03-12", "place/bern")
    assert set(who) == {"Amsler", "Boateng"}
    assert (visit.kind, guests, meeting.part_of) == ("visit", ["Boateng"], visit.number)
    assert set(meeting.sides) == {"place/switzerland", "place/ghana"}


def test_a_swiss_working_visit_has_its_talks():
    (visit, travellers), (talks, who) = meetings(
        "Federal Department of Home Affairs",
        "2024-05-03",
        "Federal Councillor Rosa Keller in Vienna",
        "Bern, 03.05.2024 - Federal Councillor Rosa Keller paid a working visit to Vienna on Thursday, 2 May. She met "
        "with Austrian Health Minister Franz Gruber.",
    )
    assert (visit.kind, visit.start, travellers) == ("visit", "2024-05-02", ["Keller"])
    assert (talks.part_of, who) == (visit.number, ["Keller", "Gruber"])
    assert talks.places[0] == visit.places[0] == "place/vienna"


def test_a_sri_lankan_release_has_courtesy_calls():
    ((meeting, who),) = meetings(
        "Ministry of Foreign Affairs of Sri Lanka",
        "2024-02-21",
        "Ambassador of Norway calls on the Foreign Secretary",
        "The Ambassador of Norway to Sri Lanka Liv Strand paid a courtesy call on Foreign Secretary Nimal Perera at "
        "the Ministry on 20 February 2024. They discussed fisheries.",
    )
    assert (meeting.kind, meeting.mode, meeting.start) == ("meeting", "in-person", "2024-02-20")
    assert who == ["Strand", "Perera"]


def test_an_australian_release_speaks_in_the_first_person():
    ((meeting, who),) = meetings(
        "Department of Foreign Affairs and Trade",
        "2023-07-05",
        "Meeting with Japan’s Trade Minister",
        "Senator the Hon Grace Doyle\nAssistant Minister for Trade\n\n"
        "Today I met with Japanese Trade Minister Kenta Sato in Perth. We agreed to keep in touch.",
    )
    assert (meeting.start, meeting.places[0]) == ("2023-07-05", "place/perth")
    assert who == ["Doyle", "Sato"]


def test_a_state_department_release_follows_its_attribution():
    ((meeting, who),) = meetings(
        "Department of State",
        "2019-02-14",
        "Deputy Secretary Hale’s Meeting with Peruvian Foreign Minister Rojas",
        "The below is attributable to Spokesperson Mary Finch:\n\nDeputy Secretary of State Ed Hale met yesterday with "
        "Peruvian Foreign Minister Inés Rojas in Washington, D.C. Secretary of Energy Al Moss also joined the meeting.",
    )
    assert (meeting.start, who) == ("2019-02-13", ["Hale", "Rojas", "Moss"])


def test_a_guest_of_the_canadian_capital_sees_others_there():
    found = meetings(
        "Global Affairs Canada",
        "2023-06-08",
        "Minister Okello meets with counterpart from Ghana",
        "Minister of Foreign Affairs Ada Okello met with Ghana's Minister of Foreign Affairs, Kofi Osei, today during "
        "his visit to Ottawa.\n\nDuring his visit to Ottawa, Minister Osei also met the Minister of Trade, Lea Moe.",
    )
    assert [(meeting.kind, who) for meeting, who in found] == [
        ("visit", ["Osei"]),
        ("meeting", ["Okello", "Osei"]),
        ("meeting", ["Osei", "Moe"]),
    ]
    assert {meeting.sides for meeting, _ in found} == {("place/canada", "place/ghana")}


def test_a_swiss_journey_has_its_stops_and_all_who_came_along():
    found = meetings(
        "Federal Department of Home Affairs",
        "2024-03-12",
        "Federal Councillor Keller in Accra",
        "Bern, 12.03.2024 - From 8 to 11 March, Federal Councillor Rosa Keller travelled to Ghana. In Accra she was "
        "received by President Kofi Osei and met her counterpart, Health Minister Ama Boateng, for talks. She was "
        "accompanied by National Councillors Urs Meier and Lea Frei as well as by State Secretary Helene Amsler.",
    )
    swiss = ["Keller", "Meier", "Frei", "Amsler"]
    assert [who for _, who in found] == [swiss, [*swiss, "Osei"], [*swiss, "Boateng"]]
    assert {meeting.sides for meeting, _ in found} == {("place/switzerland", "place/ghana")}


def test_an_indian_release_has_honorifics_and_desks_in_brackets():
    found = meetings(
        "Ministry of External Affairs, India",
        "2024-03-05",
        "Visit of Foreign Minister of Ghana",
        "External Affairs Minister Dr. Anil Rao held talks with the Foreign Minister of Ghana, H.E. Ms. Esi Mensah in "
        "New Delhi on 4 March 2024. Additional Secretary (West Africa) Ruwan Das and Smt. Asha Nair also took part.",
    )
    assert set(found[-1][1]) == {"Rao", "Mensah", "Das", "Nair"}


def test_who_asks_somebody_to_come_is_not_met_on_the_trip_for_that():
    (visit, travellers), (talks, who) = meetings(
        "Ministry of Foreign Affairs of Sri Lanka",
        "2024-06-03",
        "Foreign Minister concludes visit to Lima",
        "Minister of Foreign Affairs of Sri Lanka Nimal Perera undertook an official visit to Lima, Peru on 1 June "
        "at the invitation of the Minister of Foreign Affairs of Peru Ana Ruiz.\n\nThe two Foreign Ministers held "
        "bilateral talks and reviewed their cooperation.",
    )
    assert (visit.kind, travellers) == ("visit", ["Perera"])
    assert (talks.part_of, who) == (visit.number, ["Perera", "Ruiz"])


def test_a_title_with_a_visit_by_somebody_is_signed_by_nobody():
    (visit, guests), (talks, who) = meetings(
        "Prime Minister of Australia",
        "2024-08-05",
        "Visit to Australia by the Prime Minister of the Kingdom of Denmark",
        "Prime Minister Anthony Albanese today welcomed the Prime Minister of the Kingdom of Denmark, Liv Strand, to "
        "Parliament House in Canberra. The leaders discussed hydrogen.",
    )
    assert (visit.kind, guests) == ("visit", ["Strand"])
    assert (talks.kind, who, talks.part_of) == ("meeting", ["Albanese", "Strand"], visit.number)


def test_a_guest_goes_on_within_the_country_without_another_visit():
    (_, _), (next_day, who) = meetings(
        "Swiss Federal Council",
        "2024-03-14",
        "Federal Councillor Keller receives Norwegian minister",
        "Bern, 14.03.2024 - Federal Councillor Rosa Keller met Norwegian Trade Minister Liv Strand in Bern today. "
        "On Friday, Ms Strand will travel to Lausanne, where she will meet members of the cantonal government.",
    )
    assert (next_day.kind, next_day.status, next_day.start) == ("meeting", "planned", "2024-03-15")
    assert (who, next_day.places[0], next_day.part_of) == (["Strand"], "place/lausanne", None)


def test_beside_a_gathering_people_speak_face_to_face():
    *_, (meeting, who) = meetings(
        "Swiss Federal Council",
        "2024-01-18",
        "Federal Councillor Keller in Davos",
        "Bern, 18.01.2024 - On the fringes of the World Economic Forum in Davos, Federal Councillor Rosa Keller held "
        "several bilateral talks.\n\nMs Keller spoke with Peruvian Foreign Minister Ana Ruiz about mining.",
    )
    assert (meeting.kind, meeting.mode, who) == ("meeting", "in-person", ["Keller", "Ruiz"])


def test_an_invitation_and_a_hope_are_plans_only_with_a_time():
    text = (
        "Secretary Joan Ewe spoke today with Peruvian Foreign Minister Ana Ruiz. The Secretary invited Minister Ruiz "
        "to visit Washington{}. Minister Ruiz said that she looks forward to welcoming Secretary Ewe{}."
    )
    for invited, welcomed, planned in (("", "", 0), (" in July", "", 1), (" in the spring", " to Lima in May", 2)):
        found = meetings("Department of State", "2023-12-13", "Call with Peru", text.format(invited, welcomed))
        assert [m.status for m, _ in found].count("planned") == planned


def test_ministers_of_two_states_meet_and_those_of_many_convene():
    text = (
        "Ministers of Australia and Peru met in Lima on 7 May 2024 for the Second Ministerial "
        "Meeting. The Peruvian side was led by Foreign Minister Ana Ruiz, and the Australian side by "
        "Australian Foreign Minister Rosa Keller."
    )
    ((meeting, who),) = meetings(
        "Minister for Foreign Affairs of Australia", "2024-05-08", "Second Peru-Australia Ministerial Meeting", text
    )
    assert (meeting.kind, set(who)) == ("meeting", {"Ruiz", "Keller"})


def test_envoys_present_their_credentials_to_whom_they_meet():
    ((meeting, who),) = meetings(
        "President's Media Division of Sri Lanka",
        "2024-05-08",
        "New envoy presents credentials",
        "Ambassador of Norway Liv Strand presented her credentials to President Nimal Perera at the President's House "
        "in Colombo this morning.",
    )
    assert (meeting.kind, meeting.start, who) == ("meeting", "2024-05-08", ["Strand", "Perera"])


def test_an_embassy_is_not_in_the_country_whose_it_is():
    (visit, _), (talks, _) = meetings(
        "Federal Department of Finance",
        "2024-05-08",
        "Federal Councillor Keller in Lima",
        "Bern, 08.05.2024 - Federal Councillor Rosa Keller paid a working visit to Lima, Peru, on 7 May. She met "
        "representatives of banks at the Swiss embassy.",
    )
    assert talks.places == visit.places


def test_who_hosts_together_with_others_hosts_an_event():
    *_, (event, who) = meetings(
        "Federal Department of Foreign Affairs",
        "2024-09-26",
        "Federal Councillor Keller in New York",
        "Bern, 26.09.2024 - Federal Councillor Rosa Keller met Norwegian Foreign Minister Liv Strand in New York on "
        "Tuesday. Ms Keller also co-hosted, together with Peruvian Foreign Minister Ana Ruiz and Ghanaian Foreign "
        "Minister Esi Boateng, an event on the law of the sea.",
    )
    assert (event.kind, set(who)) == ("convening", {"Keller", "Ruiz", "Boateng"})


def test_who_joins_on_one_leg_was_on_that_leg_alone():
    (_, travellers), (_, first), (_, second) = meetings(
        "Minister for Foreign Affairs of Australia",
        "2024-05-10",
        "Visit to Norway and Denmark",
        "Senator Penny Wong travelled to Norway and Denmark this week.\n\nIn Oslo, Senator Wong met with Norwegian "
        "Foreign Minister Liv Strand. She was joined by Ambassador to Norway Ann Ewe.\n\nIn Copenhagen, Senator Wong "
        "met with Danish Foreign Minister Nils Berg.",
    )
    assert (travellers, first, second) == (["Wong"], ["Wong", "Strand", "Ewe"], ["Wong", "Berg"])


def test_who_accompanied_during_a_stay_was_at_all_its_meetings():
    (visit, travellers), (_, first), (_, second) = meetings(
        "Federal Department of Finance",
        "2024-05-10",
        "Federal Councillor Keller meets minister in Lima",
        "Bern, 10.05.2024 - Federal Councillor Rosa Keller met Peruvian Finance Minister Ana Ruiz for talks in Lima on "
        "9 May.\n\nDuring her stay, Ms Keller also met Peruvian Trade Minister Juan Mesa. She was accompanied by "
        "State Secretary Beat Amsler.",
    )
    assert (visit.kind, set(travellers)) == ("visit", {"Keller", "Amsler"})
    assert (set(first), set(second)) == ({"Keller", "Amsler", "Ruiz"}, {"Keller", "Amsler", "Mesa"})


def test_two_who_are_told_of_together_were_met_apart_if_the_talks_are_told_apart():
    (_, _), (_, first), (_, second) = meetings(
        "Federal Department of Finance",
        "2024-05-10",
        "Federal Councillor Keller on working visit to Lima",
        "Bern, 10.05.2024 - Federal Councillor Rosa Keller paid a working visit to Lima on 9 May. She held talks with "
        "Peruvian Finance Minister Ana Ruiz and Peruvian Trade Minister Juan Mesa.\n\nMs Keller and Ms Ruiz took "
        "stock of the tax agreement. With Minister Mesa, she discussed mining.",
    )
    assert (first, second) == (["Keller", "Ruiz"], ["Keller", "Mesa"])


def test_who_was_present_was_at_the_meeting_and_not_at_one_before_it():
    (main, present), (before, _) = meetings(
        "President's Media Division of Sri Lanka",
        "2024-05-10",
        "Bank president meets President",
        "President Ranil Wickremesinghe met with the President of the Asian Development Bank, Masato Kanda, today. "
        "Prior to the meeting, Mr. Kanda called on Prime Minister Dinesh Gunawardena. Minister of Finance Kim Perera "
        "and Secretary to the Treasury Kamal Silva were among those present.",
    )
    assert (main.number, set(present)) == (1, {"Wickremesinghe", "Kanda", "Perera", "Silva"})
    assert before.start == "2024-05-10"


def test_a_short_first_sentence_is_no_signature():
    *_, (trip, travellers), (_, who) = meetings(
        "Minister for Trade and Tourism of Australia",
        "2025-04-29",
        "Meeting with Norwegian minister",
        "Don Farrell\n\nToday I met with Norway's Minister of Trade, Liv Strand, in Oslo.\n\nTomorrow I will travel to "
        "Copenhagen to meet Danish Trade Minister Nils Berg.",
    )
    assert (trip.kind, travellers, who) == ("visit", ["Farrell"], ["Farrell", "Berg"])


def test_the_next_meeting_of_a_commission_is_one_of_the_same_sides():
    (held, _), (ahead, who) = meetings(
        "Federal Department of Foreign Affairs",
        "2025-04-29",
        "Federal Councillor Keller meets Norwegian minister",
        "Bern, 29.04.2025 - Federal Councillor Rosa Keller met with Norwegian Trade Minister Liv Strand in Oslo today. "
        "The next meeting of the Joint Economic Commission will take place on 12 June in Bern.",
    )
    assert (ahead.status, ahead.start, ahead.places[0], who) == ("planned", "2025-06-12", "place/bern", [])
    assert set(ahead.sides) == set(held.sides)


@pytest.mark.parametrize(
    ("office", "side"),
    [
        ("African Union Commission Chairperson", "agency/african-union"),
        ("Palestinian Authority President", "agency/palestinian-authority"),
    ],
)
def test_a_commission_stands_for_its_union_and_an_authority_for_itself(office, side):
    ((meeting, _),) = meetings(
        "Department of State",
        "2024-03-12",
        "Secretary Ruiz’s Meeting in Lima",
        f"Secretary of State Ana Ruiz met with {office} Marwan Abbad in Lima today.",
    )
    assert meeting.sides == ("place/united-states", side)


def test_a_title_may_have_the_words_that_open_a_circumstance():
    ((_, who),) = meetings(
        "Ministry of Foreign Affairs of Sri Lanka",
        "2025-02-26",
        "Meeting in Geneva",
        "Minister of Foreign Affairs Ravi Peiris met with Minister of State for the Coasts of Norway Liv Berg today.",
    )
    assert who == ["Peiris", "Berg"]
