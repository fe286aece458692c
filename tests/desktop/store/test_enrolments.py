"""Saving, finding and withdrawing enrolments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from desktop.store import enrolments
from desktop.store.database import Store, check
from desktop.store.enrolments import Exchange, Refused, Saved
from desktop.store.errors import UnknownRecord
from desktop.store.outbox import status
from payung.bodies import Level
from payung.enrolment import State
from payung.problem import Severity
from tests.desktop.store.officers import NIK, officer, officers
from tests.laptops import VILLAGE

DAY = date(2026, 11, 22)


def codes(saved: Saved | Refused, severity: Severity = Severity.ERROR) -> list[str]:
    return [problem.code for problem in saved.problems if problem.severity is severity]


def test_a_good_record_is_ready_and_still_there_after_closing(store: Store, reopen: Callable[[], Store]) -> None:
    saved = enrolments.save(store, officer(), on=DAY)
    store.close()

    with reopen() as again:
        found = enrolments.get(again, saved.id)

    assert (saved.state, saved.revision, saved.seat) == (State.READY, 1, 2)
    assert found.facts == officer(seat=2)
    assert (found.state, found.exchange, found.withdrawn) == (State.READY, Exchange.QUEUED, False)
    assert {problem.code for problem in found.problems} == {problem.code for problem in saved.problems}


def test_a_record_with_an_error_is_kept_as_a_draft_and_not_sent(store: Store) -> None:
    saved = enrolments.save(store, officer(name=""), on=DAY)

    assert (saved.state, saved.revision) == (State.DRAFT, 0)
    assert enrolments.get(store, saved.id).facts.nik == NIK
    assert status(store).pending == 0


def test_a_draft_becomes_ready_under_the_same_id(store: Store) -> None:
    draft = enrolments.save(store, officer(name=""), on=DAY)

    ready = enrolments.save(store, officer(), record_id=draft.id, on=DAY)

    assert (ready.id, ready.state, ready.revision) == (draft.id, State.READY, 1)
    assert status(store).pending == 1
    assert check(store).sound


def test_the_same_facts_again_change_nothing(store: Store) -> None:
    saved = enrolments.save(store, officer(), on=DAY)

    again = enrolments.save(store, replace(officer(), seat=saved.seat), record_id=saved.id, on=DAY)

    assert (again.changed, again.revision) == (False, 1)
    assert status(store).pending == 1


def test_a_warning_keeps_a_record_a_draft_until_it_is_confirmed(store: Store) -> None:
    doubtful = officer(birthdate=date(1996, 8, 14))

    draft = enrolments.save(store, doubtful, on=DAY)
    ready = enrolments.save(store, replace(doubtful, confirmed=("nik.birthdate",)), record_id=draft.id, on=DAY)

    assert codes(draft, Severity.WARNING) == ["nik.birthdate"]
    assert (draft.state, ready.state) == (State.DRAFT, State.READY)


def test_a_second_post_in_an_overlapping_term_is_stopped(store: Store) -> None:
    enrolments.save(store, officer(), on=DAY)

    second = enrolments.save(store, officer(post="linmas", tps=9), on=DAY)

    assert second.state is State.DRAFT
    assert codes(second) == ["nik.taken"]


def test_a_draft_blocks_nobody(store: Store) -> None:
    enrolments.save(store, officer(name=""), on=DAY)

    assert enrolments.save(store, officer(tps=9), on=DAY).state is State.READY


def test_a_seat_that_is_taken_is_told(store: Store) -> None:
    enrolments.save(store, officer(seat=3), on=DAY)
    other = officer(seat=3, nik="5371041608969902", birthdate=date(1996, 8, 16))

    assert codes(enrolments.save(store, other, on=DAY)) == ["seat.taken"]


def test_seats_are_given_in_order_until_the_tps_is_full(store: Store) -> None:
    saved = [enrolments.save(store, facts, on=DAY) for facts in officers(7)]
    one_more = enrolments.save(store, officer(tps=1), on=DAY)

    assert [one.seat for one in saved] == [1, 2, 3, 4, 5, 6, 7]
    assert codes(one_more) == ["seat.full"]


def test_a_place_of_another_laptop_is_an_error(store: Store) -> None:
    elsewhere = officer(place="53.71.01.1001")

    assert "place.foreign" in codes(enrolments.save(store, elsewhere, on=DAY))


def test_a_polling_station_the_village_does_not_have_is_an_error(store: Store) -> None:
    assert "tps.unknown" in codes(enrolments.save(store, officer(tps=99), on=DAY))


def test_every_post_of_the_event_can_be_enrolled(store: Store) -> None:
    for number, post in enumerate(post for post in store.event.posts if post.enabled):
        born = date(1980, 3, number % 28 + 1)
        facts = officer(
            post=post.code,
            tps=4 if post.level is Level.TPS or post.seats_per_tps else None,
            place=post.level.place_of(VILLAGE),
            nik=f"537104{born:%d%m%y}99{number // 28 + 1:02}",
            birthdate=born,
        )
        saved = enrolments.save(store, facts, accept_warnings=True, on=DAY)
        assert saved.state is State.READY, (post.code, codes(saved))


def test_a_village_typed_for_a_district_post_is_cut_to_its_district(store: Store) -> None:
    saved = enrolments.save(store, officer(post="ppk-anggota"), on=DAY)

    assert enrolments.get(store, saved.id).facts.place == "53.71.04"
    assert enrolments.get(store, saved.id).facts.tps is None


def test_an_import_keeps_the_ready_rows_and_gives_the_others_back_in_order(store: Store) -> None:
    good = list(officers(3))
    rows = [good[0], replace(good[1], nik="12"), good[2], replace(good[0], tps=2)]

    answers = enrolments.save_many(store, rows, on=DAY)

    assert [type(answer).__name__ for answer in answers] == ["Saved", "Refused", "Saved", "Refused"]
    assert codes(answers[1]) == ["nik.length"]
    assert codes(answers[3]) == ["nik.taken"]
    assert enrolments.counts(store) == {"draft": 0, "ready": 2, "sent": 0, "attention": 0}


def test_rows_with_warnings_come_in_and_say_so_to_the_office(store: Store) -> None:
    (answer,) = enrolments.save_many(store, [officer(birthdate=date(1996, 8, 14))], on=DAY)

    assert isinstance(answer, Saved)
    assert codes(answer, Severity.WARNING) == ["nik.birthdate"]
    assert enrolments.get(store, answer.id).state is State.READY


def test_a_dry_run_judges_and_keeps_nothing(store: Store) -> None:
    answers = enrolments.save_many(store, officers(5), on=DAY, dry_run=True)

    assert all(isinstance(answer, Saved) for answer in answers)
    assert sum(enrolments.counts(store).values()) == 0


def test_an_import_that_breaks_off_leaves_nothing(store: Store) -> None:
    def rows() -> object:
        yield from officers(5)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        enrolments.save_many(store, rows(), on=DAY)  # type: ignore[arg-type]

    assert sum(enrolments.counts(store).values()) == 0
    assert check(store).sound


def test_the_same_import_again_adds_nobody(store: Store) -> None:
    enrolments.save_many(store, officers(14), on=DAY)

    again = enrolments.save_many(store, officers(14), on=DAY)

    assert {code for answer in again for code in codes(answer)} >= {"nik.taken"}
    assert enrolments.counts(store)["ready"] == 14


def test_a_withdrawn_record_frees_its_seat_and_its_nik(store: Store) -> None:
    saved = enrolments.save(store, officer(), on=DAY)

    gone = enrolments.withdraw(store, saved.id, "mengundurkan diri")
    again = enrolments.save(store, officer(), on=DAY)

    assert gone.revision == 2
    assert enrolments.get(store, saved.id).withdrawn
    assert (again.state, again.seat) == (State.READY, saved.seat)
    assert [found.id for found in enrolments.find_by_nik(store, NIK)] == [again.id]
    assert check(store).sound


def test_withdrawing_twice_is_one_withdrawal(store: Store) -> None:
    saved = enrolments.save(store, officer(), on=DAY)
    enrolments.withdraw(store, saved.id, "salah orang")

    assert not enrolments.withdraw(store, saved.id, "salah orang").changed
    assert status(store).pending == 2


def test_a_draft_is_withdrawn_on_the_laptop_only(store: Store) -> None:
    draft = enrolments.save(store, officer(name=""), on=DAY)

    enrolments.withdraw(store, draft.id, "salah ketik")

    assert status(store).pending == 0
    assert sum(enrolments.counts(store).values()) == 0


def test_a_nik_is_found_however_it_is_written(store: Store) -> None:
    saved = enrolments.save(store, officer(), on=DAY)

    assert [found.id for found in enrolments.find_by_nik(store, "537104 150896 9901")] == [saved.id]
    assert enrolments.find_by_nik(store, "") == ()


def test_an_unknown_record_is_told(store: Store) -> None:
    with pytest.raises(UnknownRecord):
        enrolments.get(store, uuid4())
    with pytest.raises(UnknownRecord):
        enrolments.save(store, officer(), record_id=uuid4(), on=DAY)
    with pytest.raises(UnknownRecord):
        enrolments.withdraw(store, uuid4(), "")


def test_what_a_form_would_be_told_is_what_saving_tells(store: Store) -> None:
    saved = enrolments.save(store, officer(), on=DAY)
    second = officer(post="linmas", tps=9)

    told = enrolments.problems(store, second, on=DAY)

    assert [problem.code for problem in told] == [
        problem.code for problem in enrolments.save(store, second, on=DAY).problems
    ]
    assert enrolments.problems(store, officer(seat=saved.seat), record_id=saved.id, on=DAY) == saved.problems
