"""The open store: made once, held by one, brought up to date with a copy kept."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from desktop.store import audit, connection, enrolments, migration, vault
from desktop.store.database import Store, check
from desktop.store.errors import Damaged, Locked, NotSetUp, StoreIO, TooNew, UpgradeFailed, VaultExists
from desktop.store.tables import SCHEMA, Schema
from desktop.store.vault import DATABASE_NAME, Unlocked
from sync.errors import Expired
from tests.conftest import ROOT
from tests.desktop.store.conftest import SetUp
from tests.desktop.store.officers import officer, officers
from tests.laptops import PASSPHRASE, VILLAGE

HOLD = """
import sys
from pathlib import Path
from uuid import uuid4
from desktop.store import vault
from desktop.store.database import Store
folder = Path(sys.argv[1])
with Store.open(folder, vault.unlock(folder, passphrase=sys.argv[2])):
    print("open", flush=True)
    sys.stdin.readline()
"""


def version(folder: Path, unlocked: Unlocked, *, to: int | None = None) -> int:
    driver = connection.opened(folder / DATABASE_NAME, unlocked.database_key)
    if to is not None:
        driver.execute(f"PRAGMA user_version = {to}")
    found = int(driver.execute("PRAGMA user_version").fetchone()[0])
    driver.close()
    return found


def schema(driver: object) -> dict[str, str]:
    rows = driver.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()  # type: ignore[attr-defined]
    return {name: " ".join(sql.split()) for name, sql in rows if name != "alembic_version"}


def test_a_store_knows_its_laptop(store: Store, set_up: SetUp) -> None:
    assert store.laptop.villages == (VILLAGE,)
    assert store.laptop.tag == "7K3M"
    assert store.laptop.server_url == set_up.kit.server_url
    assert store.event.code == "latihan"
    assert len(store.tps) == 14
    assert set_up.kit.sign_private.hex() not in repr(store.laptop)


def test_no_database_is_made_over_another(folder: Path, unlocked: Unlocked, set_up: SetUp) -> None:
    before = (folder / DATABASE_NAME).read_bytes()

    with pytest.raises(VaultExists):
        Store.create(folder, unlocked, set_up.kit)

    assert (folder / DATABASE_NAME).read_bytes() == before
    Store.open(folder, unlocked).close()


def test_no_database_is_made_without_a_vault(tmp_path: Path, unlocked: Unlocked, set_up: SetUp) -> None:
    with pytest.raises(NotSetUp):
        Store.create(tmp_path, unlocked, set_up.kit)


def test_a_kit_out_of_its_time_makes_no_database(tmp_path: Path, set_up: SetUp) -> None:
    unlocked = vault.create(tmp_path, operator="Siti", passphrase=PASSPHRASE)

    with pytest.raises(Expired):
        Store.create(tmp_path, unlocked, set_up.kit, clock=lambda: datetime(2040, 1, 1, tzinfo=UTC))

    assert not (tmp_path / DATABASE_NAME).exists()
    Store.create(tmp_path, unlocked, set_up.kit).close()


def test_a_set_up_that_broke_off_can_be_done_again(tmp_path: Path, set_up: SetUp) -> None:
    unlocked = vault.create(tmp_path, operator="Siti", passphrase=PASSPHRASE)
    broken = replace(set_up.kit, event_json=b"{}")

    with pytest.raises(Exception, match="data"):
        Store.create(tmp_path, unlocked, broken)
    assert {path.name for path in tmp_path.iterdir()} <= {"vault.json", "vault.json.1", "lock"}

    with Store.create(tmp_path, vault.unlock(tmp_path, passphrase=PASSPHRASE), set_up.kit) as store:
        assert check(store).sound


def test_a_database_of_another_vault_is_damage(folder: Path, unlocked: Unlocked) -> None:
    with pytest.raises(Damaged):
        Store.open(folder, replace(unlocked, vault_id=uuid4()))


def test_only_one_may_have_it_open(store: Store, folder: Path, unlocked: Unlocked) -> None:
    with pytest.raises(Locked):
        Store.open(folder, unlocked)

    store.close()
    Store.open(folder, unlocked).close()


def test_another_process_keeps_it_and_a_killed_one_frees_it(folder: Path, unlocked: Unlocked) -> None:
    command = [sys.executable, "-c", HOLD, str(folder), PASSPHRASE]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(Locked):
            Store.open(folder, unlocked)
        other.kill()
        other.wait()

        Store.open(folder, unlocked).close()


def test_a_newer_database_is_left_alone(folder: Path, unlocked: Unlocked) -> None:
    version(folder, unlocked, to=SCHEMA + 1)

    with pytest.raises(TooNew):
        Store.open(folder, unlocked)
    assert version(folder, unlocked) == SCHEMA + 1


def test_a_fresh_schema_is_a_migrated_one(folder: Path, unlocked: Unlocked) -> None:
    driver = connection.opened(folder / DATABASE_NAME, unlocked.database_key)
    migrated = schema(driver)
    driver.close()
    dialect = sqlite.dialect()
    declared: dict[str, str] = {}
    for table in Schema.metadata.sorted_tables:
        declared[table.name] = " ".join(str(CreateTable(table).compile(dialect=dialect)).split())
        for index in table.indexes:
            declared[str(index.name)] = " ".join(str(CreateIndex(index).compile(dialect=dialect)).split())

    assert migrated.keys() - declared.keys() == audit.TRIGGERS
    assert {name: sql for name, sql in migrated.items() if name in declared} == declared


NEXT = """
from alembic import op

