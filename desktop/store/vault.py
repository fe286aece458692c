"""The vault: from an operator's passphrase to the laptop's keys.

A random master key encrypts everything by derived keys; it is wrapped once per slot. Each operator's signing key is
wrapped under his own passphrase only: a colleague reads the same records but cannot sign as him.

What this cannot do: two operators share one master key, so either could, with other programs, read whatever is on this
laptop or rewrite the vault file; the signatures of the audit and the office's receipts are what tells then.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.store import attempts, lock, slots
from desktop.store import header as headers
from desktop.store.errors import Damaged, DiskFull, Locked, StoreIO, UnknownOperator, VaultExists, WrongPassphrase, told
from desktop.store.header import Header, Slot
from desktop.store.identity import new_id
from desktop.store.keys import check_passphrase, derived
from desktop.store.slots import Opened

DATABASE_NAME = headers.DATABASE_NAME


class Role(StrEnum):
    """What an operator is here; it is bound to his slot and cannot be raised by editing the file.

    KETUA also says who may open the laptop. PENGAWAS works for Bawaslu's side and is otherwise an OPERATOR.
    """

    OPERATOR = "operator"
    KETUA = "ketua"
    PENGAWAS = "pengawas"

    @classmethod
    def _missing_(cls, value: object) -> Role | None:
        return cls.KETUA if value == "supervisor" else None  # as the first vaults called it


@dataclass(frozen=True, slots=True)
class Operator:
    """A person who may open this laptop's store."""

    id: UUID
    name: str
    role: Role
    public_key: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlocked:
    """An opened vault. The keys are shown by no repr; `repaired` says that the older generation had to be used.

    `past` are the master keys before this one, oldest first. `replaced` is the database key of the last of them while
    an operator's removal is not confirmed: the database has either.
    """

    vault_id: UUID
    operator_id: UUID
    operator: str
    role: Role
    master_key: bytes = field(repr=False)
    database_key: bytes = field(repr=False)
    audit_key: bytes = field(repr=False)
    signing_key: Ed25519PrivateKey = field(repr=False)
    past: tuple[bytes, ...] = field(default=(), repr=False)
    replaced: bytes | None = field(default=None, repr=False)
    repaired: bool = False

    def past_database_keys(self) -> tuple[bytes, ...]:
        """The keys the database had before operators were removed, newest first: copies from then open with them."""
        return tuple(derived(master, "database") for master in reversed(self.past))


def create(folder: Path, *, operator: str, role: Role = Role.KETUA, passphrase: str) -> Unlocked:
    """Makes a new vault with its first operator; the folder is made when missing.

    Raises VaultExists where a vault or a database stands, WeakPassphrase, DiskFull, StoreIO.
    """
    check_passphrase(passphrase, names=(operator,))
    with told():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if is_set_up(folder):
            raise VaultExists
    vault, master = new_id(), slots.new_master()
    found = slots.new(vault, operator, role.value, passphrase, master)
    header = Header(vault=vault, generation=1, slots=(found.slot,)).sealed(derived(master, "header"))
    headers.write(folder, header)
    return unlocked(header, found)


def is_set_up(folder: Path) -> bool:
    """Whether a vault, or what belongs to one, stands in the folder: nothing may be made there."""
    standing = (headers.NAME, headers.OLDER, headers.DATABASE_NAME, headers.RECOVERY_NAME)
    return any((folder / name).exists() for name in standing)


def operators(folder: Path) -> tuple[Operator, ...]:
    """Who may open the store, for the unlock page; what it says counts only once a slot has opened."""
    return tuple(operator_of(slot) for slot in current(headers.read(folder)).slots)


def operator_of(slot: Slot) -> Operator:
    """The person a slot is of. Damaged for a role nobody knows."""
    return Operator(id=slot.operator, name=slot.name, role=_role(slot), public_key=slot.public_key)


