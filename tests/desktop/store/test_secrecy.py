"""No NIK and no name stands in clear in anything the store writes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from desktop.store import backup, certificates, drafts, enrolments
from desktop.store.database import Store
from desktop.store.outbox import StoreOutbox
from desktop.store.vault import Unlocked
from tests.desktop.store.officers import MOTHER, NAME, NIK, officer
from tests.laptops import VILLAGE

MARKS = (NIK, NAME, MOTHER, NAME.title(), "JALAN RAHASIA", "081299887766")


def written(mark: str) -> tuple[bytes, ...]:
    return (mark.encode(), mark.encode("utf-16-le"), mark.encode("utf-16-be"))


def test_nothing_on_the_disk_names_a_person(store: Store, unlocked: Unlocked, folder: Path, tmp_path: Path) -> None:
    facts = officer(address="JALAN RAHASIA", phone="081299887766")
    saved = enrolments.save(store, facts)
    drafts.keep(store, VILLAGE, 5, "linmas", 1, {"name": NAME, "nik": NIK, "mother": MOTHER}, "name")
    certificates.allocate(store, [saved.id])
    sealed = StoreOutbox(store, unlocked).next_batch(100)
    assert sealed is not None
    (tmp_path / "batch.payung").write_bytes(sealed.data)
    pooled = store.engine.raw_connection()
    backup.copy(pooled.driver_connection, unlocked.database_key, folder / "backups" / f"{datetime.now(UTC):%Y}.db")
    pooled.close()
    enrolments.withdraw(store, saved.id, NAME)

    files = [path for path in tmp_path.rglob("*") if path.is_file()]

    names = {path.name for path in files}
    assert {"payung.db", "payung.db-wal", "payung.db-shm", "vault.json", "batch.payung"} <= names
    for path in files:
        content = path.read_bytes()
        for mark in MARKS:
            assert not any(form in content for form in written(mark)), f"{mark} in {path.name}"
    assert not any(NIK in path.name for path in files)


def test_the_search_would_find_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"..." + NIK.encode("utf-16-le"))

    assert any(form in (tmp_path / "x").read_bytes() for form in written(NIK))
