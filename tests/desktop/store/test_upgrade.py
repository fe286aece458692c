"""Databases of every earlier schema come up to date with everything in them, or stay as they were."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from desktop.store import audit, certificates, connection, drafts, enrolments, migration, salvage, vault
from desktop.store.database import Store, check
from desktop.store.errors import BeyondSalvage, DiskFull, TooNew, UpgradeFailed
from desktop.store.outbox import StoreOutbox, exchange_keys
from desktop.store.tables import SCHEMA
from desktop.store.vault import DATABASE_NAME, Unlocked
from sync import exchange
from sync.trust import verify
from tests.conftest import ROOT
from tests.desktop.store.conftest import SetUp
from tests.desktop.store.officers import officer
from tests.desktop.store.offices import Line, Office
from tests.desktop.store.test_database import schema
from tests.laptops import VILLAGE

KEPT = sorted(path.name for path in (ROOT / "tests" / "data" / "store").iterdir() if path.is_dir())
AT = datetime(2026, 11, 22, tzinfo=UTC)


@dataclass(frozen=True)
class Old:
    """A laptop of an earlier schema, this test's own copy, with what its program said of it."""

    folder: Path
    unlocked: Unlocked
    expected: dict[str, Any]

    @property
    def database(self) -> Path:
        return self.folder / DATABASE_NAME

    def office(self) -> Office:
        return Office(
            intake=X25519PrivateKey.from_private_bytes(bytes.fromhex(self.expected["intake_private"])),
            reply=Ed25519PrivateKey.from_private_bytes(bytes.fromhex(self.expected["reply_private"])),
            epoch=bytes.fromhex(self.expected["epoch"]),
        )

    def version(self) -> int:
        driver = connection.opened(self.database, self.unlocked.database_key)
        found = int(driver.execute("PRAGMA user_version").fetchone()[0])
        driver.close()
        return found


@pytest.fixture(params=KEPT)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Old:
    source = ROOT / "tests" / "data" / "store" / request.param
    shutil.copytree(source / "data", tmp_path / "data")
    passphrase = (source / "passphrase.txt").read_text("utf-8").strip()
    unlocked = vault.unlock(tmp_path / "data", passphrase=passphrase)
    return Old(tmp_path / "data", unlocked, json.loads((source / "expected.json").read_text("utf-8")))


def test_the_first_schema_is_kept_for_ever() -> None:
    assert "0001" in KEPT


def test_everything_of_an_earlier_schema_is_there_after_the_upgrade(old: Old) -> None:
    with Store.open(old.folder, old.unlocked) as store:
        report = check(store)
        assert report.sound, report.findings
        assert (report.records, report.unsettled_batches) == (old.expected["records"], 1)
        assert report.audit_entries == old.expected["audit_entries"]
        assert enrolments.counts(store) == old.expected["counts"]
        last = drafts.last(store)
        assert last is not None
        assert last.fields == {"name": "Yoh"}
        assert drafts.load(store, VILLAGE, 9, "kpps-anggota", 3) is not None
        changed = enrolments.get(store, UUID(old.expected["changed"]))
        assert changed.facts.phone == "081200009901"
        assert enrolments.get(store, UUID(old.expected["withdrawn"])).withdrawn

    assert old.version() == SCHEMA


def test_a_batch_sealed_before_the_upgrade_goes_out_unchanged_after_it(old: Old) -> None:
    driver = connection.opened(old.database, old.unlocked.database_key)
    before = driver.execute("SELECT sealed FROM batch WHERE settled_at IS NULL").fetchone()[0]
    driver.close()

    with Store.open(old.folder, old.unlocked) as store:
        outbox = StoreOutbox(store, old.unlocked)
        sealed = outbox.next_batch(100)
        assert sealed is not None
        assert sealed.data == before
        line = Line(old.office(), verify(store.laptop.device_certificate, store.laptop.root_public, None))
        exchange.run(outbox, line, exchange_keys(store), clock=store.clock)
        assert outbox.pending() == 0
        report = check(store)

    assert report.sound, report.findings


def test_work_goes_on_after_the_upgrade_and_the_audit_holds_old_and_new(old: Old) -> None:
    before = old.version()
    with Store.open(old.folder, old.unlocked) as store:
        saved = enrolments.save(store, officer(nik="5371041508969903", tps=10))
        (given,) = certificates.allocate(store, [saved.id])
        assert given.number not in old.expected["certificates"]
        with store.reading() as work:
            links = [entry.link for entry in audit.entries(work)]
        assert audit.verify(store).broken_at is None

    assert links[0].old == (before < 2)
    assert (links[-1].device, links[-1].program) == (store.laptop.device, audit.program())


def test_an_upgraded_schema_is_a_fresh_one(old: Old, set_up: SetUp) -> None:
    Store.open(old.folder, old.unlocked).close()
    schemas = []
    for folder, unlocked in ((old.folder, old.unlocked), (set_up.folder, set_up.unlocked)):
        driver = connection.opened(folder / DATABASE_NAME, unlocked.database_key)
        schemas.append(schema(driver))
        driver.close()

    assert schemas[0] == schemas[1]


