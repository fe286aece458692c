"""Who may open this laptop: adding, removing, changing a passphrase, coming back by the office's answer.

Adding and removing are the ketua's. An operator who is removed keeps nothing that opens the laptop as it is from then
on; copies he took before stay readable to him, and so do backups made before.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from desktop.store import attempts, audit, connection, custody, generation, lock, recovery, reference, slots, vault
from desktop.store import header as headers
from desktop.store.audit import Action
from desktop.store.errors import (
    Damaged,
    DatabaseMissing,
    DiskFull,
    StoreError,
    UnknownOperator,
    WrongPassphrase,
    told,
)
from desktop.store.header import DATABASE_NAME, Header, Slot
from desktop.store.keys import check_passphrase, derived
from desktop.store.statements import Work
from desktop.store.vault import Operator, Role, Unlocked, same
from sync.recovery import AnswerForeign

if TYPE_CHECKING:
    from desktop.store.database import Store


class NotKetua(StoreError):
    """Only a ketua says who may open this laptop."""

    code: ClassVar[str] = "operators.right"


class OperatorExists(StoreError):
    """Somebody of that name has a slot already; facts: `operator`."""

    code: ClassVar[str] = "operators.exists"


class OperatorNameMissing(StoreError):
    """An operator needs a name of one line, at most eighty characters."""

    code: ClassVar[str] = "operators.name"
    exit_code: ClassVar[int] = 2


class OwnSlot(StoreError):
    """Nobody removes himself: at least one ketua always stays."""

    code: ClassVar[str] = "operators.self"


class NotYetSealed(StoreError):
    """A colleague's slot is of an older Payung and must be opened once before another can be removed; `operator`."""

    code: ClassVar[str] = "operators.renew"


LONGEST_NAME = 80


def add(store: Store, *, name: str, role: Role, passphrase: str) -> Operator:
    """Gives another person a slot and a signing key of his own; he is known when this returns.

    Raises NotKetua, OperatorNameMissing, OperatorExists, WeakPassphrase, DiskFull, StoreIO.
    """
    _check_right(store.unlocked)
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST_NAME or not plain.isprintable():
        raise OperatorNameMissing
    header = _standing(store)
    if any(same(slot.name, plain) for slot in header.slots):
        raise OperatorExists(operator=plain)
    check_passphrase(passphrase, names=(plain,))
    found = slots.new(header.vault, plain, role.value, passphrase, store.unlocked.master_key)
    fresh = _next(header, (*header.slots, found.slot), store.unlocked.master_key)
    with store.writing() as work:
        reference.know_operator(work, vault.unlocked(fresh, found), store.moment())
        _tell(work, store, Action.OPERATOR_ADDED, found.slot.operator, fresh)
        headers.settle(store.folder, fresh)
    return vault.operator_of(found.slot)


def remove(store: Store, name: str) -> Store:
    """Takes a person's slot away and gives the database a new key; the store goes on as the one that is returned.

    Nobody else may be using the store. Interrupted at any point, the next opening finishes it. Raises NotKetua,
    OwnSlot, UnknownOperator, NotYetSealed, DiskFull, StoreIO.
    """
    _check_right(store.unlocked)
    header = _standing(store)
    gone = next((slot for slot in header.slots if same(slot.name, name)), None)
    if gone is None:
        raise UnknownOperator
    if gone.operator == store.unlocked.operator_id:
        raise OwnSlot
    staying = tuple(slot for slot in header.slots if slot.id != gone.id)
    for slot in staying:
        if not slot.seal_public:
            raise NotYetSealed(operator=slot.name)
    return store.rekeyed(_staged(store, header, staying, gone.operator))


def change_passphrase(store: Store, *, old: str, new: str) -> None:
    """Puts the operator's own slot under another passphrase; keys and records stay as they are.

    Raises TooSoon, WrongPassphrase, WeakPassphrase, DiskFull, StoreIO.
    """
    header = _standing(store)
    own = next((slot for slot in header.slots if slot.operator == store.unlocked.operator_id), None)
    if own is None:
        raise UnknownOperator
    attempts.wait_or_refuse(store.folder)
    found = slots.opened(header, own, old)
    if found is None:
        raise WrongPassphrase(seconds=attempts.wrong(store.folder))
    check_passphrase(new, names=(own.name,))
    renewed = slots.rekeyed(header.vault, found, new)
    fresh = vault.replaced_slot(header, renewed.slot).sealed(derived(found.master, "header"))
    with store.writing() as work:
        _tell(work, store, Action.PASSPHRASE_CHANGED, own.operator, fresh)
        headers.settle(store.folder, fresh)


