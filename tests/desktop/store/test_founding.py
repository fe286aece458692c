"""A laptop set up from its kit: whole or not at all, whenever the power fails."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from desktop.store import archive, blank, founding, header, mending, recovery, restoring, vault
from desktop.store.database import Store
from desktop.store.errors import Locked, NotSetUp, VaultExists, WeakPassphrase
from tests.laptops import OPERATOR, PASSPHRASE, kit

KIT = kit(stations=3)
DISK = ("os.rename", "os.remove", "os.mkdir", "os.rmdir")
KILLED = 137


def staged(folder: Path, name: str = OPERATOR) -> Store:
    return founding.stage(folder, operator=name, passphrase=PASSPHRASE, kit=KIT)


def set_up(folder: Path) -> None:
    with staged(folder) as store:
        made = store.unlocked.vault_id
    founding.settle(folder, made)


def killed_at(step: int, work: Callable[[], None]) -> bool:
    """Do the work in a process that dies before the disk is told that many things; whether it died."""
    process = os.fork()
    if process == 0:
        seen = 0

        def count(event: str, _given: object) -> None:
            nonlocal seen
            if event in DISK:
                seen += 1
                if seen > step:
                    os._exit(KILLED)

        sys.addaudithook(count)
        try:
            work()
        except BaseException:  # noqa: BLE001 - told by the exit code
            os._exit(1)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    assert code in {0, KILLED}
    return code == KILLED


def opens(folder: Path) -> bool:
    """Whether a laptop stands here that is whole; False when none stands at all."""
    if founding.unfinished(folder):
        founding.finish(folder)
    if blank.is_blank(folder):
        with pytest.raises(NotSetUp):
            vault.operators(folder)
        return False
    unlocked = vault.unlock(folder, operator=OPERATOR, passphrase=PASSPHRASE)
    with Store.open(folder, unlocked) as store:
        assert len(store.tps) == 3
    assert list((folder / founding.STAGING).glob("*")) == []
    return True


def test_a_laptop_is_set_up_in_its_folder_with_nothing_left_beside(tmp_path: Path) -> None:
    set_up(tmp_path)

    assert opens(tmp_path)
    recovery.slot(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} >= {header.NAME, header.OLDER, header.DATABASE_NAME}


def test_what_was_staged_and_not_settled_leaves_the_folder_blank(tmp_path: Path) -> None:
    staged(tmp_path).close()

    assert blank.is_blank(tmp_path)
    assert not vault.is_set_up(tmp_path)
    founding.abandon(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == []


def test_a_second_try_takes_the_place_of_the_first(tmp_path: Path) -> None:
    with staged(tmp_path, "Orang Lain") as store:
        before = store.unlocked.vault_id
    set_up(tmp_path)

    assert opens(tmp_path)
    assert [one.name for one in vault.operators(tmp_path)] == [OPERATOR]
    with pytest.raises(VaultExists):
        founding.settle(tmp_path, before)


def test_two_windows_at_the_same_folder_do_not_settle_each_others_laptop(tmp_path: Path) -> None:
    first = staged(tmp_path)
    with pytest.raises(Locked):
        staged(tmp_path)
    first.close()
    staged(tmp_path).close()
    with pytest.raises(Locked):
        founding.settle(tmp_path, first.unlocked.vault_id)
    assert blank.is_blank(tmp_path)


def test_a_weak_passphrase_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(WeakPassphrase):
        founding.stage(tmp_path, operator=OPERATOR, passphrase="123456", kit=KIT)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_anywhere_the_folder_holds_a_whole_laptop_or_none(tmp_path: Path) -> None:
    step, outcomes = 0, []
    while True:
        folder = tmp_path / str(step)
        folder.mkdir()
        died = killed_at(step, partial(set_up, folder))
        outcomes.append(opens(folder))
        if not outcomes[-1] and step % 7 == 0:
            set_up(folder)
            assert opens(folder)
        if not died:
            break
        step += 1

    assert step > 8
    assert outcomes == sorted(outcomes), "once a laptop stands, a later kill does not take it away"
    assert outcomes[0] is False
    assert outcomes[-1] is True


def test_a_laptop_that_came_from_elsewhere_meanwhile_is_left_alone(tmp_path: Path) -> None:
    staged(tmp_path).close()
    (tmp_path / founding.STAGING / "whole").write_bytes(b"1\n")
    (tmp_path / header.NAME).write_bytes(b"another laptop's")

    founding.finish(tmp_path)

    assert (tmp_path / header.NAME).read_bytes() == b"another laptop's"
    assert [path.name for path in tmp_path.iterdir() if path.name != "lock"] == [header.NAME]


@pytest.mark.parametrize("name", [*blank.STORE, *blank.UNDER_WAY, "backups/x.payung-backup"])
def test_a_folder_with_anything_of_a_laptop_in_it_is_not_blank(tmp_path: Path, name: str) -> None:
    assert blank.is_blank(tmp_path)
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(b"")
    assert not blank.is_blank(tmp_path)


def test_the_names_of_what_is_not_blank_are_those_the_store_uses() -> None:
    assert set(blank.STORE) == {
        header.NAME,
        header.OLDER,
        header.DATABASE_NAME,
        header.RECOVERY_NAME,
        recovery.REQUEST_NAME,
    }
    staging = (founding.STAGING, restoring.STAGING, mending.STAGING)
    assert [name.partition("/")[0] for name in blank.UNDER_WAY] == list(staging)
    assert blank.BACKUPS == archive.FOLDER_NAME
