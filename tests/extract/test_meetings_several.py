"""Releases that tell of several encounters, stop by stop or person by person. All made up."""

from test_meetings_styles import meetings

STATE = "U.S. Department of State"
SWISS = "Federal Department of Foreign Affairs"
AUSTRALIA = "Minister for Trade and Tourism, Australia"


def told(found):
    return [(set(who), meeting.start, meeting.places[0] if meeting.places else None) for meeting, who in found]


def test_headings_of_day_and_town_hold_for_the_encounters_after_them():
    found = meetings(
        SWISS,
        "2024-05-17",
        "Federal Councillor Beat Amsler in Accra and Nairobi",
        "Bern, 17.05.2024 - Federal Councillor Beat Amsler visited Ghana and Kenya on 15 and 16 May.\n\n"
        "15 May: Accra\n\nMr Amsler held talks with Foreign Minister Esi Boateng.\n\n"
        "16 May: Nairobi\n\nPresident Daniel Mutua received Mr Amsler.",
    )
    assert told(found[1:]) == [
        ({"Amsler", "Boateng"}, "2024-05-15", "place/accra"),
        ({"Amsler", "Mutua"}, "2024-05-16", "place/nairobi"),
    ]


def test_what_a_traveller_tells_somebody_new_at_a_stop_is_an_encounter():
    found = meetings(
        STATE,
        "2024-06-20",
        "Under Secretary Ewe’s Travel to Peru and Chile",
        "Under Secretary of State Ann Ewe traveled to Peru and Chile from June 17 to 19. In Lima on June 17, Under "
        "Secretary Ewe conveyed the Secretary’s greetings to Foreign Minister Luis Roca. The trip concluded on June 19 "
        "in Santiago. Under Secretary Ewe thanked Economy Minister Pia Soto for her partnership.",
    )
    assert told(found[1:]) == [
        ({"Ewe", "Roca"}, "2024-06-17", "place/lima"),
        ({"Ewe", "Soto"}, "2024-06-19", "place/santiago"),
    ]


def test_who_is_thanked_at_a_stop_of_which_a_meeting_was_told_need_not_have_been_there():
    found = meetings(
        STATE,
        "2024-06-20",
        "Under Secretary Ewe’s Travel to Peru",
        "Under Secretary of State Ann Ewe traveled to Peru on June 17. In Lima, she met with Foreign Minister Luis "
        "Roca. Under Secretary Ewe thanked Peruvian President Rosa Paz for her leadership.",
    )
    assert [who for _, who in found][1:] == [["Ewe", "Roca"]]


def test_some_of_those_who_met_meet_by_themselves_too():
    found = meetings(
        STATE,
        "2024-03-05",
        "Secretary Ewe’s Meeting with the Foreign Ministers of Kenya and Ghana",
        "Secretary of State Ann Ewe met today in Geneva with Kenyan Foreign Minister Daniel Mutua and Ghanaian Foreign "
        "Minister Esi Boateng. They discussed the ceasefire. In a separate meeting with Foreign Minister Boateng, the "
        "Secretary raised debt relief. Later that day, the Secretary and Foreign Minister Mutua met to review the "
        "peacekeeping mission.",
    )
    assert [set(who) for _, who in found] == [{"Ewe", "Mutua", "Boateng"}, {"Ewe", "Boateng"}, {"Ewe", "Mutua"}]


def test_a_day_told_of_ends_with_a_gathering_of_others():
    found = meetings(
        STATE,
        "2024-03-05",
        "Secretary Ewe’s Meeting with Foreign Minister Mutua",
        "Secretary of State Ann Ewe met today in Geneva with Kenyan Foreign Minister Daniel Mutua. The Secretary "
        "concluded her day with a roundtable that brought together executives from Swiss banks.",
    )
    assert [(meeting.kind, meeting.groups) for meeting, _ in found[1:]] == [
        ("convening", ("executives from Swiss banks",))
    ]


def test_a_guest_received_with_honours_is_on_a_visit():
    (visit, guests), (_, who), _ = meetings(
        SWISS,
        "2024-03-12",
        "Federal Councillor Amsler receives President Mutua",
        "Bern, 12.03.2024 - Federal Councillor Beat Amsler welcomed the President of Kenya, Daniel Mutua, with "
        "military honours in Bern on Tuesday. President Mutua also met the President of the Senate, Eva Caro.",
    )
    assert (visit.kind, guests, set(who)) == ("visit", ["Mutua"], {"Amsler", "Mutua"})


def test_days_of_the_week_before_are_of_the_release_too():
    found = meetings(
        "Presidential Communications Office, Philippines",
        "2024-01-30",
        "President meets the Premier of Vietnam",
        "President Jose Cruz met with Vietnamese Prime Minister Nguyen Van Lam in Hanoi on Tuesday. On Monday, the "
        "President met with Speaker Tran Thi Mai and members of the Filipino community.",
    )
    assert [(meeting.status, meeting.start) for meeting, _ in found] == [("held", "2024-01-30"), ("held", "2024-01-29")]
    assert found[1][0].places == found[0][0].places


