"""From a backup file to a store, on this laptop or another one, into a folder where none stands.

Everything is made whole in a folder of its own inside, then moved in; a power cut leaves a restore that the same
command finishes. A restored store has no device keys until it takes a fresh kit: two laptops must never count on under
one identity.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from filelock import FileLock, Timeout

from desktop.store import adoption, anchor, archive, durable, header, room, seen, vault
from desktop.store.adoption import Adopted
from desktop.store.archive import KEY_FILE, Backup, Manifest
from desktop.store.audit import Action, Deed
from desktop.store.clock import Clock, now
from desktop.store.database import LOCK_NAME, Store
from desktop.store.errors import BackupCut, BackupForeign, BackupTooNew, Locked, VaultExists, told
from desktop.store.tables import SCHEMA
from desktop.store.vault import DATABASE_NAME, Unlocked

if TYPE_CHECKING:
    from sync.kit import Kit

STAGING = ".restoring"
_WHOLE = "whole"  # holds which backup it is; written when nothing is left to do but to move the files in
_MAKE_WAY = "aside"  # holds where the damaged store goes; stands until it is there, before anything is moved in
_ASIDE = "rusak"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, the new identity when a kit was given, and where what stood there before lies now."""

    manifest: Manifest
    adopted: Adopted | None
    aside: Path | None = None


def restore(
    file: Path,
    folder: Path,
    *,
    passphrase: str,
    operator: str | None = None,
    kit: Kit | None = None,
    expected: UUID | None = None,
    aside: bool = False,
    clock: Clock = now,
) -> Restored:
    """Restores the backup into the folder, which is made when missing. `expected` is the vault it must be of.

    With `aside` a damaged store that stands there is moved into a folder beside, at the last moment. Raises VaultExists
    where a store stands, NotABackup, BackupCut, BackupTooNew, BackupForeign, NoRoom, what `vault.unlock` and
    `adoption.adopt_kit` raise, DiskFull, StoreIO; then the folder is as it was.
    """
    backup = archive.read(file)
    if expected is not None and backup.manifest.vault != expected:
        raise BackupForeign
    if backup.manifest.schema > SCHEMA:
        raise BackupTooNew(part="backup", version=backup.manifest.schema)
    if _is_whole(folder, backup, aside=aside):
        return Restored(backup.manifest, None, instead(folder / STAGING, folder, clock()))
    _refuse_standing(folder, aside=aside)
    archive.verify(backup)
    room.require(folder, 3 * file.stat().st_size)
    made = not folder.exists()
    staging = folder / STAGING
    try:
        with told():
            staging.mkdir(parents=True, mode=0o700)
            archive.extract(backup, staging)
        adopted = _prepared(staging, backup, _unlocked(staging, operator, passphrase), kit, clock)
        with told():
            durable.write(staging / _WHOLE, _mark(backup))
    except BaseException:
        shutil.rmtree(folder if made else staging, ignore_errors=True)
        raise
    return Restored(backup.manifest, adopted, instead(staging, folder, clock()))


def _unlocked(staging: Path, operator: str | None, passphrase: str) -> Unlocked:
    return vault.unlock(staging, operator=operator, passphrase=passphrase)


def _refuse_standing(folder: Path, *, aside: bool) -> None:
    if _stands(folder) and not aside:
        raise VaultExists
    shutil.rmtree(folder / STAGING, ignore_errors=True)


def _stands(folder: Path) -> bool:
    with told():
        return folder.exists() and any(_is_store_file(path) for path in folder.iterdir())


def _is_store_file(path: Path) -> bool:
    return path.name.startswith(DATABASE_NAME) or KEY_FILE.fullmatch(path.name) is not None


