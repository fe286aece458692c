"""The lists of the screens: rosters and places."""

from __future__ import annotations

from datetime import date

from desktop.store import enrolments
from desktop.store.database import Store
from desktop.store.enrolments import Mark
from payung import wording
from tests.desktop.store.officers import NAME, officer, officers
from tests.laptops import VILLAGE

DAY = date(2026, 11, 22)


def test_an_empty_polling_station_shows_its_ten_seats(store: Store) -> None:
    rows = enrolments.roster(store, VILLAGE, 4)

    assert [(row.post, row.number) for row in rows] == [
        ("kpps-ketua", 1),
        *(("kpps-anggota", number) for number in range(2, 8)),
        ("linmas", 1),
        ("linmas", 2),
        ("ptps", 1),
    ]
    assert {row.state for row in rows} == {Mark.EMPTY}


def test_a_filled_seat_shows_the_name_and_only_the_end_of_the_nik(store: Store) -> None:
    saved = enrolments.save(store, officer(), on=DAY)

    row = enrolments.roster(store, VILLAGE, 4)[1]

    assert (row.record, row.name, row.nik) == (saved.id, NAME, "•••• 9901")
    assert (row.label, row.state, row.status) == ("Anggota 2", Mark.READY, "status.ready")


def test_a_draft_shows_as_a_draft_in_its_seat(store: Store) -> None:
    enrolments.save(store, officer(name="", seat=5), on=DAY)

    row = enrolments.roster(store, VILLAGE, 4)[4]

    assert (row.state, row.status, row.number) == (Mark.DRAFT, "status.draft", 5)
    assert "name.missing" in {problem.code for problem in row.problems}


def test_a_record_whose_seat_is_taken_is_not_hidden(store: Store) -> None:
    first = enrolments.save(store, officer(seat=3), on=DAY)
    second = enrolments.save(store, officer(seat=3, nik="5371041608969902", birthdate=date(1996, 8, 16)), on=DAY)

    rows = enrolments.roster(store, VILLAGE, 4)

    assert rows[2].record == first.id
    assert (rows[-1].record, rows[-1].label) == (second.id, "")
    assert len(rows) == 11


def test_the_village_itself_has_the_seats_of_its_own_posts(store: Store) -> None:
    saved = enrolments.save(store, officer(post="pantarlih", tps=6), on=DAY)

    rows = enrolments.roster(store, VILLAGE, None)

    assert {"pps-ketua", "pantarlih"} <= {row.post for row in rows}
    assert "kpps-ketua" not in {row.post for row in rows}
    assert [row.tps for row in rows if row.record == saved.id] == [6]
    assert [row.tps for row in rows if row.post == "pantarlih"] == list(range(1, 15))


def test_a_district_and_a_regency_have_theirs(store: Store) -> None:
    assert {row.body for row in enrolments.roster(store, "53.71.04", None)} >= {"ppk"}
    assert "kpu-komisioner" in {row.post for row in enrolments.roster(store, "53.71", None)}
    assert enrolments.roster(store, "53", None) == ()


def test_the_places_count_what_is_ready(store: Store) -> None:
    enrolments.save_many(store, officers(10), on=DAY)
    enrolments.save(store, officer(tps=5, name=""), on=DAY)

    places = enrolments.places(store)

    assert [(place.place, place.tps) for place in places] == [(VILLAGE, number) for number in range(1, 15)]
    assert [place.filled for place in places[:5]] == [7, 3, 0, 0, 0]
    assert {place.total for place in places} == {10}


def test_every_status_has_a_word(store: Store) -> None:
    words = [mark.value for mark in Mark] + ["waiting", "conflict", "duplicate", "refused"]

    assert [word for word in words if f"status.{word}" not in wording.catalogue("id")] == []
