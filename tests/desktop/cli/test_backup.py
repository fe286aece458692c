"""Backup, restore, check of what is damaged, and salvage, by the commands a person types."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.laptops import Indoors, Laptop, officers, prepared, set_up


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Laptop:
    """A laptop with forty officers; never changed."""
    laptop = set_up(tmp_path_factory.mktemp("worked"), kind=Indoors)
    made = officers()
    laptop.enrol(*(next(made) for _ in range(40)))
    return laptop


@pytest.fixture
def laptop(worked: Laptop, tmp_path: Path) -> Laptop:
    """A copy of it."""
    shutil.copytree(worked.folder, tmp_path / "laptop")
    return Indoors(tmp_path / "laptop")


def spoken(laptop: Laptop, *arguments: str) -> str:
    """What a command says to people."""
    return Indoors.finished([word for word in laptop.command(*arguments) if word != "--json"]).out


def damaged(laptop: Laptop, start: int, length: int = 64) -> None:
    with (laptop.data / "payung.db").open("r+b") as file:
        file.seek(start)
        file.write(b"\xff" * length)


def codes(document: dict[str, Any]) -> set[str]:
    return {finding["code"] for finding in document["findings"]}


def test_a_backup_goes_to_another_folder_and_comes_back(laptop: Laptop, tmp_path: Path) -> None:
    file = tmp_path / "copy.payung-backup"

    made = laptop.run("backup", str(file))
    other = prepared(tmp_path / "other", Indoors)
    back = other.run("restore", str(file))

    assert made.code == back.code == 0, back.err
    assert made.document["records"] == back.document["records"] == 40
    assert made.document["bytes"] == file.stat().st_size
    assert (back.document["device"], back.document["aside"]) == (None, None)
    status = other.run("status").document
    assert (status["records"], status["pending"]) == (40, 40)
    assert "room.kit" in codes(status)
    sync = other.run("sync")
    assert (sync.code, sync.document["error"]["code"]) == (1, "store.kit_needed")
    printed = other.run("certificates", "--all", "--out", str(tmp_path / "a.pdf"))
    assert printed.document["error"]["code"] == "store.kit_needed"
    assert not (tmp_path / "a.pdf").exists()
    assert "payung adopt" in spoken(other, "status")


def test_wrong_use_of_backup_and_restore_is_told(laptop: Laptop, tmp_path: Path) -> None:
    file = tmp_path / "copy.payung-backup"
    laptop.run("backup", str(file))
    for arguments, code in (
        (("backup", str(file)), "backup.exists"),
        (("backup", str(tmp_path / "none" / "a")), "cli.out"),
        (("restore", str(tmp_path / "none")), "cli.file"),
        (("restore", str(file)), "store.vault_exists"),
        (("restore", str(laptop.passphrase_file), "--aside"), "backup.not_one"),
        (("restore", str(file), "--aside", "--vault", "x"), "cli.usage.value"),
        (("restore", str(file), "--aside", "--vault", "01a20541-e1ff-7e97-a74a-c521c9326a6d"), "backup.foreign"),
    ):
        answer = laptop.run(*arguments)
        assert answer.document["error"]["code"] == code
        assert answer.code in {2, 6}
    assert laptop.run("check").document["sound"]


def test_a_damaged_laptop_is_told_shown_and_restored_beside_what_is_left(laptop: Laptop, tmp_path: Path) -> None:
    file = tmp_path / "copy.payung-backup"
    laptop.run("backup", str(file))
    damaged(laptop, 1000, 3000)

    checked = laptop.run("check")
    salvaged = laptop.run("salvage", "--out", str(tmp_path / "saved"))
    back = laptop.run("restore", str(file), "--aside")

    assert checked.code == 5
    assert {"check.database_page", "check.no_backup"} <= codes(checked.document)
    assert salvaged.code == 0, salvaged.out
    assert (salvaged.document["saved"], salvaged.document["lost"], salvaged.document["needs_kit"]) == (40, [], True)
    assert back.code == 0
    assert Path(back.document["aside"]).is_dir()
    assert laptop.run("check").document["records"] == 40


def test_a_salvage_names_what_is_lost_by_ids_alone(laptop: Laptop, tmp_path: Path) -> None:
    size = (laptop.data / "payung.db").stat().st_size
    for start in range(4096 * 6, size, 4096 * 3):
        damaged(laptop, start)

    answer = laptop.run("salvage", "--out", str(tmp_path / "saved"))

    said = answer.document
    if "error" in said:
        assert said["error"]["code"] == "store.beyond_salvage"
        return
    assert said["saved"] + len(said["lost"]) <= 40
    assert "PETUGAS" not in answer.out + answer.err
    saved = Indoors(laptop.folder)
    assert saved.run("check", "--data", str(tmp_path / "saved")).document["sound"]


def test_a_laptop_without_its_key_file_is_told_what_to_do(laptop: Laptop) -> None:
    for name in ("vault.json", "vault.json.1"):
        (laptop.data / name).unlink()

    answer = laptop.run("check")

    assert answer.code == 5
    assert codes(answer.document) == {"check.vault_missing", "check.no_backup"}
    assert "jangan siapkan ulang" in spoken(laptop, "check").lower()


def test_status_and_roster_look_at_a_damaged_store(worked: Laptop, tmp_path: Path) -> None:
    looked = 0
    size = (worked.data / "payung.db").stat().st_size
    for page in range(8, size // 4096, 6):
        folder = tmp_path / f"copy-{page}"
        shutil.copytree(worked.folder, folder)
        laptop = Indoors(folder)
        damaged(laptop, page * 4096 + 100)
        answer = laptop.run("roster", "--tps", "1")
        assert answer.code in {0, 5}, answer.err
        looked += answer.code == 0
    assert looked > 0