def test_a_week_in_two_towns_is_a_trip_and_what_a_host_has_signed_a_meeting():
    found = meetings(
        "Minister for Defence, Australia",
        "2025-02-14",
        "Visit to Jakarta and Apia",
        "The Hon Tom Ewe MP\nMinister for Defence\n\n"
        "This week I have been in Jakarta and Apia to deepen our cooperation with two partners of Australia.\n\n"
        "In Jakarta, I caught up with Minister of Defence Budi Hartono over lunch. In Apia, Samoa's Prime "
        "Minister, Mary Leota, and I signed a declaration on patrol boats.",
    )
    assert [(meeting.kind, who) for meeting, who in found] == [
        ("visit", ["Ewe"]),
        ("meeting", ["Ewe", "Hartono"]),
        ("meeting", ["Ewe", "Leota"]),
    ]


def test_meetings_with_one_and_with_another_of_a_government_are_two():
    found = meetings(
        "Department of Foreign Affairs, Ireland",
        "2024-10-08",
        "Minister Doyle in Accra",
        "Minister Sean Doyle today met with the President of Ghana, Kofi Osei, in Accra. The Minister also had "
        "bilateral meetings with Foreign Minister Esi Boateng and with Defence Minister Yaw Mensah.",
    )
    assert [set(who) - {"Doyle"} for _, who in found] == [{"Osei"}, {"Boateng"}, {"Mensah"}]


def test_a_day_without_a_place_holds_for_its_paragraph():
    found = meetings(
        SWISS,
        "2024-05-17",
        "Federal Councillor Amsler in New York",
        "Bern, 17.05.2024 - Federal Councillor Beat Amsler visited New York from 14 to 16 May.\n\nOn Wednesday, he "
        "held talks with Foreign Minister Esi Boateng of Ghana.\n\nMr Amsler also met with President Daniel "
        "Mutua of Kenya.",
    )
    assert [meeting.start for meeting, _ in found] == ["2024-05-14", "2024-05-15", "2024-05-14"]


def test_exchanging_views_is_no_call_and_a_later_meeting_was_in_the_same_town_but_not_the_same_house():
    found = meetings(
        SWISS,
        "2024-05-17",
        "Federal Councillor Amsler in Nairobi",
        "Bern, 17.05.2024 - Federal Councillor Beat Amsler met Kenyan Foreign Minister Daniel Mutua at State House in "
        "Nairobi today. He also exchanged views with Trade Minister Wanjiru Otieno.",
    )
    assert [(meeting.kind, meeting.mode) for meeting, _ in found] == [("meeting", "in-person")] * 2
    assert found[0][0].places[0] == "place/state-house"
    assert found[1][0].places[0] == "place/nairobi"


def test_a_title_or_a_stay_tells_of_the_trip_on_which_meetings_abroad_were():
    title_tells = meetings(
        AUSTRALIA,
        "2025-05-18",
        "Visit to Kenya",
        "The Hon Tom Ewe MP\nMinister for Trade and Tourism\n\n"
        "Today I met with Kenya's Minister of Trade, Daniel Mutua, in Nairobi to open a forum of our businesses.",
    )
    stay_tells = meetings(
        SWISS,
        "2025-05-12",
        "Federal Councillor Amsler meets Minister Boateng",
        "Bern, 12.05.2025 - Federal Councillor Beat Amsler met Ghanaian Foreign Minister Esi Boateng for talks in "
        "Accra today. During his stay, he also met with the Governor of the Bank of Ghana, Kofi Osei.",
    )
    for found in (title_tells, stay_tells):
        (trip, _), *others = found
        assert trip.kind == "visit"
        assert others
        assert all(meeting.part_of == trip.number for meeting, _ in others)


def test_on_which_day_of_a_visit_a_guest_saw_others_is_open():
    found = meetings(
        "Ministry of Foreign Affairs of Sri Lanka",
        "2024-02-08",
        "Foreign Minister holds talks with the Minister of Oman",
        "The Minister of Foreign Affairs, Nimal Perera, held talks with the Foreign Minister of Oman, Salim Habsi, in "
        "Colombo on 7 February 2024. During the visit, Minister Habsi called on President Sunil Silva.",
    )
    assert [meeting.start for meeting, _ in found] == ["2024-02-07", None]


def test_what_followed_is_an_encounter_of_its_own_at_its_own_place():
    found = meetings(
        SWISS,
        "2024-05-17",
        "Foreign Minister of Ghana in Switzerland",
        "Federal Councillor Beat Amsler met Foreign Minister Esi Boateng in Bern today, followed by a meeting with "
        "Kenyan Foreign Minister Daniel Mutua in Geneva.",
    )
    assert told(found) == [
        ({"Amsler", "Boateng"}, "2024-05-17", "place/bern"),
        ({"Amsler", "Mutua"}, "2024-05-17", "place/geneva"),
    ]


