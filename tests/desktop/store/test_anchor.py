"""Receipts hold the audit: what the office has seen cannot be taken back without being found."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from desktop.store import anchor, audit, certificates, enrolments, seen
from desktop.store.database import Store, check
from desktop.store.errors import DiskFull
from desktop.store.outbox import StoreOutbox, exchange_keys
from desktop.store.vault import DATABASE_NAME, Unlocked
from sync import exchange
from sync.batch import Batch
from sync.trust import verify
from tests.desktop.store.officers import officer, officers
from tests.desktop.store.offices import Line, Office

DAY = date(2026, 11, 22)


@pytest.fixture
def line(store: Store, office: Office) -> Line:
    return Line(office, verify(store.laptop.device_certificate, store.laptop.root_public, None))


def send(store: Store, line: Line) -> None:
    exchange.run(StoreOutbox(store, store.unlocked), line, exchange_keys(store), clock=store.clock)


def findings(store: Store) -> set[str]:
    return {finding.code for finding in check(store).findings}


def change(store: Store, sql: str) -> None:
    with store.writing() as work:
        for trigger in audit.TRIGGERS:
            work.driver.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        work.driver.execute(sql)


def test_every_entry_says_who_on_which_laptop_with_which_program(store: Store, unlocked: Unlocked) -> None:
    saved = enrolments.save(store, officer(), on=DAY)
    certificates.allocate(store, [saved.id])
    enrolments.withdraw(store, saved.id, "salah")

    with store.reading() as work:
        links = [entry.link for entry in audit.entries(work)]

    assert [link.action for link in links] == ["set-up", "saved", "certified", "withdrawn"]
    assert {link.operator for link in links} == {unlocked.operator_id}
    assert {link.device for link in links} == {store.laptop.device}
    assert {link.program for link in links} == {audit.program()}


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit SET at = at + 1",
        "DELETE FROM audit WHERE number = 2",
        "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE number = 2",
        (
            "INSERT INTO audit SELECT number + 5, at, operator, action, subject, detail, device, program, head,"
            " signature FROM audit WHERE number = 2"
        ),
    ],
)
def test_the_database_itself_lets_the_audit_only_grow(store: Store, sql: str) -> None:
    enrolments.save(store, officer(), on=DAY)

    with pytest.raises(sqlcipher.IntegrityError, match="only added"), store.writing() as work:
        work.driver.execute(sql)

    assert check(store).sound


def test_guards_that_were_taken_away_are_missed(store: Store) -> None:
    change(store, "SELECT 1")

    assert findings(store) == {"check.guard"}


def test_a_batch_carries_the_audit_to_the_office(store: Store, line: Line) -> None:
    enrolments.save(store, officer(), on=DAY)
    with store.reading() as work:
        counter, head = audit.last(work)
    sealed = StoreOutbox(store, store.unlocked).next_batch(100)
    assert sealed is not None

    batch, body = line.office.open(sealed.data, line.device)

    assert (batch.counter, batch.audit_head) == (counter, head)
    assert Batch.decode(body) == batch


def test_receipts_anchor_the_chain(store: Store, line: Line) -> None:
    enrolments.save(store, officer(), on=DAY)
    assert audit.verify(store).anchored == 0

    send(store, line)
    enrolments.save_many(store, officers(3), on=DAY)

    verified = audit.verify(store)
    assert (verified.anchored, verified.entries, verified.rolled_back) == (2, 7, False)
    kept = anchor.read(store.folder)
    assert kept is not None
    assert (kept.counter, kept.device) == (2, store.laptop.device)
    assert kept.genuine(store.laptop.reply_keys)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE manifest SET audit_head = zeroblob(32)",
        "UPDATE manifest SET hashes = zeroblob(32)",
        "UPDATE manifest SET counter = counter - 1",
        "UPDATE batch SET receipt_signature = zeroblob(64)",
        "UPDATE batch SET hash = zeroblob(32)",
    ],
)
def test_a_batch_or_receipt_that_is_not_the_chains_own_is_found(store: Store, line: Line, sql: str) -> None:
    enrolments.save(store, officer(), on=DAY)
    send(store, line)

    change(store, sql)

    assert "check.audit" in findings(store)


def test_a_history_written_anew_with_every_key_of_the_laptop_is_not_what_the_office_saw(
    store: Store, line: Line, unlocked: Unlocked
) -> None:
    enrolments.save(store, officer(), on=DAY)
    send(store, line)
    with store.reading() as work:
        entries = list(audit.entries(work))
    change(store, "DELETE FROM audit")
    with store.writing() as work:
        for entry in entries:
            link = entry.link
            at = store.moment()  # every entry a little later than it was
            audit.append(work, unlocked, at, [audit.Deed(audit.Action(link.action), link.subject, link.detail)])

    assert "check.audit" in findings(store)
    assert audit.verify(store).rolled_back


@pytest.fixture
def rolled_back(store: Store, line: Line, folder: Path, unlocked: Unlocked) -> Callable[[], Store]:
    """A database put back to what it was before the last exchange; its other files are today's."""
    enrolments.save(store, officer(), on=DAY)
    store.close()
    shutil.copy(folder / DATABASE_NAME, folder.parent / "old.db")
    with Store.open(folder, unlocked) as today:
        enrolments.save(today, officer(nik="5371041508969902", tps=5), on=DAY)
        send(today, line)
    shutil.copy(folder.parent / "old.db", folder / DATABASE_NAME)
    (folder / seen.NAME).unlink(missing_ok=True)
    return lambda: Store.open(folder, unlocked)


