"""A damaged store: said in words with the next step, looked at without writing, and never made anew."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.store import backup, connection, damage, enrolments, outbox, remarks, room, seen
from desktop.store.database import Store, check
from desktop.store.errors import Damaged, Older, ReadOnly, StoreError
from desktop.store.outbox import StoreOutbox
from desktop.store.remarks import Level
from desktop.store.vault import DATABASE_NAME, Unlocked
from payung import wording
from tests.conftest import ROOT
from tests.desktop.store.officers import officer, officers
from tests.laptops import PASSPHRASE, VILLAGE

PAGE = 4096


@pytest.fixture
def worked(folder: Path, unlocked: Unlocked) -> Path:
    """A closed folder with forty-nine officers."""
    with Store.open(folder, unlocked) as store:
        enrolments.save_many(store, officers(49))
    return folder


def codes(folder: Path, unlocked: Unlocked) -> set[str]:
    """What opening the store, or checking it, says is wrong."""
    try:
        with Store.open(folder, unlocked) as store:
            return {finding.code for finding in check(store).findings}
    except StoreError as trouble:
        found = damage.of_database(folder, unlocked, trouble)
    for finding in found:
        assert "{" not in wording.sentence(finding.code, {"detail": finding.detail})
    return {finding.code for finding in found}


def test_an_empty_a_missing_and_a_foreign_file_each_have_their_words(worked: Path, unlocked: Unlocked) -> None:
    path = worked / DATABASE_NAME
    whole = path.read_bytes()
    path.write_bytes(b"")
    assert codes(worked, unlocked) == {"check.database_empty", "check.no_backup"}
    path.write_bytes(bytes(len(whole)))
    assert codes(worked, unlocked) == {"check.database_foreign", "check.no_backup"}
    path.unlink()
    assert codes(worked, unlocked) == {"check.database_missing", "check.no_backup"}
    assert not path.exists()


@pytest.mark.parametrize("off", [0, 7])
@pytest.mark.parametrize("pages", [1, 8, 20])
def test_a_cut_file_is_said_to_be_cut(worked: Path, unlocked: Unlocked, pages: int, off: int) -> None:
    path = worked / DATABASE_NAME
    path.write_bytes(path.read_bytes()[: pages * PAGE + off])

    found = codes(worked, unlocked)

    assert found
    if pages == 1:
        assert "check.database_cut" in found


def test_the_first_page_damaged_is_told_with_its_number(worked: Path, unlocked: Unlocked) -> None:
    path = worked / DATABASE_NAME
    content = bytearray(path.read_bytes())
    content[200] ^= 1
    path.write_bytes(content)

    assert "check.database_page" in codes(worked, unlocked)


def test_the_newest_backup_is_offered(worked: Path, unlocked: Unlocked) -> None:
    with Store.open(worked, unlocked) as store:
        ran = backup.run(store)
    assert ran is not None
    (worked / DATABASE_NAME).write_bytes(b"")

    found = damage.of_database(worked, unlocked, Damaged(part="database"))

    assert ("check.newest_backup", str(ran.here.path)) in {(one.code, one.detail) for one in found}


def test_a_vault_without_database_and_a_database_without_vault_are_told(worked: Path) -> None:
    for name in ("vault.json", "vault.json.1"):
        (worked / name).rename(worked / f"gone-{name}")
    assert "check.vault_missing" in {one.code for one in damage.of_vault(worked)}
    (worked / "vault.json").write_bytes(b"{")
    assert "check.vault_damaged" in {one.code for one in damage.of_vault(worked)}
    shutil.copy(worked / "gone-vault.json.1", worked / "vault.json.1")
    assert "check.vault_older" in {one.code for one in damage.of_vault(worked)}
    (worked / DATABASE_NAME).unlink()
    assert "check.database_missing" in {one.code for one in damage.of_vault(worked)}


def test_an_older_database_in_the_place_of_the_newer_is_refused(worked: Path, unlocked: Unlocked) -> None:
    path = worked / DATABASE_NAME
    older = path.read_bytes()
    with Store.open(worked, unlocked) as store:
        enrolments.save(store, officer(tps=9))
    newer = path.read_bytes()
    path.write_bytes(older)

    with pytest.raises(Older) as told:
        Store.open(worked, unlocked)
    assert "payung restore" in wording.of(told.value)
    assert path.read_bytes() == older
    path.write_bytes(newer)
    assert codes(worked, unlocked) == set()


def test_a_vanished_journal_is_told_until_somebody_has_read_it(
    folder: Path, unlocked: Unlocked, tmp_path: Path
) -> None:
    crashed = tmp_path / "crashed"
    with Store.open(folder, unlocked) as store:
        enrolments.save_many(store, officers(10))
        shutil.copytree(folder, crashed)
    for end in ("-wal", "-shm"):
        (crashed / (DATABASE_NAME + end)).unlink()

    for _ in range(2):
        with Store.open(crashed, unlocked) as store:
            assert store.torn
            assert {finding.code for finding in check(store).findings} == {"check.journal"}
    with Store.open(crashed, unlocked) as store:
        store.note_seen(in_use=True, torn=False)
    assert codes(crashed, unlocked) == set()


def test_a_journal_that_is_there_raises_no_alarm(folder: Path, unlocked: Unlocked, tmp_path: Path) -> None:
    crashed = tmp_path / "crashed"
    with Store.open(folder, unlocked) as store:
        enrolments.save_many(store, officers(10))
        shutil.copytree(folder, crashed)

    connection.opened(crashed / DATABASE_NAME, unlocked.database_key).close()  # takes the journal in and away
    assert codes(crashed, unlocked) == set()
    assert codes(crashed, unlocked) == set()
    (crashed / seen.NAME).write_bytes(b"{")
    assert codes(crashed, unlocked) == set()


def test_a_damaged_store_can_be_looked_at_and_is_not_written_to(worked: Path, unlocked: Unlocked) -> None:
    before = {path.name: path.read_bytes() for path in worked.iterdir() if path.is_file()}

    with Store.open(worked, unlocked, read_only=True) as store:
        assert [row.name for row in enrolments.roster(store, VILLAGE, 1) if row.record]
        assert outbox.status(store).pending == 49
        for write in (
            lambda: enrolments.save(store, officer()),
            lambda: enrolments.save_many(store, []),
            lambda: StoreOutbox(store, unlocked).next_batch(5),
        ):
            with pytest.raises(ReadOnly):
                write()
    assert {path.name: path.read_bytes() for path in worked.iterdir() if path.is_file()} == before


def test_looking_at_a_crashed_store_shows_what_its_journal_holds(
    folder: Path, unlocked: Unlocked, tmp_path: Path
) -> None:
    crashed = tmp_path / "crashed"
    with Store.open(folder, unlocked) as store:
        enrolments.save_many(store, officers(10))
        shutil.copytree(folder, crashed)
    journal = (crashed / (DATABASE_NAME + "-wal")).read_bytes()

    with Store.open(crashed, unlocked, read_only=True) as store:
        assert sum(enrolments.counts(store).values()) == 10
    assert (crashed / (DATABASE_NAME + "-wal")).read_bytes() == journal


def test_one_damaged_page_does_not_stop_work_on_the_others(worked: Path, unlocked: Unlocked) -> None:
    path = worked / DATABASE_NAME
    whole = path.read_bytes()
    shown = 0
    for page in range(2, len(whole) // PAGE):
        content = bytearray(whole)
        content[page * PAGE + 2000] ^= 1
        path.write_bytes(content)
        try:
            store = Store.open(worked, unlocked, read_only=True)
        except Damaged:
            continue
        with store:
            for tps in range(1, 8):
                try:
                    shown += len(enrolments.roster(store, VILLAGE, tps))
                except Damaged:
                    continue
    assert shown > 0


def test_levels_of_disk_outbox_time_clock_and_backup(
    store: Store, monkeypatch: pytest.MonkeyPatch, reopen: Callable[[], Store]
) -> None:
    now = datetime.now(UTC)
    enrolments.save(store, officer())
    assert {one.code for one in remarks.remarks(store)} <= {"room.disk.warn"}
    store.clock = lambda: now + timedelta(days=4, hours=1)
    assert "room.unsynced.warn" in {one.code for one in remarks.remarks(store)}
    store.clock = lambda: now + timedelta(days=15, hours=1)
    first = remarks.remarks(store)[0]
    assert (first.code, first.level, first.detail) == ("room.unsynced.block", Level.BLOCK, "15")
    store.clock = lambda: now - timedelta(days=1)
    assert "room.clock.behind" in {one.code for one in remarks.remarks(store)}
    store.clock = lambda: now
    usage = shutil.disk_usage(store.folder)
    for free, code in ((500 * 1024**2, "room.disk.warn"), (1024**2, "room.disk.block")):
        monkeypatch.setattr(shutil, "disk_usage", lambda _path, free=free: usage._replace(free=free))
        assert code in {one.code for one in remarks.remarks(store)}
    monkeypatch.undo()
    backup.run(store)
    store.clock = lambda: now + timedelta(days=3, hours=1)
    assert "room.backup.warn" in {one.code for one in remarks.remarks(store)}


@pytest.mark.parametrize("code", ["pending", "unsynced", "disk"])
def test_every_level_has_its_number_and_its_words(code: str) -> None:
    assert f"{code}_days" in room.limits() or code in room.limits()
    for level in Level:
        for lang in wording.LANGUAGES:
            assert wording.sentence(f"room.{code}.{level.value}", {"detail": "7"}, lang=lang)


FULL = """
import json, resource, sys
from pathlib import Path
from desktop.store import backup, vault
from desktop.store.database import Store
from desktop.store.errors import DiskFull, StoreIO
folder, out = Path(sys.argv[1]), Path(sys.argv[3])
store = Store.open(folder, vault.unlock(folder, passphrase=sys.argv[2]))
said = []
for limit in range(4096, 400_000, 24_000):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        backup.make(store, out / f"{limit}.payung-backup")
        said.append("made")
    except (DiskFull, StoreIO) as error:
        said.append(error.code)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
store.close()
print(json.dumps(said))
"""


def test_a_backup_that_finds_no_room_leaves_nothing_behind(worked: Path, unlocked: Unlocked, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()

    done = subprocess.run(
        [sys.executable, "-c", FULL, str(worked), PASSPHRASE, str(out)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert set(said) - {"made"} <= {"store.disk_full", "store.io"}
    assert said[0] != "made"
    assert said[-1] == "made"
    assert all(path.suffix == ".payung-backup" for path in out.iterdir())
    assert len(list(out.iterdir())) == said.count("made")
    assert codes(worked, unlocked) == set()
