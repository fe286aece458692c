"""The vault: who gets the keys, and who does not."""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from desktop.store import header, keys, vault
from desktop.store.errors import (
    Damaged,
    NotSetUp,
    StoreError,
    TooNew,
    UnknownOperator,
    VaultExists,
    WeakPassphrase,
    WrongPassphrase,
)
from desktop.store.vault import Role, Unlocked
from tests.laptops import OPERATOR, PASSPHRASE


def content(folder: Path, name: str = header.NAME) -> Any:  # noqa: ANN401
    return json.loads((folder / name).read_text())


def write(folder: Path, changed: dict[str, Any], name: str = header.NAME) -> None:
    """The header as somebody who knows the format would write it: with the right checksum."""
    changed.pop("checksum", None)
    plain = json.dumps(changed, sort_keys=True, separators=(",", ":")).encode()
    (folder / name).write_text(json.dumps(changed | {"checksum": hashlib.sha256(plain).hexdigest()}))


def test_the_passphrase_gives_the_same_keys_again(folder: Path, unlocked: Unlocked) -> None:
    again = vault.unlock(folder, operator=OPERATOR, passphrase=PASSPHRASE)

    assert again.database_key == unlocked.database_key
    assert again.audit_key == unlocked.audit_key
    assert again.signing_key.private_bytes_raw() == unlocked.signing_key.private_bytes_raw()
    assert (again.operator, again.role, again.repaired) == (OPERATOR, Role.KETUA, False)


def test_the_operator_may_be_left_out_and_is_found_in_any_case(folder: Path) -> None:
    assert vault.unlock(folder, passphrase=PASSPHRASE).operator == OPERATOR
    assert vault.unlock(folder, operator=f" {OPERATOR.lower()} ", passphrase=PASSPHRASE).operator == OPERATOR


def test_another_passphrase_is_refused(folder: Path) -> None:
    with pytest.raises(WrongPassphrase):
        vault.unlock(folder, passphrase=PASSPHRASE + "x")


def test_an_unknown_operator_is_told_apart(folder: Path) -> None:
    with pytest.raises(UnknownOperator):
        vault.unlock(folder, operator="Orang Lain", passphrase=PASSPHRASE)


def test_the_keys_differ_from_each_other_and_stand_in_no_repr(unlocked: Unlocked) -> None:
    assert len(unlocked.database_key) == 32
    assert unlocked.database_key != unlocked.audit_key
    assert unlocked.database_key.hex() not in repr(unlocked)
    assert "signing_key" not in repr(unlocked)


@pytest.mark.parametrize("weak", ["123456", "1234 5678 9012 3456", "kopi", "       a", ""])
def test_a_pin_or_a_short_passphrase_makes_no_vault(tmp_path: Path, weak: str) -> None:
    with pytest.raises(WeakPassphrase):
        vault.create(tmp_path, operator=OPERATOR, passphrase=weak)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("standing", [header.NAME, header.OLDER, vault.DATABASE_NAME])
def test_nothing_is_made_where_something_stands(tmp_path: Path, standing: str) -> None:
    (tmp_path / standing).write_bytes(b"")

    with pytest.raises(VaultExists):
        vault.create(tmp_path, operator=OPERATOR, passphrase=PASSPHRASE)
    assert (tmp_path / standing).read_bytes() == b""


def test_an_empty_folder_is_not_set_up(tmp_path: Path) -> None:
    with pytest.raises(NotSetUp):
        vault.unlock(tmp_path, passphrase=PASSPHRASE)


def test_only_the_owner_may_read_the_file(folder: Path) -> None:
    assert stat.S_IMODE((folder / header.NAME).stat().st_mode) == 0o600


def _raise_role(slot: dict[str, Any]) -> None:
    slot["role"] = "operator"


def _rename(slot: dict[str, Any]) -> None:
    slot["id"] = str(uuid4())


def _give_away(slot: dict[str, Any]) -> None:
    slot["operator"] = str(uuid4())


def _other_public_key(slot: dict[str, Any]) -> None:
    slot["public_key"] = "A" * 43 + "="


@pytest.mark.parametrize("alter", [_raise_role, _rename, _give_away, _other_public_key])
def test_an_altered_slot_opens_nothing(folder: Path, alter: Callable[[dict[str, Any]], None]) -> None:
    changed = content(folder)
    alter(changed["slots"][0])
    write(folder, changed)

    with pytest.raises(Damaged):
        vault.unlock(folder, passphrase=PASSPHRASE)