def _prepared(staging: Path, backup: Backup, unlocked: Unlocked, kit: Kit | None, clock: Clock) -> Adopted | None:
    """Opens what was unpacked, holds it to its manifest, takes the old device keys out and the new ones in."""
    manifest = backup.manifest
    if not backup.genuine(unlocked.database_key) or unlocked.vault_id != manifest.vault:
        raise BackupCut(part="manifest")
    with Store.open(staging, unlocked, clock=clock) as store:
        with store.reading() as work:
            last = seen.Seen(manifest.audit_entries, manifest.audit_head, in_use=False)
            if not seen.still_there(work, last):
                raise BackupCut(part=DATABASE_NAME)
        deed = Deed(Action.RESTORED, store.laptop.device.bytes, _mark(backup))
        with store.writing() as work:
            adoption.drop_keys(work, unlocked, deed, store.moment())
        store.refresh()
        return None if kit is None else adoption.adopt_kit(store, kit)


def _mark(backup: Backup) -> bytes:
    return hashlib.sha256(backup.written).digest()


def _is_whole(folder: Path, backup: Backup, *, aside: bool) -> bool:
    """Whether an interrupted restore of the same backup has everything ready. VaultExists where a store came since."""
    staging = folder / STAGING
    with told():
        if not (staging / _WHOLE).exists() or (staging / _WHOLE).read_bytes() != _mark(backup):
            return False
        begun = (staging / _MAKE_WAY).exists() or not (staging / DATABASE_NAME).exists()
    if not (begun or aside) and _stands(folder):
        raise VaultExists
    return True


def instead(staging: Path, folder: Path, at: datetime) -> Path | None:
    """Moves a whole store into the folder, a damaged one that stands there goes aside first; where that lies then.

    Broken off anywhere the same call goes on with it. Raises Locked, DiskFull, StoreIO.
    """
    mark, aside = staging / _MAKE_WAY, None
    with told():
        # The database is moved in first: while it waits, whatever stands is what was there before.
        if not mark.exists() and (staging / DATABASE_NAME).exists() and _stands(folder):
            durable.write(mark, _free_name(folder, at).encode())
        if mark.exists():
            aside = folder / mark.read_text("ascii")
            _move_aside(folder, aside)
            mark.unlink()
            durable.sync_folder(staging)
    publish(staging, folder)
    return aside


def _free_name(folder: Path, at: datetime) -> str:
    """A name for the damaged store that no earlier one has, not even one set aside in the same second."""
    while (folder / (name := f"{_ASIDE}-{at:%Y%m%d-%H%M%S}")).exists():
        at += timedelta(seconds=1)
    return name


def publish(staging: Path, folder: Path) -> None:
    """The database first and the key file last: until that stands, the folder is no laptop that could be opened."""
    with told():
        names = [path.name for path in staging.iterdir() if path.name not in {_WHOLE, LOCK_NAME}]
        for name in sorted(names, key=_order):
            _move(staging / name, folder / name)
        durable.sync_folder(folder)
        durable.sync_folder(folder.parent)
        # Last and not synced: nothing can go wrong any more, and what a power cut brings back of it is empty.
        (staging / LOCK_NAME).unlink(missing_ok=True)
        (staging / _WHOLE).unlink(missing_ok=True)
        staging.rmdir()


def _move(source: Path, target: Path) -> None:
    """A file, or what lies in a folder: an upgrade's copy goes beside the backups that stand."""
    if not source.is_dir():
        source.replace(target)
        return
    target.mkdir(mode=0o700, exist_ok=True)
    for path in sorted(source.iterdir()):
        path.replace(target / path.name)
    source.rmdir()


def _order(name: str) -> tuple[bool, bool, bool, str]:
    return name == header.NAME, KEY_FILE.fullmatch(name) is not None, not name.startswith(DATABASE_NAME), name


def _move_aside(folder: Path, aside: Path) -> None:
    """Moves the damaged store into a folder of its own, deleting nothing. Raises Locked."""
    lock = FileLock(folder / LOCK_NAME, thread_local=False)
    with told():
        try:
            lock.acquire(blocking=False)
        except Timeout as error:
            raise Locked from error
        try:
            aside.mkdir(mode=0o700, exist_ok=True)
            for path in sorted(folder.iterdir()):
                if _is_store_file(path) or path.name in {seen.NAME, anchor.NAME}:
                    path.replace(aside / path.name)
            durable.sync_folder(aside)
            durable.sync_folder(folder)
        finally:
            lock.release()
