"""Counting seats: what the event needs of a place, what is filled, the emptiest first."""

from __future__ import annotations

import pytest

from payung import event as election
from payung import region as places
from sync.server.coverage import Count, Spot, Tally
from sync.server.offices import Side
from sync.server.stations import Station
from tests.central import KUPANG, OKU, SULAMU

EVENT = election.load("latihan")
REGIONS = places.load()


def station(village: str, number: int, voters: int | None = None) -> Station:
    return Station(village, number, special=False, address="", voters=voters)


def tally(stations: list[Station], enrolled: dict[Spot, int] | None = None, side: Side = Side.PEMDA) -> Tally:
    return Tally(EVENT, stations, enrolled or {}, side=side)


def test_one_station_needs_seven_kpps_two_linmas_and_a_ptps() -> None:
    bodies = tally([station(KUPANG, 1)]).bodies()
    needed = {name.rpartition("(")[2].rstrip(")"): count.needed for name, count in bodies.items()}
    assert (needed["KPPS"], needed["Linmas"], needed["PTPS"], needed["PKD"]) == (7, 2, 1, 1)


def test_a_seat_over_quota_counts_as_enrolled_not_as_filled() -> None:
    spot = Spot(KUPANG, 1, "ptps")
    total = dict(tally([station(KUPANG, 1)], {spot: 3}).counts())[spot]
    assert total == Count(needed=1, filled=1, enrolled=3)


def test_a_side_counts_its_own_posts_alone() -> None:
    enrolled = {Spot(KUPANG, 1, "ptps"): 1, Spot(KUPANG, 1, "kpps-anggota"): 2}
    assert tally([station(KUPANG, 1)], enrolled, Side.KPU).total().enrolled == 2
    assert tally([station(KUPANG, 1)], enrolled, Side.BAWASLU).total().enrolled == 1
    assert tally([station(KUPANG, 1)], enrolled, Side.PEMDA).total().enrolled == 3


def test_pantarlih_count_for_their_village_wherever_they_walk() -> None:
    found = tally(
        [station(KUPANG, 1), station(KUPANG, 2)], {Spot(KUPANG, 2, "pantarlih"): 1, Spot(KUPANG, None, "pantarlih"): 1}
    )
    assert dict(found.counts())[Spot(KUPANG, None, "pantarlih")] == Count(2, 2, 2)


def test_the_emptiest_stands_first() -> None:
    stations = [station(KUPANG, 1), station(SULAMU, 1)]
    rows = tally(stations, {Spot(KUPANG, 1, "kpps-anggota"): 6}, Side.KPU).below("53", REGIONS)
    assert [row.code for row in rows] == ["53.01", "53.71"]


def test_a_village_is_told_by_its_stations() -> None:
    rows = tally([station(OKU, 1), station(OKU, 2)]).below(OKU, REGIONS)
    assert {row.title for row in rows if row.tps} == {"TPS 001", "TPS 002"}


def test_a_village_does_not_answer_for_its_kecamatan() -> None:
    found = Tally(EVENT, [station(OKU, 1)], {}, side=Side.PEMDA, region=OKU)
    assert {spot.place for spot, _ in found.counts()} == {OKU}


def test_parts_add_up_to_the_whole() -> None:
    found = tally([station(KUPANG, 1), station(KUPANG, 2), station(OKU, 1)], {Spot(KUPANG, 2, "kpps-ketua"): 1})
    assert sum((count for count in found.bodies().values()), Count()) == found.total()


@pytest.mark.parametrize(
    ("count", "percent"), [(Count(0, 0, 0), 100), (Count(3, 1, 1), 33), (Count(1000, 999, 999), 99)]
)
def test_only_a_full_count_says_a_hundred(count: Count, percent: int) -> None:
    assert count.percent == percent
