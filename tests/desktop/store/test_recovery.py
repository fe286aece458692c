"""A forgotten passphrase or a lost vault file: the office opens the way, and nothing is ever made over the data."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.store import audit, custody, durable, enrolments, header, operators, outbox, recovery, vault
from desktop.store.audit import Action
from desktop.store.database import Store, check
from desktop.store.errors import (
    Damaged,
    DatabaseMissing,
    UnknownOperator,
    VaultExists,
    VaultMissing,
    VaultReplayed,
    WeakPassphrase,
    WrongPassphrase,
)
from desktop.store.vault import DATABASE_NAME, Role, Unlocked
from sync import recovery as wire
from sync.envelope import key_id
from sync.recovery import AnswerForeign
from tests.desktop.store.officers import officers
from tests.desktop.store.offices import Office
from tests.desktop.store.test_operators import DOMI, DOMIS, SITI, SITIS, deeds
from tests.laptops import OPERATOR, PASSPHRASE

NEW = "kain tenun sabu raijua"
Answered = Callable[[str], bytes]


@pytest.fixture
def worked(folder: Path, unlocked: Unlocked) -> Path:
    """The laptop with two operators and officers who wait to be sent."""
    with Store.open(folder, unlocked) as store:
        operators.add(store, name=SITI, role=Role.OPERATOR, passphrase=SITIS)
        enrolments.save_many(store, officers(9))
    return folder


@pytest.fixture
def answered(worked: Path, office: Office) -> Answered:
    """Asks on the laptop and has the office answer."""

    def ask(operator: str) -> bytes:
        return answer(recovery.ask(worked, operator=operator).data, office)

    return ask


def answer(request: bytes, office: Office) -> bytes:
    return wire.answer(request, intake=office.intake, reply=office.reply, at=datetime.now(UTC))


def test_the_slot_stands_in_the_vault_file_and_beside_it(worked: Path) -> None:
    kept = header.read(worked)
    assert kept.newest is not None

    assert recovery.held_by(kept.newest) == recovery.kept(worked)
    assert kept.newest == kept.older
    assert stat.S_IMODE((worked / recovery.NAME).stat().st_mode) == 0o600


def test_who_forgot_comes_back_with_a_new_passphrase_and_all_data(worked: Path, answered: Answered) -> None:
    operator = operators.recover(worked, answered(SITI), passphrase=NEW)

    assert (operator.name, operator.role) == (SITI, Role.OPERATOR)
    again = vault.unlock(worked, operator=SITI, passphrase=NEW)
    with Store.open(worked, again) as store:
        assert (enrolments.counts(store)["ready"], outbox.status(store).pending) == (9, 9)
        assert check(store).sound
        assert deeds(store).count(Action.RECOVERED.value) == 1
        assert audit.verify(store).broken_at is None
    with pytest.raises(WrongPassphrase):
        vault.unlock(worked, operator=SITI, passphrase=SITIS)
    assert vault.unlock(worked, operator=OPERATOR, passphrase=PASSPHRASE).role is Role.KETUA
    assert not (worked / recovery.REQUEST_NAME).exists()


def test_the_private_key_of_a_request_is_its_owners_and_goes_when_it_has_served(
    worked: Path, answered: Answered
) -> None:
    replied = answered(SITI)
    path = worked / recovery.REQUEST_NAME
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "private" in path.read_text()

    operators.recover(worked, replied, passphrase=NEW)

    assert "private" not in path.read_text()


def test_an_answer_serves_once(worked: Path, answered: Answered) -> None:
    replied = answered(SITI)
    operators.recover(worked, replied, passphrase=NEW)

    with pytest.raises(recovery.NotAsked):
        operators.recover(worked, replied, passphrase="lain lagi kata sandinya")
    Store.open(worked, vault.unlock(worked, operator=SITI, passphrase=NEW)).close()
    recovery.ask(worked, operator=SITI)
    with pytest.raises(AnswerForeign):
        operators.recover(worked, replied, passphrase="lain lagi kata sandinya")


def test_asked_again_it_is_the_same_request_so_an_answer_on_its_way_stays_good(worked: Path, office: Office) -> None:
    first = recovery.ask(worked, operator=SITI)
    replied = answer(first.data, office)

    assert recovery.ask(worked, operator=f" {SITI} ").data == first.data
    operators.recover(worked, replied, passphrase=NEW)


def test_an_answer_for_another_request_changes_nothing(worked: Path, office: Office, answered: Answered) -> None:
    replied = answered(SITI)
    recovery.ask(worked, operator=OPERATOR)
    before = (worked / header.NAME).read_bytes()

    with pytest.raises(AnswerForeign):
        operators.recover(worked, replied, passphrase=NEW)
    with pytest.raises(AnswerForeign):
        operators.recover(worked, answer_of(Office(), worked), passphrase=NEW)

    assert (worked / header.NAME).read_bytes() == before


def answer_of(office: Office, folder: Path) -> bytes:
    """What an office with other keys would answer, had it been able to open the slot."""
    asked = wire.read_request(recovery.ask(folder, operator=OPERATOR).data)
    forged = wire.Request(
        vault=asked.vault,
        device=asked.device,
        operator=asked.operator,
        office=key_id(office.intake_public),
        sealed=wire.seal_slot((bytes(32),), to=office.intake_public, vault=asked.vault, device=asked.device),
        ephemeral=asked.ephemeral,
        at=asked.at,
    )
    return answer(forged.encode(), office)


def test_a_weak_new_passphrase_leaves_the_answer_good(worked: Path, answered: Answered) -> None:
    replied = answered(SITI)
    with pytest.raises(WeakPassphrase):
        operators.recover(worked, replied, passphrase="12345678")

    operators.recover(worked, replied, passphrase=NEW)


def test_without_the_vault_file_the_data_stay_and_the_office_brings_the_key_back(
    worked: Path, answered: Answered
) -> None:
    before = (worked / DATABASE_NAME).read_bytes()
    for name in (header.NAME, header.OLDER):
        (worked / name).unlink()
    with pytest.raises(VaultMissing):
        vault.unlock(worked, passphrase=PASSPHRASE)
    with pytest.raises(VaultExists):
        vault.create(worked, operator=OPERATOR, passphrase=PASSPHRASE)
    assert (worked / DATABASE_NAME).read_bytes() == before

    operator = operators.recover(worked, answered(OPERATOR), passphrase=NEW)

    assert operator.role is Role.KETUA
    with Store.open(worked, vault.unlock(worked, operator=OPERATOR, passphrase=NEW)) as store:
        assert enrolments.counts(store)["ready"] == 9
        assert check(store).sound
        operators.add(store, name=SITI, role=Role.OPERATOR, passphrase=SITIS)
    Store.open(worked, vault.unlock(worked, operator=SITI, passphrase=SITIS)).close()


def test_damaged_vault_files_are_kept_aside(worked: Path, answered: Answered) -> None:
    for name in (header.NAME, header.OLDER):
        (worked / name).write_bytes(b"\x00" * 700)
    with pytest.raises(Damaged):
        vault.unlock(worked, passphrase=PASSPHRASE)

    operators.recover(worked, answered(OPERATOR), passphrase=NEW)

    assert (worked / f"{header.NAME}.damaged").read_bytes() == b"\x00" * 700
    Store.open(worked, vault.unlock(worked, passphrase=NEW)).close()


def test_with_the_vault_file_lost_after_removals_old_and_new_keys_come_back(
    worked: Path, unlocked: Unlocked, answered: Answered
) -> None:
    with Store.open(worked, unlocked) as store:
        operators.add(store, name=DOMI, role=Role.KETUA, passphrase=DOMIS)
        once = operators.remove(store, SITI)
        operators.remove(once, DOMI).close()
    for name in (header.NAME, header.OLDER):
        (worked / name).unlink()

    operators.recover(worked, answered(OPERATOR), passphrase=NEW)

    again = vault.unlock(worked, passphrase=NEW)
    assert len(again.past_database_keys()) == 2
    assert again.past_database_keys()[1] == unlocked.database_key
    with Store.open(worked, again) as store:
        assert audit.verify(store).broken_at is None


def test_a_removal_cut_short_and_the_vault_file_lost_is_still_recovered(
    worked: Path, unlocked: Unlocked, answered: Answered
) -> None:
    with Store.open(worked, unlocked) as store:
        kept = custody.genuine(worked, unlocked)
        assert kept is not None
        gone = next(slot for slot in kept.slots if slot.name == SITI)
        operators._staged(store, kept, tuple(slot for slot in kept.slots if slot is not gone), gone.operator)
    for name in (header.NAME, header.OLDER):
        (worked / name).unlink()

    operators.recover(worked, answered(OPERATOR), passphrase=NEW)

    with Store.open(worked, vault.unlock(worked, passphrase=NEW)) as store:
        assert enrolments.counts(store)["ready"] == 9


def test_an_old_vault_file_put_back_is_overcome_by_the_office(
    worked: Path, unlocked: Unlocked, answered: Answered
) -> None:
    old = (worked / header.NAME).read_bytes()
    with Store.open(worked, unlocked) as store:
        operators.change_passphrase(store, old=PASSPHRASE, new=NEW)
    for name in (header.NAME, header.OLDER):
        (worked / name).write_bytes(old)
    with pytest.raises(VaultReplayed):
        Store.open(worked, vault.unlock(worked, operator=OPERATOR, passphrase=PASSPHRASE))

    operators.recover(worked, answered(OPERATOR), passphrase="gong waingapu kuda sandel")

    Store.open(worked, vault.unlock(worked, operator=OPERATOR, passphrase="gong waingapu kuda sandel")).close()


def test_an_old_slot_from_before_a_removal_brings_nobody_in(
    worked: Path, unlocked: Unlocked, office: Office, tmp_path: Path
) -> None:
    old = tmp_path / "old"
    shutil.copytree(worked, old)
    request = recovery.ask(old, operator=SITI)
    with Store.open(worked, unlocked) as store:
        operators.remove(store, SITI).close()
    shutil.copy(old / recovery.REQUEST_NAME, worked / recovery.REQUEST_NAME)

    with pytest.raises(AnswerForeign):
        operators.recover(worked, answer(request.data, office), passphrase=NEW)
    with pytest.raises(UnknownOperator):
        vault.unlock(worked, operator=SITI, passphrase=NEW)


def test_without_a_database_the_key_alone_makes_nothing(worked: Path, answered: Answered) -> None:
    for name in (header.NAME, header.OLDER, DATABASE_NAME):
        (worked / name).unlink()

    with pytest.raises(DatabaseMissing):
        operators.recover(worked, answered(OPERATOR), passphrase=NEW)
    assert not (worked / DATABASE_NAME).exists()


def test_with_neither_vault_file_nor_slot_only_a_backup_is_left(worked: Path) -> None:
    for name in (header.NAME, header.OLDER):
        (worked / name).unlink()
    durable.write(worked / recovery.NAME, b"{}")

    with pytest.raises(recovery.NoRecoverySlot):
        recovery.ask(worked, operator=OPERATOR)


def test_a_lost_slot_file_is_written_again_by_the_next_opening(worked: Path, unlocked: Unlocked) -> None:
    before = (worked / recovery.NAME).read_bytes()
    (worked / recovery.NAME).unlink()

    Store.open(worked, unlocked).close()

    assert (worked / recovery.NAME).read_bytes() == before


def test_the_office_that_opens_the_slot_sees_neither_records_nor_passphrases(worked: Path, office: Office) -> None:
    asked = recovery.ask(worked, operator=SITI)

    assert PASSPHRASE.encode() not in asked.data
    assert len(wire.to_text(asked.data)) < 700  # a QR code that a phone reads from the screen