def test_the_copy_made_before_opens_with_the_program_of_its_time(old: Old) -> None:
    version = old.version()
    if version == SCHEMA:
        pytest.skip("nothing to upgrade")
    Store.open(old.folder, old.unlocked).close()

    (copy,) = (old.folder / "backups").glob("before-*.db")
    driver = connection.opened(copy, old.unlocked.database_key)
    assert driver.execute("PRAGMA user_version").fetchone() == (version,)
    assert driver.execute("SELECT count(*) FROM record").fetchone() == (old.expected["records"],)
    driver.close()


def test_only_the_last_copy_is_kept_once_a_start_went_well(old: Old) -> None:
    if old.version() == SCHEMA:
        pytest.skip("nothing to upgrade")
    Store.open(old.folder, old.unlocked).close()
    backups = old.folder / "backups"
    (copy,) = backups.glob("before-*.db")
    shutil.copy(copy, backups / "before-0001-20200101-000000.db")

    Store.open(old.folder, old.unlocked).close()

    assert list(backups.glob("before-*.db")) == [copy]


def test_what_a_file_of_an_earlier_schema_holds_is_salvaged(old: Old, tmp_path: Path) -> None:
    done = salvage.salvage(old.folder, old.unlocked, tmp_path / "out")

    assert (len(done.saved), done.lost, done.set_back) == (old.expected["records"], (), ())
    assert done.audit_entries == old.expected["audit_entries"]
    with Store.open(tmp_path / "out", old.unlocked) as store:
        assert check(store).sound
        assert enrolments.get(store, UUID(old.expected["changed"])).facts.phone == "081200009901"
        assert enrolments.get(store, UUID(old.expected["withdrawn"])).withdrawn
        assert drafts.load(store, VILLAGE, 9, "kpps-anggota", 3) is not None
        with store.reading() as work:
            given = {row[0] for row in work.driver.execute("SELECT number FROM certificate").fetchall()}
        assert given == set(old.expected["certificates"])


def test_a_lost_page_of_an_earlier_schema_costs_its_own_rows_only(old: Old, tmp_path: Path) -> None:
    whole = old.database.read_bytes()
    figures: list[int] = []
    for start in range(0, len(whole), 4096):
        content = bytearray(whole)
        content[start + 100 : start + 600] = bytes(500)
        old.database.write_bytes(content)
        try:
            done = salvage.salvage(old.folder, old.unlocked, tmp_path / "out")
        except BeyondSalvage:
            continue  # the page of the laptop's own row: a fresh kit is needed
        with Store.open(tmp_path / "out", old.unlocked) as store:
            assert check(store).sound
        figures.append(len(done.saved))
        assert len(done.saved) + len(done.lost) == old.expected["records"]
        shutil.rmtree(tmp_path / "out")

    assert len(figures) >= len(whole) // 4096 - 1
    assert figures.count(old.expected["records"]) > len(figures) // 2


BREAKS = {
    "a bug": "raise ZeroDivisionError",
    "wrong SQL": 'op.execute("INSERT INTO nowhere VALUES (1)")',
    "a broken reference": 'op.execute("DELETE FROM record")',
}


@pytest.fixture
def broken(tmp_path: Path) -> Callable[[str], Path]:
    """The migrations there are, and one that changes much and then breaks."""

    def made(how: str) -> Path:
        folder = tmp_path / "migrations"
        shutil.copytree(migration.SCRIPTS, folder)
        (folder / "versions" / "v9999_next.py").write_text(
            "from alembic import op\n"
            f'revision = "{SCHEMA + 1:04}"\ndown_revision = "{SCHEMA:04}"\n'
            "def upgrade():\n"
            '    op.execute("DROP TABLE draft")\n'
            '    op.execute("CREATE TABLE colour (id INTEGER PRIMARY KEY) STRICT")\n'
            f"    {BREAKS[how]}\n"
        )
        return folder

    return made


@pytest.mark.parametrize("how", BREAKS)
def test_an_upgrade_that_breaks_half_way_leaves_the_old_file_working(
    old: Old, broken: Callable[[str], Path], how: str
) -> None:
    version, scripts = old.version(), broken(how)

    for start in range(3):
        with pytest.raises(UpgradeFailed) as caught:
            migration.bring_up_to_date(
                old.folder,
                old.unlocked.database_key,
                AT + timedelta(minutes=start),
                scripts=scripts,
                target=SCHEMA + 1,
            )
        assert (old.folder / "crashes" / caught.value.facts["report"]).exists()

    assert old.version() == version
    assert len(list((old.folder / "backups").glob("before-*.db"))) == 1
    with Store.open(old.folder, old.unlocked) as store:
        assert check(store).sound
        assert drafts.last(store) is not None


def test_an_upgrade_without_room_for_its_copy_changes_nothing(old: Old, monkeypatch: pytest.MonkeyPatch) -> None:
    if old.version() == SCHEMA:
        pytest.skip("nothing to upgrade")
    version = old.version()

    def full(*_: object) -> None:
        raise DiskFull

    monkeypatch.setattr("desktop.store.backup.copy", full)
    with pytest.raises(DiskFull):
        Store.open(old.folder, old.unlocked)

    assert old.version() == version


def test_a_file_of_a_newer_program_is_refused_and_left_alone(old: Old) -> None:
    driver = connection.opened(old.database, old.unlocked.database_key)
    driver.execute(f"PRAGMA user_version = {SCHEMA + 7}")
    driver.close()
    before = old.database.read_bytes()

    with pytest.raises(TooNew):
        Store.open(old.folder, old.unlocked)

    assert old.database.read_bytes() == before