def test_a_database_older_than_the_last_receipt_is_reported(rolled_back: Callable[[], Store]) -> None:
    with rolled_back() as store:
        assert audit.verify(store).rolled_back
        assert findings(store) == {"check.rolled_back"}


def test_going_on_from_an_old_database_does_not_hide_it(rolled_back: Callable[[], Store]) -> None:
    with rolled_back() as store:
        enrolments.save_many(store, officers(20), on=DAY)

        assert audit.verify(store).rolled_back


def test_only_a_receipt_of_the_office_for_this_laptop_counts(store: Store, line: Line, folder: Path) -> None:
    enrolments.save(store, officer(), on=DAY)
    send(store, line)
    kept = anchor.read(folder)
    assert kept is not None

    anchor.write(folder, replace(kept, counter=99, signature=bytes(64)))
    assert not audit.verify(store).rolled_back
    anchor.write(folder, replace(kept, counter=99, device=UUID(int=1)))
    assert not audit.verify(store).rolled_back
    anchor.write(folder, replace(kept, counter=99))
    assert audit.verify(store).rolled_back


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"null", b'{"device": 1}', b"\xff\xfe", b"[" * 9000, b"x" * 20000]
)
def test_an_anchor_that_cannot_be_read_says_nothing(store: Store, folder: Path, content: bytes) -> None:
    (folder / anchor.NAME).write_bytes(content)

    assert anchor.read(folder) is None
    assert check(store).sound


def test_a_disk_that_takes_no_anchor_takes_the_receipt(
    store: Store, line: Line, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DiskFull

    enrolments.save(store, officer(), on=DAY)
    monkeypatch.setattr("desktop.store.anchor.durable.write", full)

    send(store, line)

    assert StoreOutbox(store, store.unlocked).pending() == 0
    assert not (folder / anchor.NAME).exists()


def test_the_anchor_names_nobody(store: Store, line: Line, folder: Path) -> None:
    enrolments.save(store, officer(), on=DAY)
    send(store, line)

    assert set(json.loads((folder / anchor.NAME).read_text())) == {"device", "counter", "head", "receipt", "signature"}
    anchor.forget(folder)
    assert anchor.read(folder) is None
