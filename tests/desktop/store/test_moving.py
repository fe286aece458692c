"""Officers who change seats, leave them, are replaced, and come back: each one transaction, or nothing."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.store import audit, certificates, drafts, enrolments
from desktop.store.database import Store
from desktop.store.enrolments import Refused, Replaced, Saved, Seating
from desktop.store.errors import UnknownRecord
from desktop.store.outbox import StoreOutbox, exchange_keys
from payung.enrolment import State
from payung.facts import Facts
from payung.leaving import Cause, Leaving
from sync import exchange, trust
from tests.desktop.store.officers import NIK, officer
from tests.desktop.store.offices import Line, Office
from tests.laptops import VILLAGE

OTHER = "5371041608969902"
GOING = Leaving(Cause.RESIGNED, date(2029, 2, 3))


def other(**changes: object) -> Facts:
    return officer(**{"nik": OTHER, "name": "ORANG LAIN", "birthdate": date(1996, 8, 16)} | changes)


def test_an_officer_moves_to_another_station_as_a_new_version_of_the_same_record(store: Store) -> None:
    saved = enrolments.save(store, officer(seat=3))

    moved = enrolments.move(store, saved.id, Seating(VILLAGE, 7, "kpps-anggota", 5), reason="salah TPS")

    assert isinstance(moved, Saved)
    assert (moved.id, moved.state, moved.revision) == (saved.id, State.READY, 2)
    facts = enrolments.get(store, saved.id).facts
    assert (facts.tps, facts.seat, facts.nik) == (7, 5, NIK)
    assert audit.verify(store).broken_at is None


def test_a_seat_that_is_taken_refuses_the_move_and_nothing_changes(store: Store) -> None:
    saved = enrolments.save(store, officer(seat=3))
    enrolments.save(store, other(tps=7, seat=5))

    moved = enrolments.move(store, saved.id, Seating(VILLAGE, 7, "kpps-anggota", 5), reason="")

    assert isinstance(moved, Refused)
    assert [problem.code for problem in moved.problems] == ["seat.taken"]
    assert enrolments.get(store, saved.id).revision == 1


def test_moving_to_the_own_seat_changes_nothing(store: Store) -> None:
    saved = enrolments.save(store, officer(seat=3))

    moved = enrolments.move(store, saved.id, Seating(VILLAGE, 4, "kpps-anggota", 3), reason="")

    assert isinstance(moved, Saved)
    assert not moved.changed


def test_a_record_that_is_still_a_draft_moves_as_one(store: Store) -> None:
    saved = enrolments.save(store, officer(seat=3, birthplace=""))

    moved = enrolments.move(store, saved.id, Seating(VILLAGE, 7, "linmas", 1), reason="")

    assert isinstance(moved, Saved)
    assert (moved.state, moved.revision) == (State.DRAFT, 0)
    assert enrolments.get(store, saved.id).facts.post == "linmas"


def test_a_withdrawn_officer_comes_back_as_a_new_record_on_the_same_seat(store: Store) -> None:
    saved = enrolments.save(store, officer(seat=3))
    enrolments.withdraw(store, saved.id, "salah orang")
    assert [one.reason for one in enrolments.former(store, VILLAGE, 4)] == ["salah orang"]

    back = enrolments.bring_back(store, saved.id)

    assert isinstance(back, Saved)
    assert back.id != saved.id
    assert (back.state, back.seat) == (State.READY, 3)
    assert enrolments.former(store, VILLAGE, 4) == ()


def test_nobody_comes_back_to_a_seat_that_was_taken_meanwhile(store: Store) -> None:
    saved = enrolments.save(store, officer(seat=3))
    enrolments.withdraw(store, saved.id, "salah orang")
    enrolments.save(store, other(seat=3))

    back = enrolments.bring_back(store, saved.id)

    assert isinstance(back, Refused)
    assert "seat.taken" in [problem.code for problem in back.problems]


def test_a_withdrawn_draft_comes_back_as_the_same_record(store: Store) -> None:
    saved = enrolments.save(store, officer(seat=3, birthplace=""))
    enrolments.withdraw(store, saved.id, "")
    assert enrolments.former(store, VILLAGE, 4) == ()

    back = enrolments.bring_back(store, saved.id)

    assert isinstance(back, Saved)
    assert (back.id, back.state) == (saved.id, State.DRAFT)


def test_a_replacement_ends_one_term_and_begins_the_next_in_the_same_seat(store: Store) -> None:
    saved = enrolments.save(store, officer(seat=3))
    (before,) = certificates.allocate(store, [saved.id])

    done = enrolments.replace(store, saved.id, other(seat=3), GOING)

    assert isinstance(done, Replaced)
    line = next(row for row in enrolments.roster(store, VILLAGE, 4) if (row.post, row.number) == ("kpps-anggota", 3))
    assert (line.record, line.name) == (done.successor.id, "ORANG LAIN")
    (gone,) = enrolments.former(store, VILLAGE, 4)
    assert (gone.record, gone.leaving, gone.successor) == (saved.id, GOING, done.successor.id)
    assert [one.reason for one in certificates.left_out(store, [saved.id])] == ["certificate.withdrawn"]
    (after,) = certificates.allocate(store, [done.successor.id])
    assert after.number != before.number
    assert audit.verify(store).broken_at is None


@pytest.mark.parametrize(
    ("facts", "going", "code"),
    [
        (other(seat=3), Leaving(Cause.DIED, date(2029, 2, 13)), "last_day.voting_day"),
        (officer(seat=3), GOING, "nik.same_person"),
        (other(seat=4), GOING, "seat.other"),
        (other(seat=3, birthplace=""), GOING, "birthplace.missing"),
    ],
)
def test_a_replacement_that_is_not_right_keeps_nothing(store: Store, facts: Facts, going: Leaving, code: str) -> None:
    saved = enrolments.save(store, officer(seat=3))

    done = enrolments.replace(store, saved.id, facts, going)

    assert isinstance(done, Refused)
    assert code in [problem.code for problem in done.problems]
    assert not enrolments.get(store, saved.id).withdrawn
    assert enrolments.counts(store)["ready"] == 1


def test_nobody_takes_over_who_serves_elsewhere_at_the_same_time(store: Store) -> None:
    saved = enrolments.save(store, officer(seat=3))
    enrolments.save(store, other(tps=7, seat=5))

    done = enrolments.replace(store, saved.id, other(seat=3), GOING)

    assert isinstance(done, Refused)
    assert "nik.taken" in [problem.code for problem in done.problems]


def test_a_draft_is_not_replaced(store: Store) -> None:
    saved = enrolments.save(store, officer(seat=3, birthplace=""))

    with pytest.raises(UnknownRecord):
        enrolments.replace(store, saved.id, other(seat=3), GOING)


def test_the_office_takes_the_end_and_the_successor(store: Store, office: Office) -> None:
    saved = enrolments.save(store, officer(seat=3))
    done = enrolments.replace(store, saved.id, other(seat=3), GOING)
    assert isinstance(done, Replaced)
    device = trust.verify(store.laptop.device_certificate, store.laptop.root_public, store.clock())

    result = exchange.run(
        StoreOutbox(store, store.unlocked), Line(office, device), exchange_keys(store), clock=store.clock
    )

    assert result.accepted == 3
    assert result.pending == 0


def test_a_draft_moves_and_what_was_typed_there_goes_into_the_bin(store: Store) -> None:
    drafts.keep(store, VILLAGE, 1, "linmas", 1, {"name": "SATU"}, "name")
    drafts.keep(store, VILLAGE, 2, "linmas", 2, {"name": "DUA"}, "name")

    assert drafts.move(store, (VILLAGE, 1, "linmas", 1), (VILLAGE, 2, "linmas", 2))

    assert drafts.load(store, VILLAGE, 1, "linmas", 1) is None
    moved = drafts.load(store, VILLAGE, 2, "linmas", 2)
    assert moved is not None
    assert moved.fields == {"name": "SATU"}
    assert [one.draft.fields["name"] for one in drafts.binned(store)] == ["DUA"]
    assert not drafts.move(store, (VILLAGE, 1, "linmas", 1), (VILLAGE, 2, "linmas", 2))
