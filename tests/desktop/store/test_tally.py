"""Counting agrees with the records, and what has not changed keeps its stamp."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop.store import certificates, drafts, enrolments, tally
from desktop.store.database import Store
from desktop.store.enrolments import Saved
from desktop.store.seating import Mark
from tests.desktop.store.officers import NAME, officer, officers
from tests.laptops import VILLAGE

DAY = date(2026, 11, 22)


def test_cells_count_what_stands_at_each_place(store: Store) -> None:
    enrolments.save_many(store, officers(9), on=DAY)
    enrolments.save(store, officer(name=""), on=DAY)

    counted = [(cell.tps, cell.post, cell.mark, cell.count) for cell in tally.cells(store)]

    assert counted == [
        (1, "kpps-anggota", Mark.READY, 6),
        (1, "kpps-ketua", Mark.READY, 1),
        (2, "kpps-anggota", Mark.READY, 1),
        (2, "kpps-ketua", Mark.READY, 1),
        (4, "kpps-anggota", Mark.DRAFT, 1),
    ]


def test_the_first_of_a_cell_is_the_one_with_the_lowest_seat(store: Store) -> None:
    enrolments.save(store, officer(seat=5, nik="5371041608969902", birthdate=date(1996, 8, 16)), on=DAY)
    lowest = enrolments.save(store, officer(seat=2), on=DAY)
    (cell,) = tally.cells(store)

    holder = tally.first(store, cell)

    assert holder is not None
    assert (holder.record, holder.name, holder.seat) == (lowest.id, NAME, 2)
    for one in (holder.record, enrolments.find_by_nik(store, "5371041608969902")[0].id):
        enrolments.withdraw(store, one, "pindah")
    assert tally.first(store, cell) is None


def test_records_without_a_certificate_of_their_newest_version_are_counted(store: Store) -> None:
    answers = enrolments.save_many(store, officers(3), on=DAY)
    people = [answer.id for answer in answers if isinstance(answer, Saved)]
    certificates.allocate(store, people[:2])
    assert [cell.count for cell in tally.unprinted(store, tally.cells(store))] == [1]

    facts = enrolments.get(store, people[0]).facts
    enrolments.save(store, replace(facts, name="LAIN SEKALI"), record_id=people[0], on=DAY)
    assert sum(cell.count for cell in tally.unprinted(store, tally.cells(store))) == 2


def test_the_stamp_changes_with_a_save_and_with_typing_and_only_then(store: Store) -> None:
    first = tally.stamp(store)
    assert tally.stamp(store) == first

    drafts.keep(store, VILLAGE, 4, "kpps-anggota", 3, {"name": "Yoh"})
    typed = tally.stamp(store)
    enrolments.save(store, officer(), on=DAY)

    assert len({first, typed, tally.stamp(store)}) == 3
