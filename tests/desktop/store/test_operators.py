"""Several people on one laptop: who may come in, who no longer, and what their keys open."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.store import audit, connection, custody, enrolments, generation, header, operators, outbox, vault
from desktop.store.audit import Action
from desktop.store.database import Store, check
from desktop.store.errors import (
    Damaged,
    DiskFull,
    UnknownOperator,
    VaultReplayed,
    WeakPassphrase,
    WrongPassphrase,
)
from desktop.store.outbox import StoreOutbox
from desktop.store.statements import Query
from desktop.store.tables import AuditEntry
from desktop.store.vault import DATABASE_NAME, Role, Unlocked
from tests.conftest import ROOT
from tests.desktop.store.officers import officer, officers
from tests.desktop.store.test_vault import content, write
from tests.laptops import OPERATOR, PASSPHRASE

SITI, SITIS = "Siti Benu", "gamelan angkut tenun rembulan"
DOMI, DOMIS = "Domi Lay", "perahu kemiri lontong sasando"

REMOVE = """
import sys
from pathlib import Path
from desktop.store import operators, vault
from desktop.store.database import Store
folder = Path(sys.argv[1])
store = Store.open(folder, vault.unlock(folder, operator=sys.argv[2], passphrase=sys.argv[3]))
print("open", flush=True)
sys.stdin.readline()
operators.remove(store, sys.argv[4]).close()
print("removed", flush=True)
"""


@pytest.fixture
def shared(folder: Path, unlocked: Unlocked) -> Path:
    """The laptop with three operators and officers who wait to be sent."""
    with Store.open(folder, unlocked) as store:
        operators.add(store, name=SITI, role=Role.OPERATOR, passphrase=SITIS)
        operators.add(store, name=DOMI, role=Role.KETUA, passphrase=DOMIS)
        enrolments.save_many(store, officers(20))
    return folder


def deeds(store: Store) -> list[str]:
    """The actions of the audit, in order."""
    from sqlalchemy import select  # noqa: PLC0415

    with store.reading() as work:
        return [row[0] for row in work.all(Query(select(AuditEntry.action).order_by(AuditEntry.number)))]


def test_everyone_has_a_passphrase_and_a_signing_key_of_his_own(shared: Path, unlocked: Unlocked) -> None:
    siti = vault.unlock(shared, operator=SITI, passphrase=SITIS)

    assert siti.database_key == unlocked.database_key
    assert siti.signing_key.private_bytes_raw() != unlocked.signing_key.private_bytes_raw()
    assert (siti.operator, siti.role) == (SITI, Role.OPERATOR)
    assert [one.name for one in vault.operators(shared)] == [OPERATOR, SITI, DOMI]
    with pytest.raises(WrongPassphrase):
        vault.unlock(shared, operator=SITI, passphrase=PASSPHRASE)


def test_what_a_colleague_saves_is_signed_by_him_and_the_audit_holds(shared: Path) -> None:
    siti = vault.unlock(shared, operator=SITI, passphrase=SITIS)
    with Store.open(shared, siti) as store:
        saved = enrolments.save(store, officer(tps=9))
        sealed = StoreOutbox(store, siti).next_batch(100)

        assert saved.state.value == "ready"
        assert sealed is not None
        assert audit.verify(store).broken_at is None
        assert deeds(store).count(Action.OPERATOR_ADDED.value) == 2


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "a\nb\x00c"])
def test_a_name_that_is_none_is_refused(store: Store, name: str) -> None:
    with pytest.raises(operators.OperatorNameMissing):
        operators.add(store, name=name, role=Role.OPERATOR, passphrase=SITIS)


def test_the_same_name_twice_a_weak_passphrase_and_the_own_name_are_refused(store: Store) -> None:
    with pytest.raises(operators.OperatorExists):
        operators.add(store, name=f"  {OPERATOR.upper()} ", role=Role.OPERATOR, passphrase=SITIS)
    for weak in ("1234567890", "kopi", "sitibenu12", "Rahasia123", "aaaaaaaaaaaa"):
        with pytest.raises(WeakPassphrase):
            operators.add(store, name=SITI, role=Role.OPERATOR, passphrase=weak)
    assert len(vault.operators(store.folder)) == 1


def test_only_a_ketua_says_who_comes_in(shared: Path) -> None:
    siti = vault.unlock(shared, operator=SITI, passphrase=SITIS)
    with Store.open(shared, siti) as store:
        with pytest.raises(operators.NotKetua):
            operators.add(store, name="Orang Baru", role=Role.OPERATOR, passphrase=DOMIS)
        with pytest.raises(operators.NotKetua):
            operators.remove(store, DOMI)


def test_nobody_removes_himself_so_a_ketua_always_stays(store: Store) -> None:
    with pytest.raises(operators.OwnSlot):
        operators.remove(store, OPERATOR)
    with pytest.raises(UnknownOperator):
        operators.remove(store, "Orang Lain")


def test_who_is_removed_opens_nothing_any_more_and_all_others_do(shared: Path, unlocked: Unlocked) -> None:
    old_vault = shared.parent / "old"
    shutil.copytree(shared, old_vault)
    with Store.open(shared, unlocked) as store, operators.remove(store, SITI) as renewed:
        assert renewed.unlocked.database_key != unlocked.database_key
        assert enrolments.counts(renewed)["ready"] == 20

    with pytest.raises(UnknownOperator):
        vault.unlock(shared, operator=SITI, passphrase=SITIS)
    for name in (header.NAME, header.OLDER):
        assert SITI not in (shared / name).read_text()
    for name, passphrase in ((OPERATOR, PASSPHRASE), (DOMI, DOMIS)):
        again = vault.unlock(shared, operator=name, passphrase=passphrase)
        with Store.open(shared, again) as store:
            assert check(store).sound
            assert deeds(store).count(Action.OPERATOR_REMOVED.value) == 1
    shutil.copy(old_vault / header.NAME, shared / header.NAME)
    shutil.copy(old_vault / header.NAME, shared / header.OLDER)
    with pytest.raises(Damaged):
        Store.open(shared, vault.unlock(shared, operator=SITI, passphrase=SITIS))


def test_copies_from_before_a_removal_open_with_the_keys_kept(shared: Path, unlocked: Unlocked) -> None:
    shutil.copy(shared / DATABASE_NAME, shared / "copy.db")
    with Store.open(shared, unlocked) as store:
        once = operators.remove(store, SITI)
        operators.remove(once, DOMI).close()

    again = vault.unlock(shared, passphrase=PASSPHRASE)

    assert len(again.past_database_keys()) == 2
    connection.opened(shared / "copy.db", again.past_database_keys()[1]).close()
    with Store.open(shared, again) as store:
        assert audit.verify(store).broken_at is None


def test_somebody_away_during_two_removals_comes_back_with_his_passphrase(shared: Path, unlocked: Unlocked) -> None:
    with Store.open(shared, unlocked) as store:
        operators.add(store, name="Rani Tode", role=Role.PENGAWAS, passphrase="tenun ikat pantai barat")
        once = operators.remove(store, SITI)
        operators.remove(once, DOMI).close()

    rani = vault.unlock(shared, operator="Rani Tode", passphrase="tenun ikat pantai barat")

    Store.open(shared, rani).close()
    assert all("steps" not in slot or slot["name"] != "Rani Tode" for slot in content(shared)["slots"])
    assert vault.unlock(shared, operator="Rani Tode", passphrase="tenun ikat pantai barat").role is Role.PENGAWAS


def _pending(shared: Path, unlocked: Unlocked) -> None:
    """The removal as it stands before the database has its new key."""
    with Store.open(shared, unlocked) as store:
        kept = custody.genuine(shared, unlocked)
        assert kept is not None
        gone = next(slot for slot in kept.slots if slot.name == SITI)
        staying = tuple(slot for slot in kept.slots if slot is not gone)
        operators._staged(store, kept, staying, gone.operator)


def test_a_removal_that_never_reached_the_database_is_finished_by_the_next_opening(
    shared: Path, unlocked: Unlocked
) -> None:
    _pending(shared, unlocked)
    domi = vault.unlock(shared, operator=DOMI, passphrase=DOMIS)
    assert domi.replaced == unlocked.database_key

    with Store.open(shared, domi) as store:
        assert check(store).sound
        assert deeds(store).count(Action.OPERATOR_REMOVED.value) == 1

    with pytest.raises(Damaged):
        connection.opened(shared / DATABASE_NAME, unlocked.database_key)
    assert vault.unlock(shared, passphrase=PASSPHRASE).replaced is None


def test_while_the_disk_refuses_the_new_key_the_old_one_serves(
    shared: Path, unlocked: Unlocked, monkeypatch: pytest.MonkeyPatch
) -> None:
    _pending(shared, unlocked)

    def full(*_: object) -> None:
        raise DiskFull

    with monkeypatch.context() as patched:
        patched.setattr(custody, "_rekey", full)
        with Store.open(shared, vault.unlock(shared, passphrase=PASSPHRASE)) as store:
            assert enrolments.counts(store)["ready"] == 20
            with pytest.raises(DiskFull):
                operators.add(store, name="Orang Baru", role=Role.OPERATOR, passphrase=SITIS)
    with Store.open(shared, vault.unlock(shared, passphrase=PASSPHRASE)) as store:
        assert store.unlocked.replaced is None
        assert check(store).sound


def test_a_look_at_an_interrupted_removal_changes_nothing(shared: Path, unlocked: Unlocked) -> None:
    _pending(shared, unlocked)
    before = (shared / DATABASE_NAME).read_bytes()

    with Store.open(shared, vault.unlock(shared, passphrase=PASSPHRASE), read_only=True) as store:
        assert enrolments.counts(store)["ready"] == 20
    assert (shared / DATABASE_NAME).read_bytes() == before


@pytest.mark.slow
def test_killed_at_any_moment_of_a_removal_nothing_is_lost(shared: Path, tmp_path: Path) -> None:
    finished = 0
    for number in range(16):
        folder = tmp_path / f"try{number}"
        shutil.copytree(shared, folder)
        command = [sys.executable, "-c", REMOVE, str(folder), OPERATOR, PASSPHRASE, SITI]
        with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            assert process.stdout.readline() == b"open\n"
            process.stdin.write(b"\n")
            process.stdin.flush()
            _kill_after(process, number * 0.006 if number < 15 else 60)  # the last one may come to its end
        for name, passphrase in ((DOMI, DOMIS), (OPERATOR, PASSPHRASE)):
            with Store.open(folder, vault.unlock(folder, operator=name, passphrase=passphrase)) as store:
                assert check(store).sound
                assert enrolments.counts(store)["ready"] == 20
                assert store.unlocked.replaced is None
        finished += SITI not in {one.name for one in vault.operators(folder)}
        shutil.rmtree(folder)

    assert finished > 0


def _kill_after(process: subprocess.Popen[bytes], seconds: float) -> None:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()


def test_a_new_passphrase_opens_the_old_data_and_the_old_one_nothing(shared: Path, unlocked: Unlocked) -> None:
    with Store.open(shared, unlocked) as store:
        operators.change_passphrase(store, old=PASSPHRASE, new="kain tenun sabu raijua")

    again = vault.unlock(shared, operator=OPERATOR, passphrase="kain tenun sabu raijua")

    assert again.signing_key.private_bytes_raw() == unlocked.signing_key.private_bytes_raw()
    with Store.open(shared, again) as store:
        status = outbox.status(store)
        assert (status.pending, enrolments.counts(store)["ready"]) == (20, 20)
        assert StoreOutbox(store, again).next_batch(100) is not None
        assert audit.verify(store).broken_at is None
    with pytest.raises(WrongPassphrase):
        vault.unlock(shared, operator=OPERATOR, passphrase=PASSPHRASE)
    (shared / header.NAME).unlink()
    with pytest.raises(WrongPassphrase):
        vault.unlock(shared, operator=OPERATOR, passphrase=PASSPHRASE)


def test_a_passphrase_is_changed_only_by_who_knows_it(shared: Path, unlocked: Unlocked) -> None:
    with Store.open(shared, unlocked) as store:
        with pytest.raises(WrongPassphrase):
            operators.change_passphrase(store, old=SITIS, new="kain tenun sabu raijua")
        with pytest.raises(WeakPassphrase):
            operators.change_passphrase(store, old=PASSPHRASE, new="123456789012")


def _raise_role(slot: dict[str, Any]) -> None:
    slot["role"] = "ketua"


def _rename(slot: dict[str, Any]) -> None:
    slot["name"] = "Kepala Kantor"


def _weaken(slot: dict[str, Any]) -> None:
    slot["kdf"]["passes"] = 4 if slot["kdf"]["passes"] == 3 else 3


def _take_seal_key(slot: dict[str, Any]) -> None:
    slot["seal_public"] = "A" * 43 + "="


@pytest.mark.parametrize("alter", [_raise_role, _rename, _weaken, _take_seal_key])
def test_an_operators_altered_slot_opens_nothing(shared: Path, alter: Any) -> None:  # noqa: ANN401
    for name in (header.NAME, header.OLDER):
        changed = content(shared, name)
        alter(changed["slots"][1])
        write(shared, changed, name)

    asked = content(shared)["slots"][1]["name"]
    with pytest.raises((Damaged, WrongPassphrase)):
        vault.unlock(shared, operator=asked, passphrase=SITIS)
    with pytest.raises(Damaged):
        vault.unlock(shared, operator=OPERATOR, passphrase=PASSPHRASE)


def test_a_slot_taken_out_swapped_or_put_back_is_refused(shared: Path, unlocked: Unlocked) -> None:
    before = content(shared)
    with Store.open(shared, unlocked) as store:
        operators.change_passphrase(store, old=PASSPHRASE, new="kain tenun sabu raijua")
    after = content(shared)
    attacks = {
        "taken out": [slot for slot in after["slots"] if slot.get("name") != SITI],
        "office's taken out": [slot for slot in after["slots"] if slot["kind"] != "recovery"],
        "order": [after["slots"][1], after["slots"][0], *after["slots"][2:]],
        "put back": [before["slots"][0], *after["slots"][1:]],
    }
    for attacked in attacks.values():
        for name in (header.NAME, header.OLDER):
            write(shared, {**after, "slots": attacked}, name)
        with pytest.raises((Damaged, WrongPassphrase)):
            vault.unlock(shared, operator=OPERATOR, passphrase="kain tenun sabu raijua")


def test_a_whole_older_vault_file_is_noticed_by_the_database(shared: Path, unlocked: Unlocked) -> None:
    old = (shared / header.NAME).read_bytes()
    with Store.open(shared, unlocked) as store:
        operators.change_passphrase(store, old=PASSPHRASE, new="kain tenun sabu raijua")
        with store.reading() as work:
            assert generation.latest(work) == content(shared)["generation"]
    for name in (header.NAME, header.OLDER):
        (shared / name).write_bytes(old)

    with pytest.raises(VaultReplayed):
        Store.open(shared, vault.unlock(shared, operator=OPERATOR, passphrase=PASSPHRASE))


def test_a_step_of_somebody_elses_making_leads_nowhere(shared: Path, unlocked: Unlocked) -> None:
    with Store.open(shared, unlocked) as store:
        operators.remove(store, SITI).close()
    changed = content(shared)
    domi = next(slot for slot in changed["slots"] if slot.get("name") == DOMI)
    domi["steps"] = [domi["steps"][0][:-8] + "AAAAAAA="]
    for name in (header.NAME, header.OLDER):
        write(shared, changed, name)

    with pytest.raises(Damaged):
        vault.unlock(shared, operator=DOMI, passphrase=DOMIS)


def test_a_vault_of_the_first_version_opens_and_is_brought_up_to_date(folder: Path, unlocked: Unlocked) -> None:
    from desktop.store.keys import Kdf, boxed, derived  # noqa: PLC0415

    kept = custody.genuine(folder, unlocked)
    assert kept is not None
    bare = replace(kept.slots[0], role="supervisor", seal_public=b"", kdf=Kdf(salt=bytes(16)))
    key = bare.kdf.key(PASSPHRASE)
    first = replace(
        bare,
        master_box=boxed(derived(key, "master"), unlocked.master_key, bare.bound_to(kept.vault, "master")),
        signing_box=boxed(
            derived(key, "signing"), unlocked.signing_key.private_bytes_raw(), bare.bound_to(kept.vault, "signing")
        ),
    )
    made = header.Header(vault=kept.vault, generation=1, slots=(first,), version=1)
    header.settle(folder, made.sealed(derived(unlocked.master_key, "header")))
    assert content(folder)["payung_vault"] == 1
    assert "steps" not in json.dumps(content(folder))

    again = vault.unlock(folder, passphrase=PASSPHRASE)

    assert (again.role, again.database_key) == (Role.KETUA, unlocked.database_key)
    assert content(folder)["payung_vault"] == header.VERSION
    assert content(folder)["slots"][0]["seal_public"]
    Store.open(folder, again).close()