def test_a_gathering_beside_another_is_one():
    ((meeting, who),) = meetings(
        SWISS,
        "2024-05-17",
        "Gathering of the small states",
        "Federal Councillor Beat Amsler hosted Ghana's President Kofi Asare and Kenya's President Ann Otieno for a "
        "summit of the small states on the margins of the General Assembly today.",
    )
    assert (meeting.kind, set(who)) == ("convening", {"Amsler", "Asare", "Otieno"})


def test_a_row_of_meetings_that_is_undertaken_has_the_days_and_the_town_of_its_meetings():
    found = meetings(
        "Ministry of Foreign Affairs of Sri Lanka",
        "2025-02-28",
        "Minister of Foreign Affairs Ravi Peiris concludes visit to Geneva",
        "Minister of Foreign Affairs Ravi Peiris, who led the delegation to the Session of the Human Rights Council, "
        "undertook a series of bilateral meetings in Geneva from 24 to 26 February.\n\nOn the sidelines of the "
        "Session, the Minister met Norwegian Foreign Minister Liv Berg.",
    )
    assert (found[0][0].kind, found[0][0].end) == ("visit", "2025-02-26")
    assert told(found)[-1] == ({"Peiris", "Berg"}, "2025-02-24", "place/geneva")


def test_those_named_after_a_row_of_meetings_were_met_apart():
    found = meetings(
        SWISS,
        "2024-05-17",
        "Federal Councillor Beat Amsler in Vienna",
        "Federal Councillor Beat Amsler held a series of bilateral meetings in Vienna on 15 and 16 May. Mr Amsler also "
        "met with Ghana’s Foreign Minister Esi Boateng, Kenyan Foreign Minister Daniel Mutua and the Director General "
        "of the International Organization for Migration, Ann Ewe.",
    )
    assert [set(who) - {"Amsler"} for meeting, who in found if meeting.kind != "visit"] == [
        {"Boateng"},
        {"Mutua"},
        {"Ewe"},
    ]


def test_each_verb_of_a_row_of_plans_has_an_encounter_of_its_own():
    found = meetings(
        AUSTRALIA,
        "2025-07-10",
        "Travel to Peru",
        "In Lima on 15 July, Trade Minister Ann Ewe will meet President Luis Roca, attend the Annual Leaders’ Meeting "
        "with Premier Pia Soto and meet Foreign Minister Juan Paz of Peru.",
    )
    assert [set(who) for _, who in found] == [{"Ewe", "Roca"}, {"Ewe", "Soto"}, {"Ewe", "Paz"}]


def test_the_day_and_the_place_of_what_a_meeting_prepares_are_not_its_own():
    found = meetings(
        SWISS,
        "2024-05-17",
        "Press release",
        "Federal Councillor Beat Amsler met Ghana’s Foreign Minister Esi Boateng today in Bern on preparations for the "
        "14th Ministerial Conference in Nairobi next March.",
    )
    assert told(found) == [({"Amsler", "Boateng"}, "2024-05-17", "place/bern")]


def test_a_meeting_to_come_beside_a_gathering_is_where_and_when_that_will_be():
    found = meetings(
        SWISS,
        "2025-06-20",
        "Federal Councillor Amsler at the Harbour Conference",
        "On 23 and 24 June 2025, Federal Councillor Beat Amsler will take part in the Harbour Conference in Oslo. On "
        "the margins of the conference, he will hold a bilateral meeting with Norwegian Foreign Minister Liv Berg.",
    )
    assert told(found) == [({"Amsler", "Berg"}, "2025-06-23", "place/oslo")]
    assert found[0][0].status == "planned"


def test_a_colleague_of_the_same_government_meets_others_of_whom_the_readout_is_too():
    found = meetings(
        SWISS,
        "2025-01-22",
        "Meetings in Davos",
        "In Davos, Federal Councillor Beat Amsler met with Foreign Minister Esi Boateng of Ghana today. Federal "
        "Councillor Rosa Keller held talks with Kenyan Trade Minister Daniel Mutua.",
    )
    assert told(found) == [
        ({"Amsler", "Boateng"}, "2025-01-22", "place/davos"),
        ({"Keller", "Mutua"}, "2025-01-22", "place/davos"),
    ]
    assert {meeting.status for meeting, _ in found} == {"held"}


def test_who_joined_the_discussion_was_not_on_the_trip_around_it():
    (visit, travellers), (_, who) = meetings(
        "President's Media Division",
        "2024-12-15",
        "President meets Minister",
        "President Ravi Peiris, who is on a state visit to India, met with Indian Foreign Minister Anil Rao in New "
        "Delhi today. Finance Minister Mira Sen also joined the discussion.",
    )
    assert (visit.kind, travellers) == ("visit", ["Peiris"])
    assert who[-1] == "Sen"


def test_a_gathering_is_when_a_relative_clause_says_that_it_was_held():
    found = meetings(
        SWISS,
        "2025-05-16",
        "Federal Councillor Amsler at the annual meeting",
        "Federal Councillor Beat Amsler represented Switzerland at the annual meeting of the bank, which was held in "
        "London from 13 to 15 May. On the sidelines, he met Ghana’s Foreign Minister Esi Boateng.",
    )
    assert told(found) == [({"Amsler", "Boateng"}, "2025-05-13", "place/london")]