def unlock(folder: Path, *, operator: str | None = None, passphrase: str) -> Unlocked:
    """Opens the vault for the operator of that name (None: whoever the passphrase belongs to). Takes a second at most.

    Raises NotSetUp, VaultMissing, UnknownOperator, WrongPassphrase, TooSoon after wrong ones, Damaged. A damaged newest
    file is restored from the older one.
    """
    kept = headers.read(folder)
    header = current(kept)
    asked = [slot for slot in header.slots if operator is None or same(slot.name, operator)]
    if not asked:
        raise UnknownOperator
    attempts.wait_or_refuse(folder)
    for slot in asked:
        found = slots.opened(header, slot, passphrase)
        if found is None:
            continue
        if not header.genuine(derived(found.master, "header")):
            raise Damaged(part="vault")
        attempts.reset(folder)
        repaired = kept.newest is None
        if repaired:
            headers.write(folder, header)
        return replace(unlocked(*_refreshed(folder, header, found)), repaired=repaired)
    if _altered(kept, operator, passphrase):
        raise Damaged(part="vault")
    raise WrongPassphrase(seconds=attempts.wrong(folder))


def unlocked(header: Header, found: Opened) -> Unlocked:
    """The keys that an opened slot of this header gives. Damaged when the header's older keys do not open."""
    past = slots.past(header, found.master)
    return Unlocked(
        vault_id=header.vault,
        operator_id=found.slot.operator,
        operator=found.slot.name,
        role=_role(found.slot),
        master_key=found.master,
        database_key=derived(found.master, "database"),
        # the audit's key stays that of the first master key: its chain is never made anew
        audit_key=derived((*past, found.master)[0], "audit"),
        signing_key=found.signing_key,
        past=past,
        replaced=derived(past[-1], "database") if header.removed is not None and past else None,
    )


def current(kept: headers.Kept) -> Header:
    """The generation that counts. Damaged when neither can be read."""
    header = kept.newest or kept.older
    if header is None:
        raise Damaged(part="vault")
    return header


def same(left: str, right: str) -> bool:
    """Whether two names are one operator's, however they are written."""
    return " ".join(left.split()).casefold() == " ".join(right.split()).casefold()


def _refreshed(folder: Path, header: Header, found: Opened) -> tuple[Header, Opened]:
    """The slot wrapped anew where it lags behind; left as it is while a change is under way or somebody has the lock.

    A slot that was stepped forward loses its steps, one of the first version gets its seal key.
    """
    if header.removed is not None or (found.slot.seal_public and not found.slot.steps):
        return header, found
    with contextlib.suppress(Locked, DiskFull, StoreIO):
        held = lock.taken(folder)
        try:
            renewed = slots.wrapped(
                header.vault, replace(found, slot=replace(found.slot, role=_role(found.slot).value))
            )
            fresh = replaced_slot(header, renewed.slot).sealed(derived(found.master, "header"))
            headers.settle(folder, fresh)
        finally:
            held.release()
        return fresh, renewed
    return header, found


def replaced_slot(header: Header, slot: Slot) -> Header:
    """The next generation of the header, that slot in the place of its older self; still to be sealed."""
    renewed = tuple(slot if one.id == slot.id else one for one in header.slots)
    return replace(header, slots=renewed, generation=header.generation + 1, version=headers.VERSION)


def _altered(kept: headers.Kept, operator: str | None, passphrase: str) -> bool:
    """Whether the passphrase opens a slot of the older file while the newest one is not that vault's own work."""
    if kept.newest is None or kept.older is None:
        return False
    for slot in kept.older.slots:
        if slot in kept.newest.slots or not (operator is None or same(slot.name, operator)):
            continue
        found = slots.opened(kept.older, slot, passphrase)
        if found is not None:
            return not kept.newest.genuine(derived(found.master, "header"))
    return False


def _role(slot: Slot) -> Role:
    try:
        return Role(slot.role)
    except ValueError as error:
        raise Damaged(part="vault") from error
