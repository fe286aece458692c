"""The recapitulation counts seats by body, what was sent and what was printed."""

from __future__ import annotations

import pytest

from desktop.store import certificates, enrolments, recap
from desktop.store.database import Store
from desktop.store.recap import Tally
from payung.bodies import Level
from tests.desktop.store.officers import officer, officers


def test_an_empty_laptop_shows_every_place_with_all_seats_free(store: Store) -> None:
    lines = recap.lines(store)

    levels = [line.place.level for line in lines]
    assert levels[:3] == [Level.KABUPATEN, Level.KECAMATAN, Level.VILLAGE]
    stations = [line for line in lines if line.place.level is Level.TPS]
    assert len(stations) == len(store.tps)
    assert {body: (tally.filled, tally.total) for body, tally in stations[0].bodies.items()} == {
        "kpps": (0, 7),
        "linmas": (0, 2),
        "ptps": (0, 1),
    }
    assert all(line.filled == line.sent == line.printed == 0 for line in lines)


def test_a_village_post_counted_by_tps_has_as_many_seats_as_there_are_stations(store: Store) -> None:
    village = next(line for line in recap.lines(store) if line.place.level is Level.VILLAGE)

    assert village.bodies["pantarlih"] == Tally(0, len(store.tps))


@pytest.mark.parametrize("prints", [1, 2])
def test_officers_are_counted_once_however_often_they_are_printed(store: Store, prints: int) -> None:
    first, *_ = [enrolments.save(store, facts).id for facts in officers(2)]
    for _ in range(prints):
        certificates.allocate(store, [first])

    station = next(line for line in recap.lines(store) if line.place.tps == 1)

    assert (station.filled, station.total, station.sent, station.printed) == (2, 10, 0, 1)
    assert station.bodies["kpps"] == Tally(2, 7)


def test_a_withdrawn_officer_and_a_draft_count_nowhere(store: Store) -> None:
    gone = enrolments.save(store, officer()).id
    enrolments.withdraw(store, gone, "mengundurkan diri")
    enrolments.save(store, officer(name="", tps=5))

    assert sum(line.filled + line.printed for line in recap.lines(store)) == 0