revision = "{number}"
down_revision = "{before}"


def upgrade():
    op.execute("ALTER TABLE record ADD COLUMN colour TEXT")
    {more}
"""


@pytest.fixture
def scripts(tmp_path: Path) -> Callable[[str], Path]:
    """Migrations with one step more than there is."""

    def made(more: str) -> Path:
        folder = tmp_path / "migrations"
        (folder / "versions").mkdir(parents=True)
        for path in (migration.SCRIPTS / "env.py", *(migration.SCRIPTS / "versions").glob("v*.py")):
            (folder / path.relative_to(migration.SCRIPTS)).write_bytes(path.read_bytes())
        written = NEXT.format(number=f"{SCHEMA + 1:04}", before=f"{SCHEMA:04}", more=more)
        (folder / "versions" / "v9999_next.py").write_text(written)
        return folder

    return made


def test_an_older_database_is_copied_and_upgraded(
    folder: Path, unlocked: Unlocked, scripts: Callable[[str], Path]
) -> None:
    with Store.open(folder, unlocked) as store:
        enrolments.save_many(store, officers(20))
    at = datetime(2026, 11, 22, tzinfo=UTC)

    changed = migration.bring_up_to_date(folder, unlocked.database_key, at, scripts=scripts("pass"), target=SCHEMA + 1)

    assert changed
    assert version(folder, unlocked) == SCHEMA + 1
    driver = connection.opened(folder / DATABASE_NAME, unlocked.database_key)
    assert driver.execute("SELECT count(*), count(colour) FROM record").fetchone() == (20, 0)
    driver.close()
    (copy,) = (folder / "backups").iterdir()
    driver = connection.opened(copy, unlocked.database_key)
    assert driver.execute("SELECT count(*) FROM record").fetchone() == (20,)
    assert driver.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
    driver.close()


def test_an_upgrade_that_breaks_leaves_the_database_as_it_was(
    folder: Path, unlocked: Unlocked, scripts: Callable[[str], Path]
) -> None:
    broken = scripts("raise ZeroDivisionError")
    at = datetime(2026, 11, 22, tzinfo=UTC)

    with pytest.raises(UpgradeFailed):
        migration.bring_up_to_date(folder, unlocked.database_key, at, scripts=broken, target=SCHEMA + 1)

    with Store.open(folder, unlocked) as store:
        assert check(store).sound


def test_several_threads_may_save_and_read_at_once(store: Store) -> None:
    everyone = list(officers(56))
    troubles: list[BaseException] = []

    def work(part: list[object]) -> None:
        try:
            for facts in part:
                saved = enrolments.save(store, facts, on=date(2026, 11, 22))  # type: ignore[arg-type]
                assert enrolments.get(store, saved.id).id == saved.id
                enrolments.roster(store, VILLAGE, 1)
        except BaseException as error:  # noqa: BLE001
            troubles.append(error)

    threads = [threading.Thread(target=work, args=(everyone[start::4],)) for start in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert troubles == []
    assert enrolments.counts(store)["ready"] == 56
    assert check(store).sound


def test_a_folder_that_cannot_be_written_is_told(folder: Path, unlocked: Unlocked) -> None:
    (folder / "lock").unlink(missing_ok=True)
    (folder / "lock").mkdir()

    with pytest.raises(StoreIO):
        Store.open(folder, unlocked)


def test_an_exceptions_text_names_no_person(store: Store) -> None:
    saved = enrolments.save(store, officer())
    store.engine.dispose()
    (store.folder / DATABASE_NAME).write_bytes(b"garbage" * 3000)

    with pytest.raises(Damaged) as caught:
        enrolments.save(store, officer(phone="0812"), record_id=saved.id)

    error: BaseException | None = caught.value
    while error is not None:
        assert officer().nik not in repr(error)
        assert officer().name not in str(error)
        error = error.__cause__
