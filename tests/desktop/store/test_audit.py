"""The audit chain shows every later change."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.store import audit, enrolments
from desktop.store.audit import Verified
from desktop.store.database import Store, check
from tests.desktop.store.officers import officer, officers

DAY = date(2026, 11, 22)


@pytest.fixture
def kept(store: Store) -> Store:
    enrolments.save(store, officer(), on=DAY)
    enrolments.save_many(store, officers(5), on=DAY)
    return store


def change(store: Store, sql: str) -> None:
    with store.writing() as work:
        work.driver.execute("PRAGMA defer_foreign_keys = ON")
        for trigger in audit.TRIGGERS:
            work.driver.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        work.driver.execute(sql)


def test_what_was_done_is_there_and_holds(kept: Store) -> None:
    assert audit.verify(kept) == Verified(entries=7, broken_at=None)


@pytest.mark.parametrize(
    ("sql", "broken_at"),
    [
        ("UPDATE audit SET at = at + 1 WHERE number = 3", 3),
        ("UPDATE audit SET action = 'withdrawn' WHERE number = 2", 2),
        ("UPDATE audit SET action = 'nothing' WHERE number = 2", 2),
        ("UPDATE audit SET operator = zeroblob(16) WHERE number = 4", 4),
        ("UPDATE audit SET detail = zeroblob(32) WHERE number = 5", 5),
        ("UPDATE audit SET head = zeroblob(32) WHERE number = 1", 1),
        ("UPDATE audit SET signature = zeroblob(64) WHERE number = 7", 7),
        ("UPDATE audit SET signature = NULL WHERE number = 7", 7),
        ("DELETE FROM audit WHERE number = 4", 4),
        ("DELETE FROM audit WHERE number = 7", 6),
    ],
)
def test_every_change_is_found_where_it_was_made(kept: Store, sql: str, broken_at: int) -> None:
    change(kept, sql)

    assert audit.verify(kept).broken_at == broken_at
    assert any(finding.code == "check.audit" for finding in check(kept).findings)


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE revision SET body = x'00' WHERE number = 1", "check.revision"),
        ("UPDATE record SET name = 'X'", "check.record"),
        ("UPDATE record SET nik = ''", "check.record"),
        ("DELETE FROM outbox", "check.outbox"),
        ("DELETE FROM audit WHERE number > 1", "check.revision"),
    ],
)
def test_a_change_beside_the_audit_is_found_too(kept: Store, sql: str, code: str) -> None:
    change(kept, sql)

    assert code in {finding.code for finding in check(kept).findings}
