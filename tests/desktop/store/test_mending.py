"""A damaged store goes on in its own folder with what could be saved; the damaged files are kept beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.store import archive, backup, enrolments, mending, restoring
from desktop.store.database import Store, check
from desktop.store.errors import BackupCut, NoRoom, StoreError
from desktop.store.vault import DATABASE_NAME, Unlocked
from tests.desktop.store.officers import officers
from tests.desktop.store.test_salvage import PAGE

KEYS = "vault.json"


@pytest.fixture
def damaged(folder: Path, unlocked: Unlocked) -> Path:
    with Store.open(folder, unlocked) as store:
        enrolments.save_many(store, officers(40))
        backup.make_here(store)
    path = folder / DATABASE_NAME
    content = bytearray(path.read_bytes())
    content[-PAGE + 100 : -PAGE + 600] = bytes(500)
    path.write_bytes(content)
    return folder


def test_what_was_saved_stands_in_the_place_of_what_was_damaged(damaged: Path, unlocked: Unlocked) -> None:
    before = (damaged / DATABASE_NAME).read_bytes()

    done = mending.mend(damaged, unlocked)

    assert done.aside is not None
    assert (done.aside / DATABASE_NAME).read_bytes() == before
    assert (done.aside / KEYS).exists()
    assert not (damaged / mending.STAGING).exists()
    assert archive.newest(damaged / archive.FOLDER_NAME) is not None
    with Store.open(damaged, unlocked) as store:
        assert check(store).sound
        assert sum(enrolments.counts(store).values()) == len(done.salvaged.saved) > 0


@pytest.mark.parametrize("moved", [0, 1, 3, 5])
def test_a_power_cut_while_files_are_moved_is_finished_later(
    damaged: Path, unlocked: Unlocked, monkeypatch: pytest.MonkeyPatch, moved: int
) -> None:
    left = [moved]

    def cut(source: Path, target: Path) -> None:
        """As if the power went after that many files."""
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        source.replace(target)

    monkeypatch.setattr(mending, "_move", cut)
    with pytest.raises(KeyboardInterrupt):
        mending.mend(damaged, unlocked)
    monkeypatch.undo()
    assert mending.unfinished(damaged)
    mending.finish(damaged)

    assert not mending.unfinished(damaged)
    with Store.open(damaged, unlocked) as store:
        assert check(store).sound


def test_what_cannot_be_saved_leaves_the_folder_as_it_was(
    damaged: Path, unlocked: Unlocked, everything: Callable[[Path], dict[str, bytes]]
) -> None:
    before = everything(damaged)
    (damaged / DATABASE_NAME).write_bytes(b"")
    with pytest.raises(StoreError):
        mending.mend(damaged, unlocked)
    (damaged / DATABASE_NAME).write_bytes(before[DATABASE_NAME])

    assert everything(damaged) == before


@pytest.fixture
def everything() -> Callable[[Path], dict[str, bytes]]:
    def read(folder: Path) -> dict[str, bytes]:
        return {
            str(path.relative_to(folder)): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file() and path.name != "lock"
        }

    return read


def test_the_copy_of_an_upgrade_is_moved_in_beside_the_backups_that_stand(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    staging = folder / restoring.STAGING
    for place, name in ((staging, "before-0002.db"), (folder, "older.payung-backup")):
        (place / "backups").mkdir(parents=True)
        (place / "backups" / name).write_bytes(b"")
    (staging / DATABASE_NAME).write_bytes(b"")

    restoring.publish(staging, folder)

    assert sorted(path.name for path in (folder / "backups").iterdir()) == ["before-0002.db", "older.payung-backup"]
    assert not staging.exists()


def test_a_backup_is_carried_to_a_stick_and_read_back(damaged: Path, tmp_path: Path) -> None:
    made = archive.newest(damaged / archive.FOLDER_NAME)
    assert made is not None
    stick = tmp_path / "stick"
    assert backup.carry(made, stick, tag="7K3M") is None
    stick.mkdir()
    (stick / f"payung-7K3M-20260101T000000Z{archive.SUFFIX}.new").write_bytes(b"cut short")

    carried = backup.carry(made, stick, tag="7K3M")

    assert carried is not None
    assert carried.read_bytes() == made.path.read_bytes()
    assert list(stick.iterdir()) == [carried]


def test_a_backup_that_is_not_whole_is_not_carried(damaged: Path, tmp_path: Path) -> None:
    made = archive.newest(damaged / archive.FOLDER_NAME)
    assert made is not None
    made.path.write_bytes(made.path.read_bytes()[:-10])

    with pytest.raises(BackupCut):
        backup.carry(made, tmp_path, tag="7K3M")
    assert not list(tmp_path.glob("*payung-backup*"))


def test_a_full_stick_is_said_before_anything_is_written(
    damaged: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = archive.newest(damaged / archive.FOLDER_NAME)
    assert made is not None
    monkeypatch.setattr("desktop.store.room.free", lambda _folder: 100)

    with pytest.raises(NoRoom):
        backup.carry(made, tmp_path, tag="7K3M")
