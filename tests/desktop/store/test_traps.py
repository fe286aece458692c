"""The traps of an encrypted SQLite file, each of which once lost or exposed somebody's records."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from desktop.store import connection, enrolments
from desktop.store.database import Store, check
from desktop.store.errors import Damaged, DatabaseMissing, DiskFull, StoreIO
from desktop.store.vault import DATABASE_NAME, Unlocked
from tests.desktop.store.officers import officer, officers

PAGE = 4096


def test_a_missing_file_is_told_and_not_made(folder: Path, unlocked: Unlocked) -> None:
    (folder / DATABASE_NAME).unlink()

    with pytest.raises(DatabaseMissing):
        Store.open(folder, unlocked)
    assert not (folder / DATABASE_NAME).exists()


def test_a_file_of_no_length_is_damage_and_stays_so(folder: Path, unlocked: Unlocked) -> None:
    (folder / DATABASE_NAME).write_bytes(b"")

    with pytest.raises(Damaged):
        Store.open(folder, unlocked)
    assert (folder / DATABASE_NAME).read_bytes() == b""


@pytest.mark.parametrize("length", [0, 30, 31, 33, 48, 64])
def test_a_key_of_another_length_is_never_tried(folder: Path, length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        connection.opened(folder / DATABASE_NAME, b"k" * length)


def test_a_key_of_another_length_makes_no_database(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        connection.created(tmp_path / "new.db", b"k" * 30)


@pytest.mark.parametrize("content", [b"garbage" * 2000, b"\x00" * 8192, b"SQLite format 3\x00" + b"\x00" * 8176])
def test_garbage_is_damage_and_stays_as_it_was(folder: Path, unlocked: Unlocked, content: bytes) -> None:
    (folder / DATABASE_NAME).write_bytes(content)

    with pytest.raises(Damaged):
        Store.open(folder, unlocked)
    assert (folder / DATABASE_NAME).read_bytes() == content


def test_a_plain_database_is_damage(folder: Path, unlocked: Unlocked) -> None:
    (folder / DATABASE_NAME).unlink()
    plain = sqlite3.connect(folder / DATABASE_NAME)
    plain.execute("CREATE TABLE record (id)")
    plain.commit()
    plain.close()

    with pytest.raises(Damaged):
        Store.open(folder, unlocked)


def test_another_laptops_database_is_damage_because_the_passphrase_was_right(
    folder: Path, unlocked: Unlocked, tmp_path: Path
) -> None:
    driver = connection.created(tmp_path / "other.db", b"o" * 32)
    driver.execute("CREATE TABLE record (id)")
    driver.close()
    shutil.copy(tmp_path / "other.db", folder / DATABASE_NAME)

    with pytest.raises(Damaged):
        Store.open(folder, unlocked)


def test_a_database_under_the_right_key_but_not_ours_is_damage(folder: Path, unlocked: Unlocked) -> None:
    (folder / DATABASE_NAME).unlink()
    driver = connection.created(folder / DATABASE_NAME, unlocked.database_key)
    driver.execute("CREATE TABLE record (id)")
    driver.close()

    with pytest.raises(Damaged):
        Store.open(folder, unlocked)


def test_a_file_cut_at_a_page_is_found(folder: Path, unlocked: Unlocked) -> None:
    with Store.open(folder, unlocked) as store:
        enrolments.save_many(store, officers(98))
    path = folder / DATABASE_NAME
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // PAGE // 2 * PAGE])

    try:
        with Store.open(folder, unlocked) as store:
            assert not check(store).sound
    except Damaged:
        pass  # found even earlier


def everything(store: Store) -> list[tuple[str, list[tuple[Any, ...]]]]:
    """Every row of every table."""
    with store.reading() as work:
        tables = work.driver.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        return [(name, work.driver.execute(f"SELECT * FROM {name}").fetchall()) for (name,) in tables]


def test_a_page_set_back_to_its_older_self_is_found(folder: Path, unlocked: Unlocked) -> None:
    with Store.open(folder, unlocked) as store:
        enrolments.save_many(store, officers(49))
    path = folder / DATABASE_NAME
    before = path.read_bytes()
    with Store.open(folder, unlocked) as store:
        enrolments.save(store, officer(tps=9))
        kept = everything(store)
    after = path.read_bytes()
    same_length = min(len(before), len(after)) // PAGE
    changed = [
        page for page in range(1, same_length) if before[page * PAGE : (page + 1) * PAGE] != after[page * PAGE :][:PAGE]
    ]
    found = 0
    for page in changed:
        path.write_bytes(after[: page * PAGE] + before[page * PAGE : (page + 1) * PAGE] + after[(page + 1) * PAGE :])
        try:
            with Store.open(folder, unlocked) as store:
                sound = check(store).sound
                # A page may have been written again with the same content: then nothing was set back.
                assert not sound or everything(store) == kept, f"page {page}"
                found += not sound
        except Damaged:
            found += 1
    assert found >= 4


def test_one_flipped_bit_is_found_and_named(folder: Path, unlocked: Unlocked) -> None:
    with Store.open(folder, unlocked) as store:
        enrolments.save_many(store, officers(98))
    path = folder / DATABASE_NAME
    whole = bytearray(path.read_bytes())
    whole[len(whole) - PAGE // 2] ^= 1
    path.write_bytes(whole)

    with Store.open(folder, unlocked) as store:
        report = check(store)

    assert any(finding.code == "check.page" for finding in report.findings)


def test_a_check_right_after_a_crash_raises_no_false_alarm(store: Store, folder: Path, unlocked: Unlocked) -> None:
    enrolments.save_many(store, officers(98))
    for facts in officers(3):
        enrolments.save(store, facts)
    assert (folder / (DATABASE_NAME + "-wal")).stat().st_size > 0
    crashed = folder.parent / "crashed"
    crashed.mkdir()
    for name in ("vault.json", "vault.json.1", DATABASE_NAME, DATABASE_NAME + "-wal"):
        shutil.copy(folder / name, crashed / name)

    with Store.open(crashed, unlocked) as again:
        assert check(again).findings == ()


def test_sqlcipher_prints_nothing(folder: Path, unlocked: Unlocked, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / DATABASE_NAME).write_bytes(b"garbage" * 2000)
    with pytest.raises(Damaged):
        Store.open(folder, unlocked)
    assert capfd.readouterr() == ("", "")


def test_a_failed_commit_is_told_as_what_it_was(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    saved = enrolments.save(store, officer())
    with store.reading() as work:
        pages = work.driver.execute("PRAGMA page_count").fetchone()[0]
    pooled = store.engine.raw_connection()
    assert pooled.driver_connection is not None
    pooled.driver_connection.execute(f"PRAGMA max_page_count = {pages}")
    pooled.close()

    with pytest.raises((DiskFull, StoreIO)):
        enrolments.save_many(store, officers(98))

    pooled = store.engine.raw_connection()
    assert pooled.driver_connection is not None
    pooled.driver_connection.execute("PRAGMA max_page_count = 1000000")
    pooled.close()
    assert enrolments.get(store, saved.id).facts.nik == officer().nik
    assert enrolments.save(store, officer(nik="5371041608969902", birthdate=officer().birthdate, tps=7)).revision == 0


def test_a_copy_without_a_key_is_refused_by_sqlcipher(store: Store, tmp_path: Path) -> None:
    enrolments.save(store, officer())
    plain = sqlcipher.connect(str(tmp_path / "plain.db"))
    pooled = store.engine.raw_connection()
    assert pooled.driver_connection is not None
    with pytest.raises(sqlcipher.Error):
        pooled.driver_connection.backup(plain)
    pooled.close()
    plain.close()


def test_every_connection_is_durable_and_strict(store: Store, reopen: Callable[[], Store]) -> None:
    def asked(name: str) -> object:
        with store.reading() as work:
            return work.driver.execute(f"PRAGMA {name}").fetchone()[0]

    assert asked("journal_mode") == "wal"
    assert asked("synchronous") == 2
    assert asked("foreign_keys") == 1
    assert asked("secure_delete") == 1
    assert asked("trusted_schema") == 0
    assert asked("temp_store") == 2
    assert asked("busy_timeout") == connection.BUSY_MILLISECONDS
