"""An import taken back is as if it had never come in, but for what somebody else knows of."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID, uuid4

import pytest

from desktop.store import audit, certificates, enrolments, intake, salvage, taking_back
from desktop.store.database import Store, check
from desktop.store.errors import StoreIO, UnknownRecord
from desktop.store.outbox import StoreOutbox, status
from desktop.store.saving import Refused, Saved
from desktop.store.vault import DATABASE_NAME, Unlocked
from payung.facts import Facts
from tests.desktop.store.officers import officer, officers


def took_in(store: Store, rows: list[Facts], *, dry_run: bool = False) -> list[Saved | Refused]:
    return intake.take_in(
        store, lambda desk: [desk.judge(facts) for facts in rows], expected=len(rows), dry_run=dry_run
    )


def ids(answers: list[Saved | Refused]) -> list[UUID]:
    return [answer.id for answer in answers if isinstance(answer, Saved)]


def test_nothing_of_an_import_is_left_and_what_stood_before_stays(store: Store) -> None:
    before = enrolments.save(store, officer(tps=9))
    took_in(store, list(officers(20)))
    made = taking_back.last(store)
    assert made is not None
    assert made.records == 20

    done = taking_back.take_back(store, made.id)

    assert (done.removed, done.stayed) == (20, ())
    assert enrolments.counts(store)["ready"] == 1
    assert enrolments.get(store, before.id).facts.tps == 9
    assert status(store).pending == 1
    assert taking_back.last(store) is None
    assert check(store).sound
    assert audit.verify(store).broken_at is None
    assert len(ids(took_in(store, list(officers(20))))) == 20


def test_what_was_changed_sent_or_printed_since_stays_and_is_named(store: Store, unlocked: Unlocked) -> None:
    rows = list(officers(10))
    sent = enrolments.save(store, rows[0])
    kept = ids(took_in(store, rows[1:]))
    made = taking_back.last(store)
    assert made is not None
    StoreOutbox(store, unlocked).next_batch(2)  # the one before, and the first of the import, are on their way
    enrolments.withdraw(store, kept[1], "mengundurkan diri")
    certificates.allocate(store, [kept[2]])

    done = taking_back.take_back(store, made.id)

    assert done.removed == 6
    assert [(one.record, one.reason) for one in done.stayed] == [
        (kept[0], "stayed.sent"),
        (kept[1], "stayed.changed"),
        (kept[2], "stayed.printed"),
    ]
    assert done.stayed[0].name == rows[1].name
    assert not enrolments.get(store, sent.id).withdrawn
    assert check(store).sound
    assert taking_back.take_back(store, made.id).removed == 0


def test_only_the_import_that_is_named_goes(store: Store) -> None:
    everyone = list(officers(14))
    first = ids(took_in(store, everyone[:7]))
    took_in(store, everyone[7:])
    made = taking_back.last(store)
    assert made is not None

    taking_back.take_back(store, made.id)

    assert enrolments.counts(store)["ready"] == 7
    assert [enrolments.get(store, one).withdrawn for one in first] == [False] * 7
    with pytest.raises(UnknownRecord):
        taking_back.take_back(store, uuid4())


def test_a_row_that_says_who_serves_there_already_names_the_record(store: Store) -> None:
    (record,) = ids(took_in(store, [officer()]))

    again, elsewhere = took_in(store, [officer(), officer(tps=5)], dry_run=True)

    assert isinstance(again, Refused)
    assert isinstance(elsewhere, Refused)
    assert (again.known, elsewhere.known) == (record, None)


def test_what_raises_before_the_rows_are_kept_keeps_none(store: Store) -> None:
    def full(_rows: object) -> None:
        raise OSError

    with pytest.raises(StoreIO):
        intake.take_in(store, lambda desk: [desk.judge(officer())], expected=1, before=full)

    assert enrolments.counts(store)["ready"] == 0
    assert taking_back.last(store) is None


def test_a_salvage_does_not_call_lost_what_was_taken_back(store: Store, unlocked: Unlocked, tmp_path: Path) -> None:
    took_in(store, list(officers(5)))
    made = taking_back.last(store)
    assert made is not None
    enrolments.save(store, officer(tps=9))
    taking_back.take_back(store, made.id)
    store.close()

    out = tmp_path / "rescued"
    done = salvage.salvage(store.folder, unlocked, out)

    assert done.lost == ()
    assert (out / DATABASE_NAME).is_file()
    with Store.open(out, unlocked) as rescued:
        assert check(rescued).sound
        assert enrolments.counts(rescued)["ready"] == 1
