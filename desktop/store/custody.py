"""What an opening does for the vault: finishes a removal that was interrupted, and keeps both its copies in order.

A removal gives the database a new key. Before it does, both generations of the vault file lead to the old key and to
the new one; killed at any moment the database opens with one of them, and the next opening goes on from there.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from desktop.store import audit, connection, generation, recovery
from desktop.store import header as headers
from desktop.store.audit import Action
from desktop.store.errors import Damaged, DiskFull, Locked, StoreError, StoreIO, VaultReplayed, told
from desktop.store.header import DATABASE_NAME, Header
from desktop.store.keys import derived
from desktop.store.statements import Query
from desktop.store.tables import AuditEntry
from desktop.store.vault import Unlocked
from sync.envelope import key_id

if TYPE_CHECKING:
    from desktop.store.database import Store

_TOLD = Query(
    select(AuditEntry.number)
    .where(AuditEntry.action == bindparam("action"), AuditEntry.subject == bindparam("subject"))
    .limit(1)
)

_FOUNDER = Query(select(AuditEntry.operator).where(AuditEntry.number == 1))
_CAME = (Action.OPERATOR_ADDED, Action.RECOVERED)


def settled(folder: Path, unlocked: Unlocked, *, look_only: bool = False) -> Unlocked:
    """The keys the database has once an interrupted removal is done; the caller holds the folder's lock.

    With `look_only`, or where the disk does not let it be done, the store goes on under the key before.
    """
    path = folder / DATABASE_NAME
    if unlocked.replaced is None or not path.exists():
        return unlocked
    opens = connection.looked_at if look_only else connection.opened
    if not _opens(opens, path, unlocked.database_key):
        if not _opens(opens, path, unlocked.replaced):
            return replace(unlocked, replaced=None)  # neither: opening it says what is wrong
        if look_only:
            return replace(unlocked, database_key=unlocked.replaced)
        try:
            _rekey(path, unlocked.replaced, unlocked.database_key)
        except (DiskFull, StoreIO):
            # what failed may have come after it: then the database has its new key already
            if not _opens(opens, path, unlocked.database_key):
                return replace(unlocked, database_key=unlocked.replaced)
    return replace(unlocked, replaced=None)


def attend(store: Store) -> None:
    """Confirms a removal, tells the audit of it, keeps the office's slot and both generations as they must be.

    Raises VaultReplayed for a vault file older than the database knows. What the disk refuses is done next time; what
    cannot be read there is damage, and the check's to name.
    """
    header = genuine(store.folder, store.unlocked)
    if header is None:
        return
    if header.generation < _seen(store):
        raise VaultReplayed(part="vault")
    with contextlib.suppress(StoreError):
        if header.removed is not None and store.unlocked.replaced is None:
            header = _confirmed(store, header)
        _note_recovery(store, header)
        _note_added(store, header)
        _keep_office_slot(store, header)


def _seen(store: Store) -> int:
    try:
        with store.reading() as work:
            return generation.latest(work)
    except StoreError:
        return 0


def genuine(folder: Path, unlocked: Unlocked) -> Header | None:
    """The header that these keys belong to; None when none that can be read is theirs."""
    try:
        found = headers.read(folder)
    except StoreError:
        return None
    key = derived(unlocked.master_key, "header")
    return next((one for one in (found.newest, found.older) if one is not None and one.genuine(key)), None)


def office_slot(store: Store, masters: tuple[bytes, ...]) -> recovery.OfficeSlot:
    """These master keys for the store's office."""
    return recovery.sealed(
        masters,
        vault=store.unlocked.vault_id,
        device=store.laptop.device,
        intake=store.laptop.intake_public,
        reply=store.laptop.reply_public,
    )


def _confirmed(store: Store, header: Header) -> Header:
    """The removal is told and done: from here on only the new key leads in.

    It is told first: what is not told yet still stands in the vault file, and the next opening finds it there.
    """
    assert header.removed is not None
    with store.writing() as work:
        if work.one(_TOLD, action=Action.OPERATOR_REMOVED.value, subject=header.removed.bytes) is None:
            deed = generation.deed(Action.OPERATOR_REMOVED, header.removed.bytes, header)
            audit.append(work, store.unlocked, store.moment(), [deed])
    fresh = replace(header, removed=None, generation=header.generation + 1)
    fresh = fresh.sealed(derived(store.unlocked.master_key, "header"))
    headers.settle(store.folder, fresh)
    return fresh


def _note_added(store: Store, header: Header) -> None:
    """Tells the audit of a colleague who has a slot, though adding him was broken off before it was told."""
    standing = recovery.read_open(store.folder)
    recovered = standing.used_by if standing is not None else None
    with store.reading() as work:
        founder = work.one(_FOUNDER)
        untold = [
            slot.operator
            for slot in header.slots
            if slot.operator != recovered
            and (slot.operator,) != founder
            and not any(work.one(_TOLD, action=one.value, subject=slot.operator.bytes) for one in _CAME)
        ]
    if untold:
        with store.writing() as work:
            deeds = [generation.deed(Action.OPERATOR_ADDED, operator.bytes, header) for operator in untold]
            audit.append(work, store.unlocked, store.moment(), deeds)


def _note_recovery(store: Store, header: Header) -> None:
    """Tells the audit who came in by the office's answer; the request has served."""
    standing = recovery.read_open(store.folder)
    if standing is None or standing.used_by != store.unlocked.operator_id:
        return
    with store.writing() as work:
        deed = generation.deed(Action.RECOVERED, standing.used_by.bytes, header)
        audit.append(work, store.unlocked, store.moment(), [deed])
    with told():
        (store.folder / recovery.REQUEST_NAME).unlink(missing_ok=True)


def _keep_office_slot(store: Store, header: Header) -> None:
    """The office can open this vault as it is now, by the vault file and by the copy beside it."""
    masters = (*store.unlocked.past, store.unlocked.master_key)
    slot = recovery.held_by(header)
    laptop = store.laptop
    wanted = (laptop.device, key_id(laptop.intake_public), laptop.reply_public, len(masters))
    if slot is None or (slot.device, slot.office, slot.reply, slot.keys) != wanted:
        slot = office_slot(store, masters)
        fresh = replace(recovery.placed(header, slot), generation=header.generation + 1)
        headers.settle(store.folder, fresh.sealed(derived(store.unlocked.master_key, "header")))
    recovery.keep(store.folder, slot)


def _opens(opened: Callable[[Path, bytes], Any], path: Path, key: bytes) -> bool:
    try:
        opened(path, key).close()
    except Damaged:
        return False
    return True


def _rekey(path: Path, old: bytes, new: bytes) -> None:
    """Gives the database its new key, in one transaction of SQLCipher's own. Raises DiskFull, StoreIO."""
    try:
        with told():
            driver = connection.opened(path, old)
            try:
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                driver.execute(f"PRAGMA rekey = \"x'{new.hex()}'\"").fetchall()
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                driver.close()
    except Locked as error:
        # The folder's lock is ours: a rekey that the disk broke off says nothing and keeps its transaction.
        raise StoreIO(reason="rekey") from error
    if not _opens(connection.opened, path, new):
        raise StoreIO(reason="rekey")
