from datetime import date

import pytest

from payung import roster
from payung.bodies import Level
from payung.event import Term
from payung.roster import Place
from tests.payung.people import PRACTICE, REGIONS, VILLAGE, standing


def test_a_polling_station_has_its_ten_seats_in_order() -> None:
    seats = roster.seats_of(PRACTICE, Level.TPS)

    assert [(seat.post.code, seat.number) for seat in seats] == [
        ("kpps-ketua", 1),
        *(("kpps-anggota", number) for number in range(2, 8)),
        ("linmas", 1),
        ("linmas", 2),
        ("ptps", 1),
    ]
    assert [seat.label for seat in seats[:3]] == ["Ketua", "Anggota 2", "Anggota 3"]


def test_pantarlih_are_counted_by_polling_station() -> None:
    seats = roster.seats_of(PRACTICE, Level.VILLAGE, tps_count=14)

    assert sum(seat.post.code == "pantarlih" for seat in seats) == 14


def test_a_post_with_an_open_number_shows_who_serves_and_one_free_seat() -> None:
    held = (standing("sekretariat-panwascam", place="53.71.04", tps=None, seat=2),)
    seats = roster.seats_of(PRACTICE, Level.KECAMATAN, held=held)

    assert [seat.number for seat in seats if seat.post.code == "sekretariat-panwascam"] == [1, 2, 3]


@pytest.mark.parametrize(("held", "free"), [((), 2), ((2, 3, 5), 4), ((2, 3, 4, 5, 6, 7), None)])
def test_the_lowest_free_seat_is_next(held: tuple[int, ...], free: int | None) -> None:
    post = PRACTICE.post("kpps-anggota")
    assert post is not None
    standings = [standing("kpps-anggota", seat=seat, record_id=str(seat)) for seat in held]

    assert roster.next_free(PRACTICE, post, standings) == free


def test_seats_of_another_body_do_not_count() -> None:
    post = PRACTICE.post("linmas")
    assert post is not None

    assert roster.next_free(PRACTICE, post, [standing("kpps-ketua", seat=1)]) == 1


def test_an_open_post_always_has_a_next_seat() -> None:
    post = PRACTICE.post("sekretariat-panwascam")
    assert post is not None
    held = [standing("sekretariat-panwascam", seat=seat, record_id=str(seat)) for seat in (1, 2)]

    assert roster.next_free(PRACTICE, post, held) == 3


def test_a_place_is_called_by_its_polling_station_and_village() -> None:
    assert Place(Level.TPS, VILLAGE, 4).title(REGIONS) == "TPS 004 Kel. Oebobo"
    assert Place(Level.VILLAGE, "53.01.16.2001").title(REGIONS) == "Desa Oenif"


def test_terms_overlap_when_they_share_a_day() -> None:
    first = Term(date(2029, 1, 25), date(2029, 2, 25))

    assert first.overlaps(Term(date(2029, 2, 25), date(2029, 3, 1)))
    assert not first.overlaps(Term(date(2029, 2, 26), date(2029, 3, 1)))