@pytest.mark.parametrize(
    ("floor_seconds", "machine_gib", "memory_mib", "passes"),
    [(3.0, 4, 64, 3), (0.5, 4, 64, 3), (0.2, 4, 128, 3), (0.1, 8, 256, 3), (0.1, 2, 256, 3), (0.05, 1, 128, 10)],
)
def test_a_slot_costs_what_the_machine_can_bear_and_never_less_than_the_floor(
    monkeypatch: pytest.MonkeyPatch, floor_seconds: float, machine_gib: int, memory_mib: int, passes: int
) -> None:
    monkeypatch.setattr(keys, "TARGET_SECONDS", 0.5)

    assert keys.cost(floor_seconds, machine_gib * 1024 * 1024) == (memory_mib * 1024, passes)


@pytest.mark.parametrize(
    ("name", "value"),
    [("memory_kib", 1024), ("memory_kib", 4 * 1024 * 1024), ("passes", 1), ("passes", 1000), ("lanes", 0)],
)
def test_a_weakened_or_enormous_cost_is_refused_before_it_is_paid(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: int
) -> None:
    for file in (header.NAME, header.OLDER):
        changed = content(folder)
        changed["slots"][0]["kdf"][name] = value
        write(folder, changed, file)
    paid: list[object] = []
    monkeypatch.setattr(keys, "Argon2id", lambda **cost: paid.append(cost))

    with pytest.raises(Damaged):
        vault.unlock(folder, passphrase=PASSPHRASE)
    assert paid == []


def test_a_removed_slot_is_noticed(folder: Path) -> None:
    kept = header.read(folder).newest
    assert kept is not None
    changed = content(folder)
    changed["slots"].append({"kind": "recovery", "id": str(uuid4()), "box": "AAAA"})
    write(folder, changed)

    with pytest.raises(Damaged):
        vault.unlock(folder, passphrase=PASSPHRASE)


def test_a_slot_of_a_kind_not_known_here_is_kept(folder: Path, unlocked: Unlocked, tmp_path: Path) -> None:
    kept = header.read(folder).newest
    assert kept is not None
    later = header.Header(
        vault=kept.vault,
        generation=2,
        slots=kept.slots,
        extra=({"kind": "recovery", "id": str(uuid4()), "box": "AAAA"},),
    )
    header.write(folder, later.sealed(b"k" * 32))

    again = header.read(folder).newest

    assert again is not None
    assert again.extra == later.extra
    assert again.genuine(b"k" * 32)
    assert not again.genuine(unlocked.database_key)


def test_a_slot_of_another_vault_opens_nothing(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    vault.create(other, operator=OPERATOR, passphrase=PASSPHRASE)
    changed = content(folder)
    changed["slots"] = content(other)["slots"]
    write(folder, changed)

    with pytest.raises((WrongPassphrase, Damaged)):
        vault.unlock(folder, passphrase=PASSPHRASE)


@pytest.mark.parametrize("broken", [None, b"", b"{", b"\x00" * 500, b"[]", b'{"checksum": 1}'])
def test_a_lost_or_broken_header_is_restored_from_the_older_one(
    folder: Path, unlocked: Unlocked, broken: bytes | None
) -> None:
    path = folder / header.NAME
    path.unlink()
    if broken is not None:
        path.write_bytes(broken)

    again = vault.unlock(folder, passphrase=PASSPHRASE)

    assert again.repaired
    assert again.database_key == unlocked.database_key
    assert not vault.unlock(folder, passphrase=PASSPHRASE).repaired


def test_two_broken_headers_are_damage_and_not_a_wrong_passphrase(folder: Path) -> None:
    (folder / header.NAME).write_bytes(b"x")
    (folder / header.OLDER).write_bytes(b"x")

    with pytest.raises(Damaged):
        vault.unlock(folder, passphrase=PASSPHRASE)


def test_every_flipped_bit_is_either_harmless_or_refused(folder: Path, unlocked: Unlocked) -> None:
    whole = (folder / header.NAME).read_bytes()
    (folder / header.OLDER).unlink()
    for place in range(0, len(whole), 7):
        (folder / header.NAME).write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        try:
            found = header.read(folder).newest
        except StoreError:
            continue
        assert found is not None
        assert found.vault == unlocked.vault_id


def test_a_vault_of_a_newer_program_is_told_as_such(folder: Path) -> None:
    changed = content(folder)
    changed["payung_vault"] = header.VERSION + 1
    write(folder, changed)

    with pytest.raises(TooNew):
        vault.unlock(folder, passphrase=PASSPHRASE)
