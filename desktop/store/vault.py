"""The vault: from an operator's passphrase to the laptop's keys.

A random master key encrypts everything by derived keys; it is wrapped once per slot. Each operator's signing key is
wrapped under his own passphrase only: a colleague reads the same records but cannot sign as him.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.store import header as headers
from desktop.store.errors import Damaged, UnknownOperator, VaultExists, WrongPassphrase, told
from desktop.store.header import Header, Slot
from desktop.store.identity import new_id
from desktop.store.keys import KEY_BYTES, Kdf, boxed, check_passphrase, derived, unboxed

DATABASE_NAME = "payung.db"


class Role(StrEnum):
    """What an operator may do; it is bound to his slot and cannot be raised by editing the file."""

    OPERATOR = "operator"
    SUPERVISOR = "supervisor"


@dataclass(frozen=True, slots=True)
class Operator:
    """A person who may open this laptop's store."""

    id: UUID
    name: str
    role: Role
    public_key: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlocked:
    """An opened vault. The keys are shown by no repr; `repaired` says that the older generation had to be used."""

    vault_id: UUID
    operator_id: UUID
    operator: str
    role: Role
    database_key: bytes = field(repr=False)
    audit_key: bytes = field(repr=False)
    signing_key: Ed25519PrivateKey = field(repr=False)
    repaired: bool = False


def create(folder: Path, *, operator: str, role: Role = Role.SUPERVISOR, passphrase: str) -> Unlocked:
    """Makes a new vault with its first operator; the folder is made when missing.

    Raises VaultExists where a vault or a database stands, WeakPassphrase, DiskFull, StoreIO.
    """
    check_passphrase(passphrase)
    with told():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        standing = (headers.NAME, headers.OLDER, DATABASE_NAME)
        if any((folder / name).exists() for name in standing):
            raise VaultExists
    vault, master, signing_key = new_id(), os.urandom(KEY_BYTES), Ed25519PrivateKey.generate()
    slot = _new_slot(vault, operator, role, (master, passphrase, signing_key))
    headers.write(folder, Header(vault=vault, generation=1, slots=(slot,)).sealed(derived(master, "header")))
    return _unlocked(vault, slot, master, signing_key)


def is_set_up(folder: Path) -> bool:
    """Whether a vault stands in the folder."""
    return any((folder / name).exists() for name in (headers.NAME, headers.OLDER))


def operators(folder: Path) -> tuple[Operator, ...]:
    """Who may open the store, for the unlock page; what it says counts only once a slot has opened."""
    return tuple(
        Operator(id=slot.operator, name=slot.name, role=_role(slot), public_key=slot.public_key)
        for slot in _current(headers.read(folder)).slots
    )


def unlock(folder: Path, *, operator: str | None = None, passphrase: str) -> Unlocked:
    """Opens the vault for the operator of that name (None: whoever the passphrase belongs to). Takes a second at most.

    Raises NotSetUp, UnknownOperator, WrongPassphrase, Damaged. A damaged newest file is restored from the older one.
    """
    kept = headers.read(folder)
    current = _current(kept)
    slots = [slot for slot in current.slots if operator is None or _same(slot.name, operator)]
    if not slots:
        raise UnknownOperator
    for slot in slots:
        opened = _opened(current, slot, passphrase)
        if opened is None:
            continue
        master, signing_key = opened
        if not current.genuine(derived(master, "header")):
            raise Damaged(part="vault")
        if kept.newest is None:
            headers.write(folder, current)
        return _unlocked(current.vault, slot, master, signing_key, repaired=kept.newest is None)
    raise Damaged(part="vault") if _altered(kept, operator, passphrase) else WrongPassphrase


def _current(kept: headers.Kept) -> Header:
    header = kept.newest or kept.older
    if header is None:
        raise Damaged(part="vault")
    return header


def _altered(kept: headers.Kept, operator: str | None, passphrase: str) -> bool:
    """Whether the passphrase opens a slot of the older file while the newest one is not that vault's own work."""
    if kept.newest is None or kept.older is None:
        return False
    for slot in kept.older.slots:
        if slot in kept.newest.slots or not (operator is None or _same(slot.name, operator)):
            continue
        opened = _opened(kept.older, slot, passphrase)
        if opened is not None:
            return not kept.newest.genuine(derived(opened[0], "header"))
    return False


def _opened(header: Header, slot: Slot, passphrase: str) -> tuple[bytes, Ed25519PrivateKey] | None:
    key = slot.kdf.key(passphrase)
    master = unboxed(derived(key, "master"), slot.master_box, slot.bound_to(header.vault, "master"))
    signing = unboxed(derived(key, "signing"), slot.signing_box, slot.bound_to(header.vault, "signing"))
    if master is None:
        return None
    if signing is None:
        raise Damaged(part="vault")
    return master, Ed25519PrivateKey.from_private_bytes(signing)


def _unlocked(
    vault: UUID, slot: Slot, master: bytes, signing_key: Ed25519PrivateKey, *, repaired: bool = False
) -> Unlocked:
    return Unlocked(
        vault_id=vault,
        operator_id=slot.operator,
        operator=slot.name,
        role=_role(slot),
        database_key=derived(master, "database"),
        audit_key=derived(master, "audit"),
        signing_key=signing_key,
        repaired=repaired,
    )


def _role(slot: Slot) -> Role:
    try:
        return Role(slot.role)
    except ValueError as error:
        raise Damaged(part="vault") from error


def _same(left: str, right: str) -> bool:
    return " ".join(left.split()).casefold() == " ".join(right.split()).casefold()


def _new_slot(vault: UUID, operator: str, role: Role, secrets: tuple[bytes, str, Ed25519PrivateKey]) -> Slot:
    master, passphrase, signing_key = secrets
    bare = Slot(
        id=new_id(),
        kind="passphrase",
        operator=new_id(),
        name=operator.strip(),
        role=role.value,
        kdf=Kdf(salt=os.urandom(16)),
        public_key=signing_key.public_key().public_bytes_raw(),
        master_box=b"",
        signing_box=b"",
    )
    key = bare.kdf.key(passphrase)
    return replace(
        bare,
        master_box=boxed(derived(key, "master"), master, bare.bound_to(vault, "master")),
        signing_box=boxed(derived(key, "signing"), signing_key.private_bytes_raw(), bare.bound_to(vault, "signing")),
    )