def recover(folder: Path, answer: bytes, *, passphrase: str) -> Operator:
    """Makes a new slot from the office's answer to this laptop's request; the passphrase forgotten opens no more.

    A vault file that is gone or damaged is made anew around the keys the database has. The operator gets a new signing
    key; his role is the one he had, else ketua where nobody else is. Raises NotAsked, WeakPassphrase, AnswerForeign and
    its kin, DatabaseMissing, Locked, DiskFull, StoreIO.
    """
    masters, asked = recovery.answered(folder, answer)
    check_passphrase(passphrase, names=(asked.operator,))
    held = lock.taken(folder)
    try:
        header = recovery.readable(folder) if headers_stand(folder) else None
        if header is None:
            header, masters = _made_anew(folder, asked.vault, masters)
        elif header.vault != asked.vault or not header.genuine(derived(masters[-1], "header")):
            raise AnswerForeign
        else:
            header = replace(header, generation=max(header.generation, _seen(folder, masters[-1])))
        before = next((slot for slot in header.slots if same(slot.name, asked.operator)), None)
        found = slots.new(header.vault, asked.operator, _role(header, before).value, passphrase, masters[-1])
        others = tuple(slot for slot in header.slots if slot is not before)
        headers.settle(folder, _next(header, (*others, found.slot), masters[-1]))
        recovery.write_open(folder, recovery.Open(b"", b"", found.slot.operator))
    finally:
        held.release()
    attempts.reset(folder)
    return vault.operator_of(found.slot)


def headers_stand(folder: Path) -> bool:
    """Whether a vault file is there at all, readable or not."""
    return any((folder / name).exists() for name in (headers.NAME, headers.OLDER))


def _check_right(unlocked: Unlocked) -> None:
    if unlocked.role is not Role.KETUA:
        raise NotKetua


def _standing(store: Store) -> Header:
    """The vault file these keys belong to. Damaged when there is none; DiskFull while a removal waits for room."""
    header = custody.genuine(store.folder, store.unlocked)
    if header is None:
        raise Damaged(part="vault")
    if header.removed is not None:
        raise DiskFull
    return header


def _next(header: Header, people: tuple[Slot, ...], master: bytes) -> Header:
    fresh = replace(header, slots=people, generation=header.generation + 1, version=headers.VERSION)
    return fresh.sealed(derived(master, "header"))


def _tell(work: Work, store: Store, action: Action, operator: UUID, header: Header) -> None:
    audit.append(work, store.unlocked, store.moment(), [generation.deed(action, operator.bytes, header)])


def _staged(store: Store, header: Header, staying: tuple[Slot, ...], gone: UUID) -> Unlocked:
    """Writes the vault file that leads to both keys, and the office's slot; the keys as they will be."""
    before, after = store.unlocked, slots.new_master()
    masters = (*before.past, before.master_key)
    stepped = tuple(slots.stepped(header.vault, slot, before.master_key, after) for slot in staying)
    fresh = slots.keep_past(replace(header, removed=gone), masters, after)
    slot = custody.office_slot(store, (*masters, after))
    headers.settle(store.folder, _next(recovery.placed(fresh, slot), stepped, after))
    recovery.keep(store.folder, slot)
    return replace(
        before,
        master_key=after,
        database_key=derived(after, "database"),
        past=masters,
        replaced=before.database_key,
    )


def _role(header: Header, before: Slot | None) -> Role:
    """The role of somebody who comes back: his own, else ketua where there is no other, else operator."""
    if before is not None:
        return vault.operator_of(before).role
    return Role.OPERATOR if any(vault.operator_of(slot).role is Role.KETUA for slot in header.slots) else Role.KETUA


def _made_anew(folder: Path, of: UUID, masters: tuple[bytes, ...]) -> tuple[Header, tuple[bytes, ...]]:
    """A header without slots around the newest of the keys that opens the database; damaged vault files stay aside."""
    path = folder / DATABASE_NAME
    if not path.exists():
        raise DatabaseMissing(part="database")
    for count in range(len(masters), 0, -1):
        number = _generation(path, derived(masters[count - 1], "database"))
        if number is None:
            continue
        known = masters[:count]
        with told():
            for name in (headers.NAME, headers.OLDER):
                if (folder / name).exists():
                    shutil.copy2(folder / name, folder / f"{name}.damaged")
        empty = Header(vault=of, generation=number, slots=())
        office = recovery.kept(folder)
        header = recovery.placed(empty, office) if office is not None else empty
        return slots.keep_past(header, known[:-1], known[-1]), known
    raise Damaged(part="database")


def _seen(folder: Path, master: bytes) -> int:
    """The generation the database has seen, 0 where it cannot be asked."""
    path = folder / DATABASE_NAME
    return (_generation(path, derived(master, "database")) or 0) if path.exists() else 0


def _generation(path: Path, key: bytes) -> int | None:
    """The generation the database has seen, None when this is not its key."""
    try:
        driver = connection.opened(path, key)
    except Damaged:
        return None
    try:
        return generation.latest(Work(driver))
    finally:
        driver.close()
